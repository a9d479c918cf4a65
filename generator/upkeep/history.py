"""When each entry was first published and last changed, from git and never from a clock."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from generator.record import urls
from generator.record.model import History
from generator.upkeep.git import REGULAR, GitError, ask_git, read_blobs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from generator.record.outline import Outline
    from generator.record.site import Site

Versions = list[tuple[int, str]]
"""A file's versions, oldest first: the time of the commit in seconds, and the id of the bytes."""

LOG = (
    *("log", "--first-parent", "-m", "--no-renames", "--no-show-signature", "--relative"),
    *("--raw", "--no-abbrev", "-z", "--format=%x01%ct", "--", "events"),
)
"""Each commit's time and the entries that it changed; what a merge brings in counts from the day of the merge."""
_TIME = re.compile("\x01([0-9]+)")
_DRAFT = re.compile(rb"^draft:[ \t]*[\"']?true\b", re.MULTILINE)


def read_history(folder: Path, site: Site) -> dict[str, History] | None:
    """The days on which each entry of a content folder was first published and last changed, in the site's zone.

    What git does not keep has no history, and a draft none yet; under a new slug an entry keeps the history of those
    that its aliases name.
    Returns: by file; nothing without git or a repository, nor in a shallow clone, which does not know first days; None
    where git does not answer, as it may do the next time.
    """
    entries = [each for slug in (*site.order(), *site.withdrawn()) if not (each := site.outline(slug)).draft]
    try:
        if ask_git(folder, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return {}
    except GitError:
        return {}
    try:
        versions = _versions(ask_git(folder, *LOG).decode("utf-8", "surrogateescape"))
        published = _published(folder, versions, {event.file for event in entries})
    except GitError:
        return None
    zone = ZoneInfo(site.settings.timezone)
    first = _first_seconds(published)
    found = {}
    for event in entries:
        if event.file in published:
            began = min(first[address] for address in _addresses(event) if address in first)
            changed = max(second for second, _ in published[event.file])
            found[event.file] = History(_day(began, zone), _day(changed, zone))
    return found


def _day(second: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(second, zone).date()


def _versions(log: str) -> dict[str, Versions]:
    """The versions of each file that a log tells of; where it was deleted there is none."""
    found: dict[str, Versions] = {}
    second, mode, blob = 0, "", ""
    for word in log.split("\0"):
        token = word.removeprefix("\n")
        if time := _TIME.fullmatch(token):
            second = int(time[1])
        elif token.startswith(":"):
            _, mode, _, blob, _ = token.split(" ")
        elif token and mode in REGULAR:
            found.setdefault(token, []).insert(0, (second, blob))
    return found


def _published(folder: Path, versions: dict[str, Versions], shown: set[str]) -> dict[str, Versions]:
    """The versions of each file from the first that was no draft; a file that was never anything else has none.

    shown: the files of entries that are no drafts: one of a single version never was.
    """
    doubtful = {name: kept for name, kept in versions.items() if len(kept) > 1 or name not in shown}
    began = _drafts(folder, (kept[0][1] for kept in doubtful.values()))
    doubtful = {name: kept for name, kept in doubtful.items() if kept[0][1] in began}
    drafts = _drafts(folder, (blob for kept in doubtful.values() for _, blob in kept))
    found = {}
    for name, kept in versions.items():
        start = next((index for index, (_, blob) in enumerate(kept) if blob not in drafts), None)
        if start is not None:
            found[name] = kept[start:]
    return found


def _drafts(folder: Path, blobs: Iterable[str]) -> set[str]:
    """Those of some versions that are drafts."""
    asked = list(dict.fromkeys(blobs))
    texts = read_blobs(folder, asked)
    return {blob for blob, text in zip(asked, texts, strict=True) if _DRAFT.search(text.partition(b"\n---")[0])}


def _first_seconds(published: dict[str, Versions]) -> dict[str, int]:
    """When each address that an entry ever had was first there, in whichever folder the file lay."""
    first: dict[str, int] = {}
    for name, kept in published.items():
        address = urls.event(PurePosixPath(name).stem)
        for second, _ in kept:
            first[address] = min(second, first.get(address, second))
    return first


def _addresses(event: Outline) -> tuple[str, ...]:
    """Where an entry is, and was."""
    return (urls.event(event.slug), *map(urls.former, event.aliases))
