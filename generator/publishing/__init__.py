"""From views to the published folder.  May import from record/ and pages/, and pipeline.py from all that is above.

assets.py     static/ -> files whose names carry their content's hash
render.py     views -> HTML                        (the only place that imports jinja2)
feeds.py      Atom, JSON Feed, iCalendar, sitemap, robots.txt, web manifest
headers.py    what hosts send with the files: policy, caching
worker.py     the service worker: what readers' devices keep
data.py       the chronology as JSON, CSV, GeoJSON, CSL-JSON, BibTeX; JSON Schemas
beside.py     work in a process of its own
search.py     records -> the search index          (the only place that imports pagefind)
cards.py      words -> pictures of shared pages    (the only place that imports PIL)
extras.py     both of these, begun before the rendering and waited for after it
publish.py    files -> the published folder, all or nothing     (writes)
pipeline.py   load -> validate -> views -> render -> publish, in that order, and nothing else
"""
