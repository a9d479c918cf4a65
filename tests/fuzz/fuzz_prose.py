"""A text in Markdown, with citations and links: clean HTML comes out, and no citation is lost in silence."""

from __future__ import annotations

import re

import atheris
from common import fuzz, text_of

with atheris.instrument_imports(include=["generator", "markdown"]):
    from generator.reading.characters import odd_character
    from generator.reading.prose import read_prose
    from generator.reading.schema import Reading
    from generator.record.problems import TextFile

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z]+=\"[^\"<>]*\")*)>")
TAGS = frozenset({
    "a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
ADDRESS = re.compile(r"https?:|mailto:|#")


def target(data: bytes) -> None:
    """Elements and attributes of our lists, addresses of the web, nothing that opens and is no tag."""
    text = text_of(data)
    if odd_character(text):
        return  # such a file is refused before
    to = Reading(TextFile("content/events/a.md", "events/a.md", text.replace("\r", "\n")))
    body, _ = read_prose(to.file, 0, to)
    html = "".join(piece for piece in body.pieces if isinstance(piece, str))
    rest = TAG.sub("", html)
    assert "<" not in rest, rest
    for _, tag, attributes in TAG.findall(html):
        assert tag in TAGS, tag
        for name, value in re.findall(r' ([a-z]+)="([^"]*)"', attributes):
            assert name in {"class", "href", "id", "rel", "title"}, name
            assert name != "href" or ADDRESS.match(value) or to.problems, value
    assert to.problems or not odd_character(html.replace("\n", "")), html


fuzz(target)
