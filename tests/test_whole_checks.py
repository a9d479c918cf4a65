"""Checks that hold entries against each other and against the gazetteer: what they pass over, and what they cost.

What they say is in tests/wrong/, word for word.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from time import perf_counter
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


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The base, with places that have names by side."""
    shutil.copytree(BASE, tmp_path / "content")
    (tmp_path / "content/places.yml").write_text(PLACES, "utf-8")
    return tmp_path / "content"


def problems(content: Path, **entries: str) -> list[Problem]:
    """What is said of the content with these entries more, by their slugs."""
    for slug, text in entries.items():
        (content / f"events/{slug}.md").write_text(text, "utf-8")
    return list(load_site(content).problems)


def entry(body: str, date: str = "2025-07-25", place: str = "quay", title: str = "Talks") -> str:
    """An entry on talks of both towns."""
    return ENTRY.format(title=title, date=date, place=place, body=body, sources="gazette-talks")


@pytest.mark.parametrize("body", NEUTRAL.values(), ids=NEUTRAL)
def test_names_of_both_sides_or_in_a_sides_words_are_passed_over(body: str, content: Path) -> None:
    """So is what only looks like one side's name."""
    assert [] == problems(content, talks=entry(body))


def test_a_text_is_read_under_its_headline(content: Path) -> None:
    """What the headline calls by both names, the text may call by one."""
    body = "They met at Tern Rock [@gazette-talks]."

    assert [] == problems(content, talks=entry(body, title="Talks at Gull Rock / Tern Rock"))
    assert ["`Tern Rock` is Southtown's name alone for Gull Rock / Tern Rock"] == [
        problem.message for problem in problems(content, talks=entry(body))
    ]


@pytest.mark.parametrize("other", [{"date": "2025-07-26"}, {"place": "rock"}])
def test_another_day_or_place_is_another_event(other: dict[str, str], content: Path) -> None:
    """Only when day, kind, places and parties are the same are two entries taken for one event."""
    body = "They met [@gazette-talks]."
    twin = entry(body).replace("gazette-talks", "gazette-fight")

    assert [True, False] == [
        any(
            "is it the same event?" in found.message
            for found in problems(content, talks=entry(body, **fields), twin=twin)
        )
        for fields in ({}, other)
    ]


def test_a_slug_is_the_same_in_each_unicode_form(content: Path) -> None:
    """Two names that a file system may take for one are told, with both places."""
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    for folder, name in (("a", composed), ("b", decomposed)):
        (content / "events" / folder).mkdir()
        (content / "events" / folder / f"{name}.md").write_text(entry("They met [@gazette-talks]."), "utf-8")

    (told,) = [found for found in problems(content) if "Unicode form" in found.message]
    assert told.path.endswith(f"/b/{decomposed}.md")
    assert f"/a/{composed}.md:2 but for case or Unicode form" in told.message


def test_the_names_that_a_page_may_not_take_are_those_of_the_site() -> None:
    """Every folder of a site that is no page's own; else a page would be lost, or refused for nothing."""
    golden = Path(__file__).parent / "golden"
    pages = {path.stem for path in (golden / "content/pages").iterdir()}
    folders = {path.name for path in (golden / "expected").iterdir() if path.is_dir()}

    assert folders - pages <= OWN
    assert OWN - folders <= {"404", "images"}


def test_the_checks_take_time_in_proportion_to_the_content(content: Path) -> None:
    """Eight times as many entries take at most sixteen times as long: nothing compares each with each."""
    body = "They met at Gull Rock / Tern Rock and ate [@gazette-talks]. " * 3

    def seconds(count: int) -> float:
        entries = {f"talks-{n}": entry(body, f"{1000 + n}") for n in range(count)}
        started = perf_counter()
        assert not [found for found in problems(content, **entries) if found.is_error]
        return perf_counter() - started

    few = min(seconds(100) for _ in range(3))

    assert min(seconds(800) for _ in range(2)) < 16 * few
