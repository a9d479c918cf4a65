"""The content folder -> a checked Site, or problems, for whoever does not publish."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.incremental.cache import Cache
from generator.reading.files import read_text
from generator.reading.library import Library
from generator.reading.records import read_record
from generator.record.model import Vocabulary
from generator.record.problems import Problem, TextFile

if TYPE_CHECKING:
    from pathlib import Path

    from generator.reading.collect import Collected
    from generator.record.site import Site


@dataclass(frozen=True)
class Validated:
    """What came of reading: the Site when there is no error, all problems by file and line, and the records."""

    site: Site | None
    problems: tuple[Problem, ...]
    library: Library

    @cached_property
    def collected(self) -> Collected:
        """Every file with its record and the places of all its values."""
        return self.library.collected()


def load_site(folder: Path, *, drafts: bool = False, base_url: str = "") -> Validated:
    """Read and check a content folder; a `base_url` takes the place of the one in site.yml."""
    library = Library(folder, Cache(None, b""))
    problems = library.problems()
    if any(problem.is_error for problem in problems):
        return Validated(None, problems, library)
    return Validated(library.site(drafts=drafts, base_url=base_url), problems, library)


def read_vocabulary(folder: Path) -> Vocabulary | None:
    """What entries of a content folder choose from; None when its file is missing or has errors."""
    path = folder / "vocabulary.yml"
    text, _ = read_text(path)
    record = read_record(TextFile(path.as_posix(), path.name, text)).record if text else None
    return record if isinstance(record, Vocabulary) else None
