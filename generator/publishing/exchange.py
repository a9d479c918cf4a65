"""One folder in the place of another in one step, and one build at a time."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
PATIENCE_S = 0.5
"""So long a build waits for another to end: the processes of one that was killed hold its lock a moment longer."""
_STEP_S = 0.005


class PublishError(Exception):
    """Why the site cannot be published; `hint` is the remedy."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class WrongFolderError(PublishError):
    """A folder that was given cannot be published to, whatever the content is like."""


def exchange(following: Path, out: Path) -> None:
    """Put `following` in the place of `out` in one step, where the system can; the old site is then at `following`.

    Raises: PublishError, when a disk is mounted at `out`.
    """
    if not out.exists():
        following.rename(out)
        return
    import ctypes  # noqa: PLC0415 - brought in when needed

    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(following), os.fsencode(out)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        if library.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) == 0:
            return
    elif sys.platform == "darwin" and library.renamex_np(a, b, _RENAME_SWAP) == 0:
        return
    aside = _aside(out)  # no exchange on this file system: two renames, one after the other
    shutil.rmtree(aside, ignore_errors=True)
    try:
        try:
            out.rename(aside)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            hint = "give a folder inside it with --out DIR"
            raise PublishError(f"a disk is mounted at {out}, and nothing can take its place", hint) from error
        following.rename(out)
    except BaseException:  # Control-C too
        put_back(out)
        raise
    aside.rename(following)


def _aside(out: Path) -> Path:
    """Where the old site is while it is exchanged by two renames."""
    return out.with_name(f".{out.name}.last")


def put_back(out: Path) -> None:
    """Have the old site in its place again, where an exchange by two renames ended between them."""
    aside = _aside(out)
    if aside.is_dir() and not out.exists():
        aside.rename(out)
    elif aside.exists():  # it ended behind the second one
        shutil.rmtree(aside, ignore_errors=True)


def _hold(file: IO[str], path: Path) -> bool:
    """Lock a file; whether that could be done: another may have it, or have just removed what we had opened."""
    import fcntl  # noqa: PLC0415 - where it is missing, only publishing cannot be done

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except OSError:
        return False


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Only one build at a time publishes to a folder; the lock dies with its owner; a file left of it is taken over.

    A site that a killed build had put aside is in its place again.

    Raises: PublishError, when another build is at it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    path = out.with_name(f".{out.name}.lock")
    with ExitStack() as opened:
        latest = time.monotonic() + PATIENCE_S
        while not _hold(opened.enter_context(path.open("w")), path):
            opened.close()
            if time.monotonic() > latest:
                raise PublishError(f"another build is publishing to {out}", "wait for it to end, and build again")
            time.sleep(_STEP_S)
        put_back(out)
        umask = os.umask(0o022)  # whatever it is elsewhere: a web server shall read what a careful maintainer built
        try:
            yield
        finally:
            os.umask(umask)
            path.unlink(missing_ok=True)
