"""Agreements in time: which are in force on a day, which suspended, and for how many days each has held.

An agreement that names no period in force is no truce.  It is suspended from the day of an entry that suspends it
to the day before one that resumes it, or to the day of its collapse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.record.model import Agreement, Period, Site

IN_FORCE, SUSPENDED, NONE = "in-force", "suspended", "none"


@dataclass(frozen=True, slots=True)
class Truces:
    """The state of all truces over time, as of the newest entry."""

    now: date
    in_force: tuple[tuple[date, date, str], ...]
    """First day, last day (both inclusive), agreement."""
    suspended: tuple[tuple[date, date, str], ...]

    def state(self, day: date) -> str:
        """`suspended` if any truce is, else `in-force` if any is, else `none`."""
        if any(first <= day <= last for first, last, _ in self.suspended):
            return SUSPENDED
        return IN_FORCE if any(first <= day <= last for first, last, _ in self.in_force) else NONE

    def held_on(self, day: date) -> tuple[str, ...]:
        """The agreements in force on a day, oldest first."""
        return tuple(dict.fromkeys(slug for first, last, slug in self.in_force if first <= day <= last))


@lru_cache(maxsize=1)
def truces(site: Site) -> Truces:
    """The state of all truces over time, as of the newest entry."""
    now = site.newest.date.first if site.newest else date.min
    in_force: list[tuple[date, date, str]] = []
    suspended: list[tuple[date, date, str]] = []
    for agreement in site.agreements:
        in_force += [(*span(period, now), agreement.slug) for period in agreement.in_force]
        if agreement.in_force:
            suspended += [(first, last, agreement.slug) for first, last in _suspensions(agreement, site, now)]
    return Truces(now, tuple(in_force), tuple(suspended))


def span(period: Period, now: date) -> tuple[date, date]:
    """The first and the last day of a period, both inclusive; one that lasts, lasts until now."""
    return period.start.first, period.end.last if period.end else max(now, period.start.first)


def days_held(agreement: Agreement, now: date) -> int:
    """Days in force until now, the first and the last included."""
    return sum((last - first).days + 1 for first, last in (span(period, now) for period in agreement.in_force))


def _suspensions(agreement: Agreement, site: Site, now: date) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    since: date | None = None
    for event, role in site.events_by_agreement.get(agreement.slug, ()):
        day = event.date.first
        if role.role == "suspension" and since is None:
            since = day
        elif role.role in {"resumption", "collapse"} and since is not None:
            found.append((since, day - timedelta(days=1) if role.role == "resumption" else day))
            since = None
    if since is not None and agreement.status == "suspended":
        found.append((since, now))
    return found
