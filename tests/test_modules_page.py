"""The five modules, walked through in a real browser: with and without script, on a phone and on a desk."""

from __future__ import annotations

import pytest

from tests.browsing import listed, paper, until
from tests.test_form_page import opened

pytestmark = pytest.mark.browser
MODULES = {"网上办理": "services/", "查询": "query/", "咨询": "consultation/", "培训": "courses/", "会议": "meetings/"}
WALKS = [(module, scripted, width) for module in MODULES for scripted in (True, False) for width in (360, 1280)]


@pytest.mark.parametrize("module, scripted, width", WALKS)
def test_every_module_is_one_step_from_a_page_deep_in_the_site(browser, real_address, module, scripted, width):
    with opened(browser, real_address + "equipment/eq-0001/", java_script_enabled=scripted, viewport={"width": width, "height": 800}) as page:
        link = page.locator(".header .menu-first").get_by_role("link", name=module, exact=True)
        assert link.is_visible() and link.bounding_box()["height"] >= 24
        link.click()
        assert page.url == real_address + MODULES[module]
        assert page.locator("h1").inner_text() == module
        assert page.locator("input[name=q]").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_page_of_the_site_links_to_the_five_modules(real_site):
    """In its markup, so without script too. Signposts at former addresses lead on at once."""
    pages = 0
    for path in real_site.rglob("*.html"):
        text = path.read_text("utf-8")
        if "http-equiv=\"refresh\"" in text:
            continue
        depth = "" if path.name == "404.html" else "../" * (len(path.relative_to(real_site).parts) - 1)
        header = text[text.index("menu-first") : text.index("</header>")]
        missing = [module for module in MODULES.values() if f'href="{depth}{module}"' not in header and not (path.name == "404.html" and module in header)]
        assert not missing, (path, missing)
        pages += 1
    assert pages > 3000


@pytest.mark.parametrize("scripted", [True, False])
def test_services_lead_from_the_list_over_the_papers_to_the_form_and_the_official_system(browser, real_address, scripted):
    with opened(browser, real_address + "services/", java_script_enabled=scripted) as page:
        page.click("text=计量器具强制检定申报")
        text = page.inner_text("main")
        for said in ("要带的材料", "原件", "样", "法定时限", "承诺时限", "10 个工作日", "不收费", "检定证书", "常见问题", "12345"):
            assert said in text, said
        assert page.locator("a[href='https://psp.e-cqs.cn/']").count() >= 1
        with page.expect_download() as download:
            page.locator("main a[href$='instrument-ledger.xlsx']").click()
        assert open(download.value.path(), "rb").read(2) == b"PK"
        assert page.locator("main a[href$='blank.docx']").is_visible()
        page.click("text=填写申请表")
        assert page.url.endswith("/services/compulsory-verification/apply/")


def test_the_notice_is_printed_on_two_sheets_with_all_that_counts(browser, real_address):
    with opened(browser, real_address + "services/compulsory-verification/notice/") as page:
        sheets = paper(page)
        text = "".join(sheets)
        assert len(sheets) <= 2
        for said in ("一次性告知单", "计量器具登记台账", "10个工作日", "不收费", "https://psp.e-cqs.cn/", "0353-5552537"):
            assert said in text, said
        assert "查询" not in text.split("一次性告知单")[0]


def test_query_leads_to_the_libraries_and_prefills_the_official_look_ups(browser, real_address):
    with opened(browser, real_address + "query/") as page:
        official = page.locator("[data-prefill]")
        page.fill("input[name=q]", "GB/T 1 1170&x=1")
        until(page, "() => document.querySelector('[data-prefill]').href.includes('1170')")
        official = official.first
        assert official.get_attribute("href") == "https://std.samr.gov.cn/search/std?q=GB%2FT%201%201170%26x%3D1"
        assert page.locator(".query-way").count() == 8
        page.click(".query-way >> text=国家计量检定规程")
        assert "/standards/by/class/" in page.url


def test_query_asks_the_lists_by_quantity_and_by_certificate_number(browser, real_address):
    with opened(browser, real_address + "query/") as page:
        ask = page.locator("[aria-labelledby=by-capabilities] form")
        until(page, "() => !document.querySelector('[aria-labelledby=by-capabilities] form').hidden")
        for name, text in {"of": "天平", "covers": "150 g", "u": "0.5 mg"}.items():
            ask.locator(f"[name={name}]").fill(text)
        with page.expect_navigation():
            ask.get_by_role("button").click()
        listed(page)
        assert 1 <= page.locator(".rows tbody tr").count() < 50 and "天平" in page.locator(".rows tbody tr").first.inner_text()
        page.goto(real_address + "certificates/")
        number = page.locator(".rows-title").first.inner_text()
        page.goto(real_address + "query/")
        page.fill("[aria-labelledby=by-certificates] [name=text]", number.split()[-1])
        with page.expect_navigation():
            page.press("[aria-labelledby=by-certificates] [name=text]", "Enter")
        listed(page)
        assert page.locator(".rows-title").all_inner_texts() == [number]


def test_what_an_official_look_up_does_not_take_along_is_copied(browser, real_address):
    with opened(browser, real_address + "query/", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.fill("input[name=q]", "某某有限公司")
        until(page, "name => decodeURIComponent(document.querySelector('[data-prefill*=\"orgName=\"]').href).endsWith(name)", "certNumber=&orgName=某某有限公司")
        page.evaluate("() => { for (const link of document.querySelectorAll('[data-copy]')) link.removeAttribute('href'); }")  # nobody leaves in a test
        page.click("[data-copy] >> nth=2")
        until(page, "() => document.querySelector('.query-told').textContent.includes('某某有限公司')")
        assert page.evaluate("navigator.clipboard.readText()") == "某某有限公司"


def test_without_script_query_shows_no_field_that_would_not_answer(browser, real_address):
    with opened(browser, real_address + "query/", java_script_enabled=False) as page:
        assert page.locator(".query-ask").first.is_hidden() and page.locator(".query-way a").count() >= 60


@pytest.mark.parametrize("scripted", [True, False])
def test_consultation_answers_first_then_leads_to_experts_and_asks_last(browser, real_address, scripted):
    with opened(browser, real_address + "consultation/", java_script_enabled=scripted) as page:
        assert page.locator(".asked-list a").count() >= 40
        page.click("text=U、Urel 和 k=2 分别是什么意思")
        assert "包含因子" in page.inner_text("main") and "平台计量服务组" in page.inner_text("main")
        page.go_back()
        assert page.locator("#match a[href*='experts/by/fields']").count() >= 10
        assert page.locator("#ask textarea[name=question]").is_visible()
        page.click("#match >> text=耐火材料")
        assert "/experts/by/fields/refractories/" in page.url


@pytest.mark.parametrize("scripted", [True, False])
def test_a_course_can_be_put_into_the_calendar_and_signed_up_for(browser, real_address, scripted):
    with opened(browser, real_address + "courses/", java_script_enabled=scripted) as page:
        page.locator("[data-coming]").get_by_role("link", name="首席质量官任职培训", exact=True).click()
        assert "延期" in page.inner_text("main") and "原定时间" in page.inner_text("main")
        with page.expect_download() as download:
            page.locator("[data-coming] a[href$='2026-12.ics']").click()
        assert b"SEQUENCE:1" in open(download.value.path(), "rb").read()
        page.click("text=网上报名")
        assert page.locator("input[type=radio][name=session]").count() == 1
        assert "首席质量官任职培训" in page.inner_text(".form-about")


def test_a_cancelled_meeting_stays_and_says_so(browser, real_address):
    with opened(browser, real_address + "meetings/2026-12-review/") as page:
        assert "取消" in page.inner_text("main") and page.locator("text=网上报名").count() == 0
    with opened(browser, real_address + "meetings/") as page:
        assert page.locator("[data-coming] .agenda-item--off").count() == 1


def test_what_is_past_is_told_by_the_clock_of_the_visitor(browser, real_address):
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2026-12-10T12:00:00+08:00")
    page.goto(real_address + "courses/")
    until(page, "() => !document.querySelector('[data-coming] [data-ends^=\"2026-12-04\"]')")
    assert page.locator("[data-coming] > li").first.get_attribute("data-ends").startswith("2026-12-10T17")
    assert page.locator("[data-past] > li").first.get_attribute("data-ends").startswith("2026-12-04")
    assert page.locator("[data-months] [data-month='2026-11']").count() == 0 and page.locator(".agenda-past [data-month='2026-11']").count() == 1
    page.goto(real_address + "courses/cqo-basic/signup/")
    until(page, "() => document.querySelector('[data-closes] input').disabled")
    assert "报名已截止" in page.inner_text(".form-body") and page.locator("[data-expires]").is_visible()
    page.clock.set_fixed_time("2030-01-01T12:00:00+08:00")
    page.goto(real_address + "courses/")
    until(page, "() => document.querySelector('[data-coming]').children.length === 0")
    assert page.locator("p[data-none]").is_visible()
    context.close()


def test_a_day_of_a_month_leads_to_its_event_also_into_the_fold_of_the_past(browser, real_address):
    with opened(browser, real_address + "courses/") as page:
        page.locator(".agenda-past > summary").click()
        page.locator(".agenda-past .agenda-month a").first.click()
        target = page.evaluate("document.querySelector(':target').id")
        assert target.startswith("e-") and page.locator(f"#{target}").is_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_the_nearest_station_is_found_by_district_with_address_hours_and_telephone(browser, real_address, scripted):
    with opened(browser, real_address + "stations/", java_script_enabled=scripted, viewport={"width": 360, "height": 740}) as page:
        assert page.locator(".places-list > li").count() == 24
        first = page.locator(".places-list > li").first.inner_text()
        assert "示例路" in first and "工作日" in first
        assert page.locator(".places-list a[href^='tel:']").count() >= 24
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.locator(".schematic a[aria-label^='郊区']").click()
        assert "/stations/by/area/140311/" in page.url


def test_the_poster_is_one_sheet_and_names_the_officer_only_with_consent(browser, real_address):
    for station, named in (("sta-02", True), ("sta-03", False)):
        with opened(browser, real_address + f"stations/{station}/poster/") as page:
            (sheet,) = paper(page)
            assert ("首席质量官" in sheet) is named


def test_the_five_modules_stand_on_the_home_page(browser, real_address):
    with opened(browser, real_address) as page:
        assert page.locator(".modules-label").all_inner_texts() == list(MODULES)
