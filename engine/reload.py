"""The content again after some files of records were saved: only those are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from pathlib import Path

from engine.fields import Terms
from engine.ids import doubled_ids
from engine.load import DECLARATION, Loaded, Memory, located, read_again
from engine.model import Record

_DOUBLED = "id-duplicate"


def reloaded(before: Loaded, root: Path, paths: Collection[Path], memory: Memory) -> Loaded | None:
    """What `load` would find now that these files were written, made or removed; None when it has to be asked, since others than files of records are among them."""
    paths = {path for path in paths if not _is_unread(path, root)}
    if not before.is_declared or not all(_is_of_records(path, root, before.collections) for path in paths):
        return None
    if not paths:
        return before
    base, terms = root.parent, Terms(before.vocabularies)
    records, problems = before.records, before.problems
    for path in sorted(paths):
        name, collection = path.relative_to(base).as_posix(), before.collections[path.parent.name]
        memory.files.pop(name, None)
        read, found = [], []
        if path.exists():
            memory.files[name] = _, _, read, found = read_again(path, collection, terms, base)
        start, end = _place(records, name, before)
        kept = {repr(record): record for record in records[start:end]}  # who says the same stays the same object; equal numbers may have other digits
        records = [*records[:start], *(kept.get(repr(record), record) for record in read), *records[end:]]
        problems = [*(problem for problem in problems if problem.path != name), *located(found, base)]
    if any(problem.code == _DOUBLED for problem in before.problems) or [record.key for record in records] != [record.key for record in before.records]:
        problems = [*(problem for problem in problems if problem.code != _DOUBLED), *located(doubled_ids(records, base), base)]
    return before._replace(records=records, problems=sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.column, problem.code, problem.message)))


def _is_unread(path: Path, root: Path) -> bool:
    """A file in the folder of a library that `load` passes over, such as those that programs make while one writes."""
    return path.parent.parent == root and path.name.startswith(("_", ".")) and path.name != DECLARATION and not path.parent.name.startswith("_")


def _is_of_records(path: Path, root: Path, collections: Mapping[str, object]) -> bool:
    return path.parent.parent == root and path.parent.name in collections and path.suffix in (".yaml", ".md") and path.name != DECLARATION and not path.is_symlink() and not path.is_dir()


def _place(records: list[Record], name: str, loaded: Loaded) -> tuple[int, int]:
    """Where the records of a file lie, or would: libraries by their order, in each of them files by name."""
    rank = {id: number for number, id in enumerate(loaded.collections)}

    def place(record: Record) -> tuple[int, str]:
        return rank[record.key.collection], record.path

    here = (rank[name.split("/")[-2]], name)
    return bisect_left(records, here, key=place), bisect_left(records, (here[0], f"{name}\0"), key=place)
