"""A large table of the cache: in pieces, of which a build reads and writes those that it needs."""

from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from generator.incremental.cache import Cache, DamagedCacheError
from generator.incremental.table import PIECE, Table

if TYPE_CHECKING:
    from pathlib import Path


def changed(path: Path, **edits: int | None) -> dict[str, int]:
    """The table in a cache, after some edits in a build; None takes a key out."""
    with Cache(path, b"") as cache:
        table: Table[str, int] = Table("numbers", cache)
        for key, value in edits.items():
            if value is None:
                table.pop(key)
            else:
                table[key] = value
        cache.keep({}, [table], ())
        return table.whole()


def test_a_table_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    """Whatever builds put in and take out, and however much it grows and shrinks."""
    chance = random.Random(2025)  # noqa: S311 - numbers, not secrets
    expected: dict[str, int] = {}
    for most in (3, 40 * PIECE, 5, 2 * PIECE, 9 * PIECE, 1):
        gone = [key for key in expected if chance.random() < 0.7]
        edits: dict[str, Any] = {f"k{chance.randrange(90 * PIECE)}": chance.randrange(9) for _ in range(most)}
        edits = dict.fromkeys(gone) | edits
        expected = {key: value for key, value in (expected | edits).items() if value is not None}

        assert expected == changed(tmp_path / "cache.sqlite", **edits)
        with Cache(tmp_path / "cache.sqlite", b"") as cache:
            table: Table[str, int] = Table("numbers", cache)
            assert len(expected) == len(table)
            assert expected == table.whole()
            assert all(table[key] == value and key in table for key, value in expected.items())
            assert table.get("never") is None


def test_an_edit_reads_and_writes_one_piece(tmp_path: Path) -> None:
    """The others may be garbled, and nobody notices before they are asked for."""
    path = tmp_path / "cache.sqlite"
    changed(path, **{f"k{number}": number for number in range(10 * PIECE)})
    with sqlite3.connect(path) as database:
        before = dict(database.execute("SELECT name, data FROM parts").fetchall())

    with Cache(path, b"") as cache:
        table: Table[str, int] = Table("numbers", cache)
        table["k7"] = 70
        cache.keep({}, [table], ())

    with sqlite3.connect(path) as database:
        after = dict(database.execute("SELECT name, data FROM parts").fetchall())
        (piece,) = (name for name in before if before[name] != after[name] and name.startswith("numbers "))
        database.execute("UPDATE parts SET data = x'00' WHERE name LIKE 'numbers %' AND name != ?", (piece,))
    with Cache(path, b"") as cache:
        table = Table("numbers", cache)
        assert 70 == table["k7"]
        with pytest.raises(DamagedCacheError):
            table.whole()
