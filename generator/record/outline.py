"""The outline of an entry: what lists, charts and the order of time are made of.

It holds plain texts and tuples alone, no headline and no prose: a cache reads it quickly, and most edits leave it as it
was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.model import Event, Figure

Plain = tuple[Any, ...]
"""A record as a plain tuple of texts, numbers and plain tuples, which a cache can keep."""


class Said(NamedTuple):
    """Who answers which question, and whether with a denial; `question` is empty for other claims."""

    by: str
    question: str
    denies: bool


class Count(NamedTuple):
    """A figure without its note, as charts and spans need it.

    day, begins: the last day that it speaks of, and the first that it covers or else speaks of, as ISO texts.
    counted: whether it names the day that it counts from.  as_of: as written.
    slug, at: the entry that gives it, and its place among the entry's figures.
    """

    measure: str
    scope: str
    group: str
    bound: str
    low: float
    high: float
    day: str
    begins: str
    counted: bool
    as_of: str
    said_by: str
    source: str
    slug: str
    at: int


class Outline(NamedTuple):
    """An entry as lists need it.  `first` and `last` are the days that its date can mean, as ISO texts.

    roles: of each agreement its slug, what the entry is in its story, the terms, who alleges the breach.
    said, counts: plain tuples, to be opened with Said._make and Count._make.
    """

    slug: str
    file: str
    first: str
    last: str
    time: str
    kind: str
    actors: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]
    roles: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]
    said: tuple[Plain, ...]
    counts: tuple[Plain, ...]
    corrected: tuple[str, ...]
    aliases: tuple[str, ...]
    withdrawn: bool
    draft: bool

    @property
    def sort_key(self) -> tuple[str, bool, str, str, str]:
        """By the first day that the date can mean; on that day those with a time first, then the shorter."""
        return (self.first, not self.time, self.time, self.last, self.slug)


class Order(NamedTuple):
    """The entries that are shown, in order of time.

    files: of each its file, by slug.  withdrawn: those of them that lists leave out.  left_out: how many drafts are not
    shown.
    """

    files: dict[str, str]
    withdrawn: frozenset[str]
    left_out: int


def in_order(outlines: Iterable[Outline], *, drafts: bool = False) -> tuple[Order, dict[str, Outline]]:
    """The order of entries, and the outline of each that is shown; drafts: whether these are."""
    known = sorted(outlines, key=lambda each: each.sort_key)
    shown = {each.slug: each for each in known if drafts or not each.draft}
    withdrawn = frozenset(slug for slug, each in shown.items() if each.withdrawn)
    return Order({slug: each.file for slug, each in shown.items()}, withdrawn, len(known) - len(shown)), shown


def outline(event: Event) -> Outline:
    """The outline of an entry."""
    return Outline(
        event.slug,
        event.file,
        event.date.first.isoformat(),
        event.date.last.isoformat(),
        event.time.start if event.time else "",
        event.kind,
        event.actors,
        event.places,
        event.sources,
        tuple((role.id, role.role, role.terms, role.by) for role in event.agreements),
        tuple((claim.by, claim.question, claim.denies) for claim in event.claims),
        tuple(_count(figure, event.slug, index) for index, figure in enumerate(event.figures)),
        tuple(correction.date.first.isoformat() for correction in event.corrections),
        event.aliases,
        event.withdrawn is not None,
        event.draft,
    )


def _count(figure: Figure, slug: str, index: int) -> Plain:
    begins = figure.since.first if figure.since else figure.as_of.first
    return (
        figure.measure,
        figure.scope,
        figure.group,
        figure.bound,
        figure.low,
        figure.high,
        figure.as_of.last.isoformat(),
        begins.isoformat(),
        figure.since is not None,
        figure.as_of.text,
        figure.said_by,
        figure.source,
        slug,
        index,
    )
