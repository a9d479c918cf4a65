"""What makes a build quick: what earlier builds found out, and the work of this one spread over the cores.

May import from record/.

snapshot.py  files as they were last seen: what has changed since
ledger.py    what each page read, and which pages that leaves to be made
recall.py    the order of entries and what was asked of the whole, while that stays as it was
cache.py     what earlier builds found out, kept in one file     (reads, writes)
parts.py     what the parts of that are called, and what each has
table.py     a large dict in the cache, of which an edit reads and writes a piece
folders.py   the folders of the cache: one for each published folder      (reads, writes)
made_by.py   our code and the libraries: what they made is not used by others     (reads)
jobs.py      work in several processes
"""
