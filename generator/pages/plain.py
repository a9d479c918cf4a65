"""Plain pages of the content; search, corrections, and what is shown for an address that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import Cited, Citer, Piece
from generator.pages.page import Page
from generator.pages.ways import Way, by_actor, by_kind, by_place, by_year
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.model import Site

NEWEST = 5


@dataclass(frozen=True, slots=True)
class PlainView:
    """A text with its sources, and the other plain pages."""

    body: tuple[Piece, ...]
    sources: tuple[Cited, ...]
    others: tuple[parts.Named, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction and the entry that it was made in."""

    when: parts.When
    text: str
    entry: parts.Named


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """All corrections, newest first, and what was withdrawn."""

    corrections: tuple[Corrected, ...]
    withdrawn: tuple[Corrected, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The ways in that need no script."""

    years: tuple[Way, ...]
    kinds: tuple[Way, ...]
    places: tuple[Way, ...]
    actors: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """The newest entries, for those who followed a dead link."""

    newest: tuple[parts.Card, ...]


def pages(site: Site) -> Iterator[Page]:
    """Search, corrections, the page for what is not there, and the plain pages of the content."""
    named = tuple(parts.Named(page.title, f"{page.slug}/") for page in site.pages)
    for page in site.pages:
        citer = Citer(site)
        body = citer.prose(page.body)
        view = PlainView(body, citer.sources(), tuple(name for name in named if name.address != f"{page.slug}/"))
        yield Page(
            f"{page.slug}/",
            "pages/plain.html",
            page.title,
            view,
            page.summary or page.lead.words[:200],
            section=page.slug,
        )
    yield Page(
        "search/",
        "pages/search.html",
        "Search",
        SearchView(by_year(site), by_kind(site), by_place(site), by_actor(site)),
        "Find entries by word, kind, place or party.",
        section="search",
    )
    yield Page(
        "corrections/",
        "pages/corrections.html",
        "Corrections",
        _corrections(site),
        "What was wrong and what it says now.",
    )
    newest = parts.cards(reversed(site.events[-NEWEST:]), site)
    yield Page("404.html", "pages/missing.html", "There is no such page", MissingView(newest), listed=False)


def _corrections(site: Site) -> CorrectionsView:
    made = sorted(
        ((correction, event) for event in site.events for correction in event.corrections),
        key=lambda pair: (pair[0].date.first, pair[1].slug),
        reverse=True,
    )
    withdrawn = sorted(
        ((event.withdrawn, event) for event in site.withdrawn if event.withdrawn),
        key=lambda pair: (pair[0].date.first, pair[1].slug),
        reverse=True,
    )
    return CorrectionsView(
        tuple(
            Corrected(parts.when(item.date), item.text, parts.Named(event.title, urls.event(event.slug)))
            for item, event in made
        ),
        tuple(
            Corrected(parts.when(item.date), item.reason, parts.Named(event.title, urls.event(event.slug)))
            for item, event in withdrawn
        ),
    )
