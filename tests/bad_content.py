"""Content as it must not be: what strangers, broken editors and broken disks may put into a folder.

Each table names its cases; `REFUSED` ones end in an error with its place, `READ` ones in a site.  A case is a function
that spoils a sound content folder, the one in tests/wrong/_base.
"""

from __future__ import annotations

import os
import socket
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Spoil = Callable[[Path], None]

ENTRY = """\
---
title: Talks
date: 2025-07-25
kind: talks
sources: [gazette-talks]
---

They talked [@gazette-talks].
"""
AT = "events/2025-07-25-talks.md"
FIGURE = "figures: [{{measure: wounded, scope: total, value: {}, as_of: 2025-07-25, source: gazette-talks}}]"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
BOMB = "\n".join(
    ["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefghijkl", "bcdefghijklm", strict=True))]
)


def write(name: str, data: str | bytes, content: Path) -> None:
    """A file of the content."""
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))


def change(name: str, old: str, new: str, content: Path) -> None:
    """Other words in a file of the content."""
    text = (content / name).read_text("utf-8")
    assert old in text
    (content / name).write_text(text.replace(old, new), "utf-8")


def with_line(line: str) -> str:
    """A sound entry with one more line, or several, in its front matter."""
    return ENTRY.replace("kind: talks\n", f"kind: talks\n{line}\n")


YAML = {
    "spaces before brackets in braces": f"claims: [{{by: northtown, says: a{' ' * 50_000}[b], source: x}}]",
    "spaces in an item without a space": f"actors:\n  -a{' ' * 50_000}b\n  - c: d: e",
    "spaces behind an asterisk": f"summary: *a{' ' * 50_000}b",
    "bomb": BOMB,
    "cycle": "a: &a [*a]",
    "anchor": "summary: &a x",
    "alias": "summary: *a",
    "tag of Python": 'summary: !!python/object/apply:os.system ["id"]',
    "tag": "summary: !!binary aGk=",
    "tag of its own": "summary: !foo x",
    "merge": "<<: {a: b}",
    "key twice": "kind: clash",
    "key twice in braces": FIGURE.format("1, value: 2"),
    "key that is a list": "? [a]\n: b",
    "key that is a mapping": "{a: b}: c",
    "key that is empty": "? \n: b",
    "key that is null": "~: x",
    "key that is a number": "1: x",
    "key of a megabyte": f"{'a' * 900_000}: x",
    "value of a megabyte": f"summary: {'a' * 900_000}",
    "value of a megabyte in a message": f"place: {'a' * 900_000}",
    "number of a megabyte": FIGURE.format("9" * 900_000),
    "number without end": FIGURE.format(".inf"),
    "number that is none": FIGURE.format(".nan"),
    "number with an exponent": FIGURE.format("1e999"),
    "number in hexadecimal": FIGURE.format("0x10"),
    "number with underscores": FIGURE.format("1_000"),
    "number in Thai": FIGURE.format("๑๒"),
    "number in Arabic": FIGURE.format("١٢"),
    "number below zero": FIGURE.format("-1"),
    "number of sixteen digits": FIGURE.format("1" * 16),
    "brackets opened": f"x: {'[' * 100_000}",
    "brackets nested": f"x: {'[' * 5_000}{']' * 5_000}",
    "braces nested": f"x: {'{a: ' * 5_000}",
    "lists nested": "x:\n" + "\n".join(f"{' ' * depth}- " for depth in range(1, 1_000)),
    "dashes": f"x:\n{'- ' * 20_000}",
    "question marks": "? " * 20_000,
    "colons": "a: " * 1_000,
    "unknown keys": "\n".join(f"k{number}: x" for number in range(20_000)),
    "keys twice": "\n".join(["summary: x"] * 20_000),
    "empty figures": "figures:\n" + "- {}\n" * 20_000,
    "unknown actors": f"actors: [{', '.join(f'a{number}' for number in range(20_000))}]",
    "directive": "%YAML 9.9",
    "second document": "---\na: b",
    "end of the document": "...\nsummary: x",
    "half a character": r'summary: "\ud800"',
    "character out of Unicode": r'summary: "\U00110000"',
    "unknown escape": r'summary: "\q"',
    "line separators alone": r'summary: "\x85 \u2028"',
    "no words": 'summary: ""',
    "spaces alone": 'summary: "   "',
    "no-break space alone": 'summary: "\u00a0"',
    "block indented by nine": "summary: |9\n  a",
    "block with a wrong mark": "summary: |x\n a",
    "list on two lines": "summary: [a,\nb",
    "tab at the start": "\tsummary: x",
    "tab in a key": "a\tb: c",
    **{f"sign {sign}": sign for sign in "?!%@`|>-&*:,[]{}\"'"},
    "quotation opened": 'summary: "a',
    "comment as a value": "summary: # x",
    "list for a text": "summary: [a]",
    "text for a list": "actors: northtown",
    "mapping for a list": "actors: {a: b}",
    "list for a mapping": "withdrawn: [a]",
    "text for a flag": "draft: yes",
    "number for a flag": "draft: 1",
    "list in a list": "actors: [[northtown]]",
    "Unicode in an id": "actors: [nörthtown]",
    "figure twice over": FIGURE.format("1, at_least: 2"),
    "figure without a number": "figures: [{measure: wounded, scope: total, as_of: 2025-07-25, source: gazette-talks}]",
    "unknown actor": "actors: [nobody]",
    "unknown place": "places: [nowhere]",
    "unknown agreement": "agreement: {id: nothing, role: signing}",
    "unknown term": "agreement: {id: 2025-07-28-truce, role: signing, terms: [nothing]}",
    "unknown role": "agreement: {id: 2025-07-28-truce, role: breach}",
    "entry as an agreement": "agreement: {id: 2025-07-25-talks, role: signing}",
    "unknown measure": "figures: [{measure: x, scope: total, value: 1, as_of: 2025-07-25, source: gazette-talks}]",
    "unknown source of a claim": "claims: [{by: northtown, says: x, source: nothing}]",
    "unknown picture": "image: {file: quay.png, alt: a, credit: b, source: gazette-talks}",
    "picture outside": "image: {file: ../site.yml, alt: a, credit: b, source: gazette-talks}",
    "picture from the root": "image: {file: /etc/passwd, alt: a, credit: b, source: gazette-talks}",
    "time of 24 hours": "time: 24:00",
    "time below zero": "time: -1:00",
    "time in base sixty": "time: 990",
    "words by nobody": f"claims: [{{by: {'x' * 100_000} y, says: y, source: nothing}}]",
    **{
        f"alias {alias}": f'aliases: ["{alias}"]'
        for alias in (
            *("/", "//", "/../../etc/", "/events/../x/", "/events/%2e%2e/x/", "/feed.xml/", "/index.html/", "x"),
            *("/events/2025-07-25-talks/", "/events/2025-07-24-fight/", "/agreements/2025-07-28-truce/", "/timeline/"),
            *("/timeline/2025/", "/data/", "/assets/", "/images/x/", "/sources/gazette-talks/", "/404/", "/Events/x/"),
            *(
                "https://example.org/",
                "/events/x",
                "events/x/",
                "/events//x/",
                "/events/./x/",
                "/ไทย/",
                "/a b/",
                "/search/",
            ),
        )
    },
}
"""Lines of front matter."""

DATES = (
    *("2025-02-30", "2025-13-01", "2025-00-01", "2025-01-00", "2025-04-31", "1900-02-29", "๒๐๒๕-๐๗-๒๕", "0000", "9999"),
    *("9999-12-31", "9999/..", "10000-01-01", "2025-07-25/2024-01-01", "..", "../..", "../2025-01-01", "XXXX-XX-XX"),
    *(
        "2XXX",
        "uuuu",
        "2" * 100_000,
        "2025/" * 100,
        "[2025,2026]",
        "{2025}",
        "2025 -07",
        "1",
        "-0001",
        "2025E1",
        "Y20250",
    ),
    *("2568-07-25", "9999-12-XX", "1e3", "2025-07-25T10:00:00Z", "2025-W30", "25/07/2025", "07-25-2025", "July", "now"),
    *(
        "2025-7-5",
        "2025-07-25?~",
        "2025-07-25/",
        "/2025-07-25",
        "2025-07-25//2025-07-26",
        "2025-07-25/2525-01-01",
        "+2025",
    ),
    *("2025–07–25", "2025-07-25 ago", "null", "~", "true", "2025-07-٢٥", "۲۰۲۵", "2025.07.25", "1.5"),
)

TEXTS: dict[str, str | bytes] = {
    "empty": "",
    "blank": "  \n\n",
    "without front matter": "hello",
    "one rule": "---",
    "front matter not closed": "---\ntitle: x\n",
    "front matter empty": "---\n---\nx",
    "front matter blank": "---\n \n---\nx",
    "front matter of comments": "---\n# x\n---\nx",
    "front matter that is a list": "---\n- a\n---\nx",
    "front matter that is a word": "---\nhello\n---\nx",
    "four hyphens": ENTRY.replace("---\n", "----\n"),
    "words behind the hyphens": ENTRY.replace("---\n", "--- # x\n", 1),
    "front matter of TOML": ENTRY.replace("---", "+++"),
    "front matter of JSON": '{"title": "x"}\n\nx',
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf" + ENTRY.encode(),
    "UTF-16": ENTRY.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + ENTRY.encode("utf-16-be"),
    "UTF-16 without its mark": ENTRY.encode("utf-16-le"),
    "UTF-16, big end first, without its mark": ENTRY.encode("utf-16-be"),
    "UTF-32": ENTRY.encode("utf-32"),
    "UTF-7": ENTRY.replace("They", "+AFQAaABlAHk-").encode() + b"\xff",
    "Latin-1": ENTRY.replace("Talks", "Tälks").encode("latin-1"),
    "Windows-1252": ENTRY.replace("Talks", "“Talks”").encode("cp1252"),
    "a Thai code page": ENTRY.replace("Talks", "ไทย").encode("cp874"),
    "Shift JIS": ENTRY.replace("Talks", "会談").encode("shift_jis"),
    "cut inside a character": ENTRY.encode() + b"\xe0\xb8",
    "overlong UTF-8": ENTRY.encode().replace(b"Talks", b"\xc0\xaf"),
    "half a character": ENTRY.replace("Talks", "\ud800"),
    "beyond Unicode": ENTRY.encode() + b"\xf4\x90\x80\x80",
    "50 megabytes": b"x" * 50_000_000,
    "an entry of 50 megabytes": ENTRY.encode() + b"x" * 50_000_000,
    "50 megabytes of nothing": bytes(50_000_000),
    "a line of a million characters": f"{ENTRY}{'x' * 1_000_000}",
    "a line just small enough": f"{ENTRY}{'x' * 990_000}",
    "words just few enough": f"{ENTRY}{'word ' * 190_000}",
    "carriage returns alone": ENTRY.replace("\n", "\r"),
    "one carriage return": ENTRY.replace("They", "Th\rey"),
    "a zip archive": b"PK\x03\x04" + bytes(range(256)),
    "a program": b"\x7fELF\x02\x01\x01" + bytes(100),
    "a picture": PNG,
    **{
        f"character U+{ord(character):04X}": ENTRY.replace("They", f"Th{character}ey")
        for character in (
            *"\x00\x01\x02\x03\x07\x08\x0b\x0c\x1a\x1b\x1f\x7f\x85\x9b\xad\u061c\u115f\u180e\u200e\u200f\u2028\u2029",
            *"\u202a\u202d\u202e\u2060\u2066\u2069\u206f\u3164\ue000\ue001\ue002\uf8ff\ufdd0\ufeff\uffa0\ufff9\ufffd\uffff",
            *"\U0001fffe\U000e0001\U000e0041\U000f0000\U0010ffff",
        )
    },
    **{
        f"entity {entity}": ENTRY.replace("They", f"They {entity}")
        for entity in (
            *(
                "&#0;",
                "&#xe000;0&#xe001;",
                "&#57344;5&#57345;",
                "&#x0000e002;",
                "&#x202e;",
                "&rlm;",
                "&shy;",
                "&#xD800;",
            ),
            *(
                "&#x110000;",
                "&#99999999999999999999;",
                "&NoBreak;",
                "&#27;",
                "&#2;klzzwxh:0000&#3;",
                f"&#{'9' * 5_000};",
            ),
        )
    },
}
"""Whole files in an entry's place."""

MARKDOWN = {
    "emphasis that loses a word": "They x*.**a*a",
    "quotations 10,000 deep": f"{'>' * 10_000} x",
    "quotations 10,000 deep with spaces": f"{'> ' * 10_000} x",
    "lists 10,000 deep": f"{'- ' * 10_000}x",
    "numbered lists 10,000 deep": f"{'1. ' * 10_000}x",
    "lists in quotations": f"{'> - ' * 5_000}x",
    "quotations in lists": f"{'- > ' * 5_000}x",
    "lists 1,000 deep by indents": "\n".join(f"{'    ' * depth}- x" for depth in range(1_000)),
    "quotations 300 deep by lines": "\n".join(f"{'>' * depth} x" for depth in range(1, 300)),
    "brackets opened": "[" * 10_000,
    "brackets opened before letters": "[a" * 10_000,
    "brackets nested": f"{'[' * 10_000}{']' * 10_000}",
    "brackets apart": "[ " * 10_000,
    "citations opened": "[@" * 10_000,
    "citations opened with quotes": '[@a "' * 5_000,
    "links opened": "[[" * 10_000,
    "links in links": f"{'[a' * 3_000}{'](b)' * 3_000}",
    "pictures opened": "![" * 10_000,
    "pictures": "![a]" * 5_000,
    "footnotes opened": "[^" * 10_000,
    "footnotes": "[^1]" * 5_000 + "\n\n[^1]: x",
    "footnotes defined": "\n\n".join(f"[^{number}]: x" for number in range(3_000)),
    "references": "\n".join(f"[r{number}]: https://e.org/" for number in range(3_000)),
    "citations of nothing": "[@nothing] " * 5_000,
    "links to nothing": "[[nothing]] " * 5_000,
    "a link of 50,000 spaces": f"[[a{' ' * 50_000}b]]",
    "a citation of 50,000 spaces": f"[@a{' ' * 50_000}b]",
    "backticks": "`a" * 10_000,
    "backticks growing": " ".join("`" * number for number in range(1, 200)),
    "a table of 3,000 columns": f"{'a|' * 3_000}\n{'-|' * 3_000}\n" + "a\n" * 3_000,
    "bars": "|" * 20_000,
    "lines": "a\n" * 20_000,
    "headings": "## a\n" * 10_000,
    "rules": "***\n\n" * 10_000,
    "emphasis": "*a **b " * 8_000,
    "stars": "*" * 59_000,
    "underscores": "a_" * 29_000,
    "spaces": f"{' ' * 59_000}a",
    "tabs": "\t" * 59_000,
    "angles": "<a " * 19_000,
    "comments opened": "<!--" * 14_000,
    "ampersands": "&" * 59_000,
    "backslashes": "\\" * 59_000,
    "addresses opened": "<https://a" * 5_900,
    "a word of 59,000 letters": "a" * 59_000,
    "picture in the text": "![a](b.png)",
    "script as a link": "[x](javascript:alert(1))",
    "script as a link by entities": "[x](&#106;avascript:alert(1))",
    "script as a link with a tab": "[x](java\tscript:alert(1))",
    "data as a link": "[x](data:text/html,y)",
    "link to nothing": "[[nothing]]",
    "link to a path": "[x](../../etc/passwd)",
    "citation of nothing": "[@nothing]",
    "citation of a path": "[@../../etc/passwd]",
    "footnote without words": "[^1]",
}
"""What stands below a sound entry's text."""

WRONG_NAMES = (
    *("events/..md", "events/...md", "events/a b.md", "events/A.md", "events/ไทย.md", "events/a\nb.md", "events/-.md"),
    *("events/a:b.md", 'events/a"b.md', "events/<script>.md", "events/a\\b.md", "events/--x.md", "events/.md"),
    *("events/.a.md", "events/a.MD", "events/a", "events/a.markdown", "events/a\x1b[31m.md", "events/a\u202eb.md"),
    *("events/%2e%2e.md", ".git/config", ".github/x.yml", "events/.git/x.md", "x.md", "README.md", "events/site.yml"),
    *("events/x.md/y.md", "events/x/2025-07-24-fight.md", "events/2025-07-28-truce.md", "pages/timeline.md"),
    *("pages/data.md", "pages/404.md", "pages/images.md", "pages/search.md", "pages/events.md", "pages/assets.md"),
    *("events/cafe\u0301.md", "events/café.md", "events/ａ.md", "events/a\u200b.md", "events/a*.md", "events/a?.md"),
    *("Events/x.md", "event/x.md", "sources/a.yaml", "sources/a.md", "images/a.svg", "images/a.html", "images/a"),
    *("images/.htaccess", "site.yaml", "vocabulary.yml.orig", "events/a.md.orig", "events/" + "d/" * 60 + "a.md"),
)

PICTURES: dict[str, bytes] = {
    "a.png": b"<html><script>alert(1)</script>",
    "b.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "c.png": b"",
    "d.png": b"GIF89a" + bytes(20),
    "e.jpg": PNG,
    "f.webp": b"RIFF\0\0\0\0WAVE",
    "g.avif": b"\0\0\0\x18ftypmp42",
    "a..png": PNG,
    "a b.png": PNG,
    "a.php.png": PNG,
    'a"onerror=x.png': PNG,
    "ไทย.png": PNG,
    "large.png": PNG + bytes(9_000_000),
    "-.png": PNG,
}

ADDRESSES = (
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x/",
        "https:///x",
        "https://a:99999/",
        "https://a:x/",
        "/x",
        "//x/",
    ),
    *(
        "https://[::1/",
        "https://a b/",
        'https://a"b/',
        "https://@/",
        "https://a:b@c/",
        "https:\\\\a/",
        "https://a/<script>",
    ),
    *("https://a/\\n<script>", "https://a/\\tb", "vbscript:x", "file:///etc/passwd", "mailto:a@b", "about:blank", "x"),
    *("https://a/`", "https://a/{x}", "https://a/|", "https://", "http:", "https://a\\nb/", "https ://a/"),
)

SITES = {
    **{f"base_url {url}": f'base_url: "{url}"' for url in ADDRESSES},
    **{
        f"base_url {url}": f"base_url: {url}"
        for url in (
            *("https://a/?x=1", "https://a/#x", "https://a/../../", "https://./", "https://../", "https://%61/"),
            *("https://a;b/", "https://a/&quot;onx=/", "https://a/%zz/", "https://a/b//c/", f"https://{'a' * 5_000}/"),
        )
    },
    **{
        f"timezone {zone}": f"base_url: https://a/\ntimezone: {zone}"
        for zone in (
            *(
                "Nowhere",
                "../../etc/passwd",
                "/etc/localtime",
                "Asia",
                '"a\\0b"',
                "a" * 50,
                "asia/bangkok",
                "Asia/ Bangkok",
            ),
            *("zone.tab", "เอเชีย", "7", "UTC+7", "+07:00", "posixrules", "Factory", "tzdata.zi", "[Asia/Bangkok]"),
        )
    },
    **{
        f"language {language}": f"base_url: https://a/\nlanguage: {language}"
        for language in ('"x\\" onload=alert(1)"', '"e n"', "ไทย", "😀", "en_GB", "e", "english!", "<b>", "a" * 21)
    },
    "repository": "base_url: https://a/\nrepository: javascript:x",
    "editors": "base_url: https://a/\neditors: somebody",
    "unknown field": "base_url: https://a/\nfoo: bar",
    "title twice": "base_url: https://a/\ntitle: x",
}
"""Lines of site.yml in the place of its `base_url`."""

ACTORS = "- {id: northtown, name: Northtown, role: party}\n- {id: southtown, name: Southtown, role: party}"
TRUCE = "agreements/2025-07-28-truce.md"
GAZETTE = "sources/gazette.yml"
CHANGED: dict[str, tuple[str, str, str]] = {
    **{
        f"latitude {number[:30]}": ("places.yml", "country: Kelland", f"country: K, lat: {number}, lon: 1")
        for number in ("9" * 30, "nan", "1e1", "1" * 5_000, "0x10", "91", "-90.1", "13°45'N", "१", "1,5", ".5", "∞")
    },
    "longitude 181": ("places.yml", "country: Kelland", "country: K, lat: 1, lon: 181"),
    "latitude alone": ("places.yml", "country: Kelland", "country: K, lat: 1"),
    "radius": ("places.yml", "country: Kelland", "country: K, lat: 1, lon: 1, precision_km: 1e400"),
    "names as a list": ("places.yml", "country: Kelland", "country: K, names: [a]"),
    "side of its own": ("actors.yml", "name: Northtown, role: party", "name: N, role: party, party: northtown"),
    "sides in a circle": (
        "actors.yml",
        ACTORS,
        ACTORS.replace("role: party", "role: official, party: southtown", 1).replace(
            "party}", "party, party: northtown}"
        ),
    ),
    "unknown side": ("actors.yml", "name: Northtown, role: party", "name: N, role: party, party: nobody"),
    "actor twice": ("actors.yml", "id: southtown", "id: northtown"),
    "source of its own": (GAZETTE, "id: gazette-fight\n", "id: gazette-fight\n  origin: gazette-fight\n"),
    "sources in a circle": (
        GAZETTE,
        "- id: gazette-fight\n",
        "".join(f"- {{id: {a}, title: A, publisher: P, note: n, origin: {b}}}\n" for a, b in ("ab", "ba"))
        + "- id: gazette-fight\n",
    ),
    "source twice": (GAZETTE, "id: gazette-fight", "id: gazette-talks"),
    "address twice": (GAZETTE, "https://gazette.example.org/fight", "https://gazette.example.org/talks"),
    "language of a source": (GAZETTE, "id: gazette-fight\n", 'id: gazette-fight\n  language: "<b>"\n'),
    "year of a source": (GAZETTE, "id: gazette-fight\n", "id: gazette-fight\n  published: 9999-12-31\n"),
    "agreement that replaces itself": (TRUCE, "status: in-force", "status: in-force\nsupersedes: [2025-07-28-truce]"),
    "term twice": (TRUCE, "terms:\n", "terms:\n  - {id: ropes, text: Again.}\n"),
    "period that ends first": (TRUCE, "status: in-force", "status: x\nin_force: [{from: 2025-08-01, to: 2025-07-01}]"),
    "periods at once": (
        TRUCE,
        "status: in-force",
        "status: in-force\nin_force: [{from: 2025-07-01, to: 2025-08-01}, {from: 2025-07-15, to: 2025-09-01}]",
    ),
    "periods without an end": (
        TRUCE,
        "status: in-force",
        "status: in-force\nin_force: [{from: 2025-07-01}, {from: 2025-07-15}]",
    ),
    "period far ahead": (TRUCE, "status: in-force", "status: in-force\nin_force: [{from: 9999-12-31}]"),
    "lane twice": ("vocabulary.yml", "lanes:\n", "lanes:\n  - {id: events, name: E}\n"),
    "no kinds": ("vocabulary.yml", "kinds:", "kindz:"),
    "lanes as a mapping": ("vocabulary.yml", "- {id: events, name: Events}", "{id: events}"),
    **{f"address of a source {url}": (GAZETTE, "https://gazette.example.org/fight", f'"{url}"') for url in ADDRESSES},
}
"""A file, words in it, and what stands there instead."""

LISTS: dict[str, str] = {
    "a word": "hello",
    "a mapping": "a: b",
    "NUL": "\0",
    "half a list": "[a",
    "dashes": "-\n" * 450_000,
    "one key": "a: 1\n" * 180_000,
    "items that are words": f"[{'a,' * 450_000}]",
    "empty items": "- {}\n" * 150_000,
    "items with unknown fields": "- {idd: x}\n" * 80_000,
}
"""Whole files in the place of places.yml."""


def _fifo(name: str, content: Path) -> None:
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).unlink(missing_ok=True)
    os.mkfifo(content / name)


def _socket(content: Path) -> None:
    here = Path.cwd()
    os.chdir(content / "events")  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("talks.md")
    os.chdir(here)


def _link(name: str, target: str, content: Path) -> None:
    path = content / name
    path.parent.mkdir(exist_ok=True)
    if path.is_file():
        path.unlink()
    elif path.is_dir():
        path.rename(content.with_name("elsewhere"))
    path.symlink_to(target)


def _folder(name: str, content: Path) -> None:
    (content / name).unlink(missing_ok=True)
    (content / name).mkdir(parents=True)


def _file(name: str, content: Path) -> None:
    (content / name).rename(content.with_name("elsewhere"))
    (content / name).write_text("x")


def _deep(content: Path) -> None:
    here = Path.cwd()
    os.chdir(content / "events")
    for _ in range(1_500):
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(here)


def _raw_name(content: Path) -> None:
    Path(os.fsdecode(os.fsencode(content / "events") + b"/\xff\xfe.md")).write_text(ENTRY)


def _sparse(name: str, content: Path) -> None:
    (content / name).parent.mkdir(exist_ok=True)
    with (content / name).open("wb") as file:
        file.truncate(5_000_000_000)


def _two_but_for_case(content: Path) -> None:
    write("images/quay.png", PNG, content)
    write("images/quay.PNG", PNG, content)


def _many(content: Path) -> None:
    for number in range(2_000):
        write(f"events/x{number}.md", "x", content)


TREES: dict[str, Spoil] = {
    "FIFO as an entry": partial(_fifo, "events/talks.md"),
    "FIFO as site.yml": partial(_fifo, "site.yml"),
    "FIFO as a picture": partial(_fifo, "images/quay.png"),
    "socket as an entry": _socket,
    "link to a file outside": partial(_link, AT, "/etc/passwd"),
    "link to a device": partial(_link, AT, "/dev/zero"),
    "link to an entry": partial(_link, AT, "2025-07-24-fight.md"),
    "link to itself": partial(_link, AT, "2025-07-25-talks.md"),
    "link to nothing": partial(_link, AT, "nothing"),
    "link to the folder above": partial(_link, "events/loop", ".."),
    "link to the root": partial(_link, "events/root", "/"),
    "link as site.yml": partial(_link, "site.yml", "/etc/passwd"),
    "link as events": partial(_link, "events", "../elsewhere"),
    "link as a picture": partial(_link, "images/quay.png", "/etc/passwd"),
    "folder as an entry": partial(_folder, AT),
    "folder as site.yml": partial(_folder, "site.yml"),
    "folder as places.yml": partial(_folder, "places.yml"),
    "file as events": partial(_file, "events"),
    "file as sources": partial(_file, "sources"),
    "1,500 folders in each other": _deep,
    "name that is no text": _raw_name,
    "picture of five gigabytes": partial(_sparse, "images/quay.png"),
    "entry of five gigabytes": partial(_sparse, AT),
    "pictures that differ by capitals": _two_but_for_case,
    "2,000 broken entries": _many,
}


def _leavings(content: Path) -> None:
    for name in (".a.md.swp", "#a#", "a.md~", ".#a.md", "4913", "desktop.ini"):
        write(f"events/{name}", b"\0", content)


REFUSED: dict[str, Spoil] = dict(
    chain(
        ((f"yaml: {name}", partial(write, AT, with_line(line))) for name, line in YAML.items()),
        (
            (f"date: {date[:30]}", partial(write, AT, ENTRY.replace("date: 2025-07-25", f"date: {date}")))
            for date in DATES
        ),
        ((f"text: {name}", partial(write, AT, data)) for name, data in TEXTS.items()),
        ((f"markdown: {name}", partial(write, AT, f"{ENTRY}\n{text}\n")) for name, text in MARKDOWN.items()),
        (
            (f"name: {name!r}"[:60], partial(write, name, "---\ntitle: X\n---\n\nX.\n" if name[0] == "p" else ENTRY))
            for name in WRONG_NAMES
        ),
        ((f"picture: {name}", partial(write, f"images/{name}", data)) for name, data in PICTURES.items()),
        (
            (f"site: {name}"[:60], partial(change, "site.yml", "base_url: https://harbour.example.org/", line))
            for name, line in SITES.items()
        ),
        ((f"changed: {name}", partial(change, *words)) for name, words in CHANGED.items()),
        ((f"list: {name}", partial(write, "places.yml", data)) for name, data in LISTS.items()),
        ((f"tree: {name}", spoil) for name, spoil in TREES.items()),
    )
)

SCRIPTS = (
    "กระทรวงกลาโหม ปราสาทตาเมือนธม ๑๒ นาย · ប្រាសាទតាមាន់ធំ ក្រុង\u200bព្រះវិហារ · שלום עולם · مرحبا بالعالم ٣ · 👨‍👩‍👧 🇰🇭🇹🇭 ❤️"
)
READ: dict[str, Spoil] = {
    "byte order mark": partial(write, AT, b"\xef\xbb\xbf" + ENTRY.encode()),
    "CRLF": partial(write, AT, ENTRY.replace("\n", "\r\n")),
    "both line ends": partial(write, AT, ENTRY.replace("\n", "\r\n", 3)),
    "no line end at the end": partial(write, AT, ENTRY.rstrip()),
    "dots close the front matter": partial(write, AT, ENTRY.replace("\n---\n", "\n...\n")),
    "every script": partial(
        write, AT, ENTRY.replace("They", SCRIPTS).replace("title: Talks", f"title: {SCRIPTS[:100]}")
    ),
    "a long name": partial(write, f"events/{'a' * 200}.md", ENTRY),
    "a name that Windows keeps": partial(write, "events/con.md", ENTRY),
    "an editor's leavings": _leavings,
    "a picture": partial(write, "images/quay-2025/one.png", PNG),
    "no text below a list": partial(write, "places.yml", "[]"),
    "a host in Thai": partial(change, "site.yml", "https://harbour.example.org/", "https://ไทย.example/a/"),
    "a zone and a language": partial(
        change, "site.yml", "title:", "timezone: Asia/Phnom_Penh\nlanguage: pt-BR\ntitle:"
    ),
    "two sources, one of the other": partial(
        change, GAZETTE, "id: gazette-fight\n", "id: gazette-fight\n  origin: gazette-talks\n"
    ),
    "one period after the other": partial(
        change,
        TRUCE,
        "status: in-force",
        "status: in-force\nin_force: [{from: 2025-07-01, to: 2025-07-09}, {from: 2025-07-20}]",
    ),
}
