"""Agreements in time: which are in force on a day, and which suspended.

An agreement that names no period in force is no truce.  It is suspended from the day of an entry that suspends it
to the day before one that resumes it, or to the day of its collapse.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from generator.record.noting import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.site import Month, Site

IN_FORCE, SUSPENDED, NONE = "in-force", "suspended", "none"
Time = tuple[date, date, str]
"""First day, last day (both inclusive), agreement."""


class Truces(NamedTuple):
    """The state of all truces over time, as of the newest entry."""

    now: date
    in_force: tuple[Time, ...]
    suspended: tuple[Time, ...]

    def state(self, day: date) -> str:
        """`suspended` if any truce is, else `in-force` if any is, else `none`."""
        if any(first <= day <= last for first, last, _ in self.suspended):
            return SUSPENDED
        return IN_FORCE if any(first <= day <= last for first, last, _ in self.in_force) else NONE

    def held_on(self, day: date) -> tuple[str, ...]:
        """The agreements in force on a day, oldest first."""
        return tuple(dict.fromkeys(slug for first, last, slug in self.in_force if first <= day <= last))


def truces(site: Site) -> Truces:
    """The state of all truces over time, as of the newest entry."""
    return _truces("", site)


@derivation
def truces_in(month: Month, site: Site) -> Truces:
    """The same of the days of a month alone: a newest entry, and a truce that goes on, leave older months as they were.

    now: the last day of the month at most.
    """
    state, last = truces(site), date(*month, monthrange(*month)[1])
    in_force, suspended = _by_month("", site)
    return Truces(min(state.now, last), in_force.get(month, ()), suspended.get(month, ()))


@derivation
def _by_month(_: str, site: Site) -> tuple[dict[Month, tuple[Time, ...]], dict[Month, tuple[Time, ...]]]:
    """What of each time in force, and of each suspension, lies in each month."""
    state = truces(site)
    return _divided(state.in_force), _divided(state.suspended)


def _divided(times: Iterable[Time]) -> dict[Month, tuple[Time, ...]]:
    found: dict[Month, list[Time]] = {}
    for first, last, slug in times:
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            month = number // 12, number % 12 + 1
            ends = date(*month, monthrange(*month)[1])
            found.setdefault(month, []).append((max(first, ends.replace(day=1)), min(last, ends), slug))
    return {month: tuple(some) for month, some in found.items()}


@derivation
def _truces(_: str, site: Site) -> Truces:
    return Truces(site.now, _times(site.times_in_force()), _times(site.times_suspended()))


def _times(written: tuple[tuple[str, str, str], ...]) -> tuple[Time, ...]:
    return tuple((date.fromisoformat(first), date.fromisoformat(last), slug) for first, last, slug in written)
