"""What is read of a page: title, publisher, day, language, author, from whatever says them best."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.reading.fields import LONGEST_SOURCE_TITLE
from generator.upkeep.page_facts import Facts, facts_in, without_tracking

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Border talks begin",
    "datePublished": "2025-12-24T23:30:00+07:00",
    "inLanguage": "en-GB",
    "publisher": {"@type": "Organization", "name": "The Example Times"},
    "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Writer"}],
}
WHOLE = Facts("Border talks begin", "The Example Times", "2025-12-24", "en", "A. Writer, B. Writer")


def page(head: str, attributes: str = "") -> bytes:
    """A page with this head."""
    return f"<!doctype html><html {attributes}><head>{head}</head><body><h1>Talks</h1></body></html>".encode()


def json_ld(data: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """A script element with data."""
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


PAGES: dict[str, tuple[bytes, Facts]] = {
    "JSON-LD": (page(json_ld(ARTICLE)), WHOLE),
    "JSON-LD in a graph": (page(json_ld({"@graph": [{"@type": "WebSite", "headline": "Home"}, ARTICLE]})), WHOLE),
    "JSON-LD in a list, with a broken one before": (
        page(
            json_ld([{"@type": "BreadcrumbList"}, ARTICLE]).join(['<script type="application/ld+json">{</script>', ""])
        ),
        WHOLE,
    ),
    "JSON-LD before Open Graph": (
        page('<meta property="og:title" content="Share this!">' + json_ld(ARTICLE)),
        WHOLE,
    ),
    "Open Graph": (
        page(
            '<meta property="og:title" content="Talks &amp; truce">'
            '<meta property="og:site_name" content="The Wire"><meta property="og:locale" content="th_TH">'
            '<meta property="article:published_time" content="2025-07-24T02:00:00Z">'
            '<meta property="article:author" content="https://wire.example.org/by/c">'
        ),
        Facts("Talks & truce", "The Wire", "2025-07-24", "th"),
    ),
    "meta names": (
        page(
            '<meta name="DC.title" content="ข่าวชายแดน"><meta name="date" content="2568-07-24">'
            '<meta name="author" content="C. Writer"><meta name="dc.publisher" content="หนังสือพิมพ์">',
            'lang="th"',
        ),
        Facts("ข่าวชายแดน", "หนังสือพิมพ์", "2025-07-24", "th", "C. Writer"),
    ),
    "the title element, without the site's name": (
        page('<title>\n Talks  | The Wire</title><meta name="dc.publisher" content="The Wire">', 'lang="km-KH"'),
        Facts("Talks", "The Wire", "", "km"),
    ),
    "microdata": (
        page(
            '<meta itemprop="headline" content="Talks">'
            '<time itemprop="datePublished" datetime="2025/7/4 10:00">x</time>'
        ),
        Facts("Talks", "", "2025-07-04"),
    ),
    "nothing": (page(""), Facts()),
    "no HTML at all": (b"\xff\xfe\x00{", Facts()),
    "a day that there is not": (page('<meta name="date" content="2025-02-31">'), Facts()),
    "what cannot be seen": (page("<title>Talks \u202e\x00begin\u00ad</title>"), Facts("Talks begin")),
    "types that do not belong": (
        page(json_ld({"@type": ["Article"], "headline": 7, "publisher": [], "author": None, "datePublished": {}})),
        Facts(),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_is(name: str) -> None:
    """The best of what is there; nothing where nothing is."""
    body, expected = PAGES[name]

    assert expected == facts_in(body)


@pytest.mark.parametrize(
    ("head", "content_type"), [("", "text/html; charset=windows-874"), ('<meta charset="windows-874">', "text/html")]
)
def test_a_page_is_read_in_its_encoding(head: str, content_type: str) -> None:
    """The one that the server names, or the page itself; one that nobody knows does no harm."""
    body = f"<html><head>{head}<title>ข่าว</title>".encode("cp874")

    assert "ข่าว" == facts_in(body, content_type).title
    for unusable in ("x-unheard-of", "base64", "idna", "undefined"):
        assert facts_in(body, f"text/html; charset={unusable}") is not None


def test_a_title_is_cut_to_what_a_source_may_hold() -> None:
    """And says that it was."""
    title = facts_in(page(f"<title>{'long ' * 200}</title>")).title

    assert LONGEST_SOURCE_TITLE == len(title)
    assert title.endswith("…")


@settings(deadline=None)
@given(st.binary(max_size=400), st.text(max_size=40))
def test_no_page_can_do_harm(body: bytes, content_type: str) -> None:
    """Whatever comes, what is read fits a source: one line, nothing hidden."""
    facts = facts_in(b"<html><head><title>" + body, content_type)

    assert len(facts.title) <= LONGEST_SOURCE_TITLE
    assert facts.title == " ".join(facts.title.split())


def test_a_deep_nest_does_no_harm() -> None:
    """JSON that no page needs is passed over."""
    for depth in (30, 100_000):
        assert Facts() == facts_in(page('<script type="application/ld+json">' + '{"a":[' * depth + "</script>"))
    nest: Any = ARTICLE
    for _ in range(30):
        nest = [nest]
    assert Facts() == facts_in(page(json_ld(nest)))


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://a.example/b?utm_source=x&id=7&fbclid=y#top", "https://a.example/b?id=7"),
        ("https://a.example/b?id=a+b&x=%2F", "https://a.example/b?id=a+b&x=%2F"),
        ("https://a.example/b?utm_source=x", "https://a.example/b"),
        ("https://a.example/b", "https://a.example/b"),
    ],
)
def test_an_address_is_kept_without_what_only_counts_readers(url: str, plain: str) -> None:
    """Everything else stays as it was."""
    assert plain == without_tracking(url)
