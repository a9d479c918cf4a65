"""Each month for paper: its entries whole, with who says what, figures, and the addresses of sources written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import Cited, Citer, Piece
from generator.pages.page import Crumb, Page, PageKind, Parts, numbered
from generator.record import urls
from generator.record.edtf import month_in_words
from generator.record.site import part_count
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.keys import Output
    from generator.record.model import Event
    from generator.record.site import Site

PER_PART = 25
"""Entries on one page: they come with all of their text and sources."""
MOST_OTHERS = 2
"""Answers of each side that stand in other entries: on paper nobody can follow a link to the other side's."""


class PrintedEntry(NamedTuple):
    """An entry with its text, its claims, figures and sources, numbered for itself."""

    card: parts.Card
    permalink: str
    body: tuple[Piece, ...]
    questions: tuple[parts.Question, ...]
    figures: tuple[parts.FigureView, ...]
    sources: tuple[Cited, ...]


class PrintedView(NamedTuple):
    """A month, or a part of it."""

    name: str
    entries: tuple[PrintedEntry, ...]
    total: int
    parts: Parts
    month: str


def outputs(site: Site) -> Iterator[Output]:
    """Each month with entries, in parts when there are many."""
    for month, count in site.months():
        yield from numbered("printed", *month, items=count, size=PER_PART)


def _printed(site: Site, year: int, number: int, part: int) -> Page:
    month = (year, number)
    name, address = month_in_words(*month), urls.month(*month)
    count, slugs = site.nth_of_month(month, part, PER_PART)
    crumbs = (Crumb("Chronology", "timeline/"), Crumb(f"{year:04}", urls.year(year)), Crumb(name, address))
    place = Parts(urls.printed(address), part, part_count(count, PER_PART))

    def view() -> PrintedView:
        return PrintedView(name, tuple(_entry(site.entries[slug], site) for slug in slugs), count, place, address)

    title = place.titled(f"{name}, to print")
    where = urls.part(place.address, part)
    return Page(where, "pages/printed.html", title, view, "", crumbs, "timeline", listed=False)


def _entry(event: Event, site: Site) -> PrintedEntry:
    citer = Citer(site)
    body = citer.prose(event.body)
    asked = [(text, site.answers_around(text, event.slug, MOST_OTHERS)[0]) for text in event.questions]
    asked.append(("", tuple(parts.claims_on("", event.slug, site))))
    views = (parts.question_view(text, told, site, own=event.slug) for text, told in asked if told)
    questions = tuple(_numbered(view, citer) for view in views)
    for source in event.sources:  # those that are listed and not cited come last
        citer.cite(source)
    figures = parts.cited_figures(event, citer, site)
    permalink = site.settings.absolute(urls.event(event.slug))
    return PrintedEntry(parts.card(event.slug, site), permalink, body, questions, figures, citer.sources())


def _numbered(question: parts.Question, citer: Citer) -> parts.Question:
    """On paper, answers of other entries too have their source in the entry's list."""
    return question._replace(
        sides=tuple(
            side._replace(answers=tuple(each._replace(mark=citer.cite(each.mark.source)) for each in side.answers))
            for side in question.sides
        )
    )


def _address(year: int, number: int, part: int) -> str:
    return urls.part(urls.printed(urls.month(year, number)), part)


KINDS = {"printed": PageKind(_printed, _address, listed=False)}
