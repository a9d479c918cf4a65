"""The preview, as a contributor uses it: save, look, make a mistake, mend it."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from itertools import product
from pathlib import Path
from queue import Empty, Queue
from shutil import copytree, rmtree
from threading import Thread
from typing import TYPE_CHECKING, Self

import pytest
from golden_files import read_tree
from pagefind.service import get_executable

from generator.commands.watch import STEP_MS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
PATIENCE_S = 20
SHORT = "0.5"
"""Seconds without a save before what takes long is made; usually 4."""
TALKS = "content/events/2025/2025-03-04-talks.md"


class Preview:
    """A running `build.py serve` of a copy of the golden content, and what it has said."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        program: Path = ROOT / "build.py",
        environment: dict[str, str] | None = None,
        rest: str = "4",
    ) -> None:
        if not (folder / "content").exists():
            copytree(ROOT / "tests/golden/content", folder / "content")
        self.folder = folder
        command = [sys.executable, str(program), "serve", "--content", "content", "--out", "public", *options]
        command += ["--rest", rest]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._lines: Queue[str] = Queue()
        self.said: list[str] = []
        Thread(target=self._listen, daemon=True).start()
        self.port = int(re.split(r":(\d+)/", self.wait_for("(for preview; "))[1])

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

    def get(self, path: str, host: str = "", method: str = "GET") -> tuple[int, str]:
        """The status and the body of an answer; `path` goes out as it is."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {host or f'localhost:{self.port}'}\r\nConnection: close\r\n\r\n"
        answer = self.send(head.encode("latin-1"))
        if not answer:
            return 0, ""
        top, _, body = answer.partition(b"\r\n\r\n")
        return int(top.split()[1]), body.decode("utf-8", "replace")

    def send(self, data: bytes) -> bytes:
        """All that comes back on a connection of its own."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_S) as connection:
            answer = bytearray()
            with suppress(ConnectionError):
                connection.sendall(data)
                while more := connection.recv(65_536):
                    answer += more
            return bytes(answer)

    def said_so_far(self) -> str:
        """All that it has said."""
        with suppress(Empty):
            while True:
                self.said.append(self._lines.get_nowait())
        return "".join(self.said)

    def wait_for_page(self, path: str, text: str = "", without: str = "\0") -> None:
        """Until a page is there and has this text, and not that one."""
        until, body = time.monotonic() + PATIENCE_S, ""
        while time.monotonic() < until:
            status, body = self.get(path)
            if status == 200 and text in body and without not in body:
                return
            time.sleep(0.05)
        pytest.fail(f"{path} has not {text!r}, or has {without!r}:\n{body}")

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


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for all tests that change nothing, beside files that it must not show."""
    folder = tmp_path_factory.mktemp("lasting")
    (folder / "secret.txt").write_text(HIDDEN)
    (folder / "public-secret").mkdir()
    (folder / "public-secret/secret.txt").write_text(HIDDEN)
    with Preview(folder, "--port", "0") as running:
        (folder / "public/link.txt").symlink_to(folder / "secret.txt")
        (folder / "public/way").symlink_to(folder)
        yield running


HIDDEN = "not to be shown"
DOTS = (
    "..",
    "%2e%2e",
    ".%2e",
    "%2E.",
    "%252e%252e",
    "%25%32%65%25%32%65",
    "..%00",
    "..;",
    "%c0%ae%c0%ae",
    "．．",
    "....",
)
SLASHES = ("/", "//", "%2f", "%2F", "%252f", "\\", "%5c", "%255c", "%c0%af", "/./", "/%2e/")
TARGETS = ("secret.txt", "public-secret/secret.txt", "content/site.yml")
TRAVERSALS = (
    *(
        f"{start}{slash.join([*[dots] * depth, target])}"
        for start, dots, slash, depth, target in product(("/", "/assets/"), DOTS, SLASHES, (1, 3), TARGETS)
        if (start == "/") == (depth == 1)
    ),
    *("/link.txt", "/way/secret.txt", "/way/content/site.yml", "//etc/passwd", "///etc/passwd", "/%2fetc/passwd"),
    *("/file:///etc/passwd", "http://localhost/../secret.txt", "file:///etc/passwd", "/~root/", "/.%00./secret.txt"),
    *("/%00", "/secret.txt%00.html", f"/{'a' * 9_000}", f"/{'../' * 900}etc/passwd", "/%ff%fe", "/?/../secret.txt"),
    *("/proc/self/environ", "/dev/zero", "/con", "/index.html::$DATA", "/public/../../secret.txt", "*", "/*"),
)


def test_no_path_leads_out_of_the_site(lasting: Preview) -> None:
    """Seven hundred spellings of the way up: each is answered, none with a file from elsewhere."""
    assert 700 < len(TRAVERSALS)
    for path in TRAVERSALS:
        status, body = lasting.get(path.encode().decode("latin-1"))

        assert status in {301, 302, 400, 404, 421, 200}, path
        assert HIDDEN not in body, path
        assert "base_url" not in body, path
        assert "root:" not in body, path
        assert status != 200 or "<h1" in body, path
    assert 200 == lasting.get("/")[0]
    assert "Traceback" not in lasting.said_so_far()


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "",
        "[::1",
        "0",
        "x:y",
    ],
)
@pytest.mark.parametrize("path", ["/", "/livereload.js", "/preview.css", "/assets/site.css", "/livereload"])
def test_another_hosts_name_is_refused(lasting: Preview, host: str, path: str) -> None:
    """A page elsewhere cannot reach the preview by a name of its own that points here."""
    assert lasting.get(path, host=host or " ")[0] in {400, 421}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:80", "LOCALHOST"])
def test_its_own_names_are_answered(lasting: Preview, host: str) -> None:
    """Whatever the port and the capitals."""
    assert 200 == lasting.get("/", host=host)[0]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "x"])
def test_only_reading_is_allowed(lasting: Preview, method: str) -> None:
    """GET and HEAD."""
    assert lasting.get("/", method=method)[0] in {400, 405}


def test_a_head_has_no_body(lasting: Preview) -> None:
    """And the status of the page."""
    assert (200, "") == lasting.get("/", method="HEAD")
    assert (404, "") == lasting.get("/nothing/", method="HEAD")


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 100_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n123456789",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n" + b"a" * 1_000_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"\x00" * 100_000,
        b"\r\n" * 50_000,
        b"G",
    ],
    ids=range(14),
)
def test_a_request_that_is_none_or_too_large_does_no_harm(lasting: Preview, request_: bytes) -> None:
    """It is refused, or its connection closed; the next one is answered."""
    with socket.create_connection(("127.0.0.1", lasting.port), PATIENCE_S) as connection, suppress(OSError):
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(100)
        assert answer.split()[1:2] in ([], [b"400"], [b"405"], [b"413"], [b"414"], [b"421"], [b"431"])

    assert 200 == lasting.get("/")[0]
    assert "Traceback" not in lasting.said_so_far()


def test_a_thousand_connections_do_not_stop_it(lasting: Preview) -> None:
    """Idle ones, and such as send their request a byte at a time: others are served at once."""
    with ExitStack() as stack:
        for number in range(1_000):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", lasting.port), PATIENCE_S))
            if number % 2:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
        started = time.monotonic()
        statuses = {lasting.get("/")[0] for _ in range(5)}

    assert {200} == statuses
    assert time.monotonic() - started < PATIENCE_S / 4


def hand_shake(preview: Preview, origin: str, host: str = "") -> bytes:
    """What comes back when a page of this origin asks for livereload's web socket."""
    with socket.create_connection(("127.0.0.1", preview.port), PATIENCE_S) as connection:
        lines = ["GET /livereload HTTP/1.1", f"Host: {host or f'localhost:{preview.port}'}", "Upgrade: websocket"]
        lines += ["Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
        lines += [f"Origin: {origin}", "", ""]
        connection.sendall("\r\n".join(lines).encode())
        return connection.recv(100).split()[1]


def test_a_page_elsewhere_gets_no_web_socket(lasting: Preview) -> None:
    """Nor one on another port of this machine; the preview's own page does."""
    home = f"http://localhost:{lasting.port}"

    assert b"101" == hand_shake(lasting, home)
    for origin in ("http://evil.example", "http://localhost:1", "null", f"{home}.evil"):
        assert b"403" == hand_shake(lasting, origin), origin
    assert b"421" == hand_shake(lasting, "http://evil.example", host="evil.example")


def test_a_message_that_is_none_does_no_harm(lasting: Preview) -> None:
    """What is sent on the web socket need not be livereload's."""
    for payload in (b"{", b"[]", b'{"command": 5}', b'{"command":"info","url":5}', b"null"):
        with socket.create_connection(("127.0.0.1", lasting.port), PATIENCE_S) as connection:
            lines = ["GET /livereload HTTP/1.1", f"Host: localhost:{lasting.port}", "Upgrade: websocket"]
            lines += ["Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            connection.recv(500)
            connection.sendall(bytes([0x81, 0x80 | len(payload), 0, 0, 0, 0]) + payload)
            connection.settimeout(0.2)
            with suppress(TimeoutError):
                connection.recv(500)

    assert 200 == lasting.get("/")[0]
    assert "Traceback" not in lasting.said_so_far()


def test_bound_to_all_addresses_it_is_asked_by_number(tmp_path: Path) -> None:
    """Who binds it to the network is told the address, and names of others still lead nowhere."""
    with Preview(tmp_path, "--port", "0", "--host", "0.0.0.0") as running:  # noqa: S104
        statuses = [running.get("/", host=host)[0] for host in ("192.168.7.7:80", "localhost", "evil.example")]

    assert [200, 200, 421] == statuses


def test_an_address_that_is_not_ours_is_explained(tmp_path: Path) -> None:
    """With a remedy, and exit status 1."""
    copytree(ROOT / "tests/golden/content", tmp_path / "content")
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", "content", "--host", "192.0.2.1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_S, check=False)

    assert 2 == done.returncode
    assert done.stderr.startswith("error: cannot listen on 192.0.2.1: ")
    assert "--host ADDR" in done.stderr


def test_a_burst_of_saves_is_one_build(preview: Preview) -> None:
    """As a find-and-replace over many files is, or an editor that writes a file in three steps."""
    before = preview.said_so_far().count(" files in public ")
    files = sorted((preview.folder / "content").rglob("*.md"))
    begun = time.monotonic()
    for path in (*files, *files, *files):
        path.write_bytes(path.read_bytes())
    preview.save(TALKS, "The towns talk", "The towns talk at last")
    took = time.monotonic() - begun  # a machine may falter meanwhile, so that it is no burst
    preview.wait_for("files in public (")
    time.sleep(1)

    assert 1 <= preview.said_so_far().count(" files in public ") - before <= 2 + took * 1000 // STEP_MS
    preview.wait_for_page("/events/2025-03-04-talks/", "talk at last")


TELLS_OF_COLLECTIONS = f"""
import gc, sys
sys.path.insert(0, {str(ROOT)!r})
from generator.commands.line import main
gc.callbacks.append(lambda phase, found: phase == "stop" and print("collected", found["collected"], flush=True))
sys.exit(main(sys.argv[1:]))
"""


def test_the_records_of_a_build_are_given_back_once_it_is_shown(tmp_path: Path) -> None:
    """Left to Python they would be looked for in the middle of a later build, for which somebody waits."""
    program = tmp_path / "build.py"
    program.write_text(TELLS_OF_COLLECTIONS, "utf-8")
    with Preview(tmp_path, program=program) as running:
        running.save(TALKS, "title: ", "title: Long ")
        running.wait_for(" written, ")
        assert 100 < int(running.wait_for("collected").split()[1])


def test_content_that_is_replaced_is_watched_again(preview: Preview) -> None:
    """As `git stash` or a sync tool does: the folder is another one, and is followed from then on."""
    aside = preview.folder / "aside"
    copytree(preview.folder / "content", aside)
    rmtree(preview.folder / "content")
    preview.wait_for("as it was before")
    aside.rename(preview.folder / "content")
    preview.wait_for("files in public (")

    preview.save(TALKS, "The towns talk", "The towns whisper")
    preview.wait_for_page("/events/2025-03-04-talks/", "The towns whisper")


def test_a_preview_of_broken_content_shows_what_is_wrong(tmp_path: Path) -> None:
    """Also when there has never been a site; mended, the site is there."""
    copytree(ROOT / "tests/golden/content", tmp_path / "content")
    (tmp_path / "content/site.yml").rename(tmp_path / "site.yml")
    with Preview(tmp_path, "--port", "0") as running:
        status, body = running.get("/")
        assert 404 == status
        assert "there is no site.yml" in body
        assert "/livereload.js" in body
        (tmp_path / "site.yml").rename(tmp_path / "content/site.yml")
        running.wait_for("files in public (")

        assert 200 == running.get("/")[0]


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Preview]:
    """A preview whose templates and styles may be changed: of a copy of the whole generator."""
    for name in ("generator", "templates", "static"):
        copytree(ROOT / name, tmp_path / name)
    (tmp_path / "build.py").write_bytes((ROOT / "build.py").read_bytes())
    with Preview(tmp_path, "--port", "0", program=tmp_path / "build.py") as running:
        yield running


@pytest.mark.browser
def test_a_style_is_exchanged_in_place(workshop: Preview, chromium: Browser) -> None:
    """The open page gets the new stylesheet under its own policy, and is not loaded again."""
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{workshop.port}/")
    page.evaluate("() => { document.body.dataset.here = 'yes' }")
    page.wait_for_timeout(300)
    sheet = max((workshop.folder / "static/css").iterdir())
    sheet.write_text(sheet.read_text("utf-8") + "\nh1 { outline: 7px solid red !important }\n", "utf-8")

    until = time.monotonic() + PATIENCE_S
    while page.evaluate("() => getComputedStyle(document.querySelector('h1')).outlineWidth") != "7px":
        assert time.monotonic() < until
        page.wait_for_timeout(20)

    assert "yes" == page.evaluate("() => document.body.dataset.here")
    workshop.wait_for("files in public (")
    assert "yes" == page.evaluate("() => document.body.dataset.here")
    page.close()


def test_a_template_that_fails_is_told_with_its_line(workshop: Preview) -> None:
    """One that does not compile, one that asks for what is not there; the last good site stays until it is mended."""
    template = workshop.folder / "templates/pages/event.html"
    sound = template.read_text("utf-8")
    line = sound[: sound.index("<h1>")].count("\n") + 1
    for fault in ("{% iff %}<h1>", "{{ view.nothing.here }}<h1>", "{{ 1 / 0 }}<h1>"):
        template.write_text(sound.replace("<h1>", fault, 1), "utf-8")
        workshop.wait_for(f"templates/pages/event.html:{line}:1: error: ")
        workshop.wait_for("as it was before")
        workshop.wait_for_page("/events/2025-03-04-talks/", f"templates/pages/event.html:{line}:1: error: ")
        assert "The towns talk" in workshop.get("/events/2025-03-04-talks/")[1]

        template.write_text(sound, "utf-8")
        workshop.wait_for("files in public (")
        workshop.wait_for_page("/events/2025-03-04-talks/", without="preview-problems")


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


# --- what is deferred -----------------------------------------------------------------------------------------------


class Pagefind:
    """Pagefind's program, which says that it was started, and while it is `slow` never answers.

    Slow or not, it ends when nothing more can be asked of it.
    """

    def __init__(self, folder: Path) -> None:
        self.program, self.slow, self._started = (folder / name for name in ("pagefind.sh", "slow", "started"))
        self.program.write_text(
            "#!/bin/sh\n"
            f"echo $$ $PPID > {self._started}.new && mv {self._started}.new {self._started}\n"
            f"[ -e {self.slow} ] && exec cat > {os.devnull}\n"
            f'exec {get_executable()} "$@"\n',
            "utf-8",
        )
        self.program.chmod(0o755)
        self.slow.touch()

    @property
    def environment(self) -> dict[str, str]:
        """With which the program is found."""
        return {"PAGEFIND_BINARY_PATH": str(self.program)}

    def wait_for_start(self) -> list[int]:
        """Until it has been started anew: its process, and that of the build that asks it."""
        until = time.monotonic() + PATIENCE_S
        while not self._started.exists():
            assert time.monotonic() < until
            time.sleep(0.01)
        pids = [int(pid) for pid in self._started.read_text("utf-8").split()]
        self._started.unlink()
        return pids


def are_gone(pids: list[int]) -> bool:
    """Whether none of these processes goes on, or will for long."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        states = subprocess.run(
            ["ps", "-o", "stat=", "-p", ",".join(map(str, pids))], capture_output=True, text=True, check=False
        ).stdout.split()
        if all(state.startswith("Z") for state in states):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def pagefind(tmp_path: Path) -> Pagefind:
    """A slow one, and content of which no index is kept from earlier."""
    copytree(ROOT / "tests/golden/content", tmp_path / "content")
    entry = tmp_path / "content/events/2025/2025-03-01-ropes-cut.md"
    entry.write_text(entry.read_text("utf-8").replace("Ropes are", f"Ropes {secrets.token_hex(4)} are", 1), "utf-8")
    folder = tmp_path / "programs"
    folder.mkdir()
    return Pagefind(folder)


def test_what_the_first_build_deferred_is_made_though_nobody_saves(preview: Preview) -> None:
    """The search can be tried in a preview that was only started."""
    preview.wait_for("files in public (")

    assert 200 == preview.get("/pagefind/pagefind.js")[0]


def test_a_save_ends_what_is_being_completed_and_is_shown_at_once(tmp_path: Path, pagefind: Pagefind) -> None:
    """However long it would have taken; when there are no more saves it is completed, to the site of a cold build."""
    with Preview(tmp_path, "--port", "0", "--drafts", environment=pagefind.environment, rest=SHORT) as running:
        for words in ("The towns talk at last", "The towns talk at length"):
            pids = pagefind.wait_for_start()  # once nobody has saved for a while
            assert running.process.pid not in pids
            running.save(TALKS, running_title(running), words)
            running.wait_for_page("/events/2025-03-04-talks/", words)
            assert are_gone(pids)
        assert not (tmp_path / "public/pagefind").exists()

        pagefind.slow.unlink()
        running.wait_for("files in public (")
        until = time.monotonic() + PATIENCE_S
        while running.get("/pagefind/pagefind.js")[0] != 200:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert running.process.pid not in pagefind.wait_for_start(), "what was made is made again"
        assert "error" not in running.said_so_far()
    command = [
        sys.executable,
        str(ROOT / "build.py"),
        "--content",
        "content",
        "--out",
        "cold",
        "--drafts",
        "--no-cache",
    ]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    cold, shown = (
        {path: data for path, data in read_tree(tmp_path / name).items() if not path.startswith("pagefind/")}
        for name in ("cold", "public")
    )

    assert cold == shown
    assert "cards/home.png" in shown


def running_title(running: Preview) -> str:
    """The title that the entry has now."""
    return (running.folder / TALKS).read_text("utf-8").partition("\ntitle: ")[2].partition("\n")[0]


@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_preview_that_ends_leaves_no_process_behind(end: str, tmp_path: Path, pagefind: Pagefind) -> None:
    """However it ends, while something is being completed."""
    if end != "SIGINT" and sys.platform != "linux":
        pytest.skip("only Linux tells a child that its parent is gone")
    with Preview(tmp_path, "--port", "0", environment=pagefind.environment, rest=SHORT) as running:
        pids = pagefind.wait_for_start()

        running.process.send_signal(signal.Signals[end])
        status = running.process.wait(PATIENCE_S)

        assert status == (130 if end == "SIGINT" else -signal.Signals[end])
        assert are_gone(pids)


def test_what_cannot_be_completed_is_told_and_the_preview_goes_on(tmp_path: Path, pagefind: Pagefind) -> None:
    """With its remedy, once."""
    pagefind.program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    with Preview(tmp_path, "--port", "0", environment=pagefind.environment, rest=SHORT) as running:
        running.wait_for("error: the search index cannot be made: ")
        running.wait_for("  hint: build with --no-search")
        running.save(TALKS, "The towns talk", "The towns whisper")

        running.wait_for_page("/events/2025-03-04-talks/", "The towns whisper")
        assert "Traceback" not in running.said_so_far()


def test_what_the_site_lacks_is_told_once(tmp_path: Path) -> None:
    """By the first build, and not again when what was deferred is made."""
    lacking = {"PYTHONPATH": str(ROOT / "tests/other_machine"), "LACKS": "pagefind"}
    with Preview(tmp_path, "--port", "0", environment=lacking, rest=SHORT) as running:
        running.wait_for("files in public (")
        assert (tmp_path / "public/cards/home.png").exists()
        running.save(TALKS, "The towns talk", "The towns whisper")
        running.wait_for("files in public (")
        running.wait_for("files in public (")

    notes = [line for line in running.said if line.startswith("note: ")]
    assert ["note: built without search: the package pagefind is not installed\n"] == notes
