"""All records of a content folder by kind, and every id that is declared, in sound records and in faulty ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from generator.reading.sentences import uncited_sentences
from generator.reading.yaml_nodes import Mapping, Scalar, Sequence
from generator.record import model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.reading.records import Written
    from generator.record.problems import Mark, TextFile


@dataclass(frozen=True, slots=True)
class Declared:
    """Where an id is defined."""

    id: str
    file: TextFile
    mark: Mark

    @property
    def place(self) -> str:
        """`content/actors.yml:12`."""
        return f"{self.file.path}:{self.mark.line}"


@dataclass(frozen=True)
class Collected:
    """Every file of the content, read; `images` are the names of those in `images/`.

    unread: the lists and folders, by name, of which a file is missing or cannot be read: what it defines is not known.
    """

    written: tuple[Written, ...]
    images: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    def of(self, folder: str) -> tuple[Written, ...]:
        """The files of a folder, or the one list of that name."""
        return tuple(item for item in self.written if PurePosixPath(item.file.name).parts[0] == folder)

    def records(self, folder: str) -> Iterator[Any]:
        """The sound records of the files in a folder; lists are opened."""
        for item in self.of(folder):
            if isinstance(item.record, tuple):
                yield from item.record
            elif item.record is not None:
                yield item.record

    @cached_property
    def sources(self) -> tuple[model.Source, ...]:
        """Sources of the registry, then those defined in place."""
        in_place = (record for item in self.written for record, _ in item.defined)
        return (*self.records("sources"), *in_place)

    @cached_property
    def uncited(self) -> tuple[tuple[Written, tuple[tuple[int, str], ...]], ...]:
        """Sound entries with sentences that carry no citation: each sentence with its offset in the file."""
        found = (
            (item, tuple(uncited_sentences(item.file.text, item.body_offset)))
            for item in self.of("events")
            if item.record is not None
        )
        return tuple((item, sentences) for item, sentences in found if sentences)

    @cached_property
    def declared(self) -> dict[str, tuple[Declared, ...]]:
        """Every id that the files declare, by kind of record and in order; those of faulty records too."""
        actors, places = self._listed("actors.yml"), self._listed("places.yml")
        in_place = [Declared(record.id, item.file, mark) for item in self.written for record, mark in item.defined] + [
            found for item in self.of("events") for found in _ids(item, "sources")
        ]
        events, agreements, pages = (self._files(folder) for folder in ("events", "agreements", "pages"))
        found = {
            "actor": actors,
            "place": places,
            "source": [*self._listed("sources"), *_without_doubles(in_place)],
            "event": events,
            "agreement": agreements,
            "entry": [*events, *agreements, *pages],
        }
        for kind in ("lane", "kind", "measure", "group"):
            found[kind] = [entry for item in self.of("vocabulary.yml") for entry in _ids(item, f"{kind}s")]
        return {kind: tuple(entries) for kind, entries in found.items()}

    @cached_property
    def known(self) -> dict[str, frozenset[str]]:
        """The ids that a reference of each kind may name."""
        ids = {kind: frozenset(entry.id for entry in entries) for kind, entries in self.declared.items()}
        ids["scope"] = ids["actor"] | ids["place"] | {model.TOTAL}
        ids["perspective"] = ids["actor"] | {model.THIRD_PARTY}
        ids["party"] = ids["actor"]
        return ids

    def _listed(self, folder: str) -> list[Declared]:
        return [entry for item in self.of(folder) for entry in _ids(item)]

    def _files(self, folder: str) -> list[Declared]:
        return [Declared(PurePosixPath(item.file.name).stem, item.file, item.mark("title")) for item in self.of(folder)]


def _ids(item: Written, key: str = "") -> Iterator[Declared]:
    """The `id` of each mapping in a file's list, or in the list under `key`."""
    root = item.root.get(key) if key and isinstance(item.root, Mapping) else item.root
    for node in root.items if isinstance(root, Sequence) else ():
        ident = node.get("id") if isinstance(node, Mapping) else None
        if isinstance(ident, Scalar):
            yield Declared(ident.text, item.file, ident.mark)


def _without_doubles(entries: Iterable[Declared]) -> list[Declared]:
    return list({(entry.id, entry.file.path, entry.mark): entry for entry in entries}.values())
