"""Which sentences of an entry carry no citation."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from generator.record.sentences import CITED, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKET = re.compile(r'\[@(?:"[^"\n]*"|“[^”\n]*”|[^\[\]])*+\]')
_BLOCK = re.compile(r"^(?:[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+", re.MULTILINE)
"""What begins an item of a list, and is no part of its sentences."""
_NO_SENTENCES = re.compile(
    r"\s*(?:#|\||```|~~~|\[\^|<!--|\[[^\]\n]+\]:|(?:[-*_][ \t]*){3,}\s*\Z)|[^\n]*\n *(?:=+|-+)\s*\Z"
)
"""Headings, tables, code, notes, comments, definitions of links, rules; a heading may be underlined."""


def uncited_sentences(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The sentences from offset `start` on that carry no citation, with their offsets; headings and tables are none."""
    masked = _BRACKET.sub(lambda match: CITED * len(match[0]), text[start:])
    for block in _BLOCK.finditer(masked):
        paragraph = block[0]
        if _NO_SENTENCES.match(paragraph):
            continue
        for first, last in _parts(paragraph):
            for begin, end in sentences(paragraph[first:last]):
                sentence = paragraph[first + begin : first + end]
                if CITED not in sentence and sentence.strip():
                    lead = len(sentence) - len(sentence.lstrip())
                    yield start + block.start() + first + begin + lead, sentence.strip()


def _parts(block: str) -> Iterator[tuple[int, int]]:
    """Where the items of a list begin and end, without their signs; of any other block, the whole."""
    if not _ITEM.match(block):
        yield 0, len(block)
        return
    signs = list(_ITEM.finditer(block))
    for sign, following in zip_longest(signs, signs[1:]):
        yield sign.end(), following.start() if following else len(block)
