"""The sources of a new entry: those that are defined already, and what the pages of others say of themselves."""

from __future__ import annotations

from functools import cached_property
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
    from collections.abc import Collection, Iterable

    from generator.reading.collect import Collected

_PAUSE_S = 1.0
_HTML = ("text/html", "application/xhtml+xml")


class NewSources:
    """The sources of a new entry, one after the other; each is asked for only once, and each host has its pauses."""

    def __init__(self, collected: Collected, options: argparse.Namespace) -> None:
        self.collected = collected
        self.options = options
        self.settings = next(collected.records("site.yml"), Settings("", "https://example.org/"))
        self.new: list[NewSource] = []

    def read(self, given: str) -> str | NewSource:
        """The id of a source that is defined, or a new one with what its page says; what was not found is told.

        Raises: AnswerError, when it is neither an id that is defined nor an address.
        """
        if given in self.collected.known["source"]:
            return given
        _check_address(given, self.collected.known["source"])
        url = without_tracking(given)
        sources: Iterable[Source | NewSource] = (*self.collected.sources, *self.new)
        same = next((source for source in sources if comparable_address(source.url) == comparable_address(url)), None)
        if same:
            complain(f"{url} is defined already, as {same.id}")
            return same if isinstance(same, NewSource) else same.id
        self.new.append(self._asked(url))
        return self.new[-1]

    def _asked(self, url: str) -> NewSource:
        """A source with what its page and an archive say."""
        facts, seen = _facts(url, self._client)
        accessed = today(self.options, self.settings.timezone).isoformat() if seen else ""
        archived = _archived(url, self._client, self.options.archive_url)
        named = facts.publisher or (urlsplit(url).hostname or "").removeprefix("www.")
        taken = {*self.collected.known["source"], *(source.id for source in self.new)}
        return NewSource(
            free_id(named, facts.title, facts.published, taken),
            url,
            facts.title,
            facts.publisher,
            facts.published,
            facts.author,
            accessed,
            archived,
            facts.language,
        )

    @cached_property
    def _client(self) -> Client:
        return Client(
            agent=f"chronology-new-entry/1 (+{quote(self.settings.base_url, safe=':/?&=%~')})",
            resolve=all_addresses if self.options.allow_private else public_addresses,
            turn=Turns(_PAUSE_S, monotonic, Event()).turn,
        )


def _check_address(given: str, known: Collection[str]) -> None:
    """That it is a web address; else, by what it looks like, what is wrong with it.

    Raises: AnswerError.
    """
    if given.startswith(("https://", "http://")):
        if odd_character(given) or not is_web_address(given):
            raise AnswerError(f"{given} is not a web address", "copy it from the browser's address line")
    elif "." in given or "/" in given:  # no id has these
        example = f", as https://{given}" if is_web_address(f"https://{given}") else ""
        raise AnswerError(f"{given} is not a web address", f"an address begins with https://{example}")
    else:
        hint = did_you_mean(given, known) or "give an address that begins with https://, or an id that is defined"
        raise AnswerError(f"there is no source `{given}`", hint)


def _facts(url: str, client: Client) -> tuple[Facts, bool]:
    """What the page says, and whether it was there; what it does not say is told."""
    look = client.read(url)
    if look.outcome != OK:
        complain(f"nothing could be filled in from {url}: {look.reason}")
        return Facts(), False
    if look.content_type and not look.content_type.lower().startswith(_HTML):
        kind = look.content_type.partition(";")[0]
        complain(f"nothing could be filled in from {url}: it is no page but {kind}")
        return Facts(), True
    facts = facts_in(look.body, look.content_type)
    missing = [name for name in ("title", "publisher", "published", "language") if not getattr(facts, name)]
    if missing:
        complain(f"{url} does not say its {', '.join(missing)}")
    return facts, True


def _archived(url: str, client: Client, api: str) -> str:
    """The address of an archived copy; that there is none is told."""
    look = client.read(question(api, Source("new", "", "", url=url)))
    if look.outcome != OK:
        complain(f"the archive did not tell whether it has a copy: {look.reason}")
        return ""
    try:
        copy = copy_in(look, api)
    except ArchiveError as error:
        complain(f"whether there is an archived copy is not known: the archive {error}")
        return ""
    if not copy:
        complain("no archived copy was found: https://web.archive.org/save makes one")
    return copy
