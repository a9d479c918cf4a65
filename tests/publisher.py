"""Publishes made-up sites to a folder, one after the other, in the way that builds do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.publishing.publish import Publication, Published, alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Publisher:
    """Builds without content: with a cache folder each of them knows what the last one left behind."""

    def __init__(self, out: Path, cache: Path | None = None) -> None:
        self.out = out
        self._cache = cache
        self._kept: tuple[Any, ...] | None = None

    def __call__(self, files: Mapping[str, bytes], *, anew: bool = False) -> Published:
        """Publish a site."""
        spare = self._cache / "spare" if self._cache else None
        with alone(self.out):
            publication = Publication(self.out, spare, self._kept, anew=anew)
            try:
                publication.begin()
                sums = {path: publication.write(path, data) for path, data in files.items()}
                published, state = publication.publish(sums)
            except BaseException:
                publication.abandon()
                raise
        if self._cache:
            self._kept = tuple(state)
        return published
