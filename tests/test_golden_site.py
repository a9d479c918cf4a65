"""A small site with one of everything, held against what was last agreed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden_files import read_tree, write_tree

from generator.publishing.options import Options
from generator.publishing.pipeline import build

if TYPE_CHECKING:
    from generator.publishing.report import Report

GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = Path(__file__).parent.parent / "templates"


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    """The report of a build of the golden content, and the folder that it was published to."""
    out = tmp_path_factory.mktemp("golden") / "public"
    return build(Options(GOLDEN / "content", TEMPLATES, GOLDEN / "static", out, jobs=1, history=False)), out


def test_the_golden_site(golden: tuple[Report, Path], *, update_golden: bool) -> None:
    """A small site with one of everything builds, byte for byte, to what we last agreed on."""
    _, out = golden

    if update_golden:  # pytest --update-golden; then read the diff
        write_tree(GOLDEN / "expected", read_tree(out))
    expected, actual = read_tree(GOLDEN / "expected"), read_tree(out)
    assert sorted(expected) == sorted(actual)
    assert [] == [name for name in expected if expected[name] != actual[name]]


def test_a_draft_is_left_out_and_counted(golden: tuple[Report, Path]) -> None:
    """A draft has no page and stands in no list, and the report says that one was left out."""
    report, out = golden

    assert 1 == report.counts.drafts_left_out
    assert [] == [path for path in out.rglob("*.html") if "Not ready" in path.read_text("utf-8")]


def test_a_withdrawn_entry_keeps_its_address_and_leaves_every_list(golden: tuple[Report, Path]) -> None:
    """A withdrawn entry's page says why; no list but the corrections names it; the data mark it."""
    _, out = golden

    named = [path for path in out.rglob("*.html") if "A rumour of a third town" in path.read_text("utf-8")]
    assert ["corrections/index.html", "events/2025-03-02-withdrawn/index.html"] == sorted(
        path.relative_to(out).as_posix() for path in named
    )
    assert "The source took it back." in (out / "events/2025-03-02-withdrawn/index.html").read_text("utf-8")
    assert '"withdrawn": true' in (out / "data/events.json").read_text("utf-8")


def test_a_former_permalink_leads_to_the_entry(golden: tuple[Report, Path]) -> None:
    """An alias has a page that leads on, without a script."""
    _, out = golden

    page = (out / "events/2025-03-01-old-name/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../events/2025-03-01-ropes-cut/index.html">' in page


def test_building_twice_writes_nothing(golden: tuple[Report, Path]) -> None:
    """A second build of the same content finds every file as it was."""
    report, out = golden
    assert report.published is not None
    files = report.published.written

    again = build(Options(GOLDEN / "content", TEMPLATES, GOLDEN / "static", out, jobs=1, history=False))

    assert again.published is not None
    assert (0, files, 0) == (again.published.written, again.published.unchanged, again.published.removed)


@pytest.mark.parametrize("spoil", ["deleted", "truncated", "garbled", "not a folder"])
def test_the_cache_of_templates_never_changes_the_site(golden: tuple[Report, Path], tmp_path: Path, spoil: str) -> None:
    """Compiled templates that are gone, cut off, of another kind or nowhere to be kept: the same site."""
    cache = tmp_path / "cache"
    options = Options(GOLDEN / "content", TEMPLATES, GOLDEN / "static", tmp_path / "public", jobs=1, history=False)
    build(options._replace(cache=cache))
    compiled = cache / "templates"
    kept = list(compiled.iterdir())
    assert kept
    for path in kept:
        if spoil == "truncated":
            path.write_bytes(path.read_bytes()[:-40])
        elif spoil == "garbled":
            path.write_bytes(b"\xffsomething else")
        else:
            path.unlink()
    if spoil == "not a folder":
        compiled.rmdir()
        compiled.write_text("a file", "utf-8")

    build(options._replace(cache=cache, anew=True))

    assert read_tree(golden[1]) == read_tree(tmp_path / "public")


def test_an_empty_chronology_is_an_honest_site(tmp_path: Path) -> None:
    """Only site.yml and vocabulary.yml are needed; every page then says what is missing."""
    content = tmp_path / "content"
    content.mkdir()
    for name in ("site.yml", "vocabulary.yml"):
        (content / name).write_bytes((GOLDEN / "content" / name).read_bytes())

    report = build(Options(content, TEMPLATES, GOLDEN / "static", tmp_path / "public", jobs=1))

    assert () == report.problems
    assert "This chronology has no entry yet." in (tmp_path / "public/index.html").read_text("utf-8")
    assert "There is no entry yet." in (tmp_path / "public/timeline/index.html").read_text("utf-8")
