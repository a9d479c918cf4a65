"""Dates as Thai and Khmer pages write them, in ASCII digits and English months, so that a likely date can be offered.

The calendar stays: `24 ก.ค. 2568` gives `24 July 2568`.
"""

from __future__ import annotations

import re

_MONTHS = (
    ("January", "มกราคม", "ม.ค.", "មករា"),
    ("February", "กุมภาพันธ์", "ก.พ.", "កុម្ភៈ"),
    ("March", "มีนาคม", "มี.ค.", "មីនា"),
    ("April", "เมษายน", "เม.ย.", "មេសា"),
    ("May", "พฤษภาคม", "พ.ค.", "ឧសភា"),
    ("June", "มิถุนายน", "มิ.ย.", "មិថុនា"),
    ("July", "กรกฎาคม", "ก.ค.", "កក្កដា"),
    ("August", "สิงหาคม", "ส.ค.", "សីហា"),
    ("September", "กันยายน", "ก.ย.", "កញ្ញា"),
    ("October", "ตุลาคม", "ต.ค.", "តុលា"),
    ("November", "พฤศจิกายน", "พ.ย.", "វិច្ឆិកា"),
    ("December", "ธันวาคม", "ธ.ค.", "ធ្នូ"),
)
_ENGLISH = {name: names[0] for names in _MONTHS for name in names[1:]}
_MONTH = re.compile("|".join(map(re.escape, sorted(_ENGLISH, key=len, reverse=True))))
_WORDS = re.compile("วันที่|พ\\.ศ\\.|ค\\.ศ\\.|ថ្ងៃទី|ខែ|ឆ្នាំ")
"""`day`, `of the Buddhist Era`, `of the Christian era`; `day`, `month`, `year`."""


def in_english(text: str) -> str:
    """A date with ASCII digits and English months, whatever it was written in; other text as it is."""
    if text.isascii():
        return text
    digits = "".join(str(int(character)) if character.isdecimal() else character for character in text)
    return " ".join(_WORDS.sub(" ", _MONTH.sub(lambda match: f" {_ENGLISH[match[0]]} ", digits)).split())
