"""The documents cannot fall behind: their tables are made from the fields, their examples and commands are run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from generator.commands.line import main
from generator.pages import everything
from generator.reading import fields, schema, standards
from generator.reading.prose import CitedText

ROOT = Path(__file__).parent.parent
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
FIELDS = ROOT / "docs" / "fields.md"
TABLES: dict[str, schema.Table] = {
    **{name: kind for name, kind in fields.SCHEMAS.items() if isinstance(kind, schema.Table)},
    **{
        name: getattr(fields, name.upper()) for name in ("source", "claim", "figure", "role", "actor", "place", "image")
    },
    **{
        name: getattr(fields, name.upper())
        for name in ("correction", "withdrawal", "period", "term", "kind", "measure")
    },
}
_TABLE = re.compile(r"<!-- fields: (\w+) -->\n(?:\n(?:\|[^\n]*\n)+)?")
_EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```\w+\n(.*?)```", re.DOTALL)
_SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
NOT_RUN = {
    "python3 -m venv .venv": "makes what the tests run in",
    ".venv/bin/pip install --require-hashes -r requirements.lock": "needs the network",
    ".venv/bin/pip install --require-hashes -r requirements-test.lock": "needs the network",
    ".venv/bin/python tests/install_browser.py && .venv/bin/python -m pytest -n auto": "is this very run",
}
"""Commands of the documents that a test does not run, and why; the files in them exist."""


def rows(table: schema.Table) -> str:
    """A table of fields in Markdown."""
    lines = [
        f"| `{field.name}` | {'yes' if field.required else 'no'} | {value(field.kind)} | {field.about} |"
        for field in table.fields
    ]
    return "\n".join(["| field | required | value | meaning |", "| --- | --- | --- | --- |", *lines])


def value(kind: object) -> str:
    """What may stand in a field, in a few words."""
    words = {
        schema.Slug: "a new id",
        schema.Flag: "`true`",
        schema.Date: "date",
        schema.TimeOfDay: "time",
        schema.Url: "address",
        schema.Number: "number",
        schema.Range: "`[low, high]`",
        schema.Names: "`{th: …, km: …}`",
        schema.DefinedOrRef: "id, or a source",
        standards.Zone: "time zone",
        standards.Language: "language",
        standards.BaseUrl: "address",
        CitedText: "words with citations",
    }
    if isinstance(kind, schema.ListOf):
        return f"list: {value(kind.item)}" + (", or one" if kind.or_one else "")
    if isinstance(kind, schema.Table):
        return f"`{{{', '.join(field.name for field in kind.fields)}}}`"
    if isinstance(kind, schema.Choice):
        return ", ".join(f"`{option}`" for option in kind.options)
    if isinstance(kind, schema.Ref):
        return "id, or words" if kind.or_words else "id"
    if isinstance(kind, schema.Text):
        return f"at most {kind.most_words} words" if kind.most_words else f"at most {kind.longest:,} characters"
    return words[type(kind)]


def test_the_tables_of_fields_are_those_that_are_read(*, update_golden: bool) -> None:
    """docs/fields.md says of each field what fields.py says; `pytest --update-golden` writes it anew."""
    text = FIELDS.read_text("utf-8")
    expected = _TABLE.sub(lambda match: f"<!-- fields: {match[1]} -->\n\n{rows(TABLES[match[1]])}\n", text)

    if update_golden:
        FIELDS.write_text(expected, "utf-8")
        text = expected
    assert set(TABLES) == set(_TABLE.findall(text))
    assert expected == text


def test_each_role_of_an_entry_in_an_agreement_is_explained() -> None:
    """In the order in which fields.py has them."""
    told = FIELDS.read_text("utf-8").partition("What each role means:")[2].partition("Without `by`")[0]

    assert list(fields.AGREEMENT_ROLES) == re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE)


def commands() -> list[tuple[str, str]]:
    """Every command of the documents, with its document, in order."""
    return [
        (path.name, line.split("  #")[0].strip())
        for path in DOCUMENTS
        for block in _SHELL.findall(path.read_text("utf-8"))
        for line in block.splitlines()
        if line.split("#")[0].strip()
    ]


def test_every_command_of_the_documents_runs(tmp_path: Path) -> None:
    """In a copy of the project, in order: what one writes the next may need; of make, that it knows the target."""
    copy = tmp_path / "project"
    left_out = ignore_patterns(".git", ".venv", ".cache", "public", "tests", "node_modules", "__pycache__", ".*_cache")
    copytree(ROOT, copy, ignore=left_out)
    ran = []
    for document, line in commands():
        words = shlex.split(line.replace(".venv/bin/python", sys.executable))
        if line in NOT_RUN:
            assert all((ROOT / word).is_file() for word in words if word.endswith((".lock", ".py")))
        elif words[0] == "make":
            subprocess.run([*words, "--dry-run", "--silent"], cwd=ROOT, capture_output=True, check=True)
        else:
            assert [sys.executable, "build.py"] == words[:2], f"{document}: {line}: say in NOT_RUN why it is not run"
            done = subprocess.run(words, cwd=copy, capture_output=True, text=True, encoding="utf-8", check=False)
            assert 0 == done.returncode, f"{document}: {line}\n{done.stderr}"
            ran.append(line)

    assert len(ran) >= 5
    assert NOT_RUN.keys() <= {line for _, line in commands()}


def test_every_link_between_documents_leads_somewhere() -> None:
    """To files and folders of the project; and what is said in `code` to be a file of ours is there."""
    broken = [
        (path.name, target)
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    named = [
        (path.name, name)
        for path in DOCUMENTS
        for name in re.findall(
            r"`((?:tests|docs|generator|static|schemas|templates)/[\w./-]*)`", path.read_text("utf-8")
        )
        if not (ROOT / name).exists()
    ]

    assert ([], []) == (broken, named)


def test_each_folder_of_the_generator_lists_its_files() -> None:
    """In its docstring; the pages themselves are listed where they are put together."""
    listed = {module.__name__.rpartition(".")[2] for module in everything.MODULES}
    for init in sorted((ROOT / "generator").glob("*/__init__.py")):
        files = {path.name for path in init.parent.glob("*.py")} - {init.name}
        if init.parent.name == "pages":
            files -= {f"{name}.py" for name in listed}

        assert [] == [name for name in sorted(files) if name not in init.read_text("utf-8")], init


def test_the_ways_to_correct_and_to_withdraw_pass_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CONTRIBUTING.md's examples, put into the README's entry."""
    examples = dict(_EXAMPLE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    copytree(ROOT / "content", tmp_path / "content")
    path = tmp_path / "content/events/2025/2025-12-24-talks-open.md"

    for name in ("correction", "withdrawal"):
        path.write_text(readme_example("entry").replace("summary:", f"{examples[name]}summary:", 1), "utf-8")
        assert 0 == main(["check", "--strict", "--content", str(tmp_path / "content")]), capsys.readouterr().err


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


def test_the_actor_and_the_places_of_the_guide_have_no_problem(example: Path) -> None:
    """Who copies a line for an actor or a place that is missing has one that the checks accept."""
    content = example.parents[2]
    examples = dict(_EXAMPLE.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    for name, example_name in (("actors.yml", "actor"), ("places.yml", "places")):
        with (content / name).open("a", encoding="utf-8") as file:
            file.write(examples[example_name])

    done = check(content.parent)

    assert (0, "") == (done.returncode, done.stderr)


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
    for name in ("build", "check", "serve", "new", "links"):
        row = next(
            line for line in readme.splitlines() if line.startswith((f"| `build.py {name}", f"| `build.py [{name}"))
        )
        command = [sys.executable, "build.py", name, "--help"]
        help_text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        told = set(re.findall(r"--[a-z-]+", row))

        assert set(re.findall(r"--[a-z-]+", help_text)) - {"--help"} == told
