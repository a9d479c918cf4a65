"""What varies from build to build, and the folders that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.incremental.cache import Cache
from generator.incremental.folders import folder_for
from generator.incremental.made_by import made_by
from generator.publishing.errors import WrongFolderError
from generator.publishing.manifest import MANIFEST
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Options(NamedTuple):
    """What varies from build to build.

    jobs: processes, 0 for one a core.  anew: nothing of an earlier build is taken over.
    cache: a folder for what this build finds out, if any.
    history: whether git is asked when entries were published and changed.
    extras: of `search` and `cards`, what is made beside the pages.  defer: leave those that are out of date to a later
    build, which a preview can wait for.
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
    extras: frozenset[str] = frozenset()
    defer: bool = False

    def target(self) -> Path:
        """The folder that is published to, resolved: a link to a folder stays one, and what it leads to is exchanged.

        Raises: WrongFolderError, where what is read and what is written would lie in one another.
        """
        source, target = _resolved(self.content), _resolved(self.out)
        out, content = self.out, self.content
        hint = "give another with --out DIR"
        if source == target:
            raise WrongFolderError(f"{out} is the content folder", hint)
        if target.is_relative_to(source):
            outside = "give one outside it with --out DIR"
            raise WrongFolderError(f"{out} lies inside the content folder {content}", outside)
        if source.is_relative_to(target):
            raise WrongFolderError(f"the content folder {content} lies inside {out}", hint)
        for parent in target.parents:
            if (parent / MANIFEST).is_file():
                raise WrongFolderError(f"{out} lies inside {parent}, which a build has made", hint)
        return target

    def cache_folder(self, target: Path) -> Path | None:
        """Where the cache has what is known of what is published there."""
        return folder_for(target, self.cache) if self.cache else None

    def open_cache(self, target: Path, *, begins_anew: bool = True) -> Cache:
        """The cache of builds into a folder: nothing in it was made by other code, or by other libraries.

        begins_anew: as Cache has it.
        """
        folder = self.cache_folder(target)
        return Cache(folder / "cache.sqlite" if folder else None, made_by(), begins_anew=begins_anew)

    @property
    def extras_folder(self) -> Path | None:
        """Where the cache has what was made beside the pages."""
        return self.cache / "made" if self.cache else None


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except RuntimeError as error:  # as Python says until 3.12 that links lead in a circle
        raise WrongFolderError(f"{folder} is a link that leads to itself", "give another folder") from error
