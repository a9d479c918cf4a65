"""Work in several processes: children forked from this one, each taking the next item when it is free.

What the children find ready need not be sent to them; what they give comes back by a pipe, in the order of the items.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import struct
import sys
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")

_NUMBER = struct.Struct("=I")
_NO_MORE = _NUMBER.pack(2**32 - 1)
_LENGTH = struct.Struct("=Q")
_RESULT, _END, _ERROR, _LOST = "result", "end", "error", "lost"
"""A child sends a number and a result, that there is no more, or what went wrong; or it is lost, and sends nothing."""
_MOST_ITEMS = 8000
"""What a pipe holds of numbers, with room to spare; with more items this process works alone: give larger ones."""
_PR_SET_PDEATHSIG = 1
_LESS_URGENT = 5


class ChildError(RuntimeError):
    """A child process failed; the message has its traceback."""


class ChildKilledError(ChildError):
    """A child process was ended from outside, as the system does where memory has run out."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int, take: Callable[[R], object]) -> None:
    """Give `take` what `work` gives for each item, in their order; with several jobs, as many processes work.

    What comes is taken while they are at the next items.
    Raises: what a child raised; ChildError when that cannot be sent, or when one ends without its results, and
    ChildKilledError when it was ended.  Whatever is raised, no child is left behind.
    """
    several = jobs > 1 and 1 < len(items) <= _MOST_ITEMS and hasattr(os, "fork")
    queue = _queue(len(items)) if several else None
    if queue is None:
        for item in items:
            take(work(item))
        return
    children: list[_Child] = []
    gc.freeze()  # so that the children share the pages of what is there already
    try:
        with suppress(OSError):  # no room for another process: those that there are do its work, or this one does
            for _ in range(min(jobs, len(items))):
                with _uninterrupted():  # there is no moment at which a child is not known
                    children.append(_Child(work, items, queue))
        early: dict[int, R] = {}
        following = 0
        for number, result in _as_they_come(children) if children else _taken(work, items, queue):
            early[number] = result
            while following in early:
                take(early.pop(following))
                following += 1
    finally:
        gc.unfreeze()
        os.close(queue)
        for child in children:
            child.end()


class Background(Generic[T, R]):
    """Work that a child begins while this process does other things, and that both finish together.

    It is forked early, while this process is small: after a later fork, each page of memory that either writes to is
    copied.  With one job, or where there can be no child, all is done when the results are asked for.
    """

    def __init__(self, work: Callable[[T], R], items: Sequence[T], jobs: int) -> None:
        """Have a child ready; items: no more than a thousand, which the smallest pipe holds the numbers of."""
        self._work = work
        self._items = items
        self._child: _Child | None = None
        self._queue = self._go = -1
        if jobs > 1 and hasattr(os, "fork"):
            with suppress(OSError), _uninterrupted():  # no room for another process, or for another pipe
                self._queue, self._go = os.pipe()
                self._child = _Child(work, items, self._queue, go=self._go)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child:
            self._child.end()
        for pipe in (self._queue, self._go):
            if pipe >= 0:
                os.close(pipe)

    def begin(self) -> None:
        """Have the child begin, if it has not."""
        if self._child and self._go >= 0:
            # an end for each of the two that read, as another child may hold this pipe open, which then never ends
            os.write(self._go, _numbers(len(self._items)) + 2 * _NO_MORE)
            os.close(self._go)
            self._go = -1

    @cached_property
    def results(self) -> list[R]:
        """What the work gives for each item, in their order; what the child has not begun with is done here.

        Raises: what `spread` raises.
        """
        if not self._child:
            return [self._work(item) for item in self._items]
        self.begin()
        found = dict(_taken(self._work, self._items, self._queue))
        found.update(_as_they_come([self._child]))
        return [found[number] for number in range(len(self._items))]


def _queue(count: int) -> int | None:
    """A pipe that holds the numbers of the items, for whoever reads the next; None where it cannot hold them all.

    Who has very many pipes open gets small ones from the system, and nobody reads yet.
    """
    numbers = _numbers(count)
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


def _numbers(count: int) -> bytes:
    return b"".join(_NUMBER.pack(number) for number in range(count))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with(parent: int) -> None:
    """Have this process end when its parent ends: whoever builds next finds the folder's lock free, at once.

    Only Linux can, to which the parent is the thread that started the process; elsewhere a child ends when it finds
    nobody to give its results to.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - brought in when needed

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before that
        os._exit(1)


def _taken(work: Callable[[T], R], items: Sequence[T], queue: int) -> Iterator[tuple[int, R]]:
    """What the work gives for items of which nobody else has taken the number, each with that."""
    for _ in items:
        number = os.read(queue, _NUMBER.size)  # so few bytes come whole or not at all
        if number in {b"", _NO_MORE}:
            return
        (index,) = _NUMBER.unpack(number)
        yield index, work(items[index])


class _Child:
    """A process forked from this one that works on items, and the pipe that its results come by."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T], queue: int, *, go: int = -1) -> None:
        """Begin; queue: the numbers of the items that nobody has taken yet.

        go: where it works in the background, the end of that pipe by which the numbers will come, which it must not
        hold open; it then lets others go first.
        """
        self._is_done = False
        parent = os.getpid()
        self.pipe, writing = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            os.close(self.pipe)
            os.close(writing)
            raise
        if self._pid:
            os.close(writing)
            return
        status = 1
        try:
            end_with(parent)
            os.close(self.pipe)
            if go >= 0:
                os.close(go)
                os.nice(_LESS_URGENT)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            with os.fdopen(writing, "wb") as file:
                _work(work, items, queue, file)
            status = 0
        except KeyboardInterrupt:
            status = 130
        finally:
            os._exit(status)

    def receive(self) -> tuple[int, Any] | None:
        """The next item's number and result, when there is one; None at the end."""
        try:
            kind, *found = pickle.loads(self._read(_LENGTH.unpack(self._read(_LENGTH.size))[0]))  # noqa: S301 - ours
        except EOFError:  # it was ended before it could say how
            kind, found = _LOST, []
        if kind == _RESULT:
            return found[0], found[1]
        _, status = os.waitpid(self._pid, 0)
        self._is_done = True
        os.close(self.pipe)
        if kind == _ERROR:
            trace, error = found
            if error is None:
                raise ChildError(trace)
            raise error from ChildError(trace)
        ended = os.waitstatus_to_exitcode(status)
        if ended < 0:
            raise ChildKilledError(f"a process of the build was ended by signal {-ended}")
        if ended or kind == _LOST:
            raise ChildError(f"a child process ended with status {ended}")
        return None

    def _read(self, size: int) -> bytes:
        parts = []
        while size:
            parts.append(part := os.read(self.pipe, size))
            if not part:
                raise EOFError
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """End it, unless it has ended."""
        if not self._is_done:
            self._is_done = True
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
            os.close(self.pipe)


def _work(work: Callable[[T], R], items: Sequence[T], queue: int, file: BinaryIO) -> None:
    """In a child: send each result, and at the end what went wrong, if anything did."""

    def send(*message: object) -> None:
        data = pickle.dumps(message, 5)
        file.write(_LENGTH.pack(len(data)) + data)
        file.flush()

    try:
        for number, result in _taken(work, items, queue):
            send(_RESULT, number, result)
    except Exception as error:  # noqa: BLE001 - told to the parent, who raises it
        import traceback  # noqa: PLC0415 - brought in when needed

        send(_ERROR, traceback.format_exc(), _portable(error))
    else:
        send(_END)


def _as_they_come(children: Sequence[_Child]) -> Iterator[tuple[int, Any]]:
    """What children send, each item's number and result, until all have ended."""
    ready = select.poll()
    at_work = {child.pipe: child for child in children}
    for pipe in at_work:
        ready.register(pipe, select.POLLIN)
    while at_work:
        for pipe, _ in ready.poll():
            if found := at_work[pipe].receive():
                yield found
            else:
                ready.unregister(pipe)
                del at_work[pipe]


def _portable(error: Exception) -> Exception | None:
    """An exception, if it can be sent to another process."""
    try:
        return error if pickle.loads(pickle.dumps(error)) is not None else None  # noqa: S301 - our own, just made
    except Exception:  # noqa: BLE001 - whatever is wrong with it, its traceback is told
        return None
