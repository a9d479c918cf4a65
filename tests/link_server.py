"""A web site with everything that can go wrong with a link, and a stand-in for an archive, on this machine alone.

Every path says what comes: `/ok`, `/status/404`, `/to/…` redirects there, `/loop/a`, `/drip`.  Names that end in
`.test` are its hosts.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHIVED = "http://web.archive.example.org/web/20250302000000/"
OVERLAP_S = 0.01
"""How long a page takes, so that requests that come at once are seen to overlap."""
PATIENCE_S = 20
SILENCE_S = 5


@dataclass
class Site:
    """What was asked, and how the site behaves.

    asked: method, host and path of each request.  agents: who asked.
    at_once, most: how many requests are under way for each host, now and at most.
    articles: content type and bytes of what is under `/article/`.
    busy: how many requests `/busy` and the archive still refuse, and what Retry-After then says.
    """

    port: int = 0
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    busy: int = 0
    retry_after: str = "7"
    copies: set[str] = field(default_factory=set)
    articles: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    archive_answer: bytes = b""
    meeting: threading.Barrier = field(default_factory=lambda: threading.Barrier(2, timeout=PATIENCE_S))
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The methods and paths asked for, in order: `HEAD /ok`."""
        return [f"{method} {path}" for method, _, path in self.asked]


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, site: Site, *given: object) -> None:
        self.site = site
        super().__init__(*given)  # type: ignore[arg-type]  # what the server gives

    def log_message(self, *_: object) -> None:
        """Requests are kept in the site."""

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Note the request, and answer."""
        host = self.headers["Host"].rpartition(":")[0]
        with self.site.lock:
            self.site.asked.append((self.command, host, self.path))
            self.site.agents.add(self.headers["User-Agent"])
            self.site.at_once[host] += 1
            self.site.most[host] = max(self.site.most[host], self.site.at_once[host])
        self.site.over.wait(OVERLAP_S)
        with self.site.lock:  # before the answer: who has it may ask again at once
            self.site.at_once[host] -= 1
        name, _, rest = self.path[1:].partition("/")
        page = getattr(self, f"page_{name.replace('-', '_')}")
        page(rest)

    def raw(self, data: bytes) -> None:
        """These bytes, and the end."""
        self.wfile.write(data)
        self.close_connection = True

    def body(self, data: bytes = b"here", length: int = 0, kind: str = "") -> None:
        """A page; `length` is what is promised, `kind` its content type."""
        stated = f"Content-Type: {kind}\r\n" if kind else ""
        head = f"HTTP/1.1 200 OK\r\n{stated}Content-Length: {length or len(data)}\r\n\r\n"
        self.raw(head.encode() + (b"" if self.command == "HEAD" else data))

    def redirect(self, location: str, status: int = 302, more: str = "") -> None:
        """Go there."""
        self.raw(f"HTTP/1.1 {status} Go\r\nLocation: {location}\r\nContent-Length: 0\r\n{more}\r\n".encode())

    def reset(self) -> None:
        """The connection breaks."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def is_busy(self) -> bool:
        """Whether this request is one too many, and has been refused."""
        with self.site.lock:
            self.site.busy -= 1
            if self.site.busy < 0:
                return False
        later = f"Retry-After: {self.site.retry_after}\r\n" if self.site.retry_after else ""
        self.raw(f"HTTP/1.1 429 No\r\nDate: {self.date_time_string()}\r\n{later}Content-Length: 0\r\n\r\n".encode())
        return True

    # --- the pages, by the first word of their path ------------------------------------------------------------------

    def page_(self, _: str) -> None:
        """The front page."""
        self.body()

    def page_ok(self, _: str) -> None:
        """A page that is there, under any name."""
        self.body()

    def page_article(self, rest: str) -> None:
        """A page that a test has put there."""
        kind, data = self.site.articles[rest.partition("?")[0]]
        self.body(data, kind=kind)

    def page_status(self, rest: str) -> None:
        """An answer of a given status, with words of the host's own."""
        self.raw(f"HTTP/1.1 {rest} \x1b[31mRed\r\nContent-Length: 0\r\n\r\n".encode())

    def page_to(self, rest: str) -> None:
        """A redirect; to a path from here, or to a whole address, percent-encoded."""
        self.redirect(unquote(rest))

    def page_permanently(self, rest: str) -> None:
        """The same, for good."""
        self.redirect(unquote(rest), 301)

    def page_utf_8(self, _: str) -> None:
        """A redirect whose target is not percent-encoded."""
        self.redirect("/ok/ข่าว")

    def page_loop(self, rest: str) -> None:
        """From a to b, and from b to a."""
        self.redirect("/loop/b" if rest == "a" else "/loop/a")

    def page_cookie_wall(self, _: str) -> None:
        """Here again, with a cookie."""
        self.redirect(self.path, more="Set-Cookie: seen=1\r\n")

    def page_chain(self, rest: str) -> None:
        """So many redirects."""
        self.redirect(f"/chain/{int(rest) - 1}" if int(rest) > 1 else "/ok")

    def page_no_head(self, rest: str) -> None:
        """HEAD is answered with the status given, GET with a page."""
        if self.command == "HEAD":
            self.page_status(rest)
        else:
            self.body()

    def page_head_dropped(self, _: str) -> None:
        """HEAD breaks the connection."""
        if self.command == "HEAD":
            self.reset()
        else:
            self.body()

    def page_reset(self, _: str) -> None:
        """Whatever is asked breaks the connection."""
        self.reset()

    def page_truncated(self, _: str) -> None:
        """Four bytes where a thousand are promised."""
        if self.command == "HEAD":
            self.page_status("405")
        else:
            self.body(length=1000)

    def page_garbage(self, _: str) -> None:
        """What no browser understands."""
        self.raw(b"\x00\xff no HTTP at all\r\n\r\n")

    def page_silence(self, _: str) -> None:
        """No byte, until it ends; whoever has waited for so long has no patience of their own."""
        self.site.over.wait(SILENCE_S)
        self.close_connection = True

    def page_drip(self, _: str) -> None:
        """A byte now and then, of a header that does not end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while not self.site.over.wait(OVERLAP_S):
            self.wfile.write(b".")

    def page_busy(self, _: str) -> None:
        """A page that comes when the site is no longer busy."""
        if not self.is_busy():
            self.body()

    def page_meet(self, _: str) -> None:
        """A page that comes only when two are asked for at once."""
        try:
            self.site.meeting.wait()
        except threading.BrokenBarrierError:
            self.page_status("500")
        else:
            self.body()

    def page_wayback(self, _: str) -> None:
        """What the Wayback Machine's availability API would say."""
        if self.is_busy():
            return
        asked = parse_qs(urlsplit(self.path).query)["url"][0]
        copy = {"available": True, "status": "200", "url": ARCHIVED + asked, "timestamp": "20250302000000"}
        snapshots = {"closest": copy} if asked in self.site.copies else {}
        data = json.dumps({"url": asked, "archived_snapshots": snapshots}).encode()
        self.body(self.site.archive_answer or data)


class Server(ThreadingHTTPServer):
    """Many connections at a time."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Who hangs up on us may."""


@contextmanager
def link_site() -> Iterator[Site]:
    """The site, for as long as the block runs."""
    site = Site()
    with Server(("127.0.0.1", 0), partial(Handler, site)) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield site
        site.over.set()
        server.shutdown()
        thread.join()
