"""How a chronology is asked: every question of a page is tracked while it is made, and so what it depends on.

A page gets records by name from a shelf (`site.entries[slug]`), what is made of records for several pages from a
function marked `@derivation`, and everything else by a query, a method of the site marked `@query`.  What is tracked
is a key: the name of the shelf, derivation or query, and what it was asked for (keys.py has the rest); no list of
dependencies is kept by hand.

Of most derivations a fingerprint is kept from build to build.  Of some that many entries have, such as a row of a data
file, the value is kept too, and used again where it would be the same: an edit of one entry makes one of them.

A query's answer is plain data, texts and tuples: names of records and never records, so that nothing can be read
without being tracked.  What a query reads is not tracked: when it may have changed, all are asked again.  A query that
goes over all entries is marked `@whole`, and its answer is recalled while no query can give anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from generator.record.keys import number_of
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.record.keys import Key
    from generator.record.site import Site

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")


NOTHING: AbstractSet[int] = frozenset()


class Derivation(NamedTuple):
    """What was made of records, the number that it is tracked by, and those of what was read for it."""

    number: int
    value: Any
    reads: frozenset[int]
    """Nothing of one that was recalled: what it read is known."""


class Shelf(Mapping[str, V], Generic[V]):
    """Records of one kind by name, fetched when they are asked for."""

    def __init__(
        self, name: str, tracking: Tracking, names: Mapping[str, str], fetch: Callable[[str, str, str], V]
    ) -> None:
        """A shelf of `names`, each with its file; `fetch` gives a record by shelf, name and file."""
        self.name = name
        self.names = names
        self._tracking = tracking
        self._fetch = fetch
        self._here: dict[str, tuple[int, V]] = {}

    def __getitem__(self, ident: str) -> V:
        found = self._here.get(ident)
        if found is None:
            if ident not in self.names:
                self._tracking.track((self.name, ident))
                raise KeyError(ident)
            number = self._tracking.number((self.name, ident))
            found = self._here[ident] = number, self._fetch(self.name, ident, self.names[ident])
        reads = self._tracking.reads
        if reads is not None:
            reads.add(found[0])
        return found[1]

    def __iter__(self) -> Iterator[str]:
        self._tracking.track(("names", self.name))
        return iter(self.names)

    def __len__(self) -> int:
        self._tracking.track(("names", self.name))
        return len(self.names)

    def __contains__(self, ident: object) -> bool:
        self._tracking.track(("has", self.name, ident))
        return ident in self.names


DERIVATIONS: dict[str, Callable[[Any, Any], Any]] = {}
"""How each kind of derivation is made, by its name."""


def derivation(make: Callable[[K, Site], T]) -> Callable[[K, Site], T]:
    """What is made of records for several pages, once: a card, a series of figures.

    Its own reads are kept apart: a page that uses it depends on what came of it, not on what it was made of.
    """
    name = f"{make.__module__.rpartition('.')[2]}.{make.__name__}"
    DERIVATIONS[name] = make

    @wraps(make)
    def derived(ident: K, site: Site) -> T:
        found = site.derivations.get((name, ident))
        if found is None:
            return site.derive(name, ident)  # type: ignore[no-any-return]
        if site.reads is not None:  # as in `track`, without a call: it is done a million times
            site.reads.add(found.number)
        return found.value  # type: ignore[no-any-return]

    return derived


KEPT: set[str] = set()
"""The derivations of which what they gave is kept."""


def kept_derivation(make: Callable[[K, Site], T]) -> Callable[[K, Site], T]:
    """A derivation that gives plain data (texts, tuples and dicts of them), which is kept and recalled."""
    derived = derivation(make)
    KEPT.add(f"{make.__module__.rpartition('.')[2]}.{make.__name__}")
    return derived


QUERIES: dict[str, Callable[..., Any]] = {}
"""Every query by its name."""
WHOLE: dict[str, Callable[[Any], Iterable[str]] | None] = {}
"""The queries that go over all entries, or all records of a shelf: a build recalls what they gave, if it can."""


def query(method: Callable[..., T]) -> Callable[..., T]:
    """A question to the whole chronology: answered once a build, and tracked whenever it is asked."""
    name = method.__name__

    @wraps(method)
    def ask(self: Tracking, *arguments: Any) -> T:  # noqa: ANN401 - whatever the query takes
        key = (name, *arguments)
        known: tuple[T] | None = self.answers.get(key)
        if known is None:
            reads, self.reads = self.reads, None  # what is read for it is nobody's: the question is tracked
            try:
                recalled = self.last_answer(key) if self.last_answer and name in WHOLE else None
                known = self.answers[key] = (method(self, *arguments) if recalled is None else recalled,)
            finally:
                self.reads = reads
        if self.reads is not None:
            self.reads.add(self._numbers.get(key) or self.number(key))
        return known[0]

    QUERIES[name] = ask
    return ask


def whole(arguments: Callable[[Any], Iterable[str]] | None = None) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """A query that goes over everything.

    arguments: gives all that it can be asked with, of a site; without, it is asked with none.
    """

    def decorate(method: Callable[..., T]) -> Callable[..., T]:
        WHOLE[method.__name__] = arguments
        return query(method)

    return decorate


def whole_keys(site: Tracking) -> Iterator[Key]:
    """The keys of all queries that go over everything."""
    for name, arguments in WHOLE.items():
        yield from ((name, argument) for argument in arguments(site)) if arguments else ((name,),)


class Tracking:
    """What can be asked, and tracks what is."""

    def __init__(self) -> None:
        self.answers: dict[Key, tuple[Any]] = {}
        """What queries gave, each alone in a tuple."""
        self.last_answer: Callable[[Key], Any] | None = None
        """What a query about the whole gave in the last build, where it would give the same."""
        self.last_value: Callable[[int], Any] | None = None
        """What a kept derivation gave in the last build, by its number, where it would give the same; else None."""
        self.derivations: dict[Key, Derivation] = {}
        self.reads: set[int] | None = None
        """The numbers of what is read, where that is tracked."""
        self.keys: dict[int, Key] = {}
        """What each number stands for."""
        self._numbers: dict[Key, int] = {}

    def number(self, key: Key) -> int:
        """The number that a key is tracked by: to count and compare numbers is quick, and to keep them."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = number_of(key)
            self.keys[number] = key
        return number

    def track(self, key: Key) -> None:
        """Track that something was read."""
        if self.reads is not None:
            self.reads.add(self.number(key))

    @contextmanager
    def tracked(self) -> Iterator[set[int]]:
        """A set that fills with the numbers of all that is read meanwhile."""
        before, self.reads = self.reads, set()
        try:
            yield self.reads
        finally:
            self.reads = before

    def derive(self, what: str, ident: Any) -> Any:  # noqa: ANN401 - any plain data
        """What a derivation makes of something, made once a build."""
        key = (what, ident)
        found = self.derivations.get(key)
        if found is None:
            number = self.number(key)
            value, reads = self.last_value(number) if self.last_value and what in KEPT else None, NOTHING
            if value is None:
                with self.tracked() as reads:
                    value = DERIVATIONS[what](ident, self)
            found = self.derivations[key] = Derivation(number, value, frozenset(reads))
        if self.reads is not None:
            self.reads.add(found.number)
        return found.value

    def answer(self, key: Key) -> Any:  # noqa: ANN401 - plain data of any shape
        """What a tracked key stands for now; for a record's key, nothing."""
        if ask := QUERIES.get(key[0]):
            return ask(self, *key[1:])
        match key:
            case ("names", shelf):
                return tuple(getattr(self, shelf).names)
        return None
