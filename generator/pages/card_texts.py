"""What is written on the pictures that are shown when a page is shared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.pages.parts import card
from generator.record.counting import counted
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from generator.pages.parts import Card
    from generator.record.model import Settings
    from generator.record.site import Site

HOME = "cards/home.png"

_LETTERS = re.compile(
    "[\u0000-\u02ff\u0304\u0308\u0329\u0e00-\u0e5b\u1780-\u17ff\u19e0-\u19ff\u1d00-\u1dbf\u1e00-\u1eff\u2000-\u206f"
    "\u20a0-\u20bf\u2113\u2122\u2191\u2193\u2212\u2215\u25cc\u2c60-\u2c7f\ua720-\ua7ff]*"
)
"""What the fonts in static/fonts-for-cards/ can write."""


class CardText(NamedTuple):
    """The words of one picture.

    lane: of the entry; empty for the site itself.  above: date and kind.  below: on what it rests.  site: whose it is.
    """

    headline: str
    lane: str
    above: str
    below: str
    site: str
    disputed: str = ""

    @property
    def is_writable(self) -> bool:
        """Whether there are letters for all of it; without them a picture would show boxes."""
        words = (self.headline, self.above, self.below, self.site, self.disputed)
        return _LETTERS.fullmatch("".join(words)) is not None


def card_text(slug: str, site: Site) -> CardText:
    """The words of an entry's picture; without a slug, of that of the site itself."""
    return _entry(card(slug, site), site.settings) if slug else _home(site)


def card_path(slug: str) -> str:
    """Where the picture of an entry is served from; without a slug, that of the site itself."""
    return f"cards/{slug}.png" if slug else HOME


def picture_for(entry: Card | None, settings: Settings) -> str:
    """The path of the picture for an entry's page, or for any other; empty where there are no letters for it."""
    if entry and _entry(entry, settings).is_writable:
        return card_path(entry.slug)
    return HOME if CardText(settings.title, "", settings.tagline, "", "").is_writable else ""


def _entry(entry: Card, settings: Settings) -> CardText:
    sources = counted(entry.sources, "source")
    origins = f", {counted(entry.origins, 'origin')}" if entry.origins != entry.sources else ""
    return CardText(
        entry.title,
        entry.lane,
        f"{entry.when.words} · {entry.kind}",
        sources + origins,
        settings.short_title or settings.title,
        f"Disputed: {counted(entry.accounts, 'account')}" if entry.accounts else "",
    )


def _home(site: Site) -> CardText:
    entries = counted(site.size(), "entry", "entries")
    sources = counted(len(site.sources), "source")
    as_of = next((f"As of {card(slug, site).when.words}" for slug in site.newest()), "")
    return CardText(site.settings.title, "", site.settings.tagline, f"{entries}, {sources}", as_of)
