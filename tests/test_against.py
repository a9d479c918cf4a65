"""`check --against REV`: what readers were told and is no longer so needs its correction."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from git_folder import begin, commit, git

from generator.commands.common import CONTENT_ERRORS, DONE, USAGE
from generator.commands.line import main

GOLDEN = Path(__file__).parent / "golden/content"
EVENTS = Path("content/events/2025")
CUT, TALKS, AGAIN = (EVENTS / f"2025-03-{name}.md" for name in ("01-ropes-cut", "04-talks", "09-ropes-again"))
QUIET = EVENTS / "2025-05-xx-quiet.md"
NUMBERED = EVENTS / "2025-04-01-adrift.md"
WITHDRAWN, DRAFT = EVENTS / "2025-03-02-withdrawn.md", EVENTS / "2025-06-01-draft.md"
GAZETTE = Path("content/sources/gazette.yml")


ADRIFT = """\
---
title: 9 boats adrift, two sunk
date: 2025-04-01
kind: clash
sources:
  - gazette-quay
  - wire-quay
---

Boats were adrift [@gazette-quay; @wire-quay].
"""
NEW_CORRECTION = "\ncorrections:\n  - {date: 2025-05-02, text: It was otherwise.}\nkind:"

CORRECTIONS = {
    "a number in the headline": (
        NUMBERED,
        "title: 9 boats adrift, two sunk",
        "title: 8 boats adrift, two sunk",
        "2:8: error: a number in the headline changed without a correction: it was “9 boats adrift, two sunk”",
    ),
    "a number in words in the headline": (
        NUMBERED,
        "title: 9 boats adrift, two sunk",
        "title: 9 boats adrift, three sunk",
        "2:8: error: a number in the headline changed without a correction: it was “9 boats adrift, two sunk”",
    ),
    "a time": (
        AGAIN,
        "time: 23:10~",
        "time: 22:10~",
        "4:7: error: the time changed without a correction: it was about 23:10",
    ),
    "a time that is gone": (
        AGAIN,
        "time: 23:10~\n",
        "",
        "2:8: error: the time is gone without a correction: it was about 23:10",
    ),
    "a source that is gone": (
        NUMBERED,
        "  - wire-quay\n---\n\nBoats were adrift [@gazette-quay; @wire-quay].",
        "---\n\nBoats were adrift [@gazette-quay].",
        "6:3: error: a source is gone without a correction: it was “[Ropes cut at quay]”, The Wire",
    ),
    "the bound of a figure": (
        CUT,
        "at_least: 1200",
        "about: 1200",
        (
            "24:47: error: a figure changed without a correction: "
            "it was quay, north-quay: at least 1,200 as of 2025 (wire-quay)"
        ),
    ),
    "the number of a figure": (
        CUT,
        "between: [1, 2]",
        "between: [1, 3]",
        (
            "23:49: error: a figure changed without a correction: "
            "it was hurt, upper-town: 1–2 as of 2 March 2025 since 1 March 2025 (wire-quay)"
        ),
    ),
    "the day of a figure": (
        CUT,
        "as_of: 2025-03-02",
        "as_of: 2025-03-03",
        (
            "23:64: error: a figure changed without a correction: "
            "it was hurt, upper-town: 1–2 as of 2 March 2025 since 1 March 2025 (wire-quay)"
        ),
    ),
    "who counted": (
        CUT,
        "said_by: harbour-master",
        "said_by: upper-town",
        (
            "22:111: error: a figure changed without a correction: "
            "it was hurt, total, sailors: 2 as of 1 March 2025 (harbour-master, gazette-quay)"
        ),
    ),
    "since when is counted": (
        CUT,
        ", since: 2025-03-01",
        "",
        (
            "23:5: error: a figure changed without a correction: "
            "it was hurt, upper-town: 1–2 as of 2 March 2025 since 1 March 2025 (wire-quay)"
        ),
    ),
    "a figure that is gone": (
        CUT,
        "  - {measure: quay, scope: north-quay, at_least: 1200, as_of: 2025, source: wire-quay}\n",
        "",
        (
            "22:3: error: a figure is gone without a correction: "
            "it was quay, north-quay: at least 1,200 as of 2025 (wire-quay)"
        ),
    ),
    "a figure in the place of another": (
        CUT,
        "{measure: quay, scope: north-quay, at_least: 1200, as_of: 2025,",
        "{measure: hurt, scope: lower-town, at_least: 1200, as_of: 2025,",
        (
            "22:3: error: a figure is gone without a correction: "
            "it was quay, north-quay: at least 1,200 as of 2025 (wire-quay)"
        ),
    ),
    "a figure beside a new one": (
        CUT,
        "  - {measure: hurt, scope: upper-town, between: [1, 2], ",
        (
            "  - {measure: hurt, scope: upper-town, value: 5, as_of: 2025-04-01, source: gazette-quay}\n"
            "  - {measure: hurt, scope: upper-town, between: [1, 3], "
        ),
        (
            "24:49: error: a figure changed without a correction: "
            "it was hurt, upper-town: 1–2 as of 2 March 2025 since 1 March 2025 (wire-quay)"
        ),
    ),
    "the words of a claim": (
        CUT,
        "says: It was the wind",
        "says: It was the rain",
        (
            "19:71: error: a claim changed without a correction: "
            "it was Fishermen at the market: “It was the wind” (wire-quay)"
        ),
    ),
    "who claims": (
        CUT,
        "by: Fishermen at the market",
        "by: Fishermen at the quay",
        (
            "19:40: error: a claim changed without a correction: "
            "it was Fishermen at the market: “It was the wind” (wire-quay)"
        ),
    ),
    "a denial that is none": (
        CUT,
        ", denies: true",
        "",
        (
            "18:5: error: a claim changed without a correction: "
            "it was harbour-master: “Nobody of the Lower Town was there” (in-place, a denial)"
        ),
    ),
    "a claim that is gone": (
        CUT,
        "  - {by: lower-town, says: The quay is ours, source: in-place}\n",
        "",
        "17:3: error: a claim is gone without a correction: it was lower-town: “The quay is ours” (in-place)",
    ),
    "the address of a source": (
        CUT,
        "url: https://log.example.org/ropes#top",
        "url: https://log.example.org/boats",
        (
            "14:10: error: the address of “What the harbour saw” changed without a correction: "
            "it was https://log.example.org/ropes#top"
        ),
    ),
}
"""The file, what stood there, what stands there now, and the error without its path."""

ADDITIONS = {
    "a headline in other words": (TALKS, "title: The towns talk", "title: The two towns talk"),
    "a headline with its number moved": (NUMBERED, "9 boats adrift, two sunk", "Two boats sunk, 9 and 3 adrift"),
    "a time": (NUMBERED, "kind: clash", "time: 04:00\nkind: clash"),
    "a summary": (QUIET, "kind: background", "summary: Nothing.\nkind: background"),
    "a source": (
        NUMBERED,
        "---\n\nBoats were adrift",
        "  - lost-leaflet\n---\n\nIt was told [@lost-leaflet].  Boats were adrift",
    ),
    "a claim": (NUMBERED, "\n---\n\n", "\nclaims:\n  - {by: lower-town, says: Ours, source: wire-quay}\n---\n\n"),
    "a second figure": (
        CUT,
        "figures:\n",
        "figures:\n  - {measure: hurt, scope: total, value: 3, as_of: 2025-03-02, source: wire-quay}\n",
    ),
    "who counted": (CUT, "as_of: 2025, source: wire-quay", "as_of: 2025, source: wire-quay, said_by: upper-town"),
    "a note on a figure": (CUT, "note: both from one boat", "note: Both were of one boat"),
    "a question": (CUT, "{by: lower-town, says", "{question: Whose is the quay?, by: lower-town, says"),
    "a full stop": (CUT, "says: It was the wind,", "says: It was the wind.,"),
    "another order": (
        CUT,
        "  - gazette-quay\n  - wire-quay\n",
        "  - wire-quay\n  - gazette-quay\n",
    ),
    "an archived copy": (CUT, "    language: km", "    language: km\n    archived: https://archive.example.org/log"),
    "the same address": (CUT, "https://log.example.org/ropes#top", "http://www.log.example.org/ropes/"),
    "the text": (TALKS, "The two towns talked for two days", "Both towns talked for two days"),
}


@pytest.fixture(autouse=True)
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden content in a repository of its own, published as the revision `v1`; the place where we are."""
    shutil.copytree(GOLDEN, tmp_path / "content")
    (tmp_path / NUMBERED).write_text(ADRIFT, "utf-8")
    begin(tmp_path)
    commit(tmp_path)
    git(tmp_path, "tag", "v1")
    monkeypatch.chdir(tmp_path)


def change(path: Path, old: str, new: str) -> None:
    """Write other words into a file, in the one place where the first are."""
    text = path.read_text("utf-8")
    assert 1 == text.count(old)
    path.write_text(text.replace(old, new), "utf-8")


def check(capsys: pytest.CaptureFixture[str], *options: str, against: str = "v1") -> tuple[int, str]:
    """The exit status of a check, and what it complains of."""
    status = main(["check", "--content", "content", "--against", against, "--today=2025-05-03", *options])
    return status, capsys.readouterr().err


def errors(report: str) -> list[str]:
    """The first line of each error of a report."""
    return re.findall(r"^\S+: error: .*$", report, re.MULTILINE)


def test_what_is_as_it_was_needs_no_correction(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing changed: nothing is told, and the last line says what was compared."""
    assert DONE == main(["check", "--content", "content", "--against", "v1"])
    assert ("6 entries checked against v1: no problems\n", "") == capsys.readouterr()


def test_a_change_is_told_with_a_line_to_paste(capsys: pytest.CaptureFixture[str]) -> None:
    """The report names the field, what it was, and the correction that is missing, dated by the newest entry."""
    change(TALKS, "date: 2025-03-04/2025-03-05", "date: 2025-03-04")

    status, report = check(capsys)

    assert CONTENT_ERRORS == status
    assert (
        "content/events/2025/2025-03-04-talks.md:3:7: error: the date changed without a correction: "
        "it was 4–5 March 2025\n"
        "  3 | date: 2025-03-04\n"
        "            ^^^^^^^^^^\n"
        "  hint: add under `corrections:` the line - "
        '{date: 2025-05-03, text: "The date was given as 4–5 March 2025; it is 4 March 2025."}\n'
        "1 error\n"
    ) == report


@pytest.mark.parametrize("where", CORRECTIONS, ids=CORRECTIONS.keys())
def test_a_pasted_line_is_all_that_is_needed(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The offered line, pasted as it is, makes the content whole, whatever the change was."""
    path, old, new, _ = CORRECTIONS[where]
    change(path, old, new)
    line = re.findall(r"the line (- \{.*\})$", check(capsys)[1], re.MULTILINE)[0]

    text = path.read_text("utf-8")
    if "corrections:\n" in text:
        change(path, "corrections:\n", f"corrections:\n  {line}\n")
    else:
        change(path, "\nkind:", f"\ncorrections:\n  {line}\nkind:")

    assert (DONE, "") == check(capsys)


def test_the_line_to_paste_is_not_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    """Readers will see it: both numbers stand in it, and what is opened is closed."""
    by = "the harbour office, as reported by a paper of the upper town whose name is rather long"
    change(CUT, "as_of: 2025, source: wire-quay", f'as_of: 2025, source: wire-quay, said_by: "{by}"')
    commit(Path())
    git(Path(), "tag", "v2")
    change(CUT, "at_least: 1200", "at_least: 1300")

    line = re.findall(r"the line (- \{.*\})$", check(capsys, against="v2")[1], re.MULTILINE)[0]

    assert 2 == line.count(f"({by}, wire-quay)")
    assert "1,200" in line
    assert "1,300" in line


@pytest.mark.parametrize("where", CORRECTIONS, ids=CORRECTIONS.keys())
def test_what_no_longer_stands_needs_a_correction(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each change that readers would call a correction is an error at its field, and the only one."""
    path, old, new, expected = CORRECTIONS[where]
    change(path, old, new)

    status, report = check(capsys)

    assert [f"{path.as_posix()}:{expected}"] == errors(report)
    assert CONTENT_ERRORS == status


@pytest.mark.parametrize(("path", "old", "new"), ADDITIONS.values(), ids=ADDITIONS.keys())
def test_what_is_added_or_worded_better_needs_none(
    path: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever read the entry before was told nothing wrong."""
    change(path, old, new)

    assert (DONE, "") == check(capsys)


def test_an_old_correction_excuses_no_new_change(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor does the old one in other words: a correction is a line more than there were."""
    change(CUT, "time: 04:00/06:30", "time: 05:00")
    change(CUT, "it is between 04:00 and 06:30", "it is 05:00")

    assert [f"{CUT}:4:7: error: the time changed without a correction: it was 04:00–06:30"] == errors(check(capsys)[1])


def test_a_source_under_another_id_is_the_same_source(capsys: pytest.CaptureFixture[str]) -> None:
    """Its address says so, in lists, claims and figures alike; readers see no difference."""
    for path in Path("content").rglob("*.*"):
        path.write_text(path.read_text("utf-8").replace("wire-quay", "wire-2025-03"), "utf-8")

    assert (DONE, "") == check(capsys)


def test_an_address_that_leads_elsewhere_concerns_each_entry_that_rests_on_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The error stands at the address, and names the entries that have no new correction."""
    change(GAZETTE, "https://wire.example.org/1", "https://wire.example.org/2")
    change(TALKS, "\nkind:", NEW_CORRECTION)

    report = check(capsys)[1]

    error = "the address of “[Ropes cut at quay]” changed without a correction: it was https://wire.example.org/1"
    assert [f"{GAZETTE}:18:8: error: {error}"] == errors(report)
    assert f"hint: in {CUT}, {NUMBERED}, {QUIET}: add under `corrections:` the line - {{date: " in report


def test_a_vanished_entry_is_told_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    """A published entry is withdrawn and never deleted."""
    AGAIN.unlink()

    status, report = check(capsys)

    assert CONTENT_ERRORS == status
    assert (
        "content/events/2025/2025-03-09-ropes-again.md:1:1: error: "
        "a published entry is gone, and its address leads nowhere\n"
        "  hint: bring it back with `git checkout v1 -- content/events/2025/2025-03-09-ropes-again.md`, "
        "and add withdrawn: {date: 2025-05-03, reason: …}\n"
        "1 error\n"
    ) == report


def test_a_withdrawn_entry_needs_no_correction_and_its_tombstone_stays(capsys: pytest.CaptureFixture[str]) -> None:
    """A withdrawal speaks for itself, also where the entry changed; the entry withdrawn before must be there still."""
    change(AGAIN, "\ntime: 23:10~", "\nwithdrawn: {date: 2025-05-02, reason: It was a dream.}")
    assert (DONE, "") == check(capsys)

    WITHDRAWN.unlink()

    report = check(capsys)[1]
    assert [f"{WITHDRAWN}:1:1: error: a published entry is gone, and its address leads nowhere"] == errors(report)
    assert f"hint: bring it back with `git checkout v1 -- {WITHDRAWN}`\n" in report


def test_a_published_entry_cannot_become_a_draft(capsys: pytest.CaptureFixture[str]) -> None:
    """That would take it from its readers without a word."""
    change(AGAIN, "\ntime: 23:10~", "\ntime: 22:00\ndraft: true")

    assert [f"{AGAIN}:5:8: error: a published entry cannot become a draft"] == errors(check(capsys)[1])


def test_a_draft_has_no_readers(capsys: pytest.CaptureFixture[str]) -> None:
    """It may change, be published, or go."""
    change(DRAFT, "date: 2025-06-01", "date: 2025-06-02")
    assert (DONE, "") == check(capsys)

    DRAFT.unlink()
    assert (DONE, "") == check(capsys)


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("title: Ropes are cut again", "title: The ropes are cut again", []),
        (
            "date: 2025-03-09",
            "date: 2025-03-08",
            ["3:7: error: the date changed without a correction: it was 9 March 2025"],
        ),
    ],
    ids=["by its date, kind and sources", "by its headline"],
)
def test_a_renamed_entry_needs_its_former_address(
    old: str, new: str, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is known again, compared as if it had its former name, and found again with the alias that is offered."""
    named = EVENTS / "2025-03-09-ropes-cut-again.md"
    AGAIN.rename(named)
    change(named, old, new)

    report = check(capsys)[1]

    lost = "2:8: error: the former address /events/2025-03-09-ropes-again/ of this entry leads nowhere"
    assert [f"{named}:{error}" for error in (lost, *more)] == errors(report)
    assert "  hint: add it: aliases: [/events/2025-03-09-ropes-again/]\n" in report
    change(named, "\nkind:", "\naliases: [/events/2025-03-09-ropes-again/]\nkind:")
    assert [f"{named}:{error}" for error in more] == errors(check(capsys)[1])


def test_a_former_address_is_kept_for_good(capsys: pytest.CaptureFixture[str]) -> None:
    """An alias that is taken away is a dead link somewhere."""
    change(CUT, "aliases: [/events/2025-03-01-old-name/]\n", "")

    assert [f"{CUT}:2:8: error: the former address /events/2025-03-01-old-name/ of this entry leads nowhere"] == errors(
        check(capsys)[1]
    )


def test_a_file_with_errors_is_not_gone(capsys: pytest.CaptureFixture[str]) -> None:
    """Its own errors are told, and nothing that follows from them."""
    change(AGAIN, "kind: clash", "kind: clash\nalias: none")

    assert [f"{AGAIN}:6:1: error: unknown field `alias`"] == errors(check(capsys)[1])


def test_an_entry_that_could_not_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """What was no entry by the rules of today is not compared, and not passed over in silence."""
    change(TALKS, "kind: talks", "knid: talks")
    commit(Path())
    change(TALKS, "knid: talks", "kind: talks")

    status, report = check(capsys, against="HEAD")

    assert DONE == status
    assert (
        f"{TALKS}:1:1: warning: as it was at `HEAD` this entry cannot be read, so it was not compared\n"
        f"  hint: see what `git diff HEAD -- {TALKS}` says\n1 warning\n"
    ) == report


def test_an_entry_that_cannot_be_read_still_is_told_of_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Its errors say enough."""
    change(TALKS, "kind: talks", "knid: talks")
    commit(Path())

    report = check(capsys, against="HEAD")[1]

    assert [f"{TALKS}:4:1: error: unknown field `knid`"] == errors(report)
    assert report.endswith("\n1 error\n")


def test_what_no_build_reads_is_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """A link, a picture, a file out of place: none was published, so none is missed."""
    link, notes, picture = EVENTS / "2025-07-01-link.md", EVENTS / "notes.txt", Path("content/images/quay.png")
    link.symlink_to(AGAIN.name)
    notes.write_text("To do", "utf-8")
    picture.parent.mkdir()
    picture.write_bytes(b"\x89PNG")
    commit(Path())
    for path in (link, notes, picture):
        path.unlink()

    assert (DONE, "") == check(capsys, against="HEAD")


def test_all_problems_are_told_in_one_order(capsys: pytest.CaptureFixture[str]) -> None:
    """By file and line, whether they are found in the content alone or by comparing."""
    change(QUIET, "[@wire-quay]", "")
    change(AGAIN, "time: 23:10~", "time: 22:10~")

    report = check(capsys)[1]

    assert [str(AGAIN), str(QUIET)] == list(dict.fromkeys(re.findall(r"^(content/\S+?):", report, re.MULTILINE)))


def test_only_the_files_that_are_named_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    """A path narrows this report as it does any other, also to a file that is gone."""
    change(TALKS, "date: 2025-03-04/2025-03-05", "date: 2025-03-04")
    change(AGAIN, "time: 23:10~", "time: 22:10")

    assert [f"{TALKS}:3:7"] == [error.split(": ")[0] for error in errors(check(capsys, str(TALKS))[1])]


@pytest.mark.parametrize("revision", ["v2", "", "-v1", "v1..v1", "v1:content", "v1 --help", "--since=2026-01-01"])
def test_an_unknown_revision_is_a_wrong_command_line(revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says so."""
    status = main(["check", "--content", "content", f"--against={revision}"])

    assert (USAGE, f"error: --against: git knows no revision `{revision}`\n") == (status, capsys.readouterr().err)


def test_a_revision_before_the_content_is_a_wrong_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to compare with is most likely a slip, and not a good result."""
    shutil.copytree("content", "other")

    status = main(["check", "--content", "other", "--against", "v1"])

    assert (USAGE, "error: --against: there is no content in other at `v1`\n") == (status, capsys.readouterr().err)


def test_a_revision_that_a_shallow_clone_lacks_is_to_be_fetched(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line says why a revision that exists is not known."""
    change(DRAFT, "Not ready", "Hardly ready")
    commit(tmp_path)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")

    assert (
        USAGE,
        "error: --against: git knows no revision `HEAD~1` in this shallow clone: fetch it first\n",
    ) == check(capsys, against="HEAD~1")


def test_a_clone_that_lacks_a_file_is_said_to_be_partial(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What a comparison needs is not fetched behind anybody's back."""
    blob = git(tmp_path, "rev-parse", f"v1:{TALKS}").strip()
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()

    assert (USAGE, f"error: --against: git lacks {blob}: this clone is partial\n") == check(capsys)


def test_a_folder_without_git_is_a_wrong_command_line(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says so, whether the folder is in no repository or git is not there."""
    monkeypatch.chdir(tmp_path_factory.mktemp("plain"))
    shutil.copytree(GOLDEN, "content")

    assert (USAGE, "error: --against: content is in no git repository\n") == check(capsys)
    monkeypatch.setenv("PATH", os.devnull)
    assert (USAGE, "error: --against: git is not installed\n") == check(capsys)


def test_a_hooks_repository_is_not_asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In a hook git sets where its own repository is; the content's is asked all the same."""
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")

    assert (DONE, "") == check(capsys)


def test_nothing_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A comparison leaves folder and repository as they were."""
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    check(capsys)

    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
