"""Seconds to export and import a library of 20,000 records: `python -m tests.benchmarks.importing [N]`. Prints figures and asserts nothing."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

import openpyxl

from engine import load
from engine.importers import export, preview
from engine.pipeline import Order
from tests import sites

THINGS = """\
label: 设备库
item: 设备
fields:
  name:     {label: 名称, type: text, required: true}
  model:    {label: 型号, type: text}
  maker:    {label: 制造商, type: text}
  serial:   {label: 出厂编号, type: text, public: false}
  category: {label: 类别, type: term, vocabulary: fields, required: true}
  area:     {label: 所在区域, type: area}
  acquired: {label: 购置年份, type: year}
  due:      {label: 有效期至, type: date}
  range:    {label: 量程, type: range}
  sharing:  {label: 共享方式, type: choice, choices: {open: 对外服务, closed: 不开放}, required: true}
  institution: {label: 所属机构, type: reference, to: institutions}
"""
ONE = "- id: t-{0:05d}\n  name: 设备{0}\n  model: M-{0}\n  maker: 某厂\n  serial: {0:08d}\n  category: 食品\n  area: 北区\n  acquired: 2016\n  due: 2027-01-01\n  range: 0~200 g\n  sharing: 对外服务\n  institution: inst-01\n  sample: true\n\n"


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        files = {f"things/part-{part:02d}.yaml": "".join(ONE.format(number) for number in range(part * 1000, min(count, part * 1000 + 1000))) for part in range(-(-count // 1000))}
        content = sites.write(base / "content", {**sites.SMALL, "things/_collection.yaml": THINGS, **files})
        order = Order(content, base, base / "site", date(2026, 11, 22))
        start = perf_counter()
        loaded = load.load(content)
        told("读取", start)
        start = perf_counter()
        export.write(loaded, ["things"], base / "things.xlsx")
        told("导出", start)
        start = perf_counter()
        same = preview.propose(order, base / "things.xlsx")
        told(f"导入（没有改动，{len(same.problems)} 个问题）", start)
        book = openpyxl.load_workbook(base / "things.xlsx")
        for row in range(2, count + 2, 20):
            book["设备库"].cell(row, 3).value = f"N-{row}"
        book.save(base / "changed.xlsx")
        start = perf_counter()
        changed = preview.propose(order, base / "changed.xlsx")
        told(f"导入（改动 {len(changed.found.changes)} 处，{len(changed.problems)} 个问题）", start)


def told(what: str, start: float) -> None:
    print(f"{what}：{perf_counter() - start:.2f} 秒")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
