"""The figures that were published about the platform, against what the site holds: counted, never written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.link import facet_values
from engine.model import Facet, Key, Money
from engine.show import number_text
from engine.view import View


def figure(view: View, row: Mapping[str, Any]) -> SimpleNamespace:
    """One claim: stated, published here, withheld, and what is missing to the stated number. What cannot be told is None."""
    site, id = view.site, row["collection"]
    if id not in site.collections:
        return SimpleNamespace(label=row["label"], stated=row["stated"], source=row["source"], note=row["note"], address=None, count=None, withheld=None, missing=None)
    keys = [key for key in site.members[id] if _counts(view, key, row)]
    published = sum((_amount(site.records[key].values.get(row["sum"])) for key in keys), Decimal()) if row["sum"] else Decimal(len(keys))
    withheld = None if row["field"] or row["sum"] else site.withheld.get(id, 0)
    return SimpleNamespace(
        label=row["label"],
        stated=row["stated"],
        source=row["source"],
        note=row["note"],
        address=_address(view, row),
        count=number_text(published.normalize() if published % 1 else published.quantize(Decimal(1))),
        withheld=withheld,
        missing=None if row["number"] is None else number_text(max(row["number"] - published - (withheld or 0), Decimal())),
    )


def _counts(view: View, key: Key, row: Mapping[str, Any]) -> bool:
    """Whether a record has the value that the claim is about, a broader term included."""
    field = view.site.collections[key.collection].fields.get(row["field"]) if row["field"] else None
    if field is None:
        return row["field"] is None
    record, collection = view.site.records[key], view.site.collections[key.collection]
    return row["value"] in facet_values(Facet(field.name, field.label, field), record, collection, view.site.vocabularies, view.site.validity.get(key), view.site.today)


def _amount(value: Any) -> Decimal:
    return value.amount if isinstance(value, Money) else Decimal(value or 0)


def _address(view: View, row: Mapping[str, Any]) -> str:
    if row["field"] and row["value"] in view.site.terms.get((row["collection"], row["field"]), {}):
        return urls.term(row["collection"], row["field"], row["value"])
    return urls.collection(row["collection"])
