"""Ways in, each with its number of entries: by year, by kind, by place, by actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.record import urls
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.site import Site

MOST_LISTED = 200
"""Places or actors in one list: of more, those with most entries."""


class Way(NamedTuple):
    """A name, an address, and how many entries it leads to."""

    name: str
    address: str
    entries: int


def by_year(site: Site) -> tuple[Way, ...]:
    """The years with entries, in order."""
    return tuple(Way(year, urls.year(int(year)), count) for year, count in site.tally("year"))


def by_kind(site: Site) -> tuple[Way, ...]:
    """All kinds, in the order of display."""
    return tuple(Way(kind.name, urls.kind(kind.id), site.how_many("kind", kind.id)) for kind in site.vocabulary.kinds)


def by_place(site: Site, most: int = MOST_LISTED) -> tuple[Way, ...]:
    """The places with most entries, by name."""
    return _sorted(
        Way(site.places[ident].name, urls.place(ident), count) for ident, count in _busiest(site, "place", most)
    )


def by_actor(site: Site, most: int = MOST_LISTED) -> tuple[Way, ...]:
    """The actors with most entries, by name."""
    return _sorted(
        Way(site.actors[ident].label, urls.actor(ident), count) for ident, count in _busiest(site, "actor", most)
    )


def _busiest(site: Site, what: str, most: int) -> list[tuple[str, int]]:
    return sorted(site.tally(what), key=lambda pair: (-pair[1], pair[0]))[:most]


def _sorted(ways: Iterable[Way]) -> tuple[Way, ...]:
    return tuple(sorted(ways, key=lambda way: (way.name, way.address)))
