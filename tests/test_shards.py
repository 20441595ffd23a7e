"""A large site has several indexes of search, which the page asks together."""

from __future__ import annotations

import json

import pytest

from engine import index, pipeline, search
from engine.model import Key
from tests.browsing import served, until
from tests.conftest import ROOT, TODAY


def entry(collection: str, number: int) -> index.Entry:
    return index.Entry(Key(collection, f"r-{number}"), f"记录{number}", (), 3, ("", "", ""), 0, (), "", {})


@pytest.mark.parametrize(
    "members, few, most, cut",
    [
        ({}, 10, 10, [0]),
        ({"a": 3, "b": 4}, 10, 10, [7]),  # small ones together
        ({"a": 6, "b": 6}, 10, 10, [6, 6]),  # a collection is not cut when it need not be
        ({"a": 2, "b": 25, "c": 2}, 10, 10, [2, 9, 9, 9]),  # a large one is cut evenly
        ({"a": 10, "b": 10}, 10, 10, [10, 10]),
        ({"a": 6, "b": 6}, 4, 30, [6, 6]),  # there is work for two
        ({"a": 4, "b": 3, "c": 2}, 5, 30, [4, 5]),
    ],
)
def test_records_are_cut_into_shards_by_collection(monkeypatch, members, few, most, cut):
    monkeypatch.setattr(index, "FEW", few)
    monkeypatch.setattr(index, "MOST", most)
    entries = [entry(collection, number) for collection, count in members.items() for number in range(count)]
    shards = index.shards(entries)
    assert [len(shard.entries) for shard in shards] == cut
    assert [one for shard in shards for one in shard.entries] == entries
    assert [shard.name for shard in shards] == [str(number) for number in range(len(cut))]


def test_a_fault_among_the_entries_ends_the_index_and_is_told():
    def entries():
        yield entry("a", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        search.index(index.Shard("0", (entry("a", 1), entry("a", 2))), entries())


@pytest.mark.browser
def test_the_page_finds_in_every_shard_whatever_their_size(monkeypatch, content, tmp_path, browser):
    monkeypatch.setattr(index, "FEW", 5)
    monkeypatch.setattr(index, "MOST", 5)
    monkeypatch.setattr(search, "BLOCK", 3)
    folder = content({f"experts/new-{number:02}.yaml": f"name: 戊己庚{number}\nfields: [食品]\nconsents: [姓名]\n" for number in range(1, 13)})
    made = pipeline.build(pipeline.Order(folder, ROOT / "templates", tmp_path / "site", TODAY))
    assert not pipeline.has_errors(made.problems), made.problems
    register = json.loads((tmp_path / "site/pagefind/names.json").read_text("utf-8"))
    assert len(register["shards"]) > 3
    server = served(tmp_path / "site")
    page = browser.new_page()
    try:
        for typed, found in [("戊己庚", 12), ("己庚12", 1), ("戊己庚辛", 0), ("庚1", 4)]:
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/search/?q={typed}")
            until(page, "document.querySelector('#search-count').dataset.count !== ''")
            assert page.get_attribute("#search-count", "data-count") == str(found), typed
    finally:
        page.close()
        server.shutdown()
