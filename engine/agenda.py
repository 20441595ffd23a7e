"""Events as pages show them: in months, each month a grid of days, and in a list. What is past is for the visitor's clock to say."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from types import SimpleNamespace

from engine import urls
from engine.events import CANCELLED, Event, events, events_of, open_until
from engine.model import Collection, Key
from engine.show import text_of
from engine.view import View, address, shown

_WEEK = "一二三四五六日"
_KEPT_APART = {"code", "start", "end", "status", "sequence"}


def of_collection(view: View, collection: Collection) -> SimpleNamespace | None:
    """All events of a library, coming and past as of the day of the build; None where there is no calendar."""
    if collection.calendar is None:
        return None
    found = [shown_event(view, event) for event in events(view.site, collection)]
    today = view.site.today.isoformat()
    coming = [event for event in found if event.last >= today]
    past = [event for event in reversed(found) if event.last < today]
    return SimpleNamespace(feed=urls.agenda(collection.id), coming=coming, past=past, months=_months(found, today), week=list(_WEEK))


def of_record(view: View, key: Key) -> list[SimpleNamespace]:
    return [shown_event(view, event) for event in events_of(view.site, key)]


def closes(view: View, key: Key) -> str | None:
    """The last day on which one can sign up for anything that takes place; None where nothing does."""
    return max((open_until(event).isoformat() for event in events_of(view.site, key) if event.status != CANCELLED), default=None)


def shown_event(view: View, event: Event) -> SimpleNamespace:
    status = event.status
    fields = event.fields
    facts = {name: shown(view, field, event.values[name], event.key.collection) for name, field in fields.items() if name not in _KEPT_APART and event.values.get(name) not in (None, ())}
    return SimpleNamespace(
        is_past=event.end.date() < view.site.today,
        anchor=f"e-{event.key.id}-{event.code}",
        key=event.key,
        code=event.code,
        title=view.site.titles[event.key],
        address=address(view, event.key),
        ics=urls.event(event.key, event.code),
        first=event.start.date().isoformat(),
        last=event.end.date().isoformat(),
        machine=event.start.isoformat(timespec="minutes"),
        ends=event.end.isoformat(timespec="minutes"),
        closes=open_until(event).isoformat(),
        is_off=status == CANCELLED,
        day=f"{event.start.month} 月 {event.start.day} 日",
        year=event.start.year,
        when=when(event),
        status=status,
        word=text_of(fields["status"], status, view.names) if status else None,
        place=facts["place"] if "place" in facts else None,
        facts={name: facts.get(name) for name in ("formerly", "reason", "capacity", "deadline", "link", *facts)},
        labels={name: field.label for name, field in fields.items()},
    )


def when(event: Event) -> str:
    """2026-12-08（周二）09:00—11:30, with the second date where it is another."""
    start, end = event.start, event.end
    first = f"{start:%Y-%m-%d}（周{_WEEK[start.weekday()]}）{start:%H:%M}"
    if end == start:
        return first
    return f"{first}—{end:%H:%M}" if end.date() == start.date() else f"{first} 至 {end:%Y-%m-%d}（周{_WEEK[end.weekday()]}）{end:%H:%M}"


def _months(found: list[SimpleNamespace], today: str) -> list[SimpleNamespace]:
    """Every month in which something happens, from the first; its weeks begin on Monday and have a day or None in each place."""
    by_day: dict[str, list[SimpleNamespace]] = {}
    for event in found:
        day, last = date.fromisoformat(event.first), date.fromisoformat(event.last)
        while day <= last:
            by_day.setdefault(day.isoformat(), []).append(event)
            day += timedelta(days=1)
    months = []
    for year, month in sorted({(int(day[:4]), int(day[5:7])) for day in by_day}):
        weeks = [[_day(day, by_day) if day.month == month else None for day in week] for week in calendar.Calendar().monthdatescalendar(year, month)]
        mine = [event for event in found if event.first[:7] <= f"{year}-{month:02}" <= event.last[:7]]
        months.append(SimpleNamespace(id=f"m-{year}-{month:02}", label=f"{year} 年 {month} 月", weeks=weeks, count=len(mine), is_past=f"{year}-{month:02}" < today[:7]))
    return months


def _day(day: date, by_day: dict[str, list[SimpleNamespace]]) -> SimpleNamespace:
    found = by_day.get(day.isoformat(), [])
    told = "；".join(f"{event.title}（{event.word}）" if event.word else event.title for event in found)
    return SimpleNamespace(number=day.day, machine=day.isoformat(), events=found, told=told, is_off=all(event.is_off for event in found))
