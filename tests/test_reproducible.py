"""The same content gives the same bytes, whoever builds it, wherever, and however often."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from golden_files import read_tree

ROOT = Path(__file__).parent.parent
BUILDERS = {
    "here": ({"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}, 0o022, 1),
    "elsewhere": ({"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}, 0o077, 4),
}


def build(name: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A builder's build of the real content, into a folder of its name: here from its home, elsewhere from without."""
    environment, umask, jobs = BUILDERS[name]
    options = ["--content", str(ROOT / "content"), "--out", str(folder / name), "--jobs", str(jobs)]
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *options],
        cwd=ROOT if name == "here" else folder,
        env={**os.environ, **environment},
        umask=umask,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder that each builder published the real content to."""
    folder = tmp_path_factory.mktemp("reproducible")
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda name: build(name, folder), BUILDERS))
    assert [(0, b"")] * len(BUILDERS) == [(process.returncode, process.stderr) for process in done]
    return {name: folder / name for name in BUILDERS}


def promised(site: Path) -> dict[str, bytes]:
    """All files but the search index, whose bytes differ each time (docs/decisions/06-search.md)."""
    return {path: data for path, data in read_tree(site).items() if not path.startswith("pagefind/")}


def test_two_builders_publish_the_same_bytes(sites: dict[str, Path]) -> None:
    """Time zone, language, hash seed, umask, working folder and number of processes leave no trace."""
    here, elsewhere = (promised(sites[name]) for name in BUILDERS)

    assert here
    assert [] == sorted(here.keys() ^ elsewhere.keys())
    assert [] == [path for path in here if here[path] != elsewhere[path]]


def test_two_builders_give_the_same_rights(sites: dict[str, Path]) -> None:
    """Files 644, folders 755: a web server can read what a careful maintainer built."""
    rights = {
        (path.is_dir(), oct(path.stat().st_mode & 0o777))
        for site in sites.values()
        for path in (site, *site.rglob("*"))
    }

    assert {(True, "0o755"), (False, "0o644")} == rights


def test_no_page_names_the_folder_it_was_built_in(sites: dict[str, Path]) -> None:
    """Nor the one that its content came from."""
    private = (os.fsencode(ROOT), os.fsencode(sites["here"].parent))

    named = [
        f"{name}/{path}"
        for name, site in sites.items()
        for path, data in read_tree(site).items()
        if any(folder in data for folder in private)
    ]

    assert [] == named
