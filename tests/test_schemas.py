"""What an editor says by a JSON Schema and what `check` says never disagree; what is kept for editors is fresh."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from core_yaml import load
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from generator.commands.schemas import editor_files
from generator.reading.files import read_text
from generator.reading.json_schemas import FILES, json_schemas
from generator.reading.records import read_record
from generator.record import clock, edtf
from generator.record.problems import Problem, TextFile, report

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
WRONG = ROOT / "tests" / "wrong"
SOUND = (ROOT / "content", ROOT / "tests/golden/content", WRONG / "_base")
VALIDATORS = {name: Draft7Validator(schema) for name, schema in json_schemas().items()}
FRONT_MATTER = {"events": "event", "agreements": "agreement", "pages": "page"}
WHOLE = {PurePosixPath(pattern).parts[0]: name for name, pattern in FILES.items()}

CANNOT_SAY = {
    r"the file's name is not": "a schema does not see the file's name",
    r"front matter|the file is empty": "nor a front matter that is not there",
    r"a second `: ` on this line|a tab |cannot begin a value|YAML|`[&*!]": "YAML itself is wrong",
    r"is written twice": "YAML's own rule: an object has each key once, and editors say so",
    r"ends before `#`": "YAML has taken the rest for a comment before a schema sees the value",
    r"February \d+ has no day 29": "leap years",
    r"interval ends before it starts|time ends before it starts|does not begin with the lower number": "order",
    r"has the same number twice": "that two numbers differ",
    r"a citation is opened and not closed": "what stands within a text",
    r"is not between": "how large a number in quotes is: for YAML it is a text",
    r"(?:not a number|an EDTF date|joined by hyphens): [-+.\dxoXeE]+$": "how a number is written: 1e3 is 1000",
    r"`base_url` (?:is not|names|has|ends)": "which hosts and folders can be published at",
    r"`timezone` is no time zone": "which time zones there are",
    r"`by` says who alleges a breach": "which role a link has that names somebody",
    r"is neither true nor false: [TF]": "how true is written: YAML makes one value of True and true",
}
"""What `check` refuses and a schema passes, by its message, and why."""


def texts(folder: Path) -> Iterator[TextFile]:
    """Every text of a content folder that can be read."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".md", ".yml"} and path.is_file() and not path.is_symlink():
            text, problems = read_text(path)
            if text is not None and not problems:
                yield TextFile(path.relative_to(ROOT).as_posix(), path.relative_to(folder).as_posix(), text)


def schema_of(file: TextFile) -> tuple[str, str] | None:
    """The schema that a file is held against, and the YAML that it is held against it."""
    folder = PurePosixPath(file.name).parts[0]
    if folder in WHOLE:
        return WHOLE[folder], file.text
    match = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", file.text, re.DOTALL | re.MULTILINE)
    return (FRONT_MATTER[folder], match[1]) if match and folder in FRONT_MATTER else None


def refused_by_schema(file: TextFile) -> str:
    """What an editor complains of, first of all; nothing when it is content, or has nothing to read."""
    found = schema_of(file)
    if found is None:
        return ""
    name, text = found
    try:
        value = load(text)
    except (yaml.YAMLError, ValueError) as error:
        return str(error)
    wrong = next(iter(VALIDATORS[name].iter_errors(value)), None)
    return f"{list(wrong.absolute_path)}: {wrong.message}" if wrong else ""


def structural(file: TextFile) -> list[Problem]:
    """What `check` says of a file by itself, without its text and what it refers to."""
    written = read_record(file)
    last = file.text.count("\n", 0, written.body_offset) if written.body_offset else len(file.text)
    return [problem for problem in written.problems if problem.mark.line <= last]


ALL_SOUND = [file for folder in SOUND for file in texts(folder)]
ALL_WRONG = [
    file
    for case in sorted(WRONG.iterdir())
    if case.is_dir() and case.name != "_base"
    for file in texts(case)
    if PurePosixPath(file.name).parts[0] in {*FRONT_MATTER, *WHOLE}
]


def test_what_check_accepts_every_schema_accepts() -> None:
    """The real content, the golden content, the base of the mistakes: no editor marks a line in them."""
    assert len(ALL_SOUND) > 300
    assert {} == {file.path: refused for file in ALL_SOUND if (refused := refused_by_schema(file))}


@pytest.mark.parametrize("file", ALL_WRONG, ids=lambda file: file.path.removeprefix("tests/wrong/"))
def test_a_schema_and_check_refuse_the_same_mistakes(file: TextFile) -> None:
    """What the schema refuses, check refuses; what check refuses of the structure, so does the schema if it can."""
    refused = refused_by_schema(file)
    said = (WRONG / Path(file.path).relative_to("tests/wrong").parts[0] / "report.txt").read_text("utf-8")
    place = file.path.split("/", 3)[-1]

    if refused:
        assert f"content/{place}:" in said, f"only the schema refuses it: {refused}"
        assert ": error: " in said, f"only the schema refuses it: {refused}"
    else:
        assert [] == [
            report(problem)
            for problem in structural(file)
            if not any(re.search(pattern, problem.message) for pattern in CANNOT_SAY)
        ]


def test_what_a_schema_cannot_say_is_needed() -> None:
    """Each reason explains at least one mistake that is kept; the list does not grow by itself."""
    passed = [problem.message for file in ALL_WRONG if not refused_by_schema(file) for problem in structural(file)]

    assert {} == {
        pattern: why for pattern, why in CANNOT_SAY.items() if not any(re.search(pattern, said) for said in passed)
    }


VALUES: dict[str, st.SearchStrategy[str]] = {
    "date": st.one_of(
        st.from_regex(r"\A[0-9X]{4}(-[01X][0-9X](-[0-3X][0-9X])?)?[?~%]?(/([0-9]{4}(-[01][0-9])?|\.\.))?\Z"),
        st.text("0123456789X-/.~?% T", min_size=1, max_size=12),
    ),
    "time": st.text("0123456789:/~ ", min_size=1, max_size=12),
    "url": st.text("htps:/.@?#[]%a1 \\", max_size=12).map(lambda text: f"https://{text}"),
    "base_url": st.text("htps:/.@?#[]%a1 \\'", max_size=12).map(lambda text: f"https://{text}"),
    "timezone": st.text("Asi/Bangkok_1U.TC ", min_size=1, max_size=12),
    "language": st.text("enTH-_1 ", min_size=1, max_size=8),
    "id": st.text("ab-_.A1", min_size=1, max_size=8),
    "value": st.text("0123456789.-+e,", min_size=1, max_size=8),
    "draft": st.sampled_from(["true", "false", "yes", "True", "1", "null", "~", "on"]),
    "title": st.text("a é\u1780#:", min_size=1, max_size=130),
}


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name])), st.booleans())
def test_no_value_is_refused_by_the_schema_alone(named: tuple[str, str], quoted: bool) -> None:  # noqa: FBT001
    """Whatever stands in a field: where an editor complains, so does check; and the other way round if it can."""
    name, value = named
    assume(value.strip() == value)
    shown = json.dumps(value, ensure_ascii=False) if quoted else value
    fields: dict[str, str] = {"title": "T", "date": "2025", "kind": "talks", "sources": "[a]"}
    if name in {"url", "id", "language"}:
        fields["sources"] = "\n  - " + "\n    ".join(
            f"{key}: {text}"
            for key, text in ({"id": "a", "title": "A", "publisher": "A", "note": "a"} | {name: shown}).items()
        )
    elif name == "value":
        fields["figures"] = f"\n  - measure: a\n    scope: a\n    as_of: 2025\n    source: a\n    value: {shown}"
    else:
        fields[name] = shown
    text = "---\n" + "\n".join(f"{key}: {text}" for key, text in fields.items()) + "\n---\n"
    file = TextFile("content/events/a.md", "events/a.md", text)
    if name in {"base_url", "timezone"}:
        settings_of = {"title": "T", "base_url": "https://a.example/"} | {name: shown}
        text = "".join(f"{key}: {text}\n" for key, text in settings_of.items())
        file = TextFile("content/site.yml", "site.yml", text)

    refused, said = refused_by_schema(file), structural(file)

    if refused:
        assert said, refused
    else:
        messages = [problem.message for problem in said]
        assert [] == [said for said in messages if not any(re.search(pattern, said) for pattern in CANNOT_SAY)]


@settings(deadline=None, max_examples=400)
@given(VALUES["date"])
def test_the_pattern_of_a_date_is_what_is_read(text: str) -> None:
    """But for leap days and the order of an interval."""
    try:
        edtf.parse(text)
        refused = ""
    except edtf.EdtfError as error:
        refused = str(error)

    matches = re.search(edtf.PATTERN, text) is not None
    assert matches == (not refused) or (matches and re.search("has no day 29|ends before", refused))


@pytest.mark.parametrize("text", ["16:30", "16:30~", "04:00/06:30", "24:00", "4:30", "16:30-17:00", "00:00/23:59~"])
def test_the_pattern_of_a_time_is_what_is_read(text: str) -> None:
    """But for the order of a span."""
    try:
        clock.parse(text)
        read = True
    except clock.ClockError:
        read = False

    assert read == (re.search(clock.PATTERN, text) is not None)


def test_what_editors_read_is_fresh(*, update_golden: bool) -> None:
    """schemas/ and .vscode/ are as `make schemas` writes them; `pytest --update-golden` does too."""
    expected = editor_files()
    if update_golden:
        for name, text in expected.items():
            (ROOT / name).write_text(text, "utf-8")

    assert expected == {name: (ROOT / name).read_text("utf-8") for name in expected}
    assert sorted(name for name in expected if name.startswith("schemas/")) == sorted(
        path.relative_to(ROOT).as_posix() for path in (ROOT / "schemas").iterdir()
    )


def test_every_file_of_the_content_has_a_schema_in_the_editor() -> None:
    """Each pattern of the settings names files that there are, and no YAML file of the content goes without one."""
    patterns: dict[str, str] = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    named = {path for pattern in patterns.values() for path in ROOT.glob(pattern)}

    assert set((ROOT / "content").rglob("*.yml")) == named
    assert all((ROOT / name).is_file() for name in patterns)
    for schema in patterns:
        Draft7Validator.check_schema(json.loads((ROOT / schema).read_text("utf-8")))


def test_the_editors_task_understands_a_report() -> None:
    """VS Code finds path, line, column, severity and message in the first line of a problem, and in no other."""
    task = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"][0]
    pattern: dict[str, Any] = task["problemMatcher"]["pattern"]
    lines = (WRONG / "date-in-words/report.txt").read_text("utf-8").splitlines()

    found = [match for line in lines if (match := re.search(pattern["regexp"], line))]

    assert [("content/events/2025-07-25-talks.md", "3", "7", "error")] == [
        tuple(match[pattern[key]] for key in ("file", "line", "column", "severity")) for match in found
    ]
    assert "`date`: it is not an EDTF date: 24 July 2025" == found[0][pattern["message"]]


@pytest.mark.parametrize("word", ["entry", "agreement", "source", "claim", "figure", "correction"])
def test_a_snippet_has_what_is_required(word: str) -> None:
    """Filled in with examples, each is what its schema asks for: `sources` and dates are the writer's to give."""
    snippets = json.loads((ROOT / ".vscode/chronology.code-snippets").read_text("utf-8"))
    examples = {"date": "2025-12-24", "as_of": "2025-12-24", "number": "2", "url": "https://example.org/"}
    examples |= {"status": "collapsed"}
    body = "\n".join(snippets[word]["body"]).replace("$0", "")
    filled = re.sub(r"\$\{\d+:([\w-]+)\}", lambda match: examples.get(match[1], "word"), body)
    within = {"claim": "claims", "figure": "figures", "correction": "corrections"}
    if word in within:
        indented = "\n  ".join(filled.strip().split("\n"))
        filled = f"---\ntitle: T\ndate: 2025\nkind: k\nsources: [a]\n{within[word]}:\n  {indented}\n---\n"
    name = {"source": "sources/a.yml", "agreement": "agreements/a.md"}.get(word, "events/a.md")

    assert "" == refused_by_schema(TextFile(name, name, filled))
    assert [] == structural(TextFile(name, name, filled))
