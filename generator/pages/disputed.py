"""Every question with rival accounts, its answers side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.page import Page, Parts, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.record.model import Site

PER_PART = 60


@dataclass(frozen=True, slots=True)
class DisputedView:
    """Questions in order of the chronology."""

    questions: tuple[tuple[parts.Question, tuple[parts.Card, ...]], ...]
    count: int
    parts: Parts


def open_questions(site: Site) -> list[str]:
    """The disputed questions, in order of the chronology."""
    return [question for question in site.claims_by_question if question in site.disputed]


def address_of(site: Site, question: str) -> str:
    """Where a question stands on the pages of disputes."""
    number = open_questions(site).index(question) // PER_PART + 1
    return f"disputed/{'' if number == 1 else f'page-{number}/'}#{parts.question_id(question)}"


def pages(site: Site) -> Iterator[Page]:
    """The questions, in parts when there are many."""
    questions = open_questions(site)
    for address, place, chosen in split("disputed/", questions, PER_PART):
        shown = []
        for question in chosen:
            answers = site.claims_by_question[question]
            entries = list({event.slug: event for event, _ in answers}.values())
            shown.append((parts.question_view(question, answers, site), parts.cards(entries, site)))
        title = "Disputed" if place.number == 1 else f"Disputed, part {place.number}"
        description = f"{len(questions)} questions on which accounts differ, with the answers side by side."
        view = DisputedView(tuple(shown), len(questions), place)
        yield Page(address, "pages/disputed.html", title, view, description, section="disputed")
