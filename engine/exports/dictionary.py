"""The data dictionary as JSON, and for each collection a JSON Schema (draft 2020-12) of its published JSON, under the version of its form.

Fields may be added within a version, so records may have more than a schema says; nothing that it says changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine import urls
from engine.datasets import VERSION, dictionary, is_always_there
from engine.model import Field, Page
from engine.plan import published
from engine.view import View

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}


def _object(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


_SHAPES: Mapping[str, Any] = {
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "year": {"type": "integer", "minimum": 1000, "maximum": 9999},
    "number": {"type": "string", "pattern": "^-?[0-9.]+([eE][+-]?[0-9]+)?$"},
    "date": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "datetime": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$"},
    "url": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "term": _object("id", "label", id=_TEXT, label=_TEXT),
    "area": _object("id", "label", id=_TEXT, label=_TEXT),
    "reference": _object("id", "name", id=_TEXT, name=_TEXT),
    "range": _object("unit", "text", low=_TEXT, high=_TEXT, unit=_TEXT, text=_TEXT),
    "quantity": _object("value", "unit", "text", value=_TEXT, unit=_TEXT, text=_TEXT),
    "uncertainty": _object("value", "unit", "k", "text", value=_TEXT, unit=_TEXT, k=_TEXT, text=_TEXT),
    "money": _object("amount", "unit", "text", amount=_TEXT, unit=_TEXT, text=_TEXT),
}


def render(view: View, page: Page) -> bytes:
    """All collections with all fields: name, label, kind, whether it is always there, note."""
    sets = [
        {"id": collection.id, "label": collection.label, "summary": collection.summary, "fields": [vars(entry) for entry in dictionary(view, collection)]}
        for collection in published(view.site)
    ]
    return _bytes({"version": VERSION, "datasets": sets})


def render_schema(view: View, page: Page) -> bytes:
    collection = view.site.collections[page.subject]
    root = view.site.config.values["url"]
    fields = [field for field in collection.fields.values() if field.name != "name"]
    record = {"type": "object", "title": collection.item, **_members(fields, {"id": _TEXT, "name": _TEXT, "url": _TEXT}, ["id", "name", "url"])}
    record["properties"]["body"] = {"type": "string", "title": "正文", "contentMediaType": "text/markdown"}
    return _bytes(
        {
            "$schema": _DRAFT,
            "$id": urls.absolute(root, page.address) or page.address,
            "title": collection.label,
            "description": collection.summary or collection.label,
            "type": "object",
            "properties": {"collection": {"const": collection.id}, "label": _TEXT, "count": {"type": "integer", "minimum": 0}, "records": {"type": "array", "items": record}},
            "required": ["collection", "label", "count", "records"],
        }
    )


def _members(fields, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "properties": properties | {field.name: _described(field) for field in fields},
        "required": required + [field.name for field in fields if is_always_there(field)],
    }


def _described(field: Field) -> dict[str, Any]:
    said = {"title": field.label, **({"description": field.note} if field.note else {})}
    if field.type == "table":
        return {**said, "type": "array", "items": {"type": "object", **_members(field.fields.values(), {}, [])}}
    shape = _object("id", "label", id={"enum": list(field.choices)}, label=_TEXT) if field.type == "choice" else _SHAPES.get(field.type, _TEXT)
    return {**said, "type": "array", "items": shape, "uniqueItems": True} if field.many else {**said, **shape}


def _bytes(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
