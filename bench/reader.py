"""What a reader pays as the corpus grows: bytes sent for a page, and how long its scripts run.

`python -m bench.reader SITE WORD` prints it as JSON; a process of its own, so that a browser's memory is not ours.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from bench.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser

LOADED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"|data-module="([^"]+\.js)"')
"""What a page asks for besides itself: its style and its scripts."""
LOADS = 5


class Reader(NamedTuple):
    """What one site costs its readers.

    sent: bytes, compressed, of each kind of page with its style and scripts; and of one search, where it was tried.
    largest: the longest HTML pages, not compressed, longest first.  over: how many are above the limit.
    scripts: milliseconds of scripting of the longest page of each kind; empty without a browser.
    """

    sent: dict[str, int]
    largest: list[tuple[str, int]]
    over: int
    scripts: dict[str, float]
    files: int
    size: int
    note: str = ""


LIMIT = 150_000
"""Bytes of HTML that no page may be above."""


def read_site(site: Path, word: str) -> Reader:
    """Measured in a process of its own."""
    home = Path(__file__).resolve().parent.parent
    raw = json.loads(run((sys.executable, "-m", "bench.reader", str(site), word), home).output.splitlines()[-1])
    return Reader(**{**raw, "largest": [tuple(each) for each in raw["largest"]]})


def compressed(path: Path) -> int:
    """Bytes of a file as a server sends it."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def loaded(page: Path) -> Iterator[Path]:
    """The page and, once each, the style sheets and scripts that it asks for."""
    yield page
    for name in dict.fromkeys(next(filter(None, found)) for found in LOADED.findall(page.read_text("utf-8"))):
        yield (page.parent / name).resolve()


def sent_for(site: Path, pages: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Bytes, compressed, for the home page, the longest month and the entry of middling length."""
    by_kind: dict[str, list[str]] = {"month": [], "entry": []}
    for path, _ in sorted(pages, key=lambda page: page[1]):
        parts = path.split("/")
        if parts[0] == "timeline" and len(parts) >= len(("timeline", "year", "month", "index.html")):
            by_kind["month"].append(path)
        elif parts[0] == "events":
            by_kind["entry"].append(path)
    entries = by_kind["entry"]
    chosen = {"home": "index.html", "longest month": by_kind["month"][-1], "usual entry": entries[len(entries) // 2]}
    chosen["longest entry"] = entries[-1]
    return {kind: sum(map(compressed, loaded(site / path))) for kind, path in chosen.items()}


def longest_of_each_kind(pages: Iterable[tuple[str, int]]) -> list[str]:
    """The longest page under each first folder, the longest first; the home page too."""
    longest: dict[str, str] = {}
    for path, _ in sorted(pages, key=lambda page: -page[1]):
        longest.setdefault(path.split("/")[0], path)
    return list(longest.values())


def _scripting(browser: Browser, address: str, paths: Iterable[str]) -> dict[str, float]:
    """Milliseconds that scripts run while each page loads: the median of some loads, each in a new page."""
    took = {}
    for path in paths:
        loads = []
        for _ in range(LOADS):
            context = browser.new_context(service_workers="block")
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Performance.enable")
            page.goto(f"{address}/{path.removesuffix('index.html')}", wait_until="networkidle")
            metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
            loads.append(metrics["ScriptDuration"] * 1000)
            context.close()
        took[path] = statistics.median(loads)
    return took


def _one_search(browser: Browser, address: str, site: Path, word: str) -> int:
    """Bytes, compressed, of all that a browser asks for until the results of a search are shown."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/search/?q={word}", wait_until="networkidle")
    page.locator(".search__results li").first.wait_for()
    context.close()
    files = {site / unquote(urlsplit(url).path).lstrip("/") for url in asked if url.startswith(address)}
    return sum(compressed(file / "index.html" if file.is_dir() else file) for file in files)


def _measure(site: Path, word: str) -> Reader:
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = [(path.relative_to(site).as_posix(), path.stat().st_size) for path in files if path.suffix == ".html"]
    largest = sorted(pages, key=lambda page: -page[1])
    over = sum(size > LIMIT for _, size in pages)
    sent, scripts, note = sent_for(site, pages), {}, ""
    try:
        from browser_path import NoBrowserError, find_chromium  # noqa: PLC0415 - of tests/, as is the next
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - is installed for the tests alone
        from site_server import serving  # noqa: PLC0415
    except ImportError as error:
        note = f"no browser: {error}"
    else:
        try:
            program = find_chromium()
        except NoBrowserError as error:
            note = str(error)
        else:
            with sync_playwright() as playwright, serving(site) as address:
                browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
                scripts = _scripting(browser, address, longest_of_each_kind(pages))
                if (site / "pagefind").is_dir():
                    sent["one search"] = _one_search(browser, address, site, word)
                browser.close()
    return Reader(sent, largest[:5], over, scripts, len(files), sum(path.stat().st_size for path in files), note)


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
    print(json.dumps(_measure(Path(sys.argv[1]).resolve(), sys.argv[2])._asdict()))
