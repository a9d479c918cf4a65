"""Places on a map: drawn at build time on a base map of land and borders, if there is one of where they lie.

A drawing's units are its own; y grows downwards.  Degrees of longitude are shortened by the cosine of the map's middle
latitude, which for a map of a few degrees is as good as any projection.
"""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sqrt
from typing import TYPE_CHECKING

from generator.pages.parts import Named
from generator.record import urls
from generator.record.counting import counted
from generator.record.ground import BaseMap, simplified
from generator.record.tracking import derivation, kept_derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.record.ground import Point
    from generator.record.model import Place
    from generator.record.site import Site

WIDTH = 720
"""Of the map of all places."""
LOCATOR_WIDTH = 240
MARGIN_DEGREES = 0.45
"""Around the outermost places."""
AROUND_DEGREES = 0.05
"""Around the circle within which a place lies."""
EDGE_DEGREES = 0.25
"""Of the base map, never shown: there its land was cut off."""
FEWEST_DEGREES = 2.4
"""That a drawing shows, from side to side."""
KM_PER_DEGREE = 111.32
MOST_PLACES = 150
"""Places drawn, those with most entries; the list below the map has them all."""
WIDE_SIZE, NARROW_SIZE = 13, 27
"""Letters of labels, in units of the drawing, as wide and as narrow screens show them."""
NAME_SIZE, LOCATOR_NAME_SIZE = 34, 15
"""Letters of countries' names, on the map of all places and on a small one; narrow screens show the former large."""
MOST_NAMED = 15
"""Places outside the map that are named."""
AREA_KM = 20
"""What lies within so many kilometres, such as a province, is an area: a dot in its middle would look like a spot."""
LARGEST, SMALLEST = 15.0, 4.5
"""Radii of the place with most entries, and of one with few."""


class Sheet(NamedTuple):
    """The ground of a map: its size, and the paths of land and borders."""

    width: int
    height: int
    land: str
    borders: str
    names: tuple[tuple[str, float, float], ...]


class Dot(NamedTuple):
    """A place: where, how large it is drawn, and the radius within which it lies.

    radius: 0 on a small map for an area, of which the circle alone is drawn.
    words: what is said of it; empty on a small map, which says it below.
    """

    place: Named
    x: float
    y: float
    radius: float
    within: float
    words: str = ""


class Label(NamedTuple):
    """A place's name beside its dot; anchor: `start`, `middle` or `end`."""

    text: str
    x: float
    y: float
    anchor: str


class Row(NamedTuple):
    """A place in the table that says the same as the map."""

    place: Named
    entries: int
    position: str
    within: str


class PlaceMap(NamedTuple):
    """All places with a known position on one map; labels for wide and for narrow screens.

    left_out: places on the map that are not drawn, having fewer entries.  outside: names of places beyond its edge.
    """

    sheet: Sheet
    dots: tuple[Dot, ...]
    wide: tuple[Label, ...]
    narrow: tuple[Label, ...]
    rows: tuple[Row, ...]
    left_out: int
    outside: tuple[str, ...]
    more_outside: int
    unplaced: int
    about: str


class Locator(NamedTuple):
    """A small map of where an entry, or a place, is.  absent: the places that are not on it, by name."""

    sheet: Sheet
    dots: tuple[Dot, ...]
    words: str
    absent: tuple[str, ...]


class Frame(NamedTuple):
    """The part of the ground that a drawing shows, and how large a degree of latitude is on it."""

    west: float
    south: float
    east: float
    north: float
    width: int

    @property
    def _shortening(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        """Units for a degree of latitude."""
        return self.width / ((self.east - self.west) * self._shortening)

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale)

    def line(self, points: Iterable[Point]) -> list[Point]:
        """Where places lie on the drawing, by longitude and latitude."""
        west, north, shortening, scale = self.west, self.north, self._shortening, self.scale
        return [((lon - west) * shortening * scale, (north - lat) * scale) for lon, lat in points]

    def point(self, lon: float, lat: float) -> Point:
        """Where a place lies on the drawing."""
        (place,) = self.line([(lon, lat)])
        return place

    def shows(self, x: float, y: float) -> bool:
        """Whether a point of the drawing is inside it."""
        return 0 <= x <= self.width and 0 <= y <= self.height


def base_map_for(places: Iterable[Place], maps: Sequence[BaseMap]) -> BaseMap | None:
    """The base map that covers most of the places, if it covers half of those with a known position."""
    points = [(place.lon, place.lat) for place in places if place.lat is not None and place.lon is not None]
    covered = [(sum(base.covers(*point) for point in points), base) for base in maps]
    most, best = max(covered, key=lambda pair: pair[0], default=(0, None))
    return best if points and 2 * most >= len(points) else None


def place_map(site: Site) -> PlaceMap | None:
    """The map of all places; None where there is no base map, or no place on it."""
    placed = placed_on("", site)
    if site.base_map is None or not placed:
        return None
    frame, sheet = frame_of(WIDTH, site), sheet_of(WIDTH, site)
    counts = {place.id: site.how_many("place", place.id) for place in placed}
    busiest = sorted(placed, key=lambda place: (-counts[place.id], place.name, place.id))[:MOST_PLACES]
    most = max(counts[busiest[0].id], 1)
    dots = tuple(
        _dot(place, max(SMALLEST, LARGEST * sqrt(counts[place.id] / most)), frame)._replace(
            words=f"{_where(place)}: {counted(counts[place.id], 'entry', 'entries')}"
        )
        for place in busiest
    )
    known = [place for place in site.places.values() if place.lat is not None]
    there = {place.id for place in placed}
    outside = sorted({place.name for place in known if place.id not in there and site.how_many("place", place.id)})
    return PlaceMap(
        sheet,
        dots,
        tuple(labels(dots, sheet, WIDE_SIZE, most=18)),
        tuple(labels(dots, sheet, NARROW_SIZE, most=7)),
        tuple(_row(place, counts[place.id]) for place in busiest),
        len(placed) - len(busiest),
        tuple(outside[:MOST_NAMED]),
        max(0, len(outside) - MOST_NAMED),
        len(site.places) - len(known),
        site.base_map.about,
    )


@derivation
def locator(places: tuple[str, ...], site: Site) -> Locator | None:
    """A small map with these places, by id; None where none of them is on it."""
    named = [site.places[ident] for ident in places]
    chosen = [place for place in named if _is_on(place, site)]
    if site.base_map is None or not chosen:
        return None
    frame = frame_of(LOCATOR_WIDTH, site)
    dots = tuple(_dot(place, 0 if (place.precision_km or 0) >= AREA_KM else SMALLEST, frame) for place in chosen)
    sheet = sheet_of(LOCATOR_WIDTH, site)
    taken = [_room(dot) for dot in dots]
    names = [_box(Label(*name, "middle"), LOCATOR_NAME_SIZE) for name in sheet.names]
    free = (not any(_meet(box, other) for other in taken) for box in names)
    clear = sheet._replace(names=tuple(name for name, is_free in zip(sheet.names, free, strict=True) if is_free))
    absent = tuple(place.name for place in named if not _is_on(place, site))
    return Locator(clear, dots, "; ".join(_where(place) for place in chosen), absent)


@derivation
def placed_on(_: str, site: Site) -> tuple[Place, ...]:
    """The places on the base map, away from its edge."""
    return tuple(place for place in site.places.values() if _is_on(place, site))


def _is_on(place: Place, site: Site) -> bool:
    """Whether a place lies on the base map, away from its edge."""
    if site.base_map is None or place.lat is None or place.lon is None:
        return False
    west, south, east, north = site.base_map.box
    inside = west + EDGE_DEGREES < place.lon < east - EDGE_DEGREES
    return inside and south + EDGE_DEGREES < place.lat < north - EDGE_DEGREES


@derivation
def frame_of(width: int, site: Site) -> Frame:
    """Around all places with an entry, and all that lies within their distance, inside the base map."""
    everywhere = placed_on("", site)
    placed = [place for place in everywhere if site.how_many("place", place.id)] or everywhere
    reaches = [max(MARGIN_DEGREES, (place.precision_km or 0) / KM_PER_DEGREE + AROUND_DEGREES) for place in placed]
    spots = [(place.lon or 0, place.lat or 0, reach) for place, reach in zip(placed, reaches, strict=True)]
    first, last = min(lat - reach for _, lat, reach in spots), max(lat + reach for _, lat, reach in spots)
    shortening = cos(radians((first + last) / 2))
    left = min(lon - reach / shortening for lon, _, reach in spots)
    right = max(lon + reach / shortening for lon, _, reach in spots)
    west, south, east, north = site.base_map.box if site.base_map else (0, 0, 0, 0)
    wide, high = max(0, FEWEST_DEGREES - (right - left)) / 2, max(0, FEWEST_DEGREES - (last - first)) / 2
    return Frame(
        max(west + EDGE_DEGREES, left - wide),
        max(south + EDGE_DEGREES, first - high),
        min(east - EDGE_DEGREES, right + wide),
        min(north - EDGE_DEGREES, last + high),
        width,
    )


@derivation
def sheet_of(width: int, site: Site) -> Sheet:
    """The ground, with no more points than a drawing of this width can show."""
    return Sheet(width, *_drawn(width, site))


@kept_derivation
def _drawn(width: int, site: Site) -> tuple[int, str, str, tuple[tuple[str, int, int], ...]]:
    """What is on a sheet: nearly every edit has a map drawn, and hardly any changes its ground."""
    frame, base = frame_of(width, site), site.base_map
    if base is None:
        raise ValueError("there is no base map to draw")
    names = [(name, *frame.point(lon, lat)) for name, lon, lat in base.names]
    size = NAME_SIZE if width == WIDTH else LOCATOR_NAME_SIZE
    return (
        frame.height,
        "".join(_path(ring, frame, closed=True) for ring in base.land),
        "".join(_path(line, frame, closed=False) for line in base.borders),
        tuple((name, round(x), round(y)) for name, x, y in names if _fits(Label(name, x, y, "middle"), size, frame)),
    )


def _fits(label: Label, size: int, sheet: Sheet | Frame) -> bool:
    """Whether a label lies inside a drawing whole, in a font with wide letters too."""
    left, top, right, bottom = _box(label, size)
    spare = size / 2
    return left > spare and top > 0 and right < sheet.width - spare and bottom < sheet.height


def _path(line: Sequence[Point], frame: Frame, *, closed: bool) -> str:
    """A line as an SVG path in steps from point to point; empty when none of it is shown."""
    points = frame.line(line)
    if not any(frame.shows(*point) for point in points) and not closed:
        return ""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > frame.width or max(ys) < 0 or min(ys) > frame.height:
        return ""
    drawn = [(round(x), round(y)) for x, y in simplified([_near(point, frame) for point in points], 0.8)]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(drawn) if (ax, ay) != (bx, by)]
    if len(steps) < (2 if closed else 1):
        return ""
    return f"M{drawn[0][0]} {drawn[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + ("z" if closed else "")


def _near(point: Point, frame: Frame) -> Point:
    """A point far outside, moved to just outside: what nobody sees needs no detail."""
    beyond = 12.0
    return (
        min(max(point[0], -beyond), frame.width + beyond),
        min(max(point[1], -beyond), frame.height + beyond),
    )


def _dot(place: Place, radius: float, frame: Frame) -> Dot:
    x, y = frame.point(place.lon or 0, place.lat or 0)
    within = (place.precision_km or 0) / KM_PER_DEGREE * frame.scale
    return Dot(Named(place.name, urls.place(place.id)), round(x, 1), round(y, 1), round(radius, 1), round(within, 1))


def _where(place: Place) -> str:
    return f"{place.name}, within about {place.precision_km:g} km" if place.precision_km else place.name


def _row(place: Place, entries: int) -> Row:
    within = f"{place.precision_km:g} km" if place.precision_km else "not said"
    return Row(Named(place.name, urls.place(place.id)), entries, position(place), within)


def position(place: Place) -> str:
    """`14.4° N, 104.7° E`."""
    lat, lon = place.lat or 0, place.lon or 0
    return f"{abs(lat):g}° {'N' if lat >= 0 else 'S'}, {abs(lon):g}° {'E' if lon >= 0 else 'W'}"


def labels(dots: Sequence[Dot], sheet: Sheet, size: int, most: int) -> Iterable[Label]:
    """Names for the busiest dots that have room for theirs; size: of the letters, in units of the drawing."""
    taken = [_room(dot) for dot in dots]
    taken += [_box(Label(name, x, y, "middle"), max(size, NAME_SIZE)) for name, x, y in sheet.names]
    found = 0
    for dot in dots:
        gap, half = dot.radius + size * 0.25, size * 0.34
        choices = (
            _label(dot, dot.x + gap, dot.y + half, "start"),
            _label(dot, dot.x - gap, dot.y + half, "end"),
            _label(dot, dot.x, dot.y - gap - size * 0.1, "middle"),
            _label(dot, dot.x, dot.y + gap + size * 0.75, "middle"),
        )
        for label in choices:
            box = _box(label, size)
            if _fits(label, size, sheet) and not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield label
                found += 1
                break
        if found == most:
            return


def _label(dot: Dot, x: float, y: float, anchor: str) -> Label:
    return Label(dot.place.name, round(x, 1), round(y, 1), anchor)


Box = tuple[float, float, float, float]


def _room(dot: Dot) -> Box:
    return (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius)


def _box(label: Label, size: int) -> Box:
    """The room that a label takes: letters are about half as wide as they are high."""
    wide = len(label.text) * size * 0.56
    left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
    return (left, label.y - size * 0.8, left + wide, label.y + size * 0.25)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
