"""What each output read, and so which outputs have to be made again.

An output is a page, or a few files that are made together.  While it is made, the site notes the keys of all that it
asks: names of records, derivations, queries.  The ledger keeps from build to build who read what, and a fingerprint of
what each query and derivation gave.  In the next build

1. the records whose files changed are known from the library;
2. of the queries that were noted, those that give something else now have changed as well;
3. a derivation that read any of this is made again, and has changed if something else comes of it;
4. an output that read any of this is stale.

Who read a key is never taken off its list again, so a list may be too long: then an output is made for nothing, and
comes out as it was.  An output that is made again mostly reads what it read before: a checksum tells, and nothing
is noted, since what it read is known, and was asked again if it could have changed.  A key stands here as a number, as
in the notes of the site.
"""

from __future__ import annotations

from array import array
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

from generator.incremental.table import Table
from generator.record.keys import fingerprint, number_of
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet

    from generator.incremental.cache import Cache
    from generator.record.keys import Key
    from generator.record.site import Site

Output = tuple[Any, ...]
Fingerprint = bytes


class Read(NamedTuple):
    """What was read: the numbers of the keys, and a checksum that is the same in whatever order they were read."""

    keys: array[int]
    checksum: int

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Self:
        """What was read, by its numbers."""
        keys = array("Q", numbers)
        return cls(keys, sum(keys) % 2**64)


NO_KEYS: array[int] = array("Q")


class Noted:
    """What a piece of work noted: of outputs their files and what they read, of the rest what it gave."""

    def __init__(self) -> None:
        self.outputs: dict[Output, tuple[tuple[str, ...], Read]] = {}
        self.queries: dict[int, tuple[Key, Fingerprint]] = {}
        self.derivations: dict[int, tuple[Key, Fingerprint, Read]] = {}

    def note(self, reads: AbstractSet[int], site: Site, told: set[int], ledger: Ledger | None = None) -> None:
        """Note what queries and derivations gave, and what these read.

        told: the numbers noted already.  ledger: what it knows was asked again if it could have changed.
        """
        for number in reads - told:
            told.add(number)
            if ledger is not None and ledger.has_asked(number):
                continue
            key = site.keys[number]
            if key in site.answers:
                self.queries[number] = key, fingerprint(site.answers[key][0])
            elif key in site.derivations:
                derivation = site.derivations[key]
                self.note(derivation.reads, site, told, ledger)
                self.derivations[number] = key, fingerprint(derivation.value), Read.of(derivation.reads)
            elif key[0] == "names":
                self.queries[number] = key, fingerprint(site.answer(key))


class Ledger:
    """Outputs with their files, and for each key who read it: outputs and derivations, by number."""

    def __init__(self, cache: Cache | None = None) -> None:
        """A ledger as it was kept in a cache, or an empty one."""
        self._outputs: Table[Output, tuple[int, tuple[str, ...], int]] = Table("outputs", cache)
        self._derivations: Table[int, tuple[int, Fingerprint, int]] = Table("derivations", cache)
        self._nodes: Table[int, tuple[str, Any]] = Table("nodes", cache)
        self._readers: Table[int, bytes] = Table("readers", cache)
        self._queries: Table[int, tuple[Key, Fingerprint]] = Table("queries", cache)
        self._reading: dict[int, array[int]] = {}  # who reads a key, with those that are not in the table yet

    def __len__(self) -> int:
        return len(self._outputs)

    def __contains__(self, output: Output) -> bool:
        return output in self._outputs

    def knows(self, derivation: Key) -> bool:
        """Whether something has read a derivation."""
        return number_of(derivation) in self._derivations

    def has_asked(self, number: int) -> bool:
        """Whether it knows what a query or a derivation gave."""
        return number in self._queries or number in self._derivations

    def has_read(self, output: Output, read: Read) -> bool:
        """Whether an output that was made again has read what it had read before."""
        kept = self._outputs.get(output)
        return kept is not None and kept[2] == read.checksum

    def files(self, output: Output) -> tuple[str, ...]:
        """The files of an output; none of one that it does not know."""
        kept = self._outputs.get(output)
        return kept[1] if kept else ()

    def all_files(self) -> dict[Output, tuple[str, ...]]:
        """The files of every output."""
        return {output: files for output, (_, files, _) in self._outputs.whole().items()}

    def in_order(self, outputs: Iterable[Output]) -> list[Output]:
        """Those of some outputs that it knows, in the order in which it came to know them."""
        known = [(kept[0], output) for output in outputs if (kept := self._outputs.get(output))]
        return [output for _, output in sorted(known, key=itemgetter(0))]

    def know_only(self, outputs: Collection[Output]) -> None:
        """Forget all outputs but some: when another is planned again, it is made again."""
        self.forget([output for output in self._outputs.whole() if output not in outputs])

    def forget(self, outputs: Iterable[Output]) -> None:
        """Forget some outputs."""
        for output in outputs:
            self._outputs.pop(output)

    def tables(self) -> tuple[Table[Any, Any], ...]:
        """What is to be kept of it."""
        for key, numbers in self._reading.items():
            self._readers[key] = array("I", sorted({*numbers})).tobytes()
        return self._outputs, self._derivations, self._nodes, self._readers, self._queries

    def add(self, noted: Noted) -> None:
        """Take in what was noted while outputs were made."""
        for output, (files, read) in noted.outputs.items():
            kept = self._outputs.get(output)
            number = kept[0] if kept else self._new_node("output", output)
            if not kept or kept[2] != read.checksum:
                self._read(number, read.keys)
            self._outputs[output] = number, files, read.checksum
        for known, query in noted.queries.items():
            self._queries[known] = query
        for known, (key, its, read) in noted.derivations.items():
            before = self._derivations.get(known)
            number = before[0] if before else self._new_node("derivation", key)
            if not before or before[2] != read.checksum:
                self._read(number, read.keys)
            self._derivations[known] = number, its, read.checksum

    def _new_node(self, what: str, name: Any) -> int:  # noqa: ANN401 - an output or a key
        number = len(self._nodes)
        self._nodes[number] = what, name
        return number

    def _read(self, number: int, reads: Iterable[int]) -> None:
        reading = self._reading
        for key in reads:
            numbers = reading.get(key)
            if numbers is None:
                numbers = reading[key] = array("I", self._readers.get(key) or b"")
            numbers.append(number)

    def changed(self, changed: set[Key], site: Site, *, queries: bool) -> set[Key]:
        """All keys that stand for something else than when they were noted.

        changed: the keys of the records that changed.  queries: whether queries may have changed too.
        """
        found = set(changed)
        if queries:
            found |= self._ask_again(site)
        waiting, seen = list(found), set()
        while waiting:
            for key in self._readers_of(waiting.pop(), "derivation"):
                if key not in seen:
                    seen.add(key)
                    before = self._derivations[number_of(key)][1]
                    if self._derive_again(key, site) != before:
                        found.add(key)
                        waiting.append(key)
        return found

    def _ask_again(self, site: Site) -> set[Key]:
        """The queries that give something else than when they were noted."""
        found: dict[Key, Fingerprint] = {}
        with site.unnoted():
            for piece in self._queries.pieces():
                for key, before in piece.values():
                    now = _fingerprint_now(key, site)
                    if now != before:
                        found[key] = now
        for key, now in found.items():
            self._queries[number_of(key)] = key, now
        return {*found}

    def _readers_of(self, key: Key, what: str) -> list[Any]:
        known = number_of(key)
        numbers = self._reading[known] if known in self._reading else array("I", self._readers.get(known) or b"")
        nodes = (self._nodes[number] for number in {*numbers})
        return [name for kind, name in nodes if kind == what]

    def _derive_again(self, key: Key, site: Site) -> Fingerprint:
        """Make a derivation again, and note what it read this time; nothing when it can be made no longer."""
        try:
            site.derive(*key)
        except (KeyError, IndexError, ValueError):  # what it was made of is there no longer
            return b""
        known = number_of(key)
        number, _, checksum = self._derivations[known]
        again = site.derivations[key]
        if checksum == Read.of(again.reads).checksum:
            self._derivations[known] = number, fingerprint(again.value), checksum
        else:
            noted = Noted()
            noted.note(again.reads, site, {known}, self)  # what it reads and is known has, or had, its own turn
            noted.derivations[known] = key, fingerprint(again.value), Read.of(again.reads)
            self.add(noted)
        return self._derivations[known][1]

    def stale(self, changed: Iterable[Key]) -> set[Output]:
        """The outputs that read something that has changed."""
        return {output for key in changed for output in self._readers_of(key, "output")}


def _fingerprint_now(key: Key, site: Site) -> Fingerprint:
    try:
        return fingerprint(site.answer(key))
    except (KeyError, IndexError, ValueError):  # what it asked for is there no longer
        return b""
