"""The real site, whole: what must hold of every page that readers get.

Each test looks at all pages and tells all faults at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from html_rules import Document, html_faults, read_html
from site_links import NOT_FOUND_PAGE, SiteFiles, broken_links
from static_loads import outside_loads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from html_rules import Node

LONGEST_DESCRIPTION = 320
POLICY = {"default-src": {"'none'", "'self'"}, "base-uri": {"'none'", "'self'"}, "object-src": {"'none'"}}
"""What a policy may say at most; `object-src` falls back to `default-src`."""


@pytest.fixture(scope="module")
def site(built_site: Path) -> SiteFiles:
    """All pages, read once; the address that the site is made for is the home page's."""
    pages = {
        path.relative_to(built_site).as_posix(): read_html(path.read_text("utf-8"))
        for path in sorted(built_site.rglob("*.html"))
    }
    return SiteFiles(built_site, pages, canonical(pages["index.html"]))


def canonical(document: Document) -> str:
    """The address that a page gives as its own."""
    return next((e.element.get("href", "") for e in document.named("link") if e.element.get("rel") == "canonical"), "")


def meta(document: Document, key: str) -> str:
    """The content of a page's `<meta name>` or `<meta http-equiv>`."""
    elements = (node.element for node in document.named("meta"))
    return next((e.get("content", "") for e in elements if key in {e.get("name"), e.get("http-equiv")}), "")


def is_redirect(document: Document) -> bool:
    """Whether it only sends its reader on."""
    return bool(meta(document, "refresh"))


def is_embedded(path: str) -> bool:
    """Whether it stands for another page within somebody else's: its canonical address is that page's."""
    return path.startswith("embed/")


def test_the_site_is_there(site: SiteFiles) -> None:
    """Every kind of page; else the tests below would hold of nothing."""
    kinds = {path.split("/")[0] for path in site.pages}

    assert {"index.html", "404.html", "timeline", "events", "agreements", "places", "actors", "sources"} <= kinds
    assert sum(path.startswith("events/") for path in site.pages) >= 60


def test_every_page_is_valid_html(site: SiteFiles) -> None:
    """By the parser of the standard and our own rules."""
    assert [] == [f"{path}: {fault}" for path, document in site.pages.items() for fault in html_faults(document)]


def test_every_internal_link_and_anchor_leads_somewhere(site: SiteFiles) -> None:
    """On a server and from a folder on disk; in pages, style sheets, feeds, the sitemap and the data."""
    assert [] == broken_links(site)


def test_nothing_is_loaded_from_elsewhere(site: SiteFiles) -> None:
    """No page, drawing or style sheet asks another host for anything."""
    assert [] == outside_loads(site.folder)


def test_every_page_says_what_it_is(site: SiteFiles) -> None:
    """A description if it may be listed, its address, and a policy."""
    assert [] == [f"{path}: {fault}" for path, document in site.pages.items() for fault in head_faults(site, path)]


def head_faults(site: SiteFiles, path: str) -> Iterator[str]:
    """What is missing or wrong in a page's head."""
    document = site.pages[path]
    own = site.base_url + path.removeprefix("embed/").removesuffix("index.html")
    if not is_redirect(document) and path != NOT_FOUND_PAGE and canonical(document) != own:
        yield f"its canonical address is {canonical(document)!r}, not {own!r}"
    if "noindex" not in meta(document, "robots") and not 0 < len(meta(document, "description")) <= LONGEST_DESCRIPTION:
        yield f"its description is {meta(document, 'description')!r}"
    if "width=device-width" not in meta(document, "viewport"):
        yield "it does not fit a phone's width"
    yield from policy_faults(meta(document, "Content-Security-Policy"))


def policy_faults(policy: str) -> Iterator[str]:
    """What a page's policy lets through that it should not."""
    directives = {name: set(values) for name, *values in map(str.split, filter(str.strip, policy.split(";")))}
    fallback = directives.get("default-src", set())
    for name, allowed in POLICY.items():
        values = directives.get(name, fallback if name.endswith("-src") else set())
        if not values or not values <= allowed:
            yield f"its policy has {name} {' '.join(sorted(values)) or 'not at all'}"
    for name, values in directives.items():
        if loose := {value for value in values if value.startswith(("'unsafe-", "http", "*"))}:
            yield f"its policy has {name} {' '.join(sorted(loose))}"


def test_titles_are_told_apart(site: SiteFiles) -> None:
    """No two pages have one title; a redirect has its target's."""
    paths_of: dict[str, list[str]] = {}
    for path, document in site.pages.items():
        if not is_redirect(document):
            title = next(document.named("title")).element.text or ""
            paths_of.setdefault(title, []).append(path)

    assert {} == {title: paths for title, paths in paths_of.items() if len(paths) > 1}


def test_every_page_begins_with_a_link_to_its_text(site: SiteFiles) -> None:
    """The first thing that the keyboard reaches leads to the main part."""
    assert [] == [
        path
        for path, document in site.pages.items()
        if not is_redirect(document) and not is_embedded(path) and not skips_to_main(document)
    ]


def skips_to_main(document: Document) -> bool:
    """Whether the first link leads to `<main>` or into it."""
    target = document.by_id.get(next(document.named("a")).element.get("href", "").removeprefix("#"))
    return any(node.element is target and "main" in {node.tag, node.parent} for node in document.nodes)


def test_the_chronology_says_by_what_rule_it_stands_in_order(site: SiteFiles) -> None:
    """On its index, each year and each part of a month: where an entry with an uncertain date is to be looked for."""
    chronology = {path: page for path, page in site.pages.items() if re.match(r"timeline/(?!.*/print/)", path)}
    rule = "Entries stand under the first day that they may cover"

    assert len(chronology) > 20
    assert [] == [
        path
        for path, page in chronology.items()
        if not any(rule in "".join(node.element.itertext()) for node in page.named("p"))
    ]


def test_every_entry_links_to_its_sources(site: SiteFiles) -> None:
    """An entry has a list of sources, and at least one of them leads to the publication."""
    assert [] == [
        path
        for path, document in site.pages.items()
        if is_entry(path) and not is_redirect(document) and not any(map(leads_elsewhere, in_source_list(document)))
    ]


def is_entry(path: str) -> bool:
    """Whether it is the page of one event."""
    return re.fullmatch(r"events/[^/]+/index\.html", path) is not None


def in_source_list(document: Document) -> Iterator[Node]:
    """The links in the page's list of sources."""
    return (
        node
        for node in document.named("a")
        if any(re.fullmatch(r"source-\d+", a.get("id", "")) for a in node.ancestors)
    )


def leads_elsewhere(node: Node) -> bool:
    """Whether it leads to another site."""
    return urlsplit(node.element.get("href", "")).scheme in {"http", "https"}


def test_every_number_in_a_text_leads_to_the_list_of_sources(site: SiteFiles) -> None:
    """And says the number of the item that it leads to; the item leads back."""
    faults = []
    numbers = 0
    for path, document in site.pages.items():
        for node in document.named("a"):
            target = re.fullmatch(r"#source-(\d+)", node.element.get("href", ""))
            if target:
                numbers += 1
                words = "".join(node.element.itertext())
                item = document.by_id.get(f"source-{target[1]}")
                if item is None or item.tag != "li" or target[1] not in re.findall(r"\d+", words):
                    faults.append(f"{path}: {node}")
            elif re.fullmatch(r"\[?\d+\]?", "".join(node.element.itertext())) and node.parent == "sup":
                faults += [f"{path}: {node}"] if "#source-" not in node.element.get("href", "") else []

    assert [] == faults
    assert numbers > 100


def test_a_list_of_sources_says_what_its_brackets_mean(built_site: Path) -> None:
    """Where a title is in brackets, and only there: nobody has to look for it on the page of the method."""
    entries = {path.parent.name: path.read_text("utf-8") for path in built_site.glob("events/*/index.html")}
    bracketed = [slug for slug, text in entries.items() if re.search(r'class="source__title"[^>]*>\[', text)]

    assert 0 < len(bracketed) < len(entries)
    assert bracketed == [slug for slug, text in entries.items() if "A title in [square brackets] is" in text]


def test_a_part_of_a_long_list_says_what_is_in_it(built_site: Path) -> None:
    """Its first and last date or name; to each question in dispute, and to each count, one can go from the top."""
    for path in ("disputed", "actors/thailand", "sources", "timeline/2025/12"):
        pages = [built_site / path / "index.html", *built_site.glob(f"{path}/page-*/index.html")]
        assert len(pages) > 2
        assert [] == [page for page in pages if "In this part: " not in page.read_text("utf-8")]

    for page in (built_site / "disputed").rglob("index.html"):
        text = page.read_text("utf-8")
        questions = re.findall(r'<h2 id="(q-[^"]+)">', text)
        assert questions
        assert questions == re.findall(r'<li><a href="#(q-[^"]+)">', text)

    for path in ("figures", "figures/displaced"):
        text = (built_site / path / "index.html").read_text("utf-8")
        assert re.findall(r'<h2 id="([^"]+)">', text) == re.findall(r'<li><a href="#([^"]+)">', text)


def test_an_entrys_numbers_use_all_of_its_list(site: SiteFiles) -> None:
    """The list of sources is numbered from 1 without a gap."""
    faults = []
    for path, document in site.pages.items():
        found = [int(ident[7:]) for ident in document.by_id if re.fullmatch(r"source-\d+", ident)]
        if found != list(range(1, len(found) + 1)):
            faults.append(f"{path}: {found}")

    assert [] == faults
