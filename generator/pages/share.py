"""What a page offers to those who pass it on: its address, and a frame for another site's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from generator.record import urls
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from generator.record.site import Site

FRAME_HEIGHT = 400
"""In CSS pixels; what is longer scrolls within the frame."""


class Share(NamedTuple):
    """A page's permalink, the address of its small form, and the HTML of a frame that shows it."""

    permalink: str
    embedded: str
    frame: str


def share(address: str, title: str, site: Site) -> Share:
    """What an entry or a month offers."""
    embedded = urls.embedded(address)
    frame = (
        f'<iframe src="{escape(site.settings.absolute(embedded))}" title="{escape(title)}"'
        f' width="100%" height="{FRAME_HEIGHT}" loading="lazy"></iframe>'
    )
    return Share(site.settings.absolute(address), embedded, frame)
