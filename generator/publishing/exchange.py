"""One folder in the place of another, in one step."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from typing import TYPE_CHECKING

from generator.publishing.errors import PublishError

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


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
