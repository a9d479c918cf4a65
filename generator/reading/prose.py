"""Markdown -> cleaned HTML, with citations and links still records; the only place that imports markdown and nh3.

Citations and links are taken out before Markdown sees the text, each leaving a token of private-use characters, and
put back as records where their tokens come out.  So their places in the file are known exactly, Markdown cannot
change them, and one that Markdown swallows is noticed.  Raw HTML is shown as text.
"""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import nh3

from generator.reading.limits import within_limits
from generator.reading.plain_prose import plain_html
from generator.reading.schema import INVALID, Reading, Reference, Text
from generator.record.model import Citation, Link, Pointer, Prose
from generator.record.tuples import NamedTuple
from generator.record.urls import FORM, slug_of

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.extensions import Extension

    from generator.reading.schema import JsonSchema
    from generator.reading.yaml_nodes import Node
    from generator.record.problems import TextFile

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


class _Bracket(NamedTuple):
    """A citation or a link as written; what it refers to and what is wrong with it, each by its offset and length."""

    raw: str
    piece: Citation | Link
    references: tuple[tuple[str, str, int, int], ...] = ()
    """Kind, id, offset, length."""
    wrong: tuple[tuple[str, str, int, int], ...] = ()
    """Message, hint, offset, length."""


def read_prose(file: TextFile, start: int, to: Reading) -> tuple[Prose, Prose]:
    """The text of `file` from offset `start`: the whole, and its first paragraph without its tags.

    Problems and references (`source`, `entry`) are noted in `to`, each with its place.
    """
    if not within_limits(start, to):
        return Prose(()), Prose(())
    found: list[tuple[int, _Bracket]] = []

    def take_out(match: re.Match[str]) -> str:
        found.append((start + match.start(), _bracket(match[0])))
        return f"{_OPEN}{len(found) - 1}{_CLOSE}"

    body = file.text[start:]
    _forbidden(body, file, start, to)
    text = _CITATION_OR_LINK.sub(take_out, body)
    plain = plain_html(text)
    if plain is None:
        cleaned = _from_markdown(text, found, file, start, to)
    else:
        cleaned = _cleaner().clean(plain)
        for offset, bracket in found:
            _refer(bracket, offset, file, to)
    whole = _pieces(cleaned, found)
    return whole, _lead(whole)


class CitedText(NamedTuple):
    """A kind of value: plain words with citations and links; at most `longest` characters as they are written."""

    longest: int

    def read(self, node: Node, name: str, to: Reading) -> Prose | object:
        text = Text(self.longest).read(node, name, to)
        return _line(text, to.file.offset_of(node.mark), to) if isinstance(text, str) else INVALID

    def json_schema(self) -> JsonSchema:
        return Text(self.longest).json_schema()


def _line(text: str, start: int, to: Reading) -> Prose:
    """A value that begins at offset `start`; what it refers to is noted as above."""
    found: list[tuple[int, _Bracket]] = []

    def take_out(match: re.Match[str]) -> str:
        # written otherwise, as a quote in a value in quotes is, a bracket is told to be where the last one was found
        at = max(to.file.text.find(match[0], start), found[-1][0] if found else start)
        found.append((at, _bracket(match[0])))
        return f"{_OPEN}{len(found) - 1}{_CLOSE}"

    words = html.escape(_CITATION_OR_LINK.sub(take_out, text), quote=False)
    for at, bracket in found:
        _refer(bracket, at, to.file, to)
    return _pieces(words, found)


def _bracket(raw: str) -> _Bracket:
    return _link(raw) if raw.startswith("[[") else _citation(raw)


def _from_markdown(text: str, found: list[tuple[int, _Bracket]], file: TextFile, start: int, to: Reading) -> str:
    """The cleaned HTML of a text that may hold anything, with the tokens of what was found in it."""
    converted = _converter().reset().convert(text)
    _emphasis(text, converted, file, start, to)
    cleaned = _cleaner().clean(converted)
    cleaned = re.sub(r' align="(\w+)"', r' class="align-\1"', cleaned)
    in_code: set[int] = set()

    def put_back(match: re.Match[str]) -> str:
        in_code.update(int(number) for number in _TOKEN.findall(match[0]))
        return _TOKEN.sub(lambda token: html.escape(found[int(token[1])][1].raw), match[0])

    cleaned = _CODE.sub(put_back, cleaned)
    cleaned = _TAG.sub(lambda tag: _TOKEN.sub("", tag[0]), cleaned)
    shown = {int(number) for number in _TOKEN.findall(cleaned)}
    for number, (offset, bracket) in enumerate(found):
        if number in shown:
            _refer(bracket, offset, file, to)
        elif number not in in_code:
            mark = file.mark_at(offset, len(bracket.raw))
            to.wrong(mark, "it stands where the page will not show it", "move it into a sentence")
    _addresses(converted, file, start, to)
    _footnotes(cleaned, file, start, to)
    return cleaned


def _refer(bracket: _Bracket, offset: int, file: TextFile, to: Reading) -> None:
    """Note what a citation or a link at `offset` refers to, and what is wrong with it."""
    for kind, ident, at, length in bracket.references:
        to.references.append(Reference(kind, ident, file.mark_at(offset + at, length)))
    for message, hint, at, length in bracket.wrong:
        to.wrong(file.mark_at(offset + at, length), message, hint)


def _pieces(text: str, found: list[tuple[int, _Bracket]]) -> Prose:
    parts: list[Any] = _TOKEN.split(text)
    parts[1::2] = [found[int(number)][1].piece for number in parts[1::2]]
    return Prose(tuple(piece for piece in parts if piece != ""))


def _lead(whole: Prose) -> Prose:
    """The first paragraph of a text that begins with one."""
    first = whole.pieces[0] if whole.pieces else ""
    if not isinstance(first, str) or not first.lstrip().startswith("<p>"):
        return Prose(())
    pieces: list[str | Citation | Link] = []
    for piece in (first.lstrip().removeprefix("<p>"), *whole.pieces[1:]):
        if isinstance(piece, str) and "</p>" in piece:
            pieces.append(piece.partition("</p>")[0])
            break
        pieces.append(piece)
    return Prose(tuple(piece for piece in pieces if piece != ""))


def _emphasis(text: str, converted: str, file: TextFile, start: int, to: Reading) -> None:
    """Emphasis takes no letter away: where Markdown loses some over signs that do not pair up, they are told."""
    rest = _PAIR.sub("", text)
    if not any(match[1] for match in _EMPHASIS.finditer(rest)):
        return
    plain = _EMPHASIS.sub(lambda match: f"\\{match[1]}" if match[1] else match[0], text)
    if _letters(converted) != _letters(_converter().reset().convert(plain)):
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


@lru_cache(maxsize=256)
def _citation(raw: str) -> _Bracket:
    """A citation, by its words: an entry cites one source more than once."""
    if not raw.endswith("]"):
        wrong = ("a citation is opened and not closed", "end it with ], as [@source-id]", 0, len(raw))
        return _Bracket(raw, Citation(()), wrong=(wrong,))
    pointers: list[Pointer] = []
    references: list[tuple[str, str, int, int]] = []
    wrongs: list[tuple[str, str, int, int]] = []
    position, end = 1, len(raw) - 1
    while position < end:
        match = _POINTER.match(raw, position, end)
        if not match:
            hint = _SEPARATE if pointers else "write [@source-id], or [@first; @second]"
            wrongs.append((f"it is not a citation: {raw}", hint, 0, len(raw)))
            break
        source, words = match[1], " ".join((match[2] or match[3] or "").split())
        place = (match.start(1) - 1, len(source) + 1)
        count = words.count(" ") + 1
        if count > MOST_QUOTED_WORDS:
            message = f"{count} words are quoted, and at most {MOST_QUOTED_WORDS} may be"
            wrongs.append((message, "quote less", *place))
        pointers.append(Pointer(source, words))
        references.append(("source", source, *place))
        position = match.end()
        if position < end:
            if raw[position] != ";":
                wrongs.append((f"it is not a citation: {raw}", _SEPARATE, 0, len(raw)))
                break
            position += 1
    return _Bracket(raw, Citation(tuple(pointers)), tuple(references), tuple(wrongs))


def _link(raw: str) -> _Bracket:
    """A link, by its words."""
    if not raw.endswith("]]"):
        wrong = ("a link is opened and not closed", "end it with ]], as [[slug]] or [[slug|words]]", 0, len(raw))
        return _Bracket(raw, Link(""), wrong=(wrong,))
    match = _LINK.fullmatch(raw)
    slug = match[1].strip() if match else ""
    if not match or not slug or (match[2] is not None and not match[2].strip()):
        wrong = (f"it is not a link: {raw}", "write [[slug]] or [[slug|words]]", 0, len(raw))
        return _Bracket(raw, Link(""), wrong=(wrong,))
    references = () if slug == FORM else (("entry", slug, raw.index(slug), len(slug)),)
    return _Bracket(raw, Link(slug, (match[2] or "").strip()), references)


def _forbidden(body: str, file: TextFile, start: int, to: Reading) -> None:
    """What Markdown allows and an entry has other means for; hardly a text has the signs of it, which are soon seen."""
    if "![" in body and (match := _IMAGE.search(file.text, start)):
        to.wrong(
            file.mark_at(match.start(), 2),
            "a picture inside the text",
            "give it as `image:` with alt, credit and source",
        )
    level = 1
    for match in _HEADING.finditer(file.text, start) if "#" in body else ():
        depth = len(match[1])
        if depth == 1:
            to.wrong(file.mark_at(match.start(), 1), "a heading with one `#`: that is the title's", "begin with `## `")
        elif depth > _DEEPEST_HEADING:
            to.wrong(file.mark_at(match.start(), depth), "a heading deeper than `####`", "write `#### `")
        elif depth > level + 1:
            to.wrong(file.mark_at(match.start(), depth), "a heading skips a level", f"write `{'#' * (level + 1)} `")
        level = depth
    for match in _UNDERLINED.finditer(file.text, start) if "\n=" in body else ():
        to.wrong(file.mark_at(match.start(1), len(match[1])), "a heading like the title's", "begin its line with `## `")


@cache
def _converter() -> Markdown:
    """One Markdown instance for all texts; raw HTML and pictures are not in it."""
    from markdown import Markdown  # noqa: PLC0415 - hardly a text needs it, and it takes long
    from markdown.extensions.footnotes import FootnoteExtension  # noqa: PLC0415
    from markdown.extensions.tables import TableExtension  # noqa: PLC0415
    from markdown.extensions.toc import TocExtension  # noqa: PLC0415

    extensions: list[Extension] = [
        FootnoteExtension(BACKLINK_TEXT="↩"),
        TableExtension(use_align_attribute=True),
        TocExtension(slugify=_heading_id),
    ]
    converter = Markdown(extensions=extensions, output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
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
