"""Checks look only at files whose notes say that they may have a fault: they find what all checks find in all files."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from random_edits import Editor, copy_site

from generator.incremental.cache import Cache
from generator.reading.alike import to_compare
from generator.reading.checks import COMPARING_CHECKS, FILE_CHECKS, REFERENCE_CHECKS
from generator.reading.library import Library

if TYPE_CHECKING:
    from generator.record.problems import Problem

ROOT = Path(__file__).parent.parent
WRONG = ROOT / "tests/wrong"
CASES = sorted(path for path in WRONG.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))


def told(content: Path) -> set[Problem]:
    """What is said of a folder, without what is said of the folder itself and of files that are no texts."""
    library = Library(content, Cache(None, b""))
    texts = {f"{content.as_posix()}/{name}" for name in library.files.notes}
    problems = library.problems()
    assert list(problems) == sorted(set(problems))
    assert (sum(each.is_error for each in problems), sum(not each.is_error for each in problems)) == library.counts
    return {problem for problem in problems if problem.path in texts}


def found(content: Path) -> set[Problem]:
    """What all checks find, each looking at all files at once."""
    collected = Library(content, Cache(None, b"")).collected()
    problems = {problem for item in collected.written for problem in item.problems}
    for check in (*FILE_CHECKS, *REFERENCE_CHECKS, *COMPARING_CHECKS):
        problems |= set(check(collected))
    return problems


@pytest.mark.parametrize("seed", [1, 3])
def test_nothing_is_screened_out_as_content_grows(seed: int, tmp_path: Path) -> None:
    """Whatever is edited, the mistakes with it: they add up, and none is undone."""
    copy_site(tmp_path, ROOT / "tests/golden/content", ROOT / "templates", ROOT / "tests/golden/static")
    editor = Editor(tmp_path, seed)
    most = 0
    for _ in range(60):
        done = editor.edit()

        expected = found(tmp_path / "content")
        assert expected == told(tmp_path / "content"), done
        most = max(most, len(expected))
    assert 3 < most


def test_nothing_is_screened_out_where_mistakes_meet(tmp_path: Path) -> None:
    """Two or three known mistakes in one folder: one does not hide another from the screen."""
    chance = random.Random(2025)  # noqa: S311 - mistakes, not secrets
    content = tmp_path / "content"
    for _ in range(80):
        cases = chance.sample(CASES, chance.choice((2, 3)))
        shutil.copytree(WRONG / "_base", content)
        for case in cases:
            shutil.copytree(
                case, content, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns("report.txt")
            )
        for absent in content.rglob("*.absent"):
            absent.unlink()
            absent.with_suffix("").unlink(missing_ok=True)

        assert found(content) == told(content), [case.name for case in cases]
        shutil.rmtree(content)


TAKEN = (
    "/about/",
    "/about/more/",
    "/search/",
    "/timeline/2025/",
    "/events/",
    "/agreements/2025-07-28-truce/",
    "/agreements/page-2/",
    "/agreements/x/entries/",
)
FREE = ("/events/old-fight/", "/agreements/old-truce/", "/former/about/")


@pytest.mark.parametrize("alias", [*TAKEN, *FREE])
def test_an_alias_that_is_taken_is_not_screened_out(alias: str, tmp_path: Path) -> None:
    """By a plain page, by an agreement, or by what every site has."""
    content = tmp_path / "content"
    shutil.copytree(WRONG / "_base", content)
    (content / "pages").mkdir()
    (content / "pages/about.md").write_text("---\ntitle: About\n---\n\nThis is a site.\n", "utf-8")
    entry = content / "events/2025-07-24-fight.md"
    entry.write_text(entry.read_text("utf-8").replace("\nkind:", f"\naliases: [{alias}]\nkind:"), "utf-8")

    problems = told(content)
    assert found(content) == problems
    assert (alias in TAKEN) == any(f"`{alias}`" in problem.message for problem in problems), problems


def test_agreements_and_pages_are_not_parsed_to_be_compared(tmp_path: Path) -> None:
    """They are the longest texts, and hardly an entry has the former address that one of them might have."""
    copy_site(tmp_path, ROOT / "tests/golden/content", ROOT / "templates", ROOT / "tests/golden/static")
    library = Library(tmp_path / "content", Cache(None, b""))
    entry = tmp_path / "content/events/2025/2025-03-04-talks.md"

    assert {"agreements", "pages"} <= {name.partition("/")[0] for name in library.files.notes}
    assert not compared(library)
    entry.write_text(entry.read_text("utf-8").replace("\nkind:", "\naliases: [/about/old/]\nkind:"), "utf-8")
    assert {"pages/about.md", entry.relative_to(tmp_path / "content").as_posix()} == compared(
        Library(tmp_path / "content", Cache(None, b""))
    )


def compared(library: Library) -> set[str]:
    """The agreements, plain pages and entries that are alike enough to be compared."""
    alike = to_compare({name: note.alike for name, note in library.files.notes.items()})
    return {name for name in alike if name.startswith(("agreements/", "pages/", "events/"))}


SLIP = "aliases: [/events/2025-07-25-talks/]"


def test_an_alias_of_an_entry_with_a_slip_is_not_screened_out(tmp_path: Path) -> None:
    """The entry is there, though it cannot be read: all that is wrong is told in one run."""
    content = tmp_path / "content"
    shutil.copytree(WRONG / "_base", content)
    entry = content / "events/2025-07-24-fight.md"
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("\nkind:", f"\n{SLIP}\nkind:"), "utf-8")
    slipped = text.replace("07-24", "07-25").replace("clash", "clas")
    (content / "events/2025-07-25-talks.md").write_text(slipped, "utf-8")

    problems = told(content)
    assert found(content) == problems
    assert any("is taken" in problem.message for problem in problems)


def test_a_number_written_otherwise_is_not_screened_out(tmp_path: Path) -> None:
    """1200 and 1200.0 are one number."""
    content = tmp_path / "content"
    shutil.copytree(WRONG / "_base", content)
    entry = content / "events/2025-07-24-fight.md"
    text = entry.read_text("utf-8")
    what = "measure: wounded, scope: total, as_of: 2025-07-24, source: gazette-fight"
    figures = "\n".join(f"  - {{{what}, value: {value}}}" for value in ("1200", "1200.0"))
    entry.write_text(text.replace("\nkind:", f"\nfigures:\n{figures}\nkind:"), "utf-8")

    problems = told(content)
    assert found(content) == problems
    assert any("the same number of" in problem.message for problem in problems), problems
