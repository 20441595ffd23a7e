"""A new record to fill in: every field of its collection with its label, the required ones open, the others as comments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine import load, schema
from engine.fields import nearest
from engine.importers import edit
from engine.model import Collection, Field
from engine.pipeline import Order


def write(order: Order, collection: str, id: str, answers: Mapping[str, Any] | None = None) -> tuple[Path, str]:
    """The file made, and '' — or the reason why none was."""
    loaded = load.load(order.content)
    folder = order.content / collection
    path = folder / f"{id}.md"
    if collection not in loaded.collections:
        near = nearest(collection, loaded.collections)
        return path, f"没有“{collection}”这个库。" + (f"您是不是想写“{near}”？" if near else f"现有：{'、'.join(loaded.collections)}")
    problems = load.id_problems(id, str(path), ())
    if problems:
        return path, problems[0].message
    taken = next((record for record in loaded.records if record.key == (collection, id)), None)
    if taken is not None or path.exists():
        return path, f"编号“{id}”已经用在 {taken.path if taken else path}"
    with path.open("x", encoding="utf-8") as file:
        file.write(text(loaded.collections[collection], answers or {}))
    return path, ""


def text(collection: Collection, answers: Mapping[str, Any]) -> str:
    own = [edit.line(field.name, answers[field.name]) if field.name in answers else line(field) for field in collection.fields.values() if field.name not in schema.COMMON and field.derived is None]
    common = [line(field) for field in schema.COMMON.values()]
    return "\n".join(["---", *own, "", "# 以下各项每个库都有，按需填写", *common, "---", "", ""])


def line(field: Field) -> str:
    """`name:   # 姓名（必填）` or, for a field that may be left out, the same behind a `#`."""
    notes = [field.label, "必填" if field.required else "", "可填多个，写成 [甲, 乙]" if field.many else "", field.note or ""]
    choices = f"可选：{'、'.join(field.choices.values())}" if field.choices else f"词表：{field.vocabulary}" if field.vocabulary else ""
    notes += [choices, f"写 {field.to} 里的编号" if field.type == "reference" else ""]
    said = "；".join(note for note in notes if note)
    return f"{'' if field.required else '# '}{field.name}:  # {said}"
