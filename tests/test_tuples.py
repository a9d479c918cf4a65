"""Named tuples that are quickly defined are as those of typing."""

from __future__ import annotations

import pickle
from typing import Any, NamedTuple

import pytest

from generator.record import tuples


class Plain(NamedTuple):
    """A class with all that ours have."""

    name: str
    size: int = 1
    """What a field means."""
    parts: tuple[str, ...] = ()

    @property
    def twice(self) -> int:
        """Made of a field."""
        return self.size * 2

    @classmethod
    def of(cls, name: str) -> Any:  # noqa: ANN401 - either
        """Another way to make one."""
        return cls(name, 2)

    def __str__(self) -> str:
        return self.name


class Ours(tuples.NamedTuple):  # word for word the same, as fields cannot be inherited
    """A class with all that ours have."""

    name: str
    size: int = 1
    """What a field means."""
    parts: tuple[str, ...] = ()

    @property
    def twice(self) -> int:
        """Made of a field."""
        return self.size * 2

    @classmethod
    def of(cls, name: str) -> Any:  # noqa: ANN401 - either
        """Another way to make one."""
        return cls(name, 2)

    def __str__(self) -> str:
        return self.name


@pytest.mark.parametrize(
    "make",
    [lambda kind: kind("a"), lambda kind: kind("a", 3, ("b",)), lambda kind: kind.of("a")],
    ids=["defaults", "all fields", "another way"],
)
def test_a_tuple_of_ours_is_as_one_of_typing(make: Any) -> None:  # noqa: ANN401 - a function of a class
    """Values, methods, words, and what is kept of it."""
    ours, plain = make(Ours), make(Plain)

    assert plain == ours
    assert (plain.twice, str(plain), plain._asdict()) == (ours.twice, str(ours), ours._asdict())
    assert repr(plain).replace("Plain", "Ours") == repr(ours)
    assert type(ours) is type(ours._replace(size=9)) is type(pickle.loads(pickle.dumps(ours)))  # noqa: S301 - just made


def test_a_class_of_ours_is_as_one_of_typing() -> None:
    """Its fields and their defaults, where it is, and what it says of itself."""
    said = ("_fields", "_field_defaults", "__doc__", "__module__", "__slots__", "__match_args__")

    assert [getattr(Plain, name, None) for name in said] == [getattr(Ours, name, None) for name in said]
    assert list(Plain.__annotations__) == list(Ours.__annotations__)
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]
