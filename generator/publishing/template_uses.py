"""What the templates of pages use, found in their texts: when that has changed, their pages are rendered again.

A page has two keys: ("main part", name) stands for what its main part is rendered with, ("frame", name) for what is
around that (see render.py).  Each has a digest of the templates and of the addresses of the files of static/ that are
used there; where only a template itself knows which, of all there are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from generator.incremental.cache import digest
from generator.publishing.render import ONCE
from generator.publishing.template_mistakes import text_in
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from generator.incremental.snapshot import Snapshot
    from generator.record.keys import Key

_STATEMENT = re.compile(r"{%[-+]?\s*(extends|include|import|from)\b(.*?)[-+]?%}", re.DOTALL)
_AFTER_NAMES = re.compile(r"\s(?:as|import|ignore\s+missing|with\s+context|without\s+context)\b.*", re.DOTALL)
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_OF_FRAME = {"super", "self"}
"""With these a main part has something of the frame in it."""
_WORDS = "|".join(sorted({"asset", *_OF_FRAME, *ONCE}))
_WORD = re.compile(
    rf"(?<![\w.<\"'/])(?<!\w-)({_WORDS})\b(?!-)"  # no attribute, nothing in quotes, no element or class of HTML
    r"(?:\(\s*(?:\"([^\"]*)\"|'([^']*)')\s*\))?"
)
"""What may be one of the functions that say what is used, and the text that alone it is given, if it is so."""


class _Uses(NamedTuple):
    """What one template names: what it extends, what else it uses, files of static/; None where no names are written.

    has_frame: whether its main part has something of its frame in it.
    """

    extends: frozenset[str] | None
    others: frozenset[str] | None
    assets: frozenset[str] | None
    has_frame: bool


def template_digests(folder: Path, snapshot: Snapshot, assets: Mapping[str, str]) -> dict[Key, bytes]:
    """For each template of a page a digest of what its main part and its frame are rendered with, by key.

    assets: the addresses of the files of static/ by name.
    Raises: TemplateMistakeError, when a template is no text.
    """
    uses = cache(lambda name: _uses(text_in(folder / name)))

    def its(names: Collection[str]) -> bytes:
        named = [uses(name).assets for name in names]
        files = assets.keys() if None in named else {file for some in named for file in some or ()}
        parts = [(name, snapshot[name][1]) for name in names] + [(file, assets.get(file)) for file in files]
        return digest(repr(sorted(parts, key=repr)).encode())

    found: dict[Key, bytes] = {}
    for name in snapshot:
        if name.startswith("pages/") and name.endswith(".html"):
            own = uses(name)
            in_main = _all(own.others, snapshot, uses)
            frame = _all(own.extends, snapshot, uses)
            found["frame", name] = its(frame)
            found["main part", name] = its({name, *in_main, *(frame if own.has_frame or own.extends is None else ())})
    return found


def _all(names: Iterable[str] | None, there: Collection[str], uses: Callable[[str], _Uses]) -> set[str]:
    """Templates and all that they use in turn, as far as they are there; None: which, is not known."""
    found: set[str] = set()
    waiting = [*(there if names is None else names)]
    while waiting:
        each = waiting.pop()
        if each not in found and each in there:
            found.add(each)
            its = uses(each)
            waiting += there if its.extends is None or its.others is None else its.extends | its.others
    return found


def _uses(text: str) -> _Uses:
    """What a template names in its text."""
    statements = _STATEMENT.findall(text)
    extends = _named(names for what, names in statements if what == "extends")
    others = _named(names for what, names in statements if what != "extends")
    words = _WORD.findall(text)
    named = {name for name, *_ in words}
    files = [one or other for name, one, other in words if name == "asset"]
    return _Uses(
        extends,
        None if others is None else others | {ONCE[name][0] for name in named & ONCE.keys()},
        frozenset(files) if all(files) else None,
        bool(named & _OF_FRAME),
    )


def _named(statements: Iterable[str]) -> frozenset[str] | None:
    """The names in statements; None where one is not written there, but made when it is rendered."""
    found: set[str] = set()
    for statement in statements:
        names = _AFTER_NAMES.sub("", statement)
        if _TEXT.sub("", names).strip("[](), \t\n"):
            return None
        found.update(_as_kept(one or other) for one, other in _TEXT.findall(names))
    return frozenset(found)


def _as_kept(name: str) -> str:
    """A template's name as the snapshot has it: to Jinja `/a.html`, `./a.html` and `a.html` are one."""
    return "/".join(part for part in name.split("/") if part not in {"", "."})
