"""The records of a chronology, as believed: every reference between them resolves, every value has its type.

Ids are slugs.  Tuples keep the order of the files, which is the order of display.  What a file is made of is a class of
its own; what stands in lists is a NamedTuple, which is made, kept and read back in half the time.
"""

from __future__ import annotations

import html
import re
from datetime import date as day
from typing import TYPE_CHECKING, Any

from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.clock import Clock
    from generator.record.edtf import Edtf

TOTAL = "total"
"""The scope of a figure that counts both sides together."""
THIRD_PARTY = "third-party"
"""The perspective of a source that speaks for neither side."""


# --- prose -----------------------------------------------------------------------------------------------------------


class Pointer(NamedTuple):
    """From a statement to one source: its id and, for a passage, the quoted words."""

    source: str
    words: str = ""


class Citation(NamedTuple):
    """One bracket of a text, `[@a; @b "quoted words"]`."""

    pointers: tuple[Pointer, ...]


class Link(NamedTuple):
    """`[[slug]]` or `[[slug|words]]`: from a text to an entry, agreement or page."""

    slug: str
    words: str = ""


_TAG = re.compile(r"<[^>]+>")
_BEFORE_STOP = re.compile(r" +(?=[.,;:!?])")


class Prose(NamedTuple):
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
            (_TAG.sub("", piece) if "<" in piece else piece)
            if isinstance(piece, str)
            else (piece.words or piece.slug)
            if isinstance(piece, Link)
            else ""
            for piece in self.pieces
        )
        text = "".join(pieces)
        return _BEFORE_STOP.sub("", " ".join((html.unescape(text) if "&" in text else text).split()))


NO_PROSE = Prose()


# --- what entries choose from ----------------------------------------------------------------------------------------


class Term(NamedTuple):
    """One undertaking of an agreement."""

    id: str
    text: str
    deadline: Edtf | None = None


class Lane(NamedTuple):
    """A line of the chronology: hostilities, diplomacy, civilians, background."""

    id: str
    name: str
    about: str = ""


class Kind(NamedTuple):
    """A kind of event, and the lane that it is drawn in."""

    id: str
    name: str
    lane: str
    about: str = ""


class Measure(NamedTuple):
    """What a figure counts, and in what unit; a cumulative one is counted from a first day on, and only grows."""

    id: str
    name: str
    unit: str
    about: str = ""
    cumulative: bool = False


class Group(NamedTuple):
    """Whom a figure counts: all, civilians, soldiers."""

    id: str
    name: str
    about: str = ""


class Vocabulary(NamedTuple):
    """The four lists that entries choose from, in the order of display."""

    lanes: tuple[Lane, ...] = ()
    kinds: tuple[Kind, ...] = ()
    measures: tuple[Measure, ...] = ()
    groups: tuple[Group, ...] = ()


class Actor(NamedTuple):
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


class Place(NamedTuple):
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


class Source(NamedTuple):
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


class Claim(NamedTuple):
    """A statement that may be disputed, and who makes it: an actor's id or plain words."""

    by: str
    says: str
    source: str
    question: str = ""
    denies: bool = False


class Figure(NamedTuple):
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


BREACH = "alleged-violation"
"""What an entry is in the story of an agreement when it tells of an alleged breach."""


class Role(NamedTuple):
    """What an entry is in the story of an agreement, and which of its terms it concerns.

    by: actors who allege the breach that the entry tells of; none where its claims tell.
    """

    id: str
    role: str
    terms: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


class Correction(NamedTuple):
    """What was wrong and what it says now."""

    date: Edtf
    text: str


class Withdrawal(NamedTuple):
    """Why an entry no longer stands; its page stays as a tombstone."""

    date: Edtf
    reason: str


class Image(NamedTuple):
    """A picture: `file` is its name in `images/`, `alt` says what it shows."""

    file: str
    alt: str
    credit: str
    source: str


class Event(NamedTuple):
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
    body: Prose = NO_PROSE
    lead: Prose = NO_PROSE
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


class Period(NamedTuple):
    """From the first to the last day in force, both inclusive; `end` is None while it lasts."""

    start: Edtf
    end: Edtf | None = None

    def span(self, now: day) -> tuple[day, day]:
        """Its first and last day; one that lasts, lasts until now."""
        return self.start.first, self.end.last if self.end else max(now, self.start.first)


class Agreement(NamedTuple):
    """A text agreed, or proposed: its terms, who is bound by it, and when it was in force."""

    slug: str
    file: str
    title: str
    status: str
    sources: tuple[str, ...]
    signed: Edtf | None = None
    in_force: tuple[Period, ...] = ()
    status_note: Prose = NO_PROSE
    place: str = ""
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    supersedes: tuple[str, ...] = ()
    body: Prose = NO_PROSE
    lead: Prose = NO_PROSE

    @property
    def sort_key(self) -> tuple[day, str]:
        """By the day of signing, else by the day that the slug begins with, else last."""
        try:
            named = day.fromisoformat(self.slug[:10])
        except ValueError:
            named = day.max
        return (self.signed.first if self.signed else named, self.slug)

    @property
    def goes_on(self) -> bool:
        """Whether a period in force has no end yet: then what is said of it is as of a day."""
        return any(period.end is None for period in self.in_force)

    def spans(self, now: day) -> Iterator[tuple[day, day]]:
        """The first and the last day of each period in force, as of now; none for what is no truce."""
        return (period.span(now) for period in self.in_force)

    def days_held(self, now: day) -> int:
        """Days in force until now, the first and the last included."""
        return sum((last - first).days + 1 for first, last in self.spans(now))


class Page(NamedTuple):
    """A plain page: about, method."""

    slug: str
    file: str
    title: str
    summary: str = ""
    body: Prose = NO_PROSE
    lead: Prose = NO_PROSE


class Settings(NamedTuple):
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


def listed_in(record: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what a file says, of any kind
    """The records of a list; none of one record, which is a tuple too, but a named one."""
    return record if type(record) is tuple else ()


class History(NamedTuple):
    """The days on which a file was first published and last changed, in the site's zone."""

    first: day
    last: day
