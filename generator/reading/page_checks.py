"""Whether a plain page has an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.record.model import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

TAKEN: Final = frozenset(
    {
        *("actors", "agreements", "assets", "contribute", "corrections", "data", "disputed", "events", "figures"),
        *("images", "kinds", "places", "search", "sources", "timeline"),
    }
)
"""The first steps of the addresses that every site has."""


def check_page_names(content: Collected) -> Iterator[Problem]:
    """Each file by itself: a page called `search` would take the place of the site's own."""
    for item in content.of("pages"):
        if isinstance(item.record, Page) and item.record.slug in TAKEN:
            message = f"every site has a page at /{item.record.slug}/ already"
            hint = f"rename the file, as about-{item.record.slug}.md"
            yield item.file.problem(item.mark("title"), message, hint)
