"""The direct path of plain Markdown: what it makes is what the library and the sanitizer make, to the letter; what could mean more, it leaves to them."""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import plain, prose
from tests.benchmarks import corpus
from tests.conftest import ROOT

PAGE = "/news/window/"


def goes_straight(text):
    """Whether the text takes the direct path; then it says the same as the long way."""
    if not text.strip() or plain.html_of(text, PAGE) is None:
        return False
    assert prose.html_of(text, PAGE) == prose.by_library(text, PAGE), text
    return True


@pytest.mark.parametrize(
    "text",
    [
        "一\n二\n\n三",
        "\n\n一\n\n\n\n二\n",
        "# 一\n\n### 二 2\n\n## 三（甲）",
        "- 一\n- 二\n\n三\n\n1. 四\n2. 五",
        "**重**要的*话*，见[甲](/experts/)和[首页](/)。",
        "| 甲 | 乙 |\n| --- | - |\n| 1 | **2** |\n| [丙](/a/) |  |",
        "- **重**：话\n- [甲](/a/b/)",
        "3.5 mm，“引”，'x' \"y\" {a} $b$ a@b.c ~5 !",
    ],
)
def test_what_editors_write_most_goes_straight(text):
    assert goes_straight(text)


@pytest.mark.parametrize(
    "text",
    [
        "a<b", "a>b", "AT&T", "甲 \\\n乙", "`码`", "a_b", "一  \n二", " 一", "一\t二", "一\u3000二", "一\u00a0二", "一\r二", "\x02amp\x03", "\ud800",
        "标题\n===", "标题\n---", "---", "***", "- - -", "> 引", "术语\n:   定义", ": 义", "!!! note\n    x", "~~~\nx\n~~~", "*[CMA]: 资质\n\nCMA", "[a]: /x/", "[^1]\n\n[^1]: 注", "[TOC]\n\n# 一",
        "#一", "# 一 #", "####### 七", "一\n# 二", "# 一\n二", "# *一*", "# 一\n\n# 一", "# [一](/a/)",
        "- 一\n\n- 二", "- 一\n二", "- 一\n    - 二", "- 一\n1. 二", "- # 一", "- 1. 一", "- - 一", "2. 二", "* 一", "+ 一", "1. 一\n\n1. 一", "１. 一\n2. 二", "-  一", "- > 引", "- : 义",
        "***重***", "**重*", "*一 *", "* 一*", "**一*二*三**", "*一**二**三*", "**[甲](/a/)**", "[**甲**](/a/)", "*一\n二*",
        "[甲](/a/ \"题\")", "[甲](https://a.b/)", "[甲](//a.b/)", "[甲](#乙)", "[甲](</a/>)", "[甲][乙]", "[甲]", "![图](/files/a.png)", "[甲\n乙](/a/)", "[[甲](/a/)](/b/)", "[甲](javascript:alert(1))",
        "a | b\n--- | ---", "| a |\n| - |", "| a | b |\n| :-- | --- |\n| 1 | 2 |", "| a | b |\n| --- | --- |", "| a | b |\n| --- | --- |\n| 1 |", "| a | b |\n| --- | --- |\n| 1 | 2 | 3 |", "一 | 二",
    ],
)  # fmt: skip
def test_what_could_mean_more_goes_the_long_way(text):
    assert not goes_straight(text)


def test_every_white_space_but_space_and_line_end_goes_the_long_way():
    """The library strips them, each in another place."""
    assert [sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace() and sign not in " \n" and goes_straight(f"一{sign}二")] == []


PIECES = [*"*[]()|-#:=+~!^'\"%/.0{}$;@,。：字a", "**", "***", "---", "1.", "2. ", "- ", "- ", "1. ", "## ", "# ", "\n", "\n", "\n\n", "\n\n", "\n\n\n", " ", "  ", "中文", "铬，", "B1", "3.5", "１. ", "١. ",
    "[甲](/a/b/)", "[甲](/)", "](/a/)", "[TOC]", "[^1]", "**重**", "*斜*", "| a | b |\n| --- | --- |\n| 1 | 2 |", "| ", "|\n", "\n| c | d |", "- 一\n- 二", "1. 一\n2. 二", "## 标题", "\n# ", "\n- ",
    "- **重**：", "…", "İ", "²", "ﬀ", "\ufeff", "\u200b", "\uffff", "https://x.y/"]  # fmt: skip


def test_pieces_in_any_order_say_the_same_on_both_ways():
    choose = random.Random(11170)
    texts = ["".join(choose.choice(PIECES) for _ in range(choose.randrange(1, choose.choice((4, 8, 16, 30))))) for _ in range(20_000)]
    assert sum(map(goes_straight, texts)) > 4_000


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join))
def test_any_text_says_the_same_on_both_ways(text):
    goes_straight(text)


def test_nearly_all_prose_goes_straight():
    said = [text for path in sorted((ROOT / "content").rglob("*.md")) if (text := path.read_text("utf-8").partition("\n---\n")[2]).strip()]
    assert sum(map(goes_straight, said)) > 0.95 * len(said)
    neutral = [record.body for record in corpus.records(0.1)]
    assert all(map(goes_straight, neutral))
