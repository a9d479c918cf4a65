"""load -> validate -> views -> render -> publish, in that order, and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages.everything import pages as all_pages
from generator.publishing.assets import read_assets
from generator.publishing.data import data_files, data_page
from generator.publishing.feeds import feeds
from generator.publishing.publish import Published, publish
from generator.publishing.render import Renderer, render_all
from generator.reading.validate import load_site

if TYPE_CHECKING:
    from pathlib import Path

    from generator.record.model import Site
    from generator.record.problems import Problem


@dataclass(frozen=True, slots=True)
class Options:
    """What varies from build to build.  jobs: processes, 0 for one a core."""

    content: Path
    templates: Path
    static: Path
    out: Path
    base_url: str = ""
    drafts: bool = False
    strict: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a build; `published` is None when the content has problems that stop it."""

    problems: tuple[Problem, ...]
    site: Site | None = None
    published: Published | None = None


def build(options: Options) -> Report:
    """Build the site: content is read once, at the start; the published folder changes once, at the end.

    Raises: PublishError, when the output folder is not ours to write.
    """
    validated = load_site(options.content, drafts=options.drafts, base_url=options.base_url)
    if validated.site is None or (options.strict and validated.problems):
        return Report(validated.problems)
    files = site_files(validated.site, options)
    return Report(validated.problems, validated.site, publish(files, options.out))


def site_files(site: Site, options: Options) -> dict[str, bytes]:
    """Every file of the site, by path."""
    assets = read_assets(options.static)
    pages = [*all_pages(site), data_page()]
    sections = [(page.title, f"{page.slug}/") for page in site.pages]
    renderer = Renderer.of(options.templates, site.settings, assets, sections)
    files = render_all(pages, renderer, options.jobs or os.cpu_count() or 1)
    files |= data_files(site) | feeds(site, pages) | assets.files
    files |= {f"images/{name}": data for name, data in site.images.items()}
    return files
