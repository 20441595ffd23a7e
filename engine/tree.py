"""The tree that is being made: a file that is as it was in the tree before is linked to it, all others are written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol


class Written(NamedTuple):
    """A file of a tree: the digest of its bytes, and the stamp by which it is known again: bytes, nanoseconds of the last change, inode."""

    digest: bytes
    stamp: tuple[int, int, int]


class Remembered(Protocol):
    @property
    def file(self) -> Written: ...


class Tree(NamedTuple):
    """Where files go, the tree before, and what is known of its files: nothing, where there is none."""

    stage: Path
    before: Path = Path()
    known: Mapping[str, Remembered] = MappingProxyType({})

    def put(self, name: str, content: bytes) -> Written:
        """The file with these bytes. Raises OSError when it is there already or cannot be written."""
        digest = blake2b(content, digest_size=16).digest()
        known = self.known.get(name)
        if known is not None and known.file.digest == digest and self.keep(name):
            return known.file
        file = _made(f"{self.stage}/{name}", lambda path: os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
            return Written(digest, _stamp(os.fstat(file)))
        finally:
            os.close(file)

    def has(self, name: str) -> bool:
        """Whether the file of the tree before is still the one that was written."""
        known = self.known.get(name)
        try:
            return known is not None and _stamp(os.lstat(f"{self.before}/{name}")) == known.file.stamp
        except OSError:
            return False

    def keep(self, name: str) -> bool:
        """Whether that file now is in this tree as well."""
        try:
            if self.has(name):
                _made(f"{self.stage}/{name}", lambda path: os.link(f"{self.before}/{name}", path))
                return True
        except OSError:  # this file system has no links
            pass
        return False


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _made(path: str, make):
    """What `make(path)` gives; its folder is made when it is missing."""
    try:
        return make(path)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return make(path)
