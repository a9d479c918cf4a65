"""The home page: what stands before the first scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_site import event, figure, role, site, truce

from generator.pages.home import KINDS, MOST_HELD, HomeView

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
        figure(f"2025-12-{day:02}", day, scope="lower", group=group)
        for day, group in ((1, "all"), (8, "soldiers"), (9, "soldiers"))
    )

    def shown(*figures: Figure) -> list[tuple[str, str]]:
        view = KINDS["home"].make(site(event("2025-12-01", figures=figures))).view
        assert isinstance(view, HomeView)
        return [(span.low.number, span.group) for one in view.figures for span in one.spans]

    assert [("1", "")] == shown(old, week)
    assert [("1", ""), ("9", "soldiers")] == shown(old, week, new)
    assert [] == shown(week)
