"""Machine formats: tables, records, feeds and sitemaps that programs can read back."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from xml.etree import ElementTree as xml

import pytest

from engine import plan as planning
from engine import prose
from engine.exports import atom, records, sitemap, tables
from engine.plan import FEED_LENGTH, plan
from engine.view import view_of
from tests import sites

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def exported(folder, address, today=sites.TODAY) -> bytes:
    """The bytes of the page at an address."""
    site, problems = sites.linked(folder, today)
    assert problems == []
    [page] = [page for page in plan(site) if page.address == address]
    render = {
        "csv": tables.render,
        "json": records.render,
        "atom": lambda view, page: atom.render(view, page, prose.html_of),
        "sitemap": sitemap.render,
        "sitemaps": sitemap.render_index,
        "robots": lambda view, page: sitemap.robots(view.site),
    }[page.renderer]
    return render(view_of(site), page)


URL = {"_site.yaml": sites.SMALL["_site.yaml"] + "url: https://example.com/nqi/\n"}


# ── CSV ───────────────────────────────────────────────────────────────────────

EXPERTS_CSV = (
    "\ufeff编号,标题,专业领域,所属机构,起草的标准,办公电话,别名,摘要,示范数据,更新日期,核实日期,核实单位,核实周期,资料来源,旧地址,退出日期,退出原因,由谁接替,网页\r\n"
    "exp-001,安一,金属、食品,小城计量所,GB/T 11170-2008,0353-5550101,,,是,,,,,,,,,,experts/exp-001/\r\n"
    "exp-002,白二,食品,小城计量所,,,,,,,,,,,,,,,experts/exp-002/\r\n"
)


def test_a_table_has_a_row_for_each_record_and_a_column_for_each_public_field(content):
    assert exported(content(), "/data/experts.csv").decode() == EXPERTS_CSV


def test_a_table_within_a_record_is_one_cell(content):
    rows = list(csv.DictReader(io.StringIO(exported(content(), "/data/institutions.csv").decode("utf-8-sig"))))
    assert [row["能力表"] for row in rows] == ["", "特种钢 0~200 g 2027-01-01 GB/T 11170-2008；食品 ≤ 300 ℃ 2026-11-21"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＠x", '=HYPERLINK("https://evil.example","x")'])
def test_a_text_cannot_become_a_formula(content, text):
    folder = content({"institutions/x.yaml": f"name: '{text}'\nsummary: '{text}'\naliases: ['{text}']\n"})
    [row] = [row for row in csv.DictReader(io.StringIO(exported(folder, "/data/institutions.csv").decode("utf-8-sig"))) if row["编号"] == "x"]
    assert (row["标题"], row["摘要"], row["别名"]) == ("'" + text, "'" + text, "'" + text)


@pytest.mark.parametrize("text", ["甲,乙", '甲"乙"', "甲\n乙", "甲\r\n乙", "\t=1", "\r=1"])
def test_any_text_comes_back_from_the_table(content, text):
    folder = content({"institutions/x.yaml": f"name: 甲\nsummary: {json.dumps(text)}\n"})
    [row] = [row for row in csv.DictReader(io.StringIO(exported(folder, "/data/institutions.csv").decode("utf-8-sig"), newline="")) if row["编号"] == "x"]
    assert row["摘要"].removeprefix("'") == text.strip()


# ── JSON ──────────────────────────────────────────────────────────────────────


def test_records_are_told_with_the_names_and_ids_of_all_they_name(content):
    assert json.loads(exported(content(), "/data/institutions.json")) == {
        "collection": "institutions",
        "label": "机构库",
        "count": 2,
        "records": [
            {"id": "inst-02", "name": "南区食品检验站", "url": "institutions/inst-02/", "area": {"id": "south", "label": "南区"}, "licence": "2026-11-21", "redirect_from": ["/institutions/old-02/"]},
            {
                "id": "inst-01",
                "name": "小城计量所",
                "url": "institutions/inst-01/",
                "area": {"id": "north", "label": "北区"},
                "licence": "2027-11-22",
                "status": {"id": "partly", "label": "部分暂停"},
                "skills": [{"id": "metals", "label": "金属"}, {"id": "food", "label": "食品"}],
                "scope": [
                    {
                        "field": {"id": "steel", "label": "特种钢"},
                        "range": {"low": "0", "high": "200", "unit": "g", "text": "0~200 g"},
                        "until": "2027-01-01",
                        "method": "GB/T 11170-2008",
                    },
                    {"field": {"id": "food", "label": "食品"}, "range": {"high": "300", "unit": "℃", "text": "≤ 300 ℃"}, "until": "2026-11-21"},
                ],
                "summary": "做检定和校准",
                "updated": "2026-10-01",
                "body": "受理**送检**，见[标准](/standards/gb-t-11170-2008/)。\n",
            },
        ],
    }


def test_references_are_told_with_id_and_name(content):
    [first, _] = json.loads(exported(content(), "/data/experts.json"))["records"]
    assert first["institution"] == {"id": "inst-01", "name": "小城计量所"}
    assert first["drafted"] == ["GB/T 11170-2008"]
    assert first["sample"] is True


def test_numbers_keep_their_digits_in_json(content):
    folder = content(
        {
            "samples/_collection.yaml": "label: 样\nitem: 样\nfields:\n  name: {label: 名}\n  mass: {label: 质量, type: quantity}\n  factor: {label: 系数, type: number}\n"
            "  count: {label: 件数, type: integer}\n  fee: {label: 费, type: money}\n  u: {label: 不确定度, type: uncertainty}\n  open: {label: 开, type: boolean}\n",
            "samples/a.yaml": "name: 甲\nmass: 0.50 mg\nfactor: 3.10\ncount: 12\nfee: 5 万元\nu: 0.8 % (k=2)\nopen: 否\n",
        }
    )
    assert json.loads(exported(folder, "/data/samples.json"))["records"] == [
        {
            "id": "a",
            "name": "甲",
            "url": "samples/a/",
            "mass": {"value": "0.50", "unit": "mg", "text": "0.50 mg"},
            "factor": "3.10",
            "count": 12,
            "fee": {"amount": "5", "unit": "万元", "text": "5 万元"},
            "u": {"value": "0.8", "unit": "%", "k": "2", "text": "Urel = 0.8 % (k=2)"},
            "open": False,
        }
    ]


# ── Atom ──────────────────────────────────────────────────────────────────────


def feed(folder, address="/news/feed.xml"):
    return xml.fromstring(exported(folder, address))


def test_a_feed_has_what_rfc_4287_asks_for(content):
    root = feed(content(URL))
    assert root.tag == f"{ATOM}feed"
    assert [(child.tag.removeprefix(ATOM), child.text, child.attrib) for child in root if child.tag != f"{ATOM}entry" and child.tag != f"{ATOM}author"] == [
        ("id", "https://example.com/nqi/news/feed.xml", {}),
        ("title", "小城质量服务 - 动态", {}),
        ("updated", "2026-11-20T09:30:00+08:00", {}),
        ("link", None, {"rel": "self", "type": "application/atom+xml", "href": "https://example.com/nqi/news/feed.xml"}),
        ("link", None, {"rel": "alternate", "type": "text/html", "href": "https://example.com/nqi/news/"}),
    ]
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "小城市质量中心"
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "https://example.com/nqi/news/window/"
    assert entry.findtext(f"{ATOM}title") == "服务窗口开张"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-20T09:30:00+08:00"
    assert entry.find(f"{ATOM}link").attrib["href"] == "https://example.com/nqi/news/window/"
    assert entry.find(f"{ATOM}content").attrib == {"type": "html"}


def test_without_an_address_of_its_own_a_feed_has_names_that_stay(content):
    first, again = feed(content()), feed(content())
    ids = [found.text for found in first.iter(f"{ATOM}id")]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", id) for id in ids)
    assert len(set(ids)) == len(ids) == 2 and ids == [found.text for found in again.iter(f"{ATOM}id")]
    assert {link.attrib["href"] for link in first.iter(f"{ATOM}link")} <= {"../news/", "./", "../news/window/", "window/"}


@pytest.mark.parametrize("odd", ["\x0b", "\x1f", "\x7f", "\ufffe", "\uffff", "]]>", "&amp;<b>", "\u2028"])
def test_a_feed_is_well_formed_whatever_the_prose(content, odd):
    folder = content({"news/odd.md": f"---\nname: 甲\ntime: 2026-11-21 08:00\n---\n前{odd}后\n"})
    texts = [found.text for found in feed(folder).iter(f"{ATOM}content")]
    assert re.search("前.*后", texts[0], re.S)


@pytest.mark.parametrize("sort", ["[-time, name]", "name", "time"])
def test_a_feed_has_the_newest_however_its_list_is_sorted(content, sort):
    items = "".join(f"- {{id: n-{day:02}, name: {chr(97 + day * 7 % 26)}{day}, time: 2026-10-{day:02} 08:00}}\n" for day in range(1, 32))
    folder = content({"news/_collection.yaml": sites.SMALL["news/_collection.yaml"].replace("[-time, name]", sort), "news/more.yaml": items})
    days = [found.text[:10] for found in feed(folder).iter(f"{ATOM}updated")][1:]
    assert days == ["2026-11-20"] + [f"2026-10-{day:02}" for day in range(31, 31 - FEED_LENGTH + 1, -1)]


def test_each_value_of_a_facet_may_have_a_feed_of_its_own(content):
    folder = content(URL | {"experts/_collection.yaml": sites.SMALL["experts/_collection.yaml"].replace("fields:\n", "feed: true\nfeeds: [fields]\nfields:\n", 1).replace("  phone:", "  date: {label: 入库, type: date}\n  phone:", 1)})
    root = feed(folder, "/experts/by/fields/metals/feed.xml")
    assert root.findtext(f"{ATOM}id") == "https://example.com/nqi/experts/by/fields/metals/feed.xml"
    assert root.findtext(f"{ATOM}title") == "小城质量服务 - 专家库 - 金属"
    assert [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")] == ["安一"]


def test_a_feed_of_what_is_no_facet_is_refused(content):
    said = sites.told(content({"news/_collection.yaml": sites.SMALL["news/_collection.yaml"].replace("feed: true\n", "feed: true\nfeeds: [tme]\n", 1)}))
    assert "feeds 写的“tme”不是筛选字段" in said


def test_the_day_of_the_build_is_not_the_day_of_the_content(content):
    assert exported(content(), "/news/feed.xml", date(2026, 11, 22)) == exported(content(), "/news/feed.xml", date(2026, 11, 30))


# ── sitemap and robots ────────────────────────────────────────────────────────


def test_a_sitemap_names_every_page_that_can_be_found_and_when_it_changed(content):
    root = xml.fromstring(exported(content(URL), "/sitemap.xml"))
    found = {entry.findtext(f"{SITEMAP}loc").removeprefix("https://example.com/nqi"): entry.findtext(f"{SITEMAP}lastmod") for entry in root}
    assert {address: changed for address, changed in found.items() if changed} == {"/institutions/inst-01/": "2026-10-01", "/news/window/": "2026-11-20T09:30:00+08:00"}
    assert {"/", "/institutions/", "/institutions/by/area/north/", "/experts/exp-002/", "/sitemap/"} <= found.keys()
    assert {"/institutions/inst-03/", "/institutions/old-02/", "/404.html", "/search/", "/data/experts.csv"} & found.keys() == set()


def test_a_map_that_one_file_may_not_hold_is_one_of_several(content, monkeypatch):
    folder = content(URL)
    whole = {entry.findtext(f"{SITEMAP}loc") for entry in xml.fromstring(exported(folder, "/sitemap.xml"))}
    for module in (planning, sitemap):
        monkeypatch.setattr(module, "MAPPED", 20)
    parts = [entry.findtext(f"{SITEMAP}loc") for entry in xml.fromstring(exported(folder, "/sitemap.xml"))]
    assert parts == [f"https://example.com/nqi/sitemap-{number}.xml" for number in range(1, len(parts) + 1)] and len(parts) == -(-len(whole) // 20)
    found = [[entry.findtext(f"{SITEMAP}loc") for entry in xml.fromstring(exported(folder, part.removeprefix("https://example.com/nqi")))] for part in parts]
    assert max(map(len, found)) == 20 and {address for part in found for address in part} == whole


def test_robots_are_welcome_and_shown_the_sitemap_when_it_has_an_address(content):
    assert exported(content(), "/robots.txt") == b"User-agent: *\nDisallow:\n"
    assert exported(content(URL), "/robots.txt") == b"User-agent: *\nDisallow:\n\nSitemap: https://example.com/nqi/sitemap.xml\n"


# ── nothing that is not public ────────────────────────────────────────────────


def test_no_export_says_what_is_not_public(content):
    site, _ = sites.linked(content())
    for page in plan(site):
        if page.renderer in ("csv", "json", "atom", "sitemap"):
            made = exported(content(), page.address).decode()
            assert [canary for canary in sites.CANARIES if canary in made] == [], page.address
