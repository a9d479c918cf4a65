"""Where each day stands: on its month's page, or on a part of it when the month has many entries."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from generator.pages.page import PER_PART
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from generator.record.model import Event, Site

Month = tuple[int, int]
"""Year and month."""


@lru_cache(maxsize=1)
def months(site: Site) -> dict[Month, tuple[Event, ...]]:
    """The entries of each month that has any, in order."""
    return {month: tuple(events) for month, events in groupby(site.events, key=month_of)}


def month_of(event: Event) -> Month:
    """The month that an entry stands in."""
    return event.date.first.year, event.date.first.month


def month_parts(events: Sequence[Event]) -> list[list[Event]]:
    """A month's entries in parts of at most PER_PART; a day is divided only when it alone has more."""
    found: list[list[Event]] = [[]]
    for _, same in groupby(events, key=lambda event: event.date.first):
        day = list(same)
        if found[-1] and len(found[-1]) + len(day) > PER_PART:
            found.append([])
        for start in range(0, len(day), PER_PART):
            if start:
                found.append([])
            found[-1] += day[start : start + PER_PART]
    return found


@lru_cache(maxsize=1)
def pages_of_days(site: Site) -> dict[date, str]:
    """The address of the page that each day begins on."""
    found: dict[date, str] = {}
    for month, events in months(site).items():
        for number, part in enumerate(month_parts(events), 1):
            for event in part:
                found.setdefault(event.date.first, urls.part(urls.month(*month), number))
    return found


def day_address(site: Site, day: date) -> str:
    """A day on its page."""
    return f"{pages_of_days(site)[day]}#d-{day.isoformat()}"
