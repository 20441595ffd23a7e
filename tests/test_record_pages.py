"""What the page of a record owes to its visitor: that what it rests on still holds, until when, and whom to ask; and that its words stay apart when they are copied."""

from __future__ import annotations

import json
import re

import pytest

from engine import pipeline
from engine.contexts import told
from engine.model import Key
from engine.outdated import rested_on
from engine.view import view_of
from tests import sites
from tests.browsing import paper
from tests.conftest import ROOT, TODAY
from tests.test_form_page import opened
from tests.test_incremental import Workplace
from tests.test_outdated import STANDARDS


def records(real_site, library: str) -> list[dict]:
    return json.loads((real_site / "data" / f"{library}.json").read_text("utf-8"))["records"]


def text(real_site, url: str) -> str:
    """A page's main part without its tags and the lines of its source."""
    page = (real_site / url / "index.html").read_text("utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page[page.index("<main") : page.index("</main>")]))


# ── what a record rests on ────────────────────────────────────────────────────


@pytest.mark.parametrize("last, now", [("{id: new, name: 新规范, status: 现行}", "new"), ("{id: new, name: 新规范, status: 被代替, next: newest}\n- {id: newest, name: 更新的, status: 现行}", "newest")])
def test_a_record_tells_what_is_in_force_in_place_of_what_it_rests_on(content, last, now):
    changed = STANDARDS["norms/all.yaml"].replace("{id: new, name: 新规范, status: 现行, issued: 2020-05-01}", last)
    site, problems = sites.linked(content({**STANDARDS, "norms/all.yaml": changed}))
    assert not pipeline.has_errors(problems)
    assert [(one.key.id, one.word, one.successors) for one in rested_on(site, Key("tests", "a"))] == [("old", "被代替", (Key("norms", now),))]
    assert not [*rested_on(site, Key("norms", "old"))]


def test_standards_that_replace_each_other_are_no_endless_way(content):
    changed = STANDARDS["norms/all.yaml"].replace("status: 现行, issued: 2020-05-01", "status: 被代替, next: old")
    site, _ = sites.linked(content({**STANDARDS, "norms/all.yaml": changed}))
    assert [one.successors for one in rested_on(site, Key("tests", "a"))] == [()]


def test_every_capability_by_a_replaced_standard_says_so_in_a_banner_that_leads_to_the_successor(real_site):
    """Visit 5."""
    past = {one["id"] for one in records(real_site, "standards") if one["status"]["id"] == "replaced"}
    seen = 0
    for one in records(real_site, "capabilities"):
        page = (real_site / one["url"] / "index.html").read_text("utf-8")
        cites = re.search(r'依据标准</dt><dd[^>]*>\s*(?:<span>)?<a href="../../standards/([^/]+)/"', page)[1]
        assert ("该标准已被代替" in page) is (cites in past), one["id"]
        seen += cites in past
        if cites == "gb-t-11170-1989":
            assert re.search(r'该标准已被代替</strong> 代替它的是 <a href="../../standards/gb-t-11170-2008/">GB/T 11170-2008 [^<]*</a>。这项能力', page)
    assert seen > 5


@pytest.mark.parametrize("edit, told", [("next: newest", "代替它的是 <a href=\"../../norms/newest/\">更新的</a>。"), ("# 没有写", "没有标明由哪项标准代替"), ("status: 现行", None)])
def test_the_banner_follows_what_is_said_of_the_standard_whatever_was_built_before(tmp_path, edit, told):
    place = Workplace(tmp_path)
    moved = {name.replace("tests/", "capabilities/"): text for name, text in STANDARDS.items()}
    sites.write(tmp_path / "content", moved | {"norms/all.yaml": "- id: old\n  name: 旧规范\n  status: 被代替\n  next: new\n- {id: new, name: 新规范, status: 现行}\n- {id: newest, name: 更新的, status: 现行}\n"})
    page = tmp_path / "site" / "capabilities" / "a" / "index.html"
    assert place.build() and '该标准已被代替</strong> 代替它的是 <a href="../../norms/new/">新规范</a>。' in page.read_text("utf-8")
    standards = place.path("norms/all.yaml")
    place.put(standards, standards.read_text("utf-8").replace("next: new" if edit != "status: 现行" else "status: 被代替", edit, 1).encode())
    assert place.is_as_if_clean()
    assert told in page.read_text("utf-8") if told else "该标准已" not in page.read_text("utf-8")


def test_each_certificate_stands_with_its_last_day(real_site):
    certificates = {one["id"]: one for one in records(real_site, "certificates")}
    one = next(one for one in records(real_site, "capabilities") if one["id"] == "cap-0433")
    page = text(real_site, one["url"])
    assert len(one["certificates"]) == 2 and all(certificates[far["id"]]["expires"] in page for far in one["certificates"])


@pytest.mark.parametrize("always, more, expected", [(", required: true", "", ("lasting", "有效")), (", required: true", ", status: 撤销", ("lasting", "撤销")), ("", "", ("record", None)), ("", ", status: 撤销", ("past", "撤销"))])
def test_what_always_has_a_last_day_is_cited_with_it_whatever_its_state(content, always, more, expected):
    """What only may have one (an instrument whose calibration runs out) is cited with a word when it is past."""
    site, _ = sites.linked(content({
        "permits/_collection.yaml": sites.PERMITS["permits/_collection.yaml"].replace("expires: true", f"expires: true{always}"),
        "permits/all.yaml": f"- {{id: p-1, name: 甲证, expires: 2028-01-01{more}}}\n",
        "tests/_collection.yaml": "label: 试验\nitem: 试验\nfields:\n  name: {label: 名称, type: text, required: true}\n  rests: {label: 依据的证, type: reference, to: permits}\n",
        "tests/all.yaml": "- {id: a, name: 甲试验, rests: p-1}\n",
    }))
    cited = told(view_of(site), Key("tests", "a"))["fact"]["rests"].value
    assert (cited.kind, cited.validity.word if cited.kind == "lasting" else getattr(cited, "word", None)) == expected
    assert cited.kind != "lasting" or cited.validity.text == "2028-01-01"


def test_an_instrument_is_cited_without_the_day_of_its_calibration(real_site):
    one = next(one for one in records(real_site, "capabilities") if len(one.get("equipment", [])) > 2)
    days = {instrument["due"] for instrument in records(real_site, "equipment") if instrument["id"] in {far["id"] for far in one["equipment"]} and "due" in instrument}
    assert days and not [day for day in days if day in text(real_site, one["url"])]


@pytest.mark.browser
def test_a_certificate_that_has_run_out_since_says_so_where_a_capability_rests_on_it(browser, real_address):
    for day, words in (("2026-11-22", ["将到期", "有效"]), ("2027-08-01", ["已到期", "有效"])):
        context = browser.new_context()
        page = context.new_page()
        page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
        page.goto(real_address + "capabilities/cap-0433/")
        page.wait_for_load_state("networkidle")
        box = page.locator(".facts-item").filter(has=page.locator("dt", has_text="资质依据"))
        assert box.locator(".badge-word").all_inner_texts() == words
        assert ("（已到期）、CNAS" in page.inner_text(".highlights")) is (day > "2027")
        context.close()


def test_a_certificate_says_its_state_once_leads_to_the_official_look_up_and_hides_no_partial_suspension(real_site):
    """Visit 3. A date beside 暂停 would read as if it were suspended until then."""
    states = set()
    for one in records(real_site, "certificates"):
        page, said = (real_site / one["url"] / "index.html").read_text("utf-8"), text(real_site, one["url"])
        head = page[page.index("<main") : page.index("</header>", page.index("<main"))]
        assert ("到官方系统核对这张证书" in head) is ("verify_url" in one), one["id"]
        assert re.findall(r"编号</dt><dd[^>]*>([^<]*)<", page).count(one["number"]) == 1, one["id"]
        state = (one.get("status") or {}).get("id")
        states.add(state)
        notices = re.findall(r'<strong class="notice-title">([^<]*)</strong> ([^<]*)<', page)
        if state:
            assert (one["status"]["label"] in dict(notices)) and one["status_note"] in dict(notices).values() and len({title for title, _ in notices}) == len(notices)
        if state == "suspended":
            assert "badge-date" not in head and "badge-date" in page and "这张证书目前不能当作有效资质使用" in said
            rests = next(cap["url"] for cap in records(real_site, "capabilities") if one["id"] in [far["id"] for far in cap.get("certificates", [])])
            assert f"{one['number']} 暂停 {one['expires']}" not in text(real_site, rests) and f"{one['number']} 暂停" in text(real_site, rests)
    assert {None, "partly", "suspended"} <= states
    [(partly, rows)] = [(one, (real_site / "certificates" / "by" / "status" / "partly" / "index.html").read_text("utf-8")) for one in records(real_site, "certificates") if (one.get("status") or {}).get("id") == "partly"]
    assert f'<span class="badge-word">有效（部分暂停）</span> <time class="badge-date" datetime="{partly["expires"]}">' in rows


# ── whom to ask ───────────────────────────────────────────────────────────────


def test_a_capability_is_ordered_from_the_head_of_its_page_unless_it_is_halted_and_says_what_it_does_not_say(real_site):
    """Visits 1 and 4."""
    seen = set()
    for one in records(real_site, "capabilities")[::3] + [one for one in records(real_site, "capabilities") if "status" in one]:
        page, said = (real_site / one["url"] / "index.html").read_text("utf-8"), text(real_site, one["url"])
        head = page[page.index("<main") : page.index("</header>", page.index("<main"))]
        halted = "status" in one
        assert f'href="tel:+86-{one["phone"][0].lstrip("0")}"' in head and ("网上提出需求" in head) is not halted, one["id"]
        assert ("网上提出需求" in said) is not halted and ("请平台推荐" in said) is halted and ("目前不受理委托" in said) is halted
        unsaid = [label for name, label in (("samples", "样品要求"), ("lead_time", "出具报告时间"), ("fees", "收费")) if name not in one]
        told = re.search(r"这里没有写明([^。]*)。 送样以前请看机构页（(.*?)）有没有写，没有就打电话问清。", said)
        assert (told and (told[1], told[2])) == (None if halted or not unsaid else ("、".join(unsaid), one["institution"]["name"])), one["id"]
        seen.add((halted, bool(unsaid)))
    assert {(False, True), (False, False)} <= seen and any(halted for halted, _ in seen)


def test_experts_who_take_no_work_say_so_in_lists_and_where_they_could_be_asked(real_site):
    halted = {one["id"]: one["availability"]["label"] for one in records(real_site, "experts") if one["availability"]["id"] != "open"}
    assert len(halted) == 12
    lists = "".join(path.read_text("utf-8") for path in [real_site / "experts" / "index.html", *(real_site / "experts" / "page").glob("*/index.html")])
    rows = dict(re.findall(r'<tr><th scope="row"><a class="rows-title" href="[^"]*?([^/"]+)/">(.*?)</th>', lists))
    assert len(rows) == 134
    for one in records(real_site, "experts"):
        word, page = halted.get(one["id"]), text(real_site, one["url"])
        assert (word in rows[one["id"]]) if word else ("badge" not in rows[one["id"]])
        assert ("网上提出需求" in page) is (word is None) and ("目前不接受委托" in page) is (word is not None) and "有效资质或能力" not in page


def test_whoever_was_taken_down_leads_to_one_of_the_same_field_who_takes_work(real_site):
    experts = {one["id"]: one for one in records(real_site, "experts")}
    stone = (real_site / "experts" / "exp-137" / "index.html").read_text("utf-8")
    successor = experts[re.search(r'href="[^"]*/(exp-\d+)/"', stone[stone.index("<main") :])[1]]
    fields = re.search(r"^fields: \[(.*)\]$", (ROOT / "content" / "experts" / "exp-137.md").read_text("utf-8"), re.M)[1].split(", ")
    assert successor["availability"]["id"] == "open" and set(fields) & {field["label"] for field in successor["fields"]}


def test_every_instrument_of_an_institution_with_a_telephone_has_one(real_site):
    phones = {one["id"]: one.get("phone") for one in records(real_site, "institutions")}
    own = 0
    for one in records(real_site, "equipment"):
        page = (real_site / one["url"] / "index.html").read_text("utf-8")
        box = page[page.index('<section class="ask sheet">') : page.index("</section>", page.index('<section class="ask sheet">'))]
        numbers = [one["phone"]] if "phone" in one else phones[one["institution"]["id"]] or []
        assert re.findall(r'href="tel:[^"]*">([^<]+)<', box) == list(numbers), one["id"]
        own += "phone" in one
    assert 0 < own < 812
    for path in (real_site / "data" / "compare" / "equipment").glob("*.json"):
        for one in json.loads(path.read_text("utf-8")).values():
            assert {"联系电话", "机构电话"} & {fact[0] for fact in one["facts"]}


def test_a_station_whose_officer_has_not_consented_says_that_it_does_not_say(real_site):
    silent = {one["id"] for one in records(real_site, "stations") if "未公开（本人未同意）" in text(real_site, one["url"])}
    assert silent == {one["id"] for one in records(real_site, "stations") if "cqo" not in one} == {"sta-03", "sta-07", "sta-15", "sta-23"}


@pytest.mark.parametrize("required, consent, withheld", [(", required: true", "", ["cqo"]), (", required: true", "consents: [姓名]\n", []), ("", "", [])])
def test_that_somebody_has_not_consented_is_said_only_where_it_is_certain(content, required, consent, withheld):
    """A name that may be left out may be missing for other reasons."""
    site, problems = sites.linked(content({
        "stations/_collection.yaml": f"""\
label: 站点
item: 站点
fields:
  name:     {{label: 名称, type: text, required: true}}
  cqo:      {{label: 首席质量官, type: text, needs: cqo{required}}}
  consents: {{label: 同意, type: choice, many: true, public: false, choices: {{cqo: 姓名}}}}
""",
        "stations/one.yaml": f"name: 北区站\n{'cqo: 密语己' if required else ''}\n{consent}",
    }))
    assert problems == []
    assert told(view_of(site), Key("stations", "one"))["record"].withheld == withheld


def test_what_only_the_official_system_handles_begins_there(real_site):
    for one in records(real_site, "services"):
        page = (real_site / one["url"] / "index.html").read_text("utf-8")
        buttons = re.findall(r'<a class="(form-button[^"]*)" href="([^"]*)"', page[page.index("<h1") :])
        dark = [address for classes, address in buttons if "plain" not in classes]
        assert len(dark) == 1
        assert dark[0].startswith("https:") is (one["mode"]["id"] == "official" and "online" in one), one["id"]
    assert 'href="../../institutions/inst-02/"' in (real_site / "services" / "compulsory-verification" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("url", ["stations/sta-03/", "services/calibration/"])
def test_who_is_told_to_ask_the_platform_finds_a_way_to_do_so(real_site, url):
    page = (real_site / url / "index.html").read_text("utf-8")
    box = page[page.rindex('<section class="ask sheet">') :].split("</section>")[0]
    assert "都可以直接问平台" in box and 'href="../../consultation/#ask"' in box
    assert ('href="../../stations/"' in box) is not url.startswith("stations/")


def test_without_any_way_to_the_platform_only_the_stations_are_named(content):
    config = sites.SMALL["_site.yaml"].replace("phone: 0353-5550100\n", "places: institutions\n")
    folder = content({"_site.yaml": config})
    made = pipeline.build(pipeline.Order(folder, ROOT / "templates", folder.parent / "site", TODAY))
    assert not pipeline.has_errors(made.problems), made.problems
    person, place = ((folder.parent / "site" / path / "index.html").read_text("utf-8") for path in ("experts/exp-001", "institutions/inst-01"))
    assert "可以到就近站点当面问" in person and "直接问平台" not in person
    assert "需要办理或咨询" not in place


def test_overdue_calibration_asks_the_institution_and_no_office_that_has_no_list_of_it(real_site):
    late = next(one for one in records(real_site, "equipment") if one.get("due", "9") < TODAY.isoformat() and "status" not in one)
    page = text(real_site, late["url"])
    assert "校准已到期 校准有效期已过" in page and "请以官方查询为准" not in page
    certificate = next(one for one in records(real_site, "certificates") if one["expires"] < TODAY.isoformat() and "status" not in one)
    assert "有效期已过，请以官方查询为准" in text(real_site, certificate["url"])


@pytest.mark.browser
def test_a_calibration_that_has_run_out_since_is_told_in_the_same_words(browser, real_address, real_site):
    good = next(one for one in records(real_site, "equipment") if one.get("due", "") > "2027" and "status" not in one)
    context = browser.new_context()
    page = context.new_page()
    for day, is_late in ((TODAY.isoformat(), False), ("2040-01-01", True)):
        page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
        page.goto(real_address + good["url"])
        page.wait_for_load_state("networkidle")
        assert page.locator(".notice", has_text="校准已到期").is_visible() is is_late
    context.close()


@pytest.mark.browser
def test_a_line_of_official_look_ups_stands_only_where_there_is_one(browser, real_address, real_site):
    able = next(one["id"] for one in records(real_site, "capabilities") if one.get("certificates"))
    first, second = (one["id"] for one in records(real_site, "equipment")[:2])
    for ids, lines in ((f"equipment/{first},equipment/{second}", 0), (f"equipment/{first},capabilities/{able}", 1)):
        with opened(browser, f"{real_address}compare/#{ids}") as page:
            page.wait_for_selector(".compare-table")
            assert page.locator(".compare-table th", has_text="官方查询").count() == lines
            with page.expect_download() as waiting:
                page.click("[name=csv]")
            assert waiting.value.path().read_text("utf-8-sig").count("官方查询") == lines


def test_no_sheet_of_a_printed_record_is_empty(browser, real_address):
    """A foot without owner and filings is no reason for another sheet, nor for a line below the last."""
    page = browser.new_page()
    page.goto(real_address + "capabilities/cap-0608/")
    assert all(paper(page))
    page.emulate_media(media="print")
    assert page.is_hidden(".footer")
    page.evaluate("document.querySelector('.footer-filings').insertAdjacentHTML('afterbegin', '<li>晋ICP备00000000号</li>')")
    assert page.is_visible(".footer")
    page.close()


# ── how it is said ────────────────────────────────────────────────────────────


def test_several_values_stay_apart_when_they_are_copied(real_site):
    page = text(real_site, "services/compulsory-verification/")
    assert "企业、机关事业单位和社会组织" in page and "网上、窗口、上门" in page
    station = next(one for one in records(real_site, "stations") if len(one["phone"]) > 1)
    assert "、".join(station["phone"]) in text(real_site, station["url"])


def test_a_state_that_a_column_says_is_not_said_beside_the_title_too(content):
    site, _ = sites.linked(content())
    view = view_of(site)
    (panel,) = [one for one in told(view, Key("standards", "gb-t-4336-2016"))["record"].relations]
    (card,) = panel.cards
    assert card.validity in card.values and card.validity.word == "被代替"


def test_standards_say_their_state_once_in_a_row(real_site):
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', (real_site / "standards" / "by" / "status" / "replaced" / "index.html").read_text("utf-8"), re.S)
    assert len(rows) == 41 and all(row.count("被代替") == 1 for row in rows)


@pytest.mark.browser
def test_on_a_phone_the_word_that_a_standard_is_replaced_stands_beside_its_number(browser, real_address):
    with opened(browser, real_address + "institutions/inst-25/", viewport={"width": 360, "height": 800}) as page:
        mark = page.locator(".rows .value-past").first
        number = mark.locator("xpath=preceding-sibling::a")
        assert mark.bounding_box()["x"] >= number.bounding_box()["x"] > 80
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
