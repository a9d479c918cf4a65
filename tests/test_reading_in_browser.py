"""Reading without a mouse, without colours, enlarged, on paper, within another site's page; and what scripts add."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from barriers import barriers_in_light_and_dark, run_axe
from test_in_browser import KINDS, TOO_WIDE, fit, richest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Guarded
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SMALLEST = 24
"""CSS pixels: the least width and height of what is to be touched (WCAG 2.2, 2.5.8)."""
FEATURED = ("home", "month", "entry", "figures", "agreements", "sources")

# The focused element: what it is, whether it is seen, and whether something shows that it has the focus.
FOCUSED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return {name: element.tagName, address: element.href ?? "", seen, marked: style.outlineStyle !== "none",
    opacity: Number(style.opacity)};
}"""

# Where a page's text is cut off or lies over other text when it is enlarged: an element wider than its own box.
CUT_OFF = """() => [...document.querySelectorAll("main *")]
  .filter(each => getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1)
  .filter(each => !each.matches(".visually-hidden, pre") && getComputedStyle(each).overflowX === "hidden")
  .map(each => each.outerHTML)"""

# The boxes of the numbers of each citation.
BOXES = """all => all.map(each => [...each.querySelectorAll(".cite")].map(number => {
  const box = number.getBoundingClientRect();
  return {left: box.left, right: box.right, width: box.width, height: box.height};
}))"""

# Words of an element, and over how many lines they go.
LINES = """all => all.map(each => {
  const range = document.createRange();
  range.selectNodeContents(each);
  const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
  return {words: each.textContent, lines: tops.size};
})"""

# Of each cell its words, and whether the number of its citation stands on a line below them.
ALONE = """all => all.filter(each => each.firstChild.nodeType === Node.TEXT_NODE).map(each => {
  const range = document.createRange();
  range.selectNodeContents(each.firstChild);
  const words = [...range.getClientRects()].at(-1), number = each.querySelector(".cite").getBoundingClientRect();
  return [each.textContent, (number.top + number.bottom) / 2 > words.bottom];
})"""


@pytest.fixture
def desktop(chromium: Browser, site_url: str) -> Iterator[Page]:
    """A page on a wide screen; it opens paths of the site."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900},
        base_url=f"{site_url}/",
        reduced_motion="reduce",
        service_workers="block",
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["home", "month", "entry"])
def test_the_keyboard_reaches_all_and_always_shows_where_it_is(desktop: Page, built_site: Path, kind: str) -> None:
    """Tab goes through what can be followed or pressed, in the order of the page, each stop seen and marked."""
    desktop.goto(richest(built_site, kind))
    stops = []
    for _ in range(90):
        desktop.keyboard.press("Tab")
        stops.append(desktop.evaluate(FOCUSED))
        if stops[-1]["name"] == "BODY":
            break

    reached = [stop for stop in stops if stop["name"] != "BODY"]
    assert len(reached) > 30
    assert [] == [stop for stop in reached if not (stop["seen"] and stop["marked"] and stop["opacity"] == 1)]
    if kind == "home":
        assert [stop for stop in reached if re.search(r"/timeline/\d+/\d+/\S*#d-", stop["address"])], (
            "no day is reached"
        )


@pytest.mark.parametrize("kind", FEATURED)
def test_targets_are_large_enough(desktop: Page, built_site: Path, kind: str) -> None:
    """What is to be touched is 24 pixels wide and high, or stands in a text, or is as far from the next."""
    rules = {"runOnly": ["target-size"], "resultTypes": ["violations", "passes"], "selectors": False}
    wanted = "({violations, passes}) => [violations, passes[0].nodes.length]"
    desktop.goto(richest(built_site, kind))
    for width in (320, 1280):
        desktop.set_viewport_size({"width": width, "height": 900})
        violations, passes = run_axe(desktop, rules, wanted)
        assert [] == [f"{width}: {node['html']}" for violation in violations for node in violation["nodes"]]
        assert passes > 10


def test_every_day_can_be_touched_on_a_phone(desktop: Page) -> None:
    """All days are in view without scrolling sideways, and none is less than 23 pixels wide and 24 high."""
    desktop.set_viewport_size({"width": 320, "height": 800})
    desktop.goto("index.html")
    boxes = [link.bounding_box() for link in desktop.locator(".glance td a").all()]

    assert len(boxes) > 100
    assert [] == [box for box in boxes if not box or box["x"] < 0 or box["x"] + box["width"] > 320]
    assert [] == [box for box in boxes if box and (box["width"] < SMALLEST - 1 or box["height"] < SMALLEST)]
    assert 320 == desktop.evaluate("document.documentElement.scrollWidth")


def test_the_days_of_the_ceasefires_can_be_read(desktop: Page) -> None:
    """The names of months and years are of one size on every width, and none lies over another."""
    desktop.goto("agreements/index.html")
    names = desktop.locator(".axis__days text:visible")
    for width in (360, 640, 700, 768, 1024, 1440):
        desktop.set_viewport_size({"width": width, "height": 900})
        assert {"13px"} == set(names.evaluate_all("all => all.map(each => getComputedStyle(each).fontSize)"))
        boxes = names.evaluate_all(
            "all => all.map(each => each.getBoundingClientRect()).map(b => [b.left, b.right, b.top, b.height])"
        )
        lines = [[box for box in boxes if box[2] == top] for top in sorted({box[2] for box in boxes})]
        assert 2 == len(lines)
        assert [] == [pair for line in lines for pair in pairwise(line) if pair[1][0] < pair[0][1] + 2], width
        assert [] == [box for box in boxes if box[3] < 12], width


def test_the_strokes_on_the_axis_are_explained(desktop: Page) -> None:
    """Those across a bar too, where there are any."""
    desktop.goto("agreements/index.html")
    caption = desktop.locator(".axis figcaption").inner_text()
    across = desktop.locator(".axis__mark[d*=' 12v16']").count()
    assert (across > 0) == ("across it: by both or by neither" in caption)


def test_a_finger_finds_each_number_of_a_citation(chromium: Browser, site_url: str, built_site: Path) -> None:
    """On a phone each is 24 pixels wide and high, none touches the next, and no line is higher for it."""
    phone = {"width": 360, "height": 800}
    context = chromium.new_context(viewport=phone, has_touch=True, is_mobile=True, base_url=f"{site_url}/")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(richest(built_site, "entry"))

    several = page.locator(".cites:has(.cite + .cite)").evaluate_all(BOXES)
    assert several
    assert [] == [box for boxes in several for box in boxes if min(box["width"], box["height"]) < SMALLEST]
    assert [] == [boxes for boxes in several if any(b["left"] < a["right"] + 2 for a, b in pairwise(boxes))]
    heights = page.locator(".prose p:has(.cite)").evaluate_all(
        "all => all.map(each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight))"
    )
    assert heights
    assert [] == [height for height in heights if abs(height - round(height)) > 0.05]
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_twice_as_large_it_still_fits(desktop: Page, built_site: Path, kind: str) -> None:
    """At 200 % of the text's size, on a laptop and on a phone, nothing is cut off or has to be scrolled sideways."""
    faults: dict[str, list[str]] = {}
    desktop.goto(richest(built_site, kind))
    desktop.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (360, 640, 1280):
        desktop.set_viewport_size({"width": width, "height": 900})
        if desktop.evaluate("document.documentElement.scrollWidth") > width:
            faults[f"too wide at {width}"] = desktop.evaluate(TOO_WIDE)
        faults |= {f"cut off at {width}": cut} if (cut := desktop.evaluate(CUT_OFF)) else {}

    assert {} == faults


@pytest.mark.parametrize("kind", FEATURED)
def test_headings_and_landmarks_lead_through_a_page(desktop: Page, built_site: Path, kind: str) -> None:
    """One of each landmark, no heading skips a level, and lists of links have names of their own."""
    desktop.goto(richest(built_site, kind))

    for role in ("banner", "main", "contentinfo"):
        assert 1 == desktop.get_by_role(role).count(), role
    names = [nav.get_attribute("aria-label") for nav in desktop.get_by_role("navigation").all()]
    assert len(names) == len(set(names))
    assert None not in names
    levels = desktop.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert 1 == levels[0]
    assert [] == [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]


def test_the_marks_are_told_apart_without_colours(chromium: Browser, site_url: str) -> None:
    """In forced colours the marks keep their shapes, and the ground of a ceasefire has a border."""
    context = chromium.new_context(forced_colors="active", base_url=f"{site_url}/", service_workers="block")
    page = context.new_page()
    page.goto("index.html")

    hues = "all => all.map(each => getComputedStyle(each).fill)"
    assert 1 == len(set(page.locator(".glance__shapes .mark").evaluate_all(hues)))
    borders = "each => getComputedStyle(each).borderBlockEndStyle"
    there = ("in-force", "none", "partly")
    styles = {state: page.locator(f".glance td.{state}").first.evaluate(borders) for state in there}
    page.locator(".glance td.partly").first.evaluate("each => { each.className = 'suspended'; }")  # no day is, now
    styles["suspended"] = page.locator(".glance td.suspended").first.evaluate(borders)
    assert 4 == len(set(styles.values())), styles
    assert "none" not in styles.values()
    context.close()


def test_nothing_moves_by_itself(chromium: Browser, site_url: str) -> None:
    """There is no animation; a jump within a page is made at once, also for those who asked for no less motion."""
    for preference in ("reduce", "no-preference"):
        context = chromium.new_context(
            reduced_motion="reduce" if preference == "reduce" else "no-preference",
            base_url=f"{site_url}/",
            service_workers="block",
        )
        page = context.new_page()
        page.goto("index.html")
        assert "auto" == page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        assert 0 == page.evaluate("document.getAnimations().length")
        context.close()


def test_no_word_in_the_head_of_a_table_is_broken(desktop: Page) -> None:
    """Nor on a phone: each head is as many lines high as it has words, at most."""
    desktop.goto("places/index.html")
    desktop.get_by_text("The map as a table").click()
    for width in (320, 360):
        desktop.set_viewport_size({"width": width, "height": 800})
        heads = desktop.locator(".plain-table thead th").evaluate_all(LINES)
        assert heads
        assert [] == [head for head in heads if head["lines"] > len(head["words"].split())], width


def test_a_citation_in_a_table_stays_with_who_is_cited(desktop: Page, built_site: Path) -> None:
    """Its number is in the last line of the words before it, on every width."""
    rows = ".figures td:has(> .cite:not(.cite--word))"
    found = 0
    for path in sorted(built_site.glob("events/*/index.html"), key=lambda path: -path.stat().st_size)[:6]:
        desktop.goto(path.relative_to(built_site).as_posix())
        for width in (360, 620, 768, 1000, 1440):
            desktop.set_viewport_size({"width": width, "height": 900})
            alone = desktop.locator(rows).evaluate_all(ALONE)
            found += len(alone)
            assert [] == [words for words, is_alone in alone if is_alone], f"{path} at {width}"

    assert found


def test_a_heading_and_an_entry_show_that_they_can_be_linked_to(desktop: Page, built_site: Path) -> None:
    """The sign comes with the mouse and with the focus, and leads to the place that it stands at."""
    desktop.goto(richest(built_site, "month"))
    entry = desktop.locator(".entry").first
    sign = entry.locator(".anchor-sign")

    assert "0" == sign.evaluate("each => getComputedStyle(each).opacity")
    entry.hover()
    assert "1" == sign.evaluate("each => getComputedStyle(each).opacity")
    sign.click()
    assert desktop.url.endswith(f"#{entry.get_attribute('id')}")

    day = desktop.locator(".day__date a").first
    day.focus()
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Shift+Tab")
    assert '"¶"' in day.evaluate("each => getComputedStyle(each, '::after').content")

    desktop.goto("about/index.html")
    heading = desktop.locator(".prose h2").first
    heading.get_by_role("link", name="Address of").click()
    assert desktop.url.endswith(f"#{heading.get_attribute('id')}")


def test_on_a_phone_the_sign_of_an_entry_stands_beside_a_word(chromium: Browser, site_url: str) -> None:
    """Alone it took a line of its own below a third of all entries."""
    context = chromium.new_context(viewport={"width": 320, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site_url}/timeline/2025/07/index.html")
    signs = page.locator(".facts .anchor-sign").evaluate_all(
        """all => all.map(sign => [sign.getBoundingClientRect().y, sign.previousElementSibling.getClientRects()])
          .map(([y, lines]) => Math.abs(lines[lines.length - 1].y - y) < 12)"""
    )
    assert signs
    assert all(signs)
    context.close()


@pytest.mark.parametrize("touched", [True, False], ids=["a phone", "a large screen, four times as large"])
def test_no_sign_of_a_heading_sticks_out_of_a_narrow_page(chromium: Browser, site_url: str, *, touched: bool) -> None:
    """Also where it shows for the pointer alone: it has its room all the time."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 800}, has_touch=touched, is_mobile=touched, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site_url}/method/index.html")
    page.locator(".prose h2 > .anchor-sign").first.wait_for(state="attached")

    assert 320 == page.evaluate("document.documentElement.scrollWidth")
    context.close()


def test_a_table_is_sorted_by_its_heads(desktop: Page) -> None:
    """By number, by day and by words, up and down; the head says which, and stays in view."""
    desktop.goto("figures/killed/index.html")
    table = desktop.locator("table.figures:has(button)").first
    numbers = "all => all.map(each => Number(each.dataset.sort))"
    days = "all => all.map(each => each.querySelector('time').dateTime)"
    number, as_of = table.get_by_role("button", name="Number"), table.get_by_role("button", name="As of")

    number.click()
    found = table.locator("tbody th").evaluate_all(numbers)
    assert sorted(found) == found
    assert len(set(found)) > 1
    number.focus()
    desktop.keyboard.press("Enter")
    assert sorted(found, reverse=True) == table.locator("tbody th").evaluate_all(numbers)
    assert "descending" == table.get_by_role("columnheader", name="Number").get_attribute("aria-sort")
    as_of.click()
    found = table.locator("tbody td:nth-child(2)").evaluate_all(days)
    assert sorted(found) == found
    assert None is table.get_by_role("columnheader", name="Number").get_attribute("aria-sort")

    table.locator("tbody tr").last.scroll_into_view_if_needed()
    head = table.locator("thead th").first.bounding_box()
    assert head
    assert 0 <= head["y"] < 5


def test_an_entry_offers_its_address_and_a_frame(chromium: Browser, site_url: str, built_site: Path) -> None:
    """As text that can be copied with one press, which says that it was done."""
    context = chromium.new_context(base_url=f"{site_url}/", service_workers="block")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(richest(built_site, "entry"))
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("button", name="Copy: frame").click()
    page.get_by_text("Copied.").wait_for()

    frame = page.evaluate("navigator.clipboard.readText()")
    own = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert re.search(r'^<iframe src="[^"]*/embed/events/[^"]+/" title="[^"]+" .*></iframe>$', frame)
    assert own.removeprefix(own.partition("/events/")[0]) in frame
    context.close()


@pytest.mark.parametrize("kind", ["entry", "month", "agreement"])
def test_a_phone_is_asked_to_send_the_address(desktop: Page, built_site: Path, kind: str) -> None:
    """With one press, without unfolding anything; where the device cannot, there is no button."""
    desktop.goto(richest(built_site, kind))
    assert 0 == desktop.get_by_role("button", name="Send to somebody").count()

    desktop.add_init_script("navigator.share = async data => { window.sent = data }")
    desktop.goto(richest(built_site, kind))
    desktop.get_by_role("button", name="Send to somebody").click()
    sent = desktop.evaluate("window.sent")
    assert desktop.locator("h1").inner_text() == sent["title"]
    assert desktop.locator("[data-copy=address]").text_content() == sent["url"]


@pytest.mark.parametrize("path", ["embed/events/*/index.html", "embed/timeline/*/*/index.html"])
def test_a_page_for_frames_stands_alone(guarded_page: Guarded, built_site: Path, path: str) -> None:
    """No script, no way around the site; links open outside; it fits, has no barrier, and names what it stands for."""
    largest = max(built_site.glob(path), key=lambda each: each.stat().st_size).relative_to(built_site).as_posix()
    page = guarded_page.open(largest)

    assert 0 == page.locator("script, nav, header, footer").count()
    assert "_blank" == page.locator("base").get_attribute("target")
    assert "noindex" == page.locator("meta[name=robots]").get_attribute("content")
    assert {} == fit(page)
    assert [] == barriers_in_light_and_dark(page)
    with page.context.expect_page() as opened:
        page.locator("h1 a").click()
    assert largest.removeprefix("embed/").removesuffix("index.html") in opened.value.url
    assert "/embed/" not in opened.value.url
    assert [] == guarded_page.errors


def test_in_a_wide_frame_a_month_has_days_that_can_be_touched(desktop: Page, built_site: Path) -> None:
    """31 of them had no room in one row: the numbers above it were cut in two lines, and a day was 15 pixels wide."""
    largest = max(built_site.glob("embed/timeline/*/*/index.html"), key=lambda each: each.stat().st_size)
    desktop.goto(largest.relative_to(built_site).as_posix())
    widths = desktop.locator(".glance__table td a").evaluate_all("all => all.map(each => each.clientWidth)")

    assert widths
    assert min(widths) >= 24


@pytest.mark.parametrize("path", ["timeline/*/*/print/index.html", "offline/index.html"])
def test_pages_beside_the_others_fit_and_have_no_barrier(guarded_page: Guarded, built_site: Path, path: str) -> None:
    """The months for paper, and the page that stands in for one that is not kept."""
    largest = max(built_site.glob(path), key=lambda each: each.stat().st_size).relative_to(built_site).as_posix()
    page = guarded_page.open(largest)

    assert {} == fit(page)
    assert [] == barriers_in_light_and_dark(page)
    assert [] == guarded_page.errors


def test_a_month_on_paper_has_each_entrys_sources_written_out(desktop: Page, built_site: Path) -> None:
    """Every entry of the month is there, on one of the parts, with its own address and those of its sources."""
    month = richest(built_site, "month").removesuffix("index.html")
    folder = built_site / re.sub(r"page-\d+/$", "", month)
    wanted = {ident for page in parts_of(folder) for ident in re.findall(r'<article [^>]*id="([^"]+)"', page)}
    printed = [
        ident for page in parts_of(folder / "print") for ident in re.findall(r'<article [^>]*id="([^"]+)"', page)
    ]
    assert sorted(wanted) == sorted(printed)

    desktop.goto((folder / "print").relative_to(built_site).as_posix() + "/")
    desktop.emulate_media(media="print")
    articles = desktop.locator("article").all()
    assert [] == [each for each in articles if not each.get_by_text(re.compile("^https?://")).first.is_visible()]
    assert 0 == desktop.locator("nav:visible, header:visible").count()


def test_a_month_on_paper_has_every_figure_and_who_says_what(desktop: Page, built_site: Path) -> None:
    """As many figures as the entry's own page has, with who counted; claims stand under the side that makes them."""
    found = {"figures": 0, "sides": 0}
    for path in sorted(built_site.glob("timeline/2025/12/print/**/index.html")):
        desktop.goto(path.relative_to(built_site).as_posix())
        for article in desktop.locator("article").all():
            own = (built_site / f"events/{article.get_attribute('id')}/index.html").read_text("utf-8")
            wanted = {
                "figures": len(re.findall(r'<th scope="row" class="number"', own)),
                "sides": own.count('class="side__name"'),
            }
            shown = {
                "figures": article.locator(".printed__figures li").count(),
                "sides": article.locator(".printed__side").count(),
            }
            assert wanted == shown, article.get_attribute("id")
            found = {name: number + shown[name] for name, number in found.items()}

    assert min(found.values()) > 10


@pytest.mark.parametrize("path", ["figures/index.html", "figures/killed/index.html", "disputed/index.html"])
def test_on_paper_a_citation_without_a_list_has_its_source_written_out(desktop: Page, path: str) -> None:
    """It has a number, which leads to a publisher and an address; on a screen neither is there."""
    desktop.goto(path)
    assert 0 == desktop.locator(".on-paper:visible, .cite__paper:visible").count()

    desktop.emulate_media(media="print")
    words = desktop.locator("main .cite--word").all_inner_texts()
    listed = desktop.locator("section.on-paper li").all_inner_texts()
    assert len(words) > 10
    assert {f"source\N{NO-BREAK SPACE}{number}" for number in range(1, len(listed) + 1)} == set(words)
    assert [] == [each for each in listed if not re.fullmatch(r".+[.:] \S.*", each)]
    assert [each for each in listed if "https://" in each]


@pytest.mark.parametrize("kind", ["agreements", "place", "actor", "kind of event"])
def test_on_paper_no_number_stands_for_a_source_of_another_page(desktop: Page, built_site: Path, kind: str) -> None:
    """Cards and notes lead to the sources of their own pages; where nothing can be touched they need no number."""
    numbers = desktop.locator(".cite:visible:not(.cite--word)")
    desktop.goto(richest(built_site, kind))
    assert numbers.count() > 3
    desktop.emulate_media(media="print")

    assert 0 == numbers.count()


def test_on_paper_the_claims_of_an_agreement_have_an_address(desktop: Page, built_site: Path) -> None:
    """That of the source's page on this site; the page of a source itself does not repeat it."""
    desktop.emulate_media(media="print")
    desktop.goto(richest(built_site, "agreement"))
    words = desktop.locator(".ledger .cite--word").all_inner_texts()
    assert words
    assert [] == [each for each in words if not re.fullmatch(r"source: https?://\S+/sources/\S+/", each)]

    desktop.goto("figures/killed/index.html")
    desktop.goto(desktop.locator(".cite--word").first.get_attribute("href") or "")
    assert desktop.locator(".its-figures table").is_visible()
    assert 0 == desktop.locator(".cite--word:visible").count()


def parts_of(folder: Path) -> list[str]:
    """The texts of a list's parts."""
    return [path.read_text("utf-8") for path in [folder / "index.html", *folder.glob("page-*/index.html")]]


def test_thai_and_khmer_have_room_and_are_named_as_such(desktop: Page, built_site: Path) -> None:
    """Their letters reach higher and lower: lines are further apart, and nothing is set in italics or spaced out."""
    found = 0
    for path in sorted(built_site.glob("places/*/index.html"))[:60]:
        if 'lang="km"' in (text := path.read_text("utf-8")) or 'lang="th"' in text:
            desktop.goto(path.relative_to(built_site).as_posix())
            for each in desktop.locator(":is([lang=th], [lang=km])").all():
                style = each.evaluate(
                    "e => { const s = getComputedStyle(e);"
                    " return [parseFloat(s.lineHeight) / parseFloat(s.fontSize), s.fontStyle, s.letterSpacing] }"
                )
                assert style[0] >= 1.7, style
                assert ["normal", "normal"] == style[1:]
                found += 1
        if found > 6:
            break

    assert found
