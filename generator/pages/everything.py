"""Every page of the site, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import (
    agreements,
    disputed,
    embed,
    event,
    figures,
    home,
    indexes,
    offline,
    plain,
    printed,
    sources,
    timeline,
    worklist,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.pages.page import Page
    from generator.record.model import Site

PAGE_KINDS = (
    home,
    timeline,
    event,
    agreements,
    disputed,
    figures,
    indexes,
    sources,
    plain,
    worklist,
    printed,
    embed,
    offline,
)


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site, in order."""
    for kind in PAGE_KINDS:
        yield from kind.pages(site)
