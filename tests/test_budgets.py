"""What a visitor on a slow line has to load: kilobytes of 1,000 bytes, compressed as the host sends them (gzip, level 6)."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from engine.assets import assets
from tests.conftest import ROOT

RECORD, LIST, STYLE, SCRIPT = 12_000, 30_000, 12_000, 10_000


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6, mtime=0))


def heaviest(sizes: dict[str, int], most: int) -> dict[str, int]:
    return {name: size for name, size in sizes.items() if size > most}


def test_the_page_of_every_record_is_light(real_site: Path):
    addresses = [record["url"] for path in (real_site / "data").glob("*.json") for record in json.loads(path.read_text("utf-8"))["records"]]
    sizes = {address: packed((real_site / address / "index.html").read_bytes()) for address in addresses}
    assert len(sizes) > 2_500 and heaviest(sizes, RECORD) == {}


def test_every_list_and_every_page_of_a_value_is_light(real_site: Path):
    """One in seven of the pages of values, and all lists and their further pages."""
    lists = sorted({*real_site.glob("*/index.html"), *real_site.glob("*/page/*/index.html"), *sorted(real_site.glob("*/by/**/index.html"))[::7]})
    sizes = {path.relative_to(real_site).as_posix(): packed(path.read_bytes()) for path in lists if path.parent.name != "handbook"}  # a whole book on one page, to be printed
    assert len(sizes) > 100 and heaviest(sizes, LIST) == {}


def test_all_styles_together_are_light():
    assert packed(assets(ROOT / "templates").files["site.css"]) <= STYLE


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "equipment/", "equipment/eq-0001/", "search/"])
def test_what_runs_before_a_search_is_light(browser, real_address, address):
    """Every script that the page loads by itself, the modules of modules included; the filter's data of a list are no script."""
    context = browser.new_context()
    page = context.new_page()
    loaded: dict[str, int] = {}
    page.on("response", lambda answer: loaded.update({answer.url: packed(answer.body())}) if re.search(r"\.js($|\?)", answer.url) else None)
    page.goto(real_address + address, wait_until="networkidle")
    context.close()
    assert loaded and sum(loaded.values()) <= SCRIPT, loaded
