"""load -> validate -> views -> render -> publish, in that order, and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.pages.everything import pages as all_pages
from generator.pages.offline import kept
from generator.publishing import worker
from generator.publishing.assets import read_assets
from generator.publishing.data import data_files, data_page
from generator.publishing.feeds import feeds
from generator.publishing.publish import Published, PublishError, publish
from generator.publishing.render import Renderer, render_all
from generator.reading.validate import load_site
from generator.upkeep.history import read_history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.record.model import Site
    from generator.record.problems import Problem


@dataclass(frozen=True, slots=True)
class Options:
    """What varies from build to build.

    jobs: processes, 0 for one a core.  anew: nothing of an earlier build is taken over.
    cache: a folder for compiled templates, if any.
    history: whether git is asked when entries were published and changed.
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


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a build; `published` is None when the content has problems that stop it."""

    problems: tuple[Problem, ...]
    site: Site | None = None
    published: Published | None = None


def build(options: Options, stage: Callable[[str], None] = lambda _: None) -> Report:
    """Build the site: content is read once, at the start; the published folder changes once, at the end.

    stage: is told, in a word or two, what begins.
    Raises: PublishError, when the output folder is not ours to write.
    """
    _keep_apart(options.content, options.out)
    stage("reading the content")
    validated = load_site(options.content, drafts=options.drafts, base_url=options.base_url)
    if validated.site is None or (options.strict and validated.problems):
        return Report(validated.problems)
    site = validated.site
    if options.history:
        site = replace(site, history=read_history(options.content, site))
    stage(f"rendering {len(site.events):,} entries")
    files = site_files(site, options)
    stage(f"publishing {len(files):,} files")
    out = options.out.resolve()  # a link to a folder stays one: what it leads to is exchanged
    return Report(validated.problems, site, publish(files, out, anew=options.anew))


def _keep_apart(content: Path, out: Path) -> None:
    """What is read and what is written lie in folders of their own."""
    source, target = content.resolve(), out.resolve()
    if source == target:
        raise PublishError(f"{out} is the content folder", "give another with --out DIR")
    if target.is_relative_to(source):
        raise PublishError(f"{out} lies inside the content folder {content}", "give one outside it with --out DIR")
    if source.is_relative_to(target):
        raise PublishError(f"the content folder {content} lies inside {out}", "give another with --out DIR")


def site_files(site: Site, options: Options) -> dict[str, bytes]:
    """Every file of the site, by path."""
    assets = read_assets(options.static)
    pages = [*all_pages(site), data_page()]
    sections = [(page.title, f"{page.slug}/") for page in site.pages]
    renderer = Renderer.of(options.templates, site.settings, assets, sections, options.cache)
    files = render_all(pages, renderer, options.jobs or os.cpu_count() or 1)
    files |= data_files(site) | feeds(site, pages) | assets.files
    files |= {f"images/{name}": data for name, data in site.images.items()}
    script = (options.static / "worker" / worker.NAME).read_bytes()
    keep = [*kept(site), *(path for path in assets.files if path.startswith("assets/"))]
    sums = {path: sha256(data).hexdigest() for path, data in files.items()}
    files[worker.NAME] = worker.service_worker(script, keep, sums)
    return files
