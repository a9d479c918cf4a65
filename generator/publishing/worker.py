"""The service worker: its script, with what it keeps from the first visit on.  A change of any file changes it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = "sw.js"
"""At the site's root, as a worker serves the folder that it lies in."""


def version_of(files: Mapping[str, bytes]) -> str:
    """A short name of the state of the whole site."""
    whole = sha256()
    for path in sorted(files):
        whole.update(path.encode() + b"\0" + sha256(files[path]).digest())
    return whole.hexdigest()[:12]


def service_worker(script: bytes, version: str, addresses: Iterable[str]) -> bytes:
    """The script, told the site's version and the addresses to keep, relative to the site's root."""
    told = {"version": version, "keep": list(addresses)}
    return f"const SITE = {json.dumps(told)};\n".encode() + script
