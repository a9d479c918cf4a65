"""Step charts: which numbers hold on a day, and what is drawn of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import ACTORS, VOCABULARY, counts, event, figure, site

from generator.pages.charts import HEIGHT, MOST_FIGURES, WIDTH, StepChart, charts, scale_top
from generator.pages.figures import Span, newest_spans
from generator.record import edtf
from generator.record.model import Figure, Measure, Vocabulary

SITE = site(event("2025-12-01"))


def span_of(*figures: Figure, vocabulary: Vocabulary = VOCABULARY) -> Span:
    """The one span of figures of one scope and group."""
    (span,) = newest_spans(counts(*figures), site(event("2025-12-01", figures=figures), vocabulary=vocabulary), "")
    return span


def test_the_span_runs_from_the_lowest_to_the_highest_that_hold() -> None:
    """A claimant's new number takes the place of its old one; another claimant's stays beside it."""
    chart = charts(
        counts(
            figure("2025-12-01", 10, said_by="upper"),
            figure("2025-12-03", 40, said_by="lower"),
            figure("2025-12-05", 20, said_by="upper"),
        ),
        SITE,
    )[0]

    assert "M0.0 225.0H500.0V0.0H1000.0V150.0H1000.0V225.0H0.0Z" == chart.span
    assert (("40", "20"), "1 December", "5 December 2025") == (chart.levels, chart.start, chart.last.words)


def test_a_number_that_nobody_renews_holds_for_a_week() -> None:
    """It leaves the span on the eighth day, also when no number is given on that day."""
    chart = charts(
        counts(
            figure("2025-12-01", 10, said_by="upper"),
            figure("2025-12-05", 40, said_by="lower"),
            figure("2025-12-11", 40, said_by="lower"),
        ),
        SITE,
    )[0]

    assert {225.0} == edges(chart, 3.5)
    assert {0.0, 225.0} == edges(chart, 7.5)
    assert {0.0} == edges(chart, 8.5) == edges(chart, 9.5)


def test_the_span_is_broken_where_no_number_holds() -> None:
    """Then nothing is drawn until somebody gives a new one; a number alone is a line."""
    chart = charts(
        counts(figure("2025-07-01", 33), figure("2025-07-21", 20, 43), figure("2025-08-10", 48)),
        SITE,
    )[0]

    assert "M0.0 102.0H200.0M500.0 42.0H700.0V180.0H500.0Z" == chart.span


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 40), st.integers(0, 40), st.sampled_from(list(ACTORS))),
        min_size=3,
        max_size=12,
        unique_by=lambda each: (each[0], each[3]),
    )
)
def test_the_span_of_each_day_is_what_its_caption_says(numbers: list[tuple[int, int, int, str]]) -> None:
    """From the lowest to the highest of the newest number of each speaker that is no older than a week."""
    start = date(2025, 1, 1)
    numbers.sort()
    figures = (figure(f"{start + timedelta(day)}", low, low + more, said_by=by) for day, low, more, by in numbers)
    first, last = numbers[0][0], numbers[-1][0]
    for chart in charts(counts(*figures), SITE):
        top = int(chart.levels[0])
        for day in range(first, last):
            held = {by: (low, low + more) for given, low, more, by in numbers if 0 <= day - given <= 7}
            ends = [end for ends in held.values() for end in ends]
            expected = {round(HEIGHT * (1 - end / top), 1) for end in (min(ends), max(ends))} if ends else set()

            assert expected == edges(chart, day - first + 0.5, last - first)


def edges(chart: StepChart, at: float, days: int = 10) -> set[float]:
    """How high the lines of a span are, so many days after the first of so many."""
    x, y, found = 0.0, 0.0, set()
    for command, end, high in re.findall(r"([MHV])([\d.]+)(?: ([\d.]+))?", chart.span):
        if command == "H":
            left, right = sorted((x, float(end)))
            if left < at * WIDTH / days < right:
                found.add(y)
        x = float(end) if command != "V" else x
        y = float(high or end) if command != "H" else y
    return found


def test_two_rounds_of_fighting_have_two_charts() -> None:
    """Numbers that count from July stand apart from those of December, even when they are given in November."""
    july = [figure(day, 30 + n) for n, day in enumerate(("2025-07-26", "2025-07-29", "2025-07-31"))]
    july.append(figure("2025-11-14", 48, since=edtf.parse("2025-07-24")))
    december = [figure(day, 50 + n) for n, day in enumerate(("2025-12-10", "2025-12-12", "2025-12-14"))]

    drawn = charts(counts(*july, *december), SITE)

    ends = [(chart.first.words, chart.last.words) for chart in drawn]
    assert [("26 July 2025", "14 November 2025"), ("10 December 2025", "14 December 2025")] == ends


def test_few_numbers_are_no_chart() -> None:
    """Two points, or three of one day, are read sooner in the table."""
    assert () == charts(counts(figure("2025-12-01", 1), figure("2025-12-02", 2)), SITE)
    assert () == charts(counts(*(figure("2025-12-01", number) for number in (1, 2, 3))), SITE)


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 10**6), st.integers(0, 10**6)), min_size=3, max_size=20))
def test_every_point_lies_inside_the_drawing(given_figures: list[tuple[int, int, int]]) -> None:
    """Whatever the numbers, points and span stay between the edges."""
    figures = [figure(f"2025-12-{day:02}", low, low + more + 1) for day, low, more in given_figures]

    for chart in charts(counts(*figures), SITE):
        assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in chart.points)


def test_the_span_of_a_scope_is_that_of_the_numbers_that_hold() -> None:
    """The home page's span leaves out what is older than a week, and what a claimant has replaced."""
    old, first, second, other = (
        figure("2025-12-01", 5, said_by="lower"),
        figure("2025-12-20", 80, said_by="upper"),
        figure("2025-12-22", 86, said_by="upper"),
        figure("2025-12-21", 41, bound="at_least", said_by="speaker"),
    )

    span = span_of(old, first, second, other)

    assert span.high is not None
    assert ("at least 41", "86") == (span.low.number, span.high.number)
    assert ("The Speaker", "Upper Town") == (span.low.by.name, span.high.by.name)
    assert ("21–22 December 2025", "2025-12-22", 2) == (span.as_of, span.day, span.said)


def test_a_span_is_of_one_round_of_fighting_and_says_from_when_it_counts() -> None:
    """A count of the year's two rounds together, given in the same week, would make of both one that nobody gave."""
    summer, winter = edtf.parse("2025-07-24"), edtf.parse("2025-12-07")
    both = figure("2025-12-21", 150, since=summer, said_by="speaker")
    low, high = figure("2025-12-20", 41, since=winter), figure("2025-12-22", 86, since=winter, said_by="upper")

    span = span_of(both, low, high)

    assert span.high is not None
    assert ("41", "86", "7 December 2025") == (span.low.number, span.high.number, span.since)


def test_the_ends_of_a_span_lead_to_their_sources_and_say_what_is_noted_of_them() -> None:
    """Of several that give the same number, the newest."""
    old, new = (figure(f"2025-12-{day}", 41, said_by=by, note=by) for day, by in ((20, "upper"), (21, "lower")))

    span = span_of(old, new)

    assert (None, "Lower Town", "lower") == (span.high, span.low.by.name, span.low.note)
    assert f"sources/{new.source}/" == span.low.by.address


def test_a_span_says_who_gave_its_numbers() -> None:
    """In the source's words, or by its publisher where nobody else is named."""
    told = figure("2025-12-20", 41, said_by="officials, as reported by the Wire"), figure("2025-12-20", 86)

    span = span_of(*told)

    assert span.high is not None
    assert ("officials, as reported by the Wire", "The Gazette") == (span.low.by.name, span.high.by.name)


def test_a_number_of_a_year_that_goes_on_speaks_of_no_day_to_come() -> None:
    """It stands at the day of the newest entry; a number of one day stands at that day, whenever it is."""
    figures = tuple(figure(day, 5) for day in ("2025", "2025-03~", "2026~", "2026-07-02"))
    whole = site(event("2025-01-01", figures=figures), event("2026-06-25"))

    assert ["2025-12-31", "2025-03-31", "2026-06-25", "2026-07-02"] == [count.day for count in whole.counts("killed")]


def test_a_single_incident_is_no_count() -> None:
    """Of a measure that grows from a first day on, a number without that day is left to the table."""
    killed = Measure("killed", "Killed", "people", cumulative=True)
    vocabulary = VOCABULARY._replace(measures=(killed,))
    since = edtf.parse("2025-12-07")

    span = span_of(figure("2025-12-20", 86, since=since), figure("2026-02-24", 0), vocabulary=vocabulary)

    assert "86" == span.low.number


@given(st.floats(0, 10**9))
def test_a_scale_ends_at_an_even_round_number(most: float) -> None:
    """No lower than the highest number, not much higher, of two digits at most."""
    top = scale_top(most)

    assert most <= top <= max(2, 2 * most)
    assert 0 == top % 2
    assert len(str(top).rstrip("0")) <= 2


def test_a_chart_of_very_many_numbers_draws_the_newest() -> None:
    """And says how many it leaves out: a page stays small whatever the sources count."""
    days = [date(2000, 1, 1) + timedelta(days=number // 10) for number in range(70_000)]
    begun = perf_counter()

    (chart,) = charts(counts(*(figure(f"{day}", number % 97 + 1) for number, day in enumerate(days))), SITE)

    assert 70_000 - MOST_FIGURES == chart.left_out
    assert days[-1].isoformat() == chart.last.datetime
    assert len(chart.span) + len(chart.dots) + len(chart.holes) < 12_000
    assert perf_counter() - begun < 20


@pytest.mark.parametrize("apart", [1, 5, 9])
def test_a_span_stays_small_however_its_numbers_lie(apart: int) -> None:
    """Also where each number moves both of its lines, and a speaker's leaves them, or where each is drawn alone."""
    days = [date(2000, 1, 1) + timedelta(days=number * apart) for number in range(MOST_FIGURES)]
    numbers = [
        figure(f"{day}", number * 37 % 89 + 1, 100 + number * 53 % 97, said_by=f"speaker {number % 3}")
        for number, day in enumerate(days)
    ]

    (chart,) = charts(counts(*numbers), SITE)

    assert len(chart.span) < 32 * MOST_FIGURES


def test_numbers_of_one_day_alone_leave_room_for_the_day_before() -> None:
    """A chart has two days at least, however many numbers the last of them has."""
    last = [figure("2025-12-03", number + 1, said_by=f"speaker {number}") for number in range(MOST_FIGURES + 5)]

    (chart,) = charts(counts(figure("2025-12-01", 1), *last), SITE)

    assert ("1 December", "3 December 2025") == (chart.start, chart.last.words)


def test_the_months_of_a_chart_are_named_where_there_is_room() -> None:
    """Every first of a month has its line; its name keeps its distance from the dates at both ends.

    More of them have room in a wide chart, and none is closer to another there.
    """
    since = edtf.parse("2025-07-24")
    days = "2025-07-26", "2025-09-20", "2025-12-10"
    (chart,) = charts(counts(*(figure(day, 5, since=since) for day in days)), SITE)

    assert ["", "Sep", "Oct", "Nov", ""] == [tick.name for tick in chart.ticks]
    assert ["Sep"] == [tick.name for tick in chart.ticks if not tick.is_minor]
