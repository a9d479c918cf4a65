"""Numbering a page's citations in order of first use, and the list of sources that the numbers lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup

from generator.record import urls
from generator.record.model import THIRD_PARTY, Citation, Link, Prose, Source
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.site import Site

Shown = TypeVar("Shown")

LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "id": "Indonesian",
    "it": "Italian", "km": "Khmer", "ko": "Korean", "lo": "Lao", "ms": "Malay", "pt": "Portuguese", "th": "Thai",
    "tl": "Filipino", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""Names of languages; another code is shown as it is."""
SOURCE_KINDS = {
    "news": "news",
    "official": "official",
    "court": "court",
    "ngo": "non-governmental organisation",
    "reference": "reference",
}
"""Kinds of publication in words."""


class Mark(NamedTuple):
    """One number in a text: where it leads, and its own id to come back to.  `page` is empty on its own page.

    paper: of one that leads to its source's page, the number in the list that is there for paper, where there is one.
    """

    number: int
    source: str
    id: str = ""
    page: str = ""
    paper: int = 0

    @property
    def address(self) -> str:
        """The item of the list of sources."""
        return f"{self.page}#source-{self.number}"


class Piece(NamedTuple):
    """A part of a text: cleaned HTML, or a link (`html` is then its words), and the citation that follows it."""

    html: Markup
    marks: tuple[Mark, ...] = ()
    address: str = ""

    @property
    def numbers(self) -> str:
        """The numbers of its citation as they stand on paper: `2, 5`."""
        return ", ".join([str(mark.number) for mark in self.marks])


class Passage(NamedTuple):
    """Quoted words, and the address that leads to them in the source."""

    words: str
    url: str


class SourceView(NamedTuple):
    """A source as every list shows it."""

    id: str
    address: str
    title: str
    publisher: str
    author: str
    published: str
    datetime: str
    url: str
    archived: str
    accessed: str
    language: str
    language_code: str
    kind: str
    perspective: str
    origin: str
    quote: str
    note: str

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return self.id


class WrittenOut(NamedTuple):
    """A source as paper has it in place of a link: its address, or without one its title."""

    publisher: str
    published: str
    address: str
    title: str


class Cited(NamedTuple):
    """A source in a page's list: its number, the uses to go back to, the passages quoted from it."""

    number: int
    source: SourceView
    uses: tuple[str, ...]
    passages: tuple[Passage, ...]


NO_MARKS: tuple[Mark, ...] = ()
CLOSING = tuple(".,;:")
"""Stops that a citation written before them is shown after."""


class Citer:
    """Numbers the citations of one page."""

    def __init__(self, site: Site, page: str = "") -> None:
        """The numbers of a page; of another page than the one that is made, by its address, to begin as that does."""
        self._site = site
        self._page = page
        self._cited: dict[str, tuple[int, list[str], list[str]]] = {}

    def cite(self, source: str, words: str = "") -> Mark:
        """The number of a source, with a new place to come back to."""
        cited = self._cited.get(source)
        if cited is None:
            cited = self._cited[source] = (len(self._cited) + 1, [], [])
        number, uses, passages = cited
        place = f"cite-{number}-{len(uses) + 1}"
        uses.append(place)
        if words and words not in passages:
            passages.append(words)
        return Mark(number, source, page=self._page) if self._page else Mark(number, source, place)

    @property
    def cited(self) -> Iterable[str]:
        """The sources that have a number, in their order."""
        return self._cited

    def prose(self, prose: Prose) -> tuple[Piece, ...]:
        """A text with its citations numbered and its links resolved."""
        pieces: list[Piece] = []
        html, marks = "", NO_MARKS  # what the next piece begins with
        for piece in prose.pieces:
            if isinstance(piece, str):
                if marks:
                    stop = 1 if piece[:1] in CLOSING else 0  # “… said.¹”: numbers stand after the stop
                    pieces.append(Piece(Markup(html + piece[:stop]), marks))  # noqa: S704 - reading/prose.py cleaned it
                    html, marks = piece[stop:], NO_MARKS
                else:
                    html += piece
            elif isinstance(piece, Citation):
                if marks:
                    pieces.append(Piece(Markup(html), marks))  # noqa: S704 - as above
                    html = ""
                html, marks = html.rstrip(), tuple([self.cite(each.source, each.words) for each in piece.pointers])
            else:
                pieces += (Piece(Markup(html), marks), _linked(piece, self._site))  # noqa: S704 - as above
                html, marks = "", NO_MARKS
        return (*pieces, Piece(Markup(html), marks))  # noqa: S704 - as above

    def sources(self) -> tuple[Cited, ...]:
        """The list that the numbers lead to, in their order."""
        return tuple(
            Cited(
                number,
                source_view(ident, self._site),
                tuple(uses),
                tuple(Passage(words, urls.text_fragment(self._site.sources[ident].url, words)) for words in passages),
            )
            for ident, (number, uses, passages) in self._cited.items()
        )


def for_paper(shown: Shown, site: Site) -> tuple[Shown, tuple[WrittenOut, ...]]:
    """What a page shows, its citations without a number numbered for paper, and the sources that the numbers stand for.

    shown: of named tuples, all the way down to the citations.
    """
    numbers: dict[str, int] = {}

    def numbered(value: Any) -> Any:  # noqa: ANN401 - any part of a view
        if isinstance(value, Mark):
            return value if value.number else value._replace(paper=numbers.setdefault(value.source, len(numbers) + 1))
        if not isinstance(value, tuple):
            return value
        parts = map(numbered, value)
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)

    return numbered(shown), tuple(written_out(ident, site) for ident in numbers)


def numbers_of(prose: Prose, page: str) -> tuple[Mark, ...]:
    """The citations of a text as numbers on the page that it is the beginning of, each source once."""
    found: dict[str, Mark] = {}
    for citation in prose.citations:
        for pointer in citation.pointers:
            if pointer.source not in found:
                found[pointer.source] = Mark(len(found) + 1, pointer.source, page=page)
    return tuple(found.values())


@derivation
def source_view(ident: str, site: Site) -> SourceView:
    """A source as every list shows it."""
    source: Source = site.sources[ident]
    return SourceView(
        id=source.id,
        address=urls.source(source.id),
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published=source.published.in_words if source.published else "",
        datetime=source.published.datetime if source.published else "",
        url=source.url,
        archived=source.archived,
        accessed=source.accessed.in_words if source.accessed else "",
        language=LANGUAGES.get(source.language, source.language),
        language_code=source.language,
        kind=SOURCE_KINDS.get(source.kind, source.kind),
        perspective=perspective_name(source.perspective, site),
        origin=site.sources[source.origin].publisher if source.origin in site.sources else source.origin,
        quote=source.quote,
        note=source.note,
    )


@derivation
def written_out(ident: str, site: Site) -> WrittenOut:
    """A source as paper has it in place of a link."""
    source = site.sources[ident]
    published = source.published.in_words if source.published else ""
    return WrittenOut(source.publisher, published, source.url, "" if source.url else source.title)


def perspective_name(perspective: str, site: Site) -> str:
    """Whose side a source speaks from, in words."""
    return "third party" if perspective == THIRD_PARTY else site.actors[perspective].label


def origins(sources: Iterable[str], site: Site) -> int:
    """How many independent accounts there are behind these sources: `6 sources, 2 origins`."""
    return len({site.origin_of(source) for source in sources})


@derivation
def title_of(slug: str, site: Site) -> str:
    """What an entry, agreement or page is called, and no more of it: what links to it does not show its text."""
    for shelf in (site.entries, site.agreements, site.pages):
        if slug in shelf:
            return shelf[slug].title
    raise KeyError(slug)


def _linked(link: Link, site: Site) -> Piece:
    """A link to what is shown; to what is not (a draft), its words alone."""
    shelves = ((site.entries, urls.event), (site.agreements, urls.agreement), (site.pages, urls.page))
    for shelf, address_of in shelves:
        if link.slug in shelf:
            return Piece(Markup.escape(link.words or title_of(link.slug, site)), address=address_of(link.slug))
    address = urls.page(urls.FORM) if link.slug == urls.FORM else ""
    return Piece(Markup.escape(link.words or link.slug), address=address)
