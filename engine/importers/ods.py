"""OpenDocument tables (LibreOffice, WPS): a zip of XML, read with the standard library."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

from engine.importers.cells import Cell, Fault, Formula, Percent, Sheet, Unreadable

_OFFICE, _TABLE, _TEXT, _STYLE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "table", "text", "style"))
_MAX_ROWS = 1_048_576
_MAX_REPEATED = 1000  # the program fills a sheet to its end with one repeated empty cell


def read(path: Path) -> list[Sheet]:
    try:
        with zipfile.ZipFile(path) as archive:
            raw = archive.read("content.xml")
        if b"<!DOCTYPE" in raw[:1000] or b"<!ENTITY" in raw:
            raise Unreadable("文件里有不该有的实体声明，不敢打开", "在 LibreOffice 里打开，再另存一份")
        root = ElementTree.fromstring(raw)
        hidden = {style.get(f"{_STYLE}name") for style in root.iter(f"{_STYLE}style") if any(part.get(_TABLE + "display") == "false" for part in style)}
        return [_sheet(table, hidden) for table in root.iter(_TABLE + "table")]
    except (zipfile.BadZipFile, zipfile.zlib.error, KeyError, ValueError, TypeError, OverflowError, RuntimeError, EOFError, OSError, ElementTree.ParseError):
        raise Unreadable("文件已经损坏或有密码，打不开", "在 LibreOffice 或 WPS 里打开，去掉密码，再另存一份") from None


def _sheet(table, hidden: set) -> Sheet:
    rows: list[list[Cell]] = []
    hidden_rows, merged = [], []
    for row in table.iter(_TABLE + "table-row"):
        cells: list[Cell] = []
        for cell in row:
            if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                continue
            times = min(int(cell.get(_TABLE + "number-columns-repeated", "1")), _MAX_REPEATED)
            if int(cell.get(_TABLE + "number-columns-spanned", "1")) > 1 or int(cell.get(_TABLE + "number-rows-spanned", "1")) > 1:
                merged.append(f"第 {len(rows) + 1} 行第 {len(cells) + 1} 列")
            cells += [_cell(cell)] * times
        while cells and cells[-1] is None:
            cells.pop()
        times = int(row.get(_TABLE + "number-rows-repeated", "1"))
        if row.get(_TABLE + "visibility") in ("collapse", "filter"):
            hidden_rows += range(len(rows) + 1, len(rows) + 1 + min(times, _MAX_REPEATED))
        if cells and len(rows) + times > _MAX_ROWS:
            raise Unreadable(f"工作表“{table.get(_TABLE + 'name')}”的行数超过 {_MAX_ROWS}", "选中多出来的行，整行删去，再保存")
        rows += [list(cells) for _ in range(times if cells else min(times, _MAX_REPEATED))]
    while rows and not rows[-1]:
        rows.pop()
    columns, number = [], 0
    for column in table.iter(_TABLE + "table-column"):
        times = int(column.get(_TABLE + "number-columns-repeated", "1"))
        if column.get(_TABLE + "visibility") in ("collapse", "filter"):
            columns += range(number + 1, number + 1 + min(times, _MAX_REPEATED))
        number += times
    return Sheet(table.get(_TABLE + "name", ""), rows, table.get(_TABLE + "style-name") in hidden, tuple(hidden_rows), tuple(columns), tuple(merged))


def _cell(cell) -> Cell:
    if cell.get(_TABLE + "formula"):
        return Formula(cell.get(_TABLE + "formula").removeprefix("of:"))
    kind = cell.get(_OFFICE + "value-type")
    text = "\n".join(_text(paragraph) for paragraph in cell.findall(_TEXT + "p"))
    if kind is None or (kind == "string" and not text):
        return None
    if kind in ("float", "currency"):
        return float(cell.get(_OFFICE + "value"))
    if kind == "percentage":
        return Percent(float(cell.get(_OFFICE + "value")))
    if kind == "boolean":
        return cell.get(_OFFICE + "boolean-value") == "true"
    if kind == "date":
        said = cell.get(_OFFICE + "date-value")
        return datetime.fromisoformat(said[:19]) if "T" in said else date.fromisoformat(said)
    return Fault(text) if text.startswith("#") and text.endswith(("!", "/A", "?")) else text


def _text(node) -> str:
    """The characters of a paragraph; repeated spaces, tabs and line ends are elements of their own."""
    parts = [node.text or ""]
    for child in node:
        if child.tag == _TEXT + "s":
            parts.append(" " * int(child.get(_TEXT + "c", "1")))
        elif child.tag == _TEXT + "tab":
            parts.append("\t")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag != "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
