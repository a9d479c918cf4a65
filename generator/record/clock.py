"""A time of day as contributors write it: `16:30`, `16:30~` for about, `04:00/06:30`."""

from __future__ import annotations

import re

from generator.record.tuples import NamedTuple

_ONE = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
CLOCK = re.compile(f"({_ONE})(?:/({_ONE}))?(~?)")

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
    match = CLOCK.fullmatch(text)
    if not match:
        from generator.record.loose_times import likely  # noqa: PLC0415 - most times are right

        raise ClockError("it is not a time of day", likely(text))
    start, end, about = match.groups()
    if end and end < start:
        raise ClockError("the time ends before it starts", f"did you mean {end}/{start}?")
    return Clock(text, start, end or "", bool(about))
