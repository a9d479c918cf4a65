"""Card images: what is written on them, that it is set right, and that they are made only when something changed."""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payloads import PAYLOADS
from PIL import Image, ImageFont, features
from small_site import claim, event, site

from generator.pages.card_texts import CardText, card_text, picture_for
from generator.pages.parts import card
from generator.publishing import cards
from generator.publishing.cards import balanced, card_image, runs, wrapped
from generator.publishing.options import Options
from generator.publishing.pipeline import build

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "static/fonts-for-cards"
GOLDEN = Path(__file__).parent / "golden"
TALKS = CardText("Talks open", "diplomacy", "24 December 2025 · Talks", "1 source", "Border chronology")
MOST_BYTES = 25_000


def picture(text: CardText) -> Image.Image:
    """A card as a picture."""
    return Image.open(io.BytesIO(card_image(text, FONTS))).convert("RGB")


def test_a_card_says_what_when_and_on_what_it_rests() -> None:
    """The headline, the date and kind, the sources with their origins, whether it is disputed, whose it is."""
    rival = (claim("upper", "Who?"), claim("lower", "Who?"))
    chronicle = site(event("2025-03-01", sources=("gazette", "wire"), claims=rival))

    assert CardText("A site", "", "", "1 entry, 2 sources", "As of 1 March 2025") == card_text("", chronicle)
    assert CardText(
        "On 2025-03-01", "hostilities", "1 March 2025 · Clash", "2 sources, 1 origin", "A site", "Disputed: 2 accounts"
    ) == card_text("2025-03-01", chronicle)


def test_what_no_font_can_write_has_no_card_of_its_own() -> None:
    """Its page is shared with the picture of the site: boxes in place of letters help nobody."""
    chronicle = site(event("2025-03-01", title="Переговоры"), event("2025-03-02"))

    named = [picture_for(card(slug, chronicle), chronicle.settings) for slug in chronicle.order()]

    assert ["cards/home.png", "cards/2025-03-02.png"] == named
    assert "" == picture_for(None, chronicle.settings._replace(title="年表"))


@pytest.mark.parametrize(
    "headline",
    [
        "Talks open",
        "Cambodia sends a letter on four areas to the International Court of Justice; Thailand rejects its rule now",
        "ปราสาทตาควายเสียหายหลังการปะทะ กองทัพบกและกระทรวงกลาโหมกัมพูชากล่าวหากันและกัน",
        "ปราสาทตาควายเสียหายหลังการปะทะกองทัพบกและกระทรวงกลาโหมกัมพูชากล่าวหากันและกันเป็นเวลานานหลายเดือน",
        "ប្រាសាទព្រះវិហារ និងប្រាសាទតាក្របី រងការខូចខាត ក្រោយការប៉ះទង្គិចគ្នានៅតាមព្រំដែន",
        "Ta Krabei / Ta Kwai (ปราสาทตาควาย, ប្រាសាទតាក្របី): “damage” — Điện Biên",
        "W" * 120,
    ],
    ids=["short", "long", "Thai", "Thai without spaces", "Khmer", "mixed", "one word"],
)
def test_a_card_is_of_the_right_size_and_keeps_its_edges_free(headline: str) -> None:
    """1200 by 630 in at most 25 KB; nothing is cut off, however long the headline and whatever its script."""
    text = TALKS._replace(headline=headline, disputed="Disputed: 2 accounts")
    data = card_image(text, FONTS)
    image = picture(text)
    paper = image.getpixel((0, 0))

    assert (1200, 630) == image.size
    assert len(data) <= MOST_BYTES
    left, top, right, bottom = (cards.EDGE - 12, 50, 1200 - cards.EDGE + 12, 630 - 40)
    edges = [(0, 0, 1200, top), (0, bottom, 1200, 630), (0, 0, left, 630), (right, 0, 1200, 630)]
    assert [[(1200 * 630, paper)]] * 4 == [
        [(1200 * 630, color) for _, color in image.crop(box).getcolors() or ()] for box in edges
    ]


def test_the_headline_is_larger_the_shorter_it_is() -> None:
    """And keeps out of the lines above and below it."""
    write = cards._Writer(Image.new("L", (1, 1)), FONTS)  # noqa: SLF001 - what it measures with
    sizes = [write.fitted("A word or two " * times, 1056)[1] for times in (1, 6, 9)]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    for times in range(1, 12):
        lines, size = write.fitted("A word or two " * times, 1056)
        assert write.height(lines, size) <= cards.ROOM


def test_whatever_a_headline_holds_it_is_drawn() -> None:
    """What test_injection writes into every field, too: its sites are built without drawing."""
    for payload in PAYLOADS:
        assert (cards.WIDTH, cards.HEIGHT) == picture(TALKS._replace(headline=" ".join(payload.split()))).size, payload


@given(st.lists(st.integers(1, 12), min_size=1, max_size=14), st.integers(12, 40))
def test_no_word_is_lost_or_cut_and_no_line_too_wide(lengths: list[int], width: int) -> None:
    """Balanced lines are as few as full ones, and none is wider."""
    words = [chr(97 + place) * length for place, length in enumerate(lengths)]
    wide = {word: float(len(word)) for word in words} | {" ": 1.0}

    full, even = wrapped(words, wide, width), balanced(words, wide, width)

    assert words == " ".join(even).split() == " ".join(full).split()
    assert len(full) == len(even)
    assert max(map(len, even)) <= width


@settings(max_examples=60)
@given(st.text("aé ไทย\u0e31ពភ្នំ“”ệ1·", max_size=20))
def test_each_letter_is_written_by_the_font_of_its_script(text: str) -> None:
    """The runs of a text are the text."""
    assert text == "".join(run.letters for run in runs(text))
    for run in runs(text):
        thai = any("\u0e00" <= letter <= "\u0e7f" for letter in run.letters)
        khmer = any("\u1780" <= letter <= "\u17ff" for letter in run.letters)
        assert (thai, khmer) == (run.script == "thai", run.script == "khmer")


@pytest.mark.parametrize(("script", "text"), [("khmer", "ព្រះ"), ("thai", "กำ้")])
def test_marks_are_shaped_with_their_letters(script: str, text: str) -> None:
    """A joined consonant stands under the one before: narrower than when each sign is set for itself."""
    font = ImageFont.truetype(FONTS / cards.FONTS["serif"][script], 40, layout_engine=ImageFont.Layout.RAQM)

    assert features.check("raqm")
    assert font.getlength(text) < sum(font.getlength(sign) for sign in text)


def test_the_same_words_give_the_same_bytes() -> None:
    """On the same Pillow, that is."""
    assert card_image(TALKS, FONTS) == card_image(TALKS, FONTS)


def test_a_card_is_made_again_only_when_its_words_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or when the file that was kept is not whole any more."""
    drawn: list[str] = []
    draw = card_image

    def drawing(text: CardText, fonts: Path) -> bytes:
        drawn.append(text.headline)
        return draw(text, fonts)

    monkeypatch.setattr(cards, "card_image", drawing)
    first = cards.picture(TALKS, FONTS, tmp_path)

    assert first == cards.picture(TALKS, FONTS, tmp_path) == draw(TALKS, FONTS)
    assert ["Talks open"] == drawn
    cards.picture(TALKS._replace(headline="Talks end"), FONTS, tmp_path)
    assert ["Talks open", "Talks end"] == drawn
    for kept in tmp_path.glob("*/*.png"):
        kept.write_bytes(kept.read_bytes()[:500])
    assert first == cards.picture(TALKS, FONTS, tmp_path)
    assert ["Talks open", "Talks end", "Talks open"] == drawn


def test_a_machine_that_cannot_draw_gets_a_site_without_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report says why, and no page promises a picture."""
    monkeypatch.setattr(features, "check", lambda _: False)
    options = Options(
        GOLDEN / "content", ROOT / "templates", ROOT / "static", tmp_path / "public", jobs=1, history=False
    )

    report = build(options._replace(extras=frozenset({"cards"})))

    assert (
        "built without card images: Pillow finds no Raqm, which sets Thai and Khmer right (install libfribidi)",
    ) == report.lacking
    assert not (tmp_path / "public/cards").exists()
    assert "og:image" not in (tmp_path / "public/index.html").read_text("utf-8")


def test_every_page_names_a_picture_that_is_there(built_site: Path) -> None:
    """By its whole address, with its size and what it says; entries their own, all others that of the site."""
    base = re.search(r"base_url: (\S+)", (ROOT / "content/site.yml").read_text("utf-8"))
    assert base
    named: dict[str, str] = {}
    for path in built_site.rglob("*.html"):
        page = path.read_text("utf-8")
        if found := re.search(r'<meta property="og:image" content="([^"]+)">', page):
            named[path.relative_to(built_site).as_posix()] = found[1].removeprefix(base[1])
            assert 'property="og:image:alt" content="' in page
            assert 'name="twitter:card" content="summary_large_image"' in page

    drawn = {path.relative_to(built_site).as_posix() for path in built_site.glob("cards/*.png")}
    assert drawn == set(named.values())
    assert "cards/home.png" == named["index.html"] == named["search/index.html"]
    entry = "2025-12-18-thai-jets-bomb-poipet"
    assert f"cards/{entry}.png" == named[f"events/{entry}/index.html"]
    assert [] == [path for path in drawn if (built_site / path).stat().st_size > MOST_BYTES]


def test_the_cache_lets_go_of_the_oldest_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When there are many more than are in use; one that another build has just removed is in nobody's way."""
    monkeypatch.setattr(cards, "SPARE_FILES", 2)
    (tmp_path / "0a").mkdir()
    for number in range(6):
        (tmp_path / f"0a/{number}.png").write_bytes(b"")
        os.utime(tmp_path / f"0a/{number}.png", (number, number))
    cards.tidy(tmp_path, 4)
    assert 6 == len(list(tmp_path.glob("*/*")))
    (tmp_path / "0a/gone.png").symlink_to("nowhere")

    cards.tidy(tmp_path, 4)

    assert ["2.png", "3.png", "4.png", "5.png"] == sorted(path.name for path in tmp_path.glob("*/*"))


def test_a_picture_is_drawn_with_the_fonts_that_are_there_now(tmp_path: Path) -> None:
    """Also by a process that has drawn it with others, as a preview may have."""
    shutil.copytree(ROOT / "static", tmp_path / "static")
    *_, last = sorted((tmp_path / "static/fonts-for-cards").glob("*.woff2"))
    options = Options(GOLDEN / "content", ROOT / "templates", tmp_path / "static", tmp_path / "public", jobs=1)
    options = options._replace(cache=tmp_path / "cache", extras=frozenset({"cards"}), history=False)
    build(options)
    before = (options.out / "cards/home.png").read_bytes()
    for font in (tmp_path / "static/fonts-for-cards").glob("*.woff2"):
        if font != last:
            font.write_bytes(last.read_bytes())

    build(options)

    assert before != (options.out / "cards/home.png").read_bytes()
