"""iCalendar (RFC 5545): a calendar of events. Nothing of the build's moment is in it: equal events make equal bytes.

`calendar` is general; what becomes an event is the business of the exports that call it (`expiries` and others).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from engine.fields import BEIJING

ZONE = "Asia/Shanghai"
_LINE = 75  # octets of a line without its break (RFC 5545, section 3.1)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_TIMEZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19910915T010000",  # since the last summer time ended there
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


class Event(NamedTuple):
    """One event. A `date` as its start makes it last whole days, and `end` is then the last of them; times are Beijing's.

    `uid` is the same for ever, `sequence` counts the changes that matter to who comes, `stamp` is when the event was last written.
    """

    uid: str
    start: date | datetime
    summary: str
    stamp: date | datetime
    end: date | datetime | None = None
    sequence: int = 0
    description: str | None = None
    location: str | None = None
    url: str | None = None
    status: str | None = None


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """A calendar of that name; its events by start and uid, whatever order they come in. The time zone keeps one without events valid."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{escaped(name)}//quality-directory//ZH", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D", *_TIMEZONE]
    for event in sorted(events, key=lambda event: (_moment(event.start), event.uid)):
        lines += _event(event)
    return b"".join(map(folded, [*lines, "END:VCALENDAR"]))


def escaped(text: str) -> str:
    """A value of type TEXT (section 3.3.11); control characters have no place in it."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, no character split; all but the first begin with the space that joins them again."""
    pieces, room, piece = [], _LINE, b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", _LINE - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{_moment(event.stamp).astimezone(timezone.utc):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{event.sequence}"
    yield _time("DTSTART", event.start)
    if event.end is not None or not isinstance(event.start, datetime):
        yield _time("DTEND", _after(event))
    yield f"SUMMARY:{escaped(event.summary)}"
    for label, text in (("DESCRIPTION", event.description), ("LOCATION", event.location)):
        if text:
            yield f"{label}:{escaped(text)}"
    if event.url:
        yield f"URL:{_CONTROL.sub('', event.url)}"
    if event.status:
        yield f"STATUS:{event.status}"
    if not isinstance(event.start, datetime):
        yield "TRANSP:TRANSPARENT"  # a day that is marked does not make anybody busy
    yield "END:VEVENT"


def _after(event: Event) -> date | datetime:
    """DTEND is the first moment that no longer belongs to the event (section 3.6.1)."""
    end = event.start if event.end is None else event.end
    return end if isinstance(event.start, datetime) else end + timedelta(days=1)


def _time(label: str, moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return f"{label};TZID={ZONE}:{moment.astimezone(BEIJING):%Y%m%dT%H%M%S}"
    return f"{label};VALUE=DATE:{moment:%Y%m%d}"


def _moment(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=BEIJING)
