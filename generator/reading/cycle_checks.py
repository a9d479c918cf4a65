"""Records that lead back to themselves: a side that speaks for itself, a source that reprints itself."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from generator.reading.yaml_nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.reading.collect import Collected
    from generator.reading.records import Written
    from generator.reading.yaml_nodes import Node
    from generator.record.problems import Problem

Edges = dict[str, list[tuple[str, "Written", Scalar]]]
"""For each id those that it names, with the file and the value that names them."""


def check_cycles(content: Collected) -> Iterator[Problem]:
    """No actor speaks for its own speaker, no source reprints what reprints it, no agreement replaces itself."""
    actors = _edges(_identified(content.of("actors.yml")), "party")
    yield from _cycles(actors, "speaks for itself", "name the side that it speaks for, or remove `party`")
    in_place = _identified((*content.of("events"), *content.of("agreements")), "sources")
    sources = _edges(chain(_identified(content.of("sources")), in_place), "origin")
    yield from _cycles(sources, "reprints itself", "keep the `origin` of the copy, and remove that of the first print")
    agreements = ((item.stem, item, item.root) for item in content.of("agreements"))
    yield from _cycles(_edges(agreements, "supersedes"), "replaces itself", "the later agreement names the earlier")


def _identified(items: tuple[Written, ...], key: str = "") -> Iterator[tuple[str, Written, Node | None]]:
    """The id and the fields of each mapping in the files' lists, or in the lists under `key`."""
    return ((ident.text, item, node) for item in items for ident, node in item.identified(key))


def _edges(records: Iterable[tuple[str, Written, Node | None]], field: str) -> Edges:
    edges: Edges = {}
    for ident, item, node in records:
        value = node.get(field) if isinstance(node, Mapping) else None
        named = value.items if isinstance(value, Sequence) else (value,)
        edges.setdefault(ident, []).extend((one.text, item, one) for one in named if isinstance(one, Scalar))
    return edges


def _cycles(edges: Edges, what: str, hint: str) -> Iterator[Problem]:
    """Each way that leads back to where it began, told once, at its last step.

    A walk in depth without recursion, since a chain may be as long as the content.
    """
    done: set[str] = set()
    for first in sorted(edges):
        path, ways = {first: None}, [iter(edges[first])]
        if first in done:
            continue
        while ways:
            step = next(ways[-1], None)
            if step is None:
                done.add(path.popitem()[0])
                ways.pop()
                continue
            ident, item, value = step
            if ident in path:
                steps = [*path, ident]
                way = " → ".join(steps[steps.index(ident) :])
                yield item.file.problem(value.mark, f"`{ident}` {what}: {way}", hint)
            elif ident in edges and ident not in done:
                path[ident] = None
                ways.append(iter(edges[ident]))
