"""What templates use: a change of it is a change of what their pages are rendered with, in main part or frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.incremental.snapshot import look
from generator.publishing.template_uses import template_digests

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.record.keys import Key

ASSETS = {"site.css": "assets/site.1.css", "copy.js": "assets/copy.1.js"}
BASE = """{% from "macros/picture.html" import picture %}
{{ header() }}{% block main %}{% endblock %}{{ asset("site.css") }}"""
PAGE = '{% extends "base.html" %}{% from "macros/text.html" import when %}{% block main %}{{ when() }}{% endblock %}'
FRAME, MAIN = ("frame", "pages/one.html"), ("main part", "pages/one.html")


def digests(templates: Path, assets: Mapping[str, str]) -> dict[Key, bytes]:
    """Those of a folder of templates as it is now."""
    return template_digests(templates, look(templates, {}), assets)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder of templates with one page."""
    texts = {"base": BASE, "pages/one": PAGE, "pages/other": "{{ 1 }}"}
    macros = ("text", "picture", "frame", "card", "map", "sources", "other")
    for name, text in (texts | {f"macros/{each}": "{{ 1 }}" for each in macros}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.html").write_text(text, "utf-8")
    return tmp_path


def changed(templates: Path, name: str, assets: Mapping[str, str] = ASSETS) -> set[Key]:
    """The keys of the page that stand for something else when a template, or a file of static/, is another."""
    before = digests(templates, assets)
    if name in assets:
        assets = {**assets, name: f"{assets[name]}.2"}
    else:
        path = templates / f"{name}.html"
        path.write_text(path.read_text("utf-8") + " ", "utf-8")
    after = digests(templates, assets)
    return {key for key in (FRAME, MAIN) if before[key] != after[key]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("base", {FRAME}),
        ("macros/picture", {FRAME}),
        ("macros/frame", {FRAME}),
        ("site.css", {FRAME}),
        ("pages/one", {MAIN}),
        ("macros/text", {MAIN}),
        ("macros/other", set()),
        ("macros/card", set()),
        ("copy.js", set()),
        ("pages/other", set()),
    ],
)
def test_a_page_is_rendered_again_for_what_it_uses_and_the_piece_that_uses_it(
    name: str, expected: set[Key], templates: Path
) -> None:
    """What the frame uses, what the main part uses, and what neither does."""
    assert expected == changed(templates, name)


@pytest.mark.parametrize(
    ("use", "name", "expected"),
    [
        ("{{ card(view.card) }}", "macros/card", {MAIN}),
        ("{{ f({'a': {'b': 1}}, card) }}", "macros/card", {MAIN}),
        ("{{ view.card }}<card-list class='card'>", "macros/card", set()),
        ("{{ header() }}", "macros/frame", {MAIN, FRAME}),
        ("<header></header>", "macros/frame", {FRAME}),
        ("{{ asset('copy.js') }}", "copy.js", {MAIN}),
        ("{{ asset('copy.js') }}", "site.css", {FRAME}),
        ("{{ asset('copy' ~ '.js') }}", "copy.js", {MAIN}),
        ("{{ asset(view.script) }}", "site.css", {MAIN, FRAME}),
        ("{% set to = asset %}{{ to(view.script) }}", "copy.js", {MAIN}),
        ("{{-asset('copy.js')-}}", "copy.js", {MAIN}),
        ("{{-card(1)-}}", "macros/card", {MAIN}),
        ("{{ super() }}", "base", {MAIN, FRAME}),
        ("{{-super()-}}", "base", {MAIN, FRAME}),
        ("{{ self.title() }}", "macros/picture", {MAIN, FRAME}),
        ("{% include 'macros/other.html' %}", "macros/other", {MAIN}),
        ("{% include 'macros/' ~ view.name %}", "macros/other", {MAIN}),
        ("{% include '/macros/other.html' %}", "macros/other", {MAIN}),
        ("{% include './macros//other.html' %}", "macros/other", {MAIN}),
    ],
)
def test_whatever_the_main_part_uses_is_found(use: str, name: str, expected: set[Key], templates: Path) -> None:
    """However it is written; where that cannot be told, all there is is used."""
    (templates / "pages/one.html").write_text(PAGE.replace("{{ when() }}", use), "utf-8")

    assert expected == changed(templates, name)


def test_what_an_included_template_extends_is_of_the_main_part(templates: Path) -> None:
    """Its frame is inside."""
    use = '{% include "macros/other.html" %}'
    (templates / "pages/one.html").write_text(PAGE.replace("{{ when() }}", use), "utf-8")
    (templates / "macros/other.html").write_text('{% extends "macros/map.html" %}', "utf-8")

    assert {MAIN} == changed(templates, "macros/map")


def test_a_page_that_extends_what_only_it_knows_is_rendered_again_for_all(templates: Path) -> None:
    """As a whole: what its frame is cannot be told."""
    (templates / "pages/one.html").write_text(PAGE.replace('"base.html"', "view.base"), "utf-8")

    assert {MAIN, FRAME} == changed(templates, "macros/other")


def test_a_template_that_is_not_there_yet_is_used_when_it_is(templates: Path) -> None:
    """And one that goes away."""
    (templates / "pages/one.html").write_text(PAGE.replace("text.html", "new.html"), "utf-8")
    before = digests(templates, ASSETS)
    (templates / "macros/new.html").write_text("", "utf-8")

    after = digests(templates, ASSETS)

    assert before[MAIN] != after[MAIN]
    assert before[FRAME] == after[FRAME]
