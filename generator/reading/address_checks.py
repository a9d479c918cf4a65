"""Addresses that the site has already: no plain page and no former permalink takes one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.record.model import Event, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

OWN = frozenset({
    "404", "actors", "agreements", "assets", "cards", "contribute", "corrections", "data", "disputed", "embed",
    "events", "figures", "images", "kinds", "offline", "pagefind", "places", "search", "sources", "timeline",
})  # fmt: skip
"""First parts of the addresses that a build makes by itself."""


def check_page_names(content: Collected) -> Iterator[Problem]:
    """Each file by itself: a page called `search` would take the place of the site's own."""
    for item in content.of("pages"):
        if isinstance(item.record, Page) and item.record.slug in OWN:
            message = f"every site has a page at /{item.record.slug}/ already"
            hint = f"rename the file, as about-{item.record.slug}.md"
            yield item.file.problem(item.mark("title"), message, hint)


def check_taken_addresses(content: Collected) -> Iterator[Problem]:
    """A former permalink has an address to itself."""
    slugs = {item.stem for item in content.of("pages")}
    agreements = {f"/agreements/{entry.id}/" for entry in content.declared["agreement"]}
    for item in content.of("events"):
        if not isinstance(item.record, Event):
            continue
        for index, alias in enumerate(item.record.aliases):
            first, *rest = alias.strip("/").split("/")
            former = rest and first in {"events", "agreements"} and alias not in agreements
            if first in slugs or (first in OWN and not former):
                hint = f"an alias is a former address, as /events/{item.record.slug}-old/"
                yield item.file.problem(item.mark("aliases", index), f"the site has `{alias}` already", hint)
