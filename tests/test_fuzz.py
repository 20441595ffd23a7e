"""Arbitrary bytes, YAML, Markdown, declarations and edits go through the whole pipeline: problems come out, never a traceback or a signal.

20 seconds by default; `FUZZ_SECONDS=600 FUZZ_SEED=7` looks longer and elsewhere. What was ever found stands in FOUND as a fixed example.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine import pipeline, report
from engine.assets import assets
from engine.fields import TYPES
from engine.pipeline import Order
from engine.plan import plan
from engine.render import render, workshop
from engine.view import view_of
from tests import sites
from tests.conftest import ROOT

SECONDS = float(os.environ.get("FUZZ_SECONDS", "20")) / 5
SEED = int(os.environ.get("FUZZ_SEED", "20261122"))
LIMIT = 30  # seconds for one example on a slow machine
LOOKS = assets(ROOT / "templates")
BENCH: dict = {}  # compiling the templates once is most of the work
PLACES = ["institutions/inst-02.yaml", "institutions/inst-01.md", "experts/people.yaml", "news/window.md", "_site.yaml", "_vocabularies/fields.yaml", "institutions/_collection.yaml", "standards/all.yaml", "files/window.png"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return sites.write(tmp_path_factory.mktemp("fuzz") / "content", sites.SMALL)


def survives(folder: Path, changes: dict[str, bytes]) -> int:
    """Read the small site with some files changed and, when nothing is wrong with it, render every page. The number of problems."""
    for name, raw in changes.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    try:
        site, problems = pipeline.read(Order(folder, ROOT / "templates", folder.parent / "site", sites.TODAY))
        for write in report.FORMATS.values():
            write(problems).encode()
        assert all(problem.line >= 1 and problem.column >= 1 and problem.path and problem.message for problem in problems)
        if site is not None and not pipeline.has_errors(problems):
            made = BENCH.setdefault("first", workshop(site, ROOT / "templates", LOOKS) if "first" not in BENCH else None)._replace(view=view_of(site))
            seen: Counter[tuple] = Counter()
            for page in plan(site):
                seen[page.kind, page.renderer, page.templates[:1]] += 1
                if page.renderer != "attachment" and seen[page.kind, page.renderer, page.templates[:1]] <= 4:
                    render(made, page)
        return len(problems)
    finally:
        for name in changes:
            (folder / name).unlink()
            if name in sites.SMALL:
                text = sites.SMALL[name]
                (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        for path in folder.iterdir():
            if path.is_dir() and not any(path.iterdir()):
                shutil.rmtree(path)


def fuzzed(strategy, check, within) -> int:
    """Examples for the time there is, in rounds with seeds of their own, so that a find can be had again."""
    until, tried, number = time.monotonic() + SECONDS, 0, 0

    def one(example):
        nonlocal tried
        tried += 1
        with within(LIMIT):
            check(example)

    while time.monotonic() < until:
        quiet = settings(max_examples=30, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink])
        hypothesis.seed(SEED + number)(quiet(given(strategy)(one)))()
        number += 1
    print(f"{tried} examples")
    return tried


def test_arbitrary_bytes(folder, within):
    strategy = st.tuples(st.sampled_from(PLACES), st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
    assert fuzzed(strategy, lambda example: survives(folder, {example[0]: example[1]}), within)


SIGNS = ["name", "area", "fields", "scope", "id", "北区", "食品", "GB/T 11170-2008", "inst-01", "exp-001", ": ", ":", "：", "\n", "\n  ", "\n- ", "- ", "[", "]", "{", "}", ", ", '"', "'", "|\n  ", ">\n", "#", "&a", "*a", "!!str", "<<", "---\n", "...\n", "%YAML 1.2\n", "\t", "\u3000", "\ufeff", "\u2028", "0~200 g", "2026-02-30", "是", "~", "\\", "\\u0000", "13800138000", "null", "𠮷", "é"]


def test_pieces_of_yaml(folder, within):
    strategy = st.tuples(st.sampled_from([place for place in PLACES if place.endswith((".yaml", ".md"))]), st.lists(st.sampled_from(SIGNS), max_size=40).map("".join), st.booleans())

    def check(example):
        place, text, headed = example
        survives(folder, {place: (f"---\n{text}\n---\n{text}" if headed else text).encode()})

    assert fuzzed(strategy, check, within)


MARKS = ["# ", "## ", "\n", "\n\n", "- ", "1. ", "> ", "    ", "```\n", "~~~", "`", "**", "*", "_", "[", "](", ")", "[^1]", "[^1]: ", "![", "<", ">", "<b>", "&amp;", "&#0;", "|", "|-|\n", ":   ", "!!! note\n    ", "*[a]: b", "[x]: /y", "https://a.example", "\\", "字", "a<b 且 c>d", "\u0002", "\u0003", "stx", "---\n", "===\n", "\t", "  \n", "{: .x }", "13800138000", "/institutions/inst-01/", "javascript:"]


def test_pieces_of_markdown(folder, within):
    strategy = st.lists(st.sampled_from(MARKS), max_size=60).map("".join)
    assert fuzzed(strategy, lambda text: survives(folder, {"news/window.md": f"---\nname: 甲\ntime: 2026-11-20 09:30\n---\n{text}".encode()}), within)


def declarations():
    words = st.sampled_from(["甲", "name", "", "是", "否", "self", "experts", "fields", "areas", "-name", "experts.fields", "institution.area", "[a, b]", "{}", "姓名", "*", "self.name"])
    value = st.one_of(words, st.lists(words, max_size=3), st.dictionaries(words, words, max_size=3), st.booleans().map(lambda yes: "是" if yes else "否"))
    attributes = st.dictionaries(st.sampled_from(["label", "type", "required", "many", "facet", "column", "public", "vocabulary", "to", "back", "choices", "note", "expires", "halts", "needs", "from"]), value, max_size=6)
    field = st.tuples(attributes, st.sampled_from([*TYPES, "table", "group", "raw", "derived", "nothing"])).map(lambda both: {"label": "栏", **both[0], "type": both[1]})
    fields = st.dictionaries(st.sampled_from(["name", "one", "two", "time", "date", "consents", "id", "Bad", "status", "number"]), st.tuples(field, st.dictionaries(st.sampled_from(["a", "b"]), field, max_size=2)).map(lambda both: {**both[0], **({"fields": both[1]} if both[1] else {})}), max_size=5)
    head = st.dictionaries(st.sampled_from(["label", "item", "order", "summary", "title", "sort", "page", "exports", "feed", "form", "sheets", "calendar", "map", "card", "request", "outdated", "dated", "schema_org", "allow", "exceptions", "column_type"]), value, max_size=5)
    record = st.dictionaries(st.sampled_from(["name", "one", "two", "time", "date", "status", "body", "summary", "consents"]), value, max_size=5)
    return st.tuples(head, fields, record)


def test_declarations_and_records_of_them(folder, within):
    def check(example):
        head, fields, record = example
        said = {"label": "库", "item": "条", **head, "fields": {"name": {"label": "名"}, **fields}}
        survives(folder, {"made/_collection.yaml": json.dumps(said, ensure_ascii=False).encode(), "made/a.yaml": json.dumps({"name": "甲", **record}, ensure_ascii=False).encode()})

    assert fuzzed(declarations(), check, within)


def edits():
    cut = st.tuples(st.sampled_from([place for place in PLACES if place.endswith((".yaml", ".md"))]), st.floats(0, 1), st.integers(0, 30), st.sampled_from(["", *SIGNS, *MARKS]))
    return st.lists(cut, min_size=1, max_size=4)


def test_edits_of_good_files(folder, within):
    def check(example):
        changes: dict[str, str] = {}
        for place, where, length, sign in example:
            text = changes.get(place, sites.SMALL[place])
            start = int(where * len(text))
            changes[place] = text[:start] + sign + text[start + length :]
        survives(folder, {place: text.encode() for place, text in changes.items()})

    assert fuzzed(edits(), check, within)


FOUND: dict[str, dict[str, bytes]] = {
    "a control character by an escape": {"institutions/inst-02.yaml": b'name: "\\u0000"\narea: \xe5\x8d\x97\xe5\x8c\xba\n'},
    "a line of the menu without its end": {"_site.yaml": "name: 甲\nmenu:\n  - {label: 机构}\n".encode()},
    "columns of what is no table": {"institutions/_collection.yaml": sites.SMALL["institutions/_collection.yaml"].replace("    type: table\n", "").encode()},
    "a surrogate by an escape": {"institutions/inst-02.yaml": b'name: "\\ud800"\n'},
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_is_told(folder, name):
    assert survives(folder, FOUND[name])
