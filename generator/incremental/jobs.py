"""Work in several processes: children forked from this one, each taking the next item when it is free.

What the children find ready need not be sent to them; what they give comes back by a pipe, in the order of the items.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
R = TypeVar("R")

_NUMBER = struct.Struct("=I")
_AT_ONCE = 50
_MOST_ITEMS = 8000
"""What a pipe holds of numbers, with room to spare: more items than these are not worth telling apart."""


class ChildError(RuntimeError):
    """A child process failed; the message has its traceback."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """What `work` gives for each item, in their order; with several jobs in as many processes.

    Raises: what a child raised; ChildError when that cannot be sent, or when one ends without its results.  Whatever is
    raised, no child is left behind.
    """
    if jobs <= 1 or len(items) <= 1 or len(items) > _MOST_ITEMS or not hasattr(os, "fork"):
        return [work(item) for item in items]
    queue = _queue(len(items))
    children: dict[int, int] = {}
    gc.freeze()  # so that the children share the pages of what is there already
    try:
        for _ in range(min(jobs, len(items))):
            pid, pipe = _fork(work, items, queue)
            children[pid] = pipe
        found: dict[int, R] = {}
        while children:
            found.update(_results(*children.popitem()))
    finally:
        gc.unfreeze()
        os.close(queue)
        for pid, pipe in children.items():
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            os.close(pipe)
    return [found[number] for number in range(len(items))]


def _queue(count: int) -> int:
    """A pipe that holds the numbers of the items, for whoever reads the next."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(_NUMBER.pack(number) for number in range(count)))
    os.close(writing)
    return reading


def _take(work: Callable[[T], R], items: Sequence[T], queue: int) -> list[tuple[int, R]]:
    found = []
    while number := os.read(queue, _NUMBER.size):
        (index,) = _NUMBER.unpack(number)
        found.append((index, work(items[index])))
    return found


def _fork(work: Callable[[T], R], items: Sequence[T], queue: int) -> tuple[int, int]:
    """A child at work: its process and the pipe that its results will come by."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        os.close(reading)
        found: list[tuple[int, R]] = []
        wrong: tuple[str, Exception | None] | None = None
        try:
            found = _take(work, items, queue)
        except Exception as error:  # noqa: BLE001 - told to the parent, who raises it
            wrong = (traceback.format_exc(), _portable(error))
        with os.fdopen(writing, "wb") as file:
            pickle.dump(wrong, file, 5)
            while found:  # a few at a time: to pickle much at once takes much memory
                pickle.dump(found[-_AT_ONCE:], file, 5)
                del found[-_AT_ONCE:]
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
    found: list[tuple[int, Any]] = []
    wrong: tuple[str, Exception | None] | None = ("", None)
    with os.fdopen(pipe, "rb") as file, suppress(EOFError, pickle.UnpicklingError):  # where it ended, it says how
        wrong = pickle.load(file)  # noqa: S301 - from our own child
        while True:
            found += pickle.load(file)  # noqa: S301
    _, status = os.waitpid(pid, 0)
    if wrong and wrong[1]:
        raise wrong[1] from ChildError(wrong[0])
    if wrong and wrong[0]:
        raise ChildError(wrong[0])
    if status or wrong:
        raise ChildError(f"a child process ended with status {os.waitstatus_to_exitcode(status)}")
    return found
