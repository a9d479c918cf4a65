"""The content folder, read once: text files and images, or why a file cannot be read."""

from __future__ import annotations

import errno
import os
import re
from codecs import BOM_UTF8
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from generator.incremental.snapshot import JUNK, Seen, seen
from generator.reading.pictures import LONGEST_SIGNATURE, SIGNATURES, fault_of_picture
from generator.record.problems import Mark, Problem, TextFile, did_you_mean
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_TEXT = 1_000_000
"""Bytes; an entry of the real site has about 3,000."""
_ROOM = 16_384
"""Bytes that are asked for first: to make room for the largest text, for each text, takes longer than to read it."""
DEEPEST_FOLDER = 20
"""Folders in each other."""
LISTS = ("site.yml", "vocabulary.yml", "actors.yml", "places.yml")
FOLDERS = {"events": ".md", "agreements": ".md", "pages": ".md", "sources": ".yml"}
_SUFFIXES = frozenset({".md", ".yml"})
_TEXTS = frozenset({"", ".markdown", ".md", ".mdown", ".text", ".txt", ".yaml", ".yml"})
"""How the name of a text may end that was meant to be read."""
_ORDINARY = re.compile(r"[a-z0-9][a-z0-9-]*\.(?:md|yml)")
"""Names such as nearly all have, of ten thousand: neither junk nor odd, and no closer look is needed."""

_PLACED = re.compile("|".join(f"{folder}/.*{re.escape(suffix)}" for folder, suffix in FOLDERS.items()), re.DOTALL)
"""What is surely where it belongs, told at one look."""

_START = Mark()


class Listing(NamedTuple):
    """What a build reads under the content folder, by name inside it, in order of path; each file as it is seen."""

    texts: dict[str, Seen]
    images: dict[str, Seen]
    problems: tuple[Problem, ...] = ()


class Content(NamedTuple):
    """All that a build reads under the content folder, in order of path; of images the names inside `images/`."""

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
    found: dict[str, Seen] = {}
    _walk(str(folder), "", shown, found, problems)
    for name, now in found.items():
        if name.startswith("images/") and name[name.rfind(".") :].lower() in SIGNATURES:
            head, unread = read_bytes(folder / name, LONGEST_SIGNATURE)
            problems += unread
            wrong = fault_of_picture(name.removeprefix("images/"), head or b"", now[0], images) if not unread else None
            if wrong:
                problems.append(Problem(f"{shown}/{name}", _START, *wrong))
            elif head is not None:
                images[name.removeprefix("images/")] = now
        elif not _PLACED.fullmatch(name) and (wrong := misplaced(name)):
            problems.append(Problem(f"{shown}/{name}", _START, *wrong))
        else:
            texts[name] = now
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
    data, problems = read_bytes(path)
    return (None, problems) if data is None else text_of(data, path.as_posix())


def read_bytes(path: Path, most: int = LARGEST_TEXT) -> tuple[bytes | None, list[Problem]]:
    """At most one byte more than `most` of a file, or why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(min(_ROOM, most + 1))
            return data + file.read(most + 1 - len(data)) if len(data) == _ROOM else data, []
    except OSError as error:
        return None, [_unreadable(path.as_posix(), "file", error)]


def _unreadable(shown: str, what: str, error: OSError) -> Problem:
    hint = "see that you may read it, and build again" if error.errno != errno.ENOENT else "build again"
    return Problem(shown, _START, f"the {what} cannot be read: {error.strerror}", hint)


def text_of(data: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """A text with line feeds at the ends of lines and without a byte order mark, or why `data` is not a text."""

    def refused(message: str, hint: str) -> tuple[None, list[Problem]]:
        return None, [Problem(shown, _START, message, hint)]

    if len(data) > LARGEST_TEXT:
        return refused(f"the file is larger than {LARGEST_TEXT:,} bytes", "an entry is a page of text: split it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return refused("the file is UTF-16", "save it as UTF-8")
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        message = f"the file is not UTF-8: byte 0x{data[error.start]:02x}"
        looks = "Windows-874, the old one for Thai" if _is_old_thai(data) else "Latin-1 or Windows-1252"
        return None, [Problem(shown, Mark(line, column), message, f"save it as UTF-8; it looks like {looks}")]
    from generator.reading.characters import odd_characters  # noqa: PLC0415 - brought in when needed

    text = text.replace("\r\n", "\n")
    file_ = TextFile(shown, "", text)
    found = list(odd_characters(file_))
    return (None if found else text), found


def _is_old_thai(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are Thai in Windows-874: three of its letters stand in a row."""
    try:
        data.decode("cp874")
    except UnicodeDecodeError:
        return False
    return re.search(rb"[\xa1-\xda\xdf-\xfb]{3}", data) is not None


def _walk(folder: str, prefix: str, shown: str, found: dict[str, Seen], problems: list[Problem]) -> None:
    """Find the regular files below the folder, in order of name; anything else is a problem.

    prefix: what stands before a name inside the content folder, which people know as `shown`.
    """
    here = f"{shown}/{prefix}".rstrip("/")
    if prefix.count("/") > DEEPEST_FOLDER:
        problems.append(Problem(here, _START, "a folder too deep to be looked into", "move its files up"))
        return
    try:
        with _opened(f"{folder}/{prefix}") as place, os.scandir(place) as items:
            for item in sorted(items, key=attrgetter("name")):
                name = prefix + item.name
                if not _ORDINARY.fullmatch(item.name) or not item.is_file(follow_symlinks=False):
                    if JUNK.fullmatch(item.name):
                        continue
                    if wrong := _no_file(item):
                        problems.append(Problem(f"{shown}/{name}", _START, *wrong))
                        continue
                    if item.is_dir(follow_symlinks=False):
                        _walk(folder, f"{name}/", shown, found, problems)
                        continue
                try:
                    found[name] = seen(item.stat(follow_symlinks=False))
                except OSError as error:  # it has just vanished
                    problems.append(_unreadable(f"{shown}/{name}", "file", error))
    except OSError as error:
        problems.append(_unreadable(here, "folder", error))


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    """A folder by number, so that the way to it is not walked for each of its files."""
    number = os.open(folder, os.O_RDONLY)
    try:
        yield number
    finally:
        os.close(number)


def _no_file(item: os.DirEntry[str]) -> tuple[str, str] | None:
    """Why what lies in a folder is neither a file nor a folder that a build would read."""
    stem, dot, suffix = item.name.rpartition(".")
    if not item.name.isprintable():
        return "its name has a character that cannot be seen", "rename it"
    if item.is_symlink():
        return "it is a symbolic link", "put the file itself here: links are not followed"
    if item.name.startswith("."):
        return "its name hides it", "rename it, or move it away"
    if item.is_dir(follow_symlinks=False):
        if f"{dot}{suffix}" in _SUFFIXES:
            return "it is a folder with the name of a file", f"put the file here, or rename the folder to `{stem}`"
        return None
    return None if item.is_file(follow_symlinks=False) else ("it is not a regular file", "remove it")


def misplaced(name: str) -> tuple[str, str] | None:
    """Why no build would read a file of this name: nothing is left out in silence."""
    folder, slash, rest = name.partition("/")
    suffix = FOLDERS.get(folder) if slash else None
    if name in LISTS or (suffix and rest.endswith(suffix)):
        return None
    ending = Path(name).suffix.lower()
    moved = "move it to content/images/" if ending in SIGNATURES and folder != "images" else ""
    if not slash:
        hint = moved or did_you_mean(name, LISTS) or f"it has {', '.join(LISTS)} and folders"
        return f"the content has no file `{name}`", hint
    if folder == "images":
        return "it is not a picture that can be shown", f"use one of {', '.join(sorted(SIGNATURES))}"
    if suffix is None:
        hint = did_you_mean(folder, (*FOLDERS, "images")) or f"it has {', '.join(FOLDERS)} and images"
        return f"the content has no folder `{folder}`", hint
    stem = Path(rest).stem
    renamed = stem if stem.endswith(suffix) else f"{stem}{suffix}"  # Windows adds .txt to what is called so already
    otherwise = f"rename it to `{renamed}`" if ending in _TEXTS else "move it out of the content"
    return f"files in `{folder}/` end in {suffix}", moved or otherwise
