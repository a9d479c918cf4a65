"""Outputs -> files: every page of the site, its feeds and its data, each made by itself and in any order."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from generator.incremental.cache import digest
from generator.incremental.ledger import NO_KEYS, Noted, Read
from generator.incremental.snapshot import digest_of
from generator.pages import everything
from generator.publishing import data, feeds, headers
from generator.publishing.extras import EXTRA_KINDS
from generator.publishing.template_mistakes import text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from generator.incremental.ledger import Ledger
    from generator.incremental.snapshot import Snapshot
    from generator.pages.page import Output
    from generator.publishing.extras import Extras
    from generator.publishing.publish import Publication
    from generator.publishing.render import Renderer
    from generator.record.site import Site

PAGES = everything.KINDS | data.KINDS
FILES: dict[str, Callable[..., dict[str, bytes]]] = data.FILES | feeds.FILES | headers.FILES
SHARED_TEMPLATES = ("macros/card.html", "macros/frame.html", "macros/map.html", "macros/sources.html")
"""What templates use without naming it: see render.py."""
_USE = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%}", re.DOTALL)
_AFTER_NAMES = re.compile(r"\s(?:as|import|ignore\s+missing|with\s+context|without\s+context)\b.*", re.DOTALL)
_NAME = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def outputs(site: Site, extras: Extras) -> Iterator[Output]:
    """All that the site is made of, in order, but for what is copied as it is."""
    yield from extras.outputs(site)
    yield from everything.outputs(site)
    yield from data.outputs(site)
    yield from feeds.outputs(site)
    yield from headers.outputs(site)


def listed_addresses(planned: Iterable[Output]) -> tuple[str, ...]:
    """The addresses of the pages that search engines are told of."""
    return tuple(
        kind.address(*output[1:]) for output in planned if (kind := PAGES.get(output[0])) is not None and kind.listed
    )


def shared_by_all(site: Site) -> bytes:
    """A digest of what is on every page, or decides how every page is made."""
    plain_pages = [(slug, site.pages[slug].title) for slug in site.pages]
    base_map = site.base_map and (site.base_map.about, site.base_map.box)  # its lines are those of a file of static/
    return digest(repr((site.settings, site.vocabulary, base_map, plain_pages)).encode())


class Maker:
    """Makes outputs of a site: `make_early` in memory, before anything may be written; then `make`, in any process."""

    def __init__(
        self, site: Site, extras: Extras, renderer: Renderer, publication: Publication, ledger: Ledger
    ) -> None:
        self._site = site
        self._ledger = ledger
        self._extras = extras
        self._renderer = renderer
        self._publication = publication
        self._told: set[int] = set()
        self._early: dict[Output, tuple[dict[str, bytes], set[int]]] = {}

    def make_early(self, outputs: Iterable[Output]) -> None:
        """Make outputs that are certain to be asked for, before anything may be written."""
        for output in outputs:
            self._early[output] = self._made(output)

    def make(self, share: Sequence[Output]) -> tuple[dict[str, str], Noted]:
        """Make some outputs and write their files: the SHA-256 of each file by path, and what was read."""
        sums: dict[str, str] = {}
        noted = Noted()
        ledger = self._ledger if len(self._ledger) else None  # an empty one need not be looked into for each key
        for output in share:
            files, reads = self._early.pop(output) if output in self._early else self._made(output)
            for path, content in files.items():
                sums[path] = self._publication.write(path, content)
            read = Read.of(reads)
            if self._ledger.has_read(output, read):
                read = read._replace(keys=NO_KEYS)  # known, and asked again if it could have changed
            else:
                noted.note(reads, self._site, self._told, ledger)
            noted.outputs[output] = tuple(files), read
        return sums, noted

    def _made(self, output: Output) -> tuple[dict[str, bytes], set[int]]:
        """The files of an output, and the numbers of what was read for them."""
        with self._site.noted() as reads:
            return self._files(output), reads

    def _files(self, output: Output) -> dict[str, bytes]:
        kind, *arguments = output
        if kind in EXTRA_KINDS:
            return self._extras.files(output, self._site)
        if kind not in PAGES:
            return FILES[kind](self._site, *arguments)
        page = PAGES[kind].make(self._site, *arguments)
        self._site.note(("template", page.template))
        return {page.file: self._renderer.render(page)}


def template_digests(folder: Path, snapshot: Snapshot) -> dict[str, bytes]:
    """For each template of a page a digest of it and of all that it uses; of all there are, where only it knows which.

    Raises: TemplateMistakeError, when a template is no text.
    """
    used = cache(lambda name: _used(text_in(folder / name)))
    pages = (name for name in snapshot if name.startswith("pages/") and name.endswith(".html"))
    return {
        name: digest_of({each: snapshot[each] for each in sorted(_closure(name, snapshot, used))}) for name in pages
    }


def _closure(name: str, there: Collection[str], used: Callable[[str], frozenset[str] | None]) -> Collection[str]:
    """A template and all that it uses, as far as it is there."""
    found, waiting = set(), [name, *SHARED_TEMPLATES]
    while waiting:
        each = waiting.pop()
        if each not in found and each in there:
            found.add(each)
            more = used(each)
            if more is None:
                return there
            waiting += more
    return found


def _used(text: str) -> frozenset[str] | None:
    """The templates that a text of one names; None where a name is not written there, but made when it is rendered."""
    found: set[str] = set()
    for use in _USE.finditer(text):
        names = _AFTER_NAMES.sub("", use[1])
        if _NAME.sub("", names).strip("[](), \t\n"):
            return None
        found.update(one or other for one, other in _NAME.findall(names))
    return frozenset(found)
