"""However much a chronology holds, and however it crowds, no page is long, and no list loses anything."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from small_site import event, site, truce

from bench.corpus import CROWDED, FIRST_TREATY, PLACES, YEARBOOK, Corpus, write
from generator.pages import agreements, sources
from generator.pages.axis import MOST_TICKS

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 600
LIMIT = 150_000
"""Bytes of HTML, not compressed."""
LISTS = {
    "of a month": "timeline/2024/07",
    "of a month for paper": "timeline/2024/07/print",
    "of a place": f"places/{next(iter(PLACES))}",
    "of an actor": "actors/upper-vale",
    "of a source": f"sources/{YEARBOOK}",
    "of an agreement": f"agreements/{FIRST_TREATY}/entries",
    "of a measure": "figures/killed",
    "of a question": "disputed/q-*",
}


@pytest.fixture(scope="module")
def crowded_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which all entries share one month, place, actor, source, question, agreement and measure."""
    folder = tmp_path_factory.mktemp("crowded")
    write(Corpus(ENTRIES, shares=CROWDED).files(), folder / "content")
    where = ("--content", str(folder / "content"), "--out", str(folder / "site"))
    command = [sys.executable, "build.py", "build", *where, "--no-search", "--no-cards"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stderr
    return folder / "site"


def parts(site: Path, folder: str) -> list[str]:
    """The HTML of all parts of a list."""
    files = [*site.glob(f"{folder}/index.html"), *site.glob(f"{folder}/page-*/index.html")]
    return [path.read_text("utf-8") for path in files]


def test_no_page_is_long(crowded_site: Path) -> None:
    """Neither a list nor the page of what all entries speak of."""
    sizes = {path.relative_to(crowded_site).as_posix(): path.stat().st_size for path in crowded_site.rglob("*.html")}

    assert len(sizes) > ENTRIES * 2
    assert {} == {name: size for name, size in sizes.items() if size > LIMIT}


@pytest.mark.parametrize("folder", LISTS.values(), ids=LISTS)
def test_every_list_is_whole_over_its_parts(crowded_site: Path, folder: str) -> None:
    """Each entry stands on one of them."""
    pages = parts(crowded_site, folder)
    named = {slug for page in pages for slug in re.findall(r'href="(?:\.\./)*events/([^/"#]+)/', page)}
    entries = {path.parent.name for path in crowded_site.glob("events/*/index.html")}

    assert len(pages) > 1
    assert ENTRIES == len(entries)
    assert entries == named


def test_every_figure_stands_in_a_table(crowded_site: Path) -> None:
    """As many rows as the download has, beside the heads of the tables."""
    pages = parts(crowded_site, "figures/killed")
    with (crowded_site / "data/figures.csv").open(encoding="utf-8", newline="") as file:
        figures = sum(1 for _ in csv.DictReader(file))

    assert ENTRIES * CROWDED.figures == figures
    assert figures == sum(len(re.findall(r"<tr>\s*<td|<tr[^>]*>\s*<th scope=\"row\"", page)) for page in pages)


def test_the_page_of_an_agreement_leads_to_what_it_leaves_out(crowded_site: Path) -> None:
    """It says how many entries there are of which it shows the newest, and links to all."""
    page = (crowded_site / f"agreements/{FIRST_TREATY}/index.html").read_text("utf-8")
    left_out = re.findall(r'<p class="quiet">The newest of \d+ entries\. <a href="([^"]+)">All entries', page)

    assert {"entries/index.html"} == {link.removeprefix(f"../../agreements/{FIRST_TREATY}/") for link in left_out}


def test_a_list_of_many_agreements_is_whole_over_its_parts() -> None:
    """Each ceasefire is on one of them, with its row on the axis of time; a century has no line for each month."""
    months = [f"{year}-{month:02}" for year in range(1920, 2020) for month in (1, 7)]
    truces = [truce(f"t-{month}", (f"{month}-01", f"{month}-20")) for month in months]
    whole = site(event("2025-01-01"), agreements=(*truces, truce("never")))
    numbers = [arguments[0] for kind, *arguments in agreements.outputs(whole) if kind == "agreements"]
    views = [agreements.KINDS["agreements"].make(whole, number).view for number in numbers]

    assert [1, 2, 3, 4, 5] == numbers
    assert [50, 50, 50, 50] == [len(view.axis.rows) for view in views if view.axis]
    assert {one.slug for one in truces} == {card.address.split("/")[1] for view in views for card in view.truces}
    assert ["agreements/never/"] == [card.address for view in views for card in view.others]
    assert {True} == {len(view.axis.lines) <= MOST_TICKS + 1 for view in views if view.axis}
    assert {True} == {len(labels) <= MOST_TICKS + 1 for view in views if view.axis for labels in view.axis.labels}


def test_the_agreements_that_cite_a_source_follow_its_entries_over_the_parts() -> None:
    """None stands on two parts, and no part is longer than others, however many agreements cite the source."""
    days = [f"2025-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 22)]
    truces = tuple(truce(f"t-{number:03}", ("2024-01-01", "2024-01-20")) for number in range(100))
    whole = site(*map(event, days), agreements=truces)
    numbers = [arguments[1] for kind, *arguments in sources.outputs(whole) if arguments[0] == "gazette"]
    views = [sources.KINDS["source"].make(whole, "gazette", number).view for number in numbers]

    assert [1, 2, 3, 4, 5] == numbers
    assert [30, 12, 0, 0, 0] == [len(view.entries) for view in views]
    assert [0, 18, 30, 30, 22] == [len(view.agreements) for view in views]
    assert {5} == {view.parts.total for view in views}
    assert sorted(one.slug for one in truces) == sorted(
        one.named.address.split("/")[1] for view in views for one in view.agreements
    )
