"""The JSON Schema of each kind of file of the content, from the same fields that are read.

`event`, `agreement` and `page` describe front matter, the others whole files.
"""

from __future__ import annotations

from typing import Final

from generator.reading.fields import SCHEMAS
from generator.reading.schema import JsonSchema, ListOf

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The newest that editors' YAML extensions know whole."""
FILES: Final = {
    "site": "site.yml",
    "vocabulary": "vocabulary.yml",
    "actors": "actors.yml",
    "places": "places.yml",
    "sources": "sources/*.yml",
}
"""The files of the content folder that are YAML, by the name of their schema."""


def json_schemas() -> dict[str, JsonSchema]:
    """Every schema, by name."""
    return {name: _document(name) for name in SCHEMAS}


def _document(name: str) -> JsonSchema:
    kind = SCHEMAS[name]
    schema = kind.json_schema()
    if isinstance(kind, ListOf):  # a list may be empty, and then YAML has no value for it
        schema |= {"type": ["array", "null"]}
    return {"$schema": DIALECT, "title": f"{name} of a chronology"} | schema
