"""Maps: what is drawn of places, on what ground, and what is said of it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden_files import read_tree
from hypothesis import given
from hypothesis import strategies as st
from small_site import event, site

from generator.pages import maps
from generator.pages.maps import LOCATOR_WIDTH, Dot, Sheet, base_map_for, labels, locator, place_map, sheet_of
from generator.pages.parts import Named
from generator.publishing.assets import read_base_maps
from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.record.ground import BaseMap, simplified
from generator.record.model import Place
from generator.record.tracking import KEPT

if TYPE_CHECKING:
    from conftest import Guarded

    from generator.record.model import Event
    from generator.record.site import Site

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
SQUARE = BaseMap(
    "Drawn by hand.",
    (10.0, 50.0, 20.0, 60.0),
    (((10.0, 50.0), (20.0, 50.0), (20.0, 60.0), (10.0, 60.0), (10.0, 50.0)),),
    (((10.0, 55.0), (20.0, 55.0)),),
    (("Upper Land", 15.0, 57.0),),
)
WORLD_ATLAS = ROOT / "node_modules/world-atlas/countries-10m.json"


def place(ident: str, lat: float | None = None, lon: float | None = None, km: float | None = None) -> Place:
    """A place at a position."""
    return Place(ident, ident.capitalize(), "Here", lat=lat, lon=lon, precision_km=km)


def chronicle(*places: Place, base: BaseMap | None = SQUARE) -> Site:
    """A chronology with one entry at the first place, two at the second, and so on."""
    days = [(number, each) for number, each in enumerate(places) for _ in range(number + 1)]
    events = [
        event(f"2025-{1 + index // 28:02}-{1 + index % 28:02}", places=(each.id,))
        for index, (_, each) in enumerate(days)
    ]
    return on(base, *events, places={each.id: each for each in places})


def on(base: BaseMap | None, *events: Event, places: dict[str, Place]) -> Site:
    """A chronology on some ground."""
    made = site(*events, places=places)
    made.base_map = base
    return made


def test_places_are_dots_sized_by_their_entries() -> None:
    """The busiest first; north is up, east is right; a circle tells within what distance a place lies."""
    drawn = place_map(chronicle(place("south", 52, 12), place("north", 58, 18, 20)))

    assert drawn is not None
    north, south = drawn.dots
    assert ("North, within about 20 km: 2 entries", "South: 1 entry") == (north.words, south.words)
    assert north.x > south.x
    assert north.y < south.y
    assert north.radius > south.radius
    assert south.within == 0
    frame_degrees = 6 + 2 * maps.MARGIN_DEGREES
    assert north.within == pytest.approx(20 / maps.KM_PER_DEGREE * drawn.sheet.height / frame_degrees, abs=0.2)
    assert [("North", 2, "58° N, 18° E", "20 km"), ("South", 1, "52° N, 12° E", "not said")] == [
        (row.place.name, row.entries, row.position, row.within) for row in drawn.rows
    ]


def test_what_is_not_drawn_is_said() -> None:
    """Places beyond the edge by name, places without a position by number."""
    drawn = place_map(chronicle(place("here", 55, 15), place("far", 0, 0), place("lost")))

    assert drawn is not None
    assert ["Here"] == [dot.place.name for dot in drawn.dots]
    assert (("Far",), 0, 1, 0) == (drawn.outside, drawn.more_outside, drawn.unplaced, drawn.left_out)


def test_a_map_of_very_many_places_draws_the_busiest() -> None:
    """And says how many it leaves out."""
    places = {
        f"p{number}": place(f"p{number}", 51 + number % 80 / 10, 11 + number // 80 / 10) for number in range(5000)
    }
    busy = event("2025-01-01", places=("p4321",))
    drawn = place_map(on(SQUARE, busy, places=places))

    assert drawn is not None
    assert (maps.MOST_PLACES, 5000 - maps.MOST_PLACES) == (len(drawn.dots), drawn.left_out)
    assert "P4321" == drawn.dots[0].place.name


def test_no_ground_no_map_and_no_complaint() -> None:
    """Where no base map covers the places, where none has a position, where there is none."""
    elsewhere = [place("far", 0, 0), place("farther", 1, 1), place("here", 55, 15)]

    assert base_map_for(elsewhere, [SQUARE]) is None
    assert base_map_for([place("lost")], [SQUARE]) is None
    assert base_map_for([], []) is None
    assert place_map(chronicle(place("here", 55, 15), base=None)) is None
    assert place_map(chronicle(place("lost"))) is None
    assert locator(("lost",), chronicle(place("lost"))) is None


def test_the_base_map_that_covers_most_places_is_taken() -> None:
    """Half of them at least have to be on it."""
    other = SQUARE._replace(box=(0.0, 0.0, 5.0, 5.0))

    assert SQUARE is base_map_for([place("a", 55, 15), place("b", 56, 15), place("c", 1, 1)], [other, SQUARE])


def test_a_locator_has_the_places_of_an_entry_alone() -> None:
    """In words as well, for those who do not see it; what has no position is named alone."""
    drawn = locator(("here", "lost"), chronicle(place("here", 55, 15, 10), place("lost"), place("other", 56, 16)))

    assert drawn is not None
    assert ["Here"] == [dot.place.name for dot in drawn.dots]
    assert ("Here, within about 10 km", ("Lost",)) == (drawn.words, drawn.absent)


def test_an_area_is_drawn_whole() -> None:
    """Also that of an outermost place: cut off at the edge, it would seem to end there."""
    outermost = place("south", 54, 13, 80), place("north", 57, 16, 10)
    drawn = locator(("south",), chronicle(*outermost))

    assert drawn is not None
    (dot,) = drawn.dots
    assert 0 < dot.x - dot.within < dot.x + dot.within < drawn.sheet.width
    assert 0 < dot.y - dot.within < dot.y + dot.within < drawn.sheet.height


def test_what_is_drawn_of_the_ground_is_recalled() -> None:
    """While it is what it was: an edit of an entry draws its map again, and not the lines under it."""
    before, after = chronicle(place("here", 55, 15)), chronicle(place("here", 55, 15))
    sheet = sheet_of(LOCATOR_WIDTH, before)
    values = {each.number: each.value for (name, _), each in before.derivations.items() if name in KEPT}
    after.last_value = values.get
    after.base_map = SQUARE._replace(land=())

    assert values
    assert sheet == sheet_of(LOCATOR_WIDTH, after)


def test_an_area_has_no_dot_on_a_small_map() -> None:
    """In the middle of a province, where nothing may have happened, it would be taken for the spot."""
    drawn = locator(("town", "province"), chronicle(place("town", 55, 15, 10), place("province", 56, 16, 50)))

    assert drawn is not None
    assert [("Town", True), ("Province", False)] == [(dot.place.name, dot.radius > 0) for dot in drawn.dots]
    assert all(dot.within for dot in drawn.dots)


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 500), st.integers(4, 15)), min_size=1, max_size=60))
def test_labels_never_overlap_nor_leave_the_map(places: list[tuple[int, int, int]]) -> None:
    """Wherever the places lie: a label without room is left out."""
    dots = [Dot(Named("A place name"), x, y, radius, 0, "") for x, y, radius in places]
    sheet = Sheet(720, 520, "", "", (("Country", 300, 200),))

    for size, most in ((maps.WIDE_SIZE, 18), (maps.NARROW_SIZE, 7)):
        boxes = [maps._box(label, size) for label in labels(dots, sheet, size, most)]  # noqa: SLF001
        assert len(boxes) <= most
        assert all(box[0] > 0 and box[1] > 0 and box[2] < 720 and box[3] < 520 for box in boxes)
        assert not any(maps._meet(a, b) for place, a in enumerate(boxes) for b in boxes[:place])  # noqa: SLF001


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=2, max_size=40), st.floats(0.1, 20))
def test_a_simplified_line_keeps_its_ends_and_its_way(line: list[tuple[float, float]], tolerance: float) -> None:
    """Every point that is left out lies close to what remains."""
    kept = simplified(line, tolerance)

    assert (line[0], line[-1]) == (kept[0], kept[-1])
    left_out = [point for point in line if point not in kept]
    assert all(min(_distance(point, a, b) for a, b in pairwise(kept)) <= tolerance + 1e-6 for point in left_out)


def _distance(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """Of a point from the line between two others, on the plane of complex numbers."""
    off, way = complex(*point) - complex(*a), complex(*b) - complex(*a)
    along = (off * way.conjugate()).real / (abs(way) ** 2 or 1)
    return abs(off - way * min(1, max(0, along)))


# --- the base map that is kept ----------------------------------------------------------------------------------------


def test_the_base_map_has_the_ground_of_the_conflict() -> None:
    """It parses, names both countries, is small, and its border passes near where it is known to pass."""
    path = ROOT / "static/map/mainland-south-east-asia.json"
    (base,) = read_base_maps(path.parent.parent, [f"map/{path.name}"])

    assert {"Cambodia", "Thailand"} <= {name for name, _, _ in base.names}
    assert path.stat().st_size < 20_000
    for lon, lat in ((104.68, 14.39), (102.55, 13.66), (103.7, 14.44)):  # near Preah Vihear, Poipet, O’Smach
        assert min(abs(x - lon) + abs(y - lat) for line in base.borders for x, y in line) < 0.25
    assert all(base.covers(lon, lat) for line in (*base.land, *base.borders) for lon, lat in line)
    assert (path.parent / "README.md").is_file()


def test_the_base_map_is_what_the_tool_cuts() -> None:
    """Where the data it is cut from is at hand."""
    if not WORLD_ATLAS.is_file():
        pytest.skip("world-atlas is not installed: npm install --no-save world-atlas@2.0.2")
    sys.path.insert(0, str(ROOT / "tools"))
    from base_map import base_map  # noqa: PLC0415

    kept = json.loads((ROOT / "static/map/mainland-south-east-asia.json").read_text("utf-8"))
    assert kept == json.loads(json.dumps(base_map(json.loads(WORLD_ATLAS.read_bytes()))))


# --- the pages --------------------------------------------------------------------------------------------------------


def test_maps_are_small_and_say_what_they_are_not(built_site: Path) -> None:
    """Ten kilobytes of paths at most on the page of places, two on an entry's; both say what the dashed line means."""
    places = (built_site / "places/index.html").read_text("utf-8")
    entry = (built_site / "events/2025-12-18-thai-jets-bomb-poipet/index.html").read_text("utf-8")

    for page, most in ((places, 10_000), (entry, 2_000)):
        paths = re.findall(r'<path class="map__[a-z]+" d="([^"]*)"', page)
        assert 2 == len(paths)
        assert 100 < sum(map(len, paths)) < most
        assert "takes no position" in page


def test_a_small_map_names_the_countries_where_no_place_lies() -> None:
    """Without a name nobody knows which land is drawn; a name under a dot is left out, and stays on other maps."""
    land = chronicle(place("north", 58, 14), place("south", 55, 16), place("under", 57, 15))
    away, under = locator(("north", "south"), land), locator(("north", "under"), land)

    assert away is not None
    assert under is not None
    assert ["Upper Land"] == [name for name, _, _ in away.sheet.names]
    assert () == under.sheet.names
    assert away.sheet.land == under.sheet.land


def test_a_site_of_elsewhere_has_no_map(tmp_path: Path) -> None:
    """A harbour of which no base map is at hand: its pages are as they were, and nobody complains."""
    content = tmp_path / "content"
    shutil.copytree(GOLDEN / "content", content)
    places = content / "places.yml"
    places.write_text(re.sub(r"lat: [\d.]+", "lat: 64.1", places.read_text("utf-8")), "utf-8")
    options = Options(content, ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=1, history=False)
    assert () == build(options).lacking

    assert [] == [
        path
        for path, data in read_tree(tmp_path / "public").items()
        if path.endswith(".html") and b'<figure class="map' in data
    ]


@pytest.mark.browser
def test_a_place_is_reached_from_the_map_by_keyboard(guarded_page: Guarded) -> None:
    """Each dot is a link with a name; Enter opens the page of the place."""
    page = guarded_page.open("places/")
    dot = page.locator(".map a").first
    name = dot.get_attribute("aria-label") or ""
    dot.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/places/*/**")
    assert name.startswith(page.locator("h1").inner_text())
    assert page.locator(".locator svg").get_attribute("role") == "img"
    assert [] == guarded_page.errors


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_labels_are_legible_and_apart_on_every_width(guarded_page: Guarded, width: int) -> None:
    """At least 11 pixels high, none over another, none outside of the drawing."""
    page = guarded_page.page
    page.set_viewport_size({"width": width, "height": 900})
    guarded_page.open("places/")
    boxes = page.locator(".map__labels text:visible").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    )
    drawing = page.locator(".map svg").bounding_box()

    assert drawing is not None
    assert len(boxes) >= 4
    assert all(bottom - top >= 11 for _, top, _, bottom in boxes)
    assert all(left >= drawing["x"] and right <= drawing["x"] + drawing["width"] for left, _, right, _ in boxes)
    shrunk = [(left + 1, top + 2, right - 1, bottom - 2) for left, top, right, bottom in boxes]
    assert [] == [(a, b) for place, a in enumerate(shrunk) for b in shrunk[:place] if maps._meet(a, b)]  # noqa: SLF001


@pytest.mark.browser
def test_the_map_as_a_table_says_the_same(guarded_page: Guarded) -> None:
    """A row for each dot, with the same number of entries."""
    page = guarded_page.open("places/")
    page.get_by_text("The map as a table").click()
    dots = page.locator(".map a").evaluate_all("links => links.map(link => link.getAttribute('aria-label'))")
    rows = page.locator(".map__table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )

    assert len(dots) == len(rows) > 20
    for dot, (name, entries, _, within) in zip(dots, rows, strict=True):
        word = "entry" if entries == "1" else "entries"
        assert dot == f"{name}, within about {within}: {entries} {word}"
