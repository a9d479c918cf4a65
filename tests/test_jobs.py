"""Work in several processes: what goes wrong in one of them is told as if it had happened here."""

from __future__ import annotations

import errno
import fcntl
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.commands.line import main
from generator.incremental import jobs
from generator.incremental.jobs import Background, ChildError, ChildKilledError, spread
from generator.publishing.errors import PublishError
from generator.publishing.making import Maker

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
HERE = os.getpid()
PATIENCE_S = 30
PARENT = """
import os, sys, time
from pathlib import Path
from generator.incremental.jobs import spread

def work(item):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(60)

spread(work, [1, 2], 2, print)
"""


def fail(error: Exception) -> None:
    """Fail, but only in a child; here, wait until it has."""
    if os.getpid() != HERE:
        raise error
    time.sleep(0.3)


def test_what_a_child_raises_comes_with_its_hint() -> None:
    """So that it can be told in words, not by a traceback."""
    error = PublishError("it cannot be made", "leave it out")

    with pytest.raises(PublishError, match="it cannot be made") as raised:
        spread(fail, [error, error], 2, print)

    assert "leave it out" == raised.value.hint
    assert isinstance(raised.value.__cause__, ChildError)
    assert "in fail" in str(raised.value.__cause__)


def test_what_cannot_be_sent_is_told_by_its_traceback() -> None:
    """An exception that holds what no pipe can carry."""
    error = ValueError(lambda: None)

    with pytest.raises(ChildError, match="ValueError") as raised:
        spread(fail, [error, error], 2, print)

    assert raised.value.__cause__ is None


def test_a_result_that_cannot_be_sent_is_told_by_its_traceback() -> None:
    """It is a fault of the work, and not of the child, which has done it."""
    with pytest.raises((AttributeError, pickle.PicklingError), match="local object") as raised:
        spread(lambda _: lambda: None, [1, 2], 2, print)

    assert isinstance(raised.value.__cause__, ChildError)


def whose(jobs: int) -> Callable[[int], int]:
    """Work that says which process does it; where there are two, neither goes on before the other has begun."""
    theirs, ours = os.pipe(), os.pipe()

    def work(_: int) -> int:
        is_here = os.getpid() == HERE
        if jobs > 1:
            os.write((theirs if is_here else ours)[1], bytes(3))
            os.read((ours if is_here else theirs)[0], 1)
        return os.getpid()

    return work


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_that_is_done_aside_gives_what_it_gives(jobs: int) -> None:
    """Whether it was told to begin or not; with several jobs, by this process and another."""
    with Background(whose(jobs), range(3), jobs) as told, Background(whose(jobs), range(3), jobs) as untold:
        told.begin()

        assert [jobs, jobs] == [len({*each.results}) for each in (told, untold)]
        assert [3, 3] == [len(each.results) for each in (told, untold)]
        assert told.results is told.results
    with Background(lambda item: item * 2, range(1000), jobs) as many:
        assert [item * 2 for item in range(1000)] == many.results


def test_without_a_pipe_what_would_be_done_aside_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may open no more files builds all the same."""

    def no_pipe() -> tuple[int, int]:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(os, "pipe", no_pipe)
    with Background(lambda _: os.getpid(), [1, 2], 2) as work:
        work.begin()

        assert [HERE, HERE] == work.results


@pytest.mark.parametrize("room", [0, 1])
def test_without_room_for_a_process_the_others_do_its_work(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a container may have so many; where there is room for none, all is done here, and in order."""
    fork = os.fork
    children: list[int] = []

    def fork_few() -> int:
        if len(children) == room:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", fork_few)
    found: list[tuple[int, int]] = []

    spread(lambda item: (item, os.getpid()), range(5), 3, found.append)

    assert [(item, children[0] if room else HERE) for item in range(5)] == found


def test_work_that_is_done_aside_fails_when_it_is_asked_for() -> None:
    """With what was wrong; and nobody is told who does not ask."""
    error = PublishError("it cannot be looked at")

    with Background(fail, [error, error], 2) as work:
        work.begin()
    with Background(fail, [error, error], 2) as work, pytest.raises(PublishError, match="it cannot be looked at"):
        _ = work.results


@pytest.mark.parametrize("is_begun", [True, False])
def test_work_that_is_done_aside_is_left_when_nobody_wants_it(
    is_begun: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No child stays behind, and nobody waits for it."""
    children: list[int] = []
    fork = os.fork

    def noted() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", noted)
    started = time.monotonic()
    with Background(time.sleep, [PATIENCE_S], 2) as work:
        if is_begun:
            work.begin()

    assert time.monotonic() - started < PATIENCE_S / 2
    (child,) = children
    with pytest.raises(ChildProcessError):  # it is no child of ours any more
        os.waitpid(child, os.WNOHANG)


def end_child(_: int) -> None:
    """Be killed, as the system does where memory has run out; only in a child."""
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_child_that_is_killed_is_told() -> None:
    """By the signal, and none of the results is taken for all of them."""
    with pytest.raises(ChildKilledError, match="ended by signal 9"):
        spread(end_child, [1, 2, 3], 2, print)


def test_a_build_whose_child_is_killed_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a remedy and no traceback; nothing is published, and nothing is left."""
    monkeypatch.setattr("generator.publishing.planning.FEWEST_FOR_JOBS", 2)
    monkeypatch.setattr(Maker, "make", lambda _, share, **__: end_child(len(share)))
    out = tmp_path / "public"

    status = main([*("--content", str(ROOT / "tests/golden/content"), "--out", str(out)), "--jobs", "2", "--no-cache"])

    assert 1 == status
    said = capsys.readouterr().err
    assert "error: the site cannot be built: a process of the build was ended by signal 9" in said
    assert "--jobs 1" in said
    assert [] == list(tmp_path.iterdir())


def test_more_comes_back_than_a_pipe_holds() -> None:
    """From each child, and in the order of the items."""
    found: list[bytes] = []

    spread(lambda number: bytes([number]) * 300_000, range(20), 3, found.append)

    assert [bytes([number]) * 300_000 for number in range(20)] == found


def test_what_comes_is_taken_while_the_children_are_at_the_next_items() -> None:
    """So that this process has little to do when they have ended; the second item waits for the first to be taken."""
    reading, writing = os.pipe()

    def work(item: int) -> int:
        return item if item == 0 or select.select([reading], [], [], PATIENCE_S / 3)[0] else -1

    def take(item: int) -> None:
        if item == 0:
            os.write(writing, b"taken")
        found.append(item)

    found: list[int] = []
    spread(work, [0, 1], 2, take)
    os.close(reading)
    os.close(writing)

    assert [0, 1] == found


def test_who_cannot_take_what_comes_leaves_no_child_behind(tmp_path: Path) -> None:
    """What goes wrong while results are taken ends the children too."""

    def work(item: int) -> None:
        if item:
            note_and_wait(tmp_path, item)

    def take(_: None) -> None:
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        raise PublishError("it cannot be taken")

    with pytest.raises(PublishError, match="it cannot be taken"):
        spread(work, [0, 1], 2, take)

    for name in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(name.name), 0)


@pytest.mark.skipif(not hasattr(fcntl, "F_SETPIPE_SZ"), reason="only Linux has pipes of a chosen size")
def test_more_items_than_a_small_pipe_holds_are_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has very many pipes open gets pipes of a single page."""
    made = os.pipe

    def small_pipe() -> tuple[int, int]:
        reading, writing = made()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
        return reading, writing

    def give_up(*_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(os, "pipe", small_pipe)
    monkeypatch.setattr(jobs, "_Child", None)
    found: list[int] = []
    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(5)
    try:
        spread(lambda number: number, range(5000), 2, found.append)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)

    assert list(range(5000)) == found


def note_and_wait(folder: Path, _: int) -> None:
    """Say which process this is, and work for long."""
    (folder / str(os.getpid())).touch()
    time.sleep(PATIENCE_S)


def is_there(pid: int) -> bool:
    """Whether a process goes on."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_who_is_interrupted_leaves_no_child_behind(tmp_path: Path) -> None:
    """An interrupt of this process alone, while it waits: no child goes on, and none is left to be waited for."""
    ours = threading.get_ident()

    def interrupt() -> None:
        while len(list(tmp_path.iterdir())) < 3:
            time.sleep(0.01)
        signal.pthread_kill(ours, signal.SIGINT)  # a build has one thread; here others could take it, and lose it

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        spread(partial(note_and_wait, tmp_path), [1, 2, 3], 3, print)
    thread.join()

    for name in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(name.name), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_children_end_with_who_is_killed(tmp_path: Path) -> None:
    """A build that is killed holds no lock any more: its children do not write on."""
    process = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT)
    until = time.monotonic() + PATIENCE_S
    while len(list(tmp_path.iterdir())) < 2:
        assert time.monotonic() < until
        time.sleep(0.01)

    process.kill()
    process.wait()

    time.sleep(0.5)
    assert [] == [name.name for name in tmp_path.iterdir() if is_there(int(name.name))]
