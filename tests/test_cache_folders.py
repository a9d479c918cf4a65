"""The cache has a folder for each published folder, and lets go of those that are no more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from generator.incremental.folders import claim, folder_for

if TYPE_CHECKING:
    import pytest

LONG_AGO = (0, 0)


def claimed(out: Path, cache: Path) -> Path:
    """The folder of a published folder, after a build."""
    folder = folder_for(out, cache)
    claim(folder, out)
    (folder / "cache.sqlite").touch()
    return folder


def test_what_was_known_of_a_deleted_site_goes_after_a_day(tmp_path: Path) -> None:
    """Of a site that stands, it stays for ever; of one whose first build is under way, it has just come."""
    cache = tmp_path / ".cache"
    (tmp_path / "public").mkdir()
    here, gone, begun = (claimed(tmp_path / name, cache) for name in ("public", "gone", "begun"))
    for folder in (here, gone):
        os.utime(folder / "published to", LONG_AGO)

    another = claimed(tmp_path / "another", cache)

    assert [True, False, True, True] == [folder.exists() for folder in (here, gone, begun, another)]


def test_sites_of_one_name_have_folders_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moved together with its cache, a site keeps its folder; and the current folder does not matter."""
    cache = tmp_path / "one/.cache"
    one = folder_for(tmp_path / "one/public", cache)
    monkeypatch.chdir(tmp_path)

    assert one == cache / "builds" / folder_for(tmp_path / "two/public", tmp_path / "two/.cache").name
    assert one != folder_for(tmp_path / "one/other/public", cache)
    assert one != folder_for(tmp_path / "two/public", cache)
    assert one == folder_for(tmp_path / "one/public", Path("one/.cache")).resolve()
