"""Records as they stand side by side: facts in words, and every quantity once more as numbers, so that units can be aligned.

A share is `{id: {"title", "kind", "address", "sample", "validity", "digest", "official", "facts"}}`; a fact is `[label, text, address or null, numbers or null]`, numbers
are `[low, high, unit]` or `[value, null, unit, "value"]`. A row of a table becomes facts of its own, called by its first words, so that equal
parameters of several instruments stand in one line. The index leads from an id to its share: shares are cut from the ids in their order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine import urls
from engine.exports.ranges import units_of
from engine.fields import targets
from engine.model import Collection, Field, Key, Page, Quantity, Range, Uncertainty
from engine.plan import ROWS, compared
from engine.proof import digest, official
from engine.show import number_text, text_of
from engine.view import SHOWN_APART, View, address, shown_validity

_NUMBERS = {"range", "quantity", "uncertainty"}


def render(view: View, page: Page) -> bytes:
    keys = shares(view.site, page.subject)[page.number]
    made = {key.id: _record(view, view.site.collections[page.subject], key) for key in keys}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def index(view: View) -> bytes:
    site = view.site
    used = set(site.vocabularies["units"].terms) if "units" in site.vocabularies else set()
    made = {
        "date": site.today.isoformat(),
        "units": units_of(view, used),
        "libraries": {id: {"label": site.collections[id].label, "first": [share[0].id for share in shares(site, id)]} for id in compared(site)},
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def shares(site, id: str) -> list[tuple[Key, ...]]:
    keys = tuple(sorted(site.members[id]))
    return [keys[start : start + ROWS] for start in range(0, len(keys), ROWS)]


def _record(view: View, collection: Collection, key: Key) -> dict[str, Any]:
    record, validity = view.site.records[key], shown_validity(view.site.validity.get(key))
    return {
        "title": view.site.titles[key],
        "kind": collection.item,
        "address": urls.record(key)[1:],
        "sample": bool(record.values["sample"]),
        "validity": [validity.state, validity.word, validity.machine] if validity else None,
        "digest": digest(view, key),
        "official": [[link.text, link.url] for link in official(view, key)],
        "facts": list(_facts(view, collection, record.values)),
    }


def _facts(view: View, collection: Collection, values: Mapping[str, Any]) -> Iterator[list[Any]]:
    for name, field in collection.fields.items():
        value = values[name]
        if value is None or value == () or name in SHOWN_APART or (name in collection.title and len(collection.title) == 1):
            continue
        if field.type == "table":
            yield from _rows(view, field, value)
        else:
            yield _fact(view, field, value, field.label)


def _rows(view: View, table: Field, rows: tuple) -> Iterator[list[Any]]:
    first, *others = table.fields.values()
    for row in rows:
        label = text_of(first, row[first.name], view.names)
        for column in others:
            if row[column.name] not in (None, ()):
                yield _fact(view, column, row[column.name], f"{label}：{column.label}" if label else column.label)


def _fact(view: View, field: Field, value: Any, label: str) -> list[Any]:
    far = targets(field, value)
    link = address(view, far[0]) if len(far) == 1 and far[0] in view.site.records else None
    numbers = _numbers(value) if field.type in _NUMBERS and not field.many else None
    return [label, text_of(field, value, view.names), link[1:] if link else None, numbers]


def _numbers(value: Range | Quantity | Uncertainty) -> list[Any]:
    if isinstance(value, Range):
        return [None if end is None else number_text(end) for end in (value.low, value.high)] + [value.unit]
    return [number_text(value.value), None, value.unit, "value"]
