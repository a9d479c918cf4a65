"""Where a repository's web pages let people edit a file, begin one, and report a mistake."""

from __future__ import annotations

import pytest

from generator.record.forges import NewFile, forge_of

FILE = "events/2025/2025-12-24-talks.md"
FORGES = {
    "https://github.com/o/r": (
        f"https://github.com/o/r/edit/main/content/{FILE}",
        NewFile("https://github.com/o/r/new/main", "filename", "value"),
        "https://github.com/o/r/issues/new/choose",
    ),
    "https://github.com/o/r.git": (
        f"https://github.com/o/r/edit/main/content/{FILE}",
        NewFile("https://github.com/o/r/new/main", "filename", "value"),
        "https://github.com/o/r/issues/new/choose",
    ),
    "https://github.com/o/r/tree/trunk/sites/border/": (
        f"https://github.com/o/r/edit/trunk/sites/border/{FILE}",
        NewFile("https://github.com/o/r/new/trunk", "filename", "value"),
        "https://github.com/o/r/issues/new/choose",
    ),
    "https://gitlab.com/group/sub/r/": (
        f"https://gitlab.com/group/sub/r/-/edit/main/content/{FILE}",
        NewFile("https://gitlab.com/group/sub/r/-/new/main", "file_name"),
        "https://gitlab.com/group/sub/r/-/issues/new",
    ),
    "https://gitlab.example.org/o/r/-/tree/main": (
        f"https://gitlab.example.org/o/r/-/edit/main/{FILE}",
        NewFile("https://gitlab.example.org/o/r/-/new/main", "file_name"),
        "https://gitlab.example.org/o/r/-/issues/new",
    ),
    "https://codeberg.org/o/r": (
        f"https://codeberg.org/o/r/_edit/main/content/{FILE}",
        NewFile("https://codeberg.org/o/r/_new/main/content/events"),
        "https://codeberg.org/o/r/issues/new",
    ),
    "https://code.example.org/o/r": ("https://code.example.org/o/r", None, "https://code.example.org/o/r"),
    "https://notgithub.com/o/r": ("https://notgithub.com/o/r", None, "https://notgithub.com/o/r"),
}


@pytest.mark.parametrize("repository", FORGES)
def test_a_repository_leads_to_its_pages(repository: str) -> None:
    """By its forge's own form of address; of a forge that is not known, to the repository itself."""
    forge = forge_of(repository)

    assert forge is not None
    assert FORGES[repository] == (forge.edit_url(FILE), forge.new_file(), forge.issue_url())


def test_without_a_repository_there_is_none() -> None:
    """Then no page has such a link."""
    assert forge_of("") is None
