"""Markdown -> cleaned HTML, with citations and links still records; the only place that imports markdown and nh3.

Citations and links are taken out before Markdown sees the text, each leaving a token of private-use characters, and
put back as records where their tokens come out.  So their places in the file are known exactly, Markdown cannot
change them, and one that Markdown swallows is noticed.  Raw HTML is shown as text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import markdown
import nh3
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from generator.reading.schema import Reading, Reference
from generator.record.model import Citation, Link, Pointer, Prose
from generator.record.urls import slug_of

if TYPE_CHECKING:
    from generator.record.problems import Mark, TextFile

MOST_QUOTED_WORDS = 20

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CITATION_OR_LINK = re.compile(r'\[@(?:"[^"\n]*"|“[^”\n]*”|[^\[\]])*\]|\[\[[^\[\]\n]+\]\]')
_POINTER = re.compile(r'\s*@([^\s;"“”@,]+)\s*(?:"([^"]+)"|“([^”]+)”)?\s*')
_LINK = re.compile(r"\[\[\s*([^|\]]+?)\s*(?:\|\s*([^\]]+?)\s*)?\]\]")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"\s*<p>(.*?)</p>", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\][(\[]")
_HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)
_HREF = re.compile(r'<a[^>]* href="([^"#][^"]*)"')

_TAGS = {
    "a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"class", "href", "id", "title"},
    "div": {"class"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "li": {"id"},
    "sup": {"id"},
    "td": {"align"},
    "th": {"align"},
}
_SCHEMES = ("https:", "http:", "mailto:")


@dataclass(frozen=True, slots=True)
class _Found:
    """A citation or a link as written, and where."""

    raw: str
    piece: Citation | Link
    mark: Mark


def read_prose(file: TextFile, start: int, to: Reading) -> tuple[Prose, Prose]:
    """The text of `file` from offset `start`: the whole, and its first paragraph without its tags.

    Problems and references (`source`, `entry`) are noted in `to`, each with its place.
    """
    body = file.text[start:]
    _forbidden(file, start, to)
    found: list[_Found] = []

    def take_out(match: re.Match[str]) -> str:
        mark = file.mark_at(start + match.start(), len(match[0]))
        piece = _link(match[0]) if match[0].startswith("[[") else _citation(match[0], mark, to)
        found.append(_Found(match[0], piece, mark))
        return f"{_OPEN}{len(found) - 1}{_CLOSE}"

    converted = _converter().reset().convert(_CITATION_OR_LINK.sub(take_out, body))
    cleaned = nh3.clean(
        converted,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    cleaned = re.sub(r' align="(\w+)"', r' class="align-\1"', cleaned)
    in_code: set[int] = set()

    def put_back(match: re.Match[str]) -> str:
        in_code.update(int(number) for number in _TOKEN.findall(match[0]))
        return _TOKEN.sub(lambda token: html.escape(found[int(token[1])].raw), match[0])

    cleaned = _CODE.sub(put_back, cleaned)
    shown = {int(number) for number in _TOKEN.findall(cleaned)}
    for number, item in enumerate(found):
        if number in shown:
            _note_references(item, to)
        elif number not in in_code:
            to.wrong(item.mark, "it stands where the page will not show it", "move it into a sentence")
    for address in _HREF.findall(cleaned):
        if not address.startswith(_SCHEMES):
            offset = max(file.text.find(html.unescape(address), start), start)
            to.wrong(
                file.mark_at(offset, len(address)),
                f"a link to a path of this site: {address}",
                "write [[slug]] instead",
            )
    lead = _FIRST_PARAGRAPH.match(cleaned)
    return _pieces(cleaned, found), _pieces(lead[1] if lead else "", found)


def _pieces(text: str, found: list[_Found]) -> Prose:
    parts = _TOKEN.split(text)
    pieces = (part if index % 2 == 0 else found[int(part)].piece for index, part in enumerate(parts))
    return Prose(tuple(piece for piece in pieces if piece != ""))


def _note_references(item: _Found, to: Reading) -> None:
    if isinstance(item.piece, Link):
        to.references.append(Reference("entry", item.piece.slug, item.mark))
        return
    for pointer in item.piece.pointers:
        to.references.append(Reference("source", pointer.source, item.mark))


def _citation(raw: str, mark: Mark, to: Reading) -> Citation:
    inside, position, pointers = raw[1:-1], 0, []
    while position < len(inside):
        match = _POINTER.match(inside, position)
        if not match:
            hint = "separate sources with `;`, as [@first; @second]" if inside.count("@") > 1 else "write [@source-id]"
            to.wrong(mark, f"it is not a citation: {raw}", hint)
            break
        source, words = match[1], (match[2] or match[3] or "")
        if len(words.split()) > MOST_QUOTED_WORDS:
            count = len(words.split())
            to.wrong(mark, f"{count} words are quoted, and at most {MOST_QUOTED_WORDS} may be", "quote less")
        pointers.append(Pointer(source, " ".join(words.split())))
        position = match.end()
        if position < len(inside):
            if inside[position] != ";":
                hint = "separate sources with `;`, as [@first; @second]; put quoted words in double quotes"
                to.wrong(mark, f"it is not a citation: {raw}", hint)
                break
            position += 1
    return Citation(tuple(pointers))


def _link(raw: str) -> Link:
    match = _LINK.fullmatch(raw)
    return Link(match[1], match[2] or "") if match else Link(raw[2:-2].strip())


def _forbidden(file: TextFile, start: int, to: Reading) -> None:
    """What Markdown allows and an entry has other means for."""
    if match := _IMAGE.search(file.text, start):
        to.wrong(
            file.mark_at(match.start(), 2),
            "a picture inside the text",
            "give it as `image:` with alt, credit and source",
        )
    level = 1
    for match in _HEADING.finditer(file.text, start):
        depth = len(match[1])
        if depth == 1:
            to.wrong(file.mark_at(match.start(), 1), "a heading with one `#`: that is the title's", "begin with `## `")
        elif depth > level + 1:
            to.wrong(file.mark_at(match.start(), depth), "a heading skips a level", f"write `{'#' * (level + 1)} `")
        level = max(depth, 1)


@cache
def _converter() -> markdown.Markdown:
    """One Markdown instance, reused: what a chronology needs, and raw HTML taken out of its processors."""
    extensions = [
        FootnoteExtension(BACKLINK_TEXT="↩"),
        TableExtension(use_align_attribute=True),
        TocExtension(slugify=lambda value, separator: f"h-{slug_of(value) or separator}"),
    ]
    converter = markdown.Markdown(extensions=extensions, output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.inlinePatterns.deregister("image_link")
    converter.inlinePatterns.deregister("image_reference")
    converter.inlinePatterns.deregister("short_image_ref")
    return converter
