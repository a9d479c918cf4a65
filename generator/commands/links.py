"""`build.py links`: ask for the sources' addresses, look for archived copies, and write back what was found."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.commands.common import CONTENT_ERRORS, DONE
from generator.commands.progress import Progress
from generator.commands.tell import complain, say, tell
from generator.commands.today import today
from generator.reading.files import read_content
from generator.reading.validate import load_site
from generator.record.counting import counted
from generator.upkeep.addresses import all_addresses, public_addresses
from generator.upkeep.archives import ArchiveError, copy_in, question
from generator.upkeep.definitions import definitions
from generator.upkeep.fetch import OK, UNASKED, Client, Look
from generator.upkeep.findings import count, line, row, warnings
from generator.upkeep.rewrite import Changes, Updated, update_content
from generator.upkeep.status import DEAD, Status, read_status, remember, write_status
from generator.upkeep.sweep import sweep
from generator.upkeep.turns import Turns

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from generator.record.model import Source
    from generator.record.problems import Problem
    from generator.record.site import Site


@dataclass
class Found:
    """What this run has found, by the sources' addresses.

    looks: what came of each.  copies: archived copies, "" for none.  unanswered: why a question for one has no answer.
    is_online: whether any host at all could be reached, an archive too.
    """

    looks: dict[str, Look] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    is_online: bool = False

    def outcome(self, source: Source) -> str:
        """What came of asking for a source."""
        look = self.looks.get(source.url)
        return look.outcome if look else UNASKED


def run_links(options: argparse.Namespace) -> int:
    """Check, remember, tell, and give the exit status; a dead link is an error only with --strict."""
    validated = load_site(options.content, drafts=True)
    if validated.site is None:
        tell(validated.problems)
        return CONTENT_ERRORS
    now = today(options, validated.site.settings.timezone)
    try:
        status, problems = read_status(options.status)
        chosen = _chosen(validated.site, status, options)
        found = Found()
        try:
            _sweep(validated.site, chosen, status, found, options)
        finally:  # whatever ends it, what is known so far is kept
            _remember(status, found, now)
            write_status(options.status, status)
        updated = _update(chosen, status, found, now, options) if options.update else None
    except OSError as error:
        complain(f"error: {error.filename}: {error.strerror}")
        return CONTENT_ERRORS
    if found.looks and not found.is_online:
        complain("warning: no host could be found, so nothing is remembered")
        complain("  hint: see whether this machine is on line")
        chosen = []
    _tell(chosen, status, [*problems, *(updated.problems if updated else ())], options)
    if options.format == "text":
        say(_done(chosen, status, found, len(updated.paths) if updated else None))
    passed = (found.is_online or not found.looks) and DEAD not in _verdicts(chosen, status, found)
    return DONE if passed or not options.strict else CONTENT_ERRORS


def _chosen(site: Site, status: Status, options: argparse.Namespace) -> list[Source]:
    """The sources to check: first those that never were, then those that were longest ago."""
    sources = [source for source in site.sources.values() if source.url]
    if options.only_new:
        sources = [source for source in sources if source.url not in status.results]
    checked = {address: result.checked for address, result in status.results.items()}
    return sorted(sources, key=lambda source: checked.get(source.url, date.min))[: options.limit]


def _sweep(site: Site, chosen: list[Source], status: Status, found: Found, options: argparse.Namespace) -> None:
    """Ask for every address, and for a copy of each that has none; `found` grows with each answer."""
    stop = Event()
    client = Client(
        agent=f"chronology-link-check/1 (+{quote(site.settings.base_url, safe=':/?&=%~')})",
        resolve=all_addresses if options.allow_private else public_addresses,
        turn=Turns(options.pause, monotonic, stop).turn,
    )
    without = [source for source in chosen if not source.archived and source.url not in status.copies]
    questions = {question(options.archive_url, source): source.url for source in without}
    addresses = [*(source.url for source in chosen), *questions]
    told: Callable[[str], None] = say if options.format == "text" and not _is_terminal() else lambda _: None

    def ask(address: str) -> Look:
        return client.read(address) if address in questions else client.look(address)

    with Progress(len(addresses), "answers") as progress, closing(sweep(addresses, ask, stop)) as answers:
        for address, look in answers:
            found.is_online |= not look.offline
            if address in questions:
                told(_note_copy(found, questions[address], look, options.archive_url))
            else:
                found.looks[address] = look
                told(line(address, look))
            progress.step()


def _is_terminal() -> bool:
    return sys.stdout.isatty() and sys.stderr.isatty()


def _note_copy(found: Found, address: str, look: Look, api: str) -> str:
    """Note what an archive answers, and say it in a line."""
    try:
        copy = copy_in(look, api)
    except ArchiveError as error:
        found.unanswered[address] = str(error)
        return f"no answer   of the archive for {address}: {error}"
    found.copies[address] = copy
    return f"archived    {address} -> {copy}" if copy else f"no copy     of {address}"


def _remember(status: Status, found: Found, now: date) -> None:
    """What is known from now on; of a machine that is off line, nothing."""
    if not found.is_online:
        return
    for address, look in found.looks.items():
        result = remember(status.results.get(address), look, now)
        if result:
            status.results[address] = result
    status.copies |= {address: copy for address, copy in found.copies.items() if copy}


def _update(chosen: list[Source], status: Status, found: Found, now: date, options: argparse.Namespace) -> Updated:
    """Write back: the day for what is there, an archived copy for what has none."""
    changes: Changes = {}
    for source in chosen:
        values = {"accessed": now.isoformat()} if found.outcome(source) == OK else {}
        if not source.archived and source.url in status.copies:
            values["archived"] = status.copies[source.url]
        if values:
            changes[source.url] = values
    return update_content(options.content, changes)


def _verdicts(chosen: list[Source], status: Status, found: Found) -> list[str]:
    """What this run says of each source."""
    return [UNASKED if found.outcome(source) == UNASKED else status.results[source.url].verdict for source in chosen]


def _tell(chosen: list[Source], status: Status, problems: list[Problem], options: argparse.Namespace) -> None:
    """Warnings at the places where the addresses are written now; all addresses, when programmes read."""
    content, _ = read_content(options.content)
    places = definitions(content.texts)
    known = [
        (places[source.id], status.results.get(source.url), status.copies.get(source.url, ""))
        for source in chosen
        if source.id in places
    ]
    if options.format == "json":
        tell(problems)
        say(json.dumps([row(*one) for one in known], ensure_ascii=False, indent=1))
    else:
        tell(sorted([*problems, *(problem for one in known for problem in warnings(*one))]))


def _done(chosen: list[Source], status: Status, found: Found, files: int | None) -> str:
    """`532 addresses: 480 ok, 52 blocked; 210 archived copies found, 31 looked for in vain; 18 files changed`."""
    moved = sum(look.outcome == OK and bool(look.moved_to) for look in found.looks.values())
    parts = [count(_verdicts(chosen, status, found), moved)]
    if found.copies:
        copies = sum(bool(copy) for copy in found.copies.values())
        vain = len(found.copies) - copies
        sought = f", {vain:,} looked for in vain" if vain else ""
        parts.append(f"{counted(copies, 'archived copy', 'archived copies')} found{sought}")
    if found.unanswered:
        reason = next(iter(found.unanswered.values()))
        parts.append(f"no answer of the archive for {len(found.unanswered):,} ({reason})")
    if files is not None:
        parts.append(f"{counted(files, 'file')} changed")
    return "; ".join(parts)
