"""Step charts of figures: every number a point, and the span between lowest and highest of those that hold on a day.

Counts that begin more than two months after the others have a chart of their own: those of one round of fighting say
nothing of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.holding import Given, counted, holding
from generator.record.edtf import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from generator.record.model import Figure, Site

WIDTH, HEIGHT = 1000, 300
"""The drawing's units; it is stretched to the room there is."""
GAP_DAYS = 60
FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A number at its day.  `is_exact` is false for bounds, estimates and ranges."""

    x: float
    y: float
    is_exact: bool


@dataclass(frozen=True, slots=True)
class StepChart:
    """A chart: the outline of the span as an SVG path, the points, and the words along its edges."""

    span: str
    points: tuple[Point, ...]
    highest: str
    first: parts.When
    last: parts.When


def charts(figures: Sequence[Given], site: Site) -> tuple[StepChart, ...]:
    """The charts of one scope and group: one for each round with enough points on more than one day."""
    return tuple(
        _chart(within, site)
        for within in _rounds(counted(figures, site))
        if len(within) >= FEWEST_POINTS and len({_day(figure) for _, figure in within}) > 1
    )


def _day(figure: Figure) -> date:
    return figure.as_of.last


def _rounds(figures: Sequence[Given]) -> Iterator[list[Given]]:
    """Figures by the round of fighting that they count, told by the first day that they cover."""
    ordered = sorted(figures, key=lambda pair: (_begins(pair[1]), pair[0].slug))
    current: list[Given] = []
    for pair in ordered:
        if current and (_begins(pair[1]) - _begins(current[-1][1])).days > GAP_DAYS:
            yield current
            current = []
        current.append(pair)
    if current:
        yield current


def _begins(figure: Figure) -> date:
    """The first day that it covers; without one, the day that it speaks of."""
    return figure.since.first if figure.since else figure.as_of.first


def _chart(within: list[Given], site: Site) -> StepChart:
    figures = sorted(within, key=lambda pair: (_day(pair[1]), pair[1].low, pair[0].slug))
    first, last = _day(figures[0][1]), _day(figures[-1][1])
    days, most = (last - first).days, max(figure.high for _, figure in figures)

    def x(day: date) -> float:
        return round(WIDTH * (day - first).days / days, 1)

    def y(number: float) -> float:
        return round(HEIGHT * (1 - number / (most * 1.08 or 1)), 1)

    points = tuple(
        Point(x(_day(figure)), y(number), figure.bound == "value")
        for _, figure in figures
        for number in dict.fromkeys((figure.low, figure.high))
    )
    steps = [(x(day), y(low), y(high)) for day, low, high in _span(figures, site)]
    return StepChart(
        _outline(steps),
        points,
        parts.number_words(most),
        parts.When(day_in_words(first), first.isoformat()),
        parts.When(day_in_words(last), last.isoformat()),
    )


def _span(figures: list[Given], site: Site) -> list[tuple[date, float, float]]:
    """For each day on which a number is given: lowest and highest of the figures that hold on it."""
    days = dict.fromkeys(_day(figure) for _, figure in figures)
    held = {day: holding(figures, day, site) for day in days}
    return [(day, min(each.low for each in held[day]), max(each.high for each in held[day])) for day in days]


def _outline(steps: list[tuple[float, float, float]]) -> str:
    """The area between the two step lines: along the highest to the right, back along the lowest."""
    start, _, top = steps[0]
    path = [f"M{start} {top}"]
    for at, _, high in steps[1:]:
        path.append(f"H{at}V{high}")
    path.append(f"V{steps[-1][1]}")
    path += [f"V{low}H{at}" for at, low, _ in steps[-2::-1]]
    return "".join([*path, "Z"])
