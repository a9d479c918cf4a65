"""What a browser would load from elsewhere, or connect to, for a built site: read from its files, without a network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOADING_ATTRIBUTES = frozenset(
    {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest", "imagesrcset"}
)
LOADING_LINKS = frozenset({"link", "use", "image", "base", "feimage"})
"""Elements whose `href` is loaded, not followed."""
MERE_POINTERS = frozenset({"canonical", "alternate", "license", "author"})
"""Values of `<link rel>` that load nothing."""
ELSEWHERE = re.compile(r"\s*(?:(?!data:)[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
CSS_ADDRESSES = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""", re.IGNORECASE)


def outside_loads(folder: Path) -> list[str]:
    """What HTML, SVG and CSS files load from outside the folder: `path: <element attribute=value>`."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in {".html", ".svg"}:
            found += [f"{name}: {load}" for load in loads_of_page(path.read_text("utf-8"))]
        elif path.suffix == ".css":
            found += [f"{name}: url({address})" for address in loads_of_style(path.read_text("utf-8"))]
    return found


def loads_of_page(text: str) -> list[str]:
    """What a page or a drawing loads from elsewhere, or connects to."""
    parser = _Loads()
    parser.feed(text)
    parser.close()
    return parser.found


def loads_of_style(text: str) -> Iterator[str]:
    """What a style sheet loads from elsewhere."""
    addresses = (by_url or by_import for by_url, by_import in CSS_ADDRESSES.findall(text))
    return (address for address in addresses if ELSEWHERE.match(address))


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.in_style = tag == "style"
        pointer = tag == "link" and set(values.get("rel", "").lower().split()) <= MERE_POINTERS
        loading_link = tag in LOADING_LINKS and not pointer
        for name, value in values.items():
            if name in LOADING_ATTRIBUTES or (loading_link and name in {"href", "xlink:href"}):
                addresses = re.split(r"[\s,]+", value) if "srcset" in name else [value]
                outside = any(ELSEWHERE.match(address) for address in addresses)
            else:
                outside = name == "style" and any(loads_of_style(value))
            if outside:
                self.found.append(f'<{tag} {name}="{value}">')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self.found += [f"<style> url({address})" for address in loads_of_style(data)]
