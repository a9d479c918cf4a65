"""The content compared with an earlier revision: what readers were told and is no longer so needs its correction.

What is a correction, changes.py says; beside it a source's address that leads elsewhere is one, for each entry that
rests on it, and another id for the same address is none.  Drafts have no readers, and a withdrawal speaks for itself.
Whoever followed a link to an entry still arrives: at the entry, at its new name, or at the word that it was withdrawn.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.reading.addresses import comparable_address
from generator.reading.yaml_nodes import Mapping, Scalar, Sequence
from generator.record import urls
from generator.record.model import Event
from generator.record.problems import Mark, Problem
from generator.upkeep.changes import Change, changes
from generator.upkeep.definitions import definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.reading.records import Written
    from generator.record.model import Source

MOST_NAMED = 3
"""Entries named in one message."""
_START = Mark()


@dataclass(frozen=True, slots=True)
class Remedies:
    """What is to be done about a change since a revision; day: of the correction, as ISO text."""

    revision: str
    day: str

    def correction(self, text: str) -> str:
        """A line to paste; JSON's quotes are YAML's."""
        line = f"- {{date: {self.day}, text: {json.dumps(text, ensure_ascii=False)}}}"
        return f"add under `corrections:` the line {line}"

    @property
    def withdrawal(self) -> str:
        """A field to paste."""
        return f"withdrawn: {{date: {self.day}, reason: …}}"

    def restored(self, path: str) -> str:
        """The command that brings a file back."""
        return f"`git checkout {self.revision} -- {path}`"


@dataclass(frozen=True, slots=True)
class Today:
    """The entries' files of today: by address, current or former, and those whose slugs are new."""

    by_address: dict[str, Written]
    new: tuple[Written, ...]


def compare(before: Collected, after: Collected, revision: str, day: str) -> Iterator[Problem]:
    """Errors for what changed since `revision` and has no correction; warnings for what cannot be compared.

    day: when it would be corrected, as ISO text.
    """
    remedies = Remedies(revision, day)
    today = _today(before, after)
    sources = _same_sources(before, after)
    titles = {source.id: f"“{source.title}”, {source.publisher}" for source in before.sources}
    compared = []
    for item in before.of("events"):
        if item.record is None:
            yield from _unread(item, after, revision)
        elif not item.record.draft:
            was = _with_new_ids(item.record, sources)
            now = _successor(was, today)
            if now is None:
                yield _gone(item, remedies)
                continue
            yield from _unreachable(was, now, today, remedies)
            if _needs_correction(was, now.record):
                compared.append(now)
                for change in changes(was, now.record, titles):
                    hint = remedies.correction(change.correction)
                    yield now.file.problem(_place(now, *change.path), change.message, hint)
    yield from _moved_sources(sources, after, compared, remedies)


def _needs_correction(was: Event, now: object) -> bool:
    """Whether readers saw the one and see the other, and no new correction tells them what changed."""
    if not isinstance(now, Event) or was.withdrawn or now.withdrawn or now.draft:
        return False
    return len(set(now.corrections)) <= len(set(was.corrections))  # an old line that is worded better is no new one


def _place(item: Written, *path: str | int) -> Mark:
    """Where a field stands; the headline for one that is not there."""
    mark = item.mark(*path)
    return item.mark("title") if mark == _START else mark


def _unread(item: Written, after: Collected, revision: str) -> Iterator[Problem]:
    """An entry that was no record by the rules of today, unless it is the same today and told of already."""
    if not any(item.file == other.file for other in after.of("events")):
        path = item.file.path
        message = f"as it was at `{revision}` this entry cannot be read, so it was not compared"
        yield Problem(path, _START, message, f"see what `git diff {revision} -- {path}` says", "warning")


# --- where an entry is found ----------------------------------------------------------------------------------------


def _today(before: Collected, after: Collected) -> Today:
    files = after.of("events")
    by_address = {_address(item): item for item in files}
    for item in files:
        for alias in _aliases(item):
            by_address.setdefault(alias, item)
    known = {_address(item) for item in before.of("events")}
    return Today(by_address, tuple(item for item in files if _address(item) not in known))


def _address(item: Written) -> str:
    return urls.event(PurePosixPath(item.file.name).stem)


def _aliases(item: Written) -> list[str]:
    """The former addresses that a file names, also where the rest of it has errors."""
    node = item.root.get("aliases") if isinstance(item.root, Mapping) else None
    listed = node.items if isinstance(node, Sequence) else ()
    return [urls.former(alias.text) for alias in listed if isinstance(alias, Scalar)]


def _successor(was: Event, today: Today) -> Written | None:
    """The file of today at an entry's address, else a new one that is its like under another name."""
    there = today.by_address.get(urls.event(was.slug))
    return there or next((item for item in today.new if _is_like(was, item.record)), None)


def _is_like(was: Event, now: object) -> bool:
    """Whether a new entry has an earlier one's headline, or its date, kind and sources."""
    if not isinstance(now, Event):
        return False
    return was.title == now.title or (was.date, was.kind, was.sources) == (now.date, now.kind, now.sources)


def _gone(item: Written, remedies: Remedies) -> Problem:
    """An entry that is nowhere."""
    path = item.file.path
    remedy = f"bring it back with {remedies.restored(path)}"
    if not item.record.withdrawn:
        remedy += f", and add {remedies.withdrawal}"
    return Problem(path, _START, "a published entry is gone, and its address leads nowhere", remedy)


def _unreachable(was: Event, now: Written, today: Today, remedies: Remedies) -> Iterator[Problem]:
    """An entry that is there, and that readers no longer find by the addresses that they have."""
    for address in (urls.event(was.slug), *map(urls.former, was.aliases)):
        if address not in today.by_address:
            message = f"the former address /{address} of this entry leads nowhere"
            yield now.file.problem(_place(now, "aliases"), message, f"add it: aliases: [/{address}]")
    if isinstance(now.record, Event) and now.record.draft:
        remedy = f"remove `draft`, or withdraw the entry: {remedies.withdrawal}"
        yield now.file.problem(now.mark("draft"), "a published entry cannot become a draft", remedy)


# --- sources ---------------------------------------------------------------------------------------------------------


def _same_sources(before: Collected, after: Collected) -> dict[str, tuple[Source, Source]]:
    """Each earlier source by id, with what it is today: the source of the same id, else of the same address."""
    by_id = {source.id: source for source in after.sources}
    by_address = {comparable_address(source.url): source for source in after.sources if source.url}
    found = {}
    for source in before.sources:
        now = by_id.get(source.id) or by_address.get(comparable_address(source.url))
        if now:
            found[source.id] = (source, now)
    return found


def _with_new_ids(event: Event, sources: dict[str, tuple[Source, Source]]) -> Event:
    """An earlier entry as it would cite the same sources today."""

    def new(ident: str) -> str:
        return sources[ident][1].id if ident in sources else ident

    return event._replace(
        sources=tuple(new(source) for source in event.sources),
        claims=tuple(claim._replace(source=new(claim.source)) for claim in event.claims),
        figures=tuple(figure._replace(source=new(figure.source)) for figure in event.figures),
    )


def _moved_sources(
    sources: dict[str, tuple[Source, Source]], after: Collected, compared: list[Written], remedies: Remedies
) -> Iterator[Problem]:
    """Addresses of sources that lead elsewhere, while entries that rest on them have no new correction."""
    moved = [
        (was, now)
        for was, now in sources.values()
        if was.url and comparable_address(was.url) != comparable_address(now.url)
    ]
    defined = definitions(item.file for item in after.written) if moved else {}
    for was, now in moved:
        citing = [item.file.path for item in compared if now.id in item.record.sources]
        if citing:
            place = defined[now.id]
            change = Change((), f"the address of “{was.title}”", was.url, now.url)
            more = f" and {len(citing) - MOST_NAMED} more" if citing[MOST_NAMED:] else ""
            hint = f"in {', '.join(citing[:MOST_NAMED])}{more}: {remedies.correction(change.correction)}"
            yield place.file.problem(place.mark("url"), change.message, hint)
