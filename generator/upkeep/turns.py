"""One request at a time for a host, and a pause between two."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    free_at_s: float = 0.0


class Turns:
    """Whose turn it is, for each host.

    now: seconds of a clock that never goes back.  stop: ends every pause when it is set.
    """

    def __init__(self, pause_s: float, now: Callable[[], float], stop: Event) -> None:
        self.pause_s = pause_s
        self._now = now
        self._stop = stop
        self._hosts: dict[str, _Host] = {}
        self._guard = Lock()

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait until the host is free and its pause is over; it is taken for as long as the block runs."""
        with self._guard:
            host = self._hosts.setdefault(name.lower(), _Host())
        with host.lock:
            left_s = host.free_at_s - self._now()
            if left_s > 0:
                self._stop.wait(left_s)
            try:
                yield
            finally:
                host.free_at_s = self._now() + self.pause_s
