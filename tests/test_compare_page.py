"""The shortlist and the comparison on the real site, in a real browser: visit 15, and what a hostile address can do (nothing)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from engine import source
from tests.browsing import until

ROOT = Path(__file__).resolve().parent.parent
UNITS, _ = source.read_yaml((ROOT / "content" / "_vocabularies" / "units.yaml").read_text("utf-8"), "units.yaml")
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


@pytest.fixture(scope="module")
def libraries(real_site) -> dict[str, dict[str, dict]]:
    """The published records of each library by their ids."""
    return {name: {record["id"]: record for record in json.loads((real_site / "data" / f"{name}.json").read_text("utf-8"))["records"]} for name in ("equipment", "capabilities", "institutions")}


def compared(page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    until(page, "Boolean(document.querySelector('.compare-table')) || !document.querySelector('.compare-empty').hidden")


def line(page, label: str) -> list[str]:
    """The cells of a line of the comparison, by its label."""
    return page.eval_on_selector_all(".compare-table tbody tr", "(rows, label) => [...(rows.find((row) => row.cells[0].textContent === label)?.cells ?? [])].slice(1).map((cell) => cell.innerText)", label)


def kept(page) -> dict:
    return page.evaluate("Object.fromEntries(Object.entries(localStorage))")


def machines(libraries) -> list[str]:
    """Three testing machines, one of them past its calibration."""
    found = [record for record in libraries["equipment"].values() if "试验机" in record["name"] and "due" in record]
    late = [record["id"] for record in found if record["due"] < "2026-11-22"]
    good = [record["id"] for record in found if record["due"] >= "2026-11-22"]
    return [late[0], *good[:2]]


def test_three_machines_from_a_list_stand_side_by_side_in_an_address_that_can_be_shared(page, real_address, libraries):
    page.goto(real_address + "equipment/?text=试验机")
    page.wait_for_selector(".listing-chosen .chip")
    for place in range(3):
        page.click(f".rows .shortlist-toggle >> nth={place}")
    assert page.inner_text(".shortlist-count") == "已选 3 条"
    page.reload()
    page.wait_for_selector(".shortlist-go")
    page.click(".shortlist-go")
    page.wait_for_selector(".compare-table")
    ids = page.url.split("#")[1].split(",")
    assert len(ids) == 3
    names = page.eval_on_selector_all(".compare-table thead .rows-title", "links => links.map((link) => link.textContent)")
    assert names == [libraries["equipment"][id.split("/")[1]]["name"] for id in ids]
    assert line(page, "型号") == [libraries["equipment"][id.split("/")[1]].get("model", "—") for id in ids]


def test_what_is_overdue_or_halted_is_flagged(page, real_address, libraries):
    late, good, other = machines(libraries)
    halted = next(id for id, record in libraries["capabilities"].items() if record.get("status", {}).get("id") == "suspended")
    compared(page, f"{real_address}compare/#equipment/{late},equipment/{good},equipment/{other},capabilities/{halted}")
    flags = line(page, "状态")
    assert flags[0].startswith("已到期") and flags[3].startswith("暂停") and all("示范数据" in flag for flag in flags)
    assert page.eval_on_selector_all(".compare-table .badge", "badges => badges.map((badge) => badge.dataset.state)")[0] == "expired"


def test_on_a_later_day_all_that_has_run_out_is_flagged_without_a_new_build(browser, real_address, libraries):
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2040-01-01T09:00:00+08:00")
    compared(page, f"{real_address}compare/#{','.join('equipment/' + id for id in machines(libraries))}")
    assert all(flag.startswith("已到期") for flag in line(page, "状态"))
    context.close()


def test_quantities_in_other_units_are_said_in_the_first_ones_too(page, real_address, libraries):
    """The first two instruments that say the same parameter in units of one kind, as 30 mm and 1 m."""
    kinds = {unit["label"]: unit["kind"] for unit in UNITS.data["terms"].values()}
    said: dict[tuple, dict[str, str]] = {}
    for id, record in libraries["equipment"].items():
        for parameter in record.get("parameters", []):
            if "range" in parameter:
                unit = parameter["range"]["unit"]
                said.setdefault((parameter["name"], kinds[unit]), {}).setdefault(unit, id)
    (name, _), of = next((key, units) for key, units in said.items() if len(units) > 1)
    (unit, one), (other_unit, other) = list(of.items())[:2]
    compared(page, f"{real_address}compare/#equipment/{one},equipment/{other}")
    first, second = line(page, f"{name}：量程")
    assert first.endswith(f" {unit}") and "折合" not in first
    told, again = second.splitlines()
    assert told.endswith(f" {other_unit}") and again.startswith("折合") and again.endswith(f" {unit}")


def test_the_address_wins_over_the_device_and_leaves_it_alone(page, real_address, libraries):
    late, good, other = machines(libraries)
    page.goto(real_address + f"equipment/{late}/")
    page.click(".shortlist-toggle--large")
    before = kept(page)
    assert json.loads(before["shortlist:/quality/"]) == [f"equipment/{late}"]
    compared(page, f"{real_address}compare/#equipment/{good},equipment/{other}")
    assert page.locator(".compare-table thead .rows-title").count() == 2 and kept(page) == before
    compared(page, real_address + "compare/")
    assert page.url.endswith(f"#equipment/{late}")


def test_only_ids_are_kept_not_more_than_twenty_and_each_once(page, real_address):
    page.goto(real_address + "equipment/")
    page.wait_for_selector(".shortlist-toggle")
    for place in range(21):
        page.click(f".rows .shortlist-toggle >> nth={place}")
    stored = kept(page)
    ids = json.loads(stored["shortlist:/quality/"])
    assert list(stored) == ["shortlist:/quality/"] and len(ids) == len(set(ids)) == 20
    assert "最多选 20 条" in page.inner_text(".shortlist-count")
    page.click(".shortlist-clear")
    assert kept(page) == {} and not page.is_visible(".shortlist")


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "equipment/%3Cscript%3Ealert(1)%3C/script%3E",
    "__proto__/constructor",
    "equipment/__proto__",
    "../../etc/passwd",
    "equipment/../../../x",
    "%E0%A4%A",
    "javascript:alert(1)",
    ",".join(f"equipment/eq-{number:06d}" for number in range(5000)),
    "equipment/" + "a" * 100000,
)


@pytest.mark.parametrize("fragment", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_address_shows_nothing_but_that_there_is_nothing(page, real_address, fragment):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    compared(page, f"{real_address}compare/#{fragment}")
    assert page.locator(".compare-table thead .rows-title").count() == 0
    assert page.locator(".compare-table thead th").count() <= 20
    assert all(url.startswith(real_address) and ".." not in unquote(url) for url in asked if not url.startswith("about:"))


def test_an_unknown_id_is_shown_as_taken_down_beside_the_others(page, real_address, libraries):
    _, good, _ = machines(libraries)
    compared(page, f"{real_address}compare/#equipment/eq-9999,experts/exp-137,equipment/{good},equipment/{good}")
    assert [flag.splitlines()[0] for flag in line(page, "状态")[:2]] == ["已下架", "已下架"]
    assert page.locator(".compare-table thead th").count() == 3


def test_the_comparison_comes_as_a_table_that_excel_opens_and_no_cell_is_a_formula(page, real_address, libraries):
    ids = machines(libraries)
    compared(page, f"{real_address}compare/#{','.join('equipment/' + id for id in ids)}")
    with page.expect_download() as waiting:
        page.click("[name=csv]")
    raw = waiting.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(raw.decode("utf-8-sig")))}
    assert rows["项目"] == [libraries["equipment"][id]["name"] for id in ids]
    assert rows["本页地址"][0] == page.url and rows["数据截至"] == ["2026-11-22"]
    assert all(len(digest) == 64 for digest in rows["内容摘要"])
    assert not [cell for row in rows.values() for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_on_paper_are_the_address_the_date_the_digests_and_the_official_look_ups_but_no_buttons(page, real_address, libraries):
    able = next(id for id, record in libraries["capabilities"].items() if record.get("certificates"))
    compared(page, f"{real_address}compare/#capabilities/{able},institutions/inst-01")
    page.emulate_media(media="print")
    told = page.inner_text(".compare")
    assert page.url in told and "2026-11-22" in told and "CMA" in line(page, "官方查询")[1]
    assert not page.is_visible(".compare-tools") and not page.is_visible(".compare-remove")
    digests = line(page, "内容摘要")
    assert page.inner_text(".compare-digest >> nth=1") == digests[1]
    page.goto(real_address + "institutions/inst-01/")
    assert page.text_content(".proof-digest") == digests[1]


def test_one_can_ask_for_the_differences_only_and_take_a_record_out(page, real_address, libraries):
    similar = [id for id, record in libraries["equipment"].items() if record.get("country") == "中国" and record["sharing"]["id"] == "open"][:2]
    compared(page, f"{real_address}compare/#{','.join('equipment/' + id for id in similar)}")
    lines = page.locator(".compare-table tbody tr:visible").count()
    page.check("[name=differ]")
    assert page.locator(".compare-table tbody tr:visible").count() < lines
    page.click(".compare-remove >> nth=0")
    until(page, "document.querySelectorAll('.compare-table thead th').length === 1")
    assert page.url.count("equipment/") == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_comparison_comes(page, real_address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script("window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) window.moved += one.value; }).observe({ type: 'layout-shift', buffered: true });")
    page.goto(real_address + "compare/#equipment/eq-0001,equipment/eq-0002,equipment/eq-0003")
    page.wait_for_selector(".compare-table")
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.1


def test_without_script_the_page_says_so_and_leads_to_the_libraries(browser, real_address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_address + "compare/")
    assert "需要启用脚本" in page.inner_text("main") and page.is_visible("main a[href$='equipment/']")
    assert not page.is_visible(".compare-tools")
    context.close()
