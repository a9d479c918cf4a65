"""One text file -> its record, with what must still be looked up elsewhere.  A pure function of path and text."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from generator.reading import fields
from generator.reading.prose import read_prose
from generator.reading.schema import INVALID, ListOf, Reading, Reference, Table
from generator.reading.sentences import uncited_sentences
from generator.reading.yaml_nodes import Mapping, Node, Scalar, Sequence, parse_yaml
from generator.record import model, urls
from generator.record.problems import Mark, Problem, TextFile
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_START = Mark()
_DOCUMENTS: dict[str, tuple[Table, Callable[..., Any]]] = {
    "events": (fields.EVENT, model.Event),
    "agreements": (fields.AGREEMENT, model.Agreement),
    "pages": (fields.PAGE, model.Page),
}
_LISTS = {
    "sources": ListOf(fields.SOURCE),
    "actors.yml": ListOf(fields.ACTOR),
    "places.yml": ListOf(fields.PLACE),
}


_MERGE_SIGNS = ("<" * 7, "=" * 7, ">" * 7)
_MERGE = re.compile(r"^(?:<{7}|>{7}) \S.*|(?<=\n\n)={7}$", re.MULTILINE)
"""In a text; in YAML `=======` is told as it is, and right under words it underlines them."""
_DEFINES = re.compile(r"^\s*-\s*\{?\s*id:\s*([a-z0-9-]+)", re.MULTILINE)
"""A line of front matter that begins a source in place, or something else that has an id."""


class Written(NamedTuple):
    """A record together with the file that it was read from.

    record: an Event, Agreement, Page, Settings, Vocabulary, or a tuple of Actors, Places or Sources; None with errors.
    references, defined: ids that must exist, and sources defined in place, each with its mark.
    """

    file: TextFile
    record: Any
    root: Node | None = None
    body_offset: int = 0
    references: tuple[Reference, ...] = ()
    defined: tuple[tuple[Any, Mark], ...] = ()
    problems: tuple[Problem, ...] = ()
    uncited: tuple[tuple[int, str], ...] = ()
    """Of a sound entry, its sentences without a citation, each with its offset in the file."""

    @property
    def listed(self) -> tuple[Any, ...]:
        """The records of a file that is a list."""
        return model.listed_in(self.record)

    @property
    def folder(self) -> str:
        """The folder of the content that it lies in, or the name of a list: `events`, `actors.yml`."""
        return self.file.name.partition("/")[0]

    @property
    def stem(self) -> str:
        """The file's name without folders and ending: the slug of an entry."""
        return self.file.name.rpartition("/")[2].rpartition(".")[0]

    def identified(self, key: str = "") -> Iterator[tuple[Scalar, Mapping]]:
        """The mappings with an `id` in the file's list, or in the list under `key`: each with its id."""
        below = self.root.get(key) if isinstance(self.root, Mapping) and key else None
        listed = below if key else self.root
        for node in listed.items if isinstance(listed, Sequence) else ():
            ident = node.get("id") if isinstance(node, Mapping) else None
            if isinstance(node, Mapping) and isinstance(ident, Scalar):
                yield ident, node

    @property
    def perhaps_defined(self) -> tuple[str, ...]:
        """Of a faulty document, what its lines seem to define: nobody is told that this is not there."""
        return tuple(_DEFINES.findall(self.file.text, 0, self.body_offset)) if self.problems else ()

    def mark(self, *path: str | int) -> Mark:
        """Where a value stands: `mark("figures", 0, "as_of")`; the nearest that there is."""
        node, found = self.root, _START
        for step in path:
            following: Node | None = None
            if isinstance(node, Mapping) and isinstance(step, str):
                following = node.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int):
                following = node.items[step] if step < len(node.items) else None
            if following is None:
                break
            node = following
            found = node.mark
        return found


def read_record(file: TextFile) -> Written:
    """The record of a file; which kind it is, its place in the content folder tells."""
    folder = file.name.partition("/")[0]
    mark = _MERGE.search(file.text) if any(sign in file.text for sign in _MERGE_SIGNS) else None
    if mark:
        from generator.reading.yaml_mistakes import UNFINISHED_MERGE  # noqa: PLC0415 - hardly ever needed

        problem = file.problem(file.mark_at(mark.start(), len(mark[0])), *UNFINISHED_MERGE)
        front = _FRONT_MATTER.match(file.text)
        return Written(file, None, body_offset=front.end() if front else len(file.text), problems=(problem,))
    if folder in _DOCUMENTS:
        return _document(file, *_DOCUMENTS[folder])
    if folder in _LISTS:
        return _list(file, _LISTS[folder], folder)
    return _single(file, fields.SETTINGS if folder == "site.yml" else fields.VOCABULARY)


def _document(file: TextFile, table: Table, make: Callable[..., Any]) -> Written:
    """A Markdown file with front matter."""
    to = Reading(file)
    stem = file.name.rpartition("/")[2].removesuffix(".md")
    if not urls.is_slug(stem):
        hint = (
            f"rename it to `{urls.slug_of(stem)}.md`"
            if urls.slug_of(stem)
            else "use lower-case letters, digits and hyphens"
        )
        to.wrong(_START, f"the file's name is not lower-case words joined by hyphens: {stem}.md", hint)
    match = _FRONT_MATTER.match(file.text)
    if not match:
        if file.text.startswith("---"):
            to.wrong(_START, "the front matter is opened and not closed", "end it with a line of three hyphens: ---")
        elif file.text.strip() == "":
            to.wrong(_START, "the file is empty", f"`build.py new` begins an entry; {table.noun} {_needs(table)}")
        elif file.text.lstrip().startswith("---"):
            to.wrong(_START, "the front matter does not begin on the first line", "remove what stands above its `---`")
        else:
            to.wrong(_START, "the file has no front matter", "begin it with `---`, the fields, and `---`")
        return Written(file, None, problems=tuple(to.problems))
    root, problems = parse_yaml(file, match[1], first_line=2)
    to.problems += problems
    values: Any = INVALID
    if root is not None:
        values = table.read(root, stem, to)
    elif not problems:
        to.wrong(
            _START,
            "the front matter is empty",
            f"{table.noun} {_needs(table)}",
        )
    body, lead = read_prose(file, match.end(), to)
    record = None
    if values is not INVALID and not to.problems:
        record = make(slug=stem, file=file.name, body=body, lead=lead, **values)
    uncited = tuple(uncited_sentences(file.text, match.end())) if isinstance(record, model.Event) else ()
    references, defined = tuple(to.references), tuple(to.defined)
    return Written(file, record, root, match.end(), references, defined, tuple(to.problems), uncited)


def _needs(table: Table) -> str:
    return f"needs {', '.join(field.name for field in table.fields if field.required)}"


def _list(file: TextFile, kind: ListOf, name: str) -> Written:
    """A YAML file that is a list.  Sound items are kept when others have errors, so that references to them hold."""
    to = Reading(file)
    root, problems = parse_yaml(file, file.text)
    to.problems += problems
    records: tuple[Any, ...] = ()
    if isinstance(root, Sequence):
        readable = takewhile(lambda _: not to.is_full, root.items)
        records = tuple(record for item in readable if (record := kind.item.read(item, name, to)) is not INVALID)
    elif root is not None and not (isinstance(root, Scalar) and root.text == ""):
        to.wrong(root.mark, f"{file.name} is not a list", "begin each item with `- id: …`")
    return Written(file, records, root, 0, tuple(to.references), (), tuple(to.problems))


def _single(file: TextFile, table: Table) -> Written:
    """A YAML file that is one record."""
    to = Reading(file)
    root, problems = parse_yaml(file, file.text)
    to.problems += problems
    record: Any = INVALID
    if root is not None:
        record = table.read(root, file.name, to)
    elif not problems:
        to.wrong(_START, f"{file.name} is empty", f"it {_needs(table)}")
    return Written(file, None if record is INVALID else record, root, 0, tuple(to.references), (), tuple(to.problems))
