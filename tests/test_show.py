"""Values in words, and the order of values."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal as D

import pytest

from engine.fields import BEIJING
from engine.model import Field, Key, Money, Quantity, Range, Term, Uncertainty, Vocabulary
from engine.show import Names, number_text, range_text, row_text, size_text, sort_key, text_of

UNITS = Vocabulary("units", "单位", {"mg": Term("mg", "mg", kind="mass"), "percent": Term("percent", "%", kind="ratio")}, {})
WORDS = Vocabulary("words", "词", {"b": Term("b", "乙"), "a": Term("a", "甲")}, {})
NAMES = Names({}, {"units": UNITS, "words": WORDS, "areas": WORDS}, {Key("x", "one"): "第一"})
CHOICES = {"choices": {"open": "可接单", "shut": "不接"}}


@pytest.mark.parametrize(
    "field, value, text",
    [
        (Field("f", "F", "text"), None, ""),
        (Field("f", "F", "text", many=True), (), ""),
        (Field("f", "F", "text"), "只是文字", "只是文字"),
        (Field("f", "F", "text", many=True), ("一", "二"), "一、二"),
        (Field("f", "F", "integer"), 0, "0"),
        (Field("f", "F", "number"), D("3.10"), "3.10"),
        (Field("f", "F", "boolean"), True, "是"),
        (Field("f", "F", "boolean"), False, "否"),
        (Field("f", "F", "date"), date(2026, 1, 5), "2026-01-05"),
        (Field("f", "F", "datetime"), datetime(2026, 1, 5, 13, 5, tzinfo=BEIJING), "2026-01-05 13:05"),
        (Field("f", "F", "choice", **CHOICES), "open", "可接单"),
        (Field("f", "F", "term", vocabulary="words", many=True), ("a", "b"), "甲、乙"),
        (Field("f", "F", "area"), "a", "甲"),
        (Field("f", "F", "reference", to="x"), Key("x", "one"), "第一"),
        (Field("f", "F", "reference", to="x"), Key("x", "two"), "two"),
        (Field("f", "F", "range"), Range(D("0.10"), D("200"), "mg"), "0.10~200 mg"),
        (Field("f", "F", "range"), Range(None, D("200"), "mg"), "≤ 200 mg"),
        (Field("f", "F", "range"), Range(D("-5"), None, "mg"), "≥ -5 mg"),
        (Field("f", "F", "range", many=True), (Range(D("1"), D("2"), "mg"), Range(D("3"), D("4"), "mg")), "1~2 mg、3~4 mg"),
        (Field("f", "F", "quantity"), Quantity(D("0.50"), "mg"), "0.50 mg"),
        (Field("f", "F", "uncertainty"), Uncertainty(D("0.5"), "mg", D("2")), "U = 0.5 mg (k=2)"),
        (Field("f", "F", "uncertainty"), Uncertainty(D("0.8"), "percent", D("2")), "Urel = 0.8 % (k=2)"),
        (Field("f", "F", "money"), Money(D("5.0"), "万元"), "5.0 万元"),
    ],
)
def test_a_value_is_one_line_of_text(field, value, text):
    assert text_of(field, value, NAMES) == text


def test_a_table_is_its_rows_and_a_row_its_cells():
    columns = {"name": Field("name", "参数", "text", column=True), "range": Field("range", "量程", "range", column=True), "note": Field("note", "注", "text")}
    table = Field("t", "表", "table", fields=columns)
    rows = ({"name": "质量", "range": Range(D("0"), D("2"), "mg"), "note": "室内"}, {"name": "长度", "range": None, "note": None})
    assert text_of(table, rows, NAMES) == "质量 0~2 mg 室内；长度"
    assert row_text(table, rows[0], NAMES, columns_only=True) == "质量 0~2 mg"


@pytest.mark.parametrize(
    "written, text",
    [("0.10", "0.10"), ("200", "200"), ("1e3", "1000"), ("1.50e-3", "0.00150"), ("-0.5", "-0.5"), ("1e20", "1E+20"), ("1e-9", "1E-9"), ("0", "0"), ("100000000000000", "100000000000000")],
)
def test_numbers_keep_the_digits_that_were_written(written, text):
    assert number_text(D(written)) == text


def test_an_open_range_says_which_end_is_open():
    assert [range_text(None, D(2), "g"), range_text(D(1), None, "g"), range_text(D(1), D(2), "g")] == ["≤ 2 g", "≥ 1 g", "1~2 g"]


@pytest.mark.parametrize(
    "field, ordered",
    [
        (Field("f", "F", "text"), ["白", "李", "张", "赵", None]),
        (Field("f", "F", "integer"), [2, 10, None]),
        (Field("f", "F", "date"), [date(2025, 12, 31), date(2026, 1, 1), None]),
        (Field("f", "F", "boolean"), [False, True, None]),
        (Field("f", "F", "term", vocabulary="words"), ["b", "a", None]),
        (Field("f", "F", "term", vocabulary="words", many=True), [("b", "a"), ("a",), ()]),
        (Field("f", "F", "choice", **CHOICES), ["open", "shut", None]),
        (Field("f", "F", "standard"), ["GB/T 1-2000", "GB/T 2-2000", None]),
    ],
)
def test_values_have_an_order_and_the_unsaid_come_last(field, ordered):
    shuffled = [*ordered[1:], ordered[0]]
    assert sorted(shuffled, key=lambda value: sort_key(field, value, NAMES)) == ordered


@pytest.mark.parametrize("bytes, text", [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (433_565, "433.6 kB"), (999_949, "999.9 kB"), (999_999, "1.0 MB"), (1_600_000, "1.6 MB")])
def test_what_a_file_weighs_is_told_in_units_of_a_thousand(bytes, text):
    assert size_text(bytes) == text
