"""Which field within { } has not one value: YAML tells of it at another, where it can go on no longer."""

from __future__ import annotations

import re

from generator.record.tuples import NamedTuple

_FIELD = re.compile(r"\s*([\w-]+):(?:\s+|(?=[,}]))")
_SOUND = re.compile(
    r"(?:"
    r"\"(?:[^\"\\]|\\.)*\"\s*|'(?:[^']|'')*'\s*"  # in quotes
    r"|\[[^\[\]{}]*\]\s*|\{[^{}]*\}\s*"  # a list, or another { }, which is looked at by itself
    r"|[^\s\"'\[\]{},#&*!|>%@`](?:[^,\[\]{}:#]|:(?![\s,}])|(?<!\s)\#)*"  # as it is
    r")?(?=[,}])"
)
_MEANT = re.compile(r".*?(?=,\s*[\w-]+:\s|\}|$)")
"""All up to the next field."""
_FIELD_WITHIN = re.compile(r"\s[\w-]+:\s")
_KINDS = (
    (re.compile("[\"']"), "quotes within a value in { }"),
    (re.compile(r":\s"), "a second `: ` in a value in { }"),
    (re.compile(r"[\[\]]"), "brackets in a value in { }"),
    (re.compile(r"\s#"), "a `#` in a value in { }, which begins a comment"),
)


class Fault(NamedTuple):
    """A field within { } that has not one value; `begin` is where its value begins in the line, from 0."""

    field: str
    begin: int
    value: str

    @property
    def message(self) -> str:
        """What is wrong with the value; nothing where it cannot be said."""
        return next((message for found, message in _KINDS if found.search(self.value)), "")

    @property
    def may_lack_comma(self) -> bool:
        """Whether a field may begin within it."""
        return _FIELD_WITHIN.search(self.value) is not None


def fault_in_braces(line: str) -> Fault | None:
    """The first of the fields within { } on a line that has not one value."""
    for opening in re.finditer(r"\{", line):
        at = opening.end()
        while field := _FIELD.match(line, at):
            sound = _SOUND.match(line, field.end())
            if not sound:
                meant = _MEANT.match(line, field.end())
                return Fault(field[1], field.end(), meant[0].rstrip() if meant else "")
            at = sound.end() + 1
            if line[sound.end()] == "}":
                break
    return None
