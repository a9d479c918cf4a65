"""Whether fields that are shown as they are written hold marks that only the text under the front matter knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.record.model import Event
from generator.record.problems import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

_MARKS = re.compile(r"\[@[^\]]*\]?|\[\[[^\]]*(?:\]\])?")


def check_plain_fields(content: Collected) -> Iterator[Problem]:
    """A citation or a link in a headline, a summary or a claim would be read as its brackets."""
    for item in content.of("events"):
        event = item.record
        if not isinstance(event, Event):
            continue
        paths: list[tuple[str | int, ...]] = [("title",), ("summary",)]
        paths += [("claims", index, name) for index in range(len(event.claims)) for name in ("question", "says")]
        for path in paths:
            value = event if len(path) == 1 else event.claims[int(path[1])]
            found = _MARKS.search(str(getattr(value, str(path[-1])) or ""))
            if found:
                mark, what = item.mark(*path), "citation" if found[0].startswith("[@") else "link"
                at = item.file.line(mark.line).find(found[0], mark.column - 1)
                if at >= 0:
                    mark = Mark(mark.line, at + 1, len(found[0]))
                hint = "take it out: the claim has its `source`" if len(path) > 1 else "move it into the text below"
                message = f"`{path[-1]}` is plain text, and shows a {what} as it is written"
                yield item.file.problem(mark, message, hint, "warning")
