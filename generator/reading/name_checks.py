"""Whether we speak with one side's name alone of what each side calls by its own.

The gazetteer says who calls a place what: `names: {Cambodia: Ta Krabei, Thailand: Ta Kwai}`, the party before the name.
A headline and a summary are read by themselves; a text is read under its headline.  Quotations and claims are exempt:
there a side speaks.  Each entry is looked at for itself, with what the gazetteer says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.reading.standards import COUNTRIES
from generator.reading.yaml_nodes import Mapping
from generator.record.model import Agreement, Event
from generator.record.problems import Mark, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.reading.gazetteer import Gazetteer
    from generator.reading.records import Written
    from generator.record.problems import Problem

_LANGUAGE = re.compile(rf"(?!(?:{'|'.join(COUNTRIES)})$)[a-z]{{2,3}}(?:-[A-Za-z0-9]{{2,8}})*")


def check_one_sided_names(content: Collected) -> Iterator[Problem]:
    """In our own words, a place that each side calls by its own name has both names."""
    if content.gazetteer.called:
        for item in (*content.of("events"), *content.of("agreements")):
            yield from one_sided_names(item, content.gazetteer)


def check_sides_of_names(content: Collected) -> Iterator[Problem]:
    """Names are by language or by side: under a side that is none, a name that stands alone would never be told."""
    parties = content.gazetteer.party_names
    if not parties:  # they are not known, or there are none
        return
    for item in (*content.of("actors.yml"), *content.of("places.yml")):
        for _, one in item.identified():  # as they are written: of sound records some may be missing
            names = one.get("names")
            for usage, _ in names.items if isinstance(names, Mapping) else ():
                if usage.text not in parties and not _LANGUAGE.fullmatch(usage.text):
                    hint = did_you_mean(usage.text, parties) or "write a party's name, or a language's code, as `th`"
                    if usage.text in COUNTRIES:
                        hint = f"did you mean `{COUNTRIES[usage.text]}`?"
                    message = f"`{usage.text}` is neither a party nor a language"
                    yield item.file.problem(usage.mark, message, hint, "warning")


def one_sided_names(item: Written, names: Gazetteer) -> Iterator[Problem]:
    """What is said with one side's name alone in one entry or agreement."""
    record = item.record
    if not isinstance(record, (Event, Agreement)):
        return
    body = item.file.text[item.body_offset :]
    parts = [(record.title, "", "title"), (body, record.title, "")]
    if isinstance(record, Event):
        parts.append((record.summary, "", "summary"))
    for text, above, field in parts:
        for offset, name, sided in names.alone_in(text, above):
            mark = _in_field(item, field, name) if field else item.file.mark_at(item.body_offset + offset, len(name))
            whose = " and ".join(side for side, called in sided.names if called == name)
            message = f"`{name}` is {whose}'s name alone for {sided.name}"
            hint = f"in our own words give both, as {sided.both}; in a side's words, put it in quotation marks"
            yield item.file.problem(mark, message, hint, "warning")


def _in_field(item: Written, field: str, name: str) -> Mark:
    """Where a name stands in the value of a field, when that is written on one line."""
    mark = item.mark(field)
    column = item.file.line(mark.line).find(name, mark.column - 1)
    return Mark(mark.line, column + 1, len(name)) if column >= 0 else mark
