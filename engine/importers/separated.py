"""CSV: UTF-8 with or without a mark, UTF-16 or GBK; divided by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from engine.importers.cells import Sheet, Unreadable
from engine.exports.tables import guarded


def read(path: Path) -> list[Sheet]:
    text = _decoded(path.read_bytes())
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    try:
        rows = [[_unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)]
    except csv.Error:
        raise Unreadable("引号没有成对，读不成表格", "在 Excel 里打开，再另存为“CSV UTF-8”") from None
    return [Sheet(path.stem, rows)]


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("这个文件不是表格，也不是文本", "可以导入 .xlsx、.xls、.ods 和 .csv")


def _unguarded(cell: str) -> str:
    """The apostrophe that our own exports put before what a spreadsheet would take for a formula."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell
