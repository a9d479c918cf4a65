"""The preview, as a contributor uses it: save, look, make a mistake, mend it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, Queue
from shutil import copytree
from threading import Thread
from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
PATIENCE_S = 20
TALKS = "content/events/2025/2025-03-04-talks.md"


class Preview:
    """A running `build.py serve` of a copy of the golden content, and what it has said."""

    def __init__(self, folder: Path, *options: str) -> None:
        copytree(ROOT / "tests/golden/content", folder / "content")
        self.folder = folder
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", "content", "--out", "public", *options]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        self._lines: Queue[str] = Queue()
        self.said: list[str] = []
        Thread(target=self._listen, daemon=True).start()
        self.port = int(self.wait_for("http://localhost:").split("localhost:")[1].split("/")[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def wait_for(self, text: str) -> str:
        """The next line that has this text."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                line = self._lines.get(timeout=0.5)
            except Empty:
                continue
            self.said.append(line)
            if text in line:
                return line
        pytest.fail(f"no line has {text!r}; said was:\n{''.join(self.said)}")

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        """The status and the body of an answer; `path` goes out as it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host or f"localhost:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, body

    def save(self, name: str, old: str, new: str) -> None:
        """Change a file as an editor does."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview on a free port."""
    with Preview(tmp_path, "--port", "0") as running:
        yield running


@pytest.mark.browser
def test_a_save_is_shown_and_a_mistake_told_and_mended(preview: Preview, chromium: Browser) -> None:
    """An open page follows each save under the site's own policy; a mistake is laid over the last good page."""
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{preview.port}/events/2025-03-04-talks/")
    page.get_by_role("heading", name="The towns talk at the market").wait_for()

    preview.save(TALKS, "The towns talk at the market", "The towns talk again")
    page.get_by_role("heading", name="The towns talk again").wait_for(timeout=PATIENCE_S * 1000)

    preview.save(TALKS, "kind: talks", "knid: talks")
    page.get_by_text("did you mean `kind`?").wait_for(timeout=PATIENCE_S * 1000)
    assert page.get_by_role("heading", name="The towns talk again").is_visible()

    preview.save(TALKS, "knid: talks", "kind: talks")
    page.locator("#preview-problems").wait_for(state="detached", timeout=PATIENCE_S * 1000)
    page.close()


def test_a_new_file_and_a_deleted_one_are_noticed(preview: Preview) -> None:
    """An entry that is added gets its page, one that is deleted loses it."""
    new = preview.folder / "content/events/2025/2025-03-06-new.md"
    new.write_text((preview.folder / TALKS).read_text("utf-8").replace("The towns", "The children"), "utf-8")
    preview.wait_for("5 entries")
    assert 200 == preview.get("/events/2025-03-06-new/")[0]

    new.unlink()
    preview.wait_for("4 entries")
    assert 404 == preview.get("/events/2025-03-06-new/")[0]


def test_what_is_not_there_gets_the_sites_own_page(preview: Preview) -> None:
    """A dead address is answered with 404 and the page that offers ways on."""
    status, body = preview.get("/events/nothing/")

    assert 404 == status
    assert "There is no such page" in body


@pytest.mark.parametrize(
    "path", ["/../content/site.yml", "/%2e%2e/content/site.yml", "/..%2fcontent/site.yml", "/%00", "//etc/passwd"]
)
def test_no_path_leads_out_of_the_site(preview: Preview, path: str) -> None:
    """Only what is published is served."""
    status, body = preview.get(path)

    assert 404 == status or "base_url" not in body
    assert "base_url" not in body


def test_another_hosts_name_is_refused(preview: Preview) -> None:
    """A page elsewhere cannot reach the preview by a name of its own that points here."""
    assert 421 == preview.get("/", host="evil.example")[0]


def test_a_taken_port_is_said_and_the_next_one_used(tmp_path: Path) -> None:
    """Two previews can run side by side."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Preview(tmp_path, "--port", str(port)) as running:
            assert port != running.port
            assert f"port {port} is taken, so this is port {running.port}\n" in running.said


def test_ctrl_c_ends_it_cleanly(preview: Preview) -> None:
    """An interrupt ends the preview with status 130 and without a traceback."""
    preview.process.send_signal(signal.SIGINT)

    assert 130 == preview.process.wait(timeout=PATIENCE_S)
    preview.wait_for("interrupted")
    assert "Traceback" not in "".join(preview.said)
