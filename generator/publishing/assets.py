"""The files of static/: one stylesheet, the scripts, and what is served as it is.

    static/css/*.css    joined in order of name into one stylesheet
    static/js/*.js      ES modules, one a behaviour
    static/map/*.json   base maps, drawn into pages: not served
    static/root/*       served from the site's root under their own names, before what a build makes of the same name
    static/worker/      the service worker, which worker.py completes

Stylesheet and scripts carry a hash of their content in their names, so that browsers may keep them for ever.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.incremental.snapshot import JUNK
from generator.publishing.exchange import PublishError
from generator.record.ground import BaseMap
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

STYLESHEET = "site.css"


class Assets(NamedTuple):
    """Files to publish by path, and the path of each asset by its plain name."""

    files: dict[str, bytes]
    paths: dict[str, str]

    @property
    def hashed(self) -> tuple[str, ...]:
        """The paths whose names carry their content's hash."""
        return tuple(path for path in self.files if path.startswith("assets/"))


def read_base_maps(folder: Path) -> list[BaseMap]:
    """The base maps of a folder, in order of name; tools/base_map.py cuts them."""
    found = []
    for path in _kept(folder.glob("*.json")):
        data = json.loads(path.read_bytes())
        land, borders = (tuple(tuple((x, y) for x, y in line) for line in data[key]) for key in ("land", "borders"))
        names = tuple((name, lon, lat) for name, lon, lat in data["names"])
        west, south, east, north = data["box"]
        found.append(BaseMap(data["about"], (west, south, east, north), land, borders, names))
    return found


def read_assets(folder: Path) -> Assets:
    """Read the static folder.

    Raises: PublishError, when a file has a name that cannot be published.
    """
    files: dict[str, bytes] = {}
    paths: dict[str, str] = {}
    sheets = _kept((folder / "css").glob("*.css"))
    plain = {STYLESHEET: b"\n".join(sheet.read_bytes().strip() for sheet in sheets) + b"\n"}
    plain |= {script.name: script.read_bytes() for script in _kept((folder / "js").glob("*.js"))}
    for name, data in plain.items():
        stem, _, suffix = name.rpartition(".")
        paths[name] = f"assets/{stem}.{sha256(data).hexdigest()[:12]}.{suffix}"
        files[paths[name]] = data
    root = folder / "root"
    for path in _kept(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not name.isprintable() or '"' in name or "\\" in name:  # see manifest.py
            raise PublishError(f"static/root/ has a file with a name that cannot be published: {name!r}", "rename it")
        files[name] = path.read_bytes()
        paths[name] = name
    return Assets(files, paths)


def _kept(found: Iterable[Path]) -> list[Path]:
    """Those of some files that somebody has put there, in order of path: none that editors left lying about."""
    return sorted(path for path in found if not JUNK.fullmatch(path.name) and not path.is_dir())
