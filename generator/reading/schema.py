"""Kinds of value: how each is read from YAML, what is said when it is wrong, and its JSON Schema.

One definition of a field (fields.py) thus gives the reader, the messages, the schemas for editors and the tables in the
documentation.  Reading never stops at the first problem: what is wrong is noted, and `INVALID` stands for the value.
"""

from __future__ import annotations

import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlsplit

from generator.reading.yaml_nodes import Mapping, Node, Scalar, Sequence
from generator.record import clock, edtf, model, urls
from generator.record.problems import MOST_PROBLEMS, TOO_MANY, Mark, Problem, TextFile, did_you_mean
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

INVALID: Final = object()
NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""What YAML takes for no value: editors and other programs would not see the word."""
_A_TEXT = {"type": ["string", "number", "boolean"], "minLength": 1, "pattern": r"\S"}
"""A value that is read as text, as programs see it that give plain YAML values a type."""
JsonSchema = dict[str, Any]


class Reference(NamedTuple):
    """An id that must be defined somewhere: `to` names the kind of record, `actor` or `source`."""

    to: str
    id: str
    mark: Mark


class Reading:
    """What comes of reading one file beside its record: problems, references, and records defined in place."""

    def __init__(self, file: TextFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.references: list[Reference] = []
        self.defined: list[tuple[Any, Mark]] = []

    def wrong(self, mark: Mark, message: str, hint: str = "") -> object:
        """Note an error and give INVALID back."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(self.file.problem(mark, message, hint))
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append(self.file.problem(mark, *TOO_MANY))
        return INVALID

    @property
    def is_full(self) -> bool:
        """Whether so much is wrong that the rest of the file need not be read."""
        return len(self.problems) > MOST_PROBLEMS


class Kind(Protocol):
    """A kind of value.  `name` is the field's, for messages."""

    def read(self, node: Node, name: str, to: Reading) -> Any:  # noqa: ANN401 - each kind has its own type
        """The value, or INVALID with a problem noted."""
        ...

    def json_schema(self) -> JsonSchema:
        """The same rule for an editor."""
        ...


def _text(node: Node, name: str, to: Reading) -> str | object:
    if isinstance(node, Scalar):
        if node.text.strip() == "":
            return to.wrong(node.mark, f"`{name}` has no value", _why_empty(node, to))
        if not node.quoted and node.text in NOTHING:
            hint = "write a value, or remove the line; put the word itself in quotes"
            return to.wrong(node.mark, f"`{name}` is `{node.text}`, YAML's word for no value", hint)
        return node.text
    shape = "a list" if isinstance(node, Sequence) else "a set of fields"
    written = to.file.line(node.mark.line)[node.mark.column - 1 :].rstrip()
    in_brackets = re.fullmatch(r"\[[^\[\]]*\]|\{[^{}]*\}", written)
    hint = f'put it in quotes: "{written.replace(chr(34), "”")}"' if in_brackets else "write the value on one line"
    return to.wrong(node.mark, f"`{name}` is {shape} where one text is wanted", hint)


def _why_empty(node: Scalar, to: Reading) -> str:
    rest = to.file.line(node.mark.line)[node.mark.column - 1 :]
    if rest.lstrip().startswith("#"):
        return "`#` begins a comment: put the value in quotes"
    return "write one, or remove the line"


def _cut_short(node: Node, name: str, to: Reading) -> bool:
    """Whether YAML takes the end of a text for a comment: `Dock #2 burns` would be published as `Dock`."""
    if not isinstance(node, Scalar) or node.quoted:
        return False
    behind = node.mark.column - 1 + node.mark.length
    cut = re.match(r"[ \t]+(#\S.*)", to.file.line(node.mark.line)[behind:])
    if not cut:
        return False
    column = behind + cut.start(1) + 1
    hint = "put the whole value in quotes; a real comment has a space after its `#`"
    to.wrong(Mark(node.mark.line, column, len(cut[1])), f"`{name}` ends before `#`, which begins a comment", hint)
    return True


class Text(NamedTuple):
    """Words; at most `longest` characters, at most `most_words` words."""

    longest: int = 2000
    most_words: int = 0

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = _text(node, name, to)
        if not isinstance(text, str) or _cut_short(node, name, to):
            return INVALID
        if len(text) > self.longest:
            hint = f"shorten it by {len(text) - self.longest}"
            return to.wrong(node.mark, f"`{name}` has {len(text)} characters, and at most {self.longest} fit", hint)
        text = " ".join(text.split())
        if self.most_words and len(text.split()) > self.most_words:
            count = len(text.split())
            return to.wrong(
                node.mark, f"`{name}` has {count} words, and at most {self.most_words} may be quoted", "shorten it"
            )
        return text

    def json_schema(self) -> JsonSchema:
        schema = _A_TEXT | {"maxLength": self.longest}
        if self.most_words:
            schema["pattern"] = rf"^\s*\S+(?:\s+\S+){{0,{self.most_words - 1}}}\s*$"
            schema["patternErrorMessage"] = f"at most {self.most_words} words"
        return schema


_AN_ID = {
    "type": ["string", "integer", "boolean"],
    "pattern": f"^{urls.SLUG.pattern}$",
    "patternErrorMessage": "lower-case words joined by hyphens, as maly-socheata",
    "minimum": 0,
}
"""`patternErrorMessage` is said by editors instead of the pattern; validators pass over it."""


class Slug:
    """An id: lower-case words joined by hyphens."""

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = _text(node, name, to)
        if not isinstance(text, str) or urls.is_slug(text):
            return text
        hint = f"did you mean `{urls.slug_of(text)}`?" if urls.slug_of(text) else "use lower-case letters and hyphens"
        return to.wrong(node.mark, f"`{name}` is not lower-case words joined by hyphens: {text}", hint)

    def json_schema(self) -> JsonSchema:
        return _AN_ID


class Choice(NamedTuple):
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = _text(node, name, to)
        if not isinstance(text, str) or text in self.options:
            return text
        hint = did_you_mean(text, self.options) or f"choose one of {', '.join(self.options)}"
        return to.wrong(node.mark, f"`{name}` cannot be `{text}`", hint)

    def json_schema(self) -> JsonSchema:
        return {"enum": list(self.options)}


class Flag:
    """`true` or `false`."""

    def read(self, node: Node, name: str, to: Reading) -> bool | object:
        text = _text(node, name, to)
        if not isinstance(text, str):
            return INVALID
        if text in {"true", "false"}:
            return text == "true"
        return to.wrong(node.mark, f"`{name}` is neither true nor false: {text}", "write true, or leave the field out")

    def json_schema(self) -> JsonSchema:
        return {"enum": [True, False, "true", "false"]}


class Date:
    """An EDTF date."""

    def read(self, node: Node, name: str, to: Reading) -> edtf.Edtf | object:
        text = _text(node, name, to)
        if not isinstance(text, str):
            return INVALID
        try:
            return edtf.parse(text)
        except edtf.EdtfError as error:
            return to.wrong(node.mark, f"`{name}`: {error}: {text}", error.hint)

    def json_schema(self) -> JsonSchema:
        return {
            "type": ["string", "integer"],
            "pattern": edtf.PATTERN,
            "patternErrorMessage": "a date in EDTF: 2025-07-24, 2025-07~, 2025-12-XX, 2025-07-24/2025-07-28",
            "minimum": 1,
            "maximum": edtf.LAST_YEAR,
        }


class TimeOfDay:
    """A time of day in the site's zone."""

    def read(self, node: Node, name: str, to: Reading) -> clock.Clock | object:
        text = _text(node, name, to)
        if not isinstance(text, str):
            return INVALID
        try:
            return clock.parse(text)
        except clock.ClockError as error:
            return to.wrong(node.mark, f"`{name}`: {error}: {text}", error.hint)

    def json_schema(self) -> JsonSchema:
        said = "a time of day: 16:30, 16:30~ for about, 04:00/06:30 for a span"
        return {"type": "string", "pattern": clock.PATTERN, "patternErrorMessage": said}


_IN_URL = r'[^\s<>"\\^`{|}]'
_PORT = "(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
WEB_ADDRESS = rf"^https?://(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]<>\"\\^`{{|}}]+)(?::{_PORT})?(?:[/?#]{_IN_URL}*)?$"
"""Without user and password, which have no place in a source."""


def is_web_address(text: str) -> bool:
    """Whether it is an address that a source may have."""
    if not re.match(WEB_ADDRESS, text) or text.endswith("\n"):
        return False
    try:
        return urlsplit(text).port != 0
    except ValueError:  # a port or an address of numbers that is none
        return False


class Url:
    """A web address with http or https."""

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = _text(node, name, to)
        if not isinstance(text, str):
            return INVALID
        if not is_web_address(text):
            scheme, separator, rest = text.partition("://")
            if scheme != scheme.lower() and is_web_address(lower := f"{scheme.lower()}{separator}{rest}"):
                return to.wrong(node.mark, f"`{name}` begins in capitals: {text}", f"did you mean {lower}?")
            hint = f"did you mean https://{text}?" if re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", text) else ""
            if text.startswith(("https://", "http://")):
                hint = "a space in it is written %20" if " " in text else "copy it from the browser's address line"
            return to.wrong(node.mark, f"`{name}` is not a web address: {text}", hint or "begin it with https://")
        return text

    def json_schema(self) -> JsonSchema:
        said = "a web address: it begins with https:// and has no space"
        return {"type": "string", "pattern": WEB_ADDRESS, "patternErrorMessage": said}


_NUMBERS_IN_WORDS = (
    (re.compile(r"(?:about|around|approximately|some|nearly|almost|~) ?(\d+)", re.IGNORECASE), "about: {}"),
    (re.compile(r"(?:at least|more than|over|≥|>) ?(\d+)", re.IGNORECASE), "at_least: {}"),
    (re.compile(r"(\d+) ?\+"), "at_least: {}"),
    (re.compile(r"(?:at most|up to|less than|under|≤|<) ?(\d+)", re.IGNORECASE), "at_most: {}"),
    (re.compile(r"(?:between )?(\d+) ?(?:-|–|to|and) ?(\d+)", re.IGNORECASE), "between: [{}, {}]"),
)
"""How a count is said in words, and the field that says the same."""


_BEFORE_ITEM = re.compile(r"^[-–—*•]+\s*")
"""What is taken for the mark of an item where a list is wanted."""
_BULLET = re.compile(r"[–—*•·]\s")
"""What books and other programs begin an item with."""
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[ ,_\u00a0](?=\d{3}(?!\d))")
"""Before groups of three digits: `1,200` is a thousand and two hundred, and `14,5` fourteen and a half."""


class Number(NamedTuple):
    """A number in plain digits, both ends inclusive."""

    lowest: float = 0
    highest: float = 1e12
    hint: str = ""

    def read(self, node: Node, name: str, to: Reading) -> float | object:
        text = _text(node, name, to)
        if not isinstance(text, str):
            return INVALID
        if re.fullmatch(r"-?\d{16,}", text, re.ASCII):
            return to.wrong(node.mark, f"`{name}` is a number of more than 15 digits: {text}", "look at it again")
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", text, re.ASCII):
            return to.wrong(node.mark, f"`{name}` is not a number: {text}", self._likely(text))
        value = float(text) if "." in text else int(text)
        if not self.lowest <= value <= self.highest:
            message = f"`{name}` is not between {self.lowest:,} and {self.highest:,.0f}: {text}"
            return to.wrong(node.mark, message, self.hint or "write a number in plain digits, without a sign")
        return value

    def _likely(self, text: str) -> str:
        plain = _BETWEEN_THOUSANDS.sub("", text)
        comma = re.fullmatch(r"(-?\d+),(\d+)", text, re.ASCII)
        written = [plain, f"{comma[1]}.{comma[2]}" if comma else ""]
        numbers = [each for each in written if re.fullmatch(r"-?\d+(\.\d+)?", each, re.ASCII)]
        if numbers:
            fit = (each for each in numbers if self.lowest <= float(each) <= self.highest)
            return f"did you mean {next(fit, numbers[0])}?"
        for pattern, form in _NUMBERS_IN_WORDS:
            if match := pattern.fullmatch(plain):
                return f"write `{form.format(*match.groups())}`"
        return "write plain digits"

    def json_schema(self) -> JsonSchema:
        minus = "-?" if self.lowest < 0 else "(?:-(?=[0.]+$))?"
        digits = f"^{minus}[0-9]{{1,15}}(?:[.][0-9]{{1,9}})?$"
        return {
            "type": ["number", "string"],
            "minimum": self.lowest,
            "maximum": self.highest,
            "pattern": digits,
        }


class Range:
    """`[low, high]`: two numbers, the lower first."""

    def read(self, node: Node, name: str, to: Reading) -> tuple[float, float] | object:
        if not isinstance(node, Sequence) or len(node.items) != 2:  # noqa: PLR2004 - a pair
            pair = re.fullmatch(r"(\d+)\D+(\d+)", node.text, re.ASCII) if isinstance(node, Scalar) else None
            example = f"write [{pair[1]}, {pair[2]}]" if pair else "write [low, high], as [20, 30]"
            return to.wrong(node.mark, f"`{name}` is not two numbers", example)
        low, high = (Number().read(item, name, to) for item in node.items)
        if isinstance(low, (int, float)) and isinstance(high, (int, float)):
            if low < high:
                return (low, high)
            if low == high:
                return to.wrong(node.mark, f"`{name}` has the same number twice", f"write `value: {high:g}` instead")
            return to.wrong(node.mark, f"`{name}` does not begin with the lower number", f"write [{high:g}, {low:g}]")
        return INVALID

    def json_schema(self) -> JsonSchema:
        return {"type": "array", "items": Number().json_schema(), "minItems": 2, "maxItems": 2}


class Ref(NamedTuple):
    """The id of a record of another kind.  With `or_words`, what does not look like an id is taken as words."""

    to: str
    or_words: bool = False

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = _text(node, name, to)
        if not isinstance(text, str):
            return INVALID
        if self.or_words and not urls.is_slug(text):
            return " ".join(text.split())
        text = sys.intern(text)  # the same few ids are in all entries, and each is kept once, in what is read back too
        to.references.append(Reference(self.to, text, node.mark))
        return text

    def json_schema(self) -> JsonSchema:
        return _A_TEXT if self.or_words else _AN_ID


_LONGEST_NAME = 200


class Names:
    """A mapping of languages, or of sides, to names."""

    def read(self, node: Node, name: str, to: Reading) -> tuple[tuple[str, str], ...] | object:
        if not isinstance(node, Mapping):
            return to.wrong(node.mark, f"`{name}` is not a set of names", "write {th: …, km: …}")
        pairs = [(key.text, Text(_LONGEST_NAME).read(value, f"{name}.{key.text}", to)) for key, value in node.items]
        return INVALID if any(value is INVALID for _, value in pairs) else tuple(pairs)

    def json_schema(self) -> JsonSchema:
        return {"type": "object", "additionalProperties": Text(_LONGEST_NAME).json_schema()}


class ListOf(NamedTuple):
    """A list; with `or_one`, a single value stands for a list of one."""

    item: Kind
    least: int = 0
    or_one: bool = False
    most: int = 500

    def read(self, node: Node, name: str, to: Reading) -> tuple[Any, ...] | object:
        if not isinstance(node, Sequence):
            if self.or_one:
                value = self.item.read(node, name, to)
                return INVALID if value is INVALID else (value,)
            if isinstance(node, Scalar) and node.text == "":
                return to.wrong(node.mark, f"`{name}` has no value", "write a list, or remove the line")
            hint = "begin each item with `- `"
            if isinstance(self.item, Table):
                hint = f"begin each item with `- {self.item.fields[0].name}: …`"
            elif isinstance(node, Scalar):
                hint = f"write [{_BEFORE_ITEM.sub('', node.text).strip('()')}]"
            if isinstance(node, Scalar) and (bullet := _BULLET.match(node.text)):
                hint = f"begin each item with `- `, not with `{bullet[0].strip()} `"
            return to.wrong(node.mark, f"`{name}` is not a list", hint)
        if len(node.items) < self.least:
            return to.wrong(node.mark, f"`{name}` is empty", f"it needs at least {self.least}")
        if len(node.items) > self.most:
            message = f"`{name}` has {len(node.items):,} items, and at most {self.most} fit"
            return to.wrong(node.items[self.most].mark, message, "keep those that matter")
        values = tuple(self.item.read(item, name, to) for item in node.items)
        return self._sound(node, values, name, to)

    def _sound(self, node: Sequence, values: tuple[Any, ...], name: str, to: Reading) -> tuple[Any, ...] | object:
        """The values, when each was read, and each id is named once."""
        if INVALID in values:
            return INVALID
        if isinstance(self.item, Ref) and len(set(values)) < len(values):
            index = next(index for index, value in enumerate(values) if value in values[:index])
            return to.wrong(node.items[index].mark, f"`{name}` has `{values[index]}` twice", "keep one")
        return values

    def json_schema(self) -> JsonSchema:
        several = {"type": "array", "items": self.item.json_schema(), "minItems": self.least, "maxItems": self.most}
        if isinstance(self.item, Ref):
            several["uniqueItems"] = True
        return {"anyOf": [self.item.json_schema(), several]} if self.or_one else several


class Field(NamedTuple):
    """One field: what it is called, what it may hold, and what it means.  `into` is the record's name for it."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    into: str = ""


class MakeError(ValueError):
    """Fields that are fine each for itself and do not go together."""

    def __init__(self, message: str, hint: str = "", at: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.at = at


class Table:
    """A set of fields, read into a record by `make`, which takes them by name and may raise MakeError."""

    def __init__(
        self,
        noun: str,
        fields: tuple[Field, ...],
        make: Callable[..., Any] = dict,
        one_of: tuple[str, ...] = (),
        together: JsonSchema | None = None,
    ) -> None:
        """A set of fields; of `one_of` exactly one must be given.

        together: what `make` asks of several fields, as far as JSON Schema can say it.
        """
        self.noun = noun
        self.fields = fields
        self.make = make
        self.one_of = one_of
        self.together = together or {}

    def read(self, node: Node, name: str, to: Reading) -> Any:  # noqa: ANN401, ARG002 - a record of any type; the noun serves
        if not isinstance(node, Mapping):
            ident = node.text if isinstance(node, Scalar) and urls.is_slug(node.text) else "…"
            wanted = {field.name: ident if field.name == "id" else "…" for field in self.fields if field.required}
            example = ", ".join(f"{name}: {value}" for name, value in wanted.items()) or "field: value"
            return to.wrong(node.mark, f"{self.noun} is a set of fields", f"write {{{example}}}")
        known = self._known
        values: dict[str, Any] = {}
        for index, (key, value) in enumerate(node.items):
            if to.is_full:
                return INVALID
            if key.text not in known:
                hint = did_you_mean(key.text, known) or f"{self.noun} has {', '.join(known)}"
                if index and _is_rest_of(key, value, node.items[index - 1][1]):
                    hint = "a comma in { } begins a new field: put the value in quotes, or a number in plain digits"
                to.wrong(key.mark, f"unknown field `{key.text}`", hint)
                values[key.text] = INVALID
                continue
            field_ = known[key.text]
            values[field_.into or field_.name] = field_.kind.read(value, field_.name, to)
        self._missing(node, to, values)
        if INVALID in values.values():
            return INVALID
        try:
            return self.make(**values)
        except MakeError as error:
            at = next((key.mark for key, _ in node.items if key.text == error.at), node.mark)
            return to.wrong(at, str(error), error.hint)

    @cached_property
    def _known(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def _required(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.required)

    def _missing(self, node: Mapping, to: Reading, values: dict[str, Any]) -> None:
        written = {key.text for key, _ in node.items}
        missing = [field for field in self._required if field.name not in written]
        slips = {did_you_mean(word, self._known) for word in written - self._known.keys()} if missing else set()
        for field_ in missing:
            values[field_.into or field_.name] = INVALID
            if f"did you mean `{field_.name}`?" not in slips:  # else the slip has been told already
                hint = f"add `{field_.name}: …`, {field_.about}"
                to.wrong(node.mark, f"{self.noun} needs `{field_.name}`", hint)
        given = [name for name in self.one_of if name in written]
        if self.one_of and len(given) != 1 and INVALID not in values.values():
            values["one_of"] = INVALID
            choice = ", ".join(self.one_of)
            if given:
                mark = next(key.mark for key, _ in node.items if key.text == given[1])
                to.wrong(mark, f"{self.noun} has both `{given[0]}` and `{given[1]}`", f"keep exactly one of {choice}")
            else:
                to.wrong(node.mark, f"{self.noun} has no number", f"give exactly one of {choice}")

    def json_schema(self) -> JsonSchema:
        properties = {field.name: field.kind.json_schema() | {"description": field.about} for field in self.fields}
        schema: JsonSchema = {
            "type": "object",
            "properties": properties,
            "required": [field.name for field in self.fields if field.required],
            "additionalProperties": False,
        } | self.together
        if self.one_of:
            schema["oneOf"] = [{"required": [name]} for name in self.one_of]
        return schema


def _is_rest_of(key: Scalar, value: Node, last: Node) -> bool:
    """Whether an unknown field is what a comma has cut off the value before it: `{value: 1,200}`."""
    follows = isinstance(last, Scalar) and last.mark.line == key.mark.line
    return follows and isinstance(value, Scalar) and value.text == "" and not value.quoted


class DefinedOrRef(NamedTuple):
    """An id, or a whole record defined in place, of which the id is kept and the record noted."""

    to: str
    table: Table

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        if not isinstance(node, Mapping):
            return Ref(self.to).read(node, name, to)
        record: object = self.table.read(node, name, to)
        if not isinstance(record, model.Source):
            return INVALID
        ident = node.get("id")
        to.defined.append((record, ident.mark if ident else node.mark))
        return record.id

    def json_schema(self) -> JsonSchema:
        return {"anyOf": [Ref(self.to).json_schema(), self.table.json_schema()]}
