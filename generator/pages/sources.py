"""The bibliography, its balance, and for each source what rests on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import LANGUAGES, SOURCE_KINDS, SourceView, perspective_name, source_view
from generator.pages.page import Crumb, Page, PageKind, Parts, numbered
from generator.pages.statements import statements
from generator.record import urls
from generator.record.site import chosen, part_count
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.keys import Output
    from generator.record.model import Agreement, Event, Source
    from generator.record.site import Site

PER_PART = 120
RESTING_PART = 30
"""Entries and agreements on one part of what rests on a source: each may have several sentences, claims and figures."""
MOST_SHARES = 24
"""Rows of a balance; the rest is one row."""


class Share(NamedTuple):
    """One part of a balance: how many sources, and of a thousand of all."""

    name: str
    sources: int
    permille: int


class Balance(NamedTuple):
    """How the sources divide by perspective, language, kind."""

    name: str
    shares: tuple[Share, ...]


class SourceRow(NamedTuple):
    """A source in the bibliography, with the number of entries that rest on it."""

    source: SourceView
    entries: int


class SourcesView(NamedTuple):
    """The bibliography by publisher."""

    publishers: tuple[tuple[str, tuple[SourceRow, ...]], ...]
    total: int
    balances: tuple[Balance, ...]
    parts: Parts


class Quoted(NamedTuple):
    """A claim or a figure that rests on the source."""

    by: str
    says: str
    entry: parts.Named


class Resting(NamedTuple):
    """An entry or an agreement that cites the source, with the sentences that do."""

    named: parts.Named
    card: parts.Card | None
    statements: tuple[str, ...]


class OneSourceView(NamedTuple):
    """A source, and what rests on it."""

    source: SourceView
    entries: tuple[Resting, ...]
    agreements: tuple[Resting, ...]
    claims: tuple[Quoted, ...]
    figures: tuple[parts.FigureView, ...]
    parts: Parts


def outputs(site: Site) -> Iterator[Output]:
    """The bibliography, in parts, then a page for each source, in parts."""
    ordered = bibliography("", site)
    yield from numbered("sources", items=len(ordered), size=PER_PART)
    entries, agreements = dict(site.tally("source")), site.agreements_by_source()
    for ident in ordered:
        resting = entries.get(ident, 0) + len(agreements.get(ident, ()))
        yield from numbered("source", ident, items=resting, size=RESTING_PART)


@derivation
def bibliography(_: str, site: Site) -> tuple[str, ...]:
    """All sources by publisher, then by day."""

    def place(source: Source) -> tuple[str, str, str]:
        return source.publisher.casefold(), _published(source), source.id

    return tuple(source.id for source in sorted(site.sources.values(), key=place))


@derivation
def balances(_: str, site: Site) -> tuple[Balance, ...]:
    """How the sources divide."""
    everything = list(site.sources.values())
    return (
        _balance("Perspective", (perspective_name(source.perspective, site) for source in everything)),
        _balance(
            "Language", (LANGUAGES.get(source.language, source.language) or "not stated" for source in everything)
        ),
        _balance("Kind", (SOURCE_KINDS.get(source.kind) or "not stated" for source in everything)),
    )


def _sources(site: Site, number: int) -> Page:
    ordered = bibliography("", site)
    place = Parts("sources/", number, part_count(len(ordered), PER_PART))
    publishers: dict[str, list[SourceRow]] = {}
    for ident in chosen(ordered, number, PER_PART):
        source = source_view(ident, site)
        publishers.setdefault(source.publisher, []).append(SourceRow(source, site.how_many("source", ident)))
    grouped = tuple((name, tuple(rows)) for name, rows in publishers.items())
    view = SourcesView(grouped, len(ordered), balances("", site), place)
    description = f"{len(ordered)} sources by publisher, and what rests on each."
    address = urls.part(place.address, number)
    return Page(address, "pages/sources.html", place.titled("Sources"), lambda: view, description, section="sources")


def _source(site: Site, ident: str, number: int) -> Page:
    source = source_view(ident, site)
    total, agreements_on = _parts_of(ident, site)
    place = Parts(source.address, number, total)

    def view() -> OneSourceView:
        return _resting_on(source, place, agreements_on.get(number, ()), site)

    address, title = urls.part(place.address, number), place.titled(source.title)
    description = f"{source.publisher}: {source.title}. What rests on this source."
    return Page(address, "pages/source.html", title, view, description, (Crumb("Sources", "sources/"),), "sources")


def _resting_on(source: SourceView, place: Parts, slugs: Iterable[str], site: Site) -> OneSourceView:
    """What rests on a source, as a part of its page shows it; slugs: of the agreements on this part."""
    ident = source.id
    claims, figures, entries = [], [], []
    for slug in site.listed_part("source", ident, place.number, RESTING_PART):
        event, named = site.entries[slug], parts.entry_named(slug, site)
        entries.append(_resting(event, parts.card(slug, site), ident, site))
        claims += [
            Quoted(parts.who(claim.by, site).name, claim.says.rstrip("."), named)
            for claim in event.claims
            if claim.source == ident
        ]
        figures += [
            parts.figures_of(slug, site)[at] for at, figure in enumerate(event.figures) if figure.source == ident
        ]
    agreements = [_resting(site.agreements[slug], None, ident, site) for slug in slugs]
    return OneSourceView(source, tuple(entries), tuple(agreements), tuple(claims), tuple(figures), place)


@derivation
def _parts_of(source: str, site: Site) -> tuple[int, dict[int, tuple[str, ...]]]:
    """On how many parts that stands; and the agreements on each part that has some: they follow the entries."""
    entries, agreements = site.how_many("source", source), site.agreements_citing(source)
    agreements_on: dict[int, list[str]] = {}
    for place, slug in enumerate(agreements, entries):
        agreements_on.setdefault(place // RESTING_PART + 1, []).append(slug)
    total = part_count(entries + len(agreements), RESTING_PART)
    return total, {at: tuple(some) for at, some in agreements_on.items()}


def _resting(record: Event | Agreement, card: parts.Card | None, source: str, site: Site) -> Resting:
    address = card.address if card else urls.agreement(record.slug)
    said = tuple(words for words, cited in statements(record.slug, site) if source in cited)
    return Resting(parts.Named(record.title, address), card, said)


def _published(source: Source) -> str:
    return source.published.first.isoformat() if source.published else "9999"


def _balance(name: str, values: Iterable[str]) -> Balance:
    counts = Counter(values)
    whole = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(ordered) > MOST_SHARES:
        ordered[MOST_SHARES - 1 :] = [("others", sum(count for _, count in ordered[MOST_SHARES - 1 :]))]
    return Balance(name, tuple(Share(value, count, round(1000 * count / whole)) for value, count in ordered))


KINDS = {
    "sources": PageKind(_sources, lambda number: urls.part("sources/", number)),
    "source": PageKind(_source, lambda ident, number: urls.part(urls.source(ident), number)),
}
