"""What `build.py` can be told to do.

line.py    the command line: arguments, and the exit status
tell.py    how problems are told
build.py, check.py, serve.py, new.py    a command each, imported when asked for
"""
