"""The command line of the directory: `python build.py --help`. All of it lives in engine/."""

import gc
import os
import sys
from contextlib import suppress

gc.disable()  # while modules are loaded nothing is garbage

try:
    from engine.cli import main
except Exception as fault:  # a library or the right Python is missing, or the program is broken: say which, in an editor's words
    from engine import doctor

    main = doctor.instead_of(fault)
gc.freeze()
gc.enable()

if __name__ == "__main__":
    code = main()
    with suppress(BrokenPipeError):  # nobody listens any more
        sys.stdout.flush()
    os._exit(code)  # at once: to take apart all that was read and made would take a tenth of a build
