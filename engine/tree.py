"""The tree that is being made: a file that is as it was in the tree before is linked to it, all others are written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from engine.digests import digest

Placed = TypeVar("Placed")


class Written(NamedTuple):
    """A file of a tree: the digest of its bytes, and the stamp by which it is known again: bytes, nanoseconds of the last change, inode."""

    digest: bytes
    stamp: tuple[int, int, int]


class Remembered(Protocol):
    @property
    def file(self) -> Written: ...


Files = Mapping[str, Remembered]


class Tree(NamedTuple):
    """Where files go, the tree before, and what is known of its files: nothing, where there is none. A twin of the tree before may lie where files go."""

    stage: Path
    before: Path = Path()
    known: Files = MappingProxyType({})

    def put(self, name: str, content: bytes) -> Written:
        """The file with these bytes. Raises OSError when it cannot be written."""
        said = digest(content)
        known = self.known.get(name)
        if known is not None and known.file.digest == said and self.keep(name):
            return known.file
        file = _placed(f"{self.stage}/{name}", lambda path: os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
            return Written(said, _stamp(os.fstat(file)))
        finally:
            os.close(file)

    def keep(self, name: str) -> bool:
        """Whether the file of the tree before, still as it was written, now is in this tree as well."""
        here, there = f"{self.stage}/{name}", f"{self.before}/{name}"
        known = self.known.get(name)
        if known is None or stamp(here) == known.file.stamp:
            return known is not None
        try:
            if stamp(there) == known.file.stamp:
                _placed(here, lambda path: os.link(there, path))
                return True
        except OSError:  # this file system has no links
            pass
        return False


def sweep(twin: Path, files: Set[str]) -> None:
    """Leave nothing but these files in a twin: what has gone, and what somebody else put into a published site, must not come back with it."""
    folders = {folder for name in files for folder in _folders(name)}

    def within(folder: str) -> None:
        for entry in os.scandir(f"{twin}/{folder}"):
            name = folder + entry.name
            if not entry.is_dir(follow_symlinks=False):
                if name not in files:
                    os.unlink(entry.path)
            elif name in folders:
                within(f"{name}/")
            else:
                shutil.rmtree(entry.path)

    within("")


def _folders(name: str) -> Iterator[str]:
    while name := name.rpartition("/")[0]:
        yield name


def follow(twin: Path, tree: Path, known: Files, files: Files) -> None:
    """Remove from a twin of the tree before, of which something is known, what has gone from the tree that has come after it, and link into it what is new there.

    Raises OSError when a folder of the twin is none any more: the files would lie elsewhere.
    """
    fresh = [name for name, one in files.items() if name not in known or known[name].file != one.file]
    for folder in {folder for name in (*fresh, *(known.keys() - files.keys())) for folder in _folders(name)}:
        if os.path.islink(f"{twin}/{folder}"):
            raise NotADirectoryError(f"{twin}/{folder}")
    clear(twin, known, files)
    for name in fresh:
        _placed(f"{twin}/{name}", lambda path: os.link(f"{tree}/{name}", path))


def clear(folder: Path, known: Files, files: Files) -> None:
    """Remove what is no more among the files, and the folders that this leaves empty."""
    for name in known.keys() - files.keys():
        path = folder / name
        path.unlink(missing_ok=True)
        while (path := path.parent) != folder:
            try:
                path.rmdir()
            except OSError:  # it holds something else, or has gone with another file
                break


def stamp(path: str | Path) -> tuple[int, int, int] | None:
    """The stamp of a file; None when there is none."""
    try:
        return _stamp(os.lstat(path))
    except OSError:
        return None


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _placed(path: str, make: Callable[[str], Placed]) -> Placed:
    """What `make(path)` gives, in the place of whatever lay there; its folder is made when it is missing."""
    for _ in range(2):
        try:
            return make(path)
        except FileNotFoundError:
            _made(path.rpartition("/")[0])
        except FileExistsError:
            os.unlink(path)
    return make(path)


def _made(folder: str) -> None:
    try:
        os.mkdir(folder)
    except OSError:  # more than its last part is missing, or another process has made it
        os.makedirs(folder, exist_ok=True)
