"""The editors' work list: where the record is thin.  Facts and figures, no scores."""

from __future__ import annotations

from collections import Counter
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from generator.pages import parts
from generator.pages.citations import origins, perspective_name, title_of
from generator.pages.page import Crumb, Page, PageKind
from generator.pages.truces import truces_in
from generator.record import urls
from generator.record.counting import counted
from generator.record.edtf import month_in_words
from generator.record.model import THIRD_PARTY
from generator.record.tracking import derivation, kept_derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.record.keys import Output
    from generator.record.model import Source
    from generator.record.outline import Outline
    from generator.record.site import Month, Site

ADDRESS, TITLE = "about/work-list/", "Editors’ work list"
MOST_LISTED = 60
"""Items of a task that its page lists; `check --report --format json` has them all."""
MOST_PERIODS = 120
"""Months that a task counts, the newest."""
HOSTILITIES = "hostilities"
"""The lane whose entries may break a ceasefire."""


class Item(NamedTuple):
    """Something to look at: an entry, or a source; when it stands (`2025-12`, empty if unknown), what is thin about it.

    question: what it is to be asked, where the item is a question in an entry.
    is_source: whether the id is a source's: an entry may have the same.
    """

    period: str
    id: str
    note: str = ""
    question: str = ""
    is_source: bool = False


class Task(NamedTuple):
    """One kind of thinness, with all its items in order of time and their number by month."""

    id: str
    name: str
    why: str
    items: tuple[Item, ...]
    periods: tuple[tuple[str, int], ...]


class WorkListView(NamedTuple):
    """The tasks: name, why, and address of each."""

    tasks: tuple[tuple[str, str, str], ...]


class TaskView(NamedTuple):
    """A task with the newest of its items: what each leads to, and its note."""

    task: Task
    items: tuple[tuple[parts.Named, str], ...]


def work_list(site: Site) -> tuple[Task, ...]:
    """Every task, also those with nothing to do."""
    return tuple(_task(*words, items_of(words[0], site)) for words, _ in _TASKS)


def named(item: Item, site: Site) -> parts.Named:
    """What an item is, and where it leads."""
    if item.is_source:
        return parts.Named(site.sources[item.id].title, urls.source(item.id))
    return parts.Named(item.question or title_of(item.id, site), urls.event(item.id))


def outputs(_: Site) -> Iterator[Output]:
    """The list of tasks, and a page for each."""
    yield ("work list",)
    yield from (("task", words[0]) for words, _ in _TASKS)


def _address(ident: str) -> str:
    return f"{ADDRESS}{ident}/"


def _page(site: Site) -> Page:
    crumbs = (Crumb("About", "about/"),) if "about" in site.pages else ()
    view = WorkListView(tuple((name, why, _address(ident)) for (ident, name, why), _ in _TASKS))
    description = "Where the record is thin: one origin, one side, one answer, no archived copy."
    return Page(ADDRESS, "pages/worklist.html", TITLE, lambda: view, description, crumbs)


def _one(site: Site, ident: str) -> Page:
    words = next(words for words, _ in _TASKS if words[0] == ident)
    task = _task(*words, items_of(ident, site))
    shown = tuple((named(item, site), item.note) for item in task.items[-MOST_LISTED:][::-1])
    view = TaskView(task, shown)
    crumbs = (*((Crumb("About", "about/"),) if "about" in site.pages else ()), Crumb(TITLE, ADDRESS))
    return Page(_address(ident), "pages/task.html", task.name, lambda: view, task.why, crumbs)


@derivation
def items_of(ident: str, site: Site) -> tuple[Item, ...]:
    """All items of a task, in order of time."""
    find = next(find for words, find in _TASKS if words[0] == ident)
    return tuple(sorted(find(site), key=attrgetter("period", "id")))


@kept_derivation
def _in_month(which: tuple[str, Month], site: Site) -> tuple[tuple[Any, ...], ...]:
    """Those of a month, as plain tuples, of a task that looks at each entry: a new one makes those of its month."""
    ident, month = which
    return tuple(map(tuple, _EACH_ENTRY[ident](month, site)))


def _each_entry(ident: str) -> Callable[[Site], Iterator[Item]]:
    return lambda site: (Item._make(item) for month, _ in site.months() for item in _in_month((ident, month), site))


def _task(ident: str, name: str, why: str, items: tuple[Item, ...]) -> Task:
    counts = Counter(item.period for item in items)
    periods = sorted(counts)[-MOST_PERIODS:]
    return Task(ident, name, why, items, tuple((_period(period), counts[period]) for period in periods))


def _period(period: str) -> str:
    return month_in_words(int(period[:4]), int(period[5:7])) if period else "undated"


def _item(entry: Outline, note: str = "", question: str = "") -> Item:
    return Item(entry.first[:7], entry.slug, note, question)


def _entries(month: Month, site: Site) -> Iterator[Outline]:
    return (site.outline(slug) for slug in site.listed("month", "{:04}-{:02}".format(*month)))


def _one_origin(month: Month, site: Site) -> Iterator[Item]:
    for entry in _entries(month, site):
        if origins(entry.sources, site) == 1:
            count = len(entry.sources)
            yield _item(entry, f"{site.origin_of(entry.sources[0])}, {counted(count, 'source')}")


@derivation
def _perspective(ident: str, site: Site) -> str:
    """Whose side a source speaks from: another title of it is nothing to the entries that rest on it."""
    return site.sources[ident].perspective


def _one_sided(month: Month, site: Site) -> Iterator[Item]:
    for entry in _entries(month, site):
        sides = {_perspective(source, site) for source in entry.sources}
        if len(sides) == 1 and THIRD_PARTY not in sides:
            yield _item(entry, f"{perspective_name(sides.pop(), site)} alone")


def _untied(month: Month, site: Site) -> Iterator[Item]:
    state = truces_in(month, site)
    for entry in _entries(month, site):
        if site.kinds[entry.kind].lane != HOSTILITIES:
            continue
        held = state.held_on(date.fromisoformat(entry.first))
        tied = {ident for ident, _, terms, _ in entry.roles if terms}
        if held and tied.isdisjoint(held):
            yield _item(entry, site.agreements[held[-1]].title)


_EACH_ENTRY = {"one-origin": _one_origin, "one-sided": _one_sided, "untied": _untied}


def _one_answer(site: Site) -> Iterator[Item]:
    for question, count in site.questions():
        if count == 1:
            slug, at = site.answers_to(question)[0]
            entry = site.outline(slug)
            yield _item(entry, parts.who(entry.said[at][0], site).name, question)


def _uncited(site: Site) -> Iterator[Item]:
    for month, slug, count in site.uncited_entries():
        yield Item(month, slug, counted(count, "sentence"))


def _no_archive(site: Site) -> Iterator[Item]:
    for source in site.sources.values():
        if source.url and not source.archived:
            yield _source(source)


def _source(source: Source) -> Item:
    month = source.published.first.isoformat()[:7] if source.published else ""
    return Item(month, source.id, source.publisher, is_source=True)


def _unused(site: Site) -> Iterator[Item]:
    used = {ident for ident, _ in site.tally("source")}
    used |= {ident for slug in site.agreements for ident in site.agreements[slug].sources}
    used |= {
        pointer.source for slug in site.pages for each in site.pages[slug].body.citations for pointer in each.pointers
    }
    used |= {source.origin for source in site.sources.values()}
    for source in site.sources.values():
        if source.id not in used:
            yield _source(source)


_TASKS: tuple[tuple[tuple[str, str, str], Callable[[Site], Iterator[Item]]], ...] = (
    (
        ("one-origin", "Entries that rest on one origin", "All their sources reprint one account."),
        _each_entry("one-origin"),
    ),
    (
        ("one-sided", "Entries with one side’s sources alone", "No third party’s, and none of the other side."),
        _each_entry("one-sided"),
    ),
    (("one-answer", "Questions with one answer", "Does the other side say something else?"), _one_answer),
    (
        ("untied", "Fighting under a ceasefire, tied to none of its terms", "Was it alleged to be a breach?"),
        _each_entry("untied"),
    ),
    (("uncited", "Sentences without a citation", "Every statement leads to its source."), _uncited),
    (("no-archive", "Sources without an archived copy", "Pages vanish."), _no_archive),
    (("unused", "Sources that nothing rests on", "They count in the balance of the sources."), _unused),
)

KINDS = {"work list": PageKind(_page, lambda: ADDRESS), "task": PageKind(_one, _address)}
