"""A folder that git keeps, made for a test: its commits have authors and times of their own."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = {
    "GIT_AUTHOR_NAME": "Nobody",
    "GIT_AUTHOR_EMAIL": "nobody@example.org",
    "GIT_COMMITTER_NAME": "Nobody",
    "GIT_COMMITTER_EMAIL": "nobody@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *words: str, when: str = "2026-01-01T12:00:00Z") -> str:
    """What git answers in a folder; what it writes is of the time given, as committer's time."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= NOBODY | {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout


def begin(folder: Path) -> None:
    """Make a folder a repository."""
    git(folder, "init", "--quiet", "--initial-branch=main")


def commit(folder: Path, when: str = "2026-01-01T12:00:00Z") -> None:
    """Keep the folder as it is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=As it is", when=when)
