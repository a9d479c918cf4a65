"""Entries by place, actor and kind: a list of all, and a page for each with its entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.maps import Locator, PlaceMap, locator, place_map, position
from generator.pages.page import Crumb, Page, Parts, split
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.record.model import Actor, Event, Kind, Place, Site

LIST_PART = 300
"""Rows on one part of a list of all places or actors."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an index page is about.  `facts` are (label, words) pairs; `names` are (language or side, name) pairs."""

    name: str
    address: str
    about: str
    entries: int
    group: str
    facts: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One place, actor or kind with its entries."""

    subject: Subject
    entries: tuple[parts.Card, ...]
    parts: Parts
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class SubjectsView:
    """All places, actors or kinds, in groups."""

    groups: tuple[tuple[str, tuple[Subject, ...]], ...]
    count: int
    parts: Parts
    map: PlaceMap | None = None


def pages(site: Site) -> Iterator[Page]:
    """Places, actors, kinds."""
    places = sorted(site.places.values(), key=lambda place: (place.country, place.name))
    subjects = [_place(place, site) for place in places]
    yield from _all(site, "places", "Places", subjects, site.events_by_place)
    actors = sorted(site.actors.values(), key=lambda actor: (ROLE_ORDER.index(actor.role), actor.name))
    yield from _all(site, "actors", "Actors", [_actor(actor, site) for actor in actors], site.events_by_actor)
    kinds = [_kind(kind, site) for kind in site.vocabulary.kinds]
    yield from _all(site, "kinds", "Kinds of event", kinds, site.events_by_kind)


ROLE_ORDER = ("party", "mediator", "observer", "organisation", "official")
ROLE_NAMES = {
    "party": "Parties",
    "mediator": "Mediators",
    "observer": "Observers",
    "organisation": "Organisations",
    "official": "Officials",
}


def _place(place: Place, site: Site) -> Subject:
    facts = [("Country", place.country)]
    if place.province:
        facts.append(("Province", place.province))
    if place.lat is not None and place.lon is not None:
        precision = f", within about {place.precision_km:g} km" if place.precision_km else ""
        facts.append(("Position", f"{position(place)}{precision}"))
    return Subject(
        place.name,
        urls.place(place.id),
        place.about,
        len(site.events_by_place.get(place.id, ())),
        place.country,
        tuple(facts),
        place.names,
    )


def _actor(actor: Actor, site: Site) -> Subject:
    facts = []
    if actor.party:
        facts.append(("Speaks for", site.actors[actor.party].name))
    entries = len(site.events_by_actor.get(actor.id, ()))
    return Subject(
        actor.name, urls.actor(actor.id), actor.about, entries, ROLE_NAMES[actor.role], tuple(facts), actor.names
    )


def _kind(kind: Kind, site: Site) -> Subject:
    entries = len(site.events_by_kind.get(kind.id, ()))
    return Subject(kind.name, urls.kind(kind.id), kind.about, entries, site.lanes[kind.lane].name)


def _all(
    site: Site, folder: str, title: str, subjects: list[Subject], entries: Mapping[str, tuple[Event, ...]]
) -> Iterator[Page]:
    """The list of all subjects, in parts, then a page for each, in parts."""
    section = "timeline" if folder == "kinds" else folder
    for address, place, chosen in split(f"{folder}/", subjects, LIST_PART):
        groups: dict[str, list[Subject]] = {}
        for subject in chosen:
            groups.setdefault(subject.group, []).append(subject)
        grouped = tuple((name, tuple(members)) for name, members in groups.items())
        heading = title if place.number == 1 else f"{title}, part {place.number}"
        drawn = place_map(site) if folder == "places" and place.number == 1 else None
        view = SubjectsView(grouped, len(subjects), place, drawn)
        yield Page(
            address,
            "pages/subjects.html",
            heading,
            view,
            f"{title} of the chronology, with their entries.",
            section=section,
        )
    for subject in subjects:
        ident = subject.address.rstrip("/").rpartition("/")[2]
        for address, place, events in split(subject.address, entries.get(ident, ())):
            heading = subject.name if place.number == 1 else f"{subject.name}, part {place.number}"
            where = locator((ident,), site) if folder == "places" else None
            view_ = SubjectView(subject, parts.cards(events, site), place, where)
            description = f"{subject.name}: {subject.entries} entries in order of time."
            yield Page(
                address, "pages/subject.html", heading, view_, description, (Crumb(title, f"{folder}/"),), section
            )
