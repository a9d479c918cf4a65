"""A folder served on this machine alone, fast enough for a browser that opens many pages."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Handler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # with unbuffered writes, Nagle's algorithm costs 50 ms a page
    wbufsize = -1
    extensions_map = {  # noqa: RUF012 - as it is in the base class
        **SimpleHTTPRequestHandler.extensions_map,
        ".ics": "text/calendar",
        ".js": "text/javascript",
        ".webmanifest": "application/manifest+json",
        ".xml": "application/xml",
    }

    def log_message(self, *_: object) -> None:
        """Requests are of no interest."""

    def end_headers(self) -> None:
        """Types are not guessed, and nothing is kept."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Server(ThreadingHTTPServer):
    """Many connections at a time."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Browsers drop connections; that is no fault of ours."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder's address, without a slash at its end, for as long as the block runs."""
    with Server(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
