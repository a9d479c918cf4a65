"""The editors' work list: where the record is thin.  Facts and figures, no scores."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import origins, perspective_name
from generator.pages.page import Crumb, Page
from generator.pages.truces import truces
from generator.record import urls
from generator.record.edtf import month_in_words
from generator.record.model import THIRD_PARTY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.record.model import Event, Site

ADDRESS = "about/work-list/"
MOST_LISTED = 60
"""Items of a task that its page lists; `check --report --format json` has them all."""
HOSTILITIES = "hostilities"
"""The lane whose entries may break a ceasefire."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: when it stands (`2025-12`, empty if unknown), what it is, and what is thin about it."""

    period: str
    id: str
    named: parts.Named
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of thinness, with all its items in order of time and their number by month."""

    id: str
    name: str
    why: str
    items: tuple[Item, ...]
    periods: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WorkListView:
    """The tasks, each with the newest of its items."""

    tasks: tuple[tuple[Task, tuple[Item, ...]], ...]


def work_list(site: Site) -> tuple[Task, ...]:
    """Every task, also those with nothing to do."""
    return tuple(_task(*words, find(site)) for words, find in _TASKS)


def pages(site: Site) -> Iterator[Page]:
    """The page of the work list."""
    tasks = work_list(site)
    view = WorkListView(tuple((task, task.items[-MOST_LISTED:][::-1]) for task in tasks))
    crumbs = (Crumb("About", "about/"),) if any(page.slug == "about" for page in site.pages) else ()
    description = "Where the record is thin: one origin, one side, one answer, no archived copy."
    yield Page(ADDRESS, "pages/worklist.html", "Editors’ work list", view, description, crumbs)


def _task(ident: str, name: str, why: str, items: Iterable[Item]) -> Task:
    listed = tuple(sorted(items, key=lambda item: (item.period, item.id)))
    counts = Counter(item.period for item in listed)
    return Task(ident, name, why, listed, tuple((_period(period), counts[period]) for period in sorted(counts)))


def _period(period: str) -> str:
    return month_in_words(int(period[:4]), int(period[5:7])) if period else "undated"


def _item(event: Event, note: str = "") -> Item:
    return Item(event.date.first.isoformat()[:7], event.slug, parts.Named(event.title, urls.event(event.slug)), note)


def _one_origin(site: Site) -> Iterator[Item]:
    for event in site.events:
        if origins(event.sources, site) == 1:
            origin = site.origin_of(site.sources[event.sources[0]])
            yield _item(event, f"{origin}, {len(event.sources)} source{'' if len(event.sources) == 1 else 's'}")


def _one_sided(site: Site) -> Iterator[Item]:
    for event in site.events:
        sides = {site.sources[source].perspective for source in event.sources}
        if len(sides) == 1 and THIRD_PARTY not in sides:
            yield _item(event, f"{perspective_name(sides.pop(), site)} alone")


def _one_answer(site: Site) -> Iterator[Item]:
    for question, answers in site.claims_by_question.items():
        if len(answers) == 1:
            event, claim = answers[0]
            named = parts.Named(question, urls.event(event.slug))
            yield Item(event.date.first.isoformat()[:7], event.slug, named, parts.who(claim.by, site).name)


def _untied(site: Site) -> Iterator[Item]:
    state = truces(site)
    for event in site.events:
        held = state.held_on(event.date.first)
        tied = {role.id for role in event.agreements if role.terms}
        if site.lane_of(event) == HOSTILITIES and held and not tied & set(held):
            yield _item(event, site.agreements_by_slug[held[-1]].title)


def _uncited(site: Site) -> Iterator[Item]:
    for event in site.events:
        if count := site.uncited.get(event.slug, 0):
            yield _item(event, f"{count} sentence{'' if count == 1 else 's'}")


def _no_archive(site: Site) -> Iterator[Item]:
    for source in site.sources.values():
        if source.url and not source.archived:
            period = source.published.first.isoformat()[:7] if source.published else ""
            yield Item(period, source.id, parts.Named(source.title, urls.source(source.id)), source.publisher)


_TASKS: tuple[tuple[tuple[str, str, str], Callable[[Site], Iterator[Item]]], ...] = (
    (("one-origin", "Entries that rest on one origin", "All their sources reprint one account."), _one_origin),
    (
        ("one-sided", "Entries with one side’s sources alone", "No third party's, and none of the other side."),
        _one_sided,
    ),
    (("one-answer", "Questions with one answer", "Does the other side say something else?"), _one_answer),
    (("untied", "Fighting under a ceasefire, tied to none of its terms", "Was it alleged to be a breach?"), _untied),
    (("uncited", "Sentences without a citation", "Every statement leads to its source."), _uncited),
    (("no-archive", "Sources without an archived copy", "Pages vanish."), _no_archive),
)
