"""Files into records: every problem of every file at once, each at its line and column."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from engine.ids import doubled_ids
from engine.model import Key, Record
from tests import sites
from tests.conftest import ROOT


def about(folder):
    return [(problem.path.removeprefix("content/"), problem.line, problem.column, problem.code) for problem in sites.loaded(folder).problems]


def keys(folder, collection):
    return [record.key.id for record in sites.loaded(folder).records if record.key.collection == collection]


# ── what is read ──────────────────────────────────────────────────────────────


def test_the_small_site_is_read_without_a_problem(content):
    found = sites.loaded(content())
    assert found.problems == []
    assert list(found.collections) == ["institutions", "experts", "standards", "news"]
    assert sorted(found.vocabularies) == ["areas", "fields", "units"]
    assert len(found.records) == 11
    assert found.files == {"window.png"}
    assert found.config.values["name"] == "小城质量服务"


def test_a_record_has_the_name_of_its_file_and_its_prose(content):
    [record] = [record for record in sites.loaded(content()).records if record.key == Key("news", "window")]
    assert (record.path, record.body, record.trail) == ("content/news/window.md", "窗口设在[计量所](/institutions/inst-01/)。\n", ())
    assert record.values["institutions"] == (Key("institutions", "inst-01"), Key("institutions", "inst-03"))
    assert record.values["aliases"] == () and record.values["updated"] is None


def test_a_list_file_holds_many_records_each_with_its_id(content):
    found = [record for record in sites.loaded(content()).records if record.key.collection == "experts"]
    assert [(record.key.id, record.trail, record.path) for record in found] == [
        ("exp-001", (0,), "content/experts/people.yaml"),
        ("exp-002", (1,), "content/experts/people.yaml"),
        ("exp-003", (2,), "content/experts/people.yaml"),
    ]


def test_a_record_of_yaml_may_have_prose_in_its_body(content):
    folder = content({"institutions/inst-09.yaml": "name: 甲\nbody: |\n  **正文**\n"})
    [record] = [record for record in sites.loaded(folder).records if record.key.id == "inst-09"]
    assert isinstance(record, Record) and record.body == "**正文**\n"


@pytest.mark.parametrize("name", ["_draft.md", ".hidden.md", "_notes.txt", ".DS_Store"])
def test_names_that_begin_with_a_line_or_a_dot_are_no_content(content, name):
    assert about(content({f"institutions/{name}": "irgend etwas"})) == []


def test_guides_and_folders_of_notes_may_lie_beside_the_collections(content):
    assert about(content({"README.md": "指南", "_notes/x.txt": "笔记", ".git/config": ""})) == []


def test_an_empty_list_is_no_record(content):
    assert about(content({"institutions/none.yaml": "[]\n"})) == []


# ── what does not belong ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path, code, message",
    [
        ("institutions/notes.txt", "file-unexpected", "“机构库”里不应当有“notes.txt”"),
        ("institutions/inst-09.yml", "file-unexpected", "“机构库”里不应当有“inst-09.yml”"),
        ("institutions/inst-09.MD", "file-unexpected", "“机构库”里不应当有“inst-09.MD”"),
        ("institutions/photo.png", "file-unexpected", "“机构库”里不应当有“photo.png”"),
        ("institutions/deep/inst-09.md", "file-unexpected", "“机构库”里不应当有“deep”"),
        ("notes.txt", "file-unexpected", "这里不应当有这个文件"),
        ("expert/exp-001.md", "collection-undeclared", "文件夹里没有 _collection.yaml，不知道这是什么库"),
        ("Experts2/_collection.yaml", "id-form", "库的文件夹名“Experts2”只能用小写字母、数字和连字号"),
        ("培训/_collection.yaml", "id-form", "库的文件夹名“培训”只能用小写字母、数字和连字号"),
        ("_vocabularies/more.yml", "file-unexpected", None),
    ],
)
def test_what_does_not_belong_is_told(content, path, code, message):
    found = sites.loaded(content({path: "---\nname: 甲\n---\n"})).problems
    assert [problem.code for problem in found] == [code]
    assert message is None or found[0].message == message


def test_a_stray_file_does_not_hide_what_is_wrong_with_records(content):
    folder = content({"notes.txt": "笔记", "institutions/inst-09.md": "---\nname: 甲\nlicence: 明天\n---\n"})
    assert about(folder) == [("institutions/inst-09.md", 3, 10, "date-invalid"), ("notes.txt", 1, 1, "file-unexpected")]


def test_a_fault_of_the_settings_does_not_hide_what_is_wrong_with_records(content):
    folder = content({"_site.yaml": sites.SMALL["_site.yaml"] + "emial: a@example.com\n", "institutions/inst-09.md": "---\nname: 甲\nlicence: 明天\n---\n"})
    assert [code for *_, code in about(folder)] == ["field-unknown", "date-invalid"]


def test_no_link_is_followed(content, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("---\nname: 密语\n---\n密语\n")
    folder = content()
    (folder / "institutions" / "inst-09.md").symlink_to(secret)
    (folder / "institutions" / "inst-10.md").symlink_to(tmp_path / "nowhere.md")
    (folder / "files" / "linked.md").symlink_to(secret)
    found = sites.loaded(folder)
    assert about(folder) == [
        ("institutions/inst-09.md", 1, 1, "file-link"),
        ("institutions/inst-10.md", 1, 1, "file-link"),
    ]
    assert found.files == {"window.png"}
    assert "密语\\n" not in repr(found.records)


def test_no_linked_declaration_is_followed(content, tmp_path):
    sites.write(tmp_path, {"v.yaml": "label: 词\nterms: {a: 甲}\n"})
    folder = content()
    (folder / "_vocabularies" / "linked.yaml").symlink_to(tmp_path / "v.yaml")
    (folder / "experts" / "_collection.yaml").rename(tmp_path / "c.yaml")
    (folder / "experts" / "_collection.yaml").symlink_to(tmp_path / "c.yaml")
    found = sites.loaded(folder)
    assert {problem.path for problem in found.problems if problem.code == "file-link"} == {"content/_vocabularies/linked.yaml", "content/experts/_collection.yaml"}
    assert "linked" not in found.vocabularies and "experts" not in found.collections


def test_no_linked_folder_is_followed(content, tmp_path):
    sites.write(tmp_path / "elsewhere", {"_collection.yaml": sites.SMALL["experts/_collection.yaml"], "exp-099.md": "---\nname: 密语\n---\n", "x.pdf": "密语"})
    folder = content()
    (folder / "people").symlink_to(tmp_path / "elsewhere")
    (folder / "files" / "more").symlink_to(tmp_path / "elsewhere")
    found = sites.loaded(folder)
    assert [(problem.path, problem.code) for problem in found.problems] == [("content/people", "file-link")]
    assert "people" not in found.collections and found.files == {"window.png"}


def test_a_file_that_may_not_be_read_is_told(content):
    """Root may read everything, so as root the right to is given up first."""
    folder = content()
    (folder / "institutions" / "inst-01.md").chmod(0)
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*bound, sys.executable, str(ROOT / "build.py"), "check", "--format", "json", "--content", str(folder), "--today", "2026-11-22"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    assert [(one["path"], one["line"], one["column"]) for one in told if one["code"] == "file-unreadable"] == [("content/institutions/inst-01.md", 1, 1)]


def test_a_folder_without_settings_or_content_is_told(tmp_path):
    assert [problem.code for problem in sites.loaded(sites.write(tmp_path / "content", {"README.md": ""})).problems] == ["file-unreadable"]
    assert "content-missing" in [problem.code for problem in sites.loaded(tmp_path / "nowhere").problems]


# ── ids ───────────────────────────────────────────────────────────────────────

NAMED = "---\nname: 甲\n---\n"


@pytest.mark.parametrize("name", ["a", "1", "inst-09", "a-1-b", "x" * 100])
def test_ids_are_lower_case_letters_digits_and_hyphens(content, name):
    assert about(content({f"institutions/{name}.md": NAMED})) == []


@pytest.mark.parametrize("name", ["Inst", "inst_09", "-a", "a-", "a--b", "甲", "a b", "a.b", "ａ", "x" * 101, "by", "page", "feed"])
def test_other_ids_are_told(content, name):
    assert about(content({f"institutions/{name}.md": NAMED})) == [(f"institutions/{name}.md", 1, 1, "id-form")]


@pytest.mark.parametrize("id", ["Exp-009", "../exp", "a/b", "exp 4", "by"])
def test_the_ids_in_a_list_are_held_to_the_same_rule_at_their_line(content, id):
    folder = content({"experts/more.yaml": f"- id: exp-004\n  name: 甲\n  fields: 食品\n- name: 乙\n  id: {id}\n  fields: 食品\n"})
    assert about(folder) == [("experts/more.yaml", 5, 7, "id-form")]


@pytest.mark.parametrize("item", ["- name: 甲\n  fields: 食品\n", "- id: [a]\n  name: 甲\n", "- id:\n  name: 甲\n", "- 只是文字\n"])
def test_an_item_without_an_id_is_told(content, item):
    assert about(content({"experts/more.yaml": item})) in ([("experts/more.yaml", 1, column, "id-missing")] for column in (3, 7))


@pytest.mark.parametrize(
    "files, place, message",
    [
        ({"experts/exp-001.md": "---\nname: 甲\nfields: 食品\n---\n"}, ("experts/people.yaml", 1, 7), "编号“exp-001”写了两次；另一处在 content/experts/exp-001.md"),
        ({"experts/x.yaml": "- {id: exp-002, name: 甲, fields: 食品}\n"}, ("experts/x.yaml", 1, 8), "编号“exp-002”写了两次；另一处在 content/experts/people.yaml 第 9 行"),
        ({"institutions/inst-01.yaml": "name: 甲\n"}, ("institutions/inst-01.yaml", 1, 1), "编号“inst-01”写了两次；另一处在 content/institutions/inst-01.md"),
        ({"experts/x.yaml": "- {id: EXP-001, name: 甲, fields: 食品}\n"}, ("experts/x.yaml", 1, 8), "编号“EXP-001”与“exp-001”只有大小写或全半角不同；另一处在 content/experts/people.yaml 第 1 行"),
        ({"experts/x.yaml": "- {id: ｅｘｐ-001, name: 甲, fields: 食品}\n"}, ("experts/x.yaml", 1, 8), "编号“ｅｘｐ-001”与“exp-001”只有大小写或全半角不同；另一处在 content/experts/people.yaml 第 1 行"),
    ],
)
def test_ids_that_a_file_system_could_take_for_one_are_told(content, files, place, message):
    found = [problem for problem in sites.loaded(content(files)).problems if problem.code == "id-duplicate"]
    assert [(problem.path.removeprefix("content/"), problem.line, problem.column) for problem in found] == [place]
    assert (found[0].message, found[0].hint) == (message, "改其中一个")


@pytest.mark.parametrize(
    "name, text",
    [
        ("more.yaml", "# 说明\n- name: 甲\n  fields: 食品\n  id: exp-009\n"),
        ("more.md", "---\n- {id: exp-008, name: 乙, fields: 食品}\n- name: 甲\n  id: exp-009\n  fields: 食品\n---\n"),
    ],
)
def test_of_an_id_in_a_list_the_other_line_is_told_wherever_in_its_item_it_stands(content, name, text):
    found = sites.loaded(content({f"experts/{name}": text, "experts/next.yaml": "- {id: exp-009, name: 丙, fields: 食品}\n"})).problems
    assert [(problem.path, problem.message) for problem in found] == [("content/experts/next.yaml", f"编号“exp-009”写了两次；另一处在 content/experts/{name} 第 4 行")]


def test_a_list_that_is_gone_has_no_line(content):
    loaded = sites.loaded(folder := content({"experts/next.yaml": "- {id: exp-001, name: 丙, fields: 食品}\n"}))
    for text in ("", "- a\n", "a: [\n", None):
        (folder / "experts" / "next.yaml").unlink(missing_ok=True)
        if text is not None:
            (folder / "experts" / "next.yaml").write_text(text)
        [found] = doubled_ids(loaded.records, folder.parent)
        assert found.message.endswith(("next.yaml", "next.yaml 第 1 行"))


def test_the_same_id_in_two_collections_is_no_repetition(content):
    assert about(content({"institutions/exp-001.md": NAMED})) == []


# ── nothing raises, nothing is lost ───────────────────────────────────────────


@pytest.mark.parametrize("text", ["", "# 空\n", "\n"])
def test_an_empty_record_is_told_for_what_it_lacks(content, text):
    assert about(content({"institutions/inst-09.yaml": text})) == [("institutions/inst-09.yaml", 1, 1, "field-missing")]


def test_an_empty_head_is_told_for_what_it_lacks(content):
    [(path, line, column, code)] = about(content({"institutions/inst-09.md": "---\n---\n正文\n"}))
    assert (path, code) == ("institutions/inst-09.md", "field-missing") and line in (1, 2)


@pytest.mark.parametrize("path", ["_site.yaml", "_vocabularies/fields.yaml", "institutions/_collection.yaml", "institutions/inst-01.md", "experts/people.yaml"])
@pytest.mark.parametrize("text", ["", "一句话\n", "- a\n- b\n", "a: [\n", "a: 1\na: 2\n", "---\n---\n", "label: [x, y]\nfields: 3\nterms: 4\nname: {a: b}\n", b"\xff\xfe", b"\0"])
def test_any_file_may_be_spoilt_and_is_told_for_it(content, path, text):
    """Whatever is in it, the run ends with problems about that file and never with an exception."""
    found = sites.problems(content({path: text}))
    assert f"content/{path}" in {problem.path for problem in found}
    assert all(problem.line >= 1 and problem.column >= 1 for problem in found)


@pytest.mark.parametrize("path", ["institutions/_collection.yaml", "_vocabularies/fields.yaml", "_site.yaml", "institutions/inst-01.md"])
def test_of_a_file_that_cannot_be_read_only_that_is_told(content, path):
    """Whatever else was said of it would be noise."""
    folder = content({path: "---\na: [\n---\n" if path.endswith(".md") else "a: [\n"})
    assert [code for where, _, _, code in about(folder) if where == path] == ["yaml-syntax"]


@pytest.mark.parametrize("path", ["institutions/_collection.yaml", "_vocabularies/fields.yaml"])
def test_a_declaration_that_cannot_be_read_is_not_said_to_be_missing(content, path):
    assert [(where, code) for where, _, _, code in about(content({path: "a: [\n"}))] == [(path, "yaml-syntax")]


def test_prose_is_never_dropped_in_silence(content):
    """A body both in the head and below it, or below a list of records, can mean only a mistake."""
    assert about(content({"institutions/inst-09.md": "---\nname: 甲\nbody: 一\n---\n二\n"})) != []
    assert about(content({"institutions/inst-09.md": "---\n- {id: inst-09, name: 甲}\n---\n二\n"})) != []


def test_a_field_that_the_engine_computes_is_told_when_it_is_written(content):
    assert about(content({"institutions/inst-09.md": "---\nname: 甲\nskills: [食品]\n---\n"})) == [("institutions/inst-09.md", 3, 1, "field-derived")]
