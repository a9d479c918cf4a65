"""A command in a process of its own, which is ended as soon as something else is wanted."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ran(NamedTuple):
    """A command that came to its own end: its exit status, below 0 the signal that ended it, and its complaints."""

    status: int
    complained: str


class Apart:
    """Runs one command at a time, for as long as nothing else is wanted.

    The command leads a process group: Ctrl-C on a terminal is for us, and what it has started ends with it.
    """

    def __init__(self) -> None:
        self._allowed = threading.Event()
        self._allowed.set()
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def run(self, command: Sequence[str]) -> Ran | None:
        """Run a command to its end; None when it was ended before, or was not even to begin.

        Raises: OSError, when it cannot be started.
        """
        with self._lock:
            if not self._allowed.is_set():
                return None
            self._process = process = subprocess.Popen(  # noqa: S603 - our own, and no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                process_group=0,
            )
        _, complained = process.communicate()
        with self._lock:
            self._process = None
            return Ran(process.returncode, complained) if self._allowed.is_set() else None

    def end(self) -> None:
        """End what runs, and begin nothing more until it is allowed; nothing runs any more when this returns."""
        with self._lock:
            self._allowed.clear()
            if self._process is not None and self._process.poll() is None:
                with suppress(ProcessLookupError, PermissionError):  # it has just ended by itself
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def allow(self) -> None:
        """From now on, commands may run again."""
        self._allowed.set()
