"""Pictures by their parts: whether they are whole and end where they say, how large they are, and what their metadata tells.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81) with Exif (CIPA DC-008), WebP (RFC 9649). Nothing is decoded; a part is only walked over.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

MAX_PIXELS = 50_000_000
_XMP_POSITION = re.compile(rb"GPS(?:Latitude|Longitude)[^0-9]{1,12}([0-9.,NSEW+-]{2,20})")
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.S)
_SIZES = {2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 1: 1}


class Damaged(Exception):
    """The parts do not fit together."""


def picture(raw: bytes) -> Iterator[tuple[str, str]]:
    """`("position", where)` for a place the picture was taken at, `(part, words)` for every text in its metadata."""
    try:
        parts = list(_png(raw) if raw[:1] == b"\x89" else _jpeg(raw) if raw[:1] == b"\xff" else _webp(raw))
    except (struct.error, IndexError, zlib.error):
        raise Damaged("中间断了") from None
    for name, content in parts:
        if content.startswith((b"Exif\0\0", b"II*\0", b"MM\0*")):
            yield from _exif(content.removeprefix(b"Exif\0\0"))
        else:
            found = _XMP_POSITION.search(content)
            if found:
                yield "position", found[1].decode("latin-1")
            yield name, content.decode("utf-8", "replace")


def size(raw: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the picture is stored; None when it does not say."""
    try:
        if raw[:1] == b"\x89":
            return struct.unpack_from(">II", raw, 16)
        if raw[:1] == b"\xff":
            return _jpeg_size(raw)
        name = raw[12:16]
        if name == b"VP8X" and len(raw) >= 30:
            return 1 + int.from_bytes(raw[24:27], "little"), 1 + int.from_bytes(raw[27:30], "little")
        if name == b"VP8L":  # 14 bits each, less one
            bits = int.from_bytes(raw[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        return tuple(side & 0x3FFF for side in struct.unpack_from("<HH", raw, 26)) if name == b"VP8 " else None
    except (struct.error, IndexError):
        return None


def _jpeg_size(raw: bytes) -> tuple[int, int] | None:
    place = 2
    while True:
        lead, marker, length = struct.unpack_from(">BBH", raw, place)
        if lead != 0xFF or length < 2 or marker == 0xDA:
            return None
        if _is_frame(marker):
            height, width = struct.unpack_from(">HH", raw, place + 5)
            return width, height
        place += 2 + length


def _is_frame(marker: int) -> bool:
    return 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)


def _bounded(width: int, height: int) -> None:
    if not 0 < width * height <= MAX_PIXELS:
        raise Damaged(f"{width}×{height} 像素，超过 {MAX_PIXELS // 1_000_000} 百万")


def _png(raw: bytes) -> Iterator[tuple[str, bytes]]:
    place, first = 8, True
    while True:
        length, name = struct.unpack_from(">I4s", raw, place)
        content = raw[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", raw, place + 8 + length)
        if check != zlib.crc32(name + content):
            raise Damaged("校验和不对")
        if first and name != b"IHDR":
            raise Damaged("开头不对")
        if first:
            _bounded(*struct.unpack_from(">II", content))
        first, place = False, place + 12 + length
        if name == b"IEND":
            break
        if name == b"eXIf":
            yield "Exif", content
        elif name in (b"tEXt", b"iTXt", b"zTXt"):
            yield "说明文字", _png_text(name, content)
    if place != len(raw):
        raise Damaged("图片结束以后还有内容")


def _png_text(name: bytes, content: bytes) -> bytes:
    key, _, rest = content.partition(b"\0")
    if name == b"tEXt":
        return key + b" " + rest
    packed = name == b"zTXt" or rest[:1] == b"\1"
    rest = rest[1:] if name == b"zTXt" else rest[2:].split(b"\0", 2)[-1]
    return key + b" " + (zlib.decompressobj().decompress(rest, 1_000_000) if packed else rest)


def _jpeg(raw: bytes) -> Iterator[tuple[str, bytes]]:
    place, frames = 2, 0
    while True:
        lead, marker, length = struct.unpack_from(">BBH", raw, place)
        if lead != 0xFF or length < 2:
            raise Damaged("段落不对")
        content = raw[place + 4 : place + 2 + length]
        if len(content) != length - 2:
            raise Damaged("中间断了")
        if _is_frame(marker):
            _bounded(*struct.unpack_from(">HH", content, 1))
            frames += 1
        elif marker in (0xE1, 0xED, 0xFE):
            yield "说明文字", content
        place += 2 + length
        if marker == 0xDA:
            found = _NEXT_MARKER.search(raw, place)
            if not found:
                raise Damaged("没有结尾")
            place = found.start()
            if found[0] == b"\xff\xd9":
                break
    if place + 2 != len(raw) or not frames:
        raise Damaged("图片结束以后还有内容")


def _webp(raw: bytes) -> Iterator[tuple[str, bytes]]:
    (size,) = struct.unpack_from("<I", raw, 4)
    if size + 8 != len(raw):
        raise Damaged("长度不对")
    place = 12
    while place < len(raw):
        name, length = struct.unpack_from("<4sI", raw, place)
        content = raw[place + 8 : place + 8 + length]
        if len(content) != length:
            raise Damaged("中间断了")
        if name == b"VP8X":
            _bounded(1 + int.from_bytes(content[4:7], "little"), 1 + int.from_bytes(content[7:10], "little"))
        elif name in (b"EXIF", b"XMP "):
            yield "说明文字", content
        place += 8 + length + length % 2


def _exif(raw: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a TIFF structure, and its position if it has one. Broken ones give what can be read."""
    order = "<" if raw[:2] == b"II" else ">"
    waiting, seen = [("image", 4)], set()
    while waiting:
        name, pointer = waiting.pop()
        try:
            (start,) = struct.unpack_from(order + "I", raw, pointer)
            if start in seen or len(seen) > 50:
                continue
            seen.add(start)
            (count,) = struct.unpack_from(order + "H", raw, start)
            for number in range(min(count, 500)):
                entry = start + 2 + 12 * number
                tag, kind, values = struct.unpack_from(order + "HHI", raw, entry)
                if tag in (0x8769, 0x8825, 0xA005):
                    waiting.append(("position" if tag == 0x8825 else "image", entry + 8))
                    continue
                length = _SIZES.get(kind, 1) * values
                place = entry + 8 if length <= 4 else struct.unpack_from(order + "I", raw, entry + 8)[0]
                content = raw[place : place + min(length, 65_536)]
                if name == "position" and tag in (2, 4):
                    yield "position", "纬度" if tag == 2 else "经度"
                elif kind == 2 or tag in (0x9286, 0x927C, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F):
                    yield "Exif", content.decode("utf-16-le" if tag >= 0x9C9B and tag < 0xA000 else "utf-8", "replace").strip("\0")
            waiting.append((name, start + 2 + 12 * count))  # the next directory, such as a thumbnail's
        except struct.error:
            continue
