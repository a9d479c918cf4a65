"""Killed, wounded, displaced: every number as its source gives it, and the span between lowest and highest."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.charts import StepChart, charts
from generator.pages.citations import WrittenOut, for_paper
from generator.pages.holding import counted, holding, rounds
from generator.pages.page import Crumb, Page, PageKind, Parts, numbered
from generator.record import edtf, urls
from generator.record.model import TOTAL
from generator.record.site import chosen, part_count
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.record.edtf import Edtf
    from generator.record.keys import Output
    from generator.record.model import Measure
    from generator.record.outline import Count
    from generator.record.site import Site

PER_PART = 120
MOST_TOTALS = 40
"""Totals of one measure in the list of measures; all of them are on the measure's own page."""
MOST_SPANS = 24
"""Scopes and groups of one measure in that list."""


class End(NamedTuple):
    """The lowest number of a span, or the highest: who gave it, with its source's page, and what is noted of it."""

    number: str
    by: parts.Named
    note: str


class Span(NamedTuple):
    """What the sources say of one scope and group in the week to the newest day that any of them speaks of.

    All count the same round of fighting.  high: None where it is the lowest as well.
    since: the day that they count from, in words; of both ends, where they name two.  day: the newest, as an ISO text.
    is_earlier: whether the measure has counts of a later round, and this scope and group has none.  most: the highest.
    """

    scope: str
    group: str
    low: End
    high: End | None
    since: str
    as_of: str
    day: str
    is_earlier: bool
    most: float
    said: int
    address: str


class Series(NamedTuple):
    """The figures of one scope and group, oldest first."""

    id: str
    scope: str
    group: str
    charts: tuple[StepChart, ...]
    rows: tuple[parts.FigureView, ...]


class MeasureView(NamedTuple):
    """One measure: a series for each scope and group.  `total` is the number of all figures, 0 after the first part."""

    name: str
    series: tuple[Series, ...]
    total: int
    parts: Parts
    csv: str
    on_paper: tuple[WrittenOut, ...]
    """The sources of its figures: where there are no links, their addresses are written out."""

    @property
    def places(self) -> tuple[tuple[str, str, int], ...]:
        """Where each series stands on the page, its name, and how many figures it has."""
        return tuple(
            (one.id, f"{one.scope}, {one.group}" if one.group else one.scope, len(one.rows)) for one in self.series
        )


class Listed(NamedTuple):
    """A measure in the list, with its newest spans and the totals that the sources give side by side."""

    id: str
    name: str
    address: str
    total: int
    spans: tuple[Span, ...]
    charts: tuple[StepChart, ...]
    totals: tuple[parts.FigureView, ...]
    earlier: int
    """Totals before those, which are on the measure's own page."""
    others: tuple[parts.FigureView, ...]
    """The newest figures, where none is a total or of a party."""


class FiguresView(NamedTuple):
    """All measures."""

    measures: tuple[Listed, ...]
    together: str
    """What the totals count: both sides together."""
    on_paper: tuple[WrittenOut, ...]

    @property
    def places(self) -> tuple[tuple[str, str, int], ...]:
        """Where each measure stands on the page, its name, and how many figures it has."""
        return tuple((measure.id, measure.name, measure.total) for measure in self.measures)


def outputs(site: Site) -> Iterator[Output]:
    """The list of measures, and a page for each that has figures, in parts."""
    yield ("figures",)
    for measure in site.vocabulary.measures:
        if figures := site.given(measure.id):
            yield from numbered("measure", measure.id, items=len(figures), size=PER_PART)


def _list(site: Site) -> Page:
    listed = []
    for measure in site.vocabulary.measures:
        if figures := site.counts(measure.id):
            totals = sorted((count for count in figures if count.scope == TOTAL), key=_key)
            spans = spans_of(measure.id, site)[:MOST_SPANS]
            others = sorted(figures, key=_key)[-MOST_TOTALS:] if not (totals or spans) else ()
            listed.append(
                Listed(
                    measure.id,
                    _name(measure),
                    urls.measure(measure.id),
                    len(figures),
                    spans,
                    series_charts((measure.id, TOTAL, ""), site),
                    tuple(parts.figures_of(count.slug, site)[count.at] for count in totals[-MOST_TOTALS:]),
                    max(0, len(totals) - MOST_TOTALS),
                    tuple(parts.figures_of(count.slug, site)[count.at] for count in others),
                )
            )
    shown, on_paper = for_paper(tuple(listed), site)
    view = FiguresView(shown, parts.scope_name(TOTAL, site), on_paper)
    description = "Killed, wounded and displaced, each number with who said it, of whom, and as of when."
    return Page("figures/", "pages/figures.html", "Figures", lambda: view, description, section="figures")


@derivation
def spans_of(measure: str, site: Site) -> tuple[Span, ...]:
    """The newest spans of a measure, for both sides together and for each."""
    both = {TOTAL, *site.parties()}
    return newest_spans((count for count in site.counts(measure) if count.scope in both), site, urls.measure(measure))


@derivation
def series_charts(series: tuple[str, str, str], site: Site) -> tuple[StepChart, ...]:
    """The charts of a measure, scope and group."""
    measure, *key = series
    return charts((count for count in site.counts(measure) if _key_of(count) == tuple(key)), site)


def newest_spans(figures: Iterable[Count], site: Site, address: str) -> tuple[Span, ...]:
    """For each scope and group, lowest and highest of the figures that hold on the newest day that one speaks of.

    figures: of one measure.  In each scope those of the newest round of fighting come first.
    """
    found: dict[tuple[str, bool], list[Span]] = {}
    counts_of_all = counted(figures, site)
    latest = max((_begins(within) for within in rounds(counts_of_all)), default="")
    for (scope, group), counts in _by_scope(counts_of_all, site).items():
        newest = max(rounds(counts), key=lambda within: within[-1].day)
        held = holding(newest, newest[-1].day, site)
        # of several that give the same number, the newest
        low, high = min(held[::-1], key=lambda count: count.low), max(held[::-1], key=lambda count: count.high)
        ends = (low,) if (high.low, high.bound) == (low.low, low.bound) else (low, high)
        views = [parts.figures_of(count.slug, site)[count.at] for count in ends]
        is_earlier = _begins(newest) < latest and site.measures[newest[0].measure].cumulative
        found.setdefault((scope, False), [])  # which puts it before the other
        found.setdefault((scope, is_earlier), []).append(
            Span(
                parts.scope_name(scope, site),
                _group(group, site),
                End(views[0].number, _by(low, site), views[0].note),
                End(views[1].number, _by(high, site), views[1].note) if len(ends) > 1 else None,
                " or ".join(dict.fromkeys(view.since.words for view in views if view.since)),
                _from_to(edtf.parse(held[0].as_of), edtf.parse(held[-1].as_of)),
                held[-1].day,
                is_earlier,
                high.high,
                len(held),
                f"{address}#{series_id(scope, group)}",
            )
        )
    return tuple(chain.from_iterable(found.values()))


def _begins(within: Iterable[Count]) -> str:
    """The first day that the counts of a round cover."""
    return min(count.begins for count in within)


def _by(count: Count, site: Site) -> parts.Named:
    """Who gave a number, as shortly as may be: by an actor's label, in the source's words, or its publisher."""
    ident = site.claimant(count.said_by) if count.said_by else ""
    name = site.actors[ident].label if ident and ident == count.said_by else count.said_by
    return parts.Named(name or site.sources[count.source].publisher, urls.source(count.source))


def _from_to(first: Edtf, last: Edtf) -> str:
    """The days that the figures of a span speak of, in words."""
    if first.text == last.text or not (first.is_day and last.is_day):
        return last.in_words
    return edtf.parse(f"{first}/{last}").in_words


def series_id(scope: str, group: str) -> str:
    """The anchor of a series."""
    return f"{scope}-{group}" if group else scope


@derivation
def in_order(measure: str, site: Site) -> tuple[Count, ...]:
    """The figures of a measure as its pages list them: by scope and group, each in order of days."""
    by_scope = _by_scope(site.counts(measure), site)
    return tuple(count for counts in by_scope.values() for count in sorted(counts, key=_key))


class Part(NamedTuple):
    """The figures on one part of a measure's list, and on how many parts it stands.

    total: the number of all on the first part, else 0.  goes_on: the scope and group that the part before ends with.
    """

    shown: tuple[Count, ...]
    parts: int
    total: int
    goes_on: tuple[str, str] | None


@derivation
def part_of(which: tuple[str, int], site: Site) -> Part:
    """The n-th part of a measure's list, from 1: a new figure leaves those before it as they were."""
    measure, number = which
    whole = in_order(measure, site)
    total, goes_on = (len(whole), None) if number == 1 else (0, _key_of(whole[(number - 1) * PER_PART - 1]))
    return Part(tuple(chosen(whole, number, PER_PART)), part_count(len(whole), PER_PART), total, goes_on)


def _measure(site: Site, ident: str, number: int) -> Page:
    part = part_of((ident, number), site)
    place = Parts(urls.measure(ident), number, part.parts)
    name = _name(site.measures[ident])
    several = "one figure," if part.total == 1 else f"{part.total or ''} figures, each".lstrip()
    description = f"{place.titled(name)}: {several} with who said it, of whom, and as of when."
    crumbs = (Crumb("Figures", "figures/"),)
    address, title = urls.part(place.address, number), place.titled(name)

    def view() -> MeasureView:
        series, on_paper = for_paper(_series(ident, part, site), site)
        return MeasureView(name, series, part.total, place, "data/figures.csv", on_paper)

    return Page(address, "pages/measure.html", title, view, description, crumbs, "figures")


def _series(measure: str, part: Part, site: Site) -> tuple[Series, ...]:
    """The figures on a part of a measure's list, by scope and group; charts stand where a series begins."""
    by_key: dict[tuple[str, str], list[Count]] = {}
    for count in part.shown:
        by_key.setdefault(_key_of(count), []).append(count)
    return tuple(
        Series(
            series_id(*key),
            _capital(parts.scope_name(key[0], site)),
            _group(key[1], site),
            series_charts((measure, *key), site) if key != part.goes_on else (),
            tuple(parts.figures_of(count.slug, site)[count.at] for count in counts),
        )
        for key, counts in by_key.items()
    )


def _key_of(count: Count) -> tuple[str, str]:
    return count.scope, "" if count.group == "all" else count.group


def _by_scope(figures: Iterable[Count], site: Site) -> dict[tuple[str, str], list[Count]]:
    """Figures by scope and group: both together first, then parties by name, then the rest by name."""
    order = [TOTAL, *site.parties()]
    groups = [group.id for group in site.vocabulary.groups]
    found: dict[tuple[str, str], list[Count]] = {}
    for count in figures:
        found.setdefault(_key_of(count), []).append(count)

    def rank(key: tuple[str, str]) -> tuple[int, str, int]:
        scope, group = key
        place = order.index(scope) if scope in order else len(order)
        return place, "" if scope in order else parts.scope_name(scope, site), groups.index(group) + 1 if group else 0

    return {key: found[key] for key in sorted(found, key=rank)}


def _key(count: Count) -> tuple[object, ...]:
    return count.day, count.low, count.high


def _group(group: str, site: Site) -> str:
    return site.groups[group].name if group in site.groups else ""


def _capital(words: str) -> str:
    """Words as a heading begins them."""
    return words[:1].upper() + words[1:]


def _name(measure: Measure) -> str:
    return measure.name if measure.unit == "people" else f"{measure.name} ({measure.unit})"


KINDS = {
    "figures": PageKind(_list, lambda: "figures/"),
    "measure": PageKind(_measure, lambda ident, number: urls.part(urls.measure(ident), number)),
}
