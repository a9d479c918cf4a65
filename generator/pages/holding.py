"""Which figures hold on a day: what a span and a chart are made of.

A number holds from the day that it speaks of until who gave it gives another, and for a week at most: an old low count
would else pull the span down for ever.  Of a measure that is counted from a first day on (killed, wounded), a number
that names no such day counts a single incident, and is left to its entry and to the table.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.outline import Count
    from generator.record.site import Site

HOLDS_DAYS = 7
GAP_DAYS = 60
"""Counts that begin further apart than this are of different rounds of fighting."""


def counted(figures: Iterable[Count], site: Site) -> list[Count]:
    """The figures that are counts and no single incidents, in order of their days."""
    found = [count for count in figures if count.counted or not site.measures[count.measure].cumulative]
    return sorted(found, key=lambda count: (count.day, count.low, count.high, count.slug))


def rounds(figures: Iterable[Count]) -> Iterator[list[Count]]:
    """Figures by the round of fighting that they count, told by the first day that they cover, in order of days."""
    current: list[Count] = []
    for count in sorted(figures, key=lambda count: (count.begins, count.slug)):
        if current and (date.fromisoformat(count.begins) - date.fromisoformat(current[-1].begins)).days > GAP_DAYS:
            yield _in_order(current)
            current = []
        current.append(count)
    if current:
        yield _in_order(current)


def _in_order(figures: list[Count]) -> list[Count]:
    return sorted(figures, key=lambda count: (count.day, count.low, count.slug))


def holding(figures: Iterable[Count], day: str, site: Site) -> list[Count]:
    """Of figures in order of their days, those that hold on a day, oldest first."""
    newest: dict[str, Count] = {}
    end = date.fromisoformat(day)
    for count in figures:
        if count.day <= day and (end - date.fromisoformat(count.day)).days <= HOLDS_DAYS:
            newest[count.said_by or site.sources[count.source].publisher] = count
    return sorted(newest.values(), key=lambda count: count.day)
