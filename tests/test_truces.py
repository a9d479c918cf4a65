"""Ceasefires in time: in force, suspended, for how many days, and who alleges that one was broken."""

from __future__ import annotations

from datetime import date

import pytest
from small_site import claim, event, role, site, truce

from generator.pages.agreements import KINDS, AgreementView, agreement_card
from generator.pages.axis import accusers, axis
from generator.pages.truces import truces, truces_in
from generator.record.model import Citation, Pointer, Prose

QUAY = truce("quay", ("2025-03-05", "2025-03-09"), ("2025-03-20", ""), status="in-force")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (4, "none"),
        (5, "in-force"),
        (9, "in-force"),
        (10, "suspended"),
        (19, "suspended"),
        (20, "in-force"),
        (31, "in-force"),
    ],
)
def test_the_state_of_a_day(day: int, state: str) -> None:
    """Both ends of a period count; a suspension lasts from its entry to the day before the resumption."""
    whole = site(
        event("2025-03-10", agreements=role("quay", "suspension")),
        event("2025-03-20", agreements=role("quay", "resumption")),
        event("2025-03-31"),
        agreements=(QUAY,),
    )

    when = date(2025, 3, day)
    assert state == truces(whole).state(when)
    assert state == truces_in((2025, 3), whole).state(when)


def test_what_was_suspended_and_resumed_on_one_day_was_suspended_on_none() -> None:
    """Also on the first day of all, before which there is none."""
    for day in ("2025-03-07", "0001-01-01"):
        whole = site(
            event(day, slug="a", agreements=role("quay", "suspension")),
            event(day, slug="b", agreements=role("quay", "resumption")),
            event("2025-03-12"),
            agreements=(truce("quay", (day, "2025-03-31")),),
        )

        assert () == whole.times_suspended()


def test_days_held_count_both_ends_and_end_with_the_newest_entry() -> None:
    """Five days and twelve: what is still in force is counted to the day of the newest entry, never to the clock's."""
    assert 5 + 12 == QUAY.days_held(truces(site(event("2025-03-31"), agreements=(QUAY,))).now)


def test_a_suspension_ends_with_the_collapse() -> None:
    """What was suspended is nothing any longer on the day that it collapses."""
    whole = site(
        event("2025-03-07", agreements=role("quay", "suspension")),
        event("2025-03-12", agreements=role("quay", "collapse")),
        event("2025-03-15"),
        agreements=(truce("quay", ("2025-03-05", "2025-03-06")),),
    )

    states = [truces(whole).state(date(2025, 3, day)) for day in (6, 7, 11, 12)]

    assert ["in-force", "suspended", "suspended", "none"] == states


def test_an_agreement_that_is_no_truce_has_ended() -> None:
    """One party's notice is enough, and nothing need collapse; a truce that is over has collapsed."""
    treaty, quay = truce("treaty"), truce("quay", ("2025-03-05", "2025-03-06"))
    whole = site(event("2025-03-07"), agreements=(treaty, quay))

    assert ["ended", "collapsed"] == [agreement_card(slug, whole).status for slug in ("treaty", "quay")]


def test_one_truce_suspended_is_not_all_of_them() -> None:
    """When one of two is suspended, the day is shown neither as quiet nor as if none were in force."""
    whole = site(
        event("2025-03-07", agreements=role("new", "suspension")),
        event("2025-03-09"),
        agreements=(truce("old", ("2025-03-01", "")), truce("new", ("2025-03-05", "2025-03-06"), status="suspended")),
    )

    assert ["in-force", "partly", "partly"] == [truces(whole).state(date(2025, 3, day)) for day in (6, 7, 8)]


def test_who_alleges_a_breach() -> None:
    """The side whose claims deny nothing; an official speaks for a side, and words may name one.

    Where both sides claim something, neither: only the entry can say who alleges the breach.
    """
    told = role("quay", "alleged-violation")
    named = tuple(each._replace(by=("speaker", "wire")) for each in told)
    both = (claim("lower"), claim("speaker"))
    whole = site(
        event("2025-03-01", agreements=told, claims=(claim("lower", denies=True), claim("speaker"))),
        event("2025-03-02", agreements=told, claims=(claim("Lower Town, as reported by the Wire"),)),
        event("2025-03-03", agreements=told, claims=(claim("Fishermen at the quay"),)),
        event("2025-03-04", agreements=told, claims=both),
        event("2025-03-05", agreements=named, claims=both),
    )

    found = [accusers(f"2025-03-0{day}", "quay", whole) for day in range(1, 6)]

    assert [("upper",), ("lower",), (), (), ("upper", "wire")] == found


def test_each_alleged_breach_is_counted_once() -> None:
    """By whom: either side, both, or neither of them; nothing is said where no side is known."""
    told = role("quay", "alleged-violation")
    by = [("upper",), ("speaker",), ("lower", "upper"), ("wire",), ()]
    events = [
        event(f"2025-03-0{day}", agreements=tuple(each._replace(by=its) for each in told))
        for day, its in enumerate(by, 5)
    ]
    agreements = (truce("quay", ("2025-03-05", "2025-03-09")),)

    card = agreement_card("quay", site(*events, agreements=agreements))
    unknown = agreement_card("quay", site(*events[3:], agreements=agreements))

    assert (("Upper Town", 2), ("both sides", 1), ("others or nobody named", 2)) == card.alleged_by
    assert (5, ()) == (card.violations, unknown.alleged_by)


def test_alleged_breaches_stand_on_their_sides_of_the_axis() -> None:
    """Those that the first party alleges are drawn above the bar, those of the second below."""
    told = role("quay", "alleged-violation")
    whole = site(
        event("2025-03-06", agreements=told, claims=(claim("lower"),)),
        event("2025-03-08", agreements=told, claims=(claim("upper"),)),
        event("2025-03-09", agreements=told),
        agreements=(truce("quay", ("2025-03-05", "2025-03-09")),),
    )

    drawn = axis(whole, ("quay",))

    assert drawn is not None
    assert ("Lower Town", "Upper Town") == (drawn.above, drawn.below)
    assert ((200,), (600,), (800,)) == (drawn.rows[0].above, drawn.rows[0].below, drawn.rows[0].middle)
    assert drawn.has_middle


def test_the_axis_names_months_and_below_them_years() -> None:
    """A year stands where it begins and at the first month; what a phone has no room for is minor."""
    whole = site(event("2026-02-15"), agreements=(truce("quay", ("2025-07-28", "2026-02-15")),))

    drawn = axis(whole, ("quay",))

    assert drawn is not None
    months, years = drawn.labels
    assert "Aug Sep Oct Nov Dec Jan Feb" == " ".join(label.words for label in months)
    assert [False] * 7 == [label.is_minor for label in months]
    assert [(months[0].at, "2025"), (months[5].at, "2026")] == [(label.at, label.words) for label in years]
    assert not drawn.has_middle


def test_of_many_names_on_the_axis_some_are_minor() -> None:
    """Where each month has less room than its name, every second is left out on a phone; its line is there."""
    whole = site(event("2026-01-15"), agreements=(truce("quay", ("2024-12-31", "2026-01-15")),))

    drawn = axis(whole, ("quay",))

    assert drawn is not None
    months, years = drawn.labels
    assert ["Jan", "Mar", "May"] == [label.words for label in months if not label.is_minor][:3]
    assert 13 == len(drawn.lines)
    assert [("2025", False), ("2026", False)] == [(label.words, label.is_minor) for label in years]


def test_how_an_agreement_stands_leads_to_its_sources() -> None:
    """In the list by the numbers that the agreement's page begins with, which stand there above its text."""
    note = Prose(("It broke", Citation((Pointer("wire"),)), "."))
    body = Prose(("<p>It was agreed", Citation((Pointer("gazette"), Pointer("wire"))), ".</p>"))
    agreement = truce("quay", ("2025-03-05", ""))._replace(status_note=note, body=body, sources=("gazette", "wire"))
    whole = site(event("2025-03-06"), agreements=(agreement,))

    view = KINDS["agreement"].make(whole, "quay").view

    assert isinstance(view, AgreementView)
    (listed,) = (mark for piece in view.card.note for mark in piece.marks)
    (shown,) = (mark for piece in view.note for mark in piece.marks)
    assert (1, "agreements/quay/#source-1") == (listed.number, listed.address)
    assert (1, "wire") == (shown.number, view.sources[0].source.id)
    assert [2, 1] == [mark.number for piece in view.body for mark in piece.marks]
