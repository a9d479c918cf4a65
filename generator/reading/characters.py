"""Characters that cannot be seen, or that reorder what is seen: such hide what an entry says."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.problems import Problem, TextFile

ODD_CHARACTER = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff"
    "\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U000e0000-\U0010ffff]"
)
"""Controls, marks that reorder text, fillers, private use, halves; not the joiners of Thai, Khmer and emoji."""
_UNUSUAL = re.compile("[^\t\n -~\xa0-\xac\xae-\u0600\u0e00-\u0e7f\u1780-\u17ff\u2010-\u2027\u2030-\u205e]")
"""Characters that may be odd: most texts have none, which is seen four times as fast."""


def odd_character(text: str) -> re.Match[str] | None:
    """The first odd character of a text, if it has any."""
    unusual = _UNUSUAL.search(text)
    return re.compile(ODD_CHARACTER).search(text, unusual.start()) if unusual else None


def odd_characters(file: TextFile) -> Iterator[Problem]:
    """The first odd character of a file, as a problem."""
    if (lone := file.text.find("\r")) >= 0:
        hint = "save the file with the line ends of your system, LF or CRLF"
        yield file.problem(file.mark_at(lone), "a carriage return that ends no line", hint)
    elif match := odd_character(file.text):
        yield file.problem(file.mark_at(match.start()), unseen(match[0]), "delete it, or write the line afresh")


def unseen(character: str) -> str:
    """What is wrong with an odd character, by its name."""
    if "\ud800" <= character <= "\udfff":
        return "a byte that is no text in UTF-8"
    name = unicodedata.name(character, "").lower() or f"control character U+{ord(character):04X}"
    return f"a character that cannot be seen: {name}"
