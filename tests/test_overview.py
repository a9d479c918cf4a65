"""Every day at a glance: how fine it is, what it leaves out, and that it never grows without bound."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_site import event, site, truce

from generator.pages.overview import MOST_DECADES, MOST_MONTHS, MOST_YEARS, of_months, whole


def days(first: str, count: int, step: int = 1) -> list[str]:
    """Every `step`-th day from a day on."""
    start = date.fromisoformat(first)
    return [(start + timedelta(days=number * step)).isoformat() for number in range(count)]


def test_a_few_months_are_drawn_by_day() -> None:
    """Months as rows, none left out between the first and the last; the first row and each January name the year."""
    table = whole(site(event("2025-11-03"), event("2026-02-01")))

    assert ("day", 31, 0) == (table.unit, len(table.columns), table.before)
    rows = [("Nov", "2025"), ("Dec", ""), ("Jan", "2026"), ("Feb", "")]
    assert rows == [(row.short, row.year) for row in table.rows]


def test_a_cell_says_what_it_shows_and_leads_to_its_day() -> None:
    """How many entries of which lane, and how the ceasefire stood; empty days lead nowhere."""
    entries = event("2025-07-29"), event("2025-07-29", slug="b"), event("2025-07-29", slug="c", kind="talks")
    table = whole(site(*entries, agreements=(truce("truce", ("2025-07-28", ""), status="in-force"),)))

    cells = {number: cell for number, cell in enumerate(table.rows[0].cells, 1) if cell.address}
    assert [29] == list(cells)
    assert "29 July 2025: hostilities 2, diplomacy 1; a ceasefire in force" == cells[29].label
    assert "timeline/2025/07/#d-2025-07-29" == cells[29].address
    assert [("hostilities", 2), ("diplomacy", 1)] == [(mark.lane, mark.size) for mark in cells[29].marks]
    assert ["none", "in-force", "in-force", ""] == [cell.state for cell in table.rows[0].cells[26:30]]


def test_an_old_background_is_told_and_not_drawn() -> None:
    """What lies before a gap of more than a year is counted; the overview begins after it."""
    table = whole(site(event("1904-02-13"), event("1962-06-15"), *map(event, days("2025-07-24", 10))))

    assert (2, 2) == (len(table.rows), table.before)


def test_ten_years_become_years_by_months() -> None:
    """More months than fit become a row for each year; the largest mark is the largest of all."""
    table = whole(site(*map(event, days("2016-01-01", 200, 20)), *map(event, days("2017-03-01", 6))))

    assert "month" == table.unit
    assert [str(year) for year in range(2016, 2027)] == [row.name for row in table.rows]
    sizes = {cell.label.partition(":")[0]: cell.marks[0].size for row in table.rows for cell in row.cells if cell.marks}
    assert {"March 2017"} == {month for month, size in sizes.items() if size == 4}
    assert "timeline/2017/03/" == table.rows[1].cells[2].address
    assert "March 2017: hostilities 7; no ceasefire in force at its end" == table.rows[1].cells[2].label


def test_a_hundred_years_become_decades_by_years() -> None:
    """Each cell leads to its year."""
    table = whole(site(*map(event, days("1926-01-01", 1200, 30))))

    assert ("year", "1920s", "2020s") == (table.unit, table.rows[0].short, table.rows[-1].short)
    assert "timeline/1930/" == table.rows[1].cells[0].address


def test_a_background_that_is_most_of_the_record_is_drawn() -> None:
    """An overview that would leave out a quarter of the entries gives way to a coarser one."""
    table = whole(site(*map(event, days("2000-01-01", 10, 400)), *map(event, days("2025-07-24", 10))))

    assert ("month", 0) == (table.unit, table.before)


@pytest.mark.parametrize(("years", "step"), [(1, 1), (3, 1), (10, 1), (40, 4), (100, 20), (1000, 200)])
def test_an_overview_is_bounded(years: int, step: int) -> None:
    """However long and dense a record is, rows and cells that lead somewhere are no more than these."""
    table = whole(site(*map(event, days("1020-01-01", years * 365 // step, step))))

    most = {"day": MOST_MONTHS, "month": MOST_YEARS, "year": MOST_DECADES}[table.unit]
    assert 0 < len(table.rows) <= most
    assert sum(bool(cell.address) for row in table.rows for cell in row.cells) <= 400


def test_an_empty_site_has_no_rows() -> None:
    """There is nothing to draw."""
    assert () == whole(site()).rows


def test_a_month_on_its_own_names_its_year() -> None:
    """The strip of a month's page."""
    table = of_months(site(event("2025-12-03")), [(2025, 12)], "December")

    assert [("Dec", "2025", "December 2025")] == [(row.short, row.year, row.name) for row in table.rows]
