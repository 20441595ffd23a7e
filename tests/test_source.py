"""YAML and front matter as text: nothing is interpreted, nothing explodes, everything wrong has its place."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import source
from engine.model import Problem
from engine.source import BODY, KEY, MAX_BYTES, MAX_DEPTH

FEW = settings(max_examples=300, derandomize=True, deadline=None)


def placed(problems):
    return [(problem.line, problem.column, problem.code) for problem in problems]


def trouble(text):
    """Code and place of what a text of YAML is told for."""
    return placed(source.read_yaml(text, "x.yaml")[1])


# ── scalars ───────────────────────────────────────────────────────────────────

TOKENS = (
    "no yes on off NO true True null Null ~ 12:30 1:20:30 0123 0o17 0x1F 0b11 1e3 1E-5 1_000 1.10 3.0 -0 +1 .5 5. .inf -.INF .nan"
    " 2026-01-05 2026-01-05T10:00:00Z 123456789012345678 91140300MA0000000X 国标 ① ３ <= = yes/no"
).split()


@pytest.mark.parametrize("token", TOKENS)
def test_a_scalar_stays_the_characters_that_were_written(token):
    assert source.read_yaml(f"a: {token}\nb: [{token}]\n", "x.yaml") == (source.Document({"a": token, "b": [token]}, f"a: {token}\nb: [{token}]\n"), [])


@pytest.mark.parametrize(
    "text, data",
    [
        ('a: "no"\n', {"a": "no"}),
        ("a: '1.10'\n", {"a": "1.10"}),
        ("a:\n", {"a": ""}),
        ("a: |\n  一\n  二\n", {"a": "一\n二\n"}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("yes: on\n", {"yes": "on"}),
        ("2026: 1\n", {"2026": "1"}),
        ("- a\n- {b: c}\n- [d]\n", ["a", {"b": "c"}, ["d"]]),
        ("a: b # c\n", {"a": "b"}),
        ("", {}),
        ("# only a comment\n", {}),
        ("a: ! b\n", {"a": "b"}),
    ],
)
def test_a_text_of_yaml_is_nested_dicts_lists_and_strings(text, data):
    document, problems = source.read_yaml(text, "x.yaml")
    assert (document.data, problems) == (data, [])


# ── equal keys ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, places",
    [
        ("a: 1\nb: 2\na: 3\n", [(3, 1)]),
        ("a: 1\na: 2\na: 3\n", [(2, 1), (3, 1)]),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", [(4, 3)]),
        ("a: {b: 1, c: 2, b: 3}\n", [(1, 17)]),
        ("- id: 1\n- id: 2\n  x: 3\n  id: 4\n", [(4, 3)]),
        ("a: [{b: 1}, {b: 2, b: 3}]\n", [(1, 20)]),
        ('a: 1\n"a": 2\n', [(2, 1)]),
        ("量程: {低: 1, 低: 2}\n", [(1, 12)]),
    ],
)
def test_equal_keys_are_told_at_every_level(text, places):
    assert trouble(text) == [(line, column, "yaml-duplicate") for line, column in places]


def test_the_same_key_in_different_places_is_no_repetition():
    assert trouble("a: {b: 1}\nb: {b: 2}\nc: [{b: 3}, {b: 4}]\n") == []


# ── what is refused ───────────────────────────────────────────────────────────

REFUSED = {
    "an alias": ("a: &x 1\nb: *x\n", (1, 4, "yaml-feature")),
    "an alias to nothing": ("a: *x\n", (1, 4, "yaml-feature")),
    "an anchor on a scalar": ("a: 1\nb: &x 2\n", (2, 4, "yaml-feature")),
    "an anchor on a mapping": ("a: &x\n  b: 1\n", (1, 4, "yaml-feature")),
    "an anchor on a list": ("a: &x [b]\n", (1, 4, "yaml-feature")),
    "an anchor on a key": ("&x a: 1\n", (1, 1, "yaml-feature")),
    "a tag": ("a: !!int 1\n", (1, 4, "yaml-feature")),
    "a tag of Python": ("a: !!python/object/apply:os.system [ls]\n", (1, 4, "yaml-feature")),
    "a tag on a mapping": ("a: !x {b: 1}\n", (1, 4, "yaml-feature")),
    "a tag on a key": ("!!str a: 1\n", (1, 1, "yaml-feature")),
    "a merge key": ("<<: {a: 1}\n", (1, 1, "yaml-feature")),
    "a merge key in a list": ("- {a: 1, <<: {b: 2}}\n", (1, 10, "yaml-feature")),
    "a list as a key": ("? [a]\n: 1\n", (1, 3, "yaml-key")),
    "a second document": ("a: 1\n---\nb: 2\n", (2, 1, "yaml-documents")),
    "a text instead of fields": ("只有一句话\n", (1, 1, "yaml-shape")),
    "a Chinese colon": ("name: 甲\ntitle：乙\n", (2, 6, "yaml-punctuation")),
    "a Chinese colon in a list": ("- name：甲\n  id: a\n", (1, 7, "yaml-punctuation")),
    "an ideographic space": ("a:\n　b: 1\n", (2, 1, "yaml-punctuation")),
    "a no-break space": ("a:\n  b: 1\n\u00a0c: 1\n", (3, 1, "yaml-punctuation")),
    "a tab below spaces": ("a:\n  b: 1\n\tc: 1\n", (3, 1, "yaml-syntax")),
    "a tab": ("a:\n\tb: 1\n", (2, 1, "yaml-syntax")),
    "a colon in a value": ("a: b: c\n", (1, 5, "yaml-syntax")),
    "an open quotation mark": ('a: "b\n', (1, 4, "yaml-syntax")),
    "an open bracket": ("a: [b, c\n", (1, 4, "yaml-syntax")),
    "an open brace": ("a: {b: c\n", (1, 4, "yaml-syntax")),
    "a list out of line": ("a:\n  - b\n - c\n", (3, 2, "yaml-syntax")),
    "a reserved sign": ("a: @b\n", (1, 4, "yaml-syntax")),
    "a control character": ("a: 1\nb: x\x08\nc: 3\n", (2, 1, "yaml-syntax")),
    "a control character below Chinese": ("a: 一二三四五六七八九十一二三\nb: x\x08\nc: 1\nd: 2\ne: 3\nf: 4\n", (2, 1, "yaml-syntax")),
}


@pytest.mark.parametrize("text, place", REFUSED.values(), ids=REFUSED.keys())
def test_each_thing_that_is_not_understood_is_told_with_its_place(text, place):
    document, problems = source.read_yaml(text, "x.yaml")
    assert placed(problems) == [place]
    assert problems[0].hint or place[2] == "yaml-shape"


@pytest.mark.parametrize(
    "text, message, hint",
    [
        ("title：乙\n", "用了中文冒号“：”", "字段名后面用英文冒号“:”，再空一格"),
        ("a: 1\na: 2\n", "“a”在同一处写了两次", "只保留一个，或者把两处内容合并"),
        ("a: *x\n", "这里用了 YAML 的别名（*），本站不支持", "直接写出内容；若内容本身以此符号开头，用英文双引号括起来"),
        ("a: &x 1\n", "这里用了 YAML 的锚点（&），本站不支持", "直接写出内容；若内容本身以此符号开头，用英文双引号括起来"),
        ("<<: 1\n", "这里用了 YAML 的合并（<<），本站不支持", "直接写出内容；若内容本身以此符号开头，用英文双引号括起来"),
        ("a: !b c\n", "这里用了 YAML 的标签（!），本站不支持", "直接写出内容；若内容本身以此符号开头，用英文双引号括起来"),
        ("a:\n\tb: 1\n", "缩进用了制表符（Tab）", "改用空格缩进"),
        ("a:\n  b: 1\n\tc: 1\n", "缩进用了制表符（Tab）", "改用空格缩进"),
        ("a: b: c\n", "这里多了一个英文冒号，或者上一行没有写完", "内容里有“: ”时，用英文双引号把整段内容括起来"),
    ],
)
def test_a_message_is_for_an_editor(text, message, hint):
    [problem] = source.read_yaml(text, "x.yaml")[1]
    assert (problem.message, problem.hint) == (message, hint)


# ── depth and size ────────────────────────────────────────────────────────────


def test_depth_is_bounded():
    deepest = "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1) + "\n"
    assert trouble(deepest) == []
    assert trouble("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n") == [(1, 3 + MAX_DEPTH, "yaml-depth")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_every_kind_of_nesting_is_bounded(opening):
    _, problems = source.read_yaml(opening * 3000, "x.yaml")
    assert len(problems) == 1


LAUGHS = "a: &a [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + above] * 9)}]\n" for above, name in zip("abcdefgh", "bcdefghi")
)
HOSTILE = {
    "50 000 brackets": "[" * 50_000,
    "500 000 brackets": "[" * 500_000,
    "250 000 pairs of brackets": "[" * 250_000 + "]" * 250_000,
    "150 000 braces": "{a: " * 150_000,
    "300 000 question marks": "? " * 300_000,
    "300 000 hyphens": "- " * 300_000,
    "a billion laughs": LAUGHS,
    "900 000 commas": "[" + "," * 900_000,
    "a long line": "a: " + "x" * 900_000 + ": b",
    "100 000 colons": "a:" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_answered_with_a_message_and_never_with_a_signal(text, tmp_path):
    """In a process of its own: libyaml's composer ends the process on 50 000 nested brackets."""
    (tmp_path / "x.yaml").write_text(text)
    program = (
        "import sys; from engine import source\n"
        "text, problems = source.decode(open(sys.argv[1], 'rb').read(), 'x.yaml')\n"
        "document, problems = source.read_yaml(text, 'x.yaml')\n"
        "print(len(problems), problems[0].code)"
    )
    start = perf_counter()
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path / "x.yaml")], capture_output=True, text=True, timeout=20)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("1 yaml-")
    assert perf_counter() - start < 2


# ── decoding ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "raw, text",
    [
        (b"", ""),
        ("标准\n".encode(), "标准\n"),
        ("\ufeff标准\n".encode(), "标准\n"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"\xef\xbb\xbfa\r\nb", "a\nb"),
        (b"x" * MAX_BYTES, "x" * MAX_BYTES),
    ],
)
def test_a_file_is_utf8_with_or_without_a_mark_and_with_any_line_ends(raw, text):
    assert source.decode(raw, "x.yaml") == (text, [])


@pytest.mark.parametrize(
    "raw, place, message",
    [
        ("a: 1\nb: 标准\n".encode("gbk"), (2, 4, "encoding"), "这个文件是 GBK 编码，应为 UTF-8"),
        ("名称: 甲\n".encode("gb18030"), (1, 1, "encoding"), "这个文件是 GBK 编码，应为 UTF-8"),
        ("a: 标准\n".encode("utf-16"), (1, 1, "encoding"), "这个文件是 UTF-16 编码，应为 UTF-8"),
        (b"\xfe\xff" + "a".encode("utf-16-be"), (1, 1, "encoding"), "这个文件是 UTF-16 编码，应为 UTF-8"),
        ("名称: ".encode() + b"\xff\xff\n", (1, 5, "encoding"), "这个文件不是 UTF-8 编码"),
        (b"a: 1\nb: \0\n", (2, 1, "encoding"), "文件里有空字符（NUL），不像文本文件"),
        (b"x" * (MAX_BYTES + 1), (1, 1, "file-too-large"), "文件有 1.0 MB，超过 1 MB"),
    ],
)
def test_what_is_no_utf8_is_told_with_its_place(raw, place, message):
    text, problems = source.decode(raw, "x.yaml")
    assert (text, placed(problems), problems[0].message) == (None, [place], message)


def test_a_mark_and_foreign_line_ends_do_not_move_places():
    text, _ = source.decode("\ufeffa: 1\r\nb：2\r\n".encode(), "x.yaml")
    assert trouble(text) == [(2, 2, "yaml-punctuation")]


# ── front matter ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, data, body, body_line",
    [
        ("---\nname: 甲\n---\n正文\n", {"name": "甲"}, "正文\n", 4),
        ("---\nname: 甲\n---\n", {"name": "甲"}, "", 4),
        ("---\nname: 甲\n---", {"name": "甲"}, "", 4),
        ("---\n---\n正文", {}, "正文", 3),
        ("---\na: 1\n---\n---\nb: 2\n", {"a": "1"}, "---\nb: 2\n", 4),
        ("---\n# 说明\na: |\n  一\n  二\n---\n\n三\n", {"a": "一\n二\n"}, "\n三\n", 7),
    ],
)
def test_a_head_stands_between_two_lines_of_hyphens(text, data, body, body_line):
    document, problems = source.read_front_matter(text, "x.md")
    assert problems == []
    assert (document.data, document.body, document.head_line, document.body_line) == (data, body, 2, body_line)


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "文件开头缺少“---”"),
        ("name: 甲\n", "文件开头缺少“---”"),
        ("\n---\nname: 甲\n---\n", "文件开头缺少“---”"),
        ("---\nname: 甲\n", "字段写完后缺少一行“---”"),
        ("---\nname: 甲\n----\n正文", "字段写完后缺少一行“---”"),
    ],
)
def test_a_file_without_a_head_is_told(text, message):
    document, problems = source.read_front_matter(text, "x.md")
    assert document.data is None
    assert (placed(problems), problems[0].message) == ([(1, 1, "head-missing")], message)


def test_lines_of_a_head_are_lines_of_the_file():
    assert placed(source.read_front_matter("---\na: 1\nb: {c: 1, c: 2}\na: 3\n---\n", "x.md")[1]) == [(3, 11, "yaml-duplicate"), (4, 1, "yaml-duplicate")]


# ── places ────────────────────────────────────────────────────────────────────

NESTED = """\
name: 甲
tags: [一, 二, 三]
rows:
  - low: 1
    high: 2
  - {low: 3, high: 4}
  -
    low: 5
body: |
  见[此处](/a/)。
"""


@pytest.mark.parametrize(
    "trail, place",
    [
        ((), (1, 1)),
        (("name",), (1, 7)),
        (("name", KEY), (1, 1)),
        (("tags",), (2, 7)),
        (("tags", 0), (2, 8)),
        (("tags", 2), (2, 14)),
        (("tags", 9), (2, 7)),
        (("rows",), (4, 3)),
        (("rows", 0), (4, 5)),
        (("rows", 0, "high"), (5, 11)),
        (("rows", 1, "high"), (6, 20)),
        (("rows", 1, "high", KEY), (6, 14)),
        (("rows", 2, "low"), (8, 10)),
        (("rows", 2, "unsaid"), (8, 5)),
        (("unsaid",), (1, 1)),
        (("name", "deeper", 3), (1, 7)),
        ((BODY, 3), (9, 7)),
    ],
)
def test_a_trail_leads_to_a_line_and_a_column(trail, place):
    document, _ = source.read_yaml(NESTED, "x.yaml")
    found = source.locate(Problem("x.yaml", "c", "m", trail=trail), document)
    assert (found.line, found.column) == place


@pytest.mark.parametrize("trail, place", [((1, "name"), (3, 9)), ((1, "name", KEY), (3, 3)), ((0, "id"), (1, 7)), ((1,), (2, 3))])
def test_a_trail_leads_into_a_list_of_records(trail, place):
    document, _ = source.read_yaml("- id: a\n- id: b\n  name: 乙\n", "x.yaml")
    found = source.locate(Problem("x.yaml", "c", "m", trail=trail), document)
    assert (found.line, found.column) == place


@pytest.mark.parametrize("offset, place", [(0, (4, 1)), (2, (4, 3)), (6, (5, 2)), (10, (7, 1))])
def test_a_trail_leads_into_the_prose(offset, place):
    """Columns count characters, whatever their bytes."""
    document, _ = source.read_front_matter("---\nname: 甲\n---\n一二三𠀀\n四五六\n\n七\n", "x.md")
    found = source.locate(Problem("x.md", "c", "m", trail=(BODY, offset)), document)
    assert (found.line, found.column) == place


def test_a_place_that_is_known_stays():
    document, _ = source.read_yaml(NESTED, "x.yaml")
    assert source.locate(Problem("x.yaml", "c", "m", trail=("tags",), line=77, column=7), document).line == 77


@pytest.mark.parametrize("text", ["", "# 说明\n", "\n\n"])
def test_what_is_missing_from_an_empty_file_is_told_at_its_start(text):
    document, _ = source.read_yaml(text, "x.yaml")
    found = source.locate(Problem("x.yaml", "field-missing", "m"), document)
    assert (found.line, found.column) == (1, 1)


def test_what_is_missing_from_an_empty_head_is_told_at_its_start():
    document, _ = source.read_front_matter("---\n---\n正文\n", "x.md")
    assert source.locate(Problem("x.md", "field-missing", "m"), document).line in (1, 2)


# ── any text at all ───────────────────────────────────────────────────────────

YAMLISH = st.text(st.sampled_from("ab: -\n\t[]{}&*!|>'\"#%@`,?~<=：　\u00a0\u2028\x85标\x00\x08\ufffe"), max_size=60)


@FEW
@given(st.one_of(st.text(max_size=200), YAMLISH))
def test_any_text_is_read_or_told_and_never_raises(text):
    for read in (source.read_yaml, source.read_front_matter, lambda text, path: source.read_front_matter(f"---\n{text}\n---\n", path)):
        document, problems = read(text, "x")
        assert document.data is not None or problems
        for problem in problems:
            assert 1 <= problem.line <= document.head.count("\n") + document.body.count("\n") + 12 and problem.column >= 1
        if document.data is not None:
            source.locate(Problem("x", "c", "m", trail=("a", 0, "b")), document)


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_told(raw):
    text, problems = source.decode(raw, "x")
    assert (text is None) == bool(problems)
    if text is not None:
        assert "\r" not in text and "\0" not in text
