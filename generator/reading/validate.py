"""The content folder -> a checked Site, or problems: the one way in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.reading.checks import CHECKS
from generator.reading.collect import Collected
from generator.reading.files import Content, read_content, read_text
from generator.reading.records import Written, read_record
from generator.record.model import Event, Site, Vocabulary
from generator.record.problems import Mark, Problem, TextFile

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED = {
    "site.yml": "it says what the site is called and where it is published: title, base_url",
    "vocabulary.yml": "it lists the lanes and kinds that entries choose from",
}


@dataclass(frozen=True, slots=True)
class Validated:
    """What came of reading: the Site when there is no error, all problems by file and line, and the records."""

    site: Site | None
    problems: tuple[Problem, ...]
    collected: Collected


def load_site(folder: Path, *, drafts: bool = False, base_url: str = "") -> Validated:
    """Read and check a content folder; a `base_url` takes the place of the one in site.yml."""
    content, problems = read_content(folder)
    validated = validate(content, problems, folder=folder, drafts=drafts)
    if base_url and validated.site:
        settings = replace(validated.site.settings, base_url=base_url)
        return replace(validated, site=replace(validated.site, settings=settings))
    return validated


def read_vocabulary(folder: Path) -> Vocabulary | None:
    """What entries of a content folder choose from; None when its file is missing or has errors."""
    path = folder / "vocabulary.yml"
    text, _ = read_text(path)
    record = read_record(TextFile(path.as_posix(), path.name, text)).record if text else None
    return record if isinstance(record, Vocabulary) else None


def validate(content: Content, problems: list[Problem], *, folder: Path, drafts: bool = False) -> Validated:
    """Check what was read; `problems` are those of reading."""
    written = tuple(read_record(text) for text in content.texts)
    collected = Collected(written, frozenset(content.images), _unread(written, problems, folder))
    found = [*problems, *(problem for item in written for problem in item.problems)]
    read = {text.name for text in content.texts}
    for name, hint in REQUIRED.items():
        path = (folder / name).as_posix()
        if name not in read and not any(problem.path in {path, str(folder)} for problem in problems):
            found.append(Problem(path, Mark(), f"there is no {name}", hint))
    for check in CHECKS:
        found += check(collected)
    found = sorted(set(found))
    if any(problem.is_error for problem in found):
        return Validated(None, tuple(found), collected)
    return Validated(_site(collected, content, drafts=drafts), tuple(found), collected)


def _unread(written: tuple[Written, ...], problems: list[Problem], folder: Path) -> frozenset[str]:
    """The lists and folders of the content that are not known whole; a broken entry's slug is known by its name."""
    missing = set(REQUIRED) - {item.file.name for item in written}
    lists = [item for item in written if item.file.name.endswith(".yml")]
    broken = {item.file.name for item in lists if item.root is None and item.problems}
    refused = {problem.path.removeprefix(f"{folder.as_posix()}/") for problem in problems}
    return frozenset(name.partition("/")[0] for name in missing | broken | refused)


def _site(collected: Collected, content: Content, *, drafts: bool) -> Site:
    """The records as one whole, sorted; drafts are left out, and counted."""
    events: list[Event] = sorted(collected.records("events"), key=lambda event: event.sort_key)
    shown = [event for event in events if drafts or not event.draft]
    return Site(
        settings=next(collected.records("site.yml")),
        vocabulary=next(collected.records("vocabulary.yml")),
        events=tuple(event for event in shown if not event.withdrawn),
        withdrawn=tuple(event for event in shown if event.withdrawn),
        agreements=tuple(sorted(collected.records("agreements"), key=lambda agreement: agreement.sort_key)),
        pages=tuple(collected.records("pages")),
        actors=MappingProxyType({actor.id: actor for actor in collected.records("actors.yml")}),
        places=MappingProxyType({place.id: place for place in collected.records("places.yml")}),
        sources=MappingProxyType(
            {source.id: source for source in sorted(collected.sources, key=lambda source: source.id)}
        ),
        images=MappingProxyType(content.images),
        drafts_left_out=len(events) - len(shown),
        uncited=MappingProxyType({item.record.slug: len(sentences) for item, sentences in collected.uncited}),
    )
