"""QR codes: the same as segno makes, and a program that knows nothing of ours reads them."""

from __future__ import annotations

import random
import re

import pytest
import segno

from engine import qr

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-/.:?=%_~"


def drawn(code) -> set[tuple[int, int]]:
    """The dark modules that a path draws, without its quiet zone."""
    dark, x, y = set(), 0, 0
    for command, numbers in re.findall(r"([Mm])([^Mm]*)", code.path):
        way, stroke = re.fullmatch(r"(-?\d+ -?\d+)(?:h(\d+)v1h-\2z)?", numbers).groups()
        dx, dy = map(int, way.split())
        x, y = (dx, dy) if command == "M" else (x + dx, y + dy)
        dark |= {(x - 4 + step, y - 4) for step in range(int(stroke or 0))}
    return dark


def made_by_segno(text: str) -> set[tuple[int, int]]:
    rows = segno.make(text.encode(), error="m", mask=2, mode="byte", micro=False, boost_error=False).matrix
    return {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}


def texts():
    choose = random.Random(20261122)
    for length in (1, 14, 15, 26, 27, 41, 42, 43, 62, 63, 84, 106, 107, 122, 123, 152, 153, 180, 181, 200):
        yield "a" + "".join(choose.choice(LETTERS) for _ in range(length - 1))
    yield from ("https://zl.example.com/equipment/eq-0001/", "https://zl.example.com/standards/gb-t-11170-2008/", "HTTPS://A.CN/", "https://例子.中国/甲/")


@pytest.mark.parametrize("text", list(texts()))
def test_sums_of_codes_are_the_codes_that_segno_makes(text):
    assert drawn(qr.code(text)) == made_by_segno(text)


def test_around_the_code_are_four_modules_of_white():
    made = qr.code("https://zl.example.com/")
    assert made.size == segno.make("https://zl.example.com/", error="m", micro=False).symbol_size(border=4)[0]


def test_no_text_has_no_code():
    assert qr.code(None) is None
