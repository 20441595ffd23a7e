"""An attachment is what its bytes say, and holds nothing hidden, active or personal."""

from __future__ import annotations

import os
import zlib

import pytest

from engine import files, inspection
from tests.sites import problems
from tests.specimens import chunk, document, exif, package, paragraph, pdf, photograph, picture, webp, workbook

PHONE = "13800138000"
ROW = '<row r="1"><c r="A1"><v>{}</v></c></row>'
GOOD = {
    "a.png": picture(),
    "text.png": picture(chunk(b"tEXt", b"Software\0a drawing program"), chunk(b"iTXt", b"Title\0\0\0zh\0\0\xe5\xa4\xa9\xe5\xb9\xb3")),
    "a.jpg": photograph(),
    "camera.jpeg": photograph(exif({0x10F: "Camera", 0x132: "2026:11:22 09:30:00"})),
    "a.webp": webp(),
    "a.docx": document(paragraph("送样须知")),
    "a.xlsx": workbook(ROW.format("150") + ROW.format("2000") + ROW.format("1000"), ("<t>天平</t>",)),
    "a.pdf": pdf("Samples 0353-2010000"),
}
PERSONAL = {
    "text.png": picture(chunk(b"tEXt", b"Comment\0call 138 0013 8000")),
    "packed.png": picture(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(PHONE.encode()))),
    "utf8.png": picture(chunk(b"iTXt", b"Comment\0\1\0zh\0\0" + zlib.compress("电话１３８００１３８０００".encode()))),
    "exif.png": picture(chunk(b"eXIf", exif({0x10E: "tel " + PHONE}))),
    "exif.jpg": photograph(exif({0x13B: "Li " + PHONE})),
    "comment.jpg": photograph(comment=b"call 138-0013-8000"),
    "exif.webp": webp((b"EXIF", exif({0x10E: PHONE}))),
    "xmp.webp": webp((b"XMP ", f"<x:xmpmeta><dc:description>{PHONE}</dc:description></x:xmpmeta>".encode())),
    "runs.docx": document(paragraph("138", "0013", "8000")),
    "table.docx": document("<w:tbl><w:tr><w:tc>" + paragraph("手机", PHONE) + "</w:tc></w:tr></w:tbl>"),
    "footer.docx": document("", word__footer1_xml=f"<w:ftr>{paragraph(PHONE)}</w:ftr>"),
    "note.docx": document("", word__footnotes_xml=f"<w:footnotes>{paragraph('140302199003070137')}</w:footnotes>"),
    "link.docx": document("", word___rels__document_xml_rels=f'<Relationships><Relationship Target="tel:{PHONE}"/></Relationships>'),
    "entities.docx": document(paragraph("&#49;&#51;&#56;00138000")),
    "photo.docx": document("", word__media__image1_jpg=photograph(exif({0x13B: PHONE}))),
    "shared.xlsx": workbook(strings=("<r><t>138</t></r><r><t>00138000</t></r>",)),
    "number.xlsx": workbook(ROW.format("13800138000")),
    "scientific.xlsx": workbook(ROW.format("1.3800138E10")),
    "inline.xlsx": workbook('<row><c r="A1" t="inlineStr"><is><t>１３８００１３８０００</t></is></c></row>'),
    "formula.xlsx": workbook('<row><c r="A1" t="str"><f>"138"&amp;"00138000"</f><v>13800138000</v></c></row>'),
    "sheet.xlsx": workbook(sheet=f'<sheet name="{PHONE}" sheetId="1"/>', parts={"docProps/app.xml": f"<Properties><TitlesOfParts>{PHONE}</TitlesOfParts></Properties>"}),
    "text.pdf": pdf("Tel 138 0013 8000"),
    "title.pdf": pdf(info=f"/Title (tel {PHONE})"),
    "annotation.pdf": pdf(objects=(f"<< /Type /Annot /Subtype /Text /Contents (call {PHONE}) >>",)),
    "form.pdf": pdf(objects=(f"<< /FT /Tx /T (phone) /V ({PHONE}) >>",)),
}
REFUSED = {
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file-type"),
    "moving.gif": (b"GIF89a" + b"\0" * 20, "file-type"),
    "page.html": (b"<!doctype html><script>alert(1)</script>", "file-type"),
    "page.png": (b"<!doctype html><script>alert(1)</script>", "file-type"),
    "svg.png": (b"\n<svg onload=alert(1)>", "file-type"),
    "png.jpg": (picture(), "file-type"),
    "docx.xlsx": (document(), "file-type"),
    "zip.docx": (package({"a.txt": "x"}), "file-type"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "file-type"),
    "program.pdf": (b"MZ\x90\0", "file-type"),
    "script.pdf": (b"\n%PDF-1.7\n", "file-type"),
    "empty.png": (b"", "file-type"),
    "text.pdf": ("一段文字".encode(), "file-type"),
    "after.png": (picture() + b"PK\3\4", "file-damaged"),
    "cut.png": (picture()[:-5], "file-damaged"),
    "wrong.png": (picture().replace(b"IDAT", b"IDAX"), "file-damaged"),
    "huge.png": (picture(width=50_000, height=50_000), "file-damaged"),
    "after.jpg": (photograph(after=b"PK\3\4"), "file-damaged"),
    "cut.jpg": (photograph()[:-2], "file-damaged"),
    "after.webp": (webp() + b"x", "file-damaged"),
    "markup.png": (picture(chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")), "file-active"),
    "markup.jpg": (photograph(comment=b"<html><body onload=alert(1)>"), "file-active"),
    "place.jpg": (photograph(exif({}, position=True)), "file-position"),
    "place.png": (picture(chunk(b"eXIf", exif({}, position=True))), "file-position"),
    "place.webp": (webp((b"EXIF", exif({0x10F: "Phone"}, position=True))), "file-position"),
    "xmp.jpg": (photograph(comment=b'<rdf:Description exif:GPSLatitude="37,51.5N"/>'), "file-position"),
    "place.docx": (document("", word__media__image1_jpg=photograph(exif({}, position=True))), "file-position"),
    "hidden.xlsx": (workbook(sheet='<sheet name="名单" sheetId="1" state="hidden"/>'), "file-hidden"),
    "veryhidden.xlsx": (workbook(sheet='<sheet name="名单" sheetId="1" state="veryHidden"/>'), "file-hidden"),
    "row.xlsx": (workbook('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>'), "file-hidden"),
    "column.xlsx": (workbook('<cols><col min="1" max="1" hidden="true"/></cols>'), "file-hidden"),
    "comments.xlsx": (workbook(parts={"xl/comments/comment1.xml": "<comments/>"}), "file-hidden"),
    "hidden.docx": (document("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>"), "file-hidden"),
    "deleted.docx": (document('<w:p><w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>'), "file-hidden"),
    "comments.docx": (document("", word__comments_xml="<w:comments/>"), "file-hidden"),
    "macro.docx": (document("", word__vbaProject_bin=b"x"), "file-active"),
    "object.docx": (document("", word__embeddings__object1_bin=b"x"), "file-active"),
    "entity.docx": (document("", word__header1_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><w:hdr>&b;</w:hdr>"), "file-damaged"),
    "utf16.docx": (document("", word__header1_xml="<w:hdr/>".encode("utf-16")), "file-damaged"),
    "bomb.docx": (document("", word__media__a_bin=b"\0" * 210_000_000), "file-too-large"),
    "after.docx": (document() + b"x", "file-damaged"),
    "cut.docx": (document()[:-30] + b"PK\5\6" + b"\0" * 18, "file-type"),
    "author.docx": (document("", docProps__core_xml="<cp:coreProperties><dc:creator>李四</dc:creator></cp:coreProperties>"), "file-author"),
    "author.pdf": (pdf(info="/Author (Li Si)"), "file-author"),
    "scan.pdf": (pdf(""), "file-scanned"),
    "open.pdf": (pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "file-active"),
    "names.pdf": (pdf(catalog="/Names << /EmbeddedFiles << >> >>"), "file-active"),
    "launch.pdf": (pdf(objects=("<< /S /Launch /F (cmd.exe) >>",)), "file-active"),
    "deep.pdf": (b"%PDF-1.7\n" + b"[" * 100_000 + b"%%EOF", "file-damaged"),
    "after.pdf": (pdf() + b"<html>", "file-damaged"),
}


def told(path, raw: bytes, is_allowed: bool = False) -> list[str]:
    path.write_bytes(raw)
    return [fault.code for fault in inspection.faults(path, is_allowed)]


@pytest.mark.parametrize("name", GOOD)
def test_a_plain_attachment_is_published(tmp_path, name):
    assert told(tmp_path / name, GOOD[name]) == []


@pytest.mark.parametrize("name", PERSONAL)
def test_a_personal_number_is_found_wherever_the_file_keeps_it(tmp_path, name):
    assert told(tmp_path / name, PERSONAL[name]) == ["personal-data"]
    assert told(tmp_path / name, PERSONAL[name], is_allowed=True) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_not_what_it_says_or_hides_or_runs_something_is_refused(tmp_path, name):
    raw, code = REFUSED[name]
    assert code in told(tmp_path / name, raw)


def test_a_document_that_takes_too_long_is_ended(tmp_path, monkeypatch, within):
    monkeypatch.setattr(inspection, "SECONDS", 0.2)
    monkeypatch.setattr(inspection, "examine", lambda name, raw: iter(int, 1))
    with within(5):
        assert told(tmp_path / "a.png", picture()) == ["file-too-complex"]


def test_a_document_that_takes_too_much_memory_is_ended(tmp_path, monkeypatch, within):
    monkeypatch.setattr(inspection, "MEMORY", 1_500_000_000)
    monkeypatch.setattr(inspection, "examine", lambda name, raw: [b"x" * (1 << 20) for _ in range(10_000)])
    with within(20):
        assert told(tmp_path / "a.png", picture()) == ["file-too-complex"]


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.png"
    with open(path, "wb") as file:
        file.truncate(100_000_000_000)  # sparse
    assert [fault.code for fault in inspection.faults(path)] == ["file-too-large"]


@pytest.mark.parametrize("make, code", [(os.mkfifo, "file-special"), (os.mkdir, "file-special"), (lambda path: os.symlink("/etc/passwd", path), "file-link"), (lambda path: os.symlink("nowhere", path), "file-link")])
def test_pipes_folders_and_links_are_refused_without_waiting(tmp_path, within, make, code):
    make(tmp_path / "a.png")
    with within(2), pytest.raises(files.Unfit) as refusal:
        files.read(tmp_path / "a.png", 1000)
    assert refusal.value.code == code


def test_only_files_that_public_records_name_are_looked_at_and_told(content):
    folder = content({"files/window.png": picture(chunk(b"tEXt", b"Comment\0call 138 0013 8000"), width=800, height=600), "files/draft.png": b"<html>"})
    assert [(problem.path, problem.code) for problem in problems(folder)] == [("content/files/window.png", "personal-data")]
