"""The chronology: its index, its years, its months."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from generator.pages import overview, parts
from generator.pages.days import Month, month_parts, months
from generator.pages.page import Crumb, Page, Parts, part_of
from generator.pages.share import Share, share
from generator.record import urls
from generator.record.edtf import day_in_words, month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from generator.record.model import Event, Site

YEARS_BY_MONTH = 30
"""Years of the index with their months; the months of earlier ones stand on their own pages."""
DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GAP_DAYS = 7
"""A longer gap than this is said in words."""


@dataclass(frozen=True, slots=True)
class Count:
    """A page of the chronology and how many entries it has."""

    name: str
    address: str
    entries: int


@dataclass(frozen=True, slots=True)
class Day:
    """The entries that stand on one day.  `gap` are the days without an entry before it, 0 when they are few."""

    iso: str
    words: str
    week: str
    """The day of the week."""
    entries: tuple[parts.Card, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be cut by: ids and names of what is in it."""

    kinds: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month, or a part of it."""

    name: str
    overview: overview.Overview
    days: tuple[Day, ...]
    entries: int
    parts: Parts
    earlier: Count | None
    later: Count | None
    choices: Choices
    share: Share
    printed: str


@dataclass(frozen=True, slots=True)
class YearView:
    """A year with its months."""

    name: str
    overview: overview.Overview
    months: tuple[tuple[Count, tuple[parts.Card, ...]], ...]
    entries: int
    earlier: Count | None
    later: Count | None


@dataclass(frozen=True, slots=True)
class IndexView:
    """All years, each with its months; of many, the newest alone have theirs."""

    years: tuple[tuple[Count, tuple[Count, ...]], ...]
    entries: int


def pages(site: Site) -> Iterator[Page]:
    """The index, then each year and each month with entries."""
    by_month = months(site)
    years: dict[int, list[Month]] = {}
    for month in by_month:
        years.setdefault(month[0], []).append(month)
    month_counts = {
        month: Count(month_in_words(*month), urls.month(*month), len(events)) for month, events in by_month.items()
    }
    year_counts = [
        Count(f"{year:04}", urls.year(year), sum(month_counts[month].entries for month in within))
        for year, within in years.items()
    ]
    index = tuple(
        (count, tuple(month_counts[month] for month in within) if number > len(years) - YEARS_BY_MONTH else ())
        for number, (count, within) in enumerate(zip(year_counts, years.values(), strict=True), 1)
    )
    view = IndexView(index, len(site.events))
    description = f"All {len(site.events)} entries by year and month."
    yield Page("timeline/", "pages/timeline.html", "Chronology", view, description, section="timeline")
    for position, (year, within) in enumerate(years.items()):
        yield _year(site, year, {month: by_month[month] for month in within}, position, year_counts)
    for position, month in enumerate(by_month):
        yield from _month(site, month, position, list(month_counts.values()))


def _around(counts: list[Count], position: int) -> tuple[Count | None, Count | None]:
    earlier = counts[position - 1] if position else None
    return earlier, counts[position + 1] if position + 1 < len(counts) else None


def _year(site: Site, year: int, by_month: dict[Month, tuple[Event, ...]], position: int, counts: list[Count]) -> Page:
    listed = tuple(
        (Count(month_in_words(*key), urls.month(*key), len(events)), parts.cards(_weightiest(events, site), site))
        for key, events in by_month.items()
    )
    table = overview.of_months(site, by_month, f"{year:04} at a glance")
    view = YearView(f"{year:04}", table, listed, counts[position].entries, *_around(counts, position))
    description = f"{counts[position].entries} entries of {year:04}, month by month."
    return Page(
        urls.year(year),
        "pages/year.html",
        f"{year:04}",
        view,
        description,
        (Crumb("Chronology", "timeline/"),),
        "timeline",
    )


def _weightiest(events: Sequence[Event], site: Site, most: int = 5) -> list[Event]:
    """The entries of a month that rest on most sources, disputed first among equals, in order of time."""
    ranked = sorted(events, key=lambda event: (-len(event.sources), not site.is_disputed(event), event.sort_key))
    return sorted(ranked[:most], key=lambda event: event.sort_key)


def _month(site: Site, month: Month, position: int, counts: list[Count]) -> Iterator[Page]:
    earlier, later = _around(counts, position)
    name, events = month_in_words(*month), months(site)[month]
    table = overview.of_months(site, [month], f"{name}, day by day")
    choices, shared = _choices(events, site), share(urls.month(*month), name, site)
    divided = month_parts(events)
    for number, chosen in enumerate(divided, 1):
        place = part_of(urls.month(*month), number, len(divided))
        title = name if number == 1 else f"{name}, part {number}"
        view = MonthView(
            name,
            table,
            tuple(_days(chosen, site)),
            len(events),
            place,
            earlier,
            later,
            choices,
            shared,
            urls.printed(urls.month(*month)),
        )
        crumbs = (Crumb("Chronology", "timeline/"), Crumb(f"{month[0]:04}", urls.year(month[0])))
        description = f"{len(events)} entries of {name}, day by day, each with its sources."
        address = place.addresses[number - 1]
        yield Page(address, "pages/month.html", title, view, description, crumbs, "timeline")


def _days(events: Iterable[Event], site: Site) -> Iterator[Day]:
    before: date | None = None
    for first, same in groupby(events, key=lambda event: event.date.first):
        gap = (first - before).days - 1 if before else 0
        week = DAYS_OF_WEEK[first.weekday()]
        words = day_in_words(first, year=False)
        yield Day(first.isoformat(), words, week, parts.cards(same, site), gap if gap > GAP_DAYS else 0)
        before = first


def _choices(events: Sequence[Event], site: Site) -> Choices:
    places = {place for event in events for place in event.places}
    in_it = {site.party_of(actor) for event in events for actor in event.actors}
    kinds = {event.kind for event in events}
    return Choices(
        tuple((kind.id, kind.name) for kind in site.vocabulary.kinds if kind.id in kinds),
        tuple((party, site.actors[party].label) for party in parts.parties(site) if party in in_it),
        tuple(sorted(((place, site.places[place].name) for place in places), key=lambda pair: pair[1])),
    )
