"""From the Site to one view for each page: all that its template may know.  May import from record/; reads no file.

Only contribute.py imports from reading/ too: what its form asks for, and refuses, is what the fields say.

What several kinds of page need:

page.py          what a page is: address, template, title, view
citations.py     numbering a page's citations, and the list of sources they lead to
statements.py    the sentences of a text, each with what it rests on
bibliography.py  sources and entries as reference managers read them
parts.py         an entry in a list, rival claims, figures, names
ways.py          ways in, with the number of entries
truces.py        agreements in time: in force, suspended, for how long
axis.py          ceasefires on one axis
mistakes.py      where a reader tells of a mistake
share.py         what a page offers to those who pass it on
holding.py       which figures hold on a day
charts.py        step charts of figures
overview.py      every day at a glance
maps.py          places on a map
unspaced.py      words of scripts without spaces, made findable
findable.py      what the search knows of the site
card_texts.py    what is written on the pictures of shared pages

Then a module for each kind of page, which says what is to be made (`outputs`) and how (`KINDS`), and everything.py,
which has them all in order.
"""
