"""What earlier builds found out, in one SQLite file that may be deleted, cut off or garbled.

Two tables.  `parts` are plain data, by name; a large dict is a Table, of which each piece is a part.  `blobs` are what
a build may need singly, such as the record of an entry, each under a key that is a digest of what it was made of.  Each
value is kept with a digest of its own and of what made it: our code, the versions of Python and of the libraries.  What
was kept by other code is as good as missing, and so is a blob that cannot be read.  Parts belong together: a list of
all their digests is kept with them, and when one that is asked for is not what it should be, none is used.  So the
cache never changes the result.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from generator.incremental.table import Table

SIZE = 16
"""Bytes of a digest."""
_MOST_UNUSED = 1000
"""Blobs that may lie unused before they are cleared away, beside as many as are in use."""
_TABLES = """
CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY, digest BLOB, data BLOB);
CREATE TABLE IF NOT EXISTS blobs (key BLOB PRIMARY KEY, digest BLOB, data BLOB);
"""
"""Not WITHOUT ROWID: such a table reads every row that it passes on its way to another, and some have megabytes."""

_PART = "SELECT digest, data FROM parts WHERE name = ?"
_DIGESTS = "digests of all parts"
_BROKEN = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite says of a file that is no database any more; the latter when it cannot even say it."""


def digest(*parts: bytes) -> bytes:
    """A digest of several byte strings and of where each ends."""
    whole = blake2b(digest_size=SIZE)
    for part in parts:
        whole.update(len(part).to_bytes(8))
        whole.update(part)
    return whole.digest()


class DamagedCacheError(Exception):
    """A part is not as it was kept: what the others say may be of another build, and none of them is of use."""


class Cache:
    """The cache in a file, or for the life of this process without one.

    made_by: a digest of whatever decides how contents become pages, beside the contents: all is missing under another.
    begins_anew: delete what other code has kept; without, that is left as it is, and not used.
    """

    def __init__(self, path: Path | None, made_by: bytes, *, begins_anew: bool = True) -> None:
        self.made_by = made_by
        self._path = path
        self._process = os.getpid()
        self._database = self._open()
        self._blobs: dict[bytes, bytes] = {}
        self._digests: dict[str, bytes] = {}
        if digests := self._row(_PART, _DIGESTS):
            self._digests = marshal.loads(digests)  # noqa: S302 - its digest is right, so it is what we wrote
        elif begins_anew:  # what is there, if anything, was made by other code
            self.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                return _connect(str(self._path))
            except _BROKEN as error:
                if _is_in_use(error):  # another build writes it, and this one does without
                    self._path = None
                else:
                    with suppress(OSError, *_BROKEN):
                        self._path.unlink()
                        return _connect(str(self._path))
            except OSError:
                pass
        return _connect(":memory:")

    def _reopen(self) -> None:
        """In a forked child: a connection is of use in the process alone that has opened it."""
        self._process = os.getpid()
        if self._path is not None:
            self._of_parent = self._database  # which may not even be closed here
            with suppress(*_BROKEN):
                self._database = sqlite3.connect(str(self._path), timeout=0.5)

    def forget(self) -> None:
        """Begin again with nothing; in memory alone, where the file cannot be removed."""
        self._database.close()
        self._blobs.clear()
        self._digests.clear()
        if self._path is not None:
            try:
                self._path.unlink(missing_ok=True)
            except OSError:
                self._path = None
        self._database = self._open()

    def part(self, name: str) -> Any:  # noqa: ANN401 - plain data of any shape
        """A part as it was last kept, or None.

        Raises: DamagedCacheError, when it was kept and is not there as it was.
        """
        if name not in self._digests:
            return None
        data = self._data(_PART, name)[1]
        if data is None or digest(self.made_by, name.encode(), data) != self._digests[name]:
            raise DamagedCacheError(name)
        return marshal.loads(data)  # noqa: S302 - its digest is right, so it is what we wrote

    def _row(self, question: str, key: str | bytes) -> bytes | None:
        its, data = self._data(question, key)
        return data if data is not None and its == digest(self.made_by, _bytes(key), data) else None

    def _data(self, question: str, key: str | bytes) -> tuple[bytes | None, bytes | None]:
        """The digest and the value under a key; garbled, either may be of any kind."""
        if self._process != os.getpid():
            self._reopen()
        try:
            row = self._database.execute(question, (key,)).fetchone()
        except _BROKEN:
            return None, None
        return row if row and isinstance(row[1], bytes) else (None, None)

    def blob(self, key: bytes) -> bytes | None:
        """What is kept under a key, or None."""
        return self._blobs.get(key) or self._row("SELECT digest, data FROM blobs WHERE key = ?", key)

    def put(self, key: bytes, data: bytes) -> None:
        """Keep something under a key; it is there at once, and for later builds with the next `keep`."""
        self._blobs[key] = data

    def keep(self, parts: Mapping[str, Any], tables: Iterable[Table[Any, Any]], used: Collection[bytes]) -> None:
        """Keep parts, tables, and what was put, for later builds: all or, when that cannot be, nothing of it.

        tables: one after another is asked for and brought into rows; the last may have to wait for what it is of.
        used: the keys of blobs that are in use; when there are far more, the others are cleared away.
        """
        kept = chain(parts.items(), chain.from_iterable(table.to_keep(self) for table in tables))
        gone, rows = [], []
        for name, value in kept:
            if value is not None:
                rows.append((name, marshal.dumps(value)))
            elif self._digests.pop(name, b""):
                gone.append(name)
        self._digests |= {name: digest(self.made_by, name.encode(), data) for name, data in rows}
        all_digests = marshal.dumps(self._digests)
        try:
            with self._database as database:
                database.executemany("DELETE FROM parts WHERE name = ?", [(name,) for name in gone])
                database.executemany(
                    "INSERT OR REPLACE INTO parts VALUES (?, ?, ?)",
                    [
                        *((name, self._digests[name], data) for name, data in rows),
                        (_DIGESTS, digest(self.made_by, _DIGESTS.encode(), all_digests), all_digests),
                    ],
                )
                database.executemany(
                    "INSERT OR REPLACE INTO blobs VALUES (?, ?, ?)",
                    [(key, digest(self.made_by, key, data), data) for key, data in self._blobs.items()],
                )
                self._clear(database, used)
        except _BROKEN as error:
            if not _is_in_use(error):  # no room, no right to write, or not a database any more
                self.forget()
        self._blobs.clear()

    def _clear(self, database: sqlite3.Connection, used: Collection[bytes]) -> None:
        (count,) = database.execute("SELECT count(*) FROM blobs").fetchone()
        if count > 2 * len(used) + _MOST_UNUSED:
            kept = {key for (key,) in database.execute("SELECT key FROM blobs")}
            database.executemany("DELETE FROM blobs WHERE key = ?", [(key,) for key in kept.difference(used)])


def _is_in_use(error: Exception) -> bool:
    """Whether a database is whole, and only somebody else is at it."""
    return "locked" in str(error)


def _bytes(key: str | bytes) -> bytes:
    return key.encode() if isinstance(key, str) else key


def _connect(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0.5)
    database.execute("PRAGMA synchronous = OFF")  # what a power cut leaves is told by its digests
    database.executescript(_TABLES)
    database.execute(_PART, (_DIGESTS,))
    return database
