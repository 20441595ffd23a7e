"""Workbooks that are damaged, hostile or endless are read or refused in words: never a traceback, never without end. `FUZZ_SECONDS=600 FUZZ_SEED=7` looks longer."""

from __future__ import annotations

import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from engine.importers import sheets
from engine.importers.cells import Unreadable
from engine.importers.compare import compare
from engine.importers.layout import words_of
from engine.load import load
from tests import sites, workbooks

SECONDS = float(os.environ.get("FUZZ_SECONDS", "20")) / 5
SEED = int(os.environ.get("FUZZ_SEED", "20261122"))
ODD = [b"-1", b"99999999999", b"x", b"", b"1e999", b"nan", "中".encode(), b"2026-13-45", b"P1D", b"<", b"&", b"<v>", b"</c>", b"\0", b"<rPh>"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    return load(sites.write(tmp_path_factory.mktemp("damaged") / "content", sites.SMALL))


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("good")
    book = workbooks.exported(sites.write(folder / "content", sites.SMALL))
    return {"xlsx": book, "ods": workbooks.as_ods(book, folder / "a.ods"), "xls": workbooks.as_xls(book, folder / "a.xls"), "csv": workbooks.as_csv(book, "机构库", folder / "a.csv")}


def outcome(loaded, path: Path) -> str:
    """What an editor is told of the file, in one line."""
    try:
        found = compare(loaded, sheets._read(path), words_of(loaded))
    except Unreadable as fault:
        return fault.args[0]
    return f"{found.sheets} sheets, {len(found.problems)} problems"


def test_damaged_workbooks_are_read_or_refused(loaded, good, tmp_path):
    dice, tried, until = random.Random(SEED), 0, time.monotonic() + SECONDS
    while time.monotonic() < until or tried < 40:
        kind = dice.choice([*good])
        path = tmp_path / f"damaged.{kind}"
        if kind in ("xlsx", "ods") and dice.random() < 0.8:
            _zip(path, _with_a_damaged_part(good[kind], dice))
        else:
            path.write_bytes(_damaged(good[kind].read_bytes(), dice))
        assert outcome(loaded, path), path
        tried += 1
    print(f"{tried} workbooks")


def _with_a_damaged_part(path: Path, dice: random.Random) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    parts[name] = _damaged(parts[name], dice)
    if dice.random() < 0.05:
        del parts[dice.choice([*parts])]
    return parts


def _damaged(raw: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 4)):
        at, what = dice.randrange(len(raw) + 1), dice.random()
        begin, end = raw.find(b'"', at), raw.find(b'"', raw.find(b'"', at) + 1)
        if what < 0.4:
            raw = raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]
        elif what < 0.6:
            raw = raw[:at] + raw[at + dice.randint(1, 40) :]
        elif what < 0.7 or not 0 <= begin < end:
            raw = raw[:at] + dice.choice(ODD) + raw[at:]
        else:
            raw = raw[: begin + 1] + dice.choice(ODD) + raw[end:]
    return raw


def _zip(path: Path, parts: dict[str, bytes | str], how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
ROW = '<table:table-row {}><table:table-cell office:value-type="string"><text:p>编号</text:p></table:table-cell></table:table-row>'


def ods(row: str, name: str = 'table:name="机构库"') -> dict[str, str]:
    return {"content.xml": f"<office:document-content {SPACES}><office:body><office:spreadsheet><table:table {name}>{row}</table:table></office:spreadsheet></office:body></office:document-content>"}


FOUND = {
    "rows without number": ("ods", ods(ROW.format('table:number-rows-repeated="nan"')), "文件已经损坏或有密码，打不开"),
    "a thousand million rows in 500 bytes": ("ods", ods(ROW.format('table:number-rows-repeated="1000000000"')), "工作表“机构库”的行数超过 1048576"),
    "a table without a name": ("ods", ods(ROW.format(""), ""), "0 sheets, 1 problems"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_is_told(loaded, tmp_path, name):
    kind, parts, told = FOUND[name]
    assert outcome(loaded, _zip(tmp_path / f"a.{kind}", parts)) == told


@pytest.mark.parametrize("length", [8, 100, 600, 1500, 5000])
def test_half_of_an_old_workbook_is_told(loaded, good, tmp_path, length):
    path = tmp_path / "half.xls"
    path.write_bytes(good["xls"].read_bytes()[:length])
    assert outcome(loaded, path) == "文件已经损坏，打不开"


def test_a_workbook_that_takes_too_long_is_ended(good, tmp_path, monkeypatch, within):
    with zipfile.ZipFile(good["xlsx"]) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if "worksheets/" in name and name.endswith(".xml"))
    parts[name] = b"<worksheet><sheetData>" + (b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 40_000 + b"</sheetData></worksheet>"  # 60 MB, packed 200 kB
    monkeypatch.setattr(sheets, "SECONDS", 0.3)
    with within(10), pytest.raises(Unreadable, match="秒内读不完"):
        sheets.read(_zip(tmp_path / "endless.xlsx", parts, zipfile.ZIP_DEFLATED))


def test_what_a_reader_mutters_reaches_nobody(good, tmp_path, capfd):
    path = tmp_path / "odd.xls"
    path.write_bytes(good["xls"].read_bytes() + b"x")
    sheets.read(path)
    assert capfd.readouterr() == ("", "")
