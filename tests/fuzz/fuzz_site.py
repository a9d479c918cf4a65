"""A small content folder, changed in several places: it becomes pages, or problems; nothing is raised."""

from __future__ import annotations

import atheris
from common import fuzz, text_of

with atheris.instrument_imports(include=["generator.reading", "generator.pages", "generator.publishing"]):
    import contextlib
    import io
    import shutil
    import tempfile
    from pathlib import Path

    from generator.commands.line import main

BASE = Path(__file__).parents[1] / "wrong" / "_base"
FILES = sorted(path.relative_to(BASE) for path in BASE.rglob("*") if path.is_file())
FOLDER = Path(tempfile.mkdtemp())


def target(data: bytes) -> None:
    """Each change puts a few words of the bytes somewhere into one of the files; then the site is built."""
    given = atheris.FuzzedDataProvider(data)
    content = FOLDER / "content"
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(BASE, content)
    for _ in range(given.ConsumeIntInRange(1, 4)):
        path = content / FILES[given.ConsumeIntInRange(0, len(FILES) - 1)]
        old = path.read_bytes()
        at = given.ConsumeIntInRange(0, len(old))
        words = text_of(given.ConsumeBytes(given.ConsumeIntInRange(0, 60))).encode("utf-8", "surrogatepass")
        path.write_bytes(old[:at] + words + old[at + given.ConsumeIntInRange(0, 20) :])
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        arguments = [
            "--content",
            str(content),
            "--out",
            str(FOLDER / "public"),
            "--jobs",
            "1",
            "--no-cache",
            "--no-search",
        ]
        status = main(["build", *arguments])
    assert status in {0, 1}
    assert status == 0 or "error: " in said.getvalue()


fuzz(target)
