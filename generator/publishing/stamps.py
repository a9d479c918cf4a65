"""What tells, at a look, that a published file or folder is not as it was left."""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from generator.incremental.table import Table

Stamp = tuple[int, int, int]
"""Of a file its size, mtime_ns and inode; of a folder _FOLDER, and the last two.

Not its ctime, as in snapshot.py: the link that the spare has to it changes that.
"""
SHARES = 64
"""Into which a site is divided where two processes look at it: whoever is free takes the next."""
_FOLDER = -1
"""Stands in a stamp for the size of a file."""


def stamp(path: str) -> Stamp:
    """The stamp of a file."""
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ino


def folder_stamp(path: str) -> Stamp:
    """The stamp of a folder, which changes when something is made in it, or taken out."""
    status = os.stat(path)
    return _FOLDER, status.st_mtime_ns, status.st_ino


def is_share_untouched(root: Path | None, tables: Iterable[Table[str, Stamp]], share: int) -> bool:
    """Whether a share of the files and folders of a site is as it was when these stamps were taken."""
    stat = os.stat
    if root is None:
        return False
    try:
        here = os.open(root, os.O_RDONLY)  # so that the way to it is not walked for each of a hundred thousand files
    except OSError:
        return False
    try:
        for some in chain.from_iterable(table.pieces(share, SHARES) for table in tables):
            for path, (size, written, which) in some.items():
                status = stat(path or ".", dir_fd=here)
                if status.st_mtime_ns != written or status.st_ino != which or size not in {_FOLDER, status.st_size}:
                    return False
    except OSError:
        return False
    finally:
        os.close(here)
    return True


def folders_of(path: str) -> Iterator[str]:
    """The folders that a file lies in, up to the root, which has no name."""
    while path:
        path = path.rpartition("/")[0]
        yield path
