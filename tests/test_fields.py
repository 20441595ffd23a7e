"""Field types: how the text an editor wrote becomes a value, and what an editor is told when it does not."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import schema, source
from engine.fields import BEIJING, TYPES, Terms, read_mapping, read_value
from engine.identifiers import Misfit
from engine.model import Field, Key, Money, Problem, Quantity, Range, Uncertainty
from engine.show import Names, text_of
from tests.sites import SMALL

D = Decimal


def vocabulary(id):
    document, _ = source.read_yaml(SMALL[f"_vocabularies/{id}.yaml"], id)
    found, problems = schema.read_vocabulary(document, id, id)
    assert problems == []
    return found


TERMS = Terms({id: vocabulary(id) for id in ("areas", "fields", "units")})
SPECIAL = {
    "term": {"vocabulary": "fields"},
    "choice": {"choices": {"open": "可接单", "paused": "暂停接单"}},
    "reference": {"to": "institutions"},
}


def field(kind, **more):
    return Field("f", "栏", kind, **{**SPECIAL.get(kind, {}), **more})


FIELDS = {kind: field(kind) for kind in TYPES}


def read(kind, text, **more):
    """The value, or the code of what is told."""
    value, problems = read_value(field(kind, **more), text, TERMS, "x.yaml", ("f",))
    return problems[0].code if problems else value


# ── every type ────────────────────────────────────────────────────────────────

READINGS = [
    ("text", "只是 文字", "只是 文字"),
    ("text", "  两边的空格  ", "两边的空格"),
    ("text", "no", "no"),
    ("integer", "12", 12),
    ("integer", "-3", -3),
    ("integer", "007", 7),
    ("integer", "999999999999999", 999999999999999),
    ("integer", "1.0", "integer-invalid"),
    ("integer", "1,000", "integer-invalid"),
    ("integer", "12 台", "integer-invalid"),
    ("integer", "9" * 16, "integer-invalid"),
    ("number", "3.10", D("3.10")),
    ("number", "-0.5", D("-0.5")),
    ("number", "−0.5", D("-0.5")),
    ("number", "１．５", D("1.5")),
    ("number", "1e3", D("1e3")),
    ("number", "1.2.3", "number-invalid"),
    ("number", "nan", "number-invalid"),
    ("number", "inf", "number-invalid"),
    ("number", "0x10", "number-invalid"),
    ("number", ".5", "number-invalid"),
    ("boolean", "true", True),
    ("boolean", "True", True),
    ("boolean", "是", True),
    ("boolean", "false", False),
    ("boolean", "否", False),
    ("boolean", "no", "boolean-invalid"),
    ("boolean", "1", "boolean-invalid"),
    ("date", "2026-11-22", date(2026, 11, 22)),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("date", "2026-02-29", "date-invalid"),
    ("date", "2026-13-01", "date-invalid"),
    ("date", "2026-1-5", "date-invalid"),
    ("date", "20261122", "date-invalid"),
    ("date", "2026-11-22 09:30", "date-invalid"),
    ("date", "2026-W01-1", "date-invalid"),
    ("datetime", "2026-11-22 09:30", datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING)),
    ("datetime", "2026-11-22 13:05", datetime(2026, 11, 22, 13, 5, tzinfo=BEIJING)),
    ("datetime", "2026-11-22 24:00", "datetime-invalid"),
    ("datetime", "2026-11-22T09:30", "datetime-invalid"),
    ("datetime", "2026-11-22", "datetime-invalid"),
    ("year", "2019", 2019),
    ("year", "1600", 1600),
    ("year", "19", "year-invalid"),
    ("year", "2019年", "year-invalid"),
    ("year", "3019", "year-invalid"),
    ("choice", "可接单", "open"),
    ("choice", "open", "open"),
    ("choice", " 可 接 单 ", "open"),
    ("choice", "关闭", "choice-unknown"),
    ("term", "金属", "metals"),
    ("term", "metals", "metals"),
    ("term", "钢铁", "metals"),
    ("term", "METALS", "metals"),
    ("term", "木材", "term-unknown"),
    ("area", "城北", "north"),
    ("area", "东区", "term-unknown"),
    ("reference", "inst-01", Key("institutions", "inst-01")),
    ("url", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
    ("url", "http://example.com:8080", "http://example.com:8080"),
    ("url", "https://例子.中国/甲", "https://例子.中国/甲"),
    ("url", "ftp://example.com", "url-invalid"),
    ("url", "javascript:alert(1)", "url-invalid"),
    ("url", "//example.com", "url-invalid"),
    ("url", "example.com", "url-invalid"),
    ("url", "https://example.com/a b", "url-invalid"),
    ("url", "https://example.com/\u202ea", "url-invalid"),
    ("url", 'https://example.com/"onclick', "url-invalid"),
    ("url", "https://user:word@example.com/", "url-invalid"),
    ("url", "https://example.com\\@evil.com", "url-invalid"),
    ("url", "https://", "url-invalid"),
    ("email", "a.b+c@example.com", "a.b+c@example.com"),
    ("email", "a@b", "email-invalid"),
    ("email", "甲@example.com", "email-invalid"),
    ("email", "a@example.com\nBcc: b@example.com", "email-invalid"),
    ("phone", "0353-5550100", "0353-5550100"),
    ("phone", "０３５３－５５５０１００", "0353-5550100"),
    ("phone", "0353—5550100", "0353-5550100"),
    ("phone", "010-12345678", "010-12345678"),
    ("phone", "0353-5550100-8001", "0353-5550100-8001"),
    ("phone", "400-123-4567", "400-123-4567"),
    ("phone", "12345", "12345"),
    ("phone", "5550100", "phone-invalid"),
    ("phone", "03535550100", "phone-invalid"),
    ("phone", "13812345678", "phone-mobile"),
    ("phone", "138 1234 5678", "phone-mobile"),
    ("phone", "138-1234-5678", "phone-mobile"),
    ("phone", "１３８１２３４５６７８", "phone-mobile"),
    ("phone", "+86 138 1234 5678", "phone-mobile"),
    ("phone", "86-13812345678", "phone-mobile"),
    ("range", "0~200 g", Range(D("0"), D("200"), "g")),
    ("range", "0～200g", Range(D("0"), D("200"), "g")),
    ("range", "0-200 g", Range(D("0"), D("200"), "g")),
    ("range", "0–200 g", Range(D("0"), D("200"), "g")),
    ("range", "0 g ~ 200 g", Range(D("0"), D("200"), "g")),
    ("range", "0 至 200 克", Range(D("0"), D("200"), "g")),
    ("range", "(0.10~2.0) %", Range(D("0.10"), D("2.0"), "percent")),
    ("range", "（0~200）g", Range(D("0"), D("200"), "g")),
    ("range", "-196~1000 ℃", Range(D("-196"), D("1000"), "celsius")),
    ("range", "−50~−10 °C", Range(D("-50"), D("-10"), "celsius")),
    ("range", "1e-3~1e3 mg", Range(D("1e-3"), D("1e3"), "mg")),
    ("range", "≤ 300 g", Range(None, D("300"), "g")),
    ("range", "<=300 g", Range(None, D("300"), "g")),
    ("range", "≥ 5 mg", Range(D("5"), None, "mg")),
    ("range", "200~0 g", "range-order"),
    ("range", "5~5 g", "range-order"),
    ("range", "0 mg~200 g", "range-units"),
    ("range", "0~200", "unit-unknown"),
    ("range", "0~200 磅", "unit-unknown"),
    ("range", "0~200 G", "unit-unknown"),
    ("range", "200 g", "range-invalid"),
    ("range", "小于 5 g", "range-invalid"),
    ("quantity", "0.50 mg", Quantity(D("0.50"), "mg")),
    ("quantity", "0.5毫克", Quantity(D("0.5"), "mg")),
    ("quantity", "５　ｍｇ", Quantity(D("5"), "mg")),
    ("quantity", "mg", "quantity-invalid"),
    ("quantity", "0.5 Mg", "unit-unknown"),
    ("uncertainty", "0.5 mg (k=2)", Uncertainty(D("0.5"), "mg", D("2"))),
    ("uncertainty", "0.5 mg（k＝2）", Uncertainty(D("0.5"), "mg", D("2"))),
    ("uncertainty", "U = 0.5 mg, k=2", Uncertainty(D("0.5"), "mg", D("2"))),
    ("uncertainty", "Urel = 0.8 % (k=2)", Uncertainty(D("0.8"), "percent", D("2"))),
    ("uncertainty", "0.8 %，k=2", Uncertainty(D("0.8"), "percent", D("2"))),
    ("uncertainty", "0.5 mg", "uncertainty-invalid"),
    ("uncertainty", "0.5 磅 (k=2)", "unit-unknown"),
    ("money", "5 万元", Money(D("5"), "万元")),
    ("money", "1,234.50 元", Money(D("1234.50"), "元")),
    ("money", "2亿元", Money(D("2"), "亿元")),
    ("money", "5", "money-invalid"),
    ("money", "$5", "money-invalid"),
    ("money", "-5 元", "money-invalid"),
    ("file", "forms/apply-1.pdf", "forms/apply-1.pdf"),
    ("file", "../secret.pdf", "file-name"),
    ("file", "/etc/passwd", "file-name"),
    ("file", "a//b.pdf", "file-name"),
    ("file", "申请表.pdf", "file-name"),
    ("file", "Apply.pdf", "file-name"),
    ("file", "apply", "file-name"),
    ("image", "window.png", "window.png"),
    ("image", "https://example.com/x.png", "file-name"),
    ("standard", "gbt11170-2008", "GB/T 11170-2008"),
    ("standard", "标准一", "standard-invalid"),
    ("credit-code", "91330106673959654p", "91330106673959654P"),
    ("credit-code", "91330106673959654Q", "credit-code-check"),
    ("cma", "210421300001", "210421300001"),
    ("cma", "1", "cma-invalid"),
    ("cnas", "L1234", "CNAS L1234"),
    ("cnas", "1", "cnas-invalid"),
    ("patent", "201710601862.3", "ZL201710601862.3"),
    ("patent", "201710601862.4", "patent-check"),
    ("icp", "晋ICP备12345678号", "晋ICP备12345678号"),
    ("icp", "1", "icp-invalid"),
    ("police", "晋公网安备14030002000001号", "晋公网安备 14030002000001号"),
    ("police", "1", "police-invalid"),
    ("site-code", "1403000001", "1403000001"),
    ("site-code", "1", "site-code-invalid"),
]


@pytest.mark.parametrize("kind, text, expected", READINGS)
def test_a_text_is_read_as_its_type_says(kind, text, expected):
    found = read(kind, text)
    assert found == expected
    assert type(found) is type(expected)


def test_every_type_is_read_in_some_example():
    assert {kind for kind, _, _ in READINGS} == TYPES.keys()


# ── what an editor is told ────────────────────────────────────────────────────

MESSAGES = [
    ("integer", "12 台", "“栏”应写成整数，这里是“12 台”", "只写数字，不带单位和千分号"),
    ("number", "三", "“栏”应写成数字，这里是“三”", "只写数字，单位和千分号不要写"),
    ("boolean", "yes", "“栏”应写成“是”或“否”，这里是“yes”", ""),
    ("date", "2026-1-5", "“栏”应写成 2026-11-22 这样的日期，这里是“2026-1-5”", "您是不是想写“2026-01-05”？"),
    ("date", "2026年1月5日", "“栏”应写成 2026-11-22 这样的日期，这里是“2026年1月5日”", "您是不是想写“2026-01-05”？"),
    ("date", "２０２６．１．５", "“栏”应写成 2026-11-22 这样的日期，这里是“２０２６．１．５”", "您是不是想写“2026-01-05”？"),
    ("date", "２０２６-０１-０５", "“栏”应写成 2026-11-22 这样的日期，这里是“２０２６-０１-０５”", "您是不是想写“2026-01-05”？"),
    ("date", "明天", "“栏”应写成 2026-11-22 这样的日期，这里是“明天”", ""),
    ("date", "2026-02-30", "“栏”没有“2026-02-30”这一天", "检查月份和日期"),
    ("datetime", "2026-11-22", "“栏”应写成 2026-11-22 09:30 这样的时间，这里是“2026-11-22”", "在日期后面加上时间，如 2026-11-22 09:30"),
    ("datetime", "2026年11月2日 9:30", "“栏”应写成 2026-11-22 09:30 这样的时间，这里是“2026年11月2日 9:30”", "您是不是想写“2026-11-02 09:30”？"),
    ("datetime", "2026-11-22T09：30:00", "“栏”应写成 2026-11-22 09:30 这样的时间，这里是“2026-11-22T09：30:00”", "您是不是想写“2026-11-22 09:30”？"),
    ("datetime", "后天 9:30", "“栏”应写成 2026-11-22 09:30 这样的时间，这里是“后天 9:30”", ""),
    ("range", "0~2,000 g", "“栏”里有千分号：“0~2,000 g”", "数字里不写逗号：0~2000 g"),
    ("date", "0206-01-05", "“栏”年份写错了：“0206-01-05”", "年份从 1600 到 2199"),
    ("datetime", "2026-11-22 25:00", "“栏”没有“2026-11-22 25:00”这一时刻", "检查日期、小时（0–23）和分钟（0–59）"),
    ("year", "去年", "“栏”应写成四位年份，这里是“去年”", ""),
    ("choice", "可接", "“栏”没有“可接”这个选项", "您是不是想写“可接单”？"),
    ("choice", "opne", "“栏”没有“opne”这个选项", "您是不是想写“open”？"),
    ("choice", "下班", "“栏”没有“下班”这个选项", "可选：可接单、暂停接单"),
    ("term", "特种钢材", "“栏”用了词表里没有的词“特种钢材”", "您是不是想写“特种钢”？"),
    ("term", "玻璃", "“栏”用了词表里没有的词“玻璃”", "可用的词见 content/_vocabularies/fields.yaml"),
    ("area", "东城", "“栏”用了词表里没有的词“东城”", "可用的词见 content/_vocabularies/areas.yaml"),
    ("url", "www.example.com", "“栏”应写成 https:// 开头的网址，这里是“www.example.com”", ""),
    ("email", "a@b", "“栏”不是电子邮箱：“a@b”", ""),
    ("phone", "5550100", "“栏”应写成 0353-2010000 这样，这里是“5550100”", "区号与号码之间用“-”"),
    ("phone", "138 1234 5678", "“栏”是手机号码 138****5678，不能上网", "改写办公电话，如 0353-2010000"),
    ("range", "0~200 gg", "“栏”用了词表里没有的单位“gg”", "您是不是想写“g”？"),
    ("range", "0~200 磅", "“栏”用了词表里没有的单位“磅”", "单位见 content/_vocabularies/units.yaml"),
    ("range", "多种", "“栏”应写成“0~200 g”这样，这里是“多种”", "只有一端时写“≤ 300 kN”或“≥ 5 mg”"),
    ("range", "0 mg~2 g", "“栏”两端的单位不同：“0 mg~2 g”", "两端用同一个单位，只在最后写一次，如 0~200 g"),
    ("range", "9~2 g", "“栏”下限应小于上限，这里是“9~2 g”", ""),
    ("quantity", "很轻", "“栏”应写成“0.5 mg”这样，这里是“很轻”", ""),
    ("uncertainty", "0.5 mg", "“栏”应写成“0.5 mg (k=2)”这样，这里是“0.5 mg”", "扩展不确定度要写明包含因子 k"),
    ("money", "五万", "“栏”应写成“5 万元”这样，这里是“五万”", ""),
    ("file", "表 1.pdf", "“栏”不是可用的文件名：“表 1.pdf”", "文件放在 content/files/，名字只用小写字母、数字、-、_"),
    ("standard", "11170", "“栏”不像标准号：“11170”", "写成“GB/T 11170-2008”这样：代号、空格、顺序号、连字号、四位年份"),
    ("credit-code", "1234", "“栏”应为 18 位数字和大写字母（不用 I、O、S、V、Z），这里是“1234”", "现在有 4 位"),
    ("credit-code", "91330106673959654Q", "“栏”校验位不对：“91330106673959654Q”", "对照营业执照或登记证书，看是否抄错一位"),
    ("cma", "1234", "“栏”应为 12 位数字（年份、发证机关、领域、行业、流水号），这里是“1234”", ""),
    ("cnas", "1234", "“栏”应写成“CNAS L1234”这样，这里是“1234”", ""),
    ("patent", "1234", "“栏”应写成“ZL201710601862.3”这样，这里是“1234”", ""),
    ("patent", "ZL201710601862.4", "“栏”校验位不对：“ZL201710601862.4”", "对照专利证书，看是否抄错一位"),
]


@pytest.mark.parametrize("kind, text, message, hint", MESSAGES)
def test_a_misfit_is_told_with_what_was_expected_found_and_meant(kind, text, message, hint):
    value, [problem] = read_value(field(kind), text, TERMS, "x.yaml", ("f",))
    assert value is None
    assert (problem.message, problem.hint, problem.path, problem.trail, problem.severity) == (message, hint, "x.yaml", ("f",), "error")


@pytest.mark.parametrize("text", ["2027-2-30", "2027.13.1", "2026年2月29日"])
def test_no_day_is_proposed_that_there_is_not(text):
    value, [problem] = read_value(field("date"), text, TERMS, "x", ())
    assert (value, problem.code) == (None, "date-invalid")
    assert "您是不是想写" not in problem.hint


@pytest.mark.parametrize("kind, text", [("quantity", "0.5"), ("quantity", "12"), ("range", "≤ 300"), ("range", "≥ 0.5"), ("uncertainty", "0.5 (k=2)"), ("uncertainty", "12 (k=2)")])
def test_a_number_without_a_unit_is_not_split_to_make_one(kind, text):
    value, [problem] = read_value(field(kind), text, TERMS, "x", ())
    assert value is None
    assert not re.search(r"单位“[\d.]", problem.message), problem.message


def test_no_part_of_a_mobile_number_but_its_ends_is_repeated():
    for text in ("13812345678", "138-1234-5678", "+86 138 1234 5678", "１３８１２３４５６７８"):
        _, [problem] = read_value(field("phone"), text, TERMS, "x", ())
        assert "1234" not in problem.message + problem.hint and text not in problem.message


# ── shapes ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind, raw, more, expected",
    [
        ("text", ["一"], {}, "一"),
        ("text", ["一", "二"], {}, "value-shape"),
        ("text", {"a": "b"}, {}, "value-shape"),
        ("text", ["一", "二"], {"many": True}, ("一", "二")),
        ("text", "一", {"many": True}, ("一",)),
        ("integer", ["1", "2"], {"many": True}, (1, 2)),
        ("term", ["金属", "钢铁"], {"many": True}, "value-repeated"),
        ("text", ["一", ["二"]], {"many": True}, "value-shape"),
        ("reference", ["inst-01"], {"many": True}, (Key("institutions", "inst-01"),)),
    ],
)
def test_one_or_many_values_are_taken_as_the_field_allows(kind, raw, more, expected):
    assert read(kind, raw, **more) == expected


def test_each_of_many_values_is_told_at_its_own_place():
    value, problems = read_value(field("integer", many=True), ["1", "x", "2", "y"], TERMS, "x", ("f",))
    assert value == (1, 2)
    assert [problem.trail for problem in problems] == [("f", 1), ("f", 3)]


TABLE = field("table", fields={"low": Field("low", "下限", "number", required=True), "note": Field("note", "说明", "text", many=True)})


def test_rows_have_every_column():
    assert read_value(TABLE, [{"low": "1"}, {"low": "2.0", "note": "甲"}], TERMS, "x", ("t",)) == (
        ({"low": D("1"), "note": ()}, {"low": D("2.0"), "note": ("甲",)}),
        [],
    )


def test_what_is_wrong_in_a_row_is_told_with_its_row():
    _, problems = read_value(TABLE, [{"low": "一"}, {"note": "甲"}, {"low": "1", "lwo": "2"}, "文字"], TERMS, "x", ("t",))
    assert [(problem.code, problem.message, problem.trail) for problem in problems] == [
        ("number-invalid", "“下限”应写成数字，这里是“一”", ("t", 0, "low")),
        ("field-missing", "“栏”第 2 行缺少必填的“下限”", ("t", 1)),
        ("field-unknown", "“栏”第 3 行没有“lwo”这个字段", ("t", 2, "lwo", source.KEY)),
        ("yaml-shape", "“栏”第 4 行这里应当是若干行“字段: 内容”", ("t", 3)),
        ("field-missing", "“栏”第 4 行缺少必填的“下限”", ("t", 3)),
    ]


def test_a_table_that_is_no_list_is_told():
    assert read("table", "文字", fields=TABLE.fields) == "value-shape"
    assert read("table", {"low": "1"}, fields=TABLE.fields) == "value-shape"


# ── mappings ──────────────────────────────────────────────────────────────────

MAPPING = {
    "name": Field("name", "姓名", "text", required=True),
    "title": Field("title", "职称", "text"),
    "tags": Field("tags", "标签", "text", many=True),
    "rows": TABLE,
    "place": Field("place", "地点", "group", fields={"street": Field("street", "街道", "text")}),
    "count": Field("count", "件数", "derived", derived=("equipment", "name"), required=True),
}


def test_every_declared_field_is_present():
    values, problems = read_mapping(MAPPING, {"name": "甲"}, TERMS, "x", (), "专家库")
    assert problems == []
    assert values == {"name": "甲", "title": None, "tags": (), "rows": (), "place": {"street": None}, "count": None}


@pytest.mark.parametrize(
    "said, problem",
    [
        ({"name": "甲", "titel": "乙"}, Problem("x", "field-unknown", "专家库没有“titel”这个字段", "您是不是想写“title”（职称）？", trail=("titel", source.KEY))),
        ({"name": "甲", "职称": "乙"}, Problem("x", "field-unknown", "专家库没有“职称”这个字段", "您是不是想写“title”（职称）？", trail=("职称", source.KEY))),
        ({"name": "甲", "zzz": "乙"}, Problem("x", "field-unknown", "专家库没有“zzz”这个字段", "可用的字段见 content/README.md", trail=("zzz", source.KEY))),
        ({"name": "甲", "count": "5"}, Problem("x", "field-derived", "“件数”（count）由系统计算，不用填写", "删去这一行", trail=("count", source.KEY))),
        ({"title": "乙"}, Problem("x", "field-missing", "专家库缺少必填的“姓名”", "加一行 name: …", trail=())),
        ({"name": ""}, Problem("x", "field-missing", "专家库必填的“姓名”是空的", "在 name: 后面空一格，写上内容", trail=("name", source.KEY))),
        ({"name": []}, Problem("x", "field-missing", "专家库必填的“姓名”是空的", "在 name: 后面空一格，写上内容", trail=("name", source.KEY))),
        ({"name": "甲", "id": "x"}, Problem("x", "field-unknown", "专家库没有“id”这个字段", "编号就是文件名，删去这一行", trail=("id", source.KEY))),
    ],
)
def test_a_mapping_is_held_to_its_declaration(said, problem):
    assert read_mapping(MAPPING, said, TERMS, "x", (), "专家库")[1] == [problem]


# ── any text at all ───────────────────────────────────────────────────────────

SIGNS = st.one_of(st.characters(), st.sampled_from("0123456789.-~～+eE ≤≥(),k=U%mg℃年月日:/@万元٣३①½ⅫＡ\u3000\u00a0"))
NAMES = Names({}, TERMS.vocabularies, {})


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.text(SIGNS, max_size=40))
def test_any_text_is_a_value_or_is_told_and_never_raises(text):
    for kind, one in FIELDS.items():
        value, problems = read_value(one, text, TERMS, "x", ("f",))
        assert (value is None) == bool(problems), kind
        assert isinstance(text_of(one, value, NAMES), str), kind


SHAPES = st.recursive(st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "rows", "low", "place", "x"]), inner, max_size=3))


@settings(max_examples=200, derandomize=True, deadline=None)
@given(SHAPES)
def test_any_shape_is_read_or_told_and_never_raises(raw):
    values, _ = read_mapping(MAPPING, raw, TERMS, "x", (), "库")
    assert values.keys() == MAPPING.keys()


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, text, expected in READINGS if kind != "text" and not isinstance(read(kind, text), Misfit)])
def test_what_is_shown_of_a_value_can_be_written_again(kind, text):
    value, problems = read_value(FIELDS[kind], text, TERMS, "x", ())
    if not problems:
        assert read_value(FIELDS[kind], text_of(FIELDS[kind], value, NAMES), TERMS, "x", ()) == (value, [])


LONG = {
    "digits": "1" * 100_000,
    "spaces inside": "1" + " " * 100_000 + "x",
    "spaces before a letter": "1m" + " " * 100_000 + "x",
    "dots": "1." * 50_000,
    "an address": "a@" + "a." * 50_000,
    "hyphens": "0-" * 50_000,
    "brackets": "(" * 100_000,
    "slashes": "a/" * 50_000 + "!",
    "letters": "A" * 100_000,
    "a standard": "GB/T " + "1." * 50_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
@pytest.mark.parametrize("kind", sorted(TYPES.keys() - {"text", "term", "area", "choice"}))
def test_a_long_text_is_answered_at_once(kind, text, within):
    with within(1):
        start = perf_counter()
        read(kind, text)
    assert perf_counter() - start < 1
