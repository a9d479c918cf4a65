"""From files on disk to a checked Site, or problems.  May import from record/ and incremental/.

Only files.py touches the disk.

files.py       the content folder -> text files                 (reads)
characters.py  characters that cannot be seen
pictures.py    what the first bytes of a picture say it is
limits.py      how much one text may hold
yaml_nodes.py  YAML -> a tree of texts that know their place    (the only place that imports yaml)
yaml_mistakes.py  what is wrong with a text that is no YAML, and how it was meant
flow_mistakes.py  the same of fields within { }
schema.py      kinds of value: how each is read, and its JSON Schema
standards.py   kinds of value that a standard defines: time zones, languages, a site's address
fields.py      what an entry, a source, an agreement … may say
json_schemas.py     the same for editors and other programs
plain_prose.py  the HTML of a text of plain paragraphs and lists
prose.py       Markdown -> cleaned HTML, citations and links    (the only place that imports markdown and nh3)
records.py     one text file -> its record
note.py        what is kept of each file, and of all files to check them against each other
notes.py       how that is made of a file that was read
alike.py       which files are worth comparing
collect.py     all records by kind, and every id that is declared
addresses.py   web addresses as they are compared
sentences.py   which sentences carry no citation
figure_checks.py    numbers against each other
agreement_checks.py terms and periods of an agreement
cycle_checks.py     records that lead back to themselves
address_checks.py   addresses that the site has already
year_checks.py      the year of an entry and that of its file
name_checks.py      one side's name alone in our own words
actor_checks.py     whether the sides that actors speak for are sides
gazetteer.py        who the parties are, and who calls what how: all that checks of one file know of others
likeness_checks.py  what is told twice
hidden_checks.py    what an entry holds and its file does not show
placeholder_checks.py  what `new` has left to its author
plain_checks.py     marks in fields that are shown as they are written
likely_ids.py   the id that was meant by one that is not defined
html_checks.py  HTML and web addresses, which readers would see as they are written
ready_lines.py  lines to paste
checks.py      one function per check of what no single field can tell
validate.py    all files -> Site, or problems, for whoever does not publish
parsed.py      the files for a build, one by one: each is parsed once for each version of its bytes
library.py     all of them together: what is wrong with them, and the chronology that they hold
"""
