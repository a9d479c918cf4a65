"""The page that stands in for one that is not kept on the device, and what is kept before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages.days import month_parts, months
from generator.pages.page import Page
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.model import Site

ADDRESS = "offline/"


def pages(_: Site) -> Iterator[Page]:
    """The one page."""
    yield Page(ADDRESS, "pages/offline.html", "Not kept on this device", None, listed=False)


def kept(site: Site) -> tuple[str, ...]:
    """The addresses that a reader's device keeps from the first visit on: the home page and the newest month."""
    found = [urls.HOME, ADDRESS]
    if months(site):
        month, events = list(months(site).items())[-1]
        count = len(month_parts(events))
        found += [urls.part(urls.month(*month), number) for number in range(1, count + 1)]
    return tuple(found)
