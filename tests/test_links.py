"""`build.py links`, as a maintainer uses it: against a site with everything that can go wrong."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from socket import gaierror
from typing import TYPE_CHECKING, Any

import pytest
from link_server import ARCHIVED, Site, link_site

from generator.commands.common import CONTENT_ERRORS, DONE, INTERRUPTED, USAGE
from generator.commands.line import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
BASE = ROOT / "tests/wrong/_base"
PATIENCE_S = 20
LIST = "content/sources/a.yml"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of its own for each test."""
    with link_site() as running:
        yield running


@dataclass
class Maintainer:
    """Runs `build.py links` on a folder of content whose sources have addresses of the site."""

    folder: Path
    site: Site
    capsys: pytest.CaptureFixture[str]

    def write(self, *paths: str, more: str = "") -> None:
        """Sources `s0`, `s1` … with these addresses."""
        rows = [
            f"- id: s{number}\n  title: A\n  publisher: B\n  url: {self.site.url(path)}\n{more}"
            for number, path in enumerate(paths)
        ]
        (self.folder / LIST).write_text("".join(rows), "utf-8")

    @property
    def options(self) -> list[str]:
        """What keeps a run on this machine, and quick."""
        return [
            *("links", "--content", "content", "--status", "links.json", "--allow-private", "--pause", "0"),
            *("--archive-url", self.site.url("/wayback/available")),
        ]

    def run(self, *options: str, today: str = "2026-11-24") -> tuple[int, str, str]:
        """The exit status, and what was said, with the site's port written PORT."""
        status = main([*self.options, "--today", today, *options])
        said = self.capsys.readouterr()
        out, err = (text.replace(f":{self.site.port}", ":PORT") for text in (said.out, said.err))
        return status, out, err

    @property
    def remembered(self) -> dict[str, Any]:
        """The status file."""
        status: dict[str, Any] = json.loads((self.folder / "links.json").read_bytes())
        return status


@pytest.fixture
def maintainer(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Maintainer:
    """Somebody in a folder with a small chronology without sources of its own."""
    (tmp_path / "content/sources").mkdir(parents=True)
    for name in ("site.yml", "vocabulary.yml"):
        (tmp_path / "content" / name).write_bytes((BASE / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    return Maintainer(tmp_path, site, capsys)


def test_what_is_wrong_is_told_where_it_is_written(maintainer: Maintainer) -> None:
    """Each address has its line, each that fails a warning, and the last line counts; nothing of it is an error."""
    maintainer.write("/ok", "/status/403", "/status/404", "/to//ok")
    maintainer.site.copies = {maintainer.site.url("/status/404")}

    status, out, err = maintainer.run()

    copy = f"{ARCHIVED}http://127.0.0.1:PORT/status/404"
    assert DONE == status
    assert sorted(out.splitlines()[:-1]) == [
        f"archived    http://127.0.0.1:PORT/status/404 -> {copy}",
        "blocked     http://127.0.0.1:PORT/status/403: answered 403 Forbidden",
        "failing     http://127.0.0.1:PORT/status/404: answered 404 Not Found",
        "no copy     of http://127.0.0.1:PORT/ok",
        "no copy     of http://127.0.0.1:PORT/status/403",
        "no copy     of http://127.0.0.1:PORT/to//ok",
        "ok          http://127.0.0.1:PORT/ok",
        "ok          http://127.0.0.1:PORT/to//ok -> http://127.0.0.1:PORT/ok",
    ]
    assert out.splitlines()[-1] == (
        "4 addresses: 2 ok (1 redirected), 1 blocked, 1 failing; 1 archived copy found, 3 looked for in vain"
    )
    assert err == (
        f"{LIST}:12:8: warning: `url` fails: answered 404 Not Found\n"
        "  12 |   url: http://127.0.0.1:PORT/status/404\n"
        f"              {'^' * len(maintainer.site.url('/status/404'))}\n"
        f"  hint: add `archived: {copy}`, or run this with --update\n"
        "1 warning\n"
    )


def test_who_asks_says_who_it_is(maintainer: Maintainer) -> None:
    """The agent names the site, so that who is asked can ask back."""
    maintainer.write("/ok")
    maintainer.run()

    assert {"chronology-link-check/1 (+https://harbour.example.org/)"} == maintainer.site.agents


def test_an_address_is_dead_after_a_week_and_not_before(maintainer: Maintainer) -> None:
    """The first failures are warnings; a week of them is a dead link, which fails a strict run alone."""
    maintainer.write("/ok", "/status/404")

    days = ("2026-11-01", "2026-11-07", "2026-11-08")
    runs = [maintainer.run("--strict", today=day) for day in days]

    assert [DONE, DONE, CONTENT_ERRORS] == [status for status, _, _ in runs]
    assert [f"2 addresses: 1 ok, 1 {what}" for what in ("failing", "failing", "dead")] == [
        out.splitlines()[-1].partition(";")[0] for _, out, _ in runs
    ]
    assert "warning: `url` is dead: answered 404 Not Found, first on 2026-11-01\n" in runs[2][2]
    assert DONE == maintainer.run(today="2026-11-09")[0]


def test_update_writes_back_what_was_found(maintainer: Maintainer) -> None:
    """The day for what is there, a copy for what has none; the content stays sound; a second run changes nothing."""
    maintainer.write("/ok", "/status/404", "/status/403")
    maintainer.site.copies = {maintainer.site.url("/ok"), maintainer.site.url("/status/404")}
    before = (maintainer.folder / LIST).read_text("utf-8")

    status, out, err = maintainer.run("--update")
    after = (maintainer.folder / LIST).read_text("utf-8")
    again = maintainer.run("--update")

    ok, dead = (maintainer.site.url(path) for path in ("/ok", "/status/404"))
    assert DONE == status
    assert after == before.replace(
        f"  url: {ok}\n", f"  url: {ok}\n  accessed: 2026-11-24\n  archived: {ARCHIVED}{ok}\n"
    ).replace(f"  url: {dead}\n", f"  url: {dead}\n  archived: {ARCHIVED}{dead}\n")
    assert out.endswith("; 2 archived copies found, 1 looked for in vain; 1 file changed\n")
    assert f"{LIST}:10:8: warning" in err
    assert "  hint: readers have the archived copy; see whether the page has moved\n" in err
    assert again[1].endswith("; 0 archived copies found, 1 looked for in vain; 0 files changed\n")
    assert after == (maintainer.folder / LIST).read_text("utf-8")
    assert DONE == main(["check", "--content", "content"])


def test_an_archived_copy_that_is_written_is_not_exchanged(maintainer: Maintainer) -> None:
    """Who has chosen a copy keeps it, whatever was found before, and the archive is not asked."""
    maintainer.write("/ok")
    maintainer.site.copies = {maintainer.site.url("/ok")}
    maintainer.run()
    maintainer.write("/ok", more="  archived: https://archive.example.org/mine\n")
    maintainer.run("--update")
    (maintainer.folder / "links.json").unlink()
    maintainer.site.asked.clear()
    maintainer.run("--update")

    assert "  archived: https://archive.example.org/mine\n" in (maintainer.folder / LIST).read_text("utf-8")
    assert ["HEAD /ok"] == maintainer.site.paths


def test_without_update_the_content_stays_as_it_is(maintainer: Maintainer) -> None:
    """A copy that was found is remembered, and written when it is asked for, without another look."""
    maintainer.write("/ok")
    maintainer.site.copies = {maintainer.site.url("/ok")}
    before = (maintainer.folder / LIST).read_text("utf-8")
    maintainer.run()
    assert before == (maintainer.folder / LIST).read_text("utf-8")

    maintainer.site.asked.clear()
    maintainer.run("--update")

    assert f"  archived: {ARCHIVED}" in (maintainer.folder / LIST).read_text("utf-8")
    assert ["HEAD /ok"] == maintainer.site.paths


def test_the_archive_is_asked_for_the_time_when_the_source_was_seen(maintainer: Maintainer) -> None:
    """A copy from then shows what was cited."""
    maintainer.write("/ok", more="  published: 2025-03\n")
    maintainer.run()

    assert "&timestamp=20250331" in maintainer.site.paths[1] + maintainer.site.paths[0]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"garbage", "does not answer the question"),
        (b'{"archived_snapshots": []}', "does not answer the question"),
        (b"[" * 100_000, "does not answer the question"),
        (
            b'{"archived_snapshots": {"closest": {"available": true, "status": "200", "url": "http://a.b/ c: d"}}}',
            "gives an address that is none",
        ),
    ],
    ids=["no JSON", "another form", "too deep", "no address"],
)
def test_an_archive_that_answers_nonsense_is_told(maintainer: Maintainer, answer: bytes, told: str) -> None:
    """Nothing of it gets into the content."""
    maintainer.write("/ok")
    maintainer.site.archive_answer = answer

    status, out, _ = maintainer.run("--update")

    assert DONE == status
    assert f"1 address: 1 ok; no answer of the archive for 1 ({told}); 1 file changed\n" in out
    assert "archived" not in (maintainer.folder / LIST).read_text("utf-8")


def test_only_good_copies_count(maintainer: Maintainer) -> None:
    """A copy of an error page is none."""
    maintainer.write("/ok")
    maintainer.site.archive_answer = (
        b'{"archived_snapshots": {"closest": {"available": true, "status": "404", "url": "http://a.b/"}}}'
    )

    assert maintainer.run()[1].endswith("1 address: 1 ok; 0 archived copies found, 1 looked for in vain\n")


def test_private_addresses_are_refused_unless_allowed(maintainer: Maintainer) -> None:
    """Without --allow-private nothing is asked of this machine, and it is no dead link."""
    maintainer.write("/ok")
    options = [option for option in maintainer.options if option != "--allow-private"]

    assert DONE == main([*options, "--today", "2026-11-24", "--strict"])

    said = maintainer.capsys.readouterr()
    assert [] == maintainer.site.asked
    assert "1 address: 1 not public; no answer of the archive for 1 (127.0.0.1 is not a public address)\n" in said.out
    assert "warning: `url` was not asked: 127.0.0.1 is not a public address\n" in said.err


def test_only_new_addresses_can_be_asked_for(maintainer: Maintainer) -> None:
    """What has been checked before is left out."""
    maintainer.write("/ok/0")
    maintainer.run()
    maintainer.write("/ok/0", "/ok/1")
    maintainer.site.asked.clear()

    assert maintainer.run("--only-new")[1].endswith("1 address: 1 ok; 0 archived copies found, 1 looked for in vain\n")
    assert "HEAD /ok/1" in maintainer.site.paths
    assert "HEAD /ok/0" not in maintainer.site.paths
    assert (DONE, "0 addresses: none checked\n", "") == maintainer.run("--only-new")


def test_a_limit_goes_round(maintainer: Maintainer) -> None:
    """First those never checked, then those whose check is longest ago: a few each day reach them all."""
    maintainer.write("/ok/0", "/ok/1", "/ok/2")

    for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
        maintainer.run("--limit", "2", today=day)

    heads = [path for path in maintainer.site.paths if path.startswith("HEAD")]
    assert [f"HEAD /ok/{number}" for number in (0, 1, 2, 0, 1, 0)] == heads


def test_programmes_get_json(maintainer: Maintainer) -> None:
    """One row for each address with all that is known, and nothing else."""
    maintainer.write("/permanently//ok", "/status/404")
    maintainer.site.copies = {maintainer.site.url("/status/404")}

    _, out, err = maintainer.run("--format", "json")

    assert "" == err
    assert json.loads(out) == [
        {
            "source": "s0",
            "path": LIST,
            "line": 4,
            "url": "http://127.0.0.1:PORT/permanently//ok",
            "verdict": "ok",
            "archived": "",
            "reason": "answered 200 OK",
            "checked": "2026-11-24",
            "seen": "2026-11-24",
            "first_failure": "",
            "last_failure": "",
            "moved_to": "http://127.0.0.1:PORT/ok",
        },
        {
            "source": "s1",
            "path": LIST,
            "line": 8,
            "url": "http://127.0.0.1:PORT/status/404",
            "verdict": "failing",
            "archived": f"{ARCHIVED}http://127.0.0.1:PORT/status/404",
            "reason": "answered 404 Not Found",
            "checked": "2026-11-24",
            "seen": "",
            "first_failure": "2026-11-24",
            "last_failure": "2026-11-24",
            "moved_to": "",
        },
    ]


def test_a_garbled_status_file_is_told(maintainer: Maintainer) -> None:
    """The run goes on, and the file is sound afterwards."""
    maintainer.write("/ok")
    (maintainer.folder / "links.json").write_text("{", "utf-8")

    status, _, err = maintainer.run()

    assert DONE == status
    assert err.startswith("links.json:1:1: warning: this is not a file of link results, and it is begun anew\n")
    assert [maintainer.site.url("/ok")] == list(maintainer.remembered["results"])


def test_a_status_file_that_cannot_be_used_is_said_in_a_line(maintainer: Maintainer) -> None:
    """A folder in its place stops the run before anything is asked."""
    maintainer.write("/ok")
    (maintainer.folder / "links.json").mkdir()

    assert (CONTENT_ERRORS, "", "error: links.json: Is a directory\n") == maintainer.run()
    assert [] == maintainer.site.asked


def test_a_machine_that_is_off_line_says_nothing_of_the_links(
    maintainer: Maintainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When no host at all is found, no address is counted as failing."""

    def nowhere(*_: object) -> tuple[str, ...]:
        raise gaierror

    monkeypatch.setattr("generator.commands.links.all_addresses", nowhere)
    row = "- {id: a, title: A, publisher: B, url: 'https://no-such-host.invalid/'}\n"
    (maintainer.folder / LIST).write_text(row, "utf-8")

    archive = ("--archive-url", "https://no-such-archive.invalid/")
    status, out, err = maintainer.run(*archive)

    assert DONE == status
    assert err == (
        "warning: no host could be found, so nothing is remembered\n  hint: see whether this machine is on line\n"
    )
    assert "0 addresses: none checked" in out.splitlines()[-1]
    assert {"version": 1, "results": {}, "copies": {}} == maintainer.remembered
    assert CONTENT_ERRORS == maintainer.run(*archive, "--strict")[0]
    assert "[]\n" == maintainer.run(*archive, "--format", "json")[1]


def test_content_with_errors_is_not_checked(maintainer: Maintainer) -> None:
    """What is wrong is told as `check` tells it."""
    maintainer.write("/ok", more="  knid: news\n")

    status, _, err = maintainer.run()

    assert CONTENT_ERRORS == status
    assert "unknown field `knid`" in err
    assert [] == maintainer.site.asked


@pytest.mark.parametrize(
    "options",
    [("--limit", "0"), ("--archive-url", "archive.org"), ("--format", "xml"), ("--nothing",), ("ADDRESS",)],
    ids=" ".join,
)
def test_a_wrong_command_line_is_refused(options: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and a line that says why."""
    with pytest.raises(SystemExit) as stop:
        main(["links", *options])

    assert USAGE == stop.value.code
    assert re.search(r"^build\.py(?: links)?: error: .+", capsys.readouterr().err, re.MULTILINE)


def test_ctrl_c_keeps_what_is_known_so_far(maintainer: Maintainer) -> None:
    """An interrupt ends it at once, with status 130 and without a traceback; what has been answered is remembered."""
    maintainer.write("/ok", "/silence")
    command = [sys.executable, str(ROOT / "build.py"), *maintainer.options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        while f"ok          {maintainer.site.url('/ok')}" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE_S)

    assert INTERRUPTED == process.returncode
    assert "interrupted\n" == err
    assert [maintainer.site.url("/ok")] == list(maintainer.remembered["results"])


def test_a_terminal_sees_how_far_it_has_come(maintainer: Maintainer) -> None:
    """One line that is written over, then the report and the count."""
    maintainer.write("/ok")
    ours, its = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), *maintainer.options]
    done = subprocess.run(command, stdout=its, stderr=its, check=False)
    os.close(its)
    written = b""
    with suppress(OSError):  # what a terminal gives when nobody holds its other end, and all has been read
        while data := os.read(ours, 10_000):
            written += data
    seen = written.decode()
    os.close(ours)

    assert DONE == done.returncode
    steps = "".join(f"\r{number} of 2 answers\x1b[K" for number in range(3))
    assert f"{steps}\r\x1b[K1 address: 1 ok; 0 archived copies found, 1 looked for in vain\r\n" == seen


def test_the_readmes_options_are_those_of_the_command() -> None:
    """Each option that the README's row names, the command has; and the other way round."""
    row = next(line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "`build.py links`" in line)
    command = [sys.executable, "build.py", "links", "--help"]
    help_text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert set(re.findall(r"--[a-z-]+", help_text)) - {"--help"} == set(re.findall(r"--[a-z-]+", row))
