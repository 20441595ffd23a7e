"""Workbooks of Excel 97–2003. The door to xlrd."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

import xlrd

from engine.importers.cells import Cell, Fault, Percent, Sheet, Unreadable


def read(path: Path) -> list[Sheet]:
    """What formulas show is all that xlrd gives; the old format cannot tell them apart."""
    try:
        with open(os.devnull, "w") as nowhere:  # what xlrd mutters about a file is no message of ours
            book = xlrd.open_workbook(str(path), formatting_info=True, logfile=nowhere)
            return [_sheet(book, sheet) for sheet in book.sheets()]
    except Exception as fault:  # a damaged file makes xlrd fail in any way; that it does is the only thing to tell
        locked = "encrypted" in str(fault).lower()
        raise Unreadable("文件有密码，打不开" if locked else "文件已经损坏，打不开", "在 Excel 或 WPS 里打开，去掉密码，另存为 .xlsx") from None


def _sheet(book, sheet) -> Sheet:
    return Sheet(
        name=sheet.name,
        rows=[[_cell(book, sheet, row, column) for column in range(sheet.row_len(row))] for row in range(sheet.nrows)],
        is_hidden=sheet.visibility != 0,
        hidden_rows=tuple(number + 1 for number, how in sorted(sheet.rowinfo_map.items()) if how.hidden),
        hidden_columns=tuple(number + 1 for number, how in sorted(sheet.colinfo_map.items()) if how.hidden),
        merged=tuple(f"{xlrd.formula.cellname(top, left)}:{xlrd.formula.cellname(bottom - 1, right - 1)}" for top, bottom, left, right in sheet.merged_cells),
    )


def _cell(book, sheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Fault(xlrd.error_text_from_code.get(cell.value, "#?"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, book.datemode) if cell.value >= 1 else time()
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        format = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return Percent(cell.value) if format is not None and "%" in format.format_str else cell.value
    return cell.value
