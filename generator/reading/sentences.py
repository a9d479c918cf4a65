"""Sentences of a text, and which of them carry no citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKET = re.compile(r'\[@(?:"[^"\n]*"|“[^”\n]*”|[^\[\]])*+\]')
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*(?:\s*\x01+)*(?:\s+(?=[“\"‘(]*[A-Z0-9])|\s*\Z)")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|No|St|Sgt|vs|approx)|\b[A-Z])\.\Z")


def uncited_sentences(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The sentences from offset `start` on that carry no citation, with their offsets; headings and tables are none."""
    masked = _BRACKET.sub(lambda match: "\x01" * len(match[0]), text[start:])
    for block in _BLOCK.finditer(masked):
        paragraph = block[0]
        if re.match(r"\s*(#|\||```|\[\^)", paragraph):
            continue
        begin = 0
        for end in _SENTENCE_END.finditer(paragraph):
            if end.end() < len(paragraph) and _ABBREVIATION.search(paragraph, 0, end.start()):
                continue
            sentence = paragraph[begin : end.end()]
            if sentence.strip() and "\x01" not in sentence:
                lead = len(sentence) - len(sentence.lstrip())
                yield start + block.start() + begin + lead, sentence.strip()
            begin = end.end()
        rest = paragraph[begin:]
        if rest.strip() and "\x01" not in rest:
            yield start + block.start() + begin + len(rest) - len(rest.lstrip()), rest.strip()
