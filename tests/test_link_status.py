"""What is remembered of earlier looks, and when an address counts as dead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from generator.record.problems import report
from generator.upkeep.fetch import BLOCKED, FAILING, OK, REFUSED, UNASKED, Look
from generator.upkeep.status import DEAD, Result, Status, read_status, remember, write_status

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 24)
URL = "https://example.org/ข่าว"


def after(*looks: tuple[int, str]) -> Result | None:
    """What is known after looks, each with its day, counted from today."""
    result: Result | None = None
    for days, outcome in looks:
        result = remember(result, Look(outcome, f"was {outcome}"), TODAY + timedelta(days))
    return result


@pytest.mark.parametrize(
    ("looks", "verdict"),
    [
        ([(0, OK)], OK),
        ([(0, FAILING)], FAILING),
        ([(0, FAILING), (6, FAILING)], FAILING),
        ([(0, FAILING), (7, FAILING)], DEAD),
        ([(0, FAILING), (3, OK), (7, FAILING)], FAILING),
        ([(0, FAILING), (3, OK), (7, FAILING), (14, FAILING)], DEAD),
        ([(0, FAILING), (3, BLOCKED), (7, FAILING)], DEAD),
        ([(0, FAILING), (7, BLOCKED)], BLOCKED),
        ([(0, BLOCKED), (7, BLOCKED)], BLOCKED),
        ([(0, REFUSED), (7, REFUSED)], REFUSED),
        ([(0, FAILING), (7, UNASKED)], FAILING),
        ([(0, FAILING), (7, FAILING), (8, OK)], OK),
    ],
    ids=lambda value: " ".join(f"{day}:{outcome}" for day, outcome in value) if isinstance(value, list) else value,
)
def test_an_address_is_dead_when_it_has_failed_for_a_week(looks: list[tuple[int, str]], verdict: str) -> None:
    """A hiccup is not death, nor is a host that keeps programmes out; one success begins the count anew."""
    result = after(*looks)

    assert result is not None
    assert verdict == result.verdict


def test_what_is_remembered() -> None:
    """When it was last there, since when it fails, what was said last."""
    day = [TODAY + timedelta(number) for number in range(4)]

    assert Result(FAILING, "was failing", day[3], seen=day[0], first_failure=day[1], last_failure=day[3]) == after(
        (0, OK), (1, FAILING), (2, BLOCKED), (3, FAILING)
    )
    assert after((0, UNASKED)) is None


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    """Every result and every copy; the folder is made when it is not there."""
    path = tmp_path / "new/links.json"
    moved = Result(OK, "answered 200 OK", TODAY, seen=TODAY, moved_to="https://example.org/b")
    failing = after((0, OK), (1, FAILING), (3, FAILING))
    assert failing is not None
    status = Status({URL: moved, "https://example.org/c": failing}, {URL: "https://archive.example.org/a"})

    write_status(path, status)

    assert (status, []) == read_status(path)
    assert ["links.json"] == [item.name for item in path.parent.iterdir()]


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    """The first time there is nothing to tell."""
    assert (Status(), []) == read_status(tmp_path / "links.json")


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "\x00", "{}", '{"version": 2, "results": {}, "copies": {}}', "[" * 100_000),
        '{"version": 1, "results": [], "copies": {}}',
        '{"version": 1, "results": {}, "copies": {"a": 1}}',
        '{"version": 1, "results": {"a": {}}, "copies": {}}',
        '{"version": 1, "results": {"a": {"outcome": "ok"}}, "copies": {}}',
        '{"version": 1, "results": {"a": {"outcome": "dead", "checked": "2026-11-24"}}, "copies": {}}',
        '{"version": 1, "results": {"a": {"outcome": "ok", "checked": "yesterday"}}, "copies": {}}',
        '{"version": 1, "results": {"a": {"outcome": "ok", "checked": "2026-11-24", "new": ""}}, "copies": {}}',
        '{"version": 1, "results": {"a": {"outcome": "ok", "checked": 5}}, "copies": {}}',
        '{"version": 1, "results": {}, "copies": {"\\ud800": "a"}}',
    ],
    ids=range(17),
)
def test_a_garbled_file_is_told_and_begun_anew(tmp_path: Path, text: str) -> None:
    """Whatever is in it, nothing is guessed, and no traceback shown."""
    path = tmp_path / "links.json"
    path.write_text(text, "utf-8")

    status, problems = read_status(path)

    assert Status() == status
    assert "\n".join(report(problem) for problem in problems) == (
        f"{path.as_posix()}:1:1: warning: this is not a file of link results, and it is begun anew\n"
        "  hint: what earlier checks have shown is lost; keep the file out of other programs' way"
    )
