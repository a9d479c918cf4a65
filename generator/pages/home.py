"""The home page: the whole conflict before the first scroll."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from generator.pages import disputed, figures, overview, parts
from generator.pages.agreements import AgreementCard, agreement_card
from generator.pages.holding import HOLDS_DAYS
from generator.pages.page import Page, PageKind
from generator.pages.truces import truces
from generator.pages.ways import Way, by_actor, by_kind, by_place, by_year
from generator.record import urls
from generator.record.edtf import day_in_words
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.keys import Output
    from generator.record.site import Site

NEWEST = 6
QUESTIONS = 8
BUSIEST = 10
MOST_TRUCES = 12
KEY_MEASURES = 3
"""The first measures of the vocabulary: killed, wounded, displaced."""
MOST_HELD = 3
"""Agreements named as in force, the newest: what stands before the first scroll does not grow with the record."""


class KeyFigure(NamedTuple):
    """A measure with the span that its sources give for both sides together, and for each party."""

    name: str
    address: str
    spans: tuple[figures.Span, ...]


class State(NamedTuple):
    """Which ceasefire is in force, since when, for how many days, and which suspended, as of the newest entry."""

    as_of: str
    state: str
    agreements: tuple[AgreementCard, ...]
    more: int
    """Earlier agreements that hold as well, and are not named."""
    suspended: tuple[AgreementCard, ...]


class HomeView(NamedTuple):
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


def outputs(_: Site) -> Iterator[Output]:
    """The home page."""
    yield ("home",)


def _home(site: Site) -> Page:
    state = truces(site)
    suspended = state.suspended_on(state.now)
    in_force = [slug for slug in state.held_on(state.now) if slug not in suspended]
    held = [slug for slug in site.agreements_in_order() if site.agreements[slug].in_force]
    now = State(
        day_in_words(state.now),
        state.state(state.now),
        tuple(agreement_card(slug, site) for slug in in_force[-MOST_HELD:]),
        max(0, len(in_force) - MOST_HELD),
        tuple(agreement_card(slug, site) for slug in suspended[-MOST_HELD:]),
    )
    view = HomeView(
        entries=site.size(),
        sources=len(site.sources),
        disputes=len(site.disputed()),
        state=now if site.today() else None,
        overview=overview.whole(site),
        figures=tuple(_key_figures(site)),
        newest=parts.cards(site.newest(NEWEST), site),
        truces=tuple(agreement_card(slug, site) for slug in held[-MOST_TRUCES:]),
        questions=tuple(
            parts.Named(question, disputed.address_of(site, question))
            for question in reversed(site.disputed()[-QUESTIONS:])
        ),
        years=by_year(site),
        kinds=by_kind(site),
        places=by_place(site, BUSIEST),
        actors=by_actor(site, BUSIEST),
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
    return Page(
        urls.HOME,
        "pages/home.html",
        settings.title,
        lambda: view,
        settings.description or settings.tagline,
        json_ld=json_ld,
    )


def _key_figures(site: Site) -> Iterator[KeyFigure]:
    wanted = {parts.scope_name(scope, site) for scope in ("total", *site.parties())}
    for measure in site.vocabulary.measures[:KEY_MEASURES]:
        spans = [span for span in figures.spans_of(measure.id, site) if span.scope in wanted]
        of_all = {span.scope: span for span in spans if not span.group}
        shown = tuple(span for span in spans if not span.group or _says_more(span, of_all.get(span.scope)))
        if of_all:
            yield KeyFigure(measure.name, urls.measure(measure.id), shown)


def _says_more(group: figures.Span, of_all: figures.Span | None) -> bool:
    """Whether a number of one group, such as civilians, is higher than that of all together, or of a later week."""
    if of_all is None:
        return False
    later = date.fromisoformat(group.day) - date.fromisoformat(of_all.day)
    return not group.is_earlier and (group.most > of_all.most or later.days > HOLDS_DAYS)


KINDS = {"home": PageKind(_home, lambda: urls.HOME)}
