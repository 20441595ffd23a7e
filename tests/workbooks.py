"""Workbooks as editors make them: exported ones with cells changed in Excel's way, and the same in other formats."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from engine.importers import apply, export, preview
from engine.load import load
from engine.pipeline import Order
from tests import sites


def order(content: Path) -> Order:
    return Order(content, content, content.parent / "site", sites.TODAY)


def exported(content: Path, *collections: str) -> Path:
    """The workbook of some collections (all when none is named)."""
    loaded = load(content)
    path = content.parent / "exported.xlsx"
    export.write(loaded, collections or list(loaded.collections), path)
    return path


def cell(sheet, id: str, heading: str, row: int = 0):
    """A cell by the id in its first column and the words of its heading; of several rows of one id the one asked for."""
    column = [one.value for one in sheet[1]].index(heading) + 1
    rows = [number for number, one in enumerate(sheet["A"], 1) if one.value == id]
    return sheet.cell(rows[row] if rows else sheet.max_row + 1, column)


def edited(path: Path, changes: Mapping[tuple, object]) -> Path:
    """The workbook with cells changed: (sheet, id, heading[, row]) → value, as Excel would save it."""
    book = openpyxl.load_workbook(path)
    for (sheet, id, *where), value in changes.items():
        changed = cell(book[sheet], id, *where)
        changed.value = value
        if isinstance(value, str):
            changed.data_type = "s"  # what is typed into a cell of the format “text” is one, also `=1+1`
        elif isinstance(value, (date, datetime)):
            changed.number_format = "yyyy-mm-dd"
    made = path.with_name("edited.xlsx")
    book.save(made)
    return made


def proposed(content: Path, path: Path, into: str | None = None, is_deleting: bool = False) -> preview.Proposal:
    return preview.propose(order(content), path, into, is_deleting)


def told(content: Path, path: Path, into: str | None = None, is_deleting: bool = False) -> str:
    """The preview as an editor reads it."""
    return preview.as_text(proposed(content, path, into, is_deleting), is_deleting)


def imported(content: Path, path: Path, is_deleting: bool = False) -> preview.Proposal:
    """The import done."""
    proposal = proposed(content, path, None, is_deleting)
    assert not [problem for problem in proposal.problems if problem.severity == "error"], proposal.problems
    apply.write(content.parent, proposal.texts)
    return proposal


def texts(content: Path) -> dict[str, str]:
    return {path.relative_to(content).as_posix(): path.read_text("utf-8") for path in sorted(content.rglob("*")) if path.is_file() and path.suffix in (".md", ".yaml")}


def rows_of(path: Path) -> dict[str, list[list]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def as_csv(path: Path, sheet: str, into: Path, encoding: str = "utf-8-sig", sign: str = ",") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows([["" if one is None else one for one in row] for row in rows_of(path)[sheet]])
    into.write_bytes(out.getvalue().encode(encoding))
    return into


def as_xls(path: Path, into: Path) -> Path:
    import xlwt

    book = xlwt.Workbook()
    for name, rows in rows_of(path).items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
    book.save(str(into))
    return into


def as_ods(path: Path, into: Path) -> Path:
    """An OpenDocument table as LibreOffice writes one: paragraphs, repeated cells and spaces."""
    spaces = {f"xmlns:{name}": f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")}
    parts = ["<office:document-content " + " ".join(f'{name}="{value}"' for name, value in spaces.items()) + "><office:body><office:spreadsheet>"]
    for name, rows in rows_of(path).items():
        parts.append(f'<table:table table:name="{escape(name)}">')
        for row in rows:
            cells = "".join(_ods_cell(value) for value in row)
            parts.append(f'<table:table-row>{cells}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>')
        parts.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>')
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "".join(parts))
    return into


def _ods_cell(value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    paragraphs = "".join("<text:p>" + escape(line).replace("  ", ' <text:s text:c="1"/>') + "</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
