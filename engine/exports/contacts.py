"""A record as vCard 4.0 (RFC 6350): an organisation or a place to put into one's address book. What is not public is not in the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timezone
from urllib.parse import urlsplit

from engine import urls
from engine.exports.calendar import folded
from engine.model import Field, Key, Page
from engine.show import text_of
from engine.view import View

_TOLD = ("hours", "services", "cqo", "cqo_since")


def render(view: View, page: Page) -> bytes:
    return b"".join(map(folded, lines(view, page.subject)))


def lines(view: View, key: Key) -> Iterator[str]:
    """The properties in the order of RFC 6350, section 6. Empty ones are left out."""
    site = view.site
    record, collection, config = site.records[key], site.collections[key.collection], site.config.values
    values, title = record.values, site.titles[key]
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:org"
    yield f"FN:{escaped(title)}"
    yield f"N:{escaped(title)};;;;"  # not asked for by 4.0, but older address books show nothing without it
    yield f"ORG:{escaped(title)}"
    if values.get("address"):
        area = text_of(collection.fields["area"], values["area"], view.names) if values.get("area") else ""
        yield f"ADR;TYPE=work:;;{escaped(values['address'])};{escaped(area)};;{escaped(values.get('postcode') or '')};"
    for field in collection.fields.values():
        for value in _each(field, values[field.name]):
            if field.type == "phone":
                yield f"TEL;VALUE=uri;TYPE=\"work,voice\":tel:{'+86-' + value[1:] if value.startswith('0') else value}"
            elif field.type == "email":
                yield f"EMAIL;TYPE=work:{escaped(value)}"
            elif field.type == "url":
                yield f"URL;TYPE=work:{value}"
    if page_url := urls.absolute(config["url"], urls.record(key)):
        yield f"URL:{page_url}"
    if values.get("elements"):
        yield "CATEGORIES:" + ",".join(escaped(one) for one in text_of(collection.fields["elements"], values["elements"], view.names).split("、"))
    notes = [f"{collection.fields[name].label}：{text_of(collection.fields[name], values[name], view.names)}" for name in _TOLD if values.get(name)]
    if notes:
        yield f"NOTE:{escaped(chr(10).join(notes))}"
    if values["updated"]:
        moment = datetime.combine(values["updated"], time(), timezone.utc)
        yield f"REV:{moment:%Y%m%dT%H%M%SZ}"
    yield f"UID:{key.collection}.{key.id}@{urlsplit(config['url']).hostname if config['url'] else 'localhost'}"
    yield "END:VCARD"


def escaped(text: str) -> str:
    """Section 3.4: backslash, comma, semicolon and line breaks; control characters have no place in a card."""
    kept = "".join(mark for mark in text.replace("\r\n", "\n") if mark == "\n" or mark >= " ")
    return kept.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _each(field: Field, value) -> tuple:
    return () if value is None else value if field.many else (value,)
