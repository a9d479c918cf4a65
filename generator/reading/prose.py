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

from generator.reading.limits import within_limits
from generator.reading.schema import Reading, Reference
from generator.record.model import Citation, Link, Pointer, Prose
from generator.record.urls import slug_of

if TYPE_CHECKING:
    from markdown.extensions import Extension

    from generator.record.problems import Mark, TextFile

MOST_QUOTED_WORDS = 20

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CITATION_OR_LINK = re.compile(r'\[@(?:"[^"\n]*"|“[^”\n]*”|[^\[\]])*+\]|\[\[[^\[\]\n]+\]\]|\[@|\[\[')
"""The last two are openings without an end."""
_POINTER = re.compile(r'\s*@([^\s;"“”@,]+)\s*(?:"([^"]+)"|“([^”]+)”)?\s*')
_LINK = re.compile(r"\[\[([^|\]]*)(?:\|([^\]]*))?\]\]")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
_TAG = re.compile(r'<(?:"[^"]*"|[^<>"])*>')
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_FOOTNOTE_TEXT, _FOOTNOTE_CALL = re.compile(r'<li id="fn:([^"]+)">'), re.compile(r'<sup id="fnref:([^"]+)">')
_FIRST_PARAGRAPH = re.compile(r"\s*<p>(.*?)</p>", re.DOTALL)
_EMPHASIS = re.compile(r"^[ \t>]*(?:\*[ \t]+)+|(?<!\\)(\*|(?<!\w)_|_(?!\w))", re.MULTILINE)
"""A star that begins an item of a list, or a sign, which alone is a group."""
_PAIR = re.compile(r"(?<![\\*_\w])(\*\*?|__?)(?=[^\s*_])[^*_\\`\[\]<>&\n]+(?<=\S)\1(?![*_\w])")
"""Words between signs that cannot be misread: what most texts have, and nothing else."""
_NO_LETTERS = re.compile(f"[^\\w{_OPEN}{_CLOSE}]|_")
_IMAGE = re.compile(r"!\[[^\]]*\][(\[]")
_HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)
_DEEPEST_HEADING = 4
_UNDERLINED = re.compile(r"^\S.*\n(=+)[ \t]*$", re.MULTILINE)
_HREF = re.compile(r'<a[^>]* href="([^"#][^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?!(?:md|html?)\b)[a-z]{2,}(?:/\S*)?")

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
    """A citation or a link as written, and where; what it refers to, and what is wrong with it, each with its place."""

    raw: str
    mark: Mark
    piece: Citation | Link
    references: tuple[Reference, ...] = ()
    wrong: tuple[tuple[Mark, str, str], ...] = ()


def read_prose(file: TextFile, start: int, to: Reading) -> tuple[Prose, Prose]:
    """The text of `file` from offset `start`: the whole, and its first paragraph without its tags.

    Problems and references (`source`, `entry`) are noted in `to`, each with its place.
    """
    body = file.text[start:]
    if not within_limits(start, to):
        return Prose(()), Prose(())
    _forbidden(file, start, to)
    found: list[_Found] = []

    def take_out(match: re.Match[str]) -> str:
        read = _link if match[0].startswith("[[") else _citation
        found.append(read(file, start + match.start(), match[0]))
        return f"{_OPEN}{len(found) - 1}{_CLOSE}"

    text = _CITATION_OR_LINK.sub(take_out, body)
    converted = _converter(_needs(text)).reset().convert(text)
    _emphasis(text, converted, file, start, to)
    cleaned = _cleaner().clean(converted)
    cleaned = re.sub(r' align="(\w+)"', r' class="align-\1"', cleaned)
    in_code: set[int] = set()

    def put_back(match: re.Match[str]) -> str:
        in_code.update(int(number) for number in _TOKEN.findall(match[0]))
        return _TOKEN.sub(lambda token: html.escape(found[int(token[1])].raw), match[0])

    cleaned = _CODE.sub(put_back, cleaned)
    cleaned = _TAG.sub(lambda tag: _TOKEN.sub("", tag[0]), cleaned)
    shown = {int(number) for number in _TOKEN.findall(cleaned)}
    for number, item in enumerate(found):
        if number in shown:
            to.references += item.references
            for wrong in item.wrong:
                to.wrong(*wrong)
        elif number not in in_code:
            to.wrong(item.mark, "it stands where the page will not show it", "move it into a sentence")
    _addresses(converted, file, start, to)
    _footnotes(cleaned, file, start, to)
    lead = _FIRST_PARAGRAPH.match(cleaned)
    return _pieces(cleaned, found), _pieces(lead[1] if lead else "", found)


def _pieces(text: str, found: list[_Found]) -> Prose:
    parts = _TOKEN.split(text)
    pieces = (part if index % 2 == 0 else found[int(part)].piece for index, part in enumerate(parts))
    return Prose(tuple(piece for piece in pieces if piece != ""))


def _emphasis(text: str, converted: str, file: TextFile, start: int, to: Reading) -> None:
    """Emphasis takes no letter away: where Markdown loses some over signs that do not pair up, they are told."""
    rest = _PAIR.sub("", text)
    if not any(match[1] for match in _EMPHASIS.finditer(rest)):
        return
    plain = _EMPHASIS.sub(lambda match: f"\\{match[1]}" if match[1] else match[0], text)
    if _letters(converted) != _letters(_converter(_needs(plain)).reset().convert(plain)):
        sign = _EMPHASIS.search(file.text, start)
        while sign and not sign[1]:
            sign = _EMPHASIS.search(file.text, sign.end())
        mark = file.mark_at(sign.start() if sign else start)
        message = "signs of emphasis that do not pair up, so that words are lost"
        to.wrong(mark, message, r"write \* for a star that is one")


def _letters(converted: str) -> str:
    return _NO_LETTERS.sub("", _TAG.sub("", converted))


def _addresses(converted: str, file: TextFile, start: int, to: Reading) -> None:
    """Links that do not lead out of the site by http, https or mail."""
    for written in _HREF.findall(_CODE.sub("", converted)):
        address = html.unescape(written)
        if _TOKEN.search(address) or address.startswith(_SCHEMES):
            continue
        mark = file.mark_at(max(file.text.find(address, start), start), len(address))
        if _SCHEME.match(address) or address.startswith("//"):
            to.wrong(mark, f"a link that is no web address: {address}", "begin it with https://")
        elif _HOST.fullmatch(address):
            to.wrong(mark, f"a link that is no web address: {address}", f"did you mean https://{address}?")
        else:
            to.wrong(mark, f"a link to a path of this site: {address}", "write [[slug]] or [[slug|words]] instead")


def _footnotes(cleaned: str, file: TextFile, start: int, to: Reading) -> None:
    """A footnote's number in the text has its footnote, and the other way round."""
    words = _TAG.sub("", _CODE.sub("", cleaned))
    for name in dict.fromkeys(html.unescape(found) for found in _FOOTNOTE.findall(words)):
        mark = file.mark_at(max(file.text.find(f"[^{name}]", start), start), len(name) + 3)
        to.wrong(mark, f"there is no footnote `{name}`", f"add a line for it: [^{name}]: its words")
    called = set(_FOOTNOTE_CALL.findall(cleaned))
    for name in _FOOTNOTE_TEXT.findall(cleaned):
        if name not in called:
            mark = file.mark_at(max(file.text.find(f"[^{html.unescape(name)}]:", start), start), len(name) + 3)
            to.wrong(mark, f"nothing leads to the footnote `{name}`", f"write [^{name}] where it belongs, or remove it")


_SEPARATE = "separate sources with `;`, as [@first; @second]; put quoted words in double quotes"


def _citation(file: TextFile, offset: int, raw: str) -> _Found:
    """A citation that stands at `offset`."""
    whole = file.mark_at(offset, len(raw))
    if not raw.endswith("]"):
        wrong = (whole, "a citation is opened and not closed", "end it with ], as [@source-id]")
        return _Found(raw, whole, Citation(()), wrong=(wrong,))
    pointers: list[Pointer] = []
    references: list[Reference] = []
    wrongs: list[tuple[Mark, str, str]] = []
    inside, position = raw[1:-1], 0
    while position < len(inside):
        match = _POINTER.match(inside, position)
        if not match:
            hint = _SEPARATE if pointers else "write [@source-id], or [@first; @second]"
            wrongs.append((whole, f"it is not a citation: {raw}", hint))
            break
        source, words = match[1], " ".join((match[2] or match[3] or "").split())
        mark = file.mark_at(offset + 1 + match.start(1) - 1, len(source) + 1)
        count = words.count(" ") + 1
        if count > MOST_QUOTED_WORDS:
            wrongs.append((mark, f"{count} words are quoted, and at most {MOST_QUOTED_WORDS} may be", "quote less"))
        pointers.append(Pointer(source, words))
        references.append(Reference("source", source, mark))
        position = match.end()
        if position < len(inside):
            if inside[position] != ";":
                wrongs.append((whole, f"it is not a citation: {raw}", _SEPARATE))
                break
            position += 1
    return _Found(raw, whole, Citation(tuple(pointers)), tuple(references), tuple(wrongs))


def _link(file: TextFile, offset: int, raw: str) -> _Found:
    """A link that stands at `offset`."""
    whole = file.mark_at(offset, len(raw))
    if not raw.endswith("]]"):
        wrong = (whole, "a link is opened and not closed", "end it with ]], as [[slug]] or [[slug|words]]")
        return _Found(raw, whole, Link(""), wrong=(wrong,))
    match = _LINK.fullmatch(raw)
    slug = match[1].strip() if match else ""
    if not match or not slug or (match[2] is not None and not match[2].strip()):
        wrong = (whole, f"it is not a link: {raw}", "write [[slug]] or [[slug|words]]")
        return _Found(raw, whole, Link(""), wrong=(wrong,))
    mark = file.mark_at(offset + raw.index(slug), len(slug))
    return _Found(raw, whole, Link(slug, (match[2] or "").strip()), (Reference("entry", slug, mark),))


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
        elif depth > _DEEPEST_HEADING:
            to.wrong(file.mark_at(match.start(), depth), "a heading deeper than `####`", "write `#### `")
        elif depth > level + 1:
            to.wrong(file.mark_at(match.start(), depth), "a heading skips a level", f"write `{'#' * (level + 1)} `")
        level = depth
    for match in _UNDERLINED.finditer(file.text, start):
        to.wrong(file.mark_at(match.start(1), len(match[1])), "a heading like the title's", "begin its line with `## `")


Needs = frozenset[str]
_NEEDED_FOR = {
    "code": re.compile("`"),
    "escapes": re.compile(r"\\"),
    "brackets": re.compile(r"\["),
    "footnotes": re.compile(r"\[\^"),
    "definitions": re.compile(r"\]:"),
    "angles": re.compile("<"),
    "entities": re.compile("&"),
    "breaks": re.compile(r"  \n"),
    "emphasis": re.compile("[*_]"),
    "tables": re.compile(r"\|"),
    "headings": re.compile(r"#|[=-][ \t]*$", re.MULTILINE),
}
"""What parts of Markdown cannot do without."""
_INLINE = {
    "backtick": "code",
    "escape": "escapes",
    "reference": "definitions",
    "link": "brackets",
    "short_reference": "definitions",
    "autolink": "angles",
    "automail": "angles",
    "linebreak": "breaks",
    "entity": "entities",
    "em_strong": "emphasis",
}
"""What each inline pattern of Python-Markdown needs to find anything."""


def _needs(text: str) -> Needs:
    """What of Markdown a text may need; a converter with no more than that is twice as fast and gives the same."""
    return frozenset(need for need, pattern in _NEEDED_FOR.items() if pattern.search(text))


EVERYTHING: Needs = frozenset(_NEEDED_FOR)


@cache
def _converter(needs: Needs = EVERYTHING) -> markdown.Markdown:
    """One Markdown instance for texts with the same needs, reused; raw HTML and pictures are in none."""
    extensions: list[Extension] = []
    if "footnotes" in needs:
        extensions.append(FootnoteExtension(BACKLINK_TEXT="↩"))
    if "tables" in needs:
        extensions.append(TableExtension(use_align_attribute=True))
    if "headings" in needs:
        extensions.append(TocExtension(slugify=_heading_id))
    converter = markdown.Markdown(extensions=extensions, output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    for name, need in _INLINE.items():
        if need not in needs:
            converter.inlinePatterns.deregister(name)
    return converter


def _heading_id(value: str, separator: str) -> str:
    return f"h-{slug_of(_TOKEN.sub('', value)) or separator}"


@cache
def _cleaner() -> nh3.Cleaner:
    """What Markdown made is cleaned by our own lists, whatever it is."""
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
