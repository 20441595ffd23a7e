"""The search page of the real site, in a real browser."""

from __future__ import annotations

import json
import random
import re
import unicodedata

import pytest

from engine import index
from tests.browsing import until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser, real_address):
    """The search page, opened once; a message of the browser's console is a failure."""
    context = browser.new_context()
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.goto(real_address + "search/")
    yield opened
    context.close()
    assert faults == []


def find(page, query: str, everything: bool = True) -> list[str]:
    """The addresses of the hits below the site's root, in their order; all of them, or those shown first."""
    page.fill("input[name=q]", "")
    page.evaluate("document.title = ''")
    page.fill("input[name=q]", query)
    page.press("input[name=q]", "Enter")
    until(page, "query => document.title.startsWith(query.trim()) && document.querySelector('#search-results').getAttribute('aria-busy') === 'false'", query)
    if everything:
        page.evaluate(
            """async () => {
                const more = document.querySelector("#search-more");
                const list = document.querySelector("#search-results");
                while (!more.hidden) {
                    const shown = list.querySelectorAll("a").length;
                    more.click();
                    while (list.querySelectorAll("a").length === shown) await new Promise((done) => setTimeout(done, 5));
                }
            }"""
        )
    found = page.eval_on_selector_all("#search-results a[href]", "links => links.map((link) => link.href.split('/quality/')[1])")
    if everything:
        assert page.get_attribute("#search-count", "data-count") == str(len(found))
    return found


@pytest.fixture(scope="module")
def names(real_site) -> dict[str, str]:
    """The name of every record by its address."""
    found = {}
    for path in sorted((real_site / "data").glob("*.json")):
        for record in json.loads(path.read_text("utf-8"))["records"]:
            found[record["url"]] = record["name"]
    return found


def plain(text: str) -> str:
    """What search takes for the same: NFKC, lower case, no spaces, no joiners of codes."""
    return re.sub(r"[\s\-/._·~]+", "", unicodedata.normalize("NFKC", text).lower())


def test_200_random_parts_of_names_find_every_name_that_has_them_and_no_other_before_these(page, names):
    choose = random.Random(20261122)
    squashed = {address: plain(name) for address, name in names.items()}
    missed, wrong = [], []
    for _ in range(200):
        name = choose.choice(list(names.values()))
        length = choose.randint(2, 6)
        start = choose.randrange(max(1, len(name) - length + 1))
        part = name[start : start + length]
        sought = plain(part)
        if len(sought) < 2:
            continue
        wanted = {address for address, other in squashed.items() if sought in other}
        found = find(page, part)
        missed += [(part, address) for address in wanted - set(found)]
        for library in {address.split("/")[0] for address in found}:  # hits stand by library, in each those by name before those by text
            named = [address in wanted for address in found if address.startswith(library + "/")]
            wrong += [(part, library)] if named != sorted(named, reverse=True) else []
    assert (missed, wrong) == ([], [])


SPELLINGS = ("GB/T 11170-2008", "gbt11170", "GB∕T 11170—2008", "GB 11170", "gb/t11170-2008", "ＧＢ／Ｔ 11170", "11170-2008", "GB-T 11170")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_spelling_of_a_standard_finds_it_first_and_what_can_be_done_by_it(page, real_site, spelling):
    found = find(page, spelling)
    assert found[0] == "standards/gb-t-11170-2008/"
    able = json.loads((real_site / "data" / "capabilities.json").read_text("utf-8"))["records"]
    assert {record["url"] for record in able if record["method"] == "GB/T 11170-2008"} <= set(found)


@pytest.mark.parametrize("absent", ["量子纠缠仪", "zqxj", "GB/T 99999-2099", "没有这样的东西", "qqq 不锈钢"])
def test_what_is_not_there_is_not_found(page, absent):
    assert find(page, absent) == []


def test_hits_are_marked_and_their_links_work_from_a_sub_folder(page, real_address):
    find(page, "不锈钢 铬", everything=False)
    assert set(page.eval_on_selector_all("#search-results a mark", "marks => marks.map((mark) => mark.textContent)")) <= {"不锈钢", "铬"}
    assert page.request.get(page.get_attribute("#search-results a", "href")).status == 200


def test_the_address_of_a_search_can_be_shared_and_gone_back_to(page, real_address):
    find(page, "天平", everything=False)
    assert page.url.endswith("?q=%E5%A4%A9%E5%B9%B3")
    find(page, "光谱", everything=False)
    page.go_back()
    until(page, "document.title.startsWith('天平')")
    assert page.input_value("input[name=q]") == "天平"


def test_the_browser_and_the_index_cut_words_alike(page):
    """`words` of engine/index.py and the page's words.js must agree, or a phrase is not found."""
    for text in ("不锈钢中铬含量的测定", "𠮷野家天平", "々々〇年", "一"):
        searched = page.evaluate("async (text) => (await import(document.querySelector('script[src$=\"site.js\"]').src.replace('site.js', 'components/search/words.js'))).searches(text)", text)
        said = index.words(text).replace(index.SPACE, "").split(" ")
        assert [search["term"].strip('"') for search in searched] == [" ".join(said[:-1] if len(text) > 1 else said)]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("lianqiao", "连翘"),  # pinyin of a part of names
        ("lqc", "连翘茶"),  # initials
        ("连翘叶茶", "连翘茶"),  # a synonym
        ("直读光谱", "光谱仪"),
        ("7440-47-3", "铬"),  # a CAS number
    ],
)
def test_what_is_meant_is_found_by_other_spellings(page, names, typed, found):
    hits = find(page, typed, everything=False)
    assert any(found in names.get(address, "") for address in hits), hits


def test_an_element_symbol_finds_the_element_before_words_that_contain_its_letters(page, names):
    assert all("铬" in names.get(address, "") for address in find(page, "Cr", everything=False)[:3])


def test_hits_stand_by_library_and_can_be_narrowed_to_one_and_to_a_district(page, real_site):
    find(page, "天平", everything=False)
    shown = page.eval_on_selector_all(".hit-group h2", "heads => heads.map((head) => head.textContent)")
    assert len(shown) > 1
    page.click(".search-choice >> text=设备库")
    assert "kind=equipment" in page.url
    until(page, "[...document.querySelectorAll('.hit-group')].map((group) => group.dataset.library).join() === 'equipment'")
    count = int(page.get_attribute("#search-count", "data-count"))
    page.click(".search-choice >> text=盂县")
    until(page, "before => Number(document.querySelector('#search-count').dataset.count) < before", count)
    assert "area=140322" in page.url
    page.go_back()
    until(page, "before => Number(document.querySelector('#search-count').dataset.count) === before", count)
    page.click(".search-choice >> nth=0")


def test_a_hit_can_be_put_on_the_shortlist(page):
    find(page, "天平", everything=False)
    button = page.locator(".hit .shortlist-toggle").first
    record = button.get_attribute("data-record")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.get_attribute(".shortlist-go", "href").endswith(f"#{record}")
    button.click()
    assert page.is_hidden(".shortlist-go")


def test_arrows_walk_through_the_hits_and_escape_returns(page):
    find(page, "光谱", everything=False)
    page.focus("input[name=q]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.eval_on_selector_all("a.hit-title", "links => links.indexOf(document.activeElement)")
    page.keyboard.press("ArrowUp")
    first = page.eval_on_selector_all("a.hit-title", "links => links.indexOf(document.activeElement)")
    page.keyboard.press("Escape")
    assert (first, second, page.evaluate("document.activeElement.name")) == (0, 1, "q")


@pytest.mark.parametrize(
    "typed, offered",
    [("不锈钢铬", "分开写“不锈钢 铬”"), ("GB/T 11170-2020", "不限年份“GB/T 11170”"), ("不锈钢 潜水艇", "去掉“潜水艇”"), ("电子分析天枰", "名称相近：电子分析天平")],
)
def test_an_empty_answer_says_what_nearly_was_and_where_to_ask(page, typed, offered):
    assert len(find(page, typed)) < 3
    until(page, "offered => document.querySelector('#search-near').textContent.includes(offered)", offered)
    assert page.get_attribute("a[data-prefill*='std.samr']", "href").startswith("https://std.samr.gov.cn/search/std?q=")
    page.click("#search-near a >> nth=0")
    page.wait_for_load_state()
    page.go_back()


def test_what_was_sought_in_vain_is_carried_to_the_question_form(page):
    assert find(page, "量子纠缠仪 校准") == []
    page.click("#main a[data-prefill*='sought']")
    until(page, "document.querySelector('form textarea')?.value.includes('量子纠缠仪 校准')")
    page.go_back()


def test_results_come_as_one_types_but_not_while_characters_are_composed(page):
    find(page, "天平", everything=False)
    page.evaluate(
        """() => {
            const field = document.querySelector("input[name=q]");
            field.value = "guang";
            field.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }"""
    )
    page.wait_for_timeout(300)
    assert "天平" in page.title()
    page.fill("input[name=q]", "光谱")
    until(page, "document.title.startsWith('光谱')")


def test_without_script_the_page_leads_to_the_libraries(browser, real_address):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(real_address + "search/?q=天平")
    assert opened.is_visible("main a[href$='/sitemap/']") and opened.is_visible("main a[href$='/capabilities/']")
    context.close()
