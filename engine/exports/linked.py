"""JSON-LD in the words of schema.org: what a page is, the way to it, and the record or the list that it shows.

Everything said here stands on the page for people to read; codes of vocabularies (`unitCode`, `propertyID`, statuses) say the same as a
word there. What a record is, its collection declares (`engine.things`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.exports import catalogue
from engine.head import Head
from engine.model import Choice, Collection, Field, Key, Page, Range, Thing
from engine.plan import PER_PAGE
from engine.show import number_text, text_of, unit_label
from engine.things import PAGE, VALIDITY, WORDS
from engine.view import View, facet_of

_CONTEXT = "https://schema.org"
_UNSPOKEN = ("404", "redirect", "retired")
_PLAIN = ("text", "url", "date", "number", "boolean", "Thing")
_MEASURED = ("range", "quantity", "uncertainty", "money")
_ESCAPED = [(sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029"]
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_Node = dict[str, Any]


def render(view: View, page: Page, head: Head) -> str | None:
    """The block of a page, ready to stand inside `<script type="application/ld+json">`."""
    if page.kind in _UNSPOKEN:
        return None
    said = _home(view) if page.kind == "home" else _page(view, page, head)
    return block({"@context": _CONTEXT, **said})


def block(said: Mapping[str, Any]) -> str:
    """JSON without any sign that could end the element or a line of it."""
    text = _written(said)
    for sign, escape in _ESCAPED:
        text = text.replace(sign, escape)
    return text


def _node(type: str, **said: Any) -> _Node:
    """A thing, without what is unsaid."""
    node: _Node = {"@type": type}
    for name, value in said.items():
        if value or value == 0:
            node[name] = value
    return node


# ── pages ─────────────────────────────────────────────────────────────────────


def _home(view: View) -> _Node:
    config = view.site.config.values
    root = config["url"]
    target = urls.absolute(root, urls.SEARCH)
    action = _node("SearchAction", target=_node("EntryPoint", urlTemplate=f"{target}?q={{search_term_string}}")) | {"query-input": "required name=search_term_string"}
    return _node(
        "WebSite",
        url=root,
        name=config["name"],
        inLanguage=config["language"] or "zh-CN",
        publisher=_publisher(config),
        potentialAction=action if target else None,
    )


def _publisher(config: Mapping[str, Any]) -> _Node | None:
    return _node("GovernmentOrganization", name=config["owner"], address=config["address"], telephone=config["phone"], email=config["email"]) if config["owner"] else None


def _page(view: View, page: Page, head: Head) -> _Node:
    config = view.site.config.values
    said = _node(
        PAGE,
        name=head.title,
        url=head.canonical,
        inLanguage=config["language"] or "zh-CN",
        isPartOf=_website(config["name"], config["url"]),
        breadcrumb=_breadcrumb(config["url"], head.breadcrumbs),
    )
    if page.kind in ("list", "term"):
        return said | _listing(view, page)
    if page.kind in ("data", "dataset"):
        return said | {"mainEntity": catalogue.spoken(view, page)}
    if page.kind == "record":
        return said | _of_record(view, page.subject)
    return said


@cache
def _website(name: str, url: str | None) -> _Node:
    return _node("WebSite", name=name, url=url)


def _breadcrumb(root: str | None, crumbs: list[SimpleNamespace]) -> _Node | None:
    steps = [_node("ListItem", position=number, name=crumb.label, item=urls.absolute(root, crumb.address) if crumb.address else None) for number, crumb in enumerate(crumbs, 1)]
    return _node("BreadcrumbList", itemListElement=steps) if steps else None


def _listing(view: View, page: Page) -> _Node:
    """A list, whole in number and in part in its items: those of this page, at their place in the whole."""
    site, root = view.site, view.site.config.values["url"]
    if page.kind == "term":
        id, name, value = page.subject
        keys, about = site.terms[id, name][value], _term(view, site.collections[id], name, value)
    else:
        keys, about = site.members[page.subject], None
    start = (page.number - 1) * PER_PAGE
    items = [
        {"@type": "ListItem", "position": number, "name": site.titles[key]} | ({"url": root + urls.record(key)[1:]} if root else {})
        for number, key in enumerate(keys[start : start + PER_PAGE], start + 1)
    ]
    return _node("CollectionPage", about=about, mainEntity=_node("ItemList", numberOfItems=len(keys), itemListElement=items))


def _term(view: View, collection: Collection, name: str, value: str) -> _Node | None:
    """What all of a list have in common, where that is a word of a controlled vocabulary."""
    facet = facet_of(collection, name)
    if facet.field.type not in ("term", "area"):
        return None
    label = view.site.vocabularies[facet.field.vocabulary or "areas"].terms[value].label
    return _node("DefinedTerm", name=label, inDefinedTermSet=_node("DefinedTermSet", name=facet.label))


# ── records ───────────────────────────────────────────────────────────────────


def _of_record(view: View, key: Key) -> _Node:
    record, collection = view.site.records[key], view.site.collections[key.collection]
    values, declared = record.values, collection.schema_org
    by = values["verified_by"]
    said = _node(
        (declared.page if declared else None) or PAGE,
        dateModified=_day(values["updated"]),
        lastReviewed=_day(values["verified_on"]),
        reviewedBy=_node("Organization", name=by) if by else None,
    )
    if declared is None:
        return said
    entity = _node(declared.type, name=view.site.titles[key], url=urls.absolute(view.site.config.values["url"], urls.record(key)), description=values["summary"])
    return said | {"mainEntity": entity | _said(view, declared, collection.fields, values, key)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(view: View, thing: Thing, fields: Mapping[str, Field], values: Mapping[str, Any], key: Key) -> _Node:
    """The properties of a thing that the values fill."""
    said = {}
    for name, sources in thing.says.items():
        found = []
        for source in sources:
            found += _found(view, name, source, fields, values, key)
        if found := [one for one in found if one is not None]:
            said.update(found[0] if name == "value" and isinstance(found[0], dict) else {name: found[0] if len(found) == 1 else found})
    return said


def _found(view: View, name: str, source: Any, fields: Mapping[str, Field], values: Mapping[str, Any], key: Key) -> Iterator[Any]:
    if isinstance(source, str):
        field = fields.get(source)
        value = values.get(source) if field is not None else None
        if value is None or value == ():
            return
        for one in value if isinstance(value, tuple) and field.many else (value,):
            yield _value(view, WORDS.properties[name], name, field, one)
    elif isinstance(source, Choice):
        chosen = _chosen(view, source, values, key)
        if chosen:
            yield f"{_CONTEXT}/{chosen}"
    elif source.each is not None:
        table = fields.get(source.each)
        for row in values[source.each] if table is not None else ():
            yield from _thing(view, source, {**fields, **table.fields}, {**values, **row}, key)
    else:
        yield from _thing(view, source, fields, values, key)


def _thing(view: View, thing: Thing, fields: Mapping[str, Field], values: Mapping[str, Any], key: Key) -> Iterator[_Node]:
    said = _said(view, thing, fields, values, key)
    if said:
        yield {"@type": thing.type, **said}


def _chosen(view: View, choice: Choice, values: Mapping[str, Any], key: Key) -> str | None:
    if choice.of == VALIDITY and VALIDITY not in values:
        validity = view.site.validity.get(key)
        return choice.choices.get(validity.state, choice.otherwise) if validity else choice.otherwise
    return choice.choices.get(values.get(choice.of), choice.otherwise)


# ── values ────────────────────────────────────────────────────────────────────


def _value(view: View, expected: str, name: str, field: Field, value: Any) -> Any:
    """One value as its property wants it: a measured value, a record by name and address, a named thing, or plain."""
    if expected == "PropertyValue":
        return _node("PropertyValue", name=field.label, propertyID=WORDS.identifiers.get(field.type), **_measured(view, field, value))
    if name == "value" and field.type in _MEASURED:
        return _measured(view, field, value)
    text = text_of(field, (value,) if field.many else value, view.names)
    if isinstance(value, Key):
        return _linked(view, value, text, expected)
    if field.type in ("date", "datetime"):
        return value.isoformat()
    if field.type in ("file", "image"):
        return urls.absolute(view.site.config.values["url"], urls.attachment(value))
    if isinstance(value, (bool, int)) and expected != "date":
        return value
    if isinstance(value, Decimal):
        return _number(value)
    return text if expected in _PLAIN else {"@type": expected, "name": text}


def _linked(view: View, key: Key, text: str, expected: str) -> Any:
    """A record that is named: by its own type, or by its name alone where a text is expected."""
    if expected == "text":
        return text
    collection = view.site.collections[key.collection]
    type = collection.schema_org.type if collection.schema_org else expected if expected not in _PLAIN else "Thing"
    public = key in view.site.records and collection.page
    return _node(type, name=text, url=urls.absolute(view.site.config.values["url"], urls.record(key)) if public else None)


def _measured(view: View, field: Field, value: Any) -> _Node:
    """From, to, value and unit of a PropertyValue; an uncertainty is told whole, since a number without its k says nothing."""
    if field.type == "range":
        ends: Range = value
        low, high = (None if end is None else _number(end) for end in (ends.low, ends.high))
        return _filled(minValue=low, maxValue=high, **_unit(unit_label(value.unit, view.names)))
    if field.type == "quantity":
        return {"value": _number(value.value), **_unit(unit_label(value.unit, view.names))}
    return {"value": text_of(field, (value,) if field.many else value, view.names)}


def _filled(**said: Any) -> _Node:
    return {name: value for name, value in said.items() if value is not None}


def _unit(label: str) -> _Node:
    return _filled(unitText=label, unitCode=WORDS.units.get(label))


def _number(value: Decimal) -> int | float | str:
    """A number where nothing is lost by it."""
    number = int(value) if value == value.to_integral_value() else float(value)
    return number if abs(number) < 1e15 else number_text(value)
