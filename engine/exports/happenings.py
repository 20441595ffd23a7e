"""The events of a collection as iCalendar: one file each, and one feed. A moved event keeps its UID and has a higher SEQUENCE."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from engine import urls
from engine.events import CANCELLED, POSTPONED, Event, events
from engine.exports import calendar
from engine.model import Page
from engine.show import text_of
from engine.view import View

_TOLD = ("formerly", "reason", "audience", "teacher", "link", "capacity", "deadline", "contact", "phone")


def render(view: View, page: Page) -> bytes:
    """The subject is a collection's id or a single event."""
    site = view.site
    if isinstance(page.subject, Event):
        return calendar.calendar(site.titles[page.subject.key], [_event(view, page.subject)])
    collection = site.collections[page.subject]
    return calendar.calendar(f"{site.config.values['name']} - {collection.label}", (_event(view, event) for event in events(site, collection)))


def _event(view: View, event: Event) -> calendar.Event:
    site, config = view.site, view.site.config.values
    values, record = event.values, view.site.records[event.key].values
    word = text_of(event.fields["status"], event.status, view.names) if event.status else ""
    title = site.titles[event.key]
    return calendar.Event(
        uid=uid(event, config["url"]),
        start=event.start,
        end=event.end,
        summary=f"【{word}】{title}" if word else title,
        stamp=record["updated"] or date(event.start.year, 1, 1),
        sequence=values["sequence"] or 0,
        description="\n".join(line for line in (record["summary"], *_lines(view, event)) if line),
        location=values.get("place"),
        url=urls.absolute(config["url"], urls.record(event.key)),
        status={CANCELLED: "CANCELLED", POSTPONED: "TENTATIVE" if _is_open(values) else "CONFIRMED"}.get(event.status, "CONFIRMED"),
    )


def uid(event: Event, url: str | None) -> str:
    """The same for ever: nothing in it changes when the event is moved or renamed."""
    return f"{event.key.collection}.{event.key.id}.{event.code}@{urlsplit(url).hostname if url else 'localhost'}"


def _is_open(values) -> bool:
    """A postponed event without its former date has not got its new one yet."""
    return values.get("formerly") is None


def _lines(view: View, event: Event):
    """What the event says of itself; what it does not say, its record may: whom to call stands once, for all its sessions."""
    fields = {**view.site.collections[event.key.collection].fields, **event.fields}
    values = {**view.site.records[event.key].values, **event.values}
    for name in _TOLD:
        if name in fields and values.get(name) not in (None, ()):
            yield f"{fields[name].label}：{text_of(fields[name], values[name], view.names)}"
