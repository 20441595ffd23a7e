"""Publishing: a new tree is made beside the old one and takes its place in one step, or not at all.

Visitors see the old site or the new one, whole, whatever happens to the build: it may be killed, the disk may fill. The exchange
is Linux's renameat2(2) with RENAME_EXCHANGE; where a file system lacks it, the old tree is renamed away and the new one in,
and `recover` mends an interruption between the two.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.tree import stamp

Stamp = tuple[int, int, int] | None
MARK = ".quality-directory"  # tells a tree of ours from a folder that must not be replaced
_HANDS = 4
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class NotOurs(Exception):
    """The output is a folder that this program did not make; replacing it would destroy somebody's files."""


class Busy(Exception):
    """Another build is publishing to the same place."""


@contextmanager
def staged(output: Path, twin: Stamp = None, follow: Callable[[Path], bool] = lambda old: False) -> Iterator[Path]:
    """A folder beside `output`, which takes the place of `output` when the block ends well, and is removed when it does not.

    It is empty, or the twin of the last tree whose mark has this stamp. The old tree is removed, unless `follow` makes a twin of the new one of it.
    """
    output = Path(os.path.realpath(output))  # a link to the folder of the web server stays a link
    output.parent.mkdir(parents=True, exist_ok=True)
    with _lock(output):
        recover(output)
        if output.exists() and not (output.is_dir() and (not any(output.iterdir()) or (output / MARK).exists())):
            raise NotOurs(str(output))
        stage, spare = _beside(output, "staging"), _beside(output, "spare")
        is_twin = twin is not None and twin_of(output) == twin
        if spare.exists():
            spare.rename(stage)
        if not is_twin:
            _remove(stage)
            stage.mkdir()
        try:
            yield stage
            (stage / MARK).write_text("The files of a site made by build.py; this folder is replaced as a whole.\n")
            _settle(stage)
            _exchange(stage, output)
            if stage.exists() and _follows(stage, follow):
                stage.rename(spare)
        finally:
            _remove(stage)  # after an exchange this is the old tree


def _follows(old: Path, follow: Callable[[Path], bool]) -> bool:
    """The site is published by now: that its twin cannot be made (a full disk) is no failure."""
    try:
        return follow(old)
    except OSError:
        return False


def twin_of(output: Path) -> Stamp:
    """The stamp by which the twin of the tree at `output` is known; None when there is none."""
    return stamp(_beside(Path(os.path.realpath(output)), "spare") / MARK)


def _remove(tree: Path) -> None:
    """By several hands: removing thousands of files is mostly waiting. What cannot be removed now is by the next build."""
    from concurrent.futures import ThreadPoolExecutor  # here, because most builds remove nothing

    def remove(mine: Sequence[str]) -> None:
        for folder in mine:
            shutil.rmtree(folder, ignore_errors=True)

    folders = [inner.path for top in _folders(tree) for inner in _folders(top.path)]
    with ThreadPoolExecutor(_HANDS) as hands:
        list(hands.map(remove, (folders[place::_HANDS] for place in range(_HANDS))))
    shutil.rmtree(tree, ignore_errors=True)


def _folders(path: os.PathLike | str) -> list[os.DirEntry]:
    try:
        return [entry for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def mend(output: Path) -> None:
    """Undo what an interrupted build left, if there is anything, unless another build is at work on it."""
    output = Path(os.path.realpath(output))
    if _beside(output, "old").exists() or _beside(output, "staging").exists():
        try:
            with _lock(output):
                recover(output)
        except Busy:
            pass  # what lies there is its own


def _beside(output: Path, what: str) -> Path:
    return output.with_name(f".{output.name}.{what}")


@contextmanager
def _lock(output: Path) -> Iterator[None]:
    """One build at a time. The lock belongs to the process, so a dead build's lock is free."""
    with open(_beside(output, "lock"), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(str(output)) from None
        yield


def recover(output: Path) -> None:
    """Undo what an interrupted build left beside the output."""
    aside = _beside(output, "old")
    if aside.exists():
        if output.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(output)
    stage = _beside(output, "staging")
    if stage.exists():
        shutil.rmtree(stage)


def _settle(stage: Path) -> None:
    """Everything on the disk before the exchange: one syncfs(2) for the whole file system instead of thousands of fsync(2)."""
    folder = os.open(stage, os.O_RDONLY)
    try:
        if _libc() is None or _libc().syncfs(folder) != 0:
            os.sync()
    finally:
        os.close(folder)


def _libc():
    library = ctypes.CDLL(None, use_errno=True)
    return library if hasattr(library, "syncfs") and hasattr(library, "renameat2") else None


def _exchange(stage: Path, output: Path) -> None:
    if not output.exists():
        stage.rename(output)
        return
    code = _rename_exchange(stage, output)
    if code in _NO_EXCHANGE:
        aside = _beside(output, "old")
        output.rename(aside)
        stage.rename(output)
        shutil.rmtree(aside)
    elif code:
        raise OSError(code, os.strerror(code), str(output))


def _rename_exchange(one: Path, other: Path) -> int:
    """0, or the error number."""
    library = _libc()
    if library is None:
        return errno.ENOSYS
    done = library.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return 0 if done == 0 else ctypes.get_errno()
