"""The published data: which sets there are, what their files weigh, and what each of their fields means."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.model import Collection, Field, Measure, Page, Site
from engine.show import size_text
from engine.view import View

VERSION = "1"  # of the form of the data; a new one when a reader of the old would be misled
MEDIA = {"csv": "text/csv", "json": "application/json"}  # the renderers whose files are the published data
KINDS = {
    "boolean": "是／否",
    "integer": "整数",
    "year": "年份",
    "number": "数（以文字写出，保留原有位数）",
    "date": "日期，YYYY-MM-DD",
    "datetime": "时间，YYYY-MM-DD HH:MM，北京时间",
    "choice": "选项（id 和 label）",
    "term": "词表里的词（id 和 label）",
    "area": "区域（id 和 label）",
    "reference": "另一条记录（id 和 name）",
    "range": "范围（low、high、unit、text）",
    "quantity": "量（value、unit、text）",
    "uncertainty": "扩展不确定度（value、unit、k、text）",
    "money": "金额（amount、unit、text）",
    "standard": "标准号",
    "url": "网址",
    "email": "电子邮箱",
    "phone": "电话",
    "file": "文件名，在 files/ 下",
    "image": "图片文件名，在 files/ 下",
    "table": "若干行",
}


def measure(content: bytes) -> Measure:
    return Measure(len(content), hashlib.sha256(content).hexdigest())


def is_data(page: Page) -> bool:
    """Whether a page is a file of published data, which must be made before the catalogue can say what it weighs."""
    return page.renderer in MEDIA


def shown(view: View, collection: Collection) -> SimpleNamespace:
    """A set of data as pages show it."""
    return SimpleNamespace(
        id=collection.id,
        label=collection.label,
        item=collection.item,
        summary=collection.summary,
        address=urls.dataset(collection.id),
        library=urls.collection(collection.id) if collection.page else None,
        schema=urls.schema(collection.id) if "json" in collection.exports else None,
        rows=len(view.site.members[collection.id]),
        changed=changed(view.site, collection),
        files=[_file(view, collection, format) for format in collection.exports],
    )


def _file(view: View, collection: Collection, format: str) -> SimpleNamespace:
    address = urls.export(collection.id, format)
    weight = view.measured[address]
    return SimpleNamespace(format=format.upper(), media=MEDIA[format], address=address, size=weight.size, weighs=size_text(weight.size), digest=weight.sha256)


def changed(site: Site, collection: Collection) -> str | None:
    """The day of the newest change that a record tells."""
    days = [_day(said) for key in site.members[collection.id] for said in (site.records[key].values.get("time"), site.records[key].values["updated"]) if said]
    return max(days).isoformat() if days else None


def _day(said: date) -> date:
    return said.date() if isinstance(said, datetime) else said


def dictionary(view: View, collection: Collection) -> list[SimpleNamespace]:
    """Every field as a reader of the data meets it, columns of tables after their table."""
    first = [SimpleNamespace(name="id", label="编号", kind="文字", required=True, note="在本库里不重复，公布后不改"), SimpleNamespace(name="name", label="标题", kind="文字", required=True, note="")]
    last = [SimpleNamespace(name="url", label="网页", kind="文字", required=True, note="从网站根目录起")]
    return [*first, *last, *_entries(view, collection.fields, ""), SimpleNamespace(name="body", label="正文", kind="文字", required=False, note="Markdown；只在 JSON 里")]


def _entries(view: View, fields: Mapping[str, Field], within: str) -> Iterator[SimpleNamespace]:
    for field in fields.values():
        if within == "" and field.name == "name":
            continue
        kind = KINDS.get(field.type, "文字") + ("；可有多个" if field.many else "")
        yield SimpleNamespace(name=within + field.name, label=field.label, kind=kind, required=is_always_there(field), note=_note(view, field))
        yield from _entries(view, field.fields, f"{within}{field.name}.")


def _note(view: View, field: Field) -> str:
    said: list[Any] = [field.note]
    if field.choices:
        said.append("可取：" + "、".join(f"{id}（{label}）" for id, label in field.choices.items()))
    if field.type in ("term", "area"):
        said.append(f"词表：{view.site.vocabularies[field.vocabulary or 'areas'].label}")
    if field.to:
        said.append(f"见：{view.site.collections[field.to].label}")
    if field.derived is not None:
        said.append("由系统计算")
    return "；".join(one for one in said if one)


def is_always_there(field: Field) -> bool:
    return field.required and field.needs is None and field.derived is None
