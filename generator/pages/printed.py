"""Each month for paper: its entries whole, with who says what, and the addresses of their sources written out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import Cited, Citer, Piece
from generator.pages.days import months
from generator.pages.page import Crumb, Page, Parts, split
from generator.record import urls
from generator.record.edtf import month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.model import Event, Site

PER_PART = 25
"""Entries on one page: they come with all of their text and sources."""


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An entry with its text, its claims and its sources, numbered for itself."""

    card: parts.Card
    permalink: str
    body: tuple[Piece, ...]
    questions: tuple[parts.Question, ...]
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class PrintedView:
    """A month, or a part of it."""

    name: str
    entries: tuple[PrintedEntry, ...]
    count: int
    parts: Parts
    month: str


def pages(site: Site) -> Iterator[Page]:
    """Each month with entries, in parts when there are many."""
    for month, events in months(site).items():
        name, address = month_in_words(*month), urls.month(*month)
        crumbs = (
            Crumb("Chronology", "timeline/"),
            Crumb(f"{month[0]:04}", urls.year(month[0])),
            Crumb(name, address),
        )
        for where, place, chosen in split(urls.printed(address), events, PER_PART):
            title = f"{name}, to print" + (f", part {place.number}" if place.number > 1 else "")
            entries = tuple(_entry(event, site) for event in chosen)
            view = PrintedView(name, entries, len(events), place, address)
            yield Page(where, "pages/printed.html", title, view, "", crumbs, "timeline", listed=False)


def _entry(event: Event, site: Site) -> PrintedEntry:
    citer = Citer(site)
    body = citer.prose(event.body)
    by_question = {
        question: [(event, claim) for claim in event.claims if claim.question == question]
        for question in (*event.questions, "")
    }
    rival = ((text, answers) for text, answers in by_question.items() if answers)
    questions = tuple(parts.question_view(text, answers, site, citer) for text, answers in rival)
    for source in event.sources:  # those that are listed and not cited come last
        citer.cite(source)
    permalink = site.settings.absolute(urls.event(event.slug))
    return PrintedEntry(parts.card(event, site), permalink, body, questions, citer.sources())
