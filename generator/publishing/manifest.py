"""The list of the site's files with the SHA-256 of each, by which a folder is known to be ours."""

from __future__ import annotations

import json
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


def manifest_after(before: bytes, sums: Mapping[str, str | None]) -> bytearray:
    """A manifest that is another in a few files: their SHA-256 by path, None for one that is gone."""
    rows = bytearray(before)  # changed in place: a site of ten thousand entries has megabytes of them
    del rows[-len(_TAIL) :]
    rows += _COMMA if len(rows) > len(_HEAD) else b""
    for path, its in sums.items():
        if not path.startswith(INDEX):
            begin, end = _place(rows, path.encode())
            rows[begin:end] = _row(path, its) + _COMMA if its else b""
    if rows.endswith(_COMMA):
        del rows[-len(_COMMA) :]
    rows += _TAIL
    return rows


def listed(out: Path, name: str) -> frozenset[str]:
    """The files that a manifest names, and itself; none where there is no such manifest."""
    try:
        return frozenset(dict(json.loads((out / name).read_bytes())["files"])) | {name}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return frozenset()


def _row(path: str, its: str) -> bytes:
    return f'"{path}": "{its}"'.encode()


def _place(rows: bytearray, path: bytes) -> tuple[int, int]:
    """Where the row of a path begins and ends; where it would begin, twice, if there is none.

    Each row is followed by a comma.  To take all of them apart for a few would take longer than to make a page.
    """
    low, high = len(_HEAD), len(rows)
    while low < high:
        before = rows.rfind(_COMMA, low, (low + high) // 2)
        begin = low if before < 0 else before + len(_COMMA)
        end = rows.index(_COMMA, begin) + len(_COMMA)
        here = rows[begin + 1 : rows.index(b'"', begin + 1)]
        if here == path:
            return begin, end
        low, high = (end, high) if here < path else (low, begin)
    return low, low
