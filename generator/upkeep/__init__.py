"""What maintainers do to content that is there: link checks, comparison with earlier revisions.

May import from record/ and reading/.  For links:

addresses.py    which addresses may be asked: the public ones
turns.py        one request at a time for a host
fetch.py        one polite request, and what came of it                 (the network)
sweep.py        many addresses: a few hosts at once, patience with those that ask for it
status.py       what earlier looks have shown                           (reads, writes)
archives.py     the question for an archived copy, and its answer
definitions.py  where each source is defined: its file and its fields
rewrite.py      new values for a source's fields, every other byte as it was
findings.py     what a sweep has shown, in words
replace.py      a file exchanged whole                                  (writes)

For new entries:

page_facts.py   what a page says of itself: title, publisher, day, language
new_entry.py    the file of a new entry, and its name
starter.py      a small chronology to begin another with          (writes)

For comparison with earlier revisions:

git.py          what git answers                                        (the only place that starts git)
head.py         whether there is more history than at the last build, and it as plain data
history.py      when each entry was first published and last changed
revisions.py    the content as it was
changes.py      what an entry said and says no longer
compare.py      what changed and has no correction: problems
"""
