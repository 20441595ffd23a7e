"""Which files were saved: told by the kernel (inotify(7)) where it does so, and found by a look at all of them now and then."""

from __future__ import annotations

import ctypes
import os
import select
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep

PAUSE, REST = 0.1, 1.0  # seconds between two looks: where nobody tells, and where somebody does who may miss what happens on a far drive
LEISURE, LONGEST = 30, 5.0  # where somebody tells, a rest is so many times as long as a look, since a save that falls into one waits for its end; but no longer than that
SETTLE = 0.005  # seconds in which a program comes to the end of a save: some write, rename and remove
_SAVED = 0x8 | 0x40 | 0x80 | 0x200  # IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_DELETE: a file that is still being written is not read
_UNSURE = 0x4000 | 0x8000 | 0x40000000  # IN_Q_OVERFLOW, IN_IGNORED, IN_ISDIR: only a look tells what happened
_EVENT = struct.Struct("iIII")  # of the folder, what, what belongs to what, length of the name that follows
Stamp = tuple[int, int]
Seen = dict[str, Stamp]


def saves(roots: Sequence[Path], seen: Seen) -> Iterator[set[Path]]:
    """For ever: the files below the roots that were written, made or removed since they were `seen`, as soon as there are any."""
    library = ctypes.CDLL(None)
    told = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(library, "inotify_init1") else -1
    seen, watched, due = dict(seen), None, monotonic() + REST
    while True:
        if watched is None:
            folders = {os.fspath(root) for root in roots} | {os.path.dirname(path) for path in seen}
            watched = {library.inotify_add_watch(told, os.fsencode(folder), _SAVED): folder for folder in folders} if told >= 0 else {-1: ""}
            is_told = -1 not in watched
        now = None
        if is_told and select.select([told], [], [], max(0.0, due - monotonic()))[0]:
            sleep(SETTLE)
            events = os.read(told, 1 << 16)
            now = _as_told(events, watched) if monotonic() < due else None  # however much is told, looks are not put off
        elif not is_told:
            sleep(PAUSE)
        if now is None:
            start = monotonic()
            whole, watched = snapshot(roots), None
            now = {path: whole.get(path) for path in whole.keys() | seen.keys()}
            due = monotonic() + max(REST, min(LONGEST, LEISURE * (monotonic() - start)))
        saved = {path for path, stamp in now.items() if stamp != seen.get(path)}
        for path in saved:
            if now[path] is None:
                del seen[path]
            else:
                seen[path] = now[path]
        if saved:
            yield {Path(path) for path in saved}


def _as_told(events: bytes, watched: Mapping[int, str]) -> dict[str, Stamp | None] | None:
    """The files that events name as they are now, None for one that is gone; nothing at all when an event leaves open what happened."""
    now: dict[str, Stamp | None] = {}
    place = 0
    while place < len(events):
        folder, what, _, length = _EVENT.unpack_from(events, place)
        name = os.fsdecode(events[place + _EVENT.size : place + _EVENT.size + length].rstrip(b"\0"))
        if what & _UNSURE or folder not in watched:
            return None
        path = os.path.join(watched[folder], name)
        try:
            now[path] = _stamp(os.stat(path))
        except OSError:
            now[path] = None
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


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_size
