"""The cuts of a month: by a script, with the state in the address; without one, as links to pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Guarded
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MONTH = "timeline/2025/07/"


@pytest.fixture
def month(guarded_page: Guarded) -> Page:
    """A month of one part, with its filter."""
    page = guarded_page.open(MONTH)
    page.locator("form.filter").wait_for(state="attached")
    return page


def shown(page: Page) -> int:
    """How many entries can be seen."""
    return page.locator(".chronology .entry:visible").count()


def number_in(words: str) -> int:
    """The number in an option: `Clash (5)`."""
    found = re.search(r"\((\d+)\)", words)
    assert found, words
    return int(found[1])


def test_a_choice_cuts_the_list_and_says_how_many(month: Page) -> None:
    """What does not fit is gone, with its empty days; the option had said how many would be left."""
    everything = shown(month)
    option = month.locator("select[name=kind] option[value=clash]")
    promised = number_in(option.inner_text())

    month.get_by_label("Kind").select_option("clash")

    assert 0 < promised < everything
    assert promised == shown(month)
    assert 0 == month.locator(".chronology .entry:visible:not([data-filter~=kind-clash])").count()
    assert [] == [day for day in month.locator(".day:visible").all() if not day.locator(".entry:visible").count()]
    assert month.locator(".day[hidden]").count() == month.locator(".glance .is-cut").count() > 0
    assert f"{promised} of {everything} entries shown." == month.get_by_role("status").inner_text().strip()


def test_the_counts_follow_the_other_choices(month: Page) -> None:
    """Each option says what it would leave; what would leave nothing cannot be chosen."""
    month.get_by_label("Kind").select_option("clash")
    month.get_by_label("Disputed only").check()
    kept = shown(month)

    places = month.locator("select[name=place] option")
    for words, disabled in places.evaluate_all("all => all.map(each => [each.textContent, each.disabled])"):
        assert disabled == (number_in(words) == 0), words
    assert kept == number_in(places.first.inner_text())


def test_the_state_is_in_the_address_and_back_undoes_a_choice(month: Page, site_url: str) -> None:
    """A cut can be sent to somebody; Back and Forward go through the choices one by one."""
    everything = shown(month)
    month.get_by_label("Kind").select_option("clash")
    clashes = shown(month)
    month.get_by_label("Party").select_option("thailand")
    both = shown(month)

    assert f"{site_url}/{MONTH}?kind=clash&party=thailand" == month.url
    month.go_back()
    assert (clashes, "") == (shown(month), month.get_by_label("Party").input_value())
    month.go_back()
    assert everything == shown(month)
    month.go_forward()
    month.go_forward()
    assert both == shown(month)
    month.locator(".entry:visible h3 a").first.click()
    month.go_back()
    month.locator("form.filter").wait_for(state="attached")
    assert ("clash", "thailand") == (
        month.get_by_label("Kind").input_value(),
        month.get_by_label("Party").input_value(),
    )
    assert both == shown(month)


def test_an_address_with_what_is_not_there_shows_everything(guarded_page: Guarded) -> None:
    """A mistyped or outdated cut hides nothing, and breaks nothing."""
    page = guarded_page.open(f"{MONTH}?kind=nonsense&place=&party[]=x&disputed=maybe")
    page.locator("form.filter").wait_for(state="attached")

    assert page.locator(".entry").count() == shown(page)
    assert [] == guarded_page.errors


def test_the_keyboard_alone_filters_and_clears(month: Page) -> None:
    """Choose, tick and clear with keys; the focus stays where one would look for it."""
    everything = shown(month)
    month.get_by_label("Kind").focus()
    month.keyboard.press("ArrowDown")
    first = shown(month)
    for _ in range(3):
        month.keyboard.press("Tab")
    month.keyboard.press("Space")
    assert month.get_by_label("Disputed only").is_checked()
    assert shown(month) <= first < everything

    month.get_by_role("button", name="Show all").focus()
    month.keyboard.press("Enter")

    assert everything == shown(month)
    assert "kind" == month.evaluate("document.activeElement.name")
    assert f"All {everything} entries shown." == month.get_by_role("status").inner_text().strip()


def test_a_month_in_parts_says_so_and_takes_the_cut_along(guarded_page: Guarded, built_site: Path) -> None:
    """The counts are those of the part; the links to the other parts carry the choices."""
    parts = sorted(built_site.glob("timeline/*/*/page-2/index.html"))
    assert parts, "no month is in parts"
    page = guarded_page.open(parts[0].parent.parent.relative_to(built_site).as_posix() + "/")
    page.locator("form.filter").wait_for(state="attached")
    page.get_by_label("Disputed only").check()

    assert re.fullmatch(r"\d+ of \d+ entries of part 1 of \d+ shown\.", page.get_by_role("status").inner_text().strip())
    page.locator(".parts a").first.click()
    page.locator("form.filter").wait_for(state="attached")
    assert page.get_by_label("Disputed only").is_checked()
    assert page.url.endswith("?disputed=yes")


def test_on_a_phone_the_filter_is_one_touch_away(guarded_page: Guarded) -> None:
    """Closed at first, so that nothing moves; open where the address asks for a cut."""
    guarded_page.page.set_viewport_size({"width": 360, "height": 800})
    page = guarded_page.open(MONTH)
    page.locator("form.filter").wait_for(state="attached")

    assert not page.get_by_label("Kind").is_visible()
    page.locator(".cuts summary").click()
    page.get_by_label("Kind").select_option("clash")
    cut = shown(page)
    page.reload()
    page.get_by_label("Kind").wait_for()
    assert cut == shown(page)


def test_without_a_script_the_same_cuts_are_pages(chromium: Browser, site_url: str) -> None:
    """Each choice is a link to a page that has the month's entries of that cut, on one of its parts."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/{MONTH}")
    assert 0 == page.locator("select, input, button").count()
    for cut, value in (("kind", "clash"), ("party", "thailand"), ("place", "preah-vihear-province")):
        page.goto(f"{site_url}/{MONTH}")
        wanted = ids(page, f".entry[data-filter~={cut}-{value}]")
        page.locator(".cuts summary").click()
        page.locator(f"[data-cut={cut}] a[data-value={value}]").click()
        found = ids(page, ".entry")
        while page.get_by_role("link", name="Later part").count():
            page.get_by_role("link", name="Later part").first.click()
            found |= ids(page, ".entry")
        assert wanted
        assert wanted <= found, cut
    context.close()


def ids(page: Page, selector: str) -> set[str]:
    """Which entries are on a page."""
    return set(page.locator(selector).evaluate_all("all => all.map(each => each.id)"))
