"""Agreements in time: which are in force on a day, and which suspended.

An agreement that names no period in force is no truce.  It is suspended from the day of an entry that suspends it
to the day before one that resumes it, or tells of its collapse.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from generator.record.site import Month, Site

IN_FORCE, PARTLY, SUSPENDED, NONE = "in-force", "partly", "suspended", "none"
Time = tuple[date, date, str]
"""First day, last day (both inclusive), agreement."""


class Truces(NamedTuple):
    """The state of all truces over time, as of the newest entry."""

    now: date
    in_force: tuple[Time, ...]
    suspended: tuple[Time, ...]

    def state(self, day: date) -> str:
        """`suspended`, `in-force`, or `partly` where one truce is suspended and another in force; else `none`."""
        suspended = self.suspended_on(day)
        if any(slug not in suspended for slug in self.held_on(day)):
            return PARTLY if suspended else IN_FORCE
        return SUSPENDED if suspended else NONE

    def held_on(self, day: date) -> tuple[str, ...]:
        """The agreements in force on a day, oldest first."""
        return _on(day, self.in_force)

    def suspended_on(self, day: date) -> tuple[str, ...]:
        """The agreements suspended on a day, oldest first."""
        return _on(day, self.suspended)


def _on(day: date, times: tuple[Time, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug for first, last, slug in times if first <= day <= last))


def truces(site: Site) -> Truces:
    """The state of all truces over time, as of the newest entry."""
    return _truces("", site)


@derivation
def truces_in(month: Month, site: Site) -> Truces:
    """The same of the days of a month alone: a newest entry, and a truce that goes on, leave older months as they were.

    now: the last day of the month at most.
    """
    return _clipped(_in_year(month[0], site), date(*month, 1), date(*month, monthrange(*month)[1]))


@derivation
def _in_year(year: int, site: Site) -> Truces:
    """The same of the days of a year: what changes in one leaves the months of all others as they were."""
    return _clipped(truces(site), date(year, 1, 1), date(year, 12, 31))


def _clipped(state: Truces, first: date, last: date) -> Truces:
    """The state between two days, both inclusive."""
    return Truces(min(state.now, last), _within(state.in_force, first, last), _within(state.suspended, first, last))


def _within(times: tuple[Time, ...], first: date, last: date) -> tuple[Time, ...]:
    """Of these times what lies between two days, both inclusive."""
    found = ((max(start, first), min(end, last), slug) for start, end, slug in times if start <= last)
    return tuple(each for each in found if each[0] <= each[1])


@derivation
def _truces(_: str, site: Site) -> Truces:
    return Truces(site.now, _times(site.times_in_force()), _times(site.times_suspended()))


def _times(written: tuple[tuple[str, str, str], ...]) -> tuple[Time, ...]:
    return tuple((date.fromisoformat(first), date.fromisoformat(last), slug) for first, last, slug in written)
