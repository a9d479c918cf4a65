"""The graph of dependencies: what each output read, and so which outputs have to be made again.

An output is a page, or a few files that are made together.  While it is made, the site tracks the keys of all that it
is asked for: names of records, derivations, queries (record/tracking.py).  The ledger keeps from build to build who
read what, and a fingerprint of what each query and derivation gave.  In the next build

1. the records whose files changed are known from the library;
2. when something changed that a query may look into, all queries are asked again: those that give something else have
   changed as well;
3. a derivation that read any of this is made again, and has changed if something else comes of it, else what reads it
   is left alone; of some derivations the value itself is kept, and used while nothing below it may have changed;
4. an output that read any of this is stale; of a page that read nothing of it but its frame, the frame alone.

Step 1 is `ParsedFiles.changed_records`, 2 and 3 are `Ledger.propagate`, 4 is `Ledger.stale`.

A list of readers only grows: who read a key once and does so no more stays on it, and is made for nothing, coming out
as it was.  Nor are readers taken out that are gone; a ledger that is mostly of such is thrown away as a whole.  An
output that is made again mostly reads what it read before: a checksum tells, and then nothing is traced.  A key stands
here as a number (`number_of` in record/keys.py).
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Self

from generator.incremental.table import Table
from generator.record.keys import fingerprint, number_of
from generator.record.tracking import KEPT
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet

    from generator.incremental.cache import Cache
    from generator.record.keys import Key, Output
    from generator.record.site import Site

FEWEST_NODES = 1000
"""A ledger with fewer nodes is not overgrown."""
Fingerprint = bytes
NOT_MADE: Fingerprint = b""
"""Of a derivation that cannot be made, or a query that cannot be answered: what it asks for is not there."""


class Read(NamedTuple):
    """What was read: the numbers of the keys, and a checksum that is the same in whatever order they were read."""

    numbers: array[int]
    checksum: int

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Self:
        """What was read, by the numbers of the keys."""
        read = array("Q", numbers)
        return cls(read, sum(read) % 2**64)


Span = tuple[int, int]
"""From where to where something stands among the bytes of a file, the end excluded."""


class Trace:
    """What comes of making a share of the outputs, beside their files: who read what, and what that gave.

    A child process sends it to its parent, which adds it to the ledger.
    """

    def __init__(self) -> None:
        self.outputs: dict[Output, tuple[tuple[str, ...], Read | None, Span | None]] = {}
        """Of each output its files, what it read, and where its main part stands.

        None for what it read, where that is what it read when it was last made.
        """
        self.queries: dict[int, tuple[Key, Fingerprint]] = {}
        """What queries gave, by number."""
        self.derivations: dict[int, tuple[Key, Fingerprint, Read]] = {}
        """What derivations gave and read, by number."""
        self.values: dict[int, Any] = {}
        """What kept derivations gave, as it is, by number."""

    def add(self, reads: AbstractSet[int], site: Site, traced: set[int], ledger: Ledger | None = None) -> None:
        """Add, of what was read, what each query and derivation gave, and what these read in turn.

        traced: the numbers that were added already, here or to an earlier trace; these are added to it.
        ledger: what it knows need not be added: that was compared in this build, if it could have changed.
        """
        for number in reads - traced:
            traced.add(number)
            if ledger is not None and ledger.is_known(number):
                continue
            key = site.keys[number]
            if key in site.answers:
                self.queries[number] = key, fingerprint(site.answers[key][0])
            elif key in site.derivations:
                derivation = site.derivations[key]
                self.add(derivation.reads, site, traced, ledger)
                self.derivations[number] = key, fingerprint(derivation.value), Read.of(derivation.reads)
                if key[0] in KEPT:
                    self.values[number] = derivation.value
            elif key[0] == "names":
                self.queries[number] = key, fingerprint(site.answer(key))


class Ledger:
    """Outputs with their files, and for each key who read it: outputs and derivations, by number."""

    def __init__(self, cache: Cache | None = None, first_nodes: int = 0) -> None:
        """A ledger as it was kept in a cache, or an empty one.

        first_nodes: how many nodes it had when it was first kept.
        """
        self._first_nodes = first_nodes
        self._outputs: Table[Output, tuple[int, tuple[str, ...], int, Span | None]] = Table("outputs", cache)
        """Of each output its node, its files, the checksum of what it read, and where its main part stands."""
        self._derivations: Table[int, tuple[int, Fingerprint, int]] = Table("derivations", cache)
        """Of each derivation, by the number of its key: its node, what it gave, and the checksum of what it read."""
        self._values: Table[int, Any] = Table("values", cache)
        """What kept derivations gave, by the number of their keys."""
        self._queries: Table[int, tuple[Key, Fingerprint]] = Table("queries", cache)
        """Of each query, by the number of its key: the key, and what it gave."""
        self._nodes: Table[int, tuple[str, Any]] = Table("nodes", cache)
        """Who may read: ("output", its name) or ("derivation", its key), by a small number of the ledger's own."""
        self._readers: Table[int, bytes] = Table("readers", cache)
        """The nodes that read each key, by its number, as the bytes of an array."""
        self._reading: dict[int, array[int]] = {}
        """The same of keys that were read in this build, until `tables` puts it there."""

    def __len__(self) -> int:
        return len(self._outputs)

    def __contains__(self, output: Output) -> bool:
        return output in self._outputs

    @property
    def is_overgrown(self) -> bool:
        """Whether it has grown to more than twice what it was, be it by what has gone since: it is time for another."""
        return len(self._nodes) > FEWEST_NODES + 2 * self._first_nodes

    @property
    def first_nodes(self) -> int:
        """How many nodes it had when it was first kept, which may be now."""
        return self._first_nodes or len(self._nodes)

    def knows(self, derivation: Key) -> bool:
        """Whether an earlier build had a derivation, though it may have been in vain."""
        return number_of(derivation) in self._derivations

    def is_known(self, number: int) -> bool:
        """Whether it is known what a query gave, or a derivation that could be made when that was last tried."""
        if number in self._queries:
            return True
        _, its, _ = self._derivations.get(number) or (0, NOT_MADE, 0)
        return its != NOT_MADE

    def has_read(self, output: Output, read: Read) -> bool:
        """Whether an output that was made again has read what it had read before."""
        row = self._outputs.get(output)
        if row is None:
            return False
        _, _, checksum, _ = row
        return checksum == read.checksum

    def main(self, output: Output) -> Span | None:
        """Where in the file of a page its main part stands; None where that is not known."""
        row = self._outputs.get(output)
        if row is None:
            return None
        _, _, _, main = row
        return main

    def files(self, output: Output) -> tuple[str, ...]:
        """The files of an output; none of one that it does not know."""
        row = self._outputs.get(output)
        if row is None:
            return ()
        _, files, _, _ = row
        return files

    def all_files(self) -> dict[Output, tuple[str, ...]]:
        """The files of every output."""
        return {output: files for output, (_, files, *_) in self._outputs.whole().items()}

    def in_order(self, outputs: Iterable[Output]) -> list[Output]:
        """Those of some outputs that it knows, in the order in which it came to know them."""
        nodes: dict[Output, int] = {}
        for output in outputs:
            if row := self._outputs.get(output):
                nodes[output], *_ = row
        return sorted(nodes, key=nodes.__getitem__)

    def know_only(self, outputs: Collection[Output]) -> None:
        """Forget all outputs but some: when another is planned again, it is made again."""
        self.forget([output for output in self._outputs.whole() if output not in outputs])

    def forget(self, outputs: Iterable[Output]) -> None:
        """Forget some outputs."""
        for output in outputs:
            self._outputs.pop(output)

    def tables(self) -> tuple[Table[Any, Any], ...]:
        """What is to be kept of it."""
        for number, nodes in self._reading.items():
            self._readers[number] = array("I", sorted({*nodes})).tobytes()
        return self._outputs, self._derivations, self._values, self._nodes, self._readers, self._queries

    def add(self, trace: Trace) -> None:
        """Take in what came of making outputs."""
        for output, (files, read, main) in trace.outputs.items():
            if read is None:
                node, _, checksum, _ = self._outputs[output]
            else:
                node, _, before, _ = self._outputs.get(output) or (self._node_for("output", output), (), None, None)
                checksum = read.checksum
                if checksum != before:
                    self._add_reader(node, read.numbers)
            self._outputs[output] = node, files, checksum, main
        for number, query in trace.queries.items():
            self._queries[number] = query
        for number, (key, its, read) in trace.derivations.items():
            node, _, before = self._derivations.get(number) or (self._node_for("derivation", key), NOT_MADE, None)
            if read.checksum != before:
                self._add_reader(node, read.numbers)
            self._derivations[number] = node, its, read.checksum
        for number, value in trace.values.items():
            self._keep_value(number, value)

    def _keep_value(self, number: int, value: Any) -> None:  # noqa: ANN401 - plain data of any shape
        self._values.pop(number)  # a table takes what is equal for unchanged, and 2 and 2.0 are written otherwise
        self._values[number] = value

    def _node_for(self, what: str, name: Any) -> int:  # noqa: ANN401 - an output or a key
        node = len(self._nodes)
        self._nodes[node] = what, name
        return node

    def _add_reader(self, node: int, numbers: Iterable[int]) -> None:
        reading = self._reading
        for number in numbers:
            nodes = reading.get(number)
            if nodes is None:
                nodes = reading[number] = array("I", self._readers.get(number) or b"")
            nodes.append(node)

    def propagate(self, records: set[Key], site: Site, *, queries: bool) -> set[Key]:
        """Ask queries and make derivations again that may give something else now; the keys of all that has changed.

        The ledger then has what they give, and the site uses the last value of each kept derivation that was not made.

        records: the keys of the records and templates that changed.  queries: whether queries may give something else.
        """
        found = set(records)
        if queries:
            found |= self._ask_again(site)
        # while it is found out what has changed, the last value holds good only of what none of it can have reached
        doubtful = self._doubtful(found)
        site.last_value = lambda number: None if number in doubtful else self._values.get(number)
        waiting, seen = list(found), set()
        while waiting:
            for key in self._readers_of(waiting.pop(), "derivation"):
                if key not in seen:
                    seen.add(key)
                    _, before, _ = self._derivations[number_of(key)]
                    if self._derive_again(key, site) != before:
                        found.add(key)
                        waiting.append(key)
        site.last_value = self._values.get  # now each has its value of this build
        return found

    def _doubtful(self, changed: Iterable[Key]) -> set[int]:
        """The numbers of the derivations that read something that has changed, at whatever remove."""
        found: set[int] = set()
        waiting = list(changed)
        while waiting:
            for key in self._readers_of(waiting.pop(), "derivation"):
                if (number := number_of(key)) not in found:
                    found.add(number)
                    waiting.append(key)
        return found

    def _ask_again(self, site: Site) -> set[Key]:
        """The queries that give something else than when they were last asked."""
        found: dict[Key, Fingerprint] = {}
        for piece in self._queries.pieces():
            for key, before in piece.values():
                now = _fingerprint_now(key, site)
                if now != before:
                    found[key] = now
        for key, now in found.items():
            self._queries[number_of(key)] = key, now
        return {*found}

    def _readers_of(self, key: Key, what: str) -> list[Any]:
        number = number_of(key)
        nodes = self._reading[number] if number in self._reading else array("I", self._readers.get(number) or b"")
        return [name for kind, name in (self._nodes[node] for node in {*nodes}) if kind == what]

    def _derive_again(self, key: Key, site: Site) -> Fingerprint:
        """Make a derivation again, and take in what it read this time; NOT_MADE when it can be made no longer."""
        number = number_of(key)
        node, before, checksum = self._derivations[number]
        try:
            site.derive(*key)
        except (KeyError, IndexError, ValueError):  # what it was made of is there no longer
            self._derivations[number] = node, NOT_MADE, checksum  # until somebody reads it again, and it is traced
            self._values.pop(number)
            return NOT_MADE
        again = site.derivations[key]
        if key[0] in KEPT:
            self._keep_value(number, again.value)
        its, read = fingerprint(again.value), Read.of(again.reads)
        if before != NOT_MADE and checksum == read.checksum:
            self._derivations[number] = node, its, checksum
        else:
            trace = Trace()
            trace.add(again.reads, site, {number}, self)  # what it reads and is known has, or had, its own turn
            trace.derivations[number] = key, its, read
            self.add(trace)
        return its

    def stale(self, changed: Iterable[Key]) -> set[Output]:
        """The outputs that read something that has changed."""
        return {output for key in changed for output in self._readers_of(key, "output")}


def _fingerprint_now(key: Key, site: Site) -> Fingerprint:
    try:
        return fingerprint(site.answer(key))
    except (KeyError, IndexError, ValueError):  # what it asked for is there no longer
        return NOT_MADE
