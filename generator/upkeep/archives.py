"""The question for an archived copy, and its answer.

Source: Internet Archive, Wayback Availability JSON API.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from generator.upkeep.fetch import OK

if TYPE_CHECKING:
    from generator.record.model import Source
    from generator.upkeep.fetch import Look

_ADDRESS = re.compile(r'https?://(?:(?![<>"\\^`{|}])[!-~])+')


class ArchiveError(Exception):
    """Why an answer says nothing of a copy."""


def question(api: str, source: Source) -> str:
    """The address that tells of a copy of a source: of its last state, or from about the day when it was seen there."""
    day = source.accessed or source.published
    asked = {"url": source.url} | ({"timestamp": f"{day.last:%Y%m%d}"} if day else {})
    return f"{api}{'&' if '?' in api else '?'}{urlencode(asked)}"


def copy_in(look: Look, api: str) -> str:
    """The address of the copy that an archive tells of; empty when it has none that shows the page.

    Raises: ArchiveError, when it does not answer the question.
    """
    if look.outcome != OK:
        raise ArchiveError(look.reason)
    try:
        snapshots = json.loads(look.body)["archived_snapshots"]
        closest = snapshots.get("closest") or {}
        there = closest.get("available") is True and str(closest.get("status")) == "200"
        address = closest["url"] if there else ""
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ArchiveError("does not answer the question") from None
    if not there:
        return ""
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        raise ArchiveError("gives an address that is none")
    secure = api.startswith("https://") and address.startswith("http://")  # the API tells of http, the site has https
    return address.replace("http://", "https://", 1) if secure else address
