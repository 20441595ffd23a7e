"""The META tags of Chinese government websites on each kind of page (国办发〔2017〕47号, annex), and Open Graph."""

from __future__ import annotations

import re

import pytest

from tests.pages import read
from tests.test_data import made
from tests import sites

SITE = ["SiteName", "SiteDomain"]  # and SiteIDCode, where the settings have one
COLUMN = [*SITE, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
CONTENT = [*COLUMN, "ArticleTitle", "PubDate", "ContentSource"]
FIRST = {"": SITE, "experts/": COLUMN, "experts/by/elements/metrology/": COLUMN, "equipment/page/2/": COLUMN, "query/": COLUMN, "consultation/": COLUMN, "data/": COLUMN, "data/experts/": COLUMN, "changes/": COLUMN, "checks/": COLUMN,
    "experts/exp-001/": CONTENT, "institutions/inst-01/": CONTENT, "equipment/eq-0001/": CONTENT, "certificates/cert-025/": CONTENT, "questions/q-051/": CONTENT,
    "services/patent-help/": CONTENT, "services/patent-help/apply/": CONTENT, "search/": SITE, "404.html": SITE}
TYPES = {"news/": "工作动态", "services/": "办事服务", "consultation/": "咨询投诉", "questions/": "咨询投诉", "courses/": "工作动态", "meetings/": "工作动态",
    "experts/": "数据发布", "equipment/": "数据发布", "data/": "数据开放", "data/experts/": "数据开放", "pages/": "概况信息"}
KNOWN = "首页 概况信息 机构职能 负责人信息 工作动态 政策文件 信息公开指南 信息公开目录 信息公开年报 依法申请公开 数据发布 数据开放 政策解读 回应关切 办事服务 咨询投诉 征集调查 在线访谈".split()
URL = sites.SMALL["_site.yaml"] + "url: https://example.com/nqi/\nfilings: {site_code: '1403000001'}\n"


def metas(real_site, address: str) -> dict[str, str]:
    return read(real_site / (address if address.endswith(".html") else address + "index.html")).metas


def head(text: str) -> list[tuple[str, str, str]]:
    return re.findall(r'<meta (name|property)="([^"]+)" content="([^"]*)">', text)


@pytest.mark.parametrize("address, names", FIRST.items())
def test_each_kind_of_page_has_its_tags_in_the_order_of_the_table(real_site, address, names):
    found = [name for name in metas(real_site, address) if name in {*CONTENT, "SiteIDCode"}]
    assert found == names


@pytest.mark.parametrize("address, type", TYPES.items())
def test_a_column_is_of_the_type_that_the_annex_names(real_site, address, type):
    assert metas(real_site, address)["ColumnType"] == type and type in KNOWN


def test_every_page_keeps_to_the_table(pages):
    undated = set()
    for name, page in pages.items():
        found = page.metas
        assert found["SiteName"] == "阳泉市质量基础设施“一站式”服务平台" and found["SiteDomain"] == "zl.example.com", name
        assert not ("Description" in found and "description" in found), name
        assert all(value.strip() for value in found.values()), name
        assert found.get("ColumnType", KNOWN[0]) in KNOWN, name
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d", found.get("PubDate", "2026-01-01 00:00")), name
        if "ArticleTitle" in found and "PubDate" not in found:
            undated.add(name.split("/")[0])
    assert undated <= {"standards", "equipment"}  # nobody has entered when some standards were issued, some instruments calibrated; a date is not made up


def test_no_description_shows_the_marks_of_prose(pages):
    told = {name: said for name, page in pages.items() for tag, said in page.metas.items() if tag in ("Description", "description")}
    assert len(told) > 2000 and {name for name, said in told.items() if re.search(r"\]\(|\*\*|^#|\s{2}", said)} == set()


def test_the_afternoon_is_told_in_24_hours_and_the_site_by_its_code(content):
    folder = content({"_site.yaml": URL, "news/late.md": "---\nname: 下午\ntime: 2026-11-20 13:05\n---\n甲\n"})
    found = {name: value for _, name, value in head(made(folder, "/news/late/").decode())}
    assert found["PubDate"] == "2026-11-20 13:05" and found["SiteIDCode"] == "1403000001" and found["SiteDomain"] == "example.com"
    assert found["ContentSource"] == "小城市质量中心" and found["Url"] == "https://example.com/nqi/news/late/"


def test_what_an_editor_says_of_an_article_is_told(content):
    changes = {"_site.yaml": URL, "experts/_collection.yaml": sites.SMALL["experts/_collection.yaml"].replace("fields:\n", "dated: since\nfields:\n  since: {label: 入库日期, type: date}\n", 1)}
    changes["experts/people.yaml"] = "- {id: exp-001, name: 安一, fields: [金属], aliases: [小安], since: 2026-02-03, consents: [姓名]}\n"
    found = {name: value for _, name, value in head(made(content(changes), "/experts/exp-001/").decode())}
    assert found["PubDate"] == "2026-02-03 00:00" and found["Keywords"] == "小安,金属"
    picture = {name: value for _, name, value in head(made(content(changes), "/news/window/").decode())}
    assert picture["Image"] == picture["og:image"] == "https://example.com/nqi/files/window.png"


def test_a_date_field_that_is_none_is_told(content):
    wrong = sites.SMALL["experts/_collection.yaml"].replace("fields:\n", "dated: fields\nfields:\n", 1)
    assert "dated 写的“fields”不是公开的日期字段" in sites.told(content({"experts/_collection.yaml": wrong}))


# ── Open Graph ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address, type", [("", "website"), ("experts/", "website"), ("experts/exp-001/", "profile"), ("news/2026-11-19-work/", "article"), ("equipment/eq-0001/", "website")])
def test_a_shared_page_says_what_it_is(real_site, address, type):
    text = (real_site / address / "index.html").read_text("utf-8")
    graph = {name: value for kind, name, value in head(text) if kind == "property"}
    assert graph["og:type"] == type and graph["og:url"] == f"https://zl.example.com/{address}" and graph["og:site_name"].startswith("阳泉市")
    assert f'<link rel="canonical" href="{graph["og:url"]}">' in text and graph["og:title"] and graph["og:locale"] == "zh_CN"


def test_without_an_address_of_its_own_a_page_cannot_be_shared(content):
    assert "og:" not in made(content(), "/").decode()
