"""Identifiers: what their standards accept, in every spelling, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import identifiers
from engine.identifiers import Misfit

READERS = {
    "credit code": identifiers.credit_code,
    "CMA": identifiers.cma_number,
    "CNAS": identifiers.cnas_number,
    "patent": identifiers.patent_number,
    "standard": identifiers.standard_number,
    "ICP": identifiers.icp_number,
    "police": identifiers.police_number,
    "site code": identifiers.site_code,
}


def code_of(found):
    return found.code if isinstance(found, Misfit) else found


# ── credit codes: check digits worked out here from the tables of the standards ──

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)  # GB 32100-2015, table 4
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997


def credit_code_of(kind: str, area: str, organisation: str) -> str:
    """Two signs for the kind of body, six for the area, eight of the organisation, and the two check digits."""
    values = {sign: number for number, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    rest = 11 - sum(values[sign] * weight for sign, weight in zip(organisation, ORGANISATION_WEIGHTS)) % 11
    body = kind + area + organisation + ("X" if rest == 10 else "0" if rest == 11 else str(rest))
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, WEIGHTS))
    return body + ALPHABET[(31 - total % 31) % 31]


def organisations(count: int) -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(8)) for _ in range(count)]


@pytest.mark.parametrize("kind", ["11", "12", "13", "19", "21", "31", "35", "41", "51", "52", "61", "71", "81", "91", "92", "93", "A1", "N1", "N2", "N3", "Y1"])
def test_credit_codes_of_every_kind_of_body_are_right(kind):
    for organisation in organisations(40):
        code = credit_code_of(kind, "140302", organisation)
        assert identifiers.credit_code(code) == code


@pytest.mark.parametrize("code", ["91330106673959654P", "91420100052045470K", "91110000600037341L"])
def test_codes_printed_elsewhere_agree_with_the_digits_worked_out_here(code):
    assert credit_code_of(code[:2], code[2:8], code[8:16]) == code == identifiers.credit_code(code)


@pytest.mark.parametrize("written", ["n2140302ma1234567", "Ｎ２１４０３０２ＭＡ１２３４５６７", "N2 140302 MA1234567"])
def test_a_credit_code_is_read_in_any_case_width_and_spacing(written):
    right = credit_code_of("N2", "140302", "MA123456")
    assert identifiers.credit_code(written[:-1] + right[16:]) == right


@pytest.mark.parametrize("kind, organisation", [("91", "MA0K7T3H"), ("N2", "MF123456"), ("12", "40000698")])
def test_every_wrong_sign_in_a_credit_code_is_found(kind, organisation):
    right = credit_code_of(kind, "140302", organisation)
    for place in range(18):
        for sign in ALPHABET:
            wrong = right[:place] + sign + right[place + 1 :]
            assert wrong == right or isinstance(identifiers.credit_code(wrong), Misfit), wrong


def test_the_digit_of_the_organisation_is_checked_even_when_the_last_one_fits():
    right = credit_code_of("91", "140302", "MA0K7T3H")
    body = right[:16] + ("1" if right[16] != "1" else "2")
    forged = body + ALPHABET[-sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, WEIGHTS)) % 31]
    assert identifiers.credit_code(forged) == Misfit(
        "credit-code-check", f"第 17 位（组织机构代码的校验位）不对：“{forged}”", "对照营业执照或登记证书，看是否抄错一位"
    )


@pytest.mark.parametrize(
    "text, code",
    [
        ("N2140302ME1234567R", "credit-code-check"),
        ("91350203M0001QAY9B", "credit-code-check"),
        ("", "credit-code-invalid"),
        ("9114030", "credit-code-invalid"),
        ("91140302MA0K7T3HXY1", "credit-code-invalid"),
        ("B1140302MA0K7T3H12", "credit-code-invalid"),
        ("90140302MA0K7T3H12", "credit-code-invalid"),
        ("91140302IA0K7T3H12", "credit-code-invalid"),
        ("91140302OA0K7T3H12", "credit-code-invalid"),
        ("911403٠2MA0K7T3H12", "credit-code-invalid"),
    ],
)
def test_what_is_no_credit_code_is_refused(text, code):
    assert code_of(identifiers.credit_code(text)) == code


# ── certificates ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, number",
    [
        ("210421300001", "210421300001"),
        ("2104 2130 0001", "210421300001"),
        ("CMA210421300001", "210421300001"),
        ("２１０４２１３００００１", "210421300001"),
        ("160000000001", "160000000001"),
        ("263121349999", "263121349999"),
        ("210421300000", "cma-invalid"),
        ("213221300001", "cma-invalid"),
        ("210422300001", "cma-invalid"),
        ("210421350001", "cma-invalid"),
        ("21042130001", "cma-invalid"),
        ("2104213000011", "cma-invalid"),
        ("21042130000A", "cma-invalid"),
        ("", "cma-invalid"),
    ],
)
def test_a_cma_number_has_a_year_an_issuer_a_field_a_sector_and_a_serial(text, number):
    assert code_of(identifiers.cma_number(text)) == number


@pytest.mark.parametrize(
    "text, number",
    [
        ("CNAS L1234", "CNAS L1234"),
        ("cnas l1234", "CNAS L1234"),
        ("CNASL0290", "CNAS L0290"),
        ("L12345", "CNAS L12345"),
        ("ＣＮＡＳ　Ｌ1234", "CNAS L1234"),
        ("CNAS IB 0012", "CNAS IB0012"),
        ("CNAS PT0012", "CNAS PT0012"),
        ("CNAS RM0012", "CNAS RM0012"),
        ("CNAS C0012", "CNAS C0012"),
        ("CNAS L123", "cnas-invalid"),
        ("CNAS L123456", "cnas-invalid"),
        ("CNAS X1234", "cnas-invalid"),
        ("CNAS 1234", "cnas-invalid"),
        ("CNAS-CL01", "cnas-invalid"),
    ],
)
def test_a_cnas_number_has_a_scheme_and_a_serial(text, number):
    assert code_of(identifiers.cnas_number(text)) == number


# ── patents ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, number",
    [
        ("ZL201710601862.3", "ZL201710601862.3"),
        ("zl201710601862.3", "ZL201710601862.3"),
        ("201710601862.3", "ZL201710601862.3"),
        ("ZL2017106018623", "ZL201710601862.3"),
        ("ZL 2017 1 0601862.3", "ZL201710601862.3"),
        ("ＺＬ２０１７１０６０１８６２．３", "ZL201710601862.3"),
        ("ZL201710601862.4", "patent-check"),
        ("ZL201710601826.3", "patent-check"),
        ("ZL201740601862.3", "patent-invalid"),
        ("ZL20171060186.3", "patent-invalid"),
        ("ZL301710601862.3", "patent-invalid"),
        ("US201710601862.3", "patent-invalid"),
        ("", "patent-invalid"),
    ],
)
def test_a_patent_number_is_the_number_of_its_application(text, number):
    assert code_of(identifiers.patent_number(text)) == number


def test_every_wrong_digit_in_a_patent_number_is_found():
    right = "201710601862.3"
    for place in (*range(12), 13):
        for digit in "0123456789X":
            wrong = right[:place] + digit + right[place + 1 :]
            assert wrong == right or isinstance(identifiers.patent_number(wrong), Misfit), wrong


@pytest.mark.parametrize("body", ["85100001", "93112345", "02123456", "03209876"])
def test_patents_applied_for_before_october_2003_have_eight_digits_and_their_check(body):
    digit = "0123456789X"[sum(int(sign) * weight for sign, weight in zip(body, range(2, 10))) % 11]
    assert identifiers.patent_number(f"ZL{body}.{digit}") == f"ZL{body}.{digit}"
    assert code_of(identifiers.patent_number(f"ZL{body}.{'0' if digit != '0' else '1'}")) == "patent-check"


# ── standards ─────────────────────────────────────────────────────────────────

SPELLINGS = {
    "GB/T 11170-2008": [
        "GB/T 11170-2008",
        "gb/t 11170-2008",
        "GB/T11170-2008",
        "GBT 11170-2008",
        "GBT11170-2008",
        "gbt11170-2008",
        "GB∕T 11170—2008",
        "GB／T　１１１７０－２００８",
        "GB / T 11170 - 2008",
        "GB/T  11170--2008",
        "GB/T 11170——2008",
        "GB/T 11170–2008",
        "GB/T 11170−2008",
        "GB⁄T 11170‐2008",
    ],
    "GB/T 4336.1-2016": ["GB/T4336.1-2016", "gbt 4336.1—2016"],
    "GB 4806.7-2016": ["GB4806.7-2016", "gb 4806.7－2016"],
    "GB/Z 20283-2006": ["GB/Z20283-2006", "gb/z 20283—2006"],
    "GBZ 2.1-2019": ["GBZ 2.1-2019", "GBZ2.1-2019", "gbz 2.1—2019"],
    "GBZ/T 300.1-2017": ["GBZ/T300.1-2017", "gbz/t 300.1—2017"],
    "JJG 1036-2022": ["JJG1036-2022", "jjg 1036—2022"],
    "JJF 1059.1-2012": ["JJF1059.1-2012"],
    "JJF(晋) 01-2020": ["JJF（晋）01-2020", "JJF(晋)01—2020"],
    "YB/T 5202.1-2003": ["YBT5202.1-2003", "yb/t5202.1—2003"],
    "HJ 25.1-2019": ["HJ25.1-2019"],
    "DB14/T 2544-2022": ["DB14/T2544—2022", "db14/t 2544-2022"],
    "DB1403/T 5-2021": ["DB1403/T5-2021"],
    "DB/T 5-2015": ["DB/T5-2015"],
    "T/CSTM 00001-2019": ["T/CSTM00001-2019", "t/cstm 00001—2019"],
    "Q/ABC 001-2020": ["q/abc 001—2020"],
    "ISO 9001:2015": ["ISO9001:2015", "iso 9001：2015", "ISO 9001 : 2015"],
    "ISO/IEC 17025:2017": ["ISO/IEC17025:2017", "iso/iec 17025：2017"],
    "IEC 61000-4-2:2008": ["IEC61000-4-2:2008"],
    "ISO 9001": ["iso9001"],
    "OIML R 76-1:2006": ["oiml r 76-1:2006"],
}


@pytest.mark.parametrize("written, number", [(written, number) for number, spellings in SPELLINGS.items() for written in (number, *spellings)])
def test_every_spelling_of_a_standard_leads_to_one_number(written, number):
    assert identifiers.standard_number(written) == number


@pytest.mark.parametrize(
    "text",
    ["", "11170-2008", "GB/T 11170", "GB/T 11170-08", "GB/T-2008", "GB/X 11170-2008", "GB/T 11170:2008", "ZZ/T 1-2008", "GB/T 11170-2008 不锈钢", "标准", "T/1 1-2020", "DB1/T 1-2020"],
)
def test_what_is_no_standard_is_refused(text):
    assert code_of(identifiers.standard_number(text)) == "standard-invalid"


@pytest.mark.parametrize(
    "number, id",
    [
        ("GB/T 11170-2008", "gb-t-11170-2008"),
        ("GB/T 4336.1-2016", "gb-t-4336-1-2016"),
        ("ISO/IEC 17025:2017", "iso-iec-17025-2017"),
        ("JJG 1036-2022", "jjg-1036-2022"),
        ("JJF(晋) 01-2020", "jjf-01-2020"),
    ],
)
def test_the_id_of_a_standard_is_made_from_its_number(number, id):
    assert identifiers.standard_id(number) == id


# ── websites ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "reader, text, found",
    [
        ("ICP", "晋ICP备12345678号-1", "晋ICP备12345678号-1"),
        ("ICP", "晋 ICP 备 123456 号", "晋ICP备123456号"),
        ("ICP", "京ＩＣＰ证030173号", "京ICP证030173号"),
        ("ICP", "ICP备12345678号", "icp-invalid"),
        ("ICP", "晋ICP备12345号", "icp-invalid"),
        ("ICP", "X ICP备12345678号", "icp-invalid"),
        ("police", "晋公网安备 14030002000001号", "晋公网安备 14030002000001号"),
        ("police", "晋公网安备14030002000001", "晋公网安备 14030002000001号"),
        ("police", "晋公网安备1403000200000号", "police-invalid"),
        ("site code", "1403000001", "1403000001"),
        ("site code", "bm12345678", "bm12345678"),
        ("site code", "140300001", "site-code-invalid"),
        ("site code", "BM12345678", "site-code-invalid"),
    ],
)
def test_the_numbers_of_a_website_are_read(reader, text, found):
    assert code_of(READERS[reader](text)) == found


# ── any text at all ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
@pytest.mark.parametrize("zero", [0x0660, 0x0966], ids=["Arabic", "Devanagari"])
def test_digits_of_other_scripts_are_no_digits_of_an_identifier(reader, zero):
    right = {
        identifiers.credit_code: "91330106673959654P",
        identifiers.cma_number: "210421300001",
        identifiers.cnas_number: "CNAS L1234",
        identifiers.patent_number: "ZL201710601862.3",
        identifiers.standard_number: "GB/T 11170-2008",
        identifiers.icp_number: "晋ICP备12345678号-1",
        identifiers.police_number: "晋公网安备 14030002000001号",
        identifiers.site_code: "1403000001",
    }[reader]
    for place, sign in enumerate(right):
        if sign.isdigit():
            assert isinstance(reader(right[:place] + chr(zero + int(sign)) + right[place + 1 :]), Misfit)


CHARACTERS = st.one_of(st.characters(), st.sampled_from("0123456789٣३ＡXLGBTJZQ/.-—:（）CNAS晋ICP备号"))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(CHARACTERS, max_size=40))
def test_any_text_is_an_identifier_or_a_misfit_with_a_message(text):
    for read in READERS.values():
        found = read(text)
        if isinstance(found, Misfit):
            assert found.code and found.message
        else:
            assert read(found) == found  # the canonical form stays as it is


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.from_regex(r"(91|N2|A1)1403\d\d[0-9A-Z]{9}[0-9A-Z]", fullmatch=True))
def test_any_text_in_the_form_of_a_credit_code_is_answered(text):
    found = identifiers.credit_code(text)
    assert isinstance(found, Misfit) or len(found) == 18
