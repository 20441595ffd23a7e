"""Calendars, read back by another program than ours (the `icalendar` package)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.exports.calendar import Event, calendar, folded
from engine.fields import BEIJING

STAMP = date(2026, 11, 1)
COURSE = Event("course-1@zl.example.com", datetime(2026, 12, 1, 13, 5, tzinfo=BEIJING), "内审员培训", STAMP, datetime(2026, 12, 1, 17, 0, tzinfo=BEIJING), 1, "带身份证；带笔, 纸\\本\n自备午餐", "政务大厅 3 楼", "https://zl.example.com/courses/c-1/", "CANCELLED")


def events_of(made: bytes) -> list:
    return list(icalendar.Calendar.from_ical(made).walk("VEVENT"))


def test_another_program_reads_what_was_written():
    (event,) = events_of(calendar("培训", [COURSE]))
    said = {name: str(event[name]) for name in ("uid", "summary", "description", "location", "url", "status")}
    assert said == {name: getattr(COURSE, name) for name in said}
    assert (event["sequence"], event.decoded("dtstart"), event.decoded("dtend")) == (1, COURSE.start, COURSE.end)
    assert event.decoded("dtstamp") == datetime(2026, 10, 31, 16, 0, tzinfo=timezone.utc)


def test_the_time_zone_is_shanghai_and_defined_in_the_file():
    made = calendar("培训", [COURSE])
    (zone,) = icalendar.Calendar.from_ical(made).walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Shanghai" and b"DTSTART;TZID=Asia/Shanghai:20261201T130500" in made
    assert zone.to_tz().utcoffset(datetime(2026, 7, 1)) == timedelta(hours=8)


def test_whole_days_end_on_the_day_after_their_last():
    one, two = events_of(calendar("到期", [Event("a", date(2026, 12, 31), "一天", STAMP), Event("b", date(2027, 2, 27), "两天", STAMP, date(2027, 2, 28))]))
    assert [(event.decoded("dtstart"), event.decoded("dtend")) for event in (one, two)] == [(date(2026, 12, 31), date(2027, 1, 1)), (date(2027, 2, 27), date(2027, 3, 1))]


def test_a_calendar_without_events_is_a_calendar():
    made = icalendar.Calendar.from_ical(calendar("空", []))
    assert made["x-wr-calname"] == "空" and [part.name for part in made.subcomponents] == ["VTIMEZONE"]


def test_the_order_in_which_events_come_changes_nothing():
    events = [Event(str(number), date(2027, 1, 1 + number % 3), "某事", STAMP) for number in range(9)]
    assert calendar("甲", events) == calendar("甲", reversed(events))


@given(some.text(some.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_comes_back_in_lines_of_at_most_75_octets(text):
    made = calendar("甲", [COURSE._replace(summary=text, location=None, description=None)])
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 and line.decode() is not None for line in lines)
    assert b"\n" not in made.replace(b"\r\n", b"") and b"\r" not in made.replace(b"\r\n", b"")
    assert made.count(b"BEGIN:VEVENT") - text.count("BEGIN:VEVENT") == 1
    unfolded = made.replace(b"\r\n ", b"").decode()
    said = next(line for line in unfolded.split("\r\n") if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    kept = "".join(mark for mark in text.replace("\r\n", "\n") if mark in "\t\n" or not (mark < " " or mark == "\x7f"))
    assert said.replace("\\\\", "\0").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\0", "\\") == kept


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150, 151])
def test_a_line_is_folded_before_its_76th_octet(length):
    lines = folded("x" * length).split(b"\r\n")
    assert lines.pop() == b"" and max(map(len, lines)) <= 75 and b"".join([lines[0], *(line[1:] for line in lines[1:])]) == b"x" * length
