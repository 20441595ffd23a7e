"""Opened from the disk by double-click the site still browses; only search says that it cannot."""

from __future__ import annotations

import pytest

from tests.browsing import follow, until

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, real_site):
    context = browser.new_context()
    opened = context.new_page()
    opened.goto((real_site / "index.html").as_uri())
    yield opened
    context.close()


def test_one_can_walk_from_home_to_a_library_a_value_and_a_record(page):
    follow(page, "main a[href$='institutions/index.html']")
    assert page.inner_text("h1") == "机构库"
    follow(page, ".facets a >> nth=0")
    assert "/by/" in page.url and page.url.endswith("index.html")
    follow(page, "tbody th a >> nth=0")
    assert page.url.endswith("index.html") and page.inner_text("h1")


def test_search_says_why_it_cannot_and_where_to_look(page):
    page.fill("input[name=q]", "天平")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/search/index.html?q=*")
    assert "从磁盘直接打开时浏览器不允许搜索" in page.inner_text("main")
    follow(page, "main a[href$='sitemap/index.html']")
    assert page.inner_text("h1") == "网站地图"


def test_a_list_is_filtered_by_its_categories_and_says_why_not_at_once(page):
    follow(page, "main a[href$='equipment/index.html'] >> nth=0")
    assert not page.locator(".listing").is_visible() and "点分类就能筛选" in page.inner_text("main")
    follow(page, ".facets a:has-text('光谱仪') >> nth=0")
    assert "光谱仪" in page.inner_text("h1") and page.locator("tbody tr").count() > 10
    count = page.inner_text(".top-count >> nth=0")
    follow(page, ".pager a >> nth=-1")
    assert page.url.endswith("page/2/index.html") and page.inner_text(".top-count >> nth=0") == count


def test_the_way_of_reading_is_remembered_and_a_record_can_be_reported(page):
    page.get_by_label("大字").check()
    follow(page, "main a[href$='experts/index.html'] >> nth=0")
    follow(page, "tbody th a >> nth=0")
    until(page, "document.documentElement.dataset.large === 'on'")
    assert page.get_by_label("大字").is_checked()
    follow(page, ".tools a")
    assert page.url.split("?")[0].endswith("services/correction/apply/index.html") and "about=experts/" in page.url


def test_no_page_of_any_kind_throws_an_error_from_the_disk(browser, real_site):
    context = browser.new_context()
    opened, faults = context.new_page(), []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    for path in ("index.html", "search/index.html", "compare/index.html", "equipment/index.html", "equipment/eq-0001/index.html", "validity/index.html", "services/calibration/apply/index.html"):
        opened.goto((real_site / path).as_uri())
        assert opened.inner_text("h1") and opened.evaluate("() => getComputedStyle(document.querySelector('.header-strip')).backgroundColor") != "rgba(0, 0, 0, 0)"
    context.close()
    assert faults == []
