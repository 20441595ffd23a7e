"""What templates see of finding and checking: a list's controls, what runs out, what may stand side by side."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.exports.filters import sorts
from engine.expiry import SOON_DAYS, expiries, near
from engine.fields import targets
from engine.model import Collection, Expiry, Key, Page
from engine.plan import compared, has_ranges, is_filtered
from engine.view import View, card

_MOST = 600  # rows of the page of what runs out; beyond that the libraries' own pages lead on


def listing(view: View, collection: Collection) -> SimpleNamespace | None:
    """Addresses of what the script of a list loads, and what it may sort by; None where there is nothing to filter."""
    if not is_filtered(view.site, collection):
        return None
    others = [id for id in compared(view.site) if id != collection.id and has_ranges(view.site.collections[id])]
    return SimpleNamespace(
        base=urls.collection(collection.id),
        filter=urls.filter(collection.id),
        rows=urls.rows(collection.id, 0).removesuffix("0.json"),
        ranges=urls.ranges(collection.id) if has_ranges(collection) else None,
        others=[SimpleNamespace(label=view.site.collections[id].label, address=urls.collection(id)) for id in others],
        sorts=sorts(collection),
    )


def validity(view: View, page: Page) -> dict[str, Any]:
    """What has run out and what will within 90 days, and the calendars that tell it."""
    found = near(view.site, expiries(view.site.validity))
    calendars = [SimpleNamespace(text=view.site.titles[key], address=urls.expiries(key), page=card(view, key).address) for key in view.site.held]
    return {
        "past": [_due(view, one) for one in found if one.until < view.site.today][-_MOST:],
        "coming": [_due(view, one) for one in found if one.until >= view.site.today][:_MOST],
        "last": (view.site.today + timedelta(days=SOON_DAYS)).isoformat(),
        "calendars": sorted(calendars, key=lambda one: one.text.encode("gb18030", "replace")),
        "libraries": _expiring_libraries(view),
        "days": SOON_DAYS,
    }


def expiring(view: View, key: Key) -> SimpleNamespace | None:
    """The same of one record: what it owns, and the address of its calendar. None for a record that owns nothing with a last day."""
    if key not in view.site.held:
        return None
    return SimpleNamespace(
        due=[_due(view, one) for one in near(view.site, view.site.held[key])],
        last=(view.site.today + timedelta(days=SOON_DAYS)).isoformat(),
        calendar=urls.expiries(key),
        days=SOON_DAYS,
    )


def compare(view: View, page: Page) -> dict[str, Any]:
    return {
        "libraries": [SimpleNamespace(id=id, label=view.site.collections[id].label, address=urls.collection(id)) for id in compared(view.site)],
        "index": urls.COMPARISONS,
    }


def _due(view: View, one: Expiry) -> SimpleNamespace:
    shown, site = card(view, one.key), view.site
    fields, values = site.collections[one.key.collection].fields, site.records[one.key].values
    holders = [far for name, field in fields.items() if field.back and field.type == "reference" for far in targets(field, values[name]) if far in view.site.held]
    return SimpleNamespace(
        title=shown.title,
        id=one.key.id,
        label=shown.label,
        address=shown.address,
        validity=shown.validity,
        until=one.until.isoformat(),
        holder=SimpleNamespace(text=site.titles[holders[0]], address=card(view, holders[0]).address) if holders else None,
    )


def _expiring_libraries(view: View) -> list[SimpleNamespace]:
    """The libraries with a facet of validity: where the whole is."""
    found = []
    for collection in view.site.collections.values():
        for facet in collection.facets:
            if collection.page and facet.field.expires and facet.table is None:
                values = [
                    SimpleNamespace(state=state, count=len(keys), address=urls.term(collection.id, facet.name, state))
                    for state, keys in view.site.terms[collection.id, facet.name].items()
                ]
                found.append(SimpleNamespace(label=collection.label, address=urls.collection(collection.id), values=values))
    return found
