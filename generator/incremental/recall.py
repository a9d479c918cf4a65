"""What a build recalls of the whole chronology, when nothing that a query sees has changed since the last.

That is so when entries have the outlines that they had, there are the same sources and places, whatever is in them, and
all else is as it was: see `ParsedFiles.is_same_to_queries`.

The order of entries, what queries about the whole gave, and the outlines: those of a year are one part of the cache, so
that an edit reads a few of a hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from generator.incremental import parts
from generator.record.outline import Order, Outline
from generator.record.tracking import whole_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.incremental.cache import Cache
    from generator.record.keys import Key
    from generator.record.site import Site


class Recalled:
    """What the last build has kept of the chronology."""

    def __init__(self, cache: Cache, order: Order) -> None:
        self._cache = cache
        self.order = order
        self.outlines = _Outlines(cache)

    @classmethod
    def of(cls, cache: Cache, *, drafts: bool) -> Self | None:
        """None where nothing was kept, or drafts were shown then and are not now, or the reverse."""
        kept = cache.part(parts.ORDER)
        return cls(cache, Order._make(kept[1])) if kept and kept[0] == drafts else None

    def answer(self, key: Key) -> Any:  # noqa: ANN401 - plain data
        """What a query about the whole gave, or None."""
        return self._cache.part(parts.answer(key))


class _Outlines(dict[str, Outline]):
    """The outlines of entries by slug, read when one of the same year is asked for."""

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache

    def __missing__(self, slug: str) -> Outline:
        some = {each[0]: Outline._make(each) for each in self._cache.part(parts.outlines(slug)) or ()}
        self.update(some)
        return some[slug]


def to_recall(site: Site, cache: Cache, *, drafts: bool) -> dict[str, Any]:
    """The parts that the next build may recall; None for those that are not there any more."""
    found: dict[str, Any] = {}
    for slug in site.shown.files:
        found.setdefault(parts.outlines(slug), []).append(tuple(site.outline(slug)))
    found |= {parts.answer(key): site.answer(key) for key in whole_keys(site)}
    before: Iterable[str] = (cache.part(parts.ORDER) or (None, (), ()))[2]
    return dict.fromkeys(before) | found | {parts.ORDER: (drafts, tuple(site.shown), tuple(found))}
