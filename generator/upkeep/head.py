"""Whether the history of the content is another than at the last build, and that history as plain data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from generator.record.model import History


def head_of(folder: Path) -> bytes:
    """What tells that the history of a folder is another: its newest commit; empty where there is no history."""
    if not any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents)):
        return b""
    from generator.upkeep.git import GitError, ask_git  # noqa: PLC0415 - most folders need no process

    try:
        return ask_git(folder, "rev-parse", "HEAD", "--is-shallow-repository")
    except GitError:
        return b""


def plain(history: History) -> tuple[str, str]:
    """Its days as ISO texts."""
    return history.first.isoformat(), history.last.isoformat()


def opened(days: tuple[str, str]) -> History:
    """A history from its days."""
    from generator.record.model import History  # noqa: PLC0415 - brought in when needed: most builds change nothing

    return History(date.fromisoformat(days[0]), date.fromisoformat(days[1]))
