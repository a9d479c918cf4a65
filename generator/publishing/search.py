"""The search index, made by Pagefind from records of our own.

It is made beside the pages, and only when the records, or Pagefind, changed: the cache has a folder for each index,
named after the digest of what it was made from.  Pagefind 1.5 does not write the same bytes
each time, so the index has a folder and a manifest of its own, outside of what a build promises byte for byte
(docs/decisions/11-search.md).
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from generator.pages.findable import Record, search_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.record.site import Site

FOLDER = "pagefind/"
"""Where the index is served from."""
MANIFEST = "manifest.json"
"""Inside that folder: the SHA-256 of each of its files."""
FORM = 1
"""To be counted up when the same records are to give another index."""
KEPT = 4
"""Indexes that the cache keeps: those of the content's last few states."""
STALE_SECONDS = 3600
"""After so long, what an interrupted build left half-made is nobody's."""
NEEDED = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
    "*.pf_meta",
    "wasm.*",
    "index/*",
    "fragment/*",
    "filter/*",
)
"""What our own page loads; Pagefind's ready-made pages are left out."""


def missing() -> str:
    """Why no index can be made on this machine, in words; empty when it can."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - it brings much; needed here alone

    packages = {"pagefind", "pagefind-bin-extended"}
    for package in sorted(packages):
        try:
            version(package)
        except PackageNotFoundError:
            return f"the package {package} is not installed"
    return ""


def site_index(site: Site, cache: Path) -> dict[str, bytes]:
    """The files of the site's index and their manifest, from `cache` where it has them whole."""
    records = search_records(site)
    language = site.settings.language
    folder = cache / digest_of(records, language)
    files = index_files(folder) or _made(records, language, folder)
    with suppress(OSError):  # it could not be kept
        os.utime(folder)
    _tidy(cache)
    return files


def _made(records: Sequence[Record], language: str, folder: Path) -> dict[str, bytes]:
    """The files of an index that is made now, and kept in a folder where that can be."""
    files = make_index(records, language)
    with suppress(OSError):  # a full disk, another build was sooner, or what is there cannot be removed
        _keep(files, folder)
    return files


def _keep(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of an index, all or none."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only where an index is made

    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".making-", dir=folder.parent) as making:
        for path, data in files.items():
            file = Path(making) / "index" / path.removeprefix(FOLDER)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        (Path(making) / "index").rename(folder)


def index_files(folder: Path) -> dict[str, bytes]:
    """The files of an index and their manifest, by the path that they are served from; none when it is not whole."""
    try:
        kept = (folder / MANIFEST).read_bytes()
        files = {path: (folder / path.removeprefix(FOLDER)).read_bytes() for path in json.loads(kept)["files"]}
        return files | {FOLDER + MANIFEST: kept} if kept == _manifest(files) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def digest_of(records: Sequence[Record], language: str) -> str:
    """What an index is known by: its records, its language, the version of Pagefind."""
    from importlib.metadata import version  # noqa: PLC0415 - as above

    given = [FORM, version("pagefind"), language, records]
    return sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:32]


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """What says the SHA-256 of each file of an index."""
    sums = {path: sha256(data).hexdigest() for path, data in files.items()}
    return (json.dumps({"algorithm": "SHA-256", "files": sums}, indent=0) + "\n").encode()


def make_index(records: Sequence[Record], language: str) -> dict[str, bytes]:
    """Make an index of the records: its files, as `index_files` gives them."""
    from generator.publishing.pagefind_program import indexed  # noqa: PLC0415 - only when there is something to do

    made = indexed(records, language.partition("-")[0])
    files = {FOLDER + path: made[path] for path in sorted(made) if any(fnmatch(path, each) for each in NEEDED)}
    return files | {FOLDER + MANIFEST: _manifest(files)}


def _tidy(cache: Path) -> None:
    """Remove the indexes used longest ago, and what interrupted builds left behind."""
    used = {}
    for path in cache.iterdir() if cache.is_dir() else ():
        with suppress(OSError):  # another build has just removed it
            used[path] = path.stat().st_mtime
    whole = sorted((path for path in used if not path.name.startswith(".")), key=used.__getitem__)
    stale = (path for path in used if path.name.startswith(".") and used[path] < time() - STALE_SECONDS)
    for path in (*whole[:-KEPT], *stale):
        shutil.rmtree(path, ignore_errors=True)
