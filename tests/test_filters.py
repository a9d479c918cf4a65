"""The cuts of a month: by a script, with the state in the address; without one, as links to pages."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Guarded
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

MONTH = "timeline/2025/07/"

# Of each option its value, its words, and whether it cannot be chosen.
OPTIONS = "all => all.map(each => [each.value, each.textContent, each.disabled])"


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
    for _, words, disabled in places.evaluate_all(OPTIONS):
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


@pytest.fixture(scope="module")
def parted(built_site: Path) -> dict[str, list[tuple[str, set[str]]]]:
    """A month in parts: of each part's path, the day and the choices of each of its entries."""
    second = min(built_site.glob("timeline/*/*/page-2/index.html"))
    found = {}
    for file in (second.parent.parent / "index.html", *sorted(second.parent.parent.glob("page-*/index.html"))):
        days = re.split(r'<section class="day" id="d-([-\d]+)"', file.read_text("utf-8"))[1:]
        entries = [
            (day, set(given.split()))
            for day, text in zip(days[::2], days[1::2], strict=True)
            for given in re.findall(r'data-filter="([^"]+)"', text)
        ]
        found[file.parent.relative_to(built_site).as_posix() + "/"] = entries
    return found


def test_a_cut_is_of_the_whole_month_also_where_that_stands_in_parts(
    guarded_page: Guarded, parted: dict[str, list[tuple[str, set[str]]]]
) -> None:
    """Each option counts the entries of all parts, on each of them; one that is on no part cannot be chosen."""
    everything = [has for entries in parted.values() for _, has in entries]
    for path in parted:
        page = guarded_page.open(path)
        page.locator("form.filter").wait_for(state="attached")
        for cut in ("kind", "party", "place"):
            for value, words, disabled in page.locator(f"select[name={cut}] option").evaluate_all(OPTIONS):
                expected = sum(f"{cut}-{value}" in has for has in everything) if value else len(everything)
                assert expected == number_in(words)
                assert not disabled
        page.get_by_label("Disputed only").check()
        page.get_by_label("Kind").select_option("statement")
        places = page.locator("select[name=place] option:not([value=''])")
        for value, words, disabled in places.evaluate_all(OPTIONS):
            wanted = {"disputed", "kind-statement", f"place-{value}"}
            assert sum(wanted <= has for has in everything) == number_in(words)
            assert disabled == (number_in(words) == 0)


def test_what_fits_on_another_part_is_one_link_away(
    guarded_page: Guarded, parted: dict[str, list[tuple[str, set[str]]]]
) -> None:
    """The page says where the entries are; the link there keeps the cut, and so do the days that have one."""
    (first, here), (second, there) = list(parted.items())[:2]
    kinds = [{name for _, has in entries for name in has if name.startswith("kind-")} for entries in (here, there)]
    kind = min(kinds[1] - kinds[0]).removeprefix("kind-")
    fit = [[day for day, has in entries if f"kind-{kind}" in has] for entries in parted.values()]
    page = guarded_page.open(f"{first}?kind={kind}")
    page.locator("form.filter").wait_for(state="attached")

    words = page.get_by_role("status").inner_text().strip()
    everything, fitting = sum(map(len, parted.values())), sum(map(len, fit))
    assert words.startswith(f"{fitting} of {everything} entries: none on this page, {len(fit[1])} in part 2")
    assert 0 == shown(page)
    strip = page.locator(".glance td a:not(.is-cut)").evaluate_all("all => all.map(each => [each.hash, each.search])")
    assert [[f"#d-{day}", f"?kind={kind}"] for day in dict.fromkeys(chain(*fit))] == strip

    page.get_by_role("status").get_by_role("link", name="part 2", exact=True).click()
    page.locator("form.filter").wait_for(state="attached")
    assert page.url.endswith(f"{second}?kind={kind}")
    assert len(fit[1]) == shown(page)
    page.get_by_role("button", name="Show all").click()
    words = page.get_by_role("status").inner_text().strip()
    assert words.startswith(f"All {everything} entries: {len(there)} on this page, {len(here)} in part 1")


def test_the_links_to_other_parts_take_the_cut_along(
    guarded_page: Guarded, parted: dict[str, list[tuple[str, set[str]]]]
) -> None:
    """Whoever goes through a month part by part chooses once."""
    page = guarded_page.open(next(iter(parted)))
    page.locator("form.filter").wait_for(state="attached")
    page.get_by_label("Disputed only").check()

    page.locator(".parts a").first.click()
    page.locator("form.filter").wait_for(state="attached")
    assert page.get_by_label("Disputed only").is_checked()
    assert page.url.endswith("?disputed=yes")


def test_of_a_very_long_month_a_page_says_that_it_counts_itself_alone(
    guarded_page: Guarded, parted: dict[str, list[tuple[str, set[str]]]]
) -> None:
    """Where it knows nothing of the other parts, each option can be chosen, and no day is said to be without."""
    path, entries = next(iter(parted.items()))
    guarded_page.page.route(f"**/{path}*", lambda route: knowing_of(route, ""))
    page = guarded_page.open(f"{path}?kind=landmine")
    page.locator("form.filter").wait_for(state="attached")

    own = sum("kind-landmine" in has for _, has in entries)
    words = page.get_by_role("status").inner_text().strip()
    assert f"{own} of {len(entries)} entries of part 1 of {len(parted)} shown." == words
    assert f"All kinds ({len(entries)} here)" == page.locator("select[name=kind] option").first.inner_text()
    assert 0 == page.locator("option:disabled, .glance .is-cut").count()


def test_of_many_parts_the_nearest_are_named(
    guarded_page: Guarded, parted: dict[str, list[tuple[str, set[str]]]]
) -> None:
    """What is heard at each choice stays short: three parts before and after, and how many entries are in the rest."""
    path, entries = next(iter(parted.items()))
    links = "".join(f'<a href="page-{n}/" data-entries="01,0.{n},1;02,0">part {n}</a>' for n in range(1, 13) if n != 6)
    made_up = f'<template data-earlier="5">{links}</template>'
    guarded_page.page.route(f"**/{path}*", lambda route: knowing_of(route, made_up))
    page = guarded_page.open(f"{path}?kind=clash")
    page.locator("form.filter").wait_for(state="attached")

    own = sum("kind-clash" in has for _, has in entries)
    near = ", ".join(f"2 in part {n}" for n in (3, 4, 5, 7, 8, 9))
    assert (
        f"{own + 22} of {len(entries) + 33} entries: {own} on this page, {near}, 10 in other parts."
        == page.get_by_role("status").inner_text().strip()
    )


def knowing_of(route: Route, other_parts: str) -> None:
    """A month's page as it would be if it knew this of its other parts."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub("<template.*?</template>", other_parts, answer.text()))


def test_on_a_phone_the_filter_is_one_touch_away(guarded_page: Guarded) -> None:
    """Closed at first, so that nothing moves; open where the address asks for a cut; links to all months are apart."""
    guarded_page.page.set_viewport_size({"width": 360, "height": 800})
    page = guarded_page.open(MONTH)
    page.locator("form.filter").wait_for(state="attached")

    assert not page.get_by_label("Kind").is_visible()
    page.locator(".cuts > details > summary").click()
    page.get_by_label("Kind").select_option("clash")
    cut = shown(page)
    page.reload()
    page.get_by_label("Kind").wait_for()
    assert cut == shown(page)
    over = page.get_by_role("link", name="All questions in dispute")
    assert not over.is_visible()  # what is cut comes right below, and not after two screens of links
    page.get_by_text("The same over all months").click()
    assert over.is_visible()


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
        link = page.locator(f"[data-cut={cut}] a[data-value={value}]")
        expect(link).to_be_visible()
        follow(page, link)
        found = ids(page, ".entry")
        while page.get_by_role("link", name="Later part").count():
            follow(page, page.get_by_role("link", name="Later part").first)
            found |= ids(page, ".entry")
        assert wanted
        assert wanted <= found, cut
    context.close()


def follow(page: Page, link: Locator) -> None:
    """Open what a link leads to, and wait until it is all there: a click waits for its beginning."""
    page.goto(urljoin(page.url, link.get_attribute("href") or ""))


def ids(page: Page, selector: str) -> set[str]:
    """Which entries are on a page."""
    return set(page.locator(selector).evaluate_all("all => all.map(each => each.id)"))
