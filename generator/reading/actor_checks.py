"""Whether the sides that actors speak for are sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reading.yaml_nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.reading.collect import Collected
    from generator.record.problems import Problem


def check_parties_of_actors(content: Collected) -> Iterator[Problem]:
    """An actor's `party` speaks for nobody else: its claims would else be no answer of the side that it is on."""
    for item in content.of("actors.yml"):
        actors = {actor.id: actor for actor in item.listed}
        for _, node in item.identified():
            party = node.get("party")
            its = actors.get(party.text) if isinstance(party, Scalar) else None
            if party and its and its.party:
                message = f"`{its.id}` is no side: it speaks for `{its.party}`"
                yield item.file.problem(party.mark, message, f"write `{its.party}`")
