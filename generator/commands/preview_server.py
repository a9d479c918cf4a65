"""The web server of a preview; the only place that imports livereload and tornado.

It shows what is published, to this machine: no other Host, no other page's web socket, no file elsewhere, nothing but
GET and HEAD, no large or slow request.  The pages' policy forbids inline scripts, so livereload's script comes as a
file of the preview's own, and the stylesheet under a name that stays the same, so that it can be exchanged in place.
"""

from __future__ import annotations

import ipaddress
import logging
import mimetypes
import re
import socket
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import httpserver, web

from generator.commands.preview import STYLE, Preview
from generator.incremental.snapshot import look
from generator.publishing.assets import read_assets
from generator.publishing.errors import PublishError

if TYPE_CHECKING:
    from pathlib import Path

    from tornado.iostream import IOStream

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ALL_ADDRESSES = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - to know them, not to bind to them
LARGEST_REQUEST = 16_384
"""Bytes of a request's headers; it has no body."""
PATIENCE_S = 20
"""For a request to be whole, and for the next one on a connection."""
MOST_CONNECTIONS = 400
"""At a time; with more, that which was opened first is closed."""
MOST_PATHS = 10_000
"""Pages of which is remembered which build was served."""

_HASHED_STYLE = re.compile(rb'(href="[^"]*assets/[\w-]+)\.[0-9a-f]{12}\.css"')
_EMPTY = b"<!doctype html><html lang=en><head><title>Preview</title></head><body></body></html>"


class Hosts:
    """Which names this preview may be asked by."""

    def __init__(self, bound_to: str) -> None:
        self._bound_to = bound_to.lower()

    def allow(self, host: str) -> bool:
        """Whether a Host header names this preview: so no page elsewhere can reach it by a name of its own."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        if name in LOOPBACK or name == self._bound_to:
            return True
        if self._bound_to in ALL_ADDRESSES:  # a number is no name that somebody else's server could give
            return _is_number(name) or name == socket.gethostname().lower()
        return False


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class _Local(web.RequestHandler):
    """Answers GET and HEAD to those who ask this preview by a name of its own."""

    hosts: Hosts
    preview: Preview
    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, hosts: Hosts, preview: Preview) -> None:
        self.hosts, self.preview = hosts, preview

    def prepare(self) -> None:
        if not self.hosts.allow(self.request.host):
            raise web.HTTPError(421, reason="Unknown Host")

    def set_default_headers(self) -> None:
        self.set_header("Server", "preview")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def data_received(self, chunk: bytes) -> None:
        """Bodies are not read."""

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - as tornado has it
        self.finish(f"{status_code} {self._reason}\n")

    def answer(self, data: bytes, kind: str, status: int = 200) -> None:
        """Finish with a file."""
        text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
        self.set_status(status)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.finish(data)


class _Pages(_Local):
    """The published files."""

    def get(self, path: str) -> None:
        root = self.preview.options.out.resolve()
        target, status = _inside(root, path), 200
        if target and target.is_dir():
            if path and not path.endswith("/"):
                self.redirect(f"/{quote(path)}/")
                return
            target /= "index.html"
        if target is None or not target.is_file():
            status, target = 404, root / "404.html"
        number = self.preview.number  # before the page is read: what is published meanwhile is newer than it
        try:
            data = target.read_bytes()
        except OSError:  # nothing has been built yet
            data = _EMPTY
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        if target.suffix == ".html":
            data = _with_preview(data, self.preview.overlay())
            self.application.settings["served"].note(self.request.path, number)
        self.answer(data, kind, status)

    head = get


def _inside(root: Path, path: str) -> Path | None:
    """The file or folder of a path that lies in the site, links followed; None for any other path."""
    try:
        target = (root / path).resolve()
        target.stat()
    except (OSError, ValueError):  # not there, too long, no text
        return None
    return target if target.is_relative_to(root) else None


class _Sheet(_Local):
    """A stylesheet as it is now, under its name without the hash: what is being edited is seen before it is built."""

    def get(self, name: str) -> None:
        try:
            static = self.preview.options.static
            assets = read_assets(static, look(static, {}))
        except (OSError, PublishError):
            raise web.HTTPError(404) from None
        if name not in assets.paths:
            raise web.HTTPError(404)
        self.answer(assets.files[assets.paths[name]], "text/css")

    head = get


class _Style(_Local):
    """How the problems look."""

    def get(self) -> None:
        self.answer(STYLE.encode(), "text/css")

    head = get


class _Script(_Local, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's script."""


class _NoWorker(_Local):
    """In the place of the site's service worker: a preview must never show a page that was kept."""

    def get(self) -> None:
        script = "self.addEventListener('install', () => self.skipWaiting());\nself.registration.unregister();\n"
        self.answer(script.encode(), "text/javascript")

    head = get


class _Reload(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's web socket, for pages of this preview alone."""

    def initialize(self, hosts: Hosts, preview: Preview) -> None:
        self.hosts, self.preview = hosts, preview

    def prepare(self) -> None:
        if not self.hosts.allow(self.request.host):
            raise web.HTTPError(421, reason="Unknown Host")

    def check_origin(self, origin: str) -> bool:
        return bool(urlsplit(origin).netloc.lower() == self.request.host.lower())

    def on_message(self, message: str | bytes) -> None:
        """A page says which it is: one that was served before the last build was missed by its reload, and gets it."""
        try:
            super().on_message(message)
            told = self.application.settings["served"]
            if self in LiveReloadHandler.waiters and told.is_old(_url_in(message), self.preview.number):
                self.send_message(_reload_message("*"))
        except Exception:  # noqa: BLE001 - it is no page of ours that says such things
            self.close()


def _url_in(message: str | bytes) -> str:
    match = re.search(r'"url"\s*:\s*"([^"]*)"', message if isinstance(message, str) else message.decode())
    return urlsplit(match[1]).path if match else ""


class Served:
    """Which build was served last under each path."""

    def __init__(self) -> None:
        self._numbers: OrderedDict[str, int] = OrderedDict()

    def note(self, path: str, number: int) -> None:
        """A page has been served."""
        self._numbers[path] = number
        self._numbers.move_to_end(path)
        if len(self._numbers) > MOST_PATHS:
            self._numbers.popitem(last=False)

    def is_old(self, path: str, number: int) -> bool:
        """Whether what was served last is of an earlier build."""
        return self._numbers.get(path, number) < number


class Server(httpserver.HTTPServer):
    """A server that a thousand idle or slow connections cannot occupy."""

    def initialize(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        super().initialize(*arguments, **options)
        self._open: list[IOStream] = []

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """A new connection: when there are too many, that which was opened first makes room."""
        self._open = [each for each in self._open if not each.closed()]
        while len(self._open) >= MOST_CONNECTIONS:
            self._open.pop(0).close()
        self._open.append(stream)
        super().handle_stream(stream, address)


def server(preview: Preview, host: str) -> Server:
    """A server of this preview, bound to `host`; it has no sockets yet."""
    for name in ("tornado", "livereload"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # whatever is asked of it, the terminal tells of builds
    given = {"hosts": Hosts(host), "preview": preview}
    application = web.Application(
        [
            (r"/livereload", _Reload, given),
            (r"/livereload\.js", _Script, given),
            (r"/preview\.css", _Style, given),
            (r"/sw\.js", _NoWorker, given),
            (r"/assets/([\w-]+\.css)", _Sheet, given),
            (r"/(.*)", _Pages, given),
        ],
        served=Served(),
        websocket_max_message_size=LARGEST_REQUEST,
    )
    return Server(
        application,
        max_body_size=0,
        max_header_size=LARGEST_REQUEST,
        max_buffer_size=4 * LARGEST_REQUEST,
        idle_connection_timeout=PATIENCE_S,
        body_timeout=PATIENCE_S,
    )


def reload(path: str = "*") -> None:
    """Have every open page loaded again; or exchange one stylesheet in place."""
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.send_message(_reload_message(path))


def _reload_message(path: str) -> dict[str, object]:
    return {"command": "reload", "path": path, "liveCSS": path.endswith(".css")}


def _with_preview(page: bytes, overlay: str) -> bytes:
    """A page with livereload's script, stylesheets by the names that stay, and the problems laid over it."""
    page = _HASHED_STYLE.sub(rb'\1.css"', page)
    page = page.replace(b"</head>", b'<script src="/livereload.js"></script></head>', 1)
    before, end, after = page.rpartition(b"</body>")
    return before + overlay.encode() + end + after if end else page + overlay.encode()
