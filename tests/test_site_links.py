"""site_links finds every link that leads nowhere, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from html_rules import read_html
from site_links import SiteFiles, broken_links

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://chronology.example.org/"
GOOD_LINKS = [
    "index.html", "../a/index.html", "index.html#here", "#here", "#", "../a%20b.txt", "index.html?q=1#here",
    "https://elsewhere.example/nowhere", "mailto:a@example.org", "#:~:text=words", f"{BASE}a/", f"{BASE}a/#here", BASE,
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of two pages and a file."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a b.txt").write_text("text", "utf-8")
    (tmp_path / "index.html").write_text('<p id="top">', "utf-8")
    (tmp_path / "a" / "index.html").write_text('<p id="here">', "utf-8")
    return tmp_path


def broken(folder: Path, base_url: str = BASE) -> list[str]:
    """What is broken in a folder."""
    pages = {path.relative_to(folder).as_posix(): read_html(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    return broken_links(SiteFiles(folder, pages, base_url))


@pytest.mark.parametrize("link", GOOD_LINKS)
def test_a_link_that_leads_somewhere_is_let_be(folder: Path, link: str) -> None:
    """Relative to its page, or by the site's own address, or elsewhere."""
    (folder / "a" / "index.html").write_text(f'<p id="here"><a href="{link}">x</a>', "utf-8")

    assert [] == broken(folder)


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("nowhere.html", "leads to no file"),
        ("../nowhere.html", "leads to no file"),
        ("../../x.html", "leads out of the site"),
        ("index.html#nowhere", "leads to no id in a/index.html"),
        ("#nowhere", "leads to no id in a/index.html"),
        ("../index.html#here", "leads to no id in index.html"),
        ("../", "leads to a folder, which only a server opens"),
        ("/a/index.html", "works on a server only"),
        (f"{BASE}b/", "leads to no file"),
        (f"{BASE}a/#nowhere", "leads to no id in a/index.html"),
    ],
)
def test_a_broken_link_of_a_page_is_found(folder: Path, link: str, fault: str) -> None:
    """With what is wrong with it."""
    (folder / "a" / "index.html").write_text(f'<p id="here"><a href="{link}">x</a>', "utf-8")

    assert [f"a/index.html: {link} {fault}"] == broken(folder)


@pytest.mark.parametrize(
    ("name", "text", "link"),
    [
        ("a/b.html", '<img src="c.png">', "c.png"),
        ("a/b.html", '<img srcset="index.html 1x, c.png 2x">', "c.png"),
        ("a/b.html", '<meta http-equiv="refresh" content="0; url=c.html">', "c.html"),
        ("a/b.css", "p { background: url('c.png') }", "c.png"),
        ("feed.xml", '<link href="c.html"/>', "c.html"),
        ("feed.xml", "<content>&lt;a href=&quot;c.html&quot;&gt;</content>", "c.html"),
        ("feed.json", r'{"content_html": "<a href=\"c.html\">"}', "c.html"),
        ("sitemap.xml", f"<loc>{BASE}c/</loc>", f"{BASE}c/"),
        ("calendar.ics", f"URL:{BASE}c\r\n /d/\r\n", f"{BASE}c/d/"),
    ],
)
def test_a_broken_link_is_found_wherever_it_is(folder: Path, name: str, text: str, link: str) -> None:
    """In what a page loads, in style sheets, feeds, the sitemap and the calendar."""
    (folder / name).write_bytes(text.encode())

    assert [f"{name}: {link} leads to no file"] == broken(folder)


def test_the_page_for_what_is_missing_links_from_the_root(folder: Path) -> None:
    """It is shown at any depth, on a server only; the site may lie in a folder of its host."""
    links = ["/site/a/", "/site/", "/site/b/", "a/index.html", "#top"]
    (folder / "404.html").write_text('<p id="top">' + "".join(f'<a href="{link}">x</a>' for link in links), "utf-8")

    assert [
        "404.html: /site/b/ leads to no file",
        "404.html: a/index.html is relative, on a page that is shown at any depth",
    ] == broken(folder, "https://example.org/site/")
