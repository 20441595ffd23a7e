"""What is missing on this machine, in words. Only the standard library: it must speak when nothing else is installed, on an older Python too."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (3, 11)
ROOM = 1_000_000_000  # bytes: a site, its stage and its index
OF_LINUX = ("fcntl", "resource")  # modules that Python has on Linux and macOS, and not on Windows
FAULT = 70  # that of `cli`, which may be what cannot be loaded


def main() -> int:
    """Print every finding; 1 when something that a build needs is missing."""
    missing = _told(findings(ROOT))
    if not missing:
        print("可以生成网站")
    return 1 if missing else 0


def instead_of(fault: BaseException):
    """A `main` for a program that cannot be loaded: what is missing or, when nothing is, that the program itself is at fault. Nothing was checked, so it never gives 0."""

    def main() -> int:
        if _told(findings(ROOT)):
            return 1
        trace = "".join(traceback.format_exception(type(fault), fault, fault.__traceback__))
        print("程序自身出错，什么也没有检查，网站没有改动。请把下面的内容发给开发者：\n" + trace, file=sys.stderr)
        return FAULT

    return main


def _told(found) -> int:
    """Print findings, and give how many of them keep a build from being made."""
    missing = 0
    for is_good, is_needed, what, remedy in found:
        missing += is_needed and not is_good
        print(("√ " if is_good else "× " if is_needed else "！") + what + ("" if is_good else "\n    " + remedy))
    if missing:
        print("缺 {} 样，补上以后再运行 build.py doctor".format(missing))
    return missing


def findings(root: Path):
    """`(is it there, is it needed, what, remedy)` for each thing."""
    lacking = [name for name in OF_LINUX if importlib.util.find_spec(name) is None]
    system = "操作系统" + ("" if not lacking else "：Python 里没有 " + "、".join(lacking))
    yield not lacking, True, system, "本程序在 Linux 上运行；Windows 请先装 WSL（wsl --install），在 Ubuntu 的终端里运行"
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= NEEDED, True, "Python " + version, "要 3.11 以上：Debian、Ubuntu 用 apt-get install python3"
    is_own = sys.prefix != sys.base_prefix
    yield is_own, False, "独立的 Python 环境" + ("" if is_own else "：没有"), "在项目文件夹运行 python3 -m venv .venv，以后都用 .venv/bin/python"
    for name, wanted in sorted(pins(root / "pyproject.toml").items()):
        got = installed(name)
        said = "软件包 " + name + " " + (got or "没有安装")
        yield got == wanted, got is None, said if got in (None, wanted) else said + "，应为 " + wanted, "运行 .venv/bin/pip install ."
    yield has_libyaml(), True, "PyYAML 的快速解析器（libyaml）", "运行 .venv/bin/pip install --force-reinstall --only-binary :all: PyYAML"
    yield has_pagefind(), True, "搜索索引程序（pagefind）", "运行 .venv/bin/pip install --force-reinstall pagefind-bin"
    for name in ("content", "templates"):
        yield (root / name).is_dir(), True, "文件夹 " + name, "从仓库重新取回，或者用 --{} 指明它在哪里".format(name)
    yield os.access(str(root), os.W_OK), True, "可以写入 " + str(root), "换一个有写入权限的文件夹"
    room = shutil.disk_usage(str(root)).free
    yield room > ROOM, True, "磁盘余量 {:.1f} GB".format(room / 1e9), "至少留出 1 GB"
    yield shutil.which("git") is not None, False, "git（提交和回退用）", "apt-get install git，或者从 Git 官网下载安装"
    yield (sys.stdout.encoding or "").lower().replace("-", "") == "utf8", False, "屏幕编码 " + str(sys.stdout.encoding), "设环境变量 PYTHONUTF8=1，否则中文可能成乱码"
    yield any((root / ".schemas").glob("*.json")), False, "VS Code 的补全（.schemas）", "运行 build.py schema"
    yield shutil.which("chromium") is not None or shutil.which("google-chrome") is not None, False, "Chromium（只有运行测试时要用）", "apt-get install chromium fonts-noto-cjk"


def pins(path: Path) -> dict:
    """The run-time packages and their versions, as pyproject.toml has them."""
    try:
        text = path.read_text("utf-8")
    except OSError:
        return {}
    part = re.search(r"^dependencies = \[(.*?)^\]", text, re.S | re.M)
    return dict(re.findall(r'"([A-Za-z0-9_.-]+)==([^"]+)"', part.group(1))) if part else {}


def installed(name: str):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def has_libyaml() -> bool:
    try:
        return importlib.util.find_spec("yaml._yaml") is not None
    except ImportError:
        return False


def has_pagefind() -> bool:
    """The package brings the program; it is looked for, not run."""
    spec = importlib.util.find_spec("pagefind_bin")
    if spec is None or not spec.submodule_search_locations:
        return False
    return any(file.is_file() and file.stat().st_size > 1_000_000 for place in spec.submodule_search_locations for file in Path(place).rglob("*"))
