"""Changes to the text of a record touch what is changed and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import source
from engine.importers import edit

TEXT = """\
# 页首的说明
- id: a
  name: 张三  # 备注
  list: [甲, "乙,丙"]
  block:
    - 一
    - 二   # 第二
  rows:
    - name: 波长
      range: 1~2 g
    - {name: 碳, range: 1}
  text: |
    多行
    文字

  # 关于下一行
  empty:
  quoted: 'it''s'
  long: 很长 的
    第二行
- id: b
"""
ORDER = ["name", "list", "block", "rows", "text", "empty", "quoted", "long", "last"]


def data(text):
    document, problems = source.read_yaml(text, "")
    assert not problems, (problems, text)
    return document.data


@pytest.mark.parametrize(
    "name, value, old, new",
    [
        ("name", "李四", "  name: 张三  # 备注\n", "  name: 李四  # 备注\n"),
        ("name", "李: 四", "  name: 张三  # 备注\n", '  name: "李: 四"  # 备注\n'),
        ("name", "yes # no", "  name: 张三  # 备注\n", '  name: "yes # no"  # 备注\n'),
        ("name", None, "  name: 张三  # 备注\n", ""),
        ("quoted", "a'b", "'it''s'", "'a''b'"),
        ("list", ["甲", "丁"], '[甲, "乙,丙"]', "[甲, 丁]"),
        ("list", ["零", "甲", "乙,丙"], '[甲, "乙,丙"]', '[零, 甲, "乙,丙"]'),
        ("block", ["一", "一半", "二"], "    - 一\n", "    - 一\n    - 一半\n"),
        ("block", ["二"], "    - 一\n", ""),
        ("block", ["一", "三"], "    - 二   # 第二\n", "    - 三   # 第二\n"),
        ("text", "短", "  text: |\n    多行\n    文字\n", "  text: |-\n    短\n"),
        ("empty", "有了", "  empty:\n", "  empty: 有了\n"),
        ("empty", None, "  empty:\n", ""),
        ("long", "短", "  long: 很长 的\n    第二行\n", "  long: 短\n"),
        ("last", "新", "    第二行\n", "    第二行\n  last: 新\n"),
    ],
)
def test_a_field_is_changed_where_it_stands(name, value, old, new):
    changed = edit.set_field(TEXT, (0,), name, value, ORDER)
    assert changed == TEXT.replace(old, new, 1)
    assert data(changed)[0].get(name) == value


def test_a_new_field_stands_where_the_declaration_has_it():
    assert edit.set_field("- id: a\n  name: 甲\n  last: 乙\n", (0,), "list", ["一"], ORDER) == "- id: a\n  name: 甲\n  list: [一]\n  last: 乙\n"
    assert edit.set_field("name: 甲\n", (), "list", ["一"], ORDER) == "name: 甲\nlist: [一]\n"
    assert edit.set_field("last: 乙", (), "name", "甲", ORDER) == "name: 甲\nlast: 乙"
    assert edit.set_field("- {id: a, last: 乙}\n", (0,), "name", "甲", ORDER) == "- {id: a, name: 甲, last: 乙}\n"
    assert edit.set_field("# 只有注释\n", (), "name", "甲", ORDER) == "name: 甲\n"


def test_rows_are_changed_cell_by_cell():
    steps = [("insert", {"name": "新", "range": "2 g"}), ("edit", 0, {"range": "3"}), ("edit", 1, {"name": "氮", "range": None}), ("insert", {"name": "末"})]
    changed = edit.set_rows(TEXT, (0,), "rows", steps, ORDER, ["name", "range"])
    assert changed == TEXT.replace(
        "    - name: 波长\n      range: 1~2 g\n    - {name: 碳, range: 1}\n",
        "    - name: 新\n      range: 2 g\n    - name: 波长\n      range: 3\n    - {name: 氮}\n    - name: 末\n",
    )


def test_the_first_cell_of_a_row_can_go():
    steps = [("edit", 0, {"name": None}), ("keep", 1)]
    assert "    - range: 1~2 g\n" in edit.set_rows(TEXT, (0,), "rows", steps, ORDER, ["name", "range"])


def test_a_table_without_rows_goes_whole_and_one_that_begins_comes_whole():
    assert "rows" not in edit.set_rows(TEXT, (0,), "rows", [("delete", 0), ("delete", 1)], ORDER, ["name"])
    made = edit.set_rows("- id: a\n  name: 甲\n", (0,), "rows", [("insert", {"name": "一"}), ("insert", {"name": "二"})], ORDER, ["name"])
    assert made == "- id: a\n  name: 甲\n  rows:\n    - name: 一\n    - name: 二\n"


def test_a_record_is_written_as_an_editor_would():
    assert edit.record("x-1", {"name": "- 甲", "list": ["a,b", "c"]}, "正文\n\n- 二\n") == '- id: x-1\n  name: "- 甲"\n  list: ["a,b", c]\n  body: |\n    正文\n\n    - 二\n'


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12) | st.sampled_from(["no", "1.10", "0755", "a: b", "# x", "- y", "[z", "{w", "*a", "&b", "!t", "'", '"', "多\n行", " 前空", "%", "@x", "`", "~", "null", "?", "a #b", "：", "，"])
values = texts | st.lists(texts, min_size=1, max_size=4) | st.none()
records = st.dictionaries(st.sampled_from(ORDER), texts | st.lists(texts, min_size=1, max_size=4), min_size=1)


@settings(deadline=None, max_examples=150)
@given(before=st.lists(records, min_size=1, max_size=3), which=st.integers(0, 2), name=st.sampled_from(ORDER), value=values)
def test_any_field_may_become_anything_and_no_other_changes(before, which, name, value):
    text = "".join(edit.record(f"r-{number}", said) for number, said in enumerate(before))
    wanted = data(text)
    assert wanted == [{"id": f"r-{number}", **said} for number, said in enumerate(before)]
    which %= len(before)
    changed = data(edit.set_field(text, (which,), name, value, ORDER))
    wanted[which].pop(name, None)
    if value is not None:
        wanted[which][name] = value
    assert changed == wanted
