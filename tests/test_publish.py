"""Visitors see the old site or the new one, whole, whatever happens to a build."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import publish

ROOT = Path(__file__).resolve().parent.parent


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != publish.MARK}


def make(output: Path, files: dict[str, str]) -> None:
    with publish.staged(output) as stage:
        for name, text in files.items():
            (stage / name).write_text(text)


@pytest.fixture
def old(tmp_path) -> Path:
    """A published site of one page."""
    output = tmp_path / "site"
    make(output, {"index.html": "old"})
    return output


def test_a_finished_stage_takes_the_place_of_the_old_site(old):
    make(old, {"index.html": "new", "further.html": "more"})
    assert tree(old) == {"index.html": b"new", "further.html": b"more"}
    assert [path.name for path in old.parent.iterdir() if path.name != ".site.lock"] == ["site"]


def test_a_failing_build_leaves_the_old_site_and_nothing_else(old):
    with pytest.raises(RuntimeError), publish.staged(old) as stage:
        (stage / "index.html").write_text("half")
        raise RuntimeError
    assert tree(old) == {"index.html": b"old"}
    assert not (old.parent / ".site.staging").exists()


def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path):
    output = tmp_path / "site"
    output.mkdir()
    (output / "thesis.docx").write_text("years of work")
    with pytest.raises(publish.NotOurs):
        make(output, {"index.html": "new"})
    assert tree(output) == {"thesis.docx": b"years of work"}


def test_an_empty_folder_may_be_replaced(tmp_path):
    (tmp_path / "site").mkdir()
    make(tmp_path / "site", {"index.html": "new"})
    assert tree(tmp_path / "site") == {"index.html": b"new"}


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_without_exchange_the_old_tree_is_renamed_away_and_the_new_one_in(old, monkeypatch, code):
    monkeypatch.setattr(publish, "_rename_exchange", lambda one, other: code)
    make(old, {"index.html": "new"})
    assert tree(old) == {"index.html": b"new"}
    assert not (old.parent / ".site.old").exists()


def test_an_interruption_between_the_two_renames_is_mended(old):
    old.rename(old.with_name(".site.old"))
    publish.recover(old)
    assert tree(old) == {"index.html": b"old"}


def test_what_a_killed_build_left_is_cleared_away(old):
    stage = old.with_name(".site.staging")
    stage.mkdir()
    (stage / "index.html").write_text("half")
    make(old, {"index.html": "new"})
    assert tree(old) == {"index.html": b"new"} and not stage.exists()


def test_a_second_build_to_the_same_place_is_refused(old):
    with publish.staged(old) as stage:
        (stage / "index.html").write_text("first")
        with pytest.raises(publish.Busy):
            make(old, {"index.html": "second"})
    assert tree(old) == {"index.html": b"first"}


KILLED = """
import sys, time
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from engine import publish
with publish.staged(Path(sys.argv[1])) as stage:
    print("staged", flush=True)
    for number in range(400):
        (stage / f"{number}.html").write_text("new")
    (stage / "index.html").write_text("new")
"""


@pytest.mark.parametrize("delay", [0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08])
def test_a_killed_build_leaves_the_old_site_or_the_new_one(old, delay):
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(old), str(ROOT)], stdout=subprocess.PIPE)
    child.stdout.readline()
    time.sleep(delay)
    child.kill()
    child.wait()
    found = tree(old)
    assert found == {"index.html": b"old"} or (found["index.html"] == b"new" and len(found) == 401)
    make(old, {"index.html": "next"})
    assert tree(old) == {"index.html": b"next"}


def test_a_full_disk_leaves_the_old_site(tmp_path):
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmp_path)], capture_output=True).returncode:
        pytest.skip("mounting a small tmpfs needs root")
    try:
        output = tmp_path / "site"
        make(output, {"index.html": "old"})
        with pytest.raises(OSError):
            make(output, {f"{number}.html": "x" * 8192 for number in range(64)})
        assert tree(output) == {"index.html": b"old"}
        assert not (tmp_path / ".site.staging").exists()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
