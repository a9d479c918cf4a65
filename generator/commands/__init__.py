"""What `build.py` can be told to do.

common.py    what all commands share
line.py      the command line: arguments, and which command they ask for
tell.py      how problems and work are told
today.py     what day it is
progress.py  how far the work has come, on a terminal
asking.py    questions to whoever sits at a terminal
new_source.py  the sources of a new entry: what its page says
schemas.py   what editors read; not of build.py but a command of its own
build.py, check.py, serve.py, new.py, links.py    a command each, imported when asked for

preview.py         the site as a preview shows it, and what is wrong with it
preview_server.py  its web server                     (the only place that imports livereload and tornado)
apart.py           a command in a process of its own, which may be ended
watch.py           folders watched for changes
"""
