"""The content folder, read once: text files and images, or why a file cannot be read."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.incremental.snapshot import Seen, seen
from generator.record.problems import Mark, Problem, TextFile, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_TEXT = 1_000_000
"""Bytes; an entry of the real site has about 3,000."""
LARGEST_IMAGE = 8_000_000
IMAGE_SUFFIXES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
LISTS = ("site.yml", "vocabulary.yml", "actors.yml", "places.yml")
FOLDERS = {"events": ".md", "agreements": ".md", "pages": ".md", "sources": ".yml"}
JUNK = frozenset({".DS_Store", "Thumbs.db", ".gitkeep", ".gitignore"})

_START = Mark()
ODD_CHARACTER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff0-\uffff"
    "\U000e0000-\U0010ffff]"
)
"""Controls, marks that reorder text, private use; not the joiners that Thai, Khmer and emoji use."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files under the content folder that a build reads, by name inside it, in order of path; each as it is seen."""

    texts: dict[str, Seen]
    images: dict[str, Seen]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under the content folder that a build reads, in order of path; of images the names inside `images/`."""

    texts: tuple[TextFile, ...]
    images: frozenset[str]


def list_content(folder: Path) -> Listing:
    """What there is to read; what has no business there is a problem."""
    if not folder.is_dir():
        problem = Problem(str(folder), _START, "there is no such folder", "give the folder with --content DIR")
        return Listing({}, {}, (problem,))
    texts: dict[str, Seen] = {}
    images: dict[str, Seen] = {}
    problems: list[Problem] = []
    shown = folder.as_posix()
    for name, seen in _walk(str(folder), "", shown, problems):
        if name.startswith("images/") and name[name.rfind(".") :].lower() in IMAGE_SUFFIXES:
            images[name.removeprefix("images/")] = seen
        elif wrong := misplaced(name):
            problems.append(Problem(f"{shown}/{name}", _START, *wrong))
        else:
            texts[name] = seen
    return Listing(texts, images, tuple(problems))


def read_content(folder: Path) -> tuple[Content, list[Problem]]:
    """Read every file of the folder; what cannot be read, or has no business there, is a problem."""
    listing = list_content(folder)
    problems = list(listing.problems)
    texts = []
    for name in listing.texts:
        text, found = read_text(folder / name)
        problems += found
        if text is not None:
            texts.append(TextFile((folder / name).as_posix(), name, text))
    return Content(tuple(texts), frozenset(listing.images)), problems


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """A file's text, or why it is not a text."""
    data, found = read_bytes(path)
    return (None, found) if data is None else text_of(data, path.as_posix())


def read_bytes(path: Path) -> tuple[bytes | None, list[Problem]]:
    """A text file's bytes, one more than may be when there are too many; or why it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_TEXT + 1), []
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return None, [Problem(path.as_posix(), _START, message, "see that you may read it")]


def text_of(data: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """A text with line feeds at the ends of lines and without a byte order mark, or why `data` is not a text."""

    def refused(message: str, hint: str) -> tuple[None, list[Problem]]:
        return None, [Problem(shown, _START, message, hint)]

    if len(data) > LARGEST_TEXT:
        return refused(f"the file is larger than {LARGEST_TEXT:,} bytes", "an entry is a page of text: split it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return refused("the file is UTF-16", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        message = f"the file is not UTF-8: byte 0x{data[error.start]:02x}"
        hint = "save it as UTF-8; it looks like Latin-1 or Windows-1252"
        return None, [Problem(shown, Mark(line, column), message, hint)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    file_ = TextFile(shown, "", text)
    found = list(_odd_characters(file_))
    return (None if found else text), found


def _walk(folder: str, prefix: str, shown: str, problems: list[Problem]) -> Iterator[tuple[str, Seen]]:
    """Regular files below the folder, sorted by name; anything else is a problem.

    prefix: what stands before a name inside the content folder, which people know as `shown`.
    """
    try:
        with os.scandir(f"{folder}/{prefix}") as found:
            items = sorted(found, key=lambda item: item.name)
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        problems.append(Problem(f"{shown}/{prefix}", _START, message, "see that you may read it"))
        return
    for item in items:
        name = f"{prefix}{item.name}"
        if item.name in JUNK or item.name.endswith("~"):
            continue
        if item.is_symlink():
            message, hint = "it is a symbolic link", "put the file itself here: links are not followed"
            problems.append(Problem(f"{shown}/{name}", _START, message, hint))
        elif item.is_dir():
            yield from _walk(folder, f"{name}/", shown, problems)
        elif stat.S_ISREG((status := item.stat(follow_symlinks=False)).st_mode):
            yield name, seen(status)
        else:
            problems.append(Problem(f"{shown}/{name}", _START, "it is not a regular file", "remove it"))


def misplaced(name: str) -> tuple[str, str] | None:
    """Why no build would read a file of this name: nothing is left out in silence."""
    if name in LISTS:
        return None
    folder, slash, rest = name.partition("/")
    if not slash:
        return f"the content has no file `{name}`", did_you_mean(
            name, LISTS
        ) or f"it has {', '.join(LISTS)} and folders"
    if folder == "images":
        return "it is not a picture that can be shown", f"use one of {', '.join(sorted(IMAGE_SUFFIXES))}"
    if folder not in FOLDERS:
        hint = did_you_mean(folder, (*FOLDERS, "images")) or f"it has {', '.join(FOLDERS)} and images"
        return f"the content has no folder `{folder}`", hint
    if not rest.endswith(FOLDERS[folder]):
        return f"files in `{folder}/` end in {FOLDERS[folder]}", f"rename it to `{Path(rest).stem}{FOLDERS[folder]}`"
    return None


def _odd_characters(file: TextFile) -> Iterator[Problem]:
    """The first character that cannot be seen, or that reorders what is seen: such hide what an entry says."""
    if match := ODD_CHARACTER.search(file.text):
        name = unicodedata.name(match[0], "").lower() or f"control character U+{ord(match[0]):04X}"
        message = f"a character that cannot be seen: {name}"
        yield file.problem(file.mark_at(match.start()), message, "delete it, or write the line afresh")
