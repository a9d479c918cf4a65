"""The chronology as data: JSON and CSV of all records; GeoJSON, CSL-JSON, BibTeX; JSON Schemas."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from generator.pages.bibliography import bibtex, csl
from generator.pages.page import Page, PageKind
from generator.pages.parts import figure_number, summary_of
from generator.reading.fields import SCHEMAS
from generator.reading.json_schemas import json_schemas
from generator.record import urls
from generator.record.tracking import derivation, kept_derivation
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.record.edtf import Edtf
    from generator.record.keys import Output
    from generator.record.model import Agreement, Event, Figure, Source
    from generator.record.site import Site

Row = dict[str, Any]
Files = dict[str, bytes]

_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would run; the wide signs do so in East Asian editions."""
WHOLE = 2000
"""Up to so many entries, or sources, all are in one file; of more there is a file for each year."""
TABLES = {
    "events": ("Events, with claims and figures", ("json", "csv")),
    "claims": ("Claims", ("csv",)),
    "figures": ("Figures", ("json", "csv")),
    "sources": ("Sources", ("json", "csv", "csl.json", "bib")),
    "agreements": ("Agreements, with terms", ("json", "csv")),
}
"""What each table holds, and the forms that it comes in."""
FORMATS = {"json": "JSON", "csv": "CSV", "csl.json": "CSL-JSON", "bib": "BibTeX", "geojson": "GeoJSON"}
OF_ENTRIES = ("events", "claims", "figures")
GEOJSON, MANIFEST = "data/places.geojson", "data/manifest.json"


class Listed(NamedTuple):
    """A table, and its files: each with its form and the year that it holds, empty when it holds all."""

    about: str
    files: tuple[tuple[str, str, str], ...]


class DataView(NamedTuple):
    """The files, and the schemas of the content's own files."""

    tables: tuple[Listed, ...]
    schemas: tuple[str, ...]


def outputs(site: Site) -> Iterator[Output]:
    """The page that lists the files, and the files; the manifest is the publisher's to make."""
    yield ("data page",)
    yield from (("data", year) for year in _years(site))
    yield from (("source data", year) for year in _source_years(site))
    yield ("agreement data",)
    yield ("place data",)
    yield from (("schema", name) for name in SCHEMAS)


def _years(site: Site) -> tuple[str, ...]:
    """The years that have files of their own; one empty word when one file holds all."""
    return ("",) if site.size() <= WHOLE else tuple(year for year, _ in site.tally("year"))


def _source_years(site: Site) -> tuple[str, ...]:
    if len(site.sources) <= WHOLE:
        return ("",)
    return tuple(_sources_by_year("", site))


@derivation
def _sources_by_year(_: str, site: Site) -> dict[str, tuple[str, ...]]:
    """The sources by the year in which they were published."""
    found: dict[str, list[str]] = {}
    for source in site.sources.values():
        found.setdefault(_year(source), []).append(source.id)
    return {year: tuple(found[year]) for year in sorted(found)}


def _year(source: Source) -> str:
    return source.published.first.isoformat()[:4] if source.published else "undated"


def _path(table: str, year: str, form: str) -> str:
    return f"data/{table}/{year}.{form}" if year else f"data/{table}.{form}"


def _page(site: Site) -> Page:
    tables = []
    for table, (about, forms) in TABLES.items():
        years = _years(site) if table in OF_ENTRIES else _source_years(site) if table == "sources" else ("",)
        files = tuple((_path(table, year, form), FORMATS[form], year) for form in forms for year in years)
        tables.append(Listed(about, files))
    tables.append(Listed("Places with a known position", ((GEOJSON, "GeoJSON", ""),)))
    tables.append(Listed("SHA-256 of every file of this site", ((MANIFEST, "JSON", ""),)))
    view = DataView(tuple(tables), tuple(_schema_path(name) for name in SCHEMAS))
    return Page(
        "data/", "pages/data.html", "Data", lambda: view, "The chronology as JSON, CSV, GeoJSON, CSL-JSON and BibTeX."
    )


def _entries(site: Site, year: str) -> Files:
    """Events, claims and figures of a year, or all."""
    slugs = [*(site.listed("year", year) if year else site.order())]
    slugs += [slug for slug in site.withdrawn() if not year or site.outline(slug).first.startswith(year)]
    make = _rows if year else _rows_kept  # a year is soon made again, and all of a large site would be much to keep
    parts = [make(slug, site) for slug in slugs]
    events, events_csv, claims_csv, figures, figures_csv = zip(*parts, strict=True) if parts else ((),) * 5
    return {
        _path("events", year, "json"): _list(events),
        _path("events", year, "csv"): _table(events_csv),
        _path("claims", year, "csv"): _table(claims_csv),
        _path("figures", year, "json"): _list(figures),
        _path("figures", year, "csv"): _table(figures_csv),
    }


def _rows(slug: str, site: Site) -> tuple[str, str, str, str, str]:
    """What these files have of one entry, each as text; of a table, with its head."""
    event = site.entries[slug]
    row = _event(event, site)
    claims = [
        {"event": event.slug, "date": event.date.text, "by": claim.by, "says": claim.says, "question": claim.question}
        | {"denies": claim.denies, "source": claim.source, "withdrawn": event.withdrawn is not None}
        for claim in event.claims
    ]
    plain = {key: value for key, value in row.items() if key not in {"claims", "figures"}}
    return _encode(row), _csv([plain]), _csv(claims), ",\n".join(map(_encode, row["figures"])), _csv(row["figures"])


@kept_derivation
def _rows_kept(slug: str, site: Site) -> tuple[str, str, str, str, str]:
    return _rows(slug, site)


def _sources(site: Site, year: str) -> Files:
    """Sources published in a year, or all."""
    chosen = [site.sources[ident] for ident in (_sources_by_year("", site)[year] if year else site.sources)]
    rows = [_source(source) for source in chosen]
    return {
        _path("sources", year, "json"): _json(rows),
        _path("sources", year, "csv"): _csv(rows).encode(),
        _path("sources", year, "csl.json"): _json([csl(source) for source in chosen]),
        _path("sources", year, "bib"): "\n".join(bibtex(source) for source in chosen).encode(),
    }


def _agreements(site: Site) -> Files:
    rows = [_agreement(site.agreements[slug], site) for slug in site.agreements_in_order()]
    return {
        _path("agreements", "", "json"): _json(rows),
        _path("agreements", "", "csv"): _csv(
            [row | {"terms": [term["id"] for term in row["terms"]]} for row in rows]
        ).encode(),
    }


def _places(site: Site) -> Files:
    features = ",\n".join(map(_encode, _features(site)))
    return {GEOJSON: f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'.encode()}


def _schema(_: Site, name: str) -> Files:
    return {_schema_path(name): _json(json_schemas()[name])}


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
        "disputed": site.has_dispute(event.slug),
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
        "status_note": agreement.status_note.words,
        "in_force": [f"{period.start.text}/{_text(period.end) or '..'}" for period in agreement.in_force],
        "days_held": agreement.days_held(site.now),
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


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json(data: Any) -> bytes:  # noqa: ANN401 - whatever JSON can say
    """JSON; of a list, each item on a line of its own."""
    if isinstance(data, list):
        return _list(map(_encode, data))
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _list(items: Iterable[str]) -> bytes:
    """A list of what is JSON already, or of several items of it; each on a line of its own."""
    rows = ",\n".join(filter(None, items))
    return f"[\n{rows}\n]\n".encode() if rows else b"[]\n"


def _table(parts: Iterable[str]) -> bytes:
    """One table of several with the same head."""
    divided = [part.partition("\r\n") for part in parts if part]
    head = f"{divided[0][0]}\r\n" if divided else ""
    return "".join((head, *(rows for _, _, rows in divided))).encode()


def _csv(rows: Iterable[Row]) -> str:
    """Rows as RFC 4180 has them, below their head; lists joined by spaces, and no cell that a spreadsheet would run."""
    listed = list(rows)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    if listed:
        writer.writerow(listed[0])
        writer.writerows([_cell(value) for value in row.values()] for row in listed)
    return file.getvalue()


def _cell(value: Any) -> str:  # noqa: ANN401
    if type(value) is str:
        return f"'{value}" if _FORMULA.match(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if isinstance(value, list) and _FORMULA.match(text) else text


def _features(site: Site) -> Iterator[Row]:
    """The places that have a position, as GeoJSON has them."""
    for place in site.places.values():
        if place.lat is not None:
            yield {
                "type": "Feature",
                "id": place.id,
                "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
                "properties": {
                    "name": place.name,
                    "country": place.country,
                    "province": place.province,
                    "precision_km": place.precision_km,
                    "entries": site.how_many("place", place.id),
                },
            }


KINDS = {"data page": PageKind(_page, lambda: "data/")}
FILES: dict[str, Callable[..., Files]] = {
    "data": _entries,
    "source data": _sources,
    "agreement data": _agreements,
    "place data": _places,
    "schema": _schema,
}
