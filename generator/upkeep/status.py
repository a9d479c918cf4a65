"""What earlier looks have shown, by address: a JSON file that a maintainer may read, and delete."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from generator.record.problems import Mark, Problem
from generator.upkeep.fetch import BLOCKED, FAILING, OK, REFUSED, UNASKED
from generator.upkeep.replace import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.upkeep.fetch import Look

DEAD = "dead"
"""What has failed for long enough: the fifth thing that may come of a look."""
DEAD_AFTER = timedelta(days=7)
VERSION = 1

_DAYS = frozenset({"checked", "seen", "first_failure", "last_failure"})
_OUTCOMES = frozenset({OK, BLOCKED, FAILING, REFUSED})


@dataclass(frozen=True, slots=True)
class Result:
    """What looks at an address have shown.

    outcome, reason, checked, moved_to: of the last one.  seen: the last day that it was there.
    first_failure, last_failure: of the failures since then; a host that keeps us out proves neither.
    """

    outcome: str
    reason: str
    checked: date
    seen: date | None = None
    first_failure: date | None = None
    last_failure: date | None = None
    moved_to: str = ""

    @property
    def verdict(self) -> str:
        """The outcome; or `dead`, when it fails, and did so at least a week ago, and was not there in between."""
        if self.outcome != FAILING or self.first_failure is None or self.last_failure is None:
            return self.outcome
        return DEAD if self.last_failure - self.first_failure >= DEAD_AFTER else FAILING


@dataclass(slots=True)
class Status:
    """All that is remembered: results, and archived copies found, both by address."""

    results: dict[str, Result] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)


def remember(before: Result | None, look: Look, today: date) -> Result | None:
    """What is known after a look."""
    if look.outcome == UNASKED:
        return before
    result = Result(look.outcome, look.reason, today, moved_to=look.moved_to)
    if look.outcome == OK:
        return replace(result, seen=today)
    if before:
        result = replace(result, seen=before.seen, first_failure=before.first_failure, last_failure=before.last_failure)
    if look.outcome == FAILING:
        result = replace(result, first_failure=result.first_failure or today, last_failure=today)
    return result


def read_status(path: Path) -> tuple[Status, list[Problem]]:
    """What the file tells; nothing when there is none, and nothing with a warning when it cannot be understood.

    Raises: OSError.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Status(), []
    try:
        return _status(json.loads(data)), []
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = "this is not a file of link results, and it is begun anew"
        hint = "what earlier checks have shown is lost; keep the file out of other programs' way"
        return Status(), [Problem(path.as_posix(), Mark(), message, hint, "warning")]


def write_status(path: Path, status: Status) -> None:
    """Write the file, whole.

    Raises: OSError.
    """
    results = {address: _row(result) for address, result in sorted(status.results.items())}
    data = {"version": VERSION, "results": results, "copies": dict(sorted(status.copies.items()))}
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def _row(result: Result) -> dict[str, str]:
    """The fields that say something."""
    return {name: str(value) for name, value in asdict(result).items() if value}


def _status(data: dict[str, Any]) -> Status:
    """What a file's JSON tells.

    Raises: ValueError, TypeError, KeyError, AttributeError, when it has another form.
    """
    if data["version"] != VERSION:
        raise ValueError
    copies = {_text(address): _text(copy) for address, copy in data["copies"].items()}
    return Status({_text(address): _result(row) for address, row in data["results"].items()}, copies)


def _result(row: dict[str, Any]) -> Result:
    if row["outcome"] not in _OUTCOMES or row.keys() - {field.name for field in fields(Result)}:
        raise ValueError
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS else _text(value) for name, value in row.items()
    }
    return Result(**({"reason": ""} | values))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half of a surrogate pair is no text
    return value
