"""The same content gives the same bytes, whoever builds it, wherever, and however often."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from golden_files import read_tree

ROOT = Path(__file__).parent.parent
ELSEWHERE = str(ROOT / "tests/other_machine")
"""On the path of a build, another clock and another order of folders."""
YEARS_S = 365 * 24 * 60 * 60
BUILDERS: dict[str, tuple[dict[str, str], int, int]] = {
    "elsewhere": (
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "PYTHONPATH": ELSEWHERE}
        | {"AHEAD_S": str(9 * YEARS_S), "SHUFFLED_BY": "one"},
        0o077,
        4,
    ),
    "long ago": (
        {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONPATH": ELSEWHERE}
        | {"AHEAD_S": str(-9 * YEARS_S), "SHUFFLED_BY": "two", "PYTHONUTF8": "0", "SOURCE_DATE_EPOCH": "1"},
        0o002,
        1,
    ),
}
"""Environment, umask, number of processes; "here" is the site that the other tests look at, of one process a core."""


def build(name: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """A builder's build of the real content, into a folder of its name, from without the programme's home."""
    environment, umask, jobs = BUILDERS[name]
    options = ["--content", str(ROOT / "content"), "--out", str(folder / name), "--jobs", str(jobs), "--no-cache"]
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *options],
        cwd=folder,
        env={**os.environ, **environment},
        umask=umask,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def sites(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder that each builder published the real content to."""
    folder = tmp_path_factory.mktemp("reproducible")
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda name: build(name, folder), BUILDERS))
    assert [(0, b"")] * len(BUILDERS) == [(process.returncode, process.stderr) for process in done]
    return {"here": built_site} | {name: folder / name for name in BUILDERS}


def promised(site: Path) -> dict[str, bytes]:
    """All files but the search index, whose bytes differ each time (docs/decisions/11-search.md)."""
    return {path: data for path, data in read_tree(site).items() if not path.startswith("pagefind/")}


def test_elsewhere_is_elsewhere(tmp_path: Path) -> None:
    """A build there has another date, in every way of asking, and sees files in another order."""
    for name in "abcdefghij":
        (tmp_path / name).touch()
    script = (
        "import datetime, os, time\n"
        "years = {datetime.date.today().year, datetime.datetime.now().year, time.localtime().tm_year,"
        " time.gmtime(time.time()).tm_year, time.gmtime(time.time_ns() // 10**9).tm_year}\n"
        "names = [entry.name for entry in os.scandir('.')]\n"
        "print(years, names != sorted(names), names != os.listdir('.'))"
    )
    for name, years in (("elsewhere", 9), ("long ago", -9)):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env={**os.environ, **BUILDERS[name][0]},
            capture_output=True,
            text=True,
            check=True,
        )
        year = datetime.fromtimestamp(time.time() + years * YEARS_S, ZoneInfo(BUILDERS[name][0]["TZ"])).year
        assert f"{{{year}}} True True\n" == done.stdout


def test_builders_publish_the_same_bytes(sites: dict[str, Path]) -> None:
    """Clock, time zone, language, hash seed, umask, order of files, folder and number of processes leave no trace."""
    here, *others = map(promised, sites.values())

    assert here
    for other in others:
        assert [] == sorted(here.keys() ^ other.keys())
        assert [] == [path for path in here if here[path] != other[path]]


def test_the_manifest_has_the_sum_of_every_file(sites: dict[str, Path]) -> None:
    """SHA-256 of each file by its path, and of no other; the manifest itself is left out, as it cannot know its own."""
    files = promised(sites["here"])
    manifest = json.loads(files.pop("data/manifest.json"))

    assert "SHA-256" == manifest["algorithm"]
    assert {path: hashlib.sha256(data).hexdigest() for path, data in files.items()} == manifest["files"]


def test_builders_give_the_same_rights(sites: dict[str, Path]) -> None:
    """Files 644, folders 755: a web server can read what a careful maintainer built."""
    rights = {
        (path.is_dir(), oct(path.stat().st_mode & 0o777))
        for site in sites.values()
        for path in (site, *site.rglob("*"))
    }

    assert {(True, "0o755"), (False, "0o644")} == rights


def test_no_page_names_the_folder_it_was_built_in(sites: dict[str, Path]) -> None:
    """Nor the one that its content came from."""
    private = (ROOT, *(site.parent for site in sites.values()))

    named = [
        f"{name}/{path}"
        for name, site in sites.items()
        for path, data in read_tree(site).items()
        if any(os.fsencode(folder) in data for folder in private)
    ]

    assert [] == named
