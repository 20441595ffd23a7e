"""A slip in YAML is told on the line where it was made, with what to do about it."""

from __future__ import annotations

import pytest

from engine import flat, source


def told(text):
    """The only problem of a text: line, column, words, remedy."""
    [problem] = source.read_yaml(text, "x.yaml")[1]
    return problem.line, problem.column, problem.message, problem.hint


# ── colons ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, line, column, name",
    [
        ("name:王\n", 1, 6, "name"),
        ("name:王\ntitle: 甲\n", 1, 6, "name"),
        ("title: 甲\nname:王\n", 2, 6, "name"),
        ("title: 甲\nname:王\npost: 乙\n", 2, 6, "name"),
        ("tags:\n  - a\nname:王\n", 3, 6, "name"),
        ("rows:\n  - low:1\n    high: 2\n", 2, 9, "low"),
        ("rows:\n  - low: 1\n    high:2\n", 3, 10, "high"),
        ("a:\n  b: 1\n  c:2\nd: 3\n", 3, 5, "c"),
        ("# 说明\nname:王\n", 2, 6, "name"),
    ],
)
def test_a_colon_without_a_space_is_told_on_its_line(text, line, column, name):
    assert told(text) == (line, column, "冒号后面要空一格", f"写成“{name}: 内容”")


@pytest.mark.parametrize("text, line", [("name 王\ntitle: 甲\n", 1), ("a: 1\nname 王\ntitle: 甲\n", 2), ("a: 1\nname 王\n", 2), ("a: 1\nhttp://x.y\nb: 2\n", 2), ("a:\n  甲\n  b: 2\n", 2)])
def test_a_missing_colon_is_told_on_its_line(text, line):
    assert told(text)[0::2] == (line, "这一行缺少英文冒号“:”")


@pytest.mark.parametrize("text, line", [("a: b: c\n", 1), ("summary: 本站\n  时间: 周一\n", 2)])
def test_a_colon_within_a_value_asks_for_quotation_marks(text, line):
    assert told(text)[0::2] == (line, "这里多了一个英文冒号，或者上一行没有写完")


# ── what was opened ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, line, column",
    [
        ('name: "王\ntitle: 甲\n', 1, 7),
        ("name: '王\ntitle: 甲\n", 1, 7),
        ('a: 1\nname: "王\ntitle: 甲\npost: "乙"\n', 2, 7),
        ('name: "王\ntitle: "甲"\npost: 乙\n', 1, 7),
        ('tags:\n  - "甲\n  - "乙"\n', 2, 5),
        ('a: ["甲, 乙]\nb: "1"\n', 1, 5),
        ('a: "甲\n---\nb: 1\n', 1, 4),
    ],
)
def test_a_quotation_mark_is_told_where_it_was_opened(text, line, column):
    assert told(text) == (line, column, "从这里开始的引号没有结束", "在这段内容的末尾补上同样的引号")


@pytest.mark.parametrize(
    "text, line, column, kind",
    [
        ("tags: [甲, 乙\ntitle: 甲\npost: 乙\n", 1, 7, "方"),
        ("a: 1\ntags: [甲, 乙\n", 2, 7, "方"),
        ("a: 1\ntags: [甲, 乙\nx: [1]\n", 2, 7, "方"),
        ("a: [甲, 乙\nb:\n  - x\n", 1, 4, "方"),
        ("a: 1\nb: {c: 1\nd: 2\n", 2, 4, "花"),
        ("a:\n  - {b: 1, c: 2\n  - {b: 1}\n", 2, 5, "花"),
    ],
)
def test_a_bracket_is_told_where_it_was_opened(text, line, column, kind):
    assert told(text)[:3] == (line, column, f"从这里开始的{kind}括号没有结束，或者里面缺少英文逗号")


@pytest.mark.parametrize("text, place, message", [('a: ["x" "y"]\n', (1, 9), "方括号里缺少英文逗号"), ('a: {b: "x" c: y}\n', (1, 12), "花括号里缺少英文逗号"), ('a: "甲"乙\nb: 1\n', (1, 7), "引号或括号结束以后还有别的内容"), ("a: [甲] 乙\nb: 1\n", (1, 8), "引号或括号结束以后还有别的内容")])
def test_what_is_wrong_within_a_line_is_told_there(text, place, message):
    assert (told(text)[:2], told(text)[2]) == (place, message)


def test_a_quotation_of_many_lines_is_not_taken_for_an_open_one():
    assert told('a: "甲\n  乙" 丙\nb: 1\n')[:3] == (2, 6, "引号或括号结束以后还有别的内容")


# ── alignment ─────────────────────────────────────────────────────────────────

TOO_FAR = "这一行前面多了空格，或者少了“- ”，没有和上面的字段对齐"
NO_HYPHEN = "这一行前面少了“- ”，或者没有和上面的字段对齐"
OUT_OF_LINE = "这一行没有和上面的字段对齐，前面多了或少了空格"
NO_PLACE = "“- ”不能写在这里，或者没有对齐"


@pytest.mark.parametrize(
    "text, line, column, message",
    [
        ("name: 甲\n  elements:\n    - x\n", 2, 3, TOO_FAR),
        ("name: 甲\n  elements: Fe\n", 2, 3, TOO_FAR),
        ("rows:\n  - low: 1\n      high: 2\n", 3, 7, TOO_FAR),
        ("a: 甲\n  乙\n  b: 2\n", 3, 3, TOO_FAR),
        ("tags: [甲]\n  b: 1\n", 2, 3, OUT_OF_LINE),
        ("a:\n  b: 1\n c: 2\n", 3, 2, OUT_OF_LINE),
        ("  a: 1\nb: 2\n", 2, 1, OUT_OF_LINE),
        ("rows:\n  - low: 1\n  low: 3\n", 3, 3, NO_HYPHEN),
        ("rows:\n  - low: 1\n    high: 2\n  low: 3\n    high: 4\n", 4, 3, NO_HYPHEN),
        ("- id: a\n  name: 甲\nid: b\n  name: 乙\n", 3, 1, NO_HYPHEN),
        ("rows:\n  low: 3\n  - low: 1\n", 3, 3, NO_PLACE),
        ("a: 1\n- b\n", 2, 1, NO_PLACE),
        ("tags:\n  - 甲\n  乙\n  - 丙\n", 3, 3, "这一行前面少了“- ”"),
        ("tags:\n  - 甲\n  -乙\n", 3, 4, "“-”后面要空一格"),
    ],
)
def test_what_is_out_of_line_is_told_as_that(text, line, column, message):
    assert told(text)[:3] == (line, column, message) and told(text)[3]


# ── what a `#` swallows ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, line, column",
    [("post: 甲 #1 号\n", 1, 9), ("post: #1 号\n", 1, 7), ("a: 1\ntags:\n  - 甲   #2\n", 3, 9), ("a: {b: 甲 #3\n}\n", 1, 10), ("a: [甲 #1, 乙]\nb: 丙\n", 1, 7), ("a: 甲\n  乙 #4\n", 2, 5), ("a: 甲\t#5\n", 1, 6)],
)
def test_what_a_value_would_lose_is_told(text, line, column):
    assert told(text) == (line, column, "“#”前面有空格，从这里到行末会被当成说明丢掉", "用英文双引号把整段内容括起来；如果本来就是说明，“#”后面空一格")


@pytest.mark.parametrize("text", ["a: 甲 # 说明\n", "#说明\na: 甲\n", "a: 甲#1\n", 'a: "甲 #1 号"\n', "a: '甲 #1' #说明\n", "a: |\n  ## 标题\n  见 #1\n", "a: [甲, 乙] #说明\n", "a: 甲\n  #说明\n", "a: 甲 #\n", "a: #说明\n  b: 1\n"])
def test_a_remark_and_a_sign_within_a_value_are_no_loss(text):
    assert source.read_yaml(text, "x.yaml")[1] == []


def test_all_values_that_would_lose_something_are_told_and_what_is_left_is_read():
    document, problems = source.read_front_matter("---\na: 甲 #1\nb: 乙 #2\n---\n", "x.md")
    assert ([problem.line for problem in problems], document.data) == ([2, 3], {"a": "甲", "b": "乙"})


def test_a_head_in_which_something_could_be_lost_is_not_flat():
    assert flat.read("post: 甲 #1 号\n") is None and flat.read("post: 甲#1\n") == {"post": "甲#1"}


@pytest.mark.parametrize("text", ["".join(f"k{number}: v #c\n" for number in range(60_000)), f"a: b{' ' * 900_000}c #\n", "a: [x" + "\n x" * 200_000, "a: 1\n" + " x\n" * 200_000 + " b: 2\n"])
def test_long_texts_are_explained_in_time(text, within):
    with within(2):
        source.read_yaml(text, "x.yaml")
