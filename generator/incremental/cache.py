"""What earlier builds found out, in one SQLite file that may be deleted, cut off or garbled.

Two tables.  `parts` are what a build needs whole: few, plain data, by name.  `blobs` are what it may need singly,
such as the record of an entry, each under a key that is a digest of what it was made of.  Each value is kept with a
digest of its own and of what made it: our code, the versions of Python and of the libraries.  What was kept by other
code is as good as missing, and so is a blob that cannot be read.  Parts belong together: a list of all their digests is
kept with them, and when one is not what it should be, none is used.  So the cache never changes the result.
"""

from __future__ import annotations

import marshal
import sqlite3
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

SIZE = 16
"""Bytes of a digest."""
_SPARE = 1000
"""Blobs that may lie unused before they are cleared away, beside as many as are in use."""
_MOST_CHANGED = 0.05
"""When more of a table than this has changed, it is kept whole again."""
Table = tuple[dict[Any, Any], "Collection[Any] | None"]
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
    """

    def __init__(self, path: Path | None, made_by: bytes) -> None:
        self.made_by = made_by
        self._path = path
        self._database = self._open()
        self._blobs: dict[bytes, bytes] = {}
        self._digests: dict[str, bytes] = {}
        if digests := self._row(_PART, _DIGESTS):
            self._digests = marshal.loads(digests)  # noqa: S302 - its digest is right, so it is what we wrote
        else:  # what is there, if anything, was made by other code
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
            except _BROKEN:
                with suppress(OSError, *_BROKEN):
                    self._path.unlink()
                    return _connect(str(self._path))
            except OSError:
                pass
        return _connect(":memory:")

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
        data = self._row(_PART, name)
        if data is None or digest(self.made_by, name.encode(), data) != self._digests[name]:
            raise DamagedCacheError(name)
        return marshal.loads(data)  # noqa: S302 - its digest is right, so it is what we wrote

    def table(self, name: str) -> dict[Any, Any]:
        """A large part that is a dict: as it was kept whole, with what has changed since."""
        whole, since = self.part(name), self.part(f"{name}, since")
        if not isinstance(whole, dict):
            return {}
        if since:
            changed, gone = since
            whole |= changed
            for key in gone:
                whole.pop(key, None)
        return whole

    def _row(self, question: str, key: str | bytes) -> bytes | None:
        try:
            row = self._database.execute(question, (key,)).fetchone()
        except _BROKEN:
            return None
        if row is None or not isinstance(row[1], bytes):  # garbled, a value may be of another kind
            return None
        return row[1] if row[0] == digest(self.made_by, _bytes(key), row[1]) else None

    def blob(self, key: bytes) -> bytes | None:
        """What is kept under a key, or None."""
        return self._blobs.get(key) or self._row("SELECT digest, data FROM blobs WHERE key = ?", key)

    def put(self, key: bytes, data: bytes) -> None:
        """Keep something under a key; it is there at once, and for later builds with the next `keep`."""
        self._blobs[key] = data

    def keep(self, parts: Mapping[str, Any], tables: Mapping[str, Table], used: Iterable[bytes]) -> None:
        """Keep parts, tables, and what was put, for later builds: all or, when that cannot be, nothing of it.

        tables: each with the keys that have changed, or are gone, since the last build; None when it is new.
        used: the keys of blobs that are in use; when there are far more, the others are cleared away.
        """
        kept = {**parts, **{part: value for name, table in tables.items() for part, value in self._table(name, *table)}}
        rows = [(name, marshal.dumps(value)) for name, value in kept.items()]
        self._digests |= {name: digest(self.made_by, name.encode(), data) for name, data in rows}
        rows.append((_DIGESTS, marshal.dumps(self._digests)))
        try:
            with self._database as database:
                database.executemany(
                    "INSERT OR REPLACE INTO parts VALUES (?, ?, ?)",
                    [(name, digest(self.made_by, name.encode(), data), data) for name, data in rows],
                )
                database.executemany(
                    "INSERT OR REPLACE INTO blobs VALUES (?, ?, ?)",
                    [(key, digest(self.made_by, key, data), data) for key, data in self._blobs.items()],
                )
                self._clear(database, set(used))
        except _BROKEN:  # no room, no right to write, or not a database any more
            self.forget()
        self._blobs.clear()

    def _table(self, name: str, whole: dict[Any, Any], changed: Collection[Any] | None) -> Iterator[tuple[str, Any]]:
        """The parts that keep a table: the whole of it, or what has changed since the whole was kept."""
        if changed is not None and not changed:
            return
        since: tuple[dict[Any, Any], tuple[Any, ...]] = ({}, ())
        try:
            since = self.part(f"{name}, since") or since
        except DamagedCacheError:
            changed = None
        keys = {*since[0], *since[1], *(changed or ())}
        if changed is None or len(keys) > _MOST_CHANGED * len(whole):
            yield name, whole
            yield f"{name}, since", None
        else:
            yield f"{name}, since", ({key: whole[key] for key in keys if key in whole}, tuple(keys - whole.keys()))

    def _clear(self, database: sqlite3.Connection, used: set[bytes]) -> None:
        (count,) = database.execute("SELECT count(*) FROM blobs").fetchone()
        if count > 2 * len(used) + _SPARE:
            kept = {key for (key,) in database.execute("SELECT key FROM blobs")}
            database.executemany("DELETE FROM blobs WHERE key = ?", [(key,) for key in kept - used])


def _bytes(key: str | bytes) -> bytes:
    return key.encode() if isinstance(key, str) else key


def _connect(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0.5)
    database.execute("PRAGMA synchronous = OFF")  # what a power cut leaves is told by its digests
    database.executescript(_TABLES)
    return database
