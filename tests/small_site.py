"""A chronology of a few records, made in a test: only what the test is about needs to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.record import edtf
from generator.record.model import (
    Actor,
    Agreement,
    Claim,
    Event,
    Figure,
    Group,
    Kind,
    Lane,
    Measure,
    Page,
    Period,
    Place,
    Role,
    Settings,
    Source,
    Vocabulary,
)
from generator.record.outline import Count, in_order, outline
from generator.record.site import Site

if TYPE_CHECKING:
    from collections.abc import Mapping

VOCABULARY = Vocabulary(
    lanes=(Lane("hostilities", "Hostilities"), Lane("diplomacy", "Diplomacy")),
    kinds=(Kind("clash", "Clash", "hostilities"), Kind("talks", "Talks", "diplomacy")),
    measures=(Measure("killed", "Killed", "people"),),
    groups=(Group("all", "all"), Group("soldiers", "soldiers")),
)
ACTORS = {
    "upper": Actor("upper", "The Upper Town", "party", "Upper Town"),
    "lower": Actor("lower", "The Lower Town", "party", "Lower Town"),
    "speaker": Actor("speaker", "The Speaker", "official", party="upper"),
}
SOURCES = {
    "gazette": Source("gazette", "A title", "The Gazette", url="https://example.org/1"),
    "wire": Source("wire", "Another", "The Wire", url="https://example.org/2", origin="gazette"),
}
SETTINGS = Settings("A site", "https://example.org/")


def event(date: str, **fields: Any) -> Event:  # noqa: ANN401 - whatever an event has
    """An event on a date; its slug is the date unless it is given."""
    given: dict[str, Any] = {
        "slug": date.replace("/", "-"),
        "file": "",
        "title": f"On {date}",
        "kind": "clash",
        "sources": ("gazette",),
    }
    return Event(date=edtf.parse(date), **(given | fields))


def figure(as_of: str, low: float, high: float = 0, **fields: Any) -> Figure:  # noqa: ANN401
    """A number of killed, of both sides together, by the gazette."""
    given: dict[str, Any] = {"measure": "killed", "scope": "total", "source": "gazette"}
    given |= {"bound": "between" if high else "value"}
    given |= {"low": low, "high": high or low, "as_of": edtf.parse(as_of)}
    return Figure(**(given | fields))


def truce(slug: str, *periods: tuple[str, str], status: str = "collapsed") -> Agreement:
    """An agreement in force from … to …; an empty end means still."""
    in_force = tuple(Period(edtf.parse(start), edtf.parse(end) if end else None) for start, end in periods)
    return Agreement(slug, "", slug, status, ("gazette",), in_force=in_force)


def role(agreement: str, name: str) -> tuple[Role, ...]:
    """What an event is in the story of an agreement."""
    return (Role(agreement, name),)


def claim(by: str, question: str = "", *, denies: bool = False) -> Claim:
    """A claim."""
    return Claim(by, "It was so", "gazette", question, denies)


def counts(*figures: Figure) -> list[Count]:
    """Figures as charts have them, of one entry that gives them all."""
    return [Count._make(count) for count in outline(event("2025-12-01", figures=figures)).counts]


def site(  # noqa: PLR0913 - of each, what the test is about
    *events: Event,
    agreements: tuple[Agreement, ...] = (),
    pages: tuple[Page, ...] = (),
    actors: Mapping[str, Actor] = ACTORS,
    places: Mapping[str, Place] | None = None,
    sources: Mapping[str, Source] = SOURCES,
    settings: Settings = SETTINGS,
    vocabulary: Vocabulary = VOCABULARY,
    uncited: Mapping[str, int] | None = None,
) -> Site:
    """A chronology of these events.  uncited: of an entry, how many sentences carry no citation."""
    shelves: dict[str, Mapping[str, object]] = {
        "entries": {each.slug: each for each in events},
        "agreements": {each.slug: each for each in agreements},
        "pages": {each.slug: each for each in pages},
        "actors": actors,
        "places": places or {},
        "sources": sources,
    }
    made = Site(
        settings,
        vocabulary,
        *in_order(map(outline, events)),
        {shelf: dict.fromkeys(records, "") for shelf, records in shelves.items()},
        lambda shelf, ident, _: shelves[shelf][ident],
    )
    made.uncited = uncited or {}
    return made
