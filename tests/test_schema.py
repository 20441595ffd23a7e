"""Declarations: read as strictly as any record, and enough by themselves for a new collection."""

from __future__ import annotations

import pytest

from engine import schema, source
from engine.fields import TYPES
from engine.model import Facet, Field, Key, Term
from engine.plan import plan
from tests import sites


def collection(fields, head=""):
    """A collection with these fields, and the messages about it."""
    text = f"label: 库\nitem: 条\n{head}fields:\n  name: {{label: 名称}}\n{fields}"
    document, problems = source.read_yaml(text, "c/_collection.yaml")
    assert problems == []
    found, problems = schema.read_collection(document, "c", "c/_collection.yaml")
    return found, [(source.locate(problem, document).line, problem.code, problem.message) for problem in problems]


# ── fields ────────────────────────────────────────────────────────────────────


def test_a_declaration_becomes_fields_with_the_common_ones_behind():
    found, problems = collection("  size: {label: 大小, type: quantity, many: true, column: true, required: true, public: false, note: 毛重}\n")
    assert problems == []
    assert found.fields["size"] == Field("size", "大小", "quantity", required=True, many=True, column=True, public=False, note="毛重")
    assert list(found.fields) == ["name", "size", *schema.COMMON]
    assert (found.title, found.sort, found.page, found.exports, found.feed, found.order) == (("name",), (), True, ("csv", "json"), False, 0)


def test_a_field_without_a_type_is_text():
    assert collection("")[0].fields["name"].type == "text"


def test_a_reference_to_self_leads_to_its_own_collection():
    found, problems = collection("  parent: {label: 上级, type: reference, to: self}\n")
    assert (found.fields["parent"].to, found.fields["successor"].to, problems) == ("c", "c", [])


def test_facets_are_public_fields_and_columns_of_tables():
    found, problems = collection(
        "  kind: {label: 类别, type: choice, choices: {a: 甲}, facet: true}\n"
        "  hidden: {label: 内部, type: choice, choices: {a: 甲}, facet: true, public: false}\n"
        "  rows: {label: 表, type: table, fields: {year: {label: 年, type: year, facet: true}, note: {label: 注}}}\n"
    )
    assert problems == []
    rows = found.fields["rows"].fields
    assert found.facets == (Facet("kind", "类别", found.fields["kind"]), Facet("rows.year", "年", rows["year"], "rows"))


def test_a_column_that_is_not_public_is_no_facet():
    found, _ = collection("  rows: {label: 表, type: table, fields: {year: {label: 年, type: year, facet: true, public: false}}}\n")
    assert found.facets == ()


@pytest.mark.parametrize("head, exports", [("exports: []\n", ()), ("exports: [csv]\n", ("csv",)), ("exports: [JSON]\n", ("json",)), ("", ("csv", "json"))])
def test_downloads_are_chosen(head, exports):
    assert collection("", head)[0].exports == exports


# ── what is wrong with one declaration ────────────────────────────────────────

WRONG = [
    ("  a: {label: 甲, typ: text}\n", "", (5, "field-unknown", "字段“a”没有“typ”这个字段")),
    ("  a: {label: 甲, required: 要}\n", "", (5, "boolean-invalid", "“必填”应写成“是”或“否”，这里是“要”")),
    ("  a: {type: text}\n", "", (5, "field-missing", "字段“a”缺少必填的“名称”")),
    ("  a: 甲\n", "", (5, "yaml-shape", "字段“a”这里应当是若干行“字段: 内容”")),
    ("  a: {label: 甲, type: txt}\n", "", (5, "schema", "字段“a”的类型“txt”不存在")),
    ("  a: {label: 甲, type: markdown}\n", "", (5, "schema", "字段“a”的类型“markdown”不存在")),
    ("  a: {label: 甲, type: prose}\n", "", (5, "schema", "字段“a”的类型“prose”不存在")),
    ("  a: {label: 甲, type: raw}\n", "", (5, "schema", "字段“a”的类型“raw”不存在")),
    ("  a: {label: 甲, type: group}\n", "", (5, "schema", "字段“a”的类型“group”不存在")),
    ("  a: {label: 甲, type: derived}\n", "", (5, "schema", "字段“a”的类型“derived”不存在")),
    ("  a: {label: 甲, type: term}\n", "", (5, "schema", "字段“a”是 term，要写明 vocabulary（词表）")),
    ("  a: {label: 甲, type: reference}\n", "", (5, "schema", "字段“a”是 reference，要写明 to（指向的库）")),
    ("  a: {label: 甲, type: choice}\n", "", (5, "schema", "字段“a”是 choice，要写明 choices（选项）")),
    ("  a: {label: 甲, type: choice, choices: [一, 二]}\n", "", (5, "schema", "字段“a”是 choice，要写明 choices（选项）")),
    ("  a: {label: 甲, type: table}\n", "", (5, "schema", "字段“a”是 table，要写明 fields（各列）")),
    ("  a: {label: 甲, type: text, facet: true}\n", "", (5, "schema", "字段“a”的类型不能用于筛选")),
    ("  a: {label: 甲, type: date, facet: true}\n", "", (5, "schema", "字段“a”的类型不能用于筛选")),
    ("  a: {label: 甲, type: text, past: true}\n", "", (5, "schema", "字段“a”不是日期、时间或年份，不能写 past")),
    ("  a: {label: 甲, type: text, unique: true, public: false}\n", "", (5, "schema", "字段“a”不公开，检查时看不到它，不能写 unique")),
    ("  a: {label: 甲, type: text, expires: true}\n", "", (5, "schema", "字段“a”不是日期，不能作有效期")),
    ("  a: {label: 甲, type: choice, choices: {x: 乙}, halts: [y]}\n", "", (5, "schema", "字段“a”的 halts 里的“y”不是选项")),
    ("  a: {label: 甲, needs: phone}\n", "", (5, "schema", "字段“a”的 needs“phone”不是 consents 字段的选项")),
    ("  a: {label: 甲, from: experts}\n", "", (5, "schema", "字段“a”的 from 应写成“库.字段”或“引用字段.字段”")),
    ("  A: {label: 甲}\n", "", (5, "schema", "字段名“A”只能用小写字母、数字和下划线，以字母开头")),
    ("  机构: {label: 甲}\n", "", (5, "schema", "字段名“机构”只能用小写字母、数字和下划线，以字母开头")),
    ("  id: {label: 甲}\n", "", (5, "schema", "字段名“id”已由系统使用")),
    ("  body: {label: 甲}\n", "", (5, "schema", "字段名“body”已由系统使用")),
    ("  summary: {label: 甲}\n", "", (5, "schema", "字段名“summary”已由系统使用")),
    ("  rows: {label: 表, type: table, fields: {b: {label: 乙, type: txt}}}\n", "", (5, "schema", "字段“b”的类型“txt”不存在")),
    ("  rows: {label: 表, type: table, fields: {b: {label: 乙, nothing: 1}}}\n", "", (5, "field-unknown", "字段“b”没有“nothing”这个字段")),
    ("", "titel: name\n", (3, "field-unknown", "库的声明没有“titel”这个字段")),
    ("", "title: number\n", (3, "schema", "标题字段“number”没有声明")),
    ("  number: {label: 号}\n", "title: number\n", (5, "schema", "字段名“name”留给标题使用")),
    ("", "sort: [-number]\n", (3, "schema", "排序字段“-number”没有声明")),
    ("", "feed: true\n", (3, "schema", "要有 time 或 date 字段才能生成订阅源")),
    ("", "exports: [xlsx]\n", (3, "choice-unknown", "“数据下载”没有“xlsx”这个选项")),
    ("", "order: 一\n", (3, "integer-invalid", "“次序”应写成整数，这里是“一”")),
]


@pytest.mark.parametrize("fields, head, expected", WRONG, ids=[message for _, _, (_, _, message) in WRONG])
def test_a_fault_of_a_declaration_is_told_with_its_line(fields, head, expected):
    line, code, message = expected
    assert (line, code, message) in collection(fields, head)[1]


@pytest.mark.parametrize("wrong, near", [("txt", "text"), ("refrence", "reference"), ("credit_code", "credit-code"), ("datum", "date"), ("tabel", "table")])
def test_a_misspelt_type_is_told_with_what_was_meant(wrong, near):
    document, _ = source.read_yaml(f"label: 库\nitem: 条\nfields: {{name: {{label: 名, type: {wrong}}}}}\n", "c")
    [problem] = schema.read_collection(document, "c", "c")[1]
    assert problem.hint == f"您是不是想写“{near}”？"


@pytest.mark.parametrize(
    "fields, head",
    [
        ("  secret: {label: 密, public: false}\n", "sort: [secret]\n"),
        ("", "sort: [-publish_from, name]\n"),
    ],
)
def test_what_is_not_public_cannot_give_the_order(fields, head):
    """An order by private values would show them; and after `link` they are not there."""
    assert "schema" in [code for _, code, _ in collection(fields, head)[1]]


def test_what_is_not_public_cannot_be_the_title():
    document, _ = source.read_yaml("label: 库\nitem: 条\nfields: {name: {label: 名, public: false}}\n", "c")
    assert "schema" in [problem.code for problem in schema.read_collection(document, "c", "c")[1]]


@pytest.mark.parametrize(
    "name, type, codes",
    [
        ("time", "datetime", []),
        ("time", "date", ["schema"]),
        ("time", "text", ["schema"]),
        ("date", "date", []),
        ("date", "datetime", []),
        ("date", "text", ["schema"]),
    ],
)
def test_the_fields_that_date_a_record_have_the_types_of_dates(name, type, codes):
    """Feeds, sitemaps and META tags read `time` and `date`: a text of that name is told, not met in the middle of a build."""
    assert [code for _, code, _ in collection(f"  {name}: {{label: 时间, type: {type}}}\n")[1]] == codes


# ── what is wrong between declarations ────────────────────────────────────────


def about(folder):
    return [(problem.path.removeprefix("content/"), problem.line, problem.column, problem.code, problem.message) for problem in sites.loaded(folder).problems]


PLACES = """\
label: 地点
item: 地点
fields:
  name: {label: 名称, required: true}
"""


@pytest.mark.parametrize(
    "line, place, message",
    [
        ("kind: {label: 类, type: term, vocabulary: kinds}", "{label", "没有词表“kinds”"),
        ("inst: {label: 构, type: reference, to: institution}", "institution", "没有“institution”这个库"),
        ("rows: {label: 表, type: table, fields: {x: {label: 列, type: reference, to: nowhere}}}", "nowhere", "没有“nowhere”这个库"),
        ("got: {label: 得, from: nowhere.name}", "nowhere.name", "字段“got”的 from“nowhere.name”找不到来处"),
        ("got: {label: 得, from: institutions.name}", "institutions.name", "字段“got”的 from“institutions.name”找不到来处"),
        ("got: {label: 得, from: successor.nothing}", "successor.nothing", "字段“got”的 from“successor.nothing”找不到来处"),
        ("got: {label: 得, from: name.area}", "name.area", "字段“got”的 from“name.area”找不到来处"),
    ],
)
def test_what_does_not_fit_between_declarations_is_told_with_its_place(content, line, place, message):
    folder = content({"places/_collection.yaml": f"{PLACES}  {line}\n"})
    assert about(folder) == [("places/_collection.yaml", 5, 3 + line.index(place), "schema", message)]


def test_a_derived_field_of_a_derived_field_is_refused(content):
    folder = content({"places/_collection.yaml": PLACES + "  inst: {label: 构, type: reference, to: institutions}\n  got: {label: 得, from: inst.skills}\n"})
    assert [(line, message) for _, line, _, _, message in about(folder)] == [(6, "字段“got”的 from“inst.skills”找不到来处")]


@pytest.mark.parametrize("gone, kind", [("units", "range"), ("units", "quantity"), ("units", "uncertainty"), ("areas", "area")])
def test_a_type_whose_vocabulary_is_missing_is_told(tmp_path, gone, kind):
    files = {
        "_site.yaml": "name: 站\n",
        "places/_collection.yaml": f"{PLACES}  x: {{label: 值, type: {kind}}}\n",
        "places/one.yaml": "name: 一\nx: 0~2 g\n",
    }
    assert [(code, message) for *_, code, message in about(sites.write(tmp_path / "content", files))] == [("schema", f"没有词表“{gone}”")]


@pytest.mark.parametrize("type", ["text", "term, vocabulary: fields", "url", "date"])
def test_only_references_and_standards_lead_to_a_collection(content, type):
    folder = content({"places/_collection.yaml": f"{PLACES}  x: {{label: 值, type: {type}, to: institutions}}\n", "places/one.yaml": "name: 一\n"})
    assert [code for *_, code, _ in about(folder)] == ["schema"]


def test_a_facet_taken_from_another_collection_must_have_a_type_for_it(content):
    """Any text may not become an address: facets of derived fields are held to the same types."""
    folder = content({"places/_collection.yaml": PLACES + "  inst: {label: 构, type: reference, to: institutions}\n  got: {label: 得, from: inst.name, facet: true}\n"})
    assert [code for *_, code, _ in about(folder)] == ["schema"]


# ── vocabularies ──────────────────────────────────────────────────────────────


def vocabulary(text, id="v"):
    document, problems = source.read_yaml(text, f"{id}.yaml")
    assert problems == []
    found, problems = schema.read_vocabulary(document, id, f"{id}.yaml")
    return found, [(source.locate(problem, document).line, problem.code, problem.message) for problem in problems]


def test_a_vocabulary_is_a_tree_of_terms_with_all_their_names():
    found, problems = vocabulary("label: 词\nterms:\n  a: 甲\n  b: {label: 乙, broader: a, aliases: [乙二, ＢＢ]}\n")
    assert problems == []
    assert dict(found.terms) == {"a": Term("a", "甲"), "b": Term("b", "乙", broader="a", aliases=("乙二", "ＢＢ"))}
    assert found.names == {"甲": "a", "乙": "b", "乙二": "b", "bb": "b", "a": "a", "b": "b"}


def test_case_counts_in_units():
    found, problems = vocabulary('label: 单位\nterms:\n  mg: {label: mg, factor: "0.000001"}\n  tonne: {label: Mg, factor: "1000"}\n')
    assert (problems, found.names["mg"], found.names["Mg"]) == ([], "mg", "tonne")


@pytest.mark.parametrize(
    "terms, expected",
    [
        ("  a: 甲\n  b: 甲\n", (4, "term-repeated", "“甲”与词“a”同名")),
        ("  a: ABC\n  b: ａｂｃ\n", (4, "term-repeated", "“ａｂｃ”与词“a”同名")),
        ("  a: {label: 甲, broader: z}\n", (3, "term-unknown", "上级词“z”不在这个词表里")),
        ("  a: {label: 甲, broader: a}\n", (3, "term-unknown", "上级词“a”绕回了自己")),
        ("  a: {label: 甲, broader: b}\n  b: {label: 乙, broader: a}\n", (3, "term-unknown", "上级词“b”绕回了自己")),
        ("  a: {labl: 甲}\n", (3, "field-unknown", "词“a”没有“labl”这个字段")),
        ("  a: {aliases: [乙]}\n", (3, "field-missing", "词“a”缺少必填的“名称”")),
        ("  A甲: 甲\n", (3, "id-form", "词的编号“A甲”只能用小写字母、数字和连字号")),
        ("  a: [甲]\n", (3, "yaml-shape", "词“a”这里应当是若干行“字段: 内容”")),
        ("  a: {label: 甲, factor: 千}\n", (3, "number-invalid", "“换算系数”应写成数字，这里是“千”")),
    ],
)
def test_a_fault_of_a_vocabulary_is_told_with_its_line(terms, expected):
    assert expected in vocabulary("label: 词\nterms:\n" + terms)[1]


def test_a_label_is_stronger_than_an_alias_and_the_first_alias_stronger_than_the_next():
    found, problems = vocabulary("label: 词\nterms:\n  a: {label: 甲, aliases: [乙, 丙]}\n  b: {label: 乙, aliases: [丙]}\n")
    assert (problems, found.names["乙"], found.names["丙"]) == ([], "b", "a")


# ── configuration ─────────────────────────────────────────────────────────────


def test_the_address_of_the_site_ends_with_a_slash():
    document, _ = source.read_yaml("name: 站\nurl: https://example.com/nqi\n", "_site.yaml")
    assert schema.read_config(document, "_site.yaml")[0].values["url"] == "https://example.com/nqi/"


def test_configuration_is_held_to_its_declaration(content):
    folder = content({"_site.yaml": "nmae: 站\nurl: www.example.com\nphone: 13812345678\nfilings: {icp: 无}\nmenu:\n  - {label: 机构}\n"})
    assert about(folder) == [
        ("_site.yaml", 1, 1, "field-missing", "网站设置缺少必填的“网站名称”"),
        ("_site.yaml", 1, 1, "field-unknown", "网站设置没有“nmae”这个字段"),
        ("_site.yaml", 2, 6, "url-invalid", "“网站地址”应写成 https:// 开头的网址，这里是“www.example.com”"),
        ("_site.yaml", 3, 8, "phone-mobile", "“咨询电话”是手机号码 138****5678，不能上网"),
        ("_site.yaml", 4, 16, "icp-invalid", "“ICP 备案号”应写成“晋ICP备12345678号-1”这样，这里是“无”"),
        ("_site.yaml", 6, 5, "field-missing", "“菜单”第 1 行缺少必填的“去向”"),
    ]


# ── the engine's own declarations ─────────────────────────────────────────────


def every(fields):
    for field in fields.values():
        yield field
        yield from every(field.fields)


@pytest.mark.parametrize("declared", [schema.COLLECTION, schema.FIELD, schema.VOCABULARY, schema.TERM, schema.COMMON, schema.CONFIG], ids=["collection", "field", "vocabulary", "term", "common", "config"])
def test_the_declarations_of_the_engine_keep_their_own_rules(declared):
    for field in every(declared):
        assert field.type in TYPES.keys() | {"table", "group", "raw"}, field
        assert field.label and isinstance(field.label, str)
        assert (field.type == "choice") == bool(field.choices) and (field.type in ("table", "group")) == bool(field.fields)
        assert all(isinstance(value, bool) for value in (field.required, field.many, field.public, field.facet, field.column))


# ── a new collection ──────────────────────────────────────────────────────────


def test_a_new_collection_needs_neither_a_template_nor_python(content):
    folder = content(
        {
            "courses/_collection.yaml": """\
label: 培训课程
item: 课程
order: 9
fields:
  name: {label: 课程名, type: text, required: true}
  area: {label: 地点, type: area, facet: true}
  host: {label: 主办, type: reference, to: institutions, back: 课程}
""",
            "courses/first.md": "---\nname: 内审员\narea: 北区\nhost: inst-01\n---\n讲义\n",
            "courses/more.yaml": "- {id: second, name: 计量员}\n",
        }
    )
    site, problems = sites.linked(folder)
    assert problems == []
    assert [(page.address, page.renderer, page.templates, page.subject) for page in plan(site) if "courses" in page.address] == [
        ("/courses/", "html", ("courses/list.html", "list.html"), "courses"),
        ("/courses/by/area/city/", "html", ("courses/term.html", "term.html"), ("courses", "area", "city")),
        ("/courses/by/area/north/", "html", ("courses/term.html", "term.html"), ("courses", "area", "north")),
        ("/courses/second/", "html", ("courses/record.html", "record.html"), Key("courses", "second")),
        ("/courses/first/", "html", ("courses/record.html", "record.html"), Key("courses", "first")),
        ("/data/courses.csv", "csv", (), "courses"),
        ("/data/courses.json", "json", (), "courses"),
        ("/data/filter/courses.json", "filter", (), "courses"),
        ("/data/rows/courses/0.json", "rows", (), "courses"),
        ("/data/courses/", "html", ("dataset.html",), "courses"),
        ("/data/schema/1/courses.json", "schema", (), "courses"),
    ]
