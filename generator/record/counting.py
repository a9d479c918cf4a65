"""A number of things, in words."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`1 entry`, `1,204 sources`; where many are not given, they are `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
