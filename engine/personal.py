"""Numbers that belong to a person, found in a text: identity cards, mobile phones, bank cards, and where somebody lives. Pure text to values.

A number is looked for as a reader sees it: any width of digit (NFKC), with spaces, hyphens or marks of emphasis between groups. Numbers
of firms and papers (credit codes, CMA numbers, certificates, land lines) and masked ones are not personal. What is told is masked as a
city's own order has it: `138****1234`, `35*************123`, an address down to its township.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

IDENTITY, MOBILE, CARD, HOME = "身份证号码", "手机号码", "银行卡号", "家庭住址"


class Found(NamedTuple):
    """What a text holds: the kind, the place and length in the text as given, and how it may be told. `digits` are those of the number."""

    kind: str
    start: int
    end: int
    masked: str
    digits: str


_BETWEEN = r"[\s\-‐‑‒–—―−·.*_~`\\\u00ad\u200b-\u200f\u2060\ufeff]{0,4}"  # between two groups of one number, in words or in Markdown
_RUN = re.compile(rf"[0-9](?:{_BETWEEN}[0-9]){{10,}}(?:{_BETWEEN}[Xx](?![A-Za-z]))?")
_SEVERAL = "\u00bc-\u00be\u2150-\u215f\u2189\u2460-\u249b\u3251-\u325f\u32b1-\u32cb\u3358-\u3370\u33e0-\u33fe"  # signs that are more than one digit by NFKC: ½, ⑩
_DIGITS = rf"0-9\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u24ea\u3378\u3379\u339f-\u33a6\u33a8\u33af\uff10-\uff19\U0001d7ce-\U0001d7ff\U0001f100-\U0001f10a\U0001fbf0-\U0001fbf9{_SEVERAL}"
_LIKELY = re.compile(rf"[{_DIGITS}](?:(?<=[{_SEVERAL}])|(?:[^{_DIGITS}\u4e00-\u9fff]{{0,4}}[{_DIGITS}]){{10}})")  # a text without it holds no run; with it, it may
_GROUP = re.compile(r"[0-9]+[Xx]?")
_MOBILE = re.compile(r"(?:00)?(?:86)?(1(?:3[0-9]|4[0145-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8})")
_MOBILE_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (5, 6), (6, 5), (1,) * 11}
_PROVINCES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83}
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_LENGTHS = (("62", range(16, 20)), ("436742", (16, 19)), ("4", (16,)), ("51", (16,)), ("52", (16,)), ("53", (16,)), ("54", (16,)), ("55", (16,)), ("35", (16,)), ("60", (16, 17, 18, 19)), ("955", (19,)), ("68", (16, 19)))
_PHONE_WORDS = re.compile(r"(?<![A-Za-z])(?:tel|phone|mobile|mob|cell|wechat|weixin|wx|vx|qq|m|t|p)[:.]?$", re.I)
_OLD_IDENTITY = re.compile(r"身份证|证件号")
_ADDRESS = re.compile(r"(?:家庭住址|家庭地址|现住址|户籍地址|户籍所在地|居住地址|住址|家住|住在|现住|本人住)[\s:：为是]*([^。；;，,\n]{2,60}?(?:号楼|栋|幢|单元|[0-9０-９]+[室号]|村民小组|[^乡镇]村(?:[0-9０-９]+号)?|组))")
_TOWNSHIP = re.compile(r"^.*(?:街道|[乡镇])|^.*?[区县市]")


def found(text: str) -> Iterator[Found]:
    """All that a text holds, in the order of place."""
    if not is_likely(text):
        return
    yield from _homes(text)
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if not _RUN.search(plain):
        return
    spread, places = (plain, range(len(plain) + 1)) if plain == text else _spread(text)
    for run in _RUN.finditer(spread):
        for kind, start, end, digits in _numbers(spread, run.start(), run.end()):
            first, last = places[start], places[end - 1] + 1
            yield Found(kind, first, last, masked_number(kind, digits), digits)


def is_likely(text: str) -> bool:
    """Whether a text may hold any: a quick look, which overlooks none."""
    return _LIKELY.search(text) is not None or "住" in text or "地址" in text or "户籍" in text


def masked(text: str) -> str:
    """The text fit for a log: every personal number in it is masked, also where it is the very thing that is wrong."""
    for one in sorted(found(text), key=lambda one: -one.start):
        text = text[: one.start] + one.masked + text[one.end :]
    return text


def masked_number(kind: str, digits: str) -> str:
    if kind == MOBILE:
        return f"{digits[:3]}****{digits[-4:]}"
    if kind == IDENTITY:
        return f"{digits[:2]}{'*' * (len(digits) - 5)}{digits[-3:]}"
    return f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}"


def _spread(text: str) -> tuple[str, list[int]]:
    """The text by NFKC, and for each of its characters the place from which it comes."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        folded = unicodedata.normalize("NFKC", sign)
        signs.append(folded)
        places += [place] * len(folded)
    return "".join(signs), [*places, len(text)]


def _numbers(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
    """The personal numbers in a run of digits: each is a whole number of its groups."""
    groups = [(match.start(), match.end()) for match in _GROUP.finditer(text, start, end)]
    first = 0
    while first < len(groups):
        digits, hit = "", None
        for last in range(first, min(len(groups), first + 20)):
            digits += text[groups[last][0] : groups[last][1]]
            if len(digits) > 20:
                break
            kind = _kind(text, groups, first, last, digits)
            if kind is not None:
                hit = (kind, groups[first][0], groups[last][1], digits, last)  # the longest wins
        if hit is None:
            first += 1
        else:
            kind, begin, until, digits, last = hit
            if kind == MOBILE:
                digits = _MOBILE.fullmatch(digits)[1]
            yield kind, begin, until, digits
            first = last + 1


def _kind(text: str, groups: list, first: int, last: int, digits: str) -> str | None:
    start, end = groups[first][0], groups[last][1]
    before, after = text[max(0, start - 20) : start], text[end : end + 2]
    if after[:1].isascii() and after[:1].isalnum() or re.search(r"[0-9]\.$", before) or re.match(r"\.[0-9]", after):
        return None  # a code, or a decimal fraction
    letter = before[-1:].isascii() and before[-1:].isalpha()
    if len(digits) == 18 and is_identity_number(digits):
        return IDENTITY
    if digits[-1:] in "Xx":
        return None
    if len(digits) == 15 and _is_old_identity(digits) and _OLD_IDENTITY.search(before):
        return IDENTITY
    if letter and not _PHONE_WORDS.search(before[-8:]):  # `YQ13812345678` is a number of something else
        return None
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        lengths = tuple(end - start for start, end in groups[first : last + 1])
        lead = len(digits) - 11
        if lead and lengths[0] == lead:
            lengths = lengths[1:]
        elif lead:
            lengths = (lengths[0] - lead, *lengths[1:])
        return MOBILE if lengths in _MOBILE_GROUPS else None
    if 16 <= len(digits) <= 19 and all(end - start >= 3 for start, end in groups[first:last]) and is_card_number(digits):
        return CARD
    return None


def is_identity_number(digits: str) -> bool:
    """GB 11643-1999: region, day of birth, serial, and a check character by ISO 7064 MOD 11-2."""
    if not re.fullmatch(r"[0-9]{17}[0-9Xx]", digits) or int(digits[:2]) not in _PROVINCES:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2099:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(digits, _IDENTITY_WEIGHTS))
    return "10X98765432"[total % 11] == digits[17].upper()


def _is_old_identity(digits: str) -> bool:
    """Fifteen digits, as cards had them until 2013: no check digit, so it counts only where the text speaks of one."""
    try:
        date(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    except ValueError:
        return False
    return int(digits[:2]) in _PROVINCES


def is_card_number(digits: str) -> bool:
    """ISO/IEC 7812: a known issuer's range and length, and the Luhn check digit."""
    if not any(digits.startswith(issuer) and len(digits) in lengths for issuer, lengths in _CARD_LENGTHS):
        return False
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0 and len(set(digits)) > 2


def _homes(text: str) -> Iterator[Found]:
    for match in _ADDRESS.finditer(text):
        township = _TOWNSHIP.match(match[1])
        yield Found(HOME, *match.span(1), (township[0] if township else "") + "****", match[1])
