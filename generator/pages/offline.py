"""The page that stands in for one that is not kept on the device, and what is kept before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages.page import Page, PageKind
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.keys import Output
    from generator.record.site import Site

ADDRESS = "offline/"


def outputs(_: Site) -> Iterator[Output]:
    """The one page."""
    yield ("offline",)


def _page(_: Site) -> Page:
    return Page(ADDRESS, "pages/offline.html", "Not kept on this device", lambda: None, listed=False)


def precached(site: Site) -> tuple[str, ...]:
    """The addresses that a reader's device keeps from the first visit on: the home page and the newest month."""
    found = [urls.HOME, ADDRESS]
    for month, _ in site.months()[-1:]:
        found += [urls.part(urls.month(*month), number) for number in range(1, site.month_parts(month) + 1)]
    return tuple(found)


KINDS = {"offline": PageKind(_page, lambda: ADDRESS, listed=False)}
