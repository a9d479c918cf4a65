"""How far a long piece of work has come, on a terminal; nothing in a pipe."""

from __future__ import annotations

import sys
from typing import Self


class Progress:
    """A line on standard error that is written over, and taken away at the end."""

    def __init__(self, total: int, what: str) -> None:
        self.shown = sys.stderr.isatty() and total > 0
        self._total = total
        self._what = what
        self._done = 0

    def __enter__(self) -> Self:
        self._show()
        return self

    def __exit__(self, *_: object) -> None:
        self._write("\r\x1b[K")

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        self._show()

    def _show(self) -> None:
        self._write(f"\r{self._done:,} of {self._total:,} {self._what}\x1b[K")

    def _write(self, text: str) -> None:
        if self.shown:
            sys.stderr.write(text)
            sys.stderr.flush()


class Stages:
    """What a build is at, on a terminal; each stage is written over the one before, and the last is taken away."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.begin("")

    def begin(self, words: str) -> None:
        """A stage begins."""
        if self.shown:
            sys.stderr.write(f"\r{words}{' ...' if words else ''}\x1b[K")
            sys.stderr.flush()
