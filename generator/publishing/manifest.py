"""The list of the site's files with the SHA-256 of each, by which a folder is known to be ours."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = "data/manifest.json"
INDEX = "pagefind/"
"""The search index: not the same bytes each time, so its manifest is in its own folder."""
_HEAD, _COMMA, _TAIL = b'{\n"algorithm": "SHA-256",\n"files": {\n', b",\n", b"\n}\n}\n"
"""What stands in a manifest before, between and after its rows."""


def manifest(sums: Mapping[str, str]) -> bytes:
    """The SHA-256 of every file by path, but the manifest itself and the search index, which has one of its own.

    No path needs to be escaped.
    """
    return _HEAD + _COMMA.join([_row(*file) for file in sorted(sums.items()) if not file[0].startswith(INDEX)]) + _TAIL


def manifest_after(before: bytes, sums: Mapping[str, str | None]) -> bytes:
    """A manifest that is another in a few files: their SHA-256 by path, None for one that is gone."""
    inner = before.removeprefix(_HEAD).removesuffix(_TAIL)
    rows = inner.split(_COMMA) if inner else []
    for path, its in sums.items():
        if not path.startswith(INDEX):
            at = bisect_left(rows, path.encode(), key=_path_in)
            there = at < len(rows) and _path_in(rows[at]) == path.encode()
            rows[at : at + there] = [_row(path, its)] if its else []
    return _HEAD + _COMMA.join(rows) + _TAIL


def listed(out: Path, name: str) -> frozenset[str]:
    """The files that a manifest names, and itself; none where there is no such manifest."""
    try:
        return frozenset(dict(json.loads((out / name).read_bytes())["files"])) | {name}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return frozenset()


def _row(path: str, its: str) -> bytes:
    return f'"{path}": "{its}"'.encode()


def _path_in(row: bytes) -> bytes:
    return row[1 : row.index(b'"', 1)]
