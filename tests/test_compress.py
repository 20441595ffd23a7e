"""Files compressed when the site is made: the same bytes each time, and what one gets by unpacking is the file."""

from __future__ import annotations

import gzip

import brotli
import pytest

from engine import pipeline
from engine.compress import compressed
from tests.conftest import ROOT, TODAY


@pytest.mark.parametrize("name", ["index.html", "data/a.json", "assets/0/site.css", "site.js", "sitemap.xml", "icon.svg", "a.csv", "a.ics", "a.vcf", "catalogue.jsonld", "robots.txt"])
def test_a_file_that_shrinks_gets_two_companions(name):
    content = "不锈钢中铬含量的测定".encode() * 100
    (first, packed), (second, smaller) = compressed(name, content)
    assert (first, second) == (f"{name}.gz", f"{name}.br")
    assert gzip.decompress(packed) == brotli.decompress(smaller) == content
    assert [*compressed(name, content)] == [(first, packed), (second, smaller)]


@pytest.mark.parametrize("name, content", [("index.html", b"x" * 511), ("a.png", b"x" * 5000), ("pagefind/0/fragment/a.pf_fragment", b"x" * 5000), ("a.gz", b"x" * 5000), ("_headers", b"x" * 5000)])
def test_a_small_file_or_one_that_is_compressed_already_gets_none(name, content):
    assert [*compressed(name, content)] == []


def test_a_site_is_the_same_but_for_the_companions(content, tmp_path):
    folder = content()
    trees = []
    for precompress in (False, True):
        output = tmp_path / f"site-{precompress}"
        made = pipeline.build(pipeline.Order(folder, ROOT / "templates", output, TODAY, 2, precompress))
        assert not pipeline.has_errors(made.problems)
        trees.append({path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()})
    plain, packed = trees
    added = packed.keys() - plain.keys()
    assert {name: packed[name] for name in plain} == plain
    assert "index.html.br" in added and "pagefind/pagefind.js.gz" in added
    for name in added:
        assert {".gz": gzip.decompress, ".br": brotli.decompress}[name[-3:]](packed[name]) == plain[name[:-3]]
