"""Checks of one agreement: its terms and its periods in force."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from generator.record.model import NO_PROSE, Agreement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem


def check_doubled_terms(content: Collected) -> Iterator[Problem]:
    """An id is that of one term, as entries name terms by it."""
    for item in content.of("agreements"):
        if not isinstance(item.record, Agreement):
            continue
        first: dict[str, int] = {}
        for index, term in enumerate(item.record.terms):
            other = first.setdefault(term.id, index)
            if other != index:
                line = item.mark("terms", other, "id").line
                message = f"the term id `{term.id}` is defined twice, first on line {line}"
                yield item.file.problem(item.mark("terms", index, "id"), message, "give one of them another id")


def check_status_notes(content: Collected) -> Iterator[Problem]:
    """What is said of how an agreement stands carries a citation; that nothing was seen, nobody can cite."""
    for item in content.of("agreements"):
        note = item.record.status_note if isinstance(item.record, Agreement) else NO_PROSE
        if note.words and not note.citations:
            hint = "end its sentences with [@source-id], as those of the text"
            yield item.file.problem(item.mark("status_note"), "a status note without a citation", hint, "warning")


def check_periods(content: Collected) -> Iterator[Problem]:
    """Periods in force follow each other: an agreement is not in force twice on one day, nor when it has collapsed."""
    for item in content.of("agreements"):
        if not isinstance(item.record, Agreement):
            continue
        if item.record.status == "collapsed":
            for index, period in enumerate(item.record.in_force):
                if period.end is None:
                    message = "a period that goes on, of an agreement that has collapsed"
                    hint = "say with `to:` on which day it ended, or change `status`"
                    yield item.file.problem(item.mark("in_force", index, "from"), message, hint)
        periods = sorted(enumerate(item.record.in_force), key=lambda each: (each[1].start.first, each[0]))
        for (before, earlier), (index, later) in pairwise(periods):
            if earlier.end is None or later.start.last < earlier.end.first:
                line = item.mark("in_force", before).line
                message = f"the period from {later.start} begins before the one on line {line} ends"
                mark = item.mark("in_force", index, "from")
                yield item.file.problem(mark, message, "end the earlier one with `to:`, or make one period of them")
