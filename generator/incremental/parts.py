"""The parts of the cache: what each is called, what it has, and who writes it.

The large dicts beside them, each a Table of the cache with parts of its own:

    files, notes                                 reading/parsed.py         of each file of the content
    outputs, derivations, values, queries,
    nodes, readers                               incremental/ledger.py     who read what, and what that gave
    sums, stamps, `folders of one`,
    `folders of the other`                       publishing/publish.py     of each file and folder that is published
"""

# --- reading/: library.py and parsed.py ------------------------------------------------------------------------------

NOTE_CONTEXT = "note context"
"""A digest of all that notes are made of beside the files themselves."""
GAZETTEER = "gazetteer"
"""A digest of the lists that the gazetteer is made of, one of itself, and it, pickled."""
IMAGES = "images"
"""The pictures, each as it was seen."""
SHELVES = "shelves"
"""Whether drafts are shown; the file of each record but entries, by shelf and id; the names of the pictures."""
COUNTS = "counts"
"""How many errors there are, and how many warnings."""
TOGETHER = "together"
"""The files that were looked at together, and what is wrong with them, pickled, by file."""
FAULTY = "faulty"
"""The files that have problems of their own."""
TOLD = "told"
"""What was told of those of them that a build told of, by the keys of their blobs, pickled."""
UNCITED = "uncited"
"""How many sentences carry no citation, by entry, of those that have any."""

# --- incremental/recall.py -------------------------------------------------------------------------------------------

ORDER = "order"
"""Whether drafts are shown, the order of entries, and the names of the parts of the next two kinds."""


def outlines(slug: str) -> str:
    """The part that has an entry's outline: most slugs begin with the day, so it is one of its year."""
    return f"outlines {slug[:4]}"


def answer(key: tuple[str, ...]) -> str:
    """The part that has what a query about the whole gave."""
    return f"answer {' '.join(key)}"


# --- publishing/: pipeline.py and publish.py -------------------------------------------------------------------------

TEMPLATES, STATIC = "templates", "static"
"""Snapshots of these two folders."""
HISTORY = "history"
"""The commit that was looked at, and of each entry's file when it was published and changed."""
BUILT = "built"
"""What a build with nothing to do says, and a digest of all that decides how the site is made; None to have another."""
PLANNED_FOR = "planned for"
"""What the ledger holds good for, digests of what all pages have and of what each template has; and its first nodes."""
DEFERRED = "deferred"
"""The outputs that were left to a later build."""
SPARE = "spare"
"""Which of the two tables of folders is of the published site, and the files in which the spare differs from it."""
