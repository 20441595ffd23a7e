"""The whole path as a newcomer goes it, by the commands of the guide: export, change ten cells, preview, apply, check, serve, see it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests import sites, workbooks
from tests.test_importers import TEN

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, str(ROOT / "build.py"), *arguments], capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})


def test_from_a_workbook_to_a_page_in_the_browser(tmp_path, browser):
    content = sites.write(tmp_path / "content", sites.SMALL)
    place = ("--content", str(content), "--today", "2026-11-22")
    before = workbooks.texts(content)

    done = run("export", "--all", str(tmp_path / "全部.xlsx"), *place)
    assert done.returncode == 0 and "已导出 11 条记录" in done.stdout

    path = workbooks.edited(tmp_path / "全部.xlsx", TEN)
    done = run("import", str(path), *place)
    assert done.returncode == 0 and "机构库!B2 机构名称：小城计量所 → 小城计量测试所" in done.stdout
    assert done.stdout.endswith("以上是预览，还没有写入（会改 4 个文件）。确认无误，再加 --apply\n")
    assert workbooks.texts(content) == before

    done = run("import", str(path), "--apply", *place)
    assert done.returncode == 0 and done.stdout.endswith("已写入 4 个文件。运行 build.py serve 看一看\n")
    done = run("check", *place)
    assert (done.returncode, done.stdout) == (0, "没有问题\n")

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen([sys.executable, str(ROOT / "build.py"), "serve", "--port", str(port), "--output", str(tmp_path / "site"), *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/institutions/inst-01/")
        assert "小城计量测试所" in page.inner_text("h1")
        assert "0~220 g" in page.inner_text("main")
        page.goto(f"http://127.0.0.1:{port}/news/window/")
        assert "周六开放" in page.inner_text("main")
        page.close()
    finally:
        serving.terminate()
        serving.wait(20)


def wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers, if only with the problems of the content
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


def test_a_mistake_stops_the_import_with_1_and_writes_nothing(tmp_path):
    content = sites.write(tmp_path / "content", sites.SMALL)
    before = workbooks.texts(content)
    (tmp_path / "experts.csv").write_bytes("编号,办公电话\nexp-001,3.54E+11\n".encode("gbk"))
    done = run("import", str(tmp_path / "experts.csv"), "--apply", "--content", str(content))
    assert done.returncode == 1 and done.stdout.endswith("1 个错误：什么都没有写入。改好表格再来一遍\n")
    assert workbooks.texts(content) == before


def test_wrong_use_of_export_is_explained(tmp_path):
    content = sites.write(tmp_path / "content", sites.SMALL)
    for arguments, told in [(("expert", "a.xlsx"), "您是不是想写“experts”？"), (("a.xlsx",), "写法：build.py export"), (("--all", "a.csv"), "写法：build.py export"), (("experts", "a.xlsx", "--all"), "写法：build.py export")]:
        done = run("export", *arguments, "--content", str(content))
        assert done.returncode == 2 and told in done.stderr


def test_content_with_errors_is_not_exported(tmp_path):
    """A value that could not be read would be missing in the workbook, and come back as deleted."""
    content = sites.write(tmp_path / "content", {**sites.SMALL, "institutions/inst-02.yaml": "name: 站\narea: 西区\n"})
    done = run("export", "--all", str(tmp_path / "a.xlsx"), "--content", str(content))
    assert done.returncode == 1 and "term-unknown" in done.stderr and not (tmp_path / "a.xlsx").exists()
