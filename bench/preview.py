"""How long somebody waits under `build.py serve`: from saving an entry until an open browser shows it anew.

`python -m bench.preview PROGRAMME CONTENT SITE` prints it as JSON; a process of its own, so that a browser's memory is
not ours.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from bench.builds import BODY, HOME, TITLE, Ours
from bench.processes import FailedError, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Page

EDITS = 10
"""Of each kind."""
FIRST = 1001
"""The number of the first: none that a build was measured with begins like it, and would be seen already."""
BETWEEN_S = 1.0
"""After a page is shown, before the next edit: shorter than the rest after which a preview makes search and cards."""
UP_S = 120
"""At most so long a preview takes to come up."""
TELLS_ITS_WORDS = """addEventListener("DOMContentLoaded",
  () => console.debug(document.querySelector("main")?.textContent));"""
"""To look again and again for words on a page, as Playwright does, would take up to half a second more."""
_PORT = re.compile(r"^http://\S+:(\d+)/  ", re.MULTILINE)


def read_waits(ours: Ours) -> Mapping[str, Sequence[float]]:
    """Seconds for each edit, by scenario; none without a browser.  Measured in a process of its own."""
    where = (str(ours.programme), str(ours.content), str(ours.out))
    raw = run((sys.executable, "-m", "bench.preview", *where), HOME).output.splitlines()[-1]
    waits: dict[str, list[float]] = json.loads(raw)
    return waits


@contextmanager
def previewing(ours: Ours) -> Iterator[str]:
    """The address of a preview that goes on meanwhile."""
    where = ("--content", str(ours.content), "--out", str(ours.out), "--port", "0")
    log = ours.out.with_name(f"{ours.out.name}.preview.log")
    with log.open("w", encoding="utf-8") as told:
        command = (sys.executable, "-u", "build.py", "serve", *where)
        process = subprocess.Popen(  # noqa: S603 - ourselves
            command, cwd=ours.programme, env=ours.environment, stdout=told, stderr=subprocess.STDOUT
        )
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait()
            log.unlink()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where it can be opened, once it says so."""
    until = perf_counter() + UP_S
    while process.poll() is None and perf_counter() < until:
        if found := _PORT.search(log.read_text("utf-8")):
            return f"http://127.0.0.1:{found[1]}/"
        sleep(0.05)
    raise FailedError(f"the preview did not come up:\n{log.read_text('utf-8')[-2000:]}")


def measure_waits(ours: Ours, page: Page, edits: int) -> dict[str, list[float]]:
    """So many edits of each kind, seen on the page of the entry, which is open."""
    page.add_init_script(TELLS_ITS_WORDS)
    page.reload(wait_until="networkidle")
    waits = {}
    for scenario, shown in ((BODY, "Edit {}:"), (TITLE, "An edited title, no. {}")):
        waits[scenario] = [_wait(ours, page, scenario, number, shown) for number in range(FIRST, FIRST + edits)]
    return waits


def _wait(ours: Ours, page: Page, scenario: str, number: int, shown: str) -> float:
    """Seconds of one edit: until what was written is on the page that is open."""
    sleep(BETWEEN_S)
    began = perf_counter()
    with page.expect_console_message(lambda told: shown.format(number) in told.text):
        ours.edit(scenario, number)
    return perf_counter() - began


def _with_browser(ours: Ours) -> dict[str, list[float]]:
    try:
        from browser_path import NoBrowserError, find_chromium  # noqa: PLC0415 - of tests/
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - is installed for the tests alone
    except ImportError:
        return {}
    try:
        program = find_chromium()
    except NoBrowserError:
        return {}
    with previewing(ours) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}events/{ours.entry.stem}/", wait_until="networkidle")
        waits = measure_waits(ours, page, EDITS)
        browser.close()
    return waits


if __name__ == "__main__":
    sys.path.append(str(HOME / "tests"))
    print(json.dumps(_with_browser(Ours(*(Path(each).resolve() for each in sys.argv[1:4])))))
