"""A large dict of plain data in the cache, kept in pieces: an edit reads and writes those that it touches."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.incremental.cache import Cache

K = TypeVar("K")
V = TypeVar("V")

PIECE = 256
"""Keys in a piece of a table, about."""


class Table(Generic[K, V]):
    """A large dict of plain data: only the pieces are read that have a key which is asked for.

    Only those are written in which something changed: a value that is equal to the one before, as 2 and 2.0, has not.
    """

    def __init__(self, name: str, cache: Cache | None = None) -> None:
        """A table as it was last kept in a cache; without one, an empty table."""
        self.name = name
        self._cache = cache
        self._number: int
        self._length: int
        self._number, self._length = (cache.part(name) if cache else None) or (1, 0)
        self._pieces: dict[int, dict[K, V]] = {}
        self._touched: set[int] = set()

    def __len__(self) -> int:
        return self._length

    def __contains__(self, key: K) -> bool:
        return key in self._piece(self._place(key))

    def __getitem__(self, key: K) -> V:
        return self._piece(self._place(key))[key]

    def get(self, key: K) -> V | None:
        """What stands under a key, or None."""
        return self._piece(self._place(key)).get(key)

    def __setitem__(self, key: K, value: V) -> None:
        place = self._place(key)
        piece = self._piece(place)
        before = piece.get(key)
        if before != value or before is None:
            self._length += key not in piece
            self._touched.add(place)
            piece[key] = value

    def pop(self, key: K) -> None:
        """Take a key out, if it is there."""
        place = self._place(key)
        piece = self._piece(place)
        if key in piece:
            self._length -= 1
            self._touched.add(place)
            del piece[key]

    def pieces(self, first: int = 0, step: int = 1) -> Iterator[dict[K, V]]:
        """All of it, piece by piece, in no order that means anything; or each n-th piece, from the first, 0, on."""
        return (self._piece(place) for place in range(first, self._number, step))

    def whole(self) -> dict[K, V]:
        """All of it, in no order that means anything."""
        found: dict[K, V] = {}
        for piece in self.pieces():
            found.update(piece)
        return found

    def _place(self, key: K) -> int:
        """The number of the piece that has a key, if any has: told by the key alone."""
        return _place(key, self._number)

    def _piece(self, place: int) -> dict[K, V]:
        piece = self._pieces.get(place)
        if piece is None:
            kept = self._cache.part(f"{self.name} {place}") if self._cache else None
            piece = self._pieces[place] = kept or {}
        return piece

    def to_keep(self, cache: Cache) -> Iterator[tuple[str, Any]]:
        """The parts that are not in a cache as they are here; None for one that is there and shall not be."""
        before, _ = cache.part(self.name) or (0, 0)
        if not self._cache or not self._number // 4 <= self._length // PIECE <= self._number * 4:
            whole, self._number = self.whole(), self._length // PIECE + 1
            self._pieces = {place: {} for place in range(self._number)}
            for key, value in whole.items():
                self._pieces[_place(key, self._number)][key] = value
            self._touched = {*self._pieces}
        for place in self._touched:
            yield f"{self.name} {place}", self._pieces[place] or None
        for place in range(self._number, before):
            yield f"{self.name} {place}", None
        yield self.name, (self._number, self._length)
        self._cache, self._touched = cache, set()


def _place(key: Any, places: int) -> int:  # noqa: ANN401 - plain data
    """One of so many places, the same for the same key in every process."""
    return (key if type(key) is int else crc32(marshal.dumps(key, 2))) % places if places > 1 else 0
