"""The search page in a browser: what is found in any script, and how the page behaves."""

from __future__ import annotations

import re
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from barriers import barriers_in_light_and_dark
from playwright.sync_api import expect
from site_server import Handler, serving

from generator.pages.unspaced import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Guarded
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
POLICY = "default-src 'none'; script-src 'self'{}; style-src 'self'; img-src 'self'; connect-src 'self'"


class StrictHandler(Handler):
    """Serves with the policy as a header, as a host does: WebAssembly is allowed to the search alone."""

    def end_headers(self) -> None:
        """The policy of this path."""
        is_search = self.path.startswith(("/search/", "/pagefind/"))
        self.send_header("Content-Security-Policy", POLICY.format(" 'wasm-unsafe-eval'" if is_search else ""))
        super().end_headers()


@pytest.fixture(scope="module")
def strict_url(built_site: Path) -> Iterator[str]:
    """The built site, served with a policy, from the root of a host."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(built_site))) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until what was asked for is answered, and the page says so."""
    expect(page.locator(".search__results[aria-busy]")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text(words if isinstance(words, re.Pattern) else re.compile(words))


def titles(page: Page) -> list[str]:
    """The titles of the results that are shown."""
    return page.locator(".search__results h3").all_inner_texts()


def look_for(page: Page, words: str) -> None:
    """Type words and press Enter."""
    page.get_by_label("Words to find").fill(words)
    page.keyboard.press("Enter")


RESULTS = re.compile(r"^[\d,]+ results?\.$")


def test_the_browser_cuts_words_as_the_build_does(chromium: Browser) -> None:
    """The same few lines in two languages give the same tokens."""
    script = (ROOT / "static/js/search.js").read_text("utf-8")
    lines = script[script.index("const RUN") : script.index("// --- what was asked")]
    words = [
        "ปราสาทพระวิหาร",
        "ប្រាសាទព្រះវិហារ",
        "ภูมะเขือ",
        "ไทย",
        "ก",
        "กำ\u200bแพง",
        "កម្ពុជា",
        "កំពង់ផែ",
        "柬埔寨",
        "タイ",
        "ລາວ",
        "\u0e31ก",
    ]
    page = chromium.new_page()

    found = page.evaluate(f"words => {{ {lines} return words.map((word) => tokens(word)) }}", words)

    assert [tokens(word) for word in words] == found
    page.close()


def test_a_name_is_found_in_each_script(guarded_page: Guarded) -> None:
    """Also when it is the latter part of a longer name; each result shows where; nothing complains."""
    page = guarded_page.open("search/")
    for words in ("พระวิหาร", "វិហារ", "តាក្របី", "ตาควาย", "ពេញ", "Wihan"):
        look_for(page, words)
        expect(page.locator("mark", has_text=words).first).to_be_visible()
        told(page, RESULTS)

    assert [] == guarded_page.errors
    assert [] == guarded_page.outside


def test_of_a_title_that_was_found_the_words_alone_are_marked(guarded_page: Guarded) -> None:
    """A whole title in colour hides why it was found; the words around are plain, and no separator is shown."""
    page = guarded_page.open("search/?q=landmine")
    told(page, RESULTS)
    lines = page.locator(".search__results p.quiet")
    marks = [mark.lower() for mark in lines.locator("mark").all_inner_texts()]

    assert marks
    assert [] == [mark for mark in marks if "mine" not in mark or " " in mark]
    told_whole = lines.first.inner_text()
    assert told_whole.startswith("In its names or its sources’ titles: ")
    assert len(told_whole.split()) > len(marks[0].split()) + 7
    assert "·" not in told_whole


def test_letters_in_another_order_are_another_word(guarded_page: Guarded) -> None:
    """No result, and the page says what to try."""
    page = guarded_page.open("search/")
    look_for(page, "หารวิพระ")

    told(page, "Nothing is found: try another spelling")
    assert [] == titles(page)


def test_words_of_two_scripts_are_both_looked_for(guarded_page: Guarded) -> None:
    """Fewer results than for either."""
    page = guarded_page.open("search/?q=UNESCO")
    told(page, RESULTS)
    english = set(titles(page))
    look_for(page, "UNESCO ตาควาย")

    expect(page).to_have_url(re.compile("UNESCO\\+"))
    told(page, RESULTS)
    assert titles(page)
    assert set(titles(page)) < english


def test_filters_narrow_and_the_address_says_so(guarded_page: Guarded) -> None:
    """Each choice leaves what it says; its count is the number of results; the address opened anew gives the same."""
    page = guarded_page.open("search/?q=temple")
    told(page, RESULTS)
    page.get_by_text("Narrow down and order").click()
    kind = page.get_by_role("combobox", name="Kind")
    option = kind.locator("option", has_text="Statement")
    count = int(re.findall(r"\((\d+)\)", option.inner_text())[0])
    kind.select_option("Statement")

    told(page, rf"^{count} results?\.$")
    assert {"Statement"} == set(page.locator(".search__results .lane").all_inner_texts())
    page.get_by_label("Only what is disputed").check()
    expect(page).to_have_url(re.compile(r"\?q=temple&disputed=yes&kind=Statement$"))
    told(page, RESULTS)
    assert page.locator(".search__results li").count() == page.locator(".search__results .disputed").count() > 0

    shown = titles(page)
    page.reload()
    told(page, RESULTS)
    assert shown == titles(page)
    page.get_by_text("Narrow down and order").click()
    page.get_by_role("button", name="Clear all").click()
    told(page, "^Type a word")
    assert page.url.endswith("/search/")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (
            "?party=Cambodia&year=1962",
            {"International court rules that the temple of Preah Vihear is in Cambodian territory"},
        ),
        ("?place=Putrajaya&kind=Agreement", None),
        ("?source=The+Thaiger", None),
        ("?disputed=yes", None),
    ],
)
def test_filters_alone_are_a_search(guarded_page: Guarded, address: str, found: set[str] | None) -> None:
    """Without a word, and without loading the whole index."""
    loaded: list[str] = []
    guarded_page.page.on("request", lambda request: loaded.append(request.url))
    page = guarded_page.open(f"search/{address}")

    told(page, RESULTS)
    assert found is None or found == set(titles(page))
    assert 1 == len([url for url in loaded if "/pagefind/index/" in url])


def test_results_stand_in_the_order_asked_for(guarded_page: Guarded) -> None:
    """Newest first and oldest first are each the other's reverse, by the day."""
    page = guarded_page.open("search/?q=temple&sort=newest&year=2025")
    told(page, RESULTS)
    newest = page.locator(".search__results time").evaluate_all("times => times.map(time => time.dateTime)")
    page.get_by_text("Narrow down and order").click()
    page.get_by_label("Order").select_option("oldest")
    expect(page).to_have_url(re.compile("sort=oldest"))
    told(page, RESULTS)
    expect(page.locator(".search__results time").first).not_to_have_attribute("datetime", newest[0])
    oldest = page.locator(".search__results time").evaluate_all("times => times.map(time => time.dateTime)")

    assert sorted(newest, reverse=True) == newest
    assert sorted(oldest) == oldest
    assert newest != oldest


def test_the_back_button_leads_through_what_was_asked(guarded_page: Guarded) -> None:
    """A word typed letter by letter is one step; from an entry, back to all the results that were shown."""
    page = guarded_page.open("search/")
    field = page.get_by_label("Words to find")
    field.press_sequentially("casino", delay=60)
    told(page, RESULTS)
    page.keyboard.press("Enter")
    look_for(page, "Thai")
    expect(page).to_have_url(re.compile("q=Thai$"))
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".search__results li")).to_have_count(40)
    page.locator(".search__results h3 a").nth(30).click()
    expect(page.locator("article.event, article.agreement").first).to_be_visible()
    page.go_back()
    expect(page.locator(".search__results li")).to_have_count(40)

    page.go_back()
    expect(field).to_have_value("casino")
    told(page, RESULTS)
    assert any("casino" in title for title in titles(page))
    page.go_back()
    expect(field).to_have_value("")
    told(page, "^Type a word")
    assert [] == titles(page)


def test_who_is_on_a_result_stays_there_when_results_come_anew(guarded_page: Guarded) -> None:
    """They come after the last letter, when somebody may have gone down to one; if that is gone, to the field."""
    page = guarded_page.open("search/?q=casino")
    told(page, RESULTS)
    link = page.locator(".search__results h3 a").first
    link.focus()
    type_aside = "(field, words) => { field.value = words; field.dispatchEvent(new Event('input', {bubbles: true})); }"
    field = page.get_by_label("Words to find")

    field.evaluate(type_aside, "casino/")
    page.wait_for_url("**q=casino%2F*")
    expect(page.locator(".search__results[aria-busy]")).to_have_count(0)
    expect(link).to_be_focused()
    field.evaluate(type_aside, "no such words at all")
    expect(field).to_be_focused()


def test_search_is_worked_by_keyboard(guarded_page: Guarded) -> None:
    """The slash leads to the field from any page; arrows lead through the results and back; Enter opens one."""
    page = guarded_page.open("figures/")
    page.keyboard.press("/")
    field = page.get_by_label("Words to find")
    expect(field).to_be_focused()
    page.keyboard.type("casino")
    told(page, RESULTS)
    links = page.locator(".search__results h3 a")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("/")
    expect(field).to_have_value("casino/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_visible()
    assert "/events/" in page.url


def test_the_slash_can_be_turned_off(guarded_page: Guarded) -> None:
    """As those need who speak to their browser (WCAG 2.1.4); it stays so on other pages."""
    page = guarded_page.open("search/")
    page.get_by_label("The key “/”").uncheck()
    page.goto(f"{guarded_page.home}/figures/")
    page.keyboard.press("/")
    page.wait_for_timeout(300)

    assert page.url.endswith("/figures/")


def test_an_unknown_word_beside_known_ones_is_told(guarded_page: Guarded) -> None:
    """The others are looked for."""
    page = guarded_page.open("search/?q=casino+blorbulous")

    told(page, r"^\d+ results\. Nothing has “blorbulous”; these have the other words\.$")


@pytest.mark.parametrize(
    ("words", "said"), [("asdfgh", "Nothing is found"), ("asdfgh ceasefire", "Nothing has “asdfgh”")]
)
def test_of_an_unknown_word_its_first_letters_are_not_looked_for(guarded_page: Guarded, words: str, said: str) -> None:
    """Two thirds of all entries were found for a slip of the finger, because they have the word “as”."""
    page = guarded_page.open(f"search/index.html?q={words}")
    page.get_by_text(said).wait_for()
    marked = page.locator(".search__results mark").all_inner_texts()
    assert [] == [each for each in marked if each.lower() == "as"]


def test_where_nothing_has_all_words_what_has_most_of_them_is_found(guarded_page: Guarded) -> None:
    """A question as people ask it: the entries of the day come first, and it is said that none has every word."""
    page = guarded_page.open("search/?q=who+fired+first+casino+24+July+2025")

    told(page, r"^Nothing has all these words; \d+ results with some of them\.")
    days = [each.split(" · ")[0].strip() for each in page.locator(".entry__when").all_inner_texts()]
    assert days[0].endswith("July 2025")
    assert days[0].startswith("24")
    marks = [set(each.locator("mark").all_inner_texts()) for each in page.locator(".search__results li").all()[:5]]
    assert any(len(words) > 1 for words in marks)


def test_some_words_are_found_in_the_order_of_time_that_was_asked_for(guarded_page: Guarded) -> None:
    """And within what was chosen."""
    page = guarded_page.open("search/?q=mine+breakfast+shelling+soldier&year=2025&sort=oldest")

    told(page, "^Nothing has all these words")
    days = page.locator(".search__results time").evaluate_all("all => all.map(each => each.dateTime)")
    assert len(days) > 2
    assert sorted(days) == days
    assert {"2025"} == {day[:4] for day in days}


def test_a_day_is_looked_for_in_words_or_figures(guarded_page: Guarded) -> None:
    """It is found though no text names it, and stands in the line above the title alone."""
    for words in ("8 December 2025", "2025-12-08"):
        page = guarded_page.open(f"search/?q={words.replace(' ', '+')}")
        told(page, RESULTS)
        assert any("8 December 2025" in each for each in page.locator(".entry__when").all_inner_texts())
        assert 0 == page.get_by_text("In its names or its sources’ titles: 8 December").count()


def test_markup_in_an_address_is_text(guarded_page: Guarded) -> None:
    """Whatever a link to the search page holds, it is looked for, not run."""
    page = guarded_page.open("search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&kind=%3Cb%3Ebold%3C%2Fb%3E")

    told(page, "^Nothing is found: take a choice away")
    assert 0 == page.locator("main img, main b").count()
    assert [] == guarded_page.errors


def test_search_works_under_the_policy_that_a_host_sends(chromium: Browser, strict_url: str) -> None:
    """With WebAssembly allowed to the search alone; the console has nothing to say."""
    page = chromium.new_page()
    lines: list[str] = []
    page.on("console", lambda line: lines.append(line.text))
    page.goto(f"{strict_url}/search/?q=casino")

    told(page, RESULTS)
    assert [] == lines
    page.close()


def test_search_works_in_a_folder_of_a_host(chromium: Browser, built_site: Path, tmp_path: Path) -> None:
    """Results lead to entries below that folder."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/site").symlink_to(built_site)
    with serving(tmp_path) as url:
        page = chromium.new_page()
        page.goto(f"{url}/deep/site/search/?q=casino")
        told(page, RESULTS)
        page.locator(".search__results h3 a").first.click()
        expect(page.locator("article.event")).to_be_visible()
        assert page.url.startswith(f"{url}/deep/site/events/")
        page.close()


def test_an_index_that_cannot_be_loaded_is_told_and_tried_again(chromium: Browser, site_url: str) -> None:
    """In words, with a button that tries again; the ways that need no index are there."""
    page = chromium.new_page()
    page.route("**/pagefind-entry.json*", lambda route: route.abort())
    page.goto(f"{site_url}/search/?q=casino")
    told(page, "^The search index could not be loaded")
    assert page.locator(".ways a").count() > 10

    page.unroute("**/pagefind-entry.json*")
    page.get_by_role("button", name="Try again").click()
    told(page, RESULTS)
    page.close()


def test_a_slow_index_is_waited_for_in_words(chromium: Browser, site_url: str) -> None:
    """The page says that it is searching."""
    page = chromium.new_page()
    page.route("**/pagefind.js", lambda _: None)  # and there is no answer
    page.goto(f"{site_url}/search/?q=casino")

    expect(page.get_by_role("status")).to_have_text("Searching …")
    expect(page.locator(".search__results[aria-busy='true']")).to_have_count(1)
    page.unroute_all(behavior="ignoreErrors")
    page.close()


def test_without_a_script_the_page_has_the_ways_that_need_none(chromium: Browser, site_url: str) -> None:
    """No field that does nothing."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/search/")

    assert 0 == page.locator("main input, main button, main select").count()
    assert page.locator(".ways a:visible").count() > 10
    expect(page.get_by_text("Search needs a script")).to_be_visible()
    context.close()


def test_from_a_folder_on_disk_the_page_says_what_search_needs(chromium: Browser, built_site: Path) -> None:
    """And has the ways that need nothing."""
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((built_site / "search/index.html").as_uri())

    expect(page.get_by_text("Search needs a script, and a site that is served")).to_be_visible()
    assert 0 == page.locator("main input[type='search']").count()
    page.locator(".ways a").first.click()
    expect(page.locator("main h1")).to_be_visible()
    assert [] == errors
    page.close()


def test_results_fit_and_have_no_barrier(guarded_page: Guarded) -> None:
    """With the choices open, from 320 pixels on, in light and dark."""
    page = guarded_page.open("search/?q=temple&kind=Statement")
    told(page, RESULTS)
    page.get_by_text("Narrow down and order").click()
    expect(page.get_by_role("combobox", name="Kind")).to_be_visible()

    for width in (320, 360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [] == barriers_in_light_and_dark(page)
