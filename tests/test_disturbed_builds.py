"""Whatever befalls a build, the published folder is wholly the old site or wholly the new one.

Black boxes: `build.py` is run, disturbed, the folder is compared with what an undisturbed build makes, and the
next build works and leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden_files import read_tree, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests/golden/content"
OTHER_MACHINE = str(ROOT / "tests/other_machine")
KILLS = 16
TIMED_KILLS = 5
PATIENCE_S = 60
NO_EXTRAS = ("--no-search", "--no-cards")
"""For a build that is refused, whatever it would have made."""
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


class Workshop:
    """Two contents, `a` and `b`, and the sites that undisturbed builds make of them; `out` is where builds publish."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out" / "public"
        self.out.parent.mkdir()
        (folder / "temporary").mkdir()
        for name in "ab":
            shutil.copytree(GOLDEN, folder / name)
        site = folder / "b/site.yml"
        site.write_text(site.read_text("utf-8").replace("title: The Kelmouth", "title: The other Kelmouth"), "utf-8")
        (folder / "b/events/2025/2025-05-xx-quiet.md").rename(folder / "b/events/2025/2025-05-xx-calm.md")
        self.sites = {name: self._made(name) for name in "ab"}
        assert self.sites["a"] != self.sites["b"]

    def _made(self, name: str) -> dict[str, bytes]:
        compiling = {"PYTHONDONTWRITEBYTECODE": ""}
        assert 0 == self.build(name, out=self.folder / f"site-{name}", environment=compiling).returncode
        return own_files(self.folder / f"site-{name}")

    def build(
        self,
        name: str,
        *options: str,
        out: Path | None = None,
        environment: dict[str, str] | None = None,
        limit: Callable[[], None] | None = None,
        before: tuple[str, ...] = (),
    ) -> subprocess.CompletedProcess[str]:
        """A build of one of the contents."""
        process = self.start(name, *options, out=out, environment=environment, limit=limit, before=before)
        said, complained = process.communicate(timeout=PATIENCE_S)
        return subprocess.CompletedProcess(process.args, process.returncode, said, complained)

    def start(
        self,
        name: str,
        *options: str,
        out: Path | None = None,
        environment: dict[str, str] | None = None,
        limit: Callable[[], None] | None = None,
        before: tuple[str, ...] = (),
    ) -> subprocess.Popen[str]:
        """The same, while it is running; a process group of its own.

        Modules are compiled once, into the workshop, by the undisturbed builds; what a killed one leaves is there too.
        """
        command = [*before, sys.executable, str(ROOT / "build.py"), "--content", str(self.folder / name), "--no-cache"]
        here = {"PYTHONPYCACHEPREFIX": str(self.folder / "compiled"), "TMPDIR": str(self.folder / "temporary")}
        return subprocess.Popen(
            [*command, "--out", str(out or self.out), "--jobs", "2", *options],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **here, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=limit,  # noqa: PLW1509 - it only sets a limit
        )

    def begin_with(self, name: str) -> None:
        """Publish one of the sites; nothing else is there."""
        shutil.rmtree(self.out.parent)
        shutil.copytree(self.folder / f"site-{name}", self.out)

    def shown(self, out: Path | None = None) -> str:
        """Which of the sites the published folder holds; it holds one of them whole."""
        there = own_files(out or self.out)
        assert there in self.sites.values(), sorted(there)
        return next(name for name, site in self.sites.items() if site == there)

    def other(self) -> str:
        """The one that is not shown."""
        return "b" if self.shown() == "a" else "a"


def own_files(folder: Path) -> dict[str, bytes]:
    """The files of a site but for the search index, of which no two are the same; that is whole by its own manifest."""
    files = read_tree(folder)
    index = {path: data for path, data in files.items() if path.startswith("pagefind/")}
    if index:
        sums = json.loads(index.pop("pagefind/manifest.json"))["files"]
        assert sums == {path: sha256(data).hexdigest() for path, data in index.items()}
    return {path: data for path, data in files.items() if not path.startswith("pagefind/")}


def is_tidy(folder: Path) -> bool:
    """Whether a folder holds the published one and nothing that a build has left behind."""
    return ["public"] == sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The contents and their sites."""
    return Workshop(tmp_path_factory.mktemp("disturbed"))


@pytest.fixture
def workshop(lasting: Workshop) -> Workshop:
    """The same, with the first site published."""
    lasting.begin_with("a")
    return lasting


def test_killed_at_any_step_the_site_is_whole(workshop: Workshop) -> None:
    """Before one write or another of all that a build makes near the published folder."""
    counter = workshop.folder / "count"
    steps = {"PYTHONPATH": OTHER_MACHINE, "NEAR": str(workshop.out.parent)}
    assert 0 == workshop.build("b", environment={**steps, "COUNT_IN": str(counter)}).returncode
    count = int(counter.read_text())
    assert count > KILLS

    killed = 0
    for number in range(KILLS):
        at = 1 + number * (count - 1) // (KILLS - 1)
        done = workshop.build(workshop.other(), environment={**steps, "KILL_AT": str(at)})
        killed += done.returncode < 0
        workshop.shown()
    assert killed >= KILLS // 2

    wanted = workshop.other()
    assert 0 == workshop.build(wanted).returncode
    assert wanted == workshop.shown()
    assert is_tidy(workshop.out.parent)


def test_killed_at_any_moment_the_site_is_whole(workshop: Workshop) -> None:
    """By the clock."""
    started = time.monotonic()
    workshop.build("b")
    whole_s = time.monotonic() - started
    chance = random.Random(2025)  # noqa: S311 - moments, not secrets
    for _ in range(TIMED_KILLS):
        process = workshop.start(workshop.other())
        time.sleep(chance.uniform(0.3, 1.0) * whole_s)
        process.kill()
        process.communicate()
        workshop.shown()

    wanted = workshop.other()
    assert 0 == workshop.build(wanted).returncode
    assert wanted == workshop.shown()
    assert is_tidy(workshop.out.parent)


@contextmanager
def small_disk(at: Path, size: int) -> Iterator[None]:
    """A file system of its own, with room for so many bytes."""
    at.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)


@pytest.mark.skipif(not IS_ROOT, reason="only root can mount a small disk")
def test_a_full_disk_leaves_the_old_site(lasting: Workshop) -> None:
    """With too little room for a second site; when there is room again, the next build works."""
    size = sum(len(data) + 4096 - len(data) % 4096 for data in lasting.sites["a"].values())
    disk = lasting.folder / "disk"
    with small_disk(disk, size + size // 3):
        out = disk / "public"
        assert 0 == lasting.build("a", out=out).returncode

        done = lasting.build("b", out=out)

        assert 1 == done.returncode
        assert "Traceback" not in done.stderr
        assert "No space left" in done.stderr
        assert "  hint: " in done.stderr
        assert "a" == lasting.shown(out)
        subprocess.run(["mount", "-o", f"remount,size={size * 4}", str(disk)], check=True)
        assert 0 == lasting.build("b", out=out).returncode
        assert "b" == lasting.shown(out)
        assert is_tidy(disk)


@pytest.mark.skipif(not IS_ROOT, reason="only root can mount a disk")
def test_a_folder_that_is_a_disk_of_its_own_is_refused(lasting: Workshop) -> None:
    """As a container's may be: no other can take its place; one inside it is as good."""
    disk = lasting.folder / "mounted"
    with small_disk(disk, 2**24):
        done = lasting.build("a", out=disk)

        assert 1 == done.returncode
        assert f"error: a disk is mounted at {disk}, and nothing can take its place" in done.stderr
        assert "  hint: give a folder inside it with --out DIR" in done.stderr
        assert not list(disk.iterdir())
        assert 0 == lasting.build("a", out=disk / "public").returncode
    assert not list(disk.parent.glob(".mounted*"))


@pytest.mark.parametrize("largest", [0, 2_000])
def test_a_limit_on_files_leaves_the_old_site(workshop: Workshop, largest: int) -> None:
    """No file may have more bytes than that."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (largest, largest))

    done = workshop.build("b", limit=limit)

    assert 1 == done.returncode
    assert "Traceback" not in done.stderr
    assert "a" == workshop.shown()
    assert 0 == workshop.build("b").returncode
    assert is_tidy(workshop.out.parent)


@pytest.mark.parametrize("most", [5, 12, 30])
def test_without_file_handles_the_site_is_whole(workshop: Workshop, most: int) -> None:
    """However few there are: the build works, or it says why not."""
    done = workshop.build("b", limit=partial(resource.setrlimit, resource.RLIMIT_NOFILE, (most, most)))

    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "Too many open files" in done.stderr
    assert ("b" if done.returncode == 0 else "a") == workshop.shown()
    assert 0 == workshop.build("b").returncode
    assert is_tidy(workshop.out.parent)


@pytest.mark.parametrize("name", ["public", ".", "public/events"])
def test_an_output_that_cannot_be_written_is_explained(workshop: Workshop, name: str) -> None:
    """The folder itself, the one around it, or one inside: published or refused, nothing in between.

    Root may write everywhere; without that privilege it is as other users are.
    """
    before = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if IS_ROOT else ()
    folder = workshop.out.parent / name
    folder.chmod(0o555)
    try:
        done = workshop.build("b", before=before)
    finally:
        for path in (workshop.out.parent, *workshop.out.parent.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)

    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert ("b" if done.returncode == 0 else "a") == workshop.shown()
    if name == ".":
        assert 1 == done.returncode
        assert "Permission denied" in done.stderr
        assert "  hint: " in done.stderr
    assert 0 == workshop.build("b").returncode
    assert is_tidy(workshop.out.parent)


def test_a_file_that_vanishes_under_the_build_is_told(workshop: Workshop) -> None:
    """It was listed, and is gone when it is to be read."""
    last = max((workshop.folder / "b/events").rglob("*.md"))
    text = last.read_bytes()
    try:
        done = workshop.build("b", environment={"PYTHONPATH": OTHER_MACHINE, "VANISH": str(last)})
    finally:
        last.write_bytes(text)

    assert 1 == done.returncode
    assert f"{last}:1:1: error: the file cannot be read: No such file or directory" in done.stderr
    assert "a" == workshop.shown()


def test_several_builds_at_once_publish_one_site(workshop: Workshop) -> None:
    """One at a time; the others are told to wait, and nothing of theirs is published or left."""
    processes = [workshop.start(name) for name in "abab"]
    done = [(process.communicate(timeout=PATIENCE_S)[1], process.returncode) for process in processes]

    assert 0 in {status for _, status in done}
    for complained, status in done:
        assert status == 0 or (status == 1 and "another build is publishing" in complained)
    workshop.shown()
    assert is_tidy(workshop.out.parent)


FOREIGN = {
    "a file": {"notes.txt": b"mine"},
    "a file in a folder of the site": {"events/notes.txt": b"mine"},
    "a hidden file": {".htaccess": b"mine"},
    "a page": {"events/other/index.html": b"mine"},
    "a repository": {".git/config": b"mine", ".git/HEAD": b"mine"},
}


@pytest.mark.parametrize("case", FOREIGN)
@pytest.mark.parametrize("beside", ["alone", "beside a site"])
def test_what_no_build_has_made_is_neither_deleted_nor_overwritten(lasting: Workshop, case: str, beside: str) -> None:
    """A folder with such a file is refused, with the file's name and a remedy."""
    lasting.begin_with("a")
    if beside == "alone":
        shutil.rmtree(lasting.out)
    write_tree(lasting.out, FOREIGN[case])
    before = read_tree(lasting.out)

    done = lasting.build("b", *NO_EXTRAS)

    assert 1 == done.returncode
    assert any(name in done.stderr for name in FOREIGN[case])
    assert "--out DIR" in done.stderr
    assert before == read_tree(lasting.out)
    assert is_tidy(lasting.out.parent)


def test_a_link_in_the_output_is_not_followed(lasting: Workshop) -> None:
    """What it leads to stays as it is."""
    lasting.begin_with("a")
    elsewhere = lasting.folder / "elsewhere"
    write_tree(elsewhere, {"index.html": b"mine"})
    (lasting.out / "link").symlink_to(elsewhere)

    done = lasting.build("b")  # with all extras, which are refused as well

    assert 1 == done.returncode
    assert "link" in done.stderr
    assert {"index.html": b"mine"} == read_tree(elsewhere)
    (lasting.out / "link").unlink()


@pytest.mark.parametrize(
    ("content", "out", "said"),
    [
        ("a", "a", "is the content folder"),
        ("a", "a/public", "lies inside the content folder"),
        ("a", "a/events/public", "lies inside the content folder"),
        ("outer/content", "outer", "lies inside"),
        ("a", "way-to-a/public", "lies inside the content folder"),
    ],
)
def test_content_and_output_are_kept_apart(
    lasting: Workshop, tmp_path: Path, content: str, out: str, said: str
) -> None:
    """One inside the other is refused, by way of a link too, and the content stays as it was."""
    source = tmp_path / content
    shutil.copytree(GOLDEN, source)
    (tmp_path / "way-to-a").symlink_to(source)
    before = read_tree(source)
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(source), "--out", str(tmp_path / out)]
    done = subprocess.run(command, cwd=lasting.folder, capture_output=True, text=True, check=False)

    assert 2 == done.returncode
    assert said in done.stderr
    assert "--out DIR" in done.stderr
    assert before == read_tree(source)
