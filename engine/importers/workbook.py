"""Records' sheets as a workbook of Excel. The door to openpyxl, used in its streaming mode only: a library may have 20,000 rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

letter = get_column_letter
_MAX_ROW = 1_048_576
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Heading(NamedTuple):
    """The head of a column: its words, a note for who points at it, how wide; `listed` names the cells that may be chosen from."""

    text: str
    note: str = ""
    width: int = 16
    look: str = ""  # "required", "private" or "machine"
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written: every cell a text."""

    name: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[str]]
    frozen: str = "B2"


_FILLS = {"": "DCE9F7", "required": "FCE4D6", "private": "E4E4E4", "machine": "F5F5F5"}


def write(path: Path, pages: Sequence[Page]) -> None:
    book = openpyxl.Workbook(write_only=True)
    text_style = NamedStyle("录入", number_format="@", alignment=Alignment(vertical="top", wrap_text=False))
    book.add_named_style(text_style)
    looks = {name: NamedStyle(f"表头{number}", number_format="@", font=Font(bold=name != "machine"), fill=PatternFill("solid", start_color=color), alignment=Alignment(vertical="center", wrap_text=True)) for number, (name, color) in enumerate(_FILLS.items())}
    for look in looks.values():
        book.add_named_style(look)
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.freeze_panes = page.frozen
        for number, heading in enumerate(page.headings, 1):
            column = sheet.column_dimensions[letter(number)]
            column.width, column.number_format = heading.width, "@"
            if heading.look == "machine":
                column.hidden = True
            if heading.listed:
                rule = DataValidation("list", formula1=heading.listed, allow_blank=True, showErrorMessage=False, showInputMessage=False)
                rule.add(f"{letter(number)}2:{letter(number)}{_MAX_ROW}")
                sheet.data_validations.append(rule)
        sheet.append([_headed(sheet, heading, looks[heading.look].name) for heading in page.headings])
        cell = _text(sheet, "", text_style.name)
        for row in page.rows:
            sheet.append(_filled(cell, row))
        if page.headings:
            sheet.auto_filter.ref = f"A1:{letter(len(page.headings))}1"
    book.save(path)


def _filled(cell: WriteOnlyCell, row: Sequence[str]) -> Iterator[WriteOnlyCell | None]:
    """The cells of a row: each time the same one, since the stream writes it down at once and styling a new one takes most of the time."""
    for text in row:
        if text:
            cell.value = _written(text)
            cell.data_type = "s"
        yield cell if text else None


def _headed(sheet, heading: Heading, style: str) -> WriteOnlyCell:
    cell = _text(sheet, heading.text, style)
    if heading.note:
        cell.comment = Comment(heading.note, "build.py", width=320, height=40 + 18 * (heading.note.count("\n") + len(heading.note) // 24))
    return cell


def _written(text: str) -> str:
    return _LIKE_ESCAPE.sub("_x005F_", text)


def _text(sheet, text: str, style: str) -> WriteOnlyCell:
    """A cell that is a text whatever it begins with: `=1+1` must not become a formula."""
    cell = WriteOnlyCell(sheet, _written(text))
    cell.data_type = "s"
    cell.style = style
    return cell
