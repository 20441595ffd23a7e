"""A new collection is a folder with a declaration: no template and no Python."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from engine import pipeline
from tests import sites

ROOT = Path(__file__).resolve().parent.parent
RINGS = {
    "rings/_collection.yaml": """\
label: 戒指库
item: 戒指
fields:
  name:  {label: 名称, type: text, required: true}
  metal: {label: 材质, type: choice, choices: {gold: 金, silver: 银}, facet: true, column: true}
""",
    "rings/all.yaml": "".join(f"- id: ring-{number}\n  name: 第{number}号戒指\n  metal: {'金' if number % 2 else '银'}\n" for number in range(1, 61)),
}


def test_it_gets_lists_records_terms_data_and_search(tmp_path):
    content = sites.write(tmp_path / "content", {**sites.SMALL, **RINGS})
    made = pipeline.build(pipeline.Order(content, ROOT / "templates", tmp_path / "site", date(2026, 11, 22)))
    assert not pipeline.has_errors(made.problems), made.problems
    site = tmp_path / "site"
    for name in ("rings/index.html", "rings/page/2/index.html", "rings/by/metal/gold/index.html", "rings/by/metal/silver/index.html", "rings/ring-60/index.html"):
        assert (site / name).is_file(), name
    assert "第60号戒指" in (site / "rings" / "ring-60" / "index.html").read_text("utf-8")
    assert len((site / "data" / "rings.csv").read_text("utf-8-sig").splitlines()) == 61
    assert json.loads((site / "data" / "rings.json").read_text("utf-8"))["count"] == 60
    register = json.loads((site / "pagefind" / "names.json").read_text("utf-8"))
    (library,) = [shown for shown in register["libraries"] if shown["id"] == "rings"]
    assert library["count"] == 60
    assert "/rings/ring-60/" in (site / "sitemap.xml").read_text("utf-8")
