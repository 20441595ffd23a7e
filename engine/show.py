"""Values in words: the text of a value, the order of values. What templates, tables and the index of search all say the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from engine.model import Collection, Field, Key, Uncertainty, Vocabulary

RELATIVE = {"percent", "permille"}  # units in which an uncertainty is relative, also where the range is in %


class Names(NamedTuple):
    """What is needed to call a value by its name."""

    collections: Mapping[str, Collection]
    vocabularies: Mapping[str, Vocabulary]
    titles: Mapping[Key, str]


def text_of(field: Field, value: Any, names: Names) -> str:
    """A value in one line of text; '' when it is unsaid."""
    if value is None:
        return ""
    if field.type == "table":
        return "；".join(row_text(field, row, names) for row in value)
    words = _WORDS.get(field.type, _plain)
    if field.many and isinstance(value, tuple):
        return words(field, value[0], names) if len(value) == 1 else "、".join([words(field, item, names) for item in value])
    return words(field, value, names)


def row_text(table: Field, row: Mapping[str, Any], names: Names, columns_only: bool = False) -> str:
    """A row of a table in one line: its cells, in the order of the columns."""
    chosen = [field for field in table.fields.values() if field.column or not columns_only]
    return " ".join(text for field in chosen if (text := text_of(field, row[field.name], names)))


def _plain(field: Field, value: Any, names: Names) -> str:
    return str(value)


def _uncertainty(field: Field, value: Uncertainty, names: Names) -> str:
    sign = "Urel" if value.unit in RELATIVE else "U"
    return f"{sign} = {number_text(value.value)} {unit_label(value.unit, names)} (k={number_text(value.k)})"


def _term(field: Field, value: str, names: Names) -> str:
    return names.vocabularies[field.vocabulary or "areas"].terms[value].label


_WORDS: Mapping[str, Callable[[Field, Any, Names], str]] = {
    "term": _term,
    "area": _term,
    "choice": lambda field, value, names: field.choices[value],
    "reference": lambda field, value, names: names.titles.get(value, value.id),
    "boolean": lambda field, value, names: "是" if value else "否",
    "datetime": lambda field, value, names: value.strftime("%Y-%m-%d %H:%M"),
    "range": lambda field, value, names: range_text(value.low, value.high, unit_label(value.unit, names)),
    "quantity": lambda field, value, names: f"{number_text(value.value)} {unit_label(value.unit, names)}",
    "uncertainty": _uncertainty,
    "money": lambda field, value, names: f"{number_text(value.amount)} {value.unit}",
    "number": lambda field, value, names: number_text(value),
}


def range_text(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is None:
        return f"≤ {number_text(high)} {unit}"
    if high is None:
        return f"≥ {number_text(low)} {unit}"
    return f"{number_text(low)}~{number_text(high)} {unit}"


def number_text(value: Decimal) -> str:
    """The digits as they were written: 0.10 stays 0.10, and no exponent appears where none was."""
    return format(value, "f") if -7 < value.adjusted() < 15 else str(value)


def size_text(bytes: int) -> str:
    """What a file weighs, in units of a thousand (IEC 80000-13): `433.6 kB`."""
    return f"{bytes} B" if bytes < 1000 else f"{bytes / 1000:.1f} kB" if bytes < 999_950 else f"{bytes / 1_000_000:.1f} MB"  # 999.95 kB would be rounded to a thousand


def unit_label(unit: str, names: Names) -> str:
    return names.vocabularies["units"].terms[unit].label


def sort_key(field: Field, value: Any, names: Names) -> tuple:
    """An order for any field's values; the unsaid last. Han text goes by GB 18030, where common characters stand in order of pinyin."""
    if value is None or value == ():
        return (1, b"")
    if field.type in ("term", "area"):
        return (0, list(names.vocabularies[field.vocabulary or "areas"].terms).index(value[0] if field.many else value))
    if field.type == "choice":
        return (0, list(field.choices).index(value[0] if field.many else value))
    if field.type in ("date", "datetime", "year", "integer", "number", "boolean"):
        return (0, value)
    return (0, text_of(field, value, names).encode("gb18030", "replace"))
