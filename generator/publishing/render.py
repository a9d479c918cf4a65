"""Views -> HTML; the only place that imports jinja2.

Templates write links with `href(address)`, which stands in the text as a mark and the address from the root.  When the
page is done the mark becomes the way up from its folder: so a page works on a server, in a sub-folder and from disk.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.pages.page import Page
    from generator.publishing.assets import Assets
    from generator.record.model import Settings

ROOT = "\ue002"
"""Stands for the way to the site's root; private use, which content cannot contain."""
FEWEST_FOR_JOBS = 200
"""Fewer pages than these are rendered sooner by one process than by several."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Renderer:
    """Renders pages with the templates of a folder."""

    environment: jinja2.Environment
    settings: Settings

    @classmethod
    def of(
        cls,
        templates: Path,
        settings: Settings,
        assets: Assets,
        sections: Sequence[tuple[str, str]],
        cache: Path | None = None,
    ) -> Renderer:
        """A renderer; `sections` are (name, address) of the plain pages that the footer names.

        cache: a folder for compiled templates, known by their text; it may be deleted at any time.
        """
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(cache)) if cache and _usable(cache) else None,
        )
        base = settings.base_url.rstrip("/") + "/"
        environment.globals.update(
            settings=settings,
            base_url=base,
            policy=POLICY,
            plain_pages=sections,
            href=lambda address: Markup.escape(ROOT + urls.relative(address, 0)),
            asset=lambda name: ROOT + assets.paths[name],
            absolute=lambda address: base + address,
            breadcrumbs_ld=lambda page: _breadcrumbs(page, base),
        )
        environment.filters["json_ld"] = json_ld
        return cls(environment, settings)

    def render(self, page: Page) -> str:
        """The page's HTML."""
        template = self.environment.get_template(page.template)
        text = template.render(page=page, view=page.view)
        if page.address == "404.html":  # it is served for any path, so its links begin at the root of the host
            up = urlsplit(self.settings.base_url).path.rstrip("/") + "/"
        else:
            up = "../" * urls.depth_of(page.address)
        return text.replace(ROOT, up)


def _usable(cache: Path) -> bool:
    """Whether compiled templates can be kept there; where they cannot, they are compiled each time."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(cache, os.W_OK)


def render_all(pages: Sequence[Page], renderer: Renderer, jobs: int) -> dict[str, bytes]:
    """Every page as path and bytes; with several jobs, in as many processes, which the result does not show."""
    if jobs <= 1 or len(pages) < FEWEST_FOR_JOBS or "fork" not in multiprocessing.get_all_start_methods():
        return {urls.file_of(page.address): renderer.render(page).encode() for page in pages}
    shares = [(start, jobs) for start in range(jobs)]
    _work.update(pages=pages, renderer=renderer)
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            rendered = [item for share in pool.map(_render_share, shares) for item in share]
    finally:
        _work.clear()
    return dict(rendered)


_work: dict[str, Any] = {}
"""What forked children find ready: the pages and the renderer need not cross a pipe."""


def _render_share(share: tuple[int, int]) -> list[tuple[str, bytes]]:
    start, step = share
    renderer: Renderer = _work["renderer"]
    return [(urls.file_of(page.address), renderer.render(page).encode()) for page in _work["pages"][start::step]]


def _breadcrumbs(page: Page, base: str) -> dict[str, Any]:
    """schema.org's description of the way to a page, for pages that have no other."""
    steps = [("Home", ""), *((crumb.name, crumb.address) for crumb in page.crumbs), (page.title, page.address)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": base + address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def json_ld(data: dict[str, Any]) -> Markup:
    """JSON for a script element: nothing in it can close the element or open a comment."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped for its place just above
