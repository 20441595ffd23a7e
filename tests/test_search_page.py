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
def records(real_site) -> dict[str, dict]:
    """Every record, as it is published, by its address."""
    return {record["url"]: record for path in sorted((real_site / "data").glob("*.json")) for record in json.loads(path.read_text("utf-8"))["records"]}


@pytest.fixture(scope="module")
def names(records) -> dict[str, str]:
    """The name of every record by its address."""
    return {address: record["name"] for address, record in records.items()}


def plain(text: str) -> str:
    """What search takes for the same: NFKC, lower case, no spaces, no joiners of codes."""
    return re.sub(r"[\s\-/._·~]+", "", unicodedata.normalize("NFKC", text).lower())


ASKED = """async (queries) => {
    const { ask, named, open, together } = await import(document.querySelector('script[src$="site.js"]').src.replace("site.js", "components/search/index.js"));
    const index = together([await open(new URL("../pagefind/", location.href).href)]);
    const answers = [];
    for (const query of queries) {
        const { hits } = await ask(index, query);
        await named(hits.map(({ record }) => record));
        answers.push(hits.map(({ record }) => `${record.library.id}/${record.id}/`));
    }
    return answers;
}"""


def by_library(found: list[str]) -> dict[str, list[str]]:
    return {library: [address for address in found if address.startswith(library + "/")] for library in {address.split("/")[0] for address in found}}


def test_200_random_parts_of_names_find_every_name_that_has_them_and_no_other_before_these(page, records, names):
    choose = random.Random(20261122)
    squashed = {address: [plain(name) for name in (record["name"], *record.get("aliases", ()))] for address, record in records.items()}
    parts = []
    while len(parts) < 200:
        name = choose.choice(list(names.values()))
        length = choose.randint(2, 6)
        start = choose.randrange(max(1, len(name) - length + 1))
        part = name[start : start + length]
        if len(plain(part)) > 1:
            parts.append(part)
    missed, wrong = [], []
    answers = page.evaluate(ASKED, parts)
    for part, found in zip(parts, answers):
        wanted = {address for address, called in squashed.items() if any(plain(part) in other for other in called)}
        missed += [(part, address) for address in wanted - set(found)]
        for library, some in by_library(found).items():  # those by name before those by text
            named = [address in wanted for address in some]
            wrong += [(part, library)] if named != sorted(named, reverse=True) else []
    assert (missed, wrong) == ([], [])
    for part, found in list(zip(parts, answers))[:8]:
        assert by_library(find(page, part)) == by_library(found), part  # the page shows what was found, in that order


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
        ("lian qiao", "连翘"),  # with a space
        ("lqc", "连翘茶"),  # initials
        ("连翘叶茶", "连翘茶"),  # a synonym
        ("直读光谱", "光谱仪"),
        ("7440-47-3", "铬"),  # a CAS number
        ("chromium", "铬"),
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
    [
        ("GB/T 11170-2020", "不限年份“GB/T 11170”"),
        ("不锈钢 潜水艇", "去掉“潜水艇”"),
        ("电子分析天枰", "名称相近：电子分析天平"),
        ("不锈刚", "是不是“不锈钢”"),  # a slip of the same sound
        ("天枰校准", "是不是“天平 校准”"),
        ("連翹茶", "是不是“连翘茶”"),  # traditional characters
        ("不鏽鋼", "是不是“不锈钢”"),
        ("钢材拉伸试验", "只查“拉伸 试验”"),  # what part of it is there
        ("加油机检定", "去掉“检定”"),
        ("出租车计价器", "名称相近：出租汽车计价器的检定"),
    ],
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
    page.click("#main a[data-carry]")
    until(page, "document.querySelector('form textarea')?.value.includes('量子纠缠仪 校准')")
    assert page.url.endswith("#ask")  # the form itself, which stands below the answers to other questions
    page.go_back()


def test_an_empty_answer_says_what_was_looked_through_and_leads_to_every_library(page, real_site):
    assert find(page, "量子纠缠仪") == []
    counts = {library["id"]: library["count"] for library in json.loads((real_site / "pagefind/names.json").read_text("utf-8"))["libraries"]}
    assert f"{len(counts)} 个库的 {sum(counts.values()):,} 条记录" in page.inner_text("#search-where")
    assert {link.split("/")[-2] for link in page.eval_on_selector_all("#search-libraries a", "links => links.map((link) => link.href)")} == set(counts)
    ground = page.evaluate("document.querySelector('.search-tips').getBoundingClientRect().top - document.querySelector('.search-nothing').getBoundingClientRect().bottom")
    assert ground < 60  # no empty ground between the answer and what stands below


@pytest.mark.parametrize(
    "typed, read, found",
    [
        ("食品检测", "食品 检测", "食品"),  # nothing has it in one run
        ("压力表检定", "压力表 检定", "精密压力表的检定"),  # some have it in one run, but few of what is meant
        ("天平校准", "天平 校准", "电子天平的校准"),
        ("不锈钢铬", "不锈钢 铬", "不锈钢中铬含量的测定"),
        ("加油机检定", "加油机 检定", ""),
        ("304不锈钢", "304 不锈钢", "不锈钢"),
        ("天平在哪检定", "天平 检定", "天平"),  # a question
        ("压力表检定需要什么材料", "压力表 检定", "压力表"),
        ("哪里可以检测食品", "食品 检测", "食品"),
    ],
)
def test_what_is_typed_in_one_run_is_read_as_words_apart_and_the_page_says_so(page, names, typed, read, found):
    hits = find(page, typed)
    said = page.inner_text("#search-count")
    assert f"按“{read}”查找" in said
    assert any(found in names.get(address, "") for address in hits)
    assert set(find(page, read)) <= set(hits)


def test_an_excerpt_shows_the_word_that_tells_most(page):
    find(page, "加油机检定")
    assert all("加油机" in excerpt for excerpt in page.eval_on_selector_all(".hit-excerpt", "lines => lines.map((line) => line.textContent)"))


def test_what_is_found_as_it_was_typed_stands_first_and_can_be_had_alone(page, names):
    both = find(page, "压力表检定")
    assert "只查“压力表检定”" in page.inner_text("#search-count")
    alone = find(page, "“压力表检定”")
    assert 0 < len(alone) < len(both) and "查找" not in page.inner_text("#search-count")
    for library in {address.split("/")[0] for address in both}:
        known = [address in alone for address in both if address.startswith(library + "/")]
        assert known == sorted(known, reverse=True)


def test_what_the_filters_leave_out_is_not_said_to_be_nowhere(page):
    find(page, "压力表检定", everything=False)
    for library, words in (("标准", "按“压力表 检定”查找，找到"), ("全部", "找到")):
        page.locator(".search-filter").first.get_by_text(library).first.click()
        until(page, "words => document.querySelector('#search-count').textContent.startsWith(words)", words)
        assert "没有原样写着" not in page.inner_text("#search-count")
    find(page, "食品检测", everything=False)
    assert page.inner_text("#search-count").startswith("没有原样写着“食品检测”的记录。按“食品 检测”查找，找到 ")


@pytest.mark.parametrize("typed", ["精密压力表", "天平", "GB/T 11170-2008"])
def test_what_is_found_as_it_was_typed_is_read_in_no_other_way(page, typed):
    find(page, typed, everything=False)
    assert "查找" not in page.inner_text("#search-count")


def test_a_hit_that_is_not_in_force_says_so(page, records):
    def said(query: str, address: str) -> str:
        find(page, query)
        return page.eval_on_selector_all("li.hit", "(hits, address) => hits.filter((hit) => hit.querySelector('a').href.endsWith(address)).map((hit) => hit.querySelector('.badge')?.textContent ?? '').join()", address)

    assert said("GB/T 11170-1989", "/standards/gb-t-11170-1989/") == "被代替"
    assert said("GB/T 11170-2008", "/standards/gb-t-11170-2008/") == ""
    [halted, *_] = (record for address, record in records.items() if address.startswith("capabilities/") and (record.get("status") or {}).get("id") == "suspended")
    assert said(halted["name"], f"/{halted['url']}") == "暂停"


def test_a_capability_by_a_replaced_standard_says_so_and_stands_behind_those_by_what_is_in_force(page, records):
    found = [address for address in find(page, "gbt11170") if address.startswith("capabilities/")]
    methods = [records[address]["method"] for address in found]
    assert methods == sorted(methods, reverse=True) and set(methods) == {"GB/T 11170-1989", "GB/T 11170-2008"}
    said = page.eval_on_selector_all("[data-library=capabilities] .hit", "hits => hits.map((hit) => hit.querySelector('.badge')?.textContent ?? '')")
    assert said == ["标准被代替" if method.endswith("1989") else "" for method in methods]


def test_of_what_a_text_says_that_stands_first_whose_name_says_a_part_of_it(page, records):
    able = [records[address] for address in find(page, "食品检测") if address.startswith("capabilities/") and "status" not in records[address]]
    in_name = ["食品" in " ".join([one["name"], *one.get("aliases", [])]) for one in able]
    first_past = next(place for place, one in enumerate(able) if "被代替" in page.inner_text(f".hit:has(a[href$='{one['url']}'])"))
    assert in_name[:first_past] == sorted(in_name[:first_past], reverse=True) and in_name[0] and not all(in_name)


def test_what_ran_out_since_the_site_was_made_is_told_by_the_clock_of_the_visitor(browser, real_address, records):
    ends = {address: record["expires"] for address, record in records.items() if address.startswith("certificates/") and "2026-11-22" < (record.get("expires") or "") < "2027-02-01" and not record.get("status")}
    address, until_day = min(ends.items(), key=lambda item: item[1])
    for clock, word in ((until_day, ""), ("2027-03-01", "已到期")):
        context = browser.new_context(timezone_id="Asia/Shanghai")
        opened = context.new_page()
        opened.clock.set_fixed_time(f"{clock}T09:00:00+08:00")
        opened.goto(real_address + "search/?q=" + records[address]["number"])
        until(opened, "address => [...document.querySelectorAll('li.hit a')].some((link) => link.href.endsWith(address))", address)
        assert opened.eval_on_selector_all("li.hit", "(hits, address) => hits.filter((hit) => hit.querySelector('a').href.endsWith(address)).map((hit) => hit.querySelector('.badge')?.textContent ?? '').join()", address) == word
        context.close()


def test_an_alias_stands_where_a_name_would(page, records):
    first = find(page, "强检")[0]
    assert "强检" in records[first]["aliases"] and "强检" not in records[first]["name"]


@pytest.mark.parametrize("typed", ["不锈钢 铬", "不锈钢铬", "Cr"])
def test_the_method_that_most_capabilities_use_comes_first(page, records, typed):
    able = [address for address in find(page, typed) if address.startswith("capabilities/")]
    assert records[able[0]]["method"] == "GB/T 11170-2008"


def test_the_standards_that_most_records_cite_come_first(page, records):
    found = [address for address in find(page, "含量的测定") if address.startswith("standards/") and "含量的测定" in records[address]["name"] and records[address]["status"]["id"] == "current"]
    cited = [sum(record.get("method") == records[address]["number"] for record in records.values()) for address in found]
    assert len(found) > 5 and max(cited[:3]) == max(cited)


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
