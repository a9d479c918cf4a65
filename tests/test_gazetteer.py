"""A file is looked at again for a new name only where its text may have it: what is found is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.reading.gazetteer import Gazetteer
from generator.reading.name_checks import one_sided_names
from generator.reading.records import read_record
from generator.record.model import Actor, Place
from generator.record.problems import TextFile

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

PARTIES = ("Northtown", "Southtown")
OWN = ("Pier", "Pier light", "Ness")
CALLED = ("Gull Rock", "O'Hara", "Long D'Or", "a\\b", "Ness")
WORDS = (*OWN, *CALLED, "O’Hara", "met at", '"', "ä")
ACTORS = tuple(Actor(name.lower(), name, "party") for name in PARTIES)


@st.composite
def places(draw: DrawFn) -> list[Place]:
    """Some places, most with names by side."""
    sides = st.dictionaries(st.sampled_from(PARTIES), st.sampled_from(CALLED), min_size=1)
    named = draw(st.lists(st.tuples(st.sampled_from(OWN), sides), max_size=3))
    return [Place(f"p{at}", name, "Kelland", names=tuple(sides.items())) for at, (name, sides) in enumerate(named)]


class Styled(str):
    """A text that YAML has in a certain style."""

    __slots__ = ("style",)
    style: str


def _styled(dumper: yaml.SafeDumper, text: Styled) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=text.style)


yaml.SafeDumper.add_representer(Styled, _styled)


@st.composite
def raw_texts(draw: DrawFn) -> str:
    """An entry, its title and summary in any style that YAML has, broken over lines anywhere."""
    title, summary, body = (" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))) for _ in range(3))
    fields = {}
    for name, text in (("title", title), ("summary", summary)):
        fields[name] = Styled(text)
        fields[name].style = draw(st.sampled_from(("", "'", '"', ">")))
    width, allow_unicode = draw(st.integers(5, 20)), draw(st.booleans())
    front = yaml.safe_dump(fields, width=width, allow_unicode=allow_unicode, sort_keys=False)
    return f"---\n{front}date: 2025-07-25\nkind: talks\nsources: [gazette]\n---\n\n{body}\n"


DOUBLED = "---\ntitle: 'Met at O''Hara'\ndate: 2025-07-25\nkind: talks\nsources: [gazette]\n---\n\nThey met.\n"


@settings(max_examples=500)
@example(DOUBLED, [Place("p0", "Pier", "Kelland", names=(("Northtown", "O'Hara"),))])
@given(raw_texts(), places())
def test_what_a_text_meets_of_the_gazetteer_finds_what_the_whole_finds(raw: str, known: list[Place]) -> None:
    """However a name is written: over two lines, with a doubled apostrophe, with escapes."""
    item = read_record(TextFile("content/events/a.md", "events/a.md", raw))
    whole = Gazetteer.of(ACTORS, known)

    assert [*one_sided_names(item, whole)] == [*one_sided_names(item, whole.met_in(raw))]


@given(places())
def test_a_text_that_has_no_name_meets_the_parties_alone(known: list[Place]) -> None:
    """A new place has it not parsed again."""
    assert Gazetteer.of(ACTORS, []) == Gazetteer.of(ACTORS, known).met_in("They met somewhere.")
