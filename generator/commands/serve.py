"""`build.py serve`: build, show the site on this machine, build again on every change.

The only place that imports livereload.  For preview, not for publishing.  The pages' policy forbids inline scripts,
so livereload's script is served as a file of the preview's own origin.  A build with errors leaves the last
good site in place and lays the problems over each page.
"""

from __future__ import annotations

import asyncio
import errno
import html
import logging
import mimetypes
import threading
import webbrowser
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import watchfiles
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import httpserver, netutil, web

from generator.commands.build import done
from generator.commands.common import CACHE, CONTENT_ERRORS, DONE, HOME
from generator.commands.tell import complain, say, tell
from generator.publishing.pipeline import Options, build
from generator.publishing.publish import PublishError
from generator.record.problems import report, summary

if TYPE_CHECKING:
    import argparse
    import socket
    from collections.abc import Callable

    from generator.record.problems import Problem

PORTS_TRIED = 50
DEBOUNCE_MS = 60
"""A burst of saves within this time is one build."""

IDLE_MS = 250
"""How often the watcher says that nothing has changed; its first word says that it has begun."""

STYLE = """\
#preview-problems { position: fixed; inset: auto 0 0; max-height: 60vh; overflow: auto; padding: 1rem; z-index: 9;
  background: Canvas; color: CanvasText; border-block-start: 4px solid; font: 14px/1.5 system-ui, sans-serif; }
#preview-problems pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; }
"""


class Preview:
    """The site as last built, and what was wrong with the build after it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.problems: tuple[Problem, ...] = ()
        self.failure = ""
        self.watching = threading.Event()
        self._one_at_a_time = threading.Lock()

    def build(self) -> bool:
        """Build, tell the terminal, and say whether the site could be built."""
        with self._one_at_a_time:
            return self._build()

    def _build(self) -> bool:
        started = perf_counter()
        try:
            result = build(self.options)
        except (PublishError, OSError) as error:
            self.problems, self.failure = (), str(error)
            complain(f"error: {error}")
            return False
        except Exception as error:  # noqa: BLE001 - a template being edited may fail in any way, and the preview goes on
            self.problems, self.failure = (), f"{type(error).__name__}: {error}"
            complain(f"error: {self.failure}")
            return False
        tell(result.problems)
        self.failure = ""
        if result.published is None:
            self.problems = result.problems
            complain("the site is shown as it was before")
            return False
        self.problems = ()
        say(done(result, perf_counter() - started, str(self.options.out)))
        return True

    def overlay(self) -> str:
        """What is laid over each page; nothing when all is well."""
        if not self.problems and not self.failure:
            return ""
        head = self.failure or f"{summary(self.problems)}: the site is shown as it was before"
        body = "\n\n".join(report(problem) for problem in self.problems)
        return (
            f'<link rel="stylesheet" href="/preview.css"><div id="preview-problems" role="alert">'
            f"<p><strong>{html.escape(head)}</strong></p><pre>{html.escape(body)}</pre></div>"
        )


class _Local(web.RequestHandler):
    """Refuses a Host that is not this preview's, so that no page elsewhere can reach it by a name of its own."""

    hosts: frozenset[str]
    preview: Preview

    def initialize(self, hosts: frozenset[str], preview: Preview) -> None:
        self.hosts, self.preview = hosts, preview

    def prepare(self) -> None:
        name = self.request.host.rsplit(":", 1)[0] if not self.request.host.endswith("]") else self.request.host
        if self.hosts and name.lower() not in self.hosts:
            raise web.HTTPError(421, reason="Unknown Host")

    def set_default_headers(self) -> None:
        self.set_header("Server", "preview")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def data_received(self, chunk: bytes) -> None:
        """Bodies are not read."""


class _Pages(_Local):
    """The published files."""

    def get(self, path: str) -> None:
        root = self.preview.options.out.resolve()
        wanted = root / unquote(path)
        try:
            target = wanted.resolve()
            outside = not target.is_relative_to(root)
        except (OSError, ValueError):
            raise web.HTTPError(404) from None
        if outside:
            raise web.HTTPError(404)
        if target.is_dir():
            if path and not path.endswith("/"):
                self.redirect(f"/{path}/")
                return
            target /= "index.html"
        status = 200
        if not target.is_file():
            status, target = 404, root / "404.html"
        data = target.read_bytes() if target.is_file() else b"<!doctype html><title>Preview</title><body></body>"
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        if target.suffix == ".html" or not target.is_file():
            kind, data = "text/html", _with_preview(data, self.preview.overlay())
        text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
        self.set_status(status)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.finish(data)


class _Style(_Local):
    """How the problems look."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(STYLE)


class _Reload(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's web socket, for pages of this preview alone."""

    def initialize(self, hosts: frozenset[str], preview: Preview) -> None:
        self.hosts, self.preview = hosts, preview

    def check_origin(self, origin: str) -> bool:
        return bool(origin.rsplit("//", maxsplit=1)[-1] == self.request.host)


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
    )
    if not options.content.is_dir():
        complain(f"error: there is no folder {options.content}")
        return CONTENT_ERRORS
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    sockets, port = _listen(options.host, options.port)
    if not sockets:
        complain(f"error: no port from {options.port} to {options.port + PORTS_TRIED - 1} is free on {options.host}")
        return CONTENT_ERRORS
    if options.port and port != options.port:
        say(f"port {options.port} is taken, so this is port {port}")
    asyncio.run(_serve(Preview(wanted), sockets, options, port))
    return DONE


async def _serve(preview: Preview, sockets: list[socket.socket], options: argparse.Namespace, port: int) -> None:
    local = {"127.0.0.1", "localhost", "[::1]"}
    hosts = frozenset(local | {options.host}) if options.host in {*local, "::1"} else frozenset[str]()
    given: dict[str, Any] = {"hosts": hosts, "preview": preview}
    application = web.Application(
        [
            (r"/livereload", _Reload, given),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/preview\.css", _Style, given),
            (r"/(.*)", _Pages, given),
        ]
    )
    server = httpserver.HTTPServer(application, max_body_size=65_536, max_header_size=65_536)
    server.add_sockets(sockets)
    loop = asyncio.get_running_loop()
    stop = threading.Event()
    changed = partial(loop.call_soon_threadsafe, _reload)
    threading.Thread(target=_watch, args=(preview, changed, stop), daemon=True).start()
    preview.build()
    preview.watching.wait()  # from here on, every save is seen
    address = f"http://{'localhost' if options.host == '127.0.0.1' else options.host}:{port}/"
    say(f"{address}  (for preview; Ctrl-C ends it)")
    if options.open:
        webbrowser.open(address)
    try:
        await asyncio.Event().wait()
    finally:
        stop.set()
        server.stop()
        await server.close_all_connections()


def _watch(preview: Preview, changed: Callable[[], None], stop: threading.Event) -> None:
    """Build again after each burst of changes, and have the pages reloaded, also to show what is wrong."""
    folders = [preview.options.content, preview.options.templates, preview.options.static]
    changes = watchfiles.watch(
        *folders,
        debounce=DEBOUNCE_MS,
        step=20,
        stop_event=stop,
        raise_interrupt=False,
        rust_timeout=IDLE_MS,
        yield_on_timeout=True,
    )
    for change in changes:
        preview.watching.set()
        if change:
            preview.build()
            changed()


def _reload() -> None:
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.send_message({"command": "reload", "path": "*", "liveCSS": False})


def _listen(host: str, port: int) -> tuple[list[socket.socket], int]:
    """Sockets on the first free port from `port` on, and which it is; none when all are taken."""
    for candidate in range(port, min(port + PORTS_TRIED, 65_536)):
        try:
            sockets = netutil.bind_sockets(candidate, host)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            return sockets, sockets[0].getsockname()[1]
    return [], 0


def _with_preview(page: bytes, overlay: str) -> bytes:
    """A page with livereload's script, and the problems laid over it."""
    page = page.replace(b"</head>", b'<script src="/livereload.js"></script></head>', 1)
    return page.replace(b"</body>", overlay.encode() + b"</body>", 1)
