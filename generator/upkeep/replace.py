"""A file exchanged whole: who reads it, or kills us, finds what was there or what is meant to be."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Give a file this content; its permissions stay.

    Raises: OSError.
    """
    following = path.with_name(f".{path.name}~")  # a name that no build reads
    try:
        following.write_bytes(data)
        if path.exists():
            shutil.copymode(path, following)
        following.replace(path)
    finally:
        following.unlink(missing_ok=True)
