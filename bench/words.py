"""The words of the made-up chronology: a quarrel over the water of an invented river."""

from __future__ import annotations

KINDS = {
    "hostilities": ("clash", "strike", "violation"),
    "diplomacy": ("talks", "agreement", "statement", "legal"),
    "civilians": ("displacement", "humanitarian"),
    "background": ("domestic", "background"),
}
"""The kinds of event of each lane."""

PARTIES = {"upper-vale": "The Upper Vale", "lower-vale": "The Lower Vale"}
ACTORS = {
    "water-court": ("The Water Court", "mediator", ""),
    "river-watch": ("The River Watch", "observer", ""),
    "relief-fund": ("The Relief Fund", "organisation", ""),
    "millers-guild": ("The Millers’ Guild", "organisation", ""),
    "upper-reeve": ("Anselm Torvik, reeve of the Upper Vale", "official", "upper-vale"),
    "upper-militia": ("The Upper Vale militia", "official", "upper-vale"),
    "lower-reeve": ("Berit Kolmar, reeve of the Lower Vale", "official", "lower-vale"),
    "lower-militia": ("The Lower Vale militia", "official", "lower-vale"),
}
"""Of those who are no party: the name, the role, and the party that each speaks for."""

PUBLISHERS = (
    "The Vale Gazette", "Highwater News", "The Morning Sluice", "Delta Radio", "The Estuary Times", "Northbank Press",
    "River Wire", "The Lowland Courier", "Valley Television", "The Reeve’s Office", "The Water Court", "Mill Review",
)  # fmt: skip
MEASURES = ("killed", "wounded", "displaced", "evacuated")
GROUPS = ("all", "civilians", "soldiers")
ROLES = ("negotiation", "implementation", "alleged-violation", "suspension", "resumption")

PLACE_STARTS = "Alder Brack Cold Dun Elm Fenn Gris Hollow Ink Jar Kest Lang Marl Nether Oak".split()
PLACE_ENDS = "bridge ford lock mere weir".split()
NAME_STARTS = "Ael Bran Cor Dag Elm Fro Gar Hal Isk Jor Kal Lun Mar Nor Osk Per Quil Ros Sten Tor Ulf Vern".split()
NAME_ENDS = "ander bek dahl ensen feld gren holm ik mark nes rud sson strand vik".split()

ADJECTIVES = """ancient armed broken brief bitter bridged cautious central cold common costly crowded damaged
dawn deep delayed disputed distant dry earthen eastern empty final flooded formal fortified frozen further heavy
hidden hurried inner joint large late leaking local long lower makeshift marshy minor mobile narrow neutral new
night northern official old open outer partial planned public quiet ruined rural sealed second seized silted
small southern steep stone sudden temporary third unmarked upper urgent vacant wet wide western wooden""".split()
NOUNS = """abutment account appeal aqueduct archive bank barge barrier barn basin boat boundary bridge camp
canal causeway channel charter checkpoint chapel clinic column committee complaint convoy court crossing culvert
dam decree delegation depot dike ditch drain dredger embankment envoy envelope farm fence ferry field flood
floodgate ford garrison gate granary harvest hearing hospital hut inquiry inspection inspector island jetty
ladder landing ledger letter levee lock map market marker marsh measurement meeting memorandum mill millrace
mine minute mission notice observer office order orchard outpost palisade parish patrol payment petition
photograph pier pipe plan platform pond position post pump quarry quay radio raft ration receipt record repair
report reservoir ridge road roof school sentry shelter shore signal sluice spillway statement stockade store
stream survey tent terrace toll tower track trench truce tunnel valve vehicle village wall warehouse watchtower
waterline waterwheel weir well wharf witness yard""".split()
VERBS = """abandoned accepted adjourned announced approached approved barred blocked boarded breached built
carried checked cleared closed condemned confirmed counted crossed damaged delayed denied described destroyed
disputed drained emptied entered examined extended fenced filled flooded found guarded halted handed held
inspected left lifted loaded lowered mapped marked measured mended moved named occupied opened ordered passed
photographed planned postponed promised protested raised reached rebuilt recorded refused released removed
repaired reported returned searched secured seized sent shelled shut signed spared stopped surveyed surrendered
taken toured towed vacated visited warned watched widened withdrew""".split()
ADVERBS = (
    "again", "afterwards", "apparently", "briefly", "at once", "before dawn", "before noon", "by night", "early",
    "eventually", "formally", "in part", "in public", "later", "openly", "overnight", "partly", "promptly", "quietly",
    "reportedly", "slowly", "soon", "suddenly", "that evening", "twice", "without warning",
)  # fmt: skip
UNITS = ("barges", "days", "families", "hectares", "metres", "officers", "sacks", "tents", "villagers", "wagons")

TITLES = (
    "{Adjective} {noun} at {place} is {verb}",
    "{Noun} and {noun} {verb} near {place}",
    "{name} is said to have {verb} the {adjective} {noun}",
    "The {adjective} {noun} of {place} is {verb} {adverb}",
    "{number} {unit} counted after a {noun} at {place}",
)
SENTENCES = (
    "The {adjective} {noun} at {place} was {verb} {adverb}, and a {noun} stood near the {adjective} {noun}",
    "{name} said that the {noun} had been {verb} {adverb}, and that a {adjective} {noun} would follow",
    "Some {number} {unit} were counted between the {noun} and the {adjective} {noun}, it is said in a {noun}",
    "Nobody at {place} had {verb} the {noun} by the evening, though the {adjective} {noun} was {verb} {adverb}",
    "Two accounts differ: in one the {noun} was {verb} by night, in the other {name} *{verb}* it by day",
    "The [{adjective} {noun}](https://maps.example.org/{noun}/{number}) shows where the {noun} was {verb}",
    "{name} and {name} {verb} the **{adjective} {noun}** together, and left {number} {unit} behind",
    "By the next morning the {noun} had been {verb}, the {noun} {verb} and the {adjective} {noun} {verb} {adverb}",
    "At {place} the {adjective} {noun} stayed shut for {number} days after the {noun} was {verb}",
)
ITEMS = (
    "the {adjective} {noun}, {verb} by {name}",
    "{number} {unit} near the {noun}",
    "one {adjective} {noun}, {verb} {adverb}",
)
SAYINGS = (
    "The {noun} was {verb} before anybody reached the {adjective} {noun}",
    "{number} {unit} were at the {noun} when it was {verb}",
    "{name} {verb} the {adjective} {noun} {adverb}",
)
TERMS = (
    "Neither side enters the {adjective} {noun} at {place}",
    "The {noun} at {place} is measured every {number} days by both sides together",
    "A {adjective} {noun} is {verb} and kept open to boats of both sides",
    "Each side hands over the {noun} that it {verb}",
    "The {adjective} {noun} is watched by the River Watch for {number} days",
)
