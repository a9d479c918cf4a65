"""A made-up chronology of any size, in our own format: `python -m bench.corpus --entries 1000 --out DIR`.

The same number, seed and shares give the same bytes on every machine: only random.random() is asked, whose sequence
the language promises.  Entries have about 145 words, and each sentence its citation, so that `check` finds nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bench import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Fields = Mapping[str, object]

T = TypeVar("T")

LAST_YEAR = 2025
BUSY_MONTH = (LAST_YEAR - 1, 7)
YEARBOOK = "yearbook"
"""The source that is cited again and again."""
GREAT_QUESTION = "Who may use the water of the river?"
"""The question with very many answers; each other has two to eight."""
FIRST_TREATY = "river-treaty"
"""The agreement to which very many entries belong; each other has some twenty."""
WORDS = 145


class Shares(NamedTuple):
    """Of all entries, how many share one month, place and actor, cite one source, answer one question, and so on.

    figures: how many an entry has at most, or always when entries crowd.
    """

    month: float = 0.05
    place: float = 0.3
    actor: float = 0.6
    source: float = 0.5
    question: float = 0.1
    agreement: float = 0.05
    figures: int = 2


USUAL = Shares()
CROWDED = Shares(1, 1, 1, 1, 1, 1, 6)
"""Everything in one place: the worst that a chronology could be."""


class Source(NamedTuple):
    """A publication: what its file says of it."""

    ident: str
    title: str
    publisher: str
    published: date
    perspective: str
    is_archived: bool

    @property
    def url(self) -> str:
        """Its address, which nobody answers."""
        return f"https://news.example.org/{self.ident}"


class Entry(NamedTuple):
    """An entry: what its file says, in the fields' own words; fields and text are ready to be written."""

    slug: str
    title: str
    day: date
    fields: Fields
    text: str


class Dice:
    """Chance that is the same everywhere: a sequence of its own for each thing that is made up."""

    def __init__(self, *key: object) -> None:
        self._random = random.Random(":".join(map(str, key))).random  # noqa: S311 - no secret

    def chance(self, share: float) -> bool:
        """True as often as `share` says, 1 being always."""
        return self._random() < share

    def below(self, end: int) -> int:
        """A whole number from 0 to end - 1."""
        return int(self._random() * end)

    def one(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.below(len(things))]

    def fill(self, template: str, place: str) -> str:
        """A sentence from a template: each word in braces is drawn anew."""
        return re.sub(r"\{(\w+)\}", lambda found: self._word(found[1], place), template)

    def _word(self, name: str, place: str) -> str:
        if name[0].isupper():
            return self._word(name.lower(), place).capitalize()
        if name == "place":
            return place
        if name == "number":
            return str(2 + self.below(97))
        if name == "name":
            return f"{self.one(words.NAME_STARTS)}{self.one(words.NAME_ENDS)}"
        return self.one(_VOCABULARY[name])


_VOCABULARY: dict[str, Sequence[str]] = {
    "adjective": words.ADJECTIVES,
    "noun": words.NOUNS,
    "verb": words.VERBS,
    "adverb": words.ADVERBS,
    "unit": words.UNITS,
}
PLACES = {f"{start}{end}".lower(): f"{start}{end}" for end in words.PLACE_ENDS for start in words.PLACE_STARTS}


class Corpus:
    """A chronology of so many entries; nothing of it is made before it is asked for."""

    def __init__(self, entries: int, seed: int = 1, shares: Shares = USUAL) -> None:
        self.seed, self.shares = seed, shares
        self.days = self._days(entries)
        self.sources = {source.ident: source for source in self._sources(max(8, entries // 3))}
        self._idents = list(self.sources)
        self._places = list(PLACES)
        self.treaties = [FIRST_TREATY, *(f"accord-{number:04d}" for number in range(1, max(2, entries // 100)))]

    def _days(self, entries: int) -> list[date]:
        """A day for each entry, in order, over a hundredth as many years: two at least, a hundred at most."""
        dice = Dice(self.seed, "days")
        start = date(LAST_YEAR + 1 - max(2, min(100, entries // 100)), 1, 1).toordinal()
        span = date(LAST_YEAR, 12, 31).toordinal() + 1 - start
        return sorted(
            date(*BUSY_MONTH, 1 + dice.below(28))
            if dice.chance(self.shares.month)
            else date.fromordinal(start + dice.below(span))
            for _ in range(entries)
        )

    def _sources(self, count: int) -> Iterator[Source]:
        sides = ("third-party", *words.PARTIES)
        yield Source(
            YEARBOOK,
            "The yearbook of the river",
            "The River Watch",
            date(LAST_YEAR, 12, 31),
            sides[0],
            is_archived=True,
        )
        for number in range(1, count):
            dice = Dice(self.seed, "source", number)
            title = dice.fill("A {adjective} {noun} and the {noun} of {place}", dice.one(list(PLACES.values())))
            day = date(LAST_YEAR - dice.below(3), 1 + dice.below(12), 1 + dice.below(28))
            publisher, side = dice.one(words.PUBLISHERS), dice.one(sides)
            yield Source(f"s{number:05d}", f"{title}, no. {number}", publisher, day, side, dice.chance(0.7))

    def entries(self) -> Iterator[Entry]:
        """All entries, by date."""
        for number, day in enumerate(self.days):
            yield self._entry(number, day)

    def _entry(self, number: int, day: date) -> Entry:
        dice, shares = Dice(self.seed, "entry", number), self.shares
        place = self._places[0] if dice.chance(shares.place) else dice.one(self._places)
        title = dice.fill(dice.one(words.TITLES), PLACES[place])
        at_hand = [dice.one(self._idents[1:]) for _ in range(1 + dice.below(3))]
        if dice.chance(shares.source):
            at_hand.insert(0, YEARBOOK)
        at_hand = list(dict.fromkeys(at_hand))
        text = self._text(dice, PLACES[place], at_hand)
        fields: dict[str, object] = {
            "time": f"{1 + number % 23:02}:{number // 23 % 60:02}",  # what happens at one place and day differs in it
            "kind": dice.one(_KINDS),
            "actors": self._actors(dice),
            "places": [place],
            "sources": at_hand,
            "summary": dice.fill(dice.one(words.SAYINGS), PLACES[place]) + ".",
        }
        if role := self._role(dice, number):
            fields["agreement"] = role
        if claims := list(self._claims(dice, number, PLACES[place], at_hand)):
            fields["claims"] = claims
        if figures := [self._figure(dice, day, at_hand, which, number) for which in range(self._figures(dice))]:
            fields["figures"] = figures
        return Entry(f"{day}-{_slug(title)[:50].strip('-')}-{number:05d}", title, day, fields, text)

    def _text(self, dice: Dice, place: str, sources: Sequence[str]) -> str:
        """Three paragraphs, one time in four with a list: each sentence cites, and each source is cited."""
        unused = list(sources)
        blocks: list[str] = []
        wanted = WORDS - 22 + dice.below(30)
        for share in (0.4, 0.7, 1):
            sentences: list[str] = []
            while len(" ".join((*blocks, *sentences)).split()) < wanted * share:
                sentences.append(_cited(dice, words.SENTENCES, place, unused.pop() if unused else dice.one(sources)))
            blocks.append(" ".join(sentences))
        if dice.chance(0.25):
            items = (_cited(dice, words.ITEMS, place, dice.one(sources)) for _ in range(3))
            blocks.insert(1, "\n".join(f"- {item}" for item in items))
        return "\n\n".join(blocks) + "\n"

    def _actors(self, dice: Dice) -> list[str]:
        often, *others = (*words.PARTIES, *words.ACTORS)
        drawn = [often] if dice.chance(self.shares.actor) else []
        return list(dict.fromkeys([*drawn, *(dice.one(others) for _ in range(1 + dice.below(2)))]))

    def _role(self, dice: Dice, number: int) -> Fields | None:
        """What an entry is in the story of an agreement, if anything."""
        if dice.chance(self.shares.agreement):
            treaty = FIRST_TREATY
        elif dice.chance(0.2):
            treaty = self.treaties[number * len(self.treaties) // len(self.days)]
        else:
            return None
        return {"id": treaty, "role": dice.one(words.ROLES), "terms": [f"term-{1 + dice.below(len(words.TERMS))}"]}

    def _claims(self, dice: Dice, number: int, place: str, sources: Sequence[str]) -> Iterator[Fields]:
        """Two sides' answers to a question that some neighbouring entries share, or to the one that many do."""
        if dice.chance(self.shares.question):
            question = GREAT_QUESTION
        elif dice.chance(0.35):
            question = f"What happened first at the weir in case {number // 4}?"
        else:
            return
        for side in words.PARTIES:
            says, source = dice.fill(dice.one(words.SAYINGS), place), dice.one(sources)
            claim: dict[str, object] = {"question": question, "by": side, "says": says, "source": source}
            if side == "lower-vale" and dice.chance(0.3):
                claim["denies"] = True
            yield claim

    def _figures(self, dice: Dice) -> int:
        most = self.shares.figures
        return most if self.shares == CROWDED else dice.below(most + 1)

    def _figure(self, dice: Dice, day: date, sources: Sequence[str], which: int, number: int) -> Fields:
        low = 200 * which + number % 180  # no two entries of a day have the same number
        bounds: tuple[Fields, ...] = ({"value": low}, {"at_least": low}, {"about": low}, {"between": [low, low + 10]})
        measure = words.MEASURES[0 if self.shares == CROWDED else (which + dice.below(2) * 2) % len(words.MEASURES)]
        return {
            "measure": measure,
            "scope": dice.one(tuple(words.PARTIES)),
            "group": dice.one(words.GROUPS),
            **dice.one(bounds),
            "as_of": day,
            "source": dice.one(sources),
            "said_by": dice.one(tuple(words.ACTORS)),
        }

    # --- files ---------------------------------------------------------------------------------------------------

    def files(self) -> Iterator[tuple[str, str]]:
        """Each file of the content folder: its path, and its text."""
        yield "site.yml", _yaml(_SITE)
        yield "vocabulary.yml", _yaml(_VOCABULARY_FILE)
        yield "actors.yml", _list(_actors())
        yield "places.yml", _list(_places())
        for publisher in sorted({source.publisher for source in self.sources.values()}):
            shelf = [source for source in self.sources.values() if source.publisher == publisher]
            yield f"sources/{_slug(publisher)}.yml", _list(map(_source, shelf))
        for number, slug in enumerate(self.treaties):
            yield f"agreements/{slug}.md", self._treaty(number)
        yield "pages/about.md", _front({"title": "About"}) + "\nA made-up chronology, to measure builds with.\n"
        for entry in self.entries():
            fields = {"title": entry.title, "date": entry.day, **entry.fields}
            yield f"events/{entry.day.year}/{entry.slug}.md", f"{_front(fields)}\n{entry.text}"

    def _treaty(self, number: int) -> str:
        dice = Dice(self.seed, "treaty", number)
        place = dice.one(self._places)
        signed = self.days[number * len(self.days) // len(self.treaties)]
        cited = [YEARBOOK, dice.one(self._idents[1:])]
        fields = {
            "title": f"Accord no. {number} on the {dice.one(words.NOUNS)} at {PLACES[place]}"
            if number
            else "River treaty",
            "signed": signed,
            "in_force": [{"from": signed}],
            "status": "in-force",
            "place": place,
            "parties": list(words.PARTIES),
            "mediators": ["water-court"],
            "terms": [
                {"id": f"term-{at}", "text": dice.fill(term, PLACES[place])} for at, term in enumerate(words.TERMS, 1)
            ],
            "sources": cited,
        }
        return f"{_front(fields)}\n{self._text(dice, PLACES[place], cited)}"


_KINDS = [kind for kinds in words.KINDS.values() for kind in kinds]
_SITE = {
    "title": "The river chronology",
    "tagline": "Made up, to measure builds with",
    "description": "Invented events, for the benchmark only.",
    "base_url": "https://chronology.example.org/",
    "language": "en",
    "timezone": "Asia/Bangkok",
    "licence": "CC0-1.0",
    "repository": "https://code.example.org/chronology",
    "editors": ["Nobody"],
}
_VOCABULARY_FILE = {
    "lanes": [{"id": lane, "name": lane.capitalize()} for lane in words.KINDS],
    "kinds": [
        {"id": kind, "name": kind.capitalize(), "lane": lane} for lane, kinds in words.KINDS.items() for kind in kinds
    ],
    "measures": [{"id": measure, "name": measure.capitalize(), "unit": "people"} for measure in words.MEASURES],
    "groups": [{"id": group, "name": group.capitalize()} for group in words.GROUPS],
}


def _actors() -> Iterator[Fields]:
    for ident, name in words.PARTIES.items():
        yield {"id": ident, "name": name, "role": "party", "short": name.removeprefix("The ")}
    for ident, (name, role, party) in words.ACTORS.items():
        official: dict[str, object] = {"id": ident, "name": name, "role": role}
        yield official | ({"party": party} if party else {})


def _places() -> Iterator[Fields]:
    for at, (ident, name) in enumerate(PLACES.items()):
        lat, lon = round(11 + at % 15 * 0.2, 3), round(102 + at // 15 * 0.7, 3)
        yield {"id": ident, "name": name, "country": "The Vales", "lat": lat, "lon": lon, "precision_km": 5}


def _source(source: Source) -> Fields:
    fields: dict[str, object] = {
        "id": source.ident,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "language": "en",
        "kind": "news",
        "perspective": source.perspective,
    }
    if source.is_archived:
        fields["archived"] = f"https://archive.example.org/{source.ident}"
    return fields


def _cited(dice: Dice, templates: Sequence[str], place: str, source: str) -> str:
    return f"{dice.fill(dice.one(templates), place)} [@{source}]."


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _front(fields: Fields) -> str:
    return f"---\n{_yaml(fields)}---\n"


def _yaml(fields: Fields) -> str:
    """A mapping in block style, a list of mappings one a line, everything else in flow style."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{name}:", *(f"  - {_flow(each)}" for each in value)]
        else:
            lines.append(f"{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _list(items: Iterable[Fields]) -> str:
    """A list of mappings in block style."""
    return "".join(
        "".join(f"{'  ' if at else '- '}{name}: {_flow(value)}\n" for at, (name, value) in enumerate(item.items()))
        for item in items
    )


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return "true" if value is True else str(value)


_PLAIN = re.compile(r"[a-z][a-z0-9-]*|term-\d+")


def write(files: Iterator[tuple[str, str]], folder: Path) -> str:
    """Write files into a folder, and give the SHA-256 of their names and texts."""
    digest = hashlib.sha256()
    for name, text in files:
        data = text.encode()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return digest.hexdigest()


def main() -> None:
    """Make a corpus, and print its digest."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description="Make a made-up chronology.")
    parser.add_argument("--entries", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, other words (default: 1)")
    parser.add_argument("--crowded", action="store_true", help="all in one month, place, actor, source and question")
    parser.add_argument("--hugo", action="store_true", help="for Hugo, with layouts, rather than in our own format")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    options = parser.parse_args()
    if options.entries < 1:
        parser.error("--entries must be at least 1")
    if options.out.exists() and any(options.out.iterdir()):
        parser.error(f"{options.out} is not empty")
    corpus = Corpus(options.entries, options.seed, CROWDED if options.crowded else USUAL)
    if options.hugo:
        from bench.hugo import files  # noqa: PLC0415 - it builds upon this module

        print(write(files(corpus), options.out))
    else:
        print(write(corpus.files(), options.out))


if __name__ == "__main__":
    main()
