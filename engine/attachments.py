"""What an attachment holds, by its content and not by its name: its kind, what in it is hidden or active, and all its words.

Six kinds may be published: PNG, JPEG, WebP, PDF, DOCX, XLSX. Real leaks of personal data were nearly all attachments, so hidden sheets and
rows, tracked changes, photographs' positions and documents that run something are refused. The only door to pypdf, which is here because
digits in a Chinese PDF are glyph numbers that only its font's tables turn into digits. Pictures of text are not read.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from engine.images import Damaged, picture

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 5_000
MAX_OBJECTS = 200_000
KINDS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WebP", "pdf": "PDF", "docx": "DOCX", "xlsx": "XLSX"}
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"%PDF-", "PDF"), (b"GIF8", "GIF"), (b"PK\x03\x04", "ZIP"), (b"\xd0\xcf\x11\xe0", "旧版 Office"), (b"MZ", "Windows 程序"), (b"\x7fELF", "程序"))
_MARKUP = re.compile(rb"<(?:script|html|svg|iframe|body|!doctype|embed|object)\b", re.I)
_MACHINES = re.compile(r"(?:^|/)(?:vbaProject\.bin|activeX/|embeddings/|oleObject)|\.(?:exe|js|vbs|bat|dll)$", re.I)
_PARAGRAPHS = re.compile(r"</(?:w:p|si|c|comment|a:p|dc:[a-z]+|cp:[a-zA-Z]+|Company|Manager)>|<(?:w:br|w:tab)\b[^>]*>")
_CELL = re.compile(r'<c [^>]*?r="([A-Z]+[0-9]+)"((?:(?!t="s")[^>])*)>(?:<f[^>]*>.*?</f>|<f[^>]*/>)?<v>([^<]+)</v>', re.S)
_ACTIVE_PDF = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"}


class Fault(NamedTuple):
    """Why an attachment must not be published, or what its editor should know."""

    code: str
    message: str
    hint: str = ""
    severity: str = "error"


class Words(NamedTuple):
    """A text in an attachment, and where: a sheet, a page, the metadata."""

    place: str
    text: str


def kind_of(raw: bytes) -> str | None:
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WebP"
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            return _office(raw) if kind == "ZIP" else kind
    return "网页或 SVG" if _MARKUP.search(raw[:4096]) or raw.lstrip()[:1] == b"<" else None


def _office(raw: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "压缩包"
    if "[Content_Types].xml" not in names:
        return "压缩包"
    return "DOCX" if "word/document.xml" in names else "XLSX" if "xl/workbook.xml" in names else "压缩包"


def examine(name: str, raw: bytes) -> Iterator[Fault | Words]:
    """All that is to be said of an attachment, and all its words."""
    wanted = KINDS.get(name.rpartition(".")[2])
    kind = kind_of(raw)
    if wanted is None:
        yield Fault("file-type", f"“.{name.rpartition('.')[2]}”类型的文件不能上网", "只能用 png、jpg、webp、pdf、docx、xlsx；SVG 和 GIF 请转成 PNG")
    elif kind != wanted:
        yield Fault("file-type", f"文件名说是 {wanted}，内容却是{kind or '别的东西'}", "用原来的软件重新保存成这种格式，不要只改文件名")
    else:
        try:
            yield from _EXAMINERS[kind](raw)
        except Damaged as fault:
            yield Fault("file-damaged", f"文件不完整，或者后面接了别的内容：{fault}", "用原来的软件打开，重新保存")


def _picture(raw: bytes) -> Iterator[Fault | Words]:
    if _MARKUP.search(raw):
        yield Fault("file-active", "图片里夹带了网页代码", "用画图软件打开，另存为新文件")
    for what, text in picture(raw):
        if what == "position":
            yield Fault("file-position", f"照片里记着拍摄地点（{text}）", "去掉位置信息再用：用画图软件另存，或截图")
        else:
            yield Words(what, text)


# ── Office Open XML (ISO/IEC 29500) ───────────────────────────────────────────


def _package(raw: bytes) -> Iterator[Fault | Words]:
    if raw[-22:-18] != b"PK\x05\x06" or raw[-2:] != b"\0\0":
        raise Damaged("压缩包的结尾不对")
    archive = zipfile.ZipFile(io.BytesIO(raw))
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        yield Fault("file-too-large", f"展开以后太大（超过 {MAX_UNPACKED / 1e6:.0f} MB 或 {MAX_MEMBERS} 个部分）", "拆成几个文件")
        return
    if any(member.flag_bits & 1 for member in members):
        yield Fault("file-locked", "文件有密码，检查不了", "去掉密码再用")
        return
    for member in members:
        if _MACHINES.search(member.filename):
            yield Fault("file-active", f"文件里有宏、控件或嵌入的对象（{member.filename}）", "另存为不含宏的 .docx 或 .xlsx，去掉嵌入的对象")
        try:
            content = archive.read(member)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as fault:
            raise Damaged(str(fault)) from None
        except Exception as fault:  # zlib.error has no public base
            raise Damaged(type(fault).__name__) from None
        if member.filename.endswith((".xml", ".rels", ".vml", ".svg")):
            yield from _part(member.filename, content)
        elif kind_of(content) in ("PNG", "JPEG", "WebP"):
            yield from _picture(content)


def _part(name: str, content: bytes) -> Iterator[Fault | Words]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Damaged(f"{name} 不是 UTF-8") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text or "\0" in text:
        raise Damaged(f"{name} 里有实体声明")
    if "macroEnabled" in text and name == "[Content_Types].xml":
        yield Fault("file-active", "这是含宏的文件", "另存为不含宏的 .docx 或 .xlsx")
    yield from _hidden(name, text)
    if name == "docProps/core.xml":
        author = html.unescape(" ".join(filter(None, re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", text))))
        if author:
            yield Fault("file-author", f"文件里记着作者“{author}”", "文件 → 信息 → 检查文档 → 删除个人信息", "warning")
    words = _PARAGRAPHS.sub(" | ", text)
    if name.endswith(".rels"):
        words = " ".join(re.findall(r'Target="([^"]*)"', text))
    if name.startswith("xl/worksheets/"):
        words += " | ".join(_whole(value) for _, _, value in _CELL.findall(text))
    yield Words(name, html.unescape(re.sub(r"<[^>]*>", "", words)))


def _whole(text: str) -> str:
    """A number of a cell as its digits: 1.3812345678E10 is a telephone number."""
    try:
        number = Decimal(text)
        return str(int(number)) if number == number.to_integral_value() and abs(number.adjusted()) < 30 else text
    except (InvalidOperation, ValueError, OverflowError):
        return text


def _hidden(name: str, text: str) -> Iterator[Fault]:
    hint = "取消隐藏并检查；不该公开的内容要删掉，隐藏了别人还能看到"
    if name == "xl/workbook.xml":
        for sheet in re.findall(r"<sheet\b[^>]*>", text):
            if re.search(r'state="(?:hidden|veryHidden)"', sheet):
                label = re.search(r'name="([^"]*)"', sheet)
                yield Fault("file-hidden", f"有隐藏的工作表“{html.unescape(label[1]) if label else ''}”", hint)
    if name.startswith("xl/worksheets/") and re.search(r'<(?:row|col)\b[^>]*\bhidden="(?:1|true)"', text):
        yield Fault("file-hidden", f"工作表里有隐藏的行或列（{name}）", hint)
    if name.startswith("word/") and re.search(r"<w:vanish(?:/>| *w:val=\"(?:1|true|on)\")", text) and name != "word/styles.xml":
        yield Fault("file-hidden", "文档里有隐藏的文字", hint)
    if name.startswith("word/") and re.search(r"<w:(?:del|ins|moveFrom)\b ", text):
        yield Fault("file-hidden", "文档里有修订痕迹，删掉的文字别人还能看到", "审阅 → 接受所有修订，再保存")
    if re.fullmatch(r"(?:word/comments\.xml|xl/(?:comments|threadedComments/).*)", name):
        yield Fault("file-hidden", "文件里有批注", "删去批注再用")


# ── PDF (ISO 32000) ───────────────────────────────────────────────────────────


def _pdf(raw: bytes) -> Iterator[Fault | Words]:
    if not raw.rstrip(b"\r\n\0 ").endswith(b"%%EOF"):
        raise Damaged("结尾不是 %%EOF")
    try:
        yield from _document(raw)
    except (Damaged, MemoryError):
        raise
    except Exception as fault:  # the library says in many ways that it cannot read on
        raise Damaged(type(fault).__name__) from None


def _document(raw: bytes) -> Iterator[Fault | Words]:
    import pypdf  # a third of all imports, and few sites publish a PDF

    reader = pypdf.PdfReader(io.BytesIO(raw))
    if reader.is_encrypted:
        yield Fault("file-locked", "PDF 有密码或权限限制，检查不了", "去掉限制再用")
        return
    texts = [page.extract_text() for page in reader.pages]
    for number, text in enumerate(texts, 1):
        yield Words(f"第 {number} 页", text)
    if texts and not any(text.strip() for text in texts):
        yield Fault("file-scanned", "这个 PDF 是图片（扫描件），程序读不出里面的文字", "请人工核对有没有个人信息，最好换成文字版", "warning")
    strings: list[str] = []
    active: set[str] = set()
    for number in list(reader.xref.get(0, {}))[:MAX_OBJECTS] + list(reader.xref_objStm)[:MAX_OBJECTS]:
        thing = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        _walk(thing, strings, active, 0)
        if isinstance(thing, pypdf.generic.StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            try:
                yield from _picture(thing._data)
            except Damaged:
                pass  # a picture inside may be cut off; its metadata, at its beginning, has been read
    if active:
        yield Fault("file-active", f"PDF 里有脚本、附件或会自动运行的内容（{'、'.join(sorted(active))}）", "用“打印为 PDF”重新生成")
    if reader.metadata and reader.metadata.author:
        yield Fault("file-author", f"PDF 里记着作者“{reader.metadata.author}”", "在文档属性里删去作者", "warning")
    yield Words("批注、表单和属性", "\n".join(strings))


def _walk(thing, strings: list[str], active: set[str], depth: int) -> None:
    """Every string of an object, and the keys by which a PDF does something by itself."""
    from pypdf.generic import TextStringObject

    if depth > 20:
        return
    if isinstance(thing, dict):
        active.update(_ACTIVE_PDF & thing.keys())
        active.update({thing.get("/S")} & {"/JavaScript", "/Launch"} if isinstance(thing.get("/S"), str) else ())
        for key in thing:
            _walk(thing.raw_get(key), strings, active, depth + 1)
    elif isinstance(thing, list):
        for item in thing:
            _walk(item, strings, active, depth + 1)
    elif isinstance(thing, TextStringObject):
        strings.append(str(thing))


_EXAMINERS = {"PNG": _picture, "JPEG": _picture, "WebP": _picture, "DOCX": _package, "XLSX": _package, "PDF": _pdf}
