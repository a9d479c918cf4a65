"""Whether an entry that is published still has the words that `build.py new` put there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.record import placeholders
from generator.record.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

_FIELDS = {
    placeholders.TITLE: "write the page's own title, or in square brackets what it is about",
    placeholders.PUBLISHER: "write who published it",
    placeholders.NOTE: "give its `url`, or say why it cannot be linked",
}


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
        for words, hint in _FIELDS.items() if item.defined else ():
            at = text.find(words, 0, item.body_offset)
            if at >= 0:
                yield item.file.problem(item.file.mark_at(at, len(words)), "a field is still to be written", hint)
