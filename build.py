"""The command line of the directory: `python build.py --help`. All of it lives in engine/."""

import sys

from engine.cli import main

if __name__ == "__main__":
    sys.exit(main())
