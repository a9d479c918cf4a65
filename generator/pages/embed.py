"""Small pages for frames in other sites' pages: an entry, a month; no scripts, and no way around the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import overview, parts
from generator.pages.page import Page, PageKind
from generator.record import urls
from generator.record.edtf import month_in_words
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.pages.page import Output
    from generator.record.site import Site

MOST_LINES = 60
"""Entries that a month's frame names; the month's own page has all of them."""


class EmbeddedEntry(NamedTuple):
    """An entry, and the address of the page that it stands for."""

    card: parts.Card
    whole: str


class EmbeddedMonth(NamedTuple):
    """A month's days at a glance, the first of its entries, how many there are, and the page that it stands for."""

    name: str
    overview: overview.Overview
    entries: tuple[parts.Card, ...]
    total: int
    whole: str


def outputs(site: Site) -> Iterator[Output]:
    """A page for each entry and each month with entries."""
    yield from (("embedded entry", slug) for slug in site.order())
    yield from (("embedded month", *month) for month, _ in site.months())


def _entry(site: Site, slug: str) -> Page:
    card = parts.card(slug, site)
    view = EmbeddedEntry(card, card.address)
    return Page(urls.embedded(card.address), "pages/embedded_entry.html", card.title, view, listed=False)


def _month(site: Site, year: int, number: int) -> Page:
    month = (year, number)
    address, name = urls.month(*month), month_in_words(*month)
    table = overview.of_months(site, [month], f"{name}, day by day")
    count, first = site.first_of_month(month, MOST_LINES)
    view = EmbeddedMonth(name, table, parts.cards(first, site), count, address)
    return Page(urls.embedded(address), "pages/embedded_month.html", name, view, listed=False)


KINDS = {
    "embedded entry": PageKind(_entry, lambda slug: urls.embedded(urls.event(slug)), listed=False),
    "embedded month": PageKind(_month, lambda *month: urls.embedded(urls.month(*month)), listed=False),
}
