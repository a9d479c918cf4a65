"""Dates: what they can mean, how they are said, which are refused and what is proposed instead."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.record.clock import Clock
from generator.record.clock import parse as parse_clock
from generator.record.edtf import LAST_YEAR, Edtf, EdtfError, day_in_words, month_in_words, parse
from generator.record.model import Event

BOUNDS = {
    "1907": ("1907-01-01", "1907-12-31"),
    "1907~": ("1907-01-01", "1907-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "201X": ("2010-01-01", "2019-12-31"),
    "20XX-XX": ("2000-01-01", "2099-12-31"),
    "2025-07": ("2025-07-01", "2025-07-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2025-XX": ("2025-01-01", "2025-12-31"),
    "2025-XX-XX": ("2025-01-01", "2025-12-31"),
    "2025-02-XX": ("2025-02-01", "2025-02-28"),
    "2025-12-0X": ("2025-12-01", "2025-12-09"),
    "2025-12-2X": ("2025-12-20", "2025-12-29"),
    "2025-02-2X": ("2025-02-20", "2025-02-28"),
    "2025-11-3X": ("2025-11-30", "2025-11-30"),
    "2024-02-29": ("2024-02-29", "2024-02-29"),
    "2025-07-24?": ("2025-07-24", "2025-07-24"),
    "2025-07-24/2025-07-28": ("2025-07-24", "2025-07-28"),
    "2025-07/2025-08": ("2025-07-01", "2025-08-31"),
    "2025-07-24/..": ("2025-07-24", "2025-07-24"),
    "0001": ("0001-01-01", "0001-12-31"),
    "2400-12-31": ("2400-12-31", "2400-12-31"),
}

WORDS = {
    "1907": "1907",
    "1907~": "about 1907",
    "1907?": "perhaps 1907",
    "1907%": "perhaps about 1907",
    "2025-07": "July 2025",
    "2025-07~": "about July 2025",
    "2025-07-24": "24 July 2025",
    "2025-07-04?": "perhaps 4 July 2025",
    "0987-03-02": "2 March 0987",
    "2025-12-XX": "some day in December 2025",
    "2025-12-2X": "between 20 and 29 December 2025",
    "2025-11-3X": "30 November 2025",
    "2025-XX-XX": "some day in 2025",
    "201X": "between 2010 and 2019",
    "2025-07-24/2025-07-28": "24–28 July 2025",
    "2025-07-24/2025-08-02": "24 July – 2 August 2025",
    "2025-12-27/2026-01-03": "27 December 2025 – 3 January 2026",
    "2025-07/2025-08": "July 2025 – August 2025",
    "2025-07-24~/2025-07-28": "about 24 July 2025 – 28 July 2025",
    "2025-07-24/..": "from 24 July 2025",
    "1907~/..": "from about 1907",
}

DATETIMES = {
    "1907": "1907",
    "2025-07~": "2025-07",
    "2025-07-24": "2025-07-24",
    "2025-12-XX": "2025-12",
    "2025-12-2X": "2025-12",
    "2025-XX": "2025",
    "201X": "2010",
    "2025-07-24/2025-07-28": "2025-07-24",
}

NOT_EDTF = "it is not an EDTF date"
GENERAL = (
    "write year-month-day, as 2025-07-24; less is fine: 2025-07, 2025-07~ for about, 2025-12-XX, 2025-07-24/2025-07-28"
)
IN_A_ZONE = "convert it to the site's zone (`timezone` in site.yml): the day here, the time of day as `time`"
REFUSED = {
    "": (NOT_EDTF, GENERAL),
    "soon": (NOT_EDTF, GENERAL),
    "24 July 2025": (NOT_EDTF, "did you mean 2025-07-24?"),
    "July 24, 2025": (NOT_EDTF, "did you mean 2025-07-24?"),
    "Sept. 2025": (NOT_EDTF, "did you mean 2025-09?"),
    "24 Juillet 2025": (NOT_EDTF, GENERAL),
    "24/07/2025": (NOT_EDTF, "did you mean 2025-07-24?"),
    "07/24/2025": (NOT_EDTF, "did you mean 2025-07-24?"),
    "24.7.2025": (NOT_EDTF, "did you mean 2025-07-24?"),
    "2025-7-4": (NOT_EDTF, "did you mean 2025-07-04?"),
    "2025/07/24": (NOT_EDTF, "did you mean 2025-07-24?"),
    "31 June 2025": (NOT_EDTF, GENERAL),
    "2025-07-24 ": (NOT_EDTF, "did you mean 2025-07-24?"),
    "2025-07-24\n": (NOT_EDTF, "did you mean 2025-07-24?"),
    "٢٠٢٥": (NOT_EDTF, "did you mean 2025?"),
    "~2025-07": (NOT_EDTF, "did you mean 2025-07~?"),
    "about July 2025": (NOT_EDTF, "did you mean 2025-07~?"),
    "about about 2025": (NOT_EDTF, GENERAL),
    "perhaps 1907": (NOT_EDTF, "did you mean 1907??"),
    "2025-07-24/28": (NOT_EDTF, "did you mean 2025-07-24/2025-07-28?"),
    "2025-07-24–2025-07-28": (NOT_EDTF, "did you mean 2025-07-24/2025-07-28?"),
    "from 24 July 2025 to 28 July 2025": (NOT_EDTF, "did you mean 2025-07-24/2025-07-28?"),
    "2025-07-28 to 2025-07-24": (NOT_EDTF, GENERAL),
    "2025-07-24/2025-07-28/2025-07-30": (NOT_EDTF, GENERAL),
    "25-12-24": (NOT_EDTF, "write 2025-12-24 or 2024-12-25, whichever it is"),
    "24/12/25": (NOT_EDTF, "write 2024-12-25 or 2025-12-24, whichever it is"),
    "25-12-25": (NOT_EDTF, "did you mean 2025-12-25?"),
    "25/12/68": (NOT_EDTF, "did you mean 2025-12-25? 2568 of the Buddhist Era is 2025"),
    "2025–12–24": (NOT_EDTF, "did you mean 2025-12-24?"),
    "20251224": (NOT_EDTF, "did you mean 2025-12-24?"),
    "20251324": (NOT_EDTF, GENERAL),
    "2025-12-xx": (NOT_EDTF, "did you mean 2025-12-XX?"),
    "2025-Dec-24": (NOT_EDTF, "did you mean 2025-12-24?"),
    "2025-12-24.": (NOT_EDTF, "did you mean 2025-12-24?"),
    "2025-12-24/ongoing": (NOT_EDTF, "did you mean 2025-12-24/..?"),
    "24 December 2025 – present": (NOT_EDTF, "did you mean 2025-12-24/..?"),
    "2025-07-24T08:20": (NOT_EDTF, "write the day here, 2025-07-24, and the time of day as `time: 08:20`"),
    "2025-12-24 16:30:00": (NOT_EDTF, "write the day here, 2025-12-24, and the time of day as `time: 16:30`"),
    "2025-12-24T18:30:00Z": (NOT_EDTF, IN_A_ZONE),
    "2025-12-24T18:30:00.5+00:00": (NOT_EDTF, IN_A_ZONE),
    "2025-12-24 16:30:00 +07:00": (NOT_EDTF, IN_A_ZONE),
    "2025-12-24T18:30-0500": (NOT_EDTF, IN_A_ZONE),
    "2568": ("the year 2568 is far ahead", "did you mean 2025? 2568 of the Buddhist Era is 2025"),
    "2568-07-24": ("the year 2568 is far ahead", "did you mean 2025-07-24? 2568 of the Buddhist Era is 2025"),
    "2025-13-01": ("there is no month 13", "did you mean 2025-01-13?"),
    "2025-13": ("there is no month 13", "write year-month-day, as 2025-07-24"),
    "2025-00": ("there is no month 00", "write year-month-day, as 2025-07-24"),
    "2025-21": ("there is no month 21", "a season is not read: write its months, as 2025-06/2025-08"),
    "2025-02-29": ("February 2025 has no day 29", "its last day is 2025-02-28"),
    "2025-02-3X": ("February 2025 has no day 3X", "its last day is 2025-02-28"),
    "2025-07-00": ("July 2025 has no day 00", "its last day is 2025-07-31"),
    "20XX-07": ("the month is known and the year is not", "leave the month out"),
    "2025-XX-07": ("the day is known and the month is not", "leave the day out"),
    "00XX": ("there is no year 0 in a chronology", "write the year with four digits, as 1907"),
    "0000": ("there is no year 0 in a chronology", "write the year with four digits, as 1907"),
    "../2025-07-24": (
        "an interval needs its first date",
        "give the earliest date that is possible, where the entry will stand; say in the text what is not known",
    ),
    "2025-07-24/": ("the interval has no end", "write 2025-07-24/.. if it goes on"),
    "2025-07-28/2025-07-24": ("the interval ends before it starts", "did you mean 2025-07-24/2025-07-28?"),
}

DAYS = st.dates(date(1, 1, 1), date(LAST_YEAR, 12, 31))
many_refused = settings(suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
MARKS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def points(draw: st.DrawFn) -> str:
    """Any single date that we accept, and many that we do not."""
    day, mark = draw(DAYS), draw(MARKS)
    year, month, number = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    years = [year, f"{year[:3]}X", f"{year[:2]}XX", f"{year}-XX", f"{year}-XX-XX", f"{year[:2]}XX-XX"]
    months = [f"{year}-{month}", f"{year}-{month}-XX"]
    days = [f"{year}-{month}-{number}", f"{year}-{month}-{number[0]}X"]
    form: str = draw(st.sampled_from([*years, *months, *days]))
    return form + mark


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A date, or an interval, that may run backwards."""
    start, end = draw(points()), draw(st.one_of(st.just(""), st.just(".."), points()))
    return f"{start}/{end}" if end else start


def accepted(text: str) -> Edtf:
    """A text's date; an example that we refuse is passed over."""
    try:
        return parse(text)
    except EdtfError:
        assume(condition=False)
        raise


def event(slug: str, when: str, time: str = "") -> Event:
    """An event of which only the place in order matters."""
    clock: Clock | None = parse_clock(time) if time else None
    return Event(slug, f"events/{slug}.md", slug, parse(when), "talks", ("gazette",), clock)


@pytest.mark.parametrize("text", BOUNDS)
def test_a_date_has_the_first_and_the_last_day_that_it_can_mean(text: str) -> None:
    """Both days are inclusive; an open end ends where it starts."""
    actual = parse(text)

    assert BOUNDS[text] == (actual.first.isoformat(), actual.last.isoformat())


@pytest.mark.parametrize("text", WORDS)
def test_a_date_is_said_as_a_reader_says_it(text: str) -> None:
    """In words, day before month, an interval as short as it is clear."""
    assert WORDS[text] == parse(text).in_words


@pytest.mark.parametrize("text", DATETIMES)
def test_a_machine_reads_as_much_as_is_known(text: str) -> None:
    """`<time datetime>` has no digit that is not known, but for the decade's first year."""
    assert DATETIMES[text] == parse(text).datetime


@pytest.mark.parametrize("text", REFUSED)
def test_a_text_that_is_no_date_is_refused_with_a_remedy(text: str) -> None:
    """The reason and the hint, word for word."""
    with pytest.raises(EdtfError) as caught:
        parse(text)

    assert REFUSED[text] == (str(caught.value), caught.value.hint)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [("1907", False, False), ("1907?", True, False), ("1907~", False, True), ("1907%", True, True)],
)
def test_a_mark_says_how_sure_a_date_is(text: str, *, uncertain: bool, approximate: bool) -> None:
    """`?` uncertain, `~` approximate, `%` both."""
    point = parse(text).start

    assert (uncertain, approximate) == (point.uncertain, point.approximate)


@pytest.mark.parametrize(
    ("text", "is_day"),
    [
        ("2025-07-24", True),
        ("2025-07-24~", True),
        ("2025-07-2X", False),
        ("2025-07", False),
        ("2025-07-24/..", False),
        ("2025-07-24/2025-07-24", False),
    ],
)
def test_only_one_known_day_takes_a_time(text: str, *, is_day: bool) -> None:
    """A month, an interval or a day with an unknown digit is no day."""
    assert is_day == parse(text).is_day


def test_months_and_days_are_said_alone() -> None:
    """The year of a day can be left out; years have four digits."""
    assert ["4 July 2025", "4 July", "July 0987"] == [
        day_in_words(date(2025, 7, 4)),
        day_in_words(date(2025, 7, 4), year=False),
        month_in_words(987, 7),
    ]


def test_events_stand_in_the_order_of_time() -> None:
    """By first day; on a day those with a time first, then what ends sooner, then the slug."""
    expected = [
        event("a-year", "1907"),
        event("a-month", "2025-07"),
        event("z-morning", "2025-07-24", "04:00/06:30"),
        event("a-evening", "2025-07-24", "16:30~"),
        event("m-day", "2025-07-24"),
        event("n-day", "2025-07-24"),
        event("b-open", "2025-07-25/.."),
        event("a-days", "2025-07-25/2025-07-28"),
        event("a-december", "2025-12-XX"),
        event("a-twenties", "2025-12-2X"),
    ]

    turned = expected[::-1]
    assert [item.slug for item in expected] == [item.slug for item in sorted(turned, key=lambda item: item.sort_key)]


@settings(many_refused)
@given(texts())
def test_a_date_is_given_back_as_it_was_written(text: str) -> None:
    """Any date we accept prints unchanged and never ends before it starts."""
    actual = accepted(text)

    assert text == str(actual)
    assert actual.first <= actual.last
    assert actual.start.first <= actual.start.last


@settings(many_refused)
@given(points(), points())
def test_an_interval_keeps_the_order_of_time(start: str, end: str) -> None:
    """It is accepted when its end can begin no sooner than its start, and turned round otherwise."""
    first, last = accepted(start), accepted(end)

    if first.first <= last.first:
        actual = parse(f"{start}/{end}")
        assert (first.first, last.last) == (actual.first, actual.last)
    else:
        with pytest.raises(EdtfError) as caught:
            parse(f"{start}/{end}")
        assert f"did you mean {end}/{start}?" == caught.value.hint


@settings(deadline=None)
@given(DAYS, MARKS)
def test_every_day_of_the_calendar_is_one_day(day: date, mark: str) -> None:
    """It begins and ends on itself, and lies in its month and its year."""
    actual, month = parse(f"{day.isoformat()}{mark}"), parse(day.isoformat()[:7])

    assert (day, day) == (actual.first, actual.last)
    assert month.last - month.first == timedelta(monthrange(day.year, day.month)[1] - 1)
    assert month.first <= day <= month.last


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789X-/.?~% TJulySept"), texts().map(lambda text: f" {text}")))
def test_whatever_is_written_is_a_date_or_an_explained_mistake(text: str) -> None:
    """Nothing but EdtfError is raised, with a reason and a hint; a date that a hint proposes is one."""
    try:
        parse(text)
    except EdtfError as error:
        reason, hint = str(error), error.hint
    else:
        return

    assert reason
    assert hint
    if hint.startswith("did you mean ") and hint.endswith("?"):
        likely = hint.removeprefix("did you mean ").removesuffix("?")
        assert likely == str(parse(likely))


@settings(many_refused, max_examples=30)
@given(texts())
def test_the_reference_library_agrees(text: str) -> None:
    """First and last day are those of the edtf package, for all that it can read.

    Passed over is what it cannot: one digit of a day, or any of a marked date or an interval, that is not known; an
    open end.
    """
    assume(not re.search(r"-\dX|X.*[/?~%]|/.*X|/\.\.", text))
    actual, oracle = accepted(text), parse_edtf(text)

    lower, upper = oracle.lower_strict(), oracle.upper_strict()

    assert lower[:3] == (actual.first.year, actual.first.month, actual.first.day)
    assert upper[:3] == (actual.last.year, actual.last.month, actual.last.day)
