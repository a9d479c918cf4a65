"""`build.py check`: validate the content, write nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import CONTENT_ERRORS, DONE, USAGE
from generator.commands.tell import complain, refuse, say, tell, tell_work
from generator.commands.today import today
from generator.pages.worklist import work_list
from generator.reading.validate import load_site
from generator.record.counting import counted
from generator.upkeep.compare import compare
from generator.upkeep.git import GitError
from generator.upkeep.revisions import collect, read_revision

if TYPE_CHECKING:
    import argparse

    from generator.reading.files import Content
    from generator.reading.validate import Validated


def run_check(options: argparse.Namespace) -> int:
    """Check, tell, and give the exit status; with paths, only what is said of these files counts."""
    if not all(_is_there(path, options.content) for path in options.paths):
        return USAGE
    earlier: Content | None = None
    if options.against is not None:
        try:
            earlier = read_revision(options.content, options.against)
        except GitError as error:
            complain(f"error: --against: {error}")
            return USAGE
    validated = load_site(options.content, drafts=True)
    found = list(validated.problems)
    if earlier:
        before = collect(earlier, validated.collected)
        settings = next(iter(validated.collected.records("site.yml")), None)
        zone = settings.timezone if settings else ""
        found += compare(before, validated.collected, options.against, today(options, zone).isoformat())
    chosen = {path.resolve() for path in options.paths}
    problems = [problem for problem in sorted(set(found)) if not chosen or _among(problem.path, chosen)]
    tasks = work_list(validated.site) if options.report and validated.site else None
    if tasks is None or options.format != "json":  # one JSON document is enough
        tell(problems, options.format)
    if tasks is not None and validated.site:
        tell_work(tasks, validated.site, options.format)
    if any(problem.is_error for problem in problems) or (options.strict and problems):
        return CONTENT_ERRORS
    if options.format == "text" and not problems:
        files = counted(len(chosen), "file") if chosen else _entries(validated)
        against = f" against {options.against}" if earlier else ""
        say(f"{files} checked{against}: no problems")
    return DONE


def _is_there(path: Path, content: Path) -> bool:
    """Whether a path is one of the content; if not, that is told: nobody is to think that it was checked."""
    if not path.exists():
        complain(f"error: there is no file {path}")
        return False
    if not path.resolve().is_relative_to(content.resolve()):
        refuse(f"{path} is not in the content folder {content}", "say with --content DIR which folder it is of")
        return False
    return True


def _entries(validated: Validated) -> str:
    return counted(validated.site.size(), "entry", "entries") if validated.site else "the content"


def _among(path: str, chosen: set[Path]) -> bool:
    """Whether a problem's file is one of those chosen, or lies below one."""
    resolved = Path(path).resolve()
    return any(resolved.is_relative_to(one) for one in chosen)
