"""Whatever lies in the content folder: a clear error and nothing published, never a traceback, a hang or a guess."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bad_content import AT, ENTRY, READ, REFUSED, SCRIPTS, write
from golden_files import read_tree

from generator.commands.line import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "wrong" / "_base"
LONGEST_S = 8
"""Of any case, on a slow machine with other work; the slowest takes about one second alone."""
MOST_SAID = 1_000_000
"""Characters of a report, however much is wrong."""
FIRST_LINE = re.compile(r"^content.*:\d+:\d+: error: \S.*$", re.MULTILINE)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ends what takes longer as an error."""

    def too_late(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A sound content folder in the folder where commands are run."""
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    yield tmp_path / "content"
    try:
        shutil.rmtree("content")
    except (OSError, RecursionError):  # Python's own way is too short for deep folders
        subprocess.run(["rm", "-rf", "content"], cwd=tmp_path, check=True)


def build() -> int:
    """The exit status of a build, which ends in time."""
    with within(LONGEST_S):
        return main(["build", "--content", "content", "--out", "public", "--jobs", "1", "--no-cache"])


@pytest.mark.parametrize("case", REFUSED)
def test_bad_content_is_explained_and_not_published(
    case: str, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1; each error with path, line, column and a hint; no word of the report is unprintable."""
    REFUSED[case](content)

    assert 1 == build()

    out, err = capsys.readouterr()
    errors = FIRST_LINE.findall(err)
    assert "" == out
    assert errors
    assert len(errors) == len(re.findall(r"^  hint: \S", err, re.MULTILINE)) - err.count(": warning: ")
    assert len(err) < MOST_SAID
    assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]*", err)
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("case", READ)
def test_unusual_content_is_read(case: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no mistake is none."""
    READ[case](content)

    assert 0 == build()
    assert "error" not in capsys.readouterr().err


def test_every_script_comes_out_letter_for_letter(content: Path) -> None:
    """On the entry's page, in the feed and in the data: Thai, Khmer, right-to-left and emoji, with their joiners."""
    READ["every script"](content)
    build()

    for path in ("events/2025-07-25-talks/index.html", "feed.xml", "data/events.json", "data/events.csv"):
        assert SCRIPTS in Path("public", path).read_text("utf-8"), path


def test_no_content_builds_an_honest_empty_site(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With site.yml and vocabulary.yml alone: every index is there, and none claims an entry."""
    for item in content.iterdir():
        if item.name not in {"site.yml", "vocabulary.yml"}:
            shutil.rmtree(item) if item.is_dir() else item.unlink()

    assert 0 == build()

    assert capsys.readouterr().out.startswith("0 entries, 0 sources -> ")
    assert [] == json.loads(Path("public/data/events.json").read_text("utf-8"))
    for path in ("index.html", "timeline/index.html", "sources/index.html", "search/index.html", "404.html"):
        assert "<h1" in Path("public", path).read_text("utf-8")
    assert "<entry>" not in Path("public/feed.xml").read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="unreadable files need a system with users")
@pytest.mark.parametrize("name", [AT, "events", "site.yml", "images/quay.png"])
def test_what_may_not_be_read_is_told(name: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file, a folder, a picture without the right to read it: also for root, who takes another user's place."""
    write(AT, ENTRY, content)
    write("images/quay.png", b"\x89PNG\r\n\x1a\n", content)
    build()  # all that a build imports is there before its user changes
    shutil.rmtree("public")
    for folder in content.parents:
        if folder.stat().st_uid == os.getuid() and folder.stat().st_mode & 0o077 == 0:
            folder.chmod(0o711)  # pytest's own folders, which are its user's alone
    content.parent.chmod(0o777)  # a build begins with a lock beside the published folder
    (content / name).chmod(0)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65_534)
        status = build()
    finally:
        os.seteuid(user)
        (content / name).chmod(0o755)

    assert 1 == status
    assert re.search(
        rf"^content/{name}:1:1: error: the (file|folder) cannot be read: ", capsys.readouterr().err, re.MULTILINE
    )


def test_the_base_of_these_cases_is_sound(content: Path) -> None:
    """What is refused is refused for its own fault, not for the folder's or the entry's."""
    write(AT, ENTRY, content)

    assert 0 == build()


def test_the_old_site_stays_when_content_breaks(content: Path) -> None:
    """Byte for byte, whatever breaks."""
    build()
    before = read_tree(Path("public"))
    for case in ("yaml: bomb", "text: UTF-16", "tree: link to a device", "markdown: brackets opened"):
        REFUSED[case](content)

        assert 1 == build()
        assert before == read_tree(Path("public"))


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_report_is_printed_on_any_terminal(form: str, encoding: str, content: Path) -> None:
    """Names and words that the terminal cannot show are escaped; the command does not fail over them."""
    for case in ("tree: name that is no text", "name: 'events/ไทย.md'", "yaml: number in Thai"):
        REFUSED[case](content)

    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "check", "--content", "content", "--format", form],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )

    assert 1 == done.returncode
    assert b"Traceback" not in done.stderr
    assert done.stdout or done.stderr


def test_the_worst_text_within_the_limits_is_read_in_time(content: Path) -> None:
    """What Markdown is slowest at, as much of it as a text may have."""
    filler = "x " * 4_000
    blocks = ["[a" * 83 + filler, *(["[^" * 83 + filler] * 2), *(["`" * 80 + filler] * 2)]
    write(AT, "\n\n".join([ENTRY, *(block[:9_900] for block in blocks)]), content)

    started = time.monotonic()
    assert 0 == build()

    assert time.monotonic() - started < LONGEST_S / 2
