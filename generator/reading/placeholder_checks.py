"""Whether an entry that is published still has the words that `build.py new` put there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.yaml_nodes import Mapping, Scalar, Sequence
from generator.record import placeholders
from generator.record.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.reading.yaml_nodes import Node
    from generator.record.problems import Problem

_FIELDS = {
    "title": (placeholders.TITLE, "write the page's own title, or in square brackets what it is about"),
    "publisher": (placeholders.PUBLISHER, "write who published it"),
    "note": (placeholders.NOTE, "give its `url`, or say why it cannot be linked"),
    "summary": (placeholders.SUMMARY, "say in a sentence what happened, or remove the line"),
    "question": (placeholders.QUESTION, "write what is disputed, as a question, or remove the line"),
    "says": (placeholders.SAYS, "write what is claimed, or remove the claim"),
}
"""What `build.py new` writes in each, and what is to be there instead."""


def check_placeholders(content: Collected) -> Iterator[Problem]:
    """Each file by itself: an entry that is no draft has said all that was left to its author."""
    for item in content.of("events"):
        if not isinstance(item.record, Event) or item.record.draft:
            continue
        text = item.file.text
        at = text.find(placeholders.TEXT, item.body_offset)
        if at >= 0:
            mark = item.file.mark_at(at, len(placeholders.TEXT))
            hint = "tell what happened, or put back `draft: true`"
            yield item.file.problem(mark, "the text is still to be written", hint)
        is_worth_a_look = any(words in text for words, _ in _FIELDS.values())  # of ten thousand entries hardly one
        for name, value in _texts(item.root) if is_worth_a_look else ():
            words, hint = _FIELDS.get(name, ("", ""))
            if words and words in value.text:
                yield item.file.problem(value.mark, f"`{name}` is still to be written", hint)


def _texts(node: Node | None, name: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every value of a front matter with the name of its field; comments are none, and are not published."""
    if isinstance(node, Scalar):
        yield name, node
    elif isinstance(node, Mapping):
        for key, value in node.items:
            yield from _texts(value, key.text)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item, name)
