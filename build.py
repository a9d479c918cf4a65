"""The command line: `python build.py [build|check|serve|new|links]`.  `python build.py --help` tells the rest."""

import gc

gc.disable()  # from the first import on: a command soon ends, and what it made goes with it; a preview asks for it

import os  # noqa: E402
import sys  # noqa: E402

if __name__ == "__main__":
    try:
        from generator.commands.line import main

        status = main(sys.argv[1:])
    except KeyboardInterrupt:  # while it was still starting; later it says so itself
        os._exit(130)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # all is written and closed: to let go of each of a million objects would take longer than an edit
