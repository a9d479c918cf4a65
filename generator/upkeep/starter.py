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
    """Copy it to `folder`/content, and give that, whole or not at all; whatever is there already stays.

    Raises: StarterError.
    """
    content = folder / "content"
    outer = next((each for each in (folder.resolve(), *folder.resolve().parents) if (each / "site.yml").exists()), None)
    if outer:
        raise StarterError(f"{folder} lies inside {outer}, which is a content folder", "give another with --site DIR")
    if content.exists():
        raise StarterError(f"{content} is there already", "give another folder with --site DIR")
    making = folder / ".content.making"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(starter, making)
        making.rename(content)
    except OSError as error:
        shutil.rmtree(making, ignore_errors=True)
        raise StarterError(f"{content} cannot be written: {_reason(error)}", "give another with --site DIR") from error
    return content


def _reason(error: OSError) -> str:
    """Why, in words; of a copy of many files, that of the first that could not be copied."""
    if isinstance(error, shutil.Error) and error.args and error.args[0]:
        return str(error.args[0][0][2])
    return str(error.strerror)
