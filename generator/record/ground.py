"""Lines on the ground, and how many of their points a drawing needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]
"""Longitude and latitude in degrees, or places on a drawing."""


class BaseMap(NamedTuple):
    """What lies under the places: land as rings, borders as lines, names of countries where they may stand.

    box: west, south, east, north of what it covers.  about: where it comes from.
    """

    about: str
    box: tuple[float, float, float, float]
    land: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]
    names: tuple[tuple[str, float, float], ...]

    def covers(self, lon: float, lat: float) -> bool:
        """Whether a place lies on it."""
        west, south, east, north = self.box
        return west <= lon <= east and south <= lat <= north


def simplified(line: Sequence[Point], tolerance: float) -> list[Point]:
    """A line without the points that lie within `tolerance` of it (Douglas and Peucker); a ring stays one."""
    points = list(line)
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    if len(points) > 3 and points[0] == points[-1]:  # noqa: PLR2004 - the fewest of a ring
        middle = max(range(len(points)), key=lambda index: _squared(points[index], points[0]))
        keep.add(middle)
        spans = [(0, middle), (middle, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:  # noqa: PLR2004 - nothing lies between neighbours
            continue
        off = _off(points[start + 1 : end], points[start], points[end])
        most = max(off)
        if most > tolerance**2:
            farthest = start + 1 + off.index(most)
            keep.add(farthest)
            spans += [(start, farthest), (farthest, end)]
    return [points[index] for index in sorted(keep)] if points else []


def _squared(a: Point, b: Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _off(points: Sequence[Point], a: Point, b: Point) -> list[float]:
    """The squares of the distances of points from the line between two others."""
    (ax, ay), (bx, by) = a, b
    wide, high = bx - ax, by - ay
    length = wide**2 + high**2
    if not length:
        return [_squared(point, a) for point in points]
    found = []
    for x, y in points:
        way = min(1.0, max(0.0, ((x - ax) * wide + (y - ay) * high) / length))
        found.append((x - ax - way * wide) ** 2 + (y - ay - way * high) ** 2)
    return found
