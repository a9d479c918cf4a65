"""The page of one entry; a tombstone where it was withdrawn; redirects from its former permalinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.bibliography import entry_bibtex, entry_csl, entry_words
from generator.pages.citations import Cited, Citer, Piece
from generator.pages.disputed import Asked, asked_in
from generator.pages.maps import Locator, locator
from generator.pages.mistakes import report_url
from generator.pages.page import Crumb, Page, PageKind
from generator.pages.share import Share, share
from generator.record import urls
from generator.record.edtf import day_in_words, month_in_words
from generator.record.forges import forge_of
from generator.record.model import BREACH
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from generator.record.keys import Output
    from generator.record.model import Event
    from generator.record.site import Site

MOST_OTHERS = 4
"""Answers of each side that stand in other entries, the newest; more are where the question stands."""
ROLE_WORDS = {
    "negotiation": "part of its negotiation",
    "signing": "its signing",
    "implementation": "a step, a delay or a dispute in carrying it out",
    BREACH: "an alleged breach of it",
    "suspension": "its suspension",
    "resumption": "its resumption",
    "collapse": "its collapse",
}


class AgreementRole(NamedTuple):
    """What the entry is in the story of an agreement."""

    agreement: parts.Named
    role: str
    terms: tuple[parts.Named, ...]


class PlaceView(NamedTuple):
    """A place with the names that each side uses."""

    place: parts.Named
    short: str
    names: tuple[tuple[str, str], ...]


class ImageView(NamedTuple):
    """A picture with its words."""

    address: str
    alt: str
    credit: str


class EventView(NamedTuple):
    """All that the page of an entry shows."""

    card: parts.Card
    body: tuple[Piece, ...]
    questions: tuple[Asked, ...]
    claims: parts.Question | None
    figures: tuple[parts.FigureView, ...]
    sources: tuple[Cited, ...]
    actors: tuple[parts.Named, ...]
    places: tuple[PlaceView, ...]
    agreements: tuple[AgreementRole, ...]
    corrections: tuple[tuple[parts.When, str], ...]
    published: parts.When | None
    changed: parts.When | None
    """The days of the first publication and of the last change; None where they are not known, or are the same."""
    image: ImageView | None
    earlier: parts.Neighbour | None
    later: parts.Neighbour | None
    month: parts.Named
    edit_url: str
    report_url: str
    """Where a mistake in it is told of; empty when the site names nobody."""
    share: Share
    cite_as: str
    cite_formats: tuple[tuple[str, str], ...]
    draft: bool
    locator: Locator | None


class TombstoneView(NamedTuple):
    """What remains of a withdrawn entry."""

    when: parts.When
    reason: str


class RedirectView(NamedTuple):
    """Where a former permalink leads."""

    target: str


def outputs(site: Site) -> Iterator[Output]:
    """One page for each entry, in order, with the tombstones and redirects."""
    for slug in site.order():
        yield ("entry", slug)
    for slug in site.withdrawn():
        yield ("tombstone", slug)
    yield from (("redirect", alias, slug) for alias, slug in site.forwards())


def _tombstone(site: Site, slug: str) -> Page:
    event = site.entries[slug]
    assert event.withdrawn  # noqa: S101 - else it would not be among those
    view = TombstoneView(parts.when(event.withdrawn.date), event.withdrawn.reason)
    crumbs = (Crumb("Chronology", "timeline/"),)
    return Page(
        urls.event(slug),
        "pages/tombstone.html",
        event.title,
        lambda: view,
        "This entry was withdrawn.",
        crumbs,
        listed=False,
    )


def _redirect(site: Site, alias: str, slug: str) -> Page:
    view = RedirectView(urls.event(slug))
    return Page(urls.former(alias), "pages/redirect.html", site.entries[slug].title, lambda: view, listed=False)


def _entry(site: Site, slug: str) -> Page:
    event, card = site.entries[slug], parts.card(slug, site)
    year, month = event.date.first.year, event.date.first.month
    crumbs = (
        Crumb("Chronology", "timeline/"),
        Crumb(f"{year:04}", urls.year(year)),
        Crumb(month_in_words(year, month), urls.month(year, month)),
    )
    return Page(
        urls.event(event.slug),
        "pages/event.html",
        event.title,
        lambda: _view(event, card, site),
        card.summary,
        crumbs,
        "timeline",
        _json_ld(event, card, site),
        card,
    )


def _view(event: Event, card: parts.Card, site: Site) -> EventView:
    slug, first = event.slug, event.date.first
    earlier, later = site.around(slug)
    citer = Citer(site)
    body = citer.prose(event.body)
    questions = tuple(asked_in(slug, question, site, citer, most=MOST_OTHERS) for question in event.questions)
    loose = parts.claims_on("", slug, site)
    history = site.history.get(event.file)
    return EventView(
        card=card,
        body=body,
        questions=questions,
        claims=parts.question_view("", loose, site, citer, slug) if loose else None,
        figures=parts.cited_figures(event, citer, site),
        image=_image(event, citer),
        sources=_all_sources(event, citer),
        actors=tuple(parts.who(actor, site) for actor in parts.by_party(event.actors, site)),
        places=tuple(_place(place, site) for place in event.places),
        agreements=tuple(_roles(event, site)),
        corrections=tuple((parts.when(correction.date), correction.text) for correction in event.corrections),
        published=_day(history.first) if history else None,
        changed=_day(history.last) if history and history.last != history.first else None,
        earlier=_neighbour(earlier, site),
        later=_neighbour(later, site),
        month=parts.Named(
            month_in_words(first.year, first.month), f"{site.day_address(first.isoformat())}#{event.slug}"
        ),
        edit_url=forge.edit_url(event.file) if (forge := forge_of(site.settings.repository)) else "",
        report_url=report_url(event.title, urls.event(slug), site.settings),
        share=share(urls.event(event.slug), event.title, site),
        cite_as=entry_words(event, site),
        cite_formats=(("BibTeX", entry_bibtex(event, site)), ("CSL-JSON", entry_csl(event, site))),
        draft=event.draft,
        locator=locator(event.places, site),
    )


def _neighbour(slug: str, site: Site) -> parts.Neighbour | None:
    if not slug:
        return None
    card = parts.card(slug, site)
    return parts.Neighbour(card.title, card.address, bool(card.accounts))


def _day(day: date) -> parts.When:
    return parts.When(day_in_words(day), day.isoformat())


def _all_sources(event: Event, citer: Citer) -> tuple[Cited, ...]:
    """The cited sources in order of first use, then those that are listed and not cited."""
    cited = set(citer.cited)
    for source in event.sources:
        if source not in cited:
            citer.cite(source)
    return citer.sources()


def _image(event: Event, citer: Citer) -> ImageView | None:
    if not event.image:
        return None
    citer.cite(event.image.source)
    return ImageView(f"images/{event.image.file}", event.image.alt, event.image.credit)


def _place(ident: str, site: Site) -> PlaceView:
    place = site.places[ident]
    return PlaceView(parts.Named(parts.place_name(place), urls.place(ident)), place.name, place.names)


def _roles(event: Event, site: Site) -> Iterator[AgreementRole]:
    for role in event.agreements:
        agreement = site.agreements[role.id]
        address = urls.agreement(agreement.slug)
        texts = {term.id: term.text for term in agreement.terms}
        terms = tuple(parts.Named(texts[term], f"{address}#term-{term}") for term in role.terms)
        yield AgreementRole(parts.Named(agreement.title, address), ROLE_WORDS[role.role], terms)


def _json_ld(event: Event, card: parts.Card, site: Site) -> dict[str, object]:
    address = site.settings.absolute(urls.event(event.slug))
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": event.title,
        "description": card.summary,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": site.settings.language,
        "temporalCoverage": event.date.text,
        "about": {"@type": "Event", "name": event.title, "startDate": event.date.datetime},
        "contentLocation": [{"@type": "Place", "name": site.places[place].name} for place in event.places],
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "publisher": source.publisher}
            | ({"url": source.url} if source.url else {})
            for source in (site.sources[ident] for ident in event.sources)
        ],
        "isPartOf": {"@type": "WebSite", "name": site.settings.title, "url": site.settings.base_url},
    }


KINDS = {
    "entry": PageKind(_entry, urls.event),
    "tombstone": PageKind(_tombstone, urls.event, listed=False),
    "redirect": PageKind(_redirect, lambda alias, _: urls.former(alias), listed=False),
}
