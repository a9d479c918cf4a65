"""What is asked of a site: the key of each question, and the number that stands for it."""

from __future__ import annotations

import marshal
from contextlib import suppress
from hashlib import blake2b
from typing import Any

Key = tuple[Any, ...]
"""What was asked: the name of a shelf, a query or a derivation, and its arguments.

Beside these ("has", shelf, id) and ("names", shelf), whether there is such a record, and which there are; ("outlines",
slug), an entry's outline; ("uncited", ""), see Site.uncited_entries; ("main part", name) and ("frame", name), what the
pages of a template are rendered with.
"""
Output = tuple[Any, ...]
"""A page, or a few files that are made together: the name of its kind, and what it is about.

As `("entry", "2025-07-24-fighting")`.
"""


def fingerprint(value: Any) -> bytes:  # noqa: ANN401 - an answer to a query, or what a derivation made
    """A digest of plain data, or of records that say in their repr all that they are."""
    try:
        data = marshal.dumps(value, 2)  # this version writes the same for what is equal
    except ValueError:
        data = _of_records(value)
    return blake2b(data, digest_size=12).digest()


def _of_records(value: Any) -> bytes:  # noqa: ANN401 - what is not plain data as it is
    """Bytes of a record, which is a tuple, or of a tuple of records: of plain data, without the repr of each."""
    if isinstance(value, tuple):
        with suppress(ValueError):
            return marshal.dumps([tuple(each) if isinstance(each, tuple) else each for each in value], 2)
    return repr(value).encode("utf-8", "surrogatepass")


def number_of(key: Key) -> int:
    """The number that stands for a key: 64 bits of a digest, as there are a hundred keys for every page."""
    return int.from_bytes(fingerprint(key)[:8])
