"""What is made beside the pages: the search index, and the card images.

Both are outputs like the others, made by whichever process is free, and kept in the cache by what they were made from:
so that they are made again only when what they show has changed.  Where one cannot be made, the site is built without
it, and says so.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pages.card_texts import card_path, card_text
from generator.publishing.errors import PublishError
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.keys import Output
    from generator.record.site import Site

NAMES = {"search": "search", "cards": "card images"}
INDEX, CARD = "search index", "card"
EXTRA_KINDS = frozenset({INDEX, CARD})
"""The kinds of output that are made here."""
EXTRA_FOLDERS = ("cards/", "pagefind/")
"""Where their files are, and no others."""


class Extras(NamedTuple):
    """What there will be beside the pages.

    kinds: of `search` and `cards`.  lacking: why something is left out, in words for the maintainer.
    """

    kinds: frozenset[str]
    lacking: tuple[str, ...]
    fonts: Path
    cache: Path

    def outputs(self, site: Site) -> Iterator[Output]:
        """The index first, as it takes longest; then a picture for each entry, and for the site itself."""
        if "search" in self.kinds:
            yield (INDEX,)
        if "cards" in self.kinds:
            yield (CARD, "")
            yield from ((CARD, slug) for slug in site.order())

    def files(self, output: Output, site: Site) -> dict[str, bytes]:
        """The files of one of these outputs."""
        if output[0] == INDEX:
            return _index_files(site, self.cache / "search")
        from generator.publishing import cards  # noqa: PLC0415 - brought in when wanted, as is search

        text = card_text(output[1], site)
        if not text.is_writable:
            return {}
        return {card_path(output[1]): cards.picture(text, self.fonts, self.cache / "cards")}

    def tidy(self, site: Site, made: Iterable[Output]) -> None:
        """Let go of the oldest pictures in the cache, where some of what was made may have added to them."""
        if any(output[0] == CARD for output in made):
            from generator.publishing import cards  # noqa: PLC0415

            cards.tidy(self.cache / "cards", site.size() + 1)


def _index_files(site: Site, cache: Path) -> dict[str, bytes]:
    from generator.publishing import search  # noqa: PLC0415

    try:
        return search.site_index(site, cache)
    except (RuntimeError, OSError) as error:
        hint = "build with --no-search to publish without it"
        raise PublishError(f"the search index cannot be made: {error}", hint) from error


def _missing(name: str) -> str:
    """Why search or cards cannot be made here; empty when they can."""
    if name == "search":
        from generator.publishing import search  # noqa: PLC0415

        return search.missing()
    from generator.publishing import cards  # noqa: PLC0415

    return cards.missing()


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _passing_folder() -> Path:
    from tempfile import mkdtemp  # noqa: PLC0415 - most builds have a cache

    return Path(mkdtemp(prefix="chronology-"))


@contextmanager
def open_extras(static: Path, cache: Path | None, *, wanted: frozenset[str]) -> Iterator[Extras]:
    """What can be made of what is `wanted`, of `search` and `cards`.

    cache: a folder for what was made, which may be deleted at any time; None to make everything anew.
    """
    missing = {name: reason for name in sorted(wanted) if (reason := _missing(name))}
    lacking = tuple(f"built without {NAMES[name]}: {reason}" for name, reason in missing.items())
    folder = cache if cache and _can_be_written(cache) else _passing_folder()
    try:
        yield Extras(wanted - missing.keys(), lacking, static / "fonts-for-cards", folder)
    finally:
        if "cards" in wanted:
            from generator.publishing import cards  # noqa: PLC0415

            cards.forget_fonts()
        if folder != cache:
            shutil.rmtree(folder, ignore_errors=True)
