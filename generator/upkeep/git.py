"""Asking git about the repository that a folder lies in; the only place that starts git.

Nothing is changed by it, and nothing fetched.
"""

from __future__ import annotations

import os
import subprocess
from shutil import which
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

OF_A_HOOK = frozenset({"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"})
"""Set by git where it runs a hook, for the hook's repository: here the folder alone decides."""

REGULAR = frozenset({"100644", "100755"})
"""Modes of files: git keeps links and other repositories too."""


class GitError(Exception):
    """Why git gives no answer, in one line."""


def ask_git(folder: Path, *words: str, given: str = "") -> bytes:
    """What git answers when it is asked in a folder; `given` is what it reads.

    Raises: GitError, when there is no git, the folder is in no repository, or git refuses.
    """
    program = which("git")
    if program is None:
        raise GitError("git is not installed")
    inherited = {name: value for name, value in os.environ.items() if name not in OF_A_HOOK}
    done = subprocess.run(  # noqa: S603 - no shell; of the words only a revision is not ours, and git verifies it
        [program, "-C", str(folder), *words],
        input=given.encode(),
        capture_output=True,
        env={**inherited, "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"},
        check=False,
    )
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").partition("\n")[0].removeprefix("fatal: ")
        if reason.startswith("not a git repository"):
            raise GitError(f"{folder} is in no git repository")
        raise GitError(reason or f"git {words[0]} failed")
    return done.stdout


def read_blobs(folder: Path, blobs: Iterable[str]) -> Iterator[bytes]:
    """The bytes that git keeps under each id, in their order.

    Raises: GitError, as ask_git, or when one is not there.
    """
    asked = "".join(f"{blob}\n" for blob in blobs)
    answer = ask_git(folder, "cat-file", "--batch", "--buffer", given=asked) if asked else b""
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start) + 1  # a line `<id> blob <size>`, the bytes, a line feed
        words = answer[start:end].split()
        if words[1:] == [b"missing"]:
            raise GitError(f"git lacks {words[0].decode()}: this clone is partial")
        size = int(words[2])
        yield answer[end : end + size]
        start = end + size + 1
