"""What a contributor is told of each mistake, word for word.

Each folder in tests/wrong/ is one mistake: the files that differ from tests/wrong/_base/, a small chronology without
a fault, and the report as `build.py check` prints it.  A file `NAME.absent` takes the base's NAME away.
"""

from __future__ import annotations

import re
import shutil
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.commands.build import tell_report
from generator.commands.common import CONTENT_ERRORS, DONE
from generator.commands.line import main
from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.reading.files import read_content
from generator.reading.validate import load_site
from generator.record.problems import report

ROOT = Path(__file__).parent.parent
WRONG = Path(__file__).parent / "wrong"
BASE = WRONG / "_base"
REPORT = "report.txt"
CASES = sorted(path for path in WRONG.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))
FEWEST = 210
SOUND = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file())
SLIPS = [
    *"\t\n:#-'\"[]{}&*!|>%@`,?~",
    *("\n---\n", ": ", "- ", " #", "\n  ", "\n- ", "<<: ", "[[", "[@", "]]", "{{", "}}", "''", "...\n", "null"),
    *(
        "2025-07",
        "24 July 2025",
        "1,200",
        "northtown",
        "\nclaims:\n  - by: x\n",
        "\nfigures: [{value: 1}]\n",
        "\ndate: x\n",
    ),
    *("\nagreement: {id: 2025-07-28-truce, role: signing, terms: [ropes]}\n", "\nimage: {}\n", "\naliases: [a]\n"),
]


def make_content(case: Path, folder: Path) -> None:
    """The base, changed as the case says."""
    shutil.copytree(BASE, folder)
    shutil.copytree(case, folder, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(REPORT))
    for absent in folder.rglob("*.absent"):
        absent.unlink()
        absent.with_suffix("").unlink()


def options_in(folder: Path) -> Options:
    """A build of the folder `content` where the command is run, with a cache beside it."""
    templates, static = ROOT / "templates", ROOT / "static"
    return Options(Path("content"), templates, static, folder / "public", jobs=1, cache=folder / "cache", history=False)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site of the base, and the cache of that build; a case in it is mended before the next."""
    folder = tmp_path_factory.mktemp("sound")
    make_content(BASE, folder / "content")
    with chdir(folder):
        assert () == build(options_in(folder)).problems
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_explained(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    update_golden: bool,
) -> None:
    """Each case gets, word for word, the report that lies beside it, and exit status 1 when it tells an error."""
    make_content(case, tmp_path / "content")
    monkeypatch.chdir(tmp_path)

    status = main(["check", "--content", "content"])

    actual = capsys.readouterr().err
    if update_golden:  # pytest --update-golden; then read the diff
        (case / REPORT).write_text(actual, "utf-8")
    expected = (case / REPORT).read_text("utf-8")
    assert expected == actual
    assert (CONTENT_ERRORS if ": error: " in expected else DONE) == status


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_build_tells_the_same(
    case: Path, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an empty cache, with that of a build without the mistake, and a second time; mended, nothing is told."""
    expected = (case / REPORT).read_text("utf-8")
    is_error = ": error: " in expected
    shutil.rmtree(sound / "content")
    for folder in (tmp_path, sound):
        make_content(case, folder / "content")
        monkeypatch.chdir(folder)

        for _ in range(2):
            told = build(options_in(folder))
            tell_report(told)

            assert expected == capsys.readouterr().err
            assert is_error == (told.published is None)

    shutil.rmtree("content")
    make_content(BASE, Path("content"))
    mended = build(options_in(Path.cwd()))
    assert ((), 1) == (mended.problems, mended.counts.entries)


def test_the_base_has_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a report tells is the case's own mistake: the base alone has none."""
    make_content(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)

    assert DONE == main(["check", "--content", "content"])
    assert "" == capsys.readouterr().err


def test_every_problem_says_what_to_do() -> None:
    """No case goes without a report, and no problem in one without a hint."""
    reports = {case.name: (case / REPORT).read_text("utf-8") for case in CASES}

    assert FEWEST < len(reports)
    assert {} == {
        name: text for name, text in reports.items() if len(problems_in(text)) != len(hints_in(text)) or not text
    }


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(SOUND),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), st.sampled_from(SLIPS)), max_size=4),
)
def test_whatever_is_written_is_read_or_explained(name: str, slips: list[tuple[int, int, str]]) -> None:
    """However a file is spoilt, nothing is raised; each problem has a place in a file, a hint and its own lines."""
    with TemporaryDirectory() as place:
        folder = Path(place, "content")
        make_content(BASE, folder)
        text = (folder / name).read_text("utf-8")
        for offset, cut, slip in slips:
            text = text[:offset] + slip + text[offset + cut :]
        (folder / name).write_text(text, "utf-8")

        validated = load_site(folder)
        texts = {file.path: file for file in read_content(folder)[0].texts}

    assert (validated.site is None) == any(problem.is_error for problem in validated.problems)
    for problem in validated.problems:
        written = texts[problem.path]
        assert 1 <= problem.mark.line <= written.text.count("\n") + 1
        assert 1 <= problem.mark.column <= len(written.line(problem.mark.line)) + 1
        assert problem.hint
        assert report(problem).startswith(f"{problem.path}:{problem.mark.line}:")


def problems_in(text: str) -> list[str]:
    """The first lines of the problems of a report."""
    return re.findall(r"^content\S*.*:\d+:\d+: (?:error|warning): .+$", text, re.MULTILINE)


def hints_in(text: str) -> list[str]:
    """The hints of a report."""
    return re.findall(r"^  hint: .+$", text, re.MULTILINE)
