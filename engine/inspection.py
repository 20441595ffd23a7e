"""Attachments before they are published: each is read in a process that can be ended, and must hold nothing hidden, active or personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from engine import files, workers
from engine.attachments import MAX_BYTES, Fault, examine
from engine.identifiers import Misfit
from engine.images import size
from engine.load import FILES, Memory
from engine.model import Problem, Site
from engine.personal import found
from engine.plan import attached

SMALLEST, LARGEST = 600, 2560  # pixels: the width of a column of prose, and of a wide screen
HEAVIEST = 500_000  # bytes: a second and a half at 3 Mbit/s
SECONDS = 20
MEMORY = 3_000_000_000


def inspect(content: Path, site: Site, memory: Memory | None = None) -> Iterator[Problem]:
    """What is wrong with the files that public records name; with a memory, those that are as they were are not read again."""
    memory = memory or Memory()
    before, memory.attachments = memory.attachments, {}
    for name, is_allowed in sorted(permissions(site).items()):
        path, key, stamp = f"{content.name}/{FILES}/{name}", (name, is_allowed), memory.stamp(content / FILES / name)
        known = before.get(key)
        memory.attachments[key] = known if known and stamp and known[0] == stamp else (stamp, [*faults(content / FILES / name, is_allowed)])
        for fault in memory.attachments[key][1]:
            yield Problem(path, fault.code, fault.message, fault.hint, fault.severity, line=1, column=1)
    memory.is_new |= memory.attachments != before
    yield from unfit_pictures(content, site)


def unfit_pictures(content: Path, site: Site) -> Iterator[Problem]:
    """Pictures that a page shows and that are too small to be seen or too large to be sent to a telephone."""
    for key, field, name in attached(site):
        if field.type == "image" and site.collections[key.collection].fields.get(field.name) is field:  # no column of a table
            record = site.records[key]
            for code, message, hint in _of_picture(content / FILES / name, f"“{field.label}”{name} "):
                yield Problem(record.path, code, message, hint, "warning", trail=(*record.trail, field.name))


def _of_picture(path: Path, what: str) -> Iterator[tuple[str, str, str]]:
    try:
        raw = files.read(path, MAX_BYTES)
    except files.Unfit:
        return  # told where files are judged
    width, height = size(raw) or (SMALLEST, SMALLEST)
    if width < SMALLEST:
        yield Misfit("image-size", f"{what}只有 {width}×{height} 像素，放在网页上会模糊", f"换一张至少 {SMALLEST} 像素宽的原图，不要把小图放大")
    elif max(width, height) > LARGEST:
        yield Misfit("image-size", f"{what}有 {width}×{height} 像素，网页上用不到这么大", f"用画图软件把长边缩小到 {LARGEST} 像素以内，另存")
    if len(raw) > HEAVIEST:
        yield Misfit("image-weight", f"{what}有 {len(raw) / 1000:,.0f} KB，手机上打开很慢", f"缩小尺寸，或者另存为 JPEG、WebP，不超过 {HEAVIEST // 1000} KB")


def permissions(site: Site) -> Mapping[str, bool]:
    """Each published file, and whether the field that names it may hold personal data."""
    allowed: dict[str, bool] = {}
    for _, field, name in attached(site):
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
        if isinstance(one, Fault):
            yield one
        elif not is_allowed:
            for number in {number.masked: number for number in found(one.text)}.values():
                yield Fault("personal-data", f"文件里有{number.kind} {number.masked}（{one.place}），不能上网", "删去或打码后重新保存；隐藏不等于删除")
