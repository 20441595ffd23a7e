"""What changed: records by the dated list of `_changes.yaml`, and editions that took the place of others.

The list is an input like any other, so the same list makes the same pages wherever it came from. It names records and fields only; what of
that is public is asked of the site, so a list can never show more than the records themselves do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.fields import targets
from engine.model import Key, Site

DAYS = 31  # what "this month" means, whatever the day of the month
EDITIONS = 30
OPENED, ADDED, CHANGED, REMOVED = "opened", "added", "changed", "removed"


class Change(NamedTuple):
    """A public record on a day. An opened library has no id; `fields` are the labels of what was changed."""

    on: date
    kind: str
    collection: str
    id: str | None
    fields: tuple[str, ...] = ()


class Edition(NamedTuple):
    """A record that is past, what takes its place, and the field and day by which that is dated."""

    on: date
    label: str
    key: Key
    successors: tuple[Key, ...]


def changes(site: Site, days: int = DAYS) -> list[Change]:
    """The public changes of the last days, newest first, in the order of the libraries and then of the records."""
    found = [change for row in site.config.values["changes"] if site.today - timedelta(days) < row["date"] <= site.today for change in _public(site, row)]
    libraries = {id: place for place, id in enumerate(site.collections)}
    kinds = (OPENED, ADDED, CHANGED, REMOVED)
    return sorted(dict.fromkeys(found), key=lambda one: (-one.on.toordinal(), libraries[one.collection], kinds.index(one.kind), one.id or ""))


def _public(site: Site, row) -> Iterator[Change]:
    """The change as far as visitors may know of it: none of a record that is withheld, none of fields that are not public."""
    name, _, id = row["record"].partition("/")
    collection = site.collections.get(name)
    if collection is None:
        return
    if row["kind"] == OPENED:
        if site.members[name]:
            yield Change(row["date"], OPENED, name, None)
        return
    key = Key(name, id)
    if row["kind"] == REMOVED:
        if key in site.retired:
            yield Change(row["date"], REMOVED, name, id)
        return
    if key not in site.records:
        return
    labels = tuple(dict.fromkeys(collection.fields[name].label for name in row["fields"] if name in collection.fields))
    if row["kind"] == ADDED or labels or "body" in row["fields"]:
        yield Change(row["date"], row["kind"], name, id, (*labels, *(["正文"] if "body" in row["fields"] else [])))


def editions(site: Site) -> list[Edition]:
    """What has been replaced by what in libraries that keep watch on it, the newest successors first."""
    found = []
    for collection in site.collections.values():
        if not collection.outdated:
            continue
        own = [field for field in collection.fields.values() if field.to == collection.id]
        for key in site.members[collection.id]:
            state = site.validity.get(key)
            if state is None or state.state not in ("expired", "halted"):
                continue
            successors = tuple(dict.fromkeys(target for field in own for target in targets(field, site.records[key].values[field.name]) if target in site.records))
            dates = [(site.records[one].values[name], collection.fields[name].label) for one in successors for name in collection.dated if site.records[one].values.get(name)]
            if dates:
                on, label = max(dates)
                found.append(Edition(on, label, key, successors))
    return sorted(found, key=lambda one: (-one.on.toordinal(), one.key))[:EDITIONS]
