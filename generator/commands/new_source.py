"""The source of a new entry: one that is defined already, or what its page says of itself."""

from __future__ import annotations

from threading import Event
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from generator.commands.asking import AnswerError
from generator.commands.tell import complain
from generator.commands.today import today
from generator.reading.addresses import comparable_address
from generator.reading.characters import odd_character
from generator.reading.schema import is_web_address
from generator.record.model import Settings, Source
from generator.record.problems import did_you_mean
from generator.upkeep.addresses import all_addresses, public_addresses
from generator.upkeep.archives import ArchiveError, copy_in, question
from generator.upkeep.fetch import OK, Client
from generator.upkeep.new_entry import NewSource, free_id
from generator.upkeep.page_facts import Facts, facts_in, without_tracking
from generator.upkeep.turns import Turns

if TYPE_CHECKING:
    import argparse

    from generator.reading.collect import Collected

_PAUSE_S = 1.0
_HTML = ("text/html", "application/xhtml+xml")


def new_source(given: str, collected: Collected, options: argparse.Namespace) -> str | NewSource:
    """The id of a source that is defined, or a new one with what its page says; what was not found is told.

    Raises: AnswerError, when it is neither an id that is defined nor an address.
    """
    known = collected.known["source"]
    if given in known:
        return given
    if not given.startswith(("https://", "http://")):
        hint = did_you_mean(given, known) or "give an address that begins with https://, or an id that is defined"
        raise AnswerError(f"there is no source `{given}`", hint)
    if odd_character(given) or not is_web_address(given):
        raise AnswerError(f"{given} is not a web address", "copy it from the browser's address line")
    url = without_tracking(given)
    same = next(
        (source for source in collected.sources if comparable_address(source.url) == comparable_address(url)), None
    )
    if same:
        complain(f"{url} is defined already, as {same.id}")
        return same.id
    return _asked(url, collected, options)


def _asked(url: str, collected: Collected, options: argparse.Namespace) -> NewSource:
    """A source with what its page and an archive say."""
    settings = next(collected.records("site.yml"), Settings("", "https://example.org/"))
    client = Client(
        agent=f"chronology-new-entry/1 (+{quote(settings.base_url, safe=':/?&=%~')})",
        resolve=all_addresses if options.allow_private else public_addresses,
        turn=Turns(_PAUSE_S, monotonic, Event()).turn,
    )
    facts, seen = _facts(url, client)
    accessed = today(options, settings.timezone).isoformat() if seen else ""
    archived = _archived(url, client, options.archive_url)
    named = facts.publisher or (urlsplit(url).hostname or "").removeprefix("www.")
    return NewSource(
        free_id(named, facts.title, facts.published, collected.known["source"]),
        url,
        facts.title,
        facts.publisher,
        facts.published,
        facts.author,
        accessed,
        archived,
        facts.language,
    )


def _facts(url: str, client: Client) -> tuple[Facts, bool]:
    """What the page says, and whether it was there; what it does not say is told."""
    look = client.read(url)
    if look.outcome != OK:
        complain(f"{url} {look.reason}: nothing could be filled in from it")
        return Facts(), False
    if look.content_type and not look.content_type.lower().startswith(_HTML):
        complain(f"{url} is no page but {look.content_type.partition(';')[0]}: nothing could be filled in from it")
        return Facts(), True
    facts = facts_in(look.body, look.content_type)
    missing = [name for name in ("title", "publisher", "published", "language") if not getattr(facts, name)]
    if missing:
        complain(f"{url} does not say its {', '.join(missing)}")
    return facts, True


def _archived(url: str, client: Client, api: str) -> str:
    """The address of an archived copy; that there is none is told."""
    try:
        copy = copy_in(client.read(question(api, Source("new", "", "", url=url))), api)
    except ArchiveError as error:
        complain(f"whether there is an archived copy is not known: the archive {error}")
        return ""
    if not copy:
        complain("no archived copy was found: https://web.archive.org/save makes one")
    return copy
