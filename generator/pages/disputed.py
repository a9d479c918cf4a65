"""Every question with rival accounts, its answers side by side; a question with many answers has pages of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import parts
from generator.pages.citations import Citer, WrittenOut, for_paper
from generator.pages.page import Crumb, Page, PageKind, Parts, numbered
from generator.record import urls
from generator.record.site import chosen, part_count
from generator.record.tracking import derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.record.keys import Output
    from generator.record.site import Site

ADDRESS = "disputed/"
PER_PART = 30
"""Questions on one part of the list."""
MOST_ANSWERS = 24
"""Answers to a question that the list shows; of more, the newest, and all on the question's own pages."""


class Asked(NamedTuple):
    """A question that an entry's claims answer, with the answers that other entries have, or the newest of them.

    address: where all answers to a disputed question are.  is_all: whether all are here.
    """

    question: parts.Question
    address: str
    is_all: bool


class Listed(NamedTuple):
    """A question with its answers, or the newest of them, and the entries that they stand in.

    answers: how many there are in all.  address: of the question's own page, where it has one.
    """

    question: parts.Question
    entries: tuple[parts.Card, ...]
    answers: int
    address: str


class DisputedView(NamedTuple):
    """Questions in order of the chronology."""

    questions: tuple[Listed, ...]
    total: int
    parts: Parts
    on_paper: tuple[WrittenOut, ...]
    """The sources of the answers: where there are no links, their addresses are written out."""


class QuestionView(NamedTuple):
    """A part of the answers to one question, in order of time."""

    question: Listed
    parts: Parts
    on_paper: tuple[WrittenOut, ...]


def outputs(site: Site) -> Iterator[Output]:
    """The questions, in parts; for those with many answers, pages of their own."""
    yield from numbered("disputed", items=len(site.disputed()), size=PER_PART)
    for question, answers in site.questions():
        if answers > MOST_ANSWERS and site.is_disputed(question):
            yield from numbered("question", question, items=answers)


def address_of(site: Site, question: str) -> str:
    """Where a question stands on the pages of disputes."""
    part = urls.part(ADDRESS, site.place_in_disputes(question) // PER_PART + 1)
    return f"{part}#{parts.question_id(question)}"


@derivation
def all_answers(question: str, site: Site) -> str:
    """Where all answers to a disputed question are."""
    is_long = len(site.answers_to(question)) > MOST_ANSWERS
    return _address(question) if is_long else address_of(site, question)


def asked_in(slug: str, question: str, site: Site, citer: Citer | None = None, *, most: int) -> Asked:
    """What an entry asks: a reader of one account is shown the other, also where it stands in another entry.

    most: answers of each side in other entries.  citer: of the entry's own page.
    """
    shown, is_all = site.answers_around(question, slug, most)
    view = parts.question_view(question, shown, site, citer, slug)
    return Asked(view, all_answers(question, site) if view.disputed else "", is_all)


def _disputed(site: Site, number: int) -> Page:
    questions = site.disputed()
    place = Parts(ADDRESS, number, part_count(len(questions), PER_PART))

    def view() -> DisputedView:
        newest = tuple(_newest(question, site) for question in chosen(questions, number, PER_PART))
        shown, on_paper = for_paper(newest, site)
        return DisputedView(shown, len(questions), place, on_paper)

    description = f"{len(questions)} questions on which accounts differ, with the answers side by side."
    address = urls.part(ADDRESS, number)
    return Page(address, "pages/disputed.html", place.titled("Disputed"), view, description, section="disputed")


def _newest(question: str, site: Site) -> Listed:
    answers = len(site.answers_to(question))
    own = urls.question(parts.question_id(question)) if answers > MOST_ANSWERS else ""
    return _listed(question, site.answers_to(question)[-MOST_ANSWERS:], answers, own, site)


def _listed(question: str, shown: Sequence[tuple[str, int]], answers: int, address: str, site: Site) -> Listed:
    entries = dict.fromkeys(slug for slug, _ in shown)
    view = parts.question_view(question, shown, site)
    return Listed(view, parts.cards(entries, site), answers, address)


def _question(site: Site, question: str, number: int) -> Page:
    answers = len(site.answers_to(question))
    place = Parts(_address(question), number, part_count(answers))
    size = -(-answers // place.total)
    its = site.answers_to(question, (number - 1) * size, size)
    listed, on_paper = for_paper(_listed(question, its, answers, "", site), site)
    crumbs = (Crumb("Disputed", ADDRESS),)
    description = f"{answers} answers to a question on which accounts differ, in order of time."
    address = urls.part(place.address, number)
    view = QuestionView(listed, place, on_paper)
    return Page(address, "pages/question.html", place.titled(question), lambda: view, description, crumbs, "disputed")


def _address(question: str) -> str:
    return urls.question(parts.question_id(question))


KINDS = {
    "disputed": PageKind(_disputed, lambda number: urls.part(ADDRESS, number)),
    "question": PageKind(_question, lambda question, number: urls.part(_address(question), number)),
}
