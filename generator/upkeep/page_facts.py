"""What a page says of itself: title, publisher, day, language, author.

Read are JSON-LD, Open Graph and `<meta>`, in this order, and last the page's title element.  A page is somebody else's:
nothing of it is believed but for its words, and these are cut to what a source may hold.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from generator.reading.characters import ODD_CHARACTER
from generator.reading.fields import LONGEST_NAME, LONGEST_SOURCE_TITLE
from generator.record import edtf

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_PUBLISHERS = ("og:site_name", "dc.publisher", "citation_publisher", "application-name")
_DAYS = (
    *("article:published_time", "og:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.created"),
    *(
        "dcterms.date",
        "parsely-pub-date",
        "citation_publication_date",
        "pubdate",
        "publishdate",
        "publish-date",
        "date",
    ),
)
_AUTHORS = ("author", "article:author", "dc.creator", "citation_author", "parsely-author")
_LANGUAGES = ("og:locale", "dc.language", "content-language")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src", re.IGNORECASE)
_DEEPEST = 8
_MOST_NODES = 2000


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; empty where nothing was.  `published` is an EDTF date, `language` a primary subtag."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    author: str = ""


def facts_in(body: bytes, content_type: str = "") -> Facts:
    """What the first bytes of a page say of it."""
    page = _Page()
    page.feed(_decoded(body, content_type))
    article = next(_articles(page.json_ld), {})
    meta = page.meta
    publisher = _words(_name(article.get("publisher"))) or _first(meta, _PUBLISHERS)
    title = _words(article.get("headline")) or _first(meta, _TITLES) or _without_site("".join(page.title), publisher)
    return Facts(
        title=_cut(title, LONGEST_SOURCE_TITLE),
        publisher=_cut(publisher, LONGEST_NAME),
        published=_day(article.get("datePublished"))
        or next(filter(None, (_day(meta.get(name)) for name in _DAYS)), ""),
        language=_language(article.get("inLanguage"))
        or _language(page.language)
        or _language(_first(meta, _LANGUAGES)),
        author=_cut(_words(_name(article.get("author"))) or _author(meta), LONGEST_NAME),
    )


def without_tracking(url: str) -> str:
    """An address without its fragment and what only counts who came from where."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    query = urlencode(kept) if len(kept) < len(pairs) else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


@dataclass
class _Page(HTMLParser):
    """The head of a page, as it comes."""

    meta: dict[str, str] = field(default_factory=dict)
    title: list[str] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "title" and not self.title:
            self._into = self.title
        elif tag == "script" and given.get("type", "").lower().strip() == "application/ld+json":
            self.json_ld.append("")
            self._into = self.json_ld
        said = given.get("content") or (given.get("datetime", "") if tag == "time" else "")
        for name in ("property", "name", "itemprop", "http-equiv"):
            if said and name in given:
                self.meta.setdefault(given[name].lower(), said)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "script"}:
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is self.json_ld:
            self.json_ld[-1] += data
        elif self._into is not None:
            self._into.append(data)


def _decoded(body: bytes, content_type: str) -> str:
    """The text, in the encoding that the server, or the page itself, names; else UTF-8."""
    named = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    stated = re.search(rb"<meta[^>]+charset=[\"']?([\w.:-]+)", body[:4096], re.IGNORECASE)
    encoding = named[1] if named else stated[1].decode("ascii") if stated else "utf-8"
    try:
        return body.decode(encoding.lower().replace("windows-", "cp"), "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _articles(texts: list[str]) -> Iterator[dict[str, Any]]:
    """The articles of a page's JSON-LD, then whatever else has a headline."""
    found: list[dict[str, Any]] = []
    for text in texts:
        try:
            found += _objects(json.loads(text))
        except (ValueError, RecursionError):
            continue
    yield from (thing for thing in found if "Article" in str(thing.get("@type", "")))
    yield from (thing for thing in found if thing.get("headline"))


def _objects(root: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever JSON holds
    """Objects of a JSON value, those nearer to its root first; not more than a page can need."""
    found: list[dict[str, Any]] = []
    level: list[Any] = [root]
    for _ in range(_DEEPEST):
        objects = [value for value in level if isinstance(value, dict)]
        found += objects
        below = [each for value in objects for each in value.values() if isinstance(each, dict | list)]
        level = [*below, *(each for value in level if isinstance(value, list) for each in value)][:_MOST_NODES]
    return found[:_MOST_NODES]


def _name(value: Any) -> Any:  # noqa: ANN401
    """The name of a person or an organisation; of several, all of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_words(_name(each)) for each in value[:4])))
    return value.get("name") if isinstance(value, dict) else value


def _words(value: Any) -> str:  # noqa: ANN401
    """A text on one line, without what cannot be seen."""
    return " ".join(re.sub(ODD_CHARACTER, " ", value).split()) if isinstance(value, str) else ""


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next(filter(None, (_words(meta.get(name)) for name in names)), "")


def _author(meta: dict[str, str]) -> str:
    """An author by name: some pages give the address of their page instead."""
    named = _first(meta, _AUTHORS)
    return "" if named.startswith(("https://", "http://")) else named


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _without_site(title: str, publisher: str) -> str:
    """`Border talks begin | The Times` without the site's name, where that is known."""
    words = _words(title)
    ending = re.search(rf"\s+[|–—·-]\s+{re.escape(publisher)}\Z", words, re.IGNORECASE) if publisher else None
    return words[: ending.start()] if ending else words


def _day(value: Any) -> str:  # noqa: ANN401
    """The day of a time stamp, as the page has it; a year of the Buddhist Era is turned into ours."""
    match = re.match(r"\s*(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?", value, re.ASCII) if isinstance(value, str) else None
    if not match:
        return ""
    year = int(match[1])
    year -= edtf.BUDDHIST_ERA_OFFSET if year > edtf.LAST_YEAR else 0
    text = "-".join([f"{year:04}", *(f"{int(part):02}" for part in match.groups()[1:] if part)])
    try:
        return edtf.parse(text).text
    except edtf.EdtfError:
        return ""


def _language(value: Any) -> str:  # noqa: ANN401
    """`en` from `en-GB` or `en_US`."""
    if isinstance(value, dict):
        value = value.get("alternateName")
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*\Z)", value) if isinstance(value, str) else None
    return match[1].lower() if match else ""
