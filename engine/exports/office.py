"""Paper to be filled in, by hand or in an office program: DOCX and XLSX (ISO/IEC 29500) of the few parts that a form needs.

Stored and not compressed, without the moment of making: the same form is the same bytes on any machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTH = 9638  # twentieths of a point between the margins of an A4 sheet
_LABEL = 2600
_LINE = 480  # the height of one line to write on
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive knows
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
_FACE = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="黑体"/>'


class Line(NamedTuple):
    """A paragraph. `style` is Title, Heading, Note or Normal."""

    text: str
    style: str = "Normal"


class Box(NamedTuple):
    """A question with room for its answer; `given` stands there already (choices to tick)."""

    label: str
    given: str = ""
    lines: int = 1


class Boxes(NamedTuple):
    rows: tuple[Box, ...]


class Columns(NamedTuple):
    """An empty table: its heads, and how many rows there are to fill in."""

    heads: tuple[str, ...]
    rows: int = 8


Part = Line | Boxes | Columns


# ── DOCX ──────────────────────────────────────────────────────────────────────


def document(parts: Iterable[Part], language: str = "zh-CN") -> bytes:
    """An A4 document of these parts, one below the other."""
    body = "".join(_PARTS[type(part)](part) for part in parts)
    size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
    return _archive(
        {
            "[Content_Types].xml": _content_types({"/word/document.xml": "wordprocessingml.document.main", "/word/styles.xml": "wordprocessingml.styles"}),
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relations({"styles": "styles.xml"}),
            "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}<w:sectPr>{size}</w:sectPr></w:body></w:document>",
            "word/styles.xml": _styles(language),
        }
    )


def _line(part: Line) -> str:
    return _paragraph(part.text, part.style)


def _boxes(part: Boxes) -> str:
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_LINE * box.lines}" w:hRule="atLeast"/></w:trPr>'
        f'{_cell(_LABEL, box.label, "Label")}{_cell(_WIDTH - _LABEL, box.given)}</w:tr>'
        for box in part.rows
    )
    return _table((_LABEL, _WIDTH - _LABEL), rows)


def _columns(part: Columns) -> str:
    width = _WIDTH // len(part.heads)
    head = f'<w:tr><w:trPr><w:tblHeader/></w:trPr>{"".join(_cell(width, text, "Label") for text in part.heads)}</w:tr>'
    empty = f'<w:tr><w:trPr><w:trHeight w:val="{_LINE}" w:hRule="atLeast"/></w:trPr>{_cell(width, "") * len(part.heads)}</w:tr>'
    return _table((width,) * len(part.heads), head + empty * part.rows)


def _table(widths: tuple[int, ...], rows: str) -> str:
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="666666"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    settings = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f'<w:tbl><w:tblPr>{settings}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{_paragraph("", "Note")}'


def _cell(width: int, text: str, style: str = "Normal") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{_paragraph(text, style)}</w:tc>'


def _paragraph(text: str, style: str) -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.split("\n")) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{f"<w:r>{runs}</w:r>" if runs else ""}</w:p>'


def _styles(language: str) -> str:
    def style(name: str, paragraph: str, run: str, base: str = "Normal") -> str:
        below = f'<w:basedOn w:val="{base}"/>' if name != base else ""
        default = ' w:default="1"' if name == base else ""
        return f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{name}"/>{below}<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'

    every = f'<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:sz w:val="22"/><w:lang w:val="{language}" w:eastAsia="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    made = (
        style("Normal", '<w:spacing w:before="40" w:after="40" w:line="300" w:lineRule="auto"/>', ""),
        style("Title", '<w:spacing w:before="120" w:after="80"/><w:jc w:val="center"/>', f'{_FACE}<w:b/><w:sz w:val="36"/>'),
        style("Heading", '<w:keepNext/><w:spacing w:before="200" w:after="80"/>', f'{_FACE}<w:b/><w:sz w:val="24"/>'),
        style("Label", "", f'{_FACE}<w:sz w:val="21"/>'),
        style("Note", "", '<w:color w:val="555555"/><w:sz w:val="19"/>'),
    )
    return f"{_HEAD}<w:styles {_W}>{every}{''.join(made)}</w:styles>"


_PARTS = {Line: _line, Boxes: _boxes, Columns: _columns}


# ── XLSX ──────────────────────────────────────────────────────────────────────


def sheet(title: str, note: str, heads: tuple[str, ...], rows: int = 20) -> bytes:
    """A worksheet to fill in: title, note, heads, and so many framed rows."""
    last = chr(ord("A") + len(heads) - 1)
    lines = [
        f'<row r="1" ht="28" customHeight="1">{_inline("A1", title, 1)}</row>',
        f'<row r="2" ht="34" customHeight="1">{_inline("A2", note, 2)}</row>',
        f'<row r="3" ht="34" customHeight="1">{"".join(_inline(f"{chr(65 + n)}3", text, 3) for n, text in enumerate(heads))}</row>',
        *(f'<row r="{row}" ht="22" customHeight="1">{"".join(f"""<c r="{chr(65 + n)}{row}" s="4"/>""" for n in range(len(heads)))}</row>' for row in range(4, 4 + rows)),
    ]
    widths = "".join(f'<col min="{n}" max="{n}" width="{max(10, 3 * len(text) + 2)}" customWidth="1"/>' for n, text in enumerate(heads, 1))
    frozen = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    merged = f'<mergeCells count="2"><mergeCell ref="A1:{last}1"/><mergeCell ref="A2:{last}2"/></mergeCells>'
    paper = '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    main = f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>{frozen}<cols>{widths}</cols><sheetData>{"".join(lines)}</sheetData>{merged}{paper}'
    return _archive(
        {
            "[Content_Types].xml": _content_types(
                {"/xl/workbook.xml": "spreadsheetml.sheet.main", "/xl/worksheets/sheet1.xml": "spreadsheetml.worksheet", "/xl/styles.xml": "spreadsheetml.styles"}
            ),
            "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
            "xl/_rels/workbook.xml.rels": _relations({"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}),
            "xl/workbook.xml": f'{_HEAD}<workbook {_X} {_R}><sheets><sheet name="{_text(title)[:31]}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f"{_HEAD}<worksheet {_X}>{main}</worksheet>",
            "xl/styles.xml": _cell_styles(),
        }
    )


def _inline(place: str, text: str, style: int) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{_text(text)}</t></is></c>'


def _cell_styles() -> str:
    """0 nothing, 1 the title, 2 a note, 3 a head, 4 a cell to fill in."""
    fonts = '<fonts count="4"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="黑体"/></font><font><sz val="10"/><color rgb="FF555555"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="黑体"/></font></fonts>'
    fills = '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8F1F2"/></patternFill></fill></fills>'
    side = "".join(f'<{name} style="thin"><color rgb="FF666666"/></{name}>' for name in ("left", "right", "top", "bottom"))
    borders = f'<borders count="2"><border/><border>{side}</border></borders>'
    wrap = '<alignment vertical="center" wrapText="1"/>'
    middle = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    cells = "".join(
        f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{place}</xf>'
        for font, fill, border, place in ((0, 0, 0, wrap), (1, 0, 0, middle), (2, 0, 0, wrap), (3, 2, 1, middle), (0, 0, 1, wrap))
    )
    return f'{_HEAD}<styleSheet {_X}>{fonts}{fills}{borders}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">{cells}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'


# ── the package ───────────────────────────────────────────────────────────────


def _content_types(parts: Mapping[str, str]) -> str:
    named = "".join(f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>' for name, kind in parts.items())
    return f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{named}</Types>'


def _relations(targets: Mapping[str, str]) -> str:
    made = "".join(f'<Relationship Id="r{number}" Type="{_KINDS}/{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(targets.items(), 1))
    return f'{_HEAD}<Relationships xmlns="{_LINKS}">{made}</Relationships>'


def _archive(parts: Mapping[str, str]) -> bytes:
    import zipfile  # here, because few pages are made as documents

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _MOMENT)
            member.create_system = 0  # the same whatever system packs it
            archive.writestr(member, text.encode())
    return packed.getvalue()


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text), quote=False).replace('"', "&quot;")
