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
        "[甲](/institutions/inst-01/#top) [乙](/institutions/?q=1)\n",
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
  institution: nowhere
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
licence: 2027-2-3
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
content/_site.yaml:5:21: 站内链接“/institutes/”没有对应的页面 [link-broken]
    您是不是想写“/institutions/”？
content/experts/people.yaml:3:16: “专业领域”用了词表里没有的词“木材” [term-unknown]
    可用的词见 content/_vocabularies/fields.yaml
content/experts/people.yaml:5:10: “办公电话”是手机号码 138****5678，不能上网 [phone-mobile]
    改写办公电话，如 0353-2010000
content/experts/people.yaml:6:18: “同意公开”没有“电活”这个选项 [choice-unknown]
    可选：姓名、电话
content/experts/people.yaml:7:7: 编号“exp-001”写了两次；另一处在 content/experts/people.yaml 第 1 行 [id-duplicate]
    改其中一个
content/experts/people.yaml:10:3: “name”在同一处写了两次 [yaml-duplicate]
    只保留一个，或者把两处内容合并
content/experts/people.yaml:11:3: 第 3 条没有 id [id-missing]
    每条写一行 id: …，一经公布就不再改
content/experts/people.yaml:13:3: “专家库”缺少必填的“姓名” [field-missing]
    加一行 name: …
content/experts/people.yaml:13:7: 编号“Exp_4”只能用小写字母、数字和连字号，如 exp-001 [id-form]
    改 id
content/experts/people.yaml:14:3: “专家库”没有“nmae”这个字段 [field-unknown]
    您是不是想写“name”（姓名）？
content/experts/people.yaml:15:16: “专业领域”里的“食物”写了两次 [value-repeated]
    只保留一个
content/experts/people.yaml:16:13: “起草的标准”引用的标准不在“标准”里（gb-t-11170-2009） [reference-missing]
    您是不是想写“GB/T 11170-2008”？否则先在 content/standards/ 里加上这项标准
content/experts/people.yaml:16:30: “起草的标准”不像标准号：“不是标准” [standard-invalid]
    写成“GB/T 11170-2008”这样：代号、空格、顺序号、连字号、四位年份
content/institutions/inst-01.md:3:7: “所在区域”用了词表里没有的词“北城” [term-unknown]
    可用的词见 content/_vocabularies/areas.yaml
content/institutions/inst-01.md:4:10: “许可有效期至”应写成 2026-11-22 这样的日期，这里是“2027-2-3” [date-invalid]
    您是不是想写“2027-02-03”？
content/institutions/inst-01.md:6:25: “量程”下限应小于上限，这里是“200~0 g” [range-order]
content/institutions/inst-01.md:7:13: “量程”用了词表里没有的单位“磅” [unit-unknown]
    单位见 content/_vocabularies/units.yaml
content/institutions/inst-01.md:7:20: “能力表”第 2 行没有“remarks”这个字段 [field-unknown]
    您是不是想写“remark”（内部说明）？
content/institutions/inst-01.md:8:1: “专家的领域”（skills）由系统计算，不用填写 [field-derived]
    删去这一行
content/institutions/inst-01.md:9:10: “更新日期”2026-12-01 在今天（2026-11-22）之后 [date-future]
    写实际发生的日期
content/institutions/inst-01.md:11:7: 站内链接“/standards/gb-t-11170-2008”没有对应的页面 [link-broken]
    您是不是想写“/standards/gb-t-11170-2008/”？
content/institutions/inst-02.yaml:1:5: 用了中文冒号“：” [yaml-punctuation]
    字段名后面用英文冒号“:”，再空一格
content/institutions/inst-04.md:1:1: 文件开头缺少“---” [head-missing]
    第一行写“---”，写完各个字段后再写一行“---”，下面是正文
content/institutions/inst-05.yaml:1:7: 这里用了 YAML 的锚点（&），本站不支持 [yaml-feature]
    直接写出内容；若内容本身以此符号开头，用英文双引号括起来
content/institutions/notes.docx:1:1: “机构库”里不应当有“notes.docx” [file-unexpected]
    记录是 .yaml 或 .md 文件；图片和附件放在 content/files/
content/news/window.md:2:1: 地址“/experts/”已被另一个页面占用 [address-duplicate]
    改编号，或者改旧地址（redirect_from）
content/news/window.md:3:7: “发布时间”应写成 2026-11-22 09:30 这样的时间，这里是“2026-11-20” [datetime-invalid]
    在日期后面加上时间，如 2026-11-20 09:30
content/news/window.md:4:8: “配图”不是可用的文件名：“Window.png” [file-name]
    文件放在 content/files/，名字只用小写字母、数字、-、_
content/news/window.md:5:17: 旧地址“/news”不是站内地址 [address-form]
    写成 /experts/old-id/ 这样，以“/”开头和结尾
content/standards/more.yaml:1:7: 标准 GB/T 1-2020 的编号应为“gb-t-1-2020”，这里是“gbt-1-2020” [standard-id]
    标准的编号由标准号得来，引用才能找到它
content/standards/more.yaml:6:14: “实施日期”（2020-04-30）早于“发布日期”（2020-05-01） [date-order]
    对照原件检查两个日期
31 个错误，在 9 个文件里
"""


def test_all_problems_of_a_run_are_told_at_once_in_order_with_their_places(content):
    assert sites.told(content(BROKEN_SITE)) == BROKEN_SITE_TOLD.rstrip("\n")
