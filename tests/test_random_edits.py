"""Whatever is edited: a build with a cache gives the same site, byte for byte, and the same problems as one without."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden_files import read_tree
from random_edits import Editor, copy_site

from generator.publishing.options import Options
from generator.publishing.pipeline import build

if TYPE_CHECKING:
    from generator.publishing.report import Report

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests/golden"
FOLDERS = ("content", "templates", "static")
EDITS = 35
"""Each is built twice, once from nothing."""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes have work also on a small site, and files settle within the test."""
    monkeypatch.setattr("generator.publishing.planning.FEWEST_FOR_JOBS", 2)
    monkeypatch.setattr("generator.publishing.planning.SHARE", 7)
    monkeypatch.setattr("generator.publishing.publish.FEWEST_FOR_CHILD", 2)
    monkeypatch.setattr("generator.incremental.table.PIECE", 8)
    monkeypatch.setattr("generator.reading.parsed.SHARE", 3)
    monkeypatch.setattr("generator.incremental.snapshot.JUST_NOW_NS", 20_000_000)


def options_in(folder: Path, name: str, jobs: int = 1) -> Options:
    """A build of a folder's content, templates and static files into another folder of it."""
    content, templates, static = (folder / each for each in FOLDERS)
    there = folder / name
    return Options(content, templates, static, there / "public", jobs=jobs, cache=there / "cache", history=False)


def build_cold(options: Options, folder: Path) -> tuple[Report, dict[str, bytes]]:
    """A build that knows of none before it, and its site."""
    out = folder / "cold"
    report = build(options._replace(out=out, cache=None, jobs=1))
    site = read_tree(out)
    shutil.rmtree(out, ignore_errors=True)
    return report, site


def read_folders(folder: Path) -> dict[str, dict[str, bytes]]:
    """All that a build reads."""
    return {name: read_tree(folder / name) for name in FOLDERS}


@pytest.mark.parametrize(("jobs", "seed"), [(1, 2025), (2, 817)])
def test_the_cache_never_changes_the_site(jobs: int, seed: int, tmp_path: Path) -> None:
    """After each of many edits; an edit that leaves errors leaves the published site too, and most are undone."""
    copy_site(tmp_path, GOLDEN / "content", ROOT / "templates", GOLDEN / "static")
    editor = Editor(tmp_path, seed)
    options = options_in(tmp_path, "warm", jobs)
    sound = read_folders(tmp_path)
    published: dict[str, bytes] = {}
    refused = 0
    for _ in range(EDITS):
        if editor.one_of(*range(6)) == 0:
            options = other_options(options, editor)
            done = f"options: {options}"
        else:
            done = editor.edit()

        expected, site = build_cold(options, tmp_path)
        report = build(options)

        assert (expected.problems, expected.counts) == (report.problems, report.counts), done
        if report.published is None:
            refused += 1
            assert published == read_tree(options.out), done
            options = options._replace(strict=False)
            if editor.one_of(*range(4)):
                put_back(tmp_path, sound)
        else:
            published, sound = read_tree(options.out), read_folders(tmp_path)
            assert [] == [path for path in site.keys() | published if site.get(path) != published.get(path)], done
            assert len(site) == report.published.written + report.published.unchanged, done
    assert 3 < refused < EDITS // 2


def other_options(options: Options, editor: Editor) -> Options:
    """One of the options in another way; or all as they were."""
    others = (
        options,
        options._replace(drafts=not options.drafts),
        options._replace(strict=not options.strict),
        options._replace(base_url="" if options.base_url else "https://mirror.example.org/quay/"),
    )
    return editor.chance.choice(others)


def put_back(folder: Path, sound: dict[str, dict[str, bytes]]) -> None:
    """Have the folders as they were when they were sound; no other file is touched."""
    for name, files in sound.items():
        there = read_tree(folder / name)
        for path in there.keys() - files.keys():
            (folder / name / path).unlink()
        for path, data in files.items():
            if there.get(path) != data:
                (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / name / path).write_bytes(data)
