"""Records into a workbook: a sheet for each collection and each of its tables, a sheet of words, a sheet that says how to fill it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from engine import guide
from engine.fields import PROSE
from engine.importers import workbook
from engine.importers.layout import BODY_FIELD, GUIDE_SHEET, ID, ROW, TERMS_SHEET, VERSION, Plan, Words, cells_of, heading_of, list_of, lists, plans, table_cells, table_version, version, words_of
from engine.importers.workbook import Heading, Page, letter
from engine.load import Loaded
from engine.model import Field, Record
from engine.schema import COMMON

_GUIDE = (
    "一、每个库一张工作表，一行一条。第一列“编号”是这条记录的身份，公布以后不再改；新记录写一个没有用过的编号。",
    "二、名为“某库·某表”的工作表里是记录内部的表格（如设备的主要参数）：第一列写那条记录的编号，同一编号可以有许多行，先后就是显示的次序。",
    "三、橙色表头必填；灰色表头不公开，只有编辑看得到。把鼠标停在表头上，可以看到这一列怎么写。",
    "四、一格里有几个内容时用中文分号“；”隔开，或者在格里换行（Alt+Enter）。",
    "五、有下拉列表的列可以直接选；要选几个时，自己接着写“；”和下一个。",
    "六、引用别的记录写编号，括号里的名称只是给人看的；只写名称也可以，重名时要写编号。",
    "七、所有单元格都是文本格式，不要改：18 位的代码改成数字会丢掉后几位。",
    "八、不要用公式、合并单元格。用不到的列和工作表可以整个删掉，删掉的列不会动；但单元格清空等于删去那项内容。",
    "九、删掉一行不会删掉记录；确实要删，导入时加 --delete。机构撤销、专家退出请填“退出日期”，不要删。",
    "十、最后一列“版本”是隐藏的，用来发现导出以后别人改过的内容，请不要动它。",
    "改完后：build.py import 这个文件.xlsx 先看会改什么；确认无误，再加 --apply 写入。",
)


def write(loaded: Loaded, wanted: Sequence[str], path: Path) -> int:
    """The workbook of the named collections; how many records are in it."""
    words = words_of(loaded)
    chosen = [loaded.collections[id] for id in wanted]
    offered = lists(chosen, loaded, words)
    places = {name: f"'{TERMS_SHEET}'!${letter(number)}$2:${letter(number)}${len(said) + 1}" for number, (name, (_, said)) in enumerate(offered.items(), 1)}
    pages = [Page(GUIDE_SHEET, (Heading("怎么填这个工作簿", width=110),), [[line] for line in _GUIDE], "A2")]
    count = 0
    for collection in chosen:
        records = sorted((record for record in loaded.records if record.key.collection == collection.id), key=lambda record: record.key)
        count += len(records)
        for plan in plans(collection):
            if plan.table is None or plan.table.name not in COMMON or any(record.values[plan.table.name] for record in records):
                pages.append(_page(plan, records, words, loaded, places))
    pages.append(_words_page(offered))
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.write(path, pages)
    return count


def _page(plan: Plan, records: Sequence[Record], words: Words, loaded: Loaded, places: Mapping[str, str]) -> Page:
    first = Heading(ID, "这条记录的编号，小写字母、数字和连字号。", 14, "required") if plan.table is None else Heading(ID, f"这一行属于哪条{plan.collection.item}，写它的编号。", 14, "required")
    heads = [first] if plan.table is None else [first, Heading(ROW, "第几行，只供查看；次序以表里的先后为准。", 6)]
    for field in plan.fields:
        offered = places.get(list_of(plan.collection, plan.table, field) or "", "")
        heads.append(Heading(heading_of(plan, field), _note(field, loaded), _width(field), _look(field), offered))
    heads.append(Heading(VERSION, "", 4, "machine"))
    rows = _rows(plan, records, words) if plan.table is None else _table_rows(plan, records, words)
    return Page(plan.name, heads, rows, "C2" if plan.table is None else "B2")


def _rows(plan: Plan, records: Sequence[Record], words: Words) -> Iterator[list[str]]:
    for record in records:
        cells = cells_of(plan, record, words.names)
        yield [record.key.id, *cells, version(plan, record.key.id, cells)]


def _table_rows(plan: Plan, records: Sequence[Record], words: Words) -> Iterator[list[str]]:
    for record in records:
        rows = table_cells(plan, record, words.names)
        said = table_version(record.key.id, rows)
        for number, row in enumerate(rows, 1):
            yield [record.key.id, str(number), *row, said]


def _note(field: Field, loaded: Loaded) -> str:
    how = "" if field is BODY_FIELD else "写法：" + guide.how(field, loaded.vocabularies).replace("；可多个，[甲, 乙]", "")
    parts = ["必填。" if field.required else "", how, "可以写几个，用“；”隔开。" if field.many else "", guide.notes(field)]
    return "\n".join(part for part in parts if part)


def _width(field: Field) -> int:
    return {"date": 12, "year": 8, "boolean": 8, "integer": 8, "choice": 12, PROSE: 40}.get(field.type, 24 if field.many or field.type in ("reference", "credit-code") else 18)


def _look(field: Field) -> str:
    return "required" if field.required else "" if field.public and field.needs is None else "private"


def _words_page(offered: Mapping[str, tuple[str, list[str]]]) -> Page:
    longest = max((len(said) for _, said in offered.values()), default=0)
    columns = [said for _, said in offered.values()]
    return Page(TERMS_SHEET, [Heading(title, width=24) for title, _ in offered.values()], [[said[row] if row < len(said) else "" for said in columns] for row in range(longest)], "A2")
