"""The bibliography, its balance, and for each source what rests on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import LANGUAGES, SourceView, perspective_name, source_view
from generator.pages.page import Crumb, Page, Parts, split
from generator.pages.statements import statements
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.model import Agreement, Event, Site, Source

PER_PART = 120


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a balance: how many sources, and of a thousand of all."""

    name: str
    count: int
    permille: int


@dataclass(frozen=True, slots=True)
class Balance:
    """How the sources divide by perspective, language, kind."""

    name: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the bibliography, with the number of entries that rest on it."""

    source: SourceView
    entries: int


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The bibliography by publisher."""

    publishers: tuple[tuple[str, tuple[SourceRow, ...]], ...]
    count: int
    balances: tuple[Balance, ...]
    parts: Parts


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim or a figure that rests on the source."""

    by: str
    says: str
    entry: parts.Named


@dataclass(frozen=True, slots=True)
class Resting:
    """An entry or an agreement that cites the source, with the sentences that do."""

    named: parts.Named
    card: parts.Card | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneSourceView:
    """A source, and what rests on it."""

    source: SourceView
    entries: tuple[Resting, ...]
    agreements: tuple[Resting, ...]
    claims: tuple[Quoted, ...]
    figures: tuple[parts.FigureView, ...]
    parts: Parts


def pages(site: Site) -> Iterator[Page]:
    """The bibliography, in parts, then a page for each source, in parts."""
    ordered = sorted(
        site.sources.values(), key=lambda source: (source.publisher.casefold(), _published(source), source.id)
    )
    balances = (
        _balance("Perspective", (perspective_name(source.perspective, site) for source in ordered)),
        _balance("Language", (LANGUAGES.get(source.language, source.language) or "not stated" for source in ordered)),
        _balance("Kind", (source.kind or "not stated" for source in ordered)),
    )
    for address, place, chosen in split("sources/", ordered, PER_PART):
        publishers: dict[str, list[SourceRow]] = {}
        for source in chosen:
            row = SourceRow(source_view(source, site), len(site.events_by_source.get(source.id, ())))
            publishers.setdefault(source.publisher, []).append(row)
        title = "Sources" if place.number == 1 else f"Sources, part {place.number}"
        view = SourcesView(
            tuple((name, tuple(rows)) for name, rows in publishers.items()), len(ordered), balances, place
        )
        description = f"{len(ordered)} sources by publisher, and what rests on each."
        yield Page(address, "pages/sources.html", title, view, description, section="sources")
    for source in ordered:
        yield from _source(source, site)


def _source(source: Source, site: Site) -> Iterator[Page]:
    events = site.events_by_source.get(source.id, ())
    agreements = site.agreements_by_source.get(source.id, ())
    for address, place, chosen in split(urls.source(source.id), events):
        claims, figures = [], []
        for event in chosen:
            entry = parts.Named(event.title, urls.event(event.slug))
            claims += [
                Quoted(parts.who(claim.by, site).name, claim.says.rstrip("."), entry)
                for claim in event.claims
                if claim.source == source.id
            ]
            figures += [
                parts.figure_view(figure, event, site, parts.external_mark(source.id))
                for figure in event.figures
                if figure.source == source.id
            ]
        view = OneSourceView(
            source_view(source, site),
            tuple(_resting(event, parts.card(event, site), source.id) for event in chosen),
            tuple(_resting(agreement, None, source.id) for agreement in agreements),
            tuple(claims),
            tuple(figures),
            place,
        )
        title = source.title if place.number == 1 else f"{source.title}, part {place.number}"
        description = f"{source.publisher}: {source.title}. What rests on this source."
        yield Page(address, "pages/source.html", title, view, description, (Crumb("Sources", "sources/"),), "sources")


def _resting(record: Event | Agreement, card: parts.Card | None, source: str) -> Resting:
    address = card.address if card else urls.agreement(record.slug)
    said = tuple(words for words, cited in statements(record.body) if source in cited)
    return Resting(parts.Named(record.title, address), card, said)


def _published(source: Source) -> str:
    return source.published.first.isoformat() if source.published else "9999"


def _balance(name: str, values: Iterable[str]) -> Balance:
    counts = Counter(values)
    whole = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Balance(name, tuple(Share(value, count, round(1000 * count / whole)) for value, count in ordered))
