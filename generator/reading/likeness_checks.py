"""What is told twice: an event in two entries, a question in two spellings.  All look at the whole content."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from generator.record.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.reading.records import Written
    from generator.record.problems import Problem


def check_likely_duplicates(content: Collected) -> Iterator[Problem]:
    """Two entries of one day, kind, place and the same parties are likely one event, told twice."""
    sides = {actor.id: actor.id if actor.role == "party" else actor.party for actor in content.records("actors.yml")}
    first: dict[tuple[object, ...], Written] = {}
    for item, event in _events(content):
        parties = frozenset(sides.get(actor) or actor for actor in event.actors)
        if not (event.places and parties):
            continue
        time = event.time.text if event.time else ""
        key = (event.date.text, time, event.kind, frozenset(event.places), parties)
        other = first.setdefault(key, item)
        if other is not item:
            message = f"the same day, kind, places and parties as {_place(other)}: is it the same event?"
            hint = "if so, put both into one entry; if not, give each its time, or the place that it alone has"
            yield item.file.problem(item.mark("title"), message, hint, "warning")


def check_one_source_twice(content: Collected) -> Iterator[Problem]:
    """Two entries of one day and kind that rest on one and the same source alone are likely one event, told twice."""
    first: dict[tuple[str, ...], Written] = {}
    for item, event in _events(content):
        if len(event.sources) == 1:
            key = (event.date.text, event.kind, *event.sources)
            other = first.setdefault(key, item)
            if other is not item:
                message = f"rests on `{event.sources[0]}` alone, as does {_place(other)} of the same day and kind"
                hint = "if it is one event, put both into one entry; if not, add a source to one of them"
                yield item.file.problem(item.mark("sources", 0), message, hint, "warning")


def check_questions(content: Collected) -> Iterator[Problem]:
    """Claims stand side by side when their questions are the same, letter for letter: so each has one spelling."""
    first: dict[str, tuple[str, str]] = {}
    for item, event in _events(content):
        for index, claim in enumerate(event.claims):
            mark = item.mark("claims", index, "question")
            place = f"{item.file.path}:{mark.line}"
            question, where = first.setdefault(folded(claim.question), (claim.question, place))
            if question != claim.question:
                message = f"the question is spelled otherwise in {where}: {question}"
                hint = "write it as there, letter for letter, and the answers stand side by side"
                yield item.file.problem(mark, message, hint, "warning")


def _events(content: Collected) -> Iterator[tuple[Written, Event]]:
    """The sound entries that stand."""
    for item in content.of("events"):
        if isinstance(item.record, Event) and not item.record.withdrawn:
            yield item, item.record


def _place(item: Written) -> str:
    return f"{item.file.path}:{item.mark('title').line}"


def folded(text: str) -> str:
    """A question without what does not change it: case, Unicode form, punctuation, spaces."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
