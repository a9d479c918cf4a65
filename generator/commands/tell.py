"""How problems are told: as text, as JSON, as annotations of a pull request."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from generator.commands.common import UntoldError
from generator.record.counting import counted
from generator.record.problems import report, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.pages.worklist import Task
    from generator.record.problems import Problem
    from generator.record.site import Site


def say(text: str) -> None:
    """A line to standard output.

    Raises: BrokenPipeError, when nobody reads any more; UntoldError, when it cannot be written for another reason.
    """
    try:
        print(text, flush=True)  # noqa: T201
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk; the build itself knows nothing of it
        raise UntoldError(error.strerror) from error


def complain(text: str) -> None:
    """A line to standard error."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def refuse(message: object, hint: str) -> None:
    """Why something is not done, and what to do about it."""
    complain(f"error: {message}")
    complain(f"  hint: {hint}")


def tell(problems: Sequence[Problem], form: str = "text", more: int = 0) -> None:
    """All problems, to standard error as text, and to standard output in the forms that programs read.

    more: warnings that there are beside, and that only a check tells.
    """
    if form == "json":
        say(_json([_row(problem) for problem in problems]))
    elif form == "github":
        for problem in problems:
            say(_annotation(problem))
    elif problems:
        for problem in problems:
            complain(report(problem))
        if more:
            complain(f"and {counted(more, 'more warning')}: `build.py check` tells all")
        else:
            complain(summary(problems))


def tell_work(tasks: Sequence[Task], site: Site, form: str = "text") -> None:
    """The editors' work list, to standard output."""
    if form == "json":
        say(_json([_task(task, site) for task in tasks]))
        return
    for task in tasks:
        say(f"{task.name}: {len(task.items):,}")
        if task.items:
            say("  by month: " + ", ".join(f"{period} {number}" for period, number in task.periods))
        for item in task.items:
            say(f"  {item.id}" + (f"  {item.note}" if item.note else ""))


def _task(task: Task, site: Site) -> dict[str, object]:
    from generator.pages.worklist import named  # noqa: PLC0415 - only a report needs it

    return {
        "id": task.id,
        "name": task.name,
        "by_month": [{"month": period, "count": number} for period, number in task.periods],
        "items": [
            {"id": item.id, "month": item.period, "name": named(item, site).name, "note": item.note}
            for item in task.items
        ],
    }


def _json(rows: Sequence[object]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _row(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "length": problem.mark.length,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


def _annotation(problem: Problem) -> str:
    """A workflow command; `%`, line ends, `:` and `,` are escaped as its grammar asks, in names of files too."""
    data = _escaped(f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message)
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    end = problem.mark.column + problem.mark.length
    return (
        f"::{problem.severity} file={path},line={problem.mark.line},col={problem.mark.column},endColumn={end}::{data}"
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
