"""Checks of numbers.  All are warnings: a number is given as its source gives it, right or wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.reading.fields import BOUNDS
from generator.reading.yaml_nodes import Mapping, Node, Scalar, Sequence
from generator.record.model import TOTAL, Event, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.reading.records import Written
    from generator.record.problems import Problem

_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")


def check_doubled_figures(content: Collected) -> Iterator[Problem]:
    """A source's number stands in one entry: given twice, it would count twice in every list and chart."""
    first: dict[tuple[object, ...], str] = {}
    for item, index, figure in _figures(content):
        key = (figure.source, figure.measure, figure.scope, figure.group, figure.low, figure.high, figure.as_of.text)
        mark = item.mark("figures", index)
        place = first.setdefault(key, f"{item.file.path}:{mark.line}")
        if place != f"{item.file.path}:{mark.line}":
            message = f"the same number of `{figure.source}` stands in {place} already"
            yield item.file.problem(mark, message, "keep it in one entry, and link to that one", "warning")


def check_falling_figures(content: Collected) -> Iterator[Problem]:
    """A count that runs from the same day, by the same claimant, does not fall without a word why."""
    runs: dict[tuple[str, ...], list[tuple[Figure, Written, int]]] = defaultdict(list)
    for item, index, figure in _figures(content):
        if figure.since and figure.said_by:
            key = (figure.measure, figure.scope, figure.group, figure.said_by, figure.since.text)
            runs[key].append((figure, item, index))
    for run in runs.values():
        run.sort(key=lambda each: each[0].as_of.last)
        for (before, _, _), (after, item, index) in pairwise(run):
            explained = after.note or item.record.corrections
            if after.as_of.last > before.as_of.last and after.high < before.low and not explained:
                message = f"{after.high:g} is fewer than the {before.low:g} that was said for {before.as_of}"
                hint = "say why in `note:`, or add a line under `corrections:`"
                yield item.file.problem(item.mark("figures", index), message, hint, "warning")


def check_parts_and_totals(content: Collected) -> Iterator[Problem]:
    """Where one source gives a total and the number of each party, they agree, or a note says why not."""
    parties = content.gazetteer.parties
    for item in content.of("events"):
        if not isinstance(item.record, Event):
            continue
        given: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
        for index, figure in enumerate(item.record.figures):
            if figure.bound == "value" and figure.scope in {TOTAL, *parties}:
                given[(figure.measure, figure.group, figure.source, figure.as_of.text)][figure.scope] = index
        for indexes in given.values():
            if len(parties) > 1 and indexes.keys() == {TOTAL, *parties}:
                figures = {scope: item.record.figures[index] for scope, index in indexes.items()}
                parts = sum(figures[party].low for party in parties)
                if parts != figures[TOTAL].low and not figures[TOTAL].note:
                    message = f"the total is {figures[TOTAL].low:g}, and the parties' numbers make {parts:g}"
                    mark = item.mark("figures", indexes[TOTAL])
                    yield item.file.problem(mark, message, "see the source; say in `note:` what differs", "warning")


def check_thousands(content: Collected) -> Iterator[Problem]:
    """A point with three digits behind it parts thousands in many languages, and here a fraction from a whole."""
    for item in content.of("events"):
        figures = item.root.get("figures") if isinstance(item.root, Mapping) else None
        for figure in figures.items if isinstance(figures, Sequence) else ():
            for number in _given(figure):
                if _THOUSANDS.fullmatch(number.text):
                    whole, read = number.text.replace(".", ""), float(number.text)
                    hint = f"where it is {int(whole):,}, write {whole}; else write {read:g}"
                    yield item.file.problem(number.mark, f"`{number.text}` is read as {read:g}", hint, "warning")


def _given(figure: Node) -> Iterator[Scalar]:
    """The numbers of a figure, as they are written."""
    if not isinstance(figure, Mapping):
        return
    for bound in BOUNDS:
        given = figure.get(bound)
        numbers = given.items if isinstance(given, Sequence) else (given,)
        yield from (each for each in numbers if isinstance(each, Scalar))


def _figures(content: Collected) -> Iterator[tuple[Written, int, Figure]]:
    """Every figure of the sound entries, with its place."""
    for item in content.of("events"):
        if isinstance(item.record, Event):
            for index, figure in enumerate(item.record.figures):
                yield item, index, figure
