"""Templates, components and words: what designers may rely on and must keep to."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from engine import gallery, pipeline, render, source, strings
from engine.assets import assets
from engine.link import link
from engine.load import load
from tests import sites

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
HTML = sorted(TEMPLATES.rglob("*.html"))
GENERIC = [path for path in HTML if path.parent == TEMPLATES]
EXAMPLES = sorted(TEMPLATES.glob("components/*/*.yaml"))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> render.Workshop:
    loaded = load(sites.write(tmp_path_factory.mktemp("small") / "content", sites.SMALL))
    site, problems = link(loaded.config, loaded.collections, loaded.vocabularies, loaded.records, loaded.files, date(2026, 11, 22))
    assert not pipeline.has_errors(problems)
    return render.workshop(site, TEMPLATES, assets(TEMPLATES))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_of_every_component_renders(workshop, path):
    name = path.stem
    document, problems = source.read_yaml(path.read_text("utf-8"), path.name)
    assert not problems and document.data
    for example in document.data:
        assert gallery.shown(workshop, name, example).strip(), example["name"]


def test_every_component_has_examples():
    assert {path.parent.name for path in TEMPLATES.glob("components/*/*.html")} == {path.parent.name for path in EXAMPLES}


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_attributes_are_quoted_and_nothing_is_inline(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)
    for tag in re.findall(r"<[a-z][^<>]*>", re.sub(r"\{[{%].*?[%}]\}", "", re.sub(r'"[^"]*"', '""', text))):
        assert not re.search(r"=(?!\"\")", tag), tag
    assert not re.search(r"<[a-z][^>]*\s(style|on[a-z]+)=", text)
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)", text)


def test_markup_is_trusted_in_one_component_only():
    trusting = [path.relative_to(TEMPLATES).as_posix() for path in HTML if re.search(r"\|\s*safe\b", path.read_text("utf-8"))]
    assert trusting == ["components/prose/prose.html"]


def test_generic_templates_know_no_collection():
    names = "|".join(path.parent.name for path in (ROOT / "content").glob("*/_collection.yaml"))
    for path in GENERIC:
        assert not re.search(rf"{{%-?\s*(el)?if[^%]*[\"']({names})[\"']", path.read_text("utf-8")), path


def test_every_word_is_used():
    """A word that no template asks for is a word that nobody keeps right."""
    document, _ = source.read_yaml((TEMPLATES / "strings" / "zh-CN.yaml").read_text("utf-8"), "zh-CN.yaml")
    asked = "".join(path.read_text("utf-8") for path in HTML) + (ROOT / "engine" / "head.py").read_text("utf-8")
    unused = [f"{place}.{word}" for place, said in document.data.items() for word in said if not re.search(rf"\b{place}(\.{word}\b|\[[\"']{word}[\"']\])", asked)]
    assert [word for word in unused if word.split(".")[0] not in DYNAMIC] == []


DYNAMIC = {"changes", "rules", "search", "sitemap", "missing", "kinds", "blank"}  # head.py picks their titles by the kind of page; a quantity's kind picks its label; exports.blank asks for its own


FILLED = [
    ("本页由“%s”提供", ["甲“乙”丙"], "本页由“甲‘乙’丙”提供"),
    ("%s“%s”", ["“甲”", "“乙”"], "“甲”“‘乙’”"),
    ("共 %s 条", [3], "共 3 条"),
    ("只查“%s”（%s 条）", ["含%s和$&的", 3], "只查“含%s和$&的”（3 条）"),  # what a visitor wrote is no pattern
]


@pytest.mark.parametrize("pattern, values, text", FILLED)
def test_quotes_within_quotes_turn_and_what_is_filled_in_is_not_filled_again(pattern, values, text):
    assert strings.filled(pattern, *values) == text


@pytest.mark.browser
def test_scripts_fill_words_as_templates_do(browser, real_address):
    page = browser.new_page()
    page.goto(real_address)
    made = page.evaluate("""async (rows) => {
        const { filled } = await import(document.querySelector('script[src$="site.js"]').src.replace("site.js", "components/listing/filled.js"));
        return rows.map(([pattern, values]) => filled(pattern, ...values));
    }""", [row[:2] for row in FILLED])
    assert made == [text for _, _, text in FILLED]
    page.close()
