"""Every save is seen, however a program saves, told of by the kernel or found by looking."""

from __future__ import annotations

import os
import shutil
import threading
import time
from queue import Queue

import pytest

from engine import watch


@pytest.fixture
def seen(tmp_path):
    """A folder and a queue of what was saved in it."""
    (tmp_path / "things").mkdir()
    for name in "ab":
        (tmp_path / "things" / f"{name}.yaml").write_text("name: 甲\n", "utf-8")
    found: Queue = Queue()

    def follow() -> None:
        for saved in watch.saves([tmp_path], before):
            found.put(saved)

    before = watch.snapshot([tmp_path])
    threading.Thread(target=follow, daemon=True).start()
    return tmp_path, found


def all_of(found: Queue, wanted: set) -> bool:
    while wanted:
        wanted = wanted - found.get(timeout=5)
    return True


def test_a_file_may_be_written_replaced_made_moved_and_removed(seen):
    folder, found = seen
    one, other, new = (folder / "things" / f"{name}.yaml" for name in "abc")
    one.write_text("name: 乙乙\n", "utf-8")
    assert all_of(found, {one})
    (folder / "things" / ".tmp").write_text("name: 丙丙丙\n", "utf-8")
    os.replace(folder / "things" / ".tmp", other)
    assert all_of(found, {other})
    new.write_text("name: 丁\n", "utf-8")
    assert all_of(found, {new})
    new.rename(folder / "d.yaml")
    assert all_of(found, {new, folder / "d.yaml"})
    one.unlink()
    assert all_of(found, {one})


def test_files_in_new_folders_are_seen_and_folders_may_go(seen):
    """Nobody tells of those: they are found by looking."""
    folder, found = seen
    (folder / "more" / "deep").mkdir(parents=True)
    first = folder / "more" / "deep" / "a.yaml"
    first.write_text("name: 甲\n", "utf-8")
    assert all_of(found, {first})
    first.write_text("name: 乙乙\n", "utf-8")
    assert all_of(found, {first})
    shutil.rmtree(folder / "more")
    assert all_of(found, {first})


def test_what_nobody_tells_is_found_however_much_is_told_meanwhile(seen):
    folder, found = seen
    (folder / "empty").mkdir()
    (folder / "empty" / "a.yaml").write_text("name: 甲\n", "utf-8")
    saved: set = set()
    for number in range(40):
        (folder / "things" / "a.yaml").write_text("name: 甲\n" * (number + 2), "utf-8")
        saved |= found.get(timeout=5)
        if folder / "empty" / "a.yaml" in saved:
            return
        time.sleep(0.1)
    pytest.fail("it was never found")


def test_a_link_that_leads_nowhere_hinders_nothing(tmp_path):
    (tmp_path / "a.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b.yaml").write_text("", "utf-8")
    assert [*watch.snapshot([tmp_path])] == [str(tmp_path / "b.yaml")]
