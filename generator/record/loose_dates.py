"""What somebody probably meant by a date that is no EDTF: `24 July 2025`, `since July`, a year of the Buddhist Era."""

from __future__ import annotations

import re

from generator.record.edtf import BUDDHIST_ERA_OFFSET, LAST_YEAR, MONTHS, POINT, EdtfError, parse
from generator.record.month_names import in_english

_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ ./-](\d{1,2}|[A-Za-z]{3,9})\.?[ ./,-]+(\d{4}|\d{2})", re.ASCII
)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(\d{4})[-–‑−/. ](\d{1,2}|[A-Za-z]{3,9}\.?)(?:[-–‑−/. ](\d{1,2}))?|(\d{4})(\d{2})(\d{2})", re.ASCII
)
_OF_THREE_PAIRS = re.compile(r"(\d{2})([-/.])\d{2}\2\d{2}", re.ASCII)
_WEEKDAY = re.compile(
    r"\(?\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\)?[,.]? ?", re.IGNORECASE
)
_LAST_SHORT_YEAR = 42
"""Two digits up to here are taken for a year of this century, and more for one of the Buddhist Era: 68 is 2568."""
_GENERAL_HINT = (
    "write year-month-day, as 2025-07-24; less is fine: 2025-07, 2025-07~ for about, 2025-12-XX, 2025-07-24/2025-07-28"
)


_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ,]+(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(.*)", re.ASCII)
"""The last is a zone.  A file is read without knowing the site's own, so no day or hour of another is proposed."""
ABOUT = re.compile(r"(?:~|(?:about|around|approximately|circa|ca?\.) ?)(.+)", re.IGNORECASE)
_PERHAPS = re.compile(r"(?:\?|(?:perhaps|possibly|probably) )(.+)", re.IGNORECASE)
_SPAN = re.compile(r"(?:from )?(.{4,}?)(?: - | ?[–—] ?| to | until |/)(.{4,})", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:from )?(.{4,}?)(?: - | ?[–—] ?| to | until | ?/ ?)(?:\.\.|ongoing|present|now|today)", re.IGNORECASE
)
_OPEN_END = re.compile(r"(?:since|after|from) (.+)", re.IGNORECASE)
_OPEN_START = re.compile(r"(?:before|until|by) (.+)", re.IGNORECASE)
_SHORT_END = re.compile(r"(\d{4}-\d{2}-)(\d{2})/(\d{2})", re.ASCII)


def likely(text: str) -> str:
    """The date that was probably meant, in EDTF, or what a date looks like."""
    clean = in_english(" ".join(text.split()))
    if match := _WITH_TIME.fullmatch(clean):
        about = match[3].strip()
        if about not in {"", "~"}:
            return "convert it to the site's zone (`timezone` in site.yml): the day here, the time of day as `time`"
        return f"write the day here, {match[1]}, and the time of day as `time: {match[2]}{about}`"
    if re.fullmatch(r"[1-9]\d{2}[?~%]?", clean, re.ASCII):
        return f"write the year with four digits, as 0{clean}"
    if (match := _OPEN_START.fullmatch(clean)) and (point := _guess(match[1])):
        return f"begin with the earliest date that is possible, as {point[:4]}-01/{point}; say the rest in the text"
    candidate, told = _gregorian(_guess(clean) or _marked(clean) or _from_to(clean))
    year_first = f"20{re.sub('[/.]', '-', clean)}" if _OF_THREE_PAIRS.fullmatch(clean) else ""
    if _is_date(candidate) and _is_date(year_first) and candidate != year_first:
        return f"write {year_first} or {candidate}, whichever it is"
    return f"did you mean {candidate}?{told}" if _is_date(candidate) else _GENERAL_HINT


def _marked(clean: str) -> str:
    """`about July 2025`, `since July 2025` as EDTF, or nothing."""
    for sign, pattern in (("~", ABOUT), ("?", _PERHAPS), ("/..", _OPEN_END), ("/..", _GOES_ON)):
        if (match := pattern.fullmatch(clean)) and (point := _guess(match[1])):
            return f"{point}{sign}"
    return ""


def _from_to(clean: str) -> str:
    """`2025-07-24/28`, `24 July to 28 July 2025` as EDTF, or nothing."""
    if match := _SHORT_END.fullmatch(clean):
        return f"{match[1]}{match[2]}/{match[1]}{match[3]}"
    match = _SPAN.fullmatch(clean)
    start, end = (_guess(match[1]), _guess(match[2])) if match else ("", "")
    return f"{start}/{end}" if start and end else ""


def _gregorian(text: str) -> tuple[str, str]:
    """A guess with its years of the Buddhist Era turned into ours, and what is said of it."""
    told = ""
    for year in dict.fromkeys(re.findall(r"\d{4}", text)):
        if int(year) > LAST_YEAR:
            ours = str(int(year) - BUDDHIST_ERA_OFFSET)
            text = text.replace(year, ours)
            told = f" {year} of the Buddhist Era is {ours}"
    return text, told


def _is_date(text: str) -> bool:
    """Whether a guess is one to offer."""
    if not all(POINT.fullmatch(point) for point in text.removesuffix("/..").split("/")):
        return False
    try:
        parse(text)
    except EdtfError:
        return False
    return True


def _guess(clean: str) -> str:
    """What is probably one date, as EDTF would have it, or nothing."""
    clean = _WEEKDAY.sub("", clean).strip().rstrip(".,;")
    if POINT.fullmatch(clean.upper()):
        return clean.upper()
    guess: tuple[str, str, str | None] | None = None
    if match := _YEAR_FIRST.fullmatch(clean):
        guess = (match[1] or match[4], match[2] or match[5], match[3] or match[6])
    elif match := _MONTH_FIRST.fullmatch(clean):
        guess = (match[3], match[1], match[2])
    elif match := _DAY_FIRST.fullmatch(clean):
        guess = (match[3], match[2], match[1])
    if not guess:
        return ""
    year, month, day = guess
    if not month.isdigit():
        starts = [n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(month.lower()[:3])]
        if not starts:
            return ""
        month = str(starts[0])
    elif day and int(month) > 12 >= int(day):  # noqa: PLR2004 - the months of a year
        month, day = day, month
    if len(year) < len("2025"):
        year = ("20" if int(year) <= _LAST_SHORT_YEAR else "25") + year
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
