"""Sheets to fill in: the blank form of every record that asks, and the samples that services offer."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from engine.attachments import Fault, examine
from engine.exports.office import Box, Boxes, Columns, Line, document, sheet
from engine.forms import form_of
from engine.model import Key
from tests import paper_forms, sites
from tests.test_forms import CONTENT, built

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text(docx: bytes) -> list[str]:
    """The paragraphs of a document."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    return ["\n".join("".join(run.itertext()) for run in paragraph.iter(f"{W}r")) for paragraph in root.iter(f"{W}p")]


def test_a_document_holds_its_parts_in_order_and_the_same_bytes_each_time():
    parts = (Line("标题", "Title"), Boxes((Box("样品 *", "□ 甲"), Box("说明", "", 4))), Columns(("甲", "乙"), 2))
    made = document(parts)
    assert [line for line in text(made) if line] == ["标题", "样品 *", "□ 甲", "说明", "甲", "乙"]
    assert made == document(parts)


@pytest.mark.parametrize("hostile", ["<w:p/>&amp;", "]]>", "\x00\x08\x1b", '"><script>', "=1+1", "表情😀"])
def test_no_text_becomes_markup(hostile):
    made = document((Line(hostile), Boxes((Box(hostile, hostile),))))
    plain = "".join(mark for mark in hostile if mark >= " ")
    assert text(made).count(plain) == 3 or not plain
    book = openpyxl.load_workbook(io.BytesIO(sheet("台账", hostile, (hostile, "乙"))))
    assert (book.active["A2"].value or "") == plain and book.active["A3"].data_type != "f"


def test_the_blank_form_asks_what_the_page_asks(tmp_path):
    folder = built(tmp_path)
    said = text((folder / "services/booking/blank.docx").read_bytes())
    site, _ = sites.linked(sites.write(tmp_path / "again", CONTENT))
    for question in form_of(site, Key("services", "booking")).questions:
        assert question.label + (" *" if question.is_required else "") in said
    assert "□ 甲　　□ 乙" in said and "交到受理单位以后，才算提交。" in said
    assert not (folder / "services/plain/blank.docx").exists() and not (folder / "talks/first/blank.docx").exists()
    assert "services/booking/blank.docx" in (folder / "talks/first/signup/index.html").read_text("utf-8").replace("../../../", "")


def test_every_real_service_offers_its_blank_form_and_says_what_is_downloaded(real_site: Path):
    blanks = sorted(real_site.glob("services/*/blank.docx"))
    assert len(blanks) >= 20
    for path in blanks:
        assert not [found for found in examine(path.name, path.read_bytes()) if isinstance(found, Fault)], path
        assert "blank.docx" in (path.parent / "index.html").read_text("utf-8")
    offered = [page for page in real_site.glob("services/*/index.html") if "/files/forms/" in page.read_text("utf-8")]
    assert len(offered) >= 12


@pytest.mark.parametrize("name", paper_forms.FORMS)
def test_the_samples_are_those_that_their_program_makes(name):
    kept = (paper_forms.FOLDER / name).read_bytes()
    assert kept == paper_forms.FORMS[name], "run python -m tests.paper_forms"
    assert not [found for found in examine(name, kept) if isinstance(found, Fault)]
    if name.endswith(".xlsx"):
        assert all(cell.value for cell in openpyxl.load_workbook(io.BytesIO(kept)).active[3])


def test_every_sample_is_offered_by_somebody(real_site: Path):
    assert {path.name for path in (real_site / "files/forms").iterdir()} == set(paper_forms.FORMS)
