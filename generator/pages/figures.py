"""Killed, wounded, displaced: every number as its source gives it, and the span between lowest and highest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.charts import StepChart, charts
from generator.pages.holding import Given, counted, holding
from generator.pages.page import Crumb, Page, Parts, split
from generator.record import edtf
from generator.record.model import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.edtf import Edtf
    from generator.record.model import Measure, Site

PER_PART = 150


@dataclass(frozen=True, slots=True)
class Span:
    """What the sources say of one scope and group in the week to the newest day that any of them speaks of."""

    scope: str
    group: str
    low: str
    high: str
    as_of: str
    said: int
    address: str


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one scope and group, oldest first."""

    id: str
    scope: str
    group: str
    charts: tuple[StepChart, ...]
    rows: tuple[parts.FigureView, ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure: a series for each scope and group."""

    name: str
    unit: str
    series: tuple[Series, ...]
    count: int
    parts: Parts
    csv: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A measure in the list, with its newest spans and the totals that the sources give side by side."""

    name: str
    address: str
    count: int
    spans: tuple[Span, ...]
    charts: tuple[StepChart, ...]
    totals: tuple[parts.FigureView, ...]
    earlier: int
    """Totals before those, which are on the measure's own page."""


@dataclass(frozen=True, slots=True)
class FiguresView:
    """All measures."""

    measures: tuple[Listed, ...]
    together: str
    """What the totals count: both sides together."""


def pages(site: Site) -> Iterator[Page]:
    """The list of measures, and a page for each that has figures."""
    by_measure = given(site)
    listed = []
    for measure in site.vocabulary.measures:
        figures = by_measure.get(measure.id, [])
        if figures:
            address = f"figures/{measure.id}/"
            totals = sorted((pair for pair in figures if pair[1].scope == TOTAL), key=_key)
            shown = tuple(_view(pair, site) for pair in totals[-PER_PART:])
            both = [pair for pair in figures if pair[1].scope in {TOTAL, *parts.parties(site)}]
            drawn = charts([pair for pair in totals if not pair[1].group or pair[1].group == "all"], site)
            newest = spans(both, site, address)
            listed.append(Listed(_name(measure), address, len(figures), newest, drawn, shown, len(totals) - len(shown)))
    description = "Killed, wounded and displaced, each number with who said it, of whom, and as of when."
    yield Page(
        "figures/",
        "pages/figures.html",
        "Figures",
        FiguresView(tuple(listed), parts.scope_name(TOTAL, site)),
        description,
        section="figures",
    )
    for measure in site.vocabulary.measures:
        if measure.id in by_measure:
            yield from _measure(measure, by_measure[measure.id], site)


def given(site: Site) -> dict[str, list[Given]]:
    """Every figure by its measure, in order of the chronology."""
    found: dict[str, list[Given]] = {}
    for event in site.events:
        for figure in event.figures:
            found.setdefault(figure.measure, []).append((event, figure))
    return found


def spans(figures: Iterable[Given], site: Site, address: str) -> tuple[Span, ...]:
    """For each scope and group, lowest and highest of the figures that hold on the newest day that one speaks of."""
    found = []
    for (scope, group), pairs in _by_scope(counted(figures, site), site).items():
        held = holding(pairs, pairs[-1][1].as_of.last, site)
        low, high = min(held, key=lambda figure: figure.low), max(held, key=lambda figure: figure.high)
        found.append(
            Span(
                parts.scope_name(scope, site),
                _group(group, site),
                parts.figure_number(low),
                parts.figure_number(high) if (high.low, high.bound) != (low.low, low.bound) else "",
                _from_to(held[0].as_of, held[-1].as_of),
                len(held),
                f"{address}#{series_id(scope, group)}",
            )
        )
    return tuple(found)


def _from_to(first: Edtf, last: Edtf) -> str:
    """The days that the figures of a span speak of, in words."""
    if first.text == last.text or not (first.is_day and last.is_day):
        return last.in_words
    return edtf.parse(f"{first}/{last}").in_words


def series_id(scope: str, group: str) -> str:
    """The anchor of a series."""
    return f"{scope}-{group}" if group else scope


def _measure(measure: Measure, figures: list[Given], site: Site) -> Iterator[Page]:
    address = f"figures/{measure.id}/"
    whole = {key: sorted(pairs, key=_key) for key, pairs in _by_scope(figures, site).items()}
    flat = [(key, pair) for key, pairs in whole.items() for pair in pairs]
    for part, place, chosen in split(address, flat, PER_PART):
        by_key: dict[tuple[str, str], list[Given]] = {}
        for key, pair in chosen:
            by_key.setdefault(key, []).append(pair)
        series = tuple(
            Series(
                series_id(*key),
                _capital(parts.scope_name(key[0], site)),
                _group(key[1], site),
                charts(whole[key], site) if pairs[0] == whole[key][0] else (),
                tuple(_view(pair, site) for pair in pairs),
            )
            for key, pairs in by_key.items()
        )
        name = _name(measure)
        title = name if place.number == 1 else f"{name}, part {place.number}"
        view = MeasureView(name, measure.unit, series, len(figures), place, "data/figures.csv")
        description = f"{name}: {len(figures)} figures, each with who said it, of whom, and as of when."
        yield Page(part, "pages/measure.html", title, view, description, (Crumb("Figures", "figures/"),), "figures")


def _by_scope(figures: Iterable[Given], site: Site) -> dict[tuple[str, str], list[Given]]:
    """Figures by scope and group: both together first, then parties by name, then the rest by name."""
    order = [TOTAL, *parts.parties(site)]
    groups = [group.id for group in site.vocabulary.groups]
    found: dict[tuple[str, str], list[Given]] = {}
    for event, figure in figures:
        group = "" if figure.group == "all" else figure.group
        found.setdefault((figure.scope, group), []).append((event, figure))

    def rank(key: tuple[str, str]) -> tuple[int, str, int]:
        scope, group = key
        place = order.index(scope) if scope in order else len(order)
        return place, "" if scope in order else parts.scope_name(scope, site), groups.index(group) + 1 if group else 0

    return {key: found[key] for key in sorted(found, key=rank)}


def _key(pair: Given) -> tuple[object, ...]:
    event, figure = pair
    return figure.as_of.last, figure.low, figure.high, event.sort_key


def _view(pair: Given, site: Site) -> parts.FigureView:
    event, figure = pair
    return parts.figure_view(figure, event, site, parts.external_mark(figure.source))


def _group(group: str, site: Site) -> str:
    return site.groups[group].name if group in site.groups else ""


def _capital(words: str) -> str:
    """Words as a heading begins them."""
    return words[:1].upper() + words[1:]


def _name(measure: Measure) -> str:
    return measure.name if measure.unit == "people" else f"{measure.name} ({measure.unit})"
