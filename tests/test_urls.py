"""Addresses: slugs, the files behind permalinks, links that work from any depth, passages of other sites."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.record import urls

SLUGS = st.from_regex(urls.SLUG, fullmatch=True)
ADDRESSES = st.one_of(
    st.just(urls.HOME),
    st.lists(SLUGS, min_size=1, max_size=5).map(lambda parts: "/".join(parts) + "/"),
    st.lists(SLUGS, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".xml"),
)
WORDS_TO_SLUGS = {
    "Ta Muen Thom / Ta Moan Thom": "ta-muen-thom-ta-moan-thom",
    "Cambodia's “peace” plan": "cambodias-peace-plan",
    "  24–28 July ": "24-28-july",
    "Café Zürich": "cafe-zurich",
    "ปราสาท": "",
    "": "",
}
FRAGMENTS = {
    ("https://example.org/a", "at least 12"): "https://example.org/a#:~:text=at%20least%2012",
    ("https://example.org/a#p3", "cease-fire, now"): "https://example.org/a#p3:~:text=cease%2Dfire%2C%20now",
    ("https://example.org/a", "50% & more"): "https://example.org/a#:~:text=50%25%20%26%20more",
    ("https://example.org/a", "หยุดยิง"): (
        "https://example.org/a#:~:text=%E0%B8%AB%E0%B8%A2%E0%B8%B8%E0%B8%94%E0%B8%A2%E0%B8%B4%E0%B8%87"
    ),
    ("https://example.org/a", ""): "https://example.org/a",
    ("", "words"): "",
    ("ftp://example.org/a", "words"): "ftp://example.org/a",
}


@pytest.mark.parametrize("words", WORDS_TO_SLUGS, ids=lambda words: WORDS_TO_SLUGS[words] or repr(words))
def test_words_give_a_slug(words: str) -> None:
    """Lower-case ASCII words with hyphens; nothing, when there is none."""
    assert WORDS_TO_SLUGS[words] == urls.slug_of(words)


@settings(deadline=None)
@given(st.text())
def test_what_words_give_is_a_slug_or_nothing(words: str) -> None:
    """And a slug gives itself."""
    slug = urls.slug_of(words)

    assert slug == "" or urls.is_slug(slug)
    assert slug == urls.slug_of(slug)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "é", "a b", "a_b", "a\n", "../a"])
def test_only_lower_case_words_joined_by_hyphens_are_a_slug(text: str) -> None:
    """No capital, no other letter, no empty word, no line end."""
    assert not urls.is_slug(text)


@settings(deadline=None)
@given(ADDRESSES, ADDRESSES, st.sampled_from(["", "#d-2025-07-24"]))
def test_a_link_leads_from_any_page_to_the_file(here: str, there: str, fragment: str) -> None:
    """Followed from the file of one page, a relative link ends at the file of the other, on a server and on disk."""
    link = urls.relative(there + fragment, urls.depth_of(here))

    path, _, rest = link.partition("#")
    end = posixpath.normpath(posixpath.join(posixpath.dirname(urls.file_of(here)), path))

    assert (urls.file_of(there), fragment) == (end, f"#{rest}" if rest else "")
    assert not link.startswith("/")


@settings(deadline=None)
@given(ADDRESSES)
def test_a_page_is_a_file_at_its_depth(address: str) -> None:
    """Pages end in a slash and are served from index.html; other files from their own name."""
    file = urls.file_of(address)

    assert file.count("/") == urls.depth_of(address)
    assert (address == urls.HOME or address.endswith("/")) == (file == f"{address}index.html")


@settings(deadline=None)
@given(ADDRESSES, st.integers(1, 400))
def test_the_parts_of_a_long_list_have_addresses_of_their_own(address: str, number: int) -> None:
    """The first part is the list's own address."""
    assert (address if number == 1 else f"{address}page-{number}/") == urls.part(address, number)


def test_months_lie_below_their_year() -> None:
    """Years have four digits, months two."""
    assert ["timeline/0987/", "timeline/2025/07/"] == [urls.year(987), urls.month(2025, 7)]


@pytest.mark.parametrize(("url", "words"), FRAGMENTS, ids=range(len(FRAGMENTS)))
def test_a_passage_has_an_address(url: str, words: str) -> None:
    """A text directive that a browser reads back as the same words; web addresses alone understand one."""
    assert FRAGMENTS[url, words] == urls.text_fragment(url, words)


@settings(deadline=None)
@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_the_words_of_a_passage_come_back(words: str) -> None:
    """Nothing in them can end the directive or begin another: no comma, no hyphen, no ampersand is left bare."""
    fragment = urlsplit(urls.text_fragment("https://example.org/", words)).fragment

    directive = fragment.removeprefix(":~:text=")

    assert words == unquote(directive)
    assert not set("-,&#") & set(directive)
