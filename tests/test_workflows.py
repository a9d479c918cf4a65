"""What runs on GitHub and GitLab, and the forms that people fill in there: safe for strangers, and in step with us."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from core_yaml import load

from generator.commands.line import COMMANDS
from generator.reading.fields import CORRECTION, EVENT, LONGEST_TITLE

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
GITLAB = ROOT / ".gitlab-ci.yml"
NAMES = [path.name for path in WORKFLOWS]
MAY_WRITE = {"pages.yml": {"pages", "id-token"}}
"""What a workflow may write to; everything else only reads."""
STRANGERS = {"pull_request"}
"""Events that run what strangers have written."""


def workflow(path: Path) -> dict[str, Any]:
    """A workflow, as YAML 1.2 has it: `on` is a word."""
    found: dict[str, Any] = load(path.read_text("utf-8"))
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    """All steps of all jobs."""
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


def commands() -> list[tuple[str, str]]:
    """What the workflows and GitLab's jobs run, with the file's name."""
    found = [(path.name, step["run"]) for path in WORKFLOWS for step in steps(path) if "run" in step]
    jobs = load(GITLAB.read_text("utf-8")).values()
    return found + [(GITLAB.name, line) for job in jobs if isinstance(job, dict) for line in job.get("script", ())]


def test_the_workflows_are_there() -> None:
    """Publish, check, sweep the links, test, and make content up at night."""
    assert {"pages.yml", "check.yml", "links.yml", "tests.yml", "fuzz.yml"} == set(NAMES)


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_an_action_is_pinned_by_its_whole_hash(path: Path) -> None:
    """With the release in a comment; an action has one hash in all files, and none is run unpinned."""
    lines = re.findall(r"(?m)^\s*(?:- )?uses: (.*)$", path.read_text("utf-8"))

    assert [] == [line for line in lines if not re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)]
    assert len(lines) == sum("uses" in step for step in steps(path))


def test_an_action_has_one_hash_everywhere() -> None:
    """So that an update is one replacement."""
    used = {line for path in WORKFLOWS for line in re.findall(r"uses: (\S+@\S+ # \S+)", path.read_text("utf-8"))}
    owners = {line.split("@")[0].split("/")[1]: line.split("@")[1] for line in used}

    assert [] == [line for line in used if line.split("@")[1] != owners[line.split("/")[1].split("@")[0]]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_a_workflow_may_do_no_more_than_it_must(path: Path) -> None:
    """It reads; what writes is a job of its own that runs none of our code; no clone keeps the token."""
    whole = workflow(path)
    jobs: dict[str, Any] = whole["jobs"]
    writing = {name: job["permissions"] for name, job in jobs.items() if "permissions" in job}

    assert {"contents": "read"} == whole["permissions"]
    assert MAY_WRITE.get(path.name, set()) == {right for rights in writing.values() for right in rights}
    assert [] == [name for name in writing if any("run" in step for step in jobs[name]["steps"])]
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert [] == [step for step in checkouts if step["with"].get("persist-credentials") is not False]
    assert [] == [name for name, job in jobs.items() if "timeout-minutes" not in job]


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_strangers_get_nothing_to_take(path: Path) -> None:
    """No event runs their files with our rights; no secret is named; what they write is no part of a command."""
    text = path.read_text("utf-8")

    assert not re.search(r"pull_request_target|workflow_run|issue_comment|secrets\.", re.sub(r"(?m)^\s*#.*", "", text))
    assert [] == [step["run"] for step in steps(path) if "${{" in step.get("run", "")]
    if STRANGERS & set(workflow(path)["on"]):
        assert path.name not in MAY_WRITE
        assert not re.search(r"uses: actions/cache@", text), "what strangers run leaves nothing for later runs"


def test_every_command_is_ours() -> None:
    """Each target of the Makefile that is called exists; each option is one of the command's."""
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    called = [
        (file, target, options or "")
        for file, line in commands()
        for target, options in re.findall(r"make ([a-z]+)(?: ARGS=(\"[^\"]*\"|\S+))?", line)
    ]
    helped = {command: (ROOT / "generator/commands/line.py").read_text("utf-8") for command in COMMANDS}

    assert {"site", "check", "links", "fuzz"} <= {target for _, target, _ in called}
    assert [] == [(file, target) for file, target, _ in called if target not in targets]
    assert [] == [
        (file, option)
        for file, target, options in called
        for option in re.findall(r"--[a-z-]+", options)
        if f'"{option}"' not in helped.get({"site": "build"}.get(target, target), "")
    ]


def test_gitlab_does_what_github_does() -> None:
    """Pages from the main branch, a check and new links for merge requests, a sweep when scheduled, a cache."""
    jobs: dict[str, Any] = load(GITLAB.read_text("utf-8"))

    assert {"pages", "check", "new-links", "links"} <= set(jobs)
    assert ["public"] == jobs["pages"]["artifacts"]["paths"]
    assert [".cache/"] == jobs[".cached"]["cache"]["paths"]
    assert "merge_request_event" in json.dumps(jobs["check"]["rules"])
    assert "schedule" in json.dumps(jobs["links"]["rules"])
    assert "0" == jobs["variables"]["GIT_DEPTH"]


def body(path: Path) -> list[dict[str, Any]]:
    """What a form asks for."""
    asked: list[dict[str, Any]] = load(path.read_text("utf-8"))["body"]
    return asked


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_is_one_that_github_shows(path: Path) -> None:
    """By its own rules: a name, a description, ids that are not used twice, a label for each question.

    Source: GitHub Docs, Syntax for GitHub's form schema.
    """
    form = load(path.read_text("utf-8"))
    asked = [item for item in form["body"] if item["type"] != "markdown"]
    ids = [item["id"] for item in asked]

    assert {"name", "description", "body"} <= set(form) <= {"name", "description", "title", "labels", "body"}
    assert {item["type"] for item in form["body"]} <= {"markdown", "input", "textarea", "dropdown"}
    assert [] == [item for item in asked if not item["attributes"].get("label")]
    assert [] == [item["id"] for item in asked if set(item) - {"type", "id", "attributes", "validations"}]
    assert [] == [ident for ident in ids if not re.fullmatch(r"[\w-]+", ident) or ids.count(ident) > 1]
    assert any(item["validations"]["required"] for item in asked)


def test_the_form_for_an_entry_asks_for_what_an_entry_has() -> None:
    """Its questions are fields, required where they are; and the text, which is no field.  The kinds are ours."""
    questions = {item["id"]: item for item in body(ROOT / ".github/ISSUE_TEMPLATE/add-entry.yml") if "id" in item}
    fields = {field.name: field for field in EVENT.fields}
    vocabulary = yaml.safe_load((ROOT / "content/vocabulary.yml").read_text("utf-8"))

    assert questions.pop("body")["validations"]["required"]
    assert {} == {
        name: item for name, item in questions.items() if fields[name].required != item["validations"]["required"]
    }
    assert {field.name for field in EVENT.fields if field.required} <= set(questions)
    assert [kind["name"] for kind in vocabulary["kinds"]] == questions["kind"]["attributes"]["options"]
    assert f"at most {LONGEST_TITLE} characters" in questions["title"]["attributes"]["description"]


def test_the_form_for_an_error_asks_for_what_a_correction_has() -> None:
    """What is wrong, what it should say, and the sources; the day is ours to give."""
    questions = {item["id"]: item for item in body(ROOT / ".github/ISSUE_TEMPLATE/report-error.yml") if "id" in item}

    assert {"entry", "says", "sources", *(field.name for field in CORRECTION.fields)} - {"date"} == set(questions)
    assert all(item["validations"]["required"] for item in questions.values())
