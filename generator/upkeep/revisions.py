"""The content folder as it was at an earlier git revision, without a checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.collect import Collected
from generator.reading.files import Content, misplaced, text_of
from generator.reading.records import read_record
from generator.record.problems import TextFile
from generator.upkeep.git import REGULAR, GitError, ask_git, read_blobs

if TYPE_CHECKING:
    from pathlib import Path


def read_revision(folder: Path, revision: str) -> Content:
    """The texts of a content folder as they were, in order of path and under the paths of today; no pictures.

    A text that cannot be read is given as an empty one, which is no record either.
    Raises: GitError, when there is no such revision, or no such folder in it.
    """
    commit = _commit(folder, revision)
    listed = ask_git(folder, "ls-tree", "-r", "-z", commit).decode("utf-8", "surrogateescape")
    blobs: dict[str, str] = {}
    for row in listed.split("\0")[:-1]:
        about, _, name = row.partition("\t")
        mode, _, blob = about.split(" ")
        if mode in REGULAR and not misplaced(name):
            blobs[name] = blob
    if not blobs:
        raise GitError(f"there is no content in {folder} at `{revision}`")
    data = read_blobs(folder, list(blobs.values()))
    shown = {name: (folder / name).as_posix() for name in blobs}
    return Content(
        tuple(
            TextFile(shown[name], name, text_of(text, shown[name])[0] or "")
            for name, text in zip(blobs, data, strict=True)
        ),
        frozenset(),
    )


def collect(content: Content, today: Collected) -> Collected:
    """The records of an earlier content; those of files that are the same today are taken from there."""
    known = {(item.file.name, item.file.text): item for item in today.written}
    return Collected(tuple(known.get((text.name, text.text)) or read_record(text) for text in content.texts))


def _commit(folder: Path, revision: str) -> str:
    """The id of the commit that a revision names."""
    ask_git(folder, "rev-parse", "--git-dir")
    try:
        return ask_git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except GitError:
        shallow = ask_git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
        where = " in this shallow clone: fetch it first" if shallow else ""
        raise GitError(f"git knows no revision `{revision}`{where}") from None
