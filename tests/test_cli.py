"""The command line: what it prints and how it ends."""

from __future__ import annotations

import json
import os
import pty
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BROKEN = {
    "_site.yaml": "name: 试验站\n",
    "things/_collection.yaml": "label: 物品库\nitem: 物品\nfields:\n  name: {label: 名称, type: text, required: true}\n  day: {label: 日期, type: date}\n",
    "things/a.yaml": "name: 甲\nday: 2026-1-5\n",
}
MESSAGE = "content/things/a.yaml:2:6: “日期”应写成 2026-11-22 这样的日期，这里是“2026-1-5” [date-invalid]\n    您是不是想写“2026-01-05”？\n1 个错误，在 1 个文件里\n"


@pytest.fixture
def content(tmp_path) -> Path:
    for name, text in BROKEN.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "content"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, str(ROOT / "build.py"), *arguments], capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment})


def mend(content: Path) -> None:
    (content / "things" / "a.yaml").write_text("name: 甲\nday: 2026-01-05\n", "utf-8")


def test_check_tells_place_message_code_and_hint_and_ends_with_1(content):
    done = run("check", "--content", str(content))
    assert (done.returncode, done.stdout) == (1, MESSAGE)


def test_check_annotates_for_github(content):
    done = run("check", "--content", str(content), "--format", "github")
    assert done.stdout.startswith("::error file=content/things/a.yaml,line=2,col=6,title=date-invalid::“日期”应写成")


def test_check_lists_problems_as_json(content):
    (problem,) = json.loads(run("check", "--content", str(content), "--format", "json").stdout)
    assert problem == {
        "path": "content/things/a.yaml",
        "line": 2,
        "column": 6,
        "code": "date-invalid",
        "severity": "error",
        "message": "“日期”应写成 2026-11-22 这样的日期，这里是“2026-1-5”",
        "hint": "您是不是想写“2026-01-05”？",
    }


def test_a_build_with_an_error_writes_nothing(content, tmp_path):
    done = run("--content", str(content), "--output", str(tmp_path / "site"))
    assert done.returncode == 1 and MESSAGE in done.stderr and not (tmp_path / "site").exists()


def test_a_build_with_an_error_leaves_the_old_site_untouched(content, tmp_path):
    good = content / "things" / "a.yaml"
    mend(content)
    assert run("--content", str(content), "--output", str(tmp_path / "site")).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    good.write_text(BROKEN["things/a.yaml"], "utf-8")
    assert run("--content", str(content), "--output", str(tmp_path / "site")).returncode == 1
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before


def test_a_good_build_ends_with_0_and_says_files_bytes_and_seconds(content, tmp_path):
    mend(content)
    done = run("build", "--content", str(content), "--output", str(tmp_path / "site"), "--jobs", "1")
    assert done.returncode == 0
    assert "个文件" in done.stdout and "MB" in done.stdout and "秒" in done.stdout


@pytest.mark.parametrize("arguments", [("--jobs", "0"), ("--today", "2026-13-01"), ("check", "--format", "xml"), ("--nonsense",), ("new", "things"), ("serve", "--port", "65536")])
def test_wrong_use_ends_with_2(arguments):
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize("word, told", [("chekc", "没有“chekc”这个命令，您是不是想用 check？\n"), ("发布", "没有“发布”这个命令，现有：build、check、")])
def test_a_command_that_is_none_is_told_with_the_nearest(word, told):
    done = run(word)
    assert done.returncode == 2 and done.stderr.startswith(told)


@pytest.mark.parametrize("arguments", [("--output", "build"), ("build", "--output", "check"), ("--output", "site", "build")])
def test_a_command_is_told_from_the_value_of_an_option(content, tmp_path, arguments):
    mend(content)
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), *arguments, "--content", str(content)], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 0 and (tmp_path / arguments[arguments.index("--output") + 1] / "index.html").is_file()


def test_a_port_in_use_is_told_with_another(content):
    mend(content)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), "--content", str(content))
    assert done.returncode == 1 and f"端口 {port} 被占用" in done.stderr and f"--port {port + 1}" in done.stderr


def test_what_the_system_refuses_is_told_in_chinese(content, tmp_path):
    mend(content)
    (tmp_path / "file").write_text("")
    done = run("--content", str(content), "--output", str(tmp_path / "file" / "site"))
    assert done.returncode == 1 and "失败：已经有同名的文件或文件夹。网站没有改动" in done.stderr
    done = run("import", str(tmp_path / "none.csv"), "--content", str(content))
    assert done.returncode == 1 and "读不到文件：没有这个文件或文件夹" in done.stdout


def test_ctrl_d_ends_the_questions_of_new_like_ctrl_c(content):
    ours, theirs = pty.openpty()
    os.write(ours, b"\x04")
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "new", "things", "--content", str(content)], stdin=theirs, capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (130, "") and [path.name for path in content.glob("things/*.md")] == []


def test_an_output_that_is_not_ours_is_refused(content, tmp_path):
    mend(content)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.docx").write_text("years of work")
    done = run("--content", str(content), "--output", str(tmp_path / "papers"))
    assert done.returncode == 2 and "不敢替换" in done.stderr
    assert (tmp_path / "papers" / "thesis.docx").exists()


def test_a_fault_of_ours_ends_with_70_and_leaves_its_traceback_in_a_file(content, tmp_path):
    mend(content)
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "site.css").write_text("")
    (templates / "site.js").write_text("")
    (templates / "strings").mkdir()
    (templates / "strings" / "zh-CN.yaml").write_text("base: {home: 首页}\n", "utf-8")
    done = run("--content", str(content), "--templates", str(templates), "--output", str(tmp_path / "site"), TMPDIR=str(tmp_path))
    assert done.returncode == 70 and "Traceback" not in done.stdout + done.stderr
    (trace,) = tmp_path.glob("build-fault-*.txt")
    assert "Traceback" in trace.read_text("utf-8")


def test_new_makes_a_record_to_fill_in(content):
    assert run("new", "things", "b", "--content", str(content)).returncode == 0
    assert (content / "things" / "b.md").read_text("utf-8").startswith("---\nname:  # 名称；必填；文字\n# day:  # 日期；日期，2026-11-22\n")


@pytest.mark.parametrize("collection, id, told", [("thing", "b", "您是不是想写“things”？"), ("things", "B b", "只能用小写字母"), ("things", "a", "已经用在")])
def test_new_refuses_what_check_would_refuse(content, collection, id, told):
    done = run("new", collection, id, "--content", str(content))
    assert done.returncode == 2 and told in done.stderr
