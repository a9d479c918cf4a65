"""The home page: what stands before the first scroll."""

from __future__ import annotations

from small_site import event, site, truce

from generator.pages.home import KINDS, MOST_HELD, HomeView


def test_of_many_agreements_in_force_the_newest_are_named() -> None:
    """The others are counted: a hundred of them filled the first two screens."""
    truces = tuple(truce(f"t{number}", (f"2025-0{number}-01", ""), status="in-force") for number in range(1, 9))
    view = KINDS["home"].make(site(event("2025-12-01"), agreements=truces)).view

    assert isinstance(view, HomeView)
    assert view.state is not None
    assert ["t6", "t7", "t8"] == [named.title for named in view.state.agreements]
    assert 8 - MOST_HELD == view.state.more
