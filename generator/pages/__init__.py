"""From the Site to one view for each page: all that its template may know.  May import from record/; reads no file.

page.py       what a page is: address, template, title, view
citations.py  numbering a page's citations, and the list of sources they lead to
parts.py      what several pages show: an entry in a list, rival claims, figures, names
truces.py     agreements in time: in force, suspended, for how long
overview.py   every day at a glance
…             then a module for each kind of page
everything.py all of them, in order
"""
