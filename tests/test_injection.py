"""No value can add a line, a row, a cell's formula or a property to a machine's file."""

from __future__ import annotations

import csv
import io
import json
import random
from xml.etree import ElementTree

import icalendar
import pytest

from engine.exports.tables import guarded
from engine.plan import plan
from engine.render import render, workshop
from tests import sites
from tests.conftest import ROOT
from tests.test_hostile import said

COLLECTION = """\
label: 活动
item: 活动
feed: true
calendar: self
card: true
sort: [name]
fields:
  name:     {label: 名称, type: text, required: true}
  start:    {label: 开始, type: datetime, required: true}
  end:      {label: 结束, type: datetime}
  time:     {label: 发布, type: datetime}
  sequence: {label: 修订, type: integer}
  place:    {label: 地点, type: text}
  teacher:  {label: 讲师, type: text}
  contact:  {label: 联系, type: text}
  address:  {label: 地址, type: text}
  postcode: {label: 邮编, type: text}
  hours:    {label: 时间, type: text}
"""
TEXTS = ("name", "summary", "place", "teacher", "contact", "address", "postcode", "hours", "verified_by", "retired_reason")
BREAKS = {
    "CR LF": "x\r\nATTENDEE:mailto:a@evil.test",
    "LF": "x\nATTENDEE:mailto:a@evil.test",
    "CR": "x\rATTENDEE:mailto:a@evil.test",
    "header": "x\r\nX-Evil: 1\r\n\r\n<html>",
    "card": "x\nEND:VCARD\nBEGIN:VCARD\nTEL:110",
    "event": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
    "folding": "x\r\n ATTENDEE:evil\r\n\tATTENDEE:evil",
    "line separator": "x\u2028ATTENDEE:evil\u2029X-Evil: 1",
    "next line": "x\u0085ATTENDEE:evil",
    "escapes": "x\\nATTENDEE:evil\\,\\;",
    "signs": "a;b,c:d\"e\\f|g",
    "markup": "]]></title><entry/><!-- x --><?xml version='1.0'?>&#10;&amp;",
    "csv": 'x","y"\n"z",1;2\t3',
    "formula": "=HYPERLINK(\"https://evil.test\",\"x\")",
}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """The machine files of a site with one record for each kind of break, and of one with harmless texts."""
    made = {}
    for name, texts in {"hostile": BREAKS, "plain": dict.fromkeys(BREAKS, "某处")}.items():
        folder = tmp_path_factory.mktemp(name)
        files = {"acts/_collection.yaml": COLLECTION}
        for number, text in enumerate(texts.values()):
            fields = "".join(f"{field}: {said(text)}\n" for field in TEXTS if field != "retired_reason")
            files[f"acts/a-{number}.yaml"] = f"{fields}aliases: [{said(text)}, b]\nstart: 2026-12-01 09:00\ntime: 2026-11-01 09:00\nupdated: 2026-11-01\nbody: {said(text)}\n"
        site_file = sites.SMALL["_site.yaml"].replace("owner: 小城市质量中心", f"owner: {said(texts['event'])}").replace("name: 小城质量服务", f"name: {said(texts['CR LF'])}")
        content = sites.write(folder / "content", sites.changed(sites.SMALL, {**files, "_site.yaml": site_file + "url: https://a.example/\n"}))
        site, problems = sites.linked(content)
        assert not [problem for problem in problems if problem.severity == "error"], problems
        from engine.assets import assets

        workshop_ = workshop(site, ROOT / "templates", assets(ROOT / "templates"))
        made[name] = {page.address: render(workshop_, page) for page in plan(site) if page.renderer not in ("html", "attachment")}
    return made


def of(rendered, *endings: str):
    assert rendered["hostile"].keys() == rendered["plain"].keys()
    for address in rendered["hostile"]:
        if address.endswith(endings):
            yield address, rendered["hostile"][address], rendered["plain"][address]


def test_tables_have_the_same_rows_and_columns_and_no_formula(rendered):
    for address, hostile, plain in of(rendered, ".csv"):
        shapes = []
        for raw in (hostile, plain):
            rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
            shapes.append([len(row) for row in rows])
            assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))], address
        assert shapes[0] == shapes[1], address


def test_feeds_and_site_maps_have_the_same_elements(rendered):
    for address, hostile, plain in of(rendered, ".xml"):
        tags = [[element.tag for element in ElementTree.fromstring(raw).iter()] for raw in (hostile, plain)]
        assert tags[0] == tags[1], address


def test_calendars_have_the_same_events_with_the_same_properties(rendered):
    seen = 0
    for address, hostile, plain in of(rendered, ".ics"):
        names = [[sorted(event.keys()) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")] for raw in (hostile, plain)]
        assert names[0] == names[1], address
        assert hostile.count(b"\n") == hostile.count(b"\r\n") == hostile.count(b"\r"), address
        seen += 1
    assert seen


def test_cards_have_the_same_properties(rendered):
    seen = 0
    for address, hostile, plain in of(rendered, ".vcf"):
        names = [[line.partition(b":")[0].partition(b";")[0] for line in raw.replace(b"\r\n ", b"").split(b"\r\n")] for raw in (hostile, plain)]
        assert names[0] == names[1], address
        assert hostile.count(b"\n") == hostile.count(b"\r\n") == hostile.count(b"\r"), address
        seen += 1
    assert seen


def test_data_are_still_json_with_the_same_keys(rendered):
    for address, hostile, plain in of(rendered, ".json"):
        def shape(value):
            return {key: shape(inner) for key, inner in value.items()} if isinstance(value, dict) else [shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__

        if address.startswith("/data/"):
            assert shape(json.loads(hostile)) == shape(json.loads(plain)), address
        else:
            json.loads(hostile)


def test_files_for_hosts_and_robots_are_the_same_whatever_the_content(rendered):
    for address, hostile, plain in of(rendered, "/_headers", "/.htaccess", "nginx.conf", "Caddyfile", "robots.txt"):
        assert hostile == plain, address


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "\n=", " =", "\u3000=", "﹦", "﹢", "﹣", "﹫", "₌", "⁼"])
def test_what_a_spreadsheet_would_calculate_is_guarded_and_can_be_had_back(start):
    text = f"{start}1+1|cmd"
    assert guarded(text) == "'" + text
    assert guarded(text).removeprefix("'") == text


def test_10_000_random_texts_come_back_from_a_table_as_they_were():
    choose = random.Random(6)
    alphabet = "=+-@\t\r\n \"',;|＝＠a1中\u2028\u3000"
    texts = ["".join(choose.choice(alphabet) for _ in range(choose.randint(0, 8))) for _ in range(10_000)]
    out = io.StringIO()
    csv.writer(out).writerows([guarded(text), "end"] for text in texts)
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert len(rows) == len(texts)
    for text, (cell, _) in zip(texts, rows):
        assert cell in (text, "'" + text) and not cell.strip("\n\r\t \u3000").startswith(("=", "+", "-", "@", "＝", "＠")) or cell.startswith("'")
