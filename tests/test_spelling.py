"""What an editor wrote is what a page says, to the character; and the same records make the same site however they are kept."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest

from engine import pipeline
from engine.importers import edit
from tests import sites, workbooks
from tests.conftest import ROOT
from tests.test_source import TOKENS

DECLARED = "label: 词\nitem: 词\nfields:\n  name: {label: 名, type: text, required: true}\n  said: {label: 内容, type: text, column: true}\n  many: {label: 几个, type: text, many: true}\n  rows: {label: 表, type: table, fields: {cell: {label: 格, type: text, required: true}}}\nexports: [csv, json]\n"


def built(folder: Path, files: dict) -> dict[str, bytes]:
    content = sites.write(folder / "content", files)
    made = pipeline.build(pipeline.Order(content, ROOT / "templates", folder / "site", sites.TODAY))
    assert not pipeline.has_errors(made.problems), made.problems
    return {path.relative_to(folder / "site").as_posix(): path.read_bytes() for path in sorted((folder / "site").rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, bytes]:
    """A record for each token that YAML would take for something else: as title, value, item of a list and cell."""
    tokens = [token for token in TOKENS if token not in ("~",)]
    records = {f"words/w-{number}.yaml": f"name: {token}\nsaid: {token}\nmany: [{token}, 又]\nrows:\n  - cell: {token}\n" for number, token in enumerate(tokens)}
    return built(tmp_path_factory.mktemp("told"), {"_site.yaml": sites.SMALL["_site.yaml"].split("menu:")[0], "words/_collection.yaml": DECLARED, **records})


@pytest.mark.parametrize("number, token", [*enumerate(token for token in TOKENS if token != "~")])
def test_a_word_is_on_its_page_as_it_was_written(told, number, token):
    page = html.unescape(told[f"words/w-{number}/index.html"].decode())
    assert f">{token}</h1>" in re.sub(r"\s*(</?h1)", r"\1", page)
    assert len(re.findall(rf">\s*{re.escape(token)}\s*<", page)) >= 4  # title, value, item and cell


def test_tables_and_data_say_the_same(told):
    rows = list(csv.DictReader(io.StringIO(told["data/words.csv"].decode("utf-8-sig"))))
    wanted = {f"w-{number}": token for number, token in enumerate(token for token in TOKENS if token != "~")}
    assert {row["编号"]: row["内容"].removeprefix("'") for row in rows} == wanted
    assert {entry["id"]: entry["said"] for entry in json.loads(told["data/words.json"])["records"]} == wanted


def test_the_same_records_make_the_same_site_however_they_are_kept(tmp_path):
    """As files of their own in YAML, as heads of Markdown, as items of one list, and as rows of a workbook that were imported."""
    records = {f"inst-1{number}": {"name": f"检测站{number}", "area": ["南区", "北区"][number % 2], "aliases": ["甲", "乙；丙"], "summary": "0～200 g：准"} for number in range(4)}
    empty = sites.SMALL
    apart = {**empty, **{f"institutions/{id}.yaml": edit.record(None, said) for id, said in records.items()}}
    heads = {**empty, **{f"institutions/{id}.md": f"---\n{edit.record(None, said)}---\n" for id, said in records.items()}}
    listed = {**empty, "institutions/more.yaml": "".join(edit.record(id, said) for id, said in records.items())}
    ours = built(tmp_path / "apart", apart)
    assert built(tmp_path / "heads", heads) == ours
    assert built(tmp_path / "listed", listed) == ours

    book = workbooks.exported(sites.write(tmp_path / "given" / "content", apart), "institutions")
    content = sites.write(tmp_path / "taken" / "content", empty)
    workbooks.imported(content, book)
    taken = {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert taken.keys() - empty.keys()
    assert built(tmp_path / "again", taken) == ours
