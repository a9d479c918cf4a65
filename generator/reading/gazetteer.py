"""What the checks of a single file know of actors.yml and places.yml: who the parties are, and who calls what how.

It is all that they know of other files: what is wrong with a file by itself is found again when what its text meets
of this has changed, and not for every new place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.record.model import Actor
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.record.model import Place

_NOT_OURS = re.compile(r'"[^"\n]*"|“[^”\n]*”|\[@[^\]]*\]|\[\[[^\]|\n]*\|?')
"""Quotations, citations, and the slug of a link."""
_APOSTROPHES = re.compile("’{2,}")
_COMMON_NOUNS = re.compile(r"(?: [a-z]+)+\Z")
"""What a name ends in when it says what kind of thing it is: `Preah Vihear temple`."""


class Sided(NamedTuple):
    """What has names by side: its name, and who calls it what."""

    name: str
    names: tuple[tuple[str, str], ...]

    @property
    def sides(self) -> frozenset[str]:
        """The parties that have a name for it."""
        return frozenset(side for side, _ in self.names)

    @property
    def both(self) -> str:
        """The names as our own words have them: its own where that holds them all, else its own and each side's."""
        missing = [called for _, called in self.names if called not in self.name]
        return " / ".join([self.name, *missing])


class Gazetteer(NamedTuple):
    """The parties, all that has names by side, and where a text uses one side's alone; equal ones have equal reprs.

    parties: their ids.  party_names: all that they are called.  own: what has names by side, by each of its own.
    called: by each name of a side's, what is called so, and by which.
    telling: those of them that are nothing else's: another place may well be called so by everybody.
    words: these names and all that hold one, the longest first, so that a district is not taken for a crossing.
    """

    parties: tuple[str, ...]
    party_names: tuple[str, ...]
    own: Mapping[str, Sided]
    called: Mapping[str, tuple[tuple[Sided, str], ...]]
    telling: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, actors: Iterable[Actor], places: Iterable[Place]) -> Gazetteer:
        """What these actors and places say of it."""
        known: list[Actor | Place] = [*actors, *places]
        parties = [one for one in known if isinstance(one, Actor) and one.role == "party"]
        party_names = {name for one in parties for name in _forms(one)}
        own: dict[str, Sided] = {}
        called: dict[str, list[tuple[Sided, str]]] = {}
        for one in known:
            if names := tuple((side, name) for side, name in one.names if side in party_names):
                sided = Sided(one.name, names)
                own |= {_plain(form): sided for form in _forms(one)}
                for side, name in names:
                    called.setdefault(_plain(name), []).append((sided, side))
        forms = {_plain(form) for one in known for form in _forms(one)}
        words = {*called, *own, *(form for form in forms if any(name in form for name in called))}
        return cls(
            tuple(one.id for one in parties),
            tuple(sorted(party_names)),
            own,
            {name: tuple(those) for name, those in called.items()},
            tuple(name for name in called if name not in forms),
            tuple(sorted(words, key=lambda word: (-len(word), word))),
        )

    def met_in(self, raw: str) -> Gazetteer:
        """The part of it that the names in a file can be found with: the same is found with the whole.

        raw: the file as it is, in which a name may be broken over lines, or written with YAML's escapes.
        """
        words: Iterable[str] = self.words
        if "\\" not in raw:
            text, names = _unbroken(raw) if self.telling else "", _all_unbroken(self.words)
            is_told = any(names[name] in text for name in self.telling)
            words = [word for word, name in names.items() if name in text] if is_told else ()
        return self._replace(
            own={word: self.own[word] for word in words if word in self.own},
            called={word: self.called[word] for word in words if word in self.called},
            telling=tuple(word for word in words if word in self.telling),
            words=tuple(words),
        )

    def alone_in(self, text: str, above: str = "") -> Iterator[tuple[int, str, Sided]]:
        """Where a text first uses one side's name, and neither it nor what stands above it has the other: offset, name.

        What has a name of one party only, and its own, wants its own beside it.
        """
        plain = _plain(text)
        if not any(name in plain for name in self.telling):
            return
        seen: dict[Sided, set[str]] = {}
        first: dict[Sided, tuple[int, str]] = {}
        for begin, words in ((0, _ours(_plain(above))), (1, _ours(plain))):
            for match in _pattern(self.words).finditer(words):
                if own := self.own.get(match[0]):
                    everybody = {side for side, called in own.names if _plain(called) in match[0]}
                    seen.setdefault(own, set()).update(everybody, {""})
                for sided, side in self.called.get(match[0], ()):
                    seen.setdefault(sided, set()).add(side)
                    if begin and match[0] in self.telling:
                        first.setdefault(sided, (match.start(), text[match.start() : match.end()]))
        for sided, (offset, name) in first.items():
            wanted = sided.sides if len(sided.sides) > 1 else {""}
            if not wanted <= seen[sided]:
                yield offset, name, sided


@lru_cache(maxsize=4)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@lru_cache(maxsize=4)
def _all_unbroken(words: tuple[str, ...]) -> dict[str, str]:
    return {word: _unbroken(word) for word in words}


def _forms(one: Actor | Place) -> tuple[str, ...]:
    """The names that everybody uses, also without what says its kind."""
    short = one.short if isinstance(one, Actor) else ""
    return tuple(dict.fromkeys(form for form in (one.name, short, _COMMON_NOUNS.sub("", one.name)) if form))


def _plain(text: str) -> str:
    """A text of the same length with one kind of apostrophe."""
    return text.replace("'", "’")


def _unbroken(text: str) -> str:
    """A text on one line, with one kind of apostrophe and one at a time: YAML doubles them within its own."""
    return _APOSTROPHES.sub("’", " ".join(_plain(text).split()))


def _ours(text: str) -> str:
    """A text of the same length without what is not in our own words."""
    return _NOT_OURS.sub(lambda match: " " * len(match[0]), text)
