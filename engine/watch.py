"""Which files were saved. The truth is a look at all of them; where the kernel tells of saves (inotify(7)), it says when to look."""

from __future__ import annotations

import ctypes
import os
import select
from collections.abc import Iterator, Sequence
from pathlib import Path

PAUSE, REST = 0.1, 0.5  # seconds between two looks: where nobody tells, and where somebody does who may miss what happens on a far drive
_SAVED = 0x8 | 0x40 | 0x80 | 0x200  # IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_DELETE: a file that is still being written is not read
Seen = dict[str, tuple[int, int]]


def saves(roots: Sequence[Path], seen: Seen) -> Iterator[set[Path]]:
    """For ever: the files below the roots that were written, made or removed since they were `seen`, as soon as there are any."""
    library = ctypes.CDLL(None)
    told = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(library, "inotify_init1") else -1
    while True:
        folders = {os.fspath(root) for root in roots} | {os.path.dirname(path) for path in seen}
        is_told = told >= 0 and all([library.inotify_add_watch(told, os.fsencode(folder), _SAVED) >= 0 for folder in folders])
        if select.select([told] if is_told else [], [], [], REST if is_told else PAUSE)[0]:
            os.read(told, 1 << 16)  # what is told is not read: the look says more
        now = snapshot(roots)
        if now != seen:
            saved = {Path(path) for path in now.keys() | seen.keys() if now.get(path) != seen.get(path)}
            seen = now
            yield saved


def snapshot(roots: Sequence[Path]) -> Seen:
    """Every file below the roots with its time (nanoseconds) and size (bytes)."""
    found: Seen = {}
    folders = [os.fspath(root) for root in roots]
    while folders:
        try:
            entries = [*os.scandir(folders.pop())]
        except OSError:
            continue  # it went since its own folder was listed
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    status = entry.stat()
                    found[entry.path] = (status.st_mtime_ns, status.st_size)
            except OSError:
                continue
    return found
