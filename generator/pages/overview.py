"""Every day at a glance: months as rows, days as columns; with many years, years as rows and months as columns."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.pages.days import Month, day_address, months
from generator.pages.truces import Truces, truces
from generator.record import urls
from generator.record.edtf import MONTHS, day_in_words, month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.record.model import Event, Site

MOST_ROWS = 40
"""More months than these become years by months."""
GAP_MONTHS = 12
"""The overview by day begins after the last gap of a year: a background of centuries is told, not drawn."""
LARGEST = 4
"""Sizes of a mark: 1 to 4."""
STATES = {"in-force": "a ceasefire in force", "suspended": "a ceasefire suspended", "none": "no ceasefire in force"}


@dataclass(frozen=True, slots=True)
class LaneMark:
    """A mark of a cell: which lane, how many entries, its size from 1 to 4."""

    lane: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A day or a month: where it leads (empty without entries), what it says, its marks, the ground's state.

    state: `in-force`, `suspended`, `none`, or empty for what is not in the calendar or after the newest entry.
    """

    label: str
    address: str
    state: str
    marks: tuple[LaneMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A month or a year, with its name and its cells."""

    name: str
    short: str
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole table; `columns` are the heads of its columns; `before` counts earlier entries, which it leaves out."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lanes: tuple[tuple[str, str], ...]
    before: int = 0
    by_year: bool = False


def whole(site: Site) -> Overview:
    """The overview of the home page: the months of the conflict, or its years when there are many."""
    present = list(months(site))
    if not present:
        return Overview("Every day at a glance", _day_columns(), (), _lanes(site))
    start = 0
    for index in range(1, len(present)):
        if _number(present[index]) - _number(present[index - 1]) > GAP_MONTHS:
            start = index
    first, last = _number(present[start]), _number(present[-1])
    if last - first >= MOST_ROWS:
        return _by_year(site, present[0][0], present[-1][0])
    wanted = [(number // 12, number % 12 + 1) for number in range(first, last + 1)]
    before = sum(len(months(site)[month]) for month in present[:start])
    return of_months(site, wanted, "Every day at a glance", before)


def of_months(site: Site, wanted: Iterable[Month], caption: str, before: int = 0) -> Overview:
    """The days of these months."""
    state = truces(site)
    rows = tuple(_month_row(site, month, state) for month in wanted)
    return Overview(caption, _day_columns(), rows, _lanes(site), before)


def _month_row(site: Site, wanted: Month, state: Truces) -> Row:
    year, month = wanted
    by_day: dict[date, list[Event]] = {}
    for event in months(site).get(wanted, ()):
        by_day.setdefault(event.date.first, []).append(event)
    cells = []
    for number in range(1, 32):
        if number > monthrange(year, month)[1]:
            cells.append(Cell("", "", ""))
            continue
        day = date(year, month, number)
        events = by_day.get(day, [])
        ground = state.state(day) if day <= state.now else ""
        label = f"{day_in_words(day)}: {_counts(site, events)}; {STATES[ground]}" if events else ""
        cells.append(Cell(label, day_address(site, day) if events else "", ground, tuple(_marks(site, events))))
    has = any(cell.marks for cell in cells)
    short = MONTHS[month - 1][:3] + (f" {year}" if month == 1 else "")
    return Row(month_in_words(year, month), short, urls.month(year, month) if has else "", tuple(cells))


def _by_year(site: Site, first: int, last: int) -> Overview:
    years = sorted({year for year, _ in months(site)}) if last - first > 2 * MOST_ROWS else range(first, last + 1)
    rows = []
    state = truces(site)
    for year in years:
        cells = []
        for month in range(1, 13):
            events = months(site).get((year, month), ())
            day = date(year, month, monthrange(year, month)[1])
            ground = state.state(min(day, state.now)) if date(year, month, 1) <= state.now else ""
            label = (
                f"{month_in_words(year, month)}: {_counts(site, events)}; {STATES[ground]} at its end" if events else ""
            )
            cells.append(Cell(label, urls.month(year, month) if events else "", ground, tuple(_marks(site, events))))
        has = any(cell.marks for cell in cells)
        rows.append(Row(str(year), str(year), urls.year(year) if has else "", tuple(cells)))
    columns = tuple(name[:3] for name in MONTHS)
    return Overview("Every month at a glance", columns, tuple(rows), _lanes(site), by_year=True)


def _marks(site: Site, events: Sequence[Event]) -> Iterator[LaneMark]:
    for lane in site.lanes:
        count = sum(site.lane_of(event) == lane for event in events)
        if count:
            yield LaneMark(lane, count, min(count, LARGEST))


def _counts(site: Site, events: Sequence[Event]) -> str:
    """`2 hostilities, 1 diplomacy`."""
    return ", ".join(f"{mark.count} {site.lanes[mark.lane].name.lower()}" for mark in _marks(site, events))


def _lanes(site: Site) -> tuple[tuple[str, str], ...]:
    return tuple((lane.id, lane.name) for lane in site.lanes.values())


def _day_columns() -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, 32))


def _number(month: Month) -> int:
    return month[0] * 12 + month[1] - 1
