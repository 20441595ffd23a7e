"""The pictures of content/README.md, made from what the program really prints and shows: `python -m tests.guide_pictures`.

The workbook is drawn as a table, since no office program is at hand; its cells, colours and notes are those of the exported file.
"""

from __future__ import annotations

import html
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from playwright.sync_api import sync_playwright

from tests import workbooks
from tests.test_newcomer import wait_for

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "content" / "_guide"
TODAY = "2026-11-22"
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; width: 960px; font: 15px/1.65 "Noto Sans CJK SC", sans-serif; }
.screen { background: #1d232b; color: #e4e9ee; padding: 18px 22px; white-space: pre-wrap; font-family: "Noto Sans Mono CJK SC", monospace; }
.screen b { color: #8fd3ff; font-weight: 400; }
table { border-collapse: collapse; font-size: 14px; } td, th { border: 1px solid #c8ced5; padding: 3px 8px; text-align: start; font-weight: 400; white-space: nowrap; }
.edge { background: #eef0f2; color: #66707a; text-align: center; } .tabs { padding: 8px; background: #eef0f2; } .tabs span { padding: 4px 12px; margin-inline-end: 2px; background: #dfe3e7; } .tabs .now { background: #fff; font-weight: 700; }
.changed { outline: 2px solid #c7420a; outline-offset: -2px; }
</style><body>"""


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), *arguments], capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    return (done.stdout + done.stderr).strip()


def screen(command: str, said: str) -> str:
    return f'{_PAGE}<div class="screen"><b>$ .venv/bin/python build.py {html.escape(command)}</b>\n{html.escape(said)}</div>'


def sheet(path: Path, name: str, columns: int, rows: int, changed: set[str]) -> str:
    book = openpyxl.load_workbook(path)
    page = book[name]
    lines = ['<tr><th class="edge"></th>' + "".join(f'<th class="edge">{openpyxl.utils.get_column_letter(number)}</th>' for number in range(1, columns + 1)) + "</tr>"]
    for number, row in enumerate(page.iter_rows(max_row=rows, max_col=columns), 1):
        cells = []
        for cell in row:
            fill = f' style="background: #{cell.fill.start_color.rgb[-6:]}; font-weight: 600"' if number == 1 else ""
            mark = ' class="changed"' if cell.coordinate in changed else ""
            cells.append(f"<td{fill}{mark}>{html.escape(str(cell.value or ''))[:22]}</td>")
        lines.append(f'<tr><th class="edge">{number}</th>{"".join(cells)}</tr>')
    tabs = "".join(f'<span class="{"now" if one == name else ""}">{html.escape(one)}</span>' for one in book.sheetnames)
    return f'{_PAGE}<table>{"".join(lines)}</table><div class="tabs">{tabs}</div>'


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        base = Path(folder)
        content = base / "content"
        shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("_guide"))
        place = ("--content", str(content), "--today", TODAY)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])

        def shoot(name: str, text: str = "", address: str = "", height: int = 0) -> None:
            page = browser.new_page(viewport={"width": 960, "height": height or 120})
            page.goto(address) if address else page.set_content(text)
            page.screenshot(path=PICTURES / name, full_page=not height)
            page.close()

        run("export", "equipment", str(base / "设备.xlsx"), *place)
        edits = {("设备库", "eq-0001", "型号"): "HG-935", ("设备库", "eq-0002", "购置年份"): "2014", ("设备库·主要参数", "eq-0001", "量程", 1): "0.004~4.5 %"}
        path = workbooks.edited(base / "设备.xlsx", edits)
        shoot("workbook.png", sheet(path, "设备库", 8, 9, {"C2"}))
        shoot("preview.png", screen("import 设备.xlsx", run("import", str(path), *place)))
        wrong = workbooks.edited(base / "设备.xlsx", {("设备库", "eq-0001", "类别"): "光普仪", ("设备库", "eq-0002", "联系电话"): 3535554081})
        shoot("refused.png", screen("import 设备.xlsx", run("import", str(wrong), *place)))
        file = content / "experts" / "exp-001.md"
        file.write_text(file.read_text("utf-8").replace("title: 农艺师", "titel: 农艺师").replace("verified_on: 2026-08-12", "verified_on: 2026-8-12"), "utf-8")
        lines = run("check", *place).splitlines()
        mine = [number for number, line in enumerate(lines) if "exp-001" in line]
        shown = [line for number in mine for line in lines[number : number + 2]]
        shoot("check.png", screen("check", "\n".join([*shown, "……", lines[-1]])))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        serving = subprocess.Popen([sys.executable, str(ROOT / "build.py"), "serve", "--port", str(port), *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            shoot("serve.png", address=f"http://127.0.0.1:{port}/", height=420)
        finally:
            serving.terminate()
        file.write_text((ROOT / "content/experts/exp-001.md").read_text("utf-8"), "utf-8")
        run("report", "--output", str(base / "report.html"), *place)
        shoot("report.png", address=(base / "report.html").as_uri(), height=760)
        browser.close()


if __name__ == "__main__":
    main()
