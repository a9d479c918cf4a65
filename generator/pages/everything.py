"""Every page of the site, in order, and how each kind of page is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import (
    agreements,
    contribute,
    disputed,
    embed,
    event,
    figures,
    home,
    indexes,
    offline,
    plain,
    printed,
    sources,
    timeline,
    worklist,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.pages.page import PageKind
    from generator.record.keys import Output
    from generator.record.site import Site

MODULES = (
    home,
    timeline,
    event,
    agreements,
    disputed,
    figures,
    indexes,
    sources,
    plain,
    worklist,
    contribute,
    printed,
    embed,
    offline,
)
KINDS: dict[str, PageKind] = {name: kind for module in MODULES for name, kind in module.KINDS.items()}


def outputs(site: Site) -> Iterator[Output]:
    """Every page of the site, in order."""
    for module in MODULES:
        yield from module.outputs(site)
