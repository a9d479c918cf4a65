"""Publishing: the folder is wholly the old site or wholly the new one, and nothing else is ever touched."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from golden_files import read_tree, write_tree
from publisher import Publisher

from generator.publishing import exchange as exchange_module
from generator.publishing.errors import PublishError
from generator.publishing.lock import only_build
from generator.publishing.manifest import MANIFEST, manifest, manifest_after
from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.publishing.publish import Publication, Published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "wrong" / "_base"
OLD = {"index.html": b"old", "style.css": b"same", "events/a/index.html": b"a", "events/b/index.html": b"b"}
NEW = {"index.html": b"new", "style.css": b"same", "events/a/index.html": b"a", "feed.xml": b"feed"}


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """A site's files with their manifest."""
    return {**files, MANIFEST: manifest({path: sha256(data).hexdigest() for path, data in files.items()})}


FOREIGN = {
    "alone": ({"notes.txt": b"mine"}, "{out} holds 1 file that no build has made: notes.txt"),
    "beside a site": (
        {**whole(OLD), "events/notes.txt": b"mine", "z.txt": b"mine"},
        "{out} holds 2 files that no build has made: events/notes.txt",
    ),
    "another manifest": ({MANIFEST: b"[]"}, "{out} holds 1 file that no build has made: data/manifest.json"),
    "a manifest of another kind": (
        {MANIFEST: b'{"files": []}', "notes.txt": b"mine"},
        "{out} holds 1 file that no build has made: notes.txt",
    ),
    "a broken manifest": ({MANIFEST: b"\xff{"}, "{out} holds 1 file that no build has made: data/manifest.json"),
}

BUILDER = """
import sys
import threading
from pathlib import Path
sys.path.insert(0, "tests")
from publisher import Publisher
sites = [{f"page-{number}/index.html": f"{name} {number}".encode() * 50 for number in range(400)} for name in "ab"]
sites[0]["a.txt"], sites[1]["b.txt"] = b"a", b"b"
publish = Publisher(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None)
publish(sites[0])
print("published", flush=True)
while True:
    sites.reverse()
    publish(sites[0])
"""
HOLDER = """
import sys
import threading
from pathlib import Path
from generator.publishing.lock import only_build
with only_build(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(params=["without a cache", "with a cache"])
def publish(request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    """Publishes to the folder `public`."""
    cache = tmp_path_factory.mktemp("cache") if request.param == "with a cache" else None
    return Publisher(tmp_path / "public", cache)


def names_in(folder: Path) -> list[str]:
    """Whatever lies in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def start(script: str, *folders: Path) -> subprocess.Popen[str]:
    """A process that runs a script on an output folder, after its first line."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, folders)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a power cut would."""
    process.kill()
    process.communicate()


def test_a_folder_holds_exactly_the_files_of_the_site(tmp_path: Path) -> None:
    """And a manifest of them with their sums; readable by a web server whoever built it."""
    published = Publisher(tmp_path / "deep" / "public")(OLD)

    assert whole(OLD) == read_tree(tmp_path / "deep" / "public")
    assert Published(written=5, unchanged=0, removed=0) == published
    modes = {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "deep" / "public").rglob("*") if path.is_file()}
    assert {"0o644"} == modes


def test_the_manifest_has_the_sum_of_every_file() -> None:
    """By path, in order; the manifest itself is left out."""
    assert {
        "algorithm": "SHA-256",
        "files": {
            "a": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
            "b": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        },
    } == json.loads(whole({"b": b"", "a": b"x"})[MANIFEST])


def test_a_manifest_that_is_mended_is_as_one_made_anew() -> None:
    """Whichever files are new, changed or gone, at either end too."""
    chance = random.Random(2025)  # noqa: S311 - files, not secrets
    names = ["a", "a-b", "a/b", "a.b", "b/ä", "b/ก", "index.html", "pagefind/x", "sw.js", "z/1", "z/10", "z/2"]
    sums: dict[str, str] = {}
    for number in range(200):
        edits = {name: chance.choice((None, f"{number:064}")) for name in chance.sample(names, chance.randint(1, 5))}
        before, sums = manifest(sums), {path: its for path, its in (sums | edits).items() if its}

        assert manifest(sums) == manifest_after(before, edits)


def test_a_new_site_takes_the_place_of_the_old(publish: Publisher, tmp_path: Path) -> None:
    """What changed is written, what stayed is kept, and a removed entry's page is removed with its folder."""
    publish(OLD)

    published = publish(NEW)

    assert whole(NEW) == read_tree(tmp_path / "public")
    assert Published(written=3, unchanged=2, removed=1) == published
    assert not (tmp_path / "public/events/b").exists()
    assert ["public"] == names_in(tmp_path)


def test_a_second_build_writes_nothing(publish: Publisher, tmp_path: Path) -> None:
    """Not a file, not a folder is touched."""
    publish(OLD)
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")}

    published = publish(OLD)

    assert Published(written=0, unchanged=5, removed=0) == published
    assert before == {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")}


def test_a_file_that_went_missing_is_written_again(publish: Publisher, tmp_path: Path) -> None:
    """Though the manifest has it."""
    publish(OLD)
    (tmp_path / "public/index.html").unlink()

    publish(OLD)

    assert whole(OLD) == read_tree(tmp_path / "public")


def test_a_file_can_become_a_folder(publish: Publisher, tmp_path: Path) -> None:
    """And a folder a file; and so they stay, and back again."""
    one, other = (
        {"about": b"x", "events/a": b"x", "lists/old/a": b"x"},
        {"about/index.html": b"x", "events": b"x", "lists": b"x"},
    )
    for number, site in enumerate((one, other, other, one, other, one, one)):
        following = site | {"number": b"%d" % number}

        publish(following)

        assert whole(following) == read_tree(tmp_path / "public")


@pytest.mark.parametrize("case", FOREIGN)
def test_a_folder_with_other_files_is_refused_and_left_as_it_is(publish: Publisher, case: str, tmp_path: Path) -> None:
    """The message names the first of them, the hint says what to do."""
    out = tmp_path / "public"
    files, message = FOREIGN[case]
    write_tree(out, files)

    with pytest.raises(PublishError) as caught:
        publish(NEW)

    assert message.format(out=out) == str(caught.value)
    assert "--out DIR" in caught.value.hint
    assert files == read_tree(out)
    assert ["public"] == names_in(tmp_path)


def test_a_file_in_the_folders_place_is_refused(publish: Publisher, tmp_path: Path) -> None:
    """It stays a file."""
    (tmp_path / "public").write_text("mine")

    with pytest.raises(PublishError, match="is not a folder") as caught:
        publish(NEW)

    assert "give another with --out DIR" == caught.value.hint
    assert "mine" == (tmp_path / "public").read_text()


def test_an_empty_folder_is_taken(publish: Publisher, tmp_path: Path) -> None:
    """Nothing in it can be lost."""
    (tmp_path / "public").mkdir()

    publish(NEW)

    assert whole(NEW) == read_tree(tmp_path / "public")


@contextmanager
def full_disk(most: int) -> Iterator[None]:
    """No file can be longer than so many bytes: the system says so in the middle of one, as it does of a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_old_site(publish: Publisher, tmp_path: Path) -> None:
    """When a file cannot be written, nothing of the new site is left, and the next build just works."""
    publish(OLD)

    with full_disk(1000), pytest.raises(OSError, match="File too large") as caught:
        publish(NEW | {"large.html": b"x" * 1001})

    assert caught.value.filename.endswith("/large.html")
    assert whole(OLD) == read_tree(tmp_path / "public")
    assert ["public"] == names_in(tmp_path)
    publish(NEW)
    assert whole(NEW) == read_tree(tmp_path / "public")


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """Which file could not be written, and why; the published folder is as it was, and nothing lies beside it."""
    options = Options(BASE, ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=1, cache=tmp_path / "cache")
    build(options)
    before = read_tree(tmp_path / "public")

    with full_disk(1000), pytest.raises(PublishError) as caught:
        build(options._replace(base_url="https://second.example.org/"))

    assert re.fullmatch(r"the site cannot be built: File too large: \S+/index\.html", str(caught.value))
    assert "make room" in caught.value.hint
    assert before == read_tree(tmp_path / "public")
    assert ["cache", "public"] == names_in(tmp_path)
    build(options._replace(base_url="https://second.example.org/"))
    assert "https://second.example.org/" in (tmp_path / "public/sitemap.xml").read_text("utf-8")


def test_what_the_system_refuses_is_told_without_a_file_that_there_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not all that it refuses is about a file."""

    def no_pipe() -> tuple[int, int]:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(os, "pipe", no_pipe)
    monkeypatch.setattr("generator.publishing.planning.FEWEST_FOR_JOBS", 2)

    with pytest.raises(PublishError, match=r"^the site cannot be built: Too many open files$"):
        build(Options(BASE, ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=2))


def test_where_folders_cannot_be_exchanged_they_are_renamed(
    publish: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a system or a disk without an exchange the same site comes out, and nothing else stays."""
    publish(OLD)
    monkeypatch.setattr(sys, "platform", "plan9")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: None)

    publish(NEW)

    assert whole(NEW) == read_tree(tmp_path / "public")
    assert ["public"] == names_in(tmp_path)


def test_where_the_new_folder_cannot_be_renamed_the_old_one_is_put_back(
    publish: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had to be out of the way already."""
    publish(OLD)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "public" and self.name != ".public.last":
            raise OSError(errno.EIO, "Input/output error", str(self))
        return rename(self, target)

    monkeypatch.setattr(sys, "platform", "plan9")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: None)
    monkeypatch.setattr(Path, "rename", refuse)

    with pytest.raises(OSError, match="Input/output error"):
        publish(NEW)

    assert whole(OLD) == read_tree(tmp_path / "public")
    assert ["public"] == names_in(tmp_path)


class EndedError(BaseException):
    """A process that is killed gets no further than here."""


@pytest.mark.parametrize("ended", [KeyboardInterrupt, EndedError], ids=["Control-C", "killed"])
@pytest.mark.parametrize("after", [".public.last", "public"], ids=["the first", "the second"])
def test_what_ended_between_two_renames_is_put_right(
    ended: type[BaseException], after: str, publish: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot be exchanged: a whole site is there, at once or with the next build, even one that fails."""
    publish(OLD)
    rename, has_ended = Path.rename, Event()

    def end(self: Path, target: Path) -> Path:
        done = rename(self, target)
        if target.name == after and not has_ended.is_set():
            has_ended.set()
            raise ended
        return done

    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", "plan9")
        patched.setattr(ctypes, "CDLL", lambda *_, **__: None)
        if ended is EndedError:
            patched.setattr(exchange_module, "put_back", lambda _: None)
        patched.setattr(Path, "rename", end)
        with pytest.raises(ended):
            publish(NEW)

    with only_build(tmp_path / "public"):
        assert read_tree(tmp_path / "public") in (whole(OLD), whole(NEW))
        assert not (tmp_path / ".public.last").exists()
    publish(NEW)
    assert whole(NEW) == read_tree(tmp_path / "public")


@pytest.mark.parametrize("manifest", [b"", b"{", None], ids=["emptied", "garbled", "gone"])
def test_a_manifest_that_is_damaged_is_mended(manifest: bytes | None, tmp_path: Path) -> None:
    """What still is as a build published it, the cache knows; a file of anybody else is refused as ever."""
    options = Options(BASE, ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=1, cache=tmp_path / "cache")
    build(options)
    before = read_tree(options.out)
    path = options.out / "data/manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_bytes(manifest)

    build(options)

    assert before == read_tree(options.out)
    path.unlink()
    (options.out / "index.html").write_text("mine", "utf-8")
    with pytest.raises(PublishError, match="1 file that no build has made: index"):
        build(options)


def test_a_file_where_the_next_site_is_made_is_in_nobodys_way(tmp_path: Path) -> None:
    """Its name is ours, whoever has put it there."""
    (tmp_path / ".public.next").write_text("x", "utf-8")

    build(Options(BASE, ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=1))

    assert (tmp_path / "public/index.html").is_file()
    assert not (tmp_path / ".public.next").exists()


@pytest.mark.parametrize("caches", [0, 1], ids=["without a cache", "with a cache"])
def test_a_build_that_is_killed_leaves_a_whole_site(
    caches: int, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """At whatever moment: every file is the old site's or every file is the new one's; the next build just works."""
    out = tmp_path / "public"
    cache = [tmp_path_factory.mktemp("cache") for _ in range(caches)]
    chance = random.Random(2025)  # noqa: S311 - moments, not secrets
    for _ in range(6):
        process = start(BUILDER, out, *cache)
        time.sleep(chance.uniform(0, 0.3))
        kill(process)

        files = read_tree(out)
        listed = json.loads(files[MANIFEST])["files"]
        del files[MANIFEST]
        names = {data[:1] for data in files.values()}
        assert [401, 1] == [len(files), len(names)]
        assert whole(files) == read_tree(out)
        assert listed.keys() == files.keys()

    Publisher(out, *cache)({f"page-{number}/index.html": b"c" for number in range(3)})
    assert 4 == len(read_tree(out))
    assert ["public"] == names_in(tmp_path)


def test_one_build_at_a_time_publishes_to_a_folder(publish: Publisher, tmp_path: Path) -> None:
    """A second is refused and changes nothing; the lock dies with its owner."""
    out = tmp_path / "public"
    publish(OLD)
    holder = start(HOLDER, out)
    try:
        with pytest.raises(PublishError) as caught:
            publish(NEW)
    finally:
        kill(holder)

    assert (f"another build is publishing to {out}", "wait for it to end, and build again") == (
        str(caught.value),
        caught.value.hint,
    )
    assert whole(OLD) == read_tree(out)
    publish(NEW)
    assert whole(NEW) == read_tree(out)


def test_a_build_waits_for_what_a_killed_one_has_left_running(publish: Publisher, tmp_path: Path) -> None:
    """A process that it started ends a moment later than itself, and holds the lock until then."""
    out = tmp_path / "public"
    publish(OLD)
    holder = start(HOLDER, out)
    ending = threading.Timer(0.1, kill, (holder,))
    ending.start()

    publish(NEW)

    ending.join()
    assert whole(NEW) == read_tree(out)


def test_a_link_to_the_output_folder_stays_a_link(tmp_path: Path) -> None:
    """What it leads to holds the site, after the first build and after the next."""
    options = Options(BASE, ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=1)
    (tmp_path / "disk").mkdir()
    options.out.symlink_to("disk")

    for address in ("https://first.example.org/", "https://second.example.org/"):
        build(options._replace(base_url=address))

        assert address in (tmp_path / "disk/sitemap.xml").read_text("utf-8")
        assert options.out.is_symlink()
        assert ["disk", "public"] == names_in(tmp_path)


@pytest.mark.parametrize(
    ("content", "out", "message"),
    [
        ("content", "content", "{out} is the content folder"),
        ("content", "content/public", "{out} lies inside the content folder {content}"),
        ("content", "published/sub", "{out} lies inside {published}, which a build has made"),
        ("site/content", "site", "the content folder {content} lies inside {out}"),
    ],
)
def test_content_and_output_are_kept_apart(content: str, out: str, message: str, tmp_path: Path) -> None:
    """One folder inside the other is refused, and the content is left as it was."""
    source, target, published = tmp_path / content, tmp_path / out, tmp_path / "published"
    write_tree(source, read_tree(BASE))
    Publisher(published)(OLD)

    with pytest.raises(PublishError) as caught:
        build(Options(source, ROOT / "templates", ROOT / "static", target, jobs=1))

    assert message.format(content=source, out=target, published=published) == str(caught.value)
    assert "--out DIR" in caught.value.hint
    assert read_tree(BASE) == read_tree(source)


def test_a_published_file_that_was_edited_is_made_anew(publish: Publisher, tmp_path: Path) -> None:
    """What somebody changed in the published folder is put right by the next build, not taken for unchanged."""
    out = tmp_path / "public"
    publish(OLD)
    name = next(iter(OLD))
    (out / name).write_bytes(b"edited by hand")

    published = publish(OLD)

    assert 1 == published.written
    assert OLD[name] == (out / name).read_bytes()


def test_nothing_is_taken_over_when_all_is_to_be_made_anew(publish: Publisher, tmp_path: Path) -> None:
    """`--no-cache` writes every file, and the site is the same."""
    out = tmp_path / "public"
    publish(OLD)

    published = publish(OLD, anew=True)

    assert (len(OLD) + 1, 0) == (published.written, published.unchanged)
    assert whole(OLD) == read_tree(out)


def test_what_stood_by_is_used_only_as_a_build_left_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Deleted, garbled, with a file more or less: whatever befell the last site but one, the next is whole."""
    cache = tmp_path_factory.mktemp("cache")
    spare = cache / "spare"
    spoils: list[Callable[[], object]] = [
        lambda: shutil.rmtree(spare),
        (spare / "index.html").unlink,
        lambda: (spare / "events/more.html").write_bytes(b"more"),
        lambda: (spare / "events/a").rename(spare / "events/z"),
        (spare / "empty").mkdir,
        lambda: None,
    ]
    publish = Publisher(tmp_path / "public", cache)
    publish(OLD)
    for number, spoil in enumerate(spoils * 2):
        publish(NEW | {"number": b"%d" % number})
        publish(OLD | {"number": b"%d" % number})
        assert spare.is_dir()
        spoil()
        following = NEW | {"number": b"again", f"events/{number}/index.html": b"new"}

        publish(following)

        assert whole(following) == read_tree(tmp_path / "public")
        assert [] == [path for path in (tmp_path / "public").rglob("*") if path.is_dir() and not any(path.iterdir())]


@pytest.mark.parametrize(("jobs", "is_ended"), [(1, False), (2, False), (2, True)])
def test_where_there_can_be_no_spare_the_site_is_published_all_the_same(
    jobs: int,
    is_ended: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No room for it, or its process was ended: there is no spare, and the next build has one again."""
    cache = tmp_path_factory.mktemp("cache")
    publish, spare, link, builder = Publisher(tmp_path / "public", cache), cache / "spare", os.link, os.getpid()
    stand, met = Publication._wait_for_links, tmp_path / "met"  # noqa: SLF001 - the moment at which it is waited for

    def spoilt(source: str, target: str) -> None:
        if target.endswith("index.html"):
            met.touch()
            if is_ended and os.getpid() != builder:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, "no space left on device")
        link(source, target)

    def stand_then(self: Publication) -> None:
        while jobs > 1 and not met.exists():  # the other process is at it
            time.sleep(0.001)
        stand(self)

    monkeypatch.setattr("generator.publishing.publish.FEWEST_FOR_CHILD", 2)
    with monkeypatch.context() as disk:
        disk.setattr(os, "link", spoilt)
        disk.setattr(Publication, "_wait_for_links", stand_then)
        publish(OLD, jobs=jobs)
        assert whole(OLD) == read_tree(tmp_path / "public")
        assert not spare.exists()

    publish(NEW, jobs=jobs)
    assert spare.is_dir()
    publish(OLD, jobs=jobs)

    assert whole(OLD) == read_tree(tmp_path / "public")
    assert spare.is_dir()
