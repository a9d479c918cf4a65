"""What several pages show: an entry in a list, rival claims, figures, names."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from generator.pages.citations import Citer, Mark, numbers_of, origins
from generator.record import urls
from generator.record.model import TOTAL, Event, Figure, Place
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.edtf import Edtf
    from generator.record.outline import Count
    from generator.record.site import Site

PAIR = 2
MOST_MARKS = 4
"""Citations shown after an entry's summary in a list; all of them are on its page."""
BOUND_WORDS = {"value": "", "at_least": "at least ", "at_most": "at most ", "about": "about ", "between": ""}


class Named(NamedTuple):
    """A name that leads to a page."""

    name: str
    address: str = ""


class Neighbour(NamedTuple):
    """What stands before or after a page in time: an entry, a month, a year."""

    name: str
    address: str
    is_disputed: bool = False


class When(NamedTuple):
    """A date in words, and the value of `<time datetime>`."""

    words: str
    datetime: str


class Card(NamedTuple):
    """An entry as every list shows it.  `accounts` is the number of rival accounts, 0 when nothing is disputed."""

    slug: str
    address: str
    title: str
    when: When
    time: str
    kind: str
    kind_id: str
    lane: str
    places: tuple[str, ...]
    summary: str
    marks: tuple[Mark, ...]
    accounts: int
    sources: int
    origins: int
    filters: str
    """Ids of kind, places and parties, each with its prefix, for the filter script."""

    @property
    def key(self) -> str:
        """What tells it from all others: a card is the same wherever it is shown."""
        return self.slug


class FigureView(NamedTuple):
    """A number with all that makes it readable."""

    number: str
    measure: str
    scope: str
    group: str
    as_of: When
    since: When | None
    said_by: str
    note: str
    mark: Mark
    entry: Named
    low: float
    high: float


class Answer(NamedTuple):
    """A claim: who makes it, for which party, what it says, whether it denies another.

    side: empty when it is for none.  entry: without a name on its own page.
    """

    by: Named
    side: str
    says: str
    denies: bool
    mark: Mark
    entry: Named
    when: When


class Side(NamedTuple):
    """The answers of one party, or of all who are none; no answers, of a party that has given none anywhere."""

    name: str
    answers: tuple[Answer, ...]


class Question(NamedTuple):
    """A question with its answers side by side, in the stated order: parties by name, then all others."""

    id: str
    text: str
    sides: tuple[Side, ...]
    disputed: bool

    @property
    def accounts(self) -> int:
        """How many accounts stand side by side."""
        heard = [side for side in self.sides if side.answers]
        return len(heard) if len(heard) > 1 else len({answer.by for side in heard for answer in side.answers})


@lru_cache(maxsize=65_536)
def when(date: Edtf) -> When:
    """A date in words."""
    return When(date.in_words, date.datetime)


def summary_of(event: Event) -> str:
    """The summary in plain words: the field, else the first paragraph."""
    return event.summary or event.lead.words


def place_name(place: Place) -> str:
    """`Huai Ta Maria, Si Sa Ket`."""
    province = place.province if "," not in place.province and place.province not in place.name else ""
    return f"{place.name}, {province}" if province else place.name


@derivation
def card(slug: str, site: Site) -> Card:
    """An entry as every list shows it."""
    event = site.entries[slug]
    address = urls.event(slug)
    parties = {site.party_of(actor) for actor in event.actors} - {""}
    disputed = [question for question in event.questions if site.is_disputed(question)]
    filters = [
        f"kind-{event.kind}",
        *(f"place-{place}" for place in event.places),
        *(f"party-{party}" for party in sorted(parties)),
    ]
    return Card(
        slug=slug,
        address=address,
        title=event.title,
        when=when(event.date),
        time=event.time.in_words if event.time else "",
        kind=site.kinds[event.kind].name,
        kind_id=event.kind,
        lane=site.lane_of(event),
        places=tuple(place_name(site.places[place]) for place in event.places[:2]),
        summary=summary_of(event),
        marks=numbers_of(event.lead, address)[:MOST_MARKS],
        accounts=max(map(site.accounts_of, disputed), default=0),
        sources=len(event.sources),
        origins=origins(event.sources, site),
        filters=" ".join([*filters, "disputed"] if disputed else filters),
    )


def cards(slugs: Iterable[str], site: Site) -> tuple[Card, ...]:
    """Entries as every list shows them."""
    return tuple(card(slug, site) for slug in slugs)


def entry_named(slug: str, site: Site) -> Named:
    """An entry by its headline."""
    shown = card(slug, site)
    return Named(shown.title, shown.address)


def who(text: str, site: Site) -> Named:
    """An actor by name, or plain words, which lead to the actor that they begin with."""
    ident = site.claimant(text)
    return Named(site.actors[ident].name if text == ident else text, urls.actor(ident)) if ident else Named(text)


def by_party(actors: Iterable[str], site: Site) -> list[str]:
    """Actors in the stated order: those of each party, parties by name, then all others; else as they were."""
    order = site.parties()
    return sorted(actors, key=lambda who: order.index(side) if (side := site.party_of(who)) in order else len(order))


def scope_name(scope: str, site: Site) -> str:
    """Whose number it is."""
    if scope == TOTAL:
        return "both sides together" if len(site.parties()) == PAIR else "all sides together"
    if scope in site.actors:
        return site.actors[scope].label
    return site.places[scope].name


def number_words(value: float) -> str:
    """`607,980`, `4.5`."""
    return f"{value:,}"


def figure_number(figure: Figure | Count) -> str:
    """`at least 41`, `20–30`."""
    if figure.bound == "between":
        return f"{number_words(figure.low)}–{number_words(figure.high)}"
    return BOUND_WORDS[figure.bound] + number_words(figure.low)


@derivation
def figures_of(slug: str, site: Site) -> tuple[FigureView, ...]:
    """The figures of an entry, each with a citation that leads to its source's page."""
    event = site.entries[slug]
    entry = Named(event.title, urls.event(slug))
    return tuple(_figure_view(figure, entry, site) for figure in event.figures)


def cited_figures(event: Event, citer: Citer, site: Site) -> tuple[FigureView, ...]:
    """The same, each with its number in a list of sources."""
    shown = figures_of(event.slug, site) if event.figures else ()  # most entries have none, and need none noted
    return tuple(each._replace(mark=citer.cite(each.mark.source)) for each in shown)


def _figure_view(figure: Figure, entry: Named, site: Site) -> FigureView:
    group = site.groups.get(figure.group)
    measure = site.measures[figure.measure]
    return FigureView(
        number=figure_number(figure),
        measure=measure.name if measure.unit == "people" else f"{measure.name} ({measure.unit})",
        scope=scope_name(figure.scope, site),
        group=group.name if group and group.id != "all" else "",
        as_of=when(figure.as_of),
        since=when(figure.since) if figure.since else None,
        said_by=who(figure.said_by, site).name if figure.said_by else "",
        note=figure.note,
        mark=external_mark(figure.source),
        entry=entry,
        low=figure.low,
        high=figure.high,
    )


def external_mark(source: str) -> Mark:
    """A citation on a page without a list of its own: it leads to the source's page."""
    return Mark(0, source, page=urls.source(source))


@derivation
def answers_of(slug: str, site: Site) -> tuple[Answer, ...]:
    """The claims of an entry, each with a citation that leads to its source's page."""
    event, order = site.entries[slug], site.parties()
    entry = Named(event.title, urls.event(slug))
    return tuple(
        Answer(
            who(claim.by, site),
            side if (side := site.party_of(claim.by)) in order else "",
            claim.says.rstrip("."),
            claim.denies,
            external_mark(claim.source),
            entry,
            when(event.date),
        )
        for claim in event.claims
    )


def claims_on(question: str, slug: str, site: Site) -> list[tuple[str, int]]:
    """Which claims of an entry answer a question, or none when it is empty: the entry, the place among its claims."""
    return [(slug, at) for at, (_, its, _) in enumerate(site.outline(slug).said) if its == question]


def question_view(
    text: str, told: Iterable[tuple[str, int]], site: Site, citer: Citer | None = None, own: str = ""
) -> Question:
    """Answers to a question side by side; without a `citer` each leads to its source's page.

    told: of each answer the entry, and its place among the entry's claims.
    own: the entry on whose page they stand, if it is one's; those of other entries lead to their sources' pages.
    """
    order = (*site.parties(), "")
    answers = sorted(
        ((slug, answers_of(slug, site)[at]) for slug, at in told), key=lambda pair: order.index(pair[1].side)
    )
    found: dict[str, list[Answer]] = {}
    for slug, answer in answers:
        mark = citer.cite(answer.mark.source) if citer and own in {"", slug} else answer.mark
        entry = Named("") if slug == own else answer.entry
        found.setdefault(answer.side, []).append(answer._replace(mark=mark, entry=entry))
    silent = _silent(text, site) if text else ()
    sides = tuple(
        Side(
            site.actors[side].label if side else ("Others" if len(found) > 1 else ""),
            tuple(found.get(side, ())),
        )
        for side in order
        if side in found or side in silent
    )
    return Question(question_id(text), text, sides, bool(text) and site.is_disputed(text))


@derivation
def _silent(question: str, site: Site) -> tuple[str, ...]:
    """Of two parties the one of which no answer is recorded, when the other has given one: no reader need guess it."""
    parties, heard = site.parties(), site.answers_by_side(question).keys()
    silent = tuple(party for party in parties if party not in heard)
    return silent if len(parties) == PAIR and len(silent) == 1 else ()


@lru_cache(maxsize=65_536)
def question_id(text: str) -> str:
    """The anchor of a question on its page."""
    digest = blake2b(text.encode(), digest_size=4).hexdigest()
    return f"q-{urls.slug_of(text)[:48].strip('-')}-{digest}"
