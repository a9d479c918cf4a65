"""static_loads finds what a page would load from elsewhere, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from static_loads import loads_of_page, outside_loads

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("page", "load"),
    [
        ('<img src="https://a.example/x.png">', '<img src="https://a.example/x.png">'),
        ('<img src="//a.example/x.png">', '<img src="//a.example/x.png">'),
        ('<img srcset="a.png 1x, http://a.example/b.png 2x">', '<img srcset="a.png 1x, http://a.example/b.png 2x">'),
        ('<script src="HTTPS://a.example/x.js"></script>', '<script src="HTTPS://a.example/x.js">'),
        ('<link rel="stylesheet" href="https://a.example">', '<link href="https://a.example">'),
        ('<link rel="preconnect" href="//a.example">', '<link href="//a.example">'),
        ('<form action="https://a.example">', '<form action="https://a.example">'),
        ('<a ping="https://a.example" href="x">', '<a ping="https://a.example">'),
        ('<svg><use href="https://a.example#b"/></svg>', '<use href="https://a.example#b">'),
        ('<p style="background:url(//a.example/x)">', '<p style="background:url(//a.example/x)">'),
        ("<style>@import 'https://a.example/x.css';</style>", "<style> url(https://a.example/x.css)"),
    ],
)
def test_a_load_from_elsewhere_is_found(page: str, load: str) -> None:
    """However it is written."""
    assert [load] == loads_of_page(page)


def test_what_is_followed_or_lies_within_is_no_load() -> None:
    """Links may lead anywhere; a site's own files and data in place are its own."""
    page = (
        '<link rel="canonical" href="https://a.example/"><link rel="stylesheet" href="../site.css">'
        '<a href="https://a.example/">x</a><img src="data:image/gif;base64,R0">'
    )

    assert [] == loads_of_page(page)


def test_a_folder_is_read_with_its_style_sheets(tmp_path: Path) -> None:
    """Each load is told with its file."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text('<img src="http://a.example/">', "utf-8")
    (tmp_path / "site.css").write_text("p{background:url('http://a.example/x')} q{background:url(a.png)}", "utf-8")

    assert ['a/index.html: <img src="http://a.example/">', "site.css: url(http://a.example/x)"] == outside_loads(
        tmp_path
    )
