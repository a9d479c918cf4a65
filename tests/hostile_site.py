"""A chronology whose every field of every record has words that a test chooses, as content on disk."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"
_NOT_IN_A_URL = re.compile(r"[\s<>\"\\^`{|}]")


def quoted(words: str, longest: int = 400) -> str:
    """Words as a YAML value, in double quotes, cut to what a field takes."""
    return json.dumps(" ".join(words.split())[:longest].strip() or "x", ensure_ascii=False)


def address(ident: str, words: str) -> str:
    """A web address with these words in its query, as far as they may stand there."""
    return f"https://source.example/{ident}?q={_NOT_IN_A_URL.sub('', words)}"


def write_content(folder: Path, words: Sequence[str]) -> None:
    """A content folder with as many records of each kind as there are words."""
    for name in ("events", "agreements", "pages", "sources", "images"):
        (folder / name).mkdir(parents=True)
    together = " ".join(words)
    site = {
        "title": quoted(f"{words[0][:59]} {words[1]}", 120),
        "short_title": quoted(words[-1], 40),
        "tagline": quoted(together, 200),
        "description": quoted(together[200:], 400),
        "base_url": "https://chronology.example/",
        "licence": quoted(words[-2], 60),
        "editors": f"[{', '.join(quoted(each, 200) for each in words)}]",
    }
    _write(folder / "site.yml", [f"{field}: {value}" for field, value in site.items()])
    _write(
        folder / "vocabulary.yml",
        [
            "lanes:",
            *(
                f"  - {{id: l{n}, name: {quoted(each, 200)}, about: {quoted(each)}}}"
                for n, each in enumerate(words[:3])
            ),
            "kinds:",
            *(
                f"  - {{id: k{n}, name: {quoted(each, 200)}, lane: l{n % 3}, about: {quoted(each)}}}"
                for n, each in enumerate(words)
            ),
            "measures:",
            *(
                f"  - {{id: m{n}, name: {quoted(each, 200)}, unit: {quoted(each, 60)}, about: {quoted(each)}}}"
                for n, each in enumerate(words)
            ),
            "groups:",
            *(f"  - {{id: g{n}, name: {quoted(each, 200)}, about: {quoted(each)}}}" for n, each in enumerate(words)),
        ],
    )
    _write(folder / "actors.yml", [_actor(n, each) for n, each in enumerate(words)])
    _write(folder / "places.yml", [_place(n, each) for n, each in enumerate(words)])
    _write(folder / "sources/all.yml", [_source(f"s{n}", each) for n, each in enumerate(words)])
    for n, each in enumerate(words):
        (folder / f"images/i{n}.png").write_bytes(PNG)
        _write(folder / f"events/e{n}.md", _event(n, each))
        _write(folder / f"agreements/t{n}.md", _agreement(n, each))
        _write(folder / f"pages/page-{n}.md", _page(each))


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("\n".join([*lines, ""]), "utf-8")


def _actor(n: int, words: str) -> str:
    names = f"names: {{th: {quoted(words, 200)}, {quoted(words, 60)}: {quoted(words, 200)}}}"
    role = "party" if n < 2 else f"official, party: a{n % 2}"
    name = f"name: {quoted(words, 200)}, short: {quoted(words, 60)}"
    return f"- {{id: a{n}, {name}, role: {role}, {names}, about: {quoted(words)}}}"


def _place(n: int, words: str) -> str:
    names = f"names: {{{quoted(words, 60)}: {quoted(words, 200)}}}"
    where = f"country: {quoted(words, 80)}, province: {quoted(words, 120)}, lat: 10.5, lon: 102.25"
    return f"- {{id: p{n}, name: {quoted(words, 200)}, {where}, {names}, about: {quoted(words)}}}"


def _source(ident: str, words: str) -> str:
    return (
        f"- {{id: {ident}, title: {quoted(words)}, publisher: {quoted(words, 200)}, author: {quoted(words, 200)}, "
        f"url: {quoted(address(ident, words))}, archived: {quoted(address(f'old/{ident}', words))}, language: km, "
        f"origin: {quoted(words, 200)}, quote: {quoted(words)}, note: {quoted(words)}, perspective: a0}}"
    )


def _event(n: int, words: str) -> list[str]:
    source = f"s{n}"
    figure = f"measure: m{n}, scope: a{n}, group: g{n}, value: {n}, as_of: 2025-07-01, source: {source}"
    return [
        "---",
        f"title: {quoted(words, 120)}",
        f"date: 2025-07-{1 + n % 28:02}",
        f"kind: k{n}",
        f"actors: [a{n}]",
        f"places: [p{n}]",
        "sources:",
        f"  - {source}",
        f"  {_source(f'x{n}', words)}",
        f"agreement: {{id: t{n}, role: alleged-violation, terms: [one]}}",
        "claims:",
        f"  - {{by: {quoted(f'{words} .')}, says: {quoted(words)}, source: {source}, question: {quoted(words, 200)}}}",
        f"  - {{by: a{n}, says: {quoted(words)}, source: {source}, question: {quoted(words, 200)}, denies: true}}",
        f"  - {{by: a{n}, says: {quoted(words)}, source: {source}}}",
        "figures:",
        f"  - {{{figure}, said_by: {quoted(f'{words} .')}, note: {quoted(words)}}}",
        f"summary: {quoted(words, 300)}",
        f"corrections: [{{date: 2025-08-01, text: {quoted(words)}}}]",
        f"image: {{file: i{n}.png, alt: {quoted(f'. {words}')}, credit: {quoted(words, 200)}, source: {source}}}",
        f"aliases: [/events/former-{n}/]",
        *([f"withdrawn: {{date: 2025-08-02, reason: {quoted(words)}}}"] if n % 8 == 7 else []),
        "---",
        "",
        f"They met [@s{n}; @x{n}].",
    ]


def _agreement(n: int, words: str) -> list[str]:
    return [
        "---",
        f"title: {quoted(words, 120)}",
        "signed: 2025-07-01",
        "status: collapsed",
        f'status_note: {quoted(words.replace("[@", "[ @").replace("[[", "[ ["))[:-1]} [@s{n}]"',
        "in_force: [{from: 2025-07-01, to: 2025-07-09}]",
        f"place: p{n}",
        f"parties: [a{n}]",
        f"mediators: [a{n}]",
        f"witnesses: [a{n}]",
        f"terms: [{{id: one, text: {quoted(words)}}}]",
        f"sources: [s{n}]",
        "---",
        "",
        f"They agreed [@s{n}].",
    ]


def _page(words: str) -> list[str]:
    return ["---", f"title: {quoted(words, 120)}", f"summary: {quoted(words, 300)}", "---", "", "A page."]
