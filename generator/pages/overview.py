"""Every day at a glance: months as rows, days as columns; over more time, years by months, then decades by years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from itertools import pairwise
from math import ceil, sqrt
from typing import TYPE_CHECKING

from generator.pages.truces import PARTLY, truces, truces_in
from generator.record import urls
from generator.record.edtf import MONTHS, day_in_words, month_in_words
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.site import Month, Site

Lanes = tuple[tuple[str, int], ...]
"""Lanes with the number of entries in each, in the order of lanes."""

GAP_BY_DAY, GAP_BY_MONTH = 12, 120
"""In months.  An overview begins after the last gap that is longer: a background of centuries is told, not drawn."""
MOST_MONTHS, MOST_YEARS, MOST_DECADES = 40, 30, 30
"""Rows of an overview by day, by month, by year."""
MOST_CELLS = 360
"""Cells of an overview by day that lead somewhere: its weight is bounded, however much has happened."""
MOST_BEFORE = 4
"""What leaves out more than one in so many entries is no overview: a coarser one takes its place."""
LARGEST = 4
"""Sizes of a mark: 1 to 4."""
STATES = {
    "in-force": "a ceasefire in force",
    "partly": "a ceasefire in force, another suspended",
    "suspended": "a ceasefire suspended",
    "none": "no ceasefire in force",
}


class LaneMark(NamedTuple):
    """A mark of a cell: which lane, how many entries, its size from 1 to 4."""

    lane: str
    entries: int
    size: int


class Cell(NamedTuple):
    """A day, month or year: where it leads (empty without entries), what it says, its marks, the ground's state.

    state: as `Truces.state` gives it, or empty for what is not in the calendar or after the newest entry.
    """

    label: str
    address: str
    state: str
    marks: tuple[LaneMark, ...] = ()


class Row(NamedTuple):
    """A month, year or decade: its name, a short one with the year that begins with it, if any, and its cells."""

    name: str
    short: str
    year: str
    address: str
    cells: tuple[Cell, ...]


class Overview(NamedTuple):
    """The whole table.  `unit` says what a cell is: `day`, `month` or `year`; `columns` are the heads of its columns.

    before: how many earlier entries it leaves out.
    """

    caption: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lanes: tuple[tuple[str, str], ...]
    before: int = 0

    @property
    def is_partly_suspended(self) -> bool:
        """Whether there is a cell that has one ceasefire in force and another suspended: only then the key has it."""
        return any(cell.state == PARTLY for row in self.rows for cell in row.cells)


def whole(site: Site) -> Overview:
    """The overview of the home page: the finest that fits."""
    present = {_number(month): count for month, count in site.months()}
    last = max(present, default=0)
    for first in _starts(present, GAP_BY_DAY):
        if last - first < MOST_MONTHS and _days_from(site, first) <= MOST_CELLS:
            wanted = [_month(number) for number in range(first, last + 1)]
            return of_months(site, wanted, "Every day at a glance", _before(present, first))
    for first in _starts(present, GAP_BY_MONTH):
        if last // 12 - first // 12 < MOST_YEARS:
            return _by_month(site, range(first // 12, last // 12 + 1), _before(present, first // 12 * 12))
    if not present:
        return of_months(site, (), "Every day at a glance")
    decade = max(min(present) // 120, last // 120 - MOST_DECADES + 1)
    return _by_year(site, range(decade, last // 120 + 1), _before(present, decade * 120))


def of_months(site: Site, wanted: Iterable[Month], caption: str, before: int = 0) -> Overview:
    """The days of these months."""
    columns = tuple(str(number) for number in range(1, 32))
    rows: list[Row] = []
    for month in wanted:
        begins_year = not rows or month[1] == 1
        rows.append(row_of_month((month, begins_year), site))
    return Overview(caption, "day", columns, tuple(rows), _lanes(site), before)


@derivation
def row_of_month(which: tuple[Month, bool], site: Site) -> Row:
    """The days of a month; with its year when it is the first of it, or of a table."""
    wanted, begins_year = which
    year, month = wanted
    length = monthrange(year, month)[1]
    state = truces_in(wanted, site)
    by_day = dict(site.lanes_by_day(wanted))
    draw = _Draughtsman(site)
    cells = []
    for number in range(1, 32):
        if number > length:
            cells.append(Cell("", "", ""))
            continue
        day = date(year, month, number)
        lanes = by_day.get(day.isoformat(), ())
        address = f"{site.day_address(day.isoformat())}#d-{day.isoformat()}" if lanes else ""
        cells.append(draw.cell(day_in_words(day), address, lanes, state.state(day) if day <= state.now else ""))
    address = urls.month(year, month) if by_day else ""
    name = MONTHS[month - 1][:3]
    return Row(month_in_words(year, month), name, f"{year:04}" if begins_year else "", address, tuple(cells))


def _by_month(site: Site, years: Iterable[int], before: int) -> Overview:
    state = truces(site)
    draw = _Draughtsman(site, max(most for month, _ in site.months() for _, most in site.lanes_of_month(month)))
    rows = []
    for year in years:
        cells = []
        for month in range(1, 13):
            lanes = site.lanes_of_month((year, month))
            last = date(year, month, monthrange(year, month)[1])
            ground = state.state(min(last, state.now)) if last.replace(day=1) <= state.now else ""
            address = urls.month(year, month) if lanes else ""
            cells.append(draw.cell(month_in_words(year, month), address, lanes, ground))
        address = urls.year(year) if any(cell.address for cell in cells) else ""
        rows.append(Row(f"{year:04}", f"{year:04}", "", address, tuple(cells)))
    columns = tuple(name[:3] for name in MONTHS)
    return Overview("Every month at a glance", "month", columns, tuple(rows), _lanes(site), before)


def _by_year(site: Site, decades: Iterable[int], before: int) -> Overview:
    state = truces(site)
    by_year = {int(year): site.lanes_of_year(year) for year, _ in site.tally("year")}
    draw = _Draughtsman(site, max(most for lanes in by_year.values() for _, most in lanes))
    rows = []
    for decade in decades:
        cells = []
        for year in range(decade * 10, decade * 10 + 10):
            lanes = by_year.get(year, ())
            ground = state.state(min(date(year, 12, 31), state.now)) if 0 < year <= state.now.year else ""
            cells.append(draw.cell(f"{year:04}", urls.year(year) if lanes else "", lanes, ground))
        rows.append(Row(f"{decade * 10:04} to {decade * 10 + 9:04}", f"{decade * 10:04}s", "", "", tuple(cells)))
    columns = tuple(str(number) for number in range(10))
    return Overview("Every year at a glance", "year", columns, tuple(rows), _lanes(site), before)


class _Draughtsman(NamedTuple):
    """Draws cells; `most` are the entries of the largest mark, 0 where each entry makes a mark one size larger."""

    site: Site
    most: int = 0

    def cell(self, name: str, address: str, lanes: Lanes, ground: str) -> Cell:
        """A cell that says its name, how many entries of each lane it has, and the state of the ground."""
        marks = tuple(LaneMark(lane, count, self._size(count)) for lane, count in lanes)
        if not marks:
            return Cell("", "", ground)
        entries = ", ".join(f"{self.site.lanes[mark.lane].name.lower()} {mark.entries:,}" for mark in marks)
        when = " at its end" if self.most else ""
        return Cell(f"{name}: {entries}; {STATES[ground]}{when}", address, ground, marks)

    def _size(self, count: int) -> int:
        return ceil(LARGEST * sqrt(count / self.most)) if self.most else min(count, LARGEST)


def _starts(present: dict[int, int], gap: int) -> Iterator[int]:
    """Where an overview may begin: after the last gap, if that leaves out few entries; with the first entry."""
    numbers = sorted(present)
    after = max((number for before, number in pairwise(numbers) if number - before > gap), default=None)
    if after is not None and _before(present, after) * MOST_BEFORE <= sum(present.values()):
        yield after
    yield from numbers[:1]


def _before(present: dict[int, int], first: int) -> int:
    return sum(count for number, count in present.items() if number < first)


def _days_from(site: Site, first: int) -> int:
    """How many days have entries from a month on."""
    return sum(len(site.lanes_by_day(month)) for month, _ in site.months() if _number(month) >= first)


def _lanes(site: Site) -> tuple[tuple[str, str], ...]:
    return tuple((lane.id, lane.name) for lane in site.lanes.values())


def _number(month: Month) -> int:
    return month[0] * 12 + month[1] - 1


def _month(number: int) -> Month:
    return number // 12, number % 12 + 1
