"""Addresses that the site has already: no plain page and no former permalink takes one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.record.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem

OWN = frozenset({
    "404", "actors", "agreements", "assets", "contribute", "corrections", "data", "disputed", "events", "figures",
    "images", "kinds", "places", "search", "sources", "timeline",
})  # fmt: skip
"""First parts of the addresses that a build makes by itself."""


def check_taken_addresses(content: Collected) -> Iterator[Problem]:
    """A page of the content and a former permalink have an address to themselves."""
    slugs = {item.stem: item for item in content.of("pages")}
    for slug, item in slugs.items():
        if slug in OWN:
            message = f"the site has a page `/{slug}/` of its own"
            yield item.file.problem(item.mark("title"), message, f"rename the file, as {slug}-page.md")
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
