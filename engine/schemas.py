"""JSON Schemas (draft 2020-12) of the collections, so that an editor's program completes names and marks mistakes while one writes.

They say less than `check` does: no check digits, no references, nothing that needs another file. What they refuse, `check` refuses too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine import guide
from engine.fields import AREAS
from engine.load import Loaded
from engine.model import Collection, Field, Vocabulary
from engine.schema import CONFIG

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = ".schemas"
ID = {"title": "编号", "description": "小写字母、数字和连字号；公布以后不再改", "type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_ANY = ["string", "number", "boolean"]  # an editor's program reads 2016 as a number and true as a truth; here all are words
_SHAPES: Mapping[str, dict] = {
    "boolean": {"enum": ["是", "否", True, False]},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "datetime": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$"},
    "year": {"type": ["integer", "string"], "pattern": "^[0-9]{4}$", "minimum": 1600, "maximum": 2199},
    "integer": {"type": ["integer", "string"], "pattern": "^[+-]?[0-9]+$"},
    "number": {"type": ["number", "string"]},
    "url": {"type": "string", "pattern": "^[hH][tT][tT][pP][sS]?://"},
    "email": {"type": "string", "pattern": "@"},
}


def write(root: Path, loaded: Loaded) -> list[Path]:
    """A schema for each collection and one for the settings, and where VS Code finds them."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    made = {f"{id}.json": of_collection(collection, loaded.vocabularies) for id, collection in loaded.collections.items()}
    made["_site.json"] = of_settings(loaded.vocabularies)
    for old in folder.glob("*.json"):
        if old.name not in made:
            old.unlink()
    for name, schema in made.items():
        (folder / name).write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return [folder / name for name in made]


def places(collections: Mapping[str, Collection]) -> dict[str, list[str]]:
    """`yaml.schemas` of VS Code: which files each schema is for. Files whose names begin with `_` are declarations."""
    return {f"{FOLDER}/_site.json": ["content/_site.yaml"], **{f"{FOLDER}/{id}.json": [f"content/{id}/[!_]*.yaml"] for id in collections}}


def set_places(root: Path, collections: Mapping[str, Collection]) -> Path | None:
    """Put the places into .vscode/settings.json, leaving every other setting; None when that file cannot be read."""
    path = root / ".vscode" / "settings.json"
    try:
        said = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except ValueError:
        return None
    said["yaml.schemas"] = places(collections)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path


def of_collection(collection: Collection, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """A file holds one record or a list of records, each with its id."""
    record = _object(collection.fields, vocabularies)
    record["properties"]["body"] = {"title": "正文", "description": "Markdown，可以分段", "type": "string"}
    listed = {"type": "object", "properties": {"id": ID, **record["properties"]}, "required": ["id", *record["required"]], "additionalProperties": False}
    return {
        "$schema": DRAFT,
        "title": collection.label,
        "description": collection.summary or "",
        "$defs": {"record": record, "listed": listed},
        "if": {"type": "array"},
        "then": {"type": "array", "items": {"$ref": "#/$defs/listed"}},
        "else": {"$ref": "#/$defs/record"},
    }


def of_settings(vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    return {"$schema": DRAFT, "title": "网站设置", **_object(CONFIG, vocabularies)}


def _object(fields: Mapping[str, Field], vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    said = [field for field in fields.values() if field.derived is None]
    return {
        "type": "object",
        "properties": {field.name: _field(field, vocabularies) for field in said},
        "required": [field.name for field in said if field.required],
        "additionalProperties": False,
    }


def _field(field: Field, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    how = guide.how(field, vocabularies) if field.type in guide.WRITTEN else ""
    words = {"title": field.label, "description": "\n".join(part for part in ("必填" if field.required else "", how, guide.notes(field)) if part)}
    if field.type == "table":
        return {**words, "type": "array", "items": _object(field.fields, vocabularies)}
    if field.type == "group":
        return {**words, **_object(field.fields, vocabularies)}
    if field.type == "raw":
        return words
    one = _one(field, vocabularies)
    return {**words, **({"anyOf": [{"type": "array", "items": one, "uniqueItems": True}, one]} if field.many else one)}


def _one(field: Field, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    if field.type == "choice":
        return {"enum": [*field.choices.values(), *(id for id in field.choices if id not in field.choices.values())]}
    if field.type in ("term", "area"):
        vocabulary = vocabularies.get(field.vocabulary or AREAS)
        if vocabulary is not None:
            labels = [term.label for term in vocabulary.terms.values()]
            others = [word for term in vocabulary.terms.values() for word in (term.id, *term.aliases)]
            words = list(dict.fromkeys([*labels, *others]))
            return {"enum": [*words, *(int(word) for word in words if word.isdigit())]}
    return dict(_SHAPES.get(field.type, {"type": _ANY}))
