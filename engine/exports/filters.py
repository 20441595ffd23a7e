"""A library for the script that filters its list: records as rows of small integers, in the order of the library.

`{"count", "chunk", "titles", "facets": [{"slug", "label", "values": [[id, label]], "of": [...]}], "sorts": [{"name", "ranks"}]}`. In `of` stands for each
record the place of its value in `values`, a list of places where it has several, -1 where it has none. A facet of validity has `until` (days since
1970-01-01, null when no day is said) and `halted` instead, because only the visitor's clock knows what is valid when the page is read; a derived facet has `ends`, the last day of each value in `of`, 0 for none.
`ranks` gives each record its place among the values of a column, the unsaid last.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from engine.expiry import last_days
from engine.link import spelled
from engine.model import Collection, Facet, Field, Key, Page
from engine.plan import ROWS
from engine.show import sort_key
from engine.urls import slug
from engine.view import View, columns_of, term_label

_SORTED = {"date", "datetime", "year", "integer", "number", "choice", "term", "area", "reference", "standard", "money"}
_ORDERS = {"date": "time", "datetime": "time", "year": "time", "integer": "size", "number": "size", "money": "size", "choice": "row", "term": "row", "area": "row"}
_EPOCH = date(1970, 1, 1)


def render(view: View, page: Page) -> bytes:
    collection = view.site.collections[page.subject]
    keys = view.site.members[collection.id]
    place = {key: number for number, key in enumerate(keys)}
    made = {
        "count": len(keys),
        "chunk": ROWS,
        "titles": [view.site.titles[key] for key in keys],
        "facets": [_facet(view, collection, facet, keys, place) for facet in collection.facets],
        "sorts": [{"name": column.name, "ranks": _ranks(view, collection, column, keys)} for column in sorts(collection)],
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def sorts(collection: Collection) -> list[SimpleNamespace]:
    """The columns by which a visitor may order the list: name, label and what the order is of (size, time, name; or a row of choices). The title is there unless the list is in its order anyway."""
    title = collection.fields[collection.title[0]]
    fields = [] if len(collection.title) == 1 and (collection.sort or collection.title)[0] == title.name else [title]
    fields += [field for field in columns_of(collection) if field.type in _SORTED and not field.many]
    return [SimpleNamespace(name=field.name, label=field.label, order=_ORDERS.get(field.type, "name")) for field in fields]


def _facet(view: View, collection: Collection, facet: Facet, keys: tuple[Key, ...], place: Mapping[Key, int]) -> dict[str, Any]:
    terms = view.site.terms[collection.id, facet.name]
    head = {"slug": slug(facet.name), "label": facet.label}
    if facet.field.expires and facet.table is None:
        states = [[state, term_label(view, facet, state)] for state in ("valid", "soon", "expired", "halted")]
        return {**head, "values": states, "until": [_day(view, key) for key in keys], "halted": [place[key] for key in terms.get("halted", ())]}
    of: list[list[int]] = [[] for _ in keys]
    for number, members in enumerate(terms.values()):
        for key in members:
            of[place[key]].append(number)
    shown = {**head, "values": [[value, term_label(view, facet, value)] for value in terms], "of": [_alone(found) for found in of]}
    ends = [_ends(view, facet, key, list(terms), found) for key, found in zip(keys, of)] if facet.field.derived and facet.table is None else []
    return {**shown, "ends": [_alone(found) for found in ends]} if any(map(any, ends)) else shown


def _alone(found: list[int]) -> int | list[int]:
    return found[0] if len(found) == 1 else found or -1


def _ends(view: View, facet: Facet, key: Key, values: list[str], found: list[int]) -> list[int]:
    """The last day of each value of a derived facet, 0 for one that holds for good. A broader term holds as long as any of its narrower ones."""
    days: dict[str, int] = {}
    lasting = last_days(view.site, key, facet.field)
    for value in view.site.records[key].values[facet.name]:
        day = (lasting[value] - _EPOCH).days if value in lasting else 0
        for name in spelled(facet.field, value, view.site.vocabularies):
            days[name] = 0 if days.get(name) == 0 or not day else max(days.get(name, 0), day)
    return [days.get(values[place], 0) for place in found]


def _day(view: View, key: Key) -> int | None:
    validity = view.site.validity.get(key)
    return (validity.until - _EPOCH).days if validity and validity.until else None


def _ranks(view: View, collection: Collection, column: SimpleNamespace, keys: tuple[Key, ...]) -> list[int]:
    field: Field = collection.fields[column.name]
    said = [view.site.records[key].values[field.name] for key in keys]
    order = [sort_key(field, value, view.names) for value in said]
    ranks = {key: rank for rank, key in enumerate(sorted({key for key, value in zip(order, said) if value is not None}))}
    return [-1 if value is None else ranks[key] for key, value in zip(order, said)]
