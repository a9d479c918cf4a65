"""The ledger: what was made of something that has changed is found, however many steps lie between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_site import event, site

from generator.incremental.ledger import Ledger, Noted, Read
from generator.record.noting import derivation

if TYPE_CHECKING:
    from generator.record.site import Site


@derivation
def title(slug: str, chronicle: Site) -> str:
    """Made of a record."""
    return chronicle.entries[slug].title


@derivation
def length(slug: str, chronicle: Site) -> int:
    """Made of what is made of the record, and of the record itself."""
    return len(title(slug, chronicle)) + len(chronicle.entries[slug].sources)


@derivation
def kind(slug: str, chronicle: Site) -> str:
    """Made of the record, and not touched by its title."""
    return chronicle.entries[slug].kind


PAGES = {("long",): (length, title), ("short",): (title, length), ("other",): (kind,)}


@pytest.mark.parametrize("order", [["long", "short", "other"], ["short", "long", "other"]])
def test_a_derivation_that_another_reads_is_found_to_have_changed(order: list[str]) -> None:
    """Whichever is made again first: making the one makes the other, which must not then pass for unchanged."""
    before, after = site(event("2025-03-01", title="A day")), site(event("2025-03-01", title="Another day"))
    ledger = Ledger()
    for name in order:
        noted = Noted()
        with before.noted() as reads:
            for derived in PAGES[name,]:
                derived("2025-03-01", before)
        noted.note(reads, before, set())
        noted.outputs[name,] = ((), Read.of(reads))
        ledger.add(noted)

    changed = ledger.changed({("entries", "2025-03-01")}, after, queries=False)

    slug = "2025-03-01"
    assert {("entries", slug), ("test_ledger.title", slug), ("test_ledger.length", slug)} == changed
    assert {("long",), ("short",)} == ledger.stale(changed)
