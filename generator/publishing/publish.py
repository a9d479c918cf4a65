"""Files -> the published folder, all or nothing.

The new site is made whole in a folder beside the published one, unchanged files as links to those of last time,
and then the two are exchanged in one step.  The manifest in the folder says which files the build made: a folder
with any other file is not ours to replace.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "data/manifest.json"
INDEX = "pagefind/"
"""The search index: not the same bytes each time, so its manifest is in its own folder."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


class PublishError(Exception):
    """Why the site cannot be published; `hint` is the remedy."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, and how many were as before."""

    written: int
    unchanged: int
    removed: int


def manifest(files: dict[str, bytes]) -> bytes:
    """The SHA-256 of every file by path, but the manifest itself and the search index, which has one of its own."""
    sums = {path: sha256(data).hexdigest() for path, data in sorted(files.items()) if not path.startswith(INDEX)}
    return (json.dumps({"algorithm": "SHA-256", "files": sums}, indent=0, ensure_ascii=False) + "\n").encode()


def publish(files: dict[str, bytes], out: Path, *, anew: bool = False) -> Published:
    """Make `out` hold exactly these files, by path, and a manifest of them; with `anew`, take over none that is there.

    Raises: PublishError, when the folder holds files that no build made, another build is at it, or writing fails.
    Whatever is raised, and wherever the process is killed, the folder is as it was or as it is meant to be.
    """
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(out):
        before = _ours(out)
        files = {**files, MANIFEST: manifest(files)}
        same = {path for path, data in files.items() if not anew and path in before and _holds(out / path, data)}
        if len(same) == len(files) and before <= files.keys():
            return Published(0, len(files), 0)
        following = out.with_name(f".{out.name}.next")
        shutil.rmtree(following, ignore_errors=True)
        try:
            _write(files, same, out, following)
            _exchange(following, out)
        except OSError as error:
            hint = "the published folder is as it was; make room, or see that you may write there"
            raise PublishError(f"the site cannot be written: {error.strerror}: {error.filename}", hint) from error
        finally:
            shutil.rmtree(following, ignore_errors=True)
        return Published(len(files) - len(same), len(same), len(before - files.keys()))


def _holds(path: Path, data: bytes) -> bool:
    """Whether a published file is still what a build made it: somebody may have edited it."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write(files: dict[str, bytes], same: set[str], out: Path, following: Path) -> None:
    folders = {(following / path).parent for path in files}
    for folder in sorted(folders):
        folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        target = following / path
        if path in same:
            try:
                os.link(out / path, target)
            except OSError:  # no links on this file system
                pass
            else:
                continue
        target.write_bytes(data)
        target.chmod(0o644)  # whatever the umask
    for folder in (following, *(path for path in following.rglob("*") if path.is_dir())):
        folder.chmod(0o755)


def _ours(out: Path) -> frozenset[str]:
    """The files that a build has put there; none when the folder is missing or empty."""
    if not out.exists():
        return frozenset()
    if not out.is_dir():
        raise PublishError(f"{out} is not a folder", "give another with --out DIR")
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir() or path.is_symlink()}
    if not there:
        return frozenset()
    made = _listed(out, MANIFEST)
    if made:
        made |= _listed(out, f"{INDEX}manifest.json")
    if foreign := sorted(there - made):
        raise PublishError(
            f"{out} holds {len(foreign)} file{'' if len(foreign) == 1 else 's'} that no build has made: {foreign[0]}",
            "move them away, or give an empty folder with --out DIR",
        )
    return made


def _listed(out: Path, manifest: str) -> frozenset[str]:
    """The files that a manifest names, and itself; none where there is no such manifest."""
    try:
        return frozenset(dict(json.loads((out / manifest).read_bytes())["files"])) | {manifest}
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def _exchange(following: Path, out: Path) -> None:
    """Put `following` in the place of `out` in one step, where the system can; the old site is then at `following`."""
    if not out.exists():
        following.rename(out)
        return
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(following), os.fsencode(out)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        if library.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE) == 0:
            return
    elif sys.platform == "darwin" and library.renamex_np(a, b, _RENAME_SWAP) == 0:
        return
    aside = out.with_name(
        f".{out.name}.last"
    )  # a file system without exchange: two renames, the gap as short as can be
    shutil.rmtree(aside, ignore_errors=True)
    out.rename(aside)
    following.rename(out)
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Only one build at a time publishes to a folder; the lock dies with its owner, and leaves no file behind."""
    import fcntl  # noqa: PLC0415 - where it is missing, only publishing cannot be done

    path = out.with_name(f".{out.name}.lock")
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno()))
        except OSError:
            held = False
        if not held:  # another has it, or has just removed the file that we had opened
            raise PublishError(f"another build is publishing to {out}", "wait for it to end, and build again")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
