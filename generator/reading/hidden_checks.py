"""What is in an entry and not seen in its file: escaped characters, drafts behind links, a picture's empty words.

check_escaped_characters and check_alt_texts look at one file each; check_links_to_drafts needs to know the drafts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.reading.characters import odd_character, unseen
from generator.reading.yaml_nodes import Mapping, Node, Scalar
from generator.record.model import Agreement, Event, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

_NO_ALT_TEXT = re.compile(r"(?:an? |the )?(?:image|photo|photograph|picture|screenshot)(?: of)?\b", re.IGNORECASE)


def check_escaped_characters(content: Collected) -> Iterator[Problem]:
    """A character that cannot be seen, or that reorders what is seen, comes in by no escape of YAML either."""
    for item in content.written:
        if item.root and "\\" in item.file.text:
            for value in _scalars(item.root):
                if match := odd_character(value.text):
                    yield item.file.problem(value.mark, unseen(match[0]), "remove its `\\` escape")


def check_links_to_drafts(content: Collected) -> Iterator[Problem]:
    """A link from what is published does not lead to a draft, which readers are not shown."""
    drafts = {event.slug for event in content.records("events") if event.draft}
    if not drafts:
        return
    for item in (*content.of("events"), *content.of("agreements"), *content.of("pages")):
        record = item.record
        if isinstance(record, (Event, Agreement, Page)) and not (isinstance(record, Event) and record.draft):
            for reference in item.references:
                if reference.to == "entry" and reference.id in drafts:
                    message = f"`{reference.id}` is a draft, so this link leads nowhere"
                    hint = "remove `draft: true` there, or the link here"
                    yield item.file.problem(reference.mark, message, hint, "warning")


def check_alt_texts(content: Collected) -> Iterator[Problem]:
    """What stands for a picture says what it shows, and not that there is one."""
    for item in content.of("events"):
        event = item.record
        if not isinstance(event, Event) or not event.image:
            continue
        alt = event.image.alt
        if match := _NO_ALT_TEXT.match(alt):
            message = f"`alt` begins with “{match[0]}”, which every reader is told already"
            yield item.file.problem(item.mark("image", "alt"), message, "say what it shows", "warning")
        elif alt.casefold() in {event.title.casefold(), event.image.file.casefold(), event.image.credit.casefold()}:
            message = "`alt` repeats the title, the file's name or the credit"
            yield item.file.problem(item.mark("image", "alt"), message, "say what the picture shows", "warning")


def _scalars(node: Node) -> Iterator[Scalar]:
    """Every quoted value below a node: only there YAML reads escapes."""
    if isinstance(node, Scalar):
        if node.quoted:
            yield node
        return
    for below in (part for pair in node.items for part in pair) if isinstance(node, Mapping) else node.items:
        yield from _scalars(below)
