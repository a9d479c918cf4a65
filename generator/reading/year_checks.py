"""Whether the year of an entry's date is that of its file: one of both is a slip, and the entry stands in a wrong year.

Only years are compared: a day that is corrected later does not change the name, which is the entry's address for good.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.record.edtf import LAST_YEAR
from generator.record.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

_YEAR = re.compile(r"(?:1[89]|20)\d\d(?=-|$)|\d{4}(?=-\d\d(?:-|$))", re.ASCII)
"""`1200-people-flee` begins with a number, and no year."""
_FOLDER = re.compile(r"(?:.*/)?(\d{4})/[^/]*", re.ASCII)


def check_years(content: Collected) -> Iterator[Problem]:
    """Each file by itself."""
    for item in content.of("events"):
        if not isinstance(item.record, Event):
            continue
        date = item.record.date
        first, last = date.first.year, LAST_YEAR if date.is_open else date.last.year
        named, folder = _YEAR.match(item.stem), _FOLDER.fullmatch(item.file.name)
        if named and not first <= int(named[0]) <= last:
            message = f"`date` is {date}, and the file's name begins with {named[0]}"
            hint = "mend the date, or rename the file; once published, add its former address under `aliases`"
        elif folder and int(folder[1]) != first:
            message = f"`date` begins in {first:04}, and the file lies in the folder {folder[1]}"
            hint = f"mend the date, or move the file to events/{first:04}/"
        else:
            continue
        yield item.file.problem(item.mark("date"), message, hint, "warning")
