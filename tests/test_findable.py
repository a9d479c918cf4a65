"""Search: what it is given to find, and the index that is made of it."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from golden_files import read_tree
from hypothesis import given, settings
from hypothesis import strategies as st
from small_site import claim, event, site, truce

from generator.pages import findable
from generator.pages.findable import search_records
from generator.pages.unspaced import letters, tokens
from generator.publishing import pagefind_program, search
from generator.publishing.errors import PublishError
from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.record.model import Place, Term

if TYPE_CHECKING:
    from generator.record.site import Site


ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
THAI_TEMPLE, KHMER_TEMPLE = "ปราสาทพระวิหาร", "ប្រាសាទព្រះវិហារ"


# --- the records ------------------------------------------------------------------------------------------------------


def test_a_record_has_all_by_which_an_entry_may_be_looked_for() -> None:
    """Its words and claims, its names in every script, its sources' titles; what is shown comes first."""
    quay = Place("quay", "The quay", "Here", names=(("th", "ท่าเรือ"), ("km", "កំពង់ផែ")))
    told = event("2025-03-01", places=("quay",), actors=("speaker",), claims=(claim("upper", "Who cut it?"),))
    record = search_records(site(told, places={"quay": quay}))[0]

    shown = record.content.split()[: int(record.meta["shown"])]
    assert "Who cut it? The Upper Town: It was so." == " ".join(shown)
    for words in ("On 2025-03-01", "The Speaker", "ท่าเรือ", "កំពង់ផែ", "A title", "The Gazette", *tokens("ท่าเรือ")):
        assert words in record.content
    assert {
        "kind": ["Clash"],
        "party": ["Upper Town"],
        "place": ["The quay"],
        "year": ["2025"],
        "source": ["The Gazette"],
    } == record.filters
    assert "events/2025-03-01/" == record.url


def test_what_a_claim_or_a_term_says_ends_before_the_next_begins() -> None:
    """In a result they follow each other; who wrote a full stop gets no second one."""
    claims = (claim("upper", "Who cut it?")._replace(says="It was so."), claim("lower", "When?"))
    pact = truce("pact", ("2025-03-02", ""))._replace(
        terms=(Term("halt", "Both sides halt"), Term("talk", "They talk."))
    )
    records = search_records(site(event("2025-03-01", claims=claims), agreements=(pact,)))

    assert records[0].content.startswith("Both sides halt. They talk. ")
    assert records[1].content.startswith("Who cut it? The Upper Town: It was so. When? The Lower Town: It was so. ")


def test_a_record_is_disputed_when_its_question_has_rival_accounts() -> None:
    """And only then."""
    rival = event("2025-03-01", claims=(claim("upper", "Who?"), claim("lower", "Who?")))
    records = search_records(site(rival, event("2025-03-02")))

    assert [["yes"], None] == [record.filters.get("disputed") for record in records]


def test_a_date_of_many_years_is_found_by_its_ends() -> None:
    """A century would otherwise add a hundred choices."""
    records = search_records(site(event("19XX"), event("2024-12-30/2025-01-02")))

    assert [["1900", "1999"], ["2024", "2025"]] == [record.filters["year"] for record in records]


def test_no_filter_offers_more_choices_than_a_reader_can_look_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those with most entries stay; the rest is still found by name."""
    monkeypatch.setattr(findable, "MOST_VALUES", 1)
    one, two, three = (
        event(f"2025-03-0{day}", sources=(source,)) for day, source in ((1, "wire"), (2, "gazette"), (3, "wire"))
    )

    records = search_records(site(one, two, three))

    assert [["The Wire"], None, ["The Wire"]] == [record.filters.get("source") for record in records]
    assert "The Gazette" in records[1].content


def test_letters_keep_their_marks() -> None:
    """Vowel signs, tones and joined consonants stay with the letter they belong to; what is invisible goes."""
    assert ["พ", "ร", "ะ", "วิ", "ห", "า", "ร"] == letters("พระ\u200bวิหาร")
    assert ["ព្", "រះ"] == letters("ព្រះ")


@pytest.mark.parametrize("name", [THAI_TEMPLE, KHMER_TEMPLE])
def test_a_part_of_a_name_is_a_part_of_its_tokens(name: str) -> None:
    """Wherever it begins: the tokens of the part stand in those of the whole in the same order, side by side."""
    whole = " ".join(tokens(name))
    parts = letters(name)

    for start in range(len(parts) - 1):
        for end in range(start + 2, len(parts) + 1):
            assert " ".join(tokens("".join(parts[start:end]))) in whole
    assert " ".join(tokens("".join(reversed(parts)))) not in whole


# --- the index --------------------------------------------------------------------------------------------------------


def small(*events: str) -> Site:
    """A chronology of these days."""
    return site(*(event(day) for day in events))


def test_an_index_is_made_once_for_the_same_records(tmp_path: Path) -> None:
    """Again for others; and again when it is not whole any more, as a cache may be tampered with."""
    made = search.site_index(small("2025-03-01"), tmp_path)
    (folder,) = tmp_path.iterdir()
    stamp = (folder / "pagefind.js").stat().st_mtime_ns

    assert made == search.site_index(small("2025-03-01"), tmp_path)
    assert stamp == (folder / "pagefind.js").stat().st_mtime_ns
    search.site_index(small("2025-03-01", "2025-03-02"), tmp_path)
    assert 2 == len(list(tmp_path.iterdir()))

    fragment = next(folder.glob("fragment/*"))
    fragment.write_bytes(b"something else")
    assert {} == search.index_files(folder)
    search.site_index(small("2025-03-01"), tmp_path)
    assert made.keys() >= {"pagefind/pagefind.js", "pagefind/manifest.json", f"pagefind/fragment/{fragment.name}"}
    assert made[f"pagefind/fragment/{fragment.name}"] == fragment.read_bytes()


def test_an_index_that_cannot_be_kept_is_published_all_the_same(tmp_path: Path) -> None:
    """Where it should be kept lies something else, which cannot be removed; so does nothing on a full disk."""
    search.site_index(small("2025-03-01"), tmp_path)
    (folder,) = tmp_path.iterdir()
    shutil.rmtree(folder)
    folder.write_bytes(b"")

    made = search.site_index(small("2025-03-01"), tmp_path)
    elsewhere = search.site_index(small("2025-03-01"), folder / "below")

    assert {"pagefind/pagefind.js", "pagefind/manifest.json"} <= made.keys()
    assert len(made) == len(elsewhere)


def test_a_manifest_of_an_index_that_was_garbled_is_not_published(tmp_path: Path) -> None:
    """Also in what it says beside the sums."""
    search.site_index(small("2025-03-01"), tmp_path)
    (folder,) = tmp_path.iterdir()
    manifest = folder / search.MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"SHA-256", b"SHA-2X6"))

    assert {} == search.index_files(folder)


def test_the_cache_keeps_the_last_few_indexes(tmp_path: Path) -> None:
    """What an interrupted build left there an hour ago goes as well."""
    stale = tmp_path / ".making-long-ago"
    stale.mkdir()
    os.utime(stale, (0, 0))
    for day in range(1, search.KEPT + 3):
        search.site_index(small(f"2025-03-0{day}"), tmp_path)

    assert search.KEPT == len(list(tmp_path.iterdir()))


def test_a_thousand_records_take_seconds() -> None:
    """Pagefind's own client would take a hundred: answers are read as they come."""
    records = [search_records(small("2025-03-01"))[0]._replace(url=f"events/{number}/") for number in range(1000)]
    started = perf_counter()

    made = search.make_index(records, "en")

    assert perf_counter() - started < 30
    assert 1000 == sum(path.startswith("pagefind/fragment/") for path in made)


class Pieces:
    """A program's output that comes in pieces of one size."""

    def __init__(self, output: bytes, size: int) -> None:
        self.pieces = iter([output[start : start + size] for start in range(0, len(output), size)])

    async def read(self, _: int) -> bytes:
        """The next piece; nothing at the end."""
        return next(self.pieces, b"")


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.text(), st.text()), max_size=4), st.integers(1, 40))
def test_an_answer_comes_whole_wherever_it_is_cut(answers: list[dict[str, str]], size: int) -> None:
    """The last one, with all files, comes in hundreds of pieces; several small ones may come in one."""
    output = b"".join(base64.b64encode(json.dumps(answer).encode()) + b"," for answer in answers)

    async def read() -> list[dict[str, str]]:
        return [answer async for answer in pagefind_program._answers(Pieces(output, size))]  # type: ignore[arg-type]  # noqa: SLF001

    with ThreadPoolExecutor(1) as thread:  # a browser's tests in the same process have an event loop in this one
        assert answers == thread.submit(asyncio.run, read()).result()


def test_a_program_that_dies_is_no_endless_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build says so."""
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))

    with pytest.raises((RuntimeError, OSError), match=r"ended before it had answered|Connection lost|Broken pipe"):
        search.make_index(search_records(small("2025-03-01")), "en")


def test_a_build_whose_index_fails_says_so_and_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, with the way out."""
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nothing-there"))
    options = Options(GOLDEN / "content", ROOT / "templates", ROOT / "static", tmp_path / "public", history=False)

    with pytest.raises(PublishError, match="the search index cannot be made: ") as raised:
        build(options._replace(extras=frozenset({"search"})))

    assert "build with --no-search to publish without it" == raised.value.hint
    assert not (tmp_path / "public").exists()


def test_a_site_without_pagefind_says_so_and_offers_the_other_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build goes on, its report has the reason, and the search page no script that would do nothing."""
    monkeypatch.setattr(search, "missing", lambda: "the package pagefind is not installed")
    options = Options(
        GOLDEN / "content", ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=1, history=False
    )

    report = build(options._replace(extras=frozenset({"search"})))

    assert ("built without search: the package pagefind is not installed",) == report.lacking
    page = (tmp_path / "public/search/index.html").read_text("utf-8")
    assert "search." not in re.sub(r"search/", "", page)
    assert "your browser’s own search" in page
    assert not (tmp_path / "public/pagefind").exists()


def test_the_index_has_a_manifest_of_its_own(built_site: Path) -> None:
    """Its bytes differ from build to build, so the manifest of the site does not name it."""
    files = read_tree(built_site)
    paths = {path for path in files if path.startswith("pagefind/")}

    assert paths
    assert b"pagefind/" not in files["data/manifest.json"]
    assert paths == search.index_files(built_site / "pagefind").keys()
