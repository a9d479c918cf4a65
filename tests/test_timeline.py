"""The chronology: what a year says of the months in which nothing is recorded."""

from __future__ import annotations

from small_site import event, site

from generator.pages.timeline import KINDS, YearView


def test_a_year_draws_and_tells_the_months_without_an_entry() -> None:
    """Those between its first and its last entry have a row each; of those before a month, the list says how many."""
    made = KINDS["year"].make(
        site(event("2024-12-30"), event("2025-02-13"), event("2025-03-02"), event("2025-06-04")), 2025
    )
    view = made.view

    assert isinstance(view, YearView)
    assert ["Feb", "Mar", "Apr", "May", "Jun"] == [row.short for row in view.overview.rows]
    assert [0, 0, 2] == [gap for _, _, gap in view.months]
