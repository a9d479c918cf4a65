"""From views to the published folder.

May import from record/, incremental/ and pages/; data.py, headers.py and template_mistakes.py from reading/ too, for
what fields.py and the checks of addresses and of texts say, and pipeline.py and deferred.py from all that is above.

pipeline.py   a build, stage by stage: looking, reading, planning, making, publishing, remembering
options.py    what varies from build to build, and the folders that it names
report.py     what comes of it, and how long each stage took
errors.py     why a site cannot be published

planning.py   what read something that has changed -> what is to be made, and in which pieces of work
template_uses.py  what templates use: when that has changed, their pages are rendered again
making.py     outputs -> files, each by itself and in any order
render.py     views -> HTML                        (the only place that imports jinja2)
template_mistakes.py  what is wrong with a template, and where
data.py       the chronology as JSON, CSV, GeoJSON, CSL-JSON, BibTeX; JSON Schemas
feeds.py      Atom, JSON Feed, iCalendar, sitemap, robots.txt, web manifest
headers.py    what hosts send with the files: policy, caching
policy.py     what a page may load, and from where
assets.py     static/ -> files whose names carry their content's hash
service_worker.py  what readers' devices keep

extras.py     what is made beside the pages, as outputs among the others:
search.py     records -> the search index, from the cache where it has it
pagefind_program.py  the program that makes it     (the only place that imports pagefind)
cards.py      words -> pictures of shared pages    (the only place that imports PIL)
deferred.py   both of these made after a build that has left them, by a process of its own

publish.py    files -> the published folder, all or nothing     (writes)
manifest.py   the list of files with their SHA-256, as it is written and read
stamps.py     whether that folder is as it was left
exchange.py   one folder in the place of another, in one step   (writes)
lock.py       one build at a time publishes to a folder         (writes)
"""
