"""A small chronology to begin another with: the files of starter/, copied."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class StarterError(Exception):
    """Why none is written; `hint` is the remedy."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def write_starter(starter: Path, folder: Path) -> Path:
    """Copy it to `folder`/content, and give that; whatever is there already stays.

    Raises: StarterError.
    """
    content = folder / "content"
    if content.exists():
        raise StarterError(f"{content} is there already", "give another folder with --site DIR")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(starter, content)
    except OSError as error:
        raise StarterError(f"{content} cannot be written: {error.strerror}", "give another with --site DIR") from error
    return content
