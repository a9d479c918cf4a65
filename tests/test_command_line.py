"""The command line, as a contributor meets it: what is said, where, and with which exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from golden_files import read_tree

from generator.commands.line import COMMANDS, main

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "wrong" / "_base"
SLIPS = """\
---
title: Talks in the harbour
date: 2025-07-25
kind: tlaks
plase: harbour
sources: [gazette-talks]
---

They talked [@gazette-talks]. Then they ate.
"""
LONG = 300 * "a"
"""A longer name than a file may have."""
SLIPS_AT = "content/events/2025-07-25-talks.md"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small content folder without a fault, in the folder where the command is run."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, tmp_path / "content")
    return Path("content")


@pytest.fixture
def slips(content: Path) -> Path:
    """An entry with a misspelt field, a misspelt id and a sentence without a citation."""
    path = Path(SLIPS_AT)
    assert path.is_relative_to(content)
    path.write_text(SLIPS, "utf-8")
    return path


def run(*words: str) -> int:
    """The exit status of a command on the folder `content`."""
    return main([*words, "--content", "content"])


def usage_error(*words: str) -> int:
    """The exit status of a command line that is refused."""
    with pytest.raises(SystemExit) as caught:
        main(list(words))
    assert isinstance(caught.value.code, int)
    return caught.value.code


@pytest.mark.usefixtures("content")
def test_a_build_says_in_one_line_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    """Entries, sources, files, seconds on standard output; nothing on standard error."""
    assert 0 == run("build", "--out", "public", "--jobs", "1")

    out, err = capsys.readouterr()
    files = len(read_tree(Path("public")))
    assert "" == err
    assert out.startswith(f"1 entry, 2 sources -> {files} files in public ({files} written, 0 unchanged) in ")
    assert 1 == out.count("\n")


@pytest.mark.usefixtures("content")
def test_without_a_command_it_builds(capsys: pytest.CaptureFixture[str]) -> None:
    """Options alone are those of build."""
    assert 0 == main(["--content", "content", "--out", "public", "--jobs", "1"])

    assert "files in public (" in capsys.readouterr().out
    assert Path("public/index.html").is_file()


@pytest.mark.usefixtures("content", "slips")
def test_nothing_is_published_when_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """All problems on standard error, then how many, then that the folder is as it was; exit status 1."""
    Path("public").mkdir()

    assert 1 == run("build", "--out", "public")

    out, err = capsys.readouterr()
    assert "" == out
    assert [
        f"{SLIPS_AT}:4:7: error: unknown kind `tlaks`",
        f"{SLIPS_AT}:5:1: error: unknown field `plase`",
    ] == [line for line in err.splitlines() if line.startswith("content/")]
    assert ["2 errors", "nothing was published: public is as it was"] == err.splitlines()[-2:]
    assert {} == read_tree(Path("public"))


@pytest.mark.usefixtures("slips")
def test_the_site_of_last_time_stays(capsys: pytest.CaptureFixture[str]) -> None:
    """When an entry breaks after a build, the published site is not touched."""
    Path(SLIPS_AT).rename("aside.md")
    run("build", "--out", "public", "--jobs", "1")
    before = read_tree(Path("public"))
    Path("aside.md").rename(SLIPS_AT)

    assert 1 == run("build", "--out", "public", "--jobs", "1")

    assert before == read_tree(Path("public"))
    assert capsys.readouterr().err.endswith("nothing was published: public is as it was\n")


@pytest.mark.usefixtures("content")
def test_a_folder_that_is_not_ours_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the reason and a remedy; exit status 1."""
    Path("public").mkdir()
    Path("public/notes.txt").write_text("mine")

    assert 1 == run("build", "--out", "public", "--jobs", "1")

    error, hint = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ")
    assert error.endswith("/public holds 1 file that no build has made: notes.txt")
    assert "  hint: move them away, or give an empty folder with --out DIR" == hint


@pytest.mark.usefixtures("slips")
def test_warnings_stop_only_a_strict_build(capsys: pytest.CaptureFixture[str]) -> None:
    """A warning is told and the site is published; with --strict it is not."""
    Path(SLIPS_AT).write_text(SLIPS.replace("tlaks", "talks").replace("plase: harbour\n", ""), "utf-8")

    assert [0, 1] == [run("build", "--out", "public", "--jobs", "1", *strict) for strict in ([], ["--strict"])]

    assert 2 == capsys.readouterr().err.count("1 warning\n")
    assert [0, 1] == [run("check"), run("check", "--strict")]


@pytest.mark.usefixtures("content")
def test_a_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output, with the number of entries; nothing is written."""
    before = read_tree(Path())

    assert 0 == run("check")

    assert ("1 entry checked: no problems\n", "") == capsys.readouterr()
    assert before == read_tree(Path())


def test_a_check_of_one_file_tells_of_it_alone(slips: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Problems elsewhere are passed over; a folder stands for all in it.

    A path that is not there is wrong usage; so is one beside the content, of which nothing has been checked.
    """
    Path("content/places.yml").write_text("- {id: harbour}\n", "utf-8")
    Path("notes.md").write_text("An entry that lies beside the content.\n", "utf-8")

    assert [1, 1, 0, 2, 2] == [
        run("check", str(slips)),
        run("check", "content/events"),
        run("check", "content/actors.yml"),
        run("check", "content/events/nothing.md"),
        run("check", "notes.md"),
    ]

    out, err = capsys.readouterr()
    assert "places.yml" not in err
    assert 2 == err.count("2 errors\n")
    assert "error: there is no file content/events/nothing.md\n" in err
    assert err.endswith(
        "error: notes.md is not in the content folder content\n  hint: say with --content DIR which folder it is of\n"
    )
    assert "1 file checked: no problems\n" == out


@pytest.mark.usefixtures("slips")
def test_problems_can_be_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, on standard output: one object a problem."""
    assert 1 == run("check", "--format", "json")

    out, err = capsys.readouterr()
    assert "" == err
    kind, field = json.loads(out)
    assert {
        "path": SLIPS_AT,
        "line": 4,
        "column": 7,
        "length": 5,
        "severity": "error",
        "message": "unknown kind `tlaks`",
        "hint": "did you mean `talks`?",
    } == kind
    assert [5, 1, 5] == [field["line"], field["column"], field["length"]]


@pytest.mark.usefixtures("content")
def test_without_problems_json_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    """So that a program need not look at the exit status."""
    assert 0 == run("check", "--format", "json")

    assert [] == json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("slips")
def test_problems_can_be_told_to_a_pull_request(capsys: pytest.CaptureFixture[str]) -> None:
    """As workflow commands: line ends, and `:` and `,` of a path, are escaped."""
    Path("content/p:l,aces.yml").write_text("", "utf-8")

    assert 1 == run("check", "--format", "github")

    out, err = capsys.readouterr()
    place = "::error file=content/p%3Al%2Caces.yml"
    assert "" == err
    assert [
        f"{place},line=1,col=1,endColumn=2::the content has no file `p:l,aces.yml`%0Ahint: did you mean `places.yml`?",
        f"::error file={SLIPS_AT},line=4,col=7,endColumn=12::unknown kind `tlaks`%0Ahint: did you mean `talks`?",
        f"::error file={SLIPS_AT},line=5,col=1,endColumn=6::unknown field `plase`%0Ahint: did you mean `places`?",
    ] == sorted(out.splitlines(), key=lambda line: SLIPS_AT in line)


@pytest.mark.usefixtures("content")
def test_the_name_of_a_file_is_no_command_to_a_workflow(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever opens a pull request chooses it, line ends and all."""
    Path("content/x\n::stop-commands::x\r\n.md").write_text("", "utf-8")

    assert 1 == run("check", "--format", "github")

    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=content/x%0A%3A%3Astop-commands%3A%3Ax%0D%0A.md,line=1,col=1,endColumn=2::")


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    "title", ["Talks resume", "Talks: a “second” #1 - 'try'", "24 boats @ the quay", "ការចរចា", "no"]
)
@pytest.mark.parametrize("date", ["2025-12-24", "2025-07~", "2025-07-24/2025-07-28", "19XX"])
def test_a_new_entry_passes_the_check(title: str, date: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever its title and date: the file that `new` writes has no problem but those of a strict eye."""
    assert 0 == run("new", title, "--date", date, "--kind", "talks")

    path = Path(capsys.readouterr().out.strip())
    assert 0 == run("check")
    assert ("2 entries checked: no problems\n", "") == capsys.readouterr()
    assert path.is_relative_to(f"content/events/{date[:4].replace('X', '0')}")
    assert "draft: true" in path.read_text("utf-8")


@pytest.mark.usefixtures("content")
def test_a_new_entry_takes_no_other_entrys_name(capsys: pytest.CaptureFixture[str]) -> None:
    """The second of the same day and title gets a number; the first stays as it is."""
    for _ in range(2):
        run("new", "Talks resume", "--date", "2025-12-24", "--kind", "talks")

    assert [
        "content/events/2025/2025-12-24-talks-resume.md",
        "content/events/2025/2025-12-24-talks-resume-2.md",
    ] == capsys.readouterr().out.split()
    assert 0 == run("check")


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("date", "kind", "told"),
    [
        (
            "24 July 2025",
            "talks",
            "error: --date: it is not an EDTF date: 24 July 2025\n  hint: did you mean 2025-07-24?\n",
        ),
        ("2025-07-24", "talk", "error: --kind: there is no kind `talk`\n  hint: did you mean `talks`?\n"),
        ("2025-07-24", "war", "error: --kind: there is no kind `war`\n  hint: choose one of clash, talks\n"),
    ],
)
def test_new_refuses_what_no_entry_may_have(
    date: str, kind: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong date or kind is wrong usage, with a hint; no file is written."""
    before = read_tree(Path())

    assert 2 == run("new", "Talks resume", "--date", date, "--kind", kind)

    assert ("", told) == capsys.readouterr()
    assert before == read_tree(Path())


@pytest.mark.usefixtures("content")
def test_new_needs_a_vocabulary(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the kinds cannot be read, it says how to learn why."""
    Path("content/vocabulary.yml").write_text("kinds: [", "utf-8")

    assert 1 == run("new", "Talks resume", "--date", "2025-07-24", "--kind", "talks")

    assert (
        "error: content/vocabulary.yml cannot be read\n"
        "  hint: run `build.py check --content content`, it tells why\n" == capsys.readouterr().err
    )


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("command", ["build", "check", "check --against=HEAD", "links", "new", "serve"])
def test_a_missing_content_folder_is_told(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By every command, with the option that names another; it is the command line that is wrong."""
    assert 2 == main([*command.split(), "--content", "contents"])

    told = "error: there is no folder contents\n  hint: give that of the content with --content DIR\n"
    assert ("", told) == capsys.readouterr()


@pytest.mark.parametrize(
    "words",
    [
        ["biuld"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--base-url", "example.org"],
        ["--no-such-option"],
        ["check", "--format", "xml"],
        ["serve", "--port", "70000"],
        ["new"],
        ["new", "Talks"],
        ["build", "content"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, with the usage and the reason on standard error, before anything is done."""
    assert 2 == usage_error(*words)

    out, err = capsys.readouterr()
    assert "" == out
    assert err.startswith("usage: build.py")
    assert "error: " in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("address", "wrong"),
    {
        "https://": "names no host",
        "https://x.org/?q=1": "ends in what is no folder",
        "https://x.org/#f": "ends in what is no folder",
        "https://x.org/a b/": "has a folder with characters that need escaping",
        "https://x.org:99999/": "is not a web address",
        "https://user:pw@x.org/": "names a user",
        "https://x.org\n": "is not a web address",
    }.items(),
)
def test_an_address_that_cannot_be_a_site_s_is_refused(
    address: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the rule for site.yml, before anything is done."""
    assert 2 == usage_error("build", "--base-url", address)

    expected = f"argument --base-url: {address} {wrong}: write host and folder alone, as https://example.org/\n"
    assert capsys.readouterr().err.endswith(expected)


def test_help_tells_the_commands_and_the_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 0; each command, and each of its options, has a line."""
    assert 0 == usage_error("--help")

    text = " ".join(capsys.readouterr().out.split())
    assert "Without a command it builds." in text
    assert "Exit status: 0 done, 1 errors in the content, 2 wrong command line, 130 interrupted." in text
    assert [] == [command for command in COMMANDS if f" {command} " not in text]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_a_help_line(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Two spaces or a line end stand between an option and what it does."""
    assert 0 == usage_error(command, "--help")

    _, _, options = capsys.readouterr().out.partition("\noptions:\n")
    bare = [line for line in options.splitlines() if line.startswith("  -")]
    helped = [line for line in options.splitlines() if line.startswith("    ") or "  " in line.strip()]
    assert bare
    assert len(bare) <= len(helped)


@pytest.mark.usefixtures("content")
def test_an_interruption_has_a_status_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control-C is answered with one word and 130, not with a traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.commands.check.load_site", interrupted)

    assert 130 == run("check")

    assert ("", "interrupted\n") == capsys.readouterr()


@pytest.mark.usefixtures("slips")
def test_the_programme_exits_with_the_status() -> None:
    """As a shell sees it, from another folder than its own."""
    command = [sys.executable, str(ROOT / "build.py"), "check", "--content"]

    done = [
        subprocess.run([*command, folder], capture_output=True, text=True, encoding="utf-8", check=False)
        for folder in (str(BASE), "content")
    ]

    assert [0, 1] == [process.returncode for process in done]
    assert ["1 entry checked: no problems\n", ""] == [process.stdout for process in done]
    assert "2 errors" == done[1].stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("", "at most 120"),
        ("   ", "at most 120"),
        ("x" * 121, "at most 120"),
        ("Talks \u202eresume", "a character that cannot be seen: right-to-left override"),
        ("Caf\udce9 talks", "a byte that is no text in UTF-8"),
    ],
)
def test_new_refuses_a_title_that_check_would_refuse(
    title: str, told: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty headline, one over 120 characters, what cannot be seen: told before anything is written."""
    before = sorted(content.rglob("*"))

    assert 2 == run("new", title, "--date", "2025-07-25", "--kind", "talks")
    assert told in capsys.readouterr().err
    assert before == sorted(content.rglob("*"))


@pytest.mark.usefixtures("content")
def test_the_work_list_is_told_as_text_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """`check --report` lists where the record is thin, with counts by month; as JSON it is one document."""
    assert 0 == run("check", "--report")
    text = capsys.readouterr().out
    assert text.startswith(
        "Entries that rest on one origin: 1\n  by month: July 2025 1\n  2025-07-24-fight  The Gazette"
    )

    assert 0 == run("check", "--report", "--format", "json")
    tasks = json.loads(capsys.readouterr().out)
    expected = ["one-origin", "one-sided", "one-answer", "untied", "uncited", "no-archive", "unused"]
    assert expected == [task["id"] for task in tasks]
    assert ["2025-07-24-fight"] == [item["id"] for item in tasks[0]["items"]]


@pytest.mark.usefixtures("slips")
def test_with_errors_there_is_no_work_list(capsys: pytest.CaptureFixture[str]) -> None:
    """The problems are told then, also as JSON."""
    assert 1 == run("check", "--report", "--format", "json")

    assert {"error", "warning"} >= {problem["severity"] for problem in json.loads(capsys.readouterr().out)}


def test_a_reader_who_has_had_enough_gets_no_traceback() -> None:
    """`build.py check --report | head -1` ends quietly."""
    command = f"{sys.executable} build.py check --report 2>&1 | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)

    assert 1 == len(done.stdout.splitlines())
    assert "" == done.stderr


FULL = Path("/dev/full")


def at_shell(command: str) -> subprocess.CompletedProcess[str]:
    """A command of a shell; `$build` is ours, and writes as it does where nobody has asked otherwise."""
    script = f'build="{sys.executable} build.py"; {command}'
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}
    return subprocess.run(["bash", "-c", script], cwd=ROOT, env=buffered, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_who_closed_a_stream_gets_a_site_all_the_same(closed: str, tmp_path: Path) -> None:
    """As some schedulers do; the status says what came of it."""
    build = f"$build --content {BASE} --out {tmp_path}/public --no-cache"

    good = at_shell(f"exec 9>{tmp_path}/status; {build} {closed}; echo $? >&9")
    wrong = at_shell(f"exec 9>{tmp_path}/wrong; $build check --content {tmp_path}/none {closed}; echo $? >&9")

    assert "Traceback" not in good.stderr + wrong.stderr
    assert "0" == (tmp_path / "status").read_text().strip()
    assert "2" == (tmp_path / "wrong").read_text().strip()
    assert (tmp_path / "public/index.html").is_file()


@pytest.mark.skipif(not FULL.exists(), reason="only some systems have a device that is always full")
def test_a_report_that_cannot_be_written_is_no_success() -> None:
    """The reason is told, without a traceback."""
    done = at_shell(f"$build check --report --content {BASE} >{FULL}")

    assert 1 == done.returncode
    assert "error: standard output cannot be written: No space left on device\n" == done.stderr


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (f"$build check --content {BASE}", 0),
        ("$build check --content tests", 1),
        ("$build frobnicate", 2),
        ("$build check --report", 0),
    ],
)
def test_all_that_is_said_arrives(command: str, status: int, tmp_path: Path) -> None:
    """In a pipe and in a file, and with the same status."""
    piped = at_shell(f"{command} 2>&1 | cat; exit ${{PIPESTATUS[0]}}")
    filed = at_shell(f"{command} >{tmp_path}/said 2>&1")

    assert (status, status) == (piped.returncode, filed.returncode)
    assert piped.stdout
    assert piped.stdout == (tmp_path / "said").read_text("utf-8")


def test_who_has_seen_enough_of_the_help_gets_no_traceback() -> None:
    """Nor another status than who reads it all."""
    done = at_shell("$build build --help | true; exit ${PIPESTATUS[0]}")

    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize("words", ["--help", "build --help"])
def test_help_that_cannot_be_written_is_told(words: str) -> None:
    """A disk that is full: no traceback, and a status that says so."""
    done = at_shell(f"$build {words} > /dev/full")

    assert 1 == done.returncode
    assert "error: standard output cannot be read or written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (1, ["check", "--content", LONG]),
        (1, ["check", "--content", "content", LONG]),
        (1, ["new", "--site", LONG]),
        (2, ["build", "--out", "loop", "--no-search", "--no-cards"]),
        (2, ["build", "--content", "loop", "--no-search", "--no-cards"]),
    ],
    ids=["content", "a file", "a new chronology", "where links lead in a circle", "content in a circle"],
)
def test_a_folder_that_cannot_be_is_told(
    status: int, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words, and with a remedy."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, "content")
    Path("loop").symlink_to("loop")

    assert status == main(words)

    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert "  hint: " in told


def test_a_python_without_the_libraries_is_told_which_to_run() -> None:
    """Somebody who types `python build.py` and not `.venv/bin/python build.py` meets no traceback."""
    bare = [sys.executable, "-S", "build.py"]  # without what is installed beside it

    for command in ("build", "check", "serve", "new", "links"):
        done = subprocess.run([*bare, command], cwd=ROOT, capture_output=True, text=True, check=False)

        error, hint = done.stderr.splitlines()
        assert error.startswith("error: this Python has no ")
        assert "  hint: run .venv/bin/python build.py, which `make site` sets up" == hint
        assert 2 == done.returncode
