"""Ids of records: how they are written, and that none stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine import fields, files, schema, source
from engine.model import Problem, Record

FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX = 100


def id_problems(id: str, path: str, trail: tuple) -> list[Problem]:
    if FORM.fullmatch(id) and len(id) <= _MAX and id not in schema.RESERVED_IDS:
        return []
    why = "留给系统使用" if id in schema.RESERVED_IDS else "只能用小写字母、数字和连字号，如 exp-001"
    place = {"trail": trail} if trail else {"line": 1, "column": 1}
    return [Problem(path, "id-form", f"编号“{id}”{why}", "改文件名" if not trail else "改 id", **place)]


def doubled_ids(records: Iterable[Record], base: Path) -> Iterator[Problem]:
    """Ids that are the same, or that differ only by case or width and so would share an address on some systems. `base` is what paths are relative to."""
    seen: dict[tuple[str, str], Record] = {}
    lists: dict[str, list[int]] = {}
    for record in records:
        first = seen.setdefault((record.key.collection, fields.normalised(record.key.id)), record)
        if first is not record:
            same = first.key.id == record.key.id
            how = "写了两次" if same else f"与“{first.key.id}”只有大小写或全半角不同"
            place = {"trail": (*record.trail, "id")} if record.trail else {"line": 1, "column": 1}
            yield Problem(record.path, "id-duplicate", f"编号“{record.key.id}”{how}；另一处在 {_where(first, base, lists)}", "改其中一个", **place)


def _where(record: Record, base: Path, lists: dict[str, list[int]]) -> str:
    """The file of a record, with the line of its id where there are many in it. Lists are read once."""
    if not record.trail:
        return record.path
    if record.path not in lists:
        lists[record.path] = _lines_of_ids(base / record.path)
    lines = lists[record.path]
    return f"{record.path} 第 {lines[record.trail[0]]} 行" if record.trail[0] < len(lines) else record.path


def _lines_of_ids(path: Path) -> list[int]:
    """Of each item of a list; none when the file is no longer what was read."""
    try:
        text, _ = source.decode(files.read(path, source.MAX_BYTES), path.name)
    except files.Unfit:
        return []
    return source.lines_of(text or "", "id")
