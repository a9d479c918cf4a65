"""A build: looking, reading, planning, making, publishing, remembering, in that order, each only for what has changed.

What an edit leaves to make for certain is made while the published folder is still being looked at.
"""

from __future__ import annotations

import pickle
import sys
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from generator.incremental.cache import Cache, DamagedCacheError, digest
from generator.incremental.folders import claim, folder_for
from generator.incremental.jobs import ChildKilledError, cores, spread
from generator.incremental.snapshot import digest_of, look
from generator.publishing.assets import digest_of_others, read_assets, read_base_maps
from generator.publishing.exchange import PublishError, WrongFolderError, alone
from generator.publishing.manifest import MANIFEST
from generator.publishing.publish import Publication, Published, one_is_below
from generator.publishing.worker import NAME as WORKER
from generator.publishing.worker import service_worker
from generator.reading.library import Library
from generator.reading.parsed import ContentChangedError
from generator.record.tuples import NamedTuple
from generator.upkeep.head import head_of, opened, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.incremental.ledger import Ledger, Trace
    from generator.incremental.snapshot import Snapshot
    from generator.incremental.table import Table
    from generator.publishing.assets import Assets
    from generator.publishing.extras import Extras
    from generator.publishing.making import Maker
    from generator.publishing.planning import Plan
    from generator.publishing.render import Renderer
    from generator.record.keys import Key
    from generator.record.model import History
    from generator.record.problems import Problem
    from generator.record.site import Site

MOST_TOLD = 50
"""Warnings that a build tells; `check` tells all."""
MOST_TRIES = 3
"""A build begins again when a file that it has seen is gone, or its cache is not what it was kept as."""
LIBRARIES = ("jinja2", "markupsafe", "markdown", "nh3", "yaml", "PIL", "pagefind")
"""What decides how contents become pages, cards and an index, beside our own code."""


class Options(NamedTuple):
    """What varies from build to build.

    jobs: processes, 0 for one a core.  anew: nothing of an earlier build is taken over.
    cache: a folder for what this build finds out, if any.
    history: whether git is asked when entries were published and changed.
    extras: of `search` and `cards`, what is made beside the pages.  later: leave those that are out of date to a later
    build, which a preview can wait for.
    """

    content: Path
    templates: Path
    static: Path
    out: Path
    base_url: str = ""
    drafts: bool = False
    strict: bool = False
    jobs: int = 0
    anew: bool = False
    cache: Path | None = None
    history: bool = True
    extras: frozenset[str] = frozenset()
    later: bool = False


class Counts(NamedTuple):
    """What the content holds, for the report."""

    entries: int
    sources: int
    drafts_left_out: int
    errors: int
    warnings: int


class Report(NamedTuple):
    """What came of a build; `published` is None when the content has problems that stop it.

    problems: all of them when they stop it, else the first warnings.  seconds: by stage, in order.
    notes: what the site lacks that was wanted.  is_whole: whether nothing was left to a later build.
    """

    problems: tuple[Problem, ...]
    counts: Counts
    published: Published | None
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()
    is_whole: bool = True


class Clock:
    """Tells which stage a build is at, and how long each took."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = tell

    @contextmanager
    def stage(self, name: str, words: str = "") -> Iterator[None]:
        """A stage of the build."""
        self._tell(words or name)
        started = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0) + perf_counter() - started


def build(options: Options, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Build the site: texts are read once, at the start; the published folder changes once, at the end.

    tell: is told, in a word or two, what begins.
    Raises: PublishError, whenever nothing can be published, and TemplateMistakeError; the folder is then as it was.
    """
    try:
        _keep_apart(options.content, options.out)
        out = _resolved(options.out)  # a link to a folder stays one: what it leads to is exchanged
        with alone(out), _cache(options, out) as kept:
            for _ in range(MOST_TRIES):
                try:
                    return _Build(options, out, kept, Clock(tell)).run()
                except DamagedCacheError:
                    kept.forget()
                except ContentChangedError:  # somebody is at work on the content: it is read again as it is now
                    continue
            message = "each time that it was read, the content changed or the cache was damaged"
            raise PublishError(message, "build again when nobody saves")
    except ChildKilledError as error:
        hint = "the published folder is as it was; where memory is short, build with fewer processes: --jobs 1"
        raise PublishError(f"the site cannot be built: {error}", hint) from error
    except OSError as error:
        hint = "the published folder is as it was; make room, or see that you may read and write there"
        where = f": {error.filename}" if error.filename else ""
        raise PublishError(f"the site cannot be built: {error.strerror}{where}", hint) from error


def make_ahead(options: Options) -> None:
    """Make what the last build has put off, into the cache and no further: the next build finds it there.

    It may be ended at any moment: it publishes nothing, locks nothing, and keeps only what it has made whole.
    Raises: PublishError, when something cannot be made.
    """
    from generator.publishing.extras import extras  # noqa: PLC0415 - brought in when needed

    # where the code was replaced under a preview, the cache is that of the preview, which goes on as it began
    cache = _cache(options, options.out.resolve(), begins_anew=False)
    with cache, suppress(DamagedCacheError, ContentChangedError):  # the next build will tell
        put_off = set(cache.part("put off") or ())
        if not put_off:
            return
        library = Library(options.content, cache, options.jobs)
        errors, _ = library.counts
        if errors:
            return
        site = library.site(drafts=options.drafts, base_url=options.base_url)
        made_before = options.cache / "made" if options.cache else None
        with extras(options.static, made_before, wanted=options.extras) as beside:
            for output in beside.outputs(site):
                if output in put_off:
                    beside.files(output, site)


def _keep_apart(content: Path, out: Path) -> None:
    """What is read and what is written lie in folders of their own."""
    source, target = _resolved(content), _resolved(out)
    if source == target:
        raise WrongFolderError(f"{out} is the content folder", "give another with --out DIR")
    if target.is_relative_to(source):
        raise WrongFolderError(f"{out} lies inside the content folder {content}", "give one outside it with --out DIR")
    if source.is_relative_to(target):
        raise WrongFolderError(f"the content folder {content} lies inside {out}", "give another with --out DIR")
    for parent in target.parents:
        if (parent / MANIFEST).is_file():
            raise WrongFolderError(f"{out} lies inside {parent}, which a build has made", "give another with --out DIR")


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except RuntimeError as error:  # as Python says until 3.12 that links lead in a circle
        raise WrongFolderError(f"{folder} is a link that leads to itself", "give another folder") from error


def _cache(options: Options, out: Path, *, begins_anew: bool = True) -> Cache:
    """The cache of builds into this folder: nothing in it was made by other code, or by other libraries."""
    folder = _cache_folder(options, out)
    return Cache(folder / "cache.sqlite" if folder else None, _made_by(), begins_anew=begins_anew)


def _cache_folder(options: Options, out: Path) -> Path | None:
    return folder_for(out, options.cache) if options.cache else None


@lru_cache(maxsize=1)
def _made_by() -> bytes:
    """A digest of our code and of the versions of Python and the libraries, as this process found them.

    A preview lives on while they are replaced, and what it makes is of those that it has loaded.
    """
    code = look(Path(__file__).parents[1], {}, suffix=".py")
    folders = {Path(spec.origin).parents[1] for name in LIBRARIES if (spec := find_spec(name)) and spec.origin}
    begins = tuple(f"{before}{name.lower()}" for name in LIBRARIES for before in ("", "py"))
    beside = (each.name for folder in folders for each in folder.iterdir())
    versions = sorted(each for each in beside if each.lower().startswith(begins))
    return digest(digest_of(code), sys.version.encode(), "\n".join(versions).encode())


class _Build:
    """One build: what the last one found out, what has changed since, and what that leaves to be made."""

    def __init__(self, options: Options, out: Path, cache: Cache, clock: Clock) -> None:
        self.options = options
        self.cache = cache
        self.clock = clock
        self.jobs = options.jobs or cores()
        self.folder = folder = _cache_folder(options, out)
        self.git_has_answered = True
        spare = folder / "spare" if folder else None
        self.publication = Publication(out, spare, cache, anew=options.anew, jobs=self.jobs)

    def run(self) -> Report:
        """Build, or find that nothing has changed."""
        with self.publication:
            self._look()
            return self._as_before() or self._build_changes()

    def _look(self) -> None:
        """See what there is."""
        options, cache = self.options, self.cache
        with self.clock.stage("looking", "looking for changes"):
            self.library = Library(options.content, cache, self.jobs)
            self.templates = look(options.templates, cache.part("templates") or {})
            self.static = look(options.static, cache.part("static") or {})
            self.head = head_of(options.content) if options.history else b""
        self.how = digest(  # all that decides how the site is made, beside the content and the code
            repr((options.base_url, options.drafts, sorted(options.extras))).encode(),
            self.head,
            digest_of(self.templates),
            digest_of(self.static),
        )

    def _as_before(self) -> Report | None:
        """The report of a build that has nothing to do."""
        built = self.cache.part("built")
        if not built or self.options.anew:
            return None
        how, plain_counts, files, problems = built
        counts = Counts._make(plain_counts)
        if how != self.how or (counts.warnings and self.options.strict):
            return None
        with self.clock.stage("looking", "looking for changes"):
            if not (self.library.is_unchanged and self.publication.is_as_left):
                return None
        return Report(pickle.loads(problems), counts, Published(0, files, 0), self.clock.seconds)  # noqa: S301 - ours

    def _build_changes(self) -> Report:
        """Build what has changed."""
        from generator.incremental.recall import to_recall  # noqa: PLC0415
        from generator.pages.maps import base_map_for  # noqa: PLC0415 - brought in when needed, as is the next
        from generator.publishing.extras import extras  # noqa: PLC0415

        self.publication.prepare()
        with self.clock.stage("reading", "reading the content"):
            errors, warnings = self.library.counts
        if errors or (self.options.strict and warnings):
            self.cache.keep({}, (), self.library.keys)  # what was parsed need not be parsed again
            return Report(self.library.problems(), Counts(0, 0, 0, errors, warnings), None, self.clock.seconds)
        site = self.library.site(drafts=self.options.drafts, base_url=self.options.base_url)
        counts = Counts(site.size(), len(site.sources), site.shown.left_out, errors, warnings)
        history = self._history(site)
        site.know_history(history)
        maps = read_base_maps(self.options.static, self.static)
        site.base_map = base_map_for(site.places.values(), maps) if maps else None
        problems = self.library.problems(MOST_TOLD) if warnings else ()
        made_before = self.options.cache / "made" if self.options.cache else None
        with extras(self.options.static, made_before, wanted=self.options.extras) as beside:
            parts, tables, published = self._make(site, beside, self._changed_history(history))
        with self.clock.stage("remembering"):
            parts |= self.library.parts()
            # what was recalled is as it was kept
            parts |= {} if site.last_answer else to_recall(site, self.cache, drafts=self.options.drafts)
            parts |= {
                "templates": self.templates,
                "static": self.static,
                "history": (
                    self.head if self.git_has_answered else b"",
                    {file: plain(days) for file, days in history.items()},
                ),
                "built": (self.how, tuple(counts), sum(published[:2]), pickle.dumps(problems, 5)),
            }
            # the next build makes what was left, sees whether it can be made, or asks git again
            if parts["put off"] or beside.notes or not self.git_has_answered:
                parts["built"] = None
            if self.folder:
                claim(self.folder, self.publication.out)
            self.cache.keep(parts, chain(self.library.tables(), tables, self.publication.tables()), self.library.keys)
        return Report(problems, counts, published, self.clock.seconds, beside.notes, not parts["put off"])

    # --- history -------------------------------------------------------------------------------------------------

    def _history(self, site: Site) -> dict[str, History]:
        """When each entry was published and changed, by file; git is asked when its history has grown."""
        if not self.head:
            return {}
        head, days = self.cache.part("history") or (b"", {})
        if head == self.head and self.library.is_same_to_queries:
            return {file: opened(each) for file, each in days.items()}
        from generator.upkeep.history import read_history  # noqa: PLC0415 - brought in when needed

        with self.clock.stage("history", "asking git"):
            found = read_history(self.options.content, site)
        self.git_has_answered = found is not None
        return found or {}

    def _changed_history(self, history: dict[str, History]) -> set[Key]:
        days: dict[str, tuple[str, str]] = (self.cache.part("history") or (b"", {}))[1]
        return {
            key
            for file in history.keys() | days.keys()
            if file not in history or days.get(file) != plain(history[file])
            for key in (("history", file), ("has", "history", file))
        }

    # --- making --------------------------------------------------------------------------------------------------

    def _make(
        self, site: Site, beside: Extras, changed: set[Key]
    ) -> tuple[dict[str, Any], tuple[Table[Any, Any], ...], Published]:
        """Make what is stale, and publish; the parts and tables to keep of it."""
        from generator.publishing import making  # noqa: PLC0415 - templates and pages, brought in when needed
        from generator.publishing.planning import Planner  # noqa: PLC0415
        from generator.publishing.template_uses import template_digests  # noqa: PLC0415

        with self.clock.stage("planning", "finding what is to be made"):
            wanted = repr((self.options.drafts, sorted(beside.made)))  # another site, though no file may be another
            assets = read_assets(self.options.static, self.static)
            shared = digest(making.shared_by_all(site), digest_of_others(self.static), wanted.encode())
            ledger, before = self._ledger(shared)
            has_same_files = self._is_as_it_was("static", self.static)
            if before and has_same_files and self._is_as_it_was("templates", self.templates):
                templates = before
            else:
                templates = template_digests(self.options.templates, self.templates, assets.paths)
            # record/ knows nothing of publishing/, which tells it here what the site is made of
            site.list_outputs = partial(making.outputs, extras=beside)
            site.list_addresses = making.listed_addresses
            changed |= {key for key in templates.keys() | before.keys() if before.get(key) != templates.get(key)}
            planner = Planner(site, ledger, self.publication, later=self.options.later)
            put_off = set(self.cache.part("put off") or ())
            queries = not self.library.is_same_to_queries
            planner.find_stale(
                changed | self.library.changed_records, put_off, queries=queries, files=not has_same_files
            )
            maker = making.Maker(site, beside, self._renderer(site, assets, beside), self.publication, ledger)
        if certain := planner.certain():
            # in memory, while the published folder is still being looked at: `plan` waits for that, and `begin` writes
            with self.clock.stage("making", f"making {len(certain):,} pages and files"):
                maker.make_early(certain)
        with self.clock.stage("planning"):
            plan = planner.plan()
        with self.clock.stage("making", f"making {len(plan.to_make):,} pages and files"):
            sums = self._make_files(site, assets, maker, ledger, plan)
        with self.clock.stage("publishing", "publishing what was made"):
            published = self.publication.publish(sums, plan.may_go - sums.keys())
        beside.tidy(site, plan.to_make)
        parts = {"ledger made by": (shared, templates), "put off": plan.left, **self.publication.parts}
        return parts, ledger.tables(), published

    def _make_files(self, site: Site, assets: Assets, maker: Maker, ledger: Ledger, plan: Plan) -> dict[str, str]:
        """Make outputs and write their files, and those that are copied: the SHA-256 of each by path."""
        from generator.pages.offline import kept  # noqa: PLC0415 - brought in when needed
        from generator.publishing.planning import shares  # noqa: PLC0415

        sums: dict[str, str] = {}

        def take(found: tuple[dict[str, str], Trace]) -> None:
            some, trace = found
            if twice := sums.keys() & some.keys():
                raise PublishError(f"two pages have one address: {min(twice)}", "give one of them another name")
            sums.update(some)
            ledger.add(trace)

        self.publication.begin()
        make = partial(maker.make, framed=plan.framed)
        spread(make, shares(plan.to_make), self.jobs if plan.is_long else 1, take)
        self._refuse_in_the_way(site, assets, sums, ledger)
        for path, data in (*assets.files.items(), *self._images(site)):
            sums[path] = self.publication.write(path, data, again=path in sums)
        worker = service_worker(
            self.options.static,
            (*kept(site), *assets.hashed),
            lambda path: sums.get(path) or self.publication.have[path],
        )
        sums[WORKER] = self.publication.write(WORKER, worker, again=WORKER in sums)
        return sums

    def _refuse_in_the_way(self, site: Site, assets: Assets, sums: Mapping[str, str], ledger: Ledger) -> None:
        """Refuse a file of static/root/ that stands where the site has a folder, or below one of its files."""
        beside = (*assets.hashed, *(f"images/{name}" for name in site.images), WORKER)  # which no output has
        for path in assets.own:
            other = next((each for each in beside if one_is_below(path, each)), "")
            # what was published last is asked first: to know all that outputs are takes long where they are many
            if not other and (self.publication.has_otherwise(path) or any(one_is_below(path, each) for each in sums)):
                made = chain.from_iterable(ledger.all_files().values())
                other = next((each for each in made if one_is_below(path, each)), "")
            if other:
                raise PublishError(f"static/root/{path} is in the way of {other}, which a build makes", "rename it")

    def _renderer(self, site: Site, assets: Assets, beside: Extras) -> Renderer:
        from generator.publishing.render import Compiled, Renderer  # noqa: PLC0415 - brought in when needed

        sections = [(site.pages[slug].title, f"{slug}/") for slug in site.pages]
        kept_in = self.options.cache
        compiled = Compiled(kept_in / "templates", self.cache.made_by) if kept_in else None
        renderer = Renderer.of(self.options.templates, site.settings, assets, sections, compiled)
        renderer.offer(beside.made)
        return renderer

    def _is_as_it_was(self, name: str, now: Snapshot) -> bool:
        """Whether a folder has the same files as at the last build."""
        return digest_of(self.cache.part(name) or {}) == digest_of(now)

    def _ledger(self, shared: bytes) -> tuple[Ledger, dict[Key, bytes]]:
        """What earlier builds noted, and the templates as they were; nothing when all pages are to be made again."""
        from generator.incremental.ledger import Ledger  # noqa: PLC0415

        made_by = None if self.options.anew else self.cache.part("ledger made by")
        if not made_by or made_by[0] != shared:
            return Ledger(), {}
        ledger = Ledger(self.cache)
        return (Ledger(), {}) if ledger.is_overgrown else (ledger, made_by[1])

    def _images(self, site: Site) -> Iterator[tuple[str, bytes]]:
        for name in site.images:
            yield f"images/{name}", (self.options.content / "images" / name).read_bytes()
