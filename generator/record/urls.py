"""Slugs and permalinks: the one place that knows how a path is made.

An address is relative to the site's root and ends in `/` when it is a page: `events/2025-07-24-fighting/`.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize
from urllib.parse import quote

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HOME = ""
FORM = "contribute"
"""The page that makes the file of an entry; a text may link to it, as `[[contribute|words]]`."""


def is_slug(text: str) -> bool:
    """Whether it is lower-case words of ASCII letters and digits, joined by hyphens."""
    return SLUG.fullmatch(text) is not None


def slug_of(words: str) -> str:
    """A slug from words: `Ta Muen Thom / Ta Moan Thom` gives `ta-muen-thom-ta-moan-thom`, `Café` gives `cafe`."""
    plain = "".join(letter for letter in normalize("NFKD", words) if not combining(letter))
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "").replace("’", "")))


def event(slug: str) -> str:
    """The permalink of an entry."""
    return f"events/{slug}/"


def former(alias: str) -> str:
    """The address that an alias names: `/events/old-name/` gives `events/old-name/`."""
    return f"{alias.strip('/')}/"


def agreement(slug: str) -> str:
    """The permalink of an agreement."""
    return f"agreements/{slug}/"


def story(slug: str) -> str:
    """The list of all entries that speak of an agreement."""
    return f"agreements/{slug}/entries/"


def year(number: int) -> str:
    """The page of a year."""
    return f"timeline/{number:04}/"


def month(number: int, month_number: int) -> str:
    """The page of a month."""
    return f"timeline/{number:04}/{month_number:02}/"


def place(ident: str) -> str:
    """The page of a place."""
    return f"places/{ident}/"


def actor(ident: str) -> str:
    """The page of an actor."""
    return f"actors/{ident}/"


def kind(ident: str) -> str:
    """The page of a kind of event."""
    return f"kinds/{ident}/"


def source(ident: str) -> str:
    """The page of a source."""
    return f"sources/{ident}/"


def page(slug: str) -> str:
    """A plain page of the content."""
    return f"{slug}/"


def measure(ident: str) -> str:
    """The page of a measure's figures."""
    return f"figures/{ident}/"


def question(ident: str) -> str:
    """The page of a question with many answers."""
    return f"disputed/{ident}/"


def embedded(address: str) -> str:
    """The small form of a page, for a frame in another site's page."""
    return f"embed/{address}"


def printed(address: str) -> str:
    """The form of a month that is made for paper."""
    return f"{address}print/"


def part(address: str, number: int) -> str:
    """The address of the n-th part of a long list, from 1; the first part is the list's own address."""
    return address if number == 1 else f"{address}page-{number}/"


def file_of(address: str) -> str:
    """The file that a page's address is served from."""
    return f"{address}index.html" if address == HOME or address.endswith("/") else address


def relative(address: str, depth: int) -> str:
    """A link to `address` from a page `depth` folders below the root, working on a server and from a folder on disk."""
    path, hash_sign, fragment = address.partition("#")
    return "../" * depth + file_of(path) + hash_sign + fragment


def depth_of(address: str) -> int:
    """How many folders below the root a page lies."""
    return file_of(address).count("/")


def text_fragment(url: str, words: str) -> str:
    """The address of a passage: `url` with a text directive for `words`, which http(s) addresses alone understand.

    Source: WICG, Text Fragments; a hyphen is percent-encoded as well, as it has a meaning in a directive.
    """
    if not words or not url.startswith(("https://", "http://")):
        return url
    mark = ":~:" if "#" in url else "#:~:"
    return f"{url}{mark}text={quote(words, safe='').replace('-', '%2D')}"
