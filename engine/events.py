"""What happens at a time: the events of collections that declare a calendar, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from engine.model import Collection, Field, Key, Problem, Site

_CODE = re.compile("[a-z0-9-]*[a-z0-9][a-z0-9-]*")
SELF = "self"  # the record itself is the event
ONLY = "event"  # what the event of such a record is called in addresses
CANCELLED, POSTPONED = "cancelled", "postponed"  # the choices of a `status` that have a meaning here


class Event(NamedTuple):
    """One event of a record. `code` tells it from the record's others and stays the same when it is moved."""

    key: Key
    code: str
    start: datetime
    end: datetime
    values: Mapping[str, Any]
    fields: Mapping[str, Field]

    @property
    def status(self) -> str | None:
        return self.values.get("status")


def events_of(site: Site, key: Key) -> tuple[Event, ...]:
    """The events of a record by their beginning."""
    collection, values = site.collections[key.collection], site.records[key].values
    if collection.calendar is None:
        return ()
    own = collection.calendar == SELF
    fields = collection.fields if own else collection.fields[collection.calendar].fields
    rows = ({**values, "code": ONLY},) if own else values[collection.calendar]
    found = [Event(key, row["code"], row["start"], row["end"] or row["start"], row, fields) for row in rows if row["start"] and row["code"]]
    return tuple(sorted(found, key=lambda event: (event.start, event.code)))


def events(site: Site, collection: Collection) -> tuple[Event, ...]:
    found = [event for key in site.members[collection.id] for event in events_of(site, key)]
    return tuple(sorted(found, key=lambda event: (event.start, event.key, event.code)))


def open_until(event: Event) -> date:
    """The last day on which one can sign up: that which is said, or else the day of the event."""
    return event.values.get("deadline") or event.start.date()


def event_problems(site: Site) -> Iterator[Problem]:
    """An event must have a name of its own and end after it begins."""
    for collection in site.collections.values():
        for key in site.members[collection.id] if collection.calendar else ():
            record, seen = site.records[key], set()
            for event in events_of(site, key):
                rows = () if collection.calendar == SELF else record.values[collection.calendar]
                place = (*record.trail, *next(((collection.calendar, number) for number, row in enumerate(rows) if row is event.values), ()))
                if event.end < event.start:
                    yield Problem(record.path, "event-order", f"结束时间（{event.end:%Y-%m-%d %H:%M}）早于开始时间（{event.start:%Y-%m-%d %H:%M}）", "检查两个时间", trail=(*place, "end"))
                if event.code in seen:
                    yield Problem(record.path, "event-code", f"场次代号“{event.code}”用了两次", "每一场一个代号，公布后不再改，如 2026-12", trail=(*place, "code"))
                elif not _CODE.fullmatch(event.code):
                    yield Problem(record.path, "event-code", f"场次代号“{event.code}”含有小写字母、数字和连字号以外的字", "每一场一个代号，公布后不再改，如 2026-12", trail=(*place, "code"))
                seen.add(event.code)
