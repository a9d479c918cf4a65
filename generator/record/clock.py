"""A time of day as contributors write it: `16:30`, `16:30~` for about, `04:00/06:30`."""

from __future__ import annotations

import re

from generator.record.tuples import NamedTuple

_ONE = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_CLOCK = re.compile(f"({_ONE})(?:/({_ONE}))?(~?)")
_LOOSE = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*([ap]m)?", re.ASCII | re.IGNORECASE)

PATTERN = f"^{_ONE}(?:/{_ONE})?~?$"
"""What is read, as far as a regular expression of JavaScript can say it: not the order of a span."""


class ClockError(ValueError):
    """Why a text is not a time of day; `hint` is what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Clock(NamedTuple):
    """Wall time in the site's zone; `end` is empty for a single time."""

    text: str
    start: str
    end: str
    approximate: bool

    def __str__(self) -> str:
        return self.text

    @property
    def in_words(self) -> str:
        """`16:30`, `about 16:30`, `04:00–06:30`."""
        return ("about " if self.approximate else "") + self.start + (f"–{self.end}" if self.end else "")


def parse(text: str) -> Clock:
    """Read a time of day.

    Raises: ClockError, with the reason and a hint.
    """
    match = _CLOCK.fullmatch(text)
    if not match:
        raise ClockError("it is not a time of day", _likely(text))
    start, end, about = match.groups()
    if end and end < start:
        raise ClockError("the time ends before it starts", f"did you mean {end}/{start}?")
    return Clock(text, start, end or "", bool(about))


def _likely(text: str) -> str:
    match = _LOOSE.match(text.strip())
    if match and (match[2] or match[3]):
        hour, half = int(match[1]), (match[3] or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)  # 12:15 am is a quarter past midnight
        candidate = f"{hour:02}:{match[2] or '00'}"
        if candidate == "24:00":
            return "the last minute of a day is 23:59; midnight is 00:00 of the day that begins"
        if _CLOCK.fullmatch(candidate):
            return f"did you mean {candidate}?"
    return "write hours and minutes of the 24-hour clock, as 16:30; 16:30~ for about, 04:00/06:30 for a span"
