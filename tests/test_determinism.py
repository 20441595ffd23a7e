"""The same content gives the same bytes, whatever the machine: hash seed, time zone, locale, working folder, number of jobs."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def digests(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_another_seed_zone_locale_folder_and_number_of_jobs_give_the_same_bytes(real_site, tmp_path):
    output = tmp_path / "elsewhere" / "site"
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/Los_Angeles", "LC_ALL": "C"}
    arguments = [sys.executable, str(ROOT / "build.py"), "--output", str(output), "--today", "2026-11-22", "--jobs", "1"]
    subprocess.run(arguments, env=environment, cwd=tmp_path, check=True, capture_output=True)
    ours, theirs = digests(real_site), digests(output)
    assert {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)} == set()
