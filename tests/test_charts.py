"""Step charts: which numbers hold on a day, and what is drawn of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from small_site import event, figure, site

from generator.pages.charts import HEIGHT, WIDTH, charts

if TYPE_CHECKING:
    from generator.record.model import Event, Figure

EVENT = event("2025-12-01")
SITE = site(EVENT)


def pairs(*figures: Figure) -> list[tuple[Event, Figure]]:
    """Figures with an entry that gives them."""
    return [(EVENT, each) for each in figures]


def test_the_span_runs_from_the_lowest_to_the_highest_that_hold() -> None:
    """A claimant's new number takes the place of its old one; another claimant's stays beside it."""
    chart = charts(
        pairs(
            figure("2025-12-01", 10, said_by="upper"),
            figure("2025-12-03", 40, said_by="lower"),
            figure("2025-12-05", 20, said_by="upper"),
        ),
        SITE,
    )[0]

    assert "M0.0 230.6H500.0V22.2H1000.0V22.2V161.1V230.6H500.0V230.6H0.0Z" == chart.span
    assert ("40", "1 December 2025", "5 December 2025") == (chart.highest, chart.first.words, chart.last.words)


def test_a_number_that_nobody_renews_holds_for_a_week() -> None:
    """Two weeks later an old low number no longer pulls the span down."""
    chart = charts(
        pairs(
            figure("2025-12-01", 1, said_by="upper"),
            figure("2025-12-02", 30, said_by="lower"),
            figure("2025-12-15", 40, said_by="lower"),
        ),
        SITE,
    )[0]

    top, bottom = chart.span.split("H1000.0")[1].split("V")[1:3]
    assert top == bottom


def test_two_rounds_of_fighting_have_two_charts() -> None:
    """Numbers of July stand apart from those of December."""
    july = [figure(day, 30 + n) for n, day in enumerate(("2025-07-26", "2025-07-29", "2025-07-31"))]
    december = [figure(day, 50 + n) for n, day in enumerate(("2025-12-10", "2025-12-12", "2025-12-14"))]

    drawn = charts(pairs(*july, *december), SITE)

    assert ["26 July 2025", "10 December 2025"] == [chart.first.words for chart in drawn]


def test_few_numbers_are_no_chart() -> None:
    """Two points, or three of one day, are read sooner in the table."""
    assert () == charts(pairs(figure("2025-12-01", 1), figure("2025-12-02", 2)), SITE)
    assert () == charts(pairs(*(figure("2025-12-01", number) for number in (1, 2, 3))), SITE)


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 10**6), st.integers(0, 10**6)), min_size=3, max_size=20))
def test_every_point_lies_inside_the_drawing(given_figures: list[tuple[int, int, int]]) -> None:
    """Whatever the numbers, points and span stay between the edges."""
    figures = [figure(f"2025-12-{day:02}", low, low + more + 1) for day, low, more in given_figures]

    for chart in charts(pairs(*figures), SITE):
        assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in chart.points)
