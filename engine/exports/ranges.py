"""What the records of a library can measure, as numbers, for the script that asks which of them cover a value.

`{"units": {id: [label, kind, factor, offset, names]}, "kinds": {kind: label}, "labels": [...], "rows": [[place, label, low, high, unit, u, u's unit, k]]}`: one
row a range, `place` as in the library's filter data, digits as they were written, null where an end or the uncertainty is unsaid. All
arithmetic is the script's (`templates/components/listing/quantity.js`), so that there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from engine.model import Collection, Field, Page, Term, Uncertainty
from engine.show import RELATIVE, number_text
from engine.view import View


def render(view: View, page: Page, words: SimpleNamespace) -> bytes:
    site, collection = view.site, view.site.collections[page.subject]
    labels: dict[str, int] = {}
    rows, used = [], set()
    for place, key in enumerate(site.members[collection.id]):
        for label, reach, doubt in _measured(collection, site.records[key].values):
            rows.append([place, labels.setdefault(label, len(labels)), _digits(reach.low), _digits(reach.high), reach.unit, *_doubt(doubt)])
            used.add(reach.unit)
    units = units_of(view, used)
    kinds = {kind: vars(words.kinds).get(kind, kind) for kind in dict.fromkeys(unit[1] for unit in units.values())}
    made = {"units": units, "kinds": kinds, "relative": sorted(RELATIVE), "labels": list(labels), "rows": rows}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def units_of(view: View, used: set[str]) -> dict[str, list[Any]]:
    """The units in use, all that may be converted into them, and those of relative uncertainty."""
    units = view.site.vocabularies.get("units")
    terms: Mapping[str, Term] = units.terms if units else {}
    kinds = {terms[unit].kind for unit in used}
    return {
        id: [term.label, term.kind or id, str(term.factor or 1), str(term.offset or 0), list(term.aliases)]
        for id, term in terms.items()
        if id in RELATIVE or id in used or (term.kind and term.kind in kinds)
    }


def _measured(collection: Collection, values: Mapping[str, Any]) -> Iterator[tuple[str, Any, Uncertainty | None]]:
    """Each range of a record with its uncertainty: its own, and those of its tables' rows under the row's first words."""
    reach, doubt = _range_of(collection.fields), _doubt_of(collection.fields)
    if reach and values[reach] is not None:
        yield "", values[reach], values[doubt] if doubt else None
    for name, table in collection.fields.items():
        reach, doubt = (_range_of(table.fields), _doubt_of(table.fields)) if table.type == "table" else (None, None)
        if reach:
            label = next((column.name for column in table.fields.values() if column.type == "text"), None)
            for row in values[name]:
                if row[reach] is not None:
                    yield (row[label] or "") if label else "", row[reach], row[doubt] if doubt else None


def _range_of(fields: Mapping[str, Field]) -> str | None:
    return next((name for name, field in fields.items() if field.type == "range" and not field.many), None)


def _doubt_of(fields: Mapping[str, Field]) -> str | None:
    return next((name for name, field in fields.items() if field.type == "uncertainty" and not field.many), None)


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else number_text(number)


def _doubt(doubt: Uncertainty | None) -> tuple[str | None, str | None, str | None]:
    return (_digits(doubt.value), doubt.unit, _digits(doubt.k)) if doubt else (None, None, None)
