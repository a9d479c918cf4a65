"""`build.py new`: an entry begun from a few words, a page on the web, answers on a terminal; another chronology."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from link_server import ARCHIVED, Site, link_site

from generator.commands.common import CONTENT_ERRORS, DONE, INTERRUPTED, USAGE
from generator.commands.line import main
from generator.reading import fields
from generator.reading.schema import Table
from generator.record import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
BASE = ROOT / "tests/wrong/_base"
STARTER = ROOT / "starter/content"
PATIENCE_S = 20
AGAIN_S = 0.5
TAKE_THE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)
"""Then Control-C is a signal, as for anybody who sits at one."""
ARTICLE = b"""<!doctype html><html lang="en-GB"><head><title>Talks begin: "a start" | The Wire</title>
<meta property="og:site_name" content="The Wire"><meta property="article:published_time" content="2025-12-24T10:00Z">
</head><body></body></html>"""


@pytest.fixture
def web() -> Iterator[Site]:
    """A site with an article, and an archive."""
    with link_site() as running:
        running.articles = {
            "talks": ("text/html; charset=utf-8", ARTICLE),
            "bare": ("text/html", b"<html><p>Nothing is said of it."),
            "paper": ("application/pdf", b"%PDF-1.7"),
        }
        yield running


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small content folder without a fault, in the folder where the command is run."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, tmp_path / "content")
    return Path("content")


def new(*words: str, web: Site | None = None) -> int:
    """The exit status of `new`; with `web`, its pages and its archive may be asked."""
    network = ["--allow-private", "--archive-url", web.url("/wayback/available")] if web else []
    return main(["new", *words, "--content", "content", "--today", "2026-11-26", *network])


def test_an_entry_that_cannot_be_written_is_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Something is in its folder's place."""
    (content / "events/2025").write_bytes(b"")

    assert CONTENT_ERRORS == talks()

    assert capsys.readouterr().err.startswith(
        "error: content/events/2025/2025-12-24-talks-open.md cannot be written: File exists\n"
    )


def without_room(*words: str) -> subprocess.CompletedProcess[str]:
    """What becomes of `new` where no file may have a single byte, as on a disk that is full."""
    command = ["bash", "-c", 'ulimit -f 0; exec "$0" -B "$@"', sys.executable, str(ROOT / "build.py"), "new", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_where_there_is_no_room_nothing_is_left(content: Path) -> None:
    """An empty file would be a fault of the content from then on, and half a chronology in the way of a whole one."""
    before = sorted(content.rglob("*.*"))

    entry = without_room("Talks open", "--date", "2025-12-24", "--kind", "talks", "--content", str(content))
    site = without_room("--site", "mill")

    assert (CONTENT_ERRORS, USAGE) == (entry.returncode, site.returncode)
    assert "2025-12-24-talks-open.md cannot be written: File too large\n" in entry.stderr
    assert "mill/content cannot be written: " in site.stderr
    assert "File too large" in site.stderr
    assert before == sorted(content.rglob("*.*"))
    assert [] == [*Path("mill").rglob("*")]


def talks(*words: str, web: Site | None = None) -> int:
    """The same, of talks on 24 December 2025."""
    return new("Talks open", "--date", "2025-12-24", "--kind", "talks", *words, web=web)


def front_matter(path: str) -> list[str]:
    """The lines of an entry that say something, without their comments."""
    lines = Path(path).read_text("utf-8").split("---\n")[1].splitlines()
    return [bare for line in lines if (bare := re.sub(r"\s+# .*|^\s*#.*", "", line))]


@pytest.mark.usefixtures("content")
def test_a_source_is_filled_in_from_its_page(web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Title, publisher, day and language, the day it was seen, and the archived copy; the entry passes the check."""
    address = web.url("/article/talks")
    web.copies.add(address)

    assert DONE == talks("--source", f"{address}?utm_source=feed#top", web=web)

    out, err = capsys.readouterr()
    assert "content/events/2025/2025-12-24-talks-open.md\n" == out
    assert "still to write: the text\n" == err
    assert [
        "title: Talks open",
        "date: 2025-12-24",
        "kind: talks",
        "draft: true",
        "sources:",
        "  - id: the-wire-talks-begin-a-start-2025-12-24",
        '    title: "Talks begin: \\"a start\\""',
        "    publisher: The Wire",
        f"    url: {address}",
        "    published: 2025-12-24",
        "    language: en",
        f"    archived: {ARCHIVED}{address}",
        "    accessed: 2026-11-26",
    ] == front_matter(out.strip())
    assert {"chronology-new-entry/1 (+https://harbour.example.org/)"} == web.agents
    assert DONE == main(["check", "--content", "content", "--strict"])


@pytest.mark.usefixtures("content")
def test_a_title_without_latin_letters_makes_a_name_without_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Which is its address for good: it is said while the file can still be renamed."""
    words = ["--date", "2025-12", "--kind", "talks", "--source", "gazette-talks", "--content", "content"]
    assert DONE == main(["new", "การเจรจา 5 ฝ่าย", *words])

    out, err = capsys.readouterr()
    assert "content/events/2025/2025-12-5.md\n" == out
    told = "a few words in the file's name, its address for good: rename it now, as 2025-12-talks-open.md"
    assert f"still to write: the text; {told}\n" == err


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/article/bare", "{url} does not say its title, publisher, published, language"),
        ("/article/paper", "nothing could be filled in from {url}: it is no page but application/pdf"),
        ("/status/404", "nothing could be filled in from {url}: answered 404 Not Found"),
    ],
)
def test_what_was_not_found_is_said(path: str, told: str, web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """And is left to its author; the entry passes the check as a draft all the same."""
    assert DONE == talks("--source", web.url(path), web=web)

    out, err = capsys.readouterr()
    assert [
        told.format(url=web.url(path)),
        "no archived copy was found: https://web.archive.org/save makes one",
        "still to write: the text; the source's title, publisher, published",
    ] == err.splitlines()
    assert f"    url: {web.url(path)}" in front_matter(out.strip())
    assert DONE == main(["check", "--content", "content", "--strict"])


@pytest.mark.usefixtures("content")
def test_an_archive_that_does_not_answer_is_told(web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether there is a copy is then not known."""
    web.archive_answer = b"no JSON"

    assert DONE == talks("--source", web.url("/article/talks"), web=web)

    assert (
        "whether there is an archived copy is not known: the archive does not answer the question\n"
        in capsys.readouterr().err
    )


@pytest.mark.usefixtures("content")
def test_a_private_address_is_not_asked(web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Unless told to: an address may come from anybody."""
    assert DONE == talks("--source", web.url("/article/talks"), "--archive-url", web.url("/wayback/available"))

    told = capsys.readouterr().err
    assert f"nothing could be filled in from {web.url('/article/talks')}: 127.0.0.1 is not a public address\n" in told
    assert [] == web.asked


@pytest.mark.usefixtures("content")
def test_off_line_each_host_that_is_not_found_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The page's and the archive's, each in a sentence of its own that names it once."""
    page, archive = "https://gazette.invalid/strike", "https://archive.invalid/available"

    assert DONE == talks("--source", page, "--archive-url", archive)

    assert [
        f"nothing could be filled in from {page}: the host gazette.invalid is not found",
        "the archive did not tell whether it has a copy: the host archive.invalid is not found",
        "still to write: the text; the source's title, publisher, published",
    ] == capsys.readouterr().err.splitlines()


@pytest.mark.usefixtures("content")
def test_an_entry_may_begin_with_several_sources(web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids and addresses in the order given, each once; two pages that say nothing of themselves get two ids."""
    first, second = web.url("/article/bare"), web.url("/article/paper")
    given = [first, "gazette-talks", second, f"{first}#top", "gazette-talks"]

    assert DONE == talks(*(word for source in given for word in ("--source", source)), web=web)

    out, err = capsys.readouterr()
    assert ["  - id: 127-0-0", "  - gazette-talks", "  - id: 127-0-0-2"] == [
        line for line in front_matter(out.strip()) if line.startswith("  - ")
    ]
    assert Path(out.strip()).read_text("utf-8").endswith("[@127-0-0; @gazette-talks; @127-0-0-2].\n")
    assert f"{first} is defined already, as 127-0-0\n" in err
    assert err.endswith(
        "still to write: the text; 127-0-0's title, publisher, published; 127-0-0-2's title, publisher, published\n"
    )
    assert DONE == main(["check", "--content", "content", "--strict"])


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("given", ["gazette-talks", "https://gazette.example.org/talks/?utm_medium=x"])
def test_a_source_that_is_defined_is_not_defined_again(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Named by its id or by its address; nothing is asked."""
    assert DONE == talks("--source", given)

    out, err = capsys.readouterr()
    assert ["sources:", "  - gazette-talks"] == front_matter(out.strip())[-2:]
    assert err.endswith("still to write: the text\n")
    assert ("is defined already, as gazette-talks" in err) == given.startswith("https")
    assert DONE == main(["check", "--content", "content", "--strict"])


@pytest.mark.usefixtures("content")
def test_actors_and_places_are_named_by_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with an option; the comments have examples of this content, and no other conflict's."""
    assert DONE == talks("--actor", "northtown", "--actor", "southtown", "--place", "harbour")

    path = Path(capsys.readouterr().out.strip())
    assert ["actors: [northtown, southtown]", "places: [harbour]"] == front_matter(str(path))[4:6]
    assert "the newest entry is of 2025-07-24" in path.read_text("utf-8")
    assert "    by: northtown\n" in path.read_text("utf-8")
    assert DONE == main(["check", "--content", "content", "--strict"])


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--actor", "northton"], "error: --actor: there is no actor `northton`\n  hint: did you mean `northtown`?\n"),
        (
            ["--place", "lighthouse"],
            "error: --place: there is no place `lighthouse`\n  hint: define it in places.yml first, or leave it out\n",
        ),
        (
            ["--place", "northtown"],
            "error: --place: there is no place `northtown`\n  hint: that is an actor: leave it out of the places\n",
        ),
        (
            ["--actor", "harbour"],
            "error: --actor: there is no actor `harbour`\n  hint: that is a place: leave it out of the actors\n",
        ),
        (
            ["--source", "gazete-talks", "--source", "gazette-talks"],
            "error: --source: there is no source `gazete-talks`\n  hint: did you mean `gazette-talks`?\n",
        ),
        (
            ["--source", "www.talks.org/x"],
            "error: --source: www.talks.org/x is not a web address\n  hint: an address begins with https://, as https://www.talks.org/x\n",
        ),
        (
            ["--source", "ftp://talks.org/x"],
            "error: --source: ftp://talks.org/x is not a web address\n  hint: an address begins with https://\n",
        ),
        (
            ["--source", "gazete-talks"],
            "error: --source: there is no source `gazete-talks`\n  hint: did you mean `gazette-talks`?\n",
        ),
        (
            ["--source", "https://"],
            "error: --source: https:// is not a web address\n  hint: copy it from the browser's address line\n",
        ),
        (
            ["--source", "http://[::1"],
            "error: --source: http://[::1 is not a web address\n  hint: copy it from the browser's address line\n",
        ),
    ],
)
def test_what_is_not_defined_is_refused(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As wrong usage, with a hint; no file is written."""
    assert USAGE == talks(*words)

    assert ("", told) == capsys.readouterr()
    assert not Path("content/events/2025").exists()


@pytest.mark.usefixtures("content")
def test_a_name_is_free_in_the_whole_content(capsys: pytest.CaptureFixture[str]) -> None:
    """Not only in its folder: an entry elsewhere, or an agreement, may have it."""
    assert DONE == new("Truce", "--date", "2025-07-28", "--kind", "talks")

    assert "content/events/2025/2025-07-28-truce-2.md\n" == capsys.readouterr().out


def uncommented(path: Path) -> str:
    """An entry whose author has taken the `#` away before each field, and `draft: true` out."""
    text = re.sub(r"(?m)^draft: true.*\n", "", path.read_text("utf-8"))
    return re.sub(r"(?m)^(\s*)# ?(?=\s*(?:- )?\{?[a-z]+:)", r"\1", text)


@pytest.mark.usefixtures("content")
def test_no_placeholder_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    """Without its `draft: true`, each thing that is still to be written is an error with its place, and told once."""
    talks()
    path = Path(capsys.readouterr().out.strip())
    text = re.sub(r"(?m)^\s*(?:time|published): .*\n|^figures:\n.*\n", "", uncommented(path))
    path.write_text(text, "utf-8")

    assert CONTENT_ERRORS == main(["check", "--content", "content"])

    told = capsys.readouterr().err
    assert [
        "`title` is still to be written",
        "`publisher` is still to be written",
        "`note` is still to be written",
        "`summary` is still to be written",
        "`question` is still to be written",
        "`says` is still to be written",
        "the text is still to be written",
    ] == re.findall(r"error: (.+)", told)
    assert all(words in told for name, words in vars(placeholders).items() if name.isupper())


@pytest.mark.usefixtures("content")
def test_no_example_is_taken_for_a_fact(capsys: pytest.CaptureFixture[str]) -> None:
    """A time, a day, a number that its author has not replaced is an error, in a draft too."""
    talks()
    path = Path(capsys.readouterr().out.strip())
    path.write_text(uncommented(path), "utf-8")

    assert CONTENT_ERRORS == main(["check", "--content", "content"])

    assert [
        "`time`: it is not a time of day: hh:mm",
        "`published`: it is not an EDTF date: YYYY-MM-DD",
        "`value` is not a number: how many",
    ] == re.findall(r"error: (.+)", capsys.readouterr().err)


@pytest.mark.usefixtures("content")
def test_a_placeholder_in_a_comment_or_in_another_field_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """Comments are not published, and the talks may be about who published it."""
    talks()
    path = Path(capsys.readouterr().out.strip())
    text = re.sub(r"(?m)^draft: true.*\n", "", path.read_text("utf-8"))
    text = re.sub(r"(?m)^Say here, .* source \[", "They met [", text)
    text = text.replace(placeholders.PUBLISHER, "The Wire").replace(placeholders.NOTE, "It was on paper.")
    text = text.replace(placeholders.TITLE, f"The leak, and {placeholders.PUBLISHER}")
    path.write_text(text, "utf-8")

    assert DONE == main(["check", "--content", "content", "--strict"]), capsys.readouterr().err


@pytest.mark.usefixtures("content")
def test_a_claim_takes_any_prose(capsys: pytest.CaptureFixture[str]) -> None:
    """As it is written in the comments, with commas, brackets and quotation marks, and no thought of YAML."""
    talks("--source", "gazette-talks")
    path = Path(capsys.readouterr().out.strip())
    head, claims = uncommented(path).split("claims:\n")
    said = 'No, not we, {it says}, [they] "fired", or so'
    claims = claims.partition("figures:")[0].replace(placeholders.SAYS, said)
    claims = claims.replace(placeholders.QUESTION, "Who fired, and when?")
    head = re.sub(r"(?m)^(?:time|summary):.*\n", "", head)
    path.write_text(f"{head}claims:\n{claims}---\n\nThey met [@gazette-talks].\n", "utf-8")

    assert DONE == main(["check", "--content", "content", "--strict"]), capsys.readouterr().err
    assert f"    says: {said}\n" in claims


def test_another_chronology_builds_without_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`new --site DIR` writes it, `build --strict` builds it; a folder that has one already is refused."""
    folder = tmp_path / "mill"

    assert DONE == main(["new", "--site", str(folder)])
    assert f"{folder / 'content'}\n" == capsys.readouterr().out
    assert DONE == main(
        ["build", "--strict", "--jobs", "1", "--content", str(folder / "content"), "--out", str(folder / "public")]
    )
    assert (folder / "public/events/2030-04-02-sluice-found-open/index.html").is_file()
    assert USAGE == main(["new", "--site", str(folder)])
    assert "is there already\n  hint: give another folder" in capsys.readouterr().err
    assert USAGE == main(["new", "--site", str(folder / "content/inner")])
    assert "which is a content folder" in capsys.readouterr().err


def all_fields(kind: object) -> Iterator[str]:
    """The names of all fields of a table, and of the tables in them."""
    if isinstance(kind, Table):
        for field in kind.fields:
            yield field.name
            yield from all_fields(field.kind)
    for below in ("item", "table"):
        yield from all_fields(getattr(kind, below)) if hasattr(kind, below) else ()


def test_another_chronology_has_one_of_everything() -> None:
    """Every field that there is stands in one of its files; each file explains itself in a comment or in words."""
    texts = {path: path.read_text("utf-8") for path in STARTER.rglob("*") if path.suffix in {".yml", ".md"}}
    written = "\n".join(texts.values())

    names = {name for kind in fields.SCHEMAS.values() for name in all_fields(kind)}
    assert set() == {name for name in names if not re.search(rf"(?m)(?:^|[\s{{,#-]){name}:", written)}
    assert [] == [path.name for path, text in texts.items() if path.suffix == ".yml" and not text.startswith("#")]


class Terminal:
    """`build.py new` at a terminal, and who types there."""

    def __init__(self, *words: str) -> None:
        self.end, theirs = pty.openpty()
        command = [sys.executable, str(ROOT / "build.py"), "new", "--content", "content", *words]
        environment = {**os.environ, "TERM": "xterm", "INPUTRC": os.devnull, "COLUMNS": "100"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_THE_TERMINAL, *command],
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def wait_for(self, words: str, again: str = "") -> None:
        """Read until the terminal shows these words anew.

        again: keys to press until it does; between prompt and waiting, Python's readline is deaf for a moment.
        """
        until = time.monotonic() + PATIENCE_S
        while words not in self.seen:
            if again:
                self.type(again)
            left = max(0.0, until - time.monotonic())
            ready, _, _ = select.select([self.end], [], [], min(left, AGAIN_S) if again else left)
            if again and not ready and left:
                continue
            try:
                data = os.read(self.end, 4096) if ready else b""
            except OSError:  # the other end is closed
                data = b""
            if not data:
                pytest.fail(f"{words!r} was not shown:\n{self.seen}")
            self.seen += re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]|\x07|\r", "", data.decode())
        self.seen = self.seen.partition(words)[2]

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.end, keys.encode())

    def status(self) -> int:
        """How it ended."""
        return self.process.wait(PATIENCE_S)


@pytest.mark.usefixtures("content")
def test_a_terminal_is_asked_for_what_was_not_told(web: Site) -> None:
    """Each question has its hint; a wrong answer is explained and asked again; Tab completes ids."""
    terminal = Terminal("--allow-private", "--archive-url", web.url("/wayback/available"))
    terminal.wait_for("Title, a neutral headline: ")
    terminal.type("Talks open\r")
    terminal.wait_for("Date in EDTF (the newest entry is of 2025-07-24): ")
    terminal.type("24 December 2025\r")
    terminal.wait_for("hint: did you mean 2025-12-24?")
    terminal.wait_for(": ")
    terminal.type("2025-12-24\r")
    terminal.wait_for("Kind: clash, talks: ")
    terminal.type("ta\t\r")
    terminal.wait_for("Actors, ids with commas between them (Enter for none): ")
    terminal.type("nor\t, sou\t\r")
    terminal.wait_for("Places, ids with commas between them (Enter for none): ")
    terminal.type("harb\t\r")
    terminal.wait_for("Source, an address or an id that is defined (Enter for none): ")
    terminal.type(f"{web.url('/article/talks')}\r")
    terminal.wait_for("Another source (Enter for no more): ")
    terminal.type("gazette-t\t\r")
    terminal.wait_for("Another source (Enter for no more): ")
    terminal.type("\r")
    terminal.wait_for("content/events/2025/2025-12-24-talks-open.md")
    terminal.wait_for("still to write: the text")

    assert DONE == terminal.status()
    assert [
        "title: Talks open",
        "date: 2025-12-24",
        "kind: talks",
        "draft: true",
        "actors: [northtown, southtown]",
        "places: [harbour]",
        "sources:",
        "  - id: the-wire-talks-begin-a-start-2025-12-24",
    ] == front_matter("content/events/2025/2025-12-24-talks-open.md")[:8]
    assert "  - gazette-talks" == front_matter("content/events/2025/2025-12-24-talks-open.md")[-1]
    assert DONE == main(["check", "--content", "content", "--strict"])


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Control-C", "Control-D"])
def test_who_leaves_has_written_nothing(key: str) -> None:
    """In the middle of the questions, with the status of an interruption and no traceback."""
    terminal = Terminal("Talks open", "--date", "2025-12-24")
    terminal.wait_for("Kind: clash, talks: ")
    terminal.wait_for("interrupted", again=key)

    assert INTERRUPTED == terminal.status()
    assert not Path("content/events/2025").exists()


@pytest.mark.usefixtures("content")
def test_in_a_pipe_nothing_is_asked() -> None:
    """What is missing is wrong usage, all of it told at once."""
    command = [sys.executable, str(ROOT / "build.py"), "new", "--date", "2025-12-24", "--content", "content"]
    done = subprocess.run(command, input="Talks\n", capture_output=True, text=True, encoding="utf-8", check=False)

    assert USAGE == done.returncode
    assert "build.py new: error: the following arguments are required: TITLE, --kind" == done.stderr.splitlines()[-1]
    assert "" == done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["A", "mine", "wounds", "two", "--kind", "clash"],
            'unrecognized arguments: mine wounds two\n  hint: put the title in quotes, as "A mine wounds two"',
        ),
        (["A mine", "--knid", "clash"], "unrecognized arguments: --knid clash"),
    ],
)
def test_a_title_without_quotes_is_told(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What follows its first word is too much for the command line; a misspelt option is another thing."""
    with pytest.raises(SystemExit) as stopped:
        new(*words)

    assert USAGE == stopped.value.code
    assert capsys.readouterr().err.endswith(f"build.py new: error: {told}\n")
