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
    from generator.record.problems import Problem

_CODE = r"(?P<code>`{1,3}).*?(?P=code)"
_COMMENT = re.compile(rf"{_CODE}|<!--.*?(?:-->|\Z)", re.DOTALL)
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
    rf"{_CODE}|\]\([^()\s]*\)|^ *\[[^\]]*\]:.*$|<https?://[^\s<>]*>|(?P<url>https?://[^\s\])>]+)", re.MULTILINE
)
"""A web address that Markdown makes no link of, or what has one on purpose."""


def check_comments(content: Collected) -> Iterator[Problem]:
    """Each file by itself; a draft may have them, and what stands in code is shown on purpose."""
    for item in (*content.of("events"), *content.of("agreements"), *content.of("pages")):
        if _is_shown(item) and item.file.text.find("<!--", item.body_offset) >= 0:
            found = (match for match in _COMMENT.finditer(item.file.text, item.body_offset) if not match["code"])
            for comment in islice(found, MOST_PROBLEMS):
                mark = item.file.mark_at(comment.start(), len(comment[0].split("\n")[0]))
                yield item.file.problem(mark, "a comment in HTML is shown to readers", "take it out", "warning")


def check_tags(content: Collected) -> Iterator[Problem]:
    """Bold, links and the like are written in Markdown, in the text alone; other tags are shown to readers."""
    for item in (*content.of("events"), *content.of("agreements"), *content.of("pages")):
        if not _is_shown(item) or "<" not in item.file.text:
            continue
        found = (match for match in _TAG.finditer(item.file.text, item.body_offset) if match["tag"])
        for tag in islice(found, MOST_PROBLEMS):
            mark = item.file.mark_at(tag.start(), len(tag[0].split("\n")[0]))
            hint = _INSTEAD.get(tag["tag"].lower(), "take it out")
            yield item.file.problem(mark, f"`<{tag['tag']}>` is shown to readers as it is written", hint, "warning")


def check_addresses_in_texts(content: Collected) -> Iterator[Problem]:
    """A web address in the text of an entry is no link, and hides that something rests on it."""
    for item in (*content.of("events"), *content.of("agreements")):
        if not _is_shown(item) or item.file.text.find("://", item.body_offset) < 0:
            continue
        found = (match for match in _ADDRESS.finditer(item.file.text, item.body_offset) if match["url"])
        for address in islice(found, MOST_PROBLEMS):
            mark = item.file.mark_at(address.start(), len(address[0]))
            hint = "define the page as a source, and cite that: [@its-id]"
            yield item.file.problem(mark, "a web address in the text is no link", hint, "warning")


def _is_shown(item: Written) -> bool:
    """Whether it is a sound record, and no draft."""
    return item.record is not None and not (isinstance(item.record, Event) and item.record.draft)
