"""What happens at a time: its order, its iCalendar files, and what stays the same when it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from engine.events import events
from engine.exports import happenings
from engine.plan import plan
from engine.view import view_of
from tests import sites
from tests.test_forms import CONTENT, built

MEETINGS = """\
label: 会议
item: 会议
calendar: self
fields:
  name:     {label: 名称, type: text, required: true}
  start:    {label: 开始, type: datetime, required: true}
  end:      {label: 结束, type: datetime, required: true}
  status:   {label: 状态, type: choice, choices: {postponed: 延期, cancelled: 取消}}
  formerly: {label: 原定时间, type: datetime}
  place:    {label: 地点, type: text}
  sequence: {label: 变更次数, type: integer}
"""
MEETING = "name: 对接会\nstart: 2026-12-11 14:00\nend: 2026-12-11 17:00\nplace: 一楼，东厅；左转\nupdated: 2026-11-01\n"


def feed(tmp_path, meeting: str) -> list[icalendar.Event]:
    folder = sites.write(tmp_path / "content", {**CONTENT, "meetings/_collection.yaml": MEETINGS, "meetings/one.yaml": meeting})
    site, problems = sites.linked(folder)
    assert not [problem for problem in problems if problem.severity == "error"]
    (page,) = [page for page in plan(site) if page.address == "/meetings/calendar.ics"]
    return list(icalendar.Calendar.from_ical(happenings.render(view_of(site), page)).walk("VEVENT"))


def test_an_event_comes_back_as_it_was_written_in_the_zone_of_shanghai(tmp_path):
    (event,) = feed(tmp_path, MEETING)
    assert event["dtstart"].dt.replace(tzinfo=None) == datetime(2026, 12, 11, 14)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai" and event["dtstart"].dt.utcoffset() == timedelta(hours=8)
    assert event["location"] == "一楼，东厅；左转" and event["summary"] == "对接会"
    assert event["status"] == "CONFIRMED" and event["sequence"] == 0


def test_a_moved_event_keeps_its_uid_and_has_a_higher_sequence(tmp_path):
    (before,) = feed(tmp_path / "a", MEETING)
    (after,) = feed(tmp_path / "b", MEETING.replace("12-11", "12-18") + "status: 延期\nformerly: 2026-12-11 14:00\nsequence: 1\n")
    assert after["uid"] == before["uid"] and after["sequence"] == 1 and after["status"] == "CONFIRMED"
    assert after["summary"] == "【延期】对接会"


def test_a_postponed_event_without_its_former_time_is_tentative_and_a_cancelled_one_stays(tmp_path):
    (tentative,) = feed(tmp_path / "a", MEETING + "status: 延期\nsequence: 1\n")
    (cancelled,) = feed(tmp_path / "b", MEETING + "status: 取消\nsequence: 2\n")
    assert tentative["status"] == "TENTATIVE"
    assert cancelled["status"] == "CANCELLED" and cancelled["uid"] == tentative["uid"]


def test_the_calendar_says_why_an_event_moved_from_when_and_whom_to_call(tmp_path):
    talks = CONTENT["talks/_collection.yaml"].replace("      end: ", "      formerly: {label: 原定时间, type: datetime}\n      reason: {label: 变更原因, type: text}\n      end: ").replace("fields:\n", "fields:\n  phone: {label: 联系电话, type: phone}\n", 1)
    first = CONTENT["talks/first.yaml"].replace("status: 取消}", "status: 延期, formerly: 2026-12-01 09:00, reason: 避开检查}") + "phone: 0353-5550199\n"
    site = built(tmp_path, {"talks/_collection.yaml": talks, "talks/first.yaml": first})
    (moved,) = icalendar.Calendar.from_ical((site / "talks/first/b.ics").read_bytes()).walk("VEVENT")
    assert [line for line in str(moved["description"]).splitlines() if "：" in line] == ["原定时间：2026-12-01 09:00", "变更原因：避开检查", "联系电话：0353-5550199"]


def test_every_event_has_a_file_of_its_own_and_stands_in_the_feed(tmp_path):
    site = built(tmp_path)
    assert (site / "talks/first/a.ics").is_file() and (site / "talks/first/b.ics").is_file()
    found = icalendar.Calendar.from_ical((site / "talks/calendar.ics").read_bytes()).walk("VEVENT")
    assert len(found) == 3 and len({event["uid"] for event in found}) == 3


def test_where_to_join_online_stands_beside_the_time(tmp_path):
    talks = CONTENT["talks/_collection.yaml"].replace("      end: ", "      link: {label: 线上地址, type: url}\n      end: ")
    first = CONTENT["talks/first.yaml"].replace("sequence: 0}", "sequence: 0, link: https://meet.zl.gov.cn/1}")
    site = built(tmp_path, {"talks/_collection.yaml": talks, "talks/first.yaml": first})
    assert '线上地址：<a href="https://meet.zl.gov.cn/1" rel="external noopener">' in (site / "talks/index.html").read_text("utf-8")


def test_events_stand_in_the_order_of_time(tmp_path):
    site, _ = sites.linked(sites.write(tmp_path / "content", CONTENT))
    assert [(event.key.id, event.code) for event in events(site, site.collections["talks"])] == [("past", "a"), ("first", "a"), ("first", "b")]


@pytest.mark.parametrize(
    "sessions, told",
    [
        ("  - {code: a, start: 2026-12-01 09:00, end: 2026-12-01 08:00}\n", "3:45: 结束时间（2026-12-01 08:00）早于开始时间（2026-12-01 09:00） [event-order]"),
        ("  - {code: a, start: 2026-12-01 09:00}\n  - {code: a, start: 2026-12-02 09:00}\n", "4:12: 场次代号“a”用了两次 [event-code]"),
        ("  - {code: 第一场, start: 2026-12-01 09:00}\n", "3:12: 场次代号“第一场”含有小写字母、数字和连字号以外的字 [event-code]"),
        ("  - {code: a.b, start: 2026-12-01 09:00}\n", "3:12: 场次代号“a.b”含有小写字母、数字和连字号以外的字 [event-code]"),
    ],
)
def test_an_event_that_cannot_be_is_told_once_and_in_its_place(tmp_path, sessions, told):
    folder = sites.write(tmp_path / "content", {**CONTENT, "talks/first.yaml": f"name: 第一讲\nsessions:\n{sessions}"})
    lines = [line for line in sites.told(folder).splitlines() if line.startswith("content/")]
    assert [line.removeprefix("content/talks/first.yaml:") for line in lines] == [told]


def test_an_event_whose_file_would_lie_elsewhere_is_told_at_its_record(tmp_path):
    folder = sites.write(tmp_path / "content", {**CONTENT, "talks/first.yaml": "name: 第一讲\nsessions:\n  - {code: ../a, start: 2026-12-01 09:00}\n"})
    assert {(problem.path, problem.code) for problem in sites.problems(folder)} == {("content/talks/first.yaml", code) for code in ("address-form", "event-code")}


def test_a_calendar_needs_times_and_a_sequence(tmp_path):
    folder = sites.write(tmp_path / "content", {**CONTENT, "talks/_collection.yaml": CONTENT["talks/_collection.yaml"].replace("calendar: sessions", "calendar: talks")})
    assert "calendar" in sites.told(folder)


def test_the_real_feeds_hold_every_session_and_meeting(real_site: Path):
    for name, least in (("courses", 24), ("meetings", 12)):
        found = icalendar.Calendar.from_ical((real_site / name / "calendar.ics").read_bytes()).walk("VEVENT")
        assert len(found) >= least and len({event["uid"] for event in found}) == len(found)
        assert {"CONFIRMED", "CANCELLED"} <= {str(event["status"]) for event in found}
        for event in found:
            assert event["dtstart"].params["TZID"] == "Asia/Shanghai" and str(event["uid"]).startswith(f"{name}.")
            assert event["sequence"] >= (1 if event["summary"].startswith("【") else 0), event["summary"]
            assert (real_site / name / str(event["uid"]).split(".")[1] / f"{str(event['uid']).split('@')[0].split('.')[2]}.ics").is_file()


@pytest.mark.browser
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Auckland"])
def test_after_the_last_day_one_cannot_sign_up_and_a_cancelled_day_looks_it(browser, real_address, zone):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, timezone_id=zone)
    page = context.new_page()
    for moment, is_open in (("2026-12-03T23:30", True), ("2026-12-04T00:30", False)):
        page.clock.set_fixed_time(f"{moment}:00+08:00")
        page.goto(real_address + "courses/cqo-basic/", wait_until="networkidle")
        assert page.is_visible("[data-open]") == is_open and page.is_visible(".top .agenda-closed") != is_open
    page.goto(real_address + "meetings/2026-12-review/")
    assert "报名截止" not in page.inner_text(".agenda") and page.locator("[data-open]").count() == 0
    page.goto(real_address + "meetings/")
    assert "取消" in page.get_attribute("[data-day='2026-12-04'] > .agenda-off", "title")
    context.close()
