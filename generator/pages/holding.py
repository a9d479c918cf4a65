"""Which figures hold on a day: what a span and a chart are made of.

A number holds from the day that it speaks of until who gave it gives another, and for a week at most: an old low count
would else pull the span down for ever.  Of a measure that is counted from a first day on (killed, wounded), a number
that names no such day counts a single incident, and is left to its entry and to the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from generator.record.model import Event, Figure, Site

Given = tuple["Event", "Figure"]
"""A figure with the entry that gives it."""

HOLDS_DAYS = 7


def counted(figures: Iterable[Given], site: Site) -> list[Given]:
    """The figures that are counts and no single incidents, in order of their days."""
    found = [pair for pair in figures if pair[1].since or not site.measures[pair[1].measure].cumulative]
    return sorted(found, key=lambda pair: (pair[1].as_of.last, pair[1].low, pair[1].high, pair[0].slug))


def holding(figures: Iterable[Given], day: date, site: Site) -> list[Figure]:
    """Of figures in order of their days, those that hold on a day, oldest first."""
    newest: dict[str, Figure] = {}
    for _, figure in figures:
        if 0 <= (day - figure.as_of.last).days <= HOLDS_DAYS:
            newest[figure.said_by or site.sources[figure.source].publisher] = figure
    return sorted(newest.values(), key=lambda figure: figure.as_of.last)
