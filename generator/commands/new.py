"""`build.py new`: write the file of a new entry, ready to be filled in; or a small chronology to begin another with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from generator.commands.asking import AnswerError, ask, can_ask
from generator.commands.common import CONTENT_ERRORS, DONE, HOME, USAGE
from generator.commands.new_source import NewSources
from generator.commands.tell import complain, refuse, say
from generator.reading.characters import odd_character, unseen
from generator.reading.fields import LONGEST_TITLE
from generator.reading.validate import load_site, read_vocabulary
from generator.record import edtf
from generator.record.problems import did_you_mean
from generator.upkeep.new_entry import Known, NewEntry, NewSource, entry_text, free_path, still_to_write, write_new
from generator.upkeep.starter import StarterError, write_starter

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from generator.reading.collect import Collected
    from generator.record.edtf import Edtf
    from generator.record.model import Vocabulary

T = TypeVar("T")

STARTER = HOME / "starter" / "content"


def run_new(options: argparse.Namespace) -> int:
    """Write the file, say where it is and what is still to be written, and give the exit status."""
    if options.site:
        return _new_site(options)
    given = {"TITLE": options.title is not None, "--date": options.date, "--kind": options.kind}
    missing = [name for name, value in given.items() if not value]
    if missing and not can_ask():
        options.refuse(f"the following arguments are required: {', '.join(missing)}")
    vocabulary = read_vocabulary(options.content)
    if vocabulary is None:
        check = f"build.py check --content {options.content}"
        refuse(f"{options.content / 'vocabulary.yml'} cannot be read", f"run `{check}`, it tells why")
        return CONTENT_ERRORS
    collected = load_site(options.content, drafts=True).collected
    known = _known(vocabulary, collected)
    try:
        entry = _Questions(vocabulary, collected, known, options, asks=bool(missing)).entry()
    except AnswerError as error:
        refuse(error, error.hint)
        return USAGE
    taken = frozenset(declared.id.casefold() for declared in collected.declared["entry"])
    path = free_path(options.content / "events", entry.title, entry.date, taken)
    if not entry.sources:
        entry = replace(entry, sources=(NewSource(f"source-of-{path.stem}"),))
    text = entry_text(entry, known).encode()
    try:
        write_new(path, text)
    except OSError as error:
        refuse(f"{path} cannot be written: {error.strerror}", "see that you may write there")
        return CONTENT_ERRORS
    say(f"{path}")
    complain(f"still to write: {'; '.join(still_to_write(entry))}")
    return DONE


def _new_site(options: argparse.Namespace) -> int:
    """Begin another chronology."""
    try:
        content = write_starter(STARTER, options.site)
    except StarterError as error:
        refuse(error, error.hint)
        return USAGE
    say(f"{content}")
    complain("It is a small chronology with one of everything; each file says what it is for.  Begin with site.yml.")
    complain(f"build it:  python build.py --content {content} --out {options.site / 'public'}")
    return DONE


def _known(vocabulary: Vocabulary, collected: Collected) -> Known:
    """What the content has that a new entry may name."""
    events = sorted(collected.records("events"), key=lambda event: (event.date.first, event.slug))
    return Known(
        actors=tuple(declared.id for declared in collected.declared["actor"]),
        places=tuple(declared.id for declared in collected.declared["place"]),
        measures=tuple(measure.id for measure in vocabulary.measures),
        agreements=tuple(declared.id for declared in collected.declared["agreement"])[-1:],
        newest=events[-1].date.text if events else "",
    )


class _Questions:
    """What the command line says of an entry; with `asks`, answers to questions for what it does not say.

    Raises: AnswerError, when what the command line says will not do.
    """

    def __init__(
        self, vocabulary: Vocabulary, collected: Collected, known: Known, options: argparse.Namespace, *, asks: bool
    ) -> None:
        self.kinds = [kind.id for kind in vocabulary.kinds]
        self.collected = collected
        self.known = known
        self.options = options
        self.asks = asks

    def entry(self) -> NewEntry:
        if self.asks:
            complain("Tab completes, Control-C leaves; nothing is written before the last answer.")
        options, newest = self.options, f" (the newest entry is of {self.known.newest})" if self.known.newest else ""
        title = self._told("", options.title, "Title, a neutral headline", _title)
        date = self._told("--date: ", options.date, f"Date in EDTF{newest}", _date)
        kind = self._told("--kind: ", options.kind, f"Kind: {', '.join(self.kinds)}", self._kind, self.kinds)
        actors = self._several("actor", "Actors, ids with commas between them (Enter for none)")
        places = self._several("place", "Places, ids with commas between them (Enter for none)")
        return NewEntry(title, date, kind, actors, places, self._sources())

    def _told(
        self, option: str, given: str | None, question: str, read: Callable[[str], T], known: Iterable[str] = ()
    ) -> T:
        """What is given, or answered; what is wrong with an option begins with its name."""
        if given is None:
            return ask(question, read, list(known))
        try:
            return read(given)
        except AnswerError as error:
            raise AnswerError(f"{option}{error}", error.hint) from None

    def _several(self, kind: str, question: str) -> tuple[str, ...]:
        """Ids of a kind that are all defined."""

        def read(given: str) -> tuple[str, ...]:
            chosen = dict.fromkeys(given.replace(",", " ").split())
            return tuple(self._defined(ident, kind) for ident in chosen)

        told = getattr(self.options, kind)
        given = ",".join(told) if told else (None if self.asks else "")
        return self._told(f"--{kind}: ", given, question, read, self._ids(kind))

    def _ids(self, kind: str) -> list[str]:
        return [declared.id for declared in self.collected.declared[kind]]

    def _defined(self, ident: str, kind: str) -> str:
        """An id of an actor, or of a place."""
        ids = self._ids(kind)
        if ident not in ids and f"{kind}s.yml" in self.collected.unread:
            raise AnswerError(f"{kind}s.yml cannot be read as a whole", "run `build.py check`, it tells why")
        other, named = ("place", "a place") if kind == "actor" else ("actor", "an actor")
        if ident not in ids and ident in self._ids(other):
            raise AnswerError(f"there is no {kind} `{ident}`", f"that is {named}: leave it out of the {kind}s")
        return _known_id(ident, ids, kind, f"define it in {kind}s.yml first, or leave it out")

    def _sources(self) -> tuple[str | NewSource, ...]:
        """Those that are given, or answered one by one until an answer is empty; each once."""
        sources = NewSources(self.collected, self.options)
        given = list(filter(None, self.options.source or ()))
        if given or not self.asks:
            return tuple(dict.fromkeys(self._told("--source: ", each, "", sources.read) for each in given))
        found: dict[str | NewSource, None] = {}
        question = "Source, an address or an id that is defined (Enter for none)"
        known = sorted(self.collected.known["source"])
        while source := ask(question, lambda answer: sources.read(answer) if answer else None, known):
            found[source] = None
            question = "Another source (Enter for no more)"
        return tuple(found)

    def _kind(self, given: str) -> str:
        return _known_id(given, self.kinds, "kind", f"choose one of {', '.join(self.kinds)}")


def _title(given: str) -> str:
    if match := odd_character(given):
        raise AnswerError(f"TITLE has {unseen(match[0])}", "write it afresh, by hand")
    if not given.strip() or len(given) > LONGEST_TITLE:
        raise AnswerError(f"TITLE has {len(given)} characters", f"write a neutral headline of at most {LONGEST_TITLE}")
    return given


def _date(given: str) -> Edtf:
    try:
        return edtf.parse(given)
    except edtf.EdtfError as error:
        raise AnswerError(f"{error}: {given}", error.hint) from None


def _known_id(given: str, known: list[str], kind: str, otherwise: str) -> str:
    if given not in known:
        raise AnswerError(f"there is no {kind} `{given}`", did_you_mean(given, known) or otherwise)
    return given
