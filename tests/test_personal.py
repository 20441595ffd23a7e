"""Numbers that belong to a person are found however they are written; numbers of firms and papers are left alone."""

from __future__ import annotations

import random
import re
import sys
import unicodedata

import pytest

from engine import personal
from engine.personal import CARD, HOME, IDENTITY, MOBILE, found, is_identity_number, masked

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(body: str) -> str:
    """Seventeen digits with the check character of GB 11643."""
    return body + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(body, WEIGHTS)) % 11]


def card(body: str) -> str:
    """A number with its Luhn digit."""
    return next(body + str(digit) for digit in range(10) if sum(sum(divmod(int(sign) * (1 + place % 2), 10)) for place, sign in enumerate(reversed(body + str(digit)))) % 10 == 0)


PERSON = identity("14030219900307013")
SPELLINGS = {
    MOBILE: [
        "13800138000", "138 0013 8000", "138-0013-8000", "138－0013－8000", "１３８００１３８０００", "①③⑧⓪⓪①③⑧⓪⓪⓪", "+86 138 0013 8000", "8613800138000", "0086-13800138000",
        "电话:13800138000。", "tel13800138000", "Mobile: 138.0013.8000", "138**0013**8000", "138\u200b0013\u200b8000", "138\u00a00013\u00a08000", "138\u30000013\u30008000",
        "1 3 8 0 0 1 3 8 0 0 0", "1380013 8000", "138 00138000", "138\n0013\n8000", "13800138000@139.com", "https://x.example/?m=13800138000", "138‑0013‑8000", "138\u00ad00138000", "`138`0013`8000`",
        "微信同号13800138000，", "19900138000", "16600138000", "10 13800138000", "（13800138000）",
    ],
    IDENTITY: [
        PERSON, f"身份证{PERSON}，", f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}", f"{PERSON[:6]}-{PERSON[6:14]}-{PERSON[14:]}", unicodedata.normalize("NFKC", PERSON).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        f"ID{PERSON}", identity("11010519491231002"), identity("11010519491231002").lower(), identity("44052419800101001"), "身份证号码 110105491231002",
    ],
    CARD: [card("622202021234567890"), card("621700001234567"), " ".join([card("622202021234567890")[i : i + 4] for i in range(0, 19, 4)]), card("436742123456789012"), card("411111123456789"), "卡号" + card("622848040256489001") + "。"],
    HOME: ["家庭住址：城区某街道幸福小区3号楼2单元501室", "户籍地址 某县某镇某村", "现住址为矿区某街道某路12号", "家住城区桃北小区3号楼2单元501室", "本人住在矿区某街12号", "现住某小区5栋302室"],
}
INNOCENT = [
    "91140300MA0GTXJ9X7", "121403004069700000", "190412345678", "CMA 220412051234", "CNAS L12345", "0353-2010000", "0755-12345678", "+86-353-2010000", "400-810-1234", "12345", "138****1234", "35*************123",
    "622202*********1234", "GB/T 11170-2008", "2026-11-22 2026-11-23", "2026-11-22T09:30:00", "ZL201710601862.3", "晋公网安备 14030002000001号", "YQ13800138000", "SN-A13800138000", "0.13800138000", "13800138000.50", "20138001380001234",
    "140302199003070138", "110105194912310021", "123456789012345678", "62220202123456789", "0~200 g", "12000138000", "149001380000000", "量程 150 200 1000", "140302", "第 138 条第 12 款", "1 234 567 890 123", "单位地址：城区某路3号", "住所：北区某街 1 号",
    "00000000000000000", "4444444444444444",
]


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in SPELLINGS.items() for text in texts])
def test_a_personal_number_is_found_however_it_is_written(kind, text):
    assert kind in {one.kind for one in found(text)}


@pytest.mark.parametrize("text", INNOCENT)
def test_other_numbers_are_left_alone(text):
    assert list(found(text)) == []


@pytest.mark.parametrize(
    "text, told",
    [
        ("电话 13800138000。", "电话 138****8000。"),
        ("138 0013 8000", "138****8000"),
        (f"证 {PERSON} 号", f"证 14*************{PERSON[-3:]} 号"),
        ("家庭住址：某县某镇某村12号", "家庭住址：某县某镇****"),
        ("１３８００１３８０００ 与 0353-2010000", "138****8000 与 0353-2010000"),
    ],
)
def test_it_is_told_only_masked(text, told):
    assert masked(text) == told


def test_a_masked_text_holds_nothing_to_mask():
    for texts in SPELLINGS.values():
        for text in texts:
            assert [one for one in found(masked(text)) if one.kind != HOME] == []


@pytest.mark.parametrize("text, place", [("电话 138 0013 8000", (3, 16)), ("１３８００１３８０００", (0, 11)), ("㈱①③⑧00138000", (1, 12)), (f"甲{PERSON}乙", (1, 19))])
def test_the_place_is_that_in_the_text_as_given(text, place):
    assert [(one.start, one.end) for one in found(text)] == [place]


def test_10_000_numbers_of_papers_raise_no_alarm_and_10_000_identity_numbers_all_do():
    choose = random.Random(6)
    for _ in range(10_000):
        year, month, day = choose.randint(1930, 2025), choose.randint(1, 12), choose.randint(1, 28)
        person = identity(f"{choose.choice([11, 14, 31, 44, 65])}{choose.randint(1000, 9999)}{year}{month:02}{day:02}{choose.randint(0, 999):03}")
        assert is_identity_number(person) and list(found(f"是{person}的"))
        wrong = person[:17] + choose.choice([sign for sign in "0123456789X" if sign != person[17]])
        assert not is_identity_number(wrong)
        assert not list(found(f"CMA {choose.randint(10**11, 10**12 - 1)} {choose.choice('ABCDEFG')}{choose.randint(10**10, 10**11 - 1)}"))


@pytest.mark.parametrize("text", ["1 " * 50_000, "13800138000" * 10_000, "138-" * 50_000, "家庭住址" * 20_000, "住址：" + "某" * 100_000, "１" * 100_000, "9" * 200_000, "138 0013 " * 20_000])
def test_long_texts_are_read_in_time(text, within):
    with within(5):
        list(found(text))


# ── the look before the look ──────────────────────────────────────────────────

SIGNS = [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.normalize("NFKC", sign) != sign]


def test_every_sign_that_becomes_digits_is_known():
    one, more = (re.compile(f"[{signs}]") for signs in (personal._DIGITS, personal._SEVERAL))
    for sign in SIGNS:
        digits = len(re.findall("[0-9]", unicodedata.normalize("NFKC", sign)))
        assert digits == 0 or one.match(sign), hex(ord(sign))
        assert digits < 2 or more.match(sign), hex(ord(sign))


def test_no_run_of_digits_escapes_the_quick_look():
    choose = random.Random(11643)
    digits = [sign for sign in SIGNS if re.search("[0-9]", unicodedata.normalize("NFKC", sign))]
    between = [" ", "-", "—", "·", "*", "\u3000", "\u200b", "…", "．", "－", "＿", "\ufdfa", "\u0301", "a", "中", "－－", "    ", "     "]
    held = 0
    for _ in range(30_000):
        text = "".join(choose.choice(choose.choice(("0123456789", digits if choose.random() < 0.2 else "1", between if choose.random() < 0.5 else "2"))) for _ in range(choose.randrange(4, 30)))
        if personal._RUN.search(unicodedata.normalize("NFKC", text)):
            held += 1
            assert personal._LIKELY.search(text), text
    assert held > 3_000
