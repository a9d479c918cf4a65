"""How the notes of what has been read are made.

A note is plain data and a pure function of the file's name and bytes, and of what these meet of the gazetteer.
"""

from __future__ import annotations

import pickle
import sys
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from generator.reading.alike import leads_to, likenesses
from generator.reading.collect import VOCABULARY_KINDS, meant
from generator.reading.note import Note
from generator.record.model import Agreement, Event
from generator.record.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.records import Written

DOCUMENTS = {"events": "event", "agreements": "agreement", "pages": "page"}
"""What the files of each folder are."""
SHELVES = {"actors.yml": "actors", "places.yml": "places", "sources": "sources"}
"""What the lists of each name or folder hold."""
ALSO = {"actors.yml": ("scope", "perspective", "party"), "places.yml": ("scope",)}
"""What the ids of a list may be named as, beside what they are."""


def note_of(item: Written, errors: int = 0, warnings: int = 0) -> Note:
    """The note of a file; how many problems it has, the checks know."""
    declared = tuple(_declared(item))
    return Note(
        tuple(outline(item.record)) if isinstance(item.record, Event) else (),
        tuple(_records(item)),
        declared,
        tuple(_offers(item)),
        tuple(dict.fromkeys(_wants(item))),
        likenesses(item, declared),
        tuple(leads_to(item)),
        errors,
        warnings,
        item.root is not None or not item.problems,
        len(item.uncited),
    )


def _print(record: Any) -> bytes:  # noqa: ANN401 - a record of any kind
    return blake2b(pickle.dumps(record, 5), digest_size=12).digest()


def _records(item: Written) -> Iterator[tuple[str, str, bytes]]:
    folder = item.folder
    if folder in {"agreements", "pages"} and item.record is not None:
        yield folder, item.stem, blake2b(item.file.text.encode(), digest_size=12).digest()
    if folder in SHELVES:
        for record in item.listed:
            yield SHELVES[folder], record.id, _print(record)
    for record, _ in item.defined:
        yield "sources", record.id, _print(record)


def _declared(item: Written) -> Iterator[str]:
    """Every id that the file declares, in sound records and in faulty ones: `source:reuters-2025-12-24`."""
    folder = item.folder
    if folder in DOCUMENTS:
        yield f"{DOCUMENTS[folder]}:{item.stem}"
        yield from (f"source:{each}" for ident, _ in item.identified("sources") for each in meant(ident.text))
        yield from (f"source:{ident}" for ident in item.perhaps_defined)
    elif folder in SHELVES:
        yield from (f"{SHELVES[folder][:-1]}:{each}" for ident, _ in item.identified() for each in meant(ident.text))
    elif folder == "vocabulary.yml":
        for kind in VOCABULARY_KINDS:
            yield from (f"{kind}:{each}" for ident, _ in item.identified(f"{kind}s") for each in meant(ident.text))


def _offers(item: Written) -> Iterator[str]:
    """What references may name because of this file, beside what it declares."""
    if item.folder in DOCUMENTS and not (isinstance(item.record, Event) and item.record.draft):
        yield f"shown:{item.stem}"
    if item.folder in ALSO:
        for ident, _ in item.identified():
            yield from (f"{name}:{each}" for name in ALSO[item.folder] for each in meant(ident.text))
    if isinstance(item.record, Agreement):
        yield from (f"term:{item.record.slug}/{term.id}" for term in item.record.terms)


def _wants(item: Written) -> Iterator[str]:
    for reference in item.references:
        if reference.to != "term":
            yield sys.intern(f"{'shown' if reference.to == 'entry' else reference.to}:{reference.id}")
    if isinstance(item.record, Event):
        for role in item.record.agreements:
            yield from (f"term:{role.id}/{term}" for term in role.terms)
        if item.record.image:
            yield f"image:{item.record.image.file}"
