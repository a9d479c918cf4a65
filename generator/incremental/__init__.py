"""What makes a build quick: what earlier builds found out, and the work of this one spread over the cores.

May import from record/.

jobs.py      work in several processes
cache.py     what earlier builds found out, kept in one file     (reads, writes)
folders.py   the folders of the cache: one for each published folder      (reads, writes)
snapshot.py  files as they were last seen: what has changed since
table.py     a large dict in the cache, of which an edit reads and writes a piece
ledger.py    what each page read, and which pages that leaves to be made
recall.py    the order of entries and what was asked of the whole, while that stays as it was
"""
