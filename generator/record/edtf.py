"""An EDTF date: read, compared, put into words.

Read are level 0 and, of levels 1 and 2, what a chronology needs: `?` uncertain, `~` approximate, `%` both, `X` for
a digit that is not known, intervals and an open end.  An interval must have a start: an entry stands at the first day
that its date can mean.

Source: Library of Congress, Extended Date/Time Format Specification, 4 February 2019.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from generator.record.tuples import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
BUDDHIST_ERA_OFFSET = 543
LAST_YEAR = 2400
"""A later year is taken for a slip: nearly always a year of the Buddhist Era."""

POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|\dX|XX))?)?([?~%]?)", re.ASCII)
"""One date: year, month, day, mark."""

_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|1[0-9]{3}|2[0-3][0-9]{2}|2400)"
_YEARS = "(?:(?:00[1-9]|0[1-9][0-9]|1[0-9]{2}|2[0-3][0-9]|240)X|(?:0[1-9]|1[0-9]|2[0-4])XX)"
_DAY = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01]|[0-3]X|XX)"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30|[0-3]X|XX)"
    "|02-(?:0[1-9]|[12][0-9]|[0-2]X|XX)"
)
_ONE = f"(?:{_YEAR}(?:-(?:{_DAY}|0[1-9]|1[0-2]|XX(?:-XX)?))?|{_YEARS}(?:-XX(?:-XX)?)?)[?~%]?"
PATTERN = rf"^{_ONE}(?:/(?:{_ONE}|\.\.))?$"
"""What is read, as far as a regular expression of JavaScript can say it: no leap years, no order of an interval."""


class EdtfError(ValueError):
    """Why a text is not a date, worded for the contributor; `hint` is what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Point(NamedTuple):
    """One date of an EDTF text: the first and the last day that it can mean, both inclusive.

    precision: `day`, `month`, `year`, or `digits` when some digits are not known.
    """

    text: str
    first: date
    last: date
    precision: str
    approximate: bool
    uncertain: bool


class Edtf(NamedTuple):
    """A date or an interval; `end` is None for a single date and for an open end."""

    text: str
    start: Point
    end: Point | None = None
    is_open: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def first(self) -> date:
        """The first day that it can mean."""
        return self.start.first

    @property
    def last(self) -> date:
        """The last day that it can mean, inclusive; for an open end, the start's last day."""
        return self.end.last if self.end else self.start.last

    @property
    def is_day(self) -> bool:
        """Whether it is one known day: then, and only then, a time of day makes sense."""
        return self.start.precision == "day" and self.end is None and not self.is_open

    @property
    def datetime(self) -> str:
        """The value of `<time datetime>`: the start, as precisely as it is known."""
        point = self.start
        known = {"day": 10, "month": 7, "year": 4}.get(point.precision)
        if known:
            return point.first.isoformat()[:known]
        return point.first.isoformat()[: 7 if point.first.month == point.last.month else 4]

    @property
    def in_words(self) -> str:
        """As a reader says it: `24 July 2025`, `about July 2025`, `24–28 July 2025`, `from 24 July 2025`."""
        if self.is_open:
            return f"from {_words(self.start)}"
        if self.end is None:
            return _words(self.start)
        return _interval(self.start, self.end)


@lru_cache(maxsize=1024)
def parse(text: str) -> Edtf:
    """Read a date as contributors write it: `1907`, `2025-07~`, `2025-12-XX`, `2025-07-24/2025-07-28`, `2025-07-24/..`.

    Raises: EdtfError, with the reason and a hint.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return Edtf(text, _point(text, text))
    if start in {"", ".."}:
        raise EdtfError(
            "an interval needs its first date",
            "give the earliest date that is possible, where the entry will stand; say in the text what is not known",
        )
    first = _point(start, text)
    if end == "..":
        return Edtf(text, first, is_open=True)
    if not end:
        raise EdtfError("the interval has no end", f"write {start}/.. if it goes on")
    last = _point(end, text)
    if last.first < first.first:
        raise EdtfError("the interval ends before it starts", f"did you mean {end}/{start}?")
    return Edtf(text, first, last)


def day_in_words(day: date, *, year: bool = True) -> str:
    """`24 July 2025`, or `24 July`."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year:04}" if year else "")


def month_in_words(year: int, month: int) -> str:
    """`July 2025`."""
    return f"{MONTHS[month - 1]} {year:04}"


def _point(text: str, whole: str) -> Point:
    """One date; `whole` is the text that it is part of, for the hint."""
    match = POINT.fullmatch(text)
    if not match:
        from generator.record.loose_dates import likely  # noqa: PLC0415 - most dates are right

        raise EdtfError("it is not an EDTF date", likely(whole))
    year, month, day, mark = match.groups()
    if int(year.replace("X", "0")) > LAST_YEAR:
        gregorian = int(year.replace("X", "0")) - BUDDHIST_ERA_OFFSET
        meant = whole.replace(year, str(gregorian))
        raise EdtfError(
            f"the year {year} is far ahead", f"did you mean {meant}? {year} of the Buddhist Era is {gregorian}"
        )
    if "X" in year and month not in {None, "XX"}:
        raise EdtfError("the month is known and the year is not", "leave the month out")
    if month in {None, "XX"} and day not in {None, "XX"}:
        raise EdtfError("the day is known and the month is not", "leave the day out")
    first, last = _bounds(year, month, day)
    unknown = "X" in text
    precision = "digits" if unknown else "day" if day else "month" if month else "year"
    return Point(text, first, last, precision, mark in {"~", "%"}, mark in {"?", "%"})


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low == 0:
        raise EdtfError("there is no year 0 in a chronology", "write the year with four digits, as 1907")
    if month is None or month == "XX":
        return date(low, 1, 1), date(high, 12, 31)
    number = int(month)
    if not 1 <= number <= 12:  # noqa: PLR2004 - the months of a year
        raise EdtfError(f"there is no month {month}", _no_month(year, month, day))
    days = monthrange(low, number)[1]
    if day is None or day == "XX":
        return date(low, number, 1), date(low, number, days)
    first, last = max(1, int(day.replace("X", "0"))), int(day.replace("X", "9"))
    if first > days or (last == 0):
        name = month_in_words(low, number)
        raise EdtfError(f"{name} has no day {day}", f"its last day is {low:04}-{month}-{days:02}")
    return date(low, number, first), date(low, number, min(last, days) if "X" in day else last)


def _no_month(year: str, month: str, day: str | None) -> str:
    if day and day.isdigit() and 1 <= int(day) <= 12 and 1 <= int(month) <= 31:  # noqa: PLR2004 - months, days
        return f"did you mean {year}-{day}-{month}?"
    if day is None and "21" <= month <= "41":
        return f"a season is not read: write its months, as {year}-06/{year}-08"
    return "write year-month-day, as 2025-07-24"


def _words(point: Point) -> str:
    marks = ("perhaps " if point.uncertain else "") + ("about " if point.approximate else "")
    return marks + _plain(point)


def _plain(point: Point) -> str:
    first, last = point.first, point.last
    if first == last:
        return day_in_words(first)
    if point.precision == "month":
        return month_in_words(first.year, first.month)
    if point.precision == "year":
        return f"{first.year:04}"
    if first.month == last.month and first.year == last.year:
        whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
        month = month_in_words(first.year, first.month)
        return f"some day in {month}" if whole else f"between {first.day} and {last.day} {month}"
    if first.year == last.year:
        return f"some day in {first.year:04}"
    return f"between {first.year:04} and {last.year:04}"


def _interval(start: Point, end: Point) -> str:
    plain = not (start.approximate or start.uncertain or end.approximate or end.uncertain)
    if plain and start.precision == end.precision == "day" and start.first.year == end.first.year:
        if start.first.month == end.first.month:
            return f"{start.first.day}–{day_in_words(end.first)}"
        return f"{day_in_words(start.first, year=False)} – {day_in_words(end.first)}"
    return f"{_words(start)} – {_words(end)}"
