"""Ceasefires on one axis of time: when each was in force or suspended, and where a breach of it was alleged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.truces import truces
from generator.record import urls
from generator.record.edtf import MONTHS
from generator.record.model import BREACH
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from generator.record.site import Site

WIDTH = 1000
"""The axis is this many units long, whatever its time."""
MOST_TICKS = 14
"""Ticks with a name."""
MOST_LINES = 60
"""Months with a line; of more, those with a name alone have one."""


class Bar(NamedTuple):
    """A time in force or suspended, both ends included."""

    state: str
    start: float
    width: float


class Tick(NamedTuple):
    """The first day of a month, with its name where there is room for it."""

    at: float
    name: str


class Row(NamedTuple):
    """One ceasefire: its bars, and the places of alleged breaches, above for the first party, below for the second.

    Breaches within a thousandth of the axis are one place, so that thousands of them draw no more than that.
    """

    name: parts.Named
    bars: tuple[Bar, ...]
    above: tuple[int, ...]
    below: tuple[int, ...]
    middle: tuple[int, ...]


class Axis(NamedTuple):
    """All ceasefires; `above` and `below` name the parties that alleged the breaches drawn there."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    above: str
    below: str


def accusers(slug: str, agreement: str, site: Site) -> tuple[str, ...]:
    """Who alleges the breach of an agreement that an entry tells of, by id: sides, and actors that have none.

    As the entry says; else the side whose claims deny nothing, where it is one.
    """
    entry = site.outline(slug)
    named = [by for ident, role, _, its in entry.roles if (ident, role) == (agreement, BREACH) for by in its]
    if named:
        return tuple(dict.fromkeys(site.party_of(by) or by for by in named))
    sides = {side for by, _, denies in entry.said if not denies and (side := site.party_of(by))}
    return tuple(sides) if len(sides) == 1 else ()


def axis(site: Site, shown: Collection[str]) -> Axis | None:
    """The axis from the first ceasefire to the newest entry; None when there is no ceasefire.

    shown: the agreements of which each ceasefire has a row.
    """
    state = truces(site)
    if not state.in_force:
        return None
    first = min(start for start, _, _ in state.in_force)
    last = max(state.now, *(end for _, end, _ in state.in_force))
    days = (last - first).days + 1

    def place(day: date) -> float:
        return round(WIDTH * ((day - first).days) / days, 1)

    def bar(kind: str, start: date, end: date) -> Bar:
        return Bar(kind, place(start), max(2.0, round(WIDTH * ((end - start).days + 1) / days, 1)))

    order = site.parties()
    rows = []
    for agreement in (site.agreements[slug] for slug in site.agreements_in_order()):
        if not agreement.in_force or agreement.slug not in shown:
            continue
        bars = [bar("in-force", start, end) for start, end, slug in state.in_force if slug == agreement.slug]
        bars += [bar("suspended", start, end) for start, end, slug in state.suspended if slug == agreement.slug]
        marks: dict[int, list[int]] = {}
        for slug, role, _ in site.told_of(agreement.slug):
            day = date.fromisoformat(site.outline(slug).first)
            if role == BREACH and first <= day <= last:
                by = accusers(slug, agreement.slug, site)
                side = order.index(by[0]) if len(by) == 1 and by[0] in order[:2] else 2
                marks.setdefault(side, []).append(round(place(day)))
        above, below, middle = (tuple(dict.fromkeys(marks.get(side, ()))) for side in range(3))
        rows.append(
            Row(parts.Named(agreement.title, urls.agreement(agreement.slug)), tuple(bars), above, below, middle)
        )
    if not rows:
        return None
    names = [site.actors[party].label for party in order[:2]] + ["", ""]
    return Axis(tuple(rows), tuple(_ticks(first, last, place)), names[0], names[1])


def _ticks(first: date, last: date, place: Callable[[date], float]) -> Iterator[Tick]:
    """The first of each month; of many months, every second, third … has a name."""
    months = [
        (number // 12, number % 12 + 1) for number in range(first.year * 12 + first.month, last.year * 12 + last.month)
    ]
    step = -(-len(months) // MOST_TICKS) or 1
    for index, (year, month) in enumerate(months):
        name = MONTHS[month - 1][:3] + (f" {year}" if month == 1 or index == 0 else "")
        if len(months) <= MOST_LINES or not index % step:
            yield Tick(place(date(year, month, 1)), "" if index % step else name)
