"""Checks of substance: what is well written and all the same not right; and exceptions from them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from engine import images, overview, pipeline
from engine.inspection import inspect
from engine.link import is_public
from engine.prose import by_library
from engine.substance import condensed, heading_id, last_day, review_due
from tests import sites
from tests.sites import SMALL, TODAY
from tests.specimens import chunk, exif, pdf, photograph, picture, webp

ROOT = Path(__file__).resolve().parent.parent
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (799 | 599 << 14).to_bytes(4, "little")  # RFC 9649, 3.4
LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0" + b"\0\0\0\x9d\x01\x2a" + (800).to_bytes(2, "little") + (600).to_bytes(2, "little")  # RFC 6386, 9.1
CERTIFICATES = {
    "_vocabularies/kinds.yaml": "label: 资质\nterms:\n  cma: CMA 资质认定\n  cnas: CNAS 认可\n  other: 其他\n",
    "certificates/_collection.yaml": """\
label: 证书
item: 证书
fields:
  name:    {label: 名称, type: text, required: true}
  kind:    {label: 类型, type: term, vocabulary: kinds}
  cma:     {label: CMA 编号, type: cma}
  cnas:    {label: CNAS 编号, type: cnas}
  issued:  {label: 发证日期, type: date}
  expires: {label: 有效期至, type: date, expires: true}
  method:  {label: 依据标准, type: standard, to: standards}
  image:   {label: 图, type: image}
  image_alt: {label: 图的说明, type: text}
""",
}


def found(content, files: dict) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in sites.problems(content(files))]


def certificate(lines: str) -> dict:
    return {**CERTIFICATES, "certificates/one.yaml": f"name: 甲\n{lines}"}


# ── certificates ──────────────────────────────────────────────────────────────


def test_a_cma_certificate_as_the_rules_have_it_is_no_problem(content):
    assert found(content, certificate("kind: cma\ncma: '240004113456'\nissued: 2024-03-01\nexpires: 2030-02-28\n")) == []


def test_the_number_of_a_cma_certificate_begins_with_its_year(content):
    assert found(content, certificate("cma: '230004113456'\nissued: 2024-03-01\nexpires: 2030-02-28\n")) == [("cma-year", "“CMA 编号”230004113456 的前两位是年份 23，而发证日期是 2024-03-01")]


def test_a_cma_certificate_is_valid_for_six_years_less_a_day(content):
    assert found(content, certificate("cma: '240004113456'\nissued: 2024-03-01\nexpires: 2030-03-01\n")) == [("cma-period", "资质认定证书有效期六年：2024-03-01 发证，“有效期至”应为 2030-02-28，这里是 2030-03-01")]


@pytest.mark.parametrize("issued, last", [(date(2024, 3, 1), date(2030, 2, 28)), (date(2022, 1, 1), date(2027, 12, 31)), (date(2024, 2, 29), date(2030, 2, 28)), (date(2022, 3, 1), date(2028, 2, 29))])
def test_a_validity_of_six_years_ends_the_day_before_the_anniversary(issued, last):
    assert last_day(issued, 6) == last


@pytest.mark.parametrize("kind, told", [("cma", "“类型”是“CMA 资质认定”，没有写“CMA 编号”"), ("cnas", "“类型”是“CNAS 认可”，没有写“CNAS 编号”"), ("other", None)])
def test_a_kind_that_bears_the_name_of_a_number_needs_it(content, kind, told):
    assert found(content, certificate(f"kind: {kind}\n")) == ([("number-unsaid", told)] if told else [])


# ── contacts and places ───────────────────────────────────────────────────────


STATED = """\
label: 物品
item: 物品
fields:
  name: {label: 名称, type: text, required: true}
  code: {label: 代码, type: credit-code, unique: true}
  made: {label: 制造日期, type: date, past: true}
  seen: {label: 查看时间, type: datetime, past: true}
  since: {label: 起用年份, type: year, past: true}
  year: {label: 年份, type: year}
"""


@pytest.mark.parametrize(
    "lines, told",
    [
        ("made: 2026-11-22\nseen: 2026-11-22 23:59\nsince: 2026\nyear: 2027\n", []),
        ("made: 2026-11-23\n", [("date-future", "“制造日期”2026-11-23 在今天（2026-11-22）之后")]),
        ("seen: 2026-11-23 00:00\n", [("date-future", "“查看时间”2026-11-23 00:00 在今天（2026-11-22）之后")]),
        ("since: 2027\n", [("date-future", "“起用年份”2027 在今天（2026-11-22）之后")]),
    ],
)
def test_what_has_happened_did_so_before_today(content, lines, told):
    assert found(content, {"things/_collection.yaml": STATED, "things/a.yaml": f"name: 甲\n{lines}"}) == told


@pytest.mark.parametrize("required, told", [(", required: true", [("year-differs", "“年份”是 2025，“日期”却在 2026 年")]), ("", [])])
def test_what_is_dated_stands_under_the_year_of_its_date(content, required, told):
    files = {"things/_collection.yaml": STATED + f"  date: {{label: 日期, type: date{required}}}\n", "things/a.yaml": "name: 甲\ndate: 2026-01-01\nyear: 2025\n"}
    assert found(content, files) == told


def test_what_must_be_unique_is_told_at_the_second(content):
    code = "code: 91330106673959654P\n"
    files = {"things/_collection.yaml": STATED, "things/a.yaml": f"name: 甲\n{code}", "things/b.yaml": f"name: 乙\n{code}", "things/c.yaml": "name: 丙\n", "things/d.yaml": "name: 丁\n"}
    assert found(content, files) == [("value-shared", "“代码”91330106673959654P 与“甲”（a）的相同")]
    assert found(content, {**files, "things/a.yaml": f"name: 甲\npublished: false\n{code}"}) == []


@pytest.mark.parametrize(
    "body, told",
    [
        ("见[能力]（/experts/）。", [("prose-slip", "链接的地址用了中文括号，成了文字")]),
        ("![图](https://example.com/a.png)", [("prose-slip", "图片在别的网站，本站不显示它")]),
        ("见[专家](https://quality.example.org/experts/)。", [("prose-slip", "站内链接写了完整的网址，不会检查它")]),
        ("甲<b>重要</b>乙", [("prose-slip", "正文里的 HTML 标签会原样显示成文字")] * 2),
        ("第一行<br/>第二行", [("prose-slip", "正文里的 HTML 标签会原样显示成文字")]),
        ("-甲\n- 乙\n", [("prose-slip", "“-”后面没有空格，不成列表")]),
        ("上文\n\n| 甲 | 乙 |\n| 1 | 2 |\n| 3 | 4 |\n", [("prose-slip", "表格第二行没有横线，不成表格")]),
        ("| 甲 | 乙 |\n| --- | :-: |\n| 1 | 2 |\n\n-5 ℃ 以下，a < b > c，<https://example.com/>\n\n- 甲-乙\n\n`<b>`\n", []),
        ("见[专家](/experts/)（/experts/ 是地址）和[别处](https://example.com/)，`[甲]（/乙/）`。", []),
    ],
)
def test_what_looks_like_a_link_or_a_picture_and_is_none_is_told(content, body, told):
    site = SMALL["_site.yaml"] + "url: https://quality.example.org/\n"
    assert found(content, {"_site.yaml": site, "news/more.md": f"---\nname: 新闻\ntime: 2026-01-01 08:00\n---\n{body}\n"}) == told


def test_an_area_code_of_another_city_is_told(content):
    people = SMALL["experts/people.yaml"].replace("phone: 0353-5550101", "phone: 0351-5550101")
    assert found(content, {"experts/people.yaml": people}) == [("phone-elsewhere", "“办公电话”0351-5550101 的区号不是本市的 0353")]


@pytest.mark.parametrize("address, area, told", [("南区一路 1 号", "北区", True), ("北区南路", "北区", False), ("北区，近南区", "北区", False), ("一路 1 号", "北区", False), ("南区一路", "全市", False)])
def test_an_address_in_another_district_is_told(content, address, area, told):
    schema = SMALL["institutions/_collection.yaml"].replace("  secret:", "  address:  {label: 地址, type: text}\n  secret:")
    files = {"institutions/_collection.yaml": schema, "institutions/inst-02.yaml": f"name: 站\narea: {area}\naddress: {address}\n"}
    assert [code for code, _ in found(content, files)] == (["area-address"] if told else [])


# ── prose ─────────────────────────────────────────────────────────────────────


def story(body: str) -> dict:
    return {"news/more.md": f"---\nname: 新闻\ntime: 2026-11-21 08:00\n---\n{body}\n"}


@pytest.mark.parametrize(
    "body, codes",
    [
        ("## 地点\n\n[见](#s-地点)", []),
        ("## 地点\n\n[见](#s-时间)", ["anchor-broken"]),
        ("## 地点\n\n[见](#地点)", ["anchor-broken"]),
        ("[见](/news/window/#s-没有)", ["anchor-broken"]),
        ("[见](/news/window/#details)", []),
        ("`[见](#s-无)`", []),
        ("![](/files/window.png)", ["image-alt"]),
        ("![大厅](/files/window.png)", []),
        ("```\n![](/x.png)\n```", []),
    ],
)
def test_anchors_and_pictures_in_prose(content, body, codes):
    assert [code for code, _ in found(content, {**story(body), "news/again.md": None})] == codes


@pytest.mark.parametrize("heading", ["地点", "一、怎么预约？", "**粗体** 与 `代码`", "GB/T 1.1-2020 说明", "Two  Words", "[链接](/news/) 和字", "“引号”（括号）"])
def test_a_heading_has_here_the_id_that_the_page_gives_it(heading):
    assert f'id="{heading_id(heading)}"' in by_library(f"## {heading}\n", "/")


@pytest.mark.parametrize(
    "row, told",
    [
        ("{field: 食品, range: 0~200 g, u: 0.5 mg (k=2)}", []),
        ("{field: 食品, range: 0~200 g, u: 0.5 % (k=2)}", []),
        ("{field: 食品, u: 0.5 ℃ (k=2)}", []),
        ("{field: 食品, range: 0~200 g, u: 0.5 ℃ (k=2)}", ["“不确定度”的单位是 ℃，“量程”的单位是 g，不是同一种量"]),
    ],
)
def test_an_uncertainty_is_of_what_is_measured(content, row, told):
    declared = SMALL["institutions/_collection.yaml"].replace("      range:  {", "      u: {label: 不确定度, type: uncertainty}\n      range:  {")
    problems = sites.problems(content({"institutions/_collection.yaml": declared, "institutions/inst-02.yaml": f"name: 站\nscope:\n  - {row}\n"}))
    assert [problem.message for problem in problems] == told and all((problem.path, problem.line) == ("content/institutions/inst-02.yaml", 3) for problem in problems)


def test_a_picture_field_with_a_field_for_its_words_needs_them(content):
    assert found(content, certificate("image: window.png\n")) == [("image-alt", "有“图”，没有“图的说明”")]


# ── grown old ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "raw, told",
    [
        (picture(width=599, height=400), "“配图”window.png 只有 599×400 像素，放在网页上会模糊"),
        (picture(width=600, height=400), None),
        (picture(width=2560, height=2560), None),
        (picture(width=1200, height=2561), "“配图”window.png 有 1200×2561 像素，网页上用不到这么大"),
        (picture(chunk(b"tEXt", b"Comment\0" + bytes(range(48, 58)) * 50_000), width=800, height=600), "“配图”window.png 有 503 KB，手机上打开很慢"),
    ],
)
def test_a_picture_fits_a_page(content, raw, told):
    problems = sites.problems(content({"files/window.png": raw}))
    assert [(problem.path, problem.line, problem.message) for problem in problems] == ([("content/news/window.md", 4, told)] if told else [])


@pytest.mark.parametrize("raw", [picture(width=800, height=600), photograph(size=(800, 600)), photograph(exif({0x10F: "Camera"}), size=(800, 600)), webp(size=(800, 600)), LOSSLESS, LOSSY])
def test_the_size_of_a_picture_is_read_whatever_its_kind(raw):
    assert images.size(raw) == (800, 600)


@pytest.mark.parametrize("raw", [b"", b"\x89PNG", b"\xff\xd8\xff\xda\0\2", b"RIFF\0\0\0\0WEBPVP8X", b"RIFF\0\0\0\0WEBPEXIF\0\0\0\0"])
def test_a_picture_that_does_not_say_its_size_has_none(raw):
    assert images.size(raw) is None


def test_a_citation_of_a_replaced_standard_names_its_follower(content):
    (problem,) = sites.problems(content(certificate("method: GB/T 4336-2002\n")))
    assert (problem.code, problem.severity, problem.message) == ("standard-outdated", "warning", "“依据标准”GB/T 4336-2002 被代替")
    assert problem.hint.startswith("现行的是 GB/T 4336-2016")


def test_what_is_itself_over_may_cite_what_is_over(content):
    assert found(content, certificate("method: GB/T 4336-2002\nexpires: 2026-01-01\n")) == []


@pytest.mark.parametrize("last, cycle, due", [("2026-08-31", "P3M", date(2026, 11, 30)), ("2024-02-29", "P1Y", date(2025, 2, 28)), ("2025-11-30", "P3M", date(2026, 2, 28)), ("2025-01-15", "P2Y", date(2027, 1, 15))])
def test_a_review_is_due_after_whole_months(content, last, cycle, due):
    site, _ = sites.linked(content({"institutions/inst-02.yaml": f"name: 站\nverified_on: {last}\nreview_after: {cycle}\n"}))
    assert review_due(site.records["institutions", "inst-02"]) == due


@pytest.mark.parametrize("day, codes", [(date(2026, 12, 4), []), (date(2026, 12, 5), ["column-stale"])])
def test_news_is_stale_after_two_weeks(content, day, codes):
    folder = content({"news/soon.md": None})
    assert [problem.code for problem in sites.problems(folder, day)] == codes


def test_policies_are_stale_after_six_months(content):
    files = {"news/_collection.yaml": SMALL["news/_collection.yaml"].replace("工作动态", "政策文件"), "news/soon.md": None}
    assert sites.problems(content(files), date(2027, 5, 22)) == []
    assert [problem.code for problem in sites.problems(content(files), date(2027, 5, 23))] == ["column-stale"]


def test_many_reminders_of_one_kind_become_one(content):
    files = {f"institutions/inst-{number}.yaml": f"name: 站{number}\nverified_on: 2025-01-01\nreview_after: 1年\n" for number in range(10, 20)}
    (problem,) = sites.problems(content(files))
    assert problem.message.endswith("这个库里共有 10 处这样的提醒，其余见 build.py report")
    assert condensed([problem] * 3) == [problem] * 3


# ── exceptions ────────────────────────────────────────────────────────────────


def with_exceptions(rows: str, **files) -> dict:
    return {"institutions/_collection.yaml": SMALL["institutions/_collection.yaml"].replace("fields:\n", f"exceptions:\n{rows}fields:\n", 1), **files}


OVERDUE = {"institutions/inst-02.yaml": "name: 站\nverified_on: 2025-01-01\nreview_after: 1年\n"}


def test_an_exception_silences_its_reminder(content):
    rows = "  - {record: inst-02, code: review-overdue, reason: 正在搬迁，搬完再核实}\n"
    assert found(content, {**with_exceptions(rows), **OVERDUE}) == []


def test_an_exception_that_is_no_longer_needed_is_told(content):
    rows = "  - {record: inst-02, code: review-overdue, reason: 正在搬迁}\n"
    (problem,) = sites.problems(content(with_exceptions(rows)))
    assert (problem.path, problem.line, problem.severity, problem.code) == ("content/institutions/_collection.yaml", 6, "warning", "exception-unneeded")


@pytest.mark.parametrize("code, told", [("link-broken", "例外里的“link-broken”是错误，不能作例外"), ("review-overdu", "例外里的“review-overdu”不是问题代码")])
def test_only_reminders_can_be_exceptions(content, code, told):
    assert found(content, with_exceptions(f"  - {{record: inst-02, code: {code}, reason: 无}}\n")) == [("exception-invalid", told)]


def test_a_reminder_about_a_file_may_be_excused_by_a_record_that_names_it(content):
    files = {"files/scan.pdf": pdf(""), "news/_collection.yaml": SMALL["news/_collection.yaml"].replace("type: image}", "type: image}\n  paper: {label: 文件, type: file}"), "news/window.md": SMALL["news/window.md"].replace("image:", "paper: scan.pdf\nimage:")}
    assert [code for code, _ in found(content, files)] == ["file-scanned"]
    rows = "exceptions:\n  - {record: window, code: file-scanned, reason: 已由两人核对，没有个人信息}\n"
    excused = {**files, "news/_collection.yaml": files["news/_collection.yaml"].replace("fields:", f"{rows}fields:", 1)}
    folder = content(excused)
    assert sites.problems(folder) == []
    assert report(folder)["提醒"].rows == ()


def test_an_exception_needs_a_reason(content):
    assert [code for code, _ in found(content, with_exceptions("  - {record: inst-02, code: review-overdue}\n"))] == ["field-missing"]


# ── the editor's report ───────────────────────────────────────────────────────


def report(folder) -> dict[str, overview.Table]:
    loaded, site, problems = pipeline.read_whole(pipeline.Order(folder, folder, folder, TODAY))
    return {table.title: table for table in overview.tables(loaded, site, problems, [*inspect(folder, site)])}


def test_the_report_says_what_is_not_online_and_why(content):
    folder = content({"institutions/inst-04.yaml": "name: 草稿\npublished: 否\n", "institutions/inst-05.yaml": "name: 过期\npublish_until: 2026-11-21\n"})
    assert report(folder)["没有上网的，为什么"].rows == (
        ("机构库", "inst-03", "旧检测站", "2026-01-31 退出：已并入计量所"),
        ("机构库", "inst-04", "草稿", "写了“发布：否”"),
        ("机构库", "inst-05", "过期", "过了下线日期 2026-11-21"),
        ("专家库", "exp-003", "密语丙", "没有“姓名”的同意"),
        ("动态", "soon", "密语丁", "还没到上线日期 2026-12-01"),
    )


@pytest.mark.parametrize(
    "until, title",
    [("2026-11-21", "已经到期，还没有延续"), ("2026-11-22", "30 天内到期"), ("2026-12-22", "30 天内到期"), ("2026-12-23", "31–90 天内到期"), ("2027-02-20", "31–90 天内到期"), ("2027-02-21", None)],
)
def test_the_report_says_what_expires_and_when(content, until, title):
    tables = report(content({"institutions/inst-01.md": None, "institutions/inst-02.yaml": f"name: 站\nlicence: {until}\n"}))
    assert [name for name, table in tables.items() if any(row[1:2] == ("inst-02",) and until in row for row in table.rows)] == ([title] if title else [])


def test_the_report_of_the_real_content_agrees_with_what_is_public():
    loaded, site, problems = pipeline.read_whole(pipeline.Order(ROOT / "content", ROOT / "templates", ROOT / "site", TODAY))
    for record in loaded.records:
        collection = loaded.collections[record.key.collection]
        why = overview.reason(record, collection, TODAY)
        assert (record.key in site.records) == (why == ""), record.key
        assert is_public(record, collection, TODAY) or why
    assert not pipeline.has_errors(problems)
    assert len(problems) <= 20, "few and true"


def test_the_report_is_a_page_by_itself_and_hostile_words_stay_words(content):
    folder = content({"institutions/inst-04.yaml": "name: <script>alert(1)</script>\npublished: 否\n"})
    page = overview.as_html(list(report(folder).values()), "<b>站</b>", TODAY)
    assert "<script" not in page and "&lt;script&gt;" in page and "src=" not in page and set(re.findall(r'href="(.)', page)) == {"#"}


def test_the_summary_names_nobody_who_gave_no_consent(content):
    summary = overview.as_markdown(list(report(content()).values()), "小城", TODAY)
    assert "密语" not in summary and "| 没有上网的，为什么 | 3 |" in summary


def test_a_copy_that_was_not_edited_is_told(content):
    files = {"things/_collection.yaml": STATED, "things/a.yaml": "name: 甲\nmade: 2026-01-01\n", "things/b.yaml": "name: 甲\nmade: 2026-01-01\n", "things/c.yaml": "name: 甲\nmade: 2026-01-02\n"}
    assert found(content, files) == [("record-twice", "与“甲”（a）的内容完全相同")]
    assert found(content, {**files, "things/d.yaml": "name: 甲\nmade: 2026-01-02\n"})[1:] == [("record-twice", "与“甲”（c）的内容完全相同")]
