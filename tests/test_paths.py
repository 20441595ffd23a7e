"""No name that an editor or a designer chooses leads out of the output, or to a file that a system cannot keep."""

from __future__ import annotations

import hashlib

import pytest

from engine import pipeline
from engine.ids import id_problems
from tests import sites
from tests.conftest import ROOT

ASTRAY = ["../x", "..", ".", "a/../../b", "/etc/x", "C:\\x", "..\\x", "a\\b", "%2e%2e/x", "%2e%2e%2fx", "．．／x", "x" * 300, "某" * 100, "x.", "x ", "a:b", "a?b", 'a"b', "a|b", "~", "..;/x"]


def astray(content, tmp_path, changes) -> list:
    """Builds, and holds that nothing outside the output was touched."""
    folder = content(changes)
    beside = tmp_path / "beside.txt"
    beside.write_text("as it was")
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in tmp_path.rglob("*") if path.is_file()}
    made = pipeline.build(pipeline.Order(folder, ROOT / "templates", tmp_path / "out" / "site", sites.TODAY))
    after = {path: hashlib.sha256(path.read_bytes()).digest() for path in tmp_path.rglob("*") if path.is_file() and tmp_path / "out" not in path.parents}
    assert after == before
    assert {path.name for path in (tmp_path / "out").iterdir()} <= {"site", ".site.lock"} if (tmp_path / "out").exists() else True
    return [problem for problem in made.problems if problem.severity == "error"]


def quoted(text: str) -> str:
    from tests.test_hostile import said

    return said(text).replace("\\u0000", "")


@pytest.mark.parametrize("name", ["../x", "a/../../b", "/etc/x", "..\\x", "%2e%2e/x", "．．／x", "x" * 300, "x."])
def test_the_id_of_a_section_is_an_address_of_the_site(content, tmp_path, name):
    assert astray(content, tmp_path, {"_site.yaml": f"name: 甲\nsections:\n  - {{id: {quoted(name)}, label: 乙}}\n"})


@pytest.mark.parametrize("name", ["../x", "..", "a/../../b", "..\\x", "%2e%2e%2fx", "x" * 300, "x.", 'a"b'])
def test_the_key_of_a_choice_is_an_address_of_the_site(content, tmp_path, name):
    declared = f"label: 库\nitem: 条\nfields:\n  name: {{label: 名}}\n  kind: {{label: 类, type: choice, facet: true, choices: {{{quoted(name)}: 甲}}}}\n"
    found = astray(content, tmp_path, {"made/_collection.yaml": declared, "made/a.yaml": "name: 一\nkind: 甲\n"})
    assert found or not any(sign in name for sign in ("..", "/", "\\"))


@pytest.mark.parametrize("name", ASTRAY)
def test_no_such_name_is_an_id_or_a_former_address(content, name):
    assert id_problems(name, "a", ())
    folder = content({"institutions/inst-02.yaml": f"name: 甲\narea: 南区\nredirect_from: [{quoted('/' + name + '/')}]\n"})
    assert [problem for problem in sites.problems(folder) if problem.severity == "error"]


@pytest.mark.parametrize("one, other", [("inst-02", "INST-02"), ("inst-02", "ｉｎｓｔ-02"), ("inst-02", "Inst-02"), ("zhang", "Zhang"), ("e", "e\u0301"), ("e", "\u00e9"), ("1", "①"), ("ss", "ß"), ("a", "a."), ("a", "a .")])
def test_two_names_that_a_system_takes_for_one_are_told(content, one, other):
    folder = content({f"institutions/{other}.yaml": "name: 乙\narea: 南区\n"})
    assert [problem for problem in sites.problems(folder) if problem.code in ("id-form", "id-duplicate", "address-duplicate")]
