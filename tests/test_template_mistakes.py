"""A template that is wrong, or not there: told with its place, and nothing is published."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden_files import read_tree
from random_edits import copy_site

from generator.commands import build as command
from generator.commands.common import CONTENT_ERRORS
from generator.commands.line import main
from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.publishing.template_mistakes import TemplateMistakeError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests/golden"
EVENT, BASE, MACROS = "templates/pages/event.html", "templates/base.html", "templates/macros/text.html"
ICON = "static/root/favicon.svg"


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with content, templates and static files, which is the program's home."""
    copy_site(tmp_path, GOLDEN / "content", ROOT / "templates", ROOT / "static")
    for template in (tmp_path / "templates").rglob("*.html"):  # another than those that all tests compile once
        template.write_text(f"{template.read_text('utf-8')}{{# {tmp_path} #}}", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "HOME", tmp_path)
    monkeypatch.setattr(command, "CACHE", tmp_path / ".cache")
    return tmp_path


def say(path: Path, text: str, where: str) -> None:
    """Put words into a template, after others."""
    path.write_text(path.read_text("utf-8").replace(where, where + text, 1), "utf-8")


MISTAKES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "an unknown name": (
        lambda home: say(home / EVENT, "{{ nosuch.thing }}\n", "{% block main %}\n"),
        "templates/pages/event.html:10:1: error: undefined error: 'nosuch' is undefined\n  10 | {{ nosuch.thing }}\n",
        "  hint: mend the template; its line is told as Jinja counts it\n",
    ),
    "a frame that asks for what is in it": (
        lambda home: say(home / BASE, "{{ view.card }}\n", "<body"),
        "templates/base.html:",
        "error: undefined error: 'view' is undefined\n",
    ),
    "what is no template": (
        lambda home: say(home / EVENT, "{% if %}\n", "{% block main %}\n"),
        "templates/pages/event.html:10:1: error: template syntax error: ",
        "",
    ),
    "what is no text": (
        lambda home: (home / EVENT).write_bytes(b"{# caf\xe9 #}\n" + (home / EVENT).read_bytes()),
        "templates/pages/event.html:1:7: error: the file is not UTF-8: byte 0xe9\n",
        "  hint: save it as UTF-8; it looks like Latin-1 or Windows-1252\n",
    ),
    "a page's template that is gone": (
        lambda home: (home / EVENT).unlink(),
        "templates:1:1: error: there is no template `pages/event.html`\n",
        "  hint: put it back, and build again\n",
    ),
    "macros that are gone": (
        lambda home: (home / MACROS).unlink(),
        ": error: there is no template `macros/text.html`\n",
        '| {% from "macros/text.html" import ',
    ),
    "all templates that are gone": (
        lambda home: shutil.rmtree(home / "templates"),
        "templates:1:1: error: there is no template `pages/",
        "",
    ),
    "a static file that is gone": (
        lambda home: (home / ICON).unlink(),
        ": error: there is no file `favicon.svg` in static/\n",
        "favicon.svg",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_with_its_place(case: str, workshop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the first build and by the next, by one process and by children; what was published stays."""
    spoil, first, then = MISTAKES[case]
    options = ("build", "--content", "content", "--out", "public", "--no-search", "--no-cards")
    assert 0 == main([*options])
    before = read_tree(workshop / "public")
    spoil(workshop)
    capsys.readouterr()

    for more in ((), ("--no-cache",)):
        assert CONTENT_ERRORS == main([*options, *more])

        told = capsys.readouterr().err
        assert first in told
        assert then in told
        assert told.endswith("1 error\nnothing was published: public is as it was\n")
        assert before == read_tree(workshop / "public")


def test_a_childs_mistake_is_told_as_well(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a child process raises has no place any more, but for what it says itself."""
    monkeypatch.setattr("generator.publishing.planning.FEWEST_FOR_JOBS", 2)
    monkeypatch.setattr("generator.publishing.planning.SHARE", 2)
    MISTAKES["an unknown name"][0](workshop)
    content, templates, static, out = (workshop / name for name in ("content", "templates", "static", "public"))

    with pytest.raises(TemplateMistakeError) as error:
        build(Options(content, templates, static, out, jobs=2, history=False))

    assert ("templates/pages/event.html", 10) == (error.value.problem.path, error.value.problem.mark.line)
