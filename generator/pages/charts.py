"""Step charts of figures: every number a point, and the span between lowest and highest of those that hold on a day.

Counts that begin more than two months after the others have a chart of their own: those of one round of fighting say
nothing of the next.  Where no number holds, no span is drawn.  Charts stay bounded: the newest rounds, and of each the
newest numbers.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.holding import HOLDS_DAYS, counted, holding, rounds
from generator.record.edtf import MONTHS, day_in_words
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.outline import Count
    from generator.record.site import Site

WIDTH, HEIGHT = 1000, 300
"""The drawing's units; it is stretched to the room there is."""
NO_LONGER = timedelta(days=HOLDS_DAYS + 1)
"""After so long a number no longer holds."""
FEWEST_POINTS = 3
MOST_FIGURES = 300
"""Numbers that a chart draws, the newest; the table has them all."""
MOST_CHARTS = 6
"""Charts of one scope and group, of the newest rounds."""
LONG_DAYS = 800
"""A chart of more days has its ticks at years."""
SHORT_ROOM, LONG_ROOM = 0.24, 0.5
"""Of the width of a narrow screen's chart, what is free beside a date without and with its year."""
WIDE_SHORT_ROOM, WIDE_LONG_ROOM = 0.14, 0.24
"""The same of a wide one's."""


class Point(NamedTuple):
    """A number at its day.  `is_exact` is false for bounds, estimates and ranges."""

    x: float
    y: float
    is_exact: bool


class Tick(NamedTuple):
    """The first day of a month or a year: its place in per cent of the width, and its name where there is room.

    is_minor: whether only a wide chart has room for it.
    """

    x: float
    name: str
    is_minor: bool


class StepChart(NamedTuple):
    """A chart: the outline of the span as an SVG path, the points, and the words along its edges.

    levels: the numbers at the top and in the middle of the scale.  start: the first day, without its year if it is the
    last day's.  left_out: earlier numbers that are not drawn.
    """

    span: str
    points: tuple[Point, ...]
    levels: tuple[str, str]
    ticks: tuple[Tick, ...]
    start: str
    first: parts.When
    last: parts.When
    left_out: int

    @property
    def dots(self) -> str:
        """All points as a path of no length, which round ends make dots."""
        return _dots(self.points)

    @property
    def holes(self) -> str:
        """The points that are no exact numbers."""
        return _dots(point for point in self.points if not point.is_exact)


def charts(figures: Iterable[Count], site: Site) -> tuple[StepChart, ...]:
    """The charts of one scope and group: one for each of the newest rounds with enough points on more than one day."""
    drawn = [
        within
        for within in rounds(counted(figures, site))
        if len(within) >= FEWEST_POINTS and len({count.day for count in within}) > 1
    ]
    return tuple(_chart(within, site) for within in drawn[-MOST_CHARTS:])


def _chart(within: list[Count], site: Site) -> StepChart:
    figures = _newest(within)
    first, last = date.fromisoformat(figures[0].day), date.fromisoformat(figures[-1].day)
    days, top = (last - first).days, scale_top(max(count.high for count in figures))

    def x(day: str) -> float:
        return round(WIDTH * (date.fromisoformat(day) - first).days / days, 1)

    def y(number: float) -> float:
        return round(HEIGHT * (1 - number / top), 1)

    points = dict.fromkeys(
        Point(x(count.day), y(number), count.bound == "value")
        for count in figures
        for number in dict.fromkeys((count.low, count.high))
    )
    stretches = ([(x(day), y(low), y(high)) for day, low, high in steps] for steps in _stretches(figures, site))
    return StepChart(
        "".join(map(_outline, stretches)),
        tuple(points),
        (parts.number_words(top), parts.number_words(top // 2)),
        tuple(_ticks(first, last)),
        day_in_words(first, year=first.year != last.year),
        parts.When(day_in_words(first), first.isoformat()),
        parts.When(day_in_words(last), last.isoformat()),
        len(within) - len(figures),
    )


def _newest(ordered: list[Count]) -> list[Count]:
    """The newest figures of a round, as many as a chart draws, but on two days at least."""
    newest = ordered[-MOST_FIGURES:]
    if newest[0].day == newest[-1].day:
        earlier = [count for count in ordered if count.day < newest[-1].day]
        return [earlier[-1], *newest[1:]]
    return newest


def scale_top(most: float) -> int:
    """The even round number that a scale ends at, the least that is no less than the highest number."""
    size = int(10 ** (len(str(int(most))) - 1))
    tops = (tenths * size // 10 for tenths in (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100))
    return next(top for top in tops if top >= most and top % 2 == 0)


def _ticks(first: date, last: date) -> Iterator[Tick]:
    """The first days of the months between two days, of long spans those of the years; named where a name has room."""
    months = range(1, 2 if (last - first).days > LONG_DAYS else 13)
    every = (date(year, month, 1) for year in range(first.year, last.year + 1) for month in months)
    places = {(day - first).days / (last - first).days: day for day in every if first < day < last}
    is_short = first.year == last.year
    narrow = _with_room(places, SHORT_ROOM if is_short else LONG_ROOM, SHORT_ROOM, 1 - LONG_ROOM)
    wide = _with_room(places, WIDE_SHORT_ROOM if is_short else WIDE_LONG_ROOM, WIDE_SHORT_ROOM, 1 - WIDE_LONG_ROOM)
    for at, day in places.items():
        free = at in narrow or (at in wide and all(abs(at - other) >= WIDE_SHORT_ROOM for other in narrow))
        name = (f"{day.year:04}" if day.month == 1 else MONTHS[day.month - 1][:3]) if free else ""
        yield Tick(round(100 * at, 2), name, at not in narrow)


def _with_room(places: Iterable[float], start: float, between: float, end: float) -> set[float]:
    """Of places along a width those that a name has room at, from the left."""
    found: set[float] = set()
    for at in places:
        if max(start, max(found, default=-1) + between) <= at <= end:
            found.add(at)
    return found


def _dots(points: Iterable[Point]) -> str:
    return "".join(f"M{point.x} {point.y}h0" for point in points)


def _stretches(figures: list[Count], site: Site) -> Iterator[list[tuple[str, float, float]]]:
    """Each time in which some of the figures hold without a break: lowest and highest from each day that changes them.

    A stretch ends with the day from which nothing holds, or the last on which a number is given.
    """
    last = date.fromisoformat(figures[-1].day)
    given = {count.day: date.fromisoformat(count.day) for count in figures}
    ends = (day + NO_LONGER for day in given.values() if last - day >= NO_LONGER)
    steps: list[tuple[str, float, float]] = []
    for day in sorted({*given, *(day.isoformat() for day in ends)}):
        held = holding(figures, day, site)
        if held:
            steps.append((day, min(each.low for each in held), max(each.high for each in held)))
        elif steps:
            yield [*steps, (day, *steps[-1][1:])]
            steps = []
    yield steps


def _outline(steps: list[tuple[float, float, float]]) -> str:
    """The area between the two step lines: along the highest to the right, back along the lowest.

    Where they are one all along, one line.  Only what changes is written: a day often moves but one of the two.
    """
    (start, _, top), (end, bottom, _) = steps[0], steps[-1]
    changes = list(pairwise(steps))
    upper = [f"H{at}V{high}" for (_, _, before), (at, _, high) in changes if high != before]
    path = "".join([f"M{start} {top}", *upper, f"H{end}"])
    if all(low == high for _, low, high in steps):
        return path if start != end else ""
    lower = [f"H{at}V{before}" for (_, before, _), (at, low, _) in reversed(changes) if low != before]
    return "".join([path, f"V{bottom}", *lower, f"H{start}Z"])
