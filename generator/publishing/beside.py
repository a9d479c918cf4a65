"""Work in a process of its own, beside the rendering: begun early, asked for its result at the end."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


@dataclass(frozen=True, slots=True)
class Beside:
    """A process at work, and the end of the pipe that its result comes out of."""

    process: BaseProcess
    pipe: Connection

    def result(self) -> Any:  # noqa: ANN401 - whatever the function gives
        """What the function gave, once it has; raises what it raised."""
        try:
            succeeded, value = self.pipe.recv()
        except EOFError:
            self.process.join()
            raise RuntimeError(f"a process beside the build ended with {self.process.exitcode}") from None
        self.process.join()
        if not succeeded:
            raise value
        return value

    def stop(self) -> None:
        """End it, whatever it does: its result is no longer wanted."""
        self.process.terminate()
        self.process.join()


def begin(function: Callable[..., Any], *arguments: Any) -> Beside:  # noqa: ANN401
    """Start a function of a module in a process that dies with this one.

    Where processes can be forked it finds its arguments ready; elsewhere they cross a pipe.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else None)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, function, arguments), daemon=True)
    process.start()
    theirs.close()  # so that the pipe ends when the process does
    return Beside(process, ours)


def _work(pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C is the builder's to tell of
    try:
        value = (True, function(*arguments))
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is asked for
        value = (False, error)
    pipe.send(value)
    pipe.close()
    os._exit(0)  # the rest, as what runs at exit, is the builder's
