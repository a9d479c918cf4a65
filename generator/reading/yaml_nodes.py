"""YAML as a tree of texts that know their place; the only place that imports yaml.

Nothing is typed here: `no`, `012`, `2025-07` stay as written.  What YAML would do behind a contributor's back
(duplicate keys, tags, anchors, aliases, merges) is a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from yaml.events import MappingEndEvent, ScalarEvent, SequenceEndEvent

from generator.record.problems import MOST_PROBLEMS, TOO_MANY, Mark, Problem, TextFile
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.events import Event

DEEPEST = 20
"""Levels of nesting; an entry needs four."""
MOST_MENDED = 10
"""Lines of a file that are read as if they were mended; a file with more is no YAML."""

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A text, as written but for YAML's quotes."""

    text: str
    mark: Mark
    quoted: bool = False


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


class Mapping(NamedTuple):
    """Keys and their values, in order."""

    items: tuple[tuple[Scalar, Node], ...]
    mark: Mark

    def get(self, key: str) -> Node | None:
        """The value of a key, if it is there."""
        return next((value for name, value in self.items if name.text == key), None)


Node = Scalar | Sequence | Mapping


_new = tuple.__new__
"""Makes a named tuple in half the time: a file has some hundred."""


class _Stop(Exception):  # noqa: N818 - it carries a problem and is no error of ours
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def parse_yaml(file: TextFile, text: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML text that begins on `first_line` of its file; None for an empty text, or one beyond reading.

    A line that only lacks quotes, or a bracket, is read as if it had them, so that all else that is wrong is told too.
    """
    broken: list[Problem] = []
    while True:
        reader = _Reader(file, yaml.parse(text, Loader=Loader), first_line - 1)
        try:
            return reader.document(), [*broken, *reader.problems]
        except _Stop as stop:
            return None, [*broken, *reader.problems, stop.problem]
        except yaml.MarkedYAMLError as error:
            from generator.reading.yaml_mistakes import mended, mistake_at, place_of  # noqa: PLC0415 - hardly ever needed

            mark = place_of(text, error, first_line - 1)
            if mark.line in {problem.mark.line for problem in broken}:  # to mend it has not helped
                return None, [*broken, *reader.problems]
            broken.append(mistake_at(file, error, mark))
            likely = mended(text, mark.line - first_line)
            if likely == text or len(broken) >= MOST_MENDED:
                return None, [*broken, *reader.problems]
            text = likely
        except yaml.YAMLError as error:
            broken.append(file.problem(Mark(first_line), f"YAML cannot read this: {error}", "write the line afresh"))
            return None, [*broken, *reader.problems]


class _Reader:
    """Builds the tree from the parser's events: an alias or a deep nest stops before it can cost anything."""

    def __init__(self, file: TextFile, events: Iterator[Event], lines_before: int) -> None:
        self.file = file
        self.events = events
        self.lines_before = lines_before
        self.last_line = file.text.rstrip("\n").count("\n") + 1
        self.problems: list[Problem] = []

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                if root is not None:
                    problem = self.file.problem(
                        self.mark(event), "a second YAML document begins here", "remove the `---`"
                    )
                    raise _Stop(problem)
                root = self.node(event, 0)
        return root

    def mark(self, event: Event) -> Mark:
        start, end = event.start_mark, event.end_mark
        assert start is not None  # noqa: S101 - parsers mark every event; the types allow for events made by hand
        assert end is not None  # noqa: S101
        column = start.column
        length = end.column - column if end.line == start.line else 1
        line = start.line + 1 + self.lines_before
        if line > self.last_line:  # an empty value at the end of a file
            return Mark(self.last_line, max(1, len(self.file.line(self.last_line))))
        return _new(Mark, (line, column + 1, length if length > 0 else 1))

    def node(self, event: Event, depth: int) -> Node:
        mark = self.mark(event)
        if type(event) is ScalarEvent and not event.anchor and not event.tag:  # nearly every event is one
            return _new(Scalar, (event.value, mark, bool(event.style)))
        if isinstance(event, yaml.AliasEvent):
            raise _Stop(self.file.problem(mark, "`*` begins a YAML alias", "write the value out, or put it in quotes"))
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            if event.anchor:
                raise _Stop(self.file.problem(mark, "`&` begins a YAML anchor", "put the value in quotes"))
            if event.tag:
                message = f"`{event.tag}` is a YAML tag, which is not used here"
                raise _Stop(self.file.problem(mark, message, "put the value in quotes, or remove the tag"))
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, mark, bool(event.style))
        if depth >= DEEPEST:
            message = f"YAML nested deeper than {DEEPEST} levels"
            raise _Stop(self.file.problem(mark, message, "remove brackets: an entry needs four levels"))
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self.items(depth)), mark)
        return self.mapping(mark, depth)

    def items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if type(event) is SequenceEndEvent:
                return
            yield self.node(event, depth + 1)

    def mapping(self, mark: Mark, depth: int) -> Mapping:
        items: list[tuple[Scalar, Node]] = []
        first: dict[str, Mark] = {}
        for event in self.events:
            if type(event) is MappingEndEvent:
                break
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                message = "a key must be a plain word"
                raise _Stop(self.file.problem(key.mark, message, "put a value with braces in quotes"))
            value = self.node(next(self.events), depth + 1)
            if len(self.problems) >= MOST_PROBLEMS:
                raise _Stop(self.file.problem(key.mark, *TOO_MANY))
            before = first.setdefault(key.text, key.mark)
            if before is not key.mark:
                at = before.line
                self.problems.append(
                    self.file.problem(
                        key.mark, f"`{key.text}` is written twice, first on line {at}", "keep one of them"
                    )
                )
            elif key.text == "<<":
                message = "`<<` is a YAML merge, which is not used here"
                raise _Stop(self.file.problem(key.mark, message, "write the fields themselves"))
            else:
                items.append((key, value))
        return Mapping(tuple(items), mark)
