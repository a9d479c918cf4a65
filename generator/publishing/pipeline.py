"""A build: looking, reading, planning, making, publishing, remembering, in that order, each only for what has changed.

`_Build.run` has these stages, a method each.  What an edit leaves to make for certain is made while the published
folder is still being looked at.
"""

from __future__ import annotations

import pickle
from functools import partial
from itertools import chain
from time import time_ns
from typing import TYPE_CHECKING, Any

from generator.incremental import parts
from generator.incremental.cache import DamagedCacheError, digest
from generator.incremental.folders import claim
from generator.incremental.jobs import ChildKilledError, cores, spread
from generator.incremental.snapshot import digest_of, is_as_seen, look, to_keep
from generator.publishing.assets import digest_of_others, read_assets, read_base_maps
from generator.publishing.errors import PublishError
from generator.publishing.lock import only_build
from generator.publishing.publish import Publication, Published, one_is_below
from generator.publishing.report import Clock, Counts, Report
from generator.publishing.service_worker import NAME as SERVICE_WORKER
from generator.publishing.service_worker import service_worker
from generator.reading.library import Library
from generator.reading.parsed import ContentChangedError
from generator.record.tuples import NamedTuple
from generator.upkeep.head import head_of, opened, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from generator.incremental.cache import Cache
    from generator.incremental.ledger import Ledger, Trace
    from generator.incremental.snapshot import Snapshot
    from generator.publishing.assets import Assets
    from generator.publishing.extras import Extras
    from generator.publishing.making import Maker
    from generator.publishing.options import Options
    from generator.publishing.planning import Plan
    from generator.publishing.render import Renderer
    from generator.record.keys import Key
    from generator.record.model import History
    from generator.record.problems import Problem
    from generator.record.site import Site

MOST_TOLD = 50
"""Warnings that a build tells; `check` tells all."""
MOST_TRIES = 3
"""A build begins again when a file is not what it was at the beginning, or its cache is not what it was kept as."""


def build(options: Options, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Build the site: texts are read once, at the start; the published folder changes once, at the end.

    tell: is told, in a word or two, what begins.
    Raises: PublishError, whenever nothing can be published, and TemplateMistakeError; the folder is then as it was.
    """
    try:
        target = options.target()
        with only_build(target), options.open_cache(target) as cache:
            for _ in range(MOST_TRIES):
                try:
                    return _Build(options, target, cache, Clock(tell)).run()
                except DamagedCacheError:
                    cache.forget()
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


class _Content(NamedTuple):
    """What was read: the chronology, what is told of it, and when each entry was published and changed, by file."""

    site: Site
    counts: Counts
    problems: tuple[Problem, ...]
    history: dict[str, History]


class _Planned(NamedTuple):
    """What is to be made, and what it is made with.

    shared: a digest of what all pages have.  templates: one of what each template has, by key.
    """

    plan: Plan
    maker: Maker
    extras: Extras
    assets: Assets
    ledger: Ledger
    shared: bytes
    templates: dict[Key, bytes]


class _Build:
    """One build: what the last one found out, what has changed since, and what that leaves to be made."""

    def __init__(self, options: Options, target: Path, cache: Cache, clock: Clock) -> None:
        self.options = options
        self.cache = cache
        self.clock = clock
        self.jobs = options.jobs or cores()
        self.folder = options.cache_folder(target)
        self.started_ns = time_ns()
        self.git_has_answered = True
        spare = self.folder / "spare" if self.folder else None
        self.publication = Publication(target, spare, cache, anew=options.anew, jobs=self.jobs)

    def run(self) -> Report:
        """The stages, in order; when nothing has changed, there is but the first."""
        options = self.options
        with self.publication:
            self._look()
            if report := self._report_if_unchanged():
                return report
            from generator.publishing.extras import open_extras  # noqa: PLC0415 - brought in when needed, here and below

            self.publication.prepare()
            errors, warnings = self._read()
            if errors or (options.strict and warnings):
                return self._refuse(errors, warnings)
            content = self._content(errors, warnings)
            with open_extras(options.static, options.extras_folder, wanted=options.extras) as beside:
                planned = self._plan(content, beside)
                sums = self._make(content.site, planned)
                published = self._publish(planned.plan, sums)
                beside.tidy(content.site, planned.plan.to_make)
            return self._remember(content, planned, published)

    # --- looking -------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """See what there is."""
        options, cache = self.options, self.cache
        with self.clock.stage("looking", "looking for changes"):
            self.library = Library(options.content, cache, self.jobs)
            self.templates = look(options.templates, cache.part(parts.TEMPLATES) or {})
            self.static = look(options.static, cache.part(parts.STATIC) or {})
            self.head = head_of(options.content) if options.history else b""
        self.how = digest(  # all that decides how the site is made, beside the content and the code
            repr((options.base_url, options.drafts, sorted(options.extras))).encode(),
            self.head,
            digest_of(self.templates),
            digest_of(self.static),
        )

    def _report_if_unchanged(self) -> Report | None:
        """The report of a build that has nothing to do."""
        built = self.cache.part(parts.BUILT)
        if not built or self.options.anew:
            return None
        how, plain_counts, files, problems = built
        counts = Counts._make(plain_counts)
        if how != self.how or (counts.warnings and self.options.strict):
            return None
        with self.clock.stage("looking", "looking for changes"):
            if not (self.library.files.is_unchanged and self.publication.is_untouched):
                return None
        return Report(pickle.loads(problems), counts, Published(0, files, 0), self.clock.seconds)  # noqa: S301 - ours

    # --- reading -------------------------------------------------------------------------------------------------

    def _read(self) -> tuple[int, int]:
        """How many errors the content has, and how many warnings."""
        with self.clock.stage("reading", "reading the content"):
            return self.library.counts

    def _refuse(self, errors: int, warnings: int) -> Report:
        """The report of a build that the content stops; what was parsed need not be parsed again."""
        self.cache.keep({}, (), self.library.files.blob_keys.values())
        return Report(self.library.problems(), Counts(0, 0, 0, errors, warnings), None, self.clock.seconds)

    def _content(self, errors: int, warnings: int) -> _Content:
        from generator.pages.maps import base_map_for  # noqa: PLC0415

        site = self.library.site(drafts=self.options.drafts, base_url=self.options.base_url)
        counts = Counts(site.size(), len(site.sources), site.shown.left_out, errors, warnings)
        history = self._history(site)
        site.know_history(history)
        maps = read_base_maps(self.options.static, self.static)
        site.base_map = base_map_for(site.places.values(), maps) if maps else None
        return _Content(site, counts, self.library.problems(MOST_TOLD) if warnings else (), history)

    def _history(self, site: Site) -> dict[str, History]:
        """When each entry was published and changed, by file; git is asked when its history has grown."""
        if not self.head:
            return {}
        head, days = self.cache.part(parts.HISTORY) or (b"", {})
        if head == self.head and self.library.files.is_same_to_queries:
            return {file: opened(each) for file, each in days.items()}
        from generator.upkeep.history import read_history  # noqa: PLC0415

        with self.clock.stage("history", "asking git"):
            found = read_history(self.options.content, site)
        self.git_has_answered = found is not None
        return found or {}

    # --- planning ------------------------------------------------------------------------------------------------

    def _plan(self, content: _Content, beside: Extras) -> _Planned:
        """What is to be made; where that is little, what is sure to be is made here already, in memory."""
        from generator.publishing import making  # noqa: PLC0415
        from generator.publishing.planning import Planner  # noqa: PLC0415

        site, options = content.site, self.options
        with self.clock.stage("planning", "finding what is to be made"):
            assets = read_assets(options.static, self.static)
            wanted = repr((options.drafts, sorted(beside.kinds))).encode()  # as a site without cards is another
            shared = digest(making.shared_by_all(site), digest_of_others(self.static), wanted)
            ledger, last_templates = self._ledger(shared)
            templates = self._templates(assets, last_templates)
            # record/ knows nothing of publishing/, which tells it here what the site is made of
            site.list_outputs = partial(making.outputs, extras=beside)
            site.list_addresses = making.listed_addresses
            keys = templates.keys() | last_templates.keys()
            planner = Planner(site, ledger, self.publication, defer=options.defer)
            planner.find_stale(
                {key for key in keys if last_templates.get(key) != templates.get(key)}
                | self.library.files.changed_records
                | self._changed_history(content.history),
                set(self.cache.part(parts.DEFERRED) or ()),
                queries_may_differ=not self.library.files.is_same_to_queries,
                static_may_differ=not self._is_unchanged(parts.STATIC, self.static),
            )
            maker = making.Maker(site, beside, self._renderer(site, assets, beside), self.publication, ledger)
        if certain := planner.certain():
            # while the published folder is still being looked at: `plan` waits for that, and only then may be written
            with self.clock.stage("making", f"making {len(certain):,} pages and files"):
                maker.make_early(certain)
        with self.clock.stage("planning"):
            plan = planner.plan()
        return _Planned(plan, maker, beside, assets, ledger, shared, templates)

    def _ledger(self, shared: bytes) -> tuple[Ledger, dict[Key, bytes]]:
        """The ledger and the digests of templates of the last build; empty ones when all pages are to be made again."""
        from generator.incremental.ledger import Ledger  # noqa: PLC0415

        last_shared, templates, nodes = self.cache.part(parts.PLANNED_FOR) or (b"", {}, 0)
        if last_shared == shared and not self.options.anew:
            ledger = Ledger(self.cache, nodes)
            if not ledger.is_overgrown:
                return ledger, templates
        return Ledger(), {}

    def _templates(self, assets: Assets, last: dict[Key, bytes]) -> dict[Key, bytes]:
        """A digest of what each template has, by key; that of the last build while nothing has changed."""
        static_is_same = self._is_unchanged(parts.STATIC, self.static)
        if last and static_is_same and self._is_unchanged(parts.TEMPLATES, self.templates):
            return last
        from generator.publishing.template_uses import template_digests  # noqa: PLC0415

        return template_digests(self.options.templates, self.templates, assets.paths)

    def _is_unchanged(self, part: str, now: Snapshot) -> bool:
        """Whether a folder has the same files as at the last build."""
        return digest_of(self.cache.part(part) or {}) == digest_of(now)

    def _changed_history(self, history: dict[str, History]) -> set[Key]:
        days: dict[str, tuple[str, str]] = (self.cache.part(parts.HISTORY) or (b"", {}))[1]
        return {
            key
            for file in history.keys() | days.keys()
            if file not in history or days.get(file) != plain(history[file])
            for key in (("history", file), ("has", "history", file))
        }

    def _renderer(self, site: Site, assets: Assets, beside: Extras) -> Renderer:
        from generator.publishing.render import Compiled, Renderer  # noqa: PLC0415

        sections = [(site.pages[slug].title, f"{slug}/") for slug in site.pages]
        kept_in = self.options.cache
        compiled = Compiled(kept_in / "templates", self.cache.made_by) if kept_in else None
        renderer = Renderer.of(self.options.templates, site.settings, assets, sections, compiled)
        renderer.offer(beside.kinds)
        return renderer

    # --- making --------------------------------------------------------------------------------------------------

    def _make(self, site: Site, planned: _Planned) -> dict[str, str]:
        """Make outputs and write their files, and those that are copied: the SHA-256 of each by path."""
        from generator.publishing.planning import shares  # noqa: PLC0415

        plan, ledger = planned.plan, planned.ledger
        sums: dict[str, str] = {}

        def take(found: tuple[dict[str, str], Trace]) -> None:
            some, trace = found
            if twice := sums.keys() & some.keys():
                raise PublishError(f"two pages have one address: {min(twice)}", "give one of them another name")
            sums.update(some)
            ledger.add(trace)

        with self.clock.stage("making", f"making {len(plan.to_make):,} pages and files"):
            self.publication.begin()
            make = partial(planned.maker.make, framed=plan.framed)
            spread(make, shares(plan.to_make), self.jobs if plan.is_long else 1, take)
            self._refuse_in_the_way(site, planned.assets, sums, ledger)
            self._copy(site, planned.assets, sums)
        return sums

    def _copy(self, site: Site, assets: Assets, sums: dict[str, str]) -> None:
        """Write the files that are copied, and last the service worker, which knows the sums of others."""
        from generator.pages.offline import precached  # noqa: PLC0415

        for path, data in (*assets.files.items(), *self._images(site)):
            sums[path] = self.publication.write(path, data, again=path in sums)
        worker = service_worker(
            self.options.static,
            (*precached(site), *assets.hashed),
            lambda path: sums.get(path) or self.publication.have[path],
        )
        sums[SERVICE_WORKER] = self.publication.write(SERVICE_WORKER, worker, again=SERVICE_WORKER in sums)

    def _images(self, site: Site) -> Iterator[tuple[str, bytes]]:
        for name in site.images:
            yield f"images/{name}", (self.options.content / "images" / name).read_bytes()

    def _refuse_in_the_way(self, site: Site, assets: Assets, sums: Mapping[str, str], ledger: Ledger) -> None:
        """Refuse a file of static/root/ that stands where the site has a folder, or below one of its files."""
        beside = (*assets.hashed, *(f"images/{name}" for name in site.images), SERVICE_WORKER)  # which no output has
        for path in assets.own:
            other = next((each for each in beside if one_is_below(path, each)), "")
            # what was published last is asked first: to know all that outputs are takes long where they are many
            if not other and (self.publication.has_otherwise(path) or any(one_is_below(path, each) for each in sums)):
                made = chain.from_iterable(ledger.all_files().values())
                other = next((each for each in made if one_is_below(path, each)), "")
            if other:
                raise PublishError(f"static/root/{path} is in the way of {other}, which a build makes", "rename it")

    # --- publishing, remembering ---------------------------------------------------------------------------------

    def _publish(self, plan: Plan, sums: dict[str, str]) -> Published:
        with self.clock.stage("publishing", "publishing what was made"):
            return self.publication.publish(sums, plan.may_go - sums.keys())

    def _remember(self, content: _Content, planned: _Planned, published: Published) -> Report:
        """Bring the cache up to date, last: a build that dies before loses time and nothing else."""
        from generator.incremental.recall import to_recall  # noqa: PLC0415

        site, counts, problems, history = content
        deferred, lacking = planned.plan.deferred, planned.extras.lacking
        built = self.how, tuple(counts), sum(published[:2]), pickle.dumps(problems, 5)
        # pages may have been made with what was saved meanwhile, and no digest tells which
        folders = ((self.options.templates, self.templates), (self.options.static, self.static))
        saved = not all(is_as_seen(folder, snapshot) for folder, snapshot in folders)
        planned_for = planned.shared, planned.templates, planned.ledger.first_nodes
        # else the next build makes what was deferred, tries to make what is lacking, or asks git again
        is_done = not (saved or deferred or lacking) and self.git_has_answered
        with self.clock.stage("remembering"):
            following: dict[str, Any] = {
                parts.TEMPLATES: to_keep(self.templates, self.started_ns),
                parts.STATIC: to_keep(self.static, self.started_ns),
                parts.HISTORY: (
                    self.head if self.git_has_answered else b"",
                    {file: plain(days) for file, days in history.items()},
                ),
                parts.BUILT: built if is_done else None,
                parts.PLANNED_FOR: None if saved else planned_for,
                parts.DEFERRED: deferred,
                **self.publication.parts,
                **self.library.parts(),
            }
            if not site.last_answer:  # else what was recalled is as it was kept
                following |= to_recall(site, self.cache, drafts=self.options.drafts)
            if self.folder:
                claim(self.folder, self.publication.out)
            tables = chain(self.library.files.tables(), planned.ledger.tables(), self.publication.tables())
            self.cache.keep(following, tables, self.library.files.blob_keys.values())
        return Report(problems, counts, published, self.clock.seconds, lacking, not deferred)
