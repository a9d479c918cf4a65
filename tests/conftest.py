"""What the tests share: the real site as it is built, a server for it, and a browser."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser_path import NoBrowserError, find_chromium
from jinja2 import Environment
from site_server import serving
from skip_reasons import SkipReasons

from generator.incremental.jobs import cores
from generator.publishing.render import environment_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    from playwright.sync_api import Browser, ConsoleMessage, Page, Route

ROOT = Path(__file__).parent.parent
OURS = type(environment_of(ROOT / "templates"))
"""Ours is always the same, where a test may make one of Jinja's with other options."""

LONGEST = ("test_injection.py", "test_random_edits.py", "test_in_browser.py", "test_reproducible.py", "test_docs.py")
"""Files that take a tenth of the suite's time, or a single test of which takes ten seconds."""

MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory
ENOUGH = 2**32
"""Bytes, of which a whole run takes a part."""

# A browser that knows this machine alone: whatever a page or the browser itself asks of another host fails at once.
FLAGS = ["--disable-gpu", "--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    FLAGS.append("--no-sandbox")  # Chromium has no sandbox for root


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch for all golden files."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew; then read the diff")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


def pytest_configure(config: pytest.Config) -> None:
    """No skip without a reason; and what the tests start can be interrupted, also where they run in the background."""
    use_memory(config)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background inherits that it is ignored
    gc.set_threshold(100_000, 50, 100)  # builds make many records and hardly a cycle, as build.py knows
    config.pluginmanager.register(SkipReasons())


def use_memory(config: pytest.Config) -> None:
    """Have temporary folders in memory, unless TMPDIR says otherwise: a run makes some 200,000 files and folders.

    There those of a test go when it has passed, and leave the room to others; of a disk, that would take longer than
    to leave them to a later run.
    """
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)  # for the processes of a run, too
    if tempfile.gettempdir() == str(MEMORY):
        config._inicache["tmp_path_retention_policy"] = "failed"  # noqa: SLF001 - there is no other way to set it here


def has_room(folder: Path) -> bool:
    """Whether a run may have its temporary folders there, in which programs are started, too."""
    may_write = os.access(folder, os.W_OK | os.X_OK)
    return may_write and shutil.disk_usage(folder).free >= ENOUGH and not os.statvfs(folder).f_flag & os.ST_NOEXEC


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores, which has work where a test waits, for a browser or for a clock."""
    return cores() + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: begun at the end, they would keep one process while the other has nothing left to do."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """The same template is compiled once: hundreds of small sites would spend three quarters of their time on that."""
    compiled: dict[tuple[str, str], CodeType] = {}
    compile_ = Environment.compile

    def compile_once(self: Environment, source: str, name: str, *where: Any) -> CodeType:  # noqa: ANN401 - Jinja's
        if type(self) is not OURS:
            return compile_(self, source, name, *where)  # type: ignore[no-any-return]
        key = (name, source)
        if key not in compiled:
            compiled[key] = compile_(self, source, name, *where)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real content's site, built as a maintainer builds it, once for all workers of a run."""
    home = tmp_path_factory.getbasetemp()
    home = home.parent if "PYTEST_XDIST_WORKER" in os.environ else home
    folder = home / "site/public"
    with (home / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():  # a site is published in one step
            command = [sys.executable, "build.py", "build", "--out", str(folder)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
            if done.returncode:
                pytest.fail(f"the real content does not build:\n{done.stderr}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """The built site's address on this machine, without a slash at its end."""
    with serving(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and most tests need no browser

    try:
        program = find_chromium()
    except NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Guarded:
    """A page of a browser that cannot leave its site.

    outside: what it asked of others.  errors: what the console complained of.
    """

    page: Page
    home: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.route("**/*", self._let_through)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._keep_complaint)

    def open(self, path: str) -> Page:
        """Open a page of the site by its path."""
        self.page.goto(f"{self.home}/{path}")
        return self.page

    def _keep_complaint(self, line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"}:
            self.errors.append(line.text)

    def _let_through(self, route: Route) -> None:
        if route.request.url.startswith((f"{self.home}/", "data:", "blob:")):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()


@pytest.fixture
def guarded_page(chromium: Browser, site_url: str) -> Iterator[Guarded]:
    """A page that records, and stops, whatever would leave the built site."""
    context = chromium.new_context()
    yield Guarded(context.new_page(), site_url)
    context.close()
