"""The variables of each kind of page, besides those that every page has (`head`)."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.model import Collection, Key, Page
from engine.plan import PER_PAGE
from engine.schema import COMMON
from engine.view import View, address, card, columns, facets, facts, library, relations, shown, shown_validity, term_label

NEWS_ON_HOME = 6
POPULAR = 12


def context(view: View, page: Page) -> dict[str, Any]:
    return _CONTEXTS[page.kind](view, page)


def _home(view: View, page: Page) -> dict[str, Any]:
    site = view.site
    chosen = [id for id in site.config.values["libraries"] if id in site.collections]
    rest = [id for id, collection in site.collections.items() if collection.page and id not in chosen and site.members[id]]
    return {
        "libraries": [library(view, site.collections[id]) for id in chosen],
        "others": [library(view, site.collections[id]) for id in rest],
        "news": [card(view, key) for key in site.members.get(site.config.values["latest"], ())[:NEWS_ON_HOME]],
        "stations": [card(view, key) for key in site.members.get(site.config.values["places"], ())],
        "popular": _popular(view, chosen),
        "claims": [_claim(view, row) for row in site.config.values["claims"]],
    }


def _popular(view: View, chosen: list[str]) -> list[SimpleNamespace]:
    """The values with the most records, one library after another."""
    found = []
    for id in chosen:
        collection = view.site.collections[id]
        for facet in collection.facets:
            if facet.field.type == "term" and facet.table is None:
                for value, keys in view.site.terms[id, facet.name].items():
                    found.append((len(keys), id, facet, value))
    found.sort(key=lambda one: (-one[0], one[1], one[2].name, one[3]))
    kept: dict[str, SimpleNamespace] = {}
    for _, id, facet, value in found:
        label = term_label(view, facet, value)
        if label not in kept and len(kept) < POPULAR:
            kept[label] = SimpleNamespace(label=label, address=urls.term(id, facet.name, value))
    return list(kept.values())


def _claim(view: View, row: Mapping[str, Any]) -> SimpleNamespace:
    id = row["collection"]
    count = len(view.site.members[id]) if id in view.site.collections else None
    return SimpleNamespace(label=row["label"], stated=row["stated"], source=row["source"], count=count, address=urls.collection(id) if id else None)


def _list(view: View, page: Page) -> dict[str, Any]:
    collection = view.site.collections[page.subject]
    return {**_rows(view, collection, view.site.members[collection.id], page, urls.collection(collection.id)), "facets": facets(view, collection), "term": None}


def _term(view: View, page: Page) -> dict[str, Any]:
    id, name, value = page.subject
    collection = view.site.collections[id]
    facet = next(facet for facet in collection.facets if facet.name == name)
    term = SimpleNamespace(facet=facet.label, label=term_label(view, facet, value), address_all=urls.collection(id))
    rows = _rows(view, collection, view.site.terms[id, name][value], page, urls.term(id, name, value))
    return {**rows, "facets": facets(view, collection, (name, value)), "term": term}


def _rows(view: View, collection: Collection, keys: tuple[Key, ...], page: Page, address: str) -> dict[str, Any]:
    start = (page.number - 1) * PER_PAGE
    cards = [card(view, key) for key in keys[start : start + PER_PAGE]]
    return {
        "collection": library(view, collection),
        "columns": columns(collection),
        "rows": cards,
        "pager": _pager(page.number, len(keys), address),
    }


def _pager(number: int, items: int, address: str) -> SimpleNamespace:
    pages = max(1, -(-items // PER_PAGE))
    near = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    numbers: list[SimpleNamespace | None] = []
    for place, one in enumerate(near):
        if place and one > near[place - 1] + 1:
            numbers.append(None)
        numbers.append(SimpleNamespace(number=one, address=urls.numbered(address, one), current=one == number))
    return SimpleNamespace(
        number=number,
        pages=pages,
        items=items,
        from_=min((number - 1) * PER_PAGE + 1, items),
        to=min(number * PER_PAGE, items),
        previous=urls.numbered(address, number - 1) if number > 1 else None,
        next=urls.numbered(address, number + 1) if number < pages else None,
        numbers=numbers,
    )


def _record(view: View, page: Page) -> dict[str, Any]:
    record = view.site.records[page.subject]
    collection = view.site.collections[page.subject.collection]
    said = facts(view, record, collection)
    values = record.values

    def common(name: str) -> SimpleNamespace | None:
        return shown(view, COMMON[name], values[name], collection.id) if values[name] is not None else None

    told = SimpleNamespace(
        collection=library(view, collection),
        id=record.key.id,
        title=view.site.titles[record.key],
        address=page.address,
        summary=values["summary"],
        facts=said,
        body=record.body,
        relations=relations(view, record.key),
        validity=shown_validity(view.site.validity.get(record.key)),
        aliases=list(values["aliases"]),
        sources=[SimpleNamespace(title=row["title"], url=row["url"], date=row["date"]) for row in values["source"]],
        updated=common("updated"),
        verified_on=common("verified_on"),
        verified_by=common("verified_by"),
        sample=bool(values["sample"]),
        retired=None,
    )
    return {"record": told, "fact": {name: None for name in collection.fields} | {fact.name: fact for fact in said}}


def _retired(view: View, page: Page) -> dict[str, Any]:
    stone = view.site.retired[page.subject]
    successor = None
    if stone.successor:
        successor = SimpleNamespace(kind="record", text=view.site.titles[stone.successor], address=address(view, stone.successor))
    return {
        "title": stone.title,
        "collection": library(view, view.site.collections[stone.key.collection]),
        "retired": SimpleNamespace(on=stone.on.isoformat(), reason=stone.reason, successor=successor),
    }


def _redirect(view: View, page: Page) -> dict[str, Any]:
    return {"target": SimpleNamespace(kind="record", text=view.site.titles[page.subject], address=address(view, page.subject))}


def _sitemap(view: View, page: Page) -> dict[str, Any]:
    sections = []
    for collection in view.site.collections.values():
        if collection.page and view.site.members[collection.id]:
            sections.append(SimpleNamespace(**vars(library(view, collection)) | {"facets": facets(view, collection)}))
    return {"sections": sections}


def _nothing(view: View, page: Page) -> dict[str, Any]:
    return {}


_CONTEXTS = {
    "home": _home,
    "list": _list,
    "term": _term,
    "record": _record,
    "retired": _retired,
    "redirect": _redirect,
    "sitemap": _sitemap,
    "search": _nothing,
    "404": _nothing,
}
