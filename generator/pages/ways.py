"""Ways in, each with its number of entries: by year, by kind, by place, by actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.model import Site


@dataclass(frozen=True, slots=True)
class Way:
    """A name, an address, and how many entries it leads to."""

    name: str
    address: str
    count: int


def by_year(site: Site) -> tuple[Way, ...]:
    """The years with entries, in order."""
    counts: dict[int, int] = {}
    for event in site.events:
        counts[event.date.first.year] = counts.get(event.date.first.year, 0) + 1
    return tuple(Way(f"{year:04}", urls.year(year), count) for year, count in counts.items())


def by_kind(site: Site) -> tuple[Way, ...]:
    """All kinds, in the order of display."""
    return tuple(
        Way(kind.name, urls.kind(kind.id), len(site.events_by_kind.get(kind.id, ()))) for kind in site.vocabulary.kinds
    )


def by_place(site: Site) -> tuple[Way, ...]:
    """The places with entries, by name."""
    places = ((site.places[ident], entries) for ident, entries in site.events_by_place.items())
    return _sorted(Way(place.name, urls.place(place.id), len(entries)) for place, entries in places)


def by_actor(site: Site) -> tuple[Way, ...]:
    """The actors with entries, by name."""
    actors = ((site.actors[ident], entries) for ident, entries in site.events_by_actor.items())
    return _sorted(Way(actor.label, urls.actor(actor.id), len(entries)) for actor, entries in actors)


def busiest(ways: tuple[Way, ...], most: int = 10) -> tuple[Way, ...]:
    """Those with most entries, by name."""
    return _sorted(sorted(ways, key=lambda way: (-way.count, way.name))[:most])


def _sorted(ways: Iterable[Way]) -> tuple[Way, ...]:
    return tuple(sorted(ways, key=lambda way: (way.name, way.address)))
