"""What a reader's connection and device pay for a page of the real site."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from test_in_browser import KINDS, richest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

HOME_KB, PAGE_KB, EMBEDDED_KB = 60, 40, 12
"""Compressed HTML, style and scripts together; of a page for frames, its HTML alone."""
HTML_KB = 150
"""A page's HTML, not compressed: what a slow device has to read."""
LOADED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"|data-module="([^"]+\.js)"')

SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.hadRecentInput ? 0 : entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 100);
})"""


@lru_cache
def compressed(path: Path) -> int:
    """Bytes of a file as servers send it."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def loaded(page: Path) -> Iterator[Path]:
    """The page and, once each, the style sheets and scripts that it asks for."""
    yield page
    names = dict.fromkeys(next(filter(None, found)) for found in LOADED.findall(page.read_text("utf-8")))
    for name in names:
        yield (page.parent / name).resolve() if not name.startswith("/") else page.parent / name[1:]


def pages(site: Path) -> Iterator[tuple[str, Path]]:
    """Each page but search, which has its own budget, by its path."""
    for path in sorted(site.rglob("*.html")):
        if path.parent.name != "search":
            yield path.relative_to(site).as_posix(), path


def test_every_page_is_light(built_site: Path) -> None:
    """HTML, style and scripts together, compressed: the home page within 60 KB, any other within 40."""
    sizes = {name: sum(map(compressed, loaded(path))) / 1000 for name, path in pages(built_site)}

    assert len(sizes) > 1000
    assert {} == {name: size for name, size in sizes.items() if size > (HOME_KB if name == "index.html" else PAGE_KB)}


def test_no_page_is_long_to_read(built_site: Path) -> None:
    """Nor is a frame's page more than a few kilobytes."""
    sizes = {name: path.stat().st_size / 1000 for name, path in pages(built_site)}
    assert {} == {name: size for name, size in sizes.items() if size > HTML_KB}

    frames = {name: compressed(path) / 1000 for name, path in pages(built_site) if name.startswith("embed/")}
    assert frames
    assert {} == {name: size for name, size in frames.items() if size > EMBEDDED_KB}


def test_nothing_holds_up_the_first_sight(built_site: Path) -> None:
    """No script that the parser waits for, one style sheet, and no font to fetch."""
    for name, path in pages(built_site):
        text = path.read_text("utf-8")
        scripts = re.findall(r"<script(?![^>]*application/(?:ld\+)?json)[^>]*>", text)
        assert [] == [script for script in scripts if " defer" not in script and "module" not in script], name
        assert text.count('rel="stylesheet"') == (0 if 'http-equiv="refresh"' in text else 1), name
    for sheet in built_site.rglob("*.css"):
        assert "@font-face" not in sheet.read_text("utf-8")
        assert "@import" not in sheet.read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_while_a_page_loads(chromium: Browser, site_url: str, built_site: Path, width: int) -> None:
    """No kind of page shifts, also where scripts add controls."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, service_workers="block")
    page = context.new_page()
    shifts = {}
    for kind in KINDS:
        page.goto(f"{site_url}/{richest(built_site, kind)}")
        shifts[kind] = page.evaluate(SHIFTS)
    context.close()

    assert {} == {kind: shift for kind, shift in shifts.items() if shift}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "grid"),
    [
        ("home", ".truces"),
        ("home", ".ways"),
        ("home", ".key-figures__grid"),
        ("search", ".ways"),
        ("sources", ".balances"),
    ],
)
def test_columns_do_not_wait_for_what_comes_later(
    chromium: Browser, site_url: str, built_site: Path, kind: str, grid: str
) -> None:
    """On a slow line the first part of a row of lists is seen before the others: it has its width already."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, service_workers="block")
    page = context.new_page()
    page.goto(f"{site_url}/{richest(built_site, kind)}")

    whole, first_alone = page.locator(grid).first.evaluate("""grid => {
      const columns = () =>
        getComputedStyle(grid).gridTemplateColumns.split(" ").map(each => Math.round(parseFloat(each)));
      const whole = columns();
      while (grid.children.length > 1) grid.lastElementChild.remove();
      return [whole, columns()];
    }""")
    context.close()

    assert whole == first_alone


@pytest.mark.browser
def test_the_navigation_is_seen_when_it_is_whole(chromium: Browser, site_url: str) -> None:
    """On a slow line it would grow to the left, from the right end of its line."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, service_workers="block")
    page = context.new_page()
    page.goto(f"{site_url}/")

    whole, first_alone = page.locator(".site-header").evaluate("""header => {
      const seen = () => getComputedStyle(header.querySelector("nav a")).visibility;
      const whole = seen();
      while (header.nextSibling) header.nextSibling.remove();
      return [whole, seen()];
    }""")
    context.close()

    assert ("visible", "hidden") == (whole, first_alone)


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["home", "year", "month"])
def test_columns_of_days_do_not_wait_for_their_heads(
    chromium: Browser, site_url: str, built_site: Path, kind: str
) -> None:
    """On a slow line the first days are seen before the others: they have their widths already."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, service_workers="block")
    page = context.new_page()
    page.goto(f"{site_url}/{richest(built_site, kind)}")

    whole, first_alone = page.locator(".glance__table").first.evaluate("""table => {
      const widths = () => [...table.querySelectorAll("thead th")].slice(0, 5).map(head => head.offsetWidth);
      const whole = widths();
      table.tBodies[0].remove();
      while (table.rows[0].cells.length > 6) table.rows[0].lastElementChild.remove();
      return [whole, widths()];
    }""")
    context.close()

    assert whole == first_alone
