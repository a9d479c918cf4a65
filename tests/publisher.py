"""Publishes made-up sites to a folder, one after the other, in the way that builds do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.incremental.cache import Cache
from generator.publishing.lock import only_build
from generator.publishing.publish import Publication, Published

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Publisher:
    """Builds without content: with a cache folder each of them knows what the last one left behind."""

    def __init__(self, out: Path, cache: Path | None = None) -> None:
        self.out = out
        self._cache = cache

    def __call__(self, files: Mapping[str, bytes], *, anew: bool = False, jobs: int = 1) -> Published:
        """Publish a site."""
        spare, kept = (self._cache / "spare", self._cache / "cache.sqlite") if self._cache else (None, None)
        with (
            only_build(self.out),
            Cache(kept, b"") as cache,
            Publication(self.out, spare, cache, anew=anew, jobs=jobs) as publication,
        ):
            publication.begin()
            sums = {path: publication.write(path, data) for path, data in files.items()}
            published = publication.publish(sums, publication.paths() - sums.keys())
            cache.keep(publication.parts, publication.tables(), ())
        return published
