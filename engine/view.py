"""What templates see: every value as something shown, every record as a card, every page with its surroundings.

Templates choose and repeat; whatever has to be worked out is worked out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.link import targets, validity_of
from engine.model import Backlink, Collection, Facet, Field, Key, Page, Record, Site, Validity
from engine.plan import PER_PAGE
from engine.schema import COMMON
from engine.show import Names, row_text, text_of

NEWS_ON_HOME = 6
POPULAR = 12
RELATED = 50
_SHOWN_APART = {"aliases", "summary", "sample", "updated", "verified_on", "verified_by", "source", "redirect_from", "retired_on", "retired_reason", "successor"}
_NONE = SimpleNamespace(kind="none")


class View:
    """The site as templates see it. Holds nothing but the site and what has been shown before."""

    def __init__(self, site: Site):
        self.site = site
        self.names = Names(site.collections, site.vocabularies, site.titles)
        self.card = lru_cache(maxsize=None)(self._card)

    # ── values ──

    def shown(self, field: Field, value: Any, collection: str, validity: Validity | None = None) -> SimpleNamespace:
        """A value as one of the closed list of shown kinds (templates/README.md)."""
        if value is None or value == ():
            return _NONE
        if field.type == "table":
            return self._table(field, value, collection)
        if isinstance(value, tuple) and field.many:
            return SimpleNamespace(kind="list", items=[self._one(field, item, collection, validity) for item in value])
        return self._one(field, value, collection, validity)

    def _one(self, field: Field, value: Any, collection: str, validity: Validity | None) -> SimpleNamespace:
        text = text_of(field, (value,) if field.many else value, self.names)
        shape = field.type
        if shape in ("reference", "standard") and field.to is not None:
            key = targets(field, (value,) if field.many else value)[0]
            return SimpleNamespace(kind="record", text=text, address=self.address(key))
        if field.facet and not field.expires:
            return SimpleNamespace(kind="term", text=text, address=self._term_address(field, value, collection))
        if field.expires:
            state = validity or validity_of({field.name: value}, {field.name: field}, self.site.today)
            return SimpleNamespace(kind="validity", text=text, machine=text, state=state.state, word=state.word)
        if shape in ("date", "datetime"):
            return SimpleNamespace(kind="date", text=text, machine=text.replace(" ", "T"))
        if shape == "url":
            return SimpleNamespace(kind="link", text=text, url=value)
        if shape in ("file", "image"):
            return SimpleNamespace(kind="record", text=text, address=urls.attachment(value))
        if shape == "phone":
            return SimpleNamespace(kind="tel", text=text, url=f"tel:{'+86-' + text[1:] if text.startswith('0') else text}")
        if shape == "email":
            return SimpleNamespace(kind="mail", text=text, url=f"mailto:{text}")
        if shape in ("integer", "number", "year", "range", "quantity", "uncertainty", "money"):
            return SimpleNamespace(kind="number", text=text)
        return SimpleNamespace(kind="text", text=text)

    def _term_address(self, field: Field, value: Any, collection: str) -> str | None:
        spelled = ("yes" if value else "no") if field.type == "boolean" else value.id if isinstance(value, Key) else str(value)
        found = self.site.terms.get((collection, field.name), {})
        return urls.term(collection, field.name, spelled) if spelled in found and self.site.collections[collection].page else None

    def _table(self, field: Field, rows: tuple, collection: str) -> SimpleNamespace:
        used = [column for column in field.fields.values() if any(row[column.name] not in (None, ()) for row in rows)]
        cells = [[self._cell(column, row, field, collection) for column in used] for row in rows]
        return SimpleNamespace(kind="table", head=[column.label for column in used], rows=cells)

    def _cell(self, column: Field, row: Mapping[str, Any], table: Field, collection: str) -> SimpleNamespace:
        validity = validity_of(row, table.fields, self.site.today) if column.expires else None
        shown = self.shown(column, row[column.name], collection, validity)
        if shown.kind == "term":  # a column's facet is named with its table
            shown.address = None
        return shown

    # ── records ──

    def address(self, key: Key) -> str | None:
        return urls.record(key) if key in self.site.records and self.site.collections[key.collection].page else None

    def columns(self, collection: Collection) -> list[SimpleNamespace]:
        """The declared columns that at least one record of the collection fills."""
        return [SimpleNamespace(name=field.name, label=field.label) for field in _columns(collection)]

    def _card(self, key: Key) -> SimpleNamespace:
        record, collection = self.site.records[key], self.site.collections[key.collection]
        validity = self.site.validity.get(key)
        return SimpleNamespace(
            collection=collection.id,
            label=collection.item,
            title=self.site.titles[key],
            address=self.address(key),
            summary=record.values["summary"],
            sample=bool(record.values["sample"]),
            validity=_validity(validity),
            values=[self._column(field, record, collection, validity) for field in _columns(collection)],
        )

    def _column(self, field: Field, record: Record, collection: Collection, validity: Validity | None) -> SimpleNamespace:
        value = record.values[field.name]
        if field.type == "table" and value:
            texts = [text for row in value[:2] if (text := row_text(field, row, self.names, columns_only=True))]
            more = f" 等 {len(value)} 项" if len(value) > 2 else ""
            return SimpleNamespace(kind="text", text="；".join(texts) + more)
        return self.shown(field, value, collection.id, validity if field.expires else None)

    def facts(self, record: Record, collection: Collection) -> list[SimpleNamespace]:
        """The fields that say something, in the order of the declaration; the title apart."""
        validity = self.site.validity.get(record.key)
        facts = []
        for field in collection.fields.values():
            value = record.values[field.name]
            if value is None or value == () or field.name in _SHOWN_APART or (field.name in collection.title and len(collection.title) == 1):
                continue
            facts.append(SimpleNamespace(name=field.name, label=field.label, value=self.shown(field, value, collection.id, validity if field.expires else None)))
        return facts

    def relations(self, key: Key) -> list[SimpleNamespace]:
        """The panels of records that name this one, as their fields' `back` calls them, in the order of declaration."""
        found = self.site.backlinks.get(key, {})
        panels = []
        for collection in self.site.collections.values():
            for field in collection.fields.values():
                keys = found.get(Backlink(collection.id, field.name), ())
                if not keys or field.back is None:
                    continue
                more = urls.term(collection.id, field.name, key.id) if field.facet and len(keys) > RELATED else None
                panels.append(
                    SimpleNamespace(
                        name=f"{collection.id}-{field.name.replace('_', '-')}",
                        label=field.back,
                        collection=collection.id,
                        item=collection.item,
                        count=len(keys),
                        columns=[SimpleNamespace(name=column.name, label=column.label) for column in _columns(collection) if column is not field],
                        cards=[self._without(field, self.card(far), collection) for far in (keys[:RELATED] if more else keys)],
                        more=more,
                    )
                )
        return panels

    def _without(self, field: Field, card: SimpleNamespace, collection: Collection) -> SimpleNamespace:
        """A card without the column that would only repeat the record on whose page it stands."""
        if not field.column:
            return card
        kept = [value for column, value in zip(_columns(collection), card.values) if column is not field]
        return SimpleNamespace(**{**vars(card), "values": kept})

    # ── pages ──

    def page(self, page: Page) -> dict[str, Any]:
        """The variables of a page's template, besides those that every page has."""
        return _CONTEXTS[page.kind](self, page)

    def library(self, collection: Collection) -> SimpleNamespace:
        return SimpleNamespace(
            id=collection.id,
            label=collection.label,
            item=collection.item,
            summary=collection.summary,
            address=urls.collection(collection.id),
            count=len(self.site.members[collection.id]),
            exports=[SimpleNamespace(format=format.upper(), address=urls.export(collection.id, format)) for format in collection.exports],
            feed=urls.feed(collection.id) if collection.feed else None,
        )

    def facets(self, collection: Collection, current: tuple[str, str] | None = None) -> list[SimpleNamespace]:
        shown = []
        for facet in collection.facets:
            values = [
                SimpleNamespace(
                    label=self.term_label(facet, value),
                    count=len(keys),
                    address=urls.term(collection.id, facet.name, value),
                    current=current == (facet.name, value),
                )
                for value, keys in self.site.terms[collection.id, facet.name].items()
            ]
            if values:
                shown.append(SimpleNamespace(name=facet.name, label=facet.label, values=values))
        return shown

    def term_label(self, facet: Facet, value: str) -> str:
        field = facet.field
        if field.expires:
            return {"valid": "有效", "soon": "90 天内到期", "expired": "已到期", "halted": "暂停、撤销等"}[value]
        if field.to is not None:
            return self.site.titles[Key(field.to, value)] if Key(field.to, value) in self.site.titles else value
        if field.type in ("term", "area"):
            return self.site.vocabularies[field.vocabulary or "areas"].terms[value].label
        if field.type == "choice":
            return field.choices[value]
        if field.type == "boolean":
            return "是" if value == "yes" else "否"
        return value


def _columns(collection: Collection) -> list[Field]:
    return [field for field in collection.fields.values() if field.column and field.name not in collection.title]


def _validity(validity: Validity | None) -> SimpleNamespace | None:
    if validity is None:
        return None
    until = validity.until.isoformat() if validity.until else ""
    return SimpleNamespace(kind="validity", text=until, machine=until, state=validity.state, word=validity.word)


def _home(view: View, page: Page) -> dict[str, Any]:
    site = view.site
    chosen = [id for id in site.config.values["libraries"] if id in site.collections]
    rest = [id for id, collection in site.collections.items() if collection.page and id not in chosen and site.members[id]]
    return {
        "libraries": [view.library(site.collections[id]) for id in chosen],
        "others": [view.library(site.collections[id]) for id in rest],
        "news": [view.card(key) for key in site.members.get(site.config.values["latest"], ())[:NEWS_ON_HOME]],
        "stations": [view.card(key) for key in site.members.get(site.config.values["places"], ())],
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
        label = view.term_label(facet, value)
        if label not in kept and len(kept) < POPULAR:
            kept[label] = SimpleNamespace(label=label, address=urls.term(id, facet.name, value))
    return list(kept.values())


def _claim(view: View, row: Mapping[str, Any]) -> SimpleNamespace:
    id = row["collection"]
    count = len(view.site.members[id]) if id in view.site.collections else None
    return SimpleNamespace(label=row["label"], stated=row["stated"], source=row["source"], count=count, address=urls.collection(id) if id else None)


def _list(view: View, page: Page) -> dict[str, Any]:
    collection = view.site.collections[page.subject]
    return {**_rows(view, collection, view.site.members[collection.id], page, urls.collection(collection.id)), "facets": view.facets(collection), "term": None}


def _term(view: View, page: Page) -> dict[str, Any]:
    id, name, value = page.subject
    collection = view.site.collections[id]
    facet = next(facet for facet in collection.facets if facet.name == name)
    term = SimpleNamespace(facet=facet.label, label=view.term_label(facet, value), address_all=urls.collection(id))
    rows = _rows(view, collection, view.site.terms[id, name][value], page, urls.term(id, name, value))
    return {**rows, "facets": view.facets(collection, (name, value)), "term": term}


def _rows(view: View, collection: Collection, keys: tuple[Key, ...], page: Page, address: str) -> dict[str, Any]:
    start = (page.number - 1) * PER_PAGE
    cards = [view.card(key) for key in keys[start : start + PER_PAGE]]
    return {
        "collection": view.library(collection),
        "columns": view.columns(collection),
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
    facts = view.facts(record, collection)
    values = record.values

    def common(name: str) -> SimpleNamespace | None:
        return view.shown(COMMON[name], values[name], collection.id) if values[name] is not None else None

    shown = SimpleNamespace(
        collection=view.library(collection),
        id=record.key.id,
        title=view.site.titles[record.key],
        address=page.address,
        summary=values["summary"],
        facts=facts,
        body=record.body,
        relations=view.relations(record.key),
        validity=_validity(view.site.validity.get(record.key)),
        aliases=list(values["aliases"]),
        sources=[SimpleNamespace(title=row["title"], url=row["url"], date=row["date"]) for row in values["source"]],
        updated=common("updated"),
        verified_on=common("verified_on"),
        verified_by=common("verified_by"),
        sample=bool(values["sample"]),
        retired=None,
    )
    return {"record": shown, "fact": {name: None for name in collection.fields} | {fact.name: fact for fact in facts}}


def _retired(view: View, page: Page) -> dict[str, Any]:
    stone = view.site.retired[page.subject]
    successor = None
    if stone.successor:
        successor = SimpleNamespace(kind="record", text=view.site.titles[stone.successor], address=view.address(stone.successor))
    return {
        "title": stone.title,
        "collection": view.library(view.site.collections[stone.key.collection]),
        "retired": SimpleNamespace(on=stone.on.isoformat(), reason=stone.reason, successor=successor),
    }


def _redirect(view: View, page: Page) -> dict[str, Any]:
    return {"target": SimpleNamespace(kind="record", text=view.site.titles[page.subject], address=view.address(page.subject))}


def _sitemap(view: View, page: Page) -> dict[str, Any]:
    sections = []
    for collection in view.site.collections.values():
        if collection.page and view.site.members[collection.id]:
            library = view.library(collection)
            sections.append(SimpleNamespace(label=library.label, address=library.address, count=library.count, facets=view.facets(collection)))
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
