"""From records to a workbook and back: nothing changes but what the editor changed."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine import pipeline
from engine.importers import apply, sheets
from tests import sites, workbooks
from tests.workbooks import cell, edited, exported, imported, proposed, texts, told

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """A copy of content/, so that an import may write."""
    folder = tmp_path_factory.mktemp("real") / "content"
    shutil.copytree(ROOT / "content", folder)
    return folder


@pytest.fixture(scope="module")
def real_workbook(real) -> Path:
    return exported(real)


# ── export ────────────────────────────────────────────────────────────────────


def test_every_cell_is_a_text_and_none_a_formula(content):
    folder = content({"institutions/inst-04.yaml": "name: =1+1\naliases: ['+2', '-3', '@x', '=cmd|x']\n"})
    book = openpyxl.load_workbook(exported(folder))
    kinds = {one.data_type for sheet in book.worksheets for row in sheet.iter_rows() for one in row if one.value is not None}
    assert kinds == {"s"}
    assert cell(book["机构库"], "inst-04", "机构名称").value == "=1+1"


def test_a_sheet_has_a_frozen_heading_with_notes_lists_and_texts(content):
    book = openpyxl.load_workbook(exported(content()))
    sheet = book["机构库"]
    assert sheet.freeze_panes == "C2"
    assert "必填" in cell_of_heading(sheet, "机构名称").comment.text
    assert cell_of_heading(sheet, "所在区域").comment.text.startswith("写法：")
    assert {rule.formula1.split("!")[0] for rule in sheet.data_validations.dataValidation} == {"'词表'"}
    assert {one.number_format for one in sheet["A"]} == {"@"}
    assert [sheet.title for sheet in book.worksheets] == ["填写说明", "机构库", "机构库·能力表", "专家库", "标准", "动态", "词表"]


def cell_of_heading(sheet, heading: str):
    return next(one for one in sheet[1] if one.value == heading)


def test_a_list_offers_the_words_of_its_vocabulary(content):
    book = openpyxl.load_workbook(exported(content()))
    rule = next(rule for rule in book["机构库"].data_validations.dataValidation if str(rule.sqref).startswith(cell_of_heading(book["机构库"], "所在区域").column_letter))
    words = [one.value for row in book["词表"][rule.formula1.split("!")[1].replace("$", "")] for one in row]
    assert words == ["全市", "北区", "南区"]


def test_private_fields_are_in_the_workbook_and_marked(content):
    sheet = openpyxl.load_workbook(exported(content()))["机构库"]
    assert cell(sheet, "inst-01", "内部备注").value == "密语甲"
    assert "不公开" in cell_of_heading(sheet, "内部备注").comment.text


# ── nothing changed ───────────────────────────────────────────────────────────


def test_what_was_exported_changes_nothing(content):
    folder = content()
    assert told(folder, exported(folder)) == ""


def test_the_whole_real_content_exported_changes_nothing(real, real_workbook):
    proposal = proposed(real, real_workbook)
    assert (proposal.texts, proposal.found.removals, [problem for problem in proposal.problems if problem.severity == "error"]) == ({}, [], [])
    assert proposal.found.sheets > 20


@pytest.mark.parametrize("form", ["ods", "xls"])
def test_other_formats_say_the_same(real, real_workbook, form, tmp_path):
    path = {"ods": workbooks.as_ods, "xls": workbooks.as_xls}[form](real_workbook, tmp_path / f"all.{form}")
    assert told(real, path) == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_says_the_same_in_any_encoding(content, encoding, sign, tmp_path):
    folder = content()
    path = workbooks.as_csv(exported(folder), "机构库", tmp_path / "institutions.csv", encoding, sign)
    assert told(folder, path) == ""


def test_a_csv_of_the_real_library_in_gbk_says_the_same(real, real_workbook, tmp_path):
    assert told(real, workbooks.as_csv(real_workbook, "设备库", tmp_path / "设备库.csv", "gb18030")) == ""


# ── ten cells ─────────────────────────────────────────────────────────────────

TEN = {
    ("机构库", "inst-01", "机构名称"): "小城计量测试所",
    ("机构库", "inst-01", "许可有效期至"): datetime(2028, 11, 22),
    ("机构库", "inst-02", "所在区域"): "北区",
    ("机构库", "inst-02", "异常状态"): "暂停",
    ("机构库", "inst-02", "别名"): "食检站；南站",
    ("机构库·能力表", "inst-01", "量程", 0): "0~220 g",
    ("机构库·能力表", "inst-01", "有效期至", 1): None,
    ("专家库", "exp-001", "专业领域"): "特种钢、食品",
    ("专家库", "exp-002", "所属机构"): "南区食品检验站",
    ("动态", "window", "正文"): "窗口设在计量所，周六开放。",
}


def test_ten_cells_are_previewed_old_and_new_each_with_its_cell(content):
    folder = content()
    before = texts(folder)
    path = edited(exported(folder), TEN)
    body = cell_of_heading(openpyxl.load_workbook(path)["动态"], "正文").column_letter
    assert told(folder, path) == (
        "机构库：新增 0 条，改动 2 条（7 处），表里没有 0 条\n"
        "  改动 inst-01 小城计量所\n"
        "    机构库!B2 机构名称：小城计量所 → 小城计量测试所\n"
        "    机构库!D2 许可有效期至：2027-11-22 → 2028-11-22\n"
        "    机构库·能力表!D2 能力表第 1 行 量程：0~200 g → 0~220 g\n"
        "    机构库·能力表!E3 能力表第 2 行 有效期至：2026-11-21 → （空）\n"
        "  改动 inst-02 南区食品检验站\n"
        "    机构库!C3 所在区域：南区 → 北区\n"
        "    机构库!E3 异常状态：（空） → 暂停\n"
        "    机构库!G3 别名：（空） → 食检站；南站\n"
        "专家库：新增 0 条，改动 2 条（2 处），表里没有 0 条\n"
        "  改动 exp-001 安一\n"
        "    专家库!C2 专业领域：金属；食品 → 特种钢、食品\n"
        "  改动 exp-002 白二\n"
        "    专家库!D3 所属机构：inst-01（小城计量所） → 南区食品检验站\n"
        "动态：新增 0 条，改动 1 条（1 处），表里没有 0 条\n"
        "  改动 window 服务窗口开张\n"
        f"    动态!{body}3 正文：窗口设在[计量所](/institutions/inst-01/)。⏎ → 窗口设在计量所，周六开放。"
    )
    assert texts(folder) == before


def test_ten_cells_applied_change_ten_places_in_the_files(content):
    folder = content()
    before = texts(folder)
    imported(folder, edited(exported(folder), TEN))
    after = texts(folder)
    assert {path for path in before if before[path] != after[path]} == {"institutions/inst-01.md", "institutions/inst-02.yaml", "experts/people.yaml", "news/window.md"}
    assert after["institutions/inst-01.md"] == before["institutions/inst-01.md"].replace("小城计量所", "小城计量测试所", 1).replace("licence: 2027", "licence: 2028").replace("0~200 g", "0~220 g").replace(", until: 2026-11-21", "")
    assert after["institutions/inst-02.yaml"] == "name: 南区食品检验站\narea: 北区\nlicence: 2026-11-21\nstatus: 暂停\naliases: [食检站, 南站]\nredirect_from: [/institutions/old-02/]\n"
    assert after["experts/people.yaml"] == before["experts/people.yaml"].replace("fields: [金属, 食品]", "fields: [特种钢, 食品]").replace("institution: inst-01\n  phone: 0353-5550102", "institution: inst-02\n  phone: 0353-5550102")
    assert after["news/window.md"].endswith("---\n窗口设在计量所，周六开放。\n")
    assert not pipeline.has_errors(sites.problems(folder))


def test_applying_twice_changes_nothing_more(content):
    folder = content()
    path = edited(exported(folder), TEN)
    imported(folder, path)
    assert told(folder, path) == ""


def test_comments_order_quotes_and_line_ends_stay(content):
    raw = "# 说明\r\nname: \"南区站\"   # 旧名\r\n\r\narea: 南区\r\n"
    folder = content({"institutions/inst-02.yaml": b"\xef\xbb\xbf" + raw.encode()})
    imported(folder, edited(exported(folder), {("机构库", "inst-02", "机构名称"): "南区中心"}))
    assert (folder / "institutions/inst-02.yaml").read_bytes() == b"\xef\xbb\xbf" + raw.replace("南区站", "南区中心").encode()


# ── new and gone ──────────────────────────────────────────────────────────────


def test_a_new_row_is_a_new_record_in_the_usual_place(content):
    folder = content()
    new = {("专家库", "exp-004", heading): value for heading, value in {"编号": "exp-004", "姓名": "陈四", "专业领域": "食品", "同意公开": "姓名"}.items()}
    proposal = imported(folder, edited(exported(folder), {key: value for key, value in new.items()}))
    assert [addition.key.id for addition in proposal.found.additions] == ["exp-004"]
    assert (folder / "experts/people.yaml").read_text("utf-8").endswith("- id: exp-004\n  name: 陈四\n  fields: [食品]\n  consents: [姓名]\n")


def test_a_new_record_of_a_library_of_files_gets_a_file(content):
    folder = content()
    book = openpyxl.load_workbook(exported(folder))
    for heading, value in {"编号": "fair", "标题": "质量开放日", "发布时间": "2026-11-21 09:00", "正文": "欢迎参加。"}.items():
        book["动态"].cell(4, [one.value for one in book["动态"][1]].index(heading) + 1).value = value
    book.save(folder.parent / "new.xlsx")
    imported(folder, folder.parent / "new.xlsx")
    assert (folder / "news/fair.md").read_text("utf-8") == "---\nname: 质量开放日\ntime: 2026-11-21 09:00\n---\n欢迎参加。\n"


def test_a_new_record_joins_the_file_that_its_institution_decides(real, real_workbook):
    """equipment/ has a file for each institution: that is learned from the records, not declared."""
    book = openpyxl.load_workbook(real_workbook)
    sheet, row = book["设备库"], book["设备库"].max_row + 1
    headings = [one.value for one in sheet[1]]
    for heading, value in {"编号": "eq-9999", "设备名称": "新天平", "类别": "天平", "所属机构": "inst-03", "共享方式": "对外服务"}.items():
        sheet.cell(row, headings.index(heading) + 1).value = value
    book.save(real.parent / "new.xlsx")
    assert list(proposed(real, real.parent / "new.xlsx").texts) == ["content/equipment/inst-03.yaml"]


def without_row(path: Path, sheet: str, id: str) -> Path:
    book = openpyxl.load_workbook(path)
    book[sheet].delete_rows([one.value for one in book[sheet]["A"]].index(id) + 1)
    book.save(path.with_name("less.xlsx"))
    return path.with_name("less.xlsx")


def test_a_row_that_is_gone_deletes_nothing_unless_asked(content):
    folder = content()
    path = without_row(exported(folder), "专家库", "exp-003")
    before = texts(folder)
    assert told(folder, path) == "专家库：新增 0 条，改动 0 条（0 处），表里没有 1 条\n  表里没有 exp-003 密语丙（没有加 --delete，不删）"
    imported(folder, path)
    assert texts(folder) == before
    imported(folder, path, is_deleting=True)
    assert (folder / "experts/people.yaml").read_text("utf-8") == before["experts/people.yaml"].split("- id: exp-003")[0]


def test_a_record_with_a_file_of_its_own_goes_with_it_when_asked(content):
    folder = content()
    imported(folder, without_row(exported(folder), "动态", "soon"), is_deleting=True)
    assert not (folder / "news/soon.md").exists()


def test_what_others_refer_to_cannot_be_deleted(content):
    folder = content()
    proposal = proposed(folder, without_row(exported(folder), "标准", "gb-t-11170-2008"), is_deleting=True)
    assert {problem.code for problem in proposal.problems} == {"reference-missing", "link-broken"}


def test_a_row_of_a_table_that_is_gone_stays_unless_asked(content):
    folder = content()
    book = openpyxl.load_workbook(exported(folder))
    book["机构库·能力表"].delete_rows(3)
    book.save(folder.parent / "rows.xlsx")
    assert told(folder, folder.parent / "rows.xlsx").endswith("机构库·能力表 能力表第 2 行：食品 ≤ 300 ℃ 2026-11-21 → （空）（没有加 --delete，不删）")
    imported(folder, folder.parent / "rows.xlsx")
    assert "食品, range" in (folder / "institutions/inst-01.md").read_text("utf-8")
    imported(folder, folder.parent / "rows.xlsx", is_deleting=True)
    assert "食品, range" not in (folder / "institutions/inst-01.md").read_text("utf-8")


# ── somebody else changed it meanwhile ────────────────────────────────────────


def test_what_others_changed_since_the_export_stays(content):
    folder = content()
    path = edited(exported(folder), {("机构库", "inst-02", "所在区域"): "北区"})
    file = folder / "institutions/inst-02.yaml"
    file.write_text(file.read_text("utf-8").replace("南区食品检验站", "南区食品检验中心"), "utf-8")
    imported(folder, path)
    assert file.read_text("utf-8").startswith("name: 南区食品检验中心\narea: 北区\n")


def test_what_both_changed_is_told(content):
    folder = content()
    path = edited(exported(folder), {("机构库", "inst-02", "机构名称"): "甲站"})
    file = folder / "institutions/inst-02.yaml"
    file.write_text(file.read_text("utf-8").replace("南区食品检验站", "乙站"), "utf-8")
    assert told(folder, path).splitlines()[-2:] == ["机构库!B3: （提醒）导出以后有人改过“机构名称”，现在是“乙站” [cell-stale]", "    这里的内容会盖掉它；拿不准就重新导出再改"]


# ── an editor's own table ─────────────────────────────────────────────────────


def test_a_table_of_ones_own_with_a_few_columns_changes_only_those(content):
    folder = content()
    (folder.parent / "我的表.csv").write_bytes("编号,机构 名称*,所在区域（不公开）\ninst-02,南区站,北区\n".encode("gb18030"))
    proposal = proposed(folder, folder.parent / "我的表.csv", into="institutions")
    assert [(change.field.name, change.new) for change in proposal.found.changes] == [("name", "南区站"), ("area", "北区")]


def test_a_short_table_of_ones_own_is_not_told_of_every_record_that_it_leaves_out(content):
    folder = content({f"institutions/inst-{number}.yaml": f"name: 站{number}\n" for number in range(10, 30)})
    table = folder.parent / "institutions.csv"
    table.write_bytes("编号,机构名称\ninst-10,新站\n".encode("gb18030"))
    lines = told(folder, table).splitlines()
    assert [line for line in lines if line.startswith("  表里没有")][-1] == "  表里没有的还有 18 条（没有加 --delete，不删）" and len(lines) == 8
    assert sum(line.startswith("  删除 ") for line in told(folder, table, is_deleting=True).splitlines()) == 22


# ── writing ───────────────────────────────────────────────────────────────────


def test_with_an_error_nothing_is_written(content):
    folder = content()
    path = edited(exported(folder), {("机构库", "inst-01", "机构名称"): "新名", ("机构库", "inst-02", "所在区域"): "西区"})
    proposal = proposed(folder, path)
    assert pipeline.has_errors(proposal.problems) and proposal.texts == {}


def test_when_a_file_cannot_be_laid_every_file_is_as_it_was(content, monkeypatch):
    folder = content()
    proposal = proposed(folder, edited(exported(folder), TEN))
    before = texts(folder)
    real, count = apply._laid, []

    def full(place, text):
        count.append(place)
        if len(count) == 3:
            raise OSError(28, "No space left on device", str(place))
        return real(place, text)

    monkeypatch.setattr(apply, "_laid", full)
    with pytest.raises(OSError):
        apply.write(folder.parent, proposal.texts)
    assert texts(folder) == before


# ── any edit ──────────────────────────────────────────────────────────────────

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=20).map(str.strip).filter(bool)
ODD = st.sampled_from(["no", "1.10", "0755", "甲: 乙", "# 注", "- 项", "[x", "{y", "*星", "&和", "!叹", "=1+1", "@x", "甲；乙", "两\n行", "“引”", "'", '"', "_x0041_", "12e05x"])


@settings(deadline=None, max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([("机构库", "inst-01", "内部备注"), ("机构库", "inst-01", "摘要"), ("机构库", "inst-02", "别名"), ("标准", "gb-t-4336-2002", "标准名称"), ("动态", "window", "标题"), ("机构库·能力表", "inst-01", "内部说明", 1)]), WORDS | ODD, min_size=1))
def test_what_an_editor_writes_is_what_the_next_export_says(tmp_path_factory, changes):
    """Export, edit, import, export: the second workbook says in each edited cell what the editor wrote, and in the others what the first said."""
    folder = sites.write(tmp_path_factory.mktemp("any") / "content", sites.SMALL)
    path = edited(exported(folder), changes)
    wanted = {sheet.name: sheet.rows for sheet in sheets.read(path)}
    proposal = proposed(folder, path)
    if [problem for problem in proposal.problems if problem.code in ("cell-scientific", "value-repeated", "personal-data")]:
        return
    imported(folder, path)
    got = {sheet.name: sheet.rows for sheet in sheets.read(exported(folder))}
    wanted.pop("词表")  # it names records by their titles
    for name, rows in wanted.items():
        for one, other in zip(rows, got[name], strict=True):
            for column, (left, right) in enumerate(zip(one[:-1], other[:-1])):
                assert normal(left) == normal(right), (name, rows[0][column])


def normal(text):
    """Several values may be divided by `；` or by lines; white space at the ends means nothing."""
    return [part.strip() for part in str(text or "").replace(";", "；").replace("\n", "；").split("；") if part.strip()]
