"""What every page of the real site may do: nothing but show itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from site_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

WASM = {"script-src": {"'wasm-unsafe-eval'"}}
"""What the search page's program in WebAssembly needs, on that page alone."""
ALLOWED = {"'self'", "'none'"}
NEEDED = {"default-src", "script-src", "style-src", "img-src", "connect-src", "base-uri", "form-action"}
DATA = frozenset({"application/ld+json", "application/json"})


class Elements(HTMLParser):
    """The elements of a page, with their attributes, in order; of scripts and styles also the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.inline: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.found[-1] if self.found else ("", {})
        if tag in {"script", "style"} and data.strip() and attributes.get("type") not in DATA:
            self.inline.append(data)


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, Elements]:
    """Each page of the real site."""
    found = {path.relative_to(built_site).as_posix(): path.read_text("utf-8") for path in built_site.rglob("*.html")}
    return {path: Elements(text) for path, text in sorted(found.items())}


def policies(page: Elements) -> Iterator[dict[str, set[str]]]:
    """A page's policies: the sources of each directive."""
    for tag, attributes in page.found:
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "content-security-policy":
            parts = [part.split() for part in attributes["content"].split(";") if part.strip()]
            yield {name: set(sources) for name, *sources in parts}


def test_every_page_has_a_strict_policy(pages: dict[str, Elements]) -> None:
    """Only the site itself, nothing unsafe; WebAssembly on the search page alone."""
    faults = []
    for path, page in pages.items():
        found = list(policies(page))
        if len(found) != 1 or not found[0].keys() >= NEEDED or found[0]["default-src"] != {"'none'"}:
            faults.append(f"{path}: {found}")
            continue
        for name, sources in found[0].items():
            more = WASM.get(name, set()) if path == "search/index.html" else set()
            faults += [f"{path}: {name} {source}" for source in sources - ALLOWED - more]

    assert pages
    assert [] == faults


def test_the_policy_comes_before_what_it_governs(pages: dict[str, Elements]) -> None:
    """A policy in a page holds for what stands behind it."""
    for path, page in pages.items():
        tags = [tag for tag, _ in page.found]
        at = next(number for number, (_, attributes) in enumerate(page.found) if "http-equiv" in attributes)
        assert not {"script", "link", "img", "style"} & set(tags[:at]), path


def test_no_page_needs_what_the_policy_forbids(pages: dict[str, Elements]) -> None:
    """No script or style in the page, no handler, no style attribute, no frame, no form's target elsewhere."""
    faults = []
    for path, page in pages.items():
        faults += [f"{path}: {text[:60]}" for text in page.inline]
        for tag, attributes in page.found:
            if tag in {"iframe", "frame", "object", "embed", "applet"} or (tag == "base" and "href" in attributes):
                faults.append(f"{path}: <{tag}>")
            faults += [f"{path}: <{tag} {name}>" for name in attributes if name == "style" or name.startswith("on")]

    assert [] == faults


def test_links_to_others_tell_them_nothing(pages: dict[str, Elements]) -> None:
    """Each has rel="noopener noreferrer"; pages say too what a Referer may hold."""
    faults = []
    count = 0
    for path, page in pages.items():
        for tag, attributes in page.found:
            if tag in {"a", "area", "form"} and re.match(r"(?:https?:)?//", attributes.get("href", "")):
                count += 1
                if not {"noopener", "noreferrer"} <= set(attributes.get("rel", "").split()):
                    faults.append(f"{path}: {attributes['href']}")
            if tag != "base" and attributes.get("target") == "_blank" and "noopener" not in attributes.get("rel", ""):
                faults.append(f"{path}: {attributes}")
        redirects = any(attributes.get("http-equiv") == "refresh" for _, attributes in page.found)
        said = [attributes.get("content") for tag, attributes in page.found if attributes.get("name") == "referrer"]
        if not redirects and said not in (["strict-origin-when-cross-origin"], ["no-referrer"]):
            faults.append(f"{path}: referrer {said}")

    assert [] == faults
    assert count > 1_000


@pytest.mark.browser
def test_a_link_to_a_passage_tells_its_host_nothing_of_it(chromium: Browser, tmp_path: Path) -> None:
    """Neither the words that it leads to nor the page that it stands on reach the host."""
    import socket  # noqa: PLC0415 - for this test alone

    asked: list[bytes] = []

    def listen(host: socket.socket) -> None:
        connection, _ = host.accept()
        with connection:
            asked.append(connection.recv(65_536))
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nHi!")

    with socket.create_server(("127.0.0.1", 0)) as host, serving(tmp_path) as home:
        thread = Thread(target=listen, args=(host,), daemon=True)
        thread.start()
        target = f"http://127.0.0.1:{host.getsockname()[1]}/article?a=1#:~:text=secret%20words"
        (tmp_path / "index.html").write_text(
            '<!doctype html><meta name="referrer" content="strict-origin-when-cross-origin">'
            f'<a href="{target}" rel="noopener noreferrer external">x</a>',
            "utf-8",
        )
        page = chromium.new_page()
        page.goto(f"{home}/index.html")
        page.get_by_text("x").click()
        thread.join(10)
        page.close()

    request = asked[0].decode("latin-1")
    assert request.startswith("GET /article?a=1 HTTP/1.1\r\n")
    assert "secret" not in request
    assert "referer:" not in request.lower()
