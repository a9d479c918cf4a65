"""Plain pages of the content; search, corrections, and what is shown for an address that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import Cited, Citer, Piece
from generator.pages.page import Page, PageKind, Parts, numbered
from generator.pages.ways import Way, by_actor, by_kind, by_place, by_year
from generator.record import urls
from generator.record.site import chosen, part_count
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.keys import Output
    from generator.record.site import Site

NEWEST = 5
CORRECTIONS_PART = 100


class PlainView(NamedTuple):
    """A text with its sources, and the other plain pages."""

    body: tuple[Piece, ...]
    sources: tuple[Cited, ...]
    others: tuple[parts.Named, ...]


class Corrected(NamedTuple):
    """A correction and the entry that it was made in."""

    when: parts.When
    text: str
    entry: parts.Named


class CorrectionsView(NamedTuple):
    """All corrections, newest first, and what was withdrawn."""

    corrections: tuple[Corrected, ...]
    withdrawn: tuple[Corrected, ...]
    parts: Parts


class SearchView(NamedTuple):
    """The ways in that need no script."""

    years: tuple[Way, ...]
    kinds: tuple[Way, ...]
    places: tuple[Way, ...]
    actors: tuple[Way, ...]


class MissingView(NamedTuple):
    """The newest entries, for those who followed a dead link."""

    newest: tuple[parts.Card, ...]


def outputs(site: Site) -> Iterator[Output]:
    """Search, corrections, the page for what is not there, and the plain pages of the content."""
    for slug in site.pages:
        yield ("page", slug)
    yield ("search",)
    yield from numbered("corrections", items=len(site.corrections()), size=CORRECTIONS_PART)
    yield ("missing",)


def _page(site: Site, slug: str) -> Page:
    page = site.pages[slug]
    citer = Citer(site)
    body = citer.prose(page.body)
    others = tuple(parts.Named(site.pages[other].title, urls.page(other)) for other in site.pages if other != slug)
    view = PlainView(body, citer.sources(), others)
    description = page.summary or page.lead.words[:200]
    return Page(urls.page(slug), "pages/plain.html", page.title, lambda: view, description, section=slug)


def _search(site: Site) -> Page:
    view = SearchView(by_year(site), by_kind(site), by_place(site), by_actor(site))
    description = "Find entries by word, kind, place or party."
    return Page("search/", "pages/search.html", "Search", lambda: view, description, section="search")


def _missing(site: Site) -> Page:
    view = MissingView(parts.cards(site.newest(NEWEST), site))
    return Page("404.html", "pages/missing.html", "There is no such page", lambda: view, listed=False)


def _corrections(site: Site, number: int) -> Page:
    made = site.corrections()
    place = Parts("corrections/", number, part_count(len(made), CORRECTIONS_PART))
    shown = []
    for _, slug, at in chosen(made, number, CORRECTIONS_PART):
        correction = site.entries[slug].corrections[at]
        shown.append(Corrected(parts.when(correction.date), correction.text, parts.entry_named(slug, site)))
    withdrawn = _withdrawn(site) if number == 1 else ()
    return Page(
        urls.part(place.address, number),
        "pages/corrections.html",
        place.titled("Corrections"),
        lambda: CorrectionsView(tuple(shown), withdrawn, place),
        "What was wrong and what it says now.",
    )


def _withdrawn(site: Site) -> tuple[Corrected, ...]:
    """What was withdrawn, newest first."""
    found = [
        (event.withdrawn, parts.Named(event.title, urls.event(slug)))
        for slug in site.withdrawn()
        if (event := site.entries[slug]).withdrawn
    ]
    found.sort(key=lambda pair: (pair[0].date.first, pair[1].address), reverse=True)
    return tuple(Corrected(parts.when(item.date), item.reason, named) for item, named in found)


KINDS = {
    "page": PageKind(_page, urls.page),
    "search": PageKind(_search, lambda: "search/"),
    "corrections": PageKind(_corrections, lambda number: urls.part("corrections/", number)),
    "missing": PageKind(_missing, lambda: "404.html", listed=False),
}
