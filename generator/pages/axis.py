"""Ceasefires on one axis of time: when each was in force or suspended, and where a breach of it was alleged."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.truces import truces
from generator.record import urls
from generator.record.edtf import MONTHS
from generator.record.model import BREACH
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from generator.record.site import Site

WIDTH = 1000
"""The axis is this many units long, whatever its time."""
MOST_TICKS = 14
"""Months with a name."""
ROOM_OF_MONTH, ROOM_OF_YEAR = 80, 110
"""Units that a name takes on a phone, where the axis is 320 pixels long."""
MOST_LINES = 60
"""Months with a line; of more, those with a name alone have one."""


class Bar(NamedTuple):
    """A time in force or suspended, both ends included."""

    state: str
    start: float
    width: float


class Label(NamedTuple):
    """The name of a month or a year at the first day that has it.  `is_minor`: a phone has no room for it."""

    at: float
    words: str
    is_minor: bool


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
    """All ceasefires; `above` and `below` name the parties that alleged the breaches drawn there.

    lines: where months begin.  labels: their names, and below these the years.
    """

    rows: tuple[Row, ...]
    lines: tuple[float, ...]
    labels: tuple[tuple[Label, ...], tuple[Label, ...]]
    above: str
    below: str

    @property
    def has_middle(self) -> bool:
        """Whether a breach is drawn that both parties allege, or neither."""
        return any(row.middle for row in self.rows)


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
    months = _months(first, last)
    step = -(-len(months) // MOST_TICKS) or 1
    lines = tuple(place(month) for month in months[:: 1 if len(months) <= MOST_LINES else step])
    return Axis(tuple(rows), lines, _labels(months[::step], place), names[0], names[1])


def _months(first: date, last: date) -> list[date]:
    """The first day of each month that begins after `first`."""
    numbers = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _labels(named: list[date], place: Callable[[date], float]) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """Names of these months, and the year of each that has another than the one before it."""
    years = [*named[:1], *(month for before, month in pairwise(named) if before.year != month.year)]
    return (
        _with_room([(place(month), MONTHS[month.month - 1][:3]) for month in named], ROOM_OF_MONTH),
        _with_room([(place(month), f"{month.year:04}") for month in years], ROOM_OF_YEAR),
    )


def _with_room(names: list[tuple[float, str]], room: int) -> tuple[Label, ...]:
    """Labels, of which those are minor that a phone leaves out: all but every second, third … that has room."""
    places = [at for at, _ in names]
    steps = range(1, len(names))
    step = next((n for n in steps if all(b - a >= room for a, b in pairwise(places[::n]))), len(names))
    return tuple(Label(at, words, index % step > 0) for index, (at, words) in enumerate(names))
