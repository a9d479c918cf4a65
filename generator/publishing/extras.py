"""What is made beside the pages, each in processes of its own: the search index, and the card images.

Both are kept in the cache and made again only when what they show has changed.  Where one cannot be made, the site is
built without it, and says so.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.publishing import cards, search
from generator.publishing.publish import PublishError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.publishing.beside import Beside
    from generator.record.model import Site


@dataclass(frozen=True, slots=True)
class Extras:
    """Work that goes on beside the rendering; pages need only know what there will be.

    notes: why something is left out, in words for the maintainer.
    """

    index: Beside | None
    pictures: tuple[Beside, ...]
    cache: Path
    notes: tuple[str, ...]

    def files(self) -> dict[str, bytes]:
        """All that was made, by path, once it is done."""
        made: dict[str, bytes] = {}
        try:
            if self.index:
                made |= search.index_files(self.index.result())
            drawn: dict[str, Path] = {}
            for share in self.pictures:
                drawn |= share.result()
        except (RuntimeError, OSError) as error:
            hint = "build with --no-search or --no-cards to publish without it"
            raise PublishError(f"the search index or the card images cannot be made: {error}", hint) from error
        made |= {path: file.read_bytes() for path, file in drawn.items()}
        if drawn:
            cards.tidy(self.cache / "cards", drawn)
        return made


@contextmanager
def begun(site: Site, static: Path, cache: Path | None, jobs: int, *, wanted: frozenset[str]) -> Iterator[Extras]:
    """Begin what is `wanted`, of `search` and `cards`; whatever happens inside the block, nothing goes on after it.

    cache: a folder for what was made, which may be deleted at any time; None to make everything anew.
    """
    reasons = {"search": search.missing, "cards": cards.missing}
    lacking = {name: reason for name in sorted(wanted) if (reason := reasons[name]())}
    notes = tuple(f"built without {NAMES[name]}: {reason}" for name, reason in lacking.items())
    made = wanted - lacking.keys()
    folder = cache or Path(tempfile.mkdtemp(prefix="chronology-"))
    index = search.begin_search(site, folder / "search") if "search" in made else None
    pictures = cards.begin_cards(site, static / "fonts-for-cards", folder / "cards", jobs) if "cards" in made else []
    try:
        yield Extras(index, tuple(pictures), folder, notes)
    finally:
        for work in (*([index] if index else ()), *pictures):
            work.stop()
        if cache is None:
            shutil.rmtree(folder, ignore_errors=True)


NAMES = {"search": "search", "cards": "card images"}
