"""The file of a new entry: what is known is filled in, what may be said stands there as a comment."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.record import placeholders, urls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from generator.record.edtf import Edtf

_COMMENT_COLUMN = 34
_MOST_SLUG_WORDS = 9


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source in full; what is empty is not known."""

    id: str
    url: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    author: str = ""
    accessed: str = ""
    archived: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What its author has said; `sources`, at least one, are ids of those defined already, or defined here."""

    title: str
    date: Edtf
    kind: str
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str | NewSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the content has, for hints and examples: ids, and the date of its newest entry."""

    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    newest: str = ""


def entry_text(entry: NewEntry, known: Known) -> str:
    """The whole file."""
    newest = f"; the newest entry is of {known.newest}" if known.newest else ""
    cited = [source if isinstance(source, str) else source.id for source in entry.sources]
    lines = [
        "---",
        f"title: {yaml_value(entry.title)}",
        _with_comment(f"date: {entry.date.text}", f"when it happened, in EDTF{newest}"),
        f"kind: {entry.kind}",
        _with_comment("draft: true", "remove this line when the entry is ready to be published"),
        _with_comment("# time: hh:mm", "wall time in the site's zone: 16:30, 16:30~ for about, 04:00/06:30"),
        _ids("actors", entry.actors, known.actors),
        _ids("places", entry.places, known.places),
        _with_comment("sources:", "ids of sources that are defined already, or a new one in full"),
        *(line for source in entry.sources for line in _source(source)),
        *_optional(cited[0], entry, known),
        "---",
        "",
        f"{placeholders.TEXT}, each with its source [{'; '.join(f'@{ident}' for ident in cited)}].",
        "",
    ]
    return "\n".join(lines)


def write_new(path: Path, text: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises: OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise


def still_to_write(entry: NewEntry) -> Iterator[str]:
    """What only the contributor can say."""
    yield "the text"
    for source in entry.sources:
        if isinstance(source, NewSource):
            missing = [name for name in ("title", "publisher", "published", "url") if not getattr(source, name)]
            whose = "the source" if len(entry.sources) == 1 else source.id
            if missing:
                yield f"{whose}'s {', '.join(missing)}"
    if not re.search("[a-z]", urls.slug_of(entry.title)):
        day = _day(entry.date)
        yield f"a few words in the file's name, its address for good: rename it now, as {day}-talks-open.md"


def free_path(folder: Path, title: str, date: Edtf, taken: frozenset[str]) -> Path:
    """The first file name whose slug is not taken: the date, then the title's words."""
    words = _first_words(title, _MOST_SLUG_WORDS)
    stem = "-".join(part for part in (_day(date), words) if part)
    number, path = 1, folder / f"{date.first.year:04}" / f"{stem}.md"
    while path.stem in taken or path.exists():
        number += 1
        path = path.with_name(f"{stem}-{number}.md")
    return path


def _day(date: Edtf) -> str:
    """The start of a date, as precisely as it is known: what a file's name begins with."""
    return date.start.first.isoformat()[: len(date.datetime)]


def free_id(publisher: str, title: str, published: str, taken: Collection[str]) -> str:
    """An id for a source that is not taken: publisher, title, day."""
    words = [_first_words(publisher, 3), _first_words(title, 4), published.partition("/")[0].strip("?~%").lower()]
    ident = urls.slug_of("-".join(filter(None, words))) or "source"
    number, free = 1, ident
    while free in taken:
        number += 1
        free = f"{ident}-{number}"
    return free


def yaml_value(text: str) -> str:
    """A text as a YAML value: plain when that is safe, else in double quotes (JSON's are YAML's)."""
    plain = re.fullmatch(r"[^\W\d_][\w ,.()–’;/-]*", text) and text.lower() not in {"null", "true", "false"}
    return text if plain and text == text.strip() else json.dumps(text, ensure_ascii=False)


def _first_words(text: str, most: int) -> str:
    """The first words of a text, as a slug."""
    return "-".join(urls.slug_of(text).split("-")[:most])


def _with_comment(field: str, comment: str) -> str:
    return f"{field.ljust(_COMMENT_COLUMN - 2)}  # {comment}"


def _ids(name: str, chosen: tuple[str, ...], known: tuple[str, ...]) -> str:
    if chosen:
        return f"{name}: [{', '.join(chosen)}]"
    return _with_comment(f"# {name}: [{', '.join(known[:2])}]", f"ids of {name}.yml")


def _source(source: str | NewSource) -> Iterator[str]:
    """The lines of one source."""
    if isinstance(source, str):
        yield f"  - {source}"
        return
    yield f"  - id: {source.id}"
    yield f"    title: {yaml_value(source.title or placeholders.TITLE)}"
    yield f"    publisher: {yaml_value(source.publisher or placeholders.PUBLISHER)}"
    if source.url:
        yield f"    url: {source.url}"
    else:
        yield f"    note: {placeholders.NOTE}   # replace by  url: https://..."
    for name, example in (("published", "YYYY-MM-DD"), ("language", "en"), ("author", ""), ("archived", "")):
        value = getattr(source, name)
        if value:
            yield f"    {name}: {value if name in {'published', 'archived'} else yaml_value(value)}"
        elif example:
            yield f"    # {name}: {example}"
    if source.accessed:
        yield f"    accessed: {source.accessed}"
    yield _with_comment("    # kind: news", "or official, court, ngo, reference")
    yield _with_comment("    # perspective: third-party", "or the actor whose side it speaks from")


def _optional(source: str, entry: NewEntry, known: Known) -> Iterator[str]:
    """What an entry may say too, as comments with ids of this content.

    A number, like a day or a time, is none yet: one that looked right could be published by mistake.
    """
    actor = next(iter((*entry.actors, *known.actors)), "an-actor")
    measure = next(iter(known.measures), "a-measure")
    agreement = next(iter(known.agreements), "")
    yield _with_comment(f"# summary: {placeholders.SUMMARY}", "for lists and feeds; else the text's first paragraph")
    if agreement:
        yield f"# agreement: {{id: {agreement}, role: implementation}}"
    yield "# claims:"
    yield f"#   - question: {placeholders.QUESTION}"
    yield f"#     by: {actor}"
    yield f"#     says: {placeholders.SAYS}"
    yield f"#     source: {source}"
    yield "# figures:"
    day = entry.date.first.isoformat()
    yield f"#   - {{measure: {measure}, scope: {actor}, value: how many, as_of: {day}, source: {source}}}"
