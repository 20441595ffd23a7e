"""What an import would do, and whether the site would still be right: everything is known and shown before a file is touched."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine import pipeline
from engine.importers import apply, cells, sheets
from engine.importers.compare import Found, compare
from engine.importers.layout import Words, words_of
from engine.load import Loaded
from engine.model import Key, Problem
from engine.pipeline import Order
from engine.source import BODY


FEW = 5  # records that are not in the table, told one by one


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a workbook would do to the files. With an error in `problems` nothing may be written."""

    found: Found
    texts: apply.Texts
    problems: tuple[Problem, ...]
    loaded: Loaded
    words: Words | None


def propose(order: Order, path: Path, into: str | None = None, is_deleting: bool = False) -> Proposal:
    """Read, compare, and check the content as it would be."""
    loaded, _, before = pipeline.read_whole(order)
    if not loaded.is_declared or pipeline.has_errors(before):
        first = [problem for problem in before if problem.severity == "error"]
        hint = f"{first[0].path}:{first[0].line} {first[0].message}" if first else ""
        return Proposal(Found(), {}, (Problem(path.name, "content-broken", f"现有内容有 {len(first)} 个错误，先改好再导入", hint),), loaded, None)
    words = words_of(loaded)
    try:
        read = sheets.read(path)
    except cells.Unreadable as fault:
        return Proposal(Found(), {}, (Problem(path.name, "workbook-unreadable", *fault.args),), loaded, words)
    found = compare(loaded, read, words, into)
    if not found.sheets and not found.problems:
        found.problems.append(Problem(path.name, "workbook-empty", "文件里没有可以导入的内容", "先用 build.py export 导出一份，在它上面改"))
    if pipeline.has_errors(found.problems):
        return Proposal(found, {}, tuple(found.problems), loaded, words)
    try:
        made = apply.texts(loaded, found, order.content.parent, is_deleting)
    except apply.Unwieldy as fault:
        return Proposal(found, {}, (*found.problems, Problem(path.name, "file-unwieldy", *fault.args)), loaded, words)
    problems = [*found.problems, *(_would_be(order, loaded, found, made, before, is_deleting) if made else ())]
    return Proposal(found, made, tuple(problems), loaded, words)


def _would_be(order: Order, loaded: Loaded, found: Found, made: apply.Texts, before: Sequence[Problem], is_deleting: bool) -> list[Problem]:
    """Problems that the content does not have now and would have; each at the cell that brings it, where there is one."""
    with tempfile.TemporaryDirectory(prefix=".import-", dir=order.content.parent if _is_writable(order.content.parent) else None) as folder:
        copy = apply.rehearse(order.content, made, Path(folder))
        after, _, problems = pipeline.read_whole(replace(order, content=copy))
    verify(loaded, after, found, is_deleting)
    old = Counter((problem.path, problem.code, problem.message) for problem in before)
    new = []
    for problem in problems:
        same = (problem.path, problem.code, problem.message)
        if old[same]:
            old[same] -= 1
        else:
            new.append(_at_its_cell(problem, after, found))
    return new


def _is_writable(folder: Path) -> bool:
    """On the disk of the content a copy is made of links; elsewhere it takes room."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def verify(loaded: Loaded, after: Loaded, found: Found, is_deleting: bool) -> None:
    """Every record says what was meant and no other has changed. That this could fail is our own fault, so it is no message."""
    touched: dict[Key, set] = defaultdict(set)
    for change in found.changes:
        touched[change.key].add(change.field.name)
    for rows in found.rows:
        touched[rows.key].add(rows.table.name)
    now = {record.key: record for record in after.records}
    gone = set(found.removals) if is_deleting else set()
    new = {addition.key for addition in found.additions}
    assert now.keys() == ({record.key for record in loaded.records} - gone) | new, "记录的多少不对"
    for record in loaded.records:
        if record.key in gone:
            continue
        other, names = now[record.key], touched.get(record.key, set())
        assert "body" in names or other.body.strip() == record.body.strip(), f"{record.key} 的正文变了"
        for name, value in record.values.items():
            assert name in names or other.values[name] == value, f"{record.key} 的 {name} 变了"
    for change in found.changes:
        if change.key not in gone:
            got = now[change.key].body.strip() if change.field.name == "body" else now[change.key].values[change.field.name]
            wanted = (change.value or "").strip() if change.field.name == "body" else change.value
            assert got == wanted, f"{change.key} 的 {change.field.name} 写成了 {got!r}，应为 {wanted!r}"


def _at_its_cell(problem: Problem, after: Loaded, found: Found) -> Problem:
    owner = next((record for record in after.records if record.path == problem.path and problem.trail[: len(record.trail)] == record.trail), None)
    if owner is None:
        return problem
    trail = problem.trail[len(owner.trail) :]
    trail = ("body",) if BODY in trail else trail
    for length in range(len(trail), -1, -1):
        place = found.places.get((owner.key, *trail[:length])) if length else found.places.get((owner.key, ""))
        if place:
            return replace(problem, path=place, line=0, column=0)
    return problem


# ── in words ──────────────────────────────────────────────────────────────────


def as_text(proposal: Proposal, is_deleting: bool) -> str:
    """The whole preview, as an editor reads it."""
    return "\n".join(_lines(proposal, is_deleting))


def _lines(proposal: Proposal, is_deleting: bool) -> Iterator[str]:
    found = proposal.found
    titles = proposal.words.names.titles if proposal.words else {}
    for id, collection in proposal.loaded.collections.items():
        changed: dict[Key, list] = defaultdict(list)
        for change in found.changes:
            if change.key.collection == id:
                changed[change.key].append((change.place, change.field.label, change.old, change.new, False))
        for rows in found.rows:
            if rows.key.collection == id:
                changed[rows.key] += rows.told
        added = [addition for addition in found.additions if addition.key.collection == id]
        removed = [key for key in found.removals if key.collection == id]
        if not (changed or added or removed):
            continue
        yield f"{collection.label}：新增 {len(added)} 条，改动 {len(changed)} 条（{sum(map(len, changed.values()))} 处），表里没有 {len(removed)} 条"
        for addition in added:
            yield f"  新增 {addition.key.id}（{addition.place}）：{_said(addition.said)}"
        for key, told in changed.items():
            yield f"  改动 {key.id} {titles.get(key, '')}"
            for place, label, old, new, is_row in told:
                ending = "" if not is_row else "（删去这一行）" if is_deleting else "（没有加 --delete，不删）"
                yield f"    {place} {label}：{_shown(old)} → {_shown(new)}{ending}"
        yield from _removed(removed, titles, is_deleting)
    for problem in proposal.problems:
        warning = "（提醒）" if problem.severity == "warning" else ""
        at = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
        yield f"{at}: {warning}{problem.message} [{problem.code}]"
        if problem.hint:
            yield f"    {problem.hint}"


def _removed(keys: Sequence[Key], titles: Mapping[Key, str], is_deleting: bool) -> Iterator[str]:
    """What goes is told one by one; what only is not in the table, as in anybody's own table of a few rows, in short."""
    shown = keys if is_deleting or len(keys) <= FEW else keys[: FEW - 1]
    for key in shown:
        yield f"  删除 {key.id} {titles.get(key, '')}" if is_deleting else f"  表里没有 {key.id} {titles.get(key, '')}（没有加 --delete，不删）"
    if len(shown) < len(keys):
        yield f"  表里没有的还有 {len(keys) - len(shown)} 条（没有加 --delete，不删）"


def closing(proposal: Proposal, is_applied: bool) -> str:
    errors = sum(problem.severity == "error" for problem in proposal.problems)
    if errors:
        return f"{errors} 个错误：什么都没有写入。改好表格再来一遍"
    if not proposal.texts:
        return "没有要改的内容"
    files = len(proposal.texts)
    return f"已写入 {files} 个文件。运行 build.py serve 看一看" if is_applied else f"以上是预览，还没有写入（会改 {files} 个文件）。确认无误，再加 --apply"


def _shown(text: str) -> str:
    text = text.replace("\n", "⏎")
    return "（空）" if not text else text if len(text) <= 60 else text[:59] + "…"


def _said(said: dict) -> str:
    parts = [value if isinstance(value, str) else "、".join(item for item in value if isinstance(item, str)) for value in list(said.values())[:3]]
    return _shown("，".join(part for part in parts if part))
