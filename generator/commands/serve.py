"""`build.py serve`: build, show the site on this machine, build again on every change.

For preview, not for publishing.  A build with errors leaves the last good site in place, and the problems are laid
over each page.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import resource
import sys
import threading
import webbrowser
from contextlib import suppress
from queue import Empty, Queue
from typing import TYPE_CHECKING

from tornado import netutil

from generator.commands.common import CACHE, CONTENT_ERRORS, DONE, HOME, USAGE
from generator.commands.preview import Preview
from generator.commands.preview_server import reload, server
from generator.commands.tell import complain, refuse, say
from generator.commands.watch import changes
from generator.publishing.assets import STYLESHEET
from generator.publishing.options import Options

if TYPE_CHECKING:
    import argparse
    import socket

PORTS_TRIED = 50
BACKLOG = 1024
"""Connections that the system keeps for us until we take them."""
FEWEST_HANDLES = 4096
FEWEST_FOR_GC = 1_000_000
"""New objects before Python looks for cycles of its own accord: it would do so in the middle of a build."""
QUIET_S = 1.0
"""So long without a change to a stylesheet, and the site is built with it."""
SHOWN_S = 1.0
"""So long after a build, browsers have loaded its pages."""


def run_serve(options: argparse.Namespace) -> int:
    """Serve until interrupted, and give the exit status."""
    wanted = Options(
        content=options.content,
        templates=HOME / "templates",
        static=HOME / "static",
        out=options.out,
        drafts=options.drafts,
        jobs=1,  # a process with threads does not fork
        cache=CACHE,
        extras=frozenset({"search", "cards"}),
        defer=True,
    )
    try:
        sockets, port = _listen(options.host, options.port)
    except OSError as error:
        refuse(
            f"cannot listen on {options.host}: {error.strerror}",
            "give an address of this machine with --host ADDR, or leave it out",
        )
        return USAGE
    if not sockets:
        complain(f"error: no port from {options.port} to {options.port + PORTS_TRIED - 1} is free on {options.host}")
        return CONTENT_ERRORS
    if options.port and port != options.port:
        say(f"port {options.port} is taken, so this is port {port}")
    _allow_handles()
    gc.enable()
    gc.set_threshold(FEWEST_FOR_GC)
    preview = Preview(wanted, _to_make_deferred(options))
    try:
        asyncio.run(_serve(preview, sockets, options, port))
    finally:
        preview.interrupt()
    return DONE


def _to_make_deferred(options: argparse.Namespace) -> list[str]:
    """The command that makes what a preview defers; it leaves the other cores to whoever looks at the pages."""
    command = [sys.executable, str(HOME / "build.py"), "build", "--jobs=1", f"--deferred-for={os.getpid()}"]
    command += [f"--content={options.content}", f"--out={options.out}"]
    return [*command, "--drafts"] if options.drafts else command


async def _serve(preview: Preview, sockets: list[socket.socket], options: argparse.Namespace, port: int) -> None:
    web_server = server(preview, options.host)
    web_server.add_sockets(sockets)
    stop, watching = threading.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_follow, args=(preview, loop, stop, watching, options.rest), daemon=True).start()
    preview.build()
    watching.wait()  # from here on, every save is seen
    address = f"http://{_shown(options.host)}:{port}/"
    say(f"{address}  (for preview; Ctrl-C ends it)")
    if options.open:
        webbrowser.open(address)
    try:
        await asyncio.Event().wait()
    finally:
        stop.set()
        web_server.stop()
        await web_server.close_all_connections()


def _follow(
    preview: Preview, loop: asyncio.AbstractEventLoop, stop: threading.Event, watching: threading.Event, rest_s: float
) -> None:
    """Pass each burst of changes on to be built; when it is the stylesheet alone, exchange it in the open pages now."""
    bursts: Queue[bool] = Queue()
    threading.Thread(target=_build_again, args=(preview, loop, bursts, rest_s), daemon=True).start()
    sheets = (preview.options.static / "css").resolve()
    folders = (preview.options.content, preview.options.templates, preview.options.static)
    for changed in changes(folders, stop, watching.set):
        styles_alone = bool(changed) and all(path.resolve().parent == sheets for path in changed)
        if styles_alone:
            loop.call_soon_threadsafe(reload, STYLESHEET)
        preview.interrupt()
        bursts.put(styles_alone)


def _build_again(preview: Preview, loop: asyncio.AbstractEventLoop, bursts: Queue[bool], rest_s: float) -> None:
    """Build after each burst, and have the pages loaded again, also to show what is wrong.

    A build that a stylesheet alone asks for changes nothing that is seen: it waits until nobody types.  After so many
    seconds without any change, what takes long is made too: the search index and the card images.
    """
    while True:
        try:
            styles_alone = bursts.get(timeout=None if preview.is_complete else rest_s)
        except Empty:
            preview.complete()
            continue
        with suppress(Empty):
            while styles_alone:
                styles_alone = bursts.get(timeout=QUIET_S)
        with suppress(Empty):
            while True:  # what has come meanwhile is in this build too
                styles_alone &= bursts.get_nowait()
        before = preview.overlay()
        preview.build()
        if not styles_alone or preview.overlay() != before:
            loop.call_soon_threadsafe(reload)
        loop.call_soon_threadsafe(_give_back, loop)


def _give_back(loop: asyncio.AbstractEventLoop) -> None:
    """Have the records of a build, which refer to each other in circles, looked for once its pages are shown."""
    loop.call_later(SHOWN_S, gc.collect)


def _listen(host: str, port: int) -> tuple[list[socket.socket], int]:
    """Sockets on the first free port from `port` on, and which it is; none when all are taken.

    Raises: OSError, when the address is none of this machine's.
    """
    for candidate in range(port, min(port + PORTS_TRIED, 65_536)):
        try:
            sockets = netutil.bind_sockets(candidate, host, backlog=BACKLOG)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            return sockets, sockets[0].getsockname()[1]
    return [], 0


def _shown(host: str) -> str:
    if host == "127.0.0.1":
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _allow_handles() -> None:
    """As many file handles as the system lets us have: each connection needs one, and so does each file of a build."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FEWEST_HANDLES if hard == resource.RLIM_INFINITY else min(FEWEST_HANDLES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
