"""Quantities as the browser compares them: ranges with open ends, temperatures, uncertainties of another k, relative ones, spellings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.show import range_text

pytestmark = pytest.mark.browser
UNITS = {
    "mg": ["mg", "mass", "0.000001", "0", ["毫克"]],
    "g": ["g", "mass", "0.001", "0", ["克"]],
    "kg": ["kg", "mass", "1", "0", ["千克"]],
    "celsius": ["℃", "temperature", "1", "273.15", ["°C", "摄氏度"]],
    "k": ["K", "temperature", "1", "0", []],
    "percent": ["%", "ratio", "0.01", "0", ["％"]],
    "permille": ["‰", "ratio", "0.001", "0", []],
    "mg-kg": ["mg/kg", "ratio", "0.000001", "0", []],
    "um": ["μm", "length", "0.000001", "0", ["um", "µm"]],
}
DATA = {"units": UNITS, "relative": ["percent", "permille"]}


@pytest.fixture(scope="module")
def run(browser, real_address):
    """Runs a function of the module of quantities with arguments."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(real_address + "equipment/")
    folder = page.evaluate("document.querySelector('script[type=module]').src.replace('site.js', 'components/listing/')")
    yield lambda name, *arguments: page.evaluate("async ([folder, name, given]) => (await import(folder + 'quantity.js'))[name](...given)", [folder, name, list(arguments)])
    context.close()


def asked(value, unit, limit=None, limit_unit=None):
    return {"value": value, "unit": unit, "limit": {"value": limit, "unit": limit_unit} if limit is not None else None}


BALANCE = ["0", "220", "g", "0.4", "mg", "2"]
ANSWERS = (
    # what is asked, the range, the answer
    (asked(150, "g", 0.5, "mg"), BALANCE, "covers"),
    (asked(0.15, "kg", 0.5, "mg"), BALANCE, "covers"),
    (asked(0.22, "kg"), BALANCE, "covers"),
    (asked(220.0001, "g"), BALANCE, "outside"),
    (asked(150, "g", 0.4, "mg"), BALANCE, "covers"),
    (asked(150, "g", 0.0004, "g"), BALANCE, "covers"),
    (asked(150, "g", 0.39, "mg"), BALANCE, "coarse"),
    (asked(150, "g", 0.5, "mg"), ["0", "2200", "g", "20", "mg", "2"], "coarse"),
    (asked(150, "g", 0.5, "mg"), ["0", "220", "g", None, None, None], "unsaid"),
    (asked(150, "g"), ["0", "220", "g", None, None, None], "covers"),
    # U = 0.6 mg with k = 3 is 0.4 mg with k = 2
    (asked(150, "g", 0.4, "mg"), ["0", "220", "g", "0.6", "mg", "3"], "covers"),
    (asked(150, "g", 0.39, "mg"), ["0", "220", "g", "0.6", "mg", "3"], "coarse"),
    # open ends
    (asked(1, "mg"), [None, "200", "g", None, None, None], "covers"),
    (asked(1000, "kg"), ["5", None, "mg", None, None, None], "covers"),
    (asked(4, "mg"), ["5", None, "mg", None, None, None], "outside"),
    # a relative uncertainty is a share of the asked value
    (asked(100, "g", 0.1, "g"), ["1", "200", "g", "0.1", "percent", "2"], "covers"),
    (asked(150, "g", 0.1, "g"), ["1", "200", "g", "0.1", "percent", "2"], "coarse"),
    (asked(150, "g", 0.1, "percent"), ["1", "200", "g", "1", "permille", "2"], "covers"),
    (asked(100, "g", 0.1, "percent"), ["1", "200", "g", "0.1", "g", "2"], "covers"),
    (asked(90, "g", 0.1, "percent"), ["1", "200", "g", "0.1", "g", "2"], "coarse"),
    # also where the range itself is in percent
    (asked(1, "percent", 0.02, "percent"), ["0.01", "28", "percent", "1.2", "percent", "2"], "coarse"),
    (asked(1, "percent", 1.2, "percent"), ["0.01", "28", "percent", "1.2", "percent", "2"], "covers"),
    (asked(10000, "mg-kg", 120, "mg-kg"), ["0.01", "28", "percent", "1.2", "percent", "2"], "covers"),
    # temperatures have another zero, their differences have not
    (asked(373.15, "k", 0.5, "k"), ["0", "100", "celsius", "0.5", "celsius", "2"], "covers"),
    (asked(100, "celsius", 1, "celsius"), ["0", "300", "celsius", "1", "percent", "2"], "covers"),
    (asked(373.15, "k", 1, "k"), ["0", "300", "celsius", "1", "percent", "2"], "covers"),
    (asked(-10, "celsius"), ["0", "300", "celsius", None, None, None], "outside"),
    # another kind of quantity
    (asked(150, "um"), BALANCE, "other"),
)


@pytest.mark.parametrize("question, reach, answer", ANSWERS)
def test_a_range_answers(run, question, reach, answer):
    assert run("judge", reach, question, DATA)["state"] == answer


SPELLINGS = (
    ("150 g", 150, "g"),
    ("150g", 150, "g"),
    ("１５０ ｇ", 150, "g"),
    ("0.15千克", 0.15, "kg"),
    ("1,500 克", 1500, "g"),
    ("-20 °C", -20, "celsius"),
    ("−20℃", -20, "celsius"),
    ("1e3 mg", 1000, "mg"),
    ("3 µm", 3, "um"),
    ("3 um", 3, "um"),
    ("0.5 ％", 0.5, "percent"),
)


@pytest.mark.parametrize("text, value, unit", SPELLINGS)
def test_a_quantity_is_read_in_many_spellings(run, text, value, unit):
    assert run("parse", text, UNITS) == {"value": value, "unit": unit}


@pytest.mark.parametrize("text", ["", "g", "150", "150 Mg", "abc g", "1 2 g", "NaN g", "Infinity g", "0x10 g", "150 __proto__", "150 constructor"])
def test_what_is_no_number_with_a_known_unit_is_nothing(run, text):
    assert run("parse", text, UNITS) is None


@pytest.mark.parametrize("low, high", [("0", "200"), (None, "0.10"), ("5", None)])
def test_the_browser_says_a_range_as_the_engine_does(run, low, high):
    said = [None if end is None else Decimal(end) for end in (low, high)]
    assert run("rangeText", low, high, "g") == range_text(*said, "g")
