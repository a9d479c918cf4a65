"""New values for the fields of sources, written where the sources are defined, every other byte as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.reading.files import read_content
from generator.reading.yaml_nodes import Mapping, Scalar, Sequence
from generator.record.problems import TextFile
from generator.upkeep.definitions import Definition, definitions
from generator.upkeep.replace import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.yaml_nodes import Node
    from generator.record.problems import Mark, Problem

Changes = dict[str, dict[str, str]]
"""The values that fields are to have, for several sources."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r"[\w-]+|https?://[\w/.%?=&+~@:;-]*[\w/]", re.ASCII)
"""What needs no quotes in YAML, neither in a block nor in braces."""
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Updated:
    """What came of an update: the files that were changed, and the sources that only a person can change."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


class RewriteError(Exception):
    """A source is written in a way that only a person can change."""


def update_content(folder: Path, changes: Changes) -> Updated:
    """Give sources new values; the files are read afresh, as somebody may have edited them.

    changes: by the sources' addresses, as an address edited meanwhile is not the one that was looked at.
    Raises: OSError.
    """
    content, _ = read_content(folder)
    paths: list[Path] = []
    problems: list[Problem] = []
    for file in content.texts:
        found = definitions([file])
        wanted = {ident: changes[url] for ident, one in found.items() if (url := one.text("url")) in changes}
        if not wanted:
            continue
        path = Path(file.path)
        raw = path.read_bytes().decode()
        after, left = rewritten(raw, file.name, wanted)
        if after != raw:
            replace_file(path, after.encode())
            paths.append(path)
        for ident in left:
            fields = ", ".join(f"{name}: {value}" for name, value in wanted[ident].items())
            message = f"the source `{ident}` is written in a way that is not changed for you"
            problems.append(found[ident].warning("id", message, f"write into it {fields}"))
    return Updated(tuple(paths), tuple(problems))


def rewritten(raw: str, name: str, changes: Changes) -> tuple[str, list[str]]:
    """The text of a file, with the line ends that it has, in which sources have new values; and those left as they are.

    name: the file's, inside the content folder.  changes: by the sources' ids.
    """
    before = _defined(raw, name)
    starts = [0, *(match.end() for match in _LINE_END.finditer(raw))]
    edits: list[tuple[int, int, str]] = []
    left: list[str] = []
    for ident, values in changes.items():
        try:
            edits += list(_edits(raw, starts, before[ident], values))
        except (KeyError, RewriteError):
            left.append(ident)
    text = raw
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    wanted = {
        ident: _plain(source.node) | (changes.get(ident, {}) if ident not in left else {})
        for ident, source in before.items()
    }
    if wanted != {ident: _plain(source.node) for ident, source in _defined(text, name).items()}:
        return raw, list(changes)
    return text, left


def _defined(raw: str, name: str) -> dict[str, Definition]:
    """The sources that a text defines, read as a build reads it."""
    return definitions([TextFile(name, name, _LINE_END.sub("\n", raw.removeprefix(_BYTE_ORDER_MARK)))])


def _edits(raw: str, starts: list[int], source: Definition, values: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """What to write from where to where: new values in the place of old ones, new fields behind the address.

    Raises: RewriteError.
    """
    added: list[str] = []
    for field, value in values.items():
        old = source.node.get(field)
        if old is None:
            quote = "" if _PLAIN.fullmatch(value) else '"'
            added.append(f"{field}: {quote}{value}{quote}")
        elif source.text(field) != value:
            start, end = _span(raw, starts, old)
            at = raw.index(source.text(field), start, end)
            yield at, at + len(source.text(field)), value
    if not added:
        return
    _, end = _span(raw, starts, source.node.get("url") or source.node)
    if raw[_offset(raw, starts, source.node.mark)] == "{":
        yield end, end, "".join(f", {field}" for field in added)
        return
    line_end = _LINE_END.search(raw, end) or _LINE_END.search(raw)
    at = line_end.start() if line_end and line_end.start() >= end else len(raw)
    before = (line_end[0] if line_end else "\n") + " " * (source.node.mark.column - 1)
    yield at, at, "".join(f"{before}{field}" for field in added)


def _span(raw: str, starts: list[int], node: Node) -> tuple[int, int]:
    """Where a value begins and ends, its quotes included.

    Raises: RewriteError, when it is not a text that stands on one line as it is read.
    """
    start = _offset(raw, starts, node.mark)
    end = start + node.mark.length
    if not isinstance(node, Scalar) or node.text not in raw[start:end]:
        raise RewriteError
    return start, end


def _offset(raw: str, starts: list[int], mark: Mark) -> int:
    """The offset of a place; a byte order mark is no character of the first line."""
    first = mark.line == 1 and raw.startswith(_BYTE_ORDER_MARK)
    return starts[mark.line - 1] + mark.column - 1 + first


def _plain(node: Node) -> Any:  # noqa: ANN401 - texts, lists and dicts of them
    """What a tree says, without where."""
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.items}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return node.text
