"""Which files the site has."""

from __future__ import annotations

import pytest

from engine.model import Key, Page
from engine.plan import PER_PAGE, plan
from tests import sites


def pages(folder):
    return plan(sites.linked(folder)[0])


SMALL_PAGES = """\
/ home
/institutions/ list
/institutions/by/area/city/ term
/institutions/by/area/north/ term
/institutions/by/area/south/ term
/institutions/by/licence/valid/ term
/institutions/by/licence/expired/ term
/institutions/by/skills/materials/ term
/institutions/by/skills/metals/ term
/institutions/by/skills/food/ term
/institutions/by/scope-field/materials/ term
/institutions/by/scope-field/metals/ term
/institutions/by/scope-field/steel/ term
/institutions/inst-02/ record
/institutions/inst-01/ record
/institutions/inst-03/ retired
/institutions/old-02/ redirect
/data/institutions.csv file
/data/institutions.json file
/data/filter/institutions.json file
/data/range/institutions.json file
/data/rows/institutions/0.json file
/data/compare/institutions/0.json file
/experts/ list
/experts/by/fields/materials/ term
/experts/by/fields/metals/ term
/experts/by/fields/food/ term
/experts/by/institution/inst-01/ term
/experts/exp-001/ record
/experts/exp-002/ record
/data/experts.csv file
/data/experts.json file
/data/filter/experts.json file
/data/rows/experts/0.json file
/data/compare/experts/0.json file
/standards/ list
/standards/by/status/current/ term
/standards/by/status/replaced/ term
/standards/gb-t-11170-2008/ record
/standards/gb-t-4336-2002/ record
/standards/gb-t-4336-2016/ record
/data/standards.csv file
/data/standards.json file
/data/filter/standards.json file
/data/rows/standards/0.json file
/news/ list
/news/window/ record
/data/news.csv file
/data/news.json file
/news/feed.xml file
/validity/ validity
/compare/ compare
/data/compare/index.json file
/data/ data
/data/institutions/ dataset
/data/experts/ dataset
/data/standards/ dataset
/data/news/ dataset
/data/schema/1/institutions.json file
/data/schema/1/experts.json file
/data/schema/1/standards.json file
/data/schema/1/news.json file
/data/schema/1/dictionary.json file
/data/catalogue.jsonld file
/changes/ changes
/changes/feed.xml file
/checks/ checks
/search/ search
/sitemap/ sitemap
/404.html 404
/robots.txt file
/sitemap.xml file
/_headers file
/.htaccess file
/deploy/nginx.conf file
/deploy/Caddyfile file
/files/window.png file
"""


def test_the_small_site_has_these_pages_in_this_order(content):
    assert "".join(f"{page.address} {page.kind}\n" for page in pages(content())) == SMALL_PAGES


def test_each_page_has_a_file_of_its_own_and_a_renderer(content):
    found = pages(content())
    assert len({page.path.casefold() for page in found}) == len(found)
    assert {page.renderer for page in found} == {"html", "csv", "json", "atom", "changes", "robots", "sitemap", "headers", "attachment", "filter", "ranges", "rows", "comparison", "comparisons", "schema", "dictionary", "catalogue"}
    assert all(bool(page.templates) == (page.renderer == "html") for page in found)


def test_a_page_names_the_templates_that_may_make_it_the_nearest_first(content):
    found = {page.address: page for page in pages(content())}
    assert found["/experts/exp-001/"] == Page(
        "experts/exp-001/index.html", "/experts/exp-001/", "record", "html", ("experts/record.html", "record.html"), Key("experts", "exp-001")
    )
    assert found["/experts/"].templates == ("experts/list.html", "list.html")
    assert found["/experts/by/fields/food/"].templates == ("experts/term.html", "term.html")
    assert found["/institutions/inst-03/"].templates == ("retired.html",)


@pytest.mark.parametrize("count, numbers", [(0, [1]), (1, [1]), (PER_PAGE, [1]), (PER_PAGE + 1, [1, 2]), (PER_PAGE * 2, [1, 2]), (PER_PAGE * 2 + 1, [1, 2, 3])])
def test_long_lists_have_further_pages(content, count, numbers):
    folder = content(
        {
            "many/_collection.yaml": "label: 多\nitem: 条\nfields: {name: {label: 名}, kind: {label: 类, type: choice, choices: {a: 甲}, facet: true}}\n",
            "many/all.yaml": "".join(f"- {{id: m-{number}, name: {number}, kind: 甲}}\n" for number in range(count)) or "[]\n",
        }
    )
    found = pages(folder)
    assert [page.number for page in found if page.kind == "list" and page.subject == "many"] == numbers
    assert [page.address for page in found if page.kind == "list" and page.subject == "many"] == ["/many/", *(f"/many/page/{number}/" for number in numbers[1:])]
    assert [page.number for page in found if page.kind == "term" and page.subject[0] == "many"] == (numbers if count else [])


def test_a_collection_without_pages_has_only_its_downloads(content):
    folder = content({"few/_collection.yaml": "label: 少\nitem: 条\npage: false\nexports: [json]\nfields: {name: {label: 名}}\n", "few/one.yaml": "name: 一\nredirect_from: [/old/]\n"})
    assert [page.address for page in pages(folder) if "few" in page.address or page.address == "/old/"] == ["/data/few.json", "/data/few/", "/data/schema/1/few.json"]


def test_only_files_that_public_records_name_are_published(content):
    folder = content(
        {
            "files/other.png": "x",
            "files/secret.png": "x",
            "files/forms/a.pdf": "x",
            "news/soon.md": sites.SMALL["news/soon.md"].replace("publish_from", "image: secret.png\npublish_from"),
            "halls/_collection.yaml": "label: 厅\nitem: 厅\nfields: {name: {label: 名}, forms: {label: 表, type: file, many: true}}\n",
            "halls/one.yaml": "name: 一\nforms: [forms/a.pdf]\n",
        }
    )
    assert [page.address for page in pages(folder) if page.renderer == "attachment"] == ["/files/forms/a.pdf", "/files/window.png"]


def test_files_named_in_tables_are_published_too(content):
    folder = content(
        {
            "files/a.pdf": "x",
            "halls/_collection.yaml": "label: 厅\nitem: 厅\nfields: {name: {label: 名}, forms: {label: 表, type: table, fields: {copy: {label: 件, type: file}}}}\n",
            "halls/one.yaml": "name: 一\nforms:\n  - {copy: a.pdf}\n",
        }
    )
    assert "/files/a.pdf" in [page.address for page in pages(folder)]
