"""A content folder, file by file: a note of each, its record when it is wanted, and what has changed since.

A file is read and parsed once for each version of its bytes; what came of it is in the cache.
"""

from __future__ import annotations

import marshal
import os
import pickle
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.incremental import parts
from generator.incremental.cache import digest
from generator.incremental.jobs import spread
from generator.incremental.snapshot import NEVER, Seen, settled
from generator.incremental.table import Table
from generator.reading.files import Listing, list_content, read_bytes, text_of
from generator.reading.note import Note
from generator.record.outline import Outline
from generator.record.problems import Problem, TextFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from generator.incremental.cache import Cache
    from generator.reading.checks import Check
    from generator.reading.gazetteer import Gazetteer
    from generator.reading.records import Written
    from generator.record.keys import Key

NAMES = ("actors.yml", "places.yml")
"""The lists that the gazetteer is made of."""
OUR_WORDS = ("events/", "agreements/")
"""Files in whose texts the gazetteer's names are looked for."""
SHARE = 150
"""Files that are read as one piece of work."""
ITSELF = ""
"""Stands for the id of the record that a file is, where it is no list."""
MOST_KEPT = 1000
"""New files that are kept as they were parsed, with the places of their values: more would take hundreds of MiB."""


_UNKNOWN: tuple[Seen, bytes, bytes] = (NEVER, b"", b"")
"""What the last build knew of a file that is new."""


class ContentChangedError(Exception):
    """A file is not what it was when the build began: it has been saved since, or is gone."""


class _Anything:
    """Stands for the ids of a kind where every id is taken for known."""

    def __contains__(self, _: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _AllKnown(dict[str, "Collection[str]"]):
    """The ids of every kind, where every id is taken for known."""

    def __missing__(self, kind: str) -> Collection[str]:
        return _Anything()

    def get(self, kind: str, default: object = None) -> Collection[str]:  # noqa: ARG002
        return self[kind]


def _packed(note: Note, item: Written) -> bytes:
    """A note, and the records of a file, as the cache keeps them together."""
    first = marshal.dumps(tuple(note))
    return len(first).to_bytes(4) + first + marshal.dumps(_pickled(item))


def _pickled(item: Written) -> dict[str, bytes]:
    """The records of a file by id, each by itself: of a list of hundreds, an edit wants a few."""
    records = {each.id: each for each in (*item.listed, *(source for source, _ in item.defined))}
    if not item.listed:
        records[ITSELF] = item.record
    return {ident: pickle.dumps(each, 5) for ident, each in records.items()}


def _note_in(data: bytes) -> Note:
    return Note._make(marshal.loads(data[4:]))  # noqa: S302 - its digest is right, so it is what we wrote


def _records_in(data: bytes) -> dict[str, bytes]:
    return marshal.loads(data[4 + int.from_bytes(data[:4]) :])  # type: ignore[no-any-return]  # noqa: S302 - as above


def _records(note: Note | None) -> tuple[tuple[str, str, bytes], ...]:
    return note.records if note else ()


def _on_shelves(note: Note | None) -> set[tuple[str, str, bool]]:
    """The shelf and the id of each record of a file, and whether it is of a draft, and so may stand on none."""
    entry = Outline._make(note.outline) if note and note.outline else None
    found = {(shelf, ident, entry is not None and entry.draft) for shelf, ident, _ in _records(note)}
    if entry:
        found.add(("entries", entry.slug, entry.draft))
    return found


def _is_same_to_queries(name: str, was: Note | None, now: Note | None) -> bool:
    """Whether a query sees nothing of a change: of an entry, or a list of sources or places, it is so as a rule.

    What is in their records is seen by those alone that read them.
    """
    if was is None or now is None:
        return False
    is_list = name.startswith("sources/") or name == "places.yml"
    if not is_list and not (was.outline and now.outline):
        return False
    return _written_out(was) == _written_out(now) and _decides_shelves(was) == _decides_shelves(now)


def _decides_shelves(note: Note) -> tuple[object, ...]:
    """What decides which records there are, as far as one file has a say in that: see `Library.site`."""
    ids = [(shelf, ident) for shelf, ident, _ in note.records]
    return ids, {each for each in note.wants if each.startswith(("source:", "image:"))}, note.leads_to


def _written_out(note: Note | None) -> bytes:
    """An outline as bytes: 2 and 2.0 are equal, and stand otherwise on the page."""
    return marshal.dumps(note.outline, 2) if note else b""


def _seen_by_others(note: Note | None) -> tuple[Any, ...]:
    """What the note of a file says that the checks of other files can see."""
    return (note.declared, note.offers, note.wants, note.alike, note.leads_to, note.is_read) if note else ()


class ParsedFiles:
    """All files of a content folder."""

    def __init__(self, folder: Path, cache: Cache, jobs: int = 1) -> None:
        """Look at a content folder; what is in its files is read when it is asked for."""
        self.folder = folder
        self._cache = cache
        self._jobs = jobs
        self.shown = folder.as_posix()
        """The folder, as problems name it."""
        self._started = time.time_ns()
        self._written: dict[str, Written] = {}
        self._data: dict[str, bytes] = {}
        self._texts: dict[str, TextFile | None] = {}
        self._opened: dict[str, dict[str, bytes]] = {}
        """The records of lists by file and id, as the cache has them, of which one was asked for."""
        self.listing: Listing = list_content(folder)
        self.folder_problems = list(self.listing.problems)
        """What is wrong with the folder itself, and with files that cannot be read; more is found while they are."""
        self._files: Table[str, tuple[Seen, bytes, bytes]] = Table("files", cache)
        self._last = self._files.whole()
        """Of each file at the last build: as it was seen, a digest of its bytes, its key."""
        self._last_notes: Table[str, bytes] = Table("notes", cache)
        self._digests: dict[str, bytes] = {}
        self.blob_keys: dict[str, bytes] = {}
        """What each file is kept under: a digest of its name, its bytes, and what these meet of the gazetteer."""
        self.changed: list[str] = []
        """The files that are new or gone, or kept under another key than by the last build."""
        self._edited: list[str] = []
        """Of `changed`, the files whose bytes have changed too; the others have the record that they had."""
        self._look()

    # --- reading -------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Find what each file is kept under, and which have changed."""
        keys = self.blob_keys
        context = self._note_context
        is_same = self._cache.part(parts.NOTE_CONTEXT) == context
        for name, now in self.listing.texts.items():
            seen_before, before, key = self._last.get(name, _UNKNOWN)
            if is_same and now == seen_before:
                keys[name] = key
                continue
            its = self._digest(name)
            if not its:
                continue
            keys[name] = key if is_same and its == before else digest(os.fsencode(name), its, self._met_by(name))
            if keys[name] != key:
                self.changed.append(name)
            if its != before:
                self._edited.append(name)
        gone = [name for name in self._last if name not in keys]
        self.changed += gone
        self._edited += gone

    def _digest(self, name: str) -> bytes:
        """A digest of a file, which is read if it is not as it was last seen; empty where there is none to read."""
        if name not in self._digests and name in self.listing.texts:
            seen_before, before, _ = self._last.get(name, _UNKNOWN)
            if self.listing.texts[name] == seen_before:
                self._digests[name] = before
            else:
                data, problems = read_bytes(self.folder / name)
                self.folder_problems += problems
                self._digests[name] = b"" if data is None else digest(data)
                if data is not None:
                    self._data[name] = data
        return self._digests.get(name, b"")

    @cached_property
    def _kept_gazetteer(self) -> tuple[bytes, bytes, bytes]:
        """A digest of the lists that the gazetteer is made of, one of itself, and it as the cache keeps it."""
        lists = digest(*map(self._digest, NAMES))
        kept: tuple[bytes, bytes, bytes] | None = self._cache.part(parts.GAZETTEER)
        if kept and kept[0] == lists:
            return kept
        from generator.reading.collect import gazetteer_of  # noqa: PLC0415 - brought in when needed

        is_there = {name: self._digest(name) != b"" and self.text(name) is not None for name in NAMES}
        made = gazetteer_of(*([self.written(name)] if is_there[name] else [] for name in NAMES))
        return lists, digest(repr(made).encode("utf-8", "surrogatepass")), pickle.dumps(made, 5)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        """What the checks of a single file know of other files."""
        return pickle.loads(self._kept_gazetteer[2])  # type: ignore[no-any-return]  # noqa: S301 - from our own cache

    @cached_property
    def _note_context(self) -> bytes:
        """A digest of all that notes are made of beside the files themselves."""
        return digest(self._kept_gazetteer[1], os.fsencode(self.shown))

    def _met_by(self, name: str) -> bytes:
        """A digest of what the note of one file is made of beside the file: what its text meets of the gazetteer."""
        text = self.text(name) if name.startswith(OUR_WORDS) else None
        met = self._gazetteer.met_in(text.text if text else "")
        return self._digest_of(met) if met.words else self._nothing_met

    @cached_property
    def _nothing_met(self) -> bytes:
        """That digest of a file whose text meets no name, as those of most do."""
        return self._digest_of(self._gazetteer.met_in(""))

    def _digest_of(self, met: Gazetteer) -> bytes:
        return digest(repr(met).encode("utf-8", "surrogatepass"), os.fsencode(self.shown))

    @cached_property
    def is_unchanged(self) -> bool:
        """Whether all files, and no others, are as they were at the last build."""
        return not self.changed and not self.folder_problems and self._cache.part(parts.IMAGES) == self.listing.images

    @cached_property
    def new_notes(self) -> dict[str, Note]:
        """Notes of the files that are new or changed and are texts."""
        names = [name for name in self.changed if name in self.blob_keys and self.text(name) is not None]
        return self._parse(names) if names else {}

    def last_note(self, name: str) -> Note | None:
        data = self._last_notes.get(name)
        return Note._make(marshal.loads(data)) if data else None  # noqa: S302 - from our own cache

    @cached_property
    def notes(self) -> dict[str, Note]:
        """A note of each file that is a text, in order of path."""
        found = {}
        changed = set(self.changed)
        lost = []
        for name in self.blob_keys:
            note = self.new_notes.get(name) if name in changed else self.last_note(name)
            if note:
                found[name] = note
            elif name not in changed:
                lost.append(name)
        if lost:  # the cache has a file and not its note
            found |= self._parse([name for name in lost if self.text(name) is not None])
            found = {name: found[name] for name in self.blob_keys if name in found}
        return found

    @cached_property
    def changed_records(self) -> set[Key]:
        """The keys of records that are not as they were at the last build; of those that are new or gone, `has` too."""
        changed: set[Key] = set()
        for name in self._edited:
            was, now = self.last_note(name), self.new_notes.get(name)
            changed |= {(shelf, ident) for shelf, ident, _ in {*_records(was)} ^ {*_records(now)}}
            changed |= {("has", shelf, ident) for shelf, ident, _ in _on_shelves(was) ^ _on_shelves(now)}
            for note in (was, now):
                if note and note.outline:
                    changed.add(("entries", note.outline[0]))
                    if _written_out(was) != _written_out(now):
                        changed.add(("outlines", note.outline[0]))
            if (was.uncited if was else 0) != (now.uncited if now else 0):
                changed.add(("uncited", ""))
        return changed

    @cached_property
    def is_same_to_queries(self) -> bool:
        """Whether no query can give anything else than at the last build, and the pictures are as they were.

        That is so when all changes are within entries and lists of sources and places, and such as no query is about.
        Then the order of entries, their outlines and queries about the whole are recalled, and no query is asked again.
        """
        if self.folder_problems or self._cache.part(parts.IMAGES) != self.listing.images:
            return False
        return bool(self._last) and all(
            _is_same_to_queries(name, self.last_note(name), self.new_notes.get(name)) for name in self._edited
        )

    @cached_property
    def is_same_to_checks(self) -> bool:
        """Whether, beside, the checks of other files can find nothing else than at the last build.

        Then what was wrong with files together is taken over.
        """
        return self.is_same_to_queries and all(
            _seen_by_others(self.last_note(name)) == _seen_by_others(self.new_notes[name]) for name in self.changed
        )

    def _parse(self, names: list[str]) -> dict[str, Note]:
        """Notes of new files; those that were never seen with these bytes are parsed, and kept with their records."""
        found = {name: _note_in(data) for name in names if (data := self._cache.blob(self.blob_keys[name]))}

        def take(share: list[tuple[str, bytes]]) -> None:
            for name, data in share:
                self._cache.put(self.blob_keys[name], data)
                found[name] = _note_in(data)

        unknown = [name for name in names if name not in found]
        if unknown:
            _ = self._gazetteer  # here, once for all processes
            shares = [unknown[start : start + SHARE] for start in range(0, len(unknown), SHARE)]
            spread(self._parse_share, shares, self._jobs, take)
        return found

    def _parse_share(self, names: list[str]) -> list[tuple[str, bytes]]:
        """Of each file its note and its record, as bytes."""
        from generator.reading.checks import FILE_CHECKS, check_sentences  # noqa: PLC0415 - brought in when needed
        from generator.reading.notes import note_of  # noqa: PLC0415

        # sentences without a citation are counted below, and need not be told
        checks = [check for check in FILE_CHECKS if check is not check_sentences]
        found = self.checked(names, checks)
        share = []
        for name in names:
            item = self.written(name)
            errors = sum(problem.is_error for problem in found[name])
            note = note_of(item, errors, len(found[name]) - errors + len(item.uncited))
            share.append((name, _packed(note, item)))
        if len(self._texts) > MOST_KEPT:
            for name in names:
                del self._written[name]
        return share

    def checked(self, names: Iterable[str], checks: Iterable[Check]) -> dict[str, set[Problem]]:
        """What is wrong with each of some files by itself."""
        from generator.reading.collect import Collected  # noqa: PLC0415

        items = {name: self.written(name) for name in names}
        found = {item.file.path: set(item.problems) for item in items.values()}
        content = Collected(tuple(items.values()), ids=_AllKnown(), gazetteer=self._gazetteer)
        for check in checks:
            for problem in check(content):
                if problem.path in found:
                    found[problem.path].add(problem)
        return {name: found[item.file.path] for name, item in items.items()}

    def text(self, name: str) -> TextFile | None:
        """The text of a file, or None when it is none; then that is a problem."""
        if name not in self._texts:
            self._texts[name] = self._read_text(name)
        return self._texts[name]

    def _read_text(self, name: str) -> TextFile | None:
        """Read the text of a file.

        Raises: ContentChangedError, when its bytes are not those whose digest is known, under which it will be kept.
        """
        path = f"{self.shown}/{name}"
        data = self._data.pop(name, None)
        if data is None:
            data, problems = read_bytes(self.folder / name)
            self.folder_problems += problems
            if data is None:
                return None
            if digest(data) != self._digest(name):
                raise ContentChangedError(name)
        text, problems = text_of(data, path)
        self.folder_problems += [problem for problem in problems if problem not in self.folder_problems]
        return None if text is None else TextFile(path, name, text)

    def written(self, name: str) -> Written:
        """A file with its record and the places of all its values."""
        item = self._written.get(name)
        if item is None:
            from generator.reading.records import read_record  # noqa: PLC0415 - it brings YAML and Markdown

            text = self.text(name)
            if text is None:
                raise ContentChangedError(name)
            item = self._written[name] = read_record(text)
        return item

    # --- records -------------------------------------------------------------------------------------------------

    def fetch(self, shelf: str, ident: str, name: str) -> Any:  # noqa: ANN401 - a record of the shelf's kind
        """A record by its shelf, its id and the file that defines it."""
        if shelf in {"entries", "agreements", "pages"}:
            return self.record(name)
        opened = self._opened.get(name)
        if opened is None:
            opened = self._opened[name] = self._kept(name)
        return pickle.loads(opened[ident])  # noqa: S301 - from our own cache

    def record(self, name: str) -> Any:  # noqa: ANN401 - a record of any kind
        """The record of a file, or all of a list."""
        if name in self._written:
            return self._written[name].record
        kept = self._kept(name)
        if ITSELF in kept:
            return pickle.loads(kept[ITSELF])  # noqa: S301 - from our own cache
        return tuple(map(pickle.loads, kept.values()))

    def _kept(self, name: str) -> dict[str, bytes]:
        data = self._cache.blob(self.blob_keys[name])
        return _pickled(self.written(name)) if data is None else _records_in(data)

    # --- for the next build --------------------------------------------------------------------------------------

    def parts(self) -> dict[str, Any]:
        """What the next build needs to know of them all."""
        kept = {parts.IMAGES: self.listing.images, parts.NOTE_CONTEXT: self._note_context}
        kept[parts.GAZETTEER] = self._kept_gazetteer
        return {name: value for name, value in kept.items() if value != self._cache.part(name)}

    def tables(self) -> tuple[Table[Any, Any], ...]:
        """What the next build needs to know of each file; asked for last, as the notes of the last build end here."""
        changed: Mapping[str, Note] = self.new_notes
        names: Mapping[str, Any] = self.blob_keys
        if not self.is_same_to_queries:
            changed, names = self.notes, self.notes
        for name, note in changed.items():
            self._last_notes[name] = marshal.dumps(tuple(note))
        for name in names:
            now, key = self.listing.texts[name], self.blob_keys[name]
            seen_before, _, key_before = self._last.get(name, _UNKNOWN)
            if now != seen_before or key != key_before:
                self._files[name] = (settled(now, self._started), self._digests[name], key)
        for name in self._last.keys() - names.keys():
            self._files.pop(name)
            self._last_notes.pop(name)
        return self._files, self._last_notes
