"""Words of scripts that leave no space between them, made findable: Thai, Khmer, Lao, Burmese, Chinese, Japanese.

Where a word begins only a dictionary knows, and two dictionaries differ.  So a run of such a script is cut into all its
pairs of neighbouring letters, as search engines do for Chinese, and a reader's words are cut the same way: what stands
in a text is found, wherever a word begins.  Each pair becomes a token of plain letters and digits, which no indexer
splits, stems or strips of its marks.  `static/js/search.js` has the same few lines.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u200b-\u200d\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
"""A run of scripts without spaces; what has no width but joins or parts letters is inside."""
INVISIBLE = re.compile("[\u200b-\u200d]")
MARK = "ꙮ"
"""What tokens begin with: a letter that no reader types, so that no word is taken for the beginning of a token."""


def letters(run: str) -> list[str]:
    """A run's letters, each with its marks: vowel signs, tones, what joins consonants."""
    found: list[str] = []
    for character in INVISIBLE.sub("", unicodedata.normalize("NFKC", run)):
        if found and unicodedata.category(character).startswith("M"):
            found[-1] += character
        else:
            found.append(character)
    return found


def tokens(text: str) -> list[str]:
    """The pairs of each run in a text, every run once; a letter that stands alone is a token of its own."""
    found = []
    for run in dict.fromkeys(RUN.findall(text)):
        alone = letters(run)
        pairs = [first + second for first, second in pairwise(alone)] or alone
        found += [token(pair) for pair in pairs]
    return found


def token(letters: str) -> str:
    """`ไท` as `ꙮe44xe17x`: an x ends each character, so that no token begins as a longer one does."""
    return MARK + "".join(f"{ord(character):x}x" for character in letters)
