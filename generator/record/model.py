"""The records of a chronology, as believed: every reference between them resolves, every value has its type.

Ids are slugs.  Tuples keep the order of the files, which is the order of display.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date as day
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.record.clock import Clock
    from generator.record.edtf import Edtf
    from generator.record.ground import BaseMap

K = TypeVar("K")
V = TypeVar("V")

TOTAL = "total"
"""The scope of a figure that counts both sides together."""
THIRD_PARTY = "third-party"
"""The perspective of a source that speaks for neither side."""


# --- prose -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pointer:
    """From a statement to one source: its id and, for a passage, the quoted words."""

    source: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One bracket of a text, `[@a; @b "quoted words"]`."""

    pointers: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """`[[slug]]` or `[[slug|words]]`: from a text to another entry or agreement."""

    slug: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as pieces: cleaned HTML in strings; citations and links still as records, for a page to number."""

    pieces: tuple[str | Citation | Link, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation, in reading order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Citation))

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link to another entry or agreement, in reading order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Link))

    @property
    def words(self) -> str:
        """The words alone, without tags and citations; a link gives its words or its slug."""
        pieces = (
            re.sub(r"<[^>]+>", "", piece)
            if isinstance(piece, str)
            else (piece.words or piece.slug)
            if isinstance(piece, Link)
            else ""
            for piece in self.pieces
        )
        return re.sub(r" +([.,;:!?])", r"\1", " ".join(html.unescape("".join(pieces)).split()))


# --- what entries choose from ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """One undertaking of an agreement."""

    id: str
    text: str
    deadline: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of the chronology: hostilities, diplomacy, civilians, background."""

    id: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event, and the lane that it is drawn in."""

    id: str
    name: str
    lane: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts, and in what unit; a cumulative one is counted from a first day on, and only grows."""

    id: str
    name: str
    unit: str
    about: str = ""
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a figure counts: all, civilians, soldiers."""

    id: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The four lists that entries choose from, in the order of display."""

    lanes: tuple[Lane, ...] = ()
    kinds: tuple[Kind, ...] = ()
    measures: tuple[Measure, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts or speaks.  `party` is the actor whose side it speaks for; `names` maps a language to a name."""

    id: str
    name: str
    role: str
    short: str = ""
    names: tuple[tuple[str, str], ...] = ()
    party: str = ""
    about: str = ""

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Place:
    """A named location: WGS 84 degrees, latitude first; `precision_km` is the radius within which it lies."""

    id: str
    name: str
    country: str
    names: tuple[tuple[str, str], ...] = ()
    province: str = ""
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that statements rest on.  `origin` is the agency or the source that it reprints."""

    id: str
    title: str
    publisher: str
    published: Edtf | None = None
    url: str = ""
    author: str = ""
    accessed: Edtf | None = None
    archived: str = ""
    language: str = ""
    kind: str = ""
    perspective: str = THIRD_PARTY
    origin: str = ""
    quote: str = ""
    note: str = ""


# --- entries ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that may be disputed, and who makes it: an actor's id or plain words."""

    by: str
    says: str
    source: str
    question: str = ""
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as its source gives it; we never add, round or average figures.

    bound: `value`, `at_least`, `at_most`, `about` or `between`.  low, high: both inclusive and equal but for `between`.
    as_of: the day the count speaks of, not the day it was published.  since: the first day that it covers.
    """

    measure: str
    scope: str
    bound: str
    low: float
    high: float
    as_of: Edtf
    source: str
    group: str = ""
    said_by: str = ""
    since: Edtf | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What an entry is in the story of an agreement, and which of its terms it concerns."""

    id: str
    role: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong and what it says now."""

    date: Edtf
    text: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why an entry no longer stands; its page stays as a tombstone."""

    date: Edtf
    reason: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: `file` is its name in `images/`, `alt` says what it shows."""

    file: str
    alt: str
    credit: str
    source: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as one entry records it.  `file` is its path inside the content folder."""

    slug: str
    file: str
    title: str
    date: Edtf
    kind: str
    sources: tuple[str, ...]
    time: Clock | None = None
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    agreements: tuple[Role, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    summary: str = ""
    body: Prose = field(default_factory=Prose)
    lead: Prose = field(default_factory=Prose)
    corrections: tuple[Correction, ...] = ()
    image: Image | None = None
    aliases: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    draft: bool = False

    @property
    def sort_key(self) -> tuple[day, bool, str, day, str]:
        """By the first day that the date can mean; on that day those with a time first, then the shorter."""
        return (self.date.first, self.time is None, self.time.start if self.time else "", self.date.last, self.slug)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that its claims answer, in order of first mention."""
        return tuple(dict.fromkeys(claim.question for claim in self.claims if claim.question))


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day in force, both inclusive; `end` is None while it lasts."""

    start: Edtf
    end: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A text agreed, or proposed: its terms, who is bound by it, and when it was in force."""

    slug: str
    file: str
    title: str
    status: str
    sources: tuple[str, ...]
    signed: Edtf | None = None
    in_force: tuple[Period, ...] = ()
    status_note: str = ""
    place: str = ""
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    supersedes: tuple[str, ...] = ()
    body: Prose = field(default_factory=Prose)
    lead: Prose = field(default_factory=Prose)

    @property
    def sort_key(self) -> tuple[day, str]:
        """By the day of signing, else by the day that the slug begins with, else last."""
        try:
            named = day.fromisoformat(self.slug[:10])
        except ValueError:
            named = day.max
        return (self.signed.first if self.signed else named, self.slug)


@dataclass(frozen=True, slots=True)
class Page:
    """A plain page: about, method."""

    slug: str
    file: str
    title: str
    summary: str = ""
    body: Prose = field(default_factory=Prose)
    lead: Prose = field(default_factory=Prose)


@dataclass(frozen=True, slots=True)
class Settings:
    """`site.yml`: what the whole site is called, where it is published, and by whom."""

    title: str
    base_url: str
    tagline: str = ""
    short_title: str = ""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    licence: str = ""
    repository: str = ""
    editors: tuple[str, ...] = ()

    def absolute(self, address: str) -> str:
        """A page's address with the host that the site is published on."""
        return f"{self.base_url.rstrip('/')}/{address}"


@dataclass(frozen=True, slots=True)
class History:
    """The days on which a file was first published and last changed, in the site's zone."""

    first: day
    last: day


# --- the whole -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Site:
    """The whole chronology, checked.  `events` holds what readers are shown, in order; the rest is by id.

    Two sites are the same only if they are one: so what is computed of a site can be remembered by it.
    """

    settings: Settings
    vocabulary: Vocabulary
    events: tuple[Event, ...] = ()
    withdrawn: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    pages: tuple[Page, ...] = ()
    actors: Mapping[str, Actor] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    drafts_left_out: int = 0
    history: Mapping[str, History] = field(default_factory=dict)
    """By file, of those whose history is known."""
    base_map: BaseMap | None = None
    """What lies under the places, where there is a base map of there."""
    uncited: Mapping[str, int] = field(default_factory=dict)
    """Sentences without a citation, by the slug of the entry that has them."""

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Kinds by id, in the order of display."""
        return {kind.id: kind for kind in self.vocabulary.kinds}

    @cached_property
    def lanes(self) -> dict[str, Lane]:
        """Lanes by id, in the order of display."""
        return {lane.id: lane for lane in self.vocabulary.lanes}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id, in the order of display."""
        return {measure.id: measure for measure in self.vocabulary.measures}

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Groups by id, in the order of display."""
        return {group.id: group for group in self.vocabulary.groups}

    @cached_property
    def events_by_slug(self) -> dict[str, Event]:
        """Entries by slug, the withdrawn ones too."""
        return {event.slug: event for event in (*self.events, *self.withdrawn)}

    @cached_property
    def agreements_by_slug(self) -> dict[str, Agreement]:
        """Agreements by slug."""
        return {agreement.slug: agreement for agreement in self.agreements}

    @cached_property
    def newest(self) -> Event | None:
        """The entry with the latest first day: what the site calls "now"."""
        return self.events[-1] if self.events else None

    def lane_of(self, event: Event) -> str:
        """The lane that an entry is drawn in."""
        return self.kinds[event.kind].lane

    @cached_property
    def events_by_place(self) -> dict[str, tuple[Event, ...]]:
        """Entries by place, in order."""
        return _index((place, event) for event in self.events for place in event.places)

    @cached_property
    def events_by_actor(self) -> dict[str, tuple[Event, ...]]:
        """Entries by actor, in order: those that list it or in which it makes a claim."""
        return _index(
            (actor, event)
            for event in self.events
            for actor in dict.fromkeys((*event.actors, *(actor.id for actor in self._claimants(event))))
        )

    def _claimants(self, event: Event) -> Iterator[Actor]:
        return (actor for claim in event.claims if (actor := self.claimant(claim.by)))

    @cached_property
    def events_by_kind(self) -> dict[str, tuple[Event, ...]]:
        """Entries by kind, in order."""
        return _index((event.kind, event) for event in self.events)

    @cached_property
    def events_by_source(self) -> dict[str, tuple[Event, ...]]:
        """Entries by the sources that they list, in order."""
        return _index((source, event) for event in self.events for source in event.sources)

    @cached_property
    def agreements_by_source(self) -> dict[str, tuple[Agreement, ...]]:
        """Agreements by the sources that they list."""
        return _index((source, agreement) for agreement in self.agreements for source in agreement.sources)

    @cached_property
    def events_by_agreement(self) -> dict[str, tuple[tuple[Event, Role], ...]]:
        """What entries say of each agreement, in order."""
        return _index((role.id, (event, role)) for event in self.events for role in event.agreements)

    @cached_property
    def claims_by_question(self) -> dict[str, tuple[tuple[Event, Claim], ...]]:
        """Every question that claims answer, with its answers in order of the chronology."""
        return _index(
            (claim.question, (event, claim)) for event in self.events for claim in event.claims if claim.question
        )

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The questions with rival accounts: two or more claimants, or a denial."""
        return frozenset(
            question
            for question, answers in self.claims_by_question.items()
            if len({claim.by for _, claim in answers}) > 1 or any(claim.denies for _, claim in answers)
        )

    def is_disputed(self, event: Event) -> bool:
        """Whether one of its questions has rival accounts."""
        return any(question in self.disputed for question in event.questions)

    @cached_property
    def _actors_by_name(self) -> dict[str, Actor]:
        return {name: actor for actor in self.actors.values() for name in (actor.short, actor.name) if name}

    def claimant(self, who: str) -> Actor | None:
        """The actor that a claim or a figure names: by id, or by plain words that begin with its name and a comma."""
        return self.actors.get(who) or self._actors_by_name.get(who.partition(",")[0])

    def party_of(self, who: str) -> str:
        """The party that an actor is or speaks for; empty for the rest and for plain words that name none."""
        actor = self.claimant(who)
        if actor is None:
            return ""
        return actor.id if actor.role == "party" else actor.party

    def origin_of(self, source: Source) -> str:
        """Where a source's account comes from, after all reprints: `6 sources, 2 origins` counts these."""
        seen = {source.id}
        while source.origin:
            following = self.sources.get(source.origin)
            if following is None or following.id in seen:
                return source.origin
            seen.add(following.id)
            source = following
        return source.publisher


def _index(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
