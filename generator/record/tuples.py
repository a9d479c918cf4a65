"""Named tuples that are quickly defined.

typing's own compile the type of each field, which nobody asks for at run time: of two hundred classes, that is a
twentieth of the time of a build after an edit.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - for others to import from here
else:

    class _Definition(type):
        """Makes a class with named fields into a named tuple that has its methods, as typing's does."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024 - typing's is slow
            for key, value in body.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Definition):
        """What a class with named fields is derived from."""
