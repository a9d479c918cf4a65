"""Sentences: where they end, which carry a citation, and what a source's page says of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.statements import statements_of
from generator.reading.sentences import uncited_sentences
from generator.record.model import Citation, Link, Pointer, Prose
from generator.record.sentences import CITED, sentences


@pytest.mark.parametrize(
    ("text", "uncited"),
    [
        ("It was so [@a]. It was not.", ["It was not."]),
        ("It was so. [@a] It was not [@b].", []),
        ("“It was so.” [@a] Lt. Gen. Somebody said it [@a].", []),
        ("In the U.S. it was 4.5 km [@a].", []),
        ("One.\n\nTwo [@a].\n\n## A heading\n\n| a | b |\n| - | - |", ["One."]),
        ('It “was” [@a "the words. And more"]. Then what? Nothing!', ["Then what?", "Nothing!"]),
        ("1. They met [@a].\n2. They left [@a]. They came.\n\n10. They went.", ["They came.", "They went."]),
        ("- They met.\n  - They left.\n* They\n  came [@a].\n- They went.", ["They met.", "They left.", "They went."]),
        ("They counted\n- and left [@a].", []),
        ("At 4 p.m. Thai forces fired, by 24 Dec. Cambodian ones [@a]. At 5 a.m. 24 left.", ["At 5 a.m. 24 left."]),
        ("No stop at the end", ["No stop at the end"]),
        ("ไม่มีจุด [@a]", []),
        ("A heading\n---------\n\nIt was so [@a].\n\n---\n\n* * *\n\n[x]: https://example.org/", []),
        ("A heading\n=========\nIt was not.", ["A heading\n=========\nIt was not."]),
    ],
)
def test_which_sentences_carry_no_citation(text: str, uncited: list[str]) -> None:
    """A citation belongs to the sentence whose stop it stands before or right after."""
    assert uncited == [sentence for _, sentence in uncited_sentences(text)]


@given(st.text(alphabet="Ab. !?\x01“”\n", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    """Put together, the sentences of any text are the text."""
    assert text == "".join(text[begin:end] for begin, end in sentences(text))


def test_a_statement_is_told_with_its_sources() -> None:
    """Tags are gone, links are words, and each sentence has the sources that it cites itself."""
    prose = Prose(
        (
            "<p>First &amp; <em>foremost</em> ",
            Citation((Pointer("a"), Pointer("b"))),
            " and then ",
            Citation((Pointer("c"),)),
            ". Not cited. And ",
            Link("slug", "words"),
            " ",
            Citation((Pointer("a"),)),
            ".</p>\n<p>Last ",
            Citation((Pointer("d"),)),
            ".</p>",
        )
    )

    expected = [
        ("First & foremost and then.", frozenset("abc")),
        ("And words.", frozenset("a")),
        ("Last.", frozenset("d")),
    ]
    assert expected == list(statements_of(prose))


def test_words_right_behind_a_long_citation_are_read_in_time() -> None:
    """A stop, a citation of any length, and no space: found by making texts up, when it took for ever."""
    text = f"They met.{CITED * 2_000}so. Then they ate.{CITED * 9} {CITED * 2_000}x"

    assert [(0, 2013), (2013, len(text))] == list(sentences(text))
