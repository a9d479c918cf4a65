"""Folders watched for changes; a burst of saves is told once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence

DEBOUNCE_MS = 60
"""At most so long is waited for the end of a burst of saves."""
STEP_MS = 20
"""So long without a change ends a burst."""
IDLE_MS = 200
"""How often the folders themselves are looked at: one that is put in the place of another is a new one to watch."""


def changes(folders: Sequence[Path], stop: threading.Event, watching: Callable[[], None]) -> Iterator[set[Path]]:
    """The paths of each burst of changes below the folders, until `stop` is set; an empty set when a folder is another.

    watching: is called when every save from then on will be seen.
    """
    while not stop.is_set():
        identity = _identity(folders)
        there = [folder for folder, known in zip(folders, identity, strict=True) if known]
        if not there:
            stop.wait(IDLE_MS / 1000)
            continue
        for change in watchfiles.watch(
            *there,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            stop_event=stop,
            raise_interrupt=False,
            rust_timeout=IDLE_MS,
            yield_on_timeout=True,
        ):
            watching()
            if change:
                yield {Path(path) for _, path in change}
            if _identity(folders) != identity:
                yield set()
                break


def _identity(folders: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Which folders these are, as the file system numbers them; None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for folder in folders:
        try:
            status = folder.stat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_dev, status.st_ino))
    return found
