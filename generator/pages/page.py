"""What a page is, before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

PER_PART = 50
"""Entries on one part of a long list: a page's weight is bounded whatever the size of the corpus."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the home page to this one."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: its address relative to the root, its template, and what the template is given.

    crumbs: the way to it, without itself.  section: the item of the navigation that it belongs to.
    json_ld: schema.org's description of it, or None.
    """

    address: str
    template: str
    title: str
    view: Any
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    section: str = ""
    json_ld: dict[str, Any] | None = None
    listed: bool = True
    """Whether the sitemap names it and search engines may keep it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a part of a long list stands among the others: numbers count from 1, addresses are empty at the ends."""

    number: int
    count: int
    earlier: str
    later: str
    addresses: tuple[str, ...]


def part_of(address: str, number: int, count: int) -> Parts:
    """The place of the n-th of `count` parts."""
    addresses = tuple(urls.part(address, each) for each in range(1, count + 1))
    earlier = addresses[number - 2] if number > 1 else ""
    later = addresses[number] if number < count else ""
    return Parts(number, count, earlier, later, addresses)


def split(address: str, items: Sequence[Any], size: int = PER_PART) -> list[tuple[str, Parts, Sequence[Any]]]:
    """A long list in parts: the address of each, its place among the others, its items.  At least one part."""
    count = max(1, -(-len(items) // size))
    return [
        (urls.part(address, number), part_of(address, number, count), items[(number - 1) * size : number * size])
        for number in range(1, count + 1)
    ]
