"""Whole content folders made up by Hypothesis: each is read or explained, and nothing is raised."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

from bad_content import DATES, MARKDOWN, TEXTS, YAML
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.commands.line import main

BASE = Path(__file__).parent / "wrong" / "_base"
FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file())
NAMES = st.one_of(
    st.sampled_from(
        [*FILES, "events/new.md", "agreements/new.md", "pages/new.md", "sources/new.yml", "images/new.png"]
    ),
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12).map(
        lambda name: f"events/{name}"
    ),
)
SMALL = 2_000
PIECES = st.one_of(
    st.sampled_from([piece for piece in (*YAML.values(), *MARKDOWN.values(), *DATES) if len(piece) < SMALL]),
    st.text(max_size=40),
    st.sampled_from(
        ["---\n", "\n---\n", ": ", "- ", "[@gazette-talks]", "[[2025-07-24-fight]]", "\n\n", "{", "}", "null"]
    ),
).map(lambda text: text.encode("utf-8", "surrogatepass"))
WHOLE = st.sampled_from([data for data in TEXTS.values() if len(data) < SMALL]).map(
    lambda data: data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
)
CHANGES = st.lists(
    st.tuples(NAMES, st.integers(0, 300), st.integers(0, 30), st.one_of(PIECES, PIECES, WHOLE, st.binary(max_size=20))),
    min_size=1,
    max_size=5,
)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_whatever_a_folder_holds_it_is_read_or_explained(
    changes: list[tuple[str, int, int, bytes]], tmp_path: Path
) -> None:
    """Exit status 0, or 1 with at least one error that has its place and its hint."""
    content = tmp_path / "content"
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(BASE, content)
    for name, at, cut, piece in changes:
        path = content / name
        path.parent.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):  # a name that is `..`, or too long
            old = path.read_bytes() if path.is_file() else b""
            path.write_bytes(old[:at] + piece + old[at + cut :])

    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        status = main(["check", "--content", str(content)])

    errors = re.findall(r"^\S.*:\d+:\d+: error: .+$", said.getvalue(), re.MULTILINE)
    assert (status == 1) == bool(errors)
    assert status in {0, 1}
    assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f]*", said.getvalue())
