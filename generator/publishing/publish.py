"""The published folder, exchanged whole and in one step.

A new site is made beside the published one and takes its place by one call of the system; the one that was published
before is then the spare.  The next build needs to bring only that up to date: it has all files that did not change, as
links to the same bytes, so that a build writes what changed and no more, however large the site.

    public/          spare             next
    site 7           site 6            -              as build 7 left them: `_behind` are the files that 7 changed
    site 7           -                 site 6         `begin` takes the spare
    site 7           -                 site 6 + 8     `write` puts in what build 8 has made
    site 7           -                 site 8         `_catch_up` links what 7 changed and 8 has not
    site 8           -                 site 7         `exchange`, in one step
    site 8           site 7            -              `_keep_spare`: now `_behind` are the files that 8 changed

`next` is hidden beside `public/`, and so is the spare where the cache folder, in which it lies, is on another disk.
The spare may be deleted at any time: `begin` then has an empty folder, all unchanged files are linked into it, and
after the exchange another process links a new spare (`_link_spare`).

The manifest in the published folder says which files builds have made: a folder with any other file is not ours.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import ExitStack, suppress
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from generator.incremental import parts
from generator.incremental.jobs import Background, ChildError
from generator.incremental.table import Table
from generator.publishing.errors import PublishError, WrongFolderError
from generator.publishing.exchange import exchange
from generator.publishing.manifest import INDEX, MANIFEST, listed, manifest, manifest_after
from generator.publishing.stamps import SHARES, Stamp, folder_stamp, folders_of, is_share_untouched, stamp
from generator.record.counting import counted
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from generator.incremental.cache import Cache

FOLDERS = ("folders of one", "folders of the other")
"""The tables of the folders of the two sites: at each exchange the other one is that of the published site."""
FEWEST_FOR_SPARE = 5_000
"""Files of a site that is large enough for a spare in a folder that people see."""
FEWEST_FOR_CHILD = 3_000
"""Files of a site that another process looks at, or links, meanwhile."""
MOST_MENDED = 500
"""Rows of the manifest that are put in their places one by one; when more have changed, it is written anew."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What file systems say that know no second names of files, or no more of one."""


class Published(NamedTuple):
    """How many files were written, how many were as before, how many are gone."""

    written: int
    unchanged: int
    removed: int


class Publication:
    """One build's way to the published folder, which no other build may take meanwhile.

    Within `with`: `prepare` when something will be written, `begin`, `write` for each file, `publish`; then `tables`
    and `parts` are what the next build has to be given.  A build that changes nothing asks `is_untouched`.
    """

    def __init__(self, out: Path, spare: Path | None, cache: Cache, *, anew: bool = False, jobs: int = 1) -> None:
        """Take up the published folder; it is looked at from `with` on, by another process where there may be several.

        spare: where that may lie, if anywhere.  cache: has what the last build left.  anew: take over no file.
        """
        self.out = out
        self._next = out.with_name(f".{out.name}.next")
        self._again: set[str] = set()
        """The files that were written a second time for the next site: they may be as they were, and are others."""
        self._is_in_spare = False
        """Whether the next site is made in the spare."""
        self._turn: int
        """Which of FOLDERS are those of the published site."""
        self._behind: tuple[str, ...] | None
        """The files in which the spare differs from the published site; None where there is none."""
        self._turn, self._behind = cache.part(parts.SPARE) or (0, None)
        kept = None if anew else cache
        self._sums: Table[str, str] = Table("sums", kept)
        self._stamps: Table[str, Stamp] = Table("stamps", kept)
        self._folders: list[Table[str, Stamp]] = [Table(name, kept) for name in FOLDERS]
        self._may_have_spare = spare is not None
        self._spare = spare if spare is None or _same_device(spare, out) else self._spare_beside(len(self._sums))
        self._anew = anew
        self._jobs = jobs
        self._children = ExitStack()
        self._linking: Background[set[str], dict[str, Stamp]] | None = None
        self._look: Background[int, bool]
        self._look_at_spare: Background[int, bool]

    def __enter__(self) -> Self:
        shares, files, folders = range(SHARES), self._stamps, self._folders
        jobs = self._jobs if len(self._sums) >= FEWEST_FOR_CHILD else 1
        published = partial(is_share_untouched, self.out, (files, folders[self._turn]))
        self._look = self._children.enter_context(Background(published, shares, jobs))
        self._look.begin()
        spare = partial(is_share_untouched, self._spare, (folders[1 - self._turn],))
        self._look_at_spare = self._children.enter_context(Background(spare, shares, jobs))
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._children.close()
        if kind:
            self.abandon()

    @cached_property
    def is_untouched(self) -> bool:
        """Whether the whole folder is as the last build left it."""
        return len(self._stamps) > 0 and all(self._look.results)

    @cached_property
    def _is_spare_untouched(self) -> bool:
        """Whether the spare is as the last build left it, and the published folder."""
        is_known = self._spare and self._behind is not None and len(self._folders[1 - self._turn]) > 0
        return bool(is_known) and self.is_untouched and all(self._look_at_spare.results)

    @cached_property
    def _there(self) -> frozenset[str]:
        """The files that are there, of a folder that is not as it was left.

        Raises: PublishError, when the folder holds files that no build has made.
        """
        return _ours(self.out, self._sums)

    @cached_property
    def have(self) -> Table[str, str] | dict[str, str]:
        """The SHA-256 of each published file as it is now, by path; read again where somebody touched the folder."""
        if self.is_untouched:
            return self._sums
        return {} if self._anew else _sums_of(self.out, self._there)

    @property
    def parts(self) -> dict[str, Any]:
        """What the next build needs to know, beside the tables."""
        return {parts.SPARE: (self._turn, self._behind)}

    def tables(self) -> Iterator[Table[Any, Any]]:
        """What the next build needs to know of each file and folder; last, when it is linked, the spare."""
        yield from (self._sums, self._stamps, self._folders[self._turn])
        self._wait_for_links()
        yield self._folders[1 - self._turn]

    def _spare_beside(self, files: int) -> Path | None:
        """Where the spare lies when the cache is on another disk: beside the published site, if that is large."""
        return self.out.with_name(f".{self.out.name}.spare") if files >= FEWEST_FOR_SPARE else None

    def is_damaged(self, path: str) -> bool:
        """Whether a file is not as the last build published it."""
        return self.have.get(path) != self._sums.get(path)

    def has_otherwise(self, path: str) -> bool:
        """Whether the last build published a folder where a file is to be, or a file in place of one of its folders."""
        return path in self._folders[self._turn] or any(folder in self._sums for folder in folders_of(path))

    def paths(self) -> set[str]:
        """The files that the last build published, but the manifest."""
        return {*self._sums.whole()}

    def read(self, path: str) -> bytes:
        """A file as the last build published it, of those that are as it left them."""
        with open(f"{self.out}/{path}", "rb") as file:
            return file.read()

    # --- making the next site ------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Have it found out whether the spare is of use; there will be something to write."""
        self._look_at_spare.begin()

    def begin(self) -> None:
        """Have a folder ready that the next site is made in: the spare, or an empty one.

        Raises: PublishError, when the published folder holds files that no build has made.
        """
        if not self.is_untouched:
            _ = self._there, self.have  # here, once: else each process would go over the folder
        _remove(self._next)
        if self._spare and self._is_spare_untouched:
            with suppress(OSError):  # a cache that cannot be written
                self._spare.rename(self._next)
                self._is_in_spare = True
        elif self._spare:
            shutil.rmtree(self._spare, ignore_errors=True)
        self._next.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, data: bytes, *, again: bool = False) -> str:
        """Write a file of the next site, unless it is published like this already; its SHA-256.

        again: whether another has been written there for the next site, whose place it takes.
        """
        its = sha256(data).hexdigest()
        if again:
            self._again.add(path)
        if again or self.have.get(path) != its:
            self._put(path, data)
        return its

    def _put(self, path: str, data: bytes | bytearray) -> None:
        target = f"{self._next}/{path}"
        try:
            file = os.open(target, _NEW, 0o644)
        except OSError as error:
            try:  # mostly a folder is missing, or there is a file, which is never written over: it may be published too
                if isinstance(error, FileExistsError):
                    os.unlink(target)
                else:
                    os.mkdir(os.path.dirname(target))
            except OSError:
                self._make_way(path)
            file = os.open(target, _NEW, 0o644)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
        except OSError as error:
            raise OSError(error.errno, error.strerror, target) from error  # it does not say itself which file
        finally:
            os.close(file)

    def _make_way(self, path: str) -> None:
        """Have a file's folder, and nothing in the file's place."""
        place = f"{self._next}/{path}"
        if os.path.isdir(place):
            shutil.rmtree(place)
        for name in (path, *folders_of(path)):
            if os.path.isfile(f"{self._next}/{name}"):  # in a folder's place: it was a file of an earlier site
                with suppress(FileNotFoundError):
                    os.unlink(f"{self._next}/{name}")
        os.makedirs(os.path.dirname(place), exist_ok=True)

    # --- publishing ----------------------------------------------------------------------------------------------

    def publish(self, made: Mapping[str, str], may_go: AbstractSet[str] = frozenset()) -> Published:
        """Put the next site in the place of the published one.

        made: the SHA-256 of the files that were made, by path; those that are not published like this already have been
        written.  may_go: files of the last build that the site has no longer.  The manifest is made here.
        """
        # this comes first: `have` may be the very table that is brought up to date below
        changed = [path for path, its in made.items() if self.have.get(path) != its or path in self._again]
        gone = {path for path in may_go if path in self._sums}
        for path in gone:
            self._sums.pop(path)
        for path, its in made.items():
            self._sums[path] = its
        if self._write_manifest(made, (*changed, *gone)):
            changed.append(MANIFEST)
        if not self.is_untouched:  # there may be more than the last build has published, or less
            gone = {*self._there} - self._sums.whole().keys() - {MANIFEST}
        if not changed and not gone:
            self._return_spare()
            if not self.is_untouched:
                self._link_spare()
        elif self._is_in_spare:
            touched = self._catch_up(changed, gone)
            exchange(self._next, self.out)
            self._keep_spare(touched, changed, gone)
        else:
            written = set(changed)
            self._link(self.out, self._next, [path for path in self._paths() if path not in written])
            exchange(self._next, self.out)
            shutil.rmtree(self._next, ignore_errors=True)
            self._link_spare()
        return Published(len(changed), len(self._sums) + 1 - len(changed), len(gone))

    def _write_manifest(self, made: Mapping[str, str], differing: Collection[str]) -> bool:
        """Write the manifest of the next site; whether it differs, as these files do, from the published one."""
        published = self._published_manifest()
        following: bytes | bytearray
        if self.is_untouched and published and len(differing) <= MOST_MENDED:
            following = manifest_after(published, {path: made.get(path) for path in differing})
        else:
            following = manifest(self._sums.whole())
        if published != following:
            self._put(MANIFEST, following)
        return published != following

    def _paths(self) -> list[str]:
        return [*self._sums.whole(), MANIFEST]

    def _has(self, path: str) -> bool:
        """Whether a file is one of the site's."""
        return path == MANIFEST or path in self._sums

    def _published_manifest(self) -> bytes:
        with suppress(OSError):
            return (self.out / MANIFEST).read_bytes() if self.have else b""
        return b""

    def _catch_up(self, changed: list[str], gone: Iterable[str]) -> set[str]:
        """Make of the spare all of the new site that was not written; the folders that were touched."""
        written, behind = set(changed), self._behind or ()
        gone = {path for path in (*gone, *behind) if not self._has(path)}
        for path in {*behind, *gone} - written:
            if not os.path.isdir(f"{self._next}/{path}"):
                with suppress(FileNotFoundError, NotADirectoryError):
                    os.unlink(f"{self._next}/{path}")
        touched = {folder for path in (*changed, *behind, *gone) for folder in folders_of(path)}
        for folder in sorted(touched, key=len, reverse=True):
            if folder:
                with suppress(OSError):  # not empty, or gone already
                    os.rmdir(f"{self._next}/{folder}")
        self._link(self.out, self._next, [path for path in behind if path not in gone and path not in written])
        return touched

    def _keep_spare(self, touched: set[str], changed: list[str], gone: Iterable[str]) -> None:
        """After an exchange of the two: the site that was published until now is the spare."""
        for path in changed:
            self._stamps[path] = stamp(f"{self.out}/{path}")
        for path in gone:
            self._stamps.pop(path)
        self._turn = 1 - self._turn
        folders = self._folders[self._turn]
        for folder in touched:
            try:
                folders[folder] = folder_stamp(f"{self.out}/{folder}")
            except (FileNotFoundError, NotADirectoryError):
                folders.pop(folder)
        self._behind = None
        if self._spare:
            with suppress(OSError):
                self._next.rename(self._spare)
                self._behind = (*changed, *gone)
        if self._behind is None:
            shutil.rmtree(self._next, ignore_errors=True)

    def _link_spare(self) -> None:
        """After a site was published that is new as a whole: have a spare of the same files."""
        paths = self._paths()
        folders = {folder for path in paths for folder in folders_of(path)}
        self._stamps = _table("stamps", {path: stamp(f"{self.out}/{path}") for path in paths})
        self._turn, self._behind = 0, None
        published = {folder: folder_stamp(f"{self.out}/{folder}") for folder in folders}
        self._folders = [_table(FOLDERS[0], published), Table(FOLDERS[1])]
        self._spare = self._spare or (self._spare_beside(len(paths)) if self._may_have_spare else None)
        if self._spare:
            shutil.rmtree(self._spare, ignore_errors=True)  # what stood there is of a build that nobody remembers
            self._behind = ()
            jobs = self._jobs if len(paths) >= FEWEST_FOR_CHILD else 1
            linking = partial(self._linked, self._spare, paths)
            self._linking = self._children.enter_context(Background(linking, (folders,), jobs))
            self._linking.begin()

    def _linked(self, spare: Path, paths: Iterable[str], folders: Iterable[str]) -> dict[str, Stamp]:
        """Link all files into the spare; the stamp of each of its folders, or none when there is no room for them."""
        try:
            self._link(self.out, spare, paths)
            return {folder: folder_stamp(f"{spare}/{folder}") for folder in folders}
        except OSError:
            shutil.rmtree(spare, ignore_errors=True)
            return {}

    def _wait_for_links(self) -> None:
        """Wait until the spare is linked, by another process while this one remembers."""
        if self._linking and self._spare:
            try:
                (stamps,) = self._linking.results
            except ChildError:  # it was ended, as the system does where memory has run out
                shutil.rmtree(self._spare, ignore_errors=True)
                stamps = {}
            self._folders[1] = _table(FOLDERS[1], stamps)
            self._linking = None

    @staticmethod
    def _link(source: Path, target: Path, paths: Iterable[str]) -> None:
        """Take over files from one folder in another: the same bytes under a second name, where that can be."""
        made: set[str] = set()
        for path in paths:
            place = f"{target}/{path}"
            folder = os.path.dirname(place)
            if folder not in made:
                os.makedirs(folder, exist_ok=True)
                made.add(folder)
            try:
                os.link(f"{source}/{path}", place)
            except FileExistsError:
                continue
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                shutil.copyfile(f"{source}/{path}", place)

    def _return_spare(self) -> None:
        """Have the spare where it was, since nothing was written to it."""
        if self._is_in_spare and self._spare:
            self._next.rename(self._spare)
        self.abandon()

    def abandon(self) -> None:
        """Leave the published folder as it is, and nothing beside it."""
        shutil.rmtree(self._next, ignore_errors=True)


def one_is_below(path: str, other: str) -> bool:
    """Whether one of two files would lie in a folder of the other's name."""
    return path.startswith(f"{other}/") or other.startswith(f"{path}/")


def _table(name: str, rows: Mapping[str, Stamp]) -> Table[str, Stamp]:
    """A table that begins with these rows."""
    table: Table[str, Stamp] = Table(name)
    for path, its in rows.items():
        table[path] = its
    return table


def _sums_of(out: Path, paths: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files as they are now; somebody may have edited them."""
    found = {path: _sum_of(out / path) for path in paths if path != MANIFEST}
    return {path: its for path, its in found.items() if its}


def _sum_of(path: Path) -> str:
    """The SHA-256 of a file as it is now; empty where there is none that can be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _remove(path: Path) -> None:
    """Have nothing at a place that is ours, whatever was there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _ours(out: Path, sums: Table[str, str]) -> frozenset[str]:
    """The files that a build has put there; none when the folder is missing or empty.

    sums: of what was published; where the folder's manifest is gone or garbled, what still is as it was is ours.
    """
    if not out.exists():
        return frozenset()
    if not out.is_dir():
        raise WrongFolderError(f"{out} is not a folder", "give another with --out DIR")
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir() or path.is_symlink()}
    if not there:
        return frozenset()
    made = listed(out, MANIFEST)
    if not made:
        made = frozenset(path for path in there if sums.get(path) == _sum_of(out / path))
    if made:
        made |= {MANIFEST} | listed(out, f"{INDEX}manifest.json")
    if foreign := sorted(there - made):
        raise PublishError(
            f"{out} holds {counted(len(foreign), 'file')} that no build has made: {foreign[0]}",
            "move them away, or give an empty folder with --out DIR",
        )
    return frozenset(there)


def _same_device(one: Path, other: Path) -> bool:
    """Whether files can be linked from the one folder to the other."""
    try:
        one.parent.mkdir(parents=True, exist_ok=True)
        return one.parent.stat().st_dev == other.parent.stat().st_dev
    except OSError:
        return False
