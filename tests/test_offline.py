"""A site that was visited can be read without a connection; with one, nothing stale is ever shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from site_server import serving

from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.publishing.service_worker import service_worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
KEEPING = """async address => {
  const names = await caches.keys();
  const found = await Promise.all(names.map(async name => (await caches.open(name)).match(address)));
  return found.some(Boolean);
}"""


def test_the_worker_changes_with_what_it_keeps(tmp_path: Path) -> None:
    """So devices fetch that anew; a change of anything else leaves them in peace, as it comes from the network."""
    sums = {"index.html": "aa", "timeline/2025/07/index.html": "bb", "events/x/index.html": "cc"}
    keep = ["", "timeline/2025/07/"]
    (tmp_path / "worker").mkdir()
    (tmp_path / "worker/sw.js").write_bytes(b"// script\n")
    told = service_worker(tmp_path, keep, sums.__getitem__)

    head, _, script = told.partition(b"\n")
    assert b"// script\n" == script
    assert keep == json.loads(head.removeprefix(b"const SITE = ").removesuffix(b";"))["keep"]
    assert told == service_worker(tmp_path, keep, (sums | {"events/x/index.html": "dd"}).__getitem__)
    assert told != service_worker(tmp_path, keep, (sums | {"index.html": "dd"}).__getitem__)
    assert told != service_worker(tmp_path, keep, (sums | {"timeline/2025/07/index.html": "dd"}).__getitem__)


def wait_until(page: Page, condition: str, value: str = "") -> None:
    """Wait for an asynchronous condition: `wait_for_function` takes a promise for a yes."""
    looks = f"for (let look = 0; look < 500; look++) if (await ({condition})(value)) return true; else await rest();"
    rest = "const rest = () => new Promise(done => setTimeout(done, 20));"
    assert page.evaluate(f"async value => {{ {rest} {looks} return false; }}", value), condition


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host's root folder, with the golden content and the real scripts in a sub-folder."""
    folder = tmp_path_factory.mktemp("host")
    root = TESTS.parent
    options = Options(GOLDEN / "content", root / "templates", root / "static", folder / "sub", jobs=1, history=False)
    assert build(options).published
    return folder


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser that has visited nothing yet."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def visit(page: Page, address: str) -> str:
    """Open a page, wait until the device keeps it, and give its heading."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready")
    plain = page.url.partition("#")[0].removesuffix("index.html")
    wait_until(page, KEEPING, plain)
    return page.locator("h1").inner_text()


@pytest.mark.browser
def test_what_was_read_and_the_newest_month_can_be_read_offline(page: Page, host: Path) -> None:
    """In a sub-folder, with its style; what was not read says so, lists what there is, and can be tried again."""
    entry = "events/2025-03-04-talks/index.html"
    with serving(host) as url:
        home = visit(page, f"{url}/sub/index.html")
        title = visit(page, f"{url}/sub/{entry}")

    page.context.set_offline(offline=True)  # the server's threads may go on answering on connections that are open
    page.goto(f"{url}/sub/{entry}")
    assert title == page.locator("h1").inner_text()
    assert "absolute" == page.locator(".skip-link").evaluate("link => getComputedStyle(link).position")
    page.locator(".site-header__title").click()
    assert home == page.locator("h1").inner_text()
    page.goto(f"{url}/sub/timeline/2025/05/?kind=clash")
    assert "May 2025" == page.locator("h1").inner_text()
    page.goto(f"{url}/sub/kinds/clash/")
    assert "Not kept on this device" == page.locator("h1").inner_text()
    page.get_by_role("link", name=f"{url}/sub/kinds/clash/").wait_for()  # a script writes it
    entries = page.get_by_role("heading", name="Entries that are kept")
    assert [title] == entries.locator("+ ul > li").all_inner_texts()
    assert 0 == page.locator("main li", has_text="Not kept on this device").count()
    page.get_by_role("link", name=title).click()
    assert title == page.locator("h1").inner_text()


@pytest.mark.browser
def test_with_a_connection_nothing_stale_is_shown(page: Page, host: Path) -> None:
    """A page that changed is shown as it is now; so is the one that is kept."""
    file = host / "sub/about/index.html"
    before = file.read_text("utf-8")
    with serving(host) as url:
        title = visit(page, f"{url}/sub/about/")
        visit(page, f"{url}/sub/")
        file.write_text(before.replace(f"<h1>{title}</h1>", "<h1>As it is now</h1>"), "utf-8")
        assert "As it is now" == visit(page, f"{url}/sub/about/")

    page.context.set_offline(offline=True)
    page.reload()
    assert "As it is now" == page.locator("h1").inner_text()
    file.write_text(before, "utf-8")


@pytest.mark.browser
def test_a_new_worker_brings_the_newest_month_and_keeps_what_was_read(page: Page, host: Path) -> None:
    """After the site has changed, the device keeps the month as it is now, and pages that were read before."""
    script, month = host / "sub/sw.js", host / "sub/timeline/2025/05/index.html"
    before = script.read_bytes(), month.read_bytes()
    with serving(host) as url:
        title = visit(page, f"{url}/sub/about/")
        script.write_bytes(before[0].replace(b'"version": "', b'"version": "new-'))
        month.write_bytes(before[1].replace(b"<h1>May 2025</h1>", b"<h1>May, corrected</h1>"))
        page.evaluate("navigator.serviceWorker.ready.then(worker => worker.update())")  # browsers look when they like
        wait_until(page, "async () => (await caches.keys()).some(name => name.startsWith('kept new-'))")
        wait_until(page, "async () => (await caches.keys()).filter(name => name.startsWith('kept ')).length === 1")

    page.context.set_offline(offline=True)
    page.goto(f"{url}/sub/timeline/2025/05/")
    assert "May, corrected" == page.locator("h1").inner_text()
    page.goto(f"{url}/sub/about/")
    assert title == page.locator("h1").inner_text()
    script.write_bytes(before[0])
    month.write_bytes(before[1])
