"""What a page is made of beside its words: elements, the names of their attributes, and where they lead."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

LEADING = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "ping", "background"}
)
FIXED = frozenset({"class", "rel", "type", "http-equiv", "target", "role", "name", "property", "loading", "scope"})
"""Attributes whose values are the templates' own."""

Element = tuple[str, tuple[tuple[str, str], ...]]


_TAG = re.compile(r"""<(?!!--)(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*>""")


def skeleton(page: str) -> Counter[Element]:
    """How often each element occurs with the same attributes; of an address only its kind counts, of words nothing.

    What opens and is no tag counts as an element `<`: an escaped page has none.
    """
    tags = _TAG.findall(page)
    found: Counter[Element] = Counter()
    for tag, count in Counter(tags).items():
        found[_element(tag)] += count
    if stray := page.count("<") - len(tags):
        found["<", ()] += stray
    return found


@cache
def _element(tag: str) -> Element:
    parser = _Parser()
    parser.feed(tag)
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Element = ("", ())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = tag, tuple(_told(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.found = f"/{tag}", ()

    def handle_decl(self, decl: str) -> None:
        self.found = f"!{decl}", ()


def _told(attrs: Iterable[tuple[str, str | None]]) -> Iterable[tuple[str, str]]:
    for name, value in attrs:
        if name in LEADING:
            yield name, _kind(value or "")
        elif name in FIXED:
            yield name, value or ""
        elif name == "id":
            yield name, re.sub(r"[a-z0-9-]+", "x", value or "")  # ids are made of words, as slugs are
        elif name != "lang":  # titles in brackets have none
            yield name, ""


def _kind(address: str) -> str:
    """A web address's scheme and host; `here` for what stays inside the site."""
    parts = urlsplit(address)
    if not parts.scheme and not parts.netloc and re.fullmatch(r"[./\w#-]*", address, re.ASCII):
        return "here"
    return f"{parts.scheme}://{parts.netloc}"
