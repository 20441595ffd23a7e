"""The gate: nothing that belongs to a person is published unless the collection says that it may be, and why."""

from __future__ import annotations

import pytest

from engine import pipeline, report
from engine.model import Problem
from tests.sites import TODAY, problems

PHONE = "138 0013 8000"
PERSON = "140302199003070137"
TEMPLATES = pipeline.Path(__file__).resolve().parent.parent / "templates"


def of_persons(folder) -> list[tuple[str, int, int]]:
    return [(problem.path, problem.line, problem.column) for problem in problems(folder) if problem.code == "personal-data"]


@pytest.mark.parametrize(
    "changes, places",
    [
        ({"institutions/inst-02.yaml": f"name: 南区食品检验站 {PHONE}\narea: 南区\n"}, [("content/institutions/inst-02.yaml", 1, 15)]),
        ({"institutions/inst-02.yaml": f"name: 南区食品检验站\narea: 南区\naliases: [食检, 老李 {PHONE}]\n"}, [("content/institutions/inst-02.yaml", 3, 18)]),
        ({"institutions/inst-02.yaml": f"name: 南区食品检验站\narea: 南区\nsummary: >\n  第一行\n  第二行打 {PHONE}\n"}, [("content/institutions/inst-02.yaml", 5, 8)]),
        ({"institutions/inst-02.yaml": f"name: 南区食品检验站\narea: 南区\nsource:\n  - title: 证件{PERSON}\n"}, [("content/institutions/inst-02.yaml", 4, 14)]),
        ({"news/window.md": "---\nname: 开张\ntime: 2026-11-20 09:30\n---\n第一段\n\n打 **138**0013**8000** 找他\n"}, [("content/news/window.md", 7, 5)]),
        ({"news/all.yaml": f"- id: a\n  name: 甲\n  time: 2026-11-20 09:30\n  body: |\n    一\n    二{PHONE}\n"}, [("content/news/all.yaml", 4, 9)]),
        ({"news/13800138000.md": "---\nname: 甲\ntime: 2026-11-20 09:30\n---\n"}, [("content/news/13800138000.md", 1, 1)]),
        ({"_site.yaml": f"name: 小城\ndescription: 请打 {PHONE}\n"}, [("content/_site.yaml", 2, 17)]),
        ({"_site.yaml": "name: 小城\nemail: 13800138000@139.com\n"}, [("content/_site.yaml", 2, 8)]),
        ({"_vocabularies/areas.yaml": f"label: 区域\nterms:\n  city: 全市\n  north: 北区\n  south: {{label: 南区, aliases: [{PHONE}]}}\n"}, [("content/_vocabularies/areas.yaml", 5, 10)]),
    ],
)
def test_a_personal_number_is_told_with_file_line_and_column(content, changes, places):
    assert of_persons(content(changes)) == places


def test_the_report_shows_no_number_in_full_in_any_format(content):
    folder = content({"institutions/inst-02.yaml": f"name: 南区站\narea: {PERSON}\nlicence: 13800138000\nsummary: 找 {PHONE}\nsecret: 13900139000\n"})
    found = problems(folder)
    for write in report.FORMATS.values():
        text = write(found)
        assert "138****8000" in text and "14*************137" in text
        assert not any(number in text for number in (PERSON, PHONE, "13800138000", "13900139000"))


def test_private_fields_and_withheld_records_may_hold_them(content):
    assert of_persons(content({"institutions/inst-02.yaml": f"name: 南区站\narea: 南区\nsecret: {PHONE}\n", "institutions/draft.yaml": f"name: 草稿 {PHONE}\narea: 南区\npublished: 否\n"})) == []


DECLARED = "label: 站点\nitem: 站点\n{}fields:\n  name:  {{label: 名称, type: text, required: true}}\n  phone: {{label: 电话, type: phone}}\n  note:  {{label: 备注, type: text, many: true}}\n  count: {{label: 数, type: integer}}\n"


@pytest.mark.parametrize(
    "allow, record, codes",
    [
        ("", "name: 甲\nphone: 13800138000\n", ["phone-mobile"]),
        ("", "name: 甲\ncount: 13800138000\n", ["personal-data"]),
        ("allow: {phone: 值班手机，单位所有}\n", "name: 甲\nphone: 13800138000\n", []),
        ("allow: {note: 值班手机，单位所有}\n", f"name: 甲\nnote: [打 {PHONE}]\n", []),
        ("allow: {body: 值班手机，单位所有}\n", f"name: 甲\nbody: 打 {PHONE}\n", []),
        ("allow: {note: 值班手机，单位所有}\n", f"name: 甲 {PHONE}\n", ["personal-data", "personal-allowed-unused"]),
        ("allow: {phone: 值班手机，单位所有}\n", "name: 甲\nphone: 0353-2010000\n", ["personal-allowed-unused"]),
        ("allow: {fax: 值班手机，单位所有}\n", "name: 甲\n", ["schema"]),
        ("allow: {phone: ''}\n", "name: 甲\n", ["schema"]),
        ("allow: 是\n", "name: 甲\n", ["schema"]),
    ],
)
def test_a_collection_may_allow_them_by_field_and_with_a_reason_as_long_as_it_is_needed(content, allow, record, codes):
    folder = content({"posts/_collection.yaml": DECLARED.format(allow), "posts/a.yaml": record})
    assert sorted(problem.code for problem in problems(folder)) == sorted(codes)


def build(folder, output, templates=TEMPLATES):
    return pipeline.build(pipeline.Order(folder, templates, output, TODAY, 2))


def test_what_comes_together_only_on_a_page_stops_the_publication(content, tmp_path):
    """A template that joins two harmless fields, or carries a number of its own."""
    import shutil

    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    output = tmp_path / "site"
    folder = content()
    assert not pipeline.has_errors(build(folder, output, templates).problems)
    before = (output / "404.html").read_bytes()
    (templates / "404.html").write_text((templates / "404.html").read_text("utf-8").replace("</h1>", " 138-{{ '0013' }}-8000</h1>", 1), "utf-8")
    found = build(folder, output, templates).problems
    assert [(problem.path, problem.code) for problem in found] == [("site/404.html", "personal-data")]
    assert "138****8000" in found[0].message and found[0].line > 1 and found[0].column > 1
    assert (output / "404.html").read_bytes() == before and not (tmp_path / ".site.staging").exists()


def test_what_several_processes_find_is_all_told_in_one_order(content, tmp_path):
    import shutil

    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    (templates / "base.html").write_text((templates / "base.html").read_text("utf-8").replace("</body>", "138-0013-8000</body>", 1), "utf-8")
    told = [pipeline.build(pipeline.Order(content(), templates, tmp_path / "site", TODAY, jobs)).problems for jobs in (1, 3, 3)]
    assert told[0] == told[1] == told[2] and len({problem.path for problem in told[0]}) > 20


def test_an_allowed_number_is_on_its_page_and_stops_nothing(content, tmp_path):
    folder = content({"posts/_collection.yaml": DECLARED.format("allow: {phone: 值班手机，单位所有}\n"), "posts/a.yaml": "name: 甲\nphone: 13800138000\n"})
    made = build(folder, tmp_path / "site")
    assert not pipeline.has_errors(made.problems)
    assert "13800138000" in (tmp_path / "site" / "posts" / "a" / "index.html").read_text("utf-8")


def test_problems_are_masked_whatever_they_quote():
    problem = pipeline.fit_for_logs(Problem("a.yaml", "x", f"这里是“{PERSON}”", f"是不是 {PHONE}", line=1, column=1))
    assert (problem.message, problem.hint) == ("这里是“14*************137”", "是不是 138****8000")
