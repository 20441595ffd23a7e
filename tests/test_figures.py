"""Published figures against what the site holds, the schematic map, and the handbook."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from engine import figures, handbook, schematic
from engine.view import view_of
from tests import sites

ROOT = Path(__file__).resolve().parent.parent


def view(tmp_path, changes=None):
    site, _ = sites.linked(sites.write(tmp_path / "content", sites.changed(sites.SMALL, changes or {})))
    return view_of(site)


def claim(**said):
    return {"label": "数", "stated": "若干", "source": None, "note": None, "collection": None, "number": None, "field": None, "value": None, "sum": None, **said}


def test_stated_is_published_and_withheld_and_what_is_missing(tmp_path):
    from decimal import Decimal

    made = figures.figure(view(tmp_path), claim(collection="experts", number=Decimal(10)))
    assert (made.count, made.withheld, made.missing) == ("2", 1, "7")


def test_more_than_stated_misses_nothing_and_no_number_cannot_be_told(tmp_path):
    from decimal import Decimal

    assert figures.figure(view(tmp_path), claim(collection="experts", number=Decimal(1))).missing == "0"
    assert figures.figure(view(tmp_path), claim(collection="experts")).missing is None
    assert figures.figure(view(tmp_path), claim()).count is None


def test_a_claim_may_count_one_value_narrower_terms_included(tmp_path):
    made = figures.figure(view(tmp_path), claim(collection="experts", field="fields", value="materials"))
    assert made.count == "1" and made.address == "/experts/by/fields/materials/" and made.withheld is None


def test_the_real_figures_are_those_of_the_report(real_site: Path):
    text = re.sub(r"<[^>]+>|\s+", " ", (real_site / "figures/index.html").read_text("utf-8"))
    for label, stated, count in (("专家", "134 名", "134"), ("现场帮扶解决问题", "175 条次", "175"), ("农业标准化示范区", "21 个", "21"), ("标准化资助金额", "63 万元", "63")):
        assert re.search(rf"{label} +{stated}[^0-9]*(?:（[^）]*）)? *{count} ", text), label


def test_a_map_has_a_block_for_each_district_and_a_mark_for_each_record(tmp_path):
    declared = sites.SMALL["institutions/_collection.yaml"].replace("\nfields:", "\nmap: [area, status]\nfields:")
    shown = view(tmp_path, {"institutions/_collection.yaml": declared})
    made = schematic.map_of(shown, shown.site.collections["institutions"])
    assert [(block.label, block.count, len(block.marks)) for block in made.blocks] == [("北区", 1, 1), ("南区", 1, 1)]
    assert schematic.map_of(shown, shown.site.collections["experts"]) is None


def test_the_real_map_claims_no_borders_and_has_24_marks(real_site: Path):
    text = (real_site / "stations/index.html").read_text("utf-8")
    assert "不表示边界、方位和距离" in text
    picture = text.split('<svg class="schematic-picture"')[1].split("</svg>")[0]
    assert picture.count("schematic-mark") - picture.count("schematic-mark--") == 24
    assert text.count('href="tel:') >= 24


CHAPTERS = """
handbook:
  - {label: 机构, collection: institutions, facts: [area, licence], tables: [scope], related: experts.institution, related_columns: [fields]}
  - {label: 专家, collection: experts, group: fields, columns: [institution]}
  - {label: 没有的库, collection: nothing}
"""


def test_chapters_are_made_of_the_records_and_empty_ones_are_left_out(tmp_path):
    made = handbook.chapters(view(tmp_path, {"_site.yaml": sites.SMALL["_site.yaml"] + CHAPTERS}))
    assert [chapter.label for chapter in made] == ["机构", "专家"]
    first = next(entry for entry in made[0].entries if entry.title == "小城计量所")
    assert [(fact.label, fact.text) for fact in first.facts] == [("所在区域", "北区"), ("许可有效期至", "2027-11-22")]
    assert [table.label for table in first.tables] == ["能力表", "专家库（2）"]
    assert {group.label: [row.title for row in group.rows] for group in made[1].groups} == {"金属": ["安一"], "食品": ["安一", "白二"]}


def test_the_handbook_holds_nothing_that_is_not_public(tmp_path):
    shown = view(tmp_path, {"_site.yaml": sites.SMALL["_site.yaml"] + CHAPTERS})
    text = repr(handbook.chapters(shown))
    assert [secret for secret in sites.CANARIES if secret in text] == []


def test_the_real_handbook_names_every_service_institution_and_station(real_site: Path):
    from engine.load import load

    text = (real_site / "handbook/index.html").read_text("utf-8")
    for record in load(ROOT / "content").records:
        if record.key.collection in ("services", "institutions", "stations") and record.values["retired_on"] is None and record.values["published"] is not False:
            assert record.values["name"] in text, record.key


def test_the_printed_handbook_is_the_same_for_the_same_records(tmp_path):
    typst = pytest.importorskip("typst")
    assert typst
    from engine import press

    site, _ = sites.linked(sites.write(tmp_path / "content", {**sites.SMALL, "_site.yaml": sites.SMALL["_site.yaml"] + CHAPTERS + "url: https://zl.gov.cn/\n"}), date(2026, 11, 22))
    first = press.press(site, ROOT / "templates")
    assert first == press.press(site, ROOT / "templates") and first.startswith(b"%PDF-")
    pypdf = pytest.importorskip("pypdf")
    import io

    read = pypdf.PdfReader(io.BytesIO(first))
    assert len(read.pages) >= 3 and [item.title for item in read.outline if not isinstance(item, list)]
    text = "".join(page.extract_text() for page in read.pages)
    assert "小城计量所" in text and not [secret for secret in sites.CANARIES if secret in text]


def test_what_no_bar_counts_is_said_and_why_bars_have_more_than_there_are(real_site: Path):
    text = re.sub(r"<[^>]+>|\s+", " ", (real_site / "figures/index.html").read_text("utf-8"))
    assert re.search(r"未填 +7 ", text) and "共 134 条。一条可有多项，各项合计大于总数。" in text
