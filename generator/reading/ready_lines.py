"""Lines to paste: what defines an id that is used and not yet defined."""

from __future__ import annotations

from generator.record import urls

_LINES = {
    "actor": "- {{id: {id}, name: {name}, role: official}}",
    "party": "- {{id: {id}, name: {name}, role: party}}",
    "place": "- {{id: {id}, name: {name}, country: …}}",
    "source": "- {{id: {id}, title: …, publisher: …, url: https://…}}",
    "measure": "- {{id: {id}, name: {name}, unit: people}}",
    "group": "- {{id: {id}, name: {name}}}",
}


def ready_line(kind: str, ident: str) -> str:
    """The line that defines an id of a kind, `…` for what only its author knows; nothing where no line would do."""
    if kind not in _LINES or not urls.is_slug(ident):
        return ""
    name = " ".join(word.capitalize() for word in ident.split("-"))
    return _LINES[kind].format(id=ident, name=name)
