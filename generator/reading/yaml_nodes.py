"""YAML as a tree of texts that know their place; the only place that imports yaml.

Nothing is typed here: `no`, `012`, `2025-07` stay as written.  What YAML would do behind a contributor's back
(duplicate keys, tags, anchors, aliases, merges) is a problem.
"""

from __future__ import annotations

import re
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
"""Lines of a file that are read as if they were quoted; a file with more is no YAML."""
_ONE_VALUE = re.compile(r"(\s*(?:- +)?(?:- +|[\w-]+:[ \t]+))([^\s\[{|>#].*?)[ \t]*")

UNFINISHED_MERGE = (
    "a mark that git left in an unfinished merge",
    "keep what holds of both versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
)

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

    A line that only lacks quotes is read as if it had them, so that all that is wrong further on is told too.
    """
    broken: list[Problem] = []
    while True:
        reader = _Reader(file, yaml.parse(text, Loader=Loader), first_line - 1)
        try:
            return reader.document(), [*broken, *reader.problems]
        except _Stop as stop:
            return None, [*broken, *reader.problems, stop.problem]
        except yaml.MarkedYAMLError as error:
            mark = _place(text, error, first_line - 1)
            if mark.line in {problem.mark.line for problem in broken}:  # the quotes have not helped
                return None, [*broken, *reader.problems]
            broken.append(_broken(file, error, mark))
            mended = quoted(text, mark.line - first_line)
            if mended == text or len(broken) >= MOST_MENDED:
                return None, [*broken, *reader.problems]
            text = mended
        except yaml.YAMLError as error:
            broken.append(file.problem(Mark(first_line), f"YAML cannot read this: {error}", "write the line afresh"))
            return None, [*broken, *reader.problems]


def quoted(text: str, line: int) -> str:
    """A text with the value on one of its lines, counted from 0, in quotes; as it was, when it is not one value."""
    lines = text.split("\n")
    match = _ONE_VALUE.fullmatch(lines[line]) if 0 <= line < len(lines) else None
    if not match:
        return text
    value = match[2].removeprefix("@").replace("'", "''")
    lines[line] = f"{match[1]}'{value}'"
    return "\n".join(lines)


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


_NO_FIELD = "this line is not a `field: value`"
_SECOND_COLON = "mapping values are not allowed"
_REASONS = (
    (_SECOND_COLON, "a second `: ` on this line", 'put the value in quotes: title: "First: second"'),
    (
        "block sequence entries are not allowed",
        "a `- ` begins this value",
        "remove it where one value is wanted; the items of a list stand on lines of their own",
    ),
    ("found character '\\t'", "a tab begins this line", "indent with spaces"),
    ("found a tab", "a tab begins this line", "indent with spaces"),
    ("found character that cannot start any token", "this character cannot begin a value", "put the value in quotes"),
    ("unexpected end of stream", "a quote or bracket is opened and not closed", "close it"),
    (
        "did not find expected ',' or ']'",
        "the list in [ ] is not closed, or a comma is missing",
        "end it with ], and put a comma between its items",
    ),
    (
        "did not find expected ',' or '}'",
        "the { } is not closed, or a comma is missing",
        "end it with }, and put a comma between its fields",
    ),
    ("did not find expected key", _NO_FIELD, "begin it in the same column as the fields above it"),
    ("could not find expected ':'", _NO_FIELD, "write `field: value`, or begin an item of a list with `- `"),
    ("did not find expected '-' indicator", "a list goes on without its `-`", "begin each item with `- `"),
    ("did not find expected node content", "a value is missing here", "write it, or remove the comma"),
    ("found undefined tag handle", "`!` begins a YAML tag", "put the value in quotes"),
)


_TOLD_LATE = ("unexpected end of stream", "could not find expected ':'", "expected ',' or")
"""What YAML notices only on a later line than the one to put right."""
_LINK_AS_VALUE = re.compile(r"^ *(?:- +)?[a-z_]+: +(\[[^\[\]]*\]\((https?://[^\s()]+)\))")
_FIELD_WITH_VALUE = re.compile(r"( *)([a-z_]+):[ \t]+[^\s#]")
_NO_BREAK_SPACE = re.compile("^ *(?:- *)?(?:[a-z_]+:)?([\u00a0\u202f])")
"""As a page or a word processor has it in what is copied, before a field or after its colon."""
_NO_BEGINNING = {
    "\t": ("a tab where spaces are wanted", "indent with spaces"),
    "@": ("`@` cannot begin a value", "write a source's id without it, and other values in quotes"),
    "`": ("a backtick cannot begin a value", "put the value in quotes"),
    "%": ("`%` cannot begin a value", "put the value in quotes"),
}


def _seen_in_lines(file: TextFile, text: str, mark: Mark) -> Problem | None:
    """What these lines say better than YAML's `text` about them."""
    for number in (mark.line, mark.line - 1):  # it is noticed there, or on the line that follows
        if space := _NO_BREAK_SPACE.search(file.line(number)):
            hint = "delete it, and type a space: it looks like one"
            return file.problem(Mark(number, space.start(1) + 1), "a no-break space where a space is wanted", hint)
    line = file.line(mark.line)
    if line == "=" * 7:
        return file.problem(Mark(mark.line, 1, len(line)), *UNFINISHED_MERGE)
    if link := _LINK_AS_VALUE.search(line):
        place = Mark(mark.line, link.start(1) + 1, len(link[1]))
        return file.problem(place, "a link of Markdown where YAML has a value", f"write the address alone: {link[2]}")
    above = _FIELD_WITH_VALUE.match(file.line(mark.line - 1))
    if above and _SECOND_COLON in text and line.startswith(f"{above[1]} ") and line.lstrip().startswith("- "):
        hint = f"let `{above[2]}:` stand alone on its line, and begin its value below it with `- ` too"
        return file.problem(mark, f"the list of `{above[2]}`, which has a value already", hint)
    return None


def _place(text: str, error: yaml.MarkedYAMLError, lines_before: int) -> Mark:
    """The line to put right: where the quote or bracket was opened, and never behind the last line with words."""
    place, opened = error.problem_mark or error.context_mark, error.context_mark
    if place and opened and opened.line < place.line and any(part in str(error.problem) for part in _TOLD_LATE):
        place = opened
    lines = text.rstrip().split("\n")
    if place is None or place.line >= len(lines):
        return Mark(len(lines) + lines_before, max(1, len(lines[-1])))
    return Mark(place.line + 1 + lines_before, place.column + 1)


def _broken(file: TextFile, error: yaml.MarkedYAMLError, mark: Mark) -> Problem:
    """YAML's own words, translated for somebody who writes an entry and not a parser."""
    text = error.problem or str(error)
    if seen := _seen_in_lines(file, text, mark):
        return seen
    line = file.line(mark.line)
    before, rest = line[: mark.column - 1].rstrip(), line[mark.column - 1 :]
    if "cannot start any token" in text and rest[:1] in _NO_BEGINNING:
        return file.problem(mark, *_NO_BEGINNING[rest[0]])
    if text.startswith("did not find expected key") and before.endswith(("'", '"')):
        hint = "put the whole value in quotes; those inside it are then written twice, or are of the other kind"
        return file.problem(mark, "words after the closing quote of a value", hint)
    if "could not find expected ':'" in text and (word := re.match(r"[a-z_]+:(?=\S)", rest)):
        return file.problem(mark, "a colon without a space after it", f"write `{word[0]} {rest[word.end() :].strip()}`")
    for found, message, hint in _REASONS:
        if found in text:
            one = _ONE_VALUE.fullmatch(line) if found == _SECOND_COLON else None
            ready = f'put the value in quotes: {one[1].strip()} "{one[2].replace(chr(34), "”")}"' if one else hint
            return file.problem(mark, message, ready)
    context = f" {error.context}" if error.context else ""
    return file.problem(
        mark, f"YAML cannot read this: {text}{context}", "check quotes, colons and indentation near here"
    )
