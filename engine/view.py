"""What templates see of values, records and collections: every value as something shown, every record as a card.

Templates choose and repeat; whatever has to be worked out is worked out here. The pages themselves are put together in `contexts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import SimpleNamespace
from typing import Any, NamedTuple

from engine import urls
from engine.expiry import last_days, validity_of
from engine.fields import targets
from engine.model import Backlink, Collection, Facet, Field, Key, Measure, Record, Site, Validity
from engine.reads import Reads, noted
from engine.show import Names, row_text, text_of

CHOICES = 80  # values of a facet beside a list; beyond that it leads to the map of the site, or lists would grow with the square
RELATED = 20  # rows of a panel; beyond that it leads to the list, so that a page stays below 12 kB compressed
SHOWN_APART = {"aliases", "summary", "sample", "updated", "verified_on", "verified_by", "source", "redirect_from", "retired_on", "retired_reason", "successor"}
_NONE = SimpleNamespace(kind="none")


class View(NamedTuple):
    """The site, whose tables note in `reads` who looks; what its values are called; the cards and facets made so far; the relations that show at their far
    end; whether any record is fictional; what the files of data weigh, and what was found out about the pages, once they are made."""

    site: Site
    reads: Reads
    names: Names
    cards: dict[Key, tuple[SimpleNamespace, frozenset]]
    facets: dict[tuple[str, int | None], tuple[list[SimpleNamespace], frozenset]]
    panels: dict[Backlink, tuple[Collection, Field]]
    has_samples: bool
    measured: Mapping[str, Measure]
    found: list[Any]


def view_of(site: Site) -> View:
    panels = {Backlink(collection.id, field.name): (collection, field) for collection in site.collections.values() for field in collection.fields.values() if field.back}
    has_samples = any(record.values["sample"] for record in site.records.values())
    site, measured, reads = noted(site)
    return View(site, reads, Names(site.collections, site.vocabularies, site.titles), {}, {}, panels, has_samples, measured, [])


# ── values ────────────────────────────────────────────────────────────────────


def shown(view: View, field: Field, value: Any, collection: str, validity: Validity | None = None) -> SimpleNamespace:
    """A value as one of the closed list of shown kinds (templates/README.md)."""
    if value is None or value == ():
        return _NONE
    if field.type == "table":
        return _table(view, field, value, collection)
    if isinstance(value, tuple) and field.many:
        return SimpleNamespace(kind="list", items=[_one(view, field, item, collection, validity) for item in value])
    return _one(view, field, value, collection, validity)


def _one(view: View, field: Field, value: Any, collection: str, validity: Validity | None) -> SimpleNamespace:
    text = text_of(field, (value,) if field.many else value, view.names)
    shape = field.type
    if shape in ("reference", "standard") and field.to is not None:
        key = targets(field, (value,) if field.many else value)[0]
        state = view.site.validity.get(key)
        if state is not None and state.until is not None and _always_ends(view.site.collections[key.collection]):
            return SimpleNamespace(kind="lasting", text=text, address=address(view, key), validity=shown_validity(state))
        if state is not None and state.state in ("expired", "halted"):
            return SimpleNamespace(kind="past", text=text, address=address(view, key), word=state.word)
        return SimpleNamespace(kind="record", text=text, address=address(view, key))
    if field.facet and not field.expires:
        return SimpleNamespace(kind="term", text=text, address=_term_address(view, field, value, collection), id=value if shape == "choice" else None)
    if field.expires:
        state = validity or validity_of({field.name: value}, {field.name: field}, view.site.today)
        return SimpleNamespace(kind="validity", text=text, machine=text, state=state.state, word=state.word)
    if shape in ("date", "datetime"):
        return SimpleNamespace(kind="date", text=text, machine=text.replace(" ", "T"))
    if shape == "url":
        return SimpleNamespace(kind="link", text=text, url=value)
    if shape == "file":
        return SimpleNamespace(kind="file", text=text.rpartition(".")[2].upper(), address=urls.attachment(value))
    if shape == "image":
        return SimpleNamespace(kind="image", src=urls.attachment(value), alt="")
    if shape == "phone":
        return SimpleNamespace(kind="tel", text=text, url=f"tel:{'+86-' + text[1:] if text.startswith('0') else text}")
    if shape == "email":
        return SimpleNamespace(kind="mail", text=text, url=f"mailto:{text}")
    if shape in ("integer", "number", "year", "range", "quantity", "uncertainty", "money"):
        return SimpleNamespace(kind="number", text=text)
    return SimpleNamespace(kind="text", text=text)


def _always_ends(collection: Collection) -> bool:
    """Whether its records are no longer than until a day (certificates), which whoever rests on one has to know. An instrument goes on when its calibration has run out."""
    return any(field.expires and field.required for field in collection.fields.values())


def _term_address(view: View, field: Field, value: Any, collection: str) -> str | None:
    spelled = ("yes" if value else "no") if field.type == "boolean" else value.id if isinstance(value, Key) else str(value)
    found = view.site.terms.get((collection, field.name), {})
    return urls.term(collection, field.name, spelled) if spelled in found and view.site.collections[collection].page else None


def _table(view: View, field: Field, rows: tuple, collection: str) -> SimpleNamespace:
    used = [column for column in field.fields.values() if any(row[column.name] not in (None, ()) for row in rows)]
    cells = [[_cell(view, column, row, field, collection) for column in used] for row in rows]
    return SimpleNamespace(kind="table", head=[column.label for column in used], rows=cells)


def _cell(view: View, column: Field, row: Mapping[str, Any], table: Field, collection: str) -> SimpleNamespace:
    validity = validity_of(row, table.fields, view.site.today) if column.expires else None
    cell = shown(view, column, row[column.name], collection, validity)
    if cell.kind == "term":  # a column's facet is named with its table
        cell.address = None
    return cell


# ── records ───────────────────────────────────────────────────────────────────


def address(view: View, key: Key) -> str | None:
    return urls.record(key) if key in view.site.records and view.site.collections[key.collection].page else None


def columns(collection: Collection) -> list[SimpleNamespace]:
    """The declared columns that at least one record of the collection fills."""
    return [SimpleNamespace(name=field.name, label=field.label) for field in columns_of(collection)]


def card(view: View, key: Key) -> SimpleNamespace:
    """A record as other pages show it. Made once: a record stands on many."""
    return view.reads.once(view.cards, key, lambda: _card(view, key))


def _card(view: View, key: Key) -> SimpleNamespace:
    record, collection = view.site.records[key], view.site.collections[key.collection]
    validity = view.site.validity.get(key)
    return SimpleNamespace(
        collection=collection.id,
        label=collection.item,
        title=view.site.titles[key],
        address=address(view, key),
        summary=record.values["summary"],
        sample=bool(record.values["sample"]),
        validity=shown_validity(validity),
        values=[_column(view, field, record, collection, validity) for field in columns_of(collection)],
        looks={},
        without={},
    )


def _column(view: View, field: Field, record: Record, collection: Collection, validity: Validity | None) -> SimpleNamespace:
    value = record.values[field.name]
    if field.type == "table" and value:
        texts = [text for row in value[:2] if (text := row_text(field, row, view.names, columns_only=True))]
        more = f" 等 {len(value)} 项" if len(value) > 2 else ""
        return SimpleNamespace(kind="text", text="；".join(texts) + more)
    if validity is not None and value in field.halts and validity.word == field.choices[value]:  # said as the record itself says it, so that rows need not say it twice
        return shown_validity(validity)
    return _said(view, field, record, collection, validity)


def _said(view: View, field: Field, record: Record, collection: Collection, validity: Validity | None) -> SimpleNamespace:
    """A field of a record as something shown; a derived value with the last day on which it holds."""
    value = record.values[field.name]
    told = shown(view, field, value, collection.id, validity if field.expires else None)
    if field.derived is not None and value:
        ends = last_days(view.site, record.key, field)
        for item, one in zip(told.items, value):
            if one in ends:
                item.last = ends[one].isoformat()
    return told


def facts(view: View, record: Record, collection: Collection) -> list[SimpleNamespace]:
    """The fields that say something, in the order of the declaration; the title apart."""
    validity = view.site.validity.get(record.key)
    facts = []
    for field in collection.fields.values():
        value = record.values[field.name]
        if value is None or value == () or field.name in SHOWN_APART or field.name == collection.form or (field.name in collection.title and len(collection.title) == 1):
            continue
        facts.append(SimpleNamespace(name=field.name, label=field.label, value=_said(view, field, record, collection, validity)))
    return facts


def relations(view: View, key: Key) -> list[SimpleNamespace]:
    """The panels of records that name this one, as their fields' `back` calls them, in the order of declaration."""
    found = view.site.backlinks.get(key, {})
    return [_panel(view, key, *view.panels[far], found[far]) for far in sorted(found.keys() & view.panels.keys(), key=list(view.panels).index)]


def _panel(view: View, key: Key, collection: Collection, field: Field, keys: tuple[Key, ...]) -> SimpleNamespace:
    more = urls.term(collection.id, field.name, key.id) if field.facet and len(keys) > RELATED else None
    return SimpleNamespace(
        name=f"{collection.id}-{field.name.replace('_', '-')}",
        label=field.back,
        collection=collection.id,
        item=collection.item,
        count=len(keys),
        columns=[SimpleNamespace(name=column.name, label=column.label) for column in columns_of(collection) if column is not field],
        cards=[_without(view, field, card(view, far), collection) for far in (keys[:RELATED] if more else keys)],
        more=more,
    )


def _without(view: View, field: Field, card: SimpleNamespace, collection: Collection) -> SimpleNamespace:
    """A card without the column that would only repeat the record on whose page it stands."""
    if not field.column:
        return card
    if field.name not in card.without:
        kept = [value for column, value in zip(columns_of(collection), card.values) if column is not field]
        card.without[field.name] = SimpleNamespace(**{**vars(card), "values": kept, "looks": {}})
    return card.without[field.name]


# ── collections ───────────────────────────────────────────────────────────────


def library(view: View, collection: Collection) -> SimpleNamespace:
    return SimpleNamespace(
        id=collection.id,
        label=collection.label,
        item=collection.item,
        summary=collection.summary,
        address=urls.collection(collection.id),
        count=len(view.site.members[collection.id]),
        exports=[SimpleNamespace(format=format.upper(), address=urls.export(collection.id, format)) for format in collection.exports],
        feed=urls.feed(collection.id) if collection.feed else None,
        outdated=urls.outdated(collection.id) if collection.outdated else None,
    )


def facets(view: View, collection: Collection, most: int | None = None) -> list[SimpleNamespace]:
    """The facets of a library that divide it, with all their values or the first."""
    return view.reads.once(view.facets, (collection.id, most), lambda: [made for facet in collection.facets if (made := _facet(view, collection, facet, None, most)).values])


def choices(view: View, collection: Collection, current: tuple[str, str] | None = None) -> list[SimpleNamespace]:
    """The facets as a list shows them: the first values of each, and where all are. `current` is the facet and the value of the page."""
    shown = facets(view, collection, CHOICES)
    return [_facet(view, collection, facet_of(collection, facet.name), current[1], CHOICES) if current and facet.name == current[0] else facet for facet in shown]


def _facet(view: View, collection: Collection, facet: Facet, current: str | None, most: int | None) -> SimpleNamespace:
    terms = view.site.terms[collection.id, facet.name]
    values = [
        SimpleNamespace(label=term_label(view, facet, value), count=len(terms[value]), address=urls.term(collection.id, facet.name, value), current=current == value)
        for value in (dict.fromkeys([*islice(terms, most), *([current] if current else [])]) if most else terms)
    ]
    anchor = f"{collection.id}-{urls.slug(facet.name)}"
    more = f"{urls.SITEMAP}#{anchor}" if len(values) < len(terms) else None
    return SimpleNamespace(name=facet.name, label=facet.label, values=values, count=len(terms), anchor=anchor, more=more, looks={})


def facet_of(collection: Collection, name: str) -> Facet:
    return next(facet for facet in collection.facets if facet.name == name)


def term_label(view: View, facet: Facet, value: str) -> str:
    field = facet.field
    if field.expires:
        return {"valid": "有效", "soon": "90 天内到期", "expired": "已到期", "halted": "暂停、撤销等"}[value]
    if field.to is not None:
        return view.site.titles[Key(field.to, value)] if Key(field.to, value) in view.site.titles else value
    if field.type in ("term", "area"):
        return view.site.vocabularies[field.vocabulary or "areas"].terms[value].label
    if field.type == "choice":
        return field.choices[value]
    if field.type == "boolean":
        return "是" if value == "yes" else "否"
    return value


def columns_of(collection: Collection) -> list[Field]:
    return [field for field in collection.fields.values() if field.column and field.name not in collection.title]


def shown_validity(validity: Validity | None) -> SimpleNamespace | None:
    if validity is None:
        return None
    until = validity.until.isoformat() if validity.until else ""
    return SimpleNamespace(kind="validity", text=until, machine=until, state=validity.state, word=validity.word)
