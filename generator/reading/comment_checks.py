"""Comments in HTML: raw HTML is shown as text, and so is a remark that no reader was meant to see."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from generator.record.model import Event
from generator.record.problems import MOST_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

_COMMENT = re.compile(r"(?P<code>`{1,3}).*?(?P=code)|<!--.*?(?:-->|\Z)", re.DOTALL)


def check_comments(content: Collected) -> Iterator[Problem]:
    """Each file by itself; a draft may have them, and what stands in code is shown on purpose."""
    for item in (*content.of("events"), *content.of("agreements"), *content.of("pages")):
        text = item.file.text
        if item.record is None or (isinstance(item.record, Event) and item.record.draft):
            continue
        if text.find("<!--", item.body_offset) < 0:
            continue
        found = (match for match in _COMMENT.finditer(text, item.body_offset) if not match["code"])
        for comment in islice(found, MOST_PROBLEMS):
            mark = item.file.mark_at(comment.start(), len(comment[0].split("\n")[0]))
            yield item.file.problem(mark, "a comment in HTML is shown to readers", "take it out", "warning")
