"""Sites of this program beside each other under one host, searched together in the browser from any of their pages."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from engine import pipeline
from tests import sites
from tests.browsing import follow, served, until
from tests.conftest import ROOT, TODAY

PEOPLE = {
    "jia": ["甲山连翘", "甲山天平", "共同的名字"],
    "yi": ["乙水连翘", "乙水天平", "乙水铬天平", "共同的名字"],
}
SAME = "label: 同义词\nterms:\n  lianqiao: {label: 连翘, aliases: [连翘叶茶]}\n"


def content(folder: Path, name: str, people: list[str], beside: str = "") -> Path:
    """A site with some experts, a label after its name, and other sites to be searched with it."""
    rows = "".join(f"- {{id: exp-{number:03}, name: {person}, fields: [食品], consents: [姓名]}}\n" for number, person in enumerate(people, 1))
    settings = sites.SMALL["_site.yaml"].replace("小城质量服务", f"{name}质量服务") + f"url: https://example.gov.cn/{folder.name}/\n{beside}"
    return sites.write(folder, sites.changed(sites.SMALL, {"_site.yaml": settings, "experts/people.yaml": rows, "_vocabularies/synonyms.yaml": SAME}))


@pytest.fixture(scope="module")
def host(tmp_path_factory) -> Path:
    """Two provinces and a third site that holds what both have."""
    folder = tmp_path_factory.mktemp("provinces")
    for id, name, people, beside in (
        ("jia", "甲省", PEOPLE["jia"], "neighbours:\n  - {label: 乙省, to: ../yi/}\n  - {label: 丁省, to: ../din/}\n"),
        ("yi", "乙省", PEOPLE["yi"], "neighbours:\n  - {label: 甲省, to: ../jia/}\n"),
        ("whole", "两省", [*PEOPLE["jia"], *PEOPLE["yi"]], ""),
    ):
        made = pipeline.build(pipeline.Order(content(folder / "content" / id, name, people, beside), ROOT / "templates", folder / "host" / id, TODAY))
        assert not pipeline.has_errors(made.problems), made.problems
    return folder / "host"


@pytest.fixture
def opened(host, tmp_path, browser):
    """A copy of the host, which a test may spoil, its address, and a page that tells what it asked for."""
    shutil.copytree(host, tmp_path / "host")
    server = served(tmp_path / "host")
    page = browser.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.host, page.folder = f"http://127.0.0.1:{server.server_address[1]}/", tmp_path / "host"
    yield page
    page.close()
    server.shutdown()


def found(page) -> list[str]:
    """The addresses of the hits below the host's root, when the search is over."""
    until(page, "document.querySelector('#search-count').textContent && document.querySelector('#search-results').getAttribute('aria-busy') === 'false'")
    hits = page.eval_on_selector_all("a.hit-title", "links => links.map((link) => link.href)")
    return [hit.removeprefix(page.host) for hit in hits]


def tick(page, label: str) -> None:
    """Ticks or unticks a site, and waits for the answer."""
    page.evaluate("document.querySelector('#search-count').textContent = ''")
    page.click(f"#search-beside label >> text={label}")


def unasked(page) -> str:
    return page.inner_text("#search-beside [role=status]")


def test_nothing_of_another_site_is_loaded_before_it_is_ticked(opened):
    opened.goto(opened.host + "jia/search/?q=连翘")
    assert found(opened) == ["jia/experts/exp-001/"]
    assert not [address for address in opened.asked if "/jia/" not in address]
    tick(opened, "乙省")
    assert found(opened) == ["jia/experts/exp-001/", "yi/experts/exp-001/"]
    theirs = [address for address in opened.asked if "/yi/" in address]
    assert theirs and not [address for address in theirs if re.search(r"\.js$|wasm|\.css$", address)]  # read by the program that is there
    assert not [address for address in opened.asked if not address.startswith(opened.host)]


def test_hits_say_whose_they_are_lead_to_their_own_site_and_can_be_narrowed_to_it(opened):
    opened.goto(opened.host + "jia/search/?q=天平&with=../yi/")
    assert found(opened) == ["jia/experts/exp-002/", "yi/experts/exp-003/", "yi/experts/exp-002/"]
    kinds = opened.eval_on_selector_all(".hit", "hits => hits.map((hit) => [...hit.querySelectorAll('.hit-kind')].map((kind) => kind.textContent).join())")
    assert kinds == ["专家", "专家,乙省", "专家,乙省"]
    opened.click("[aria-label=按网站筛选] >> text=乙省 2")
    until(opened, "document.querySelectorAll('.hit').length === 2")
    assert "site=" in opened.url and "with=" in opened.url
    tick(opened, "乙省")
    assert found(opened) == ["jia/experts/exp-002/"]
    opened.go_back()
    until(opened, "document.querySelectorAll('.hit').length === 2")
    follow(opened, ".hit-title >> nth=0")
    assert opened.title().endswith("乙省质量服务")


def test_what_is_ticked_is_kept_in_the_address(opened):
    opened.goto(opened.host + "jia/search/?q=天平")
    assert len(found(opened)) == 1
    tick(opened, "乙省")
    assert len(found(opened)) == 3
    opened.go_back()
    until(opened, "document.querySelectorAll('.hit').length === 1")
    assert not opened.is_checked("#search-beside label >> text=乙省")
    opened.go_forward()
    until(opened, "document.querySelectorAll('.hit').length === 3")
    opened.reload()
    assert len(found(opened)) == 3 and opened.is_checked("#search-beside label >> text=乙省")


@pytest.mark.parametrize("typed", ["天平", "连翘", "lianqiao", "lqc", "连翘叶茶", "共同的名字", "乙水", "铬天平", "乙水 天平", "水连", "没有这样的东西", "小城计量所", "GB/T 11170", "Cr", "食"])
def test_sites_together_answer_as_one_site_with_the_records_of_all(opened, typed):
    """By their names, since the small sites have the same institutions and standards."""
    names = {}
    for asked in ("whole/search/?q=", "jia/search/?with=../yi/&q="):
        opened.goto(opened.host + asked + typed)
        found(opened)
        hits = opened.eval_on_selector_all("a.hit-title", "links => links.map((link) => link.textContent)")
        names[asked] = (sorted(set(hits)), opened.inner_text("#search-count").partition("。")[2])
    assert len(set(map(str, names.values()))) == 1, names


def spoiled(part: str, page) -> None:
    """Takes away a part of the neighbour's index, or makes it one of another version."""
    folder = page.folder / "yi/pagefind"
    if part == "version":
        register = json.loads((folder / "names.json").read_text("utf-8"))
        (folder / "names.json").write_text(json.dumps({**register, "made": "1.4.0 1"}), "utf-8")
    else:
        spoilt = list(folder.glob(part))
        assert spoilt
        for path in spoilt:
            path.unlink()


@pytest.mark.parametrize("part", ["version", "names.json", "0/*.pf_meta", "0/index/*", "0/fragment/*", "names/*"])
def test_a_site_that_cannot_be_asked_is_told_and_the_others_answer(opened, part):
    spoiled(part, opened)
    opened.goto(opened.host + "jia/search/?q=天平&with=../yi/")
    assert found(opened) == ["jia/experts/exp-002/"]
    assert "没能查找乙省" in unasked(opened)
    tick(opened, "乙省")
    assert found(opened) == ["jia/experts/exp-002/"] and unasked(opened) == ""


def test_a_site_that_answers_again_is_asked_again(opened):
    opened.goto(opened.host + "jia/search/?q=天平")
    found(opened)
    opened.route("**/yi/pagefind/**", lambda route: route.abort())
    tick(opened, "乙省")
    assert found(opened) == ["jia/experts/exp-002/"] and "没能查找乙省" in unasked(opened)
    opened.unroute("**/yi/pagefind/**")
    tick(opened, "乙省")
    found(opened)
    tick(opened, "乙省")
    assert len(found(opened)) == 3 and unasked(opened) == ""


def test_only_records_of_the_page_s_own_site_are_put_on_its_shortlist(opened):
    """Whatever the names of the sites: this one's is as long as the page's own."""
    shutil.move(opened.folder / "yi", opened.folder / "din")
    opened.goto(opened.host + "jia/search/?q=天平&with=../din/")
    assert len(found(opened)) == 3
    until(opened, "document.querySelector('.shortlist-toggle')")
    assert opened.eval_on_selector_all(".shortlist-toggle", "all => all.map((one) => one.dataset.title)") == ["甲山天平"]


def test_two_of_which_one_is_not_there(opened):
    opened.goto(opened.host + "jia/search/?q=天平&with=../yi/&with=../din/")
    assert len(found(opened)) == 3 and "没能查找丁省" in unasked(opened)


def test_a_site_that_fails_after_the_first_hits_is_told_too(opened):
    opened.goto(opened.host + "jia/search/?q=天平&with=../yi/")
    assert len(found(opened)) == 3
    shutil.rmtree(opened.folder / "yi/pagefind")
    opened.evaluate("document.querySelector('#search-count').textContent = ''")
    opened.fill("input[name=q]", "共同的")
    assert found(opened) == ["jia/experts/exp-003/"] and "没能查找乙省" in unasked(opened)


def test_the_own_index_missing_in_part_is_no_empty_answer(opened):
    for path in (opened.folder / "jia/pagefind/0/index").iterdir():
        path.unlink()
    opened.goto(opened.host + "jia/search/?q=天平&with=../yi/")
    assert found(opened) == [] and "搜索没有加载成功" in opened.inner_text("#search-count")


def test_an_address_cannot_name_sites_that_the_settings_do_not(opened):
    opened.goto(opened.host + "jia/search/?q=天平&with=../whole/&with=https://example.com/")
    assert found(opened) == ["jia/experts/exp-002/"]
    assert not [address for address in opened.asked if "/jia/" not in address]


def test_without_script_the_page_leads_to_the_other_sites(host, browser):
    server = served(host)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/jia/search/")
    assert not page.is_visible("#search-beside")
    follow(page, "main a >> text=乙省")
    assert page.title().startswith("乙省质量服务")
    context.close()
    server.shutdown()


def test_the_checks_of_links_know_them_for_other_sites(host):
    assert "/yi/" not in (host / "jia/checks/index.html").read_text("utf-8")


def test_a_site_without_others_says_nothing_of_this(host):
    assert "search-beside" not in (host / "whole/search/index.html").read_text("utf-8")
