"""The page whose form makes an entry's file: as a contributor uses it, in a browser, and what becomes of the file."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from barriers import barriers
from conftest import Guarded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_server import serving
from small_site import site as small_site

from generator.commands.common import DONE
from generator.commands.line import main
from generator.pages import contribute
from generator.pages.citations import source_view
from generator.reading.fields import SOURCE_KINDS
from generator.reading.validate import load_site
from generator.record.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "starter/content"
REPOSITORY = "https://github.com/somebody/mill-pond"
SOURCE = "the-valley-gazette-talks-begin-again-2030-06-05"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with a repository, built beside it."""
    folder = tmp_path_factory.mktemp("contribute")
    shutil.copytree(STARTER, folder / "content")
    with (folder / "content/site.yml").open("a") as file:
        file.write(f"repository: {REPOSITORY}\n")
    words = ["build", "--content", str(folder / "content"), "--out", str(folder / "public"), "--jobs", "1"]
    assert DONE == main(words)
    return folder


@pytest.fixture
def guarded(folder: Path, chromium: Browser) -> Iterator[Guarded]:
    """Its page, in a browser that asks nobody else."""
    with serving(folder / "public") as address:
        context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
        guarded = Guarded(context.new_page(), address)
        guarded.open("contribute/index.html").locator("form.contribute").wait_for()
        yield guarded
        context.close()


def field(part: Page | Locator, name: str) -> Locator:
    """The control of a field."""
    return part.locator(f'[data-field="{name}"]').locator("input, select, textarea").first


def fill(part: Page | Locator, **values: str) -> None:
    """Write into fields, or choose."""
    for name, value in values.items():
        control = field(part, name)
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def row(page: Page, rows: str, number: int) -> Locator:
    """A row of sources, claims or figures; those that are missing are added."""
    group = page.locator(f'[data-rows="{rows}"]')
    while group.locator(".row").count() <= number:
        group.get_by_role("button", name="Add a").click()
    return group.locator(".row").nth(number)


def tell_of_talks(page: Page) -> None:
    """Fill the form in as somebody would who has read a report."""
    fill(page, title="The villages talk again: a “third” day", date="2030-06-05", time="09:30~", kind="talks")
    actors = field(page, "actors")
    actors.fill("eastmill")
    actors.press("Enter")
    actors.fill("westmill")
    page.locator('[data-field="actors"]').get_by_role("button", name="Add").click()
    field(page, "places").fill("valley-hall")
    fill(
        row(page, "sources", 0),
        url="https://gazette.example.org/2030/06/05/talks",
        title="Talks begin again",
        publisher="The Valley Gazette",
        published="2030-06-05",
        language="en",
        kind="news",
        perspective="third-party",
    )
    fill(row(page, "sources", 1), known="gazette-truce-2030-04-10")
    text = field(page, "text")
    text.fill("Both villages met again.")
    text.press("End")
    page.get_by_role("button", name=f"[@{SOURCE}]").click()
    text.press_sequentially(" They had agreed on turns in April [@gazette-truce-2030-04-10].")
    for number, by in enumerate(("eastmill-council", "Ann Weir, as the Gazette heard")):
        fill(
            row(page, "claims", number),
            question="What was agreed on 5 June 2030?",
            by=by,
            says="The turns stay, and nothing else",
            source="0",
        )
    fill(
        row(page, "figures", 0),
        measure="without-water",
        scope="total",
        bound="between",
        low="2",
        high="4",
        as_of="2030-06-05",
        source="0",
        said_by="water-guild",
    )


def check(folder: Path, path: str, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What `check --strict` says of the content with this file more."""
    target = folder / path
    target.write_text(text, "utf-8")
    capsys.readouterr()
    try:
        return main(["check", "--strict", "--content", str(folder / "content")]), capsys.readouterr().err
    finally:
        target.unlink()


@pytest.mark.browser
def test_the_file_that_the_form_makes_passes_the_check(
    guarded: Guarded, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With two statements, a figure, a source of its own and one that is known; shown, copied, downloaded, proposed."""
    page = guarded.page
    tell_of_talks(page)
    page.get_by_role("button", name="Make the file").click()
    page.locator(".contribute__result").wait_for()

    path = page.locator(".contribute__name").inner_text()
    text = page.locator(".contribute__file").input_value()
    assert "content/events/2030/2030-06-05-the-villages-talk-again-a-third-day.md" == path
    assert "They had agreed on turns in April [@gazette-truce-2030-04-10]." in text
    assert f"Both villages met again [@{SOURCE}]." in text
    assert "actors: [eastmill, westmill]\nplaces: [valley-hall]\n" in text
    assert [] == page.locator(".contribute__remarks li").all_inner_texts()
    assert (DONE, "") == check(folder, path, text, capsys)

    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    assert text == page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert path.endswith(f"/{download.value.suggested_filename}")
    assert text == Path(download.value.path()).read_text("utf-8")
    address = urlsplit(page.get_by_role("link", name="Open a pull request").get_attribute("href") or "")
    assert f"{REPOSITORY}/new/main" == f"https://{address.netloc}{address.path}"
    assert {"filename": [path], "value": [text]} == parse_qs(address.query)
    assert ([], []) == (guarded.outside, guarded.errors)


@pytest.mark.browser
def test_what_is_wrong_is_said_at_its_field(guarded: Guarded) -> None:
    """All of it at once; the first is gone to, and nothing is made before it is put right."""
    page = guarded.page
    fill(page, title="x" * 121, date="24/12/2568", time="16.30", kind="talks", text="They met [@nowhere].")
    fill(row(page, "sources", 0), url="gazette.example.org/talks", title="Talks")
    fill(row(page, "claims", 0), by="somebody", says="It rained")
    fill(row(page, "figures", 0), low="1,200", bound="value")
    page.get_by_role("button", name="Make the file").click()

    told = {
        str(place.evaluate("place => place.parentElement.dataset.field")): place.inner_text().removeprefix("▸ ")
        for place in page.locator(".field__problem:visible").all()
    }
    assert {
        "title": "It has 121 characters, and at most 120 fit.",
        "date": "2568 is far ahead: a year of the Buddhist Era? 2568 is then 2025.",
        "time": "Write hours and minutes of the 24-hour clock, as 16:30.",
        "url": "It is not a web address: copy it from the browser’s address line.",
        "publisher": "Say who published it.",
        "text": "There is no source nowhere above: cite one of talks.",
        "by": "There is no actor “somebody”: choose one, or begin the name with a capital letter.",
        "source": "Choose the source that gives it.",
        "measure": "Choose what is counted.",
        "scope": "Say whose number it is, or write total.",
        "low": "Write the number in plain digits.",
        "as_of": "Say for which day it was given.",
    } == told
    assert "13 things are still to be put right." == page.locator(".contribute__problems").inner_text()
    assert "title" == page.locator(":focus").evaluate("control => control.closest('.field').dataset.field")
    assert "true" == page.locator(":focus").get_attribute("aria-invalid")
    assert page.locator(".contribute__result").is_hidden()

    fill(page, title="Talks")
    page.get_by_role("button", name="Make the file").click()
    assert "12 things are still to be put right." == page.locator(".contribute__problems").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_form_fits_and_has_no_barrier(guarded: Guarded, width: int) -> None:
    """Filled in, with problems and with its file shown; in light and in dark, without a word in the console."""
    page = guarded.page
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("button", name="Make the file").click()
    faults = barriers(page)
    tell_of_talks(page)
    page.get_by_role("button", name="Make the file").click()
    page.locator(".contribute__result").wait_for()
    page.emulate_media(color_scheme="dark")

    assert [] == faults + barriers(page)
    assert width == page.evaluate("document.documentElement.scrollWidth")
    assert ([], []) == (guarded.outside, guarded.errors)


@pytest.mark.browser
def test_rows_come_and_go(guarded: Guarded) -> None:
    """By keyboard: what is removed is out of the file, the rest is numbered anew, and the focus is not lost."""
    page = guarded.page
    for publisher in ("First", "Second", "Third"):
        number = ("First", "Second", "Third").index(publisher)
        fill(row(page, "sources", number), title="T", publisher=publisher, note="On paper")
    page.get_by_role("button", name="Remove this source").nth(1).press("Enter")

    group = page.locator('[data-rows="sources"]')
    assert ["Source 1", "Source 2"] == group.locator("legend").all_inner_texts()[1:]
    assert ["[@first-t]", "[@third-t]"] == page.locator(".cites-bar button").all_inner_texts()
    assert "Add a source" == page.locator(":focus").inner_text()


TOLD = {
    "": "",
    "email": "mailto:editors@example.org?subject=The%20sluice%20of%20the%20mill%20pond%20is%20found%20open&amp;body="
    "https%3A%2F%2Fchronology.example.org%2Fevents%2F2030-04-02-sluice-found-open%2F%0A%0A",
    "repository": f"{REPOSITORY}/issues/new/choose",
}
"""Where the page of an entry leads who found a mistake in it, by what the site gives."""


@pytest.mark.parametrize("more", TOLD)
def test_the_page_promises_only_what_the_site_has(tmp_path: Path, more: str) -> None:
    """No address that is not given, no link that an entry's page has not; and of a mistake every page leads on."""
    shutil.copytree(STARTER, tmp_path / "content")
    path = tmp_path / "content/site.yml"
    settings = path.read_text("utf-8")
    if more == "email":
        settings = settings.replace("[The editors of this chronology]", "[The editors <editors@example.org>]")
    path.write_text(settings + (f"repository: {REPOSITORY}\n" if more == "repository" else ""), "utf-8")
    words = ["build", "--content", str(tmp_path / "content"), "--out", str(tmp_path / "public"), "--jobs", "1"]
    assert DONE == main([*words, "--no-search", "--no-cards"])

    page = (tmp_path / "public/contribute/index.html").read_text("utf-8")
    assert (more == "repository") == ("Improve this entry" in page)
    assert (more == "repository") == ("Open an issue" in page)
    assert (more == "email") == ("mailto:editors@example.org" in page)
    assert (more == "") == ("names no address" in page)
    assert "named at the foot" not in page

    entry = "events/2030-04-02-sluice-found-open/"
    page = (tmp_path / "public" / entry / "index.html").read_text("utf-8")
    told = re.findall(r'<a href="([^"]*)"[^>]*>Report a mistake<', page)
    form = "../../contribute/index.html#mistakes"
    assert [TOLD[more] or form, form] == told


@pytest.mark.browser
def test_without_a_script_the_page_says_how_else(folder: Path, chromium: Browser) -> None:
    """No control that does nothing; the issue, git and the editors are named."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    with serving(folder / "public") as address:
        page.goto(f"{address}/contribute/index.html")

        assert 0 == page.locator("button, input, select, textarea").count()
        assert page.get_by_text("This part of the page needs a script.").is_visible()
        assert f"{REPOSITORY}/issues/new/choose" == page.get_by_role("link", name="Open an issue").get_attribute("href")
        assert page.get_by_text("python build.py new").is_visible()
        page.goto(f"{address}/events/2030-04-02-sluice-found-open/index.html")
        assert f"{REPOSITORY}/edit/main/content/events/2030/2030-04-02-sluice-found-open.md" == page.get_by_role(
            "link", name="Improve this entry"
        ).get_attribute("href")
    context.close()


WORDS = st.one_of(
    st.text(max_size=30),
    st.text("aé#:'\"[]{}@!?|>-*&%`,.ก\u202e\u3164\u00a0\\ \n", max_size=30),
    st.sampled_from(
        ["", "null", "true", "- a", "a: b", "a #b", "[@s]", "[@gazette-truce-2030-04-10]", "x" * 200, "[[", "[^1]", "~"]
    ),
)
DATES = st.one_of(
    st.sampled_from(
        ["2030-06-05", "2030-02-29", "2028-02-29", "19XX", "2030-XX-XX", "2030-06-0X", "2030-05/2030-04", "2030-05~/.."]
    ),
    st.text("0123456789X-/.~?%", max_size=10),
)
ENTRIES = st.fixed_dictionaries(
    {
        "title": WORDS,
        "date": DATES,
        "time": st.sampled_from(["", "16:30", "16:30~", "06:30/04:00", "24:00"]),
        "kind": st.sampled_from(["talks", "statement", ""]),
        "actors": st.lists(st.sampled_from(["eastmill", "westmill", "nobody"]), max_size=2, unique=True),
        "places": st.lists(st.sampled_from(["mill-pond"]), max_size=1),
        "summary": WORDS,
        "text": st.lists(st.one_of(WORDS, st.just("They met [@gazette-truce-2030-04-10].")), max_size=4).map(" ".join),
        "sources": st.lists(
            st.fixed_dictionaries(
                {
                    "known": st.sampled_from(["", "gazette-truce-2030-04-10"]),
                    "title": WORDS,
                    "publisher": WORDS,
                    "published": DATES,
                    "url": st.one_of(st.just(""), WORDS.map(lambda words: f"https://a.example/{words}")),
                    "language": st.sampled_from(["", "en", "pt-BR", "English", "en_GB"]),
                    "kind": st.sampled_from(["", "news"]),
                    "perspective": st.sampled_from(["", "third-party", "eastmill"]),
                    "note": WORDS,
                }
            ),
            max_size=2,
        ),
        "claims": st.lists(
            st.fixed_dictionaries(
                {"question": WORDS, "by": WORDS, "says": WORDS, "source": st.sampled_from(["0", "1"])}
            ),
            max_size=1,
        ),
        "figures": st.lists(
            st.fixed_dictionaries(
                {
                    "measure": st.just("without-water"),
                    "scope": st.sampled_from(["total", "eastmill", "mill-pond", "nobody"]),
                    "group": st.sampled_from(["", "farms"]),
                    "bound": st.sampled_from(["value", "about", "between"]),
                    "low": st.text("0123456789.-", max_size=4),
                    "high": st.text("0123456789.", max_size=4),
                    "as_of": DATES,
                    "since": DATES,
                    "source": st.sampled_from(["0", "1"]),
                    "said_by": WORDS,
                }
            ),
            max_size=1,
        ),
    }
)
SOUND: dict[str, Any] = {
    "title": "They meet",
    "date": "2030-06-05",
    "time": "",
    "kind": "talks",
    "actors": ["eastmill"],
    "places": [],
    "summary": "",
    "text": "They met [@gazette-truce-2030-04-10].",
    "claims": [],
    "figures": [],
    "sources": [
        {"known": "gazette-truce-2030-04-10"}
        | dict.fromkeys(("title", "publisher", "published", "url", "language", "kind", "perspective", "note"), "")
    ],
}
MAKE = """async entries => {
  const { module } = document.querySelector("section[data-module]").dataset;
  const { entryText, fileName, problemsOf } = await import(new URL(module, document.baseURI));
  const ids = name => [...document.getElementById(`contribute-${name}`).options].map(option => option.value);
  const given = JSON.parse(document.getElementById("contribute-data").textContent);
  const rules = { ...given, actors: ids("actors"), places: ids("places") };
  return entries.map(entry => [problemsOf(entry, rules), fileName(entry), entryText(entry)]);
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("title", "They meet \u3164", "A character that cannot be seen: write the line afresh."),
        ("language", "English", "Write its tag, as en, th or pt-BR."),
        ("title", "x" * 121, "It has 121 characters, and at most 120 fit."),
        ("language", "en-abcdefgh-abcdefgh-ab", "At most 20 characters fit."),
        ("note", "x" * 601, "At most 600 characters fit."),
    ],
)
def test_the_form_refuses_what_check_refuses(guarded: Guarded, field: str, words: str, said: str) -> None:
    """Fillers that no one sees, languages by name, and what is too long."""
    source = SOUND["sources"][0] | {"known": "", "title": "Talks", "publisher": "Gazette", "note": "on paper"}
    entry = SOUND | {"text": "They met [@gazette-talks]."}
    entry |= {"title": words, "sources": [source]} if field == "title" else {"sources": [source | {field: words}]}

    ((problems, _, _),) = guarded.page.evaluate(MAKE, [entry])

    assert [said] == [problem["message"] for problem in problems]


@pytest.mark.browser
@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    entries=st.lists(
        st.one_of(ENTRIES, st.tuples(ENTRIES, st.sets(st.sampled_from(sorted(SOUND)), max_size=2))),
        min_size=5,
        max_size=20,
    )
)
def test_whatever_the_form_accepts_check_accepts(guarded: Guarded, entries: list[Any]) -> None:
    """Entries made up of anything: those that the form makes a file of have no error, whatever stands in them.

    Of most, only some parts are made up, and the rest is sound: else hardly one would be accepted.
    """
    mixed = [SOUND | {name: one[0][name] for name in one[1]} if isinstance(one, tuple) else one for one in entries]
    with TemporaryDirectory() as name:
        content = Path(name) / "content"
        shutil.copytree(STARTER, content)
        for entry, (problems, path, text) in zip(mixed, guarded.page.evaluate(MAKE, _trimmed(mixed)), strict=True):
            if [problem for problem in problems if not problem.get("remark")]:
                continue
            file = content / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
            links = "unknown entry or agreement"  # the form does not know the names of all entries, and says so
            said = [one for one in load_site(content).problems if one.is_error and links not in one.message]
            assert [] == said, json.dumps(entry)
            file.unlink()


def _trimmed(value: Any) -> Any:  # noqa: ANN401
    """As the form reads its controls: without spaces at the ends; what has one line has no line end."""
    if isinstance(value, dict):
        return {
            name: _trimmed(
                below if name in {"text", "summary", "says"} or not isinstance(below, str) else below.replace("\n", "")
            )
            for name, below in value.items()
        }
    if isinstance(value, list):
        return [_trimmed(below) for below in value]
    return value.strip()


def view_of(folder: Path, settings_more: str = "", **files: str) -> contribute.ContributeView:
    """What the page shows of the starter with more in its settings, and with other files."""
    content = folder / "content"
    shutil.copytree(STARTER, content)
    with (content / "site.yml").open("a") as file:
        file.write(settings_more)
    for name, text in files.items():
        (content / f"{name}.yml").write_text(text, "utf-8")
    site = load_site(content).site
    assert site is not None
    view: contribute.ContributeView = contribute.KINDS["contribute"].make(site).view
    return view


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        ("repository: https://gitlab.com/o/r\n", ("https://gitlab.com/o/r/-/new/main", "file_name", "")),
        ("repository: https://code.example.org/r\n", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_only_a_known_forge_is_proposed_to(repository: str, expected: tuple[str, str, str], tmp_path: Path) -> None:
    """GitLab takes a name and no text; others, and none at all, take nothing."""
    view = view_of(tmp_path, repository)

    assert expected == tuple(view.data[name] for name in ("newFile", "pathAs", "textAs"))


def test_a_kind_of_publication_has_one_name_everywhere(tmp_path: Path) -> None:
    """The form offers all that may be written, by the names that lists of sources show."""
    offered = view_of(tmp_path).source_kinds
    shown = {
        kind: source_view("a", small_site(sources={"a": Source("a", "A title", "A publisher", kind=kind)})).kind
        for kind in SOURCE_KINDS
    }

    assert [(kind, shown[kind].capitalize()) for kind in SOURCE_KINDS] == list(offered)
    assert "non-governmental organisation" == shown["ngo"]


@pytest.mark.parametrize("editors", ["The editors <editors@example.org>", "The editors"])
def test_an_editors_address_is_written_to(editors: str, tmp_path: Path) -> None:
    """When `editors` has one; otherwise they are only named."""
    settings = (STARTER / "site.yml").read_text("utf-8").replace("[The editors of this chronology]", f"[{editors}]")

    assert ("editors@example.org" if "@" in editors else "") == view_of(tmp_path, site=settings).email


def test_a_large_site_offers_those_that_are_named_most(tmp_path: Path) -> None:
    """The page's weight is bounded; an actor that it does not name is then taken as it is written."""
    many = range(2000)
    actors = "".join(f"- {{id: a-{number}, name: Actor {number}, role: official}}\n" for number in many)
    places = "".join(f"- {{id: a-place-{number}, name: Place {number}, country: Kelland}}\n" for number in many)

    view = view_of(
        tmp_path,
        actors=(STARTER / "actors.yml").read_text("utf-8") + actors,
        places=(STARTER / "places.yml").read_text("utf-8") + places,
    )

    assert contribute.MOST == len(view.actors) == len(view.places)
    assert {"eastmill", "westmill", "water-guild"} <= {ident for ident, _ in view.actors}
    assert (False, False) == (view.data["wholeActors"], view.data["wholePlaces"])
