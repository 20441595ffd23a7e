"""The real site's map and feeds keep every rule of sitemaps.org 0.9 and of RFC 4287 that a schema would hold them to, and some that none can."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import TODAY

ROOT = "https://zl.example.com/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ONCE, MOST_ONCE = ("id", "title", "updated"), ("summary", "content", "published", "rights", "source", "subtitle", "generator", "icon", "logo")
PLACES = {"feed": {"id", "title", "updated", "author", "link", "entry", "subtitle", "rights", "category"}, "entry": {"id", "title", "updated", "author", "link", "summary", "content", "category", "published"}}


@pytest.fixture(scope="module")
def feeds(real_site) -> dict[str, ElementTree.Element]:
    return {path.relative_to(real_site).as_posix(): ElementTree.parse(path).getroot() for path in sorted(real_site.rglob("*.xml")) if b"/2005/Atom" in path.read_bytes()[:300]}


@pytest.fixture(scope="module")
def addresses(real_site) -> list[ElementTree.Element]:
    return list(ElementTree.parse(real_site / "sitemap.xml").getroot())


def names(element: ElementTree.Element) -> list[str]:
    return [child.tag.removeprefix(ATOM) for child in element]


def test_there_are_feeds(feeds):
    assert len(feeds) >= 10 and sum(len(feed.findall(f"{ATOM}entry")) for feed in feeds.values()) > 100


def test_a_feed_and_its_entries_have_what_they_must_and_nothing_twice(feeds):
    for path, feed in feeds.items():
        for element, place in [(feed, "feed"), *((entry, "entry") for entry in feed.findall(f"{ATOM}entry"))]:
            count = Counter(names(element))
            assert {name: count[name] for name in ONCE} == dict.fromkeys(ONCE, 1), path
            assert all(count[name] <= 1 for name in MOST_ONCE), path
            assert count.keys() <= PLACES[place], path
        assert feed.find(f"{ATOM}author/{ATOM}name").text, path  # the entries' author too (RFC 4287, 4.1.1)
        assert names(feed)[len(feed) - names(feed).count("entry") :] == ["entry"] * names(feed).count("entry"), path  # entries come last


def test_links_lead_to_one_place_each_and_ids_are_unique(feeds):
    for path, feed in feeds.items():
        ids = [one.text for one in feed.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids) and all(re.match(r"https?://|urn:", id) for id in ids), path
        for element in [feed, *feed.findall(f"{ATOM}entry")]:
            links = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
            assert len(set(links)) == len(links) and ("alternate", "text/html", None) in links, path  # 4.1.1: at most one alternate of a kind


def test_moments_are_rfc_3339_and_the_feed_is_as_new_as_its_newest_entry(feeds):
    for path, feed in feeds.items():
        said = [one.text for one in feed.iter(f"{ATOM}updated")]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text) for text in said), path
        moments = [datetime.fromisoformat(text) for text in said]
        assert moments[0] == max(moments), path


def test_texts_are_plain_or_html_without_anything_that_runs(feeds):
    for path, feed in feeds.items():
        for element in feed.iter():
            kind = element.get("type", "text")
            if element.tag in (f"{ATOM}title", f"{ATOM}summary", f"{ATOM}content"):
                assert kind in ("text", "html") and not len(element) and element.text, path
                assert not re.search(r"<script|<iframe|javascript:|\son\w+=", element.text), path


def test_the_map_has_each_page_once_by_its_whole_address(addresses, real_site):
    said = [one.findtext(f"{MAP}loc") for one in addresses]
    root = ROOT
    assert 0 < len(said) <= 50_000 and len(set(said)) == len(said)
    assert (real_site / "sitemap.xml").stat().st_size <= 50 * 1024 * 1024
    assert all(text.startswith(root) and len(text) <= 2_048 and text.isascii() for text in said)
    assert all((real_site / Path(text.removeprefix(root)) / "index.html").is_file() for text in said)


def test_the_map_says_address_and_day_in_this_order_and_no_day_to_come(addresses, real_site):
    for one in addresses:
        assert [child.tag for child in one] in ([f"{MAP}loc"], [f"{MAP}loc", f"{MAP}lastmod"])
        changed = one.findtext(f"{MAP}lastmod")
        if changed:
            day = datetime.fromisoformat(changed).date() if "T" in changed else date.fromisoformat(changed)
            assert day <= TODAY, one.findtext(f"{MAP}loc")
            assert "T" not in changed or datetime.fromisoformat(changed).tzinfo


def test_a_page_that_asks_not_to_be_found_is_not_in_the_map(addresses, real_site):
    root = ROOT
    for one in addresses:
        page = (real_site / one.findtext(f"{MAP}loc").removeprefix(root) / "index.html").read_bytes()[:3000]
        assert b'content="noindex' not in page, one.findtext(f"{MAP}loc")
