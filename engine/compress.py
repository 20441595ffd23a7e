"""Files as a host may send them: compressed once, when the site is made, instead of for each visitor. The door to Brotli."""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Iterator
from pathlib import PurePosixPath

_KINDS = {".html", ".css", ".js", ".json", ".jsonld", ".xml", ".svg", ".csv", ".txt", ".ics", ".vcf"}
_SMALLEST = 512  # bytes; below that a host's answer fits one packet anyway
_LEVEL = 9  # of gzip (RFC 1952)
_QUALITY = 10  # of Brotli (RFC 7932): 11 saves 3 % more and takes 2.6 times as long


def has_brotli() -> bool:
    return importlib.util.find_spec("brotli") is not None


def compressed(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """`name`.gz and `name`.br with their bytes, which depend on the content alone; nothing for small files and those that are compressed already."""
    import brotli  # an optional package: see `has_brotli`

    if len(content) < _SMALLEST or PurePosixPath(name).suffix not in _KINDS:
        return
    yield f"{name}.gz", gzip.compress(content, _LEVEL, mtime=0)
    yield f"{name}.br", brotli.compress(content, quality=_QUALITY, mode=brotli.MODE_TEXT)
