"""Small pages for frames in other sites' pages: an entry, a month; no scripts, and no way around the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import overview, parts
from generator.pages.days import months
from generator.pages.page import Page
from generator.record import urls
from generator.record.edtf import month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.model import Site

MOST_LINES = 60
"""Entries that a month's frame names; the month's own page has all of them."""


@dataclass(frozen=True, slots=True)
class EmbeddedEntry:
    """An entry, and the address of the page that it stands for."""

    card: parts.Card
    whole: str


@dataclass(frozen=True, slots=True)
class EmbeddedMonth:
    """A month's days at a glance, the first of its entries, how many there are, and the page that it stands for."""

    name: str
    overview: overview.Overview
    entries: tuple[parts.Card, ...]
    count: int
    whole: str


def pages(site: Site) -> Iterator[Page]:
    """A page for each entry and each month with entries."""
    for event in site.events:
        address = urls.event(event.slug)
        view = EmbeddedEntry(parts.card(event, site), address)
        yield Page(urls.embedded(address), "pages/embedded_entry.html", event.title, view, listed=False)
    for month, events in months(site).items():
        address, name = urls.month(*month), month_in_words(*month)
        table = overview.of_months(site, [month], f"{name}, day by day")
        shown = EmbeddedMonth(name, table, parts.cards(events[:MOST_LINES], site), len(events), address)
        yield Page(urls.embedded(address), "pages/embedded_month.html", name, shown, listed=False)
