"""Where each source is defined: its file, and its fields as they are written there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.reading.records import read_record
from generator.reading.yaml_nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.problems import Mark, Problem, TextFile

FOLDERS = ("sources/", "events/", "agreements/")


@dataclass(frozen=True, slots=True)
class Definition:
    """A source as its file defines it."""

    file: TextFile
    id: str
    node: Mapping

    def text(self, name: str) -> str:
        """What a field says; empty when it is not there."""
        value = self.node.get(name)
        return value.text if isinstance(value, Scalar) else ""

    def mark(self, name: str) -> Mark:
        """Where a field's value stands; the source itself when it has no such field."""
        return (self.node.get(name) or self.node).mark

    def warning(self, name: str, message: str, hint: str) -> Problem:
        """A warning at a field."""
        return self.file.problem(self.mark(name), message, hint, "warning")


def definitions(texts: Iterable[TextFile]) -> dict[str, Definition]:
    """Every source that the files define, by id."""
    found = (definition for file in texts if file.name.startswith(FOLDERS) for definition in definitions_in(file))
    return {definition.id: definition for definition in found}


def definitions_in(file: TextFile) -> Iterator[Definition]:
    """The sources that one file defines, in order."""
    item = read_record(file)
    key = "" if item.folder == "sources" else "sources"
    return (Definition(file, ident.text, node) for ident, node in item.identified(key))
