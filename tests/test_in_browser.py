"""The real site as readers meet it: in a browser, on a phone, by keyboard, on paper, without scripts, from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import barriers_in_light_and_dark

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Guarded
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = {
    "home": "index.html",
    "all years": "timeline/index.html",
    "year": "timeline/*/index.html",
    "month": "timeline/*/*/index.html",
    "entry": "events/*/index.html",
    "agreements": "agreements/index.html",
    "agreement": "agreements/*/index.html",
    "disputed": "disputed/index.html",
    "figures": "figures/index.html",
    "places": "places/index.html",
    "place": "places/*/index.html",
    "actors": "actors/index.html",
    "actor": "actors/*/index.html",
    "kind of event": "kinds/*/index.html",
    "sources": "sources/index.html",
    "source": "sources/*/index.html",
    "search": "search/index.html",
    "corrections": "corrections/index.html",
    "data": "data/index.html",
    "about": "about/index.html",
    "contribute": "contribute/index.html",
    "missing": "404.html",
}
WIDTHS = (320, 360, 768, 1440)

# What can be read of a page: the words of every element that has a box on the screen.
INVISIBLE_TEXT = """main => [...main.querySelectorAll("h1, h2, h3, p, li, dt, dd, td, th, figcaption, text")]
  .filter(element => !element.closest("details:not([open]), [hidden], .on-paper"))
  .filter(element => element.getClientRects().length === 0)
  .map(element => element.outerHTML)"""

# What sticks out of the page to its right, to be told when a page is too wide.
TOO_WIDE = """() => [...document.body.querySelectorAll("*")]
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(element => element.cloneNode().outerHTML).slice(0, 5)"""


def richest(site: Path, kind: str) -> str:
    """The path of the largest page of a kind; a list's further parts are of the list's kind."""
    found = (path for path in site.glob(KINDS[kind]) if not path.parent.name.startswith("page-"))
    pages = sorted(found, key=lambda path: (path.stat().st_size, path))
    assert pages, f"no page is {KINDS[kind]}"
    return pages[-1].relative_to(site).as_posix()


def fit(page: Page) -> dict[int, list[str]]:
    """The widths at which a page has to be scrolled sideways, and what sticks out."""
    too_wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide[width] = page.evaluate(TOO_WIDE)
    return too_wide


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_has_no_barrier_and_stays_at_home(guarded_page: Guarded, built_site: Path, kind: str) -> None:
    """On every width, in light and dark; it asks nothing of others, and the console has nothing to say."""
    page = guarded_page.open(richest(built_site, kind))

    assert {} == fit(page)
    assert [] == barriers_in_light_and_dark(page)
    assert [] == guarded_page.outside
    assert [] == guarded_page.errors


@pytest.mark.parametrize("kind", ["home", "month", "entry"])
def test_a_page_is_whole_without_scripts(chromium: Browser, site_url: str, built_site: Path, kind: str) -> None:
    """Everything can be read, and nothing is there that does nothing."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/{richest(built_site, kind)}")

    assert [] == page.locator("main").evaluate(INVISIBLE_TEXT)
    assert 0 == page.locator("button:visible, input:visible, select:visible").count()
    assert page.locator("main a:visible").count() > 5
    context.close()


def test_the_site_works_from_a_folder(chromium: Browser, built_site: Path) -> None:
    """Opened from disk it has its style, and its links lead from the home page to an entry's source."""
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto((built_site / "index.html").as_uri())
    assert "absolute" == page.locator(".skip-link").evaluate("link => getComputedStyle(link).position")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Chronology").click()
    assert (built_site / "timeline/index.html").as_uri() == page.url
    page.goto((built_site / richest(built_site, "month")).as_uri())
    page.locator("main :is(h2, h3) a[href*='events/']").first.click()
    page.locator("main a[href^='#source-']").first.click()
    assert page.locator("li:target").is_visible()

    assert [] == [url for url in asked if not url.startswith(built_site.as_uri())]
    assert [] == complaints
    context.close()


def test_the_keyboard_can_skip_to_the_text(guarded_page: Guarded) -> None:
    """The first stop is a link that is seen and leads past the navigation."""
    page = guarded_page.open("index.html")
    page.keyboard.press("Tab")
    link = page.locator(":focus")

    assert "Skip to content" == link.inner_text()
    assert link.evaluate("link => link.getBoundingClientRect().top >= 0 && link.getBoundingClientRect().width > 10")
    assert "none" != link.evaluate("link => getComputedStyle(link).outlineStyle")
    page.keyboard.press("Enter")
    assert "main" == page.evaluate("document.activeElement.id")


def test_the_keyboard_can_skip_the_days(guarded_page: Guarded) -> None:
    """Of the home page's links a hundred are days: from before them one key leads to what comes after."""
    page = guarded_page.open("index.html")
    page.locator(".glance h2 a").focus()
    page.keyboard.press("Tab")
    assert "Skip the table" == page.locator(":focus").inner_text()
    assert "1" == page.locator(":focus").evaluate("link => getComputedStyle(link).opacity")

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert 0 == page.locator(".glance__table :focus").count()
    assert page.locator(".glance__table a").last.evaluate(
        "day => day.compareDocumentPosition(document.activeElement) === Node.DOCUMENT_POSITION_FOLLOWING"
    )


def test_paper_has_the_text_and_its_sources_alone(guarded_page: Guarded, built_site: Path) -> None:
    """In print the navigation is gone, and the addresses of sources are written out."""
    page = guarded_page.open(richest(built_site, "entry"))
    page.emulate_media(media="print")

    assert 0 == page.locator("nav:visible, .skip-link:visible").count()
    assert page.locator("h1").is_visible()
    assert page.locator("main li").get_by_text("https://").first.is_visible()
    assert page.pdf(format="A4", tagged=True).startswith(b"%PDF-")
