"""What an entry said and says no longer, as far as readers would call it a correction.

It is one when what the entry said no longer stands: its date or time is another, a number in its headline is another,
a source is no longer listed, a claim or a figure says otherwise or is gone.  It is none when something is added (a
source, a claim, a figure; a time, who counted, since when), when things are put in another order, or when the headline,
the text, a question or a note is worded better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, TypeVar

from generator.record.model import Claim, Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.record.model import Event

S = TypeVar("S", Figure, Claim)

LONGEST_QUOTED, LONGEST_OFFERED = 120, 400
"""Characters of what an entry said, in a message, and in the line that is offered: readers will see that one."""
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.IGNORECASE,
)
"""A number in digits or in words; `one` is mostly none."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was said and no longer is.

    path: the field that says it now, or did, as Written.mark takes it.  noun: what it is, with its article.
    was, now: in words; `now` is empty when nothing took its place.
    """

    path: tuple[str | int, ...]
    noun: str
    was: str
    now: str = ""

    @property
    def message(self) -> str:
        """What is wrong."""
        happened = "changed" if self.now else "is gone"
        return f"{self.noun} {happened} without a correction: it was {_short(self.was)}"

    @property
    def correction(self) -> str:
        """What a line of `corrections:` may say, for the editors to put better."""
        was, now = (_short(words, LONGEST_OFFERED) for words in (self.was, self.now))
        follows = f"it is {now}" if now else "it no longer stands here"
        return f"{self.noun[0].upper()}{self.noun[1:]} was given as {was}; {follows}."


def changes(was: Event, now: Event, titles: Mapping[str, str]) -> Iterator[Change]:
    """Whatever the entry said and says no longer, in the order of its fields; `titles` are those of sources, by id."""
    if _numbers(was.title) - _numbers(now.title):
        yield Change(("title",), "a number in the headline", f"“{was.title}”", f"“{now.title}”")
    if was.date != now.date:
        yield Change(("date",), "the date", was.date.in_words, now.date.in_words)
    if was.time and was.time != now.time:
        yield Change(("time",), "the time", was.time.in_words, now.time.in_words if now.time else "")
    for source in was.sources:
        if source not in now.sources:
            yield Change(("sources",), "a source", titles.get(source, source))
    yield from _statements("claim", was.claims, now.claims, _differing_claim, _claim_words)
    yield from _statements("figure", was.figures, now.figures, _differing_figure, _figure_words)


def _numbers(title: str) -> set[str]:
    return set(map(str.lower, _NUMBER.findall(title)))


def _statements(
    noun: str, was: tuple[S, ...], now: tuple[S, ...], differing: Callable[[S, S], list[str]], words: Callable[[S], str]
) -> Iterator[Change]:
    """Claims, or figures, that no longer stand; each beside the new one that is most like it, if any is."""
    new = dict(enumerate(now))
    gone = []
    for statement in was:
        same = next((index for index, other in new.items() if not differing(statement, other)), None)
        if same is None:
            gone.append(statement)
        else:
            del new[same]
    for statement in gone:
        alike = [index for index, other in new.items() if _may_follow(statement, other)]
        if alike:
            nearest = min(alike, key=lambda index: len(differing(statement, new[index])))
            following = new.pop(nearest)
            path = (f"{noun}s", nearest, differing(statement, following)[0])
            yield Change(path, f"a {noun}", words(statement), words(following))
        else:
            yield Change((f"{noun}s",), f"a {noun}", words(statement))


def _may_follow(was: Figure | Claim, now: Figure | Claim) -> bool:
    """Whether a statement may have taken the place of another."""
    if isinstance(was, Figure) and isinstance(now, Figure):
        return (was.measure, was.scope) == (now.measure, now.scope)
    if isinstance(was, Claim) and isinstance(now, Claim):
        return was.by == now.by or was.says == now.says
    return False


def _differing_claim(was: Claim, now: Claim) -> list[str]:
    """The fields by which a claim no longer says what it said; readers see no full stop at its end."""
    found = [name for name in ("by", "source", "denies") if getattr(was, name) != getattr(now, name)]
    return ["says", *found] if was.says.rstrip(".") != now.says.rstrip(".") else found


def _differing_figure(was: Figure, now: Figure) -> list[str]:
    """The fields by which a figure no longer says what it said; who counted, and since when, may be added."""
    fixed = ("measure", "scope", "group", "as_of", "source")
    found = [name for name in fixed if getattr(was, name) != getattr(now, name)]
    found += [name for name in ("since", "said_by") if getattr(was, name) not in {None, "", getattr(now, name)}]
    return found if (was.bound, was.low, was.high) == (now.bound, now.low, now.high) else [now.bound, *found]


def _claim_words(claim: Claim) -> str:
    denial = ", a denial" if claim.denies else ""
    return f"{claim.by}: “{claim.says.rstrip('.')}” ({claim.source}{denial})"


def _figure_words(figure: Figure) -> str:
    """`killed, total: at least 41 as of 24 December 2025 (bbc-2025-12-24)`."""
    bound = "" if figure.bound in {"value", "between"} else f"{figure.bound.replace('_', ' ')} "
    number = f"{bound}{figure.low:,}" + (f"–{figure.high:,}" if figure.bound == "between" else "")
    what = ", ".join(word for word in (figure.measure, figure.scope, figure.group) if word)
    since = f" since {figure.since.in_words}" if figure.since else ""
    by = ", ".join(word for word in (figure.said_by, figure.source) if word)
    return f"{what}: {number} as of {figure.as_of.in_words}{since} ({by})"


def _short(words: str, most: int = LONGEST_QUOTED) -> str:
    return shorten(words, most, placeholder=" …")
