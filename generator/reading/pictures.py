"""Pictures: what a file's first bytes say it is, and the names that a picture may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_JPEG = re.compile(rb"\xff\xd8\xff")
SIGNATURES = {
    ".avif": re.compile(rb".{4}ftypavi[fs]", re.DOTALL),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".jpeg": _JPEG,
    ".jpg": _JPEG,
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
"""How a file of each kind begins.  SVG is none of them: it is a document, and could run scripts."""
LONGEST_SIGNATURE = 16
LARGEST_PICTURE = 8_000_000
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*/)*[A-Za-z0-9][A-Za-z0-9_-]*\.[A-Za-z]+", re.ASCII)


def fault_of_picture(name: str, head: bytes, size: int, others: Iterable[str]) -> tuple[str, str] | None:
    """What is wrong with a picture of this name in images/, beside others, and what to do; None when all is well.

    head: its first bytes, as many as a signature may be long.  size: bytes in all.
    """
    suffix = f".{name.rpartition('.')[2].lower()}"
    if not _NAME.fullmatch(name):
        return "a picture's name that a web address cannot have", "use letters, digits and hyphens, as quay-2025.jpg"
    if size > LARGEST_PICTURE:
        return f"the picture is larger than {LARGEST_PICTURE:,} bytes", "make it smaller: 1,600 pixels are wide enough"
    if not SIGNATURES[suffix].match(head):
        likely = next((kind for kind, signature in SIGNATURES.items() if signature.match(head)), "")
        hint = f"it is a picture of another kind: rename it to end in {likely}" if likely else "save it as a picture"
        return f"the file is no {suffix[1:].upper()} picture", hint
    for other in others:
        if other.casefold() == name.casefold():
            return f"the picture `{other}` has the same name but for capitals", "rename one of them"
    return None
