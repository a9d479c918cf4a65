"""Checks that hold entries against each other and against the gazetteer: what they pass over, and what they cost.

What they say is in tests/wrong/, word for word.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest

from generator.reading.address_checks import OWN
from generator.reading.validate import load_site

if TYPE_CHECKING:
    from generator.record.problems import Problem

BASE = Path(__file__).parent / "wrong" / "_base"
PLACES = """\
- {id: quay, name: The Quay, country: Kelland}
- {id: rock, name: Gull Rock / Tern Rock, country: Kelland, names: {Northtown: Gull Rock, Southtown: Tern Rock}}
- {id: crossing, name: Ness–O’Hara crossing, country: Kelland, names: {Northtown: O’Hara, Southtown: Ness}}
- {id: ohara, name: O’Hara, country: Kelland, about: the town beside the crossing}
- {id: cape, name: Long Cape light, country: Kelland, names: {Southtown: Old Cape, ne: Cap Long}}
"""
ENTRY = """\
---
title: {title}
date: {date}
kind: talks
actors: [northtown, southtown]
places: [{place}]
sources: [{sources}]
---

{body}
"""
NEUTRAL = {
    "both names": "They met at Tern Rock, which Northtown calls Gull Rock [@gazette-talks].",
    "the double name, then one": "They met at Gull Rock / Tern Rock; Tern Rock is small [@gazette-talks].",
    "a quotation": 'They met “at Tern Rock” [@gazette-talks]. It said "Tern Rock" [@gazette-talks].',
    "a passage": 'They met [@gazette-talks "at Tern Rock, that is"].',
    "a link's slug": "They met after [[2025-07-24-fight|Gull Rock / Tern Rock]] [@gazette-talks].",
    "a longer word": "They met at Tern Rocks and in Gull Rockery [@gazette-talks].",
    "a town with the name of a crossing": "They met in O'Hara [@gazette-talks].",
    "a name by language": "They met at Cap Long [@gazette-talks].",
    "a common name without its noun": "They met at Long Cape, or Old Cape [@gazette-talks].",
}


Entry = tuple[str, str]
"""Where an entry lies in the content, and its text."""


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder `content` is the base, with other places."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, "content")
    Path("content/places.yml").write_text(PLACES, "utf-8")


def problems(*entries: Entry) -> list[Problem]:
    """What is said of the base with these entries more."""
    for name, text in entries:
        path = Path("content", name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    try:
        return list(load_site(Path("content")).problems)
    finally:
        for name, _ in entries:
            Path("content", name).unlink()


def entry(slug: str, body: str, date: str = "2025-07-25", place: str = "quay", title: str = "Talks") -> Entry:
    """An entry on talks of both towns."""
    text = ENTRY.format(title=title, date=date, place=place, body=body, sources="gazette-talks")
    return f"events/{slug}.md", text


@pytest.mark.parametrize("body", NEUTRAL.values(), ids=NEUTRAL)
def test_names_of_both_sides_or_in_a_sides_words_are_passed_over(body: str) -> None:
    """So is what only looks like one side's name."""
    assert [] == problems(entry("talks", body))


def test_a_text_is_read_under_its_headline() -> None:
    """What the headline calls by both names, the text may call by one."""
    body = "They met at Tern Rock [@gazette-talks]."

    assert [] == problems(entry("talks", body, title="Talks at Gull Rock / Tern Rock"))
    assert ["`Tern Rock` is Southtown's name alone for Gull Rock / Tern Rock"] == [
        problem.message for problem in problems(entry("talks", body))
    ]


@pytest.mark.parametrize("other", [{"date": "2025-07-26"}, {"place": "rock"}])
def test_another_day_or_place_is_another_event(other: dict[str, str]) -> None:
    """Only when day, kind, places and parties are the same are two entries taken for one event."""
    body = "They met [@gazette-talks]."
    name, text = entry("again", body)
    twin = (name, text.replace("gazette-talks", "gazette-fight"))

    assert [True, False] == [
        any("is it the same event?" in problem.message for problem in problems(entry("talks", body, **fields), twin))
        for fields in ({}, other)
    ]


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("talks", "2025-07-25"),
        ("1200-people-flee", "2025-07-25"),
        ("2025-07-24-talks", "2025-07-25"),
        ("2026-talks", "2025-12/2026-01"),
        ("2030-talks", "2025-07-25/.."),
        ("1914-talks", "19XX"),
        ("2025/2026-01-talks", "2025-12/2026-01"),
        ("1900/talks", "19XX"),
    ],
)
def test_a_year_that_the_date_can_mean_is_passed_over(name: str, date: str) -> None:
    """So are another day, which may have been corrected, and a number that is no year."""
    assert [] == problems(entry(name, "They met [@gazette-talks].", date))


def test_a_slug_is_the_same_in_each_unicode_form() -> None:
    """Two names that a file system may take for one are told, with both places."""
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    found = problems(*(entry(f"{number}/{name}", "…") for number, name in enumerate((composed, decomposed))))

    assert [
        (f"content/events/1/{decomposed}.md", "content/events/0/caf\u00e9.md:2"),
    ] == [
        (problem.path, place)
        for problem in found
        if "Unicode form" in problem.message
        for place in problem.message.split()
        if place.endswith(":2")
    ]


def test_the_names_that_a_page_may_not_take_are_those_of_the_site() -> None:
    """Every folder of a site that is no page's own; else a page would be lost, or refused for nothing."""
    golden = Path(__file__).parent / "golden"
    pages = {path.stem for path in (golden / "content/pages").iterdir()}
    folders = {path.name for path in (golden / "expected").iterdir() if path.is_dir()}

    assert folders - pages <= OWN
    assert OWN - folders <= {"404", "cards", "embed", "images", "pagefind"}


def test_the_checks_take_time_in_proportion_to_the_content() -> None:
    """Eight times as many entries take at most sixteen times as long: nothing compares each with each."""
    body = "They met at Gull Rock / Tern Rock and ate [@gazette-talks]. " * 3

    def seconds(count: int) -> float:
        entries = [entry(f"talks-{n}", body, f"{1000 + n}") for n in range(count)]
        started = process_time()
        assert not [problem for problem in problems(*entries) if problem.is_error]
        return process_time() - started

    few = min(seconds(100) for _ in range(3))

    assert min(seconds(800) for _ in range(2)) < 16 * few
