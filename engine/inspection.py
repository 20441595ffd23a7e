"""Attachments before they are published: each is read in a process that can be ended, and must hold nothing hidden, active or personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from engine import attachments, files, workers
from engine.attachments import MAX_BYTES, Fault, examine
from engine.load import FILES
from engine.model import Problem, Site
from engine.personal import found
from engine.plan import named_files

SECONDS = 20
MEMORY = 3_000_000_000


def inspect(content: Path, site: Site) -> Iterator[Problem]:
    """What is wrong with the files that public records name."""
    for name, is_allowed in sorted(permissions(site).items()):
        path = f"{content.name}/{FILES}/{name}"
        for fault in faults(content / FILES / name, is_allowed):
            yield Problem(path, fault.code, fault.message, fault.hint, fault.severity, line=1, column=1)


def permissions(site: Site) -> Mapping[str, bool]:
    """Each published file, and whether the field that names it may hold personal data."""
    allowed: dict[str, bool] = {}
    for key, record in site.records.items():
        for field, name in named_files(site.collections[key.collection].fields, record.values):
            if name in site.files:  # one that is not there is told where it is named
                allowed[name] = allowed.get(name, False) or field.allow is not None
    return allowed


def faults(path: Path, is_allowed: bool = False) -> Iterator[Fault]:
    try:
        raw = files.read(path, MAX_BYTES)
    except files.Unfit as fault:
        yield Fault(fault.code, fault.message, fault.hint)
        return
    said = workers.bounded(lambda: [*examine(path.name, raw)], SECONDS, MEMORY)
    if said is None:
        yield Fault("file-too-complex", f"{SECONDS} 秒内读不完这个文件", "用原来的软件重新保存，或者拆成几个文件")
    for one in said or ():
        if isinstance(one, attachments.Fault):
            yield one
        elif not is_allowed:
            for number in {number.masked: number for number in found(one.text)}.values():
                yield Fault("personal-data", f"文件里有{number.kind} {number.masked}（{one.place}），不能上网", "删去或打码后重新保存；隐藏不等于删除")
