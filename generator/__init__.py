"""A generator of source-linked chronologies: a folder of Markdown entries in, a static website out.

A build goes from reading/ by pages/ to publishing/ (publishing/pipeline.py has it stage by stage); what the others are
for stands beside them.  Each folder may import from those above it:

    record/       what is known: frozen types, dates, addresses, problems; the site, which tracks what it is asked
    incremental/  what earlier builds found out, and work spread over the cores
    reading/      files on disk -> records, or problems
    upkeep/       what maintainers do to content that is there
    pages/        records -> one view for each page
    publishing/   views -> files, feeds, data, and the published folder
    commands/     what `build.py` can be told to do
"""
