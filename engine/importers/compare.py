"""What a workbook would change: added, changed cell by cell, removed, and what is wrong, each with its sheet and cell. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field as of
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from engine import fields
from engine.fields import PROSE, Terms, nearest
from engine.identifiers import Misfit
from engine.importers.cells import Cell, Sheet, TOO_LONG, cell_of, raw_of, text_in
from engine.importers.layout import BODY_FIELD, GUIDE_SHEET, ID, ID_FIELD, ROW, TERMS_SHEET, VERSION, Plan, Words, digest, headings, plain_heading, plans, table_cells, table_version, value_in, versions
from engine.ids import id_problems
from engine.load import Loaded
from engine.model import Field, Key, Problem, Record


class Change(NamedTuple):
    """A cell that says something else than its record. `raw` is what the record is to say: a text, a list, None for nothing."""

    key: Key
    field: Field
    old: str
    new: str
    raw: Any
    value: Any
    place: str


class RowChange(NamedTuple):
    """The rows of a table of a record: `steps` as `edit.set_rows` takes them, `told` as an editor reads them: (place, column, old, new, is taken away)."""

    key: Key
    table: Field
    steps: tuple[tuple, ...]
    told: tuple[tuple[str, str, str, str, bool], ...]


class Addition(NamedTuple):
    key: Key
    said: dict[str, Any]
    values: dict[str, Any]
    body: str
    place: str
    after: str | None  # the id of the record in the row above


@dataclass(slots=True)
class Found:
    """All that a workbook would do. `places` leads from a record and a trail to the cell that said it."""

    changes: list[Change] = of(default_factory=list)
    rows: list[RowChange] = of(default_factory=list)
    additions: list[Addition] = of(default_factory=list)
    removals: list[Key] = of(default_factory=list)
    problems: list[Problem] = of(default_factory=list)
    places: dict[tuple, str] = of(default_factory=dict)
    sheets: int = 0


def compare(loaded: Loaded, sheets: Sequence[Sheet], words: Words, into: str | None = None) -> Found:
    """The sheets against the records. `into` names the collection of a file whose only sheet has another name."""
    found = Found()
    known = {plan.name: plan for collection in loaded.collections.values() for plan in plans(collection)}
    known |= {collection.id: plans(collection)[0] for collection in loaded.collections.values()}
    read: list[tuple[Plan, Sheet]] = []
    used = [sheet for sheet in sheets if sheet.name not in (GUIDE_SHEET, TERMS_SHEET) and any(cell not in (None, "") for row in sheet.rows for cell in row)]
    for sheet in used:
        plan = known.get(into or "") if into and len(used) == 1 else known.get(sheet.name.strip()) or _by_file(known, sheet, used)
        if plan is None:
            near = nearest(sheet.name, known)
            hint = f"您是不是想写“{near}”？" if near else f"工作表用库的名称，如“{next(iter(known), '')}”；只有一张表时也可以写 --into 库"
            found.problems.append(Problem(sheet.name, "sheet-unknown", f"没有“{sheet.name}”这个库", hint))
        else:
            read.append((plan, sheet))
    found.sheets = len(read)
    records = {record.key: record for record in loaded.records}
    for plan, sheet in sorted(read, key=lambda pair: pair[0].table is not None):  # records before the rows of their tables
        columns = _columns(plan, sheet, found)
        if columns is not None:
            (_compare_records if plan.table is None else _compare_rows)(plan, sheet, columns, loaded, records, words, found)
    return found


def _by_file(known: Mapping[str, Plan], sheet: Sheet, sheets: Sequence[Sheet]) -> Plan | None:
    """`equipment-2026.csv` or a sheet named `设备库 (2)`: its name begins with that of a library."""
    fitting = [name for name in known if sheet.name.startswith(name)]
    return known[max(fitting, key=len)] if fitting and len(sheets) == 1 else None


# ── a sheet and its heading ───────────────────────────────────────────────────


def place(sheet: Sheet, row: int, column: int) -> str:
    """The cell as spreadsheets call it; rows and columns count from 0 here."""
    name, letters = column + 1, ""
    while name:
        name, rest = divmod(name - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet.name}!{letters}{row + 1}"


def _columns(plan: Plan, sheet: Sheet, found: Found) -> dict[str, int] | None:
    """The column of each field by its name, `编号` and `版本` among them; None when there is no telling whose rows these are."""
    known = headings(plan)
    columns: dict[str, int] = {}
    tell = found.problems.append
    for number, cell in enumerate(sheet.rows[0]):
        text = plain_heading(cell) if isinstance(cell, str) else ""
        here = place(sheet, 0, number)
        if cell in (None, ""):
            if any(len(row) > number and row[number] not in (None, "") for row in sheet.rows[1:]):
                tell(Problem(here, "column-unnamed", "这一列有内容，没有表头", "写上字段的名称，或者删去这一列"))
            continue
        field = known.get(text)
        name = {ID: "id", "id": "id", VERSION: VERSION, ROW: ROW}.get(text) or (field.name if field else None)
        if name is None:
            near = nearest(text, known)
            tell(Problem(here, "column-unknown", f"“{plan.name}”没有“{cell if isinstance(cell, str) else text}”这一列", f"您是不是想写“{near}”？" if near else "可用的列见 content/README.md，或者删去这一列"))
        elif name in columns:
            tell(Problem(here, "column-repeated", f"“{text}”这一列有两个", "只保留一个"))
        else:
            columns[name] = number
    if "id" not in columns:
        tell(Problem(place(sheet, 0, 0), "column-missing", f"缺少“{ID}”这一列，分不清哪一行是哪一条", f"第一行是表头，其中一列叫“{ID}”"))
        return None
    _tell_hidden(sheet, columns, found)
    return columns


def _tell_hidden(sheet: Sheet, columns: Mapping[str, int], found: Found) -> None:
    def tell(code: str, message: str, hint: str, severity: str = "warning") -> None:
        found.problems.append(Problem(sheet.name, code, message, hint, severity))

    if sheet.is_hidden:
        tell("sheet-hidden", "这张工作表是隐藏的，照样读入", "不想读入就删去它")
    if sheet.hidden_rows:
        rows = _runs(sheet.hidden_rows)
        tell("row-hidden", f"第 {rows} 行是隐藏的（或被筛选掉了），照样读入", "取消隐藏或筛选，看看其中的内容")
    seen = [number for number in sheet.hidden_columns if number - 1 in columns.values() and number - 1 != columns.get(VERSION)]
    if seen:
        tell("column-hidden", f"第 {_runs(seen)} 列是隐藏的，照样读入", "取消隐藏，看看其中的内容")
    for cells in sheet.merged:
        tell("cells-merged", f"{cells} 是合并的单元格，只有左上角的一格有内容", "取消合并，在每一格里写上内容", "error")


def _runs(numbers: Sequence[int]) -> str:
    """3、5–7"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


# ── records ───────────────────────────────────────────────────────────────────


def _rows_of(sheet: Sheet, columns: Mapping[str, int]) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(sheet.rows[1:], 1):
        if any(cell is not None and (type(cell) is not str or cell.strip()) for place, cell in enumerate(row) if place != columns.get(VERSION) and place != columns.get(ROW)):
            yield number, row


def _id_in(sheet: Sheet, number: int, row: list[Cell], columns: Mapping[str, int], found: Found, ids: Sequence[str] = ()) -> str | None:
    at = columns["id"]
    text = text_in(ID_FIELD, row[at] if at < len(row) else None)
    here = place(sheet, number, at)
    if isinstance(text, Misfit):
        found.problems.append(Problem(here, text.code, f"“{ID}”{text.message}", text.hint))
    elif not text:
        free = next_id(ids)
        found.problems.append(Problem(here, "row-id-missing", "这一行有内容，没有编号", f"新记录写一个没有用过的编号{f'，如 {free}' if free else ''}；多余的行就整行删去"))
    else:
        return text.split("（")[0].strip()
    return None


def _compare_records(plan: Plan, sheet: Sheet, columns, loaded: Loaded, records: Mapping[Key, Record], words: Words, found: Found) -> None:
    terms = Terms(loaded.vocabularies)
    own = plan.collection.id
    placed = [(field, columns[field.name]) for field in plan.fields if field.name in columns]
    ids = [key.id for key in records if key.collection == own]
    seen: dict[str, str] = {}
    above = None
    for number, row in _rows_of(sheet, columns):
        id = _id_in(sheet, number, row, columns, found, ids)
        if id is None:
            continue
        here = place(sheet, number, columns["id"])
        if id in seen:
            found.problems.append(Problem(here, "row-id-duplicate", f"编号“{id}”写了两次；另一处在 {seen[id]}", "每条记录的编号不能相同"))
            continue
        seen[id] = here
        record = records.get(Key(own, id))
        if record is None:
            found.problems += [replace(problem, path=here, hint="改这一格", trail=(), line=0, column=0) for problem in id_problems(id, here, ())]
            _add(plan, sheet, number, row, columns, Key(own, id), terms, words, above, found)
        else:
            _change(plan, placed, sheet, number, row, columns.get(VERSION), record, terms, words, found)
        above = id
    found.removals += [Key(own, id) for id in sorted(ids) if id not in seen]


def next_id(ids: Sequence[str]) -> str:
    """The id that would come next: `exp-134` → `exp-135`."""
    numbered = [(head, len(tail), int(tail)) for id in ids for head, dash, tail in [id.rpartition("-")] if dash and tail.isdigit()]
    if len(numbered) * 2 < len(ids) or not numbered:
        return ""
    head, width, _ = numbered[-1]
    return f"{head}-{max(number for first, _, number in numbered if first == head) + 1:0{width}d}"


def _change(plan: Plan, placed: Sequence[tuple[Field, int]], sheet: Sheet, number: int, row, last: int | None, record: Record, terms: Terms, words: Words, found: Found) -> None:
    length, exported = len(row), None
    for field, at in placed:
        cell = row[at] if at < length else None
        value = value_in(record, field)
        if cell == value if type(cell) is str else cell is None and value in (None, (), ""):
            continue  # most cells of most workbooks, so this is asked before anything is put into words
        old = cell_of(field, value, words.names)
        if cell == old or (cell is None and not old) or cell == TOO_LONG:
            continue
        here = place(sheet, number, at)
        found.places[record.key, field.name] = here
        read = _read(field, cell, terms, words, here, found)
        if read is None:
            continue
        text, raw, said = read
        if said == value or (raw is None and not old) or (field.type == PROSE and text.strip() == old.strip()):
            continue
        if exported is None:
            exported = versions(plan, record.key.id, row[last] if last is not None and last < length else None)
        if exported and exported[field.name] != digest(old):
            if exported[field.name] == digest(text):  # the editor left it as it was exported; somebody else changed the file
                continue
            found.problems.append(Problem(here, "cell-stale", f"导出以后有人改过“{field.label}”，现在是“{_short(old)}”", "这里的内容会盖掉它；拿不准就重新导出再改", "warning"))
        if raw is None and field.required:
            found.problems.append(Problem(here, "field-missing", f"“{field.label}”必填，不能清空", "写上内容，或者还原"))
            continue
        found.changes.append(Change(record.key, field, old, text, raw, said, here))


def _read(field: Field, cell: Cell, terms: Terms, words: Words, here: str, found: Found) -> tuple[str, Any, Any] | None:
    """The text of a cell, what the record is to say, and its value; None when something is wrong, which is told."""
    text = text_in(field, cell)
    raw = text if isinstance(text, Misfit) else raw_of(field, text, words.known)
    if isinstance(raw, Misfit):
        found.problems.append(Problem(here, raw.code, f"“{field.label}”{raw.message}", raw.hint))
        return None
    if raw is None:
        return text, None, fields.unsaid(field)
    value, problems = fields.read_value(field, raw, terms, here, ())
    found.problems += [replace(problem, trail=()) for problem in problems]
    if problems:
        return None
    return text, raw, value


def _add(plan: Plan, sheet: Sheet, number: int, row, columns, key: Key, terms: Terms, words: Words, above: str | None, found: Found) -> None:
    said: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for field in plan.fields:
        at = columns.get(field.name)
        cell = row[at] if at is not None and at < len(row) else None
        here = place(sheet, number, at if at is not None else columns["id"])
        found.places[key, field.name] = here
        read = _read(field, cell, terms, words, here, found)
        if read is None or read[1] is None:
            if field.required and read is not None:
                found.problems.append(Problem(here, "field-missing", f"缺少必填的“{field.label}”", "写上内容"))
            continue
        _, said[field.name], values[field.name] = read
    body = said.pop(BODY_FIELD.name, "")
    here = place(sheet, number, columns["id"])
    found.places[key, ""] = here
    found.additions.append(Addition(key, said, values, body, here, above))


# ── rows of tables ────────────────────────────────────────────────────────────


def _compare_rows(plan: Plan, sheet: Sheet, columns, loaded: Loaded, records: Mapping[Key, Record], words: Words, found: Found) -> None:
    terms = Terms(loaded.vocabularies)
    added = {addition.key: addition for addition in found.additions}
    gathered: dict[Key, list[tuple[int, list[Cell]]]] = {}
    for number, row in _rows_of(sheet, columns):
        id = _id_in(sheet, number, row, columns, found)
        key = Key(plan.collection.id, id or "")
        if id is None:
            continue
        if key not in records and key not in added:
            near = nearest(id, words.known.ids.get(plan.collection.id, {}))
            found.problems.append(Problem(place(sheet, number, columns["id"]), "row-orphan", f"“{plan.collection.label}”里没有“{id}”这一条", f"您是不是想写“{near}”？" if near else "先在那张表里加上它"))
            continue
        gathered.setdefault(key, []).append((number, row))
    for key, rows in gathered.items():
        read = [_read_row(plan, sheet, number, row, columns, key, place_in, terms, words, found) for place_in, (number, row) in enumerate(rows)]
        if key in added:
            added[key].said[plan.table.name] = [{name: one for name, one in raw.items() if one is not None} for _, raw, _, _ in read]
        else:
            last = columns.get(VERSION)
            exported = rows[0][1][last] if last is not None and last < len(rows[0][1]) else None
            if not _is_as_exported(plan, key, read, exported):
                changed = len(found.rows)
                _change_rows(plan, records[key], read, words, found)
                if len(found.rows) > changed:
                    _tell_stale(plan, records[key], exported, place(sheet, rows[0][0], columns["id"]), words, found)
    gone = set(found.removals)
    for key, record in records.items():
        if key.collection == plan.collection.id and key not in gathered and key not in gone and record.values[plan.table.name]:
            _change_rows(plan, record, [], words, found, sheet.name)


def _is_as_exported(plan: Plan, key: Key, read: Sequence[tuple], exported: Cell) -> bool:
    """Whether the editor left the rows alone, so that what somebody else changed meanwhile stays."""
    return exported == table_version(key.id, [[texts.get(field.name, "") for field in plan.fields] for _, _, texts, _ in read])


def _tell_stale(plan: Plan, record: Record, exported: Cell, here: str, words: Words, found: Found) -> None:
    now = table_version(record.key.id, table_cells(plan, record, words.names))
    if isinstance(exported, str) and exported != now and exported[:4] == now[:4]:
        message = f"导出以后有人改过“{record.key.id}”的“{plan.table.label}”"
        found.problems.append(Problem(here, "cell-stale", message, "这里的内容会盖掉它；拿不准就重新导出再改", "warning"))


def _read_row(plan: Plan, sheet: Sheet, number: int, row, columns, key: Key, at_row: int, terms: Terms, words: Words, found: Found):
    """Values, what to write, texts and places of a row, by column."""
    values, raws, texts, places = {}, {}, {}, {}
    for field in plan.fields:
        at = columns.get(field.name)
        if at is None:
            continue
        here = place(sheet, number, at)
        places[field.name] = found.places[key, plan.table.name, at_row, field.name] = here
        read = _read(field, row[at] if at < len(row) else None, terms, words, here, found)
        if read is None:
            continue
        texts[field.name], raws[field.name], values[field.name] = read
        if raws[field.name] is None and field.required:
            found.problems.append(Problem(here, "field-missing", f"缺少必填的“{field.label}”", "写上内容；多余的行就整行删去"))
    return values, raws, texts, places


def _change_rows(plan: Plan, record: Record, read: Sequence[tuple], words: Words, found: Found, sheet: str = "") -> None:
    """Rows are matched by what they say, so that one put in between does not change all that follow."""
    old = list(record.values[plan.table.name])
    names = [field.name for field in plan.fields]
    columns = [name for name in names if not read or name in read[0][3]]
    before = [tuple(row[name] for name in columns) for row in old]
    after = [tuple(values.get(name) for name in columns) for values, *_ in read]
    steps: list[tuple] = []
    told: list[tuple[str, str, str, str, bool]] = []
    labels = {field.name: field for field in plan.fields}
    for what, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        both = last - first if what == "equal" else min(last - first, end - begin)
        for number in range(both):
            values, raws, texts, places = read[begin + number]
            row = old[first + number]
            edits = {name: raws[name] for name in columns if name in raws and values[name] != row[name]}
            steps.append(("edit", first + number, edits) if edits else ("keep", first + number))
            told += [(places[name], f"{plan.table.label}第 {first + number + 1} 行 {labels[name].label}", cell_of(labels[name], row[name], words.names), texts[name], False) for name in edits]
        for number in range(begin + both, end):
            values, raws, texts, places = read[number]
            steps.append(("insert", {name: raw for name, raw in raws.items() if raw is not None}))
            told.append((next(iter(places.values()), ""), f"{plan.table.label}新增一行", "", " ".join(text for text in texts.values() if text), False))
        for number in range(first + both, last):
            steps.append(("delete", number))
            shown = " ".join(text for name in names if (text := cell_of(labels[name], old[number][name], words.names)))
            told.append((sheet or plan.name, f"{plan.table.label}第 {number + 1} 行", shown, "", True))
    if any(step[0] != "keep" for step in steps):
        found.rows.append(RowChange(record.key, plan.table, tuple(steps), tuple(told)))


def _short(text: str, length: int = 40) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= length else text[: length - 1] + "…"
