"""What is replaced and still cited is listed, told in a feed, and flagged wherever it is cited."""

from __future__ import annotations

from xml.etree import ElementTree

from engine import pipeline
from engine.model import Key
from engine.outdated import outdated
from tests import sites
from tests.conftest import ROOT, TODAY

STANDARDS = {
    "norms/_collection.yaml": """\
label: 规范
item: 规范
outdated: true
fields:
  name:   {label: 名称, type: text, required: true}
  status: {label: 状态, type: choice, choices: {current: 现行, replaced: 被代替}, halts: [replaced], required: true}
  issued: {label: 发布, type: date}
  next:   {label: 代替, type: reference, to: self}
""",
    "norms/all.yaml": """\
- {id: old, name: 旧规范, status: 被代替, next: new}
- {id: new, name: 新规范, status: 现行, issued: 2020-05-01}
- {id: lone, name: 无人引用的旧规范, status: 被代替}
""",
    "tests/_collection.yaml": """\
label: 试验
item: 试验
fields:
  name:   {label: 名称, type: text, required: true}
  norm:   {label: 依据, type: reference, to: norms, back: 依此开展的试验, column: true}
  status: {label: 状态, type: choice, choices: {off: 停做}, halts: [off]}
""",
    "tests/all.yaml": """\
- {id: a, name: 甲试验, norm: old}
- {id: b, name: 乙试验, norm: old, status: 停做}
- {id: c, name: 丙试验, norm: new}
""",
}
ATOM = "{http://www.w3.org/2005/Atom}"


def folder(tmp_path):
    return sites.write(tmp_path / "content", {**sites.SMALL, **STANDARDS})


def test_only_what_is_past_and_cited_by_something_in_force_is_listed(tmp_path):
    site, problems = sites.linked(folder(tmp_path))
    assert problems == []
    assert [(one.key.id, one.word, one.successors, one.citing) for one in outdated(site, "norms")] == [
        ("old", "被代替", (Key("norms", "new"),), (Key("tests", "a"),)),
    ]


def test_it_has_a_page_and_a_feed_and_is_flagged_where_it_is_cited(tmp_path):
    made = pipeline.build(pipeline.Order(folder(tmp_path), ROOT / "templates", tmp_path / "site", TODAY))
    assert not pipeline.has_errors(made.problems), made.problems
    page = (tmp_path / "site" / "norms" / "outdated" / "index.html").read_text("utf-8")
    assert "旧规范" in page and "新规范" in page and "甲试验" in page and "乙试验" not in page
    (entry,) = ElementTree.parse(tmp_path / "site" / "norms" / "outdated.xml").getroot().findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "旧规范（被代替）"
    assert entry.findtext(f"{ATOM}updated") == "2020-05-01T00:00:00+08:00"
    assert entry.findtext(f"{ATOM}summary") == "请改用：新规范。仍被 1 条记录引用：甲试验"
    assert "被代替" in (tmp_path / "site" / "tests" / "a" / "index.html").read_text("utf-8")
    assert "被代替" not in (tmp_path / "site" / "tests" / "c" / "index.html").read_text("utf-8")
