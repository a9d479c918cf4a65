"""Ceasefires and other agreements: the list, and a page for each, with its terms and what entries say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.axis import Axis, accuser, axis
from generator.pages.citations import Cited, Citer, Piece
from generator.pages.page import Crumb, Page
from generator.pages.truces import days_held, span, truces
from generator.record import urls
from generator.record.edtf import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from generator.record.model import Agreement, Event, Role, Site

STATUS_WORDS = {
    "in-force": "in force",
    "suspended": "suspended",
    "collapsed": "collapsed",
    "superseded": "superseded",
    "not-signed": "not signed",
}
STAGES = (
    ("negotiation", "Negotiation"),
    ("signing", "Signing"),
    ("implementation", "Steps, delays and disputes"),
    ("alleged-violation", "Alleged breaches"),
    ("suspension", "Suspension"),
    ("resumption", "Resumption"),
    ("collapse", "Collapse"),
)


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A period in force in words, and the days that it held."""

    start: parts.When
    end: parts.When | None
    days: int


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """An agreement as lists show it.  `days` are those held until the newest entry, 0 for what is no truce."""

    title: str
    address: str
    signed: parts.When | None
    status: str
    status_id: str
    note: str
    periods: tuple[PeriodView, ...]
    days: int
    parties: tuple[str, ...]
    terms: int
    violations: int
    alleged_by: tuple[tuple[str, int], ...]
    """How many entries tell of a breach that each party alleges, parties in the stated order."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in the story of an agreement; for an alleged breach, who alleges it and what each side says."""

    card: parts.Card
    alleged_by: str
    questions: tuple[parts.Question, ...]
    term_names: tuple[parts.Named, ...]


Stages = tuple[tuple[str, tuple[Told, ...]], ...]
"""The entries of a story by stage, in the order of STAGES."""


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with the entries that concern it, by stage."""

    id: str
    text: str
    deadline: parts.When | None
    stages: Stages


@dataclass(frozen=True, slots=True)
class AgreementView:
    """All that the page of an agreement shows."""

    card: AgreementCard
    body: tuple[Piece, ...]
    place: parts.Named | None
    parties: tuple[parts.Named, ...]
    mediators: tuple[parts.Named, ...]
    witnesses: tuple[parts.Named, ...]
    terms: tuple[TermView, ...]
    stages: Stages
    supersedes: tuple[parts.Named, ...]
    superseded_by: tuple[parts.Named, ...]
    sources: tuple[Cited, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class ListView:
    """Truces first, then the other texts and proposals."""

    axis: Axis | None
    truces: tuple[AgreementCard, ...]
    others: tuple[AgreementCard, ...]
    as_of: str


def pages(site: Site) -> Iterator[Page]:
    """The list of agreements, and a page for each."""
    now = truces(site).now
    cards = [agreement_card(agreement, site, now) for agreement in site.agreements]
    as_of = day_in_words(now) if site.newest else ""
    truces_ = tuple(card for card in cards if card.periods)
    view = ListView(axis(site), truces_, tuple(card for card in cards if not card.periods), as_of)
    description = "Every ceasefire and agreement: its terms, how long it held, and what each side alleges."
    yield Page(
        "agreements/", "pages/agreements.html", "Ceasefires and agreements", view, description, section="agreements"
    )
    for agreement, card in zip(site.agreements, cards, strict=True):
        yield _page(agreement, card, site, as_of)


def agreement_card(agreement: Agreement, site: Site, now: date) -> AgreementCard:
    """An agreement as lists show it, as of `now`."""
    periods = []
    for period in agreement.in_force:
        first, last = span(period, now)
        periods.append(
            PeriodView(
                parts.when(period.start), parts.when(period.end) if period.end else None, (last - first).days + 1
            )
        )
    told = site.events_by_agreement.get(agreement.slug, ())
    by = [accuser(event, site) for event, role in told if role.role == "alleged-violation"]
    return AgreementCard(
        title=agreement.title,
        address=urls.agreement(agreement.slug),
        signed=parts.when(agreement.signed) if agreement.signed else None,
        status=STATUS_WORDS[agreement.status],
        status_id=agreement.status,
        note=agreement.status_note,
        periods=tuple(periods),
        days=days_held(agreement, now),
        parties=tuple(site.actors[actor].label for actor in agreement.parties),
        terms=len(agreement.terms),
        violations=len({event.slug for event, role in told if role.role == "alleged-violation"}),
        alleged_by=tuple(
            (site.actors[party].label, count) for party in parts.parties(site) if (count := by.count(party))
        ),
    )


def _page(agreement: Agreement, card: AgreementCard, site: Site, as_of: str) -> Page:
    citer = Citer(site)
    body = citer.prose(agreement.body)
    for source in agreement.sources:
        if source not in {cited.source.id for cited in citer.sources()}:
            citer.cite(source)
    later = [other for other in site.agreements if agreement.slug in other.supersedes]
    told = site.events_by_agreement.get(agreement.slug, ())
    view = AgreementView(
        card=card,
        body=body,
        place=parts.Named(parts.place_name(site.places[agreement.place]), urls.place(agreement.place))
        if agreement.place
        else None,
        parties=tuple(parts.who(actor, site) for actor in agreement.parties),
        mediators=tuple(parts.who(actor, site) for actor in agreement.mediators),
        witnesses=tuple(parts.who(actor, site) for actor in agreement.witnesses),
        terms=tuple(
            TermView(
                term.id,
                term.text,
                parts.when(term.deadline) if term.deadline else None,
                _stages(((event, role) for event, role in told if term.id in role.terms), agreement, site),
            )
            for term in agreement.terms
        ),
        stages=_stages(told, agreement, site),
        supersedes=tuple(_named(site.agreements_by_slug[slug]) for slug in agreement.supersedes),
        superseded_by=tuple(_named(other) for other in later),
        sources=citer.sources(),
        as_of=as_of,
    )
    description = agreement.status_note or agreement.lead.words[:200]
    crumbs = (Crumb("Ceasefires", "agreements/"),)
    return Page(card.address, "pages/agreement.html", agreement.title, view, description, crumbs, "agreements")


def _stages(told: Iterable[tuple[Event, Role]], agreement: Agreement, site: Site) -> Stages:
    """Entries by stage of the agreement's story, in the order of STAGES."""
    found: dict[str, list[Told]] = {}
    for event, role in told:
        found.setdefault(role.role, []).append(_told(event, role, agreement, site))
    return tuple((name, tuple(found[stage])) for stage, name in STAGES if stage in found)


def _told(event: Event, role: Role, agreement: Agreement, site: Site) -> Told:
    texts = {term.id: term.text for term in agreement.terms}
    terms = tuple(parts.Named(texts[term], f"#term-{term}") for term in role.terms)
    if role.role != "alleged-violation":
        return Told(parts.card(event, site), "", (), terms)
    questions = tuple(
        parts.question_view(question, ((event, claim) for claim in event.claims if claim.question == question), site)
        for question in event.questions
    )
    side = accuser(event, site)
    return Told(parts.card(event, site), site.actors[side].label if side else "", questions, terms)


def _named(agreement: Agreement) -> parts.Named:
    return parts.Named(agreement.title, urls.agreement(agreement.slug))
