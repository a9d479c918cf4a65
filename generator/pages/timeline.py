"""The chronology: its index, its years, its months."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.pages import overview, parts
from generator.pages.page import Crumb, Page, PageKind, Parts
from generator.pages.share import Share, share
from generator.record import urls
from generator.record.edtf import day_in_words, month_in_words
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.keys import Output
    from generator.record.site import Month, Named, Site

YEARS_BY_MONTH = 30
"""Years of the index with their months; the months of earlier ones stand on their own pages."""
DAYS_OF_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GAP_DAYS = 7
"""A longer gap than this is said in words."""
PER_MONTH = 5
"""Entries of a month on its year's page."""
MOST_CUT = 1_000
"""Entries of a month in parts that can be cut as one: what each page knows of the others is bounded, to some 10 kB."""


class Count(NamedTuple):
    """A page of the chronology and how many entries it has."""

    name: str
    address: str
    entries: int


class Day(NamedTuple):
    """The entries that stand on one day.  `gap` are the days without an entry before it, 0 when they are few."""

    iso: str
    words: str
    week: str
    """The day of the week."""
    entries: tuple[parts.Card, ...]
    gap: int


class Choices(NamedTuple):
    """What a list can be cut by: ids and names of what is in it."""

    kinds: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]


class Elsewhere(NamedTuple):
    """Another part of a month, and what the filter counts there.

    entries: `07,0.12.75,3.13;08,…`: days, and of each of their entries the numbers of its choices, from 0 in the order
    in which the page has them; the number after the last stands for a dispute.
    """

    number: int
    address: str
    entries: str


class MonthView(NamedTuple):
    """A month, or a part of it.  `elsewhere` are its other parts, unless they have very many entries."""

    name: str
    overview: overview.Overview
    days: tuple[Day, ...]
    entries: int
    parts: Parts
    earlier: parts.Neighbour | None
    later: parts.Neighbour | None
    choices: Choices
    elsewhere: tuple[Elsewhere, ...]
    share: Share
    printed: str


class YearView(NamedTuple):
    """A year with its months: each with some of its entries, and how many months without one lie before it."""

    name: str
    overview: overview.Overview
    months: tuple[tuple[Count, tuple[parts.Card, ...], int], ...]
    entries: int
    earlier: parts.Neighbour | None
    later: parts.Neighbour | None


class IndexView(NamedTuple):
    """All years, each with its months; of many, the newest alone have theirs."""

    years: tuple[tuple[Count, tuple[Count, ...]], ...]
    entries: int


def outputs(site: Site) -> Iterator[Output]:
    """The index, then each year and each month with entries."""
    yield ("timeline",)
    for year, _ in site.tally("year"):
        yield ("year", int(year))
    for month, _ in site.months():
        for number in range(1, site.month_parts(month) + 1):
            yield ("month", *month, number)


def _count_of_month(month: Month, entries: int) -> Count:
    return Count(month_in_words(*month), urls.month(*month), entries)


def _index(site: Site) -> Page:
    months: dict[int, list[Count]] = {}
    for month, entries in site.months():
        months.setdefault(month[0], []).append(_count_of_month(month, entries))
    years = tuple(
        (
            Count(f"{year:04}", urls.year(year), sum(count.entries for count in within)),
            tuple(within) if number > len(months) - YEARS_BY_MONTH else (),
        )
        for number, (year, within) in enumerate(months.items(), 1)
    )
    description = f"All {site.size()} entries by year and month."
    view = IndexView(years, site.size())
    return Page("timeline/", "pages/timeline.html", "Chronology", lambda: view, description, section="timeline")


def _year(site: Site, year: int) -> Page:
    within = site.months_of(year)
    name, entries = f"{year:04}", sum(entries for _, entries in within)
    description = f"{entries} entries of {name}, month by month."
    crumbs = (Crumb("Chronology", "timeline/"),)
    address, template = urls.year(year), "pages/year.html"
    return Page(address, template, name, lambda: _year_view(site, year), description, crumbs, "timeline")


def _year_view(site: Site, year: int) -> YearView:
    within = site.months_of(year)
    numbers = [month for (_, month), _ in within]
    gaps = (after - before - 1 for before, after in pairwise([numbers[0] - 1, *numbers]))
    listed = tuple(
        (_count_of_month(month, entries), parts.cards(site.weightiest(month, PER_MONTH), site), gap)
        for (month, entries), gap in zip(within, gaps, strict=True)
    )
    name = f"{year:04}"
    drawn = [(year, number) for number in range(numbers[0], numbers[-1] + 1)]
    table = overview.of_months(site, drawn, f"{name} at a glance")
    earlier, later = (
        parts.Neighbour(f"{each:04}", urls.year(each)) if each else None for each in site.years_around(year)
    )
    return YearView(name, table, listed, sum(entries for _, entries in within), earlier, later)


def _month(site: Site, year: int, number: int, part: int) -> Page:
    month = (year, number)
    entries, name = site.in_month(month), month_in_words(*month)
    place = Parts(urls.month(*month), part, site.month_parts(month))
    crumbs = (Crumb("Chronology", "timeline/"), Crumb(f"{year:04}", urls.year(year)))
    description = f"{entries} entries of {name}, day by day, each with its sources."
    address, title = urls.part(place.address, part), place.titled(name)

    def view() -> MonthView:
        return _month_view(site, month, place)

    return Page(address, "pages/month.html", title, view, description, crumbs, "timeline")


def _month_view(site: Site, month: Month, place: Parts) -> MonthView:
    earlier, later = (
        parts.Neighbour(month_in_words(*each), urls.month(*each)) if each else None
        for each in site.months_around(month)
    )
    entries, name = site.in_month(month), month_in_words(*month)
    return MonthView(
        name,
        overview.of_months(site, [month], f"{name}, day by day"),
        tuple(_days(site, month, place.number)),
        entries,
        place,
        earlier,
        later,
        _choices(site, month),
        tuple(_elsewhere(site, month, place)) if entries <= MOST_CUT else (),
        share(urls.month(*month), name, site),
        urls.printed(urls.month(*month)),
    )


def _days(site: Site, month: Month, part: int) -> Iterator[Day]:
    before: date | None = None
    for iso, slugs in site.month_part(month, part):
        first = date.fromisoformat(iso)
        gap = (first - before).days - 1 if before else 0
        week, words = DAYS_OF_WEEK[first.weekday()], day_in_words(first, year=False)
        yield Day(iso, words, week, parts.cards(slugs, site), gap if gap > GAP_DAYS else 0)
        before = first


def _choices(site: Site, month: Month) -> Choices:
    kinds, in_it, places = site.named_in(month)
    return Choices(
        tuple((kind.id, kind.name) for kind in site.vocabulary.kinds if kind.id in kinds),
        tuple((party, site.actors[party].label) for party in site.parties() if party in in_it),
        tuple(sorted(((place, site.places[place].name) for place in places), key=lambda pair: pair[1])),
    )


def _elsewhere(site: Site, month: Month, here: Parts) -> Iterator[Elsewhere]:
    for number in range(1, here.total + 1):
        if number != here.number:
            yield Elsewhere(number, urls.part(here.address, number), choices_in_part((month, number), site))


@derivation
def choices_in_part(which: tuple[Month, int], site: Site) -> str:
    """The choices that each entry of a part of a month answers to, as Elsewhere has them."""
    month, number = which
    choices = _choices(site, month)
    names = [(cut, ident) for cut, known in enumerate(choices) for ident, _ in known]
    numbers = {name: str(at) for at, name in enumerate(names)}

    def of(entry: Named) -> str:
        kind, parties, places, disputed = entry
        found = [(0, kind), *((1, party) for party in parties), *((2, place) for place in places)]
        known = [numbers[name] for name in found if name in numbers]  # who speaks for an organisation acts for no party
        return ".".join([*known, *([str(len(names))] if disputed else ())])

    days = site.named_in_part(month, number)
    return ";".join(",".join([day[-2:], *map(of, entries)]) for day, entries in days)


KINDS = {
    "timeline": PageKind(_index, lambda: "timeline/"),
    "year": PageKind(_year, urls.year),
    "month": PageKind(_month, lambda year, month, part: urls.part(urls.month(year, month), part)),
}
