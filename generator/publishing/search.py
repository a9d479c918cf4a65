"""The search index, made by Pagefind from records of our own; the only place that imports pagefind.

It is made beside the rendering, and only when the records, or Pagefind, changed: the cache has a folder for each index,
named after the digest of what it was made from.  Pagefind 1.5 does not write the same bytes
each time, so the index has a folder and a manifest of its own, outside of what a build promises byte for byte
(docs/decisions/11-search.md).
"""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import astuple
from fnmatch import fnmatch
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any

from generator.pages.findable import Record, search_records

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

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
AT_ONCE = 500
"""Records given to Pagefind before its answers are waited for."""
READ_AT_ONCE = 2**20
PATIENCE_SECONDS = 5
"""How long Pagefind's program may take to end."""
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
    packages = {"pagefind", "pagefind-bin-extended"}
    for package in sorted(packages):
        try:
            version(package)
        except PackageNotFoundError:
            return f"the package {package} is not installed"
    return ""


def index_folder(site: Site, cache: Path) -> Path:
    """The folder of the site's index inside `cache`, made when it is not there whole."""
    records = search_records(site)
    language = site.settings.language
    folder = cache / digest_of(records, language)
    if not index_files(folder):
        shutil.rmtree(folder, ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=cache) as making:
            made = Path(making) / "index"
            make_index(records, language, made)
            with suppress(OSError):  # another build was sooner
                made.rename(folder)
    folder.touch()
    _tidy(cache)
    return folder


def index_files(folder: Path) -> dict[str, bytes]:
    """The files of an index and their manifest, by the path that they are served from; none when it is not whole."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())["files"]
        files = {path: (folder / path.removeprefix(FOLDER)).read_bytes() for path in listed}
        whole = all(sha256(data).hexdigest() == listed[path] for path, data in files.items())
        return files | {FOLDER + MANIFEST: (folder / MANIFEST).read_bytes()} if whole else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def digest_of(records: Sequence[Record], language: str) -> str:
    """What an index is known by: its records, its language, the version of Pagefind."""
    given = [FORM, version("pagefind"), language, [astuple(record) for record in records]]
    return sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:32]


def make_index(records: Sequence[Record], language: str, folder: Path) -> None:
    """Make an index of the records in a folder that is not there yet, with a manifest of its files."""
    making = _made(records, language.partition("-")[0])
    with ThreadPoolExecutor(1) as thread:  # an event loop of its own, also for who builds inside one
        files = thread.submit(asyncio.run, making).result()
    sums = {}
    for path, data in sorted(files.items()):
        if any(fnmatch(path, pattern) for pattern in NEEDED):
            sums[FOLDER + path] = sha256(data).hexdigest()
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    (folder / MANIFEST).write_text(json.dumps({"algorithm": "SHA-256", "files": sums}, indent=0) + "\n", "utf-8")


async def _made(records: Sequence[Record], language: str) -> dict[str, bytes]:
    """The files that Pagefind makes of the records, with all that it brings along, by path.

    It sends them: when it writes them itself it says so before all of them are on the disk.
    """
    from pagefind.service import PagefindService  # noqa: PLC0415 - only here, and only when there is something to do

    class Service(PagefindService):
        """The service of the package, whose answers are read as they come.

        The package waits a tenth of a second before it reads each answer, which for 10,000 records makes 17 minutes;
        and when the program dies it waits for ever.
        """

        async def _wait_for_responses(self) -> None:
            output = self._backend.stdout
            assert output is not None  # noqa: S101 - it was opened as a pipe
            async for answer in _answers(output):
                future = self._responses.pop(int(answer.get("message_id") or 0), None)
                if future is None:
                    continue
                payload = answer["payload"]
                if payload["type"] == "Error":
                    future.set_exception(RuntimeError(f"Pagefind says: {payload['message']}"))
                else:
                    future.set_result(payload)
            for future in self._responses.values():
                future.set_exception(RuntimeError("Pagefind's program ended before it had answered"))

        async def close(self) -> None:
            """End the program, whether it has answered or not, and leave nothing of it behind."""
            self._poll_task.cancel()
            if self._backend.stdin:
                self._backend.stdin.close()
            try:  # it ends when nothing more can be asked of it
                await asyncio.wait_for(self._backend.wait(), PATIENCE_SECONDS)
            except TimeoutError:
                self._backend.kill()
                await self._backend.wait()

    service = await Service().launch()
    try:
        index = await service.create_index({"force_language": language})
        for start in range(0, len(records), AT_ONCE):
            await asyncio.gather(
                *(
                    index.add_custom_record(
                        url=record.url,
                        content=record.content,
                        language=language,
                        meta=record.meta,
                        filters=record.filters,
                        sort={"order": record.order},
                    )
                    for record in records[start : start + AT_ONCE]
                )
            )
        return {file["path"]: file["content"] for file in await index.get_files()}
    finally:
        try:
            await service.close()
        finally:
            await _end(service._backend)  # noqa: SLF001 - where its program has died, the package leaves its pipes open


async def _end(program: asyncio.subprocess.Process) -> None:
    """Leave no program running and no pipe open behind."""
    with suppress(ProcessLookupError):
        program.kill()
    await program.wait()
    program._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way to close its pipes


async def _answers(output: asyncio.StreamReader) -> AsyncIterator[dict[str, Any]]:
    """The program's answers as they come: JSON in Base64, each ended by a comma, and of any length."""
    rest = b""
    while data := await output.read(READ_AT_ONCE):
        *whole, rest = (rest + data).split(b",")
        for text in whole:
            yield dict(json.loads(base64.b64decode(text)))


def _tidy(cache: Path) -> None:
    """Remove the indexes used longest ago, and what interrupted builds left behind."""
    folders = [path for path in cache.iterdir() if path.is_dir()]
    whole = sorted((path for path in folders if not path.name.startswith(".")), key=lambda path: path.stat().st_mtime)
    stale = (path for path in folders if path.name.startswith(".") and path.stat().st_mtime < time() - STALE_SECONDS)
    for path in (*whole[:-KEPT], *stale):
        shutil.rmtree(path, ignore_errors=True)
