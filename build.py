"""The command line of the directory: `python build.py --help`. All of it lives in engine/."""

import sys

try:
    from engine.cli import main
except (ImportError, SyntaxError):  # a library or the right Python is missing: say which, in an editor's words
    from engine.doctor import main

if __name__ == "__main__":
    sys.exit(main())
