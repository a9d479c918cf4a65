"""Pagefind's program: given records, it sends back the files of an index; the only place that imports pagefind."""

from __future__ import annotations

import asyncio
import base64
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pagefind.service import PagefindService

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from generator.pages.findable import Record

AT_ONCE = 500
"""Records given to Pagefind before its answers are waited for."""
READ_AT_ONCE = 2**20
PATIENCE_SECONDS = 5
"""How long Pagefind's program may take to end."""


def indexed(records: Sequence[Record], language: str) -> dict[str, bytes]:
    """The files that Pagefind makes of the records, with all that it brings along, by path."""
    with ThreadPoolExecutor(1) as thread:  # an event loop of its own, also for who builds inside one
        return thread.submit(asyncio.run, _made(records, language)).result()


class _Service(PagefindService):
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


async def _made(records: Sequence[Record], language: str) -> dict[str, bytes]:
    """The files as the program sends them: when it writes them itself, it says so before all are on the disk."""
    service = await _Service().launch()
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
    parts: list[bytes] = []  # of an answer that has not ended; the last one has all files, and comes in hundreds
    while data := await output.read(READ_AT_ONCE):
        *ends, rest = data.split(b",")
        for end in ends:
            yield dict(json.loads(base64.b64decode(b"".join((*parts, end)))))
            parts.clear()
        parts.append(rest)
