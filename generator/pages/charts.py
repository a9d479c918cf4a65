"""Step charts of figures: every number a point, and the span between lowest and highest of those that hold on a day.

Counts that begin more than two months after the others have a chart of their own: those of one round of fighting say
nothing of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.holding import counted, holding
from generator.record.edtf import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.outline import Count
    from generator.record.site import Site

WIDTH, HEIGHT = 1000, 300
"""The drawing's units; it is stretched to the room there is."""
GAP_DAYS = 60
FEWEST_POINTS = 3
MOST_FIGURES = 300
"""Of more figures in one chart, the newest are drawn: a page's weight is bounded."""
MOST_CHARTS = 12
"""Of more rounds, the newest."""


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


def charts(figures: Iterable[Count], site: Site) -> tuple[StepChart, ...]:
    """The charts of one scope and group: one for each round with enough points on more than one day."""
    drawn = [
        within[-MOST_FIGURES:]
        for within in _rounds(counted(figures, site))
        if len(within) >= FEWEST_POINTS and len({count.day for count in within}) > 1
    ]
    return tuple(_chart(within, site) for within in drawn[-MOST_CHARTS:])


def _rounds(figures: list[Count]) -> Iterator[list[Count]]:
    """Figures by the round of fighting that they count, told by the first day that they cover; in order of days."""
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


def _chart(figures: list[Count], site: Site) -> StepChart:
    first, last = date.fromisoformat(figures[0].day), date.fromisoformat(figures[-1].day)
    days, most = max(1, (last - first).days), max(count.high for count in figures)

    def x(day: str) -> float:
        return round(WIDTH * (date.fromisoformat(day) - first).days / days, 1)

    def y(number: float) -> float:
        return round(HEIGHT * (1 - number / (most * 1.08 or 1)), 1)

    points = tuple(
        Point(x(count.day), y(number), count.bound == "value")
        for count in figures
        for number in dict.fromkeys((count.low, count.high))
    )
    steps = [(x(day), y(low), y(high)) for day, low, high in _span(figures, site)]
    return StepChart(
        _outline(steps),
        points,
        parts.number_words(most),
        parts.When(day_in_words(first), first.isoformat()),
        parts.When(day_in_words(last), last.isoformat()),
    )


def _span(figures: list[Count], site: Site) -> list[tuple[str, float, float]]:
    """For each day on which a number is given: lowest and highest of the figures that hold on it."""
    days = dict.fromkeys(count.day for count in figures)
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
