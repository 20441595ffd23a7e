"""Addresses: their shapes, their files, and links that work from any folder of any host."""

from __future__ import annotations

from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import urls
from engine.model import Key


@pytest.mark.parametrize(
    "address, expected",
    [
        (urls.collection("experts"), "/experts/"),
        (urls.record(Key("experts", "exp-001")), "/experts/exp-001/"),
        (urls.term("experts", "fields", "metals"), "/experts/by/fields/metals/"),
        (urls.term("experts", "on_site", "yes"), "/experts/by/on-site/yes/"),
        (urls.term("institutions", "scope.field", "food"), "/institutions/by/scope-field/food/"),
        (urls.term("x", "y", "a/b?c#d"), "/x/by/y/a%2Fb%3Fc%23d/"),
        (urls.numbered("/experts/", 1), "/experts/"),
        (urls.numbered("/experts/", 3), "/experts/page/3/"),
        (urls.export("experts", "csv"), "/data/experts.csv"),
        (urls.feed("news"), "/news/feed.xml"),
        (urls.attachment("forms/a.pdf"), "/files/forms/a.pdf"),
        (urls.asset("0123", "site.css"), "/assets/0123/site.css"),
    ],
)
def test_each_kind_of_page_has_its_address(address, expected):
    assert address == expected


@pytest.mark.parametrize(
    "address, path",
    [("/", "index.html"), ("/experts/", "experts/index.html"), ("/404.html", "404.html"), ("/data/experts.csv", "data/experts.csv"), ("/a/page/2/", "a/page/2/index.html")],
)
def test_an_address_is_kept_in_a_file(address, path):
    assert urls.path(address) == path


def test_a_file_has_the_name_that_a_server_looks_for():
    """Servers decode an address before they look: a term with a Chinese key is kept under Chinese letters."""
    address = urls.term("x", "y", "计量")
    assert urls.path(address) == unquote(address)[1:] + "index.html" == "x/by/y/计量/index.html"


@pytest.mark.parametrize(
    "start, address, link",
    [
        ("/", "/", "./"),
        ("/", "/experts/", "experts/"),
        ("/experts/", "/", "../"),
        ("/experts/", "/experts/exp-001/", "../experts/exp-001/"),
        ("/experts/exp-001/", "/institutions/inst-01/", "../../institutions/inst-01/"),
        ("/experts/by/fields/metals/page/2/", "/files/a.pdf", "../../../../../../files/a.pdf"),
        ("/data/experts.csv", "/data/experts.json", "../data/experts.json"),
        ("/404.html", "/assets/0/site.css", "assets/0/site.css"),
        ("/news/feed.xml", "/news/#part", "../news/#part"),
        ("/a/", "/b/#part", "../b/#part"),
        ("/a/", "https://example.com/", "https://example.com/"),
        ("/a/", "#part", "#part"),
        ("/a/", "mailto:a@example.com", "mailto:a@example.com"),
    ],
)
def test_a_link_is_relative_to_its_page(start, address, link):
    assert urls.relative(start, address) == link


FOLDERS = st.lists(st.sampled_from(["a", "b", "c-1", "by", "page"]), max_size=5).map(lambda parts: "/" + "".join(f"{part}/" for part in parts))
STARTS = FOLDERS | FOLDERS.map(lambda folder: f"/news{folder}feed.xml")
ADDRESSES = st.builds(str.__add__, FOLDERS, st.sampled_from(["", "feed.xml", "#x", "?q=1", "feed.xml#x"]))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(STARTS, ADDRESSES, st.sampled_from(["https://example.com", "https://example.com/nqi", "file:///srv/site"]))
def test_a_browser_follows_a_relative_link_to_its_address(start, address, host):
    assert urljoin(host + start, urls.relative(start, address)) == host + address


def test_an_address_on_the_web_is_known_when_the_site_has_one():
    assert urls.absolute("https://example.com/nqi/", "/experts/") == "https://example.com/nqi/experts/"
    assert urls.absolute(None, "/experts/") is None
