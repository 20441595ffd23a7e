"""The dated list of changes, written from git (the door to git). The build reads the list alone, so it never needs git."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from engine import source
from engine.history import ADDED, CHANGED, OPENED, REMOVED
from engine.load import DECLARATION

LIST = "_changes.yaml"
_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")
_HEAD = """\
# 每天哪些记录变了。build.py changes 从 git 写成，也可以手工增删；网站只看这份清单，所以没有 git 也能做出同样的网页。
# 没有公开的记录和字段写在这里也不会上网。
changes:
"""


class Unknown(Exception):
    """Why git cannot say what changed; the message is for an editor."""


class Row(NamedTuple):
    date: str
    kind: str
    record: str
    fields: tuple[str, ...] = ()


def update(content: Path) -> tuple[Path, int]:
    """Write what git knows into the list. What stands there of days before the last one listed is kept, whoever wrote it."""
    path = content / LIST
    listed = _listed(path)
    last = max((row.date for row in listed), default="")
    rows = [row for row in listed if row.date < last] + [row for row in from_git(content) if row.date >= last]
    rows.sort(key=lambda row: row.date, reverse=True)  # the sort is stable: within a day the order stays
    path.write_text(_HEAD + "".join(_line(row) for row in rows) if rows else _HEAD.replace("changes:", "changes: []"), "utf-8")
    return path, len(rows)


def _line(row: Row) -> str:
    fields = f", fields: [{', '.join(row.fields)}]" if row.fields else ""
    return f"  - {{date: {row.date}, kind: {row.kind}, record: {row.record}{fields}}}\n"


def _listed(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    document, problems = source.read_yaml(path.read_text("utf-8"), path.name)
    if problems or not isinstance(document.data, dict):
        raise Unknown(f"{path.name} 读不懂，先改好它或者移走")
    return [Row(row["date"], row["kind"], row["record"], tuple(row.get("fields", ()))) for row in document.data.get("changes") or ()]


def from_git(content: Path) -> Iterator[Row]:
    """Every change of a record, by the day of its committing; several on one day count as one."""
    if _git(content, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise Unknown("这里只有最近一次提交，看不出改了什么。先运行 git fetch --unshallow")
    before = _git(content, "hash-object", "-t", "tree", "/dev/null").decode().strip()  # the tree that holds nothing
    for day, commit in _days(content).items():
        yield from _between(content, day, before, commit)
        before = commit


def _days(content: Path) -> dict[str, str]:
    """The last commit of each day on which the content changed, oldest first."""
    lines = _git(content, "log", "--reverse", "--first-parent", "--format=%cs %H", "--", ".").decode().split("\n")
    return dict(line.split() for line in lines if line)


def _between(content: Path, day: str, before: str, after: str) -> Iterator[Row]:
    folders: dict[str, list[str]] = {}
    for path in _git(content, "diff-tree", "-r", "-z", "--name-only", "--relative", before, after, "--", ".").decode().split("\0"):
        folder, _, name = path.partition("/")
        if name and "/" not in name and not folder.startswith(("_", ".")) and not name.startswith("_") and name.endswith((".yaml", ".md")):
            folders.setdefault(folder, []).append(name)
    for folder, names in sorted(folders.items()):
        if not _text(content, after, f"{folder}/{DECLARATION}"):
            continue
        if not _text(content, before, f"{folder}/{DECLARATION}"):
            yield Row(day, OPENED, folder)
            continue
        old, new = ({id: values for name in names for id, values in _records(_text(content, commit, f"{folder}/{name}"), name)} for commit in (before, after))
        for id in sorted(id for id in old.keys() | new.keys() if _WORD.fullmatch(id)):
            if id not in old:
                yield Row(day, ADDED, f"{folder}/{id}")
            elif id not in new:
                yield Row(day, REMOVED, f"{folder}/{id}")
            elif changed := tuple(name for name in {**new[id], **old[id]} if name != "id" and _WORD.fullmatch(name) and new[id].get(name) != old[id].get(name)):
                yield Row(day, REMOVED if "retired_on" in changed and "retired_on" in new[id] else CHANGED, f"{folder}/{id}", changed)


def _records(text: str, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The records of a file as they were written, each with its prose as `body`. What could not be read then is left out now."""
    stem, kind = name.rsplit(".", 1)
    document, _ = (source.read_front_matter if kind == "md" else source.read_yaml)(text, name) if text else (None, ())
    if document is None:
        return
    if isinstance(document.data, list):
        yield from ((row["id"], row) for row in document.data if isinstance(row, dict) and isinstance(row.get("id"), str))
    elif isinstance(document.data, dict):
        yield stem, {**document.data, **({"body": document.body} if document.body.strip() else {})}


def _text(content: Path, commit: str, name: str) -> str:
    """A file as it was at a commit; empty when it was not there."""
    found = _run(content, "cat-file", "blob", f"{commit}:./{name}")
    return found.stdout.decode("utf-8", "replace") if found.returncode == 0 else ""


def _git(content: Path, *arguments: str) -> bytes:
    found = _run(content, *arguments)
    if found.returncode:
        raise Unknown("这里没有 git 记录，或者 git 出错：" + found.stderr.decode("utf-8", "replace").strip())
    return found.stdout


def _run(content: Path, *arguments: str) -> subprocess.CompletedProcess:
    try:
        return subprocess.run(["git", "-C", str(content), *arguments], capture_output=True)
    except FileNotFoundError:
        raise Unknown("这台机器上没有 git") from None
