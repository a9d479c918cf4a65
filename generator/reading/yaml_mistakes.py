"""What is wrong with a text that is no YAML, for somebody who writes an entry and not a parser; and how it was meant.

YAML tells the first thing that it cannot go on with, often lines behind the mistake: a quote that is not closed is
noticed at the next quote.  The lines themselves mostly say more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.reading.flow_mistakes import fault_in_braces
from generator.record.problems import Mark, Problem, TextFile
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

UNFINISHED_MERGE = (
    "a mark that git left in an unfinished merge",
    "keep what holds of both versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
)
_NO_FIELD = "this line is not a `field: value`"
_SECOND_COLON = "mapping values are not allowed"
_NO_KEY = "did not find expected key"
_NO_DASH = "did not find expected '-' indicator"
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
    (_NO_KEY, _NO_FIELD, "begin it in the same column as the fields above it"),
    ("could not find expected ':'", _NO_FIELD, "write `field: value`, or begin an item of a list with `- `"),
    (_NO_DASH, "a list goes on without its `-`", "begin each item with `- `"),
    ("did not find expected node content", "a value is missing here", "write it, or remove the comma"),
    ("found unexpected ':'", "a colon that no value follows", "write a space and a value after it"),
    ("found undefined tag handle", "`!` begins a YAML tag", "put the value in quotes"),
)

_TOLD_LATE = ("unexpected end of stream", "could not find expected ':'", "expected ',' or")
"""What YAML notices only on a later line than the one to put right."""
_ONE_VALUE = re.compile(r"(\s*(?:- +)?(?:- +|[\w-]+:[ \t]+))([^\s\[{|>#].*?)[ \t]*")
_BEGINNING = re.compile(r" *(?P<dash>- +)?(?:(?P<field>[\w-]+):(?=\s|$))?")
_BEFORE_QUOTE = re.compile(r" *(?:- +)?(?:[\w-]+: +)?(?=[\"'])")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_OPENED_LIST = re.compile(r"(\s*(?:- +)?[\w-]+:[ \t]+\[[^\[\]{}#\"']*?)[ \t]*")
_LIST_BEFORE_WORDS = re.compile(r" *(?:- +)?[\w-]+: +(\[[^\[\]]*\] *[^\s#].*?)\s*")
_LINK_AS_VALUE = re.compile(r"^ *(?:- +)?[a-z_]+: +(\[[^\[\]]*\]\((https?://[^\s()]+)\))")
_FIELD_WITH_VALUE = re.compile(r"( *)([a-z_]+):[ \t]+[^\s#]")
_BEGUN_AS_NONE = re.compile(r" *((?:- +)?[a-z_]+: +)((?:[*&]|[|>] *(?=[^\s\d+-]))\S.*)")
"""A value that begins with what YAML has for something else."""
_NO_BREAK_SPACE = re.compile("^ *(?:- *)?(?:[a-z_]+:)?([\u00a0\u202f])")
"""As a page or a word processor has it in what is copied, before a field or after its colon."""
_NO_DASH_OF_A_LIST = re.compile(r" *(?:([–—*•·])\s+|-(?=[^\s-]))(\S.*)")
"""What was to be an item of a list."""
_MOST_ITEMS_ABOVE = 5
"""So far above the place that YAML tells of is looked for such an item."""
_NO_BEGINNING = {
    "\t": ("a tab where spaces are wanted", "indent with spaces"),
    "@": ("`@` cannot begin a value", "write a source's id without it, and other values in quotes"),
    "`": ("a backtick cannot begin a value", "put the value in quotes"),
    "%": ("`%` cannot begin a value", "put the value in quotes"),
}


class _Beginning(NamedTuple):
    """What a line begins with: a field, empty if with none, and the dash before it; columns are counted from 0."""

    field: str
    column: int
    dash: int | None


def mended(text: str, line: int) -> str:
    """A text with one of its lines, counted from 0, as it was likely meant; as it was, when nobody can say.

    A list in brackets is closed; any other value, if it is one, is put in quotes.
    """
    lines = text.split("\n")
    if not 0 <= line < len(lines):
        return text
    if opened := _OPENED_LIST.fullmatch(lines[line]):
        lines[line] = f"{opened[1]}]"
    elif match := _ONE_VALUE.fullmatch(lines[line]):
        value = match[2].removeprefix("@").replace("'", "''")
        lines[line] = f"{match[1]}'{value}'"
    return "\n".join(lines)


def place_of(text: str, error: MarkedYAMLError, lines_before: int) -> Mark:
    """The line to put right: where the quote or bracket was opened, and never behind the last line with words."""
    place, opened = error.problem_mark or error.context_mark, error.context_mark
    if place and opened and opened.line < place.line and any(part in str(error.problem) for part in _TOLD_LATE):
        place = opened
    lines = text.rstrip().split("\n")
    if quote := _open_quote(lines[: place.line + 1] if place else lines):
        return Mark(quote[0] + 1 + lines_before, quote[1] + 1)
    if place is None or place.line >= len(lines):
        return Mark(len(lines) + lines_before, max(1, len(lines[-1])))
    return Mark(place.line + 1 + lines_before, place.column + 1)


def _open_quote(lines: list[str]) -> tuple[int, int] | None:
    """The line and the column, from 0, of the last quote that begins a value, if it is not closed before a field."""
    for number in range(len(lines) - 1, -1, -1):
        before = _BEFORE_QUOTE.match(lines[number])
        if before and not _QUOTED.match(lines[number], before.end()):
            following = next((line for line in lines[number + 1 :] if line.strip() and line.lstrip()[0] != "#"), "- ")
            return (number, before.end()) if _beginning(following) else None
    return None


def mistake_at(file: TextFile, error: MarkedYAMLError, mark: Mark) -> Problem:
    """What the lines say, else YAML's own words, translated."""
    text = error.problem or str(error)
    for look in (_seen_in_lines, _wrongly_indented, _in_brackets, _in_quotes):
        if seen := look(file, text, mark):
            return seen
    line = file.line(mark.line)
    rest = line[mark.column - 1 :]
    if "cannot start any token" in text and rest[:1] in _NO_BEGINNING:
        return file.problem(mark, *_NO_BEGINNING[rest[0]])
    if "could not find expected ':'" in text and (word := re.match(r"[a-z_]+:(?=\S)", rest)):
        return file.problem(mark, "a colon without a space after it", f"write `{word[0]} {rest[word.end() :].strip()}`")
    for found, message, hint in _REASONS:
        if found in text:
            one = _ONE_VALUE.fullmatch(line) if found == _SECOND_COLON else None
            ready = f"put the value in quotes: {one[1].strip()} {_quoted(one[2])}" if one else hint
            return file.problem(mark, message, ready)
    context = f" {error.context}" if error.context else ""
    if begun := _BEGUN_AS_NONE.fullmatch(line):
        sign, value = begun[2][0], begun[2].rstrip()
        message = f"`{sign}` cannot begin a value"
        if sign in "|>":
            message, value = f"`{sign}` begins a text on the lines below it, and has words behind it", value[1:].strip()
        hint = f"put the value in quotes: {begun[1]}{_quoted(value)}"
        return file.problem(Mark(mark.line, begun.start(2) + 1, len(begun[2].rstrip())), message, hint)
    return file.problem(
        mark, f"YAML cannot read this: {text}{context}", "check quotes, colons and indentation near here"
    )


def _quoted(value: str) -> str:
    """A value in quotes, with those inside it of another kind."""
    if value[:1] in {"'", '"'} and value.endswith(value[0]):
        value = value[1:-1]
    return '"' + re.sub(r'"([^"]*)"', r"“\1”", value).replace('"', "”") + '"'


def _seen_in_lines(file: TextFile, text: str, mark: Mark) -> Problem | None:
    for number in (mark.line, mark.line - 1):  # it is noticed there, or on the line that follows
        if space := _NO_BREAK_SPACE.search(file.line(number)):
            hint = "delete it, and type a space: it looks like one"
            return file.problem(Mark(number, space.start(1) + 1), "a no-break space where a space is wanted", hint)
    if item := _no_item(file, mark):
        return item
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


def _no_item(file: TextFile, mark: Mark) -> Problem | None:
    """An item of a list that does not begin with a dash and a space, there or among those right above."""
    for number in range(mark.line, max(0, mark.line - _MOST_ITEMS_ABOVE), -1):
        line = file.line(number)
        if item := _NO_DASH_OF_A_LIST.fullmatch(line):
            place = Mark(number, len(line) - len(line.lstrip()) + 1)
            message = f"a list item begins with `-`, not `{item[1]}`" if item[1] else "a dash without a space after it"
            return file.problem(place, message, f"write `- {item[2].rstrip()}`")
        if number != mark.line and not line.lstrip().startswith("- "):
            return None
    return None


def _wrongly_indented(file: TextFile, text: str, mark: Mark) -> Problem | None:
    """A field, or an item, in another column than the one above it, which it can be no part of."""
    number = next((each for each in range(mark.line - 1, 0, -1) if file.line(each).strip()), 0)
    its, above = _beginning(file.line(mark.line)), _beginning(file.line(number)) if number else None
    if its is None or above is None or not any(part in text for part in (_SECOND_COLON, _NO_KEY, _NO_DASH)):
        return None
    what = "the dash" if its.dash is not None else "the field"
    if its.dash is not None and above.dash is not None:
        column, wanted = its.dash, above.dash
    elif its.dash is None and above.field and (above.dash is not None or its.column > above.column):
        column, wanted = its.column, above.column
    else:
        return None
    if column == wanted or (_SECOND_COLON in text and column < wanted):
        return None
    spaces = {0: "without a space", 1: "with one space"}.get(wanted, f"with {wanted} spaces")
    hint = f"let it begin below {f'`{above.field}:`' if above.field else 'that'} of line {number}, {spaces} before it"
    message = f"{what} is indented by {column}, and the one above it by {wanted}"
    return file.problem(Mark(mark.line, column + 1), message, hint)


def _beginning(line: str) -> _Beginning | None:
    """The field, or the item of a list, that a line begins with, if it does."""
    found = _BEGINNING.match(line)
    if not found or not (found["dash"] or found["field"]):
        return None
    return _Beginning(found["field"] or "", found.start("field"), found.start("dash") if found["dash"] else None)


def _in_brackets(file: TextFile, text: str, mark: Mark) -> Problem | None:
    """A bracket that closes nothing, and what needs quotes in brackets or behind them."""
    line = file.line(mark.line)
    if _NO_KEY in text or _NO_DASH in text:
        for opening, closing in ("[]", "{}"):
            if line.count(closing) > line.count(opening):
                place = Mark(mark.line, line.rindex(closing) + 1)
                return file.problem(place, f"a `{closing}` that closes nothing", "remove it")
        if words := _LIST_BEFORE_WORDS.fullmatch(line):
            hint = f"put the whole value in quotes: {_quoted(words[1])}"
            return file.problem(Mark(mark.line, words.start(1) + 1), "words after a list in [ ]", hint)
    if "did not find expected ',' or '}'" not in text or line.count("{") > line.count("}"):
        return None
    fault = fault_in_braces(line)
    if not fault or not fault.message:
        return None
    hint = f"write {fault.field}: {_quoted(fault.value)}"
    if fault.may_lack_comma:
        hint += "; or, where a field begins, put a comma before it"
    return file.problem(Mark(mark.line, fault.begin + 1, len(fault.value)), fault.message, hint)


def _in_quotes(file: TextFile, text: str, mark: Mark) -> Problem | None:
    """A quote that is not closed, or that is closed before the value ends."""
    line = file.line(mark.line)
    before = _BEFORE_QUOTE.match(line)
    if before and before.end() == mark.column - 1 and not _QUOTED.match(line, before.end()):
        return file.problem(mark, "a quote is opened and not closed", "close it where the value ends")
    if _NO_KEY in text and line[: mark.column - 1].rstrip().endswith(("'", '"')):
        hint = "put the whole value in quotes; those inside it are then written twice, or are of the other kind"
        return file.problem(mark, "words after the closing quote of a value", hint)
    return None
