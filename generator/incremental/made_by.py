"""What makes pages of contents beside the contents: our code, Python, and the libraries."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from generator.incremental.cache import digest
from generator.incremental.snapshot import digest_of, look

LIBRARIES = ("jinja2", "markupsafe", "markdown", "nh3", "yaml", "PIL", "pagefind")
"""Those that decide how contents become pages, cards and an index."""


@lru_cache(maxsize=1)
def made_by() -> bytes:
    """A digest of our code and of the versions of Python and the libraries, as this process found them.

    A preview lives on while they are replaced, and what it makes is of those that it has loaded.
    """
    code = look(Path(__file__).parents[1], {}, suffix=".py")
    folders = {Path(spec.origin).parents[1] for name in LIBRARIES if (spec := find_spec(name)) and spec.origin}
    begins = tuple(f"{before}{name.lower()}" for name in LIBRARIES for before in ("", "py"))
    beside = (each.name for folder in folders for each in folder.iterdir())
    versions = sorted(each for each in beside if each.lower().startswith(begins))
    return digest(digest_of(code), sys.version.encode(), "\n".join(versions).encode())
