"""Nothing that a contributor writes can run: every trick in every field, seen by a parser and by a real browser.

Sites are built: hostile ones, whose fields hold the payloads; harmless ones of the same shape, to compare with; and one
whose entries' texts are the payloads.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hostile_site import PNG, quoted, write_content
from icalendar import Calendar
from payloads import EVIL, PAYLOADS, RUN
from site_server import serving
from skeleton import Element, skeleton

from generator.commands.line import main
from generator.pages.bibliography import bibtex
from generator.publishing import cards
from generator.reading.prose import read_prose
from generator.reading.records import read_record
from generator.reading.schema import Reading
from generator.record.model import Source
from generator.record.problems import TextFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page, Request

SITES = 8
SHARES = tuple(PAYLOADS[number::SITES] for number in range(SITES))
SHEET = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
PROSE = re.compile(r'<div class="prose">(.*?)</div>\n(?:<section|<p class="up"|</article|</div>)', re.DOTALL)
WRITTEN = frozenset({
    "a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that Markdown, or a citation, may make."""
BRACKETS: Element = ("p", (("class", "brackets quiet"),))
HERE: Element = ("a", (("href", "here"),))
LETTER: Element = ("a", (("href", "mailto://"),))


@dataclass(frozen=True)
class Built:
    """A site, and the words that its fields hold."""

    folder: Path
    words: tuple[str, ...]

    def pages(self) -> Iterator[tuple[str, str]]:
        """Path and text of each page."""
        for path in sorted(self.folder.rglob("*.html")):
            yield path.relative_to(self.folder).as_posix(), path.read_text("utf-8")

    def text(self, name: str) -> str:
        """A file that is no page, with its line ends."""
        return (self.folder / name).read_bytes().decode()

    def has(self, words: str) -> bool:
        """Whether these words, as a field keeps them, are among the site's."""
        return any(" ".join(each.split()).startswith(words) for each in self.words)


def build(content: Path, *options: str) -> Path:
    """The folder of a content's site."""
    out = content.with_name("public")
    assert 0 == main(["build", "--content", str(content), "--out", str(out), "--jobs", "1", "--no-cache", *options])
    return out


@pytest.fixture(scope="module")
def undrawn_cards() -> Iterator[None]:
    """Pages tell of their cards, in words that may be payloads; the cards themselves are looked at by nobody."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cards, "picture", lambda *_: PNG)
        yield


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, undrawn_cards: None) -> tuple[Built, ...]:  # noqa: ARG001
    """Sites in which every payload is in every field."""
    sites = []
    for share in SHARES:
        folder = tmp_path_factory.mktemp("hostile")
        write_content(folder / "content", share)
        sites.append(Built(build(folder / "content", "--no-search"), share))
    return tuple(sites)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory, undrawn_cards: None) -> dict[int, Built]:  # noqa: ARG001
    """Sites of the same shape with plain words, by the number of these."""
    sites = {}
    for count in {len(share) for share in SHARES}:
        folder = tmp_path_factory.mktemp("harmless")
        words = tuple(f"plain words {number}" for number in range(count))
        write_content(folder / "content", words)
        sites[count] = Built(build(folder / "content", "--no-search"), words)
    return sites


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with an entry for each payload that a text may be."""
    folder = tmp_path_factory.mktemp("texts") / "content"
    words = tuple(payload for payload in PAYLOADS if not problems_of(f"{payload} [@s0]"))
    write_content(folder, ("plain", "words"))
    entry = (folder / "events/e0.md").read_text("utf-8")
    head = entry.split("\n---\n")[0].replace("\naliases: [/events/former-0/]", "")
    for number, payload in enumerate(words):
        text = head.replace("id: x0,", f"id: y{number},").replace("/x0?", f"/y{number}?")
        (folder / f"events/text-{number}.md").write_text(f"{text}\n---\n\n{payload} [@s0; @y{number}]\n", "utf-8")
    return Built(build(folder, "--no-search", "--no-cards"), words)


def problems_of(text: str) -> list[str]:
    """What is said of a text."""
    to = Reading(TextFile("content/events/a.md", "events/a.md", text))
    read_prose(to.file, 0, to)
    wrong = [problem.message for problem in to.problems]
    return [*wrong, *(f"unknown {each.id}" for each in to.references if each.id != "s0")]


def test_there_are_enough_payloads() -> None:
    """At least two hundred, each of which would run or load somewhere."""
    assert 200 <= len(PAYLOADS)
    assert 200 <= sum(RUN in payload or EVIL in payload or "evil" in payload for payload in PAYLOADS)


def is_of_card(element: Element) -> bool:
    """Whether it tells other sites of the page's card image."""
    return element[0] == "meta" and any(
        name in {"property", "name"} and value.startswith(("og:image", "twitter:")) for name, value in element[1]
    )


def test_pages_have_no_element_that_the_templates_did_not_put_there(
    hostile: tuple[Built, ...], harmless: dict[int, Built]
) -> None:
    """Each page has the elements, attributes and kinds of address of the same page with plain words, and no others."""
    faults = []
    skeletons = {count: {path: skeleton(page) for path, page in site.pages()} for count, site in harmless.items()}
    for site in hostile:
        plain = skeletons[len(site.words)]
        pages = dict(site.pages())
        assert plain.keys() == pages.keys()
        for path, page in pages.items():
            found, expected = skeleton(page), plain[path].copy()
            if notes := found.pop(BRACKETS, 0) - expected.pop(BRACKETS, 0):  # a title may begin as a description does
                found["/p", ()] -= notes
            if path.startswith("events/"):  # a mistake is told of in a letter, where an editor's name has an @
                found[HERE] += found.pop(LETTER, 0)
            if path == "contribute/index.html":  # an editor's name with an @ is an address to write to
                found.pop(LETTER, None)
                found = expected if found.keys() <= expected.keys() else found
            faults += [f"{site.folder} {path}: {element}" for element in found if element not in expected]
            for counted in (found, expected):  # there is no card where its fonts lack a letter
                for element in [each for each in counted if is_of_card(each)]:
                    del counted[element]
            if found != expected and not faults:
                faults.append(f"{site.folder} {path}: {(found - expected) or (expected - found)}")

    assert [] == faults


def test_a_text_has_only_what_markdown_makes(texts: Built) -> None:
    """Elements and attributes of our lists, addresses of the web and of this page; raw HTML is shown as text."""
    faults = []
    count = 0
    for path, page in texts.pages():
        if not path.startswith("events/text-"):
            continue
        count += 1
        match = PROSE.search(page)
        assert match, path
        for tag, attributes in skeleton(match[1]):
            names = dict(attributes)
            wrong_address = any(
                not re.match(r"here$|https?://|mailto://", value) for name, value in names.items() if name == "href"
            )
            if (
                tag.removeprefix("/") not in WRITTEN
                or wrong_address
                or not names.keys() <= {"class", "href", "id", "rel", "title"}
            ):
                faults.append(f"{path}: <{tag} {attributes}>")
        for link in re.findall(r'<a [^>]*href="https?:[^>]*>', match[1]):
            assert "noopener noreferrer" in link

    assert [] == faults
    assert count == len(texts.words) > 150


@pytest.mark.parametrize("payload", [each for each in PAYLOADS if re.match(r"\[x\]\(.*script:", each)])
def test_a_link_that_would_run_is_an_error(payload: str) -> None:
    """It is told, and not left out in silence."""
    assert problems_of(payload)


def test_words_are_shown_as_they_were_written(hostile: tuple[Built, ...]) -> None:
    """Escaping loses nothing: each title is on its page, in the feed's data and in the files, letter for letter."""
    for site in hostile:
        data = json.loads(site.text("data/events.json"))
        titles = {row["id"]: row["title"] for row in data}
        assert len(titles) == len(site.words)
        for ident, title in titles.items():
            assert " ".join(site.words[int(ident[1:])].split()) == title


def test_templates_are_never_made_of_content(hostile: tuple[Built, ...], texts: Built) -> None:
    """`{{7*7}}` stays what it is, everywhere."""
    for site in (*hostile, texts):
        for path in site.folder.rglob("*"):
            if path.suffix in {".html", ".xml", ".json", ".csv", ".ics", ".bib", ".webmanifest"}:
                text = path.read_text("utf-8")
                assert "7*7" not in text or not re.search(r"(?<![\d#.\-:T])\b49\b(?!\d)(?=[^0-9]*7\*7)", text), path
    shown = [site for site in hostile if "{{7*7}}" in site.words]
    assert "{{7*7}}" in shown[0].text("feed.xml")
    assert any("{{7*7}}" in page for _, page in shown[0].pages())


def test_descriptions_for_search_engines_are_json(hostile: tuple[Built, ...]) -> None:
    """Each block of JSON-LD parses, and nothing in it ends its element or begins another."""
    blocks = 0
    for site in hostile:
        for path, page in site.pages():
            for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
                blocks += 1
                assert "@context" in json.loads(block), path
                assert not re.search(r"[<>&\u2028\u2029]", block), path
    assert blocks > len(PAYLOADS)


def test_feeds_and_maps_are_wellformed(hostile: tuple[Built, ...]) -> None:
    """Atom, the sitemap and JSON Feed parse; their entries are the site's and no others, and need nothing outside."""
    for site in hostile:
        events = json.loads(site.text("data/events.json"))
        shown = [event for event in events if not event["withdrawn"]]
        for name in ("feed.xml", "corrections.xml", "sitemap.xml"):
            text = site.text(name)
            tree = ET.fromstring(text)  # noqa: S314 - our own
            assert not re.search(r"<!DOCTYPE|<!ENTITY|<\?(?!xml version)", text)
            assert {element.tag.partition("}")[0] for element in tree.iter()} in (
                {"{http://www.w3.org/2005/Atom"},
                {"{http://www.sitemaps.org/schemas/sitemap/0.9"},
            )
        titles = {entry.findtext("{*}title") for entry in ET.fromstring(site.text("feed.xml")).iterfind("{*}entry")}  # noqa: S314
        assert {event["title"] for event in shown} == titles
        feed = json.loads(site.text("feed.json"))
        assert {event["title"] for event in shown} == {item["title"] for item in feed["items"]}
        assert site.has(json.loads(site.text("site.webmanifest"))["short_name"])


def test_the_calendar_has_one_event_for_each_entry(hostile: tuple[Built, ...]) -> None:
    """No words begin a line of their own."""
    for site in hostile:
        events = [event for event in json.loads(site.text("data/events.json")) if not event["withdrawn"]]
        calendar = Calendar.from_ical(site.text("calendar.ics"))
        found = list(calendar.walk("VEVENT"))
        names = {name for event in found for name in event}

        assert Counter(event["title"] for event in events) == Counter(str(event["SUMMARY"]) for event in found)
        assert names <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL"}


def test_no_cell_is_a_formula(hostile: tuple[Built, ...]) -> None:
    """In no CSV file does a cell begin as a formula does, behind spaces either; every row has all columns."""
    cells = 0
    for site in hostile:
        for path in site.folder.glob("data/*.csv"):
            rows = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
            assert {len(rows[0])} == {len(row) for row in rows}, path
            for cell in (cell for row in rows for cell in row):
                cells += 1
                assert not SHEET.match(cell.lstrip()), (path, cell)
    assert cells > len(PAYLOADS) * 30


def test_bibtex_has_one_record_for_each_source(hostile: tuple[Built, ...]) -> None:
    """Braces balance, also those that TeX would escape: no title ends its field and begins another."""
    for site in hostile:
        records = records_of(site.text("data/sources.bib"))

        assert len(site.words) * 2 == len(records)
        for record in records:
            assert fields_of(record) <= {"title", "publisher", "author", "date", "url", "langid"}
    for payload in PAYLOADS:
        (record,) = records_of(bibtex(Source("a", payload, payload, author=payload, note="n")))
        assert {"title", "publisher", "author"} == fields_of(record)


def records_of(text: str) -> list[str]:
    """The records of a BibTeX file, as BibTeX divides them: by braces, whatever stands before one."""
    records, depth, begin = [], 0, 0
    for position, sign in enumerate(text):
        if sign == "{":
            if depth == 0:
                begin = position
            depth += 1
        elif sign == "}":
            depth -= 1
            assert depth >= 0
            if depth == 0:
                records.append(text[begin + 1 : position])
    assert depth == 0
    return records


def fields_of(record: str) -> set[str]:
    """The names of a record's fields: the words before `=` outside all braces."""
    outside, depth = "", 0
    for sign in record:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        outside += sign if depth == 0 else ""
    return set(re.findall(r"(\w+)\s*=", outside))


@pytest.mark.parametrize(
    "field",
    ["date", "time", "kind", "actors", "places", "agreement", "draft", "image", "withdrawn", "sources", "figures"],
)
def test_what_is_no_word_takes_no_words(field: str) -> None:
    """A date, an id, a flag, a whole record cannot hold a payload: it is refused, not cleaned."""
    for payload in PAYLOADS:
        fields = {"title": "T", "date": "2025-07-25", "kind": "talks", "sources": "[s0]", field: quoted(payload)}
        front = "\n".join(f"{name}: {value}" for name, value in fields.items())
        written = read_record(TextFile("content/events/a.md", "events/a.md", f"---\n{front}\n---\n\nX.\n"))
        wrong = written.problems or [each for each in written.references if each.id not in {"talks", "s0"}]

        assert wrong, payload


HARNESS = """
const LEADS = /^(https?:\\/\\/(source\\.example|example\\.org|chronology\\.example)|mailto:|[./\\w#-]*$)/;
const NEVER = new Set('iframe frame object embed style audio video portal math'.split(' '));
function faults(path, page) {
  const found = [];
  if (page.querySelector('.site-header') && !page.querySelector('.site-footer')) found.push(`${path}: cut short`);
  for (const element of page.querySelectorAll('*')) {
    if (NEVER.has(element.localName) || element.matches('base[href]')) found.push(`${path}: <${element.localName}>`);
    if (element.localName === 'script' && !/^[./]*assets\\//.test(element.getAttribute('src')) &&
        !['application/ld+json', 'application/json'].includes(element.type)) found.push(`${path}: <script>`);
    for (const {name, value} of element.attributes) {
      if (/^on/i.test(name) || name === 'srcdoc' || name === 'ping') found.push(`${path}: ${name}`);
      if (/^(href|src|xlink:href|action|formaction|data)$/.test(name) && element.localName !== 'link' &&
          !LEADS.test(value) && !value.startsWith(location.origin + '/')) found.push(`${path}: ${name}=${value}`);
    }
  }
  return found;
}
async function inFrame(fill) {
  const frame = document.createElement('iframe');
  const loaded = new Promise(done => { frame.onload = done; });
  fill(frame);
  document.body.append(frame);
  await loaded;
  return frame.contentDocument;
}
window.whole = async paths => {
  const pages = await Promise.all(paths.map(path => inFrame(frame => { frame.src = path; })));
  return pages.flatMap((page, at) => faults(paths[at], page));
};
window.parse = pages => {
  const parser = new DOMParser();
  return JSON.parse(pages).flatMap(([path, text]) => faults(path, parser.parseFromString(text, 'text/html')));
};
window.run = async all => {
  // It is laid out once, when all of it is read, and loaded when all is that shows only then.
  const shown = '<script>frameElement.hidden = false; document.documentElement.getBoundingClientRect();</script>';
  await inFrame(frame => { frame.srcdoc = all + shown; frame.hidden = true; });
  document.querySelectorAll('iframe').forEach(frame => { frame.hidden = false; });
  await new Promise(done => setTimeout(done, 100));
  document.querySelectorAll('iframe').forEach(frame => frame.remove());
};
"""
OWN = re.compile(r'<link rel="(?:stylesheet|manifest|icon)"[^>]*>|<script [^>]*src="[./]*assets[^>]*></script>')
CHROME = re.compile(r'<(header|footer) class="site-.*?</\1>', re.DOTALL)
AT_ONCE = 80
"""Pages that are run in one frame."""
LONG = "<p>Words." * 4_000
"""As much as there is to be laid out in the pages of a frame."""
RICH = re.compile(r"/(?:events/[^/]+/|[^\d]*|\w+/\w1/|timeline/.*)index\.html|/404\.html")
"""Every entry, which has its payload in all kinds of places; indexes, and one each of all other pages."""


class Watched:
    """A page of a browser without the sites' policy, which tells of all that a payload does.

    The browser of the tests knows no host but this machine, so that what is asked of others fails, and is told of.
    """

    def __init__(self, browser: Browser, home: str) -> None:
        self.home = home
        self.outside: list[str] = []
        self.dialogs: list[str] = []
        self.context = browser.new_context(bypass_csp=True, service_workers="block")
        self.page: Page = self.context.new_page()
        self.page.on("dialog", self._answer)
        self.page.on("requestfailed", self._failed)
        self.page.goto(f"{home}/")
        self.page.evaluate(f"() => {{ document.documentElement.innerHTML = ''; {HARNESS} }}")

    def _answer(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        if not request.url.startswith(f"{self.home}/"):
            self.outside.append(request.url)

    def whole(self, paths: list[str]) -> list[str]:
        """What is wrong in pages of the site, each loaded in a frame."""
        return list(self.page.evaluate("paths => whole(paths)", paths))

    def parse(self, pages: list[tuple[str, str]]) -> list[str]:
        """What is wrong in the texts of pages; one that would swallow the next, as `run` puts them, is cut short."""
        return list(self.page.evaluate("pages => parse(pages)", json.dumps(pages)))

    def run(self, pages: list[tuple[str, str]]) -> None:
        """Let the texts of pages do what they may, some together in a frame, without the site's styles and scripts."""
        for start in range(0, len(pages), AT_ONCE):
            together = "".join(text for _, text in pages[start : start + AT_ONCE])
            self.page.evaluate("all => run(all)", OWN.sub("", together))

    @property
    def ran(self) -> bool:
        """Whether a payload has run."""
        return bool(self.page.evaluate("window.__xss")) or bool(self.dialogs)


def without_what_was_seen(pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pages, with headers and footers that have nothing in them after the first: all have the same there."""
    seen: set[str] = set()

    def first(match: re.Match[str]) -> str:
        same = match[0].replace("../", "")
        is_new = same not in seen
        seen.add(same)
        return match[0] if is_new else '<{0} class="site-{0}"></{0}>'.format(match[1])

    for path, text in pages:
        yield path, CHROME.sub(first, text)


@pytest.mark.browser
def test_nothing_runs_in_a_real_browser(hostile: tuple[Built, ...], texts: Built, chromium: Browser) -> None:
    """With the policy out of the way, so that it is escaping that is tried: no script, no handler, no request."""
    for site in (*hostile, texts):
        with serving(site.folder) as home:
            watched = Watched(chromium, home)
            pages = [(f"/{path}", page) for path, page in site.pages() if not path.startswith("events/former-")]
            rich = [*without_what_was_seen(page for page in pages if RICH.match(page[0]))]
            found = watched.parse(rich)
            watched.run(rich)
            found += watched.whole([path for path, _ in pages[:: len(pages) // 6]])

            assert [] == found
            assert not watched.ran
            assert [] == watched.outside
            watched.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "seen"),
    [
        (f"<img src=x onerror={RUN}>", "ran"),
        (f"<script>{RUN}</script>", "ran"),
        ("<svg onload=alert(1)>", "ran"),
        (f"<object data=x onerror={RUN}>", "ran"),
        (f"<img src={EVIL}/a.png>", "outside"),
        (f"<a href=javascript:{RUN}>x</a>", "found"),
        (f"<style>*{{background:url({EVIL}/a.png)}}</style>", "outside"),
    ],
)
def test_what_would_run_is_seen(page: str, seen: str, tmp_path: Path, chromium: Browser) -> None:
    """The watch itself works: a page that was not escaped is noticed, also among all others of its frame."""
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    pages = [("/page.html", f"<!doctype html><title>x</title><body>{each}") for each in (LONG, page, LONG)]
    with serving(tmp_path) as home:
        watched = Watched(chromium, home)
        watched.run(pages)
        found = watched.parse(pages)
        watched.page.wait_for_timeout(100)
        noticed = {"ran": watched.ran, "outside": watched.outside, "found": found}
        watched.context.close()

    assert noticed[seen]
