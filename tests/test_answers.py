"""Does the other side agree?  What an entry's page says of it, wherever the other side's answer stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_site import ACTORS, claim, event, role, site, truce

from generator.pages.agreements import KINDS as AGREEMENTS
from generator.pages.agreements import AgreementView
from generator.pages.event import KINDS, MOST_OTHERS, EventView
from generator.pages.parts import card, question_view
from generator.record.model import Actor

if TYPE_CHECKING:
    from generator.pages.disputed import Asked

WHO = "Who cut the ropes?"


def asked(slug: str, *events: object) -> Asked:
    """The one question on an entry's page."""
    view = KINDS["entry"].make(site(*events), slug).view  # type: ignore[arg-type]
    assert isinstance(view, EventView)
    (found,) = view.questions
    return found


def test_the_other_sides_answer_is_shown_where_another_entry_has_it() -> None:
    """With the entry that it stands in, and a citation that leads to its source's page; one's own as before."""
    one = event("2025-03-01", title="The first", claims=(claim("lower", WHO),))
    other = event("2025-03-02", title="The second", claims=(claim("upper", WHO, denies=True),))

    found = asked("2025-03-01", one, other)

    (ours,), (theirs,) = (side.answers for side in found.question.sides)
    assert ["Lower Town", "Upper Town"] == [side.name for side in found.question.sides]
    assert ("", 1) == (ours.entry.name, ours.mark.number)
    assert ("The second", 0, "sources/gazette/") == (theirs.entry.name, theirs.mark.number, theirs.mark.page)
    assert found.is_all


def test_of_two_sides_the_one_that_has_not_answered_is_named() -> None:
    """In its place, and not counted as an account: a reader need not guess whether it was asked."""
    found = asked("2025-03-01", event("2025-03-01", claims=(claim("upper", WHO), claim("wire", WHO))))

    assert [("Lower Town", 0), ("Upper Town", 1), ("Others", 1)] == [
        (side.name, len(side.answers)) for side in found.question.sides
    ]
    assert 2 == found.question.accounts


def test_nobody_is_missed_where_neither_side_or_each_has_answered() -> None:
    """Nor among statements that answer no question; nor on a part that has the answers of one side alone."""
    neither = event("2025-03-01", claims=(claim("wire", WHO),))
    one, other = (event(f"2025-03-0{day}", claims=(claim(who, WHO),)) for day, who in ((2, "lower"), (3, "upper")))
    loose = event("2025-03-01", claims=(claim("upper"),))
    each = site(one, other)

    assert [1] == [len(side.answers) for side in asked("2025-03-01", neither).question.sides]
    assert [1] == [len(side.answers) for side in question_view("", [(loose.slug, 0)], site(loose)).sides]
    assert [1] == [len(side.answers) for side in question_view(WHO, [(one.slug, 0)], each).sides]


def test_an_agreement_shows_the_other_sides_answer_wherever_it_stands() -> None:
    """An entry alleges a breach; the denial stands in one that tells nothing of the agreement."""
    told = role("quay", "alleged-violation")
    one = event("2025-03-06", title="The first", agreements=told, claims=(claim("lower", WHO),))
    other = event("2025-03-07", title="The second", claims=(claim("upper", WHO, denies=True),))
    whole = site(one, other, agreements=(truce("quay", ("2025-03-05", "")),))

    view = AGREEMENTS["agreement"].make(whole, "quay").view

    assert isinstance(view, AgreementView)
    ((_, (breach,), _),) = view.stages
    (found,) = breach.questions
    (ours,), (theirs,) = (side.answers for side in found.question.sides)
    assert ("", "The second") == (ours.entry.name, theirs.entry.name)
    assert f"disputed/#{found.question.id}" == found.address


def test_who_takes_part_stands_in_the_stated_order() -> None:
    """Each side with those who speak for it, then all others; within a side as the entry names them."""
    who = ("wire", "speaker", "upper", "lower")
    actors = ACTORS | {"wire": Actor("wire", "The Wire", "media")}

    view = KINDS["entry"].make(site(event("2025-03-01", actors=who), actors=actors), "2025-03-01").view

    assert isinstance(view, EventView)
    assert ["The Lower Town", "The Speaker", "The Upper Town", "The Wire"] == [actor.name for actor in view.actors]


def test_accounts_are_counted_wherever_they_are_given() -> None:
    """Two, when each of two entries has one; the same claimant is one account."""
    events = (
        event("2025-03-01", claims=(claim("lower", WHO),)),
        event("2025-03-02", claims=(claim("upper", WHO, denies=True),)),
        event("2025-03-03", claims=(claim("lower", WHO),)),
    )

    assert [2, 2, 2] == [card(each.slug, site(*events)).accounts for each in events]


def test_where_more_answers_stand_is_said_when_not_all_are_shown() -> None:
    """On the list of questions, as long as they have no page of their own."""
    events = [event(f"2025-03-{day:02}", claims=(claim("lower", WHO),)) for day in range(1, 8)]
    events.append(event("2025-03-09", claims=(claim("upper", WHO, denies=True),)))

    found = asked("2025-03-01", *events)

    assert (f"disputed/#{found.question.id}", False) == (found.address, found.is_all)


def test_of_very_many_answers_the_newest_of_each_side_are_shown_and_the_way_to_all() -> None:
    """An entry's own are always among them, and so is the one of a side that has no other."""
    events = [event(f"2025-{1 + day // 28:02}-{1 + day % 28:02}", claims=(claim("lower", WHO),)) for day in range(40)]
    events.insert(5, event("2025-01-06", slug="denial", claims=(claim("upper", WHO, denies=True),)))

    found = asked("2025-01-01", *events)

    shown = [answer for side in found.question.sides for answer in side.answers]
    assert [1 + MOST_OTHERS, 1] == [len(side.answers) for side in found.question.sides]
    assert 1 == [answer.entry.name for answer in shown].count("")
    assert f"disputed/{found.question.id}/" == found.address
