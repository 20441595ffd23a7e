"""A value as the text of a cell, and a cell as what a record would say. Pure; no file is read here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from engine.fields import AREAS, PROSE
from engine.identifiers import Misfit
from engine.model import Field, Key, Vocabulary
from engine.show import Names, text_of


class Formula(NamedTuple):
    """A cell that computes. What it shows is not what it says, so it is never read."""

    text: str


class Fault(NamedTuple):
    """A cell that shows an error of the spreadsheet, such as #N/A."""

    text: str


class Percent(NamedTuple):
    """A number that is shown times one hundred."""

    value: float


Cell = str | int | float | bool | date | datetime | time | Formula | Fault | Percent | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells, the heading first. Numbers of hidden rows and columns count from 1; merged ranges as the program writes them."""

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()


class Unreadable(Exception):
    """Why a file cannot be read, in an editor's words; `args` are the message and the hint."""


CODES = {"reference", "credit-code", "cma", "cnas", "patent", "phone", "standard", "icp", "police", "site-code", "file", "image"}
_WORDS = {"term", "area", "choice", "reference", "standard", "phone"}  # types whose values hold no comma, so that commas may divide them
_DIVIDED = re.compile(r"[\n；;、，,]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{2}")
_ID = re.compile(r"\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*(?:[（(](.*)[）)])?\s*", re.S)
MAX_CELL = 32_000  # characters; Excel ends at 32,767
TOO_LONG = "（太长，请在文件里改）"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# ── a value as a cell ─────────────────────────────────────────────────────────


def cell_of(field: Field, value: Any, names: Names) -> str:
    """The words for a value; several divided by `；`, or by lines where one of them holds such a sign."""
    if value is None or value == ():
        return ""
    if not field.many:
        text = _one(field, value, names)
        return TOO_LONG if len(text) > MAX_CELL else clean(text)
    texts = [clean(_one(field, item, names)) for item in value]
    if any(set("\n；;") & set(text) for text in texts):
        return "\n".join(text.replace("\n", " ") for text in texts) + ("\n" if len(texts) == 1 else "")
    return "；".join(texts)


def _one(field: Field, value: Any, names: Names) -> str:
    if field.type == "reference":
        title = names.titles.get(value, "")
        return f"{value.id}（{title}）" if title else value.id
    single = field if not field.many else Field(field.name, field.label, field.type, vocabulary=field.vocabulary, choices=field.choices)
    text = text_of(single, value, names)
    return re.sub(r"^U(rel)? = ", "", text) if field.type == "uncertainty" else text


def clean(text: str) -> str:
    """A text without what a cell cannot hold; line ends as one sign."""
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# ── a cell as what a record says ──────────────────────────────────────────────


def text_in(field: Field, cell: Cell) -> str | Misfit:
    """The text that an editor meant by a cell. Numbers and dates that Excel may have changed are refused where that matters."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _written(field, cell)
    if isinstance(cell, Formula):
        return Misfit("cell-formula", f"是公式“{cell.text[:60]}”，不能导入", "复制这一列，用“选择性粘贴—数值”贴回来")
    if isinstance(cell, Fault):
        return Misfit("cell-error", f"里是错误值“{cell.text}”", "在表格里把它改正")
    if isinstance(cell, Percent):
        return Misfit("cell-percent", f"是百分比格式的数字（{cell.value}）", "把单元格设成“文本”，照原样写，如 5 %")
    if isinstance(cell, bool):
        wrong = Misfit("cell-boolean", "里是 TRUE 或 FALSE", "把单元格设成“文本”再写")
        return wrong if field.type != "boolean" else "是" if cell else "否"
    if isinstance(cell, (datetime, date, time)):
        return _dated(field, cell)
    return _numbered(field, cell)


def _written(field: Field, text: str) -> str | Misfit:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if field.type != PROSE:
        text = text.strip(" \t\u00a0\u3000") if field.many else text.strip()
    if field.type in CODES | {"text"} and _SCIENTIFIC.fullmatch(text):
        return Misfit("cell-scientific", f"是“{text}”：Excel 把长数字改成了科学计数，后面几位已经丢失", "先把这一列设成“文本”，再照原件重新填写")
    return text


def _dated(field: Field, cell: date | datetime | time) -> str | Misfit:
    if isinstance(cell, datetime):
        if field.type == "datetime":
            return cell.strftime("%Y-%m-%d %H:%M")
        if field.type == "date":
            return cell.date().isoformat()
    elif isinstance(cell, date) and field.type == "date":
        return cell.isoformat()
    shown = cell.isoformat()[:10]
    return Misfit("cell-date", f"被 Excel 当成了日期或时间（{shown}）", "先把单元格设成“文本”，再照原样填写")


def _numbered(field: Field, number: int | float) -> str | Misfit:
    whole = int(number) if float(number).is_integer() and abs(number) < 1e15 else None
    shown = str(whole) if whole is not None else repr(number)
    if field.type in CODES or abs(number) >= 1e11:
        why = "Excel 把长数字改成了科学计数，后面几位可能已经丢失" if abs(number) >= 1e11 else "编号、代码存成了数字，前面的 0 可能已经丢失"
        return Misfit("cell-number", f"是数字 {shown}：{why}", "先把这一列设成“文本”，再照原件重新填写")
    if field.type in ("date", "datetime"):
        meant = f"您是不是想写“{date(1899, 12, 30) + timedelta(number)}”？" if 20_000 < number < 80_000 else "写成 2026-11-22 这样"
        return Misfit("cell-date", f"是数字 {shown}，不是日期", f"把单元格设成“文本”。{meant}")
    return shown


def raw_of(field: Field, text: str, known: "Known") -> Any | Misfit:
    """What a record would say for the text of a cell: a text or, for a field with several values, a list."""
    if text == "":
        return None
    if not field.many:
        return _referred(field, text, known) if field.type == "reference" else text
    items = [item.strip() for item in _items(field, text, known)]
    found = [_referred(field, item, known) if field.type == "reference" else item for item in items if item]
    return next((one for one in found if isinstance(one, Misfit)), found or None)


def _items(field: Field, text: str, known: "Known") -> list[str]:
    if field.type == "reference":  # a title in brackets may hold commas
        return [item for part in re.split(r"[\n；;]", text) for item in ([part] if _ID.fullmatch(part) or known.is_title(field, part) else re.split(r"[、，,\s]+(?![^（(]*[）)])", part))]
    if field.type in _WORDS:
        return [text] if known.is_word(field, text) else _DIVIDED.split(text)
    return text.split("\n") if "\n" in text else re.split("[；;]", text)


class Known(NamedTuple):
    """What cells may name: the titles of records, by collection, and the words of vocabularies."""

    ids: Mapping[str, Mapping[str, str]]  # collection → id → title
    titles: Mapping[str, Mapping[str, list[str]]]  # collection → title → ids
    vocabularies: Mapping[str, Vocabulary]

    def is_title(self, field: Field, text: str) -> bool:
        return text.strip() in self.titles.get(field.to, {})

    def is_word(self, field: Field, text: str) -> bool:
        words = self.vocabularies.get(field.vocabulary or AREAS) if field.type in ("term", "area") else None
        labels = [term.label for term in words.terms.values()] if words else list(field.choices.values())
        return text.strip() in labels


def known(titles: Mapping[Key, str], vocabularies: Mapping[str, Vocabulary]) -> Known:
    ids: dict[str, dict[str, str]] = {}
    back: dict[str, dict[str, list[str]]] = {}
    for key, title in titles.items():
        ids.setdefault(key.collection, {})[key.id] = title
        back.setdefault(key.collection, {}).setdefault(title, []).append(key.id)
    return Known(ids, back, vocabularies)


def _referred(field: Field, text: str, known: Known) -> str | Misfit:
    """The id in a cell that says `inst-01（漾泉中心）`, `inst-01` or only `漾泉中心`."""
    here = known.titles.get(field.to, {}).get(text.strip(), ())
    if len(here) == 1:
        return here[0]
    if len(here) > 1:
        return Misfit("reference-ambiguous", f"“{text.strip()}”有 {len(here)} 条同名：{'、'.join(here[:5])}", "这里写编号")
    parts = _ID.fullmatch(text)
    return parts[1] if parts else text.strip()
