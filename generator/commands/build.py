"""`build.py build`: build the site, and say in one line what was done."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from generator.commands.common import CACHE, CONTENT_ERRORS, DONE, HOME, USAGE
from generator.commands.progress import Stages
from generator.commands.tell import complain, refuse, say, tell
from generator.incremental.jobs import end_with
from generator.publishing.errors import PublishError, WrongFolderError
from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.publishing.template_mistakes import TemplateMistakeError
from generator.record.counting import counted

if TYPE_CHECKING:
    import argparse

    from generator.publishing.report import Report


def run_build(options: argparse.Namespace) -> int:
    """Build, and give the exit status."""
    started = perf_counter()
    wanted = Options(
        content=options.content,
        templates=HOME / "templates",
        static=HOME / "static",
        out=options.out,
        base_url=options.base_url or "",
        drafts=options.drafts,
        strict=options.strict,
        jobs=options.jobs,
        anew=options.no_cache,
        cache=None if options.no_cache else CACHE,
        extras=frozenset(name for name in ("search", "cards") if not getattr(options, f"no_{name}")),
    )
    try:
        if options.deferred_for:
            from generator.publishing.deferred import make_deferred  # noqa: PLC0415 - what it needs takes long to import

            end_with(options.deferred_for)
            make_deferred(wanted)
            return DONE
        with Stages() as stages:
            report = build(wanted, stages.begin)
    except PublishError as error:
        refuse(error, error.hint)
        return USAGE if isinstance(error, WrongFolderError) else CONTENT_ERRORS
    except TemplateMistakeError as error:
        tell([error.problem])
        complain(f"nothing was published: {options.out} is as it was")
        return CONTENT_ERRORS
    tell_report(report)
    for note in report.lacking:
        complain(f"note: {note}")
    if report.published is None:
        complain(f"nothing was published: {options.out} is as it was")
        return CONTENT_ERRORS
    say(done(report, perf_counter() - started, str(options.out)))
    if options.timings:
        for stage, seconds in report.seconds.items():
            say(f"  {seconds:7.3f} s  {stage}")
    return DONE


def tell_report(report: Report) -> None:
    """The problems of a build; of warnings that stop nothing, the first, and how many more there are."""
    tell(report.problems, more=report.counts.errors + report.counts.warnings - len(report.problems))


def done(report: Report, seconds: float, out: str) -> str:
    """`231 entries, 532 sources -> 1,204 files in public (3 written, 1,201 unchanged) in 1.2 s`."""
    assert report.published is not None  # noqa: S101 - only what was published is told so
    counts, published = report.counts, report.published
    files = published.written + published.unchanged
    left_out = counts.drafts_left_out
    drafts = f"; {counted(left_out, 'draft')} left out (--drafts shows them)" if left_out else ""
    return (
        f"{counted(counts.entries, 'entry', 'entries')}, {counted(counts.sources, 'source')} -> "
        f"{counted(files, 'file')} in {out} "
        f"({published.written:,} written, {published.unchanged:,} unchanged) in {seconds:.1f} s{drafts}"
    )
