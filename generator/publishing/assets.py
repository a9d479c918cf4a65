"""The files of static/: one stylesheet, the scripts, and what is served as it is.

    static/css/*.css    joined in order of name into one stylesheet
    static/js/*.js      ES modules, one a behaviour
    static/map/*.json   base maps, drawn into pages: not served
    static/root/*       served from the site's root under their own names, before what a build makes of the same name
    static/worker/      the service worker, which service_worker.py completes

Stylesheet and scripts carry a hash of their content in their names, so that browsers may keep them for ever.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.incremental.cache import digest
from generator.incremental.snapshot import digest_of
from generator.publishing.errors import PublishError
from generator.publishing.manifest import MANIFEST
from generator.record.ground import BaseMap
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.incremental.snapshot import Snapshot

STYLESHEET = "site.css"
HASHED = ("css/", "js/")
ROOT = "root/"
WORKER = "worker/"


class Assets(NamedTuple):
    """Files to publish by path, and the path of each asset by its plain name."""

    files: dict[str, bytes]
    paths: dict[str, str]

    @property
    def own(self) -> tuple[str, ...]:
        """The paths of the files that are served from the site's root under their own names."""
        return tuple(path for path in self.files if not path.startswith("assets/"))

    @property
    def hashed(self) -> tuple[str, ...]:
        """The paths whose names carry their content's hash."""
        return tuple(path for path in self.files if path.startswith("assets/"))


def read_base_maps(folder: Path, names: Iterable[str]) -> list[BaseMap]:
    """The base maps of the static folder, of which these are the files; tools/base_map.py cuts them.

    Raises: PublishError, when one is none.
    """
    found = []
    for path in _of(folder, names, "map/", ".json"):
        try:
            data = json.loads(path.read_bytes())
            land, borders = (tuple(tuple((x, y) for x, y in line) for line in data[key]) for key in ("land", "borders"))
            labels = tuple((name, lon, lat) for name, lon, lat in data["names"])
            west, south, east, north = data["box"]
            found.append(BaseMap(data["about"], (west, south, east, north), land, borders, labels))
        except (ValueError, KeyError, TypeError) as error:
            raise PublishError(f"{path} is no base map", "cut it with tools/base_map.py, or take it away") from error
    return found


def read_assets(folder: Path, names: Iterable[str]) -> Assets:
    """Read the files of the static folder, whose paths in it are these.

    Raises: PublishError, when a file has a name that cannot be published.
    """
    from generator.publishing.extras import EXTRA_FOLDERS  # noqa: PLC0415 - it brings what a build alone needs

    names = list(names)
    files: dict[str, bytes] = {}
    paths: dict[str, str] = {}
    sheets = _of(folder, names, "css/", ".css")
    plain = {STYLESHEET: b"\n".join(sheet.read_bytes().strip() for sheet in sheets) + b"\n"}
    plain |= {script.name: script.read_bytes() for script in _of(folder, names, "js/", ".js")}
    for name, data in plain.items():
        stem, _, suffix = name.rpartition(".")
        paths[name] = f"assets/{stem}.{sha256(data).hexdigest()[:12]}.{suffix}"
        files[paths[name]] = data
    for name in sorted(each.removeprefix(ROOT) for each in names if each.startswith(ROOT)):
        if not name.isprintable() or '"' in name or "\\" in name:  # see manifest.py
            raise PublishError(f"static/root/ has a file with a name that cannot be published: {name!r}", "rename it")
        if name == MANIFEST or name.startswith(EXTRA_FOLDERS):
            raise PublishError(f"static/root/{name} has the name of a file that a build makes", "rename it")
        files[name] = (folder / ROOT / name).read_bytes()
        paths[name] = name
    return Assets(files, paths)


def digest_of_others(files: Snapshot) -> bytes:
    """A digest of what pages may have of the static folder beside the addresses of its assets.

    Of what is served under its own name that is only which files there are; nothing of the service worker.
    """
    served = (*HASHED, ROOT, WORKER)
    others = {name: its for name, its in files.items() if not name.startswith(served) and not name.endswith(".md")}
    return digest(digest_of(others), *(os.fsencode(name) for name in files if name.startswith(ROOT)))


def _of(folder: Path, names: Iterable[str], within: str, suffix: str) -> list[Path]:
    """The files right in a folder of the static one that end in a suffix, in order of name."""
    own = (name for name in names if name.startswith(within) and name.endswith(suffix))
    return [folder / name for name in sorted(own) if "/" not in name.removeprefix(within)]
