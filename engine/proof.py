"""What a printed record can be checked by: its address, a digest of its public values, and where the official word is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from types import SimpleNamespace

from engine import urls
from engine.exports.records import record as public
from engine.fields import targets
from engine.model import Key
from engine.view import View

_OFFICIAL = ("verify_url", "page")  # fields of type url in which a collection keeps the official page of a record
_MOST = 3
_ordered = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def proof(view: View, key: Key) -> SimpleNamespace:
    return SimpleNamespace(
        address=urls.record(key),
        link=urls.absolute(view.site.config.values["url"], urls.record(key)),
        id=f"{key.collection}/{key.id}",
        digest=digest(view, key),
        official=official(view, key),
    )


def digest(view: View, key: Key) -> str:
    """SHA-256 of the record as its library's JSON gives it: keys in order, no white space, UTF-8. Anybody can compute it again."""
    said = public(view, view.site.collections[key.collection], key)
    return hashlib.sha256(_ordered(said).encode()).hexdigest()


def official(view: View, key: Key) -> list[SimpleNamespace]:
    """Where the record, or what it rests on (a capability's certificates), can be looked up officially."""
    found: dict[str, SimpleNamespace] = {}
    for near in (key, *_named(view, key)):
        fields = view.site.collections[near.collection].fields
        for name in _OFFICIAL:
            if name in fields and fields[name].type == "url" and (values := view.site.records[near].values)[name]:
                found.setdefault(values[name], SimpleNamespace(url=values[name], text=view.site.titles[near]))
    return list(found.values())[:_MOST]


def _named(view: View, key: Key) -> Iterator[Key]:
    """The records that this one names, and those that name it and are in force: an institution's certificates."""
    site = view.site
    values = site.records[key].values
    for name, field in site.collections[key.collection].fields.items():
        if field.to is not None and field.derived is None:
            yield from (far for far in targets(field, values[name]) if far in site.records)
    for link, keys in site.backlinks.get(key, {}).items():
        if "verify_url" in site.collections[link.collection].fields:
            yield from (far for far in keys if far in site.validity and site.validity[far].state in ("valid", "soon"))
