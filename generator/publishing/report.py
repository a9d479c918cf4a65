"""What comes of a build, and how long each stage of it took."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.publishing.publish import Published
    from generator.record.problems import Problem


class Counts(NamedTuple):
    """What the content holds."""

    entries: int
    sources: int
    drafts_left_out: int
    errors: int
    warnings: int


class Report(NamedTuple):
    """What came of a build; `published` is None when the content has problems that stop it.

    problems: all of them when they stop it, else the first warnings.  seconds: by stage, in order.
    lacking: what the site lacks that was wanted, in words.  is_complete: whether nothing was left to a later build.
    """

    problems: tuple[Problem, ...]
    counts: Counts
    published: Published | None
    seconds: dict[str, float]
    lacking: tuple[str, ...] = ()
    is_complete: bool = True


class Clock:
    """Tells which stage a build is at, and how long each took."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = tell

    @contextmanager
    def stage(self, name: str, words: str = "") -> Iterator[None]:
        """A stage of the build, or some more of it."""
        self._tell(words or name)
        started = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0) + perf_counter() - started
