"""Links of a built site to itself that lead nowhere: on a server, and from a folder on disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from static_loads import CSS_ADDRESSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from html_rules import Document

LINKING_ATTRIBUTES = ("href", "src", "srcset", "action", "poster", "data-src", "{http://www.w3.org/1999/xlink}href")
TEXT_FILES = frozenset({".css", ".csv", ".bib", ".geojson", ".ics", ".json", ".txt", ".webmanifest", ".xml"})
NOT_FOUND_PAGE = "404.html"
"""The one page that is shown at any depth, and so links from the root."""


@dataclass(frozen=True)
class SiteFiles:
    """A built site.  pages: by path, as `events/x/index.html`.  base_url: the address that it is made for."""

    folder: Path
    pages: Mapping[str, Document]
    base_url: str

    def fault_of(self, link: str, origin: str) -> str:
        """What is wrong with a link on the page or in the file `origin`; nothing with those that lead elsewhere."""
        ours = link.startswith(self.base_url)
        parts = urlsplit(link[len(self.base_url) :] if ours else link)
        path, anchor = unquote(parts.path), unquote(parts.fragment).partition(":~:")[0]
        if parts.scheme or parts.netloc:
            return ""
        if not ours and path and path.startswith("/") != (origin == NOT_FOUND_PAGE):
            return "is relative, on a page that is shown at any depth" if path[0] != "/" else "works on a server only"
        if path.startswith("/"):
            ours, path = True, path.removeprefix(urlsplit(self.base_url).path)
        folder = "" if ours else dirname(origin)
        target = normpath(f"{folder}/{path}".lstrip("/")) if path or ours else origin
        if ours and (self.folder / target).is_dir():
            target = normpath(f"{target}/index.html")
        return self._fault_of_target(target, anchor)

    def _fault_of_target(self, target: str, anchor: str) -> str:
        if target.startswith(".."):
            return "leads out of the site"
        if (self.folder / target).is_dir():
            return "leads to a folder, which only a server opens"
        if not (self.folder / target).is_file():
            return "leads to no file"
        if anchor and target in self.pages and anchor not in self.pages[target].by_id:
            return f"leads to no id in {target}"
        return ""


def broken_links(site: SiteFiles) -> list[str]:
    """Every broken link: `path: link` and what is wrong with it."""
    found = [
        f"{origin}: {link} {fault}"
        for origin, document in site.pages.items()
        for link in sorted(set(links_of(document)))
        if (fault := site.fault_of(link, origin))
    ]
    for path in sorted(site.folder.rglob("*")):
        if path.suffix in TEXT_FILES:
            origin = path.relative_to(site.folder).as_posix()
            text = path.read_text("utf-8")
            if path.suffix == ".ics":
                text = text.replace("\n ", "")  # a long line goes on after a space
            links = sorted({*links_of_style(text, path.suffix), *links_of_file(text, site.base_url)})
            found += [f"{origin}: {link} {fault}" for link in links if (fault := site.fault_of(link, origin))]
    return found


def links_of(document: Document) -> Iterator[str]:
    """What a page links to, loads, or sends its reader on to."""
    for node in document.nodes:
        for name in LINKING_ATTRIBUTES:
            if value := node.element.get(name, "").strip():
                yield from (part.split()[0] for part in value.split(",")) if name == "srcset" else [value]
        if node.tag == "meta" and node.element.get("http-equiv", "").lower() == "refresh":
            yield node.element.get("content", "").partition("url=")[2].strip("'\" ")


def links_of_style(text: str, suffix: str) -> list[str]:
    """What a style sheet loads."""
    return [by_url or by_import for by_url, by_import in CSS_ADDRESSES.findall(text)] if suffix == ".css" else []


def links_of_file(text: str, base_url: str) -> Iterator[str]:
    """Links in feeds, sitemaps and data: those that name the site's address, and those of HTML within."""
    yield from (link.rstrip(".,;") for link in re.findall(rf"{re.escape(base_url)}[^\s,\"'<>\\)}}\]]*", unescape(text)))
    yield from re.findall(r"""\b(?:href|src)=\\?["']([^"'\\]+)""", unescape(unescape(text)))
