"""Small pages for frames in other sites' pages: an entry, a month; no scripts, and no way around the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import overview, parts
from generator.pages.page import Page, PageKind
from generator.record import urls
from generator.record.edtf import month_in_words
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.record.keys import Output
    from generator.record.site import Site

MOST_LINES = 60
"""Entries that a month's frame names; the month's own page has all of them."""


class EmbeddedEntry(NamedTuple):
    """An entry."""

    card: parts.Card


class EmbeddedMonth(NamedTuple):
    """A month's days at a glance, the first of its entries, and how many there are."""

    name: str
    overview: overview.Overview
    entries: tuple[parts.Card, ...]
    total: int


def outputs(site: Site) -> Iterator[Output]:
    """A page for each entry and each month with entries."""
    yield from (("embedded entry", slug) for slug in site.order())
    yield from (("embedded month", *month) for month, _ in site.months())


def _entry(site: Site, slug: str) -> Page:
    card = parts.card(slug, site)
    return _small(card.address, "pages/embedded_entry.html", card.title, lambda: EmbeddedEntry(card))


def _month(site: Site, year: int, number: int) -> Page:
    month = (year, number)
    name = month_in_words(*month)

    def view() -> EmbeddedMonth:
        table = overview.of_months(site, [month], f"{name}, day by day")
        count, first = site.first_of_month(month, MOST_LINES)
        return EmbeddedMonth(name, table, parts.cards(first, site), count)

    return _small(urls.month(*month), "pages/embedded_month.html", name, view)


def _small(address: str, template: str, title: str, make_view: Callable[[], object]) -> Page:
    """The small page that stands for the one at an address."""
    return Page(urls.embedded(address), template, title, make_view, listed=False, whole=address)


KINDS = {
    "embedded entry": PageKind(_entry, lambda slug: urls.embedded(urls.event(slug)), listed=False),
    "embedded month": PageKind(_month, lambda *month: urls.embedded(urls.month(*month)), listed=False),
}
