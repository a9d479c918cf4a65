"""The home page: what stands before the first scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_site import VOCABULARY, event, figure, role, site, truce

from generator.pages.home import KINDS, MOST_HELD, HomeView
from generator.record import edtf
from generator.record.model import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.pages.agreements import AgreementCard
    from generator.pages.home import State
    from generator.record.model import Agreement, Figure


def state(*agreements: Agreement) -> State:
    """What the home page says of agreements, of which one may be suspended."""
    events = event("2025-03-07", agreements=role("new", "suspension")), event("2025-12-01")
    view = KINDS["home"].make(site(*events, agreements=agreements)).view
    assert isinstance(view, HomeView)
    assert view.state is not None
    return view.state


def names(cards: Iterable[AgreementCard]) -> list[str]:
    """The titles of agreements."""
    return [card.title for card in cards]


def test_of_many_agreements_in_force_the_newest_are_named() -> None:
    """The others are counted: a hundred of them filled the first two screens."""
    truces = tuple(truce(f"t{number}", (f"2025-0{number}-01", ""), status="in-force") for number in range(1, 9))

    shown = state(*truces)

    assert ["t6", "t7", "t8"] == names(shown.agreements)
    assert 8 - MOST_HELD == shown.more


def test_a_truce_that_is_suspended_is_not_named_as_in_force() -> None:
    """One that holds beside it is; where none does, only what is suspended."""
    suspended = truce("new", ("2025-03-05", ""), status="suspended")

    both, alone = state(truce("old", ("2025-03-01", "")), suspended), state(suspended)

    assert ("partly", ["old"], ["new"]) == (both.state, names(both.agreements), names(both.suspended))
    assert ("suspended", [], ["new"]) == (alone.state, names(alone.agreements), names(alone.suspended))


def test_where_all_together_were_counted_long_ago_a_newer_count_of_one_group_stands_beside() -> None:
    """Else the newest that readers see is older than what the sources say."""
    old, week, new = (
        figure(f"2025-12-{day:02}", low, scope="lower", group=group)
        for day, low, group in ((1, 30, "all"), (8, 8, "soldiers"), (9, 9, "soldiers"))
    )

    assert [("30", "")] == shown(old, week)
    assert [("30", ""), ("9", "soldiers")] == shown(old, week, new)
    assert [] == shown(week)


def test_a_group_that_is_more_than_all_together_stands_beside() -> None:
    """The higher number is not left out because somebody else counted all together three days before."""
    whole = figure("2025-12-10", 68, scope="lower")
    fewer, more = (figure("2025-12-13", low, scope="lower", group="soldiers") for low in (60, 270))

    assert [("68", "")] == shown(whole, fewer)
    assert [("68", ""), ("270", "soldiers")] == shown(whole, more)


def test_what_was_counted_in_an_earlier_round_of_fighting_says_so_and_stands_below() -> None:
    """Seventy in July is not to be read as the whole of which ninety soldiers in December are a part."""
    killed = Measure("killed", "Killed", "people", cumulative=True)
    vocabulary = VOCABULARY._replace(measures=(killed,))
    july = figure("2025-07-26", 70, scope="lower", since=edtf.parse("2025-07-24"))
    soldiers = figure("2025-12-24", 90, scope="lower", group="soldiers", since=edtf.parse("2025-12-07"))
    page = KINDS["home"].make(site(event("2025-12-24", figures=(july, soldiers)), vocabulary=vocabulary))

    assert isinstance(page.view, HomeView)
    assert [("90", False), ("70", True)] == [(span.low.number, span.is_earlier) for span in page.view.figures[0].spans]


def shown(*figures: Figure) -> list[tuple[str, str]]:
    """The numbers on the home page, and of which group each is."""
    view = KINDS["home"].make(site(event("2025-12-01", figures=figures))).view
    assert isinstance(view, HomeView)
    return [(span.low.number, span.group) for one in view.figures for span in one.spans]
