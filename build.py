"""The command line: `python build.py [build|check|serve|new|links]`.  `python build.py --help` tells the rest."""

import sys

from generator.commands.line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
