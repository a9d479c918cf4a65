"""What comes in from elsewhere: few packages, pinned by their hashes, under licences that we know."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock", "tests/fuzz/requirements.lock")
TABLE = ROOT / "docs" / "dependencies.md"
FEW = 16
PERMISSIVE = frozenset({
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Unicode-3.0",
})  # fmt: skip
SPDX = {
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Older ways of naming a licence."""
LONGEST_NAME = 60
"""Characters; what is longer is a licence's text."""


def pinned(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Version and hashes of each package of a lock."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line.split(" # ")[0] for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found = {}
    for line in lines:
        match = re.fullmatch(
            r"([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;]+)(?: ; [^-]+)?((?: +--hash=sha256:[0-9a-f]{64})+) *", line
        )
        assert match, f"{lock}: {line}"
        found[match[1]] = (match[2], match[3].split())
    return found


def licence_of(package: str) -> str:
    """The licence of an installed package, in SPDX's words, as far as the package says it."""
    said = distribution(package).metadata.json
    classifiers = [str(line) for line in said.get("classifier", ()) if str(line).startswith("License ::")]
    named = [line.rpartition(" :: ")[2] for line in classifiers]
    for words in (said.get("license_expression"), *named, said.get("license")):
        if isinstance(words, str) and 0 < len(words) < LONGEST_NAME:
            return SPDX.get(words, words)
    return "unknown"


def table() -> dict[str, str]:
    """The documented packages and their licences."""
    rows = re.findall(r"^\| ([a-z][a-z0-9-]*) \| ([^|]+) \| [^|]+ \|$", TABLE.read_text("utf-8"), re.MULTILINE)
    return {name: licence for name, licence in rows if name != "package"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_hashes(lock: str) -> None:
    """One version, and the SHA-256 of each of its files; nothing from an address, and no other index."""
    packages = pinned(lock)

    assert packages
    assert not re.search(
        r"(?m)^\s*(?:-e|--index|--extra-index|--find-links|https?:|git\+)|@ ", (ROOT / lock).read_text("utf-8")
    )


def test_the_locks_agree() -> None:
    """What a site is built with is what the tests are run with."""
    built, tested = pinned(LOCKS[0]), pinned(LOCKS[1])

    assert {} == {
        name: version for name, (version, _) in built.items() if name in tested and tested[name][0] != version
    }


def test_what_is_asked_for_is_locked() -> None:
    """Each direct dependency, and little else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    direct = {re.split(r"[\[<>=~! ]", line)[0].lower().replace("_", "-") for line in project["dependencies"]}

    assert direct <= pinned(LOCKS[0]).keys()
    assert len(pinned(LOCKS[0])) <= FEW


def test_every_run_time_dependency_is_listed_with_its_licence() -> None:
    """In docs/dependencies.md, as the packages themselves say it; what is installed is what is locked."""
    locked = pinned(LOCKS[0])

    assert {name: licence_of(name) for name in locked} == table()
    assert {name: version for name, (version, _) in locked.items()} == {
        name: distribution(name).version for name in locked
    }


def test_every_licence_is_permissive() -> None:
    """None that would bind a newsroom's own content or code."""
    assert {} == {name: licence for name, licence in table().items() if licence not in PERMISSIVE}


def test_installing_asks_for_hashes() -> None:
    """In the Makefile and in the README, every installation of ours; the tool that makes locks is none."""
    for name in ("Makefile", "README.md"):
        lines = re.findall(r"^.*pip\b.* install .*-r .*$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        assert [] == [line for line in lines if "--require-hashes" not in line and "PIP_INSTALL" not in line]
    install = re.findall(r"^PIP_INSTALL = .*$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [True] == ["--require-hashes" in line for line in install]


def test_security_says_where_to_report() -> None:
    """And what is promised."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")

    assert "Report a vulnerability" in text
    assert "content/site.yml" in text
