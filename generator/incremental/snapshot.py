"""Folders as they were last seen: a digest of the files in them, without reading those that did not change."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.incremental.cache import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Seen = tuple[int, int, int, int]
"""A file as it was last seen: its size, mtime_ns, ctime_ns and inode."""
Snapshot = dict[str, tuple[Seen, bytes]]
"""Files by path below a folder: each as it was seen, and a digest of its bytes."""

JUNK = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|[Dd]esktop\.ini|\.gitkeep|\.gitignore|.*~|\..*\.sw[a-z]|\.?#.*|4913|.*___jb_(?:tmp|old)___"
)
"""What systems and editors leave lying about, for as long as a file is open or for good; no build reads it."""
NEVER: Seen = (-1, -1, -1, -1)
JUST_NOW_NS = 2_000_000_000
"""A file written so short a time ago may be written again within the same tick of its clock: it is read next time."""


def seen(status: os.stat_result) -> Seen:
    """What tells that a file has changed."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def settled(file: Seen, started_ns: int) -> Seen:
    """The same, to be relied on by the next build; NEVER for a file written just before this build started."""
    return file if max(file[1], file[2]) < started_ns - JUST_NOW_NS else NEVER


def look(folder: Path, last: Mapping[str, tuple[Seen, bytes]], *, suffix: str = "") -> Snapshot:
    """The files below a folder, sorted by path, or those whose names end in a suffix; only those that changed are read.

    What is not among them is nothing to a build: who reads the files reads those that are.
    """
    found: Snapshot = {}
    for path, status in sorted(_walk(str(folder))):
        name = path[len(str(folder)) + 1 :]
        if name.endswith(suffix):
            now = seen(status)
            before = last.get(name)
            if before and before[0] == now:
                found[name] = before
            else:
                with suppress(FileNotFoundError), open(path, "rb") as file:  # noqa: PTH123 - a path as text, for speed
                    found[name] = (now, digest(file.read()))
    return found


def is_as_seen(folder: Path, snapshot: Snapshot) -> bool:
    """Whether nobody has written to one of these files since they were looked at, be it what was there before."""
    try:
        return all(seen((folder / name).stat()) == before for name, (before, _) in snapshot.items())
    except FileNotFoundError:
        return False


def to_keep(snapshot: Snapshot, started_ns: int) -> Snapshot:
    """The same for the next build."""
    return {name: (settled(now, started_ns), its) for name, (now, its) in snapshot.items()}


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with suppress(FileNotFoundError), os.scandir(folder) as items:
        for item in items:
            if item.name == "__pycache__" or JUNK.fullmatch(item.name):
                continue
            if item.is_dir():
                yield from _walk(item.path)
            else:
                with suppress(FileNotFoundError):  # it has just gone, or is a link that leads nowhere
                    yield item.path, item.stat()


def digest_of(snapshot: Snapshot) -> bytes:
    """A digest of names and contents."""
    return digest(*(part for name, (_, its) in snapshot.items() for part in (os.fsencode(name), its)))
