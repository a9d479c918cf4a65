"""The real chronology: what every entry must have, and the facts that the project was founded on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.reading.sentences import uncited_sentences
from generator.reading.validate import load_site

if TYPE_CHECKING:
    from generator.record.model import Event
    from generator.record.site import Site

CONTENT = Path(__file__).parent.parent / "content"
MOST_QUOTED_WORDS = 20
FEWEST_ENTRIES = 180
_QUOTED = re.compile(r"“([^”]*)”")


@pytest.fixture(scope="module")
def site() -> Site:
    """The real chronology, which has no problem of any kind."""
    validated = load_site(CONTENT)
    assert () == validated.problems
    assert validated.site is not None
    return validated.site


def prose_of(event: Event) -> str:
    """The text of an entry as written, below its front matter."""
    return (CONTENT / event.file).read_text("utf-8").split("\n---\n", 1)[1]


def entries(site: Site) -> list[Event]:
    """The entries that lists show, in order of time."""
    return [site.entries[slug] for slug in site.order()]


def faults(site: Site, found: object) -> dict[str, object]:
    """What a function finds wrong with each entry, of those where it finds something."""
    assert callable(found)
    return {event.slug: wrong for event in entries(site) if (wrong := found(event))}


def test_there_are_enough_entries(site: Site) -> None:
    """The chronology is no sample."""
    assert FEWEST_ENTRIES <= site.size()


def test_every_source_that_is_used_is_defined(site: Site) -> None:
    """No source id in a text, a claim or a figure is unknown."""

    def unknown(event: Event) -> list[str]:
        used = [pointer.source for citation in event.body.citations for pointer in citation.pointers]
        used += [claim.source for claim in event.claims] + [figure.source for figure in event.figures]
        return [source for source in used if source not in site.sources]

    assert {} == faults(site, unknown)


def test_every_sentence_carries_its_source(site: Site) -> None:
    """No sentence of any entry is without a citation."""
    assert {} == faults(site, lambda event: [sentence for _, sentence in uncited_sentences(prose_of(event))])


def test_quotations_are_short(site: Site) -> None:
    """No quotation, in the text or in a citation, has more than twenty words."""

    def long(event: Event) -> list[str]:
        words = [pointer.words for citation in event.body.citations for pointer in citation.pointers]
        quoted = [*words, *_QUOTED.findall(prose_of(event))]
        return [quotation for quotation in quoted if len(quotation.split()) > MOST_QUOTED_WORDS]

    assert {} == faults(site, long)


def test_what_is_quoted_is_cited_as_quoted(site: Site) -> None:
    """Words in quotation marks are among those that a citation of the entry points at."""

    def unpointed(event: Event) -> list[str]:
        body = prose_of(event)
        cited = " ".join(pointer.words for citation in event.body.citations for pointer in citation.pointers)
        text = re.sub(r"\[@[^\]]*\]", "", body)
        return [words for words in _QUOTED.findall(text) if words.strip(" .,") not in cited]

    assert {} == faults(site, unpointed)


def test_every_figure_has_a_day(site: Site) -> None:
    """Each number says as of when it holds, and none holds before it is counted from."""

    def undated(event: Event) -> list[str]:
        rows = re.findall(r"^  - \{measure: .*", (CONTENT / event.file).read_text("utf-8"), re.MULTILINE)
        early = [
            f"{figure.measure} as of {figure.as_of}, since {figure.since}"
            for figure in event.figures
            if figure.since and figure.as_of.last < figure.since.first
        ]
        return [row for row in rows if not re.search(r"\bas_of: *\d{4}", row)] + early

    assert {} == faults(site, undated)


def test_every_source_leads_somewhere_or_says_why_not(site: Site) -> None:
    """Each source has an address, or a note; each says its language and whose perspective it has."""
    bare = [source.id for source in site.sources.values() if not (source.url or source.note)]
    unsaid = [source.id for source in site.sources.values() if not (source.language and source.kind)]

    assert ([], []) == (bare, unsaid)


def test_no_disputed_place_goes_by_one_sides_name_alone(site: Site) -> None:
    """A place that both countries claim has a name of each, in alphabetical order."""
    claimed = [place for place in site.places.values() if place.country.startswith("Claimed by")]
    single = [
        place.id
        for place in claimed
        if place.name.split(" / ") != sorted(place.name.split(" / "))
        or (len(place.names) > 1 and "/" not in place.name)
    ]

    assert claimed
    assert [] == single


def test_coordinates_are_no_finer_than_they_should_be(site: Site) -> None:
    """No place is given to better than a tenth of a degree, and none claims a precision under ten kilometres."""
    fine = [
        place.id
        for place in site.places.values()
        if place.lat is not None
        and place.lon is not None
        and (round(place.lat, 1) != place.lat or round(place.lon, 1) != place.lon or (place.precision_km or 0) < 10)
    ]

    assert [] == fine


FOUNDING = {
    "41 dead, as one founding document has it": r"\b41\b.*\[@seed-bbc[^\]]*\]|\bat least 41\b",
    "86 dead, as the other has it": r"\b86\b",
    "65 of them counted in Thailand": r"\b65\b",
    "at least 21 civilians in Cambodia": r"\b21 civilians\b",
    "which ceasefire was rushed": r"\brush",
    "nearly one million displaced": r"(nearly|almost|close to) (one|a) million|nearly 1 million",
    "over half a million displaced": r"half a million",
    "more than 150,000 in Thailand": r"150,000",
    "a border of 500 miles": r"500 miles",
    "a border of 817 kilometres": r"817 (km|kilometres)",
    "who convened the Kuala Lumpur meeting": r"convened",
    "the talks began at 16:30": r"16:30",
    "sixteen days of clashes": r"(16|sixteen) days",
    "the most severe clash since 1967": r"1967",
    "China's envoy": r"envoy",
    "Banteay Meanchey and Sa Kaeo": r"Banteay Meanchey[\s\S]*Sa Kaeo|Sa Kaeo[\s\S]*Banteay Meanchey",
    "the meeting of defence ministers foreseen for 27 December": r"27 December|December 27",
    "the October pledge on heavy weapons": r"heavy weapons",
    "a Cambodian soldier killed before it began": r"Cambodian soldier",
}
"""What the two founding documents say: each must stand in an entry of its days, with its source."""


@pytest.mark.parametrize("pattern", FOUNDING.values(), ids=FOUNDING.keys())
def test_what_the_founding_documents_say_is_told(site: Site, pattern: str) -> None:
    """Each fact of the two documents stands in an entry that cites one of them."""
    founding = [event for event in entries(site) if any(source.startswith("seed-") for source in event.sources)]
    told = [event.slug for event in founding if re.search(pattern, f"{event.title}\n{prose_of(event)}", re.IGNORECASE)]

    assert told


def test_the_founding_documents_disagreements_stand_side_by_side(site: Site) -> None:
    """Where the two documents differ from each other or from better sources, a question has both answers."""
    questions = "\n".join(sorted(site.disputed())).lower()

    assert [] == [word for word in ("rush", "convene", "how long is the") if word not in questions]


def test_both_totals_of_december_are_given_with_their_sources(site: Site) -> None:
    """41 and 86 dead stand as figures of both countries together, each with its source."""
    totals = {
        (figure.low, figure.source)
        for event in entries(site)
        for figure in event.figures
        if figure.measure == "killed" and figure.scope == "total"
    }

    assert {41, 86} <= {number for number, _ in totals}
