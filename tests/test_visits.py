"""Visits that cross several parts of the site, as visitors make them. Those that stay within one part are tested with it:
search (1, 16, 17) in test_search_page, ranges (2) in test_listing_page, validity (3, 4) in test_validity_page, replaced standards (5) in test_outdated,
editors (6, 7, 20) in test_broken, test_canaries and test_serve, services, courses, stations (8, 10, 11, 12) in test_modules_page, large type (9) in
test_accessibility, figures (13) in test_figures, data (14) in test_data, comparison (15) in test_compare_page, META tags (18) in test_meta."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from tests import sites
from tests.browsing import follow, until
from tests.pages import read
from tests.test_data import made

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser, real_address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    yield opened
    context.close()


def test_a_firm_finds_who_tests_chromium_in_steel_and_how_to_book_in_three_clicks(page, browser, real_address):
    """Visit 1: search, hit, form; the last two without script as well."""
    page.goto(real_address)
    page.fill("input[name=q]", "gbt11170 铬")
    page.press("input[name=q]", "Enter")
    until(page, "() => document.querySelector('#search-results a.hit-title') !== null")
    page.click(".hit-group[data-library=capabilities] a.hit-title >> nth=0")
    address = page.url
    for scripted in (True, False):
        context = browser.new_context(java_script_enabled=scripted)
        one = context.new_page()
        one.goto(address)
        text = one.inner_text("main")
        assert "GB/T 11170-2008" in text and "铬" in one.inner_text("h1")
        for said in ("测量范围", "测量不确定度", "有效资质", "样品要求", "出具报告时间", "收费说明", "0353-"):
            assert said in text, said
        assert re.search(r"CMA 资质认定|CNAS 认可", text) and one.locator(".ask a[href^='tel:']").count() >= 1
        one.click("text=网上提出需求")
        assert "about=capabilities/" in one.url and one.locator("form.form-body textarea, form.form-body input").count() > 3
        context.close()


def test_an_old_address_leads_on_and_a_record_that_was_taken_down_says_why(content, real_site):
    """Visit 19."""
    sign = made(content({"_site.yaml": sites.SMALL["_site.yaml"] + "url: https://example.com/nqi/\n"}), "/institutions/old-02/").decode()
    assert 'http-equiv="refresh"' in sign and '<link rel="canonical" href="https://example.com/nqi/institutions/inst-02/">' in sign and 'href="../../institutions/inst-02/"' in sign
    stone = read(real_site / "experts" / "exp-137" / "index.html").text
    assert "本条目已撤下" in stone and "撤下日期" in stone
    assert "示例数据" in stone  # whoever was made up stays made up
    assert "exp-137" not in (real_site / "sitemap.xml").read_text("utf-8") + (real_site / "data" / "experts.json").read_text("utf-8")


def test_an_error_is_reported_with_the_record_and_the_fact(page, real_address):
    page.goto(real_address + "equipment/eq-0001/")
    until(page, "() => document.querySelector('.tools select') !== null")
    page.select_option(".tools select", label="校准有效期至")
    follow(page, ".tools a")
    until(page, "() => document.querySelector('#f-about').value.includes('光电直读光谱仪')")
    assert page.input_value("#f-about").endswith("（equipment/eq-0001）") and page.input_value("#f-field") == "校准有效期至"
    assert "field=" in page.url and unquote(page.url).endswith("field=校准有效期至")


def test_a_record_is_cited_with_its_address_and_day_and_has_a_code_to_scan(page, real_site, real_address):
    page.goto(real_address + "standards/gb-t-11170-2008/")
    page.click(".tools >> text=复制引用")
    until(page, "() => document.querySelector('.tools').textContent.includes('引用已复制')")
    cited = page.evaluate("() => navigator.clipboard.readText()")
    assert re.fullmatch(r"阳泉市质量基础设施“一站式”服务平台\. GB/T 11170-2008 .+\[DB/OL\]\. \(2026-11-22\)\[\d{4}-\d\d-\d\d\]\. https://zl\.example\.com/standards/gb-t-11170-2008/\.", cited)
    assert '<svg class="proof-code"' in (real_site / "standards" / "gb-t-11170-2008" / "index.html").read_text("utf-8")


def test_what_the_field_of_a_report_says_only_ever_becomes_text(page, real_address):
    page.goto(real_address + "services/correction/apply/?about=equipment/eq-0001&field=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E" + "长" * 90)
    until(page, "() => document.querySelector('#f-field').value !== ''")
    assert page.input_value("#f-field").startswith("<img") and len(page.input_value("#f-field")) == 60


# ── what an inspector counts (visit 18) ───────────────────────────────────────


FILED = """\
undertaker: 小城市标准化所
address: 小城路 1 号
postcode: "045000"
email: office@example.com
filings: {icp: 晋ICP备12345678号-1, police: 晋公网安备14030200000001号, site_code: "1403000001", mark: "https://example.org/mark", errors: "https://example.org/find?site_code=1403000001"}
"""


def footer(html: str) -> str:
    return html[html.index('<footer class="footer">') : html.index("</footer>")]


def test_the_foot_names_owner_contact_filings_and_where_to_report_errors_and_leaves_out_what_is_unset(content):
    whole = footer(made(content({"_site.yaml": sites.SMALL["_site.yaml"] + FILED}), "/experts/").decode())
    for said in ("小城市质量中心", "小城市标准化所", "小城路 1 号", "045000", "0353-5550100", "office@example.com", "晋ICP备12345678号-1", "14030200000001", "网站标识码 1403000001", "党政机关标识", "我为政府网站找错", "网站地图", "网站自查", "变更"):
        assert said in whole, said
    assert 'href="https://example.org/find?site_code=1403000001"' in whole
    bare = footer(made(content(), "/experts/").decode())
    for unset in ("承办单位", "邮编", "电子邮箱", "网站标识码", "党政机关标识", "找错", "无障碍声明"):
        assert unset not in bare, unset
    assert not re.search(r"<dt>[^<]*</dt><dd>(<a[^>]*>)?\s*(</a>)?</dd>|None", whole + bare)


def test_every_page_has_head_middle_and_foot_and_says_where_it_stands(real_site):
    for path in real_site.rglob("*.html"):
        html = path.read_text("utf-8")
        if 'http-equiv="refresh"' in html:
            continue
        assert html.count("<header class=\"header\">") == html.count("<main ") == html.count("<footer ") == 1, path
        assert path == real_site / "index.html" or 'class="breadcrumbs"' in html, path
        assert not re.search(r"<dt[^>]*>\s*</dt>|<dd[^>]*>\s*</dd>|<a [^>]*>\s*</a>|<li>\s*</li>|<th[^>]*>\s*</th>", html), path
