"""The ledger: what was made of something that has changed is found, however many steps lie between."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from small_site import event, site, truce

from generator.incremental.ledger import Ledger, Read, Trace
from generator.pages.citations import Mark
from generator.pages.parts import Answer, Named, Neighbour, Side, When
from generator.record.keys import fingerprint
from generator.record.tracking import derivation, kept_derivation

if TYPE_CHECKING:
    from generator.record.keys import Key
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
        trace = Trace()
        with before.tracked() as reads:
            for derived in PAGES[name,]:
                derived("2025-03-01", before)
        trace.add(reads, before, set())
        trace.outputs[name,] = ((), Read.of(reads), None)
        ledger.add(trace)

    changed = ledger.propagate({("entries", "2025-03-01")}, after, queries=False)

    slug = "2025-03-01"
    assert {("entries", slug), ("test_ledger.title", slug), ("test_ledger.length", slug)} == changed
    assert {("long",), ("short",)} == ledger.stale(changed)


MADE: list[str] = []
"""The kept derivations that were made, in order."""


@kept_derivation
def row(slug: str, chronicle: Site) -> tuple[str, int]:
    """Made of what is made of the record."""
    MADE.append(slug)
    return (title(slug, chronicle), length(slug, chronicle))


@derivation
def rows(_: str, chronicle: Site) -> int:
    """Made of all rows; which entries there are is a query."""
    return len([row(slug, chronicle) for slug in chronicle.order()])


def built(ledger: Ledger, chronicle: Site, changed: set[Key], *, queries: bool = False) -> list[str]:
    """The rows that are made where something changed, and the output that has them all is then made again."""
    MADE.clear()
    ledger.propagate(changed, chronicle, queries=queries)
    trace = Trace()
    with chronicle.tracked() as reads:
        rows("", chronicle)
        for slug in chronicle.order():
            row(slug, chronicle)
    trace.add(reads, chronicle, set(), ledger)
    trace.outputs["all",] = ((), Read.of(reads), None)
    ledger.add(trace)
    return [*MADE]


def test_what_a_kept_derivation_gave_is_recalled_where_it_would_give_the_same() -> None:
    """Of three, the one is made whose entry changed, once; and a new one; also while what has changed is found out."""
    one, two, three = (f"2025-03-0{day}" for day in (1, 2, 3))
    ledger = Ledger()

    assert [one, two] == built(ledger, site(event(one), event(two)), set())
    assert [] == built(ledger, site(event(one), event(two)), set())
    edited = event(two, title="Another title")
    assert [two] == built(ledger, site(event(one), edited), {("entries", two)})
    after = site(event(one), edited, event(three))
    assert [three] == built(ledger, after, {("entries", three), ("has", "entries", three)}, queries=True)
    assert [] == built(ledger, after, set())
    assert ("Another title", len("Another title") + 1) == row(two, after)


@kept_derivation
def size(slug: str, chronicle: Site) -> float:
    """How long a title is; one with a mark has it with a fraction."""
    length = len(chronicle.entries[slug].title)
    return float(length) if chronicle.entries[slug].title.endswith("!") else length


def test_a_number_is_recalled_as_it_was_written_last() -> None:
    """2 and 2.0 are equal, and stand otherwise on the page."""
    slug = "2025-03-01"
    ledger = Ledger()

    def recalled(chronicle: Site) -> str:
        ledger.propagate({("entries", slug)}, chronicle, queries=False)
        trace = Trace()
        with chronicle.tracked() as reads:
            shown = repr(size(slug, chronicle))
        trace.add(reads, chronicle, set(), ledger)
        trace.outputs["all",] = ((), Read.of(reads), None)
        ledger.add(trace)
        return shown

    before, after = site(event(slug, title="A day")), site(event(slug, title="A dy!"))
    assert ["5", "5.0"] == [recalled(before), recalled(after)]
    again = site(event(slug, title="A dy!"))
    ledger.propagate(set(), again, queries=False)
    assert "5.0" == repr(size(slug, again))


def test_what_could_not_be_made_is_not_recalled() -> None:
    """An entry that is gone and comes back, as it was or not, has its row made."""
    one, two = "2025-03-01", "2025-03-02"
    keys: set[Key] = {("entries", two), ("has", "entries", two)}
    ledger = Ledger()
    built(ledger, site(event(one), event(two)), set())
    assert [two] == built(ledger, site(event(one)), keys, queries=True)  # in vain

    back = site(event(one), event(two, title="Back"))

    assert [two] == built(ledger, back, keys, queries=True)
    assert "Back" == row(two, back)[0]


@derivation
def name_of(ident: str, chronicle: Site) -> str:
    """What an entry is called, or else an agreement."""
    return chronicle.entries[ident].title if ident in chronicle.entries else chronicle.agreements[ident].title


def test_what_could_not_be_made_for_a_while_is_known_anew_when_it_can() -> None:
    """It may be made of something else now: an agreement that has the name of an entry that is gone."""
    slug = "2025-03-01"
    first, called = event(slug), truce(slug, ("2025-03-05", "2025-03-06"))
    ledger = Ledger()

    def read(chronicle: Site) -> None:
        trace = Trace()
        with chronicle.tracked() as reads:
            name_of(slug, chronicle)
        trace.add(reads, chronicle, set(), ledger)
        trace.outputs["page",] = ((), Read.of(reads), None)
        ledger.add(trace)

    read(site(first))
    gone = {("entries", slug), ("outlines", slug), ("has", "entries", slug)}
    assert ("test_ledger.name_of", slug) in ledger.propagate({*gone}, site(event("2025-03-02")), queries=False)
    read(site(event("2025-03-02"), agreements=(called,)))

    other = site(event("2025-03-02"), agreements=(called._replace(title="Another title"),))

    assert ("test_ledger.name_of", slug) in ledger.propagate({("agreements", slug)}, other, queries=False)


def test_a_fingerprint_tells_records_apart() -> None:
    """By all that they are, alone and in a tuple, plain within or not; what is equal has the same."""
    answer = Answer(Named("x"), "", "y", denies=False, mark=Mark(0, "s"), entry=Named("z"), when=When("w", "w"))
    others = [
        (Named("a", "b"), Named("c", "d")),
        (Named("a", "b"), Named("c", "e")),
        (Named("a", "b"), "cd"),
        (Named("a", "b"),),
        Named("a", "b"),
        (Neighbour("a", "b", is_disputed=True),),
        (Neighbour("a", "b", is_disputed=False),),
        (Side("a", ()), Side("b", ())),
        (Side("a", (answer,)), Side("b", ())),
    ]

    assert len(others) == len({fingerprint(each) for each in others})
    assert [fingerprint(each) for each in others] == [fingerprint(each) for each in deepcopy(others)]


@pytest.mark.parametrize(("first", "most"), [(0, 4), (2, 8)])
def test_a_ledger_that_has_grown_to_twice_what_it_was_is_given_up(
    first: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time that an output comes back it is another reader; what goes away is not looked for."""
    monkeypatch.setattr("generator.incremental.ledger.FEWEST_NODES", 3)
    ledger, name = Ledger(first_nodes=first), ("page", "2025-03-01")
    for _ in range(most):
        assert not ledger.is_overgrown
        trace = Trace()
        trace.outputs[name] = ((), Read.of([1]), None)
        ledger.add(trace)
        ledger.forget([name])

    assert ledger.is_overgrown
    assert first or most == ledger.first_nodes
