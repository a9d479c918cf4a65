"""What the search knows of the site: a record for each entry and each agreement."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.pages.parts import card
from generator.pages.unspaced import MARK, tokens
from generator.record import urls
from generator.record.tracking import kept_derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.record.edtf import Edtf
    from generator.record.model import Agreement
    from generator.record.site import Site

EVERY = f"{MARK}every"
"""A word that every record has: what is asked for by filters alone is found by it, and the index need not be loaded."""
NAME_END = "·"
"""Ends each name and title that follows the text: the script shows those alone in which it found something."""
MOST_YEARS = 10
"""A date that may mean more years than these is found by its first and its last."""
MOST_VALUES = 300
"""Values that a filter offers, those with most entries; a rarer place or publisher is found by its name."""
AGREEMENT_KIND = "Text of an agreement"
AGREEMENT_LANE = "diplomacy"


class Record(NamedTuple):
    """One page to be found.

    url: relative to the site's root.  content: its words, those that a result may show first; `meta["shown"]` says how
    many these are.  filters: values by filter, in the words that readers choose from.  order: its place in time.
    """

    url: str
    content: str
    meta: dict[str, str]
    filters: dict[str, list[str]]
    order: str


def search_records(site: Site) -> tuple[Record, ...]:
    """Every entry that readers are shown and every agreement, the latter in order before the entries of their day."""
    days = ((slug, site.outline(slug).first) for slug in site.order())
    entries = [Record(*_entry(slug, site), f"{day} {rank:07}") for rank, (slug, day) in enumerate(days)]
    agreements = (site.agreements[slug] for slug in site.agreements_in_order())
    return _bounded((*(_agreement(agreement, site) for agreement in agreements), *entries))


def _bounded(records: Sequence[Record]) -> tuple[Record, ...]:
    """The same records, with no filter of more values than MOST_VALUES."""
    counts = Counter((name, value) for record in records for name, values in record.filters.items() for value in values)
    ranked: dict[str, list[str]] = {}
    for (name, value), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        ranked.setdefault(name, []).append(value)
    offered = {name: frozenset(values[:MOST_VALUES]) for name, values in ranked.items()}
    if all(len(values) <= MOST_VALUES for values in ranked.values()):
        return tuple(records)
    return tuple(
        record._replace(
            filters={
                name: kept
                for name, values in record.filters.items()
                if (kept := [each for each in values if each in offered[name]])
            },
        )
        for record in records
    )


@kept_derivation
def _entry(slug: str, site: Site) -> tuple[str, str, dict[str, str], dict[str, list[str]]]:
    """The record of an entry, but for its place among all."""
    event, shown = site.entries[slug], card(slug, site)
    claims = (f"{claim.question} {_named(claim.by, site)}: {_sentence(claim.says)}" for claim in event.claims)
    text = " ".join((event.body.words, *claims)).strip()
    actors = (*event.actors, *(claim.by for claim in event.claims))
    meta = {"title": event.title, "when": event.date.in_words, "day": event.date.datetime}
    meta |= {"kind": shown.kind, "lane": shown.lane, "place": "; ".join(shown.places)}
    meta |= {"disputed": "yes"} if shown.accounts else {}
    filters = {
        "kind": [shown.kind],
        "party": _parties(actors, site),
        "place": [site.places[place].name for place in event.places],
        "year": _years(event.date),
        "source": [site.sources[source].publisher for source in event.sources],
        "disputed": ["yes"] if shown.accounts else [],
    }
    told = (event.title, event.summary, shown.kind, meta["when"], meta["day"])
    more = (*told, *_names(actors, event.places, site), *_titles(event.sources, site))
    meta |= {"shown": str(len(text.split()))}
    return urls.event(event.slug), _content(text, more), meta, _offered(filters)


def _sentence(words: str) -> str:
    """What a claim or a term says, with the full stop that these are mostly written without: more follows."""
    return f"{words.rstrip('.')}."


def _agreement(agreement: Agreement, site: Site) -> Record:
    terms = (_sentence(term.text) for term in agreement.terms)
    text = " ".join((agreement.body.words, *terms, agreement.status_note.words)).strip()
    bound = (*agreement.parties, *agreement.mediators, *agreement.witnesses)
    places = (agreement.place,) if agreement.place else ()
    signed = agreement.signed
    meta = {"title": agreement.title, "when": signed.in_words if signed else "not signed"}
    meta |= {"day": signed.datetime} if signed else {}
    meta |= {
        "kind": AGREEMENT_KIND,
        "lane": AGREEMENT_LANE,
        "place": "; ".join(site.places[each].name for each in places),
    }
    filters = {
        "kind": [AGREEMENT_KIND],
        "party": _parties(agreement.parties, site),
        "place": [site.places[place].name for place in places],
        "year": _years(signed) if signed else [],
        "source": [site.sources[source].publisher for source in agreement.sources],
    }
    days = (meta["when"], meta["day"]) if signed else ()
    more = (agreement.title, *days, *_names(bound, places, site), *_titles(agreement.sources, site))
    meta |= {"shown": str(len(text.split()))}
    order = f"{agreement.sort_key[0]}"
    return Record(urls.agreement(agreement.slug), _content(text, more), meta, _offered(filters), order)


def _content(text: str, more: Iterable[str]) -> str:
    """All words of a record: its text, then names and titles, then the tokens of scripts without spaces."""
    beside = " ".join(f"{words}{NAME_END}" for words in dict.fromkeys(more) if words)
    return " ".join((text, beside, *tokens(f"{text} {beside}"), EVERY))


def _offered(filters: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(set(values)) for name, values in filters.items() if values}


def _parties(actors: Iterable[str], site: Site) -> list[str]:
    """The parties that the actors are or speak for."""
    speaking = {site.party_of(who) for who in actors}
    return [site.actors[party].label for party in site.parties() if party in speaking]


def _named(who: str, site: Site) -> str:
    return site.actors[who].name if site.claimant(who) == who else who


def _names(actors: Iterable[str], places: Iterable[str], site: Site) -> Iterator[str]:
    """All that the actors and the places are called, by either side and in any script."""
    for who in dict.fromkeys(actors):
        if ident := site.claimant(who):
            actor = site.actors[ident]
            yield from (actor.name, actor.short, *(name for _, name in actor.names))
    for ident in places:
        place = site.places[ident]
        yield from (place.name, place.province, *(name for _, name in place.names))


def _titles(sources: Iterable[str], site: Site) -> Iterator[str]:
    for source in sources:
        yield from (site.sources[source].title, site.sources[source].publisher)


def _years(date: Edtf) -> list[str]:
    first, last = date.first.year, date.last.year
    years = range(first, last + 1) if last - first < MOST_YEARS else (first, last)
    return [f"{year:04}" for year in years]
