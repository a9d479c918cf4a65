"""Where a reader tells of a mistake: in an issue, in a letter to the editors, or as the page of the form says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.record.forges import forge_of

if TYPE_CHECKING:
    from generator.record.model import Settings

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def issue_url(settings: Settings) -> str:
    """Where an issue is opened; "" without a repository."""
    forge = forge_of(settings.repository)
    return forge.issue_url() if forge else ""


def email(settings: Settings) -> str:
    """Whom a letter reaches: the first of the editors who gives an address; "" when none does."""
    return next((found[0] for editor in settings.editors if (found := _EMAIL.search(editor))), "")


def report_url(title: str, address: str, settings: Settings) -> str:
    """Where a mistake on a page is told of; a letter has the page's title and permalink.  "" when nobody is named."""
    if issue := issue_url(settings):
        return issue
    if to := email(settings):
        return f"mailto:{to}?subject={quote(title, safe='')}&body={quote(settings.absolute(address), safe='')}%0A%0A"
    return ""
