"""What each output read, and so which outputs have to be made again.

An output is a page, or a few files that are made together.  While it is made, the site notes the keys of all that it
asks: names of records, derivations, queries.  The ledger keeps these notes from build to build, with a fingerprint of
what each query and derivation gave.  In the next build

1. the records whose files changed are known from the library;
2. of the queries that were noted, those that give something else now have changed as well;
3. a derivation that read any of this is made again, and has changed if something else comes of it;
4. an output that read any of this is stale.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.site import Key, Site

Output = tuple[Any, ...]
Fingerprint = bytes


def fingerprint(value: Any) -> Fingerprint:  # noqa: ANN401 - an answer to a query, or what a derivation made
    """A digest of plain data, or of records that say in their repr all that they are."""
    try:
        data = marshal.dumps(value, 2)  # this version writes the same for what is equal
    except ValueError:
        data = repr(value).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=12).digest()


@dataclass
class Made:
    """What a piece of work noted: of each output its files and what it read, of the rest what it gave."""

    outputs: dict[Output, tuple[tuple[str, ...], tuple[Key, ...]]] = field(default_factory=dict)
    queries: dict[Key, Fingerprint] = field(default_factory=dict)
    derivations: dict[Key, tuple[Fingerprint, tuple[Key, ...]]] = field(default_factory=dict)
    told: set[Key] = field(default_factory=set)
    """Keys that this process has noted in another piece of work already."""

    def add(self, output: Output, files: Iterable[str], reads: Iterable[Key], site: Site) -> None:
        """Note an output that was just made of a site."""
        read = tuple(reads)
        self.outputs[output] = (tuple(files), read)
        self._note(read, site)

    def _note(self, reads: tuple[Key, ...], site: Site) -> None:
        for key in set(reads) - self.told:
            self.told.add(key)
            if key in site.answers:
                self.queries[key] = fingerprint(site.answers[key][1])
            elif key in site.derivations:
                derivation = site.derivations[key]
                read = tuple(derivation.reads)
                self.derivations[key] = (fingerprint(derivation.value), read)
                self._note(read, site)
            elif key[0] in {"names", "has"}:
                self.queries[key] = fingerprint(site.answer(key))

    def derive_again(self, key: Key, site: Site) -> Fingerprint:
        """Make a derivation again, and note what it read this time; nothing when it can be made no longer."""
        del self.derivations[key]
        self.told.discard(key)
        try:
            site.derive(*key)
        except (KeyError, IndexError, ValueError):  # what it was made of is there no longer
            return b""
        self._note((key,), site)
        return self.derivations[key][0]

    def take_in(self, other: Made) -> None:
        """Add what another piece of work noted."""
        self.outputs |= other.outputs
        self.queries |= other.queries
        self.derivations |= other.derivations

    def take_over(self, ledger: Made, outputs: Iterable[Output]) -> None:
        """Keep what an earlier ledger says of the other outputs, and of all that they read."""
        for output in outputs:
            if output not in self.outputs:
                self.outputs[output] = ledger.outputs[output]
        self.queries = ledger.queries | self.queries
        self.derivations = ledger.derivations | self.derivations


def changed_keys(ledger: Made, site: Site, changed: set[Key], *, queries: bool) -> set[Key]:
    """All keys that stand for something else than when they were noted.

    changed: the keys of the records that changed.  queries: whether queries may have changed too.
    """
    found = set(changed)
    if queries:
        with site.unnoted():
            found |= {key for key, before in ledger.queries.items() if _fingerprint_now(key, site) != before}
    suspects = dict(ledger.derivations)
    while due := [key for key, (_, reads) in suspects.items() if not found.isdisjoint(reads)]:
        found |= {key for key in due if ledger.derive_again(key, site) != suspects[key][0]}
        for key in due:
            del suspects[key]
    return found


def _fingerprint_now(key: Key, site: Site) -> Fingerprint:
    try:
        return fingerprint(site.answer(key))
    except (KeyError, IndexError, ValueError):  # what it asked for is there no longer
        return b""


def stale(ledger: Made, outputs: Iterable[Output], changed: set[Key]) -> list[Output]:
    """Those of the outputs that were never made, or that read something that has changed."""
    return [
        output for output in outputs if (made := ledger.outputs.get(output)) is None or not changed.isdisjoint(made[1])
    ]
