"""The folders of the cache: one for each folder that is published to, until that is no more.

builds/<name>-<digest>/  cache.sqlite, `published to`; the spare site, `spare`
made/                    search indexes and pictures, by what they were made from    (publishing/extras.py)
templates/               compiled templates                                          (publishing/render.py)
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.incremental.cache import digest

if TYPE_CHECKING:
    from pathlib import Path

_FOR = "published to"
"""The file that says for which folder this one is."""
_AGE_S = 24 * 60 * 60
"""A first build may take long, and its folder is not there before it ends."""


def folder_for(out: Path, cache: Path) -> Path:
    """Where the cache has what is known of a published folder: the same wherever both are moved together."""
    home = cache.resolve().parent
    place = out.relative_to(home) if out.is_relative_to(home) else out
    return cache / "builds" / f"{out.name}-{digest(os.fsencode(place)).hex()[:12]}"


def claim(folder: Path, out: Path) -> None:
    """Say for which published folder this one is, and clear away those whose published folder was deleted."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FOR).write_bytes(os.fsencode(out))
        for mark in folder.parent.glob(f"*/{_FOR}"):
            if not os.path.lexists(mark.read_bytes()) and time.time() - mark.stat().st_mtime > _AGE_S:
                shutil.rmtree(mark.parent, ignore_errors=True)
