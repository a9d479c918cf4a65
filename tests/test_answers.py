"""Does the other side agree?  What an entry's page says of it, wherever the other side's answer stands."""

from __future__ import annotations

from small_site import claim, event, site

from generator.pages.event import KINDS, MOST_OTHERS, Asked, EventView
from generator.pages.parts import card

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
    assert "" == found.address


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

    assert f"disputed/#{found.question.id}" == found.address


def test_of_very_many_answers_the_newest_of_each_side_are_shown_and_the_way_to_all() -> None:
    """An entry's own are always among them, and so is the one of a side that has no other."""
    events = [event(f"2025-{1 + day // 28:02}-{1 + day % 28:02}", claims=(claim("lower", WHO),)) for day in range(40)]
    events.insert(5, event("2025-01-06", slug="denial", claims=(claim("upper", WHO, denies=True),)))

    found = asked("2025-01-01", *events)

    shown = [answer for side in found.question.sides for answer in side.answers]
    assert [1 + MOST_OTHERS, 1] == [len(side.answers) for side in found.question.sides]
    assert 1 == [answer.entry.name for answer in shown].count("")
    assert f"disputed/{found.question.id}/" == found.address
