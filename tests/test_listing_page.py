"""Lists of the real site that answer at once, in a real browser: facets, names, order, ranges, the address, and what is left without them."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import pytest

from engine import source
from tests.browsing import listed, settled, until

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    """A page of its own; a message of the browser's console is a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


@pytest.fixture(scope="module")
def equipment(real_site) -> list[dict]:
    return json.loads((real_site / "data" / "equipment.json").read_text("utf-8"))["records"]


def opened(page, address: str) -> None:
    page.goto(address)
    listed(page)


def shown(page) -> list[str]:
    """The ids of the rows on the page."""
    return page.eval_on_selector_all(".listing ~ .sheet tbody .rows-title", "links => links.map((link) => link.pathname.split('/').at(-2))")


def said(page) -> int:
    return int(page.inner_text(".listing-count").split("符合条件 ")[1].split(" ")[0])


def counts(page) -> dict[str, int]:
    """Of each choice that is offered, by its slug and value."""
    return dict(
        page.eval_on_selector_all(
            ".facets-list > li:not([hidden]) > .facets-link",
            """links => links.map((link) => {
                const before = new URLSearchParams(location.search).toString().split("&");
                const after = new URLSearchParams(link.search).toString().split("&");
                return [[...before, ...after].filter((part) => part && before.includes(part) !== after.includes(part)).join(), Number(link.querySelector(".facets-count").textContent)];
            })""",
        )
    )


def values_of(record: dict, slug: str) -> set[str]:
    """What the published data says that a facet should say; categories are left out, since they have broader terms."""
    value = record.get(slug)
    if slug == "due" or value is None:
        return set()
    return {one["id"] for one in (value if isinstance(value, list) else [value])}


SLUGS = ("institution", "area", "sharing", "status")


def matching(records: list[dict], chosen: dict[str, set[str]]) -> list[str]:
    return [record["id"] for record in records if all(values_of(record, slug) & wanted for slug, wanted in chosen.items())]


def test_any_choice_of_facets_gives_the_records_and_the_counts_that_the_data_gives(page, real_address, equipment):
    choose = random.Random(20261122)
    offered = {slug: sorted(set().union(*(values_of(record, slug) for record in equipment))) for slug in SLUGS}
    for _ in range(25):
        chosen = {slug: set(choose.sample(offered[slug], min(len(offered[slug]), choose.randint(1, 3)))) for slug in choose.sample(SLUGS, choose.randint(1, 3))}
        query = "&".join(f"{slug}={value}" for slug, wanted in chosen.items() for value in sorted(wanted))
        opened(page, f"{real_address}equipment/?{query}")
        right = matching(equipment, chosen)
        assert said(page) == len(right), query
        assert shown(page) == right[:50], query
        offers = counts(page)
        for slug in SLUGS:
            others = {name: wanted for name, wanted in chosen.items() if name != slug}
            for value in offered[slug]:
                assert offers.get(f"{slug}={value}", 0) == len(matching(equipment, {**others, slug: {value}})), (query, slug, value)


def test_choices_add_up_within_a_facet_and_narrow_between_and_back_takes_each_back(page, real_address, equipment):
    opened(page, real_address + "equipment/")
    page.click(".facets-link[href*='140302']")
    settled(page)
    until(page, "location.search === '?area=140302'")
    one = said(page)
    page.click(".facets-link[href*='140321']")
    until(page, "location.search === '?area=140302&area=140321'")
    settled(page)
    both = said(page)
    page.click(".facets-link[href*='sharing=open']")
    until(page, "location.search.endsWith('sharing=open')")
    settled(page)
    assert one < both and said(page) < both == len(matching(equipment, {"area": {"140302", "140321"}}))
    assert page.locator(".listing-chosen .chip").count() == 3
    page.go_back()
    settled(page)
    until(page, "document.querySelectorAll('.listing-chosen .chip').length === 2")
    assert said(page) == both
    page.go_back()
    page.go_back()
    until(page, "!document.querySelector('.listing-count').textContent")
    assert shown(page) == [record["id"] for record in equipment[:50]]


def test_a_chosen_filter_can_be_taken_away_by_itself_or_with_all_others(page, real_address):
    opened(page, real_address + "equipment/?area=140302&sharing=open")
    page.click(".listing-chosen .chip >> nth=0")
    until(page, "location.search === '?sharing=open'")
    opened(page, real_address + "equipment/?area=140302&sharing=open")
    page.click(".listing-clear")
    until(page, "location.search === '' && !document.querySelector('.listing-count').textContent")


def test_the_list_is_ordered_and_paged_and_the_address_says_so(page, real_address, equipment):
    opened(page, real_address + "equipment/")
    page.select_option(".listing [name=sort]", "-due")
    until(page, "location.search === '?sort=-due'")
    settled(page)
    right = sorted((record for record in equipment if "due" in record), key=lambda record: record["due"], reverse=True)
    assert shown(page) == [record["id"] for record in right[:50]]
    page.click(".pager-link[rel=next]")
    until(page, "location.search === '?sort=-due&page=2'")
    settled(page)
    assert shown(page) == [record["id"] for record in right[50:100]]
    opened(page, real_address + "equipment/?sort=due&page=999")
    assert set(shown(page)) == {record["id"] for record in [record for record in equipment if "due" not in record][-12:]}


def test_names_are_found_by_any_part_whatever_the_width_of_the_letters(page, real_address, equipment):
    opened(page, real_address + "equipment/")
    page.fill(".listing [name=text]", "Ｘ 射线")
    until(page, "location.search.startsWith('?text=')")
    settled(page)
    assert said(page) == sum("X射线" in record["name"].replace(" ", "") for record in equipment)


def test_no_result_keeps_the_filters_and_says_which_to_drop_and_what_that_gives(page, real_address, equipment):
    opened(page, real_address + "equipment/?area=140302&text=天平&status=scrapped")
    assert page.is_visible(".listing-none") and not page.is_visible(".listing ~ .sheet .rows")
    offered = page.eval_on_selector_all(".listing-none .ways a", "links => links.map((link) => [link.textContent, link.search])")
    found = {("area", "text"): 0, ("area", "status"): 0, ("text", "status"): 0}
    for record in equipment:
        passes = {"area": "140302" in values_of(record, "area"), "text": "天平" in record["name"], "status": "scrapped" in values_of(record, "status")}
        for pair in found:
            found[pair] += all(passes[name] for name in pair)
    assert [text for text, _ in offered][-1] == "清除全部筛选"
    assert sorted(int(text.split("有 ")[1].split(" ")[0]) for text, _ in offered[:-1]) == sorted(count for count in found.values() if count)
    text, address = offered[0]
    page.click(".listing-none .ways a >> nth=0")
    until(page, "address => location.search === address", address)
    settled(page)
    assert said(page) == int(text.split("有 ")[1].split(" ")[0])


def test_from_the_page_of_a_value_a_further_choice_leads_to_both(page, real_address, equipment):
    page.goto(real_address + "equipment/by/area/140302/")
    page.wait_for_selector(".facets-link--live")
    page.click(".facets-link[href*='sharing']")
    page.wait_for_url("**/equipment/?area=140302&sharing=*")
    settled(page)
    until(page, "document.querySelector('.listing-count').textContent")
    assert page.locator(".listing-chosen .chip").count() == 2


def test_without_script_the_choices_are_links_to_their_pages(browser, real_address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_address + "equipment/")
    assert not page.is_visible(".listing") and "需要启用脚本" in page.inner_text("noscript")
    page.click(".facets-button") if page.is_visible(".facets-button") else None
    page.click(".facets-link >> nth=0")
    assert "/equipment/by/" in page.url
    context.close()


def test_when_the_data_cannot_be_had_the_page_says_so_and_stays_whole(browser, real_address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route("**/data/filter/**", lambda route: route.abort())
    page.goto(real_address + "equipment/")
    page.wait_for_selector(".facets-link--live")
    page.click(".facets-link >> nth=0")
    until(page, "document.querySelector('.listing-count').textContent.includes('没有加载成功')")
    assert page.locator(".rows tbody tr").count() == 50
    context.close()


# ── ranges ────────────────────────────────────────────────────────────────────

UNITS, _ = source.read_yaml((ROOT / "content" / "_vocabularies" / "units.yaml").read_text("utf-8"), "units.yaml")
BY_LABEL = {unit["label"]: unit for unit in UNITS.data["terms"].values()}


def base(value: str, unit: str) -> Decimal:
    return Decimal(value) * Decimal(BY_LABEL[unit]["factor"]) + Decimal(BY_LABEL[unit].get("offset", 0))


def covers(parameter: dict, value: Decimal, kind: str, limit: Decimal | None) -> bool:
    """The same question asked of the published data, in exact numbers."""
    reach = parameter.get("range")
    if not reach or BY_LABEL[reach["unit"]]["kind"] != kind:
        return False
    if any(end in reach and sign * base(reach[end], reach["unit"]) > sign * value for end, sign in (("low", 1), ("high", -1))):
        return False
    doubt = parameter.get("uncertainty")
    if limit is None or not doubt:
        return limit is None
    size = Decimal(doubt["value"]) * Decimal(BY_LABEL[doubt["unit"]]["factor"]) * 2 / Decimal(doubt["k"])
    return (size * abs(value) if doubt["unit"] in ("%", "‰") else size) <= limit


QUESTIONS = (
    ("150 g", "0.5 mg", "150", "g", "0.5", "mg"),
    ("0.15 kg", "0.5 mg", "0.15", "kg", "0.5", "mg"),
    ("150000 mg", "500 ug", "150000", "mg", "500", "μg"),
    ("1 kg", "", "1", "kg", None, None),
    ("100 kN", "0.5 kN", "100", "kN", "0.5", "kN"),
    ("0.1 MN", "500 N", "0.1", "MN", "500", "N"),
    ("50 mm", "3.5 μm", "50", "mm", "3.5", "μm"),
    ("1000 ℃", "", "1000", "℃", None, None),
)


@pytest.mark.parametrize("value, limit, digits, unit, bound, bound_unit", QUESTIONS)
def test_what_covers_a_value_is_found_in_any_unit_and_exactly(page, real_address, equipment, value, limit, digits, unit, bound, bound_unit):
    wanted, kind = base(digits, unit), BY_LABEL[unit]["kind"]
    size = Decimal(bound) * Decimal(BY_LABEL[bound_unit]["factor"]) if bound else None
    right = [record["id"] for record in equipment if any(covers(parameter, wanted, kind, size) for parameter in record.get("parameters", []))]
    opened(page, f"{real_address}equipment/?{urlencode({'covers': value, 'u': limit})}")
    assert right and said(page) == len(right)
    assert shown(page) == right[:50]


def test_a_balance_that_holds_150_g_but_is_too_coarse_is_left_out_and_one_can_ask_why(page, real_address, equipment):
    coarse = next(record for record in equipment if any(parameter.get("uncertainty", {}).get("text", "").startswith("U = 20 mg") for parameter in record.get("parameters", [])))
    opened(page, real_address + "equipment/?covers=150+g&u=0.5+mg")
    assert coarse["id"] not in shown(page)
    page.click(".listing-why > summary")
    reasons = page.locator(".listing-list > li", has_text="U = 20 mg (k=2) > 0.5 mg")
    assert coarse["name"] in reasons.first.inner_text()
    text = page.inner_text(".listing-reasons")
    assert "未给出不确定度" in text and "量程不合" in text and "没有这一类量的量程" in text
    reasons.first.locator("a[href]").wait_for()
    assert page.request.get(page.evaluate("link => link.href", reasons.first.locator("a").element_handle())).status == 200


def test_the_form_asks_what_the_address_says_and_can_be_shared_with_another_library(page, real_address):
    opened(page, real_address + "equipment/")
    page.click(".listing-ranges > summary")
    page.wait_for_selector(".listing-ranges option[value=kg]", state="attached")
    page.fill("[name=value]", "0.15")
    page.select_option("[name=unit]", "kg")
    page.fill("[name=limit]", "0.5")
    page.select_option("[name=limit-unit]", "mg")
    page.click(".listing-button")
    until(page, "location.search === '?covers=0.15+kg&u=0.5+mg'")
    settled(page)
    assert page.inner_text(".listing-chosen .chip").strip() == "量程含 0.15 kg，U ≤ 0.5 mg"
    assert "称量" in page.inner_text(".listing-hit >> nth=-1")
    page.click(".listing-other")
    page.wait_for_url("**/capabilities/?covers=0.15+kg&u=0.5+mg")
    until(page, "document.querySelector('.listing-count').textContent.startsWith('符合条件')")
    assert page.input_value("[name=value]") == "0.15"


def test_a_relative_uncertainty_is_weighed_at_the_asked_value(page, real_address):
    """0.3 % of 100 kN is 0.3 kN; so U ≤ 0.3 kN and U ≤ 0.3 % ask the same there."""
    found = []
    for limit in ("0.3+kN", "0.3+%25"):
        opened(page, f"{real_address}equipment/?covers=100+kN&u={limit}")
        found.append((said(page), shown(page)))
    assert found[0] == found[1] and found[0][0] > 0


@pytest.mark.parametrize("address", ["covers=abc", "covers=150", "covers=150+zz&u=1+mg", "area=<script>&sort=nothing&page=-3", "covers=" + "9" * 200, "text=" + "（" * 300])
def test_an_address_that_makes_no_sense_is_no_fault(page, real_address, address):
    opened(page, real_address + "equipment/?" + address)
    assert page.inner_text(".listing-count")


# ── validity on the visitor's clock ───────────────────────────────────────────


def test_years_later_the_facet_and_the_rows_of_a_page_made_today_say_expired(browser, real_address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.clock.set_fixed_time("2036-01-01T09:00:00+08:00")
    opened(page, real_address + "certificates/?expires=expired")
    assert said(page) >= 90
    opened(page, real_address + "certificates/?expires=valid")
    assert said(page) == 0
    context.close()


def test_years_later_a_capability_is_under_no_qualification_whose_certificate_has_run_out(browser, real_address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.clock.set_fixed_time("2046-01-01T09:00:00+08:00")
    opened(page, real_address + "capabilities/?qualification=cma")
    assert said(page) == 0
    page.goto(real_address + "capabilities/")
    until(page, "document.querySelectorAll('.rows [data-last]').length > 0 && [...document.querySelectorAll('.rows [data-last]')].every((value) => value.textContent.includes('（已到期）'))")
    context.close()


# ── what stands before the rows ───────────────────────────────────────────────


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("library, question", [("stations", "area=140303"), ("courses", "text=培训"), ("meetings", "sort=start")])
def test_what_a_list_shows_before_its_rows_makes_way_for_the_answer(page, real_address, library, question, width):
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, f"{real_address}{library}/?{question}")
    assert not page.is_visible(".above") and page.locator(".listing ~ .sheet tbody tr").first.bounding_box()["y"] < 900
    page.goto(f"{real_address}{library}/")
    settled(page)
    assert page.is_visible(".above")
    page.fill(".listing [name=text]", "务")
    until(page, "location.search && document.querySelector('.listing-count').textContent")
    assert not page.is_visible(".above") and page.is_visible(".listing ~ .sheet")
    page.go_back()
    until(page, "!document.documentElement.hasAttribute('data-narrowed')")
    assert page.is_visible(".above")


@pytest.mark.parametrize("library", ["courses", "stations"])
@pytest.mark.parametrize("question", ["text=&sort=", "utm_source=wechat", "from=groupmessage&page=1"])
def test_an_address_that_asks_nothing_leaves_the_list_as_it_is(page, real_address, library, question):
    """An empty form, and what others put behind an address that is passed on."""
    page.goto(f"{real_address}{library}/?{question}")
    until(page, "!document.querySelector('.listing').hidden && !document.documentElement.hasAttribute('data-narrowed')")
    page.wait_for_load_state("networkidle")
    assert page.is_visible(".above") and page.is_visible(".listing ~ .sheet tbody tr") and page.inner_text(".listing-count") == ""


def test_a_station_stands_once_on_a_phone_and_is_whole_without_script(browser, real_address):
    context = browser.new_context(viewport={"width": 360, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(real_address + "stations/?area=140303")
    assert page.locator(".places-name:visible").count() == 24 and page.locator(".rows-title:visible").count() == 0
    context.close()


def test_nothing_on_the_page_moves_when_the_answer_to_an_address_comes(page, real_address):
    page.add_init_script("window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) window.moved += one.value; }).observe({ type: 'layout-shift', buffered: true });")
    opened(page, real_address + "stations/?area=140303")
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.1


def test_a_heading_of_choices_is_there_only_with_choices(page, real_address):
    opened(page, real_address + "equipment/?text=万能材料试验机")
    lists = "[head.nextElementSibling, head.nextElementSibling.nextElementSibling?.querySelector('.facets-rest > ul')].filter(Boolean)"
    heads = page.eval_on_selector_all(".facets-title", f"heads => heads.map((head) => [!head.hidden, {lists}.some((list) => [...list.children].some((item) => !item.hidden))])")
    assert all(shown == filled for shown, filled in heads) and not all(shown for shown, _ in heads)


def test_words_that_no_name_has_may_be_asked_of_the_whole_site_and_inner_quotes_turn(page, real_address):
    opened(page, real_address + "capabilities/?text=GB/T 11170")
    assert "去掉“名称里有‘GB/T 11170’”" in page.inner_text(".listing-none .ways")
    assert page.get_attribute(".listing-none .more", "href").endswith("search/?q=GB%2FT%2011170")


def test_a_value_may_be_written_with_its_unit(page, real_address):
    opened(page, real_address + "equipment/")
    page.click(".listing-ranges > summary")
    page.wait_for_selector(".listing-ranges option[value=kg]", state="attached")
    page.fill("[name=value]", "150g")
    page.click(".listing-button")
    until(page, "location.search === '?covers=150g'")
    settled(page)
    assert said(page) > 0
