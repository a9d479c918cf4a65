"""Every day at a glance: months as rows, days as columns; with many years, years as rows and months as columns."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.pages.truces import Truces, truces
from generator.record import urls
from generator.record.edtf import MONTHS, day_in_words, month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.site import Month, Site

MOST_ROWS = 40
"""More months than these become years by months; of more years than these the newest are drawn."""
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
    counts = dict(site.months())
    present = list(counts)
    if not present:
        return Overview("Every day at a glance", _day_columns(), (), _lanes(site))
    start = 0
    for index in range(1, len(present)):
        if _number(present[index]) - _number(present[index - 1]) > GAP_MONTHS:
            start = index
    first, last = _number(present[start]), _number(present[-1])
    if last - first >= MOST_ROWS:
        return _by_year(site, counts)
    wanted = [(number // 12, number % 12 + 1) for number in range(first, last + 1)]
    return of_months(site, wanted, "Every day at a glance", sum(counts[month] for month in present[:start]))


def of_months(site: Site, wanted: Iterable[Month], caption: str, before: int = 0) -> Overview:
    """The days of these months."""
    state = truces(site)
    rows = tuple(_month_row(site, month, state) for month in wanted)
    return Overview(caption, _day_columns(), rows, _lanes(site), before)


def _month_row(site: Site, wanted: Month, state: Truces) -> Row:
    year, month = wanted
    by_day = dict(site.lanes_by_day(wanted))
    cells = []
    for number in range(1, 32):
        if number > monthrange(year, month)[1]:
            cells.append(Cell("", "", ""))
            continue
        day = date(year, month, number)
        lanes = by_day.get(day.isoformat(), ())
        ground = state.state(day) if day <= state.now else ""
        label = f"{day_in_words(day)}: {_counts(site, lanes)}; {STATES[ground]}" if lanes else ""
        address = f"{site.day_address(day.isoformat())}#d-{day.isoformat()}" if lanes else ""
        cells.append(Cell(label, address, ground, _marks(lanes)))
    short = MONTHS[month - 1][:3] + (f" {year}" if month == 1 else "")
    return Row(month_in_words(year, month), short, urls.month(year, month) if by_day else "", tuple(cells))


def _by_year(site: Site, counts: dict[Month, int]) -> Overview:
    """Years by months: every year from the first that is drawn, or those with entries when most have none."""
    present = sorted({year for year, _ in counts})
    span = range(present[0], present[-1] + 1)
    years = list(span if len(span) <= 2 * len(present) else present)
    drawn = years[-MOST_ROWS:]
    state = truces(site)
    rows = []
    for year in drawn:
        cells = []
        for month in range(1, 13):
            lanes = site.lanes_of_month((year, month))
            day = date(year, month, monthrange(year, month)[1])
            ground = state.state(min(day, state.now)) if date(year, month, 1) <= state.now else ""
            label = (
                f"{month_in_words(year, month)}: {_counts(site, lanes)}; {STATES[ground]} at its end" if lanes else ""
            )
            cells.append(Cell(label, urls.month(year, month) if lanes else "", ground, _marks(lanes)))
        has = any(cell.marks for cell in cells)
        rows.append(Row(str(year), str(year), urls.year(year) if has else "", tuple(cells)))
    columns = tuple(name[:3] for name in MONTHS)
    before = sum(count for (year, _), count in counts.items() if year < drawn[0])
    return Overview("Every month at a glance", columns, tuple(rows), _lanes(site), before, by_year=True)


def _marks(lanes: Iterable[tuple[str, int]]) -> tuple[LaneMark, ...]:
    return tuple(LaneMark(lane, count, min(count, LARGEST)) for lane, count in lanes)


def _counts(site: Site, lanes: Iterable[tuple[str, int]]) -> str:
    """`2 hostilities, 1 diplomacy`."""
    return ", ".join(f"{count} {site.lanes[lane].name.lower()}" for lane, count in lanes)


def _lanes(site: Site) -> tuple[tuple[str, str], ...]:
    return tuple((lane.id, lane.name) for lane in site.lanes.values())


def _day_columns() -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, 32))


def _number(month: Month) -> int:
    return month[0] * 12 + month[1] - 1
