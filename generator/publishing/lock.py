"""One build at a time publishes to a folder."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING

from generator.publishing.errors import PublishError
from generator.publishing.exchange import put_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_S = 0.5
"""So long a build waits for another to end: the processes of one that was killed hold its lock a moment longer."""
_STEP_S = 0.005


def _hold(file: IO[str], path: Path) -> bool:
    """Lock a file; whether that could be done: another may have it, or have just removed what we had opened."""
    import fcntl  # noqa: PLC0415 - where it is missing, only publishing cannot be done

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except OSError:
        return False


@contextmanager
def only_build(out: Path) -> Iterator[None]:
    """Only one build at a time publishes to a folder; the lock dies with its owner; a file left of it is taken over.

    A site that a killed build had put aside is in its place again.

    Raises: PublishError, when another build is at it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    path = out.with_name(f".{out.name}.lock")
    with ExitStack() as opened:
        latest = time.monotonic() + PATIENCE_S
        while not _hold(opened.enter_context(path.open("w")), path):
            opened.close()
            if time.monotonic() > latest:
                raise PublishError(f"another build is publishing to {out}", "wait for it to end, and build again")
            time.sleep(_STEP_S)
        put_back(out)
        umask = os.umask(0o022)  # whatever it is elsewhere: a web server shall read what a careful maintainer built
        try:
            yield
        finally:
            os.umask(umask)
            path.unlink(missing_ok=True)
