"""Which sentences of an entry carry no citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.record.sentences import CITED, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKET = re.compile(r'\[@(?:"[^"\n]*"|“[^”\n]*”|[^\[\]])*+\]')
_BLOCK = re.compile(r"^(?:[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_NO_SENTENCES = re.compile(r"\s*(#|\||```|\[\^)")


def uncited_sentences(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The sentences from offset `start` on that carry no citation, with their offsets; headings and tables are none."""
    masked = _BRACKET.sub(lambda match: CITED * len(match[0]), text[start:])
    for block in _BLOCK.finditer(masked):
        paragraph = block[0]
        if _NO_SENTENCES.match(paragraph):
            continue
        for begin, end in sentences(paragraph):
            sentence = paragraph[begin:end]
            if CITED not in sentence and sentence.strip():
                lead = len(sentence) - len(sentence.lstrip())
                yield start + block.start() + begin + lead, sentence.strip()
