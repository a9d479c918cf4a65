"""What a command imports: only what it needs, because each library makes everybody wait."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OF_PAGES = {"jinja2", "markdown", "yaml", "nh3", "PIL", "pagefind"}
OF_SERVERS = {"livereload", "tornado", "watchfiles"}
OF_BROWSERS = {"playwright"}
OF_INDEXING = {"asyncio"}
OF_SLOW_CLASSES = {"dataclasses"}
OF_CHANGES = re.compile(r"generator\.(?:pages|publishing\.(?:extras|deferred|planning|making|render))")
"""What of ours only a build needs that has something to make."""
OF_OTHER_DAYS = {
    "generator.record.loose_dates",
    "generator.record.loose_times",
    "generator.publishing.cards",
    "generator.publishing.search",
    "generator.publishing.template_uses",
    "generator.reading.yaml_mistakes",
}
"""For a date or a YAML that is none, templates that have changed, and what is made beside the pages."""


def imported(*arguments: str) -> set[str]:
    """The modules outside packages, the packages, and of ours each module, that a command imports: Python tells it."""
    command = [sys.executable, "-X", "importtime", "build.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    names = {line.rsplit("|", 1)[1].strip() for line in lines}
    return {name if name.startswith("generator.") else name.split(".")[0] for name in names}


def test_help_needs_no_library() -> None:
    """Whoever asks how the command is used is told at once."""
    names = imported("--help")

    assert "argparse" in names
    assert set() == names & (OF_PAGES | OF_SERVERS | OF_BROWSERS)


def test_a_build_with_nothing_changed_needs_no_library(tmp_path: Path) -> None:
    """The first build reads and renders; the second sees that there is nothing to do, with what Python brings along."""
    arguments = ("build", "--content", str(ROOT / "tests/golden/content"), "--out", str(tmp_path / "site"))
    first, second = imported(*arguments), imported(*arguments)

    assert {"jinja2", "markdown", "yaml"} <= first
    assert "sqlite3" in second
    assert set() == second & (OF_PAGES | OF_SERVERS | OF_BROWSERS | OF_INDEXING | OF_SLOW_CLASSES)
    assert [] == sorted(name for name in second if name.startswith("generator.") and OF_CHANGES.match(name))


def test_an_edit_of_a_plain_text_needs_no_markdown(tmp_path: Path) -> None:
    """Markdown is brought in by the first text that is more than words, and nearly none is; others when wanted."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests/golden/content", content)
    arguments = ("build", "--content", str(content), "--out", str(tmp_path / "site"), "--no-search", "--no-cards")
    first = imported(*arguments)
    entry = next(content.glob("events/*/*-talks.md"))
    entry.write_text(entry.read_text("utf-8").replace("two days", "three days"), "utf-8")
    second = imported(*arguments)

    assert {"yaml", "markdown"} <= first
    assert "yaml" in second
    assert set() == second & ({"markdown"} | OF_SLOW_CLASSES | OF_OTHER_DAYS)
