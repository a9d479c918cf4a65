"""Card images: a picture of an entry's headline, for where the entry is shared.  The only place that imports PIL.

A picture is made again only when its words, the fonts, Pillow or this file's drawing changed: the cache has a file for
each, named after the digest of what it was made from.  The same input gives the same bytes on the same Pillow.
"""

from __future__ import annotations

import io
import json
import os
import re
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING

from generator.pages.unspaced import letters
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

    from generator.pages.card_texts import CardText

FORM = 1
"""To be counted up when the same words are to give another picture."""
WIDTH, HEIGHT = 1200, 630
EDGE = 72
MARK_AT = (EDGE, EDGE + 4)
HEADLINE_SIZES = (72, 66, 60, 54, 49, 44, 40)
SMALLEST = 26
SMALL = 31
MOST_LINES = 5
TOP, ROOM = 138, 326
"""Where the headline may begin, and how much height it has."""
LEVELS = 12
"""Steps from paper to ink: few, so that a picture stays small."""
SPARE_FILES = 2000
"""Pictures beyond those in use that the cache keeps."""

PAPER, INK = (0xFD, 0xFC, 0xF8), (0x23, 0x20, 0x1B)
LANES = {
    "hostilities": (0x93, 0x33, 0x0F),
    "diplomacy": (0x1F, 0x4E, 0x79),
    "civilians": (0x80, 0x61, 0x0A),
    "background": (0x6A, 0x65, 0x5B),
}
QUIET = 0.74
"""Of quiet words, the part of the way from paper to ink."""

VIETNAMESE = "[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef1]"
THAI, KHMER, EXTENDED = (
    "[\u0e00-\u0e7f]",
    "[\u1780-\u17ff\u19e0-\u19ff]",
    "[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1d00-\u1fff]",
)
SCRIPTS = re.compile(
    f"(?P<thai>{THAI}[\u0e00-\u0e7f\u200c\u200d]*)|(?P<khmer>{KHMER}[\u1780-\u17ff\u19e0-\u19ff\u200c\u200d]*)|(?P<vietnamese>{VIETNAMESE}+)|(?P<extended>{EXTENDED}+)"
)
FONTS = {
    "serif": {
        "latin": "source-serif-4-latin-600-normal.woff2",
        "extended": "source-serif-4-latin-ext-600-normal.woff2",
        "vietnamese": "source-serif-4-vietnamese-600-normal.woff2",
        "thai": "noto-serif-thai-thai-600-normal.woff2",
        "khmer": "noto-serif-khmer-khmer-600-normal.woff2",
    },
    "sans": {
        "latin": "inter-latin-400-normal.woff2",
        "extended": "inter-latin-ext-400-normal.woff2",
        "vietnamese": "inter-vietnamese-400-normal.woff2",
        "thai": "noto-sans-thai-thai-400-normal.woff2",
        "khmer": "noto-sans-khmer-khmer-400-normal.woff2",
    },
}
LEADING = {"latin": 1.16, "extended": 1.16, "vietnamese": 1.24, "thai": 1.42, "khmer": 1.6}
"""Height of a line, for the tallest of its scripts."""


def missing() -> str:
    """Why pictures cannot be drawn on this machine, in words; empty when they can."""
    if find_spec("PIL") is None:
        return "the package Pillow is not installed"
    from PIL import features  # noqa: PLC0415 - only here, and only when there is something to do

    if not features.check("raqm"):
        return "Pillow finds no Raqm, which sets Thai and Khmer right (install libfribidi)"
    return ""


def picture(text: CardText, fonts: Path, cache: Path) -> bytes:
    """The picture of these words, from the cache where it has it."""
    digest = digest_of(text, digest_of_drawer(fonts))
    folder = cache / digest[:2]
    data = _kept(folder, digest)
    return _keep(card_image(text, fonts), folder, digest) if data is None else data


def _kept(folder: Path, digest: str) -> bytes | None:
    """A picture that the cache has whole: its name has the beginning of its content's digest."""
    for path in folder.glob(f"{digest}.*.png"):
        with suppress(OSError):
            data = path.read_bytes()
            if path.name.split(".")[1] == _sum(data):
                return data
    return None


def _keep(data: bytes, folder: Path, digest: str) -> bytes:
    """Put a picture in the cache, whole or not at all; where it cannot be kept, it is drawn again next time."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{digest}.{_sum(data)}.png"
        making = folder / f".{path.name}.{os.getpid()}"
        making.write_bytes(data)
        making.replace(path)
    return data


def _sum(data: bytes) -> str:
    return sha256(data).hexdigest()[:12]


def tidy(cache: Path, most: int) -> None:
    """Remove the oldest pictures when there are many more than are in use."""
    kept = list(cache.glob("*/*.png"))
    if len(kept) > most + SPARE_FILES:
        for path in sorted(kept, key=_written_ns)[: len(kept) - most]:
            with suppress(OSError):
                path.unlink()


def _written_ns(path: Path) -> int:
    """When a file was written; before all others, where another build has just removed it."""
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


def forget_fonts() -> None:
    """Read the fonts anew when a picture is next wanted: in a process that lives on, they may be others by then."""
    digest_of_drawer.cache_clear()
    _font.cache_clear()


@lru_cache(maxsize=4)
def digest_of_drawer(fonts: Path) -> str:
    """What all pictures depend on: the drawing, Pillow, the fonts."""
    from PIL import __version__  # noqa: PLC0415

    sums = [sha256(path.read_bytes()).hexdigest() for path in sorted(fonts.glob("*.woff2"))]
    return sha256(json.dumps([FORM, __version__, sums]).encode()).hexdigest()


def digest_of(text: CardText, drawer: str) -> str:
    """What a picture is known by: its words, and what all pictures depend on."""
    return sha256(json.dumps([drawer, *text]).encode()).hexdigest()[:40]


# --- drawing ----------------------------------------------------------------------------------------------------------


def card_image(text: CardText, fonts: Path) -> bytes:
    """The picture, as PNG: 1200 by 630, in steps from paper to ink and from paper to the lane's colour."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    ink = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(ink)
    write = _Writer(ink, fonts)

    left = EDGE + 46 if text.lane else EDGE
    above, above_size = write.shortened(text.above, WIDTH - EDGE - left)
    write.line(above, "sans", above_size, (left, EDGE + 28))
    if text.disputed and text.lane:
        width = write.width(text.disputed, "sans", SMALL)
        right = WIDTH - EDGE
        draw.rectangle((right - width - 36, EDGE - 12, right, EDGE + 44), outline=255, width=2)
        write.line(text.disputed, "sans", SMALL, (right - width - 18, EDGE + 28))

    lines, size = write.fitted(text.headline, WIDTH - 2 * EDGE)
    y = TOP + max(0.0, (ROOM - write.height(lines, size)) / 2)
    for line in lines:
        leading = write.leading(line) * size
        write.line(line, "serif", size, (EDGE, y + leading * 0.5 + size * 0.34))
        y += leading

    draw.rectangle((EDGE, HEIGHT - 134, WIDTH - EDGE, HEIGHT - 132), fill=255)
    base = HEIGHT - EDGE - 8
    below = write.width(text.below, "sans", SMALL)
    write.line(text.below, "sans", SMALL, (WIDTH - EDGE - below, base))
    site, site_size = write.shortened(text.site, WIDTH - 2 * EDGE - below - 48)
    write.line(site, "sans", site_size, (EDGE, base), QUIET)
    return _png(ink, text.lane)


def _mark(lane: str) -> Image:
    """The lane's shape, drawn large and made small, so that its edges are smooth."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    side, times = 28, 4
    large = Image.new("L", (side * times, side * times))
    draw = ImageDraw.Draw(large)
    end, middle = side * times - 1, side * times / 2
    if lane == "hostilities":
        draw.rectangle((end * 0.28, 0, end * 0.72, end), fill=255)
    elif lane == "diplomacy":
        draw.polygon([(middle, 0), (end, middle), (middle, end), (0, middle)], fill=255)
    elif lane == "civilians":
        draw.ellipse((0, 0, end, end), fill=255)
    else:
        draw.rectangle((end * 0.18, end * 0.18, end * 0.82, end * 0.82), fill=255)
    return large.resize((side, side), Image.Resampling.BOX)


def _png(ink: Image, lane: str) -> bytes:
    """A drawing and the lane's mark as one picture with a palette: paper to ink, then paper to the lane's colour."""
    steps = [round(level * (LEVELS - 1) / 255) for level in range(256)]
    picture = ink.point(steps)
    if lane:
        mark, in_colour = _mark(lane), [step + LEVELS for step in steps]
        picture.paste(mark.point(in_colour), MARK_AT, mark.point([255 * (step > 0) for step in steps]))
    ends = (INK, LANES.get(lane, INK))
    picture.putpalette([part for end in ends for step in range(LEVELS) for part in _between(end, step / (LEVELS - 1))])
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _between(end: tuple[int, int, int], way: float) -> list[int]:
    return [round(start + (stop - start) * way) for start, stop in zip(PAPER, end, strict=True)]


class _Run(NamedTuple):
    """Letters of one script, which one font writes."""

    script: str
    letters: str


def runs(text: str) -> Iterator[_Run]:
    """A text cut where its script changes: no font has them all."""
    end = 0
    for match in SCRIPTS.finditer(text):
        if match.start() > end:
            yield _Run("latin", text[end : match.start()])
        yield _Run(match.lastgroup or "latin", match.group())
        end = match.end()
    if end < len(text):
        yield _Run("latin", text[end:])


class _Writer:
    """Writes lines of mixed scripts into a drawing."""

    def __init__(self, drawing: Image, fonts: Path) -> None:
        from PIL import ImageDraw  # noqa: PLC0415

        self.draw = ImageDraw.Draw(drawing)
        self.fonts = fonts

    def _font(self, script: str, face: str, size: int) -> FreeTypeFont:
        return _font(self.fonts / FONTS[face][script], size)

    def width(self, text: str, face: str, size: int) -> float:
        return sum(self._font(run.script, face, size).getlength(run.letters) for run in runs(text))

    def line(self, text: str, face: str, size: int, at: tuple[float, float], strength: float = 1) -> None:
        """Write a line with its baseline beginning at a point."""
        x, baseline = at
        for run in runs(text):
            font = self._font(run.script, face, size)
            self.draw.text((round(x), round(baseline)), run.letters, fill=round(255 * strength), font=font, anchor="ls")
            x += font.getlength(run.letters)

    def leading(self, text: str) -> float:
        return max((LEADING[run.script] for run in runs(text)), default=1.0)

    def fitted(self, text: str, width: int) -> tuple[list[str], int]:
        """The headline's lines, in the largest size in which they all fit; a word is cut only if it fits in none."""
        words = text.split()
        for size in HEADLINE_SIZES:
            wide = self._widths(words, size)
            lines = wrapped(words, wide, width)
            if max(wide.values(), default=0) <= width and len(lines) <= MOST_LINES and self.height(lines, size) <= ROOM:
                return balanced(words, wide, width), size
        size = HEADLINE_SIZES[-1]
        words = [piece for word in words for piece in self.cut(word, size, width)]
        lines = wrapped(words, self._widths(words, size), width)
        most = max(1, int(ROOM // (self.leading(text) * size)))
        return (lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + " …"]), size

    def height(self, lines: Sequence[str], size: int) -> float:
        return sum(self.leading(line) * size for line in lines)

    def _widths(self, words: Sequence[str], size: int) -> dict[str, float]:
        return {word: self.width(word, "serif", size) for word in (*words, " ")}

    def cut(self, word: str, size: int, width: int) -> list[str]:
        """A word wider than a line, as scripts without spaces have them, in pieces of whole letters."""
        pieces = [""]
        for letter in letters(word):
            if pieces[-1] and self.width(pieces[-1] + letter, "serif", size) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def shortened(self, text: str, width: float) -> tuple[str, int]:
        """Words in the small size, smaller where they must be; at the smallest, the first of them."""
        for size in range(SMALL, SMALLEST - 1, -1):
            if self.width(text, "sans", size) <= width:
                return text, size
        words = text.split()
        while len(words) > 1 and self.width(" ".join([*words, "…"]), "sans", SMALLEST) > width:
            words.pop()
        return " ".join([*words, "…"]), SMALLEST


def wrapped(words: Sequence[str], wide: Mapping[str, float], width: float) -> list[str]:
    """Words in lines no wider than `width`, as many on each as it has room for; `wide` has each word's width."""
    lines: list[str] = []
    filled = 0.0
    for word in words:
        if lines and filled + wide[" "] + wide[word] <= width:
            lines[-1] += f" {word}"
            filled += wide[" "] + wide[word]
        else:
            lines.append(word)
            filled = wide[word]
    return lines


def balanced(words: Sequence[str], wide: Mapping[str, float], width: float) -> list[str]:
    """The same number of lines, as even in width as they can be: no word is left alone at the end."""
    count = len(wrapped(words, wide, width))
    low, high = max((wide[word] for word in words), default=0), width
    while high - low > 1:
        middle = (low + high) / 2
        if len(wrapped(words, wide, middle)) > count:
            low = middle
        else:
            high = middle
    return wrapped(words, wide, high)


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
