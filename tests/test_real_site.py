"""The site of content/ as a whole: its size, its soundness page by page, its data."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"experts": 134, "equipment": 812, "institutions": 43, "projects": 110, "stations": 24}
AT_LEAST = {"capabilities": 600, "standards": 150, "std-projects": 40, "cases": 20}


def records(site: Path, collection: str) -> list[dict]:
    return json.loads((site / "data" / f"{collection}.json").read_text("utf-8"))["records"]


@pytest.mark.parametrize("collection, count", SIZES.items())
def test_the_libraries_have_the_size_that_the_platform_states(real_site, collection, count):
    assert len(records(real_site, collection)) == count


@pytest.mark.parametrize("collection, count", AT_LEAST.items())
def test_the_other_libraries_are_large_enough_to_be_real(real_site, collection, count):
    assert len(records(real_site, collection)) >= count


def test_the_stations_are_21_of_enterprises_2_of_parks_and_1_window(real_site):
    kinds = Counter(record["kind"]["id"] for record in records(real_site, "stations"))
    assert kinds == {"enterprise": 21, "park": 2, "window": 1}


def test_capabilities_are_spread_over_150_standards(real_site):
    assert len({record["method"] for record in records(real_site, "capabilities")}) >= 150


def test_grants_sum_up_to_the_stated_630_thousand_yuan(real_site):
    grants = [record["grant"]["text"] for record in records(real_site, "std-projects") if "grant" in record]
    assert len(grants) == 16
    assert sum(float(grant.removesuffix(" 万元")) for grant in grants) == 63


def test_cases_solved_the_stated_175_problems(real_site):
    assert sum(record.get("solved", 0) for record in records(real_site, "cases")) == 175


def test_every_record_but_standards_pages_and_what_cites_the_report_is_marked_as_a_sample(real_site):
    for path in (real_site / "data").glob("*.json"):
        data = json.loads(path.read_text("utf-8"))
        for record in data["records"]:
            cited = data["collection"] in ("standards", "pages") or (data["collection"] in ("news", "awards") and record.get("source"))
            assert record.get("sample", False) is not cited, record["id"]


def test_every_page_has_one_main_heading_a_title_and_a_language(pages):
    for name, page in pages.items():
        assert [tag for tag, _ in page.headings].count("h1") == 1, name
        assert all(text.strip() for _, text in page.headings), name
        assert page.title.strip() and page.language == "zh-CN", name


def test_ids_are_unique_on_every_page(pages):
    for name, page in pages.items():
        assert not [id for id, count in Counter(page.ids).items() if count > 1], name


def test_every_page_has_one_search_field(pages):
    assert {name: page.search_fields for name, page in pages.items() if page.search_fields != 1} == {}


def test_no_page_has_inline_scripts_or_styles(pages):
    assert {name: page.inline for name, page in pages.items() if page.inline} == {}


def test_pictures_have_words(pages):
    assert {name for name, page in pages.items() if page.pictures_without_words} == set()


def test_every_internal_link_and_anchor_lands(real_site, pages):
    dead = set()
    for name, page in pages.items():
        for link in [*page.links, *page.sources]:
            if urlsplit(link).scheme:
                continue
            target = urlsplit(urljoin("/" + name, link))
            path = unquote(target.path)[1:]
            path = path + "index.html" if path == "" or path.endswith("/") else path
            if not (real_site / path).is_file() or (target.fragment and path in pages and unquote(target.fragment) not in pages[path].ids):
                dead.add((name, link))
    assert dead == set()


def test_links_are_relative_so_that_any_folder_of_any_host_will_do(pages):
    assert {name for name, page in pages.items() for link in page.links if link.startswith("/")} == {"404.html"}  # hosts show it at any depth


def test_pages_need_no_other_host(pages):
    assert {(name, source) for name, page in pages.items() for source in page.sources if urlsplit(source).netloc} == set()


def test_the_title_and_address_of_every_record_are_in_its_data(real_site, pages):
    for path in (real_site / "data").glob("*.json"):
        for record in json.loads(path.read_text("utf-8"))["records"]:
            page = pages[record["url"] + "index.html"]
            assert [text.strip() for tag, text in page.headings if tag == "h1"] == [record["name"]]


def test_tables_have_a_row_for_each_record_and_no_formula(real_site):
    for path in sorted((real_site / "data").glob("*.csv")):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        data = json.loads(path.with_suffix(".json").read_text("utf-8"))
        assert [row[0] for row in rows[1:]] == [record["id"] for record in data["records"]]
        assert data["count"] == len(rows) - 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_counts_on_the_home_page_are_those_of_the_libraries(real_site, pages):
    for collection, count in SIZES.items():
        if collection != "stations":
            assert str(count) in pages["index.html"].text


def test_the_site_map_for_machines_names_every_record(real_site):
    root = ElementTree.parse(real_site / "sitemap.xml").getroot()
    named = {urlsplit(element.text).path for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    for path in (real_site / "data").glob("*.json"):
        for record in json.loads(path.read_text("utf-8"))["records"]:
            assert "/" + record["url"] in named


def test_withheld_retired_and_unpublished_records_are_nowhere(real_site):
    """exp-135 is unpublished, exp-136 has not consented; the retired exp-137 has left a tombstone and nothing else."""
    for hidden in ("exp-135", "exp-136"):
        assert not (real_site / "experts" / hidden).exists()
    stone = real_site / "experts" / "exp-137" / "index.html"
    assert stone.is_file()
    for path in real_site.rglob("*"):
        if path.is_file() and path != stone:
            assert b"exp-137" not in path.read_bytes(), path
