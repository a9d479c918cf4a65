"""The data files of a large site: by year, each made of that year's records alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from small_site import SOURCES, event, site

from generator.publishing import data
from generator.record import edtf

if TYPE_CHECKING:
    import pytest

BY_YEAR = {
    "2024": SOURCES["gazette"]._replace(id="old", published=edtf.parse("2024-12-31")),
    "2025": SOURCES["gazette"]._replace(id="new", published=edtf.parse("2025-01-01")),
    "undated": SOURCES["gazette"]._replace(id="undated"),
}


def test_a_file_of_a_years_sources_is_made_of_these_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edited source makes the files of its own year anew, and no others."""
    monkeypatch.setattr(data, "WHOLE", 0)
    whole = site(event("2025-03-01", sources=("old",)), sources={source.id: source for source in BY_YEAR.values()})
    planned = [output for output in data.outputs(whole) if output[0] == "source data"]

    assert [("source data", year) for year in BY_YEAR] == planned
    for year, source in BY_YEAR.items():
        with whole.tracked() as reads:
            files = data.FILES["source data"](whole, year)

        assert [source.id] == [row["id"] for row in json.loads(files[f"data/sources/{year}.json"])]
        assert {("sources", source.id)} == {
            whole.keys[number] for number in reads if whole.keys[number][0] == "sources"
        }
