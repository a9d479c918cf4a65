"""Work in several processes: children forked from this one, each taking the next item when it is free.

What the children find ready need not be sent to them; what they give comes back by a pipe, in the order of the items.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import struct
import sys
import traceback
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")

_NUMBER = struct.Struct("=I")
_AT_ONCE = 50
_MOST_ITEMS = 8000
"""What a pipe holds of numbers, with room to spare: more items than these are not worth telling apart."""
_PR_SET_PDEATHSIG = 1


class ChildError(RuntimeError):
    """A child process failed; the message has its traceback."""


class ChildKilledError(ChildError):
    """A child process was ended from outside, as the system does where memory has run out."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """What `work` gives for each item, in their order; with several jobs in as many processes.

    Raises: what a child raised; ChildError when that cannot be sent, or when one ends without its results, and
    ChildKilledError when it was ended.  Whatever is raised, no child is left behind.
    """
    if jobs <= 1 or len(items) <= 1 or len(items) > _MOST_ITEMS or not hasattr(os, "fork"):
        return [work(item) for item in items]
    queue = _queue(len(items))
    if queue is None:
        return [work(item) for item in items]
    children: dict[int, int] = {}
    gc.freeze()  # so that the children share the pages of what is there already
    try:
        for _ in range(min(jobs, len(items))):
            with _uninterrupted():  # there is no moment at which a child is not known
                pid, pipe = _fork(work, items, queue)
                children[pid] = pipe
        found: dict[int, R] = {}
        while children:
            found.update(_results(*children.popitem()))
    finally:
        gc.unfreeze()
        os.close(queue)
        for pid, pipe in children.items():
            _end(pid)
            os.close(pipe)
    return [found[number] for number in range(len(items))]


class Aside(Generic[R]):
    """A piece of work that a child does while this process goes on, from when it is told to begin.

    The child is there before, when it has little in common with this process: later, each would have to copy what the
    other still looks at.  With one job, or where there can be no child, the work is done when its result is asked for.
    """

    def __init__(self, work: Callable[[], R], jobs: int) -> None:
        self._work = work
        self._child: tuple[int, int] | None = None
        self._go = -1
        if jobs > 1 and hasattr(os, "fork"):
            with suppress(OSError):  # no room for another process
                waiting, self._go = os.pipe()
                try:
                    with _uninterrupted():
                        self._child = _fork(lambda _: work(), [None], waiting, self._go)
                finally:
                    os.close(waiting)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._go >= 0:
            os.close(self._go)
        if self._child:
            pid, pipe = self._child
            _end(pid)
            os.close(pipe)

    def begin(self) -> None:
        """Have the child begin, if it has not."""
        if self._child and self._go >= 0:
            with suppress(BrokenPipeError):  # it is there no longer: its result tells
                os.write(self._go, _NUMBER.pack(0))
            os.close(self._go)
            self._go = -1

    @cached_property
    def result(self) -> R:
        """What the work gives; one may have to wait for it, or get what `spread` raises."""
        if not self._child:
            return self._work()
        self.begin()
        child, self._child = self._child, None
        ((_, result),) = _results(*child)
        return result  # type: ignore[no-any-return]


def _queue(count: int) -> int | None:
    """A pipe that holds the numbers of the items, for whoever reads the next; None where it cannot hold them all.

    Who has very many pipes open gets small ones from the system, and nobody reads yet.
    """
    numbers = b"".join(_NUMBER.pack(number) for number in range(count))
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        is_whole = os.write(writing, numbers) == len(numbers)
    except BlockingIOError:
        is_whole = False
    os.close(writing)
    if is_whole:
        return reading
    os.close(reading)
    return None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def end_with(parent: int) -> None:
    """Have this process end when its parent ends: whoever builds next finds the folder's lock free, at once.

    Only Linux can, to which the parent is the thread that started the process; elsewhere a child ends when it finds
    nobody to give its results to.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before that
        os._exit(1)


def _take(work: Callable[[T], R], items: Sequence[T], queue: int) -> list[tuple[int, R]]:
    found: list[tuple[int, R]] = []
    while len(found) < len(items) and (number := os.read(queue, _NUMBER.size)):
        (index,) = _NUMBER.unpack(number)
        found.append((index, work(items[index])))
    return found


def _fork(work: Callable[[T], R], items: Sequence[T], queue: int, ours: int = -1) -> tuple[int, int]:
    """A child at work: its process and the pipe that its results will come by.  `ours` is not for the child to hold."""
    parent = os.getpid()
    reading, writing = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if pid:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        end_with(parent)
        os.close(reading)
        if ours >= 0:
            os.close(ours)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        with os.fdopen(writing, "wb") as file:
            end: tuple[str, Exception | None] | None = None
            try:
                found = _take(work, items, queue)
                while found:  # a few at a time: to pickle much at once takes much memory
                    file.write(pickle.dumps(found[-_AT_ONCE:], 5))
                    del found[-_AT_ONCE:]
            except Exception as error:  # noqa: BLE001 - told to the parent, who raises it
                end = (traceback.format_exc(), _portable(error))
            pickle.dump(end, file, 5)
        status = 0
    except KeyboardInterrupt:
        status = 130
    finally:
        os._exit(status)


def _portable(error: Exception) -> Exception | None:
    """An exception, if it can be sent to another process."""
    try:
        return error if pickle.loads(pickle.dumps(error)) is not None else None  # noqa: S301 - our own, just made
    except Exception:  # noqa: BLE001 - whatever is wrong with it, its traceback is told
        return None


def _results(pid: int, pipe: int) -> list[tuple[int, Any]]:
    """What a child sends: lists of what it found, and at the end what went wrong, if anything did."""
    found: list[tuple[int, Any]] = []
    wrong: tuple[str, Exception | None] | None = ("", None)
    try:
        with os.fdopen(pipe, "rb") as file, suppress(EOFError, pickle.UnpicklingError):  # where it ended, it says how
            while isinstance(part := pickle.load(file), list):  # noqa: S301 - from our own child
                found += part
            wrong = part
        _, status = os.waitpid(pid, 0)
    except BaseException:  # Ctrl-C, or no memory for what it sends
        with suppress(ProcessLookupError, ChildProcessError):
            _end(pid)
        raise
    if wrong and wrong[1]:
        raise wrong[1] from ChildError(wrong[0])
    if wrong and wrong[0]:
        raise ChildError(wrong[0])
    ended = os.waitstatus_to_exitcode(status)
    if ended < 0:
        raise ChildKilledError(f"a process of the build was ended by signal {-ended}")
    if ended or wrong:
        raise ChildError(f"a child process ended with status {ended}")
    return found
