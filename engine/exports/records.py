"""JSON of a collection: `{"collection", "count", "records"}`; each record has `id`, `name` (its title), `url` (from the site's root) and its fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.model import Collection, Field, Key, Page
from engine.show import number_text, text_of
from engine.view import View, address


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def render(view: View, page: Page) -> bytes:
    collection = view.site.collections[page.subject]
    records = [record(view, collection, key) for key in view.site.members[collection.id]]
    head = {"collection": collection.id, "label": collection.label, "count": len(records)}
    lines = ",\n".join(map(_compact, records))  # a record a line, for people and tools that compare two days
    return f"{_compact(head)[:-1]},\"records\":[\n{lines}\n]}}\n".encode()


def record(view: View, collection: Collection, key: Key) -> dict[str, Any]:
    said = view.site.records[key]
    shown: dict[str, Any] = {"id": key.id, "name": view.site.titles[key], "url": (address(view, key) or "/")[1:]}
    for name, field in collection.fields.items():
        value = said.values[name]
        if value is not None and value != () and name != "name":
            shown[name] = json_of(view, field, value)
    if said.body:
        shown["body"] = said.body
    return shown


def json_of(view: View, field: Field, value: Any) -> Any:
    """Numbers and quantities as digits in text, so that 0.10 stays 0.10; terms with id and label; references with id and name."""
    if field.type == "table":
        return [{name: json_of(view, column, row[name]) for name, column in field.fields.items() if row[name] not in (None, ())} for row in value]
    if isinstance(value, tuple) and field.many:
        return [_one(view, field, item) for item in value]
    return _one(view, field, value)


def _one(view: View, field: Field, value: Any) -> Any:
    if isinstance(value, (bool, int)):
        return value
    text = text_of(field, (value,) if field.many else value, view.names)
    if field.type in ("term", "area", "choice"):
        return {"id": value, "label": text}
    if field.type == "reference":
        return {"id": value.id, "name": text}
    if field.type in ("range", "quantity", "uncertainty", "money"):
        return {**_plain(value._asdict(), view), "text": text}
    return text


def _plain(parts: Mapping[str, Any], view: View) -> dict[str, Any]:
    shown = {name: number_text(part) if isinstance(part, Decimal) else part for name, part in parts.items() if part is not None}
    units = view.site.vocabularies.get("units")
    if units and shown.get("unit") in units.terms:
        shown["unit"] = units.terms[shown["unit"]].label
    return shown
