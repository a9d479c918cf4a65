"""How much one text may hold, seen before Markdown sees it.

Markdown's time grows with the square of what it has to pair up, its stack with the depth of what is nested.  Within
these limits the worst text that is known takes about a second; the longest of the real chronology takes a hundredth.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from generator.reading.characters import odd_character, unseen
from generator.record.problems import Mark

if TYPE_CHECKING:
    from generator.reading.schema import Reading

LONGEST = 60_000
"""Characters of a text; the real chronology's longest has about 5,000."""
LONGEST_BLOCK = 10_000
"""Characters between two empty lines."""
MOST_LINES = 2_000
MOST_COLUMNS = 30
"""Bars in a line: a short row of a table gets all of its columns, however many lines there are."""
DEEPEST = 20
"""Levels of lists and quotations in each other."""

_BLOCK = re.compile(r"^(?:[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_NESTED = re.compile(r"^(?=[ \t>*+\-\d.]{20})[ \t>]*(?:(?:[-*+]|\d{1,9}\.)[ \t>]+)*", re.MULTILINE)
_LEVEL = re.compile(r"[-*+>]|\d+\.| {4}")
_SIGNS = (
    ("[", re.compile(r"(?<!\[)\[(?![@\[])"), 500),
    ("[@", re.compile(r"\[@"), 1_000),
    ("[[", re.compile(r"\[\["), 1_000),
    ("`", re.compile(r"`"), 500),
)
"""What begins something that must end, and how many of each a text may have; a citation's bracket is no lone one."""
_WIDE_ROW = re.compile(rf"^[^\n|]*+(?:\|[^\n|]*+){{{MOST_COLUMNS + 1},}}+", re.MULTILINE)
_ENTITY = re.compile(r"&(?:#(?P<decimal>\d+)|#[xX](?P<hexadecimal>[0-9a-fA-F]+)|[A-Za-z][A-Za-z0-9]+);", re.ASCII)
_LAST_CHARACTER = 0x10FFFF


def within_limits(start: int, to: Reading) -> bool:
    """Whether the text of a file from offset `start` on may be read; what speaks against it is noted in `to`."""
    file, before = to.file, len(to.problems)
    length = len(file.text) - start
    if length > LONGEST:
        message = f"the text has {length:,} characters, and at most {LONGEST:,} fit"
        to.wrong(file.mark_at(start + LONGEST), message, "split it into several files")
        return False
    for limit in (_lines, _blocks, _depth, _signs, _columns, _unseen):
        limit(start, to)
    return len(to.problems) == before


def _lines(start: int, to: Reading) -> None:
    count = to.file.text.count("\n", start)
    if count > MOST_LINES:
        mark = Mark(to.file.text.count("\n", 0, start) + 1 + MOST_LINES)
        to.wrong(mark, f"the text has {count:,} lines, and at most {MOST_LINES:,} fit", "split it into several files")


def _blocks(start: int, to: Reading) -> None:
    if len(to.file.text) - start <= LONGEST_BLOCK:
        return
    for block in _BLOCK.finditer(to.file.text, start):
        if len(block[0]) > LONGEST_BLOCK:
            message = f"a paragraph of {len(block[0]):,} characters, and at most {LONGEST_BLOCK:,} fit"
            to.wrong(to.file.mark_at(block.start()), message, "divide it by an empty line")
            return


def _depth(start: int, to: Reading) -> None:
    for match in _NESTED.finditer(to.file.text, start):
        depth = len(_LEVEL.findall(match[0].expandtabs(4)))
        if depth > DEEPEST:
            mark = to.file.mark_at(match.start(), len(match[0]))
            to.wrong(mark, f"lists and quotations nested {depth:,} deep", f"nest at most {DEEPEST}")
            return


def _signs(start: int, to: Reading) -> None:
    for sign, pattern, most in _SIGNS:
        if to.file.text.count(sign, start) <= most:
            continue
        found = [match.start() for match in pattern.finditer(to.file.text, start)]
        if len(found) > most:
            message = f"the text has {len(found):,} `{sign}`, and at most {most:,} fit"
            to.wrong(to.file.mark_at(found[most]), message, "write it with fewer, or split it into several files")


def _columns(start: int, to: Reading) -> None:
    if to.file.text.count("|", start) > MOST_COLUMNS and (row := _WIDE_ROW.search(to.file.text, start)):
        message = f"a line with {row[0].count('|'):,} `|`, and at most {MOST_COLUMNS} fit"
        to.wrong(to.file.mark_at(row.start(), len(row[0])), message, "make the table narrower")


def _unseen(start: int, to: Reading) -> None:
    """A character that cannot be seen comes in by no entity either: some stand for citations while a text is read."""
    for match in _ENTITY.finditer(to.file.text, start):
        found = odd_character(_meant(match))
        if found:
            to.wrong(to.file.mark_at(match.start(), len(match[0])), unseen(found[0]), "delete it")


def _meant(entity: re.Match[str]) -> str:
    """What an entity stands for; NUL, when no character has its number."""
    for digits, base in ((entity["decimal"], 10), (entity["hexadecimal"], 16)):
        if digits:
            number = int(digits.lstrip("0")[:8] or "0", base)
            return chr(number) if number <= _LAST_CHARACTER else "\0"
    return html.unescape(entity[0])
