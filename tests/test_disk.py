"""Opened from the disk by double-click the site still browses; only search says that it cannot."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, real_site):
    context = browser.new_context()
    opened = context.new_page()
    opened.goto((real_site / "index.html").as_uri())
    yield opened
    context.close()


def test_one_can_walk_from_home_to_a_library_a_value_and_a_record(page):
    page.click("main a[href$='institutions/index.html']")
    assert page.inner_text("h1") == "机构库"
    page.click(".facets a >> nth=0")
    assert "/by/" in page.url and page.url.endswith("index.html")
    page.click("tbody th a >> nth=0")
    assert page.url.endswith("index.html") and page.inner_text("h1")


def test_search_says_why_it_cannot_and_where_to_look(page):
    page.fill("input[name=q]", "天平")
    page.press("input[name=q]", "Enter")
    page.wait_for_url("**/search/index.html?q=*")
    assert "从磁盘直接打开时浏览器不允许搜索" in page.inner_text("main")
    page.click("main a[href$='sitemap/index.html']")
    assert page.inner_text("h1") == "网站地图"
