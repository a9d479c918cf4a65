"""Dates and times of day: what is read prints as it was written and begins before it ends; the rest is explained."""

from __future__ import annotations

import atheris
from common import fuzz, text_of

with atheris.instrument_imports(include=["generator"]):
    from generator.record import clock, edtf


def target(data: bytes) -> None:
    """A date, a time, or why it is none."""
    text = text_of(data)
    try:
        date = edtf.parse(text)
    except edtf.EdtfError as error:
        assert str(error)
        assert error.hint
    else:
        assert text == date.text
        assert date.first <= date.last
        assert date.in_words
        assert date.datetime
    try:
        time = clock.parse(text)
    except clock.ClockError as error:
        assert error.hint
    else:
        assert text == time.text


fuzz(target)
