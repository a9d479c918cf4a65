"""Ceasefires and other agreements: the list, and a page for each, with its terms and what entries say of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.axis import Axis, accusers, axis
from generator.pages.citations import Cited, Citer, Piece
from generator.pages.disputed import Asked, asked_in
from generator.pages.page import Crumb, Page, PageKind, Parts, numbered
from generator.record import urls
from generator.record.edtf import day_in_words
from generator.record.model import BREACH
from generator.record.site import chosen, part_count
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.record.keys import Output
    from generator.record.model import Agreement
    from generator.record.site import Site

STATUS_WORDS = {
    "in-force": "in force",
    "suspended": "suspended",
    "collapsed": "collapsed",
    "superseded": "superseded",
    "not-signed": "not signed",
}
ENDED = {"collapsed": "ended"}
"""Of an agreement that is no truce: one party's notice ends it, and nothing need collapse."""
NOBODY = "others or nobody named"
"""Who alleges a breach, when no side does."""
STAGES = (
    ("negotiation", "Negotiation"),
    ("signing", "Signing"),
    ("implementation", "Steps, delays and disputes"),
    (BREACH, "Alleged breaches"),
    ("suspension", "Suspension"),
    ("resumption", "Resumption"),
    ("collapse", "Collapse"),
)


class PeriodView(NamedTuple):
    """A period in force in words, and the days that it was in force."""

    start: parts.When
    end: parts.When | None
    days: int


class AgreementCard(NamedTuple):
    """An agreement as lists show it.  `days` are those in force until the newest entry, 0 for what is no truce."""

    title: str
    address: str
    signed: parts.When | None
    status: str
    status_id: str
    note: tuple[Piece, ...]
    """Each citation leads to the list of sources on the agreement's page."""
    periods: tuple[PeriodView, ...]
    days: int
    parties: tuple[str, ...]
    terms: int
    violations: int
    alleged_by: tuple[tuple[str, int], ...]
    """By whom breaches are alleged, and in how many entries: parties in the stated order, then several, then others."""

    @property
    def has_note(self) -> bool:
        """Whether something is said of how it stands."""
        return any(piece.html for piece in self.note)


class Told(NamedTuple):
    """An entry in the story of an agreement; for an alleged breach, who alleges it and what each side says."""

    card: parts.Card
    alleged_by: str = ""
    questions: tuple[Asked, ...] = ()


Role = tuple[str, str, tuple[str, ...]]
"""An entry, what it is in the story of an agreement, and the terms that it concerns."""
Stages = tuple[tuple[str, tuple[Told, ...], int], ...]
"""The entries of a story by stage, in the order of STAGES: the newest of them, and how many there are in all."""
MOST_TOLD, ROOM = 50, 100
"""Entries of one stage on an agreement's page, and of all stages; all are on the parts that follow it."""
MOST_OTHERS = 1
"""Answers of each side in other entries, to what an entry of the story asks."""
MOST_OF_TERM, ROOM_OF_TERMS = 12, 120
"""Entries of one stage under a term, and under all terms."""


class TermView(NamedTuple):
    """A term with the entries that concern it, by stage."""

    id: str
    text: str
    deadline: parts.When | None
    stages: Stages


class AgreementView(NamedTuple):
    """All that the page of an agreement shows."""

    card: AgreementCard
    note: tuple[Piece, ...]
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
    whole: str
    """Where all entries are listed, when there are too many for this page."""


class StoryView(NamedTuple):
    """A part of the list of all entries that speak of an agreement."""

    agreement: parts.Named
    entries: tuple[parts.Card, ...]
    total: int
    parts: Parts


class ListView(NamedTuple):
    """Truces first, then the other texts and proposals; the axis shows the truces of this part."""

    axis: Axis | None
    truces: tuple[AgreementCard, ...]
    others: tuple[AgreementCard, ...]
    as_of: str
    parts: Parts


def outputs(site: Site) -> Iterator[Output]:
    """The list of agreements, and a page for each; a list of its entries when they are many."""
    yield from numbered("agreements", items=len(site.agreements))
    for slug, agreement in site.agreements.items():
        yield ("agreement", slug)
        told = site.told_of(slug)
        if _is_long(told, agreement):
            yield from numbered("story", slug, items=len(told))


def _is_long(told: tuple[Role, ...], agreement: Agreement) -> bool:
    """Whether an agreement's page leaves entries of its story out."""
    of_stages, of_terms = _sizes(told), _sizes_under_terms(told, agreement)
    return max(of_stages, default=0) > _most(of_stages, MOST_TOLD, ROOM) or max(of_terms, default=0) > _most(
        of_terms, MOST_OF_TERM, ROOM_OF_TERMS
    )


def _sizes(told: Iterable[Role]) -> list[int]:
    """How many entries each stage has."""
    return list(Counter(role for _, role, _ in told).values())


def _sizes_under_terms(told: tuple[Role, ...], agreement: Agreement) -> list[int]:
    """How many entries each stage has under each term."""
    return [size for term in agreement.terms for size in _sizes(each for each in told if term.id in each[2])]


def _most(sizes: list[int], most: int, room: int) -> int:
    """How long a list may be, so that lists of these sizes have room together; one at least."""
    return next((each for each in range(most, 1, -1) if sum(min(size, each) for size in sizes) <= room), 1)


def _list(site: Site, number: int) -> Page:
    truces_first = sorted(site.agreements_in_order(), key=lambda slug: not site.agreements[slug].in_force)
    slugs = chosen(truces_first, number)
    cards = [agreement_card(slug, site) for slug in slugs]
    truces = tuple(card for card in cards if card.periods)
    others = tuple(card for card in cards if not card.periods)
    place = Parts("agreements/", number, part_count(len(truces_first)))
    view = ListView(axis(site, slugs), truces, others, _as_of(site), place)
    description = "Every ceasefire and agreement: its terms, how long it was in force, and what each side alleges."
    title = place.titled("Ceasefires and agreements")
    address = urls.part(place.address, number)
    return Page(address, "pages/agreements.html", title, lambda: view, description, section="agreements")


def _as_of(site: Site) -> str:
    return day_in_words(site.now) if site.today() else ""


@derivation
def _told_on(which: tuple[str, int], site: Site) -> tuple[tuple[str, ...], int, int]:
    """The entries on the n-th part of an agreement's story, from 1; on how many parts it stands; the number of all.

    Parts after the first say no number of all, which is 0 there: a new entry leaves them as they were.
    """
    slug, number = which
    told = [entry for entry, _, _ in site.told_of(slug)]
    return tuple(chosen(told, number)), part_count(len(told)), len(told) if number == 1 else 0


def _story(site: Site, slug: str, number: int) -> Page:
    title = site.agreements[slug].title
    told, total_parts, total = _told_on((slug, number), site)
    place = Parts(urls.story(slug), number, total_parts)
    crumbs = (Crumb("Ceasefires", "agreements/"), Crumb(title, urls.agreement(slug)))
    return Page(
        urls.part(place.address, number),
        "pages/story.html",
        place.titled(f"{title}: all entries"),
        lambda: StoryView(parts.Named(title, urls.agreement(slug)), parts.cards(told, site), total, place),
        f"Every entry that speaks of it: {title}.",
        crumbs,
        "agreements",
    )


def agreement_card(slug: str, site: Site) -> AgreementCard:
    """An agreement as lists show it, as of the newest entry."""
    agreement = site.agreements[slug]
    now = site.now if agreement.goes_on else date.min  # a newer entry leaves what has ended as it is
    periods = []
    for period in agreement.in_force:
        first, last = period.span(now)
        periods.append(
            PeriodView(
                parts.when(period.start), parts.when(period.end) if period.end else None, (last - first).days + 1
            )
        )
    alleged = {entry: accusers(entry, slug, site) for entry, role, _ in site.told_of(slug) if role == BREACH}
    return AgreementCard(
        title=agreement.title,
        address=urls.agreement(agreement.slug),
        signed=parts.when(agreement.signed) if agreement.signed else None,
        status=(STATUS_WORDS if agreement.in_force else STATUS_WORDS | ENDED)[agreement.status],
        status_id=agreement.status,
        note=Citer(site, urls.agreement(slug)).prose(agreement.status_note),
        periods=tuple(periods),
        days=agreement.days_held(now),
        parties=tuple(site.actors[actor].label for actor in agreement.parties),
        terms=len(agreement.terms),
        violations=len(alleged),
        alleged_by=tuple(_alleged_by(list(alleged.values()), site)),
    )


def _alleged_by(alleged: Sequence[tuple[str, ...]], site: Site) -> Iterator[tuple[str, int]]:
    """By whom breaches are alleged, and how many by each, every one counted once; nothing where no side is known."""
    parties = site.parties()
    alone = [(site.actors[party].label, alleged.count((party,))) for party in parties]
    several = sum(len(set(by) & set(parties)) > 1 for by in alleged)
    others = len(alleged) - several - sum(count for _, count in alone)
    if others < len(alleged):
        names = ("both sides" if len(parties) == parts.PAIR else "several sides", several), (NOBODY, others)
        yield from ((name, count) for name, count in (*alone, *names) if count)


def _page(site: Site, slug: str) -> Page:
    agreement = site.agreements[slug]
    description = agreement.status_note.words or agreement.lead.words[:200]
    crumbs = (Crumb("Ceasefires", "agreements/"),)
    address, template = urls.agreement(slug), "pages/agreement.html"
    return Page(address, template, agreement.title, lambda: _view(slug, site), description, crumbs, "agreements")


def _view(slug: str, site: Site) -> AgreementView:
    agreement = site.agreements[slug]
    citer = Citer(site)
    note, body = citer.prose(agreement.status_note), citer.prose(agreement.body)  # in the order in which they stand
    for source in agreement.sources:
        if source not in {cited.source.id for cited in citer.sources()}:
            citer.cite(source)
    later = [other for other in site.agreements_in_order() if slug in site.agreements[other].supersedes]
    told = site.told_of(slug)
    most_of_term = _most(_sizes_under_terms(told, agreement), MOST_OF_TERM, ROOM_OF_TERMS)
    return AgreementView(
        card=agreement_card(slug, site),
        note=note,
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
                _stages([each for each in told if term.id in each[2]], slug, site, most_of_term),
            )
            for term in agreement.terms
        ),
        stages=_stages(told, slug, site, _most(_sizes(told), MOST_TOLD, ROOM)),
        supersedes=tuple(_named(other, site) for other in agreement.supersedes),
        superseded_by=tuple(_named(other, site) for other in later),
        sources=citer.sources(),
        as_of=_as_of(site) if agreement.goes_on else "",
        whole=urls.story(slug) if _is_long(told, agreement) else "",
    )


def _stages(told: Iterable[Role], agreement: str, site: Site, most: int) -> Stages:
    """Entries by stage of the agreement's story, in the order of STAGES."""
    found: dict[str, list[str]] = {}
    for slug, role, _ in told:
        found.setdefault(role, []).append(slug)
    return tuple(
        (name, tuple(_told(slug, stage, agreement, site) for slug in found[stage][-most:]), len(found[stage]))
        for stage, name in STAGES
        if stage in found
    )


def _told(slug: str, role: str, agreement: str, site: Site) -> Told:
    card = parts.card(slug, site)
    if role != BREACH:
        return Told(card)
    asked = dict.fromkeys(question for _, question, _ in site.outline(slug).said if question)
    questions = tuple(asked_in(slug, question, site, most=MOST_OTHERS) for question in asked)
    by = " and by ".join(site.actors[actor].label for actor in accusers(slug, agreement, site))
    return Told(card, by, questions)


def _named(slug: str, site: Site) -> parts.Named:
    return parts.Named(site.agreements[slug].title, urls.agreement(slug))


KINDS = {
    "agreements": PageKind(_list, lambda number: urls.part("agreements/", number)),
    "agreement": PageKind(_page, urls.agreement),
    "story": PageKind(_story, lambda slug, number: urls.part(urls.story(slug), number)),
}
