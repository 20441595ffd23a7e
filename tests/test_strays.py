"""A `---` too many must not make prose of the fields below it: private ones would be published without a word."""

from __future__ import annotations

import pytest

from tests import sites
from tests.conftest import ROOT

PATH = "institutions/inst-09.md"
PROSE = "由市局主管，见[动态](/news/)。\n"


def told(content, text):
    return [(problem.line, problem.column, problem.code) for problem in sites.loaded(content({PATH: text})).problems]


@pytest.mark.parametrize(
    "text, line, column",
    [
        (f"---\nname: 甲\n---\nsecret: SECRET123\n---\n{PROSE}", 4, 1),
        (f"---\nname: 甲\n---\nsecret: SECRET123\n{PROSE}", 4, 1),
        (f"---\nname: 甲\n---\n\n\nsecret: SECRET123\n\n{PROSE}", 6, 1),
        (f"---\n---\nname: 甲\nsecret: SECRET123\n---\n{PROSE}", 3, 1),
        (f"---\nname: 甲\n---\n---\nsecret: SECRET123\n---\n{PROSE}", 5, 1),
        (f"---\nname: 甲\n---\nsecret：SECRET123\n---\n{PROSE}", 4, 1),
        (f"---\nname: 甲\n---\nsecret:SECRET123\n---\n{PROSE}", 4, 1),
        (f'---\nname: 甲\n---\n"secret": SECRET123\n---\n{PROSE}', 4, 2),
        (f"---\nname: 甲\n---\npublished: 否\n---\n{PROSE}", 4, 1),
        (f"---\nname: 甲\n---\nbody: |\n  正文\n---\n{PROSE}", 4, 1),
        (f"---\nname: 甲\nscope:\n  - field: 食品\n---\n    remark: SECRET123\n---\n{PROSE}", 6, 5),
        (f"---\nname: 甲\nscope:\n---\n  - {{field: 食品}}\nsecret: SECRET123\n{PROSE}", 6, 1),
        (f"---\nname: 甲\n---\n# 内部\nsecret: SECRET123\n{PROSE}", 5, 1),
        (f"---\nname: 甲\nsummary: 一\n---\n接着写\nsecret: SECRET123\n---\n{PROSE}", 6, 1),
        (f"---\nname: 甲\n---\nsecert: SECRET123\n---\n{PROSE}", 4, 1),
    ],
)
def test_a_head_that_goes_on_below_its_end_is_told_at_its_first_field(content, text, line, column):
    assert told(content, text) == [(line, column, "head-early")]


def test_what_to_do_is_told_without_what_is_private(content):
    [problem] = sites.loaded(content({PATH: "---\nname: 甲\n---\nsecret: SECRET123\n---\n"})).problems
    assert problem.message == "“secret”像是字段，却成了正文：上面的“---”提前结束了字段"
    assert problem.hint == "删去这一行上面的“---”，只在最后一个字段下面留一行；如果本来就是正文，在行首加几个字"
    assert problem.severity == "error"


def test_that_fields_are_missing_above_is_not_told_as_well(content):
    assert told(content, "---\narea: 西区\n---\nname: 甲\n---\n") == [(2, 7, "term-unknown"), (4, 1, "head-early")]


@pytest.mark.parametrize(
    "prose",
    [
        PROSE,
        "时间：周一\n地点：北区\n\n---\n\n联系人: 王\n",
        "标题\n---\n正文\n",
        "---\n正文\n",
        "- 甲\n- 乙\n\n---\n\n丙\n",
        "## name\n\n正文\n",
        "https://example.gov.cn/ 是网址\n",
        "GB/T 1-2020: 导则\n",
        "Tel: 0353-5550100\n",
        "写记录时先写名称：\n\nname: 甲\n",
        "```\nname: 甲\n```\n\n---\n\n完\n",
        "    name 是名称\n",
        "",
    ],
)
def test_prose_stays_prose(content, prose):
    assert told(content, f"---\nname: 甲\n---\n{prose}") == []


def test_no_prose_of_the_real_site_reads_like_a_head():
    assert [problem for problem in sites.loaded(ROOT / "content").problems if problem.code == "head-early"] == []
