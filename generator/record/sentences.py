"""Where the sentences of a text begin and end.

A citation may stand before a sentence's stop or after it; both belong to the sentence.  Whoever asks has put CITED in
the place of each citation, as often as it likes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CITED = "\x01"

_END = re.compile(rf"[.!?][\"”’)]*(?:\s*{CITED})*+(?:\s+(?=[“\"‘(]*[A-Z0-9])|\s*\Z)")
_LONGEST_ABBREVIATION = 10
"""Characters, with what stands before it."""
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|No|St|Sgt|vs|approx|[ap]\.m|[A-Z]"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.\Z"
)
"""What more often stands within a sentence than at its end."""


def sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    """The offsets at which each sentence begins and ends, in order; together they cover the paragraph."""
    begin = 0
    for end in _END.finditer(paragraph):
        stop = end.start() + 1
        near = max(0, stop - _LONGEST_ABBREVIATION)
        if end.end() < len(paragraph) and _ABBREVIATION.search(paragraph, near, stop):
            continue
        yield begin, end.end()
        begin = end.end()
    if begin < len(paragraph):
        yield begin, len(paragraph)
