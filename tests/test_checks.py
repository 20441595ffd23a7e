"""What no single file can show to be wrong; and a deliberately broken site, told whole."""

from __future__ import annotations

import pytest

from tests import sites
from tests.sites import SMALL


def about(folder):
    return [(problem.path.removeprefix("content/"), problem.line, problem.column, problem.code, problem.message, problem.hint) for problem in sites.problems(folder)]


def test_the_small_site_has_no_problems(content):
    assert sites.told(content()) == "没有问题"


# ── links in prose and in the menu ────────────────────────────────────────────


def prose(text):
    return {"news/more.md": f"---\nname: 新闻\ntime: 2026-01-01 08:00\n---\n{text}"}


BROKEN = "link-broken"


@pytest.mark.parametrize(
    "text, place, link, near",
    [
        ("[甲](/institutions/inst-99/)\n", (5, 5), "/institutions/inst-99/", None),
        ("一\n\n二三，见[甲](/institutions/inst-01)。\n", (7, 9), "/institutions/inst-01", "/institutions/inst-01/"),
        ("[一](/experts/) [二](/expert/)\n", (5, 20), "/expert/", "/experts/"),
        ("[甲](/institutions/inst-99/#部分)\n", (5, 5), "/institutions/inst-99/#部分", None),
        ("[甲](/institution/ \"题\")\n", (5, 5), "/institution/", "/institutions/"),
        ("| 甲 | [乙](/nowhere/at/all/) |\n", (5, 11), "/nowhere/at/all/", None),
        ("![图](/files/none.png)\n", (5, 6), "/files/none.png", None),
        ("[密](/experts/exp-003/)\n", (5, 5), "/experts/exp-003/", None),
        ("[密](/news/soon/)\n", (5, 5), "/news/soon/", None),
    ],
)
def test_a_dead_link_in_prose_is_told_with_its_line_and_column(content, text, place, link, near):
    [(path, line, column, code, message, hint)] = about(content(prose(text)))
    assert (path, code, message) == ("news/more.md", BROKEN, f"站内链接“{link}”没有对应的页面")
    assert (line, column) == place
    assert near is None or hint == f"您是不是想写“{near}”？"


@pytest.mark.parametrize(
    "text",
    [
        "[甲](/institutions/inst-01/)\n",
        "[甲](/institutions/inst-01/#部分) [乙](/institutions/?q=1)\n",
        "[旧](/institutions/inst-03/) [旧址](/institutions/old-02/)\n",
        "[首页](/) [数据](/data/experts.csv) [订阅](/news/feed.xml) [图](/files/window.png) [检索](/search/)\n",
        "[外](https://example.com/none/) [邮](mailto:a@example.com) [本页](#x)\n",
        "[类](/institutions/by/scope-field/steel/)\n",
        "写作 `[甲](/none/)` 的链接\n",
        "```\n[甲](/none/)\n```\n",
    ],
)
def test_links_that_land_are_no_problem(content, text):
    assert about(content(prose(text))) == []


@pytest.mark.parametrize("text", ["[甲][一]\n\n[一]: /nowhere/\n", "[甲](</nowhere/>)\n", "[甲]( /nowhere/ )\n", "[甲](../nowhere/)\n", "[甲](nowhere/)\n"])
def test_a_dead_link_is_told_however_it_is_written(content, text):
    assert [code for *_, code, _, _ in about(content(prose(text)))] == [BROKEN]


def test_a_dead_link_in_the_prose_of_a_list_is_told_at_its_body(content):
    folder = content({"experts/more.yaml": "- id: exp-009\n  name: 曹四\n  fields: [食品]\n  consents: [姓名]\n  body: |\n    见[甲](/nowhere/)\n"})
    assert [(path, line, column, code) for path, line, column, code, *_ in about(folder)] == [("experts/more.yaml", 5, 9, BROKEN)]


def test_a_dead_link_of_the_menu_is_told(content):
    folder = content({"_site.yaml": SMALL["_site.yaml"].replace("to: /institutions/", "to: /institution/")})
    assert about(folder) == [("_site.yaml", 5, 21, BROKEN, "站内链接“/institution/”没有对应的页面", "您是不是想写“/institutions/”？")]


@pytest.mark.parametrize("line, name", [("latest: new", "new"), ("places: stations", "stations")])
def test_a_library_that_is_not_there_is_told(content, line, name):
    folder = content({"_site.yaml": SMALL["_site.yaml"].replace("latest: news\n", "") + line + "\n"})
    assert [(path, row, code, message) for path, row, _, code, message, _ in about(folder)] == [("_site.yaml", 10, "reference-missing", f"没有“{name}”这个库")]


def test_a_claim_about_a_library_that_is_not_there_is_told(content):
    folder = content({"_site.yaml": SMALL["_site.yaml"].replace("collection: experts}", "collection: expert}").replace("[institutions, experts]", "[institutions, exports]")})
    assert about(folder) == [
        ("_site.yaml", 7, 27, "reference-missing", "没有“exports”这个库", "您是不是想写“experts”？"),
        ("_site.yaml", 10, 42, "reference-missing", "没有“expert”这个库", "您是不是想写“experts”？"),
    ]


# ── standards ─────────────────────────────────────────────────────────────────


def test_the_id_of_a_standard_is_made_from_its_number(content):
    folder = content({"standards/more.yaml": "- id: gbt-1-2020\n  number: GB/T 1-2020\n  title_zh: 导则\n  status: 现行\n"})
    assert about(folder) == [
        ("standards/more.yaml", 1, 7, "standard-id", "标准 GB/T 1-2020 的编号应为“gb-t-1-2020”，这里是“gbt-1-2020”", "标准的编号由标准号得来，引用才能找到它")
    ]


@pytest.mark.parametrize("number", ["", "  number: 第一号\n"])
def test_a_standard_without_a_number_is_told_once(content, number):
    folder = content({"standards/more.yaml": f"- id: x\n{number}  title_zh: 导则\n  status: 现行\n"})
    assert [(path, code) for path, _, _, code, _, _ in about(folder)] == [("standards/more.yaml", "standard-invalid" if number else "field-missing")]


def test_a_replaced_standard_should_say_by_which(content):
    folder = content({"standards/more.yaml": "- id: gb-t-1-2020\n  number: GB/T 1-2020\n  title_zh: 导则\n  status: 被代替\n"})
    [problem] = sites.problems(folder)
    assert (problem.severity, problem.code, problem.line, problem.column) == ("warning", "replacement-unsaid", 4, 11)
    assert problem.message == "GB/T 1-2020 导则 已被代替，没有写由哪项标准代替"


# ── dates ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path, text, place, message",
    [
        ("standards/more.yaml", "- id: gb-t-1-2020\n  number: GB/T 1-2020\n  title_zh: 导则\n  status: 现行\n  issued: 2020-05-01\n  effective: 2020-04-30\n", (6, 14), "“实施日期”（2020-04-30）早于“发布日期”（2020-05-01）"),
        ("institutions/x.yaml", "name: 甲\npublish_from: 2026-05-01\npublish_until: 2026-04-30\n", (3, 16), "“下线日期”（2026-04-30）早于“上线日期”（2026-05-01）"),
    ],
)
def test_dates_stand_in_their_order(content, path, text, place, message):
    assert [(where, line, column, code, said) for where, line, column, code, said, _ in about(content({path: text}))] == [(path, *place, "date-order", message)]


def test_equal_dates_are_in_order(content):
    assert about(content({"standards/more.yaml": "- id: gb-t-1-2020\n  number: GB/T 1-2020\n  title_zh: 导则\n  status: 现行\n  issued: 2020-05-01\n  effective: 2020-05-01\n"})) == []


@pytest.mark.parametrize("name, label", [("verified_on", "核实日期"), ("updated", "更新日期")])
def test_nothing_was_verified_in_the_future(content, name, label):
    assert about(content({"institutions/x.yaml": f"name: 甲\n{name}: 2026-11-22\n"})) == []
    assert about(content({"institutions/x.yaml": f"name: 甲\n{name}: 2026-11-23\n"})) == [
        ("institutions/x.yaml", 2, len(name) + 3, "date-future", f"“{label}”2026-11-23 在今天（2026-11-22）之后", "写实际发生的日期")
    ]


# ── addresses ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["experts/old", "/experts/old", "//evil.com/", "/../x/", "/Experts/old/", "/", "https://example.com/", "/a b/", "/旧/", "/experts/old/?x=/"])
def test_a_former_address_is_an_address_of_the_site(content, address):
    folder = content({"institutions/x.yaml": f"name: 甲\nredirect_from: [/good/, '{address}']\n"})
    told = ("institutions/x.yaml", 2, 25, "address-form", f"旧地址“{address}”不是站内地址", "写成 /experts/old-id/ 这样，以“/”开头和结尾")
    assert told in about(folder)


@pytest.mark.parametrize("address", ["/institutions/inst-01/", "/institutions/old-02/", "/experts/", "/institutions/", "/institutions/by/area/city/", "/search/", "/institutions/inst-03/"])
def test_two_pages_cannot_have_one_address(content, address):
    folder = content({"institutions/x.yaml": f"name: 甲\nredirect_from: [{address}]\n"})
    assert [(code, message) for *_, code, message, _ in about(folder)] == [("address-duplicate", f"地址“{address}”已被另一个页面占用")]


def test_a_doubled_address_is_told_where_it_was_written(content):
    for address in ("/institutions/inst-02/", "/experts/", "/search/"):
        [(path, *_)] = about(content({"institutions/x.yaml": f"name: 甲\nredirect_from: [{address}]\n"}))
        assert path == "institutions/x.yaml", address


def test_the_parts_of_an_address_do_not_run_together(content):
    """A table's column `scope.field` and a field `scope_field` would both have their terms at by/scope-field/."""
    text = SMALL["institutions/_collection.yaml"] + "  scope_field: {label: 领域, type: term, vocabulary: fields, facet: true}\n"
    folder = content({"institutions/_collection.yaml": text, "institutions/x.yaml": "name: 甲\nscope_field: 特种钢\n"})
    assert {code for *_, code, _, _ in about(folder)} == {"address-duplicate"}


# ── a broken site, told whole ─────────────────────────────────────────────────

BROKEN_SITE = {
    "_site.yaml": SMALL["_site.yaml"].replace("to: /institutions/", "to: /institutes/"),
    "experts/people.yaml": """\
- id: exp-001
  name: 安一
  fields: [金属, 木材]
  institution: inst-99
  phone: 13812345678
  consents: [姓名, 电活]
- id: exp-001
  name: 白二
  fields: [食品]
  name: 白三
- name: 没有编号
  fields: 食品
- id: Exp_4
  nmae: 曹四
  fields: [食品, 食物]
  drafted: [GB/T 11170-2009, 不是标准]
""",
    "institutions/inst-01.md": """\
---
name: 小城计量所
area: 北城
licence: 2027-2-30
scope:
  - {field: 特种钢, range: 200~0 g, until: 2027-01-01}
  - {range: 0~5 磅, remarks: 没有这一列}
skills: [食品]
updated: 2026-12-01
---
见[标准](/standards/gb-t-11170-2008)和[专家](/experts/exp-001/)。
""",
    "institutions/inst-02.yaml": "name：南区食品检验站\n",
    "institutions/inst-04.md": "没有字段的一页\n",
    "institutions/inst-05.yaml": "name: &x 甲\n",
    "institutions/notes.docx": "",
    "standards/more.yaml": """\
- id: gbt-1-2020
  number: gbt1-2020
  title_zh: 导则
  status: 现行
  issued: 2020-05-01
  effective: 2020-04-30
""",
    "news/window.md": "---\nname: 服务窗口开张\ntime: 2026-11-20\nimage: Window.png\nredirect_from: [/news, /experts/]\n---\n",
}

BROKEN_SITE_TOLD = """\
"""


def test_all_problems_of_a_run_are_told_at_once_in_order_with_their_places(content):
    assert sites.told(content(BROKEN_SITE)) == BROKEN_SITE_TOLD.rstrip("\n")
