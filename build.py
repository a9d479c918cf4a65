"""The command line: `python build.py [build|check|serve|new|links]`.  `python build.py --help` tells the rest."""

import os
import sys

from generator.commands.line import main

if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # all is written and closed: to let go of each of a million objects would take longer than an edit
