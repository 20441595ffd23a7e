"""Attachments made by hand, as small as they can be: pictures with metadata, documents with hidden parts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def picture(*more: bytes, width: int = 2, height: int = 1) -> bytes:
    """A PNG with further chunks before its data."""
    rows = zlib.compress((b"\0" + b"\x20\x60\xa0" * width) * height) if width * height < 10_000_000 else b""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def exif(texts: dict[int, str] | None = None, position: bool = False) -> bytes:
    """A TIFF structure with texts by tag and, if wished, a latitude."""
    entries, heap = [], b""
    tags = sorted([*(texts or {}), *([0x8825] if position else [])])
    start = 8 + 2 + 12 * len(tags) + 4
    for tag in tags:
        if tag == 0x8825:
            entries.append(struct.pack("<HHII", tag, 4, 1, start + len(heap)))
            heap += struct.pack("<HHHI4sI", 1, 2, 5, 3, struct.pack("<I", start + len(heap) + 18), 0) + struct.pack("<6I", 37, 1, 51, 1, 30, 1)
        else:
            raw = texts[tag].encode() + b"\0"
            entries.append(struct.pack("<HHII", tag, 2, len(raw), start + len(heap)))
            heap += raw
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + b"".join(entries) + struct.pack("<I", 0) + heap


def photograph(metadata: bytes = b"", after: bytes = b"", comment: bytes = b"", size: tuple[int, int] = (2, 1)) -> bytes:
    """A JPEG with Exif and a comment; its data are of no picture, since nobody decodes it."""

    def segment(marker: int, content: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content

    parts = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    parts += segment(0xE1, b"Exif\0\0" + metadata) if metadata else b""
    parts += segment(0xFE, comment) if comment else b""
    parts += segment(0xC0, struct.pack(">BHHB", 8, size[1], size[0], 1) + b"\1\x11\0") + segment(0xDA, b"\1\1\0\0\x3f\0")
    return b"\xff\xd8" + parts + b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" + after


def webp(*parts: tuple[bytes, bytes], size: tuple[int, int] = (2, 1)) -> bytes:
    canvas = b"\0\0\0\0" + (size[0] - 1).to_bytes(3, "little") + (size[1] - 1).to_bytes(3, "little")
    body = b"WEBP" + b"".join(name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for name, content in ((b"VP8X", canvas), *parts))
    return b"RIFF" + struct.pack("<I", len(body)) + body


TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'


def package(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": TYPES, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def document(body: str = "", **parts: str | bytes) -> bytes:
    """A DOCX with paragraphs of Word's own markup. Names of further parts have `__` for `/` and `_` for `.`."""
    more = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    return package({"word/document.xml": f"<w:document><w:body>{body}</w:body></w:document>", **more})


def paragraph(*runs: str) -> str:
    """Word cuts a text into runs wherever it likes."""
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def workbook(rows: str = "", strings: tuple[str, ...] = (), sheet: str = '<sheet name="表" sheetId="1"/>', parts: dict[str, str | bytes] | None = None) -> bytes:
    shared = "<sst>" + "".join(f"<si>{text}</si>" for text in strings) + "</sst>"
    return package(
        {
            "xl/workbook.xml": f"<workbook><sheets>{sheet}</sheets></workbook>",
            "xl/sharedStrings.xml": shared,
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
            **(parts or {}),
        }
    )


def pdf(text: str = "hello", catalog: str = "", info: str = "", objects: tuple[str, ...] = ()) -> bytes:
    """A page with a line of Latin text; further entries of the catalog, the document's information, further objects."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode("latin-1")
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>".encode(),
        *(one.encode() for one in objects),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + table + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + tail % (len(bodies) + 1, len(out))
