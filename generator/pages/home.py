"""The home page: the whole conflict before the first scroll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import disputed, figures, overview, parts
from generator.pages.agreements import AgreementCard, agreement_card
from generator.pages.page import Page
from generator.pages.truces import truces
from generator.pages.ways import Way, busiest, by_actor, by_kind, by_place, by_year
from generator.record import urls
from generator.record.edtf import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.model import Site

NEWEST = 6
QUESTIONS = 8
KEY_MEASURES = 3
"""The first measures of the vocabulary: killed, wounded, displaced."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A measure with the span that its sources give for both sides together, and for each party."""

    name: str
    address: str
    spans: tuple[figures.Span, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Which ceasefire is in force, since when, for how many days, as of the newest entry."""

    as_of: str
    state: str
    agreements: tuple[AgreementCard, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page shows."""

    entries: int
    sources: int
    disputes: int
    state: State | None
    overview: overview.Overview
    figures: tuple[KeyFigure, ...]
    newest: tuple[parts.Card, ...]
    truces: tuple[AgreementCard, ...]
    questions: tuple[parts.Named, ...]
    years: tuple[Way, ...]
    kinds: tuple[Way, ...]
    places: tuple[Way, ...]
    actors: tuple[Way, ...]


def pages(site: Site) -> Iterator[Page]:
    """The home page."""
    state = truces(site)
    cards = {
        agreement.slug: agreement_card(agreement, site, state.now)
        for agreement in site.agreements
        if agreement.in_force
    }
    questions = disputed.open_questions(site)
    view = HomeView(
        entries=len(site.events),
        sources=len(site.sources),
        disputes=len(questions),
        state=State(
            day_in_words(state.now), state.state(state.now), tuple(cards[slug] for slug in state.held_on(state.now))
        )
        if site.newest
        else None,
        overview=overview.whole(site),
        figures=tuple(_key_figures(site)),
        newest=parts.cards(reversed(site.events[-NEWEST:]), site),
        truces=tuple(cards.values()),
        questions=tuple(
            parts.Named(question, disputed.address_of(site, question)) for question in reversed(questions[-QUESTIONS:])
        ),
        years=by_year(site),
        kinds=by_kind(site),
        places=busiest(by_place(site)),
        actors=busiest(by_actor(site)),
    )
    settings = site.settings
    json_ld = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.title,
        "url": settings.base_url,
        "description": settings.description,
        "inLanguage": settings.language,
    }
    yield Page(
        urls.HOME, "pages/home.html", settings.title, view, settings.description or settings.tagline, json_ld=json_ld
    )


def _key_figures(site: Site) -> Iterator[KeyFigure]:
    by_measure = figures.given(site)
    wanted = {parts.scope_name(scope, site) for scope in ("total", *parts.parties(site))}
    for measure in site.vocabulary.measures[:KEY_MEASURES]:
        address = f"figures/{measure.id}/"
        spans = figures.spans(by_measure.get(measure.id, ()), site, address)
        shown = tuple(span for span in spans if span.scope in wanted and not span.group)
        if shown:
            yield KeyFigure(measure.name, address, shown)
