"""Cuts a base map out of Natural Earth: the land inside a box, and the lines between countries.

    npm install --no-save world-atlas@2.0.2
    python tools/base_map.py node_modules/world-atlas/countries-10m.json > static/map/mainland-south-east-asia.json

The file is small, because what no map of ours could show is left out: islands of a few pixels, and points that a line
would not miss.  Natural Earth is in the public domain; world-atlas, its edition as TopoJSON, is under the ISC licence.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.record.ground import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]
Line = list[Point]

BOX = (99.0, 9.0, 108.5, 16.5)
"""West, south, east, north, in degrees."""
COUNTRIES = frozenset({"104", "116", "418", "458", "704", "764"})
"""ISO numbers of all countries that reach into the box: Myanmar, Cambodia, Laos, Malaysia, Viet Nam, Thailand."""
NAMES = (("Thailand", 101.6, 15.3), ("Cambodia", 104.5, 12.9), ("Laos", 106.4, 15.3), ("Viet Nam", 108.0, 13.4))
"""Where a country's name may stand: longitude and latitude of its middle."""
TOLERANCE = 0.012
"""Degrees by which a point may lie off the line that leaves it out: about 1.3 km."""
SMALLEST = 0.004
"""Square degrees of the smallest island that is kept: about 50 square kilometres."""
DIGITS = 3


def base_map(topology: dict[str, Any]) -> dict[str, Any]:
    """The base map as it is kept: land as rings, borders as lines, each point as longitude and latitude."""
    arcs = decoded(topology)
    used: dict[int, int] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry.get("id") in COUNTRIES:
            for ring in rings(geometry):
                for arc in ring:
                    number = arc if arc >= 0 else ~arc
                    used[number] = used.get(number, 0) + 1
    coasts = [arcs[number] for number, times in used.items() if times == 1]
    inner = [arcs[number] for number, times in used.items() if times > 1]
    land = [clipped(ring) for ring in stitched(coasts)]
    borders = [piece for arc in inner for piece in inside(arc)]
    return {
        "about": "Land and borders: Natural Earth 4.1, 1:10m, in the public domain.",
        "box": list(BOX),
        "names": [list(name) for name in NAMES],
        "land": [kept(ring) for ring in land if area(ring) > SMALLEST],
        "borders": [kept(line) for line in borders if len(line) > 1],
    }


def decoded(topology: dict[str, Any]) -> list[Line]:
    """The arcs in degrees: TopoJSON has whole numbers, each point as the step from the one before."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a country, each as the numbers of its arcs."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def stitched(lines: list[Line]) -> list[Line]:
    """Lines joined end to end into rings: the outline of all countries together."""
    left = [list(line) for line in lines]
    found = []
    while left:
        ring = left.pop()
        while ring[0] != ring[-1]:
            step = next((line for line in left if ring[-1] in {line[0], line[-1]}), None)
            if step is None:
                break
            left.remove(step)
            ring += step[1:] if step[0] == ring[-1] else step[-2::-1]
        found.append(ring)
    return found


def clipped(ring: Line) -> Line:
    """The part of a ring inside the box (Sutherland and Hodgman)."""
    west, south, east, north = BOX
    for axis, limit, less in ((0, west, False), (0, east, True), (1, south, False), (1, north, True)):
        cut: Line = []
        for index, point in enumerate(ring):
            before = ring[index - 1]
            is_in, was_in = ((each[axis] <= limit) == less or each[axis] == limit for each in (point, before))
            if is_in != was_in:
                cut.append(crossing(before, point, axis, limit))
            if is_in:
                cut.append(point)
        ring = cut
    return ring


def crossing(a: Point, b: Point, axis: int, limit: float) -> Point:
    """Where the way from one point to another crosses a side of the box."""
    way = (limit - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + way * (b[1 - axis] - a[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def inside(line: Line) -> Iterator[Line]:
    """The pieces of a line inside the box, each to the first point beyond it: what is shown ends before that."""
    west, south, east, north = BOX
    piece: Line = []
    for point in line:
        if west <= point[0] <= east and south <= point[1] <= north:
            piece.append(point)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def area(ring: Line) -> float:
    """Square degrees inside a ring."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def kept(line: Line) -> list[list[float]]:
    """A line without the points that it would not miss, rounded."""
    return [[round(x, DIGITS), round(y, DIGITS)] for x, y in simplified(line, TOLERANCE)]


if __name__ == "__main__":
    source = json.loads(Path(sys.argv[1]).read_bytes())
    sys.stdout.write(json.dumps(base_map(source), separators=(",", ":")) + "\n")
