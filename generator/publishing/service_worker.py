"""The service worker: its script, told what a reader's device keeps from the first visit on."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

NAME = "sw.js"
"""At the site's root, as a worker serves the folder that it lies in."""


def service_worker(static: Path, addresses: Sequence[str], sum_of: Callable[[str], str]) -> bytes:
    """The script in the static folder with the addresses to keep, relative to the site's root.

    sum_of: gives the SHA-256 of a file by path.  When one of the files to keep changes, so does the worker, and devices
    fetch them anew.
    """
    kept = [(address, sum_of(urls.file_of(address))) for address in addresses]
    told = {"version": sha256(repr(kept).encode()).hexdigest()[:12], "keep": list(addresses)}
    script = (static / "worker" / NAME).read_bytes() if (static / "worker" / NAME).is_file() else b""
    return f"const SITE = {json.dumps(told)};\n".encode() + script
