"""Addresses that the site has already: no plain page and no former permalink takes one of them."""

from __future__ import annotations

import re
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


_FORMER = frozenset({"events", "agreements"})
"""Those of them under which a former address may be."""
_ALIAS = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)+")


def check_page_names(content: Collected) -> Iterator[Problem]:
    """Each file by itself: a page called `search` would take the place of the site's own."""
    for item in content.of("pages"):
        if isinstance(item.record, Page) and item.record.slug in OWN:
            message = f"every site has a page at /{item.record.slug}/ already"
            hint = f"rename the file, as about-{item.record.slug}.md"
            yield item.file.problem(item.mark("title"), message, hint)


def check_aliases(content: Collected) -> Iterator[Problem]:
    """A former permalink is a path of this site, and leads to one entry."""
    taken = {f"/events/{entry.id}/": entry.place for entry in content.declared["event"]}
    for item in content.of("events"):
        event = item.record
        if not isinstance(event, Event):
            continue
        for index, alias in enumerate(event.aliases):
            mark = item.mark("aliases", index)
            if not _ALIAS.fullmatch(alias):
                hint = _likely_alias(alias) or f"write /events/{event.slug}-old/"
                yield item.file.problem(mark, f"an alias is a path of this site: {alias}", hint)
            elif alias in taken:
                yield item.file.problem(mark, f"`{alias}` is taken, in {taken[alias]}", "remove it")
            else:
                taken[alias] = f"{item.file.path}:{mark.line}"


def _likely_alias(alias: str) -> str:
    """What is to be mended in an alias, and the path that is meant; nothing where that cannot be told."""
    path = re.sub(r"^https?://[^/]*", "", alias, flags=re.IGNORECASE)
    meant = f"/{path.strip('/').lower()}/"
    if not _ALIAS.fullmatch(meant) or meant.split("/")[1] in OWN - _FORMER:
        return ""
    if path != alias:
        return f"leave the host out: `{meant}`"
    if path != path.lower():
        return f"write it in small letters: `{meant}`"
    return f"begin it with /: `{meant}`" if not path.startswith("/") else f"end it with /: `{meant}`"


def check_taken_addresses(content: Collected) -> Iterator[Problem]:
    """A former permalink has an address to itself; one that is no path is told already."""
    slugs = {item.stem for item in content.of("pages")}
    agreements = {f"/agreements/{entry.id}/" for entry in content.declared["agreement"]}
    for item in content.of("events"):
        if not isinstance(item.record, Event):
            continue
        for index, alias in enumerate(item.record.aliases):
            if not _ALIAS.fullmatch(alias):
                continue
            first, *rest = alias.strip("/").split("/")
            former = rest and first in _FORMER and alias not in agreements
            if first in slugs or (first in OWN and not former):
                hint = f"an alias is a former address, as /events/{item.record.slug}-old/"
                yield item.file.problem(item.mark("aliases", index), f"the site has `{alias}` already", hint)
