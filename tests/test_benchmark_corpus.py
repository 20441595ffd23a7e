"""The benchmark compares what it says: its corpus is the same every time, our side of it builds, and its links land both ways."""

from __future__ import annotations

import re

import pytest

from engine.pipeline import Order
from tests.benchmarks import agree, corpus, hugo_site, ours, ours_site

SCALE = 0.05


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    ours_site.write(folder, SCALE)
    made = ours.build(Order(folder / "content", folder / "templates", folder / "site", corpus.TODAY))
    return folder / "site", made


def test_the_corpus_of_scale_one_is_what_is_compared_everywhere():
    records = list(corpus.records(1))
    assert len(records) == 1168
    assert [sum(record.collection == id for record in records) for id in corpus.BY_ID] == [134, 800, 43, 110, 21, 60]
    lengths = [len(record.body) for record in records]
    assert min(lengths) > 150 and max(lengths) < 750 and 300 < sum(lengths) / len(lengths) < 500


def test_the_corpus_is_the_same_every_time():
    assert list(corpus.records(SCALE)) == list(corpus.records(SCALE))
    assert next(corpus.records(1)) == next(corpus.records(1)) != next(corpus.records(SCALE))


def test_our_side_builds_without_a_problem_and_with_a_page_for_every_record(built):
    site, made = built
    records = list(corpus.records(SCALE))
    assert made["problems"] == 0
    pages = {page.parent for collection in corpus.COLLECTIONS for page in (site / collection.id).glob("*/index.html")}
    assert pages == {site / corpus.address(record.collection, record.id).strip("/") for record in records} and len(pages) == len(records)


def test_every_link_of_our_side_lands(built):
    site, _ = built
    names = agree.files(site)
    missing = {(name, to) for name in names if name.endswith(".html") for to in agree.links(site, name) if (to[1:] + "index.html" if to.endswith("/") else to[1:]) not in names}
    assert missing == set()


def test_every_reference_leads_there_and_back(built):
    site, _ = built
    told, faults = agree.cross_links(site, site, list(corpus.records(SCALE)))
    assert faults == [] and told > 400


def test_trees_that_differ_are_found_out(built, tmp_path):
    site, _ = built
    other = tmp_path / "other"
    for name in agree.files(site):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_bytes((site / name).read_bytes())
    assert agree.agreement(site, other, SCALE).faults == []
    page = other / corpus.address("experts", "exp-00001")[1:] / "index.html"
    page.write_text(page.read_text("utf-8").replace('<a href="../../institutions/inst-', '<a href="../../institutions/none-'), "utf-8")
    (other / "stations" / "index.html").unlink()
    assert len(agree.agreement(site, other, SCALE).faults) >= 2


def test_the_layouts_for_hugo_name_every_field_and_leave_no_mark_open(tmp_path):
    hugo_site.write(tmp_path / "hugo", SCALE)
    for collection in corpus.COLLECTIONS:
        page = (tmp_path / "hugo" / "layouts" / collection.id / "page.html").read_text("utf-8")
        rows = (tmp_path / "hugo" / "layouts" / "_partials" / "rows" / f"{collection.id}.html").read_text("utf-8")
        assert not re.search(r"@\w+@", page + rows)
        assert all(field.label in page for field in collection.fields) and all(field.label in rows for field in collection.fields if field.column)


def test_both_sides_say_the_same_of_a_record(tmp_path):
    for record in list(corpus.records(SCALE))[::10]:
        mine, other = ours_site.text_of(record), hugo_site.text_of(record)
        assert mine.split("---\n", 2)[2] == other.split("---\n", 2)[2] == record.body
        assert re.findall(r": (.*)", mine) == [value.strip('"') for value in re.findall(r": (.*)", other)]
