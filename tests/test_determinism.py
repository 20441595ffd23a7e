"""The same content gives the same bytes, whatever the machine: hash seed, time zone, locale, folder, order and times of files, number of jobs."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests import sites

ROOT = Path(__file__).resolve().parent.parent


def digests(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def shuffled_copy(source: Path, target: Path, seed: int) -> Path:
    """The same files, made in another order and at other times."""
    choose = random.Random(seed)
    paths = sorted(path for path in source.rglob("*") if path.is_file())
    choose.shuffle(paths)
    for path in paths:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        moment = choose.uniform(0, 2_000_000_000)
        os.utime(copy, (moment, moment))
        copy.chmod(choose.choice([0o600, 0o644, 0o755]))
    return target


def build(content: Path, templates: Path, output: Path, cwd: Path, jobs: int = 2, umask: int = 0o022, **environment: str) -> dict[str, str]:
    arguments = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--templates", str(templates), "--output", str(output), "--today", "2026-11-22", "--jobs", str(jobs)]
    subprocess.run(arguments, env={**os.environ, **environment}, cwd=cwd, check=True, capture_output=True, umask=umask)
    return digests(output)


def different(ours: dict[str, str], theirs: dict[str, str]) -> set[str]:
    return {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}


def test_the_real_site_from_a_shuffled_copy_in_another_place_is_the_same(real_site, tmp_path):
    content = shuffled_copy(ROOT / "content", tmp_path / "a" / "content", 1)
    templates = shuffled_copy(ROOT / "templates", tmp_path / "b" / "looks", 2)
    theirs = build(content, templates, tmp_path / "elsewhere" / "site", tmp_path, 1, PYTHONHASHSEED="4711", TZ="America/Los_Angeles", LC_ALL="C")
    assert different(digests(real_site), theirs) == set()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    content = sites.write(folder / "content", sites.SMALL)
    return content, build(content, ROOT / "templates", folder / "site", folder)


VARIATIONS = {
    "seed": {"PYTHONHASHSEED": "1"},
    "another seed": {"PYTHONHASHSEED": "4294967295"},
    "random seed": {"PYTHONHASHSEED": "random"},
    "one job": {"jobs": 1},
    "three jobs": {"jobs": 3},
    "seven jobs": {"jobs": 7},
    "C": {"LC_ALL": "C"},
    "POSIX without UTF-8": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "a locale that is not there": {"LC_ALL": "zh_CN.GB18030"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8"},
    "UTC": {"TZ": "UTC"},
    "Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "Honolulu": {"TZ": "Pacific/Honolulu"},
    "umask": {"umask": 0o077},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "an epoch": {"SOURCE_DATE_EPOCH": "1"},
    "quiet": {"NO_COLOR": "1", "TERM": "dumb", "CI": "true", "GITHUB_ACTIONS": "true"},
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_small_site_is_the_same_by_any_environment(plain, tmp_path, name):
    content, ours = plain
    copy = shuffled_copy(content, tmp_path / "content", len(name))
    assert different(ours, build(copy, ROOT / "templates", tmp_path / "out" / "site", tmp_path, **VARIATIONS[name])) == set()


def test_a_site_made_again_over_itself_is_the_same(plain, tmp_path):
    content, ours = plain
    for _ in range(3):
        assert different(ours, build(content, ROOT / "templates", tmp_path / "site", tmp_path)) == set()


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_day_begins_at_midnight_in_beijing_wherever_the_machine_stands(plain, tmp_path, zone):
    """2026-12-01 00:00 +08:00 is what one record waits for (`publish_from`)."""
    content, _ = plain
    midnight = 1_796_054_400

    def waits(moment: int) -> bool:
        said = subprocess.run([sys.executable, str(ROOT / "build.py"), "report", "--content", str(content), "--output", str(tmp_path / "report.html")], env={**os.environ, "SOURCE_DATE_EPOCH": str(moment), "TZ": zone}, check=True, capture_output=True, text=True)
        assert "report.html" in said.stdout
        return "还没到上线日期 2026-12-01" in (tmp_path / "report.html").read_text("utf-8")

    assert (waits(midnight - 1), waits(midnight)) == (True, False)


@pytest.mark.parametrize("said", ["", "yesterday", "-1", "9" * 30, "１"])
def test_what_is_no_moment_is_not_taken_for_one(plain, said):
    content, _ = plain
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "check", "--content", str(content)], env={**os.environ, "SOURCE_DATE_EPOCH": said}, capture_output=True, text=True)
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_today_is_the_only_thing_that_time_changes(plain, tmp_path):
    """The day is asked once, in Beijing time, and can be said; the hour, the zone and the clock do not count."""
    from datetime import datetime, timezone

    from engine.fields import BEIJING

    last, first = datetime(2026, 11, 22, 15, 59, 59, tzinfo=timezone.utc), datetime(2026, 11, 22, 16, 0, 0, tzinfo=timezone.utc)
    assert (last.astimezone(BEIJING).date().isoformat(), first.astimezone(BEIJING).date().isoformat()) == ("2026-11-22", "2026-11-23")
    sources = {path: path.read_text("utf-8") for path in (ROOT / "engine").rglob("*.py")}
    assert [path.name for path, text in sources.items() if "datetime.now(" in text or "date.today(" in text] == ["cli.py"]
