"""What is built, edited and built again, each time in turns with Hugo."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.processes import FailedError, Run, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HOME = Path(__file__).resolve().parent.parent
PROGRAMME = ("build.py", "generator", "templates", "static")
SITE_ALONE = ("--no-search", "--no-cards")
COLD, UNCHANGED, BODY, TITLE, SOURCE, ADDED, PLACE, TEMPLATE, ENTRY_TEMPLATE, STYLES = (
    "cold build",
    "nothing changed",
    "a body edited",
    "a title edited",
    "a source edited",
    "an entry added",
    "a place added",
    "a template edited",
    "entries’ template edited",
    "a stylesheet edited",
)
BY_ONE_PROCESS = 100
"""The number of an edit that no round has made."""
SCENARIOS = (COLD, UNCHANGED, BODY, TITLE, SOURCE, ADDED, PLACE, TEMPLATE, ENTRY_TEMPLATE, STYLES)
"""In the order in which they are built, so that each begins where the one before ended.

Of templates the one that all pages share is edited, then that of the pages of entries; Hugo's site has no places and no
stylesheet.
"""
_ADDED = "-added-"
"""Stands in the name of an entry that was added."""
_DONE = re.compile(r"files in .* \(([\d,]+) written, ([\d,]+) unchanged\)")
_STAGE = re.compile(r"^ +([\d.]+) s  (.+)$", re.MULTILINE)


class Row(NamedTuple):
    """The runs of one scenario, and beside each the run of Hugo that followed it; none where Hugo is not at hand."""

    scenario: str
    ours: Sequence[Run]
    hugo: Sequence[Run] = ()

    @property
    def ratio(self) -> float | None:
        """How many times as long as Hugo: the median of the pairs."""
        if not self.hugo:
            return None
        return statistics.median(one.wall / other.wall for one, other in zip(self.ours, self.hugo, strict=True))

    @property
    def written(self) -> int:
        """Files that the last run wrote."""
        return written(self.ours[-1])

    @property
    def stages(self) -> dict[str, float]:
        """Seconds by stage, of the run with the median time."""
        middle = sorted(self.ours, key=lambda each: each.wall)[len(self.ours) // 2]
        return {name: float(seconds) for seconds, name in _STAGE.findall(middle.output)}


def written(build: Run) -> int:
    """How many files a build of ours says that it has written."""
    found = _DONE.search(build.output)
    if not found:
        raise FailedError(f"the build does not say how many files it has written:\n{build.output[-2000:]}")
    return int(found[1].replace(",", ""))


def copy_programme(target: Path) -> None:
    """A copy of our own programme, whose templates may be edited and whose cache is its own."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in PROGRAMME:
        source = HOME / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)


class Ours:
    """Our programme, a content folder, and what is published of it."""

    def __init__(self, programme: Path, content: Path, out: Path) -> None:
        self.programme, self.content, self.out = programme, content, out
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self.environment["GIT_CEILING_DIRECTORIES"] = str(programme.parent)  # made-up entries have no history

    @property
    def entry(self) -> Path:
        """The entry that is edited."""
        return _middle((self.content / "events").rglob("*.md"))

    def build(self, *options: str) -> Run:
        """One build."""
        where = ("--content", str(self.content), "--out", str(self.out), "--timings")
        return run((sys.executable, "build.py", "build", *where, *options), self.programme, self.environment)

    def forget(self) -> None:
        """No site, no cache, and no entry but those of the beginning: the next build is cold, as that of each round."""
        _take_back(self.content)
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.rmtree(self.programme / ".cache", ignore_errors=True)

    def edit(self, scenario: str, number: int) -> None:
        """Change what a scenario changes, each number in another way."""
        if scenario in {BODY, TITLE}:
            _edit_entry(self.entry, scenario, number)
        elif scenario == SOURCE:
            _edit_source(_middle((self.content / "sources").glob("*.yml")), number, r"^([- ] title: )(.+)$")
        elif scenario == ADDED:
            _add_entry(self.content / "events", number)
        elif scenario == PLACE:
            _add_place(self.content / "places.yml", number)
        elif scenario == TEMPLATE:
            _edit_template(self.programme / "templates/base.html", "</body>")
        elif scenario == ENTRY_TEMPLATE:
            _edit_template(self.programme / "templates/pages/event.html", "</article>")
        elif scenario == STYLES:
            self.programme.joinpath("static/css/99-edited.css").write_text(f"hr {{ order: {number} }}\n", "utf-8")


class Hugo:
    """Hugo, and the folder in which it builds the same entries."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.folder = program, folder

    def build(self) -> Run:
        """One build, of everything: it keeps nothing from one to the next."""
        return run((self.program, "--quiet"), self.folder)

    def forget(self) -> None:
        """No site, and no entry but those of the beginning."""
        _take_back(self.folder / "content")
        for name in ("public", "resources"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self, scenario: str, number: int) -> None:
        """Change what a scenario changes, in the same files as in ours."""
        if scenario in {BODY, TITLE}:
            _edit_entry(_middle((self.folder / "content/events").rglob("*.md")), scenario, number)
        elif scenario == SOURCE:
            _edit_source(self.folder / "data/sources.yaml", number, r'(\{"title": )("[^"]+")')
        elif scenario == ADDED:
            _add_entry(self.folder / "content/events", number)
        elif scenario == TEMPLATE:
            _edit_template(self.folder / "layouts/baseof.html", "</body>")
        elif scenario == ENTRY_TEMPLATE:
            _edit_template(self.folder / "layouts/page.html", "</article>")


def _middle(files: Iterator[Path]) -> Path:
    paths = sorted(files)
    return paths[len(paths) // 2]


def _edit_entry(path: Path, scenario: str, number: int) -> None:
    """Another title; or another first word of the text, so that its sentences still end with their citations."""
    text = path.read_text("utf-8")
    if scenario == TITLE:
        text = re.sub(r"^title: .*$", f"title: An edited title, no. {number}", text, count=1, flags=re.MULTILINE)
    else:
        front, body = text[4:].split("\n---\n", 1)
        body = re.sub(r"\A\s*(?:Edit \d+: )?", f"\nEdit {number}: ", body)
        text = f"---\n{front}\n---\n{body}"
    path.write_text(text, "utf-8")


def _add_entry(folder: Path, number: int) -> None:
    """One more entry, the newest: the same as the newest of before, the day after, under another title."""
    newest = max(folder.rglob("*.md"), key=lambda path: path.name)
    day = date.fromisoformat(newest.name[:10])
    text, following = newest.read_text("utf-8"), day + timedelta(days=1)
    for field, value in (("title", f"An added entry, no. {number}"), ("date", following)):
        text = re.sub(rf"^{field}: .*$", f"{field}: {value}", text, count=1, flags=re.MULTILINE)
    folder = newest.parent.with_name(newest.parent.name.replace(str(day.year), str(following.year)))
    folder.mkdir(exist_ok=True)
    (folder / f"{following}{_ADDED}{number}.md").write_text(text, "utf-8")


def _add_place(path: Path, number: int) -> None:
    """One more place, which no entry names yet."""
    text = path.read_text("utf-8").rstrip("\n")
    line = f"- {{id: place{_ADDED}{number}, name: An added place {number}, country: Nowhere}}"
    path.write_text(f"{text}\n{line}\n", "utf-8")


def _take_back(folder: Path) -> None:
    """Take away what was added."""
    for path in folder.rglob(f"*{_ADDED}*.md"):
        path.unlink()
    places = folder / "places.yml"
    if places.exists():
        text = places.read_text("utf-8")
        places.write_text(re.sub(rf"^- {{id: place{_ADDED}.*\n", "", text, flags=re.MULTILINE), "utf-8")


def _edit_source(path: Path, number: int, title: str) -> None:
    """Another title of the source in the middle of a file."""
    text = path.read_text("utf-8")
    found = list(re.finditer(title, text, re.MULTILINE))
    which = found[len(found) // 2]
    path.write_text(f'{text[: which.start(2)]}"An edited source, no. {number}"{text[which.end(2) :]}', "utf-8")


def _edit_template(path: Path, end: str) -> None:
    """What its pages have is another, whatever was edited before: a line at the end of an element, counted up."""
    text = path.read_text("utf-8")
    found = re.search(r'<hr hidden data-edit="(\d+)">\n', text)
    line = f'<hr hidden data-edit="{int(found[1]) + 1 if found else 1}">\n'
    path.write_text(text.replace(found[0], line) if found else text.replace(end, f"{line}{end}"), "utf-8")


def measure(ours: Ours, hugo: Hugo | None, rounds: int, tell: Callable[[str], None]) -> Iterator[Row]:
    """All scenarios, so many rounds of them, each build of ours followed by the same one of Hugo's.

    Raises: FailedError too when a build wrote nothing of an edit, or something without one.
    """
    runs: dict[str, tuple[list[Run], list[Run]]] = {scenario: ([], []) for scenario in SCENARIOS}
    for number in range(1, rounds + 1):
        for scenario, (mine, its) in runs.items():
            tell(f"round {number} of {rounds}: {scenario}")
            for site in (ours, hugo):
                if site:
                    site.forget() if scenario == COLD else site.edit(scenario, number)
            mine.append(ours.build(*SITE_ALONE))
            if bool(written(mine[-1])) == (scenario == UNCHANGED):
                raise FailedError(f"{scenario}: the build wrote {written(mine[-1])} files")
            if hugo:
                its.append(hugo.build())
    for scenario, (mine, its) in runs.items():
        yield Row(scenario, tuple(mine), tuple(its))


def measure_one_process(ours: Ours, rows: Sequence[Row], tell: Callable[[str], None]) -> Iterator[Row]:
    """The scenarios of these rows by one process, once each, compared with the first of Hugo's runs in the row."""
    for row in rows:
        tell(f"one process: {row.scenario}")
        ours.forget() if row.scenario == COLD else ours.edit(row.scenario, BY_ONE_PROCESS)
        yield Row(f"{row.scenario}, one process", (ours.build(*SITE_ALONE, "--jobs", "1"),), row.hugo[:1])


EXTRAS: dict[str, tuple[str, ...]] = {"with search": ("--no-cards",), "with search and cards": ()}


def measure_extras(ours: Ours, tell: Callable[[str], None]) -> Iterator[Row]:
    """What search and cards cost, once each: cold, and after an edit of a body and of a title."""
    for number, (words, options) in enumerate(EXTRAS.items(), 101):
        for scenario in (COLD, BODY, TITLE):
            tell(f"{words}: {scenario}")
            ours.forget() if scenario == COLD else ours.edit(scenario, number)
            yield Row(f"{scenario}, {words}", (ours.build(*options),))
