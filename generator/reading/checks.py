"""One function per check of what no single field can tell; adding one is adding its name to a tuple at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from generator.reading.actor_checks import check_parties_of_actors
from generator.reading.address_checks import check_aliases, check_page_names, check_taken_aliases
from generator.reading.addresses import comparable_address
from generator.reading.agreement_checks import check_doubled_terms, check_periods, check_status_notes
from generator.reading.cycle_checks import check_cycles
from generator.reading.figure_checks import (
    check_doubled_figures,
    check_falling_figures,
    check_parts_and_totals,
    check_thousands,
)
from generator.reading.hidden_checks import check_alt_texts, check_escaped_characters, check_links_to_drafts
from generator.reading.html_checks import check_addresses_in_texts, check_comments, check_tags
from generator.reading.likely_ids import LikelyIds
from generator.reading.likeness_checks import check_likely_duplicates, check_one_source_twice, check_questions
from generator.reading.name_checks import check_one_sided_names, check_sides_of_names
from generator.reading.placeholder_checks import check_placeholders
from generator.reading.plain_checks import check_plain_fields
from generator.reading.ready_lines import ready_line
from generator.reading.year_checks import check_years
from generator.record.model import Agreement, Event, Source
from generator.record.problems import Mark, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.reading.collect import Collected, Declared
    from generator.reading.records import Written

if TYPE_CHECKING:
    Check = Callable[[Collected], Iterator[Problem]]

NOUNS = {"entry": "entry or agreement", "scope": "actor or place", "perspective": "actor", "party": "actor"}
CLOSED = frozenset({"lane", "kind", "measure", "group"})
"""Kinds of id that are few, so that a hint can name them all."""
_VOCABULARY, _ACTORS, _PLACES = (frozenset({name}) for name in ("vocabulary.yml", "actors.yml", "places.yml"))
DEFINED_IN = {
    **dict.fromkeys(CLOSED, _VOCABULARY),
    **dict.fromkeys(("actor", "party", "perspective"), _ACTORS),
    "place": _PLACES,
    "scope": _ACTORS | _PLACES,
    "source": frozenset({"sources"}),
    "agreement": frozenset({"agreements"}),
    "entry": frozenset({"events", "agreements", "pages"}),
}
"""The files or folders that define the ids of each kind: while one of them cannot be read, no id is unknown."""
WHERE = {
    "actor": "actors.yml",
    "party": "actors.yml",
    "perspective": "actors.yml, or write third-party",
    "place": "places.yml",
    "kind": "vocabulary.yml",
    "lane": "vocabulary.yml",
    "measure": "vocabulary.yml",
    "group": "vocabulary.yml",
    "source": "sources/, or in place under `sources:`",
    "agreement": "agreements/",
    "entry": "events/ or agreements/",
    "scope": "actors.yml or places.yml, or write total",
}


def check_references(content: Collected) -> Iterator[Problem]:
    """Every id that is used is defined."""
    likely = LikelyIds(content)
    for item in content.written:
        for reference in item.references:
            known = content.known.get(reference.to, frozenset())
            if reference.to == "term" or reference.id in known or DEFINED_IN[reference.to] & content.unread:
                continue
            noun = NOUNS.get(reference.to, reference.to)
            hint = likely.hint(reference.to, reference.id, known) or f"define it in {WHERE[reference.to]}"
            if line := "" if hint.startswith("did") else ready_line(reference.to, reference.id):
                hint += f", as {line}"
            if reference.to in CLOSED and known and not hint.startswith("did"):
                hint = f"choose one of {', '.join(sorted(known))}, or {hint}"
            yield item.file.problem(reference.mark, f"unknown {noun} `{reference.id}`", hint)


def check_terms(content: Collected) -> Iterator[Problem]:
    """A term that an entry names is one of its agreement's."""
    terms = {agreement.slug: [term.id for term in agreement.terms] for agreement in content.records("agreements")}
    for item in content.of("events"):
        event = item.record
        if not isinstance(event, Event):
            continue
        for index, role in enumerate(event.agreements):
            for number, term in enumerate(role.terms):
                if role.id in terms and term not in terms[role.id]:
                    path = (
                        ("agreement", index)
                        if item.mark("agreement", index) != item.mark("agreement")
                        else ("agreement",)
                    )
                    hint = did_you_mean(term, terms[role.id]) or f"it has {', '.join(terms[role.id]) or 'no terms'}"
                    mark = item.mark(*path, "terms", number)
                    yield item.file.problem(mark, f"the agreement `{role.id}` has no term `{term}`", hint)


def check_doubles(content: Collected) -> Iterator[Problem]:
    """An id is defined once; the message names both places."""
    for kind in ("actor", "place", "source", "entry", "lane", "kind", "measure", "group"):
        first: dict[str, Declared] = {}
        for entry in content.declared[kind]:
            other = first.setdefault(normalize("NFKC", entry.id).casefold(), entry)
            if other is not entry:
                noun = "slug" if kind == "entry" else f"{kind} id"
                hint = "rename one file" if kind == "entry" else "give one of them another id, or delete it"
                message = f"the {noun} `{entry.id}` is defined twice, first in {other.place}"
                if other.id != entry.id:
                    message = f"the {noun} `{entry.id}` is `{other.id}` in {other.place} but for case or Unicode form"
                yield entry.file.problem(entry.mark, message, hint)
    actors = {entry.id: entry for entry in content.declared["actor"]}
    for entry in content.declared["place"]:
        if entry.id in actors:
            message = f"`{entry.id}` is a place's id and an actor's, in {actors[entry.id].place}"
            yield entry.file.problem(entry.mark, message, "a figure's scope may be either: rename one")


RESERVED = {
    "total": "a figure's `scope` has this word for all sides together",
    "third-party": "a source's `perspective` has this word for who is on no side",
}
"""Ids that no actor and no place may have."""


def check_reserved_ids(content: Collected) -> Iterator[Problem]:
    """No actor and no place has an id that means something else where it would be named."""
    for kind in ("actor", "place"):
        for entry in content.declared[kind]:
            if entry.id in RESERVED:
                yield entry.file.problem(entry.mark, f"`{entry.id}` is no id: {RESERVED[entry.id]}", "give it another")


def check_source_addresses(content: Collected) -> Iterator[Problem]:
    """One address is one source; the message names both places."""
    declared = {entry.id: entry for entry in reversed(content.declared["source"])}
    first: dict[str, Source] = {}
    for source in content.sources:
        key = comparable_address(source.url)
        other = first.setdefault(key, source) if key else source
        if other.id != source.id:
            entry = declared[source.id]
            message = f"`{source.id}` has the same address as `{other.id}` in {declared[other.id].place}: {source.url}"
            yield entry.file.problem(entry.mark, message, f"cite `{other.id}` instead, and delete this one")


def check_citations(content: Collected) -> Iterator[Problem]:
    """What a text, a claim or a figure cites is listed under `sources`, once, and what is listed is cited."""
    for item in (*content.of("events"), *content.of("agreements")):
        record = item.record
        if not isinstance(record, (Event, Agreement)):
            continue
        listed = list(record.sources)
        for index, source in enumerate(listed):
            if source in listed[:index]:
                yield item.file.problem(
                    item.mark("sources", index), f"the source `{source}` is listed twice", "keep one"
                )
        own = _marks_under_sources(item)
        inside = [
            (reference.id, reference.mark)
            for reference in item.references
            if reference.to == "source" and reference.mark not in own
        ]
        for ident, mark in inside:
            if ident not in listed and ident in content.known["source"]:
                message = f"`{ident}` is cited, and `sources` does not list it"
                yield item.file.problem(mark, message, f"add `- {ident}` to sources")
        cited = {ident for ident, _ in inside}
        for index, source in enumerate(listed):
            if source not in cited and source in content.known["source"]:
                message = f"the source `{source}` is listed, and nothing cites it"
                yield item.file.problem(
                    item.mark("sources", index), message, f"cite it as [@{source}], or remove it", "warning"
                )


def check_text(content: Collected) -> Iterator[Problem]:
    """An entry says something."""
    for item in content.of("events"):
        if isinstance(item.record, Event) and not item.record.body.pieces:
            mark = item.file.mark_at(max(0, item.body_offset - 1))
            yield item.file.problem(
                Mark(mark.line), "the entry has no text", "tell under the front matter what happened"
            )


def check_sentences(content: Collected) -> Iterator[Problem]:
    """A sentence that states a fact carries a citation."""
    for item, sentences in content.uncited:
        for offset, sentence in sentences:
            mark = item.file.mark_at(offset, len(sentence.split("\n")[0]))
            yield item.file.problem(mark, "a sentence without a citation", "end it with [@source-id]", "warning")


def check_times(content: Collected) -> Iterator[Problem]:
    """A time of day belongs to one known day."""
    for item in content.of("events"):
        event = item.record
        if isinstance(event, Event) and event.time and not event.date.is_day:
            message = f"`time` is {event.time}, and `date` is no single day: {event.date}"
            yield item.file.problem(item.mark("time"), message, "remove the time, or give the day")


def check_order_in_time(content: Collected) -> Iterator[Problem]:
    """A period ends after it starts; a count's day is not before the first that it covers."""
    for item in content.of("events"):
        if isinstance(item.record, Event):
            for index, figure in enumerate(item.record.figures):
                if figure.since and figure.as_of.last < figure.since.first:
                    message = f"`as_of` {figure.as_of} is before `since` {figure.since}"
                    yield item.file.problem(item.mark("figures", index, "as_of"), message, "exchange them?")
    for item in content.of("agreements"):
        if isinstance(item.record, Agreement):
            for index, period in enumerate(item.record.in_force):
                if period.end and period.end.last < period.start.first:
                    message = f"the period ends on {period.end}, before it starts on {period.start}"
                    yield item.file.problem(item.mark("in_force", index, "to"), message, "exchange them?")


def check_images(content: Collected) -> Iterator[Problem]:
    """A picture that an entry shows is there; while one cannot be read, nobody knows which are."""
    for item in content.of("events") if "images" not in content.unread else ():
        event = item.record
        if isinstance(event, Event) and event.image and event.image.file not in content.images:
            hint = did_you_mean(event.image.file, content.images) or "put it into content/images/"
            yield item.file.problem(item.mark("image", "file"), f"there is no picture `{event.image.file}`", hint)


def _marks_under_sources(item: Written) -> set[Mark]:
    """Where the items of the list under `sources` stand: these are no citations."""
    return {item.mark("sources", index) for index in range(len(item.record.sources))}


FILE_CHECKS: tuple[Check, ...] = (
    check_citations,
    check_text,
    check_sentences,
    check_times,
    check_years,
    check_order_in_time,
    check_parts_and_totals,
    check_placeholders,
    check_plain_fields,
    check_comments,
    check_tags,
    check_addresses_in_texts,
    check_page_names,
    check_aliases,
    check_one_sided_names,
    check_escaped_characters,
    check_alt_texts,
    check_doubled_terms,
    check_periods,
    check_status_notes,
    check_reserved_ids,
    check_sides_of_names,
    check_parties_of_actors,
    check_thousands,
)
"""These look at each file by itself, and of others know the gazetteer alone."""

REFERENCE_CHECKS: tuple[Check, ...] = (
    check_references,
    check_terms,
    check_images,
    check_links_to_drafts,
)
"""These find nothing in a file all of whose wants are met: see notes.py."""

COMPARING_CHECKS: tuple[Check, ...] = (
    check_cycles,
    check_taken_aliases,
    check_doubles,
    check_source_addresses,
    check_doubled_figures,
    check_falling_figures,
    check_likely_duplicates,
    check_one_source_twice,
    check_questions,
)
"""These find something only in files that are alike: each has its likeness in alike.py."""
