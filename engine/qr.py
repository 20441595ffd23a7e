"""QR codes as one path of an SVG. The door to segno.

Thousands of pages have one. A code is linear over GF(2) as long as version, level and mask stay: a changed bit of the text always turns the same
modules. So segno makes one code for each length and one for each bit that occurs, and every other code is their sum.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import SimpleNamespace

_QUIET = 4  # modules of white around the code (ISO/IEC 18004)
_LEVEL, _MASK = "m", 2  # any of the eight masks can be read; to try them all takes five times as long
_BYTES = (14, 26, 42, 62, 84, 106, 122, 152, 180)  # what versions 1 to 9 hold at level M (ISO/IEC 18004, table 7)
_RUN = re.compile("1+0*|\n0*")
_PLAIN = ord("a")
_LAST = 6  # octets


def code(text: str | None) -> SimpleNamespace | None:
    """The dark modules as horizontal strokes in a square of `size` modules, and the text itself for those who cannot scan; None for no text."""
    if not text:
        return None
    size, modules = _modules(text.encode())
    rows = "".join([f"\n{modules[start : start + size]}" for start in range(0, size * size, size)])
    path = "".join(map(_strokes(size).__getitem__, _RUN.findall(rows)))
    return SimpleNamespace(text=text, size=size + 2 * _QUIET, path=f"M{size + _QUIET} {_QUIET - 1}{path}")


class _Strokes(dict):
    """What draws a run in a code of a size: dark modules and the light ones behind them, or the way to a new row and over its first light ones."""

    def __init__(self, size: int):
        self.size = size

    def __missing__(self, run: str) -> str:
        dark = run.count("1")
        self[run] = f"h{dark}v1h-{dark}zm{len(run)} 0" if dark else f"m{len(run) - 1 - self.size} 1"
        return self[run]


@lru_cache(maxsize=None)
def _strokes(size: int) -> _Strokes:
    return _Strokes(size)


def _modules(text: bytes) -> tuple[int, str]:
    """The size of the code and its modules, row by row, as 0 and 1."""
    version = next((number for number, room in enumerate(_BYTES, 1) if len(text) <= room), None)
    if version is None:
        size, modules = _made(text)
        return size, format(modules, f"0{size * size}b")
    size, modules = _begun(text[:-_LAST], len(text))
    for place, octet in enumerate(text[-_LAST:], max(len(text) - _LAST, 0)):
        modules ^= _octet(version, place, octet)
    return size, format(modules, f"0{size * size}b")


@lru_cache(maxsize=10_000)
def _begun(start: bytes, length: int) -> tuple[int, int]:
    """The code of a text of a length that begins so: addresses mostly differ in their last octets."""
    version = next(number for number, room in enumerate(_BYTES, 1) if length <= room)
    size, modules = _plain(length)
    for place, octet in enumerate(start):
        modules ^= _octet(version, place, octet)
    return size, modules


@lru_cache(maxsize=None)
def _octet(version: int, place: int, octet: int) -> int:
    """The modules that an octet at a place turns."""
    turned = 0
    for bit in range(8):
        if (octet ^ _PLAIN) >> bit & 1:
            turned ^= _turned(version, place, bit)
    return turned


@lru_cache(maxsize=None)
def _plain(length: int) -> tuple[int, int]:
    return _made(bytes([_PLAIN]) * length)


@lru_cache(maxsize=None)
def _turned(version: int, place: int, bit: int) -> int:
    """The modules that one bit of the octet at a place turns in codes of a version."""
    room = _BYTES[version - 1]
    octets = bytearray([_PLAIN]) * room
    octets[place] ^= 1 << bit
    return _made(bytes(octets))[1] ^ _plain(room)[1]


def _made(text: bytes) -> tuple[int, int]:
    import segno  # brings a tenth of all imports with it

    rows = segno.make(text, error=_LEVEL, mask=_MASK, mode="byte", micro=False, boost_error=False).matrix
    return len(rows), int("".join("1" if module else "0" for row in rows for module in row), 2)
