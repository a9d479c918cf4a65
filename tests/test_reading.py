"""From bytes to texts, and from texts to records: what is done for speed changes nothing that comes of it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from generator.reading import parsed
from generator.reading.characters import odd_character
from generator.reading.files import read_bytes, text_of
from generator.reading.validate import load_site

TESTS = Path(__file__).parent


def is_refused(words: str) -> bool:
    """Whether a text cannot have these words, for the characters in them."""
    return text_of(f"They met {words}".encode(), "a.md")[0] is None


def test_every_odd_character_is_found_among_usual_ones() -> None:
    """What is looked for first is wider than what is refused, whatever Unicode has."""
    characters = [chr(number) for number in range(sys.maxunicode + 1) if not 0xD800 <= number < 0xE000]
    blocks = (characters[begin : begin + 256] for begin in range(0, len(characters), 256))
    refused = [each for block in blocks if is_refused(" ".join(block)) for each in block if is_refused(each)]

    assert [each for each in characters if odd_character(each)] == refused


def test_behind_a_byte_order_mark_the_wrong_byte_is_told() -> None:
    """The mark, which nobody sees, is not counted."""
    _, (problem,) = text_of(b"\xef\xbb\xbf" + b"They m\xe9t", "a.md")

    assert ("the file is not UTF-8: byte 0xe9", 7) == (problem.message, problem.mark.column)


@pytest.mark.parametrize("case", ["_base", "sentence-without-a-citation", "entry-told-twice"])
def test_files_that_are_not_kept_as_parsed_give_the_same(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many files only the records are kept; who asks for the places of values has a file parsed again."""
    shutil.copytree(TESTS / "wrong" / "_base", tmp_path / "content")
    if case != "_base":
        shutil.copytree(TESTS / "wrong" / case, tmp_path / "content", dirs_exist_ok=True)
    kept = load_site(tmp_path / "content")
    monkeypatch.setattr(parsed, "MOST_KEPT", 0)
    parsed_again = load_site(tmp_path / "content")

    assert kept.problems == parsed_again.problems
    assert vars(kept.collected) == vars(parsed_again.collected)
    assert [kept.library.files.record(name) for name in kept.library.files.notes] == [
        parsed_again.library.files.record(name) for name in kept.library.files.notes
    ]


@pytest.mark.parametrize("most", [12, 16_383, 16_384, 16_385, 100_000])
@pytest.mark.parametrize("size", [0, 12, 13, 14, 16_383, 16_384, 16_385, 16_386, 100_000, 100_001, 100_002])
def test_one_byte_more_is_read_of_a_file_that_is_too_large(size: int, most: int, tmp_path: Path) -> None:
    """So whoever reads sees that it is, however large it is."""
    (tmp_path / "a").write_bytes(b"x" * size)

    assert (b"x" * min(size, most + 1), []) == read_bytes(tmp_path / "a", most)
