"""Times of day: what is read, how it is said, what is refused and proposed instead."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.record.clock import ClockError, parse

WORDS = {
    "00:00": "00:00",
    "16:30": "16:30",
    "16:30~": "about 16:30",
    "04:00/06:30": "04:00–06:30",
    "04:00/04:00": "04:00–04:00",
    "04:00/06:30~": "about 04:00–06:30",
    "23:59": "23:59",
}
NOT_A_TIME = "it is not a time of day"
GENERAL = "write hours and minutes of the 24-hour clock, as 16:30; 16:30~ for about, 04:00/06:30 for a span"
IN_A_ZONE = "convert it to the site's zone (`timezone` in site.yml), and write no zone; the day may change too"
REFUSED = {
    "": (NOT_A_TIME, GENERAL),
    "evening": (NOT_A_TIME, GENERAL),
    "4": (NOT_A_TIME, GENERAL),
    "4pm": (NOT_A_TIME, "did you mean 16:00?"),
    "4.30pm": (NOT_A_TIME, "did you mean 16:30?"),
    "4:30 PM": (NOT_A_TIME, "did you mean 16:30?"),
    "4:30": (NOT_A_TIME, "did you mean 04:30?"),
    "04h30": (NOT_A_TIME, "did you mean 04:30?"),
    "16:30:05": (NOT_A_TIME, "did you mean 16:30?"),
    "12:15 am": (NOT_A_TIME, "did you mean 00:15?"),
    "12:15 pm": (NOT_A_TIME, "did you mean 12:15?"),
    "16:30\n": (NOT_A_TIME, "did you mean 16:30?"),
    "16:60": (NOT_A_TIME, GENERAL),
    "25:00": (NOT_A_TIME, GENERAL),
    "24:00": (NOT_A_TIME, "the last minute of a day is 23:59; midnight is 00:00 of the day that begins"),
    "16:30/..": (NOT_A_TIME, "did you mean 16:30?"),
    "١٦:٣٠": (NOT_A_TIME, "did you mean 16:30?"),
    "๑๖.๓๐ น.": (NOT_A_TIME, "did you mean 16:30?"),
    "4:30 p.m.": (NOT_A_TIME, "did you mean 16:30?"),
    "~16:30": (NOT_A_TIME, "did you mean 16:30~?"),
    "about 4pm": (NOT_A_TIME, "did you mean 16:00~?"),
    "16:30-17:30": (NOT_A_TIME, "did you mean 16:30/17:30?"),
    "16:30 – 17:30~": (NOT_A_TIME, "did you mean 16:30/17:30~?"),
    "from 4pm to 5:15pm": (NOT_A_TIME, "did you mean 16:00/17:15?"),
    "4:30-5 pm": (NOT_A_TIME, "did you mean 16:30/17:00?"),
    "11:30-1:30 pm": (NOT_A_TIME, GENERAL),
    "22:00-02:00": (NOT_A_TIME, GENERAL),
    "16:30 or 17:30": (NOT_A_TIME, GENERAL),
    "16:30-0500": (NOT_A_TIME, GENERAL),
    "16:30Z": (NOT_A_TIME, IN_A_ZONE),
    "16:30 UTC": (NOT_A_TIME, IN_A_ZONE),
    "16:30 gmt": (NOT_A_TIME, IN_A_ZONE),
    "16:30+00:00": (NOT_A_TIME, IN_A_ZONE),
    "16:30:00 +08:00": (NOT_A_TIME, IN_A_ZONE),
    "16:30 ICT": (NOT_A_TIME, IN_A_ZONE),
    "5.30 pm Singapore time": (NOT_A_TIME, IN_A_ZONE),
    "06:30/04:00": ("the time ends before it starts", "did you mean 04:00/06:30?"),
}
TIMES = st.times().map(lambda time: f"{time:%H:%M}")


@pytest.mark.parametrize("text", WORDS)
def test_a_time_is_said_as_a_reader_says_it(text: str) -> None:
    """By the 24-hour clock; a span with a dash."""
    assert WORDS[text] == parse(text).in_words


@pytest.mark.parametrize("text", REFUSED)
def test_a_text_that_is_no_time_is_refused_with_a_remedy(text: str) -> None:
    """The reason and the hint, word for word."""
    with pytest.raises(ClockError) as caught:
        parse(text)

    assert REFUSED[text] == (str(caught.value), caught.value.hint)


@settings(deadline=None)
@given(TIMES, st.one_of(st.just(""), TIMES), st.sampled_from(["", "~"]))
def test_a_time_is_given_back_as_it_was_written(start: str, end: str, about: str) -> None:
    """Every minute of the day is accepted, and every span in the order of time; it prints unchanged."""
    if end and end < start:
        start, end = end, start
    text = f"{start}/{end}{about}" if end else f"{start}{about}"

    actual = parse(text)

    assert text == str(actual)
    assert (start, end, about == "~") == (actual.start, actual.end, actual.approximate)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789:./~hapm ")))
def test_whatever_is_written_is_a_time_or_an_explained_mistake(text: str) -> None:
    """Nothing but ClockError is raised, with a hint; a time that a hint proposes is one."""
    try:
        parse(text)
    except ClockError as error:
        hint = error.hint
    else:
        return

    assert hint
    if hint.startswith("did you mean "):
        likely = hint.removeprefix("did you mean ").removesuffix("?")
        assert likely == str(parse(likely))
