"""The variables of each kind of page, besides those that every page has (`head`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from engine import agenda, datasets, figures, finding, handbook, history, schematic, sections, selfcheck, urls
from engine.forms import asks
from engine.model import Collection, Key, Page, Site
from engine.outdated import outdated, rested_on
from engine.plan import PER_PAGE, compared, published
from engine.proof import proof
from engine.schema import COMMON
from engine.view import View, address, card, choices, columns, facet_of, facets, facts, library, relations, shown, shown_validity, term_label

NEWS_ON_HOME = 6
POPULAR = 12


def context(view: View, page: Page) -> dict[str, Any]:
    return _CONTEXTS[page.kind](view, page)


def _home(view: View, page: Page) -> dict[str, Any]:
    site = view.site
    chosen = [id for id in site.config.values["libraries"] if id in site.collections]
    first = [row["to"] for row in _first_group(site)]
    rest = [id for id, collection in site.collections.items() if collection.page and id not in chosen and site.members[id] and urls.collection(id) not in first]
    return {
        "modules": [_module(view, row) for row in _first_group(site)],
        "libraries": [library(view, site.collections[id]) for id in chosen],
        "others": [library(view, site.collections[id]) for id in rest],
        "news": [card(view, key) for key in site.members.get(site.config.values["latest"], ())[:NEWS_ON_HOME]],
        "stations": [card(view, key) for key in site.members.get(site.config.values["places"], ())],
        "popular": _popular(view, chosen),
        "claims": [figures.figure(view, row) for row in site.config.values["claims"] if not row["field"] and not row["sum"]],
    }


def _first_group(site: Site) -> list[Mapping[str, Any]]:
    """The rows of the menu that are always in sight."""
    rows = site.config.values["menu"]
    return [row for row in rows if row["group"] and row["group"] == rows[0]["group"]]


def _module(view: View, row: Mapping[str, Any]) -> SimpleNamespace:
    """A page of the menu's first group: what it is for, as its library or section says."""
    id = row["to"].strip("/")
    said = next((one["summary"] for one in view.site.config.values["sections"] if one["id"] == id), None)
    collection = view.site.collections.get(id)
    return SimpleNamespace(id=id, label=row["label"], address=row["to"], summary=collection.summary if collection else said)


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


def _list(view: View, page: Page) -> dict[str, Any]:
    collection = view.site.collections[page.subject]
    return {**_rows(view, collection, view.site.members[collection.id], page, urls.collection(collection.id)), "facets": choices(view, collection), "listing": finding.listing(view, collection), "term": None, "agenda": agenda.of_collection(view, collection), "shelf": sections.shelf(view, told), "map": schematic.map_of(view, collection)}


def _term(view: View, page: Page) -> dict[str, Any]:
    id, name, value = page.subject
    collection = view.site.collections[id]
    facet = facet_of(collection, name)
    term = SimpleNamespace(facet=facet.label, label=term_label(view, facet, value), address_all=urls.collection(id), feed=urls.term_feed(id, name, value) if name in collection.feeds else None)
    rows = _rows(view, collection, view.site.terms[id, name][value], page, urls.term(id, name, value))
    return {**rows, "facets": choices(view, collection, (name, value)), "listing": finding.listing(view, collection), "term": term}


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
    return told(view, page.subject)


def told(view: View, key: Key) -> dict[str, Any]:
    """A record as its page shows it, and its facts by name."""
    record = Told(view, key)
    return {"record": record, "fact": {name: None for name in view.site.collections[key.collection].fields} | {fact.name: fact for fact in record.facts}}


class Told:
    """A record as its page shows it. Templates show different things of a record: what is not asked for is not worked out."""

    retired = None

    def __init__(self, view: View, key: Key):
        self._view, self._key, self._record, self._collection = view, key, view.site.records[key], view.site.collections[key.collection]
        self.id, self.address, self.title = key.id, urls.record(key), view.site.titles[key]
        self.summary, self.body = self._record.values["summary"], self._record.body

    def _common(self, name: str) -> SimpleNamespace | None:
        value = self._record.values[name]
        return shown(self._view, COMMON[name], value, self._key.collection) if value is not None else None

    collection = cached_property(lambda self: library(self._view, self._collection))
    facts = cached_property(lambda self: facts(self._view, self._record, self._collection))
    relations = cached_property(lambda self: relations(self._view, self._key))
    validity = cached_property(lambda self: shown_validity(self._view.site.validity.get(self._key)))
    aliases = cached_property(lambda self: list(self._record.values["aliases"]))
    sources = cached_property(lambda self: [SimpleNamespace(title=row["title"], url=row["url"], date=row["date"]) for row in self._record.values["source"]])
    updated = cached_property(lambda self: self._common("updated"))
    verified_on = cached_property(lambda self: self._common("verified_on"))
    verified_by = cached_property(lambda self: self._common("verified_by"))
    sample = cached_property(lambda self: bool(self._record.values["sample"]))
    blank = cached_property(lambda self: urls.blank(self._key) if asks(self._view.site, self._key) else None)
    card = cached_property(lambda self: urls.contact(self._key) if self._collection.card else None)
    events = cached_property(lambda self: agenda.of_record(self._view, self._key))
    closes = cached_property(lambda self: agenda.closes(self._view, self._key))
    proof = cached_property(lambda self: proof(self._view, self._key))
    expiring = cached_property(lambda self: finding.expiring(self._view, self._key))
    compared = cached_property(lambda self: f"{self._key.collection}/{self._key.id}" if self._key.collection in compared(self._view.site) else None)
    request = cached_property(lambda self: f"{self._collection.request}?about={self._key.collection}/{self._key.id}" if self._collection.request else None)

    @cached_property
    def withheld(self) -> list[str]:
        """The fields that nobody may leave out and that are empty all the same: whom they concern has not consented."""
        values = self._record.values
        return [field.name for field in self._collection.fields.values() if field.required and field.needs and values[field.name] in (None, ())]

    @cached_property
    def outdated(self) -> list[SimpleNamespace]:
        """What it rests on and is past, each with what is in force in its place."""
        view = self._view
        return [SimpleNamespace(word=one.word, current=[_named(view, key) for key in one.successors]) for one in rested_on(view.site, self._key)]

    @cached_property
    def sheets(self) -> list[SimpleNamespace]:
        fields, values = self._collection.fields, self._record.values
        return [SimpleNamespace(name=name, label=label, address=urls.sheet(self._key, name)) for name, label in self._collection.sheets.items() if name not in fields or values[name] not in (None, ())]


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
    alone = [SimpleNamespace(label=row["label"], address=urls.collection(row["id"]), summary=row["summary"]) for row in view.site.config.values["sections"]]
    return {"sections": sections, "alone": alone}


def _section(view: View, page: Page) -> dict[str, Any]:
    return {"section": sections.section(view, page.subject), "shelf": sections.shelf(view, told), "chapters": handbook.chapters(view) if page.subject == "handbook" else [], "figures": [figures.figure(view, row) for row in view.site.config.values["claims"]]}


def _sheet(view: View, page: Page) -> dict[str, Any]:
    shown = told(view, page.subject)
    name = page.address.split("/")[-2]
    return {**shown, "sheet": next(sheet for sheet in shown["record"].sheets if sheet.name == name), "form": sections.shown_form(view, page.subject)}


def _outdated(view: View, page: Page) -> dict[str, Any]:
    entries = [
        SimpleNamespace(
            record=SimpleNamespace(kind="past", text=view.site.titles[one.key], address=address(view, one.key), word=one.word),
            successors=[_named(view, key) for key in one.successors],
            citing=[_named(view, key) for key in one.citing],
        )
        for one in outdated(view.site, page.subject)
    ]
    return {"entries": entries, "feed": urls.outdated_feed(page.subject)}


def _changes(view: View, page: Page) -> dict[str, Any]:
    """What changed in the last days, by day and library; and what took the place of what."""
    site, days = view.site, []
    for (on, collection, kind), found in groupby(history.changes(site), key=lambda one: (one.on, one.collection, one.kind)):
        records = [SimpleNamespace(title=site.titles[key], address=address(view, key), fields=list(one.fields)) for one in found if (key := Key(collection, one.id)).id]
        group = SimpleNamespace(kind=kind, library=library(view, site.collections[collection]), records=records, count=len(records))
        if not days or days[-1].on != on.isoformat():
            days.append(SimpleNamespace(on=on.isoformat(), groups=[]))
        days[-1].groups.append(group)
    editions = [
        SimpleNamespace(on=one.on.isoformat(), label=one.label, record=SimpleNamespace(kind="past", text=site.titles[one.key], address=address(view, one.key), word=site.validity[one.key].word), successors=[_named(view, key) for key in one.successors])
        for one in history.editions(site)
    ]
    return {"days": days, "editions": editions, "span": history.DAYS, "is_listed": bool(site.config.values["changes"]), "feed": urls.CHANGES_FEED}


def _named(view: View, key: Key) -> SimpleNamespace:
    """A record by its title, with the one that owns it: many capabilities share a name."""
    owner = next((view.site.titles[far] for field in view.site.collections[key.collection].fields.values() if field.type == "reference" and field.required and (far := view.site.records[key].values[field.name]) in view.site.titles), None)
    return SimpleNamespace(kind="record", text=view.site.titles[key], address=address(view, key), owner=owner)


def _data(view: View, page: Page) -> dict[str, Any]:
    return {"datasets": [datasets.shown(view, collection) for collection in published(view.site)], "catalogue": urls.CATALOGUE, "dictionary": urls.DICTIONARY}


def _dataset(view: View, page: Page) -> dict[str, Any]:
    collection = view.site.collections[page.subject]
    return {"dataset": datasets.shown(view, collection), "fields": datasets.dictionary(view, collection), "version": datasets.VERSION}


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
    "outdated": _outdated,
    "changes": _changes,
    "checks": selfcheck.context,
    "section": _section,
    "sheet": _sheet,
    "validity": finding.validity,
    "compare": finding.compare,
    "data": _data,
    "dataset": _dataset,
    "search": _nothing,
    "404": _nothing,
}
