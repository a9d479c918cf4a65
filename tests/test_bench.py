"""The benchmark's made-up chronology, and the document that it writes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from bench.builds import (
    BODY,
    COLD,
    ENTRY_TEMPLATE,
    SCENARIOS,
    STYLES,
    TEMPLATE,
    TITLE,
    UNCHANGED,
    Ours,
    Row,
    copy_programme,
    measure_one_process,
    written,
)
from bench.corpus import FIRST_TREATY, GREAT_QUESTION, YEARBOOK, Corpus, write
from bench.hugo import files as hugo_files
from bench.preview import FIRST, measure_waits, previewing
from bench.processes import FailedError, Run, run
from bench.reader import Reader, loaded, longest_of_each_kind, sent_for
from bench.report import REAL, Result, builds, mark, readers_table, report, spread

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
COLD_RUN = Run(3.0, 5.0, 100.0, 0.1, "1 files in x (9 written, 0 unchanged) in 3.0 s\n    1.250 s  reading\n")


def test_the_same_seed_makes_the_same_chronology(tmp_path: Path) -> None:
    """Byte for byte, in our own format and in Hugo's; another seed makes another."""
    digests = [write(Corpus(40, seed).files(), tmp_path / str(at)) for at, seed in enumerate((1, 1, 2))]
    assert "3d9df8cf" == digests[0][:8]
    assert digests[0] == digests[1] != digests[2]

    for_hugo = [write(hugo_files(Corpus(40, seed)), tmp_path / f"hugo{at}") for at, seed in enumerate((1, 1, 2))]
    assert for_hugo[0] == for_hugo[1] != for_hugo[2]


def test_both_tools_build_the_same_entries() -> None:
    """The same titles and texts, letter for letter, under the same names."""
    corpus = Corpus(30)
    ours = {name.removeprefix("events/"): text for name, text in corpus.files() if name.startswith("events/")}
    its = {name.removeprefix("content/events/"): text for name, text in hugo_files(corpus) if name.endswith(".md")}

    assert 30 == len(ours)
    assert ours.keys() == its.keys()
    assert [text.split("\n---\n")[1] for text in ours.values()] == [text.split("\n---\n")[1] for text in its.values()]


def test_a_made_up_chronology_is_shaped_like_a_real_one() -> None:
    """Entries of about 145 words; a busy month, a source, a question and an agreement that many entries share."""
    entries = list(Corpus(1000).entries())

    assert 135 < sum(len(entry.text.split()) for entry in entries) / 1000 < 165
    assert 40 < sum(f"{entry.day:%Y-%m}" == "2024-07" for entry in entries) < 110
    assert 400 < sum(f"[@{YEARBOOK}]" in entry.text for entry in entries) < 600
    assert 60 < sum(GREAT_QUESTION in str(entry.fields.get("claims")) for entry in entries) < 140
    assert 30 < sum(f"'{FIRST_TREATY}'" in str(entry.fields.get("agreement")) for entry in entries) < 90


def test_nothing_is_wrong_with_a_made_up_chronology(tmp_path: Path) -> None:
    """So a build of it is not slowed down by problems to tell."""
    write(Corpus(300).files(), tmp_path)

    checked = run((sys.executable, "build.py", "check", "--strict", "--content", tmp_path), ROOT)

    assert "300 entries checked: no problems\n" == checked.output


def test_a_failed_build_is_told_with_what_it_said(tmp_path: Path) -> None:
    """Rather than measured."""
    with pytest.raises(FailedError, match=r"ended with 3:\nbroken"):
        run((sys.executable, "-c", "print('broken'); raise SystemExit(3)"), tmp_path)


def test_each_edit_makes_some_pages_anew_and_no_edit_none(tmp_path: Path) -> None:
    """What the benchmark calls an edit is one for the build, each time that it is made."""
    write(Corpus(30).files(), tmp_path / "content")
    copy_programme(tmp_path / "programme")
    ours = Ours(tmp_path / "programme", tmp_path / "content", tmp_path / "site")
    sizes = {}
    for number in (1, 2):
        for scenario in SCENARIOS:
            ours.forget() if scenario == COLD else ours.edit(scenario, number)
            sizes[scenario, number] = written(ours.build("--no-search", "--no-cards"))

    assert [UNCHANGED, UNCHANGED] == [scenario for (scenario, _), size in sizes.items() if not size]
    assert sizes[BODY, 2] < sizes[ENTRY_TEMPLATE, 2] < sizes[TEMPLATE, 2] < sizes[STYLES, 2] < sizes[COLD, 2]

    rows = list(measure_one_process(ours, [Row(scenario, ()) for scenario in SCENARIOS], lambda _: None))

    assert [f"{scenario}, one process" for scenario in SCENARIOS] == [row.scenario for row in rows]
    assert [size for (_, number), size in sizes.items() if number == 2] == [row.written for row in rows]


def test_what_is_wanted_is_met_or_missed_by_so_much() -> None:
    """A value as high as what is wanted meets it."""
    assert "met, 0% below" == mark(1.5, 1.5)
    assert "met, 50% below" == mark(0.03, 0.06)
    assert "**missed**, 100% above" == mark(3.0, 1.5)


def test_a_ratio_is_the_median_of_the_pairs() -> None:
    """Each build is compared with the one of Hugo that followed it."""
    ours = [COLD_RUN._replace(wall=wall) for wall in (2.0, 8.0, 3.0)]
    hugo = [COLD_RUN._replace(wall=wall) for wall in (1.0, 2.0, 1.0)]

    assert 3.0 == Row(COLD, ours, hugo).ratio
    assert Row(COLD, ours).ratio is None
    assert "3.00 (2.00–8.00)" == spread(ours)
    assert "2.00" == spread(ours[:1])


def test_only_the_size_that_was_promised_is_marked() -> None:
    """Ratios are wanted at 10,000 entries, seconds of the real chronology, and 400 MiB everywhere."""
    row = Row(COLD, [COLD_RUN._replace(peak=500.0)], [COLD_RUN._replace(wall=1.5)])
    line = "| cold build | 3.00 | 5.00 | 500 **(above 400)** | 9 | 1.50 | 2.00 |"

    assert f"{line} ≤ 1.50 | **missed**, 33% above |" in builds(Result("10,000 entries", 10_000, [row]))
    assert f"{line} – | – |" in builds(Result("250 entries", 250, [row]))
    assert f"{line} ≤ 2.0 s | **missed**, 50% above |" in builds(Result(REAL, 231, [row]))


def test_without_hugo_there_are_no_ratios() -> None:
    """Nor is anything said to be met."""
    text = builds(Result("10,000 entries", 10_000, [Row(COLD, [COLD_RUN])]))

    assert "| cold build | 3.00 | 5.00 | 100 | 9 | – | – | ≤ 1.50 | not compared |" in text


def test_the_document_has_all_that_was_measured() -> None:
    """What it was measured on, each corpus, its stages, and what a reader downloads."""
    reader = Reader({"home": 20_500}, [("a/index.html", 160_000)], 1, {"a/": 61.0}, 10, 2_000_000)
    result = Result("10,000 entries", 10_000, [Row(COLD, [COLD_RUN], [COLD_RUN])], reader, ("A note.",))

    text = report({"Python": "CPython 3.11"}, [result], ["It starts."])

    assert "| Python | CPython 3.11 |" in text
    assert "## 10,000 entries\n\nA note.\n\n|" in text
    assert "| cold build | 1.25 |" in text
    assert "| home, kB compressed | 20.5 |" in readers_table([result])
    assert "| longest HTML page, kB | 160 (`a/index.html`) |" in text
    assert "| pages above 150 kB (wanted: none) | 1 |" in text
    assert "| most scripting of a page, ms (wanted: ≤ 50) | 61 **missed** (`a/`) |" in text
    assert text.endswith("## Start-up\n\nIt starts.\n")


def test_what_is_waited_for_in_a_preview_stands_below_the_builds() -> None:
    """Marked for the real chronology, of which something is wanted."""
    waits = {BODY: (0.25, 0.2, 0.9), TITLE: (0.6,)}
    real = Result(REAL, 233, [Row(COLD, [COLD_RUN])], waits=waits)
    other = real._replace(name="`given`")

    assert "| a body edited | 0.25 (0.20–0.90) | ≤ 0.3 s | met, 17% below |\n" in report({}, [real], [])
    assert "| a title edited | 0.60 | ≤ 0.3 s | **missed**, 100% above |\n" in report({}, [real], [])
    assert "| a title edited | 0.60 | – | – |\n" in report({}, [other], [])
    assert "Under `serve`" not in report({}, [real._replace(waits={})], [])


@pytest.mark.browser
def test_an_edit_is_waited_for_until_a_browser_shows_it(tmp_path: Path, chromium: Browser) -> None:
    """Of each kind as many as are asked for, and afterwards no preview goes on."""
    copy_programme(tmp_path / "programme")
    write(Corpus(12, 1).files(), tmp_path / "content")
    ours = Ours(tmp_path / "programme", tmp_path / "content", tmp_path / "site")
    ours.edit(TITLE, 102)  # as a build was measured with it before
    page = chromium.new_page()
    with previewing(ours) as address:
        page.goto(f"{address}events/{ours.entry.stem}/", wait_until="networkidle")
        waits = measure_waits(ours, page, 2)
        assert page.locator("h1", has_text=f"An edited title, no. {FIRST + 1}").count()
    assert [BODY, TITLE] == list(waits)
    assert all(len(seconds) == 2 for seconds in waits.values())
    assert min(map(min, waits.values())) > 0.05, "what was seen was there before"
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(address)
    page.close()


def test_a_reader_is_sent_a_page_with_its_style_and_scripts(tmp_path: Path) -> None:
    """Each file once; of months the longest counts, of entries the one of middling length and the longest."""
    sizes = {
        "index.html": 9,
        "timeline/2024/07/index.html": 7,
        "timeline/2024/08/index.html": 5,
        "timeline/index.html": 8,
    }
    sizes |= {f"events/{name}/index.html": size for name, size in (("a", 1), ("b", 2), ("c", 30))}
    for name in sizes:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(
            f'<link rel="stylesheet" href="{"../" * name.count("/")}site.css"><p>{name}', "utf-8"
        )
    (tmp_path / "site.css").write_text("p { color: black }" * 50, "utf-8")

    sent = sent_for(tmp_path, sizes.items())

    assert ["home", "longest month", "usual entry", "longest entry"] == list(sent)
    assert [tmp_path / "events/b/index.html", tmp_path / "site.css"] == list(loaded(tmp_path / "events/b/index.html"))
    assert ["events/c/index.html", "index.html", "timeline/index.html"] == longest_of_each_kind(sizes.items())
