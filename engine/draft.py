"""A new record to fill in: every field of its collection with its label, the required ones open, the others as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from engine import guide, ids, load, schema
from engine.fields import nearest
from engine.importers import edit
from engine.model import Collection, Field, Vocabulary
from engine.pipeline import Order


def write(order: Order, collection: str, id: str, answers: Mapping[str, Any] | None = None) -> tuple[Path, str]:
    """The file made, and '' — or the reason why none was."""
    loaded = load.load(order.content)
    folder = order.content / collection
    path = folder / f"{id}.md"
    if collection not in loaded.collections:
        near = nearest(collection, loaded.collections)
        return path, f"没有“{collection}”这个库。" + (f"您是不是想写“{near}”？" if near else f"现有：{'、'.join(loaded.collections)}")
    problems = ids.id_problems(id, str(path), ())
    if problems:
        return path, problems[0].message
    taken = next((record for record in loaded.records if record.key == (collection, id)), None)
    if taken is not None or path.exists():
        return path, f"编号“{id}”已经用在 {taken.path if taken else path}"
    with path.open("x", encoding="utf-8") as file:
        file.write(text(loaded.collections[collection], loaded.vocabularies, answers or {}))
    return path, ""


def text(collection: Collection, vocabularies: Mapping[str, Vocabulary], answers: Mapping[str, Any]) -> str:
    own = [field for field in collection.fields.values() if field.name not in schema.COMMON and field.derived is None]
    said = ([edit.line(field.name, answers[field.name])] if field.name in answers else lines(field, vocabularies) for field in own)
    common = (lines(field, vocabularies) for field in schema.COMMON.values())
    return "\n".join(["---", *chain(*said), "", "# 以下各项每个库都有，按需填写", *chain(*common), "---", "", ""])


def lines(field: Field, vocabularies: Mapping[str, Vocabulary], margin: str = "") -> Iterator[str]:
    """`name:  # 姓名；必填；文字` or, for a field that may be left out, the same behind a `#`; of a table a first row, behind a `#`, whose columns say the same of themselves."""
    notes = (field.label, "必填" if field.required else "", guide.how(field, vocabularies), guide.notes(field))
    is_open = field.required and not margin
    yield f"{'' if is_open else '# '}{margin}{field.name}:  # {'；'.join(note for note in notes if note)}"
    deeper = " " * len(margin) + "  "
    for number, column in enumerate(column for column in field.fields.values() if column.derived is None):
        yield from lines(column, vocabularies, deeper + ("  " if number else "- "))
