"""Where the search page leads besides its hits, and that its labels can be told apart."""

from __future__ import annotations

import json

import pytest

from tests.browsing import until
from tests.test_search_page import find, page  # noqa: F401 - page is a fixture

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "typed, library", [("站点", "stations"), ("服务站点", "stations"), ("附近的站点", "stations"), ("最近的站点", "stations"), ("盂县站点", "stations"), ("铬专家", "experts"), ("检测机构", "institutions"), ("站点负责制", "")]
)
def test_who_types_the_name_of_a_library_is_led_to_its_list(page, real_site, typed, library):  # noqa: F811
    """Visit 8."""
    find(page, typed, everything=False)
    lists = page.eval_on_selector_all("#search-near a", "links => links.filter((link) => link.textContent.startsWith('打开“')).map((link) => [link.href.split('/quality/')[1], link.textContent])")
    assert len(lists) == bool(library)
    for address, said in lists:
        number = len(json.loads((real_site / "data" / f"{library}.json").read_text("utf-8"))["records"])
        assert address == f"{library}/" and said.endswith(f"”，共 {number} 条") and (real_site / address / "index.html").is_file()


def test_labels_of_hits_and_of_choices_can_be_told_apart_on_a_phone(browser, real_address):
    opened = browser.new_page(viewport={"width": 360, "height": 740})
    opened.goto(real_address + "search/?q=食品检测")
    until(opened, "() => document.querySelector('.hit-kind') !== null")
    assert opened.eval_on_selector_all(".hit-kind", "all => all.filter((one) => one.getClientRects().length > 1).map((one) => one.textContent)") == []
    names = [one.rsplit(" ", 1)[0] for one in opened.eval_on_selector_all(".search-choice", "all => all.map((one) => one.textContent)")]
    assert {"全部库", "全部区域"} <= set(names) and len(names) == len(set(names))
    assert opened.eval_on_selector("input[name=q]", "field => (field.value = '', getComputedStyle(field).textOverflow)") == "ellipsis"
    opened.close()
