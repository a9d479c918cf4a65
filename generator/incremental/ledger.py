"""What each output read, and so which outputs have to be made again.

An output is a page, or a few files that are made together.  While it is made, the site notes the keys of all that it
asks: names of records, derivations, queries.  The ledger keeps from build to build who read what, and a fingerprint of
what each query and derivation gave.  In the next build

1. the records whose files changed are known from the library;
2. of the queries that were noted, those that give something else now have changed as well;
3. a derivation that read any of this is made again, and has changed if something else comes of it;
4. an output that read any of this is stale.

Who read a key is never taken off its list again, so a list may be too long: then an output is made for nothing, and
comes out as it was.
"""

from __future__ import annotations

import marshal
from array import array
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from generator.incremental.cache import Cache, Table
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
    """What a piece of work noted: of outputs their files and what they read, of the rest what it gave."""

    outputs: dict[Output, tuple[tuple[str, ...], tuple[Key, ...]]] = field(default_factory=dict)
    queries: dict[Key, Fingerprint] = field(default_factory=dict)
    derivations: dict[Key, tuple[Fingerprint, frozenset[Key]]] = field(default_factory=dict)

    def note(self, reads: AbstractSet[Key], site: Site, told: dict[Key, Key]) -> None:
        """Note what queries and derivations gave, and what these read; `told` are the keys noted already."""
        for key in [key for key in reads if key not in told]:
            told[key] = key
            if key in site.answers:
                self.queries[key] = fingerprint(site.answers[key][1])
            elif key in site.derivations:
                derivation = site.derivations[key]
                self.derivations[key] = (fingerprint(derivation.value), derivation.reads)
                self.note(derivation.reads, site, told)
            elif key[0] in {"names", "has"}:
                self.queries[key] = fingerprint(site.answer(key))


class Ledger:
    """Outputs with their files, and for each key who read it: outputs and derivations, by number."""

    TABLES = ("files of outputs", "nodes", "readers", "queries", "derivations")

    def __init__(self, cache: Cache | None = None) -> None:
        """A ledger as it was kept in a cache, or an empty one."""
        self._is_new = cache is None
        self._cache = cache
        self._tables: dict[str, dict[Any, Any]] = {}
        self._touched: dict[str, set[Any]] = {name: set() for name in self.TABLES}
        self.files: dict[Output, tuple[str, ...]] = self._table("files of outputs")
        self._numbers: dict[tuple[str, Any], int] | None = None
        self._reading: dict[Key, array[int]] = {}  # who reads a key, with those that are not in the table yet

    def _table(self, name: str) -> dict[Any, Any]:
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = self._cache.table(name) if self._cache else {}
        return table

    @property
    def _readers(self) -> dict[Key, bytes]:
        return self._table("readers")

    @property
    def _nodes(self) -> dict[int, tuple[str, Any]]:
        return self._table("nodes")

    @property
    def _queries(self) -> dict[Key, Fingerprint]:
        return self._table("queries")

    @property
    def _derivations(self) -> dict[Key, Fingerprint]:
        return self._table("derivations")

    def tables(self, planned: Iterable[Output]) -> dict[str, Table]:
        """What is to be kept of it; of the outputs, those that are planned."""
        kept = {output: self.files[output] for output in planned}
        self._touched["files of outputs"] |= self.files.keys() ^ kept.keys()
        if list(kept) != list(self.files):  # their order is that of the site
            self._touched["files of outputs"] |= kept.keys()
        self.files = self._tables["files of outputs"] = kept
        for key, numbers in self._reading.items():
            self._set("readers", key, array("I", sorted({*numbers})).tobytes())
        return {name: (table, None if self._is_new else self._touched[name]) for name, table in self._tables.items()}

    def _set(self, name: str, key: Any, value: Any) -> None:  # noqa: ANN401 - plain data
        table = self._table(name)
        if table.get(key) != value:
            table[key] = value
            self._touched[name].add(key)

    def add(self, made: Made) -> None:
        """Take in what was noted while outputs were made."""
        for key, its in made.queries.items():
            self._set("queries", key, its)
        for key, (its, reads) in made.derivations.items():
            self._set("derivations", key, its)
            self._read("derivation", key, reads)
        for output, (files, keys) in made.outputs.items():
            self._set("files of outputs", output, files)
            self._read("output", output, keys)

    def _read(self, what: str, name: Any, reads: Iterable[Key]) -> None:  # noqa: ANN401 - an output or a key
        if self._numbers is None:
            self._numbers = {node: number for number, node in self._nodes.items()}
        number = self._numbers.get((what, name))
        if number is None:
            number = self._numbers[what, name] = len(self._nodes)
            self._set("nodes", number, (what, name))
        for key in reads:
            self._reader_numbers(key).append(number)

    def _reader_numbers(self, key: Key) -> array[int]:
        """Who reads a key, perhaps several times, to be added to."""
        numbers = self._reading.get(key)
        if numbers is None:
            numbers = self._reading[key] = array("I", self._readers.get(key, b""))
        return numbers

    def changed(self, changed: set[Key], site: Site, *, queries: bool) -> set[Key]:
        """All keys that stand for something else than when they were noted.

        changed: the keys of the records that changed.  queries: whether queries may have changed too.
        """
        found = set(changed)
        if queries:
            with site.unnoted():
                found |= {key for key, before in self._queries.items() if _fingerprint_now(key, site) != before}
        waiting, seen = list(found), set()
        while waiting:
            for key in self._readers_of(waiting.pop(), "derivation"):
                if key not in seen:
                    seen.add(key)
                    before = self._derivations[key]
                    if self._derive_again(key, site) != before:
                        found.add(key)
                        waiting.append(key)
        return found

    def _readers_of(self, key: Key, what: str) -> list[Any]:
        numbers = self._reading[key] if key in self._reading else array("I", self._readers.get(key, b""))
        nodes = (self._nodes[number] for number in {*numbers})
        return [name for kind, name in nodes if kind == what]

    def _derive_again(self, key: Key, site: Site) -> Fingerprint:
        """Make a derivation again, and note what it read this time; nothing when it can be made no longer."""
        try:
            site.derive(*key)
        except (KeyError, IndexError, ValueError):  # what it was made of is there no longer
            return b""
        again = Made()
        again.note({key}, site, {})
        for other in (again.derivations.keys() & self._derivations.keys()) - {key}:
            del again.derivations[other]  # what it read and was known has, or had, its own turn
        self.add(again)
        return self._derivations[key]

    def stale(self, changed: Iterable[Key]) -> set[Output]:
        """The outputs that read something that has changed."""
        return {output for key in changed for output in self._readers_of(key, "output")}


def _fingerprint_now(key: Key, site: Site) -> Fingerprint:
    try:
        return fingerprint(site.answer(key))
    except (KeyError, IndexError, ValueError):  # what it asked for is there no longer
        return b""
