"""A programme run once, as the operating system accounts for it: time, memory, and what else the machine did."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Run(NamedTuple):
    """What one run cost.

    wall, cpu: seconds, of the whole process with its children.  peak: MiB of its largest process.
    others: cores that the rest of the machine kept busy meanwhile; 0 where the system does not tell.
    output: what it printed.
    """

    wall: float
    cpu: float
    peak: float
    others: float
    output: str


class FailedError(Exception):
    """A programme that should have worked did not; the message tells which, and what it said."""


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command in a folder to its end.

    Raises: FailedError when its exit status is not 0.  KeyboardInterrupt ends it and its children.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        busy, started = _busy(), perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own build, or Hugo
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        wall = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        others = max(0.0, (_busy() - busy - cpu) / wall)
        output.seek(0)
        text = output.read()
    if process.returncode:
        said = "\n".join(text.splitlines()[-20:])
        raise FailedError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said}")
    return Run(wall, cpu, usage.ru_maxrss / _MAXRSS_UNITS_IN_MIB, others, text)


_MAXRSS_UNITS_IN_MIB = 2**20 if os.uname().sysname == "Darwin" else 2**10


def _busy() -> float:
    """Seconds that the machine's cores have not been idle since it started."""
    try:
        first = Path("/proc/stat").read_text("ascii").split("\n", 1)[0]
    except OSError:
        return 0
    user, nice, system, _idle, _waiting, *others = map(int, first.split()[1:9])
    return (user + nice + system + sum(others)) / os.sysconf("SC_CLK_TCK")
