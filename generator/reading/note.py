"""What a build keeps of each file of the content beside its record: enough to check all files against each other.

How a note is made is in notes.py, apart from this, because a build with nothing changed makes none and needs no YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from generator.record.outline import Plain


class Note(NamedTuple):
    """What is kept of one file.

    outline: of a sound entry, as a plain tuple; empty for other files.
    records: (shelf, id, fingerprint) of what the file defines, sources in place too.
    declared: the ids that it declares, as `actor:thailand`; of faulty records too.  offers: what else may be named.
    wants: what the file refers to, in the same form.  alike: what makes it like other files: see alike.py.
    leads_to: which record names which other as where it comes from.
    errors, warnings: how many problems it has by itself.  is_read: whether it could be read at all.
    uncited: how many of its sentences carry no citation.
    """

    outline: Plain
    records: tuple[tuple[str, str, bytes], ...]
    declared: tuple[str, ...]
    offers: tuple[str, ...]
    wants: tuple[str, ...]
    alike: bytes
    leads_to: tuple[tuple[str, str], ...]
    errors: int
    warnings: int
    is_read: bool
    uncited: int
