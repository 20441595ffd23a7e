"""The handbook: chapters of records as plain text, for the page and for the printed book alike. `_site.yaml` says which (`handbook`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.model import Backlink, Collection, Key
from engine.show import text_of
from engine.view import View, address, term_label

_MARKS = re.compile(r"\*\*|`|\[([^\]]*)\]\([^)]*\)")


def chapters(view: View) -> list[SimpleNamespace]:
    """Every chapter that has anything to say, in the order of the settings."""
    made = [_chapter(view, number, row) for number, row in enumerate(view.site.config.values["handbook"], 1)]
    return [chapter for chapter in made if chapter.text or chapter.entries or chapter.groups]


def _chapter(view: View, number: int, row: Mapping[str, Any]) -> SimpleNamespace:
    collection = view.site.collections.get(row["collection"])
    listed = collection is not None and (row["columns"] or row["group"])
    return SimpleNamespace(
        id=f"ch-{number}",
        label=row["label"],
        address=urls.collection(collection.id) if collection is not None and collection.page else None,
        text=_text(view, row["text"]),
        entries=[_entry(view, key, collection, row) for key in view.site.members[collection.id]] if collection is not None and not listed else [],
        groups=list(_groups(view, collection, row)) if listed else [_phones(view, row["phones"])] if row["phones"] else [],
    )


def _text(view: View, name: str | None) -> list[SimpleNamespace]:
    """The prose of the record that is written `pages/how-to`: headings, paragraphs and items."""
    key = Key(*name.split("/", 1)) if name and "/" in name else None
    if key not in view.site.records:
        return []
    parts = []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", view.site.records[key].body.strip()):
        if block.lstrip().startswith("|"):
            continue
        match = re.match(r"\s*(#+|[-*]|\d+\.) +", block)
        kind = "text" if not match or match[1][0].isdigit() else "head" if match[1].startswith("#") else "item"  # a step keeps its number
        parts.append(SimpleNamespace(kind=kind, text=_plain(block if kind == "text" else block[match.end() :])))
    return [part for part in parts if part.text]


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(lambda match: match[1] or "", text).split())


# ── records whole ─────────────────────────────────────────────────────────────


def _entry(view: View, key: Key, collection: Collection, row: Mapping[str, Any]) -> SimpleNamespace:
    record = view.site.records[key]
    tables = [_table(view, collection, name, record.values[name]) for name in row["tables"] if name in collection.fields and record.values[name]]
    related = _related(view, key, row)
    return SimpleNamespace(
        id=f"{collection.id}-{key.id}",
        title=view.site.titles[key],
        address=address(view, key),
        summary=record.values["summary"],
        facts=[SimpleNamespace(label=collection.fields[name].label, text=text) for name in row["facts"] if name in collection.fields and (text := _said(view, collection, key, name))],
        tables=[*tables, related] if related else tables,
    )


def _said(view: View, collection: Collection, key: Key, name: str) -> str:
    return text_of(collection.fields[name], view.site.records[key].values[name], view.names)


def _table(view: View, collection: Collection, name: str, rows: tuple) -> SimpleNamespace:
    field = collection.fields[name]
    used = [column for column in field.fields.values() if column.type not in ("file", "image") and any(row[column.name] not in (None, ()) for row in rows)]
    cells = [[text_of(column, row[column.name], view.names) for column in used] for row in rows]
    return SimpleNamespace(label=field.label, head=[column.label for column in used], rows=cells)


def _related(view: View, key: Key, row: Mapping[str, Any]) -> SimpleNamespace | None:
    """The records that name this one by the field that is written `capabilities.institution`."""
    if not row["related"] or "." not in row["related"]:
        return None
    far = Backlink(*row["related"].split(".", 1))
    keys = view.site.backlinks.get(key, {}).get(far, ())
    if not keys:
        return None
    collection = view.site.collections[far.collection]
    names = [name for name in row["related_columns"] if name in collection.fields]
    cells = [[view.site.titles[one], *(_said(view, collection, one, name) for name in names)] for one in keys]
    return SimpleNamespace(label=f"{collection.label}（{len(keys)}）", head=[collection.item, *(collection.fields[name].label for name in names)], rows=cells)


# ── records in rows ───────────────────────────────────────────────────────────


def _groups(view: View, collection: Collection, row: Mapping[str, Any]) -> Iterator[SimpleNamespace]:
    names = [name for name in row["columns"] if name in collection.fields]
    head = [collection.item, *(collection.fields[name].label for name in names)]
    for label, keys in _grouped(view, collection, row["group"]):
        rows = [SimpleNamespace(title=view.site.titles[key], address=address(view, key), cells=[_said(view, collection, key, name) for name in names]) for key in keys]
        yield SimpleNamespace(label=label, head=head, rows=rows)


def _grouped(view: View, collection: Collection, name: str | None) -> Iterator[tuple[str | None, list[Key]]]:
    """The records under each value that they say themselves, so that none stands under a broader term a second time."""
    facet = next((facet for facet in collection.facets if facet.name == name), None)
    if facet is None:
        yield None, list(view.site.members[collection.id])
        return
    for value, keys in view.site.terms[collection.id, facet.name].items():
        mine = [key for key in keys if value in _own(view.site.records[key].values[facet.name])]
        if mine:
            yield term_label(view, facet, value), mine


def _own(value: Any) -> tuple:
    values = value if isinstance(value, tuple) and not isinstance(value, Key) else (value,)
    return tuple(one.id if isinstance(one, Key) else one for one in values)


def _phones(view: View, ids: tuple[str, ...]) -> SimpleNamespace:
    """Whom to call: every public telephone of these libraries, by name."""
    rows = []
    for id in ids:
        collection = view.site.collections.get(id)
        fields = [field for field in collection.fields.values() if field.type == "phone" and field.name == "phone"] if collection is not None else []
        for key in view.site.members.get(id, ()) if fields else ():
            if phone := _said(view, collection, key, "phone"):
                hours = _said(view, collection, key, "hours") if "hours" in collection.fields else ""
                rows.append(SimpleNamespace(title=view.site.titles[key], address=address(view, key), cells=[phone, hours]))
    return SimpleNamespace(label=None, head=["名称", "电话", "服务时间"], rows=rows)
