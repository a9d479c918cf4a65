"""HTML in what is written: it is shown as text, a remark that no reader was meant to see and the tags of others."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from generator.record.model import Event
from generator.record.problems import MOST_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.reading.records import Written
    from generator.record.problems import Mark, Problem

_CODE = r"(?P<code>`{1,3}).*?(?P=code)"
_COMMENT = re.compile(rf"{_CODE}|(<!--.*?(?:-->|\Z))", re.DOTALL)
_TAG = re.compile(
    rf"{_CODE}|<(?P<tag>a|b|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|small|span|strong|table|t[dhr]|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.DOTALL | re.IGNORECASE,
)
_INSTEAD = {
    **dict.fromkeys(("b", "strong"), "write **words**"),
    **dict.fromkeys(("i", "em"), "write *words*"),
    **dict.fromkeys(("br", "p"), "leave a line empty between two paragraphs"),
    "a": "cite a source, [@its-id], or link to an entry, [[its-slug]]",
    "img": "name the picture in the field `image`",
}
_ADDRESS = re.compile(
    rf"{_CODE}|\[@[^\]]*\]|\]\([^()\s]*\)|^ *\[[^\]\n]*\]:[^\n]*$|<https?://[^\s<>]*>|(?P<url>https?://[^\s\])>]+)",
    re.DOTALL | re.MULTILINE,
)
"""A web address that Markdown makes no link of, or what has one on purpose."""


def check_comments(content: Collected) -> Iterator[Problem]:
    """What stands in code is shown on purpose, here as below."""
    for item in (*content.of("events"), *content.of("agreements"), *content.of("pages")):
        for _, mark in _found(item, "<!--", _COMMENT):
            yield item.file.problem(mark, "a comment in HTML is shown to readers", "take it out", "warning")


def check_tags(content: Collected) -> Iterator[Problem]:
    """Bold, links and the like are written in Markdown; the tags of HTML are shown to readers."""
    for item in (*content.of("events"), *content.of("agreements"), *content.of("pages")):
        for tag, mark in _found(item, "<", _TAG):
            name = tag["tag"]
            message = f"`<{name}>` is shown to readers as it is written"
            yield item.file.problem(mark, message, _INSTEAD.get(name.lower(), "take it out"), "warning")


def check_addresses_in_texts(content: Collected) -> Iterator[Problem]:
    """A web address in the text of an entry is no link, and hides that something rests on it."""
    for item in (*content.of("events"), *content.of("agreements")):
        for _, mark in _found(item, "://", _ADDRESS):
            hint = "define the page as a source, and cite that: [@its-id]"
            yield item.file.problem(mark, "a web address in the text is no link", hint, "warning")


def _found(item: Written, sign: str, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Mark]]:
    """Where a sound text that is no draft has the last group of a pattern; sign: what it cannot have that without."""
    is_draft = isinstance(item.record, Event) and item.record.draft
    text, begin = item.file.text, item.body_offset
    if item.record is None or is_draft or text.find(sign, begin) < 0:
        return
    wanted = (match for match in pattern.finditer(text, begin) if match[pattern.groups])
    for match in islice(wanted, MOST_PROBLEMS):
        yield match, item.file.mark_at(match.start(), len(match[0].split("\n")[0]))
