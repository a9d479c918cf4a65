"""Whether we speak with one side's name alone of what each side calls by its own.

The gazetteer says who calls a place what: `names: {Cambodia: Ta Krabei, Thailand: Ta Kwai}`, the party before the name.
A headline and a summary are read by themselves; a text is read under its headline.  Quotations and claims are exempt:
there a side speaks.  Each entry is looked at for itself, with what actors.yml and places.yml say.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from generator.record.model import Actor, Agreement, Event, Place
from generator.record.problems import Mark, did_you_mean
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.reading.collect import Collected
    from generator.reading.records import Written
    from generator.record.problems import Problem

_NOT_OURS = re.compile(r'"[^"\n]*"|“[^”\n]*”|\[@[^\]]*\]|\[\[[^\]|\n]*\|?')
"""Quotations, citations, and the slug of a link."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COMMON_NOUNS = re.compile(r"(?: [a-z]+)+\Z")
"""What a name ends in when it says what kind of thing it is: `Preah Vihear temple`."""


def check_one_sided_names(content: Collected) -> Iterator[Problem]:
    """In our own words, a place that each side calls by its own name has both names."""
    names = SidedNames(content.records("actors.yml"), content.records("places.yml"))
    if names.sided:
        for item in (*content.of("events"), *content.of("agreements")):
            yield from one_sided_names(item, names)


def check_sides_of_names(content: Collected) -> Iterator[Problem]:
    """Names are by language or by side: under a side that is none, a name that stands alone would never be told."""
    parties = {name for one in content.records("actors.yml") if one.role == "party" for name in _forms(one)}
    for item in (*content.of("actors.yml"), *content.of("places.yml")):
        for index, one in enumerate(item.record):
            for usage, _ in one.names:
                if usage not in parties and not _LANGUAGE.fullmatch(usage):
                    hint = did_you_mean(usage, parties) or "write a party's name, or a language's code, as `th`"
                    mark = item.mark(index, "names", usage)
                    yield item.file.problem(mark, f"`{usage}` is neither a party nor a language", hint, "warning")


def one_sided_names(item: Written, names: SidedNames) -> Iterator[Problem]:
    """What is said with one side's name alone in one entry or agreement."""
    record = item.record
    if not isinstance(record, (Event, Agreement)):
        return
    body = item.file.text[item.body_offset :]
    parts = [(record.title, "", "title"), (body, record.title, "")]
    if isinstance(record, Event):
        parts.append((record.summary, "", "summary"))
    for text, above, field in parts:
        for offset, name, sided in names.alone_in(text, above):
            mark = _in_field(item, field, name) if field else item.file.mark_at(item.body_offset + offset, len(name))
            whose = " and ".join(side for side, called in sided.names if called == name)
            message = f"`{name}` is {whose}'s name alone for {sided.name}"
            hint = f"in our own words give both, as {sided.both}; in a side's words, put it in quotation marks"
            yield item.file.problem(mark, message, hint, "warning")


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


class SidedNames:
    """All that has names by side, and where a text uses one side's alone."""

    def __init__(self, actors: Iterable[Actor], places: Iterable[Place]) -> None:
        known: list[Actor | Place] = [*actors, *places]
        parties = {name for one in known if isinstance(one, Actor) and one.role == "party" for name in _forms(one)}
        self.sided: list[Sided] = []
        self._called: dict[str, list[tuple[Sided, str]]] = {}
        self._own: dict[str, Sided] = {}
        self._forms = {_plain(form) for one in known for form in _forms(one)}
        for one in known:
            names = tuple((side, called) for side, called in one.names if side in parties)
            if names:
                sided = Sided(one.name, names)
                self.sided.append(sided)
                self._own |= {_plain(form): sided for form in _forms(one)}
                for side, called in names:
                    self._called.setdefault(_plain(called), []).append((sided, side))

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        """The names that are one side's and nothing else's: another place may well be called so by everybody."""
        return tuple(name for name in self._called if name not in self._forms)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """These names and all that hold one; the longest wins, so that a district is not taken for a crossing."""
        words = {
            *self._called,
            *self._own,
            *(form for form in self._forms if any(name in form for name in self._called)),
        }
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)")

    def alone_in(self, text: str, above: str = "") -> Iterator[tuple[int, str, Sided]]:
        """Where a text first uses one side's name, and neither it nor what stands above it has the other: offset, name.

        What has a name of one party only, and its own, wants its own beside it.
        """
        plain = _plain(text)
        if not any(name in plain for name in self._telling):
            return
        seen: dict[Sided, set[str]] = {}
        first: dict[Sided, tuple[int, str]] = {}
        for begin, words in ((0, _ours(_plain(above))), (1, _ours(plain))):
            for match in self._pattern.finditer(words):
                if own := self._own.get(match[0]):
                    everybody = {side for side, called in own.names if _plain(called) in match[0]}
                    seen.setdefault(own, set()).update(everybody, {""})
                for sided, side in self._called.get(match[0], ()):
                    seen.setdefault(sided, set()).add(side)
                    if begin and match[0] in self._telling:
                        first.setdefault(sided, (match.start(), text[match.start() : match.end()]))
        for sided, (offset, name) in first.items():
            wanted = sided.sides if len(sided.sides) > 1 else {""}
            if not wanted <= seen[sided]:
                yield offset, name, sided


def _forms(one: Actor | Place) -> set[str]:
    """The names that everybody uses, also without what says its kind."""
    short = one.short if isinstance(one, Actor) else ""
    return {form for form in (one.name, short, _COMMON_NOUNS.sub("", one.name)) if form}


def _plain(text: str) -> str:
    """A text of the same length with one kind of apostrophe."""
    return text.replace("'", "’")


def _ours(text: str) -> str:
    """A text of the same length without what is not in our own words."""
    return _NOT_OURS.sub(lambda match: " " * len(match[0]), text)


def _in_field(item: Written, field: str, name: str) -> Mark:
    """Where a name stands in the value of a field, when that is written on one line."""
    mark = item.mark(field)
    column = item.file.line(mark.line).find(name, mark.column - 1)
    return Mark(mark.line, column + 1, len(name)) if column >= 0 else mark
