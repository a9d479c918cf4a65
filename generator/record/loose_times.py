"""What somebody probably meant by a time of day that is none: `4.30pm`, `about 16:30`, `16:30-17:30`.

A file is read without knowing the site's zone, so an hour of another zone is not converted, and never proposed.
"""

from __future__ import annotations

import re

from generator.record.clock import CLOCK
from generator.record.loose_dates import ABOUT
from generator.record.month_names import in_english

IN_ANOTHER_ZONE = re.compile(r"(?<![A-Za-z])(?:(?i:Z|UTC|GMT|time)|[A-Z]{2,3}T)(?![A-Za-z])|\+ ?\d", re.ASCII)
"""`16:30Z`, `16:30 UTC`, `16:30+08:00`, `16:30 ICT`, `16:30 Bangkok time`."""
_ONE = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*([ap]\.?m\b)?\D*", re.ASCII | re.IGNORECASE)
_SPAN = re.compile(r"(?:from )?(.+?)(?: ?[-–—/] ?| to | until )(.+)", re.IGNORECASE)
_LAST = "the last minute of a day is 23:59; midnight is 00:00 of the day that begins"
_ZONE_HINT = "convert it to the site's zone (`timezone` in site.yml), and write no zone; the day may change too"
_GENERAL_HINT = "write hours and minutes of the 24-hour clock, as 16:30; 16:30~ for about, 04:00/06:30 for a span"


def likely(text: str) -> str:
    """The time that was probably meant, or what a time looks like."""
    clean = in_english(" ".join(text.split()))
    if IN_ANOTHER_ZONE.search(clean):
        return _ZONE_HINT
    about = ABOUT.fullmatch(clean)
    sign = "~" if about or clean.endswith("~") else ""
    clean = about[1] if about else clean
    candidate = _one(clean) or _from_to(clean)
    if candidate == "24:00":
        return _LAST
    match = CLOCK.fullmatch(candidate)
    return f"did you mean {candidate}{sign}?" if match and (match[2] or match[1]) >= match[1] else _GENERAL_HINT


def _one(text: str) -> str:
    """What is probably one time, or nothing."""
    match = _ONE.fullmatch(text)
    if not match or not (match[2] or match[3]):
        return ""
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3][0] in "pP" else 0)  # 12:15 am is a quarter past midnight
    return f"{hour:02}:{match[2] or '00'}"


def _from_to(text: str) -> str:
    """`16:30-17:30`, `4 to 5 pm` as a span, or nothing."""
    match = _SPAN.fullmatch(text)
    if not match:
        return ""
    half = _ONE.fullmatch(match[2])
    first = match[1] if re.search("[ap]", match[1], re.IGNORECASE) or not half else f"{match[1]} {half[3] or ''}"
    start, end = _one(first), _one(match[2])
    return f"{start}/{end}" if start and end else ""
