"""Sources and entries as reference managers read them: CSL-JSON and BibTeX, and an entry's citation in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.record import urls

if TYPE_CHECKING:
    from generator.record.edtf import Edtf
    from generator.record.model import Event, Source
    from generator.record.site import Site

Item = dict[str, Any]

CSL_TYPES = {
    "news": "article-newspaper",
    "court": "legal_case",
    "official": "report",
    "ngo": "report",
    "reference": "entry-encyclopedia",
}


def csl(source: Source) -> Item:
    """A source as CSL-JSON has it."""
    item: Item = {
        "id": source.id,
        "type": CSL_TYPES.get(source.kind, "webpage"),
        "title": source.title,
        "publisher": source.publisher,
        "container-title": source.publisher,
    }
    if source.author:
        item["author"] = [{"literal": source.author}]
    if source.published:
        item["issued"] = _issued(source.published)
    if source.url:
        item["URL"] = source.url
    if source.language:
        item["language"] = source.language
    if source.note:
        item["note"] = source.note
    return item


def bibtex(source: Source) -> str:
    """A source as BibTeX has it."""
    fields = [("title", f"{{{_tex(source.title)}}}"), ("publisher", _tex(source.publisher))]
    if source.author:
        fields.append(("author", f"{{{_tex(source.author)}}}"))
    if source.published:
        fields.append(("date", source.published.datetime))
    if source.url:
        fields.append(("url", _url(source.url)))
    if source.language:
        fields.append(("langid", source.language))
    return _online(source.id, fields)


def entry_words(event: Event, site: Site) -> str:
    """An entry as a bibliography names it; the date is the event's, as the site reads no clock."""
    by = ", ".join(site.settings.editors)
    return (
        f"{by + '. ' if by else ''}“{event.title}” ({event.date.in_words}). "
        f"{site.settings.title}. {site.settings.absolute(urls.event(event.slug))}"
    )


def entry_bibtex(event: Event, site: Site) -> str:
    """An entry of this chronology as BibTeX has it."""
    fields = [("title", f"{{{_tex(event.title)}}}"), ("organization", _tex(site.settings.title))]
    if site.settings.editors:
        fields.insert(0, ("author", " and ".join(f"{{{_tex(name)}}}" for name in site.settings.editors)))
    fields += [("eventdate", event.date.text), ("url", _url(site.settings.absolute(urls.event(event.slug))))]
    return _online(event.slug, fields)


def entry_csl(event: Event, site: Site) -> str:
    """An entry of this chronology as CSL-JSON has it."""
    item: Item = {
        "id": event.slug,
        "type": "webpage",
        "title": event.title,
        "container-title": site.settings.title,
        "URL": site.settings.absolute(urls.event(event.slug)),
        "event-date": _issued(event.date),
        "language": site.settings.language,
    }
    if site.settings.editors:
        item["author"] = [{"literal": name} for name in site.settings.editors]
    fields = ",\n".join([f'  "{key}": {_json(value)}' for key, value in item.items()])
    return f"[{{\n{fields}\n}}]"


_json = json.JSONEncoder(ensure_ascii=False).encode


def _issued(date: Edtf) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in date.datetime.split("-")]]}


def _online(ident: str, fields: list[tuple[str, str]]) -> str:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@online{{{ident},\n{body}}}\n"


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)


def _tex(text: str) -> str:
    """Text for a BibTeX field: what TeX would run is escaped; other scripts stay, as biber reads UTF-8.

    A brace is named, since BibTeX counts braces, whatever stands before them, to find where a field ends.
    """
    return text.translate(_TEX)


def _url(address: str) -> str:
    return address.replace("{", "%7B").replace("}", "%7D")
