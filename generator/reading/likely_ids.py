"""Which id was probably meant by one that is not defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.record.model import Actor, Place
from generator.record.problems import did_you_mean
from generator.record.tuples import NamedTuple
from generator.record.urls import is_slug, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.reading.collect import Collected

MOST_GUESSES = 100
"""Unknown ids for which a likely one is looked for among all that are known, which takes time."""
_NAMED_IN = {
    **dict.fromkeys(("actor", "party", "perspective"), ("actors.yml",)),
    "place": ("places.yml",),
    "scope": ("actors.yml", "places.yml"),
}
"""The lists that give names to the ids of each kind."""


class _Named(NamedTuple):
    """An id with all its names, and the words of all of these."""

    id: str
    names: frozenset[str]
    words: frozenset[str]


class LikelyIds:
    """Answers for one content; each question is looked up once."""

    def __init__(self, content: Collected) -> None:
        self._content = content
        self._guesses: dict[tuple[str, str], str] = {}
        self._named: dict[str, tuple[_Named, ...]] = {}

    def hint(self, kind: str, ident: str, known: Iterable[str]) -> str:
        """`did you mean `thailand`?`, or nothing; also for a name, and for words that no other id and name has."""
        key = (kind, ident)
        if key not in self._guesses:  # with so many unknown ids, it is a file that is missing
            self._guesses[key] = self._guess(kind, ident, known) if len(self._guesses) < MOST_GUESSES else ""
        return self._guesses[key]

    def _guess(self, kind: str, ident: str, known: Iterable[str]) -> str:
        if kind not in self._named:
            self._named[kind] = tuple(_named(self._content, kind))
        slug = slug_of(ident)
        called = [each.id for each in self._named[kind] if ident.casefold() in each.names]
        if len(called) == 1:
            return f"did you mean `{called[0]}`?"
        ids = [each for each in known if is_slug(each)]
        if near := did_you_mean(ident, ids) or did_you_mean(slug, ids):
            return near
        partly = [each.id for each in self._named[kind] if slug and each.words.issuperset(slug.split("-"))]
        return f"did you mean `{partly[0]}`?" if len(partly) == 1 else ""


def _named(content: Collected, kind: str) -> Iterator[_Named]:
    for record in (record for name in _NAMED_IN.get(kind, ()) for record in content.records(name)):
        if isinstance(record, (Actor, Place)):
            names = {record.id, record.name, *(name for _, name in record.names)}
            if isinstance(record, Actor) and record.short:
                names.add(record.short)
            words = {word for name in names for word in slug_of(name).split("-")}
            yield _Named(record.id, frozenset(map(str.casefold, names)), frozenset(words))
