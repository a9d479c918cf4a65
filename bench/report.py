"""What was measured, as docs/benchmark.md tells it: pure functions from figures to Markdown."""

from __future__ import annotations

import statistics
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bench.builds import BODY, COLD, ENTRY_TEMPLATE, SOURCE, TEMPLATE, TITLE, UNCHANGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bench.builds import Row
    from bench.processes import Run
    from bench.reader import Reader

WANTED_AT = 10_000
WANTED = {COLD: 1.5, UNCHANGED: 0.06, BODY: 0.10, TITLE: 0.15, SOURCE: 0.15, TEMPLATE: 1.5, ENTRY_TEMPLATE: 1.5}
"""At that many entries, at most so many times as long as Hugo takes for its lesser site."""
WANTED_REAL = {COLD: 2.0, BODY: 0.3, TITLE: 0.3, SOURCE: 0.3}
"""Of the real chronology, at most so many seconds."""
WANTED_SHOWN = 0.3
"""Of the real chronology, at most so many seconds from a save to the page in a preview."""
WANTED_PEAK = 400
"""MiB for each process, at any size."""
WANTED_SCRIPTS = 50
"""Milliseconds of scripting of any page."""
INTRODUCTION = (
    "Written by `make bench`: made-up chronologies of several sizes (`bench/corpus.py`) and the real one, built by "
    "whole processes, each build in turns with Hugo, which makes a lesser site of the same entries (`bench/hugo.py`: "
    "a page for each entry and month, a home page, a feed, a sitemap).  Times are medians, in seconds; in brackets "
    "stand the shortest and the longest.  A ratio is the median of the pairs: ours divided by Hugo’s.  Memory is that "
    "of the largest process."
)
REAL = "the real chronology"
KB = 1000


class Result(NamedTuple):
    """What was measured of one corpus.

    name: of how many entries it is, or which.  entries: how many; of the real one too.
    waits: seconds from a save to the page in a preview, by scenario; empty where that was not measured.
    """

    name: str
    entries: int
    rows: Sequence[Row]
    reader: Reader | None = None
    notes: Sequence[str] = ()
    waits: Mapping[str, Sequence[float]] = MappingProxyType({})


def mark(value: float, wanted: float) -> str:
    """By how much of what is wanted a value is below or above it: `met, 12 % below`, `missed, 40 % above`."""
    share = abs(value - wanted) / wanted
    return f"met, {share:.0%} below" if value <= wanted else f"**missed**, {share:.0%} above"


def report(head: Mapping[str, str], results: Sequence[Result], started: Iterable[str]) -> str:
    """The whole document."""
    parts = ["# Benchmark", INTRODUCTION, _table(("", ""), head.items())]
    for result in results:
        parts += [f"## {_title(result)}", *(f"{note}" for note in result.notes), builds(result)]
        if phases := stages(result):
            parts += ["Where the time went, in seconds:", phases]
        if result.waits:
            parts += ["Under `serve`, from saving to the page that an open browser shows anew:", waits_table(result)]
    readers = [result for result in results if result.reader]
    if readers:
        parts += ["## What a reader downloads", readers_table(readers), *_scripts(readers)]
    parts += ["## Start-up", *started]
    return "\n\n".join(parts) + "\n"


def _title(result: Result) -> str:
    return (
        f"{result.name[0].upper()}{result.name[1:]}, {result.entries:,} entries" if result.name == REAL else result.name
    )


def builds(result: Result) -> str:
    """A row for each scenario: ours, Hugo's, the ratio, and what is wanted."""
    rows = []
    for row in result.rows:
        wanted, reached = _wanted(result, row)
        peak = max(each.peak for each in row.ours)
        rows.append(
            (
                row.scenario,
                spread(row.ours),
                f"{statistics.median(each.cpu for each in row.ours):.2f}",
                f"{peak:.0f}{'' if peak <= WANTED_PEAK else ' **(above 400)**'}",
                f"{row.written:,}",
                spread(row.hugo) if row.hugo else "–",
                f"{row.ratio:.2f}" if row.ratio is not None else "–",
                wanted,
                reached,
            )
        )
    heads = ("", "time", "CPU", "MiB", "files written", "Hugo", "ratio", "wanted", "")
    return _table(heads, rows)


def _wanted(result: Result, row: Row) -> tuple[str, str]:
    if result.name == REAL and (seconds := WANTED_REAL.get(row.scenario)):
        return f"≤ {seconds:.1f} s", mark(statistics.median(each.wall for each in row.ours), seconds)
    if result.entries == WANTED_AT and result.name != REAL and (ratio := WANTED.get(row.scenario)):
        return f"≤ {ratio:.2f}", mark(row.ratio, ratio) if row.ratio is not None else "not compared"
    return "–", "–"


def spread(runs: Sequence[Run]) -> str:
    """`1.20 (1.10–1.31)`: the median, and between what it lies when there are several."""
    return _spread([run.wall for run in runs])


def _spread(seconds: Sequence[float]) -> str:
    middle = f"{statistics.median(seconds):.2f}"
    return middle if len(seconds) == 1 else f"{middle} ({min(seconds):.2f}–{max(seconds):.2f})"


def stages(result: Result) -> str:
    """Seconds by stage, of a cold build, one without a change, and after edits."""
    rows = [row for row in result.rows if row.stages]
    names = list(dict.fromkeys(name for row in rows for name in row.stages))
    cells = (
        (row.scenario, *(f"{row.stages[name]:.2f}" if name in row.stages else "" for name in names)) for row in rows
    )
    return _table(("", *names), cells) if names else ""


def waits_table(result: Result) -> str:
    """A row for each scenario of a preview."""
    rows = []
    for scenario, seconds in result.waits.items():
        wanted = result.name == REAL
        reached = mark(statistics.median(seconds), WANTED_SHOWN) if wanted else "–"
        rows.append((scenario, _spread(seconds), f"≤ {WANTED_SHOWN:.1f} s" if wanted else "–", reached))
    return _table(("", "time", "wanted", ""), rows)


def readers_table(results: Sequence[Result]) -> str:
    """What is sent, compressed, and what is the longest: a column for each corpus."""
    kinds = list(dict.fromkeys(kind for result in results if result.reader for kind in result.reader.sent))
    rows = []
    for kind in kinds:
        sizes = [result.reader.sent.get(kind) for result in results if result.reader]
        rows.append((f"{kind}, kB compressed", *("–" if size is None else f"{size / KB:.1f}" for size in sizes)))
    readers = [result.reader for result in results if result.reader]
    rows.append(
        ("longest HTML page, kB", *(f"{each.largest[0][1] / KB:.0f} (`{each.largest[0][0]}`)" for each in readers))
    )
    rows.append(("pages above 150 kB (wanted: none)", *(f"{each.over:,}" if each.over else "none" for each in readers)))
    rows.append(("most scripting of a page, ms (wanted: ≤ 50)", *(_most_scripting(each) for each in readers)))
    rows.append(("files", *(f"{each.files:,}" for each in readers)))
    rows.append(("MB in all", *(f"{each.size / KB / KB:.1f}" for each in readers)))
    return _table(("", *(result.name for result in results)), rows)


def _most_scripting(reader: Reader) -> str:
    if not reader.scripts:
        return "–"
    path, took = max(reader.scripts.items(), key=lambda item: item[1])
    return f"{took:.0f}{'' if took <= WANTED_SCRIPTS else ' **missed**'} (`{path}`)"


def _scripts(results: Sequence[Result]) -> list[str]:
    return list(
        dict.fromkeys(
            f"Not tried with a browser: {each.reader.note}." for each in results if each.reader and each.reader.note
        )
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; its first column is words, the others figures."""
    align = ["---", *("---:" for _ in heads[1:])] if len(heads) > 2 else ["---", "---"]  # noqa: PLR2004 - words only
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, align, *rows))
