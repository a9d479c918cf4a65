"""Entries by place, actor and kind: a list of all, and a page for each with its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.maps import Locator, PlaceMap, locator, place_map, position
from generator.pages.page import Crumb, Page, PageKind, Parts, numbered
from generator.record import urls
from generator.record.counting import counted
from generator.record.site import chosen, part_count
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.record.keys import Output
    from generator.record.site import Site

LIST_PART = 250
"""Rows on one part of a list of all places or actors."""


class Subject(NamedTuple):
    """What an index page is about.  `facts` are (label, words) pairs; `names` are (language or side, name) pairs."""

    name: str
    address: str
    about: str
    group: str
    facts: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


class SubjectView(NamedTuple):
    """One place, actor or kind with its entries.  `total` is the number of all, 0 on the parts after the first."""

    subject: Subject
    total: int
    entries: tuple[parts.Card, ...]
    parts: Parts
    locator: Locator | None


class SubjectsView(NamedTuple):
    """All places, actors or kinds, in groups, each with the number of its entries."""

    groups: tuple[tuple[str, tuple[tuple[Subject, int], ...]], ...]
    total: int
    parts: Parts
    map: PlaceMap | None


ROLE_ORDER = ("party", "mediator", "observer", "organisation", "official")
ROLE_NAMES = {
    "party": "Parties",
    "mediator": "Mediators",
    "observer": "Observers",
    "organisation": "Organisations",
    "official": "Officials",
}


def _places(_: str, site: Site) -> tuple[str, ...]:
    """All places in the order of their list."""
    return tuple(place.id for place in sorted(site.places.values(), key=lambda place: (place.country, place.name)))


def _actors(_: str, site: Site) -> tuple[str, ...]:
    """All actors in the order of their list."""
    ordered = sorted(site.actors.values(), key=lambda actor: (ROLE_ORDER.index(actor.role), actor.name))
    return tuple(actor.id for actor in ordered)


def _kinds(_: str, site: Site) -> tuple[str, ...]:
    return tuple(site.kinds)


def _place(ident: str, site: Site) -> Subject:
    place = site.places[ident]
    facts = [("Country", place.country)]
    if place.province:
        facts.append(("Province", place.province))
    if place.lat is not None and place.lon is not None:
        precision = f", within about {place.precision_km:g} km" if place.precision_km else ""
        facts.append(("Position", f"{position(place)}{precision}"))
    return Subject(place.name, urls.place(ident), place.about, place.country, tuple(facts), place.names)


def _actor(ident: str, site: Site) -> Subject:
    actor = site.actors[ident]
    facts: tuple[tuple[str, str], ...] = ()
    if actor.party:
        facts = (("Speaks for", site.actors[actor.party].name),)
    elif actor.role == "party":
        facts = (("Entries", "those of its institutions and officials too"),)
    return Subject(actor.name, urls.actor(ident), actor.about, ROLE_NAMES[actor.role], facts, actor.names)


def _kind(ident: str, site: Site) -> Subject:
    kind = site.kinds[ident]
    return Subject(kind.name, urls.kind(ident), kind.about, site.lanes[kind.lane].name)


class Index(NamedTuple):
    """A way to list entries: its address, its title, the section of the navigation, its subjects in order."""

    folder: str
    title: str
    section: str
    order: Callable[[str, Site], tuple[str, ...]]
    subject: Callable[[str, Site], Subject]


INDEXES = {
    "place": Index("places/", "Places", "places", _places, _place),
    "actor": Index("actors/", "Actors", "actors", _actors, _actor),
    "kind": Index("kinds/", "Kinds of event", "timeline", _kinds, _kind),
}


def outputs(site: Site) -> Iterator[Output]:
    """For places, actors and kinds: the list of all, in parts, then a page for each, in parts."""
    for what in INDEXES:
        idents = in_order(what, site)
        yield from numbered("subjects", what, items=len(idents), size=LIST_PART)
        for ident in idents:
            yield from numbered("subject", what, ident, items=site.how_many(what, ident))


@derivation
def in_order(what: str, site: Site) -> tuple[str, ...]:
    """All places, actors or kinds in the order of their list."""
    return INDEXES[what].order(what, site)


def _subjects(site: Site, what: str, number: int) -> Page:
    index, idents = INDEXES[what], in_order(what, site)
    place = Parts(index.folder, number, part_count(len(idents), LIST_PART))
    groups: dict[str, list[tuple[Subject, int]]] = {}
    for ident in chosen(idents, number, LIST_PART):
        subject = index.subject(ident, site)
        groups.setdefault(subject.group, []).append((subject, site.how_many(what, ident)))
    grouped = tuple((name, tuple(members)) for name, members in groups.items())
    drawn = place_map(site) if what == "place" and number == 1 else None
    view = SubjectsView(grouped, len(idents), place, drawn)
    description = f"{index.title} of the chronology, with their entries."
    address = urls.part(index.folder, number)
    return Page(
        address, "pages/subjects.html", place.titled(index.title), lambda: view, description, section=index.section
    )


def _subject(site: Site, what: str, ident: str, number: int) -> Page:
    index = INDEXES[what]
    subject = index.subject(ident, site)
    place = Parts(subject.address, number, site.parts_of(what, ident))
    total = site.how_many(what, ident) if number == 1 else 0

    def view() -> SubjectView:
        where = locator((ident,), site) if what == "place" else None
        return SubjectView(subject, total, parts.cards(site.listed_part(what, ident, number), site), place, where)

    entries = counted(total, "entry", "entries") if number == 1 else "entries"
    description = f"{place.titled(subject.name)}: {entries} in order of time."
    crumbs = (Crumb(index.title, index.folder),)
    address = urls.part(subject.address, number)
    return Page(address, "pages/subject.html", place.titled(subject.name), view, description, crumbs, index.section)


KINDS = {
    "subjects": PageKind(_subjects, lambda what, number: urls.part(INDEXES[what].folder, number)),
    "subject": PageKind(_subject, lambda what, ident, number: urls.part(f"{INDEXES[what].folder}{ident}/", number)),
}
