"""What the build finds out about its own pages, and the page that says so: nothing is claimed that was not looked at."""

from __future__ import annotations

import re

import pytest

from engine import pipeline, soundness
from engine.model import Page
from tests import sites
from tests.conftest import ROOT, TODAY
from tests.pages import read
from tests.test_data import made

WHOLE = '<!doctype html><html lang="zh-CN"><head><title>甲</title><script src="../a.js"></script></head><body><h1 id="a">甲</h1>%s</body></html>'


def page(address: str) -> Page:
    return Page(address[1:] + "index.html", address, "record", "html")


def examined(body: str, address: str = "/things/one/", whole: str = WHOLE) -> soundness.Examined:
    return soundness.examine(page(address), (whole % body).encode())


@pytest.mark.parametrize(
    "link, target",
    {"../../": "/", "../": "/things/", "./": "/things/one/", "#a": "/things/one/#a", "../two/": "/things/two/", "../../data/x.csv": "/data/x.csv", "?q=1": "/things/one/", "../../search/?q=%E7%94%B2&amp;x=1#b": "/search/#b", "/root/": "/root/"}.items(),
)
def test_a_link_is_read_as_browsers_read_it(link, target):
    assert target in examined(f'<a href="{link}">').targets


@pytest.mark.parametrize("link", ["https://example.org/", "//example.org/", "mailto:a@example.org", "tel:12345"])
def test_a_link_elsewhere_is_counted_and_not_judged(link):
    found = examined(f'<a href="{link}">')
    assert found.outside == 1 and found.targets == ("/things/a.js",)


@pytest.mark.parametrize(
    "body, fault",
    {"<h1>乙</h1>": "heading", "<h3>跳级</h3>": "levels", '<p id="a">': "ids", '<img src="../x.png">': "pictures", "<script>alert(1)</script>": "inline", "<style>p{}</style>": "inline"}.items(),
)
def test_what_is_wrong_with_a_page_is_named(body, fault):
    assert examined(body).faults == (fault,)


def test_a_page_without_language_or_title_is_named():
    assert examined("", whole="<!doctype html><html><head><title></title></head><body><h1>甲</h1>%s</body></html>").faults == ("title", "language")


def test_data_for_machines_and_modules_are_not_inline_scripts():
    assert examined('<script type="application/ld+json">{}</script><h2>乙</h2><h3>丙</h3>').faults == ()


def test_dead_links_and_dead_anchors_are_told_with_their_page():
    pages = [page("/things/one/"), page("/things/two/")]
    seen = [examined('<a href="../two/"><a href="../two/#a"><a href="../two/#none"><a href="../gone/">'), examined("", "/things/two/")]
    found = soundness.together(seen, pages, ["/things/a.js"])
    assert found.dead == (("/things/gone/", "/things/one/"), ("/things/two/#none", "/things/one/"))
    assert found.pages == 2 and found.links == 6


# ── the page ──────────────────────────────────────────────────────────────────


def test_the_page_of_the_real_site_says_what_was_found_there(real_site):
    text = read(real_site / "checks" / "index.html").text
    pages = sum(1 for _ in real_site.rglob("*.html")) - 1  # all but this one
    assert text.count("没有发现问题") == 1 + len(soundness.FAULTS) and "不合要求" not in text
    assert f"{pages} 页" in text and re.search(rf"\d{{5,}} 个，在 {pages} 页里", text)
    assert "没有检查；打不开的请告诉我们" in text and "设备库" in text and "134 名" in text


def test_a_dead_link_of_a_template_is_published_with_the_page_it_stands_on(tmp_path, content):
    templates = tmp_path / "templates"
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file():
            target = templates / path.relative_to(ROOT / "templates")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    home = templates / "home.html"
    home.write_text(home.read_text("utf-8").replace("{% block main %}", '{% block main %}<a href="nowhere/">到哪里</a>', 1), "utf-8")
    for jobs in (1, 2):
        output = tmp_path / f"site{jobs}"
        assert not pipeline.has_errors(pipeline.build(pipeline.Order(content(), templates, output, TODAY, jobs)).problems)
    text = (tmp_path / "site1" / "checks" / "index.html").read_text("utf-8")
    assert "1 处不合要求" in text and "/nowhere/ 在 <a" in text
    assert (tmp_path / "site2" / "checks" / "index.html").read_text("utf-8") == text


def test_made_by_itself_the_page_claims_nothing(content):
    text = made(content({"_site.yaml": sites.SMALL["_site.yaml"]}), "/checks/").decode()
    assert "没有发现问题" not in text and "单独生成" in text
