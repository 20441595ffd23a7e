"""Files of an editor's folder, read with care: never a link, a pipe or a device, never more than a limit, never hanging."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_DEPTH = 12  # folders within folders


class Unfit(Exception):
    """Why a file is not read."""

    def __init__(self, code: str, message: str, hint: str = ""):
        super().__init__(code, message, hint)  # all of them, so that it can be taken from one process to another
        self.code, self.message, self.hint = code, message, hint


def read(target: str | Path, limit: int) -> bytes:
    """The bytes of a plain file of at most `limit` bytes. What it is, is asked of the open file, so that it cannot be swapped in between."""
    try:
        opened = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # without O_NONBLOCK a pipe would be waited for
    except OSError as fault:
        raise _unopened(target, fault) from None
    try:
        status = os.fstat(opened)
        if not stat.S_ISREG(status.st_mode):
            raise Unfit("file-special", "这不是普通文件（是文件夹、管道、设备或套接字）", "删去它")
        if status.st_size > limit:
            raise Unfit("file-too-large", f"文件有 {status.st_size / 1e6:.1f} MB，超过 {limit / 1e6:.0f} MB", "压缩或拆分后再放")
        content = os.read(opened, status.st_size + 1)
        while len(content) != status.st_size and (more := os.read(opened, limit + 1 - len(content))):  # it is not as long as it was, or came in parts
            content += more
        return content[:limit]
    finally:
        os.close(opened)


def _unopened(target: str | Path, fault: OSError) -> Unfit:
    try:
        return Unfit("file-link", f"这是一个链接，指向 {os.readlink(target)}", "把内容放进真正的文件或文件夹")
    except OSError:  # it is none
        return Unfit("file-unreadable", f"读不到文件：{fault.strerror}", "检查文件是否存在、有没有读取权限")


def below(folder: Path) -> Iterator[tuple[str, os.DirEntry]]:
    """Every entry below a folder that is no folder, with its path from there, in order. Links are entries, not ways."""
    waiting = [(folder, "", 0)]
    while waiting:
        here, prefix, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and depth < MAX_DEPTH:
                waiting.append((here / entry.name, f"{prefix}{entry.name}/", depth + 1))
            else:
                yield prefix + entry.name, entry
