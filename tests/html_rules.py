"""Whether a page is valid HTML, and can be read by everyone, as far as that can be told without a browser.

Parse errors are html5lib's, which follows the standard's own algorithm.  The rules of content, and of those who listen
to a page or walk it by keyboard, are plain functions from a document to its faults, gathered in RULES.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import html5lib
from html5lib.constants import E as PARSE_ERRORS
from html_elements import (
    ARIA,
    ARIA_IDS,
    ATTRIBUTES,
    FIRST_CHILD,
    GLOBAL_ATTRIBUTES,
    ID_REFERENCES,
    NEVER_INSIDE,
    OBSOLETE,
    ONLY_CHILDREN,
    ONLY_PARENTS,
    PHRASING,
    PHRASING_ONLY,
    ROLES,
    TABLE_PARTS,
    TRANSPARENT,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Node:
    """An element and those that it lies in, the outermost first."""

    element: Element
    ancestors: tuple[Element, ...]

    @property
    def tag(self) -> str:
        """Its name; that of a drawing's element begins with `{`."""
        return self.element.tag

    @property
    def parent(self) -> str:
        """The name of the element that it lies in."""
        return self.ancestors[-1].tag if self.ancestors else ""

    def __str__(self) -> str:
        """As a reader of the page's source would recognise it: `<a class="event__link"> "Fighting begins"`."""
        names = (name for name in ("id", "class", "href") if self.element.get(name))
        known = next((f' {name}="{self.element.get(name)}"' for name in names), "")
        words = _text(self.element)
        return f"<{self.tag.rpartition('}')[2]}{known}>" + (f' "{words[:40]}"' if words else "")


@dataclass(frozen=True)
class Document:
    """A page as a browser would read it.  parse_errors: each with its line and column."""

    source: str
    root: Element
    parse_errors: tuple[str, ...]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All elements in the order of the page."""
        return tuple(_walk(self.root, ()))

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """The elements that have an id."""
        return {node.element.attrib["id"]: node.element for node in self.nodes if "id" in node.element.attrib}

    def named(self, *tags: str) -> Iterator[Node]:
        """The elements of these names, in the order of the page."""
        return (node for node in self.nodes if node.tag in tags)


def read_html(text: str) -> Document:
    """Read a page, with all its parse errors."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text)
    errors = tuple(
        f"line {line}, column {col}: {PARSE_ERRORS[code] % data}" for (line, col), code, data in parser.errors
    )
    return Document(text, root, errors)


def html_faults(page: str | Document) -> list[str]:
    """All that is wrong with a page, in words."""
    document = read_html(page) if isinstance(page, str) else page
    return [fault for rule in RULES for fault in rule(document)]


def parse_errors(document: Document) -> Iterable[str]:
    """What the parsing algorithm calls an error: unclosed and stray tags, bad nesting, an attribute given twice."""
    return document.parse_errors


def document_faults(document: Document) -> Iterator[str]:
    """A page says its language, encoding and title, and has one main part."""
    if not document.root.get("lang"):
        yield "<html> has no lang"
    if not re.search(r"<meta charset=['\"]?utf-8\b", document.source[:1024], re.IGNORECASE):
        yield "no <meta charset=utf-8> within the first 1024 characters"
    titles = [_text(node.element) for node in document.named("title") if node.parent == "head"]
    if len(titles) != 1 or not titles[0]:
        yield f"{len(titles)} titles in <head>" if len(titles) != 1 else "the <title> is empty"
    mains = sum("hidden" not in node.element.attrib for node in document.named("main"))
    if mains != 1:
        yield f"{mains} visible <main>"


def vocabulary_faults(document: Document) -> Iterator[str]:
    """Elements and attributes are the standard's."""
    for node in document.nodes:
        if node.tag.startswith("{"):
            continue
        if node.tag not in ATTRIBUTES:
            yield f"{node} is {'obsolete' if node.tag in OBSOLETE else 'not an element of HTML'}"
            continue
        for name, value in node.element.attrib.items():
            if not _is_attribute(node.tag, name):
                yield f"{node} has an attribute that is not its own: `{name}`"
            elif (form := VALUES.get(name)) and not re.fullmatch(form, value):
                yield f'{node}: {name}="{value}" is not one of its values'
        for role in node.element.get("role", "").split():
            if role not in ROLES:
                yield f"{node}: there is no role `{role}`"


def content_faults(document: Document) -> Iterator[str]:
    """Elements stand where they may stand."""
    for node in document.nodes:
        tag, parent = node.tag, node.parent
        if tag.startswith("{") or parent.startswith("{"):
            continue
        if (children := ONLY_CHILDREN.get(parent)) and tag not in children:
            yield f"{node} in <{parent}>, which takes only {', '.join(sorted(children))}"
        elif (parents := ONLY_PARENTS.get(tag)) and parent not in parents:
            yield f"{node} in <{parent}>; its place is in {', '.join(sorted(parents))}"
        if tag not in PHRASING:
            holder = next((a.tag for a in reversed(node.ancestors) if a.tag not in TRANSPARENT), "")
            if holder in PHRASING_ONLY and not (holder in {"legend", "summary"} and tag in HEADINGS):
                yield f"{node} in <{holder}>, which takes only text and what stands in text"
        for outer in NEVER_INSIDE.get(tag, frozenset()).intersection(a.tag for a in node.ancestors):
            yield f"{node} inside <{outer}>"
        if tag in ONLY_CHILDREN and _own_text(node.element):
            yield f"{node} holds bare text"


def order_faults(document: Document) -> Iterator[str]:
    """What comes first in its parent does, and is there where it must be."""
    for node in document.nodes:
        if node.tag in FIRST_CHILD and next(_children(node.ancestors[-1])) is not node.element:
            yield f"{node} is not the first in <{node.parent}>"
        if node.tag == "details" and next((child.tag for child in _children(node.element)), "") != "summary":
            yield f"{node} does not begin with a <summary>"


def list_faults(document: Document) -> Iterator[str]:
    """In a list of descriptions, each group has its terms and then what is said of them."""
    for node in document.nodes:
        if node.tag in {"dt", "dd"} and node.parent == "div" and node.ancestors[-2].tag != "dl":
            yield f"{node} in a <div> that is not in a <dl>"
        if node.tag == "dl" or (node.tag == "div" and node.parent == "dl"):
            kinds = [child.tag for child in _children(node.element) if child.tag in {"dt", "dd"}]
            groups = node.tag == "dl" and any(child.tag == "div" for child in _children(node.element))
            if groups and kinds:
                yield f"{node} has terms both in groups and outside"
            elif not groups and (kinds[:1] != ["dt"] or kinds[-1:] != ["dd"]) and (kinds or node.tag == "div"):
                yield f"{node} does not go from <dt> to <dd>"


def id_faults(document: Document) -> Iterator[str]:
    """An id is given once, and is a word."""
    ids = Counter(node.element.attrib["id"] for node in document.nodes if "id" in node.element.attrib)
    for name, count in ids.items():
        if count > 1:
            yield f'id="{name}" is given {count} times'
        if not name or re.search(r"\s", name):
            yield f'id="{name}" is not a word'


def reference_faults(document: Document) -> Iterator[str]:
    """What is named by id is there."""
    for node in document.nodes:
        for name, value in node.element.attrib.items():
            if name in ARIA_IDS or node.tag in ID_REFERENCES.get(name, ()):
                if not value.strip():
                    yield f"{node}: {name} is empty"
                for target in value.split():
                    if target not in document.by_id:
                        yield f'{node}: {name}="{target}" names no element of the page'


def heading_faults(document: Document) -> Iterator[str]:
    """One h1; below a heading come the next level's; each says something."""
    headings = list(document.named(*HEADINGS))
    count = sum(node.tag == "h1" for node in headings)
    if count != 1:
        yield f"{count} <h1>"
    for above, below in pairwise(headings):
        if int(below.tag[1]) > int(above.tag[1]) + 1:
            yield f"{below} comes after {above}: a level is skipped"
    for node in headings:
        if not _name(node.element, document):
            yield f"{node} is empty"


def picture_faults(document: Document) -> Iterator[str]:
    """A picture is described, or said to need no description."""
    for node in document.nodes:
        if node.tag == "img" and "alt" not in node.element.attrib:
            yield f"{node} has no alt"
        if node.tag == f"{SVG}svg" and not _is_hidden(node) and not _name(node.element, document):
            yield f"{node} is neither named nor aria-hidden"


def name_faults(document: Document) -> Iterator[str]:
    """What can be followed, pressed or filled in has a name; in a template the script that takes it gives one."""
    labelled = {node.element.get("for") for node in document.named("label") if _name(node.element, document)}
    for node in document.nodes:
        element = node.element
        if any(ancestor.tag == "template" for ancestor in node.ancestors):
            continue
        if node.tag in {"button", "summary"} or (node.tag in {"a", f"{SVG}a"} and "href" in element.attrib):
            named = bool(_name(element, document))
        elif node.tag in {"select", "textarea"} or (node.tag == "input" and element.get("type") not in SELF_NAMED):
            wrapped = any(a.tag == "label" and _name(a, document) for a in node.ancestors)
            named = wrapped or element.get("id", "") in labelled or bool(_label(element, document))
        else:
            continue
        if not named:
            yield f"{node} has no name"


def nesting_faults(document: Document) -> Iterator[str]:
    """Nothing that can be pressed lies in something that can be pressed."""
    for node in document.nodes:
        if _is_interactive(node.element):
            for outer in node.ancestors:
                if outer.tag in {"a", "button"} or outer.get("role") in {"button", "link"}:
                    yield f"{node} inside <{outer.tag}>: which of them is meant?"


def time_faults(document: Document) -> Iterator[str]:
    """A machine can read each time, date and duration."""
    for node in document.named("time", "ins", "del"):
        value = node.element.get("datetime", _text(node.element) if node.tag == "time" else None)
        if value is not None and not is_time(value):
            yield f"{node}: `{value}` is not a date, time or duration of HTML"


def table_faults(document: Document) -> Iterator[str]:
    """A table's parts come in their order, and all of its rows are as wide as the first."""
    for node in document.named("table"):
        parts = [TABLE_PARTS.index(part.tag) for part in _children(node.element) if part.tag in TABLE_PARTS]
        if parts != sorted(parts) or any(parts.count(TABLE_PARTS.index(once)) > 1 for once in ("thead", "tfoot")):
            yield f"{node}: its parts are not in the order {', '.join(TABLE_PARTS)}"
        widths: list[int] = []
        for group in _children(node.element):
            rows = [group] if group.tag == "tr" else [row for row in _children(group) if row.tag == "tr"]
            if group.tag in {"tr", "thead", "tbody", "tfoot"}:
                found, rest = _row_widths(rows)
                widths += found
                if rest:
                    yield f"{node}: a rowspan reaches below the last row of <{group.tag}>"
        for number, width in enumerate(widths, 1):
            if width != widths[0]:
                yield f"{node}: row {number} is {width} columns wide, the first {widths[0]}"
        if not widths:
            yield f"{node} has no row"


def inline_code_faults(document: Document) -> Iterator[str]:
    """No code in the page: a strict policy would block it."""
    for node in document.nodes:
        kind = node.element.get("type", "")
        if node.tag == "script" and "src" not in node.element.attrib and not kind.endswith("json"):
            yield f"{node} in the page"
        if node.tag in {"style", f"{SVG}style"}:
            yield f"{node} in the page"
        for name, value in node.element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f'{node} has {name}="{value}"'
            if re.match(r"\s*(javascript|vbscript):", value, re.IGNORECASE):
                yield f"{node}: {name} is code"


def address_faults(document: Document) -> Iterator[str]:
    """Where an address is expected, there is one, without a character that an address cannot have."""
    for node in document.nodes:
        for name in ("href", "src", "srcset", "action", "poster", "cite"):
            value = node.element.get(name)
            if value is not None and not value.strip():
                yield f"{node}: {name} is empty"
            elif value is not None and name != "srcset" and re.search(r'[\s<>"\\^`{|}]', value):
                yield f'{node}: {name}="{value}" is not an address'
        for tag, name in (("img", "src"), ("a", "href"), ("link", "href")):
            if node.tag == tag and name not in node.element.attrib:
                yield f"{node} has no {name}"


RULES: tuple[Callable[[Document], Iterable[str]], ...] = (
    parse_errors,
    document_faults,
    vocabulary_faults,
    content_faults,
    order_faults,
    list_faults,
    id_faults,
    reference_faults,
    heading_faults,
    picture_faults,
    name_faults,
    nesting_faults,
    time_faults,
    table_faults,
    inline_code_faults,
    address_faults,
)

SVG = "{http://www.w3.org/2000/svg}"
SELF_NAMED = frozenset({"hidden", "submit", "reset", "image"})
"""Types of input that need no label."""

VALUES = {
    "dir": "ltr|rtl|auto",
    "lang": r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?",
    "hreflang": r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?",
    "tabindex": "0|-1",
    "scope": "row|col|rowgroup|colgroup",
    "colspan": "[1-9][0-9]*",
    "rowspan": "[1-9][0-9]*",
    "width": "[1-9][0-9]*",
    "height": "[1-9][0-9]*",
    "loading": "lazy|eager",
    "decoding": "async|sync|auto",
    "method": "get|post|dialog",
    "aria-hidden": "true|false",
    "aria-expanded": "true|false",
    "aria-current": "page|step|location|date|time|true|false",
    "aria-live": "polite|assertive|off",
}
"""Attributes with few values.  A positive tabindex is valid, and would upset the order of the page."""

_ZONE = r"(?:Z|[+-]([01]\d|2[0-3]):?([0-5]\d))"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?"
_WITHOUT_A_DAY = re.compile(
    rf"(?!0000)\d{{4,}}(-(0[1-9]|1[0-2]))?|(?!0000)\d{{4,}}-W(0[1-9]|[1-4]\d|5[0-3])|{_CLOCK}|{_ZONE}"
    r"|P(?=[\dT])(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,3})?S)?)?",
    re.ASCII,
)
_WITH_A_DAY = re.compile(
    rf"(?:(?P<year>\d{{4,}})-)?(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?P<rest>[T ]{_CLOCK}{_ZONE}?)?",
    re.ASCII,
)


def is_time(text: str) -> bool:
    """Whether `<time datetime>` may have it: a date, month, year, week, time, offset, moment or duration."""
    if not (found := _WITH_A_DAY.fullmatch(text)):
        return _WITHOUT_A_DAY.fullmatch(text) is not None
    if not found["year"] and found["rest"]:
        return False
    year = int(found["year"] or 2000)  # 29 February is a yearless date
    return year > 0 and 1 <= int(found["day"]) <= monthrange(min(year, 9999), int(found["month"]))[1]


def _walk(element: Element, ancestors: tuple[Element, ...]) -> Iterator[Node]:
    yield Node(element, ancestors)
    for child in _children(element):
        yield from _walk(child, (*ancestors, element))


def _children(element: Element) -> Iterator[Element]:
    """The elements in it, without comments, whose name is a function."""
    return (child for child in element if not callable(child.tag))


def _own_text(element: Element) -> str:
    """The text that lies in it and in no other element."""
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def _text(element: Element) -> str:
    """All text in it, in one line."""
    return " ".join("".join(element.itertext()).split())


def _label(element: Element, document: Document) -> str:
    """The name that its attributes give it."""
    if label := (element.get("aria-label") or element.get("title") or "").strip():
        return label
    targets = element.get("aria-labelledby", "").split()
    return " ".join(_text(document.by_id[target]) for target in targets if target in document.by_id)


def _name(element: Element, document: Document) -> str:
    """What a screen reader calls it: by its attributes, else by what it shows."""
    return _label(element, document) or " ".join(_shown(element)).strip()


def _shown(element: Element) -> Iterator[str]:
    if element.get("aria-hidden") == "true" or "hidden" in element.attrib:
        return
    yield element.get("alt", "") or element.get("aria-label", "") or (element.text or "").strip()
    for child in element:
        if not callable(child.tag):
            yield from _shown(child)
        yield (child.tail or "").strip()


def _is_hidden(node: Node) -> bool:
    line = (*node.ancestors, node.element)
    return any(element.get("aria-hidden") == "true" or "hidden" in element.attrib for element in line)


def _is_attribute(tag: str, name: str) -> bool:
    """Handlers and styles are the business of another rule."""
    return (
        name in GLOBAL_ATTRIBUTES
        or name in ATTRIBUTES[tag]
        or name in ARIA
        or name.startswith("on")
        or re.fullmatch(r"data-[a-z0-9.-]+", name) is not None
    )


def _is_interactive(element: Element) -> bool:
    return (
        element.tag in {"button", "details", "label", "select", "textarea"}
        or (element.tag == "a" and "href" in element.attrib)
        or (element.tag == "input" and element.get("type") != "hidden")
        or "tabindex" in element.attrib
    )


def _row_widths(rows: list[Element]) -> tuple[list[int], bool]:
    """How many columns each row of a group takes, and whether a cell reaches below the last."""
    widths: list[int] = []
    hanging: list[int] = []  # for each column, how many further rows a cell from above takes
    for row in rows:
        cells = [cell for cell in _children(row) if cell.tag in {"td", "th"}]
        below = [max(0, rest - 1) for rest in hanging]
        column = 0
        for cell in cells:
            while column < len(hanging) and hanging[column]:
                column += 1
            width, height = (_count(cell.get(name)) for name in ("colspan", "rowspan"))
            below += [0] * (column + width - len(below))
            below[column : column + width] = [height - 1] * width
            column += width
        taken_from_above = max((index + 1 for index, rest in enumerate(hanging) if rest), default=0)
        widths.append(max(column, taken_from_above))
        hanging = below
    return widths, any(hanging)


def _count(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and int(value) else 1
