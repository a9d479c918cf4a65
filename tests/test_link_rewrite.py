"""What is written back into the content: the values, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.record.problems import report
from generator.upkeep.rewrite import rewritten, update_content

if TYPE_CHECKING:
    from generator.upkeep.rewrite import Changes

CONTENT = Path(__file__).parent.parent / "content"
COPY = "https://archive.example.org/web/2025/https://example.org/a"
NEW_LINES = f"  accessed: 2026-11-24\n  archived: {COPY}\n"
BOTH = {"accessed": "2026-11-24", "archived": COPY}

REWRITTEN = {
    "a block": (
        "- id: s\n  title: A\n  url: https://example.org/a\n  language: en\n",
        f"- id: s\n  title: A\n  url: https://example.org/a\n{NEW_LINES}  language: en\n",
    ),
    "another day": (
        "- id: s\n  accessed: '2025-03-05'   # seen\n  url: https://example.org/a\n",
        f"- id: s\n  accessed: '2026-11-24'   # seen\n  url: https://example.org/a\n  archived: {COPY}\n",
    ),
    "the same day": (
        f"- id: s\n  url: https://example.org/a\n  archived: {COPY}\n  accessed: 2026-11-24\n",
        f"- id: s\n  url: https://example.org/a\n  archived: {COPY}\n  accessed: 2026-11-24\n",
    ),
    "a comment and quotes": (
        '- id: s\n  url: "https://example.org/a"  # by hand\n\n# the next\n- id: t\n  url: https://example.org/b\n',
        f'- id: s\n  url: "https://example.org/a"  # by hand\n{NEW_LINES}\n# the next\n- id: t\n  url: https://example.org/b\n',
    ),
    "a deeper block": (
        "-   id: s\n    url: https://example.org/a\n",
        f"-   id: s\n    url: https://example.org/a\n    accessed: 2026-11-24\n    archived: {COPY}\n",
    ),
    "the address first": (
        "- url: https://example.org/a\n  id: s\n",
        f"- url: https://example.org/a\n{NEW_LINES}  id: s\n",
    ),
    "the address last, without a line end": (
        "- id: s\n  url: https://example.org/a",
        f"- id: s\n  url: https://example.org/a\n  accessed: 2026-11-24\n  archived: {COPY}",
    ),
    "one line alone": (
        "[{id: s, url: https://example.org/a}]",
        f"[{{id: s, url: https://example.org/a, accessed: 2026-11-24, archived: {COPY}}}]",
    ),
    "braces after letters of several bytes": (
        "- {title: ประกาศ 🕊, url: 'https://example.org/a', id: s} # ข่าว\n",
        f"- {{title: ประกาศ 🕊, url: 'https://example.org/a', accessed: 2026-11-24, archived: {COPY}, id: s}} # ข่าว\n",
    ),
    "braces over lines": (
        "- {id: s,\n   url: https://example.org/a,\n   accessed: 2025}\n",
        f"- {{id: s,\n   url: https://example.org/a, archived: {COPY},\n   accessed: 2026-11-24}}\n",
    ),
    "lines of another system": (
        "- id: s\r\n  url: https://example.org/a\r\n  note: A\r\n",
        f"- id: s\r\n  url: https://example.org/a\r\n  accessed: 2026-11-24\r\n  archived: {COPY}\r\n  note: A\r\n",
    ),
    "a byte order mark": (
        "\ufeff- {id: s, url: https://example.org/a}\n",
        f"\ufeff- {{id: s, url: https://example.org/a, accessed: 2026-11-24, archived: {COPY}}}\n",
    ),
}
"""A list of sources before and after."""


@pytest.mark.parametrize(("before", "after"), REWRITTEN.values(), ids=REWRITTEN)
def test_new_values_are_written_and_every_other_byte_stays(before: str, after: str) -> None:
    """Behind the address, or in the place of the old value, in the manner of the source."""
    assert (after, []) == rewritten(before, "sources/a.yml", {"s": BOTH})


@pytest.mark.parametrize("begin", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_an_entry_is_changed_where_it_defines_its_source(begin: str) -> None:
    """Ids of other sources, the body, and the order of the front matter stay."""
    entry = (
        "---\ntitle: A\nsources:\n- other\n- {{id: s, url: https://example.org/a{}}}\ndate: 2025\n---\n\nurl: [@s]\n"
    )

    after = rewritten(begin + entry.format(""), "events/a.md", {"s": BOTH})

    assert (begin + entry.format(f", accessed: 2026-11-24, archived: {COPY}"), []) == after


@pytest.mark.parametrize("copy", ["https://example.org/a,b", "https://example.org/[a]", "https://example.org/a:"])
def test_an_address_that_yaml_would_misread_is_put_in_quotes(copy: str) -> None:
    """In braces a comma would end it, and a colon at its end would begin something else."""
    after, left = rewritten("- {id: s, url: https://example.org/a}\n", "sources/a.yml", {"s": {"archived": copy}})

    assert [] == left
    assert f'- {{id: s, url: https://example.org/a, archived: "{copy}"}}\n' == after


@pytest.mark.parametrize(
    "source", ["- id: s\n  url: >-\n    https://example.org/a\n", '- id: s\n  url: "https://example.org/\\x61"\n']
)
def test_what_is_written_in_another_way_is_left(source: str) -> None:
    """A source that we might spoil stays as it is, and the others of its file are changed."""
    both = source + "- id: t\n  url: https://example.org/b\n"

    after, left = rewritten(both, "sources/a.yml", {"s": BOTH, "t": BOTH})

    assert ["s"] == left
    assert f"{source}- id: t\n  url: https://example.org/b\n{NEW_LINES}" == after


def test_a_file_that_would_say_something_else_is_left_whole() -> None:
    """What was written is read again, and held against what was meant."""
    before = "- id: s\n  url: https://example.org/a\n"

    assert (before, ["s"]) == rewritten(before, "sources/a.yml", {"s": {"archived": 'a"b'}})


def test_every_source_of_the_real_content_can_be_written_to() -> None:
    """Each gets both values, and without the new words the files are as they were."""
    new = re.compile(rf"\n *(?:accessed: 2026-11-24|archived: {COPY})|, (?:accessed: 2026-11-24|archived: {COPY})")
    written = 0
    for path in sorted(CONTENT.rglob("sources/*.yml")):
        before = path.read_bytes().decode()
        idents = re.findall(r"^- id: (\S+)\n(?:  .*\n)*?  url: ", before, re.MULTILINE)
        changes: Changes = {ident: BOTH for ident in idents if "accessed:" not in before and "archived:" not in before}

        after, left = rewritten(before, f"sources/{path.name}", changes)

        assert [] == left
        assert before == new.sub("", after)
        written += len(changes)
    assert written > 100


def test_files_are_read_afresh_and_written_whole(tmp_path: Path) -> None:
    """Only files that change are written; their permissions stay; what cannot be changed is told."""
    folder = tmp_path / "content"
    (folder / "sources").mkdir(parents=True)
    changed, other, odd = (folder / f"sources/{name}.yml" for name in ("changed", "other", "odd"))
    changed.write_bytes(REWRITTEN["lines of another system"][0].encode())
    changed.chmod(0o640)
    other.write_text("- {id: o, url: https://example.org/o}\n", "utf-8")
    odd.write_text("- id: odd\n  url: |-\n    https://example.org/odd\n", "utf-8")
    before = other.stat().st_mtime_ns, odd.read_bytes()

    seen = {"accessed": "2026-11-24"}
    changes: Changes = {"https://example.org/a": BOTH, "https://example.org/odd": seen, "https://example.org/": BOTH}
    updated = update_content(folder, changes)

    assert (changed,) == updated.paths
    assert REWRITTEN["lines of another system"][1].encode() == changed.read_bytes()
    assert 0o640 == changed.stat().st_mode & 0o777
    assert before == (other.stat().st_mtime_ns, odd.read_bytes())
    assert ["changed.yml", "odd.yml", "other.yml"] == sorted(path.name for path in (folder / "sources").iterdir())
    assert "\n".join(report(problem) for problem in updated.problems) == (
        f"{odd.as_posix()}:1:7: warning: the source `odd` is written in a way that is not changed for you\n"
        "  1 | - id: odd\n            ^^^\n  hint: write into it accessed: 2026-11-24"
    )
