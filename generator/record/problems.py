"""A problem: what is wrong with the content, where, and what to do about it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.record.counting import counted
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PROBLEMS = 200
"""Of one file: whoever has so much to mend sees the rest in the next run."""
TOO_MANY = (f"more than {MOST_PROBLEMS} problems in this file: the rest is not told", "mend these first")
LONGEST_WORDS = 400
"""Characters of a message or a hint: a value that is repeated in it may be a megabyte."""
LEAST_LIKENESS = 0.68
"""Of a word and the one that is proposed in its stead: `knid` is `kind`, and `dead` is not `detained`."""
EXCERPT_CHARACTERS = 110
"""An excerpt is cut to this many characters around the marked place, so that a line of a megabyte stays one line."""


class Mark(NamedTuple):
    """A place in a text file: line and column count from 1, length in characters."""

    line: int = 1
    column: int = 1
    length: int = 1


class Problem(NamedTuple):
    """One thing to put right.  `excerpt` is the marked line as written; `severity` is `error` or `warning`."""

    path: str
    mark: Mark
    message: str
    hint: str = ""
    severity: str = "error"
    excerpt: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it stops a build even without `--strict`."""
        return self.severity == "error"


class TextFile(NamedTuple):
    """A file of the content: its path as people write it, its name inside the content folder, its text."""

    path: str
    name: str
    text: str

    def problem(self, mark: Mark, message: str, hint: str = "", severity: str = "error") -> Problem:
        """A problem at `mark`, with the line it stands in."""
        return Problem(self.path, mark, _short(message), _short(hint), severity, self.line(mark.line))

    def line(self, number: int) -> str:
        """A line, counted from 1, without its end; nothing behind the last."""
        lines = _lines(self.text)
        return lines[number - 1] if number <= len(lines) else ""

    def mark_at(self, offset: int, length: int = 1) -> Mark:
        """The place of the character at `offset`, counted from 0."""
        line = self.text.count("\n", 0, offset) + 1
        return Mark(line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1, length)

    def offset_of(self, mark: Mark) -> int:
        """Where a mark's first character is, counted from 0."""
        return sum(len(line) + 1 for line in _lines(self.text)[: mark.line - 1]) + mark.column - 1


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    """The lines of a text, kept for its next problem: a thousand problems do not divide it a thousand times."""
    return text.split("\n")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean `thailand`?`, or nothing when no known word is near.

    Who is told a wrong word may well write it, and a wrong source is worse than none: so a day at the end of two
    ids makes them no more alike, and the beginning of an id is taken for it where no other begins so.
    """
    words = sorted(known)
    if same := [each for each in words if each.casefold() == word.casefold()]:
        return f"did you mean `{same[0]}`?"
    near = _like(word, words, 3)
    meant = [each for each in near if _like(_without_day(word), [_without_day(each)], 1)]
    begun = [] if meant else [each for each in words if each.startswith(f"{word}-")]
    return f"did you mean `{(meant or begun)[0]}`?" if meant or len(begun) == 1 else ""


def _without_day(ident: str) -> str:
    return ident.rstrip("-0123456789")


def _like(word: str, others: list[str], most: int) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - a build without mistakes does without it

    return get_close_matches(word, others, n=most, cutoff=LEAST_LIKENESS)


def _short(words: str) -> str:
    """A message without the middle of what is very long in it."""
    half = LONGEST_WORDS // 2
    return words if len(words) <= LONGEST_WORDS else f"{words[:half]} … {words[-half:]}"


def report(problem: Problem) -> str:
    """The lines that a person reads: place and message, the excerpt with its place marked, the hint."""
    mark = problem.mark
    first = f"{problem.path}:{mark.line}:{mark.column}: {problem.severity}: {problem.message}"
    lines = ["".join(map(_visible, first))]
    if problem.excerpt.strip():
        text, column, length = _cut(problem.excerpt, mark)
        gutter = f"  {mark.line} | "
        lines.append(gutter + text)
        before, marked = text[: column - 1], text[column - 1 : column - 1 + length]
        lines.append(" " * (len(gutter) + _width(before)) + "^" * max(1, _width(marked)))
    if problem.hint:
        lines.append("".join(map(_visible, f"  hint: {problem.hint}")))
    return "\n".join(lines)


def summary(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning`, the last line of every report."""
    found = list(problems)
    errors = sum(problem.is_error for problem in found)
    counts = [(errors, "error"), (len(found) - errors, "warning")]
    return ", ".join(counted(number, word) for number, word in counts if number) or "no problems"


def _cut(line: str, mark: Mark) -> tuple[str, int, int]:
    """The part of a line around its mark, with the mark's column in that part and the length that is still inside."""
    start = max(0, mark.column - 1 - EXCERPT_CHARACTERS // 2) if len(line) > EXCERPT_CHARACTERS else 0
    part = "".join(map(_visible, line[start : start + EXCERPT_CHARACTERS]))
    column = mark.column - start
    if start:
        part, column = "…" + part, column + 1
    if start + EXCERPT_CHARACTERS < len(line):
        part += "…"
    return part, column, max(1, min(mark.length, len(part) - column + 1))


def _visible(character: str) -> str:
    """Control and formatting characters as a replacement mark, so that an excerpt cannot rearrange the terminal."""
    if character == "\t":
        return " "
    keeps = unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or character in "\u200b\u200c\u200d"
    return character if keeps else "\ufffd"


def _width(text: str) -> int:
    """Columns that a terminal needs: Thai and Khmer vowel signs stand over their consonant and need none."""
    return sum(unicodedata.category(character) not in {"Mn", "Me", "Cf"} for character in text)
