"""Outputs -> files: every page of the site, its feeds and its data, each made by itself and in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.incremental.cache import digest
from generator.incremental.ledger import Read, Trace
from generator.pages import everything
from generator.publishing import data, feeds, headers
from generator.publishing.extras import EXTRA_KINDS
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from generator.incremental.ledger import Ledger, Span
    from generator.publishing.extras import Extras
    from generator.publishing.publish import Publication
    from generator.publishing.render import Renderer
    from generator.record.keys import Output
    from generator.record.site import Site

PAGES = everything.KINDS | data.KINDS
FILES: dict[str, Callable[..., dict[str, bytes]]] = data.FILES | feeds.FILES | headers.FILES


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


class _Made(NamedTuple):
    """The files of an output by path, where in its page the main part stands, and the numbers of what was read for it.

    reads: None where that is known, since it is what was read before.
    """

    files: dict[str, bytes]
    main: Span | None
    reads: set[int] | None


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
        self._traced: set[int] = set()
        self._early: dict[Output, _Made] = {}

    def make_early(self, outputs: Iterable[Output]) -> None:
        """Make outputs that are certain to be asked for, before anything may be written."""
        for output in outputs:
            self._early[output] = self._made(output)

    def make(self, share: Sequence[Output], framed: AbstractSet[Output]) -> tuple[dict[str, str], Trace]:
        """Make some outputs and write their files: the SHA-256 of each file by path, and what was read.

        framed: pages of which only the frame is made, around the main part that is published.
        """
        sums: dict[str, str] = {}
        trace = Trace()
        ledger = self._ledger if len(self._ledger) else None  # an empty one need not be looked into for each key
        for output in share:
            if output in framed:
                made = self._in_new_frame(output)
            else:
                made = self._early.pop(output) if output in self._early else self._made(output)
            for path, content in made.files.items():
                sums[path] = self._publication.write(path, content)
            read = None  # where it is known, and was asked again if it could have changed
            if made.reads is not None and not self._ledger.has_read(output, its := Read.of(made.reads)):
                trace.add(made.reads, self._site, self._traced, ledger)
                read = its
            trace.outputs[output] = tuple(made.files), read, made.main
        return sums, trace

    def _made(self, output: Output) -> _Made:
        """An output, and the numbers of what was read for it."""
        kind, *arguments = output
        main = None
        with self._site.tracked() as reads:
            if kind in EXTRA_KINDS:
                files = self._extras.files(output, self._site)
            elif kind in PAGES:
                page = PAGES[kind].make(self._site, *arguments)
                self._site.track(("main part", page.template))
                self._site.track(("frame", page.template))
                data, main = self._renderer.render(page)
                files = {page.file: data}
            else:
                files = FILES[kind](self._site, *arguments)
        return _Made(files, main, reads)

    def _in_new_frame(self, output: Output) -> _Made:
        """A page whose main part is taken over as it is published: nothing that it was made of has changed."""
        kind, *arguments = output
        page = PAGES[kind].make(self._site, *arguments)
        start, end = self._ledger.main(output) or (0, 0)
        data, main = self._renderer.render(page, self._publication.read(page.file)[start:end])
        return _Made({page.file: data}, main, None)
