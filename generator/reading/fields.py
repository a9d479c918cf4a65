"""What each kind of file may say: the fields, their kinds and their meaning, once for all who need to know."""

from __future__ import annotations

from typing import Any

from generator.reading.prose import CitedText
from generator.reading.schema import (
    Choice,
    Date,
    DefinedOrRef,
    Field,
    Flag,
    Kind,
    ListOf,
    MakeError,
    Names,
    Number,
    Range,
    Ref,
    Slug,
    Table,
    Text,
    TimeOfDay,
    Url,
)
from generator.reading.standards import BaseUrl, Language, Zone
from generator.record import model

ROLES = ("party", "mediator", "observer", "organisation", "official")
SOURCE_KINDS = ("news", "official", "court", "ngo", "reference")
AGREEMENT_ROLES = (
    "negotiation",
    "signing",
    "implementation",
    model.BREACH,
    "suspension",
    "resumption",
    "collapse",
)
STATUSES = ("in-force", "suspended", "collapsed", "superseded", "not-signed")
BOUNDS = ("value", "at_least", "at_most", "about", "between")
LONGEST_TITLE = 120
LONGEST_SOURCE_TITLE = 400
LONGEST_NAME = 200
MOST_QUOTED_WORDS = 40
MOST_IN_A_FILE = 100_000
"""Records of one list; its file is too large before."""


def _source(**fields: Any) -> model.Source:  # noqa: ANN401 - the table has typed them
    if not fields.get("url") and not fields.get("note"):
        message = f"the source `{fields['id']}` has no `url`, and no `note` that says why"
        raise MakeError(message, "add the address, or note: why it cannot be linked", at="id")
    return model.Source(**fields)


def _role(**fields: Any) -> model.Role:  # noqa: ANN401
    if fields.get("by") and fields["role"] != model.BREACH:
        message = f"`by` says who alleges a breach, and this is `{fields['role']}`"
        raise MakeError(message, f"leave it out, or set role: {model.BREACH}", at="by")
    return model.Role(**fields)


def _figure(**fields: Any) -> model.Figure:  # noqa: ANN401
    bound = next(name for name in BOUNDS if name in fields)
    number = fields.pop(bound)
    low, high = number if bound == "between" else (number, number)
    return model.Figure(bound=bound, low=low, high=high, **fields)


def _place(**fields: Any) -> model.Place:  # noqa: ANN401
    if ("lat" in fields) != ("lon" in fields):
        given, missing = ("lat", "lon") if "lat" in fields else ("lon", "lat")
        raise MakeError(f"a place with `{given}` needs `{missing}`", f"add {missing}, or leave both out", at=given)
    return model.Place(**fields)


SOURCE = Table(
    "a source",
    (
        Field("id", Slug(), "a short id of its own, as reuters-2025-12-24-talks", required=True),
        Field(
            "title",
            Text(LONGEST_SOURCE_TITLE),
            "the page's own title; in square brackets where it is a description",
            required=True,
        ),
        Field("publisher", Text(LONGEST_NAME), "who published it", required=True),
        Field("published", Date(), "the day it was published"),
        Field("url", Url(), "its address"),
        Field("author", Text(LONGEST_NAME), "who wrote it"),
        Field("accessed", Date(), "the day it was last seen at its address"),
        Field("archived", Url(), "the address of an archived copy"),
        Field("language", Language(), "the language it is written in, as en, th, km"),
        Field("kind", Choice(SOURCE_KINDS), "what kind of publication it is"),
        Field("perspective", Ref("perspective"), "the actor whose side it speaks from, or third-party"),
        Field("origin", Text(200), "the agency or the source that it reprints"),
        Field("quote", Text(600, most_words=MOST_QUOTED_WORDS), "the words that matter, at most 40"),
        Field("note", Text(600), "what a reader must know about it; why it has no url"),
    ),
    _source,
    together={"anyOf": [{"required": ["url"]}, {"required": ["note"]}]},
)

CLAIM = Table(
    "a claim",
    (
        Field("by", Ref("actor", or_words=True), "who says so: an actor's id or plain words", required=True),
        Field("says", Text(600), "what is said, in our own words", required=True),
        Field("source", Ref("source"), "the id of the source that reports it", required=True),
        Field("question", Text(200), "the question that it answers; claims with the same question stand side by side"),
        Field("denies", Flag(), "true when it denies what another claim says"),
    ),
    model.Claim,
)

FIGURE = Table(
    "a figure",
    (
        Field("measure", Ref("measure"), "what is counted: an id of vocabulary.yml", required=True),
        Field("scope", Ref("scope"), "whose: an actor's or a place's id, or total: both sides together", required=True),
        Field("group", Ref("group"), "who among them: an id of vocabulary.yml"),
        Field("value", Number(), "the number, when it is exact"),
        Field("at_least", Number(), "the number, when it is a lower bound"),
        Field("at_most", Number(), "the number, when it is an upper bound"),
        Field("about", Number(), "the number, when it is rounded"),
        Field("between", Range(), "[low, high], both inclusive"),
        Field("as_of", Date(), "the day that the count speaks of", required=True),
        Field("since", Date(), "the first day that the count covers"),
        Field("source", Ref("source"), "the id of the source that gives it", required=True),
        Field(
            "said_by",
            Ref("actor", or_words=True),
            "who counted: an actor's id, its full or short name, or other words",
        ),
        Field("note", Text(400), "what a reader must know to read it"),
    ),
    _figure,
    one_of=BOUNDS,
)

ROLE = Table(
    "an agreement",
    (
        Field("id", Ref("agreement"), "the agreement's slug", required=True),
        Field("role", Choice(AGREEMENT_ROLES), "what the entry is in its story", required=True),
        Field("terms", ListOf(Ref("term")), "the ids of the terms that it concerns"),
        Field(
            "by",
            ListOf(Ref("actor"), or_one=True),
            "for an alleged-violation, who says that it was broken; needless where one side alone makes claims",
        ),
    ),
    _role,
)

CORRECTION = Table(
    "a correction",
    (
        Field("date", Date(), "the day of the correction", required=True),
        Field("text", Text(600), "what was wrong and what it says now", required=True),
    ),
    model.Correction,
)

IMAGE = Table(
    "an image",
    (
        Field("file", Text(200), "the name of a file in content/images/", required=True),
        Field("alt", Text(400), "what it shows, for those who cannot see it", required=True),
        Field("credit", Text(200), "who made it", required=True),
        Field("source", Ref("source"), "the id of the source that it is taken from", required=True),
    ),
    model.Image,
)

WITHDRAWAL = Table(
    "a withdrawal",
    (
        Field("date", Date(), "the day it was withdrawn", required=True),
        Field("reason", Text(600), "why", required=True),
    ),
    model.Withdrawal,
)

EVENT = Table(
    "an event",
    (
        Field("title", Text(LONGEST_TITLE), "a neutral headline, at most 120 characters", required=True),
        Field("date", Date(), "when it happened, in EDTF, as 2025-12-24", required=True),
        Field("time", TimeOfDay(), "wall time in the site's zone: 16:30, 16:30~ for about, 04:00/06:30"),
        Field("kind", Ref("kind"), "a kind of vocabulary.yml, as clash or talks", required=True),
        Field(
            "sources",
            ListOf(DefinedOrRef("source", SOURCE), least=1),
            "ids of sources, or whole sources defined in place",
            required=True,
        ),
        Field("actors", ListOf(Ref("actor")), "ids of those who acted or spoke"),
        Field("places", ListOf(Ref("place")), "ids of where it happened"),
        Field(
            "agreement", ListOf(ROLE, or_one=True), "the agreement that it belongs to, or several", into="agreements"
        ),
        Field("claims", ListOf(CLAIM), "statements that may be disputed"),
        Field("figures", ListOf(FIGURE), "numbers, with who said them and as of when"),
        Field("summary", Text(300), "one or two sentences for lists and feeds"),
        Field("corrections", ListOf(CORRECTION), "what was wrong and what it says now"),
        Field("image", IMAGE, "a picture"),
        Field("aliases", ListOf(Text(200)), "former permalinks, which redirect here"),
        Field("withdrawn", WITHDRAWAL, "the page stays as a tombstone, out of every list"),
        Field("draft", Flag(), "true keeps it out of a build without --drafts"),
    ),
)

PERIOD = Table(
    "a period",
    (
        Field("from", Date(), "the first day in force", required=True, into="start"),
        Field("to", Date(), "the last day in force; without it, still in force", into="end"),
    ),
    model.Period,
)

TERM = Table(
    "a term",
    (
        Field("id", Slug(), "a short id, as heavy-weapons", required=True),
        Field("text", Text(800), "one undertaking, in our own words", required=True),
        Field("deadline", Date(), "by when it was to be done"),
    ),
    model.Term,
)

AGREEMENT = Table(
    "an agreement",
    (
        Field("title", Text(LONGEST_TITLE), "what it is called, at most 120 characters", required=True),
        Field("signed", Date(), "the day it was signed"),
        Field("in_force", ListOf(PERIOD), "the periods in force; suspensions make gaps"),
        Field("status", Choice(STATUSES), "how it stands", required=True),
        Field(
            "status_note", CitedText(1500), "why, and who says so; at most 1,500 characters, each sentence cited"
        ),
        Field("place", Ref("place"), "where it was signed"),
        Field("parties", ListOf(Ref("actor")), "who is bound"),
        Field("mediators", ListOf(Ref("actor")), "who brokered it"),
        Field("witnesses", ListOf(Ref("actor")), "who witnessed it"),
        Field("terms", ListOf(TERM), "what was agreed, one undertaking each"),
        Field("supersedes", ListOf(Ref("agreement")), "slugs of the agreements that it replaces"),
        Field(
            "sources",
            ListOf(DefinedOrRef("source", SOURCE), least=1),
            "ids of sources, or sources in place",
            required=True,
        ),
    ),
)

PAGE = Table(
    "a page",
    (
        Field("title", Text(LONGEST_TITLE), "what the page is called", required=True),
        Field("summary", Text(300), "one sentence for search engines"),
    ),
)

SETTINGS = Table(
    "site.yml",
    (
        Field("title", Text(LONGEST_TITLE), "what the site is called", required=True),
        Field("short_title", Text(40), "the same for narrow places"),
        Field("tagline", Text(200), "one line under the title"),
        Field("description", Text(400), "what the site is, in a sentence or two"),
        Field("base_url", BaseUrl(), "where it is published, as https://example.org/", required=True),
        Field("language", Language(), "the language it is written in"),
        Field("timezone", Zone(), "the zone of all times, as Asia/Bangkok"),
        Field("licence", Text(60), "the SPDX id of the texts' licence"),
        Field("repository", Url(), "where contributors find the files"),
        Field("editors", ListOf(Text(200)), "who answers for the content"),
    ),
    model.Settings,
)

_ABOUT = Field("about", Text(600), "what it is, in a sentence")
_ID, _NAME = Field("id", Slug(), "its id", required=True), Field("name", Text(200), "its name", required=True)

LANE = Table("a lane", (_ID, _NAME, _ABOUT), model.Lane)
GROUP = Table("a group", (_ID, _NAME, _ABOUT), model.Group)

KIND = Table(
    "a kind",
    (_ID, _NAME, Field("lane", Ref("lane"), "the lane that it is drawn in", required=True), _ABOUT),
    model.Kind,
)

MEASURE = Table(
    "a measure",
    (
        _ID,
        _NAME,
        Field("unit", Text(60), "the unit, as people", required=True),
        _ABOUT,
        Field("cumulative", Flag(), "true when it is counted from a first day on, as the killed"),
    ),
    model.Measure,
)

VOCABULARY = Table(
    "vocabulary.yml",
    (
        Field("lanes", ListOf(LANE, least=1), "lanes, in order", required=True),
        Field("kinds", ListOf(KIND, least=1), "kinds of event, in order", required=True),
        Field("measures", ListOf(MEASURE), "what figures count"),
        Field("groups", ListOf(GROUP), "whom figures count"),
    ),
    model.Vocabulary,
)

ACTOR = Table(
    "an actor",
    (
        _ID,
        _NAME,
        Field("role", Choice(ROLES), "what it is in the conflict", required=True),
        Field("short", Text(60), "a short name"),
        Field("names", Names(), "names by language or by a side's usage"),
        Field("party", Ref("party"), "the actor whose side it speaks for"),
        _ABOUT,
    ),
    model.Actor,
)

PLACE = Table(
    "a place",
    (
        _ID,
        _NAME,
        Field("country", Text(80), "the country it lies in, or who claims it", required=True),
        Field("names", Names(), "names by language or by a side's usage"),
        Field("province", Text(120), "the province"),
        Field(
            "lat", Number(-90, 90, "latitude is how far north: are lat and lon exchanged?"), "latitude, WGS 84 degrees"
        ),
        Field("lon", Number(-180, 180, "longitude is how far east, in degrees"), "longitude, WGS 84 degrees"),
        Field(
            "precision_km", Number(0, 2000, "give it in kilometres"), "the radius within which it lies, in kilometres"
        ),
        _ABOUT,
    ),
    _place,
    together={"dependencies": {"lat": ["lon"], "lon": ["lat"]}},
)

SCHEMAS: dict[str, Kind] = {
    "event": EVENT,
    "agreement": AGREEMENT,
    "page": PAGE,
    "site": SETTINGS,
    "vocabulary": VOCABULARY,
    "actors": ListOf(ACTOR, most=MOST_IN_A_FILE),
    "places": ListOf(PLACE, most=MOST_IN_A_FILE),
    "sources": ListOf(SOURCE, most=MOST_IN_A_FILE),
}
"""Every kind of file, by the name of its JSON Schema."""
