"""What a workbook changes, put into the files: texts first, then each file in one step. Nothing else in a file is touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from engine import source
from engine.importers import edit
from engine.importers.compare import Addition, Change, Found, RowChange
from engine.importers.layout import BODY_FIELD
from engine.load import Loaded
from engine.model import Collection, Record

Texts = dict[str, str | None]  # new text by path, relative to the folder that holds the content; None takes the file away


def texts(loaded: Loaded, found: Found, base: Path, is_deleting: bool) -> Texts:
    """The files as they would be."""
    records = {record.key: record for record in loaded.records}
    edits: dict[str, dict[tuple, list]] = defaultdict(lambda: defaultdict(list))
    for change in (*found.changes, *(rows for rows in found.rows if is_deleting or not only_deletes(rows))):
        record = records[change.key]
        edits[record.path][record.trail].append(change if is_deleting or isinstance(change, Change) else kept(change))
    removed: dict[str, set] = defaultdict(set)
    for key in found.removals if is_deleting else ():
        removed[records[key].path].add(records[key].trail)
    made: Texts = {}
    for path in {*edits, *removed}:
        text = (base / path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        made[path] = _edited(text, path, edits.get(path, {}), removed.get(path, set()), loaded)
    for addition in found.additions:
        _append(addition, loaded, base, made)
    return {path: None if text is not None and not text.strip() and path in removed else text for path, text in made.items()}


def only_deletes(rows: RowChange) -> bool:
    return all(step[0] in ("keep", "delete") for step in rows.steps)


def kept(rows: RowChange) -> RowChange:
    """The same without taking rows away."""
    return rows._replace(steps=tuple(("keep", step[1]) if step[0] == "delete" else step for step in rows.steps))


def _edited(text: str, path: str, edits: Mapping[tuple, Sequence], removed: set, loaded: Loaded) -> str | None:
    if () in removed:
        return None
    if path.endswith(".md"):
        return _edited_front_matter(text, edits.get((), ()), loaded)
    if () in edits:
        return _edited_record(text, (), edits[()], loaded)
    pieces = _pieces(text)
    for trail, changes in edits.items():
        if trail not in removed:
            (number,) = trail
            pieces[number + 1] = _edited_record(pieces[number + 1], (0,), changes, loaded)
    for number, in removed:
        pieces[number + 1] = _leading_comments_of_next(pieces[number + 1])
    return "".join(pieces)


def _pieces(text: str) -> list[str]:
    """What stands before the first item of a list, then the text of each: so that an edit works on a few lines, not on a file."""
    items = source.starts(text)
    if items is None:
        raise Unwieldy("这个文件把许多条记录写在一个方括号里，不能自动修改", "改成每条以“- ”开头的写法")
    starts = [text.rfind("\n", 0, text.rindex("-", 0, item)) + 1 for item in items]
    return [text[: starts[0]], *(text[start:end] for start, end in zip(starts, [*starts[1:], len(text)]))]


def _leading_comments_of_next(piece: str) -> str:
    """Comments at the margin behind a record are about the next one; the rest goes with the record."""
    lines = piece.splitlines(keepends=True)
    last = max((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), default=0)
    return "".join(lines[last + 1 :]).lstrip("\n")


class Unwieldy(Exception):
    """A file that cannot be edited here, in an editor's words."""


def _edited_record(text: str, trail: tuple, changes: Sequence[Change | RowChange], loaded: Loaded) -> str:
    for change in changes:
        order = list(loaded.collections[change.key.collection].fields)
        if isinstance(change, Change):
            text = edit.set_field(text, trail, change.field.name, change.raw, [*order, BODY_FIELD.name])
        else:
            text = edit.set_rows(text, trail, change.table.name, change.steps, order, list(change.table.fields))
    return text


def _edited_front_matter(text: str, changes: Sequence[Change | RowChange], loaded: Loaded) -> str:
    end = text.find("\n---\n", 3)
    end = len(text) - 4 if end < 0 else end
    head, line, body = text[4 : end + 1], "---\n", text[end + 5 :]
    for change in changes:
        if isinstance(change, Change) and change.field is BODY_FIELD and "body" not in (source.read_yaml(head, "")[0].data or {}):
            gap = body[: len(body) - len(body.lstrip("\n"))]
            body = gap + change.raw.strip("\n") + "\n" if change.raw else ""
        else:
            head = _edited_record(head, (), [change], loaded)
    return f"---\n{head}{line}{body}"


# ── new records ───────────────────────────────────────────────────────────────


def _append(addition: Addition, loaded: Loaded, base: Path, made: Texts) -> None:
    collection = loaded.collections[addition.key.collection]
    path = place_of(addition, collection, loaded.records)
    said = {name: addition.said[name] for name in collection.fields if name in addition.said}
    if path is None:
        end = ".md" if addition.body or _is_prose(collection, loaded.records) else ".yaml"
        path = f"{base.joinpath(collection.path).parent.relative_to(base).as_posix()}/{addition.key.id}{end}"
        made[path] = f"---\n{edit.record(None, said)}---\n{addition.body.rstrip()}".rstrip("\n") + "\n" if end == ".md" else edit.record(None, said)
        return
    before = made[path] if made.get(path) is not None else (base / path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    gap = "\n" if "\n\n" in before.strip() else ""
    made[path] = before.rstrip("\n") + "\n" + gap + edit.record(addition.key.id, said, addition.body) + ("\n" if before.endswith("\n\n") else "")


def place_of(addition: Addition, collection: Collection, records: Sequence[Record]) -> str | None:
    """The file where such a record is usually kept; None for one of its own.

    Where a collection has several files of many records, a field whose value decides the file (the institution of an instrument, say) is
    looked for; else the record goes where that of the row above is.
    """
    mine = [record for record in records if record.key.collection == collection.id]
    if not mine or sum(not record.trail for record in mine) * 2 > len(mine):
        return None
    listed = [record for record in mine if record.trail]
    files = {record.path for record in listed}
    if len(files) > 1:
        for name, field in collection.fields.items():
            if name not in addition.values or field.many or field.type == "table":
                continue
            kept: dict = defaultdict(set)
            for record in listed:
                kept[record.values[name]].add(record.path)
            decides = 1 < len(kept) < len(listed) / 2 and all(len(paths) == 1 for paths in kept.values())
            if decides and addition.values[name] in kept:
                return next(iter(kept[addition.values[name]]))
    above = next((record.path for record in listed if record.key.id == addition.after), None)
    return above or Counter(record.path for record in listed).most_common(1)[0][0]


def _is_prose(collection: Collection, records: Sequence[Record]) -> bool:
    mine = [record for record in records if record.key.collection == collection.id]
    return not mine or sum(record.path.endswith(".md") for record in mine) * 2 >= len(mine)


# ── writing ───────────────────────────────────────────────────────────────────


def rehearse(content: Path, made: Texts, into: Path) -> Path:
    """A copy of the content as it would be, so that it can be checked before anything is written. Files that stay are linked, not copied."""
    copy = into / content.name
    shutil.copytree(content, copy, copy_function=_link, symlinks=True)
    write(copy.parent, made)
    return copy


def _link(one: str, other: str) -> None:
    try:
        os.link(one, other)
    except OSError:
        shutil.copy2(one, other)


def write(base: Path, made: Texts) -> None:
    """All texts are laid beside their places first, so that a full disk leaves everything as it was; then each takes its place at once."""
    laid: list[tuple[Path, Path]] = []
    try:
        for path, text in made.items():
            if text is not None:
                laid.append((_laid(base / path, text), base / path))
        for new, place in laid:
            os.replace(new, place)
        for path, text in made.items():
            if text is None:
                (base / path).unlink()
    finally:
        for new, _ in laid:
            new.unlink(missing_ok=True)


def _laid(place: Path, text: str) -> Path:
    """The text in a file beside its place, with the line ends and the mark that the old one had."""
    old = place.read_bytes() if place.exists() else b""
    raw = text.replace("\n", "\r\n").encode() if b"\r\n" in old else text.encode()
    raw = b"\xef\xbb\xbf" + raw if old.startswith(b"\xef\xbb\xbf") else raw
    place.parent.mkdir(parents=True, exist_ok=True)
    file, name = tempfile.mkstemp(prefix=".import-", dir=place.parent)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, place.stat().st_mode & 0o777 if place.exists() else 0o644)
    except OSError:
        os.unlink(name)
        raise
    return Path(name)
