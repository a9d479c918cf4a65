"""The page whose form makes the file of an entry in the browser, and says how to contribute without it.

What the form offers is bounded: on a large site it completes the actors, places and sources that entries name most,
and takes others as they are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.pages import mistakes
from generator.pages.citations import SOURCE_KINDS
from generator.pages.page import Page, PageKind
from generator.reading.characters import ODD_CHARACTER
from generator.reading.fields import BOUNDS, CLAIM, EVENT, LONGEST_TITLE, SOURCE
from generator.reading.schema import WEB_ADDRESS, Table, Text
from generator.reading.standards import Language
from generator.record import clock, edtf, urls
from generator.record.forges import forge_of
from generator.record.model import TOTAL
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.record.keys import Output
    from generator.record.site import Site

ADDRESS = urls.page(urls.FORM)
MOST = 400
"""Actors, places that the form completes."""
MOST_SOURCES = 100
_BOUND_WORDS = ("exactly", "at least", "at most", "about", "between")

Option = tuple[str, str]
"""What is written into the file, and the name that people know."""


class ContributeView(NamedTuple):
    """What the page offers; `data` is what its script needs to know."""

    kinds: tuple[Option, ...]
    actors: tuple[Option, ...]
    places: tuple[Option, ...]
    parties: tuple[Option, ...]
    measures: tuple[Option, ...]
    groups: tuple[Option, ...]
    sources: tuple[Option, ...]
    source_kinds: tuple[Option, ...]
    bounds: tuple[Option, ...]
    questions: tuple[str, ...]
    newest: str
    repository: str
    issue_url: str
    email: str
    data: dict[str, Any]


def outputs(_: Site) -> Iterator[Output]:
    """The one page."""
    yield ("contribute",)


def _page(site: Site) -> Page:
    view = _view(site)
    return Page(
        ADDRESS, "pages/contribute.html", "Add an entry", lambda: view, "Make the file of a new entry in your browser."
    )


def _view(site: Site) -> ContributeView:
    vocabulary = site.vocabulary
    actors = _most_named(site.actors, dict(site.tally("actor")))
    places = _most_named(site.places, dict(site.tally("place")))
    questions = [question for question, _ in site.questions()[-MOST_SOURCES:]]
    return ContributeView(
        kinds=tuple((kind.id, kind.name) for kind in vocabulary.kinds),
        actors=tuple((ident, site.actors[ident].name) for ident in actors),
        places=tuple((ident, site.places[ident].name) for ident in places),
        parties=tuple((ident, site.actors[ident].name) for ident in site.parties()),
        measures=tuple((measure.id, measure.name) for measure in vocabulary.measures),
        groups=tuple((group.id, group.name) for group in vocabulary.groups),
        sources=tuple((ident, site.sources[ident].title) for ident in site.newest_sources(MOST_SOURCES)),
        source_kinds=tuple((kind, name.capitalize()) for kind, name in SOURCE_KINDS.items()),
        bounds=tuple(zip(BOUNDS, _BOUND_WORDS, strict=True)),
        questions=tuple(reversed(questions)),
        newest=next((site.entries[slug].date.text for slug in site.newest()), ""),
        repository=site.settings.repository,
        issue_url=mistakes.issue_url(site.settings),
        email=mistakes.email(site.settings),
        data=_data(site, actors, places),
    )


def _data(site: Site, actors: list[str], places: list[str]) -> dict[str, Any]:
    """What the script checks an entry against; `wholeActors`: an actor that the form does not complete there is not."""
    forge = forge_of(site.settings.repository)
    new_file = forge.new_file() if forge else None
    language = Language().json_schema()
    return {
        "date": edtf.PATTERN,
        "time": clock.PATTERN,
        "lastYear": edtf.LAST_YEAR,
        "buddhistEra": edtf.BUDDHIST_ERA_OFFSET,
        "url": WEB_ADDRESS,
        "language": language["pattern"],
        "hidden": _for_scripts(ODD_CHARACTER),
        "longestTitle": LONGEST_TITLE,
        "longest": _longest(EVENT, "summary")
        | _longest(SOURCE, "title", "publisher", "note")
        | _longest(CLAIM, "question", "says")
        | {"language": language["maxLength"]},
        "wholeActors": len(actors) == len(site.actors),
        "wholePlaces": len(places) == len(site.places),
        "total": TOTAL,
        "folder": forge.folder if forge else "content",
        "newFile": new_file.url if new_file else "",
        "pathAs": new_file.path_as if new_file else "",
        "textAs": new_file.text_as if new_file else "",
    }


def _longest(table: Table, *names: str) -> dict[str, int]:
    """How many characters fit into each of these fields."""
    kinds = {field.name: field.kind for field in table.fields if field.name in names}
    return {name: kind.longest for name, kind in kinds.items() if isinstance(kind, Text)}


def _for_scripts(characters: str) -> str:
    """A class of characters as JavaScript reads it, each by its number: a page cannot hold them all."""
    return "".join(each if each in "[]-" else f"\\u{{{ord(each):x}}}" for each in characters)


def _most_named(known: Mapping[str, object], entries: Mapping[str, int]) -> list[str]:
    """The ids that most entries name, as many as the form completes, in order of the alphabet."""
    busiest = sorted(known, key=lambda ident: (-entries.get(ident, 0), ident))[:MOST]
    return sorted(busiest)


KINDS = {"contribute": PageKind(_page, lambda: ADDRESS)}
