"""Files of an editor's folder, read with care: never a link, a pipe or a device, never more than a limit, never hanging."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_DEPTH = 12  # folders within folders
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个磁盘只能读，不能写",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘限额用完了",
    errno.EFBIG: "文件太大",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EIO: "磁盘出错",
}


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
        return Unfit("file-unreadable", f"读不到文件：{reason(fault)}", "检查文件是否存在、有没有读取权限")


def reason(fault: OSError) -> str:
    """Why the system refused, in words: ours for what is common, else its own."""
    return _REASONS.get(fault.errno) or fault.strerror or str(fault)


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
