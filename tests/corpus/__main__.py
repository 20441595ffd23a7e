"""Make the corpus: `python -m tests.corpus OUT [--scale N]`.

The schemas, vocabularies and settings (names that begin with `_`), and the collections that are written by hand, are copied from
`content/`, so that OUT can be built as it is.
"""

import argparse
import importlib
import random
import shutil
from pathlib import Path

from .writing import write_record, write_records

CONTENT = Path(__file__).parents[2] / "content"
HALVES = ("technical", "people")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder to write to; files of the same name are replaced")
    parser.add_argument("--scale", type=int, default=1, help="how many times the size of the committed content")
    parser.add_argument("--half", choices=HALVES, action="append", help="only this half")
    options = parser.parse_args()
    copy_frame(CONTENT, options.out)
    made = set()
    for half in options.half or HALVES:
        make = importlib.import_module(f"{__package__}.{half}").make
        for collection, name, content, body in make(random.Random(half), options.scale):
            write_file(options.out / collection, name, content, body)
            made.add(collection)
    if options.half is None:
        copy_others(CONTENT, options.out, made)


def copy_others(content, out, made):
    """Copy the collections that no half makes."""
    for folder in sorted(content.iterdir()):
        if folder.is_dir() and folder.name not in made and content.resolve() != out.resolve():
            shutil.copytree(folder, out / folder.name, dirs_exist_ok=True)


def copy_frame(content, out):
    """Copy what is about content, not content: every file that begins with `_` or lies in such a folder."""
    if content.resolve() == out.resolve():
        return
    for path in sorted(content.rglob("*")):
        place = path.relative_to(content)
        if path.is_file() and any(part.startswith("_") for part in place.parts):
            (out / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, out / place)


def write_file(folder, name, content, body):
    if isinstance(content, list):
        write_records(folder, name, content)
    else:
        write_record(folder, name, content, body)


if __name__ == "__main__":
    main()
