"""From views to the published folder.

May import from record/, incremental/ and pages/; data.py, headers.py and template_mistakes.py from reading/ too, for
what fields.py and the checks of addresses and of texts say, and pipeline.py from all that is above.

assets.py     static/ -> files whose names carry their content's hash
render.py     views -> HTML                        (the only place that imports jinja2)
template_mistakes.py  what is wrong with a template, and where
template_uses.py  what templates use: when that is another, their pages are rendered again
feeds.py      Atom, JSON Feed, iCalendar, sitemap, robots.txt, web manifest
policy.py     what a page may load, and from where
headers.py    what hosts send with the files: policy, caching
worker.py     the service worker: what readers' devices keep
data.py       the chronology as JSON, CSV, GeoJSON, CSL-JSON, BibTeX; JSON Schemas
search.py     records -> the search index, from the cache where it has it
pagefind_program.py  the program that makes it     (the only place that imports pagefind)
cards.py      words -> pictures of shared pages    (the only place that imports PIL)
extras.py     both of these, as outputs among the others
planning.py   what read something that has changed -> what is to be made, and in which pieces of work
making.py     outputs -> files, each by itself and in any order
manifest.py   the list of files with their SHA-256, as it is written and read
publish.py    files -> the published folder, all or nothing     (writes)
stamps.py     whether that is as it was left
exchange.py   one folder in the place of another, by one build at a time     (writes)
pipeline.py   looking, reading, planning, making, publishing, remembering: a build, each only for what has changed
"""
