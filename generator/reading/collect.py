"""All records of a content folder by kind, and every id that is declared, in sound records and in faulty ones."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.reading.gazetteer import Gazetteer
from generator.record import model, urls
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from generator.reading.records import Written
    from generator.record.problems import Mark, TextFile

VOCABULARY_KINDS = ("lane", "kind", "measure", "group")
"""What vocabulary.yml lists, each under its plural."""


class Declared(NamedTuple):
    """Where an id is defined."""

    id: str
    file: TextFile
    mark: Mark

    @property
    def place(self) -> str:
        """`content/actors.yml:12`."""
        return f"{self.file.path}:{self.mark.line}"


class Collected:
    """Every file of the content, read."""

    def __init__(
        self,
        written: tuple[Written, ...],
        images: frozenset[str] = frozenset(),
        unread: frozenset[str] = frozenset(),
        ids: Mapping[str, Collection[str]] | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        """These files; `images` are the names of those in `images/`.

        unread: the lists and folders, by name, of which a file is missing or cannot be read: what it defines is not
        known.  ids: those that are known, by kind, where these files are not all that there are; gazetteer: the same.
        """
        self.written = written
        self.images = images
        self.unread = unread
        self.ids = ids
        self._gazetteer = gazetteer

    def of(self, folder: str) -> tuple[Written, ...]:
        """The files of a folder, or the one list of that name."""
        return self._by_folder.get(folder, ())

    @cached_property
    def _by_folder(self) -> dict[str, tuple[Written, ...]]:
        found: dict[str, list[Written]] = {}
        for item in self.written:
            found.setdefault(item.folder, []).append(item)
        return {folder: tuple(items) for folder, items in found.items()}

    def records(self, folder: str) -> Iterator[Any]:
        """The sound records of the files in a folder; lists are opened."""
        for item in self.of(folder):
            if item.listed:
                yield from item.listed
            elif item.record:
                yield item.record

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """What the lists of actors and places say of parties and names."""
        return self._gazetteer or gazetteer_of(*(self.of(name) for name in ("actors.yml", "places.yml")))

    @cached_property
    def sources(self) -> tuple[model.Source, ...]:
        """Sources of the registry, then those defined in place."""
        in_place = (record for item in self.written for record, _ in item.defined)
        return (*self.records("sources"), *in_place)

    @cached_property
    def uncited(self) -> tuple[tuple[Written, tuple[tuple[int, str], ...]], ...]:
        """Sound entries with sentences that carry no citation: each sentence with its offset in the file."""
        return tuple((item, item.uncited) for item in self.of("events") if item.uncited)

    @cached_property
    def declared(self) -> dict[str, tuple[Declared, ...]]:
        """Every id that the files declare, by kind of record and in order; those of faulty records too."""
        actors, places = self._listed("actors.yml"), self._listed("places.yml")
        in_place = [Declared(record.id, item.file, mark) for item in self.written for record, mark in item.defined] + [
            found for item in self.of("events") for found in _declared(item, "sources")
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
        for kind in VOCABULARY_KINDS:
            found[kind] = [entry for item in self.of("vocabulary.yml") for entry in _declared(item, f"{kind}s")]
        return {kind: tuple(entries) for kind, entries in found.items()}

    @cached_property
    def known(self) -> Mapping[str, Collection[str]]:
        """The ids that a reference of each kind may name."""
        if self.ids is not None:
            return self.ids
        ids = {
            kind: frozenset(ident for entry in entries for ident in meant(entry.id))
            for kind, entries in self.declared.items()
        }
        ids["source"] |= {ident for item in self.written for ident in item.perhaps_defined}
        return referable(ids)

    def _listed(self, folder: str) -> list[Declared]:
        return [entry for item in self.of(folder) for entry in _declared(item)]

    def _files(self, folder: str) -> list[Declared]:
        return [Declared(item.stem, item.file, item.mark("title")) for item in self.of(folder)]


def meant(ident: str) -> tuple[str, ...]:
    """An id as it is written, and where that is none what it was to be: nobody is told that this is not there."""
    return tuple(dict.fromkeys(each for each in (ident, urls.slug_of(ident)) if each))


def referable(ids: Mapping[str, AbstractSet[str]]) -> Mapping[str, AbstractSet[str]]:
    """The ids that a reference of each kind may name, from those that records of each kind have."""
    return {
        **ids,
        "scope": ids["actor"] | ids["place"] | {model.TOTAL},
        "perspective": ids["actor"] | {model.THIRD_PARTY},
        "party": ids["actor"],
    }


def gazetteer_of(actors: Iterable[Written], places: Iterable[Written]) -> Gazetteer:
    """What the lists of actors and places say of parties and names.

    Of actors with an error nothing: what is no party today may be one when that is mended.
    """
    sound = (item for item in actors if not any(problem.is_error for problem in item.problems))
    return Gazetteer.of(*((record for item in items for record in item.listed) for items in (sound, places)))


def _declared(item: Written, key: str = "") -> Iterator[Declared]:
    """The `id` of each mapping in a file's list, or in the list under `key`."""
    return (Declared(ident.text, item.file, ident.mark) for ident, _ in item.identified(key))


def _without_doubles(entries: Iterable[Declared]) -> list[Declared]:
    return list({(entry.id, entry.file.path, entry.mark): entry for entry in entries}.values())
