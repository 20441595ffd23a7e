"""A file of tables, of whatever program, as sheets of cells with what is hidden in them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from engine import workers
from engine.files import reason
from engine.importers.cells import Sheet, Unreadable

MAX_BYTES = 100_000_000
MAX_UNPACKED = 1_000_000_000
SECONDS = 60
MEMORY = 4_000_000_000


def read(path: Path) -> list[Sheet]:
    """The sheets of a file, read in a process that can be ended: a few hundred bytes may say a thousand million rows."""
    answer = workers.bounded(lambda: _answer(path), SECONDS, MEMORY)
    if answer is None:
        raise Unreadable(f"表格太大，{SECONDS} 秒内读不完", "删去空行和用不到的工作表，或者拆成几个文件")
    if isinstance(answer, Unreadable):
        raise answer
    return answer


def _answer(path: Path) -> list[Sheet] | Unreadable:
    try:
        return _read(path)
    except Unreadable as fault:
        return fault


def _read(path: Path) -> list[Sheet]:
    """What a file is is seen in its first bytes, not in its name."""
    try:
        head = path.open("rb").read(8)
        size = path.stat().st_size
    except OSError as fault:
        raise Unreadable(f"读不到文件：{reason(fault)}", "检查文件名和读取权限；表格正在 Excel 里打开时先关上") from None
    if size > MAX_BYTES:
        raise Unreadable(f"文件有 {size / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB", "删去图片和用不到的工作表")
    if head[:4] == b"PK\x03\x04":
        return _zipped(path)
    if head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        from engine.importers import xls

        return xls.read(path)
    if head[:4] == b"%PDF" or head[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0"):
        raise Unreadable("这个文件不是表格", "可以导入 .xlsx、.xls、.ods 和 .csv")
    from engine.importers import separated

    return separated.read(path)


def _zipped(path: Path) -> list[Sheet]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise Unreadable("文件解压后太大", "删去图片和用不到的工作表")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Unreadable("文件已经损坏，打不开", "在 Excel 或 WPS 里打开，再另存一份") from None
    if "xl/workbook.xml" in names:
        from engine.importers import xlsx

        return xlsx.read(path)
    if "content.xml" in names:
        from engine.importers import ods

        return ods.read(path)
    raise Unreadable("这个文件不是表格", "可以导入 .xlsx、.xls、.ods 和 .csv")
