"""What makes two files worth comparing: the keys that they share.

Each check that compares files has its likeness here: (key, value) pairs of one file.  Files that share a key and differ
in its value are compared, no others; so of ten thousand entries only a handful is looked at twice.  A likeness may be
wider than its check, never narrower.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from hashlib import blake2b
from typing import TYPE_CHECKING
from unicodedata import normalize

from generator.reading.address_checks import first_part
from generator.reading.addresses import comparable_address
from generator.reading.likeness_checks import folded
from generator.record.model import Actor, Agreement, Event, Source
from generator.record.urls import is_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.reading.records import Written

KEY, WHOLE = 8, 12
"""Bytes of a key, and of a key with its value."""
Pair = tuple[str, object]


def likenesses(item: Written, declared: Iterable[str]) -> bytes:
    """All keys and values of a file, each as a digest of WHOLE bytes, in a row."""
    found: list[Pair] = [(f"id {_folded_id(ident)}", (item.file.name, at)) for at, ident in enumerate(declared)]
    found += _scopes(declared)
    found += _source_addresses(item)
    if isinstance(item.record, Event):
        found += _of_event(item.record, item.file.name)
    if item.folder in {"events", "agreements"}:  # sound or not, it is there
        found.append((f"at /{item.folder}/{item.stem}/", item.file.name))
    elif item.folder == "pages":
        found.append((f"under {item.stem}", item.file.name))
    return b"".join(
        blake2b(key.encode("utf-8", "surrogatepass"), digest_size=KEY).digest()
        + blake2b(repr(value).encode(), digest_size=WHOLE - KEY).digest()
        for key, value in found
    )


def leads_to(item: Written) -> Iterator[tuple[str, str]]:
    """Which record names which other as where it comes from: such ways must not lead back."""
    if isinstance(item.record, Agreement):
        yield from ((f"agreement:{item.stem}", f"agreement:{slug}") for slug in item.record.supersedes)
    for one in (*item.listed, *(record for record, _ in item.defined)):
        if isinstance(one, Source) and one.origin and is_slug(one.origin):
            yield f"source:{one.id}", f"source:{one.origin}"
        elif isinstance(one, Actor) and one.party:
            yield f"actor:{one.id}", f"actor:{one.party}"


def has_cycle(edges: Iterable[tuple[str, str]]) -> bool:
    """Whether one of these ways leads back to where it began."""
    graph: dict[str, set[str]] = {}
    for start, end in edges:
        graph.setdefault(start, set()).add(end)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


def to_compare(alike: Mapping[str, bytes]) -> list[str]:
    """The files, in their order, that share a key with another value."""
    first: dict[bytes, bytes] = {}
    differing: set[bytes] = set()
    for digests in alike.values():
        for start in range(0, len(digests), WHOLE):
            key, value = digests[start : start + KEY], digests[start + KEY : start + WHOLE]
            if first.setdefault(key, value) != value:
                differing.add(key)
    return [name for name, digests in alike.items() if differing and not differing.isdisjoint(_keys(digests))]


def _keys(digests: bytes) -> Iterator[bytes]:
    return (digests[start : start + KEY] for start in range(0, len(digests), WHOLE))


def _folded_id(declared: str) -> str:
    """An id as check_doubles compares it; entries, agreements and pages share one name space."""
    kind, _, ident = declared.partition(":")
    kind = "entry" if kind in {"event", "agreement", "page"} else kind
    return f"{kind} {normalize('NFKC', ident).casefold()}"


def _scopes(declared: Iterable[str]) -> Iterator[Pair]:
    """A figure's scope is an actor's id or a place's, so that the two share a name space."""
    for each in declared:
        kind, _, ident = each.partition(":")
        if kind in {"actor", "place"}:
            yield f"scope {ident}", kind


def _source_addresses(item: Written) -> Iterator[Pair]:
    for source in (*item.listed, *(record for record, _ in item.defined)):
        if isinstance(source, Source) and source.url:
            yield f"url {comparable_address(source.url)}", source.id


def _of_event(event: Event, name: str) -> Iterator[Pair]:
    for at, alias in enumerate(event.aliases):
        yield f"at {alias}", (name, at)
        yield f"under {first_part(alias)}", ""
    day = f"{event.date.text} {event.kind}"
    if event.places and event.actors:
        yield f"same {day} {event.time} {sorted(set(event.places))}", name
    if len(event.sources) == 1:
        yield f"one source {day} {event.sources[0]}", name
    for claim in event.claims:
        yield f"question {folded(claim.question)}", claim.question
    for at, figure in enumerate(event.figures):
        what = f"{figure.measure} {figure.scope} {figure.group}"
        yield f"number {what} {figure.source} {float(figure.low)} {float(figure.high)} {figure.as_of}", (name, at)
        if figure.since and figure.said_by:
            yield f"run {what} {figure.said_by} {figure.since}", (figure.low, figure.high)
