"""`build.py check`: validate the content, write nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.line import CONTENT_ERRORS, DONE, USAGE
from generator.commands.tell import complain, say, tell
from generator.reading.validate import load_site

if TYPE_CHECKING:
    import argparse


def run_check(options: argparse.Namespace) -> int:
    """Check, tell, and give the exit status; with paths, only what is said of these files counts."""
    for path in options.paths:
        if not path.exists():
            complain(f"error: there is no file {path}")
            return USAGE
    validated = load_site(options.content, drafts=True)
    chosen = {path.resolve() for path in options.paths}
    problems = [problem for problem in validated.problems if not chosen or _among(problem.path, chosen)]
    tell(problems, options.format)
    if any(problem.is_error for problem in problems) or (options.strict and problems):
        return CONTENT_ERRORS
    if options.format == "text" and not problems:
        files = (
            f"{len(chosen)} files"
            if chosen
            else f"{len(validated.site.events):,} entries"
            if validated.site
            else "the content"
        )
        say(f"{files} checked: no problems")
    return DONE


def _among(path: str, chosen: set[Path]) -> bool:
    """Whether a problem's file is one of those chosen, or lies below one."""
    resolved = Path(path).resolve()
    return any(resolved.is_relative_to(one) for one in chosen)
