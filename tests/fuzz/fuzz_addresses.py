"""Web addresses and slugs: what is taken is one, for a browser and for the wire."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import atheris
from common import fuzz, text_of

with atheris.instrument_imports(include=["generator"]):
    from generator.reading.schema import INVALID, Reading, Url
    from generator.reading.standards import fault_of_base
    from generator.reading.yaml_nodes import Scalar
    from generator.record import urls
    from generator.record.problems import Mark, TextFile
    from generator.upkeep.addresses import ascii_url, is_public


def target(data: bytes) -> None:
    """Addresses, slugs, text fragments, numbers of networks."""
    text = text_of(data)
    to = Reading(TextFile("content/a.yml", "a.yml", text))
    if Url().read(Scalar(text, Mark()), "url", to) is not INVALID:
        assert urlsplit(text).scheme in {"http", "https"}
        assert not set(text) & set(' \t\n"<>\\^`{|}')
    fault_of_base(text)
    slug = urls.slug_of(text)
    assert not slug or urls.is_slug(slug)
    assert urls.text_fragment("https://e.org/", text).isascii()
    try:
        wire = ascii_url(text)
    except ValueError:
        pass
    else:
        assert wire.isascii()
        assert wire == ascii_url(wire)
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return
    is_public(text)


fuzz(target)
