"""The documents cannot fall behind: their tables are made from the fields, their examples are run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from generator.reading.fields import AGREEMENT, CLAIM, EVENT, FIGURE, SOURCE

if TYPE_CHECKING:
    from generator.reading.schema import Table

ROOT = Path(__file__).parent.parent
TABLES = {"event": EVENT, "source": SOURCE, "claim": CLAIM, "figure": FIGURE, "agreement": AGREEMENT}
_TABLE = re.compile(r"<!-- fields: (\w+) -->\n(?:\n\|[^\n]*)?(?:\n?\|[^\n]*)*\n?")
_EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```\w+\n(.*?)```", re.DOTALL)


def rows(table: Table) -> str:
    """A table of fields in Markdown."""
    lines = [
        f"| `{field.name}` | {'yes' if field.required else 'no'} | {field.about.replace('|', chr(92) + '|')} |"
        for field in table.fields
    ]
    return "\n".join(["| field | required | meaning |", "| --- | --- | --- |", *lines])


def test_the_tables_of_fields_are_those_that_are_read(*, update_golden: bool) -> None:
    """CONTRIBUTING.md says of each field what fields.py says; `pytest --update-golden` writes it anew."""
    path = ROOT / "CONTRIBUTING.md"
    text = path.read_text("utf-8")
    expected = _TABLE.sub(lambda match: f"<!-- fields: {match[1]} -->\n\n{rows(TABLES[match[1]])}\n", text)

    if update_golden:
        path.write_text(expected, "utf-8")
        text = expected
    assert set(TABLES) == set(_TABLE.findall(text))
    assert expected == text


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the real content with the README's example in it; the file's path."""
    copytree(ROOT / "content", tmp_path / "content")
    return tmp_path / "content/events/2025/2025-12-24-talks-open.md"


def readme_example(name: str) -> str:
    """An example of the README, by its name."""
    examples: dict[str, str] = dict(_EXAMPLE.findall((ROOT / "README.md").read_text("utf-8")))
    return examples[name]


def check(folder: Path, *paths: str) -> subprocess.CompletedProcess[str]:
    """`build.py check`, run in a folder that has a content folder."""
    command = [sys.executable, str(ROOT / "build.py"), "check", "--content", "content", *paths]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_readmes_entry_has_no_problem(example: Path) -> None:
    """Who copies the README's example has an entry that the checks accept."""
    example.write_text(readme_example("entry"), "utf-8")

    done = check(example.parents[3], "content/events/2025/2025-12-24-talks-open.md")

    assert "" == done.stderr
    assert 0 == done.returncode


def test_the_readmes_problems_are_what_is_said(example: Path) -> None:
    """The two slips that the README shows are both told in one run, word for word."""
    slips = (
        readme_example("entry")
        .replace("kind: talks", "knid: talks", 1)
        .replace("[cambodia, thailand", "[cambodia, tailand", 1)
    )
    example.write_text(slips, "utf-8")

    done = check(example.parents[3], "content/events/2025/2025-12-24-talks-open.md")

    assert readme_example("problems") == done.stderr
    assert 1 == done.returncode


def test_the_readmes_options_are_those_of_the_command_line() -> None:
    """Each option that the README's table names, the command has; and the other way round."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in ("build", "check", "serve", "new"):
        row = next(
            line for line in readme.splitlines() if line.startswith((f"| `build.py {name}", f"| `build.py [{name}"))
        )
        command = [sys.executable, "build.py", name, "--help"]
        help_text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        told = set(re.findall(r"--[a-z-]+", row))

        assert set(re.findall(r"--[a-z-]+", help_text)) - {"--help"} == told
