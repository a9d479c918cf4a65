"""Agreements in time: which are in force on a day, and which suspended.

An agreement that names no period in force is no truce.  It is suspended from the day of an entry that suspends it
to the day before one that resumes it, or to the day of its collapse.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from generator.record.noting import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from generator.record.site import Site

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

    def within(self, first: date, last: date) -> Truces:
        """The same of the days from `first` to `last`, both inclusive, alone: quicker to ask about each of them."""
        return Truces(self.now, _within(self.in_force, first, last), _within(self.suspended, first, last))


def _within(times: tuple[Time, ...], first: date, last: date) -> tuple[Time, ...]:
    return tuple(each for each in times if each[0] <= last and first <= each[1])


def truces(site: Site) -> Truces:
    """The state of all truces over time, as of the newest entry."""
    return _truces("", site)


@derivation
def _truces(_: str, site: Site) -> Truces:
    return Truces(site.now, _times(site.times_in_force()), _times(site.times_suspended()))


def _times(written: tuple[tuple[str, str, str], ...]) -> tuple[Time, ...]:
    return tuple((date.fromisoformat(first), date.fromisoformat(last), slug) for first, last, slug in written)
