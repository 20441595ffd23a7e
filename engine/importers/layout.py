"""How records lie on sheets: which sheets a collection has, which columns a sheet has. Export writes it, import reads it."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from engine import fields
from engine.importers.cells import Known, cell_of, clean, known
from engine.load import Loaded
from engine.model import Collection, Field, Key, Record
from engine.schema import COMMON
from engine.show import Names, text_of

ID, BODY, VERSION, ROW = "编号", "正文", "版本（勿改）", "序号"
BODY_FIELD = Field("body", BODY, fields.PROSE, note="Markdown，可以分段")
ID_FIELD = Field("id", ID, "reference", required=True)
TERMS_SHEET, GUIDE_SHEET = "词表", "填写说明"
_MARKS = re.compile(r"(\*|（不公开）|（必填）)+$")


class Plan(NamedTuple):
    """A sheet: the records of a collection or, with a `table`, the rows of one of their tables."""

    collection: Collection
    table: Field | None
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        return sheet_name(self.collection, self.table)


def sheet_name(collection: Collection, table: Field | None) -> str:
    """At most 31 characters, none of []:*?/\\, which Excel does not take."""
    words = collection.label + (f"·{table.label}" if table else "")
    return re.sub(r"[\[\]:*?/\\'：]", "", words)[:31]


def plans(collection: Collection) -> list[Plan]:
    said = [field for field in collection.fields.values() if field.derived is None]
    own = Plan(collection, None, (*(field for field in said if field.type != "table"), BODY_FIELD))
    return [own, *(Plan(collection, field, tuple(field.fields.values())) for field in said if field.type == "table")]


def headings(plan: Plan) -> dict[str, Field]:
    """Every spelling of every column's heading: its label, its name, and both where two columns share a label."""
    found: dict[str, Field] = {}
    for field in plan.fields:
        found.setdefault(plain_heading(field.label), field)
        found[field.name] = field
        found[plain_heading(f"{field.label}[{field.name}]")] = field
    return found


def heading_of(plan: Plan, field: Field) -> str:
    first = next(known for known in plan.fields if known.label == field.label)
    return field.label if first is field else f"{field.label}[{field.name}]"


def plain_heading(text: str) -> str:
    """A heading as somebody has it in his own table: without stars, remarks and line ends."""
    return _MARKS.sub("", "".join(text.split()))


class Words(NamedTuple):
    """What cells are called by: names of values, and what cells may name."""

    names: Names
    known: Known


def words_of(loaded: Loaded) -> Words:
    """Titles of all records, private ones included: a workbook is for editors."""
    titles: dict[Key, str] = {}
    names = Names(loaded.collections, loaded.vocabularies, {})
    for record in loaded.records:
        collection = loaded.collections[record.key.collection]
        parts = [text_of(collection.fields[name], record.values[name], names) for name in collection.title]
        titles[record.key] = clean(" ".join(part for part in parts if part).replace("\n", " "))
    return Words(Names(loaded.collections, loaded.vocabularies, titles), known(titles, loaded.vocabularies))


def value_in(record: Record, field: Field) -> Any:
    return record.body if field is BODY_FIELD else record.values[field.name]


def cells_of(plan: Plan, record: Record, names: Names) -> list[str]:
    return [cell_of(field, value_in(record, field), names) for field in plan.fields]


def table_cells(plan: Plan, record: Record, names: Names) -> list[list[str]]:
    return [[cell_of(field, row[field.name], names) for field in plan.fields] for row in record.values[plan.table.name]]


# ── versions ──────────────────────────────────────────────────────────────────
#
# A row carries a short digest of each of its cells as they were exported. So an import can tell what the editor changed from what somebody
# else changed in the files meanwhile.


def version(plan: Plan, id: str, cells: Sequence[str]) -> str:
    return _schema_digest(plan) + _digest(id) + "".join(map(_digest, cells))


def versions(plan: Plan, id: str, said: Any) -> Mapping[str, str]:
    """The digest of each field's cell, by the field's name; none when the text is not one of this record and these columns."""
    if not isinstance(said, str) or len(said) != 4 * (2 + len(plan.fields)) or said[:4] != _schema_digest(plan) or said[4:8] != _digest(id):
        return {}
    return {field.name: said[8 + 4 * number : 12 + 4 * number] for number, field in enumerate(plan.fields)}


def table_version(id: str, rows: Sequence[Sequence[str]]) -> str:
    """Stands in every row of a table of a record: what the whole table said."""
    return _digest(id) + _digest("\x1e".join("\x1f".join(row) for row in rows))


def _schema_digest(plan: Plan) -> str:
    return _digest(" ".join(field.name for field in plan.fields))


def _digest(text: str) -> str:
    return base64.b64encode(zlib.crc32(text.encode("utf-8", "replace")).to_bytes(4, "big")[:3]).decode() if text else "----"


digest = _digest


# ── what may be chosen ────────────────────────────────────────────────────────

MAX_LISTED = 300  # records of a collection that a list can offer with use


def lists(collections: Sequence[Collection], loaded: Loaded, words: Words) -> dict[str, tuple[str, list[str]]]:
    """Columns of the sheet of words: the heading and the words, by the name of the list."""
    found: dict[str, tuple[str, list[str]]] = {}
    for collection in collections:
        for owner, field in _every(collection):
            name = list_of(collection, owner, field)
            if name in found or name is None:
                continue
            if field.type in ("term", "area"):
                vocabulary = loaded.vocabularies[field.vocabulary or fields.AREAS]
                found[name] = (f"词表：{vocabulary.label}", [term.label for term in vocabulary.terms.values()])
            elif field.type == "choice":
                found[name] = (field.label if name.startswith("choice  ") else f"{collection.label}：{field.label}", list(field.choices.values()))
            elif field.type == "boolean":
                found[name] = ("是否", ["是", "否"])
            elif field.type == "reference" and len(words.known.ids.get(field.to, ())) <= MAX_LISTED:
                found[name] = (f"编号：{loaded.collections[field.to].label}", [f"{id}（{title}）" for id, title in sorted(words.known.ids.get(field.to, {}).items())])
    return {name: said for name, said in found.items() if said[1]}


def list_of(collection: Collection, table: Field | None, field: Field) -> str | None:
    """The name of the list from which a field is chosen."""
    if field.type in ("term", "area"):
        return f"term {field.vocabulary or fields.AREAS}"
    if field.type == "choice":
        return f"choice {'' if table is None and field.name in COMMON else collection.id} {table.name if table else ''} {field.name}"
    return {"boolean": "boolean", "reference": f"record {field.to}"}.get(field.type)


def _every(collection: Collection) -> Iterator[tuple[Field | None, Field]]:
    for plan in plans(collection):
        for field in plan.fields:
            yield plan.table, field
