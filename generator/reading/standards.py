"""Kinds of value that a standard defines: time zones of IANA, languages of BCP 47, the address of a site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.reading.schema import INVALID, JsonSchema, Reading, Text, Url, is_web_address
from generator.record.problems import did_you_mean

if TYPE_CHECKING:
    from generator.reading.yaml_nodes import Node

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*)*")
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})
ALONE = "write host and folder alone, as https://example.org/"
"""What to do about an address that cannot be a site's."""
COUNTRIES = {"kh": "km", "jp": "ja", "cn": "zh", "vn": "vi"}
"""Codes of countries that are no languages, and the languages that are meant."""
_LANGUAGE = re.compile(rf"(?!(?:{'|'.join(COUNTRIES)})$)[A-Za-z]{{2,3}}(?:-[A-Za-z0-9]{{2,8}})*")


class Zone:
    """A time zone by its IANA name."""

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = Text(60).read(node, name, to)
        if not isinstance(text, str) or _is_zone(text):
            return text
        import zoneinfo  # noqa: PLC0415 - brought in when needed

        near = did_you_mean(text, zoneinfo.available_timezones() - _NO_ZONES)
        return to.wrong(node.mark, f"`{name}` is no time zone: {text}", near or "write its IANA name, as Asia/Bangkok")

    def json_schema(self) -> JsonSchema:
        return {"type": "string", "pattern": f"^{_ZONE.pattern}$", "maxLength": 60}


def _is_zone(text: str) -> bool:
    if not _ZONE.fullmatch(text) or text in _NO_ZONES:
        return False
    import zoneinfo  # noqa: PLC0415 - brought in when needed

    try:
        zoneinfo.ZoneInfo(text)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):  # a folder of zones, a table of them, none at all
        return False
    return True


class Language:
    """A language by its BCP 47 tag."""

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = Text(20).read(node, name, to)
        if not isinstance(text, str) or _LANGUAGE.fullmatch(text):
            return text
        meant = COUNTRIES.get(text, text.replace("_", "-"))
        hint = f"did you mean `{meant}`?" if _LANGUAGE.fullmatch(meant) else ""
        return to.wrong(node.mark, f"`{name}` is no language: {text}", hint or "write its tag, as en, th or pt-BR")

    def json_schema(self) -> JsonSchema:
        return {"type": "string", "pattern": f"^{_LANGUAGE.pattern}$", "maxLength": 20}


class BaseUrl:
    """Where a site is published: a host, a folder, and nothing behind."""

    def read(self, node: Node, name: str, to: Reading) -> str | object:
        text = Url().read(node, name, to)
        if not isinstance(text, str):
            return INVALID
        if wrong := fault_of_base(text):
            return to.wrong(node.mark, f"`{name}` {wrong}: {text}", ALONE)
        return text

    def json_schema(self) -> JsonSchema:
        return {"type": "string", "pattern": '^https?://[^\\s<>"\\\\^`{|}?#@/]+(?:/[^\\s<>"\\\\^`{|}?#]*)?$'}


def fault_of_base(url: str) -> str:
    """Why a web address cannot be a site's; empty when it can."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # a port that is none, or a host that no name server could find
        return "is not a web address"
    if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*|[0-9a-f:.]*:[0-9a-f:.]*", host) or port == 0:
        return "names no host"
    if parts.username is not None or parts.password is not None:
        return "names a user"
    if parts.query or parts.fragment or "?" in url or "#" in url:
        return "ends in what is no folder"
    if ".." in parts.path or "//" in parts.path or re.search(r"[^!-~]|[&'%;]", parts.path):
        return "has a folder with characters that need escaping"
    return "" if is_web_address(url) else "is not a web address"
