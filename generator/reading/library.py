"""A content folder as a whole: what is wrong with it, and the chronology that it holds."""

from __future__ import annotations

import pickle
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.incremental import parts
from generator.reading.parsed import NAMES, ParsedFiles
from generator.record.outline import Order, Outline, in_order
from generator.record.problems import Mark, Problem, TextFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from generator.incremental.cache import Cache
    from generator.reading.collect import Collected
    from generator.reading.note import Note
    from generator.reading.records import Written
    from generator.record.site import Site

REQUIRED = {
    "site.yml": "it says what the site is called and where it is published: title, base_url",
    "vocabulary.yml": "it lists the lanes and kinds that entries choose from",
}
FEW = 10
"""Files that are looked at together while only the first warnings are wanted."""


class Library:
    """All files of a content folder, together."""

    def __init__(self, folder: Path, cache: Cache, jobs: int = 1) -> None:
        """Look at a content folder; what is in its files is read when it is asked for."""
        self.files = ParsedFiles(folder, cache, jobs)
        self._cache = cache
        self._shelved: tuple[bool, dict[str, dict[str, str]], frozenset[str]] | None = None
        """Whether the site shows drafts, its shelves and its pictures."""
        self._looked_at: set[str] = set()
        self._told: dict[bytes, Collection[Problem]] = {}
        """What was told of files in this build, by what they are kept under."""

    def collected(self) -> Collected:
        """Every file with its record and the places of all its values."""
        return self._collected(self.files.notes)

    def _collected(self, names: Iterable[str], ids: Mapping[str, Collection[str]] | None = None) -> Collected:
        from generator.reading.collect import Collected  # noqa: PLC0415

        items = tuple(self.files.written(name) for name in names)
        return Collected(items, frozenset(self.files.listing.images), self.unread, ids)

    @cached_property
    def unread(self) -> frozenset[str]:
        """The lists and folders of the content that are not known whole; a broken entry's slug is known by its name."""
        missing = set(REQUIRED) - self.files.notes.keys()
        broken = {name for name, note in self.files.notes.items() if name.endswith(".yml") and not note.is_read}
        refused = {problem.path.removeprefix(f"{self.files.shown}/") for problem in self.files.folder_problems}
        return frozenset(name.partition("/")[0] for name in missing | broken | refused)

    # --- problems ------------------------------------------------------------------------------------------------

    @cached_property
    def _is_same_together(self) -> bool:
        """Whether what is wrong with files together is what it was at the last build."""
        kept = self._cache.part(parts.TOGETHER) if self.files.is_same_to_checks else None
        return kept is not None and kept[0].isdisjoint(self.files.changed)

    @cached_property
    def _together(self) -> dict[str, list[Problem]]:
        """All that is wrong with files that refer to what is not there, or that are too much like others."""
        if self._is_same_together:
            return pickle.loads(self._cache.part(parts.TOGETHER)[1])  # type: ignore[no-any-return]  # noqa: S301 - our own
        found = self._referring()
        self._compare(found)
        return found

    def _referring(self) -> dict[str, list[Problem]]:
        """All that is wrong with files that refer to what is not there, or is not shown."""
        unmet = self._unmet()
        if not unmet:
            return {}
        from generator.reading.checks import FILE_CHECKS, REFERENCE_CHECKS  # noqa: PLC0415 - brought in when needed

        self._looked_at |= unmet
        small = {name for name in self.files.notes if name.startswith(("agreements/", "pages/")) or name in NAMES}
        drafts = {name for name, note in self.files.notes.items() if note.outline and Outline._make(note.outline).draft}
        content = self._collected((name for name in self.files.notes if name in small | drafts | unmet), self._ids)
        found = {f"{self.files.shown}/{name}": list(self.files.written(name).problems) for name in unmet}
        for check in (*FILE_CHECKS, *REFERENCE_CHECKS):
            for problem in check(content):
                if problem.path in found:
                    found[problem.path].append(problem)
        return {path.removeprefix(f"{self.files.shown}/"): problems for path, problems in found.items()}

    def _lists(self) -> Iterator[Written]:
        """The lists of actors and places: their records, without the places of values."""
        from generator.reading.records import Written  # noqa: PLC0415 - it brings YAML and Markdown

        for name in NAMES:
            if name in self.files.blob_keys and (self._cache.blob(self.files.blob_keys[name]) or self.files.text(name)):
                yield Written(TextFile(f"{self.files.shown}/{name}", name, ""), self.files.record(name))

    def _compare(self, found: dict[str, list[Problem]]) -> None:
        """Add what is wrong between files that are alike."""
        alike = self._alike()
        if not alike:
            return
        from generator.reading.checks import COMPARING_CHECKS, FILE_CHECKS  # noqa: PLC0415 - brought in when needed
        from generator.reading.collect import Collected  # noqa: PLC0415

        self._looked_at |= set(alike)
        # who speaks for whom, and what lies where, decides what is alike; of those files nothing is told here
        lists = (item for item in self._lists() if item.file.name not in alike)
        items = (*lists, *(self.files.written(name) for name in alike))
        content = Collected(items, frozenset(self.files.listing.images), self.unread, self._ids)
        for problem in [problem for check in COMPARING_CHECKS for problem in check(content)]:
            name = problem.path.removeprefix(f"{self.files.shown}/")
            if name in alike:
                if name not in found:
                    found[name] = list(self.files.checked([name], FILE_CHECKS)[name])
                found[name].append(problem)

    @cached_property
    def _ids(self) -> Mapping[str, Collection[str]]:
        """The ids that are known, by kind."""
        from generator.reading.collect import referable  # noqa: PLC0415 - brought in when needed

        found: dict[str, set[str]] = {
            kind: set() for kind in ("actor", "place", "source", "event", "agreement", "entry")
        }
        for note in self.files.notes.values():
            for each in note.declared:
                kind, _, ident = each.partition(":")
                found.setdefault(kind, set()).add(ident)
                if kind in {"event", "agreement", "page"}:
                    found["entry"].add(ident)
        return referable(found)

    def _unmet(self) -> set[str]:
        """The files that refer to something that is not there, or is not shown."""
        known = {"scope:total", "perspective:third-party", *(f"image:{name}" for name in self.files.listing.images)}
        for note in self.files.notes.values():
            known.update(note.declared, note.offers)
        return {name for name, note in self.files.notes.items() if not known.issuperset(note.wants)}

    def _alike(self) -> list[str]:
        """The files that are worth comparing."""
        from generator.reading.alike import has_cycle, to_compare  # noqa: PLC0415

        found = set(to_compare({name: note.alike for name, note in self.files.notes.items()}))
        if has_cycle(edge for note in self.files.notes.values() for edge in note.leads_to):
            found |= {name for name, note in self.files.notes.items() if note.leads_to}
        return [name for name in self.files.notes if name in found]

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many errors there are, and how many warnings."""
        last = self._cache.part(parts.COUNTS)
        if last and self._is_same_together:  # what has changed is counted again, and no more
            errors, warnings = last
            for name in self.files.changed:
                was, now = self.files.last_note(name), self.files.new_notes[name]
                errors += now.errors - (was.errors if was else 0)
                warnings += now.warnings - (was.warnings if was else 0)
            return errors, warnings
        errors = warnings = 0
        for name, note in self.files.notes.items():
            together = self._together.get(name)
            if together is None:
                errors, warnings = errors + note.errors, warnings + note.warnings
            else:
                wrong = sum(problem.is_error for problem in set(together))
                errors, warnings = errors + wrong, warnings + len(set(together)) - wrong
        return errors + len(set(self._around)), warnings

    @property
    def _around(self) -> list[Problem]:
        """What is wrong with the folder itself, and with files that cannot be read."""
        _ = self.files.new_notes  # while they are read, it comes out which files are no texts
        found = list(self.files.folder_problems)
        for name, hint in REQUIRED.items():
            path = f"{self.files.shown}/{name}"
            told = any(problem.path in {path, str(self.files.folder)} for problem in self.files.folder_problems)
            if name not in self.files.blob_keys and not told:
                found.append(Problem(path, Mark(), f"there is no {name}", hint))
        return found

    def problems(self, most: int | None = None) -> tuple[Problem, ...]:
        """All problems by file and line; or at most so many, all errors among them however many there are."""
        if most is None or sum(self.counts) <= most:
            return tuple(sorted(self._problems(self.files.blob_keys, len(self.files.blob_keys))))
        wrong = (
            [name for name, note in self.files.notes.items() if note.errors or name in self._together]
            if self.counts[0]
            else []
        )
        found = [problem for problem in self._problems(wrong, len(wrong)) if problem.is_error]
        told: list[Problem] = []
        for problem in self._problems(self.files.blob_keys, FEW):
            if len(found) + len(told) >= most:
                break
            told += [] if problem.is_error else [problem]
        return tuple(sorted(found + told))

    @cached_property
    def _faulty(self) -> set[str]:
        """The files that have problems of their own."""
        if not self.files.is_same_to_checks:
            return {name for name, note in self.files.notes.items() if note.errors or note.warnings}
        found = set(self._cache.part(parts.FAULTY) or ())
        for name, note in self.files.new_notes.items():
            if note.errors or note.warnings:
                found.add(name)
            else:
                found.discard(name)
        return found

    def _problems(self, names: Collection[str], at_once: int) -> Iterator[Problem]:
        """Problems around the files, and of some files; so many files are looked at together."""
        _ = self.files.new_notes  # whoever reads the files finds those that cannot be read
        yield from sorted(set(self._around))
        faulty = (name for name in names if name in self._faulty or name in self._together)
        while some := list(islice(faulty, at_once)):
            own = self._own([name for name in some if name not in self._together])
            for name in some:
                yield from sorted(own[name] if name in own else set(self._together[name]))

    def _own(self, names: list[str]) -> dict[str, Collection[Problem]]:
        """What is wrong with each of some files by itself; what the last build told of them need not be found again."""
        keys, told = self.files.blob_keys, self._last_told
        found = {name: told[keys[name]] for name in names if keys[name] in told}
        if unknown := [name for name in names if name not in found]:
            from generator.reading.checks import FILE_CHECKS  # noqa: PLC0415 - brought in when needed

            found |= self.files.checked(unknown, FILE_CHECKS)
        self._told |= {keys[name]: problems for name, problems in found.items()}
        return found

    @cached_property
    def _last_told(self) -> dict[bytes, Collection[Problem]]:
        """What the last build told of files, by what they are kept under."""
        kept = self._cache.part(parts.TOLD)
        return pickle.loads(kept) if kept else {}  # noqa: S301 - from our own cache

    # --- the site ------------------------------------------------------------------------------------------------

    def _shelves(self, *, drafts: bool) -> tuple[dict[str, dict[str, str]], frozenset[str]]:
        """The file of each record but entries, by shelf and id, and the pictures; but for those of drafts alone."""
        kept = self._cache.part(parts.SHELVES)
        if self.files.is_same_to_queries and kept and kept[0] == drafts:
            return kept[1:]  # type: ignore[no-any-return]
        hidden = set() if drafts else self._of_drafts_alone()
        shelves: dict[str, dict[str, str]] = {"agreements": {}, "pages": {}, "actors": {}, "places": {}, "sources": {}}
        for name, note in self.files.notes.items():
            for shelf, ident, _ in note.records:
                if shelf != "sources" or f"source:{ident}" not in hidden:
                    shelves[shelf][ident] = name
        shelves["sources"] = dict(sorted(shelves["sources"].items()))
        return shelves, frozenset(name for name in self.files.listing.images if f"image:{name}" not in hidden)

    def _of_drafts_alone(self) -> set[str]:
        """The sources that drafts define, and the pictures that they have, which nothing shown wants: `source:x`.

        A source that something shown rests on is shown, and so is what that comes from.
        """
        shown: list[Note] = []
        in_drafts: list[Note] = []
        for note in self.files.notes.values():
            is_draft = bool(note.outline) and Outline._make(note.outline).draft
            (in_drafts if is_draft else shown).append(note)
        wanted = {each for note in shown for each in note.wants}
        hidden = {f"source:{ident}" for note in in_drafts for shelf, ident, _ in note.records if shelf == "sources"}
        hidden |= {each for note in in_drafts for each in note.wants if each.startswith("image:")}
        origins = dict(edge for note in in_drafts for edge in note.leads_to)
        waiting = [*(hidden & wanted)]
        while waiting:
            each = waiting.pop()
            if each in hidden:
                hidden.remove(each)
                waiting += [origins[each]] if each in origins else []
        return hidden

    @cached_property
    def _uncited(self) -> dict[str, int]:
        """How many sentences carry no citation, by entry, of those that have any."""
        if not self.files.is_same_to_checks:
            notes = self.files.notes.values()
            return {note.outline[0]: note.uncited for note in notes if note.outline and note.uncited}
        found: dict[str, int] = self._cache.part(parts.UNCITED) or {}
        for note in self.files.new_notes.values():
            if note.outline:
                found.pop(note.outline[0], None)
            if note.outline and note.uncited:
                found[note.outline[0]] = note.uncited
        return found

    def site(self, *, drafts: bool = False, base_url: str = "") -> Site:
        """The chronology.  There must be no error."""
        from generator.incremental.recall import Recalled  # noqa: PLC0415 - brought in when needed
        from generator.record.site import Site  # noqa: PLC0415

        settings, vocabulary = self.files.record("site.yml"), self.files.record("vocabulary.yml")
        if base_url:
            settings = settings._replace(base_url=base_url)
        recalled = Recalled.of(self._cache, drafts=drafts) if self.files.is_same_to_queries else None
        order: Order
        outlines: Mapping[str, Outline]
        if recalled:
            order, outlines = recalled.order, recalled.outlines
        else:
            plain = (note.outline for note in self.files.notes.values() if note.outline)
            order, outlines = in_order(map(Outline._make, plain), drafts=drafts)
        shelves, images = self._shelves(drafts=drafts)
        self._shelved = drafts, shelves, images
        site = Site(settings, vocabulary, order, outlines, shelves, self.files.fetch, images)
        site.last_answer = recalled.answer if recalled else None
        site.uncited = self._uncited
        return site

    # --- for the next build --------------------------------------------------------------------------------------

    def parts(self) -> dict[str, Any]:
        """What the next build needs to know of the whole."""
        found: dict[str, Any] = {parts.COUNTS: self.counts, parts.UNCITED: self._uncited}
        found[parts.TOLD] = pickle.dumps(self._told, 5) if self._told else None
        if self._faulty != set(self._cache.part(parts.FAULTY) or ()):
            found[parts.FAULTY] = tuple(self._faulty)
        if not self._is_same_together:
            found[parts.TOGETHER] = self._looked_at | self._together.keys(), pickle.dumps(self._together, 5)
        if self._shelved != self._cache.part(parts.SHELVES):
            found[parts.SHELVES] = self._shelved
        return found | self.files.parts()
