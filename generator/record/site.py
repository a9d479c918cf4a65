"""The whole chronology as pages see it: its records, and what can be asked of them together.

No query reads a source or a place, so that an edit of one asks none: what is made of these is a derivation.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, TypeVar

from generator.record import urls
from generator.record.edtf import parse
from generator.record.outline import Count, Order, Outline, Plain, Said
from generator.record.tracking import Shelf, Tracking, derivation, query, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from generator.record.ground import BaseMap
    from generator.record.keys import Key
    from generator.record.model import (
        Actor,
        Agreement,
        Event,
        Group,
        History,
        Kind,
        Lane,
        Measure,
        Page,
        Place,
        Settings,
        Source,
        Vocabulary,
    )

Month = tuple[int, int]
"""Year and month."""
Named = tuple[str, tuple[str, ...], tuple[str, ...], bool]
"""Of an entry: its kind, the parties whose side acts, its places, and whether it has a dispute."""
T = TypeVar("T")

PER_PART = 50
"""Entries on one part of a long list: a page's weight is bounded whatever the size of the corpus."""


class Site(Tracking):
    """A chronology: its shelves of records, and the queries to the whole.

    settings, vocabulary, and titles and addresses of plain pages are on every page, so they are tracked with none: when
    one of them changes, everything is made anew.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - it is made in one place
        self,
        settings: Settings,
        vocabulary: Vocabulary,
        order: Order,
        outlines: Mapping[str, Outline],
        shelves: Mapping[str, Mapping[str, str]],
        fetch: Callable[[str, str, str], Any],
        images: Collection[str] = (),
    ) -> None:
        """A site of entries in this order; other records by shelf and id, each with the name of its file.

        outlines: of each entry, by slug.  fetch: gives a record by its shelf, its id and its file.
        """
        super().__init__()
        self.settings = settings
        self.vocabulary = vocabulary
        self.kinds: dict[str, Kind] = {kind.id: kind for kind in vocabulary.kinds}
        self.lanes: dict[str, Lane] = {lane.id: lane for lane in vocabulary.lanes}
        self.measures: dict[str, Measure] = {measure.id: measure for measure in vocabulary.measures}
        self.groups: dict[str, Group] = {group.id: group for group in vocabulary.groups}
        self.images = images
        self.base_map: BaseMap | None = None
        """What lies under the places, where there is a base map of there; another is another site, as with settings."""
        self.shown = order
        self._order = tuple(slug for slug in order.files if slug not in order.withdrawn)
        self._outlines = outlines
        # set by a build: what a site is made of is known to publishing/, of which nothing may be imported here
        self.list_outputs: Callable[[Site], Iterable[Key]] = lambda _: ()
        self.list_addresses: Callable[[Iterable[Key]], tuple[str, ...]] = lambda _: ()
        self._fetch = fetch
        self.entries: Shelf[Event] = Shelf("entries", self, order.files, fetch)
        self.agreements: Shelf[Agreement] = Shelf("agreements", self, shelves["agreements"], fetch)
        self.pages: Shelf[Page] = Shelf("pages", self, shelves["pages"], fetch)
        self.actors: Shelf[Actor] = Shelf("actors", self, shelves["actors"], fetch)
        self.places: Shelf[Place] = Shelf("places", self, shelves["places"], fetch)
        self.sources: Shelf[Source] = Shelf("sources", self, shelves["sources"], fetch)
        self.history: Shelf[History] = Shelf("history", self, {}, fetch)
        self.uncited: Mapping[str, int] = {}
        """How many sentences carry no citation, by entry, of those that have any; see uncited_entries."""

    def know_history(self, history: Mapping[str, History]) -> None:
        """Take in when entries were published and changed, by file."""
        self.history = Shelf("history", self, dict.fromkeys(history, ""), lambda _, file, __: history[file])

    def outputs(self) -> tuple[Key, ...]:
        """All that the site is made of, in order: a key that is tracked, and changes when there is more, or less."""
        return _outputs("", self)

    def addresses(self) -> tuple[str, ...]:
        """The addresses of all pages that search engines are told of."""
        return _addresses("", self)

    # --- order in time -------------------------------------------------------------------------------------------

    @query
    def order(self) -> tuple[str, ...]:
        """Every entry that lists show, in order of time."""
        return self._order

    def _entries(self) -> Iterator[Outline]:
        """The outlines of all entries that lists show, in order of time."""
        return (self._outlines[slug] for slug in self._order)

    def uncited_entries(self) -> Iterator[tuple[str, str, int]]:
        """The entries with sentences that carry no citation, in order of time: month (`2025-12`), entry, how many."""
        self.track(("uncited", ""))
        for month, slugs in self._by_month():
            for slug in slugs:
                if slug in self.uncited:
                    yield month, slug, self.uncited[slug]

    @query
    def _by_month(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The entries of each month."""
        return tuple((month, self._listed("month", month)) for month in self._index("month"))

    @query
    def withdrawn(self) -> tuple[str, ...]:
        """The entries that were withdrawn."""
        return tuple(slug for slug in self.shown.files if slug in self.shown.withdrawn)

    @query
    def forwards(self) -> tuple[tuple[str, str], ...]:
        """Every former permalink, with the entry that it leads to: of the entries in order, then of those withdrawn."""
        slugs = (*self._order, *self.withdrawn())
        return tuple((alias, slug) for slug in slugs for alias in self._outlines[slug].aliases)

    @query
    def size(self) -> int:
        """How many entries there are."""
        return len(self._order)

    def outline(self, slug: str) -> Outline:
        """An entry as lists need it."""
        self.track(("outlines", slug))
        return self._outlines[slug]

    @query
    def newest(self, count: int = 1) -> tuple[str, ...]:
        """The last entries in order of time, the last first."""
        return self._order[-count:][::-1]

    @query
    def today(self) -> str:
        """What the site calls now: the first day of its newest entry; empty when it has none."""
        return next((self._outlines[slug].first for slug in self.newest(1)), "")

    @property
    def now(self) -> date:
        """The same as a date; the beginning of time when there is no entry."""
        return date.fromisoformat(self.today()) if self.today() else date.min

    @query
    def _places_in_order(self) -> dict[str, int]:
        return {slug: at for at, slug in enumerate(self._order)}

    @query
    def around(self, slug: str) -> tuple[str, str]:
        """The entries before and after one, empty at the ends."""
        at = self._places_in_order()[slug]
        return self._order[at - 1] if at else "", "".join(self._order[at + 1 : at + 2])

    @query
    def months(self) -> tuple[tuple[Month, int], ...]:
        """The months that have entries, and how many."""
        return tuple(((int(month[:4]), int(month[5:])), many) for month, many in self.tally("month"))

    @query
    def months_of(self, year: int) -> tuple[tuple[Month, int], ...]:
        """The months of a year that have entries, and how many."""
        return tuple(each for each in self.months() if each[0][0] == year)

    @query
    def years_around(self, year: int) -> tuple[int, int]:
        """The years with entries before and after one, 0 at the ends."""
        years = [int(each) for each, _ in self.tally("year")]
        at = years.index(year)
        return years[at - 1] if at else 0, years[at + 1] if at + 1 < len(years) else 0

    def _in_month(self, month: Month) -> tuple[str, ...]:
        """The entries of a month, in order of time."""
        return self._listed("month", "{:04}-{:02}".format(*month))

    @query
    def _month_places(self) -> dict[Month, int]:
        return {month: at for at, (month, _) in enumerate(self.months())}

    @query
    def months_around(self, month: Month) -> tuple[Month | None, Month | None]:
        """The months with entries before and after one, none at the ends."""
        at, months = self._month_places()[month], self.months()
        return months[at - 1][0] if at else None, months[at + 1][0] if at + 1 < len(months) else None

    @query
    def in_month(self, month: Month) -> int:
        """How many entries a month has."""
        return len(self._in_month(month))

    @query
    def _month_parts(self, month: Month) -> tuple[tuple[str, ...], ...]:
        """A month's entries in parts of at most PER_PART; a day is divided only when it alone has more."""
        parts: list[list[str]] = [[]]
        for _, same in groupby(self._in_month(month), key=lambda slug: self._outlines[slug].first):
            day = list(same)
            if parts[-1] and len(parts[-1]) + len(day) > PER_PART:
                parts.append([])
            for start in range(0, len(day), PER_PART):
                if start:
                    parts.append([])
                parts[-1] += day[start : start + PER_PART]
        return tuple(tuple(part) for part in parts)

    @query
    def month_parts(self, month: Month) -> int:
        """On how many pages a month stands."""
        return len(self._month_parts(month))

    @query
    def month_part(self, month: Month, number: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The days on the n-th page of a month, from 1, each with its entries."""
        slugs = self._month_parts(month)[number - 1]
        return tuple((day, tuple(same)) for day, same in groupby(slugs, key=lambda slug: self._outlines[slug].first))

    @query
    def day_parts(self, month: Month) -> dict[str, int]:
        """The number of the part of a month on which each of its days begins, from 1."""
        found: dict[str, int] = {}
        for number, part in enumerate(self._month_parts(month), 1):
            for slug in part:
                found.setdefault(self._outlines[slug].first, number)
        return found

    def day_address(self, day: str) -> str:
        """The address of the page that a day begins on."""
        return _day_address(day, self)

    @query
    def lanes_by_day(self, month: Month) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """The days of a month that have entries, each with its number of entries in each lane, in order."""
        days = groupby(self._in_month(month), key=lambda slug: self._outlines[slug].first)
        return tuple((day, self._lane_counts(same)) for day, same in days)

    @query
    def lanes_of_month(self, month: Month) -> tuple[tuple[str, int], ...]:
        """The number of a month's entries in each lane, in the order of lanes."""
        return self._lane_counts(self._in_month(month))

    def _lane_counts(self, slugs: Iterable[str]) -> tuple[tuple[str, int], ...]:
        counts = Counter(self.kinds[self._outlines[slug].kind].lane for slug in slugs)
        return tuple((lane, counts[lane]) for lane in self.lanes if counts[lane])

    @query
    def lanes_of_year(self, year: str) -> tuple[tuple[str, int], ...]:
        """The number of a year's entries in each lane, in the order of lanes."""
        return self._lane_counts(self._listed("year", year))

    @query
    def first_of_month(self, month: Month, most: int) -> tuple[int, tuple[str, ...]]:
        """How many entries a month has, and the first of them."""
        slugs = self._in_month(month)
        return len(slugs), slugs[:most]

    @query
    def nth_of_month(self, month: Month, number: int, size: int) -> tuple[int, tuple[str, ...]]:
        """How many entries a month has, and those on the n-th part of a list of so many each, from 1."""
        slugs = self._in_month(month)
        return len(slugs), slugs[(number - 1) * size : number * size]

    @query
    def named_in(self, month: Month) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The kinds, the parties whose side acts, and the places of a month's entries, each sorted by id."""
        within = [self._outlines[slug] for slug in self._in_month(month)]
        parties = {party for each in within for party in self._parties_in(each)}
        places = {place for each in within for place in each.places}
        return tuple(sorted({each.kind for each in within})), tuple(sorted(parties)), tuple(sorted(places))

    @query
    def named_in_part(self, month: Month, number: int) -> tuple[tuple[str, tuple[Named, ...]], ...]:
        """The days on the n-th page of a month, from 1: of each of their entries, what it names."""
        return tuple((day, tuple(map(self._named, slugs))) for day, slugs in self.month_part(month, number))

    def _named(self, slug: str) -> Named:
        each = self._outlines[slug]
        return each.kind, tuple(sorted(self._parties_in(each))), each.places, self.has_dispute(slug)

    def _parties_in(self, each: Outline) -> set[str]:
        """The parties whose side acts in an entry."""
        return {self.party_of(actor) for actor in each.actors} - {""}

    @query
    def weightiest(self, month: Month, most: int) -> tuple[str, ...]:
        """The entries of a month that rest on most sources, disputed first among equals, in order of time."""
        slugs = self._in_month(month)

        def weight(slug: str) -> tuple[int, bool]:
            return -len(self._outlines[slug].sources), not self.has_dispute(slug)

        chosen = set(sorted(slugs, key=weight)[:most])
        return tuple(slug for slug in slugs if slug in chosen)

    # --- entries by what they name -------------------------------------------------------------------------------

    @whole(lambda _: ("place", "actor", "kind", "source", "year", "month"))
    def _index(self, what: str) -> dict[str, tuple[int, ...]]:
        """Entries by place, actor, kind, source, year or month: of each its number in the order of time, from 0."""
        found: dict[str, list[int]] = {}
        for number, each in enumerate(self._entries()):
            for ident in self._names_of(each, what):
                found.setdefault(ident, []).append(number)
        return {ident: tuple(numbers) for ident, numbers in found.items()}

    def _listed(self, what: str, ident: str, first: int = 0, end: int | None = None) -> tuple[str, ...]:
        return tuple(self._order[number] for number in self._index(what).get(ident, ())[first:end])

    def _names_of(self, each: Outline, what: str) -> Iterable[str]:
        match what:
            case "place":
                return dict.fromkeys(each.places)
            case "actor":
                claimants = (self.claimant(by) for by, _, _ in each.said)
                sides = (self._sides().get(actor) for actor in each.actors)  # a party has the entries of its own too
                return dict.fromkeys((*each.actors, *(actor for actor in (*claimants, *sides) if actor)))
            case "source":
                return dict.fromkeys(each.sources)
            case "year":
                return (each.first[:4],)
            case "month":
                return (each.first[:7],)
        return (each.kind,)

    @query
    def listed(self, what: str, ident: str) -> tuple[str, ...]:
        """The entries of a place, actor, kind, source or year, in order of time."""
        return self._listed(what, ident)

    @query
    def how_many(self, what: str, ident: str) -> int:
        """How many entries a place, actor, kind, source or year has."""
        return len(self._index(what).get(ident, ()))

    @query
    def parts_of(self, what: str, ident: str) -> int:
        """On how many parts such a list stands: a part that says no more of the whole outlives most new entries."""
        return part_count(len(self._index(what).get(ident, ())))

    @query
    def listed_part(self, what: str, ident: str, number: int, size: int = PER_PART) -> tuple[str, ...]:
        """The entries on the n-th part of such a list, from 1."""
        return self._listed(what, ident, (number - 1) * size, number * size)

    @query
    def tally(self, what: str) -> tuple[tuple[str, int], ...]:
        """Places, actors, kinds, years or months with entries, each with their number, in order of first mention."""
        return tuple((ident, len(numbers)) for ident, numbers in self._index(what).items())

    @query
    def newest_sources(self, most: int) -> tuple[str, ...]:
        """The sources that the newest entries list, the newest first."""
        last = {source: numbers[-1] for source, numbers in self._index("source").items()}
        return tuple(sorted(last, key=lambda source: (last[source], source), reverse=True)[:most])

    @query
    def told_of(self, agreement: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """What entries say of an agreement, in order of time: entry, role, terms."""
        return self._roles().get(agreement, ())

    @whole()
    def _roles(self) -> dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
        found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
        for each in self._entries():
            for ident, role, terms, _ in each.roles:
                found.setdefault(ident, []).append((each.slug, role, terms))
        return {ident: tuple(told) for ident, told in found.items()}

    @query
    def agreements_citing(self, source: str) -> tuple[str, ...]:
        """The agreements that list a source."""
        return self.agreements_by_source().get(source, ())

    @whole()
    def agreements_by_source(self) -> dict[str, tuple[str, ...]]:
        """The agreements that list each source, of those that one lists."""
        found: dict[str, list[str]] = {}
        for slug, agreement in self.agreements.items():
            for source in dict.fromkeys(agreement.sources):
                found.setdefault(source, []).append(slug)
        return {source: tuple(slugs) for source, slugs in found.items()}

    @whole()
    def corrections(self) -> tuple[tuple[str, str, int], ...]:
        """Every correction, newest first: day, entry, its place among the entry's corrections."""
        made = ((day, each.slug, at) for each in self._entries() for at, day in enumerate(each.corrected))
        return tuple(sorted(made, reverse=True))

    # --- disputes ------------------------------------------------------------------------------------------------

    @whole()
    def _answers(self) -> dict[str, tuple[tuple[str, int, str], ...]]:
        """Of each question the answers in order of time: entry, place among its claims, who answers."""
        found: dict[str, list[tuple[str, int, str]]] = {}
        for each in self._entries():
            for at, (by, question, _) in enumerate(each.said):
                if question:
                    found.setdefault(question, []).append((each.slug, at, by))
        return {question: tuple(answers) for question, answers in found.items()}

    @query
    def answers_in_order(self, question: str) -> dict[tuple[str, int], int]:
        """The place of each answer to a question among all in order of time, from 0."""
        return {(slug, at): place for place, (slug, at, _) in enumerate(self._answers().get(question, ()))}

    @query
    def answers_by_side(self, question: str) -> dict[str, list[tuple[str, int]]]:
        """The answers of each side to a question, in order of time."""
        sides: dict[str, list[tuple[str, int]]] = {}
        for slug, at, by in self._answers().get(question, ()):
            sides.setdefault(self.party_of(by), []).append((slug, at))
        return sides

    @query
    def questions(self) -> tuple[tuple[str, int], ...]:
        """Every question that claims answer, with the number of answers, in order of the chronology."""
        return tuple((question, len(answers)) for question, answers in self._answers().items())

    @query
    def answers_to(self, question: str, first: int = 0, most: int | None = None) -> tuple[tuple[str, int], ...]:
        """Answers to a question in order of time: entry, place among its claims; `most` of them from `first` on."""
        found = self._answers().get(question, ())[first : None if most is None else first + most]
        return tuple((slug, at) for slug, at, _ in found)

    def answers_around(self, question: str, slug: str, most: int) -> tuple[tuple[tuple[str, int], ...], bool]:
        """Answers to a question for an entry's page, in order of time as in `answers_to`; and whether these are all.

        The entry's own, and of other entries the newest, at most so many of each side.
        """
        return _answers_around((question, slug, most), self)

    @query
    def accounts_of(self, question: str) -> int:
        """How many give their account of what a question asks, in whichever entries."""
        return len({by for _, _, by in self._answers().get(question, ())})

    @query
    def disputed(self) -> tuple[str, ...]:
        """The questions with rival accounts, in order of the chronology."""
        return tuple(self._places_in_disputes())

    @query
    def is_disputed(self, question: str) -> bool:
        """Whether a question has rival accounts: two or more claimants, or a denial."""
        return question in self._places_in_disputes()

    @query
    def has_dispute(self, slug: str) -> bool:
        """Whether one of an entry's questions has rival accounts."""
        return any(self.is_disputed(question) for _, question, _ in self._outlines[slug].said if question)

    @query
    def place_in_disputes(self, question: str) -> int:
        """The place of a disputed question among all, from 0."""
        return self._places_in_disputes()[question]

    @whole()
    def _places_in_disputes(self) -> dict[str, int]:
        said: dict[str, list[Said]] = {}
        for each in self._entries():
            for plain in each.said:
                claim = Said._make(plain)
                if claim.question:
                    said.setdefault(claim.question, []).append(claim)
        disputed = (question for question, claims in said.items() if _are_rival(claims))
        return {question: at for at, question in enumerate(disputed)}

    # --- figures -------------------------------------------------------------------------------------------------

    @query
    def _counts(self) -> dict[str, tuple[Plain, ...]]:
        found: dict[str, list[Plain]] = {}
        for each in self._entries():
            for count in each.counts:
                found.setdefault(count[0], []).append(count)
        return {measure: tuple(counts) for measure, counts in found.items()}

    @whole(lambda site: site.measures)
    def given(self, measure: str) -> tuple[Plain, ...]:
        """Every figure of a measure in order of the chronology, to be opened with Count._make."""
        return self._counts().get(measure, ())

    def counts(self, measure: str) -> list[Count]:
        """The same, opened; one of a year or month that goes on after the newest entry speaks of no day after that."""
        now = self.today()
        opened = map(Count._make, self.given(measure))
        return [each if each.day <= now or parse(each.as_of).is_day else each._replace(day=now) for each in opened]

    # --- who speaks, and for whom --------------------------------------------------------------------------------

    @whole()
    def parties(self) -> tuple[str, ...]:
        """The parties in the one stated order: by name."""
        parties = (actor for actor in self.actors.values() if actor.role == "party")
        return tuple(actor.id for actor in sorted(parties, key=lambda actor: actor.name))

    @whole()
    def _actors_by_name(self) -> dict[str, str]:
        return {name: actor.id for actor in self.actors.values() for name in (actor.short, actor.name) if name}

    @query
    def claimant(self, who: str) -> str:
        """The actor that a claim or a figure names: by id, or by plain words that begin with its name and a comma."""
        return who if who in self.actors.names else self._actors_by_name().get(who.partition(",")[0], "")

    @whole()
    def _sides(self) -> dict[str, str]:
        """The party that each actor speaks for, of those that speak for one."""
        return {actor.id: actor.party for actor in self.actors.values() if actor.party}

    @query
    def party_of(self, who: str) -> str:
        """The party that an actor is or speaks for; empty for the rest and for plain words that name none."""
        ident = self.claimant(who)
        if not ident:
            return ""
        actor = self.actors[ident]
        return actor.id if actor.role == "party" else actor.party

    def origin_of(self, ident: str) -> str:
        """Where a source's account comes from, after all reprints: `6 sources, 2 origins` counts these."""
        return _origin(ident, self)

    def lane_of(self, event: Event) -> str:
        """The lane that an entry is drawn in."""
        return self.kinds[event.kind].lane

    # --- agreements in time --------------------------------------------------------------------------------------

    @whole()
    def agreements_in_order(self) -> tuple[str, ...]:
        """All agreements by the day of signing, else by the day that the slug begins with, else last."""
        return tuple(sorted(self.agreements, key=lambda slug: self.agreements[slug].sort_key))

    @whole()
    def times_in_force(self) -> tuple[tuple[str, str, str], ...]:
        """First day, last day (both inclusive), agreement; as of today."""
        return tuple(
            (first.isoformat(), last.isoformat(), slug)
            for slug in self.agreements_in_order()
            for first, last in self.agreements[slug].spans(self.now)
        )

    @whole()
    def times_suspended(self) -> tuple[tuple[str, str, str], ...]:
        """The same for suspensions: from the day of the entry that suspends to the day before one that resumes."""
        return tuple(
            (first.isoformat(), last.isoformat(), slug)
            for slug in self.agreements_in_order()
            if self.agreements[slug].in_force
            for first, last in self._suspensions(slug)
        )

    def _suspensions(self, agreement: str) -> Iterator[tuple[date, date]]:
        since: date | None = None
        for slug, role, _ in self.told_of(agreement):
            day = date.fromisoformat(self._outlines[slug].first)
            if role == "suspension" and since is None:
                since = day
            elif role in {"resumption", "collapse"} and since is not None:
                if since < day:
                    yield since, day - timedelta(days=1)
                since = None
        if since is not None and self.agreements[agreement].status == "suspended":
            yield since, self.now


@derivation
def _origin(ident: str, site: Site) -> str:
    seen = {ident}
    source = site.sources[ident]
    while source.origin:
        if source.origin not in site.sources or source.origin in seen:
            return source.origin
        seen.add(source.origin)
        source = site.sources[source.origin]
    return source.publisher


@derivation
def _day_address(day: str, site: Site) -> str:
    month = (int(day[:4]), int(day[5:7]))
    return urls.part(urls.month(*month), site.day_parts(month)[day])


@derivation
def _answers_around(which: tuple[str, str, int], site: Site) -> tuple[tuple[tuple[str, int], ...], bool]:
    question, slug, most = which
    chosen = [(slug, at) for at, (_, its, _) in enumerate(site.outline(slug).said) if its == question]
    is_all = True
    for answers in site.answers_by_side(question).values():
        newest = [*islice((each for each in reversed(answers) if each[0] != slug), most + 1)]
        chosen += newest[:most]
        is_all = is_all and len(newest) <= most
    return tuple(sorted(chosen, key=site.answers_in_order(question).__getitem__)), is_all


@derivation
def _outputs(_: str, site: Site) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(site.list_outputs(site)))


@derivation
def _addresses(_: str, site: Site) -> tuple[str, ...]:
    return site.list_addresses(site.outputs())


OUTPUTS: Key = ("site._outputs", "")
"""The key that stands for what the site is made of."""


def _are_rival(claims: Collection[Said]) -> bool:
    """Whether claims that answer the same question are rival accounts: two or more claimants, or a denial."""
    return len({each.by for each in claims}) > 1 or any(each.denies for each in claims)


def part_count(items: int, size: int = PER_PART) -> int:
    """On how many parts so many items stand; at least one."""
    return max(1, -(-items // size))


def chosen(items: Sequence[T], number: int, size: int = PER_PART) -> Sequence[T]:
    """The items on the n-th part of a list, from 1."""
    return items[(number - 1) * size : number * size]
