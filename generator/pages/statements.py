"""The sentences of a text in plain words, each with the sources that it rests on."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from generator.record.model import Citation, Link, Prose
from generator.record.sentences import CITED, sentences
from generator.record.tracking import derivation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.site import Site

_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|dd|dt|blockquote)>")
_TAG = re.compile(r"<[^>]+>")
_BEFORE_STOP = re.compile(r" +(?=[.,;:])")


@derivation
def statements(slug: str, site: Site) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each sentence of an entry or agreement that carries a citation, and the ids of the sources that it cites."""
    record = site.entries[slug] if slug in site.entries else site.agreements[slug]
    return tuple(statements_of(record.body))


def statements_of(prose: Prose) -> Iterator[tuple[str, frozenset[str]]]:
    """Each sentence that carries a citation, and the ids of the sources that it cites."""
    cited: list[Citation] = []
    parts: list[str] = []
    for piece in prose.pieces:
        if isinstance(piece, str):
            parts.append(_words(piece))
        elif isinstance(piece, Link):
            parts.append(piece.words or piece.slug)
        else:
            cited.append(piece)
            parts.append(CITED)
    citations = iter(cited)
    for paragraph in "".join(parts).split("\n"):
        for begin, end in sentences(paragraph):
            sentence = paragraph[begin:end]
            found = [next(citations) for _ in range(sentence.count(CITED))]
            if found:
                words = _BEFORE_STOP.sub("", " ".join(sentence.replace(CITED, "").split()))
                yield words, frozenset(pointer.source for citation in found for pointer in citation.pointers)


def _words(text: str) -> str:
    """HTML as plain words; where a block ends, so does the line."""
    words = text.replace("\n", " ")
    if "<" in words:
        words = _TAG.sub("", _BLOCK_END.sub("\n", words))
    return html.unescape(words) if "&" in words else words
