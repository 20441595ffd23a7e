"""Which files were saved: told by the kernel (inotify(7)) where it does so, and found by a look at all of them now and then."""

from __future__ import annotations

import ctypes
import os
import select
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import sleep

PAUSE, REST = 0.1, 1.0  # seconds between two looks: where nobody tells, and where somebody does who may miss what happens on a far drive
SETTLE = 0.005  # seconds in which a program comes to the end of a save: some write, rename and remove
_SAVED = 0x8 | 0x40 | 0x80 | 0x200  # IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_DELETE: a file that is still being written is not read
_UNSURE = 0x4000 | 0x8000 | 0x40000000  # IN_Q_OVERFLOW, IN_IGNORED, IN_ISDIR: only a look tells what happened
_EVENT = struct.Struct("iIII")  # of the folder, what, what belongs to what, length of the name that follows
Seen = dict[str, tuple[int, int]]


def saves(roots: Sequence[Path], seen: Seen) -> Iterator[set[Path]]:
    """For ever: the files below the roots that were written, made or removed since they were `seen`, as soon as there are any."""
    library = ctypes.CDLL(None)
    told = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(library, "inotify_init1") else -1
    while True:
        folders = {os.fspath(root) for root in roots} | {os.path.dirname(path) for path in seen}
        watched = {library.inotify_add_watch(told, os.fsencode(folder), _SAVED): folder for folder in folders} if told >= 0 else {-1: ""}
        if select.select([told] if -1 not in watched else [], [], [], REST if -1 not in watched else PAUSE)[0]:
            sleep(SETTLE)
            now = _as_told(os.read(told, 1 << 16), watched, seen) or snapshot(roots)
        else:
            now = snapshot(roots)
        if now != seen:
            saved = {Path(path) for path in now.keys() | seen.keys() if now.get(path) != seen.get(path)}
            seen = now
            yield saved


def _as_told(events: bytes, watched: Mapping[int, str], seen: Seen) -> Seen | None:
    """What was seen, with the files that events name as they are now; None when an event leaves open what happened."""
    now, place = dict(seen), 0
    while place < len(events):
        folder, what, _, length = _EVENT.unpack_from(events, place)
        name = os.fsdecode(events[place + _EVENT.size : place + _EVENT.size + length].rstrip(b"\0"))
        if what & _UNSURE or folder not in watched:
            return None
        path = os.path.join(watched[folder], name)
        try:
            now[path] = _stamp(os.stat(path))
        except OSError:
            now.pop(path, None)
        place += _EVENT.size + length
    return now


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
                    found[entry.path] = _stamp(entry.stat())
            except OSError:
                continue
    return found


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_mtime_ns, status.st_size
