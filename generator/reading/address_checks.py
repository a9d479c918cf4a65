"""Addresses that the site has already: no plain page and no former permalink takes one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.record.model import Event, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.reading.records import Written
    from generator.record.problems import Problem

OWN = frozenset({
    "404", "actors", "agreements", "assets", "cards", "contribute", "corrections", "data", "disputed", "embed",
    "events", "figures", "images", "kinds", "offline", "pagefind", "places", "search", "sources", "timeline",
})  # fmt: skip
"""First parts of the addresses that a build makes by itself."""


_FORMER = frozenset({"events", "agreements"})
"""Those of them under which a former address may be."""
_PART = re.compile(r"page-\d+")
_ALIAS = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)+")


def check_page_names(content: Collected) -> Iterator[Problem]:
    """Each file by itself: a page called `search` would take the place of the site's own."""
    for item in content.of("pages"):
        if isinstance(item.record, Page) and item.record.slug in OWN:
            message = f"every site has a page at /{item.record.slug}/ already"
            hint = f"rename the file, as about-{item.record.slug}.md"
            yield item.file.problem(item.mark("title"), message, hint)


def check_aliases(content: Collected) -> Iterator[Problem]:
    """Each file by itself: a former permalink is a path of this site, at which a build makes nothing."""
    for item, event in _with_aliases(content):
        for index, alias in enumerate(event.aliases):
            if not _ALIAS.fullmatch(alias):
                hint = _likely_alias(alias) or f"write /events/{event.slug}-old/"
                message = f"an alias is a path of this site: {alias}"
                yield item.file.problem(item.mark("aliases", index), message, hint)
            elif is_own(alias):
                yield _there_already(item, event, index)


def check_taken_aliases(content: Collected) -> Iterator[Problem]:
    """A former permalink has an address to itself: no entry, agreement or plain page is there."""
    taken = {f"/events/{entry.id}/": entry.place for entry in content.declared["event"]}
    slugs = {item.stem for item in content.of("pages")}
    agreements = {f"/agreements/{entry.id}/" for entry in content.declared["agreement"]}
    for item, event in _with_aliases(content):
        for index, alias in enumerate(event.aliases):
            if not _ALIAS.fullmatch(alias) or is_own(alias):  # told already
                continue
            mark = item.mark("aliases", index)
            if first_part(alias) in slugs or alias in agreements:
                yield _there_already(item, event, index)
            elif alias in taken:
                yield item.file.problem(mark, f"`{alias}` is taken, in {taken[alias]}", "remove it")
            else:
                taken[alias] = f"{item.file.path}:{mark.line}"


def _with_aliases(content: Collected) -> Iterator[tuple[Written, Event]]:
    for item in content.of("events"):
        if isinstance(item.record, Event) and item.record.aliases:
            yield item, item.record


def _there_already(item: Written, event: Event, index: int) -> Problem:
    hint = f"an alias is a former address, as /events/{event.slug}-old/"
    return item.file.problem(item.mark("aliases", index), f"the site has `{event.aliases[index]}` already", hint)


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


def first_part(address: str) -> str:
    """The first part of an address, which for a plain page is the whole of it."""
    return address.strip("/").partition("/")[0]


def is_own(address: str) -> bool:
    """Whether a build makes what is at an address, or may; an entry and an agreement have theirs by name."""
    first, *rest = address.strip("/").split("/")
    if first == "agreements" and rest:
        return len(rest) > 1 or _PART.fullmatch(rest[0]) is not None  # an agreement's entries; a part of the list
    return first in (OWN - _FORMER if rest else OWN)
