"""The chronology as data: JSON and CSV of all records; GeoJSON, CSL-JSON, BibTeX; JSON Schemas."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.pages.bibliography import bibtex, csl
from generator.pages.page import Page
from generator.pages.parts import figure_number, summary_of
from generator.pages.truces import days_held, truces
from generator.reading.fields import SCHEMAS
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.edtf import Edtf
    from generator.record.model import Agreement, Event, Figure, Site, Source

Row = dict[str, Any]

_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would run; the wide signs do so in East Asian editions."""

FILES = (
    ("data/events.json", "Events, with claims and figures", "JSON"),
    ("data/events.csv", "Events", "CSV"),
    ("data/claims.csv", "Claims", "CSV"),
    ("data/figures.json", "Figures", "JSON"),
    ("data/figures.csv", "Figures", "CSV"),
    ("data/agreements.json", "Agreements, with terms", "JSON"),
    ("data/agreements.csv", "Agreements", "CSV"),
    ("data/sources.json", "Sources", "JSON"),
    ("data/sources.csv", "Sources", "CSV"),
    ("data/sources.csl.json", "Sources for reference managers", "CSL-JSON"),
    ("data/sources.bib", "Sources for reference managers", "BibTeX"),
    ("data/places.geojson", "Places with a known position", "GeoJSON"),
    ("data/manifest.json", "SHA-256 of every file of this site", "JSON"),
)
"""Path, what it holds, format: for the page that lists them."""


@dataclass(frozen=True, slots=True)
class DataView:
    """The files, and the schemas of the content's own files."""

    files: tuple[tuple[str, str, str], ...]
    schemas: tuple[str, ...]


def data_page() -> Page:
    """The page that lists the files."""
    view = DataView(FILES, tuple(_schema_path(name) for name in SCHEMAS))
    return Page("data/", "pages/data.html", "Data", view, "The chronology as JSON, CSV, GeoJSON, CSL-JSON and BibTeX.")


def data_files(site: Site) -> dict[str, bytes]:
    """All of them, by path; the manifest is the publisher's to make."""
    everything = (*site.events, *site.withdrawn)
    events = [_event(event, site) for event in everything]
    figures = [_figure(figure, event, site) for event in everything for figure in event.figures]
    claims = [
        {"event": event.slug, "date": event.date.text, "by": claim.by, "says": claim.says, "question": claim.question}
        | {"denies": claim.denies, "source": claim.source, "withdrawn": event.withdrawn is not None}
        for event in everything
        for claim in event.claims
    ]
    agreements = [_agreement(agreement, site) for agreement in site.agreements]
    sources = [_source(source) for source in site.sources.values()]
    files = {
        "data/events.json": _json(events),
        "data/events.csv": _csv(
            [{key: value for key, value in row.items() if key not in {"claims", "figures"}} for row in events]
        ),
        "data/claims.csv": _csv(claims),
        "data/figures.json": _json(figures),
        "data/figures.csv": _csv(figures),
        "data/agreements.json": _json(agreements),
        "data/agreements.csv": _csv([row | {"terms": [term["id"] for term in row["terms"]]} for row in agreements]),
        "data/sources.json": _json(sources),
        "data/sources.csv": _csv(sources),
        "data/sources.csl.json": _json([csl(source) for source in site.sources.values()]),
        "data/sources.bib": "\n".join(bibtex(source) for source in site.sources.values()).encode(),
        "data/places.geojson": _json(_geojson(site)),
    }
    for name, kind in SCHEMAS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name} | kind.json_schema()
        files[_schema_path(name)] = _json(schema)
    return files


def _schema_path(name: str) -> str:
    return f"data/schemas/{name}.schema.json"


def _text(date: Edtf | None) -> str:
    return date.text if date else ""


def _event(event: Event, site: Site) -> Row:
    return {
        "id": event.slug,
        "url": site.settings.absolute(urls.event(event.slug)),
        "title": event.title,
        "date": event.date.text,
        "first_day": event.date.first.isoformat(),
        "last_day": event.date.last.isoformat(),
        "time": event.time.text if event.time else "",
        "kind": event.kind,
        "lane": site.lane_of(event),
        "summary": summary_of(event),
        "text": event.body.words,
        "actors": list(event.actors),
        "places": list(event.places),
        "agreements": [role.id for role in event.agreements],
        "disputed": site.is_disputed(event),
        "sources": list(event.sources),
        "withdrawn": event.withdrawn is not None,
        "claims": [
            {
                "by": claim.by,
                "says": claim.says,
                "question": claim.question,
                "denies": claim.denies,
                "source": claim.source,
            }
            for claim in event.claims
        ],
        "figures": [_figure(figure, event, site) for figure in event.figures],
    }


def _figure(figure: Figure, event: Event, site: Site) -> Row:
    return {
        "event": event.slug,
        "measure": figure.measure,
        "unit": site.measures[figure.measure].unit,
        "scope": figure.scope,
        "group": figure.group,
        "bound": figure.bound,
        "low": figure.low,
        "high": figure.high,
        "words": figure_number(figure),
        "as_of": figure.as_of.text,
        "since": _text(figure.since),
        "said_by": figure.said_by,
        "source": figure.source,
        "note": figure.note,
        "withdrawn": event.withdrawn is not None,
    }


def _agreement(agreement: Agreement, site: Site) -> Row:
    return {
        "id": agreement.slug,
        "url": site.settings.absolute(urls.agreement(agreement.slug)),
        "title": agreement.title,
        "signed": _text(agreement.signed),
        "status": agreement.status,
        "status_note": agreement.status_note,
        "in_force": [f"{period.start.text}/{_text(period.end) or '..'}" for period in agreement.in_force],
        "days_held": days_held(agreement, truces(site).now),
        "place": agreement.place,
        "parties": list(agreement.parties),
        "mediators": list(agreement.mediators),
        "witnesses": list(agreement.witnesses),
        "terms": [{"id": term.id, "text": term.text, "deadline": _text(term.deadline)} for term in agreement.terms],
        "supersedes": list(agreement.supersedes),
        "sources": list(agreement.sources),
    }


def _source(source: Source) -> Row:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "published": _text(source.published),
        "url": source.url,
        "archived": source.archived,
        "accessed": _text(source.accessed),
        "language": source.language,
        "kind": source.kind,
        "perspective": source.perspective,
        "origin": source.origin,
        "note": source.note,
    }


def _json(data: Any) -> bytes:  # noqa: ANN401 - whatever JSON can say
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(rows: Iterable[Row]) -> bytes:
    """Rows as RFC 4180 has them; lists joined by spaces, and no cell that a spreadsheet would run."""
    listed = list(rows)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    if listed:
        writer.writerow(listed[0])
        writer.writerows([_cell(value) for value in row.values()] for row in listed)
    return file.getvalue().encode()


def _cell(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if isinstance(value, (str, list)) and _FORMULA.match(text) else text


def _geojson(site: Site) -> Row:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": place.id,
                "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
                "properties": {
                    "name": place.name,
                    "country": place.country,
                    "province": place.province,
                    "precision_km": place.precision_km,
                    "events": [event.slug for event in site.events_by_place.get(place.id, ())],
                },
            }
            for place in site.places.values()
            if place.lat is not None
        ],
    }
