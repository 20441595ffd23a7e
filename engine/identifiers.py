"""Identifiers with a grammar or a check digit, each by the standard that defines it. Pure text to text."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class Misfit(NamedTuple):
    """Why a text is no value of its field."""

    code: str
    message: str
    hint: str = ""


_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_FORM = re.compile(r"[159ANY2-8][1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def credit_code(text: str) -> str | Misfit:
    """Unified social credit code: GB 32100-2015 with amendment 1, and the GB 11714 digit of the organisation code in it.

    >>> credit_code("N2140302ME1234567R").code   # a village collective's form is fine; its check digit is not
    'credit-code-check'
    """
    code = unicodedata.normalize("NFKC", text).upper().replace(" ", "")
    if not _CREDIT_FORM.fullmatch(code):
        return Misfit("credit-code-invalid", f"应为 18 位数字和大写字母（不用 I、O、S、V、Z），这里是“{text}”", f"现在有 {len(code)} 位")
    total = sum(_CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(code, _CREDIT_WEIGHTS))
    if _CREDIT_ALPHABET[-total % 31] != code[17]:
        return Misfit("credit-code-check", f"校验位不对：“{text}”", "对照营业执照或登记证书，看是否抄错一位")
    if _organisation_digit(code[8:16]) != code[16]:
        return Misfit("credit-code-check", f"第 17 位（组织机构代码的校验位）不对：“{text}”", "对照营业执照或登记证书，看是否抄错一位")
    return code


def _organisation_digit(body: str) -> str:
    """GB 11714-1997: the check character of an eight-character organisation code."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, _ORGANISATION_WEIGHTS))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def cma_number(text: str) -> str | Misfit:
    """Number of a qualification certificate for inspection bodies: year, issuer, field, sector, serial (12 digits)."""
    number = unicodedata.normalize("NFKC", text).replace(" ", "").upper().removeprefix("CMA")
    if re.fullmatch(r"[0-9]{2}(0[0-9]|[12][0-9]|3[01])(0[0-9]|1[0-9]|2[01])([0-2][0-9]|3[0-4])(?!0000)[0-9]{4}", number):
        return number
    return Misfit("cma-invalid", f"应为 12 位数字（年份、发证机关、领域、行业、流水号），这里是“{text}”")


def cnas_number(text: str) -> str | Misfit:
    """`CNAS L1234`: the accreditation body's prefix, a letter for the scheme, a serial."""
    parts = re.fullmatch(r"(?:CNAS)?\s*(L|C|IB|PT|RM|BL|ML)\s*([0-9]{4,5})", unicodedata.normalize("NFKC", text).upper().strip())
    return f"CNAS {parts[1]}{parts[2]}" if parts else Misfit("cnas-invalid", f"应写成“CNAS L1234”这样，这里是“{text}”")


def patent_number(text: str) -> str | Misfit:
    """ZL + application number: 12 digits and a check digit since 2003-10 (weights 2–9, 2–5), 8 and one before (weights 2–9)."""
    number = unicodedata.normalize("NFKC", text).upper().replace(" ", "").removeprefix("ZL")
    parts = re.fullmatch(r"((?:19|20)[0-9]{2}[12389][0-9]{7}|[0-9]{8})\.?([0-9X])", number)
    if not parts:
        return Misfit("patent-invalid", f"应写成“ZL201710601862.3”这样，这里是“{text}”")
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    digit = sum(int(sign) * weight for sign, weight in zip(parts[1], weights)) % 11
    if "0123456789X"[digit] != parts[2]:
        return Misfit("patent-check", f"校验位不对：“{text}”", "对照专利证书，看是否抄错一位")
    return f"ZL{parts[1]}.{parts[2]}"


_SECTORS = set(
    "AQ BB CB CH CJ CY DA DB DL DZ EJ FZ GA GH GM GY HB HG HJ HS HY JB JC JG JR JT JY LB LD LS LY MH MT MZ NB NY QB QC QJ QX RB RF SB SC SF SH SJ SL SN"
    " SW SY TB TD TJ TY WB WH WJ WM WS WW XB XF YB YC YD YS YY YZ ZY GBJ JGJ CJJ JGT".split()
)
_YEAR = r"(?:19|20)[0-9]{2}"
_BODY = r"[A-Z]?[0-9]+(?:\.[0-9]+)*"
_STANDARD_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"GB(?:/[TZ])? {_BODY}-{_YEAR}",
        rf"GBZ(?:/T)? {_BODY}-{_YEAR}",
        rf"DB[0-9]{{2}}(?:[0-9]{{2}})?(?:/T)? {_BODY}-{_YEAR}",
        rf"T/[A-Z]{{2,12}} {_BODY}-{_YEAR}",
        rf"JJ[GF](?:\([\u4e00-\u9fff]+\))? {_BODY}-{_YEAR}",
        r"Q/\S+ \S+-(?:19|20)[0-9]{2}",
        rf"(?:ISO|IEC|ISO/IEC|ISO/TS|ISO/TR|ISO/IEC TR|OIML [RD]) [0-9]+(?:-[0-9]+)*(?::{_YEAR})?",
    )
)
_SECTOR_FORM = re.compile(rf"([A-Z]{{2,3}})(?:/[TZ])? {_BODY}-{_YEAR}")


def standard_number(text: str) -> str | Misfit:
    """The canonical form of a standard's number: `GB∕T 11170—2008` and `gb/t11170-2008` both become `GB/T 11170-2008`."""
    number = canonical_standard(text)
    if any(form.fullmatch(number) for form in _STANDARD_FORMS):
        return number
    sector = _SECTOR_FORM.fullmatch(number)
    if sector and sector[1] in _SECTORS:
        return number
    return Misfit("standard-invalid", f"不像标准号：“{text}”", "写成“GB/T 11170-2008”这样：代号、空格、顺序号、连字号、四位年份")


def canonical_standard(text: str) -> str:
    number = unicodedata.normalize("NFKC", text).upper().replace("∕", "/").replace("⁄", "/")
    number = re.sub(r"[‐‑‒–—―−]+|-{2,}", "-", number)
    number = re.sub(r"\s*([-/:])\s*", r"\1", " ".join(number.split()))
    number = re.sub(r"^(GB|[A-Z]{2,3})T(?=\s*[0-9])", _with_slash, number)
    return re.sub(r"^([A-Z]+(?:[0-9]{2,4}(?=/))?(?:/[A-Z]+)?(?:\([^)]*\))?)\s*(?=[A-Z]?[0-9])", r"\1 ", number)


def _with_slash(parts: re.Match) -> str:
    return f"{parts[1]}/T" if parts[1] == "GB" or parts[1] in _SECTORS else parts[0]


def standard_id(number: str) -> str:
    """The id of a standard's record: its number in lower case, every run of other signs one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-")


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def icp_number(text: str) -> str | Misfit:
    """Filing number of a website with the ministry: `晋ICP备12345678号-1`."""
    number = unicodedata.normalize("NFKC", text).replace(" ", "")
    valid = re.fullmatch(rf"[{_PROVINCES}]ICP[备证][0-9]{{6,10}}号(-[0-9]{{1,3}})?", number)
    return number if valid else Misfit("icp-invalid", f"应写成“晋ICP备12345678号-1”这样，这里是“{text}”")


def police_number(text: str) -> str | Misfit:
    """Filing number of a website with the public security: province, 公网安备, 14 digits."""
    parts = re.fullmatch(rf"([{_PROVINCES}]公网安备)([0-9]{{14}})号?", unicodedata.normalize("NFKC", text).replace(" ", ""))
    return f"{parts[1]} {parts[2]}号" if parts else Misfit("police-invalid", f"应写成“晋公网安备 14030002000001号”这样，这里是“{text}”")


def site_code(text: str) -> str | Misfit:
    """Identification code of a government website: ten digits, or `bm` and eight."""
    return text if re.fullmatch(r"bm[0-9]{8}|[0-9]{10}", text) else Misfit("site-code-invalid", f"应为 10 位数字，或 bm 加 8 位数字，这里是“{text}”")
