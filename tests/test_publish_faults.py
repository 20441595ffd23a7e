"""Whatever happens to a build - killed, no room, no right, no handles, another build - `site/` is the old tree or the new one, whole.

Each test injects the fault into a real build in a process of its own. `TRUST=long` tries more moments and sizes; the figures are in
engine/README.md.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import publish
from tests import sites

ROOT = Path(__file__).resolve().parent.parent
LONG = os.environ.get("TRUST") == "long"
MOMENTS = 240 if LONG else 12
SIZES = 60 if LONG else 8
RUN = "import sys; sys.path.insert(0, {root!r}); from engine import cli, pipeline, publish, search; print('ready', flush=True); sys.stdin.readline(); {before}; sys.exit(cli.main({arguments!r}))"
NO_EXCHANGE = "import errno; publish._rename_exchange = lambda one, other: errno.ENOSYS"
KILL_AT_RENAME = """\
import os, pathlib, signal
renamed, rename, number = [], pathlib.Path.rename, {number}
def counted(self, target):
    renamed.append(1)
    if len(renamed) == number: os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
pathlib.Path.rename = counted
"""


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


class Build:
    """A build in a process of its own, imported and waiting for its start."""

    program = ROOT  # `contents` puts a copy in its place

    def __init__(self, content: Path, output: Path, jobs: int = 2, before: str = "pass", bound: tuple[str, ...] = (), **options):
        root = str(self.program)
        arguments = ["build", "--content", str(content), "--templates", root + "/templates", "--output", str(output), "--today", "2026-11-22", "--jobs", str(jobs)]
        program = RUN.format(root=root, arguments=arguments, before=f"exec({before!r})")
        self.process = subprocess.Popen([*bound, sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        assert self.process.stdout.readline() == "ready\n", self.process.stderr.read()

    def start(self) -> "Build":
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self

    def end(self) -> tuple[int, str]:
        _, told = self.process.communicate(timeout=120)
        return self.process.returncode, told

    def run(self) -> tuple[int, str]:
        return self.start().end()


@pytest.fixture(scope="module")
def contents(tmp_path_factory) -> dict[str, Path]:
    """Two versions of the small site that differ on most pages; beside them the program as it is now, so that nobody changes it meanwhile."""
    folder = tmp_path_factory.mktemp("contents")
    for name in ("engine", "templates"):
        shutil.copytree(ROOT / name, folder / "program" / name)
    Build.program = folder / "program"
    more = {f"experts/more-{number}.yaml": f"name: 专家{number}\nfields: [食品]\nconsents: [姓名]\n" for number in range(60)}
    old = sites.write(folder / "old" / "content", sites.SMALL)
    new = sites.write(folder / "new" / "content", sites.changed(sites.SMALL, {**more, "_site.yaml": sites.SMALL["_site.yaml"].replace("小城质量服务", "新城质量服务")}))
    return {"old": old, "new": new}


@pytest.fixture(scope="module")
def trees(contents, tmp_path_factory) -> dict[str, str]:
    """The digest of each version, made undisturbed; and how long the new one takes."""
    found = {}
    for name, content in contents.items():
        output = tmp_path_factory.mktemp(name) / "site"
        build = Build(content, output)
        start = time.perf_counter()
        assert build.run()[0] == 0
        found[name + " seconds"] = time.perf_counter() - start
        found[name] = digest(output)
    return found


def published(output: Path, contents, name: str = "old") -> Path:
    code, told = Build(contents[name], output).run()
    assert code == 0, told
    return output


def left_over(output: Path) -> set[str]:
    """What lies beside the site, but for its lock and a twin that is like it."""
    twin = output.with_name(f".{output.name}.spare")
    is_like = twin.exists() and digest(twin) == digest(output)
    return {path.name for path in output.parent.iterdir()} - {output.name, f".{output.name}.lock"} - ({twin.name} if is_like else set())


@pytest.mark.parametrize("before", ["pass", NO_EXCHANGE], ids=["exchange", "without exchange"])
def test_a_build_killed_at_any_moment_leaves_one_whole_tree_and_the_next_cleans_up(contents, trees, tmp_path, before):
    choose = random.Random(20261122)
    output = published(tmp_path / "site", contents)
    seen = {"old": 0, "new": 0, "between": 0, "finished": 0}
    for number in range(MOMENTS):
        name = ("new", "old")[number % 2]
        build = Build(contents[name], output, jobs=1 + number % 2, before=before).start()
        time.sleep(choose.random() * trees[name + " seconds"] * 1.05)
        build.process.kill()
        code = build.end()[0]
        assert code in (-signal.SIGKILL, 0)
        seen["finished"] += code == 0
        if not output.exists():  # only between the two renames of a system without exchange
            assert before != "pass"
            seen["between"] += 1
        publish.mend(output)
        which = {trees["old"]: "old", trees["new"]: "new"}.get(digest(output))
        assert which, f"moment {number}: neither the old tree nor the new one"
        seen[which] += 1
        assert left_over(output) == set()
        if number % 10 == 5:
            assert digest(published(output, contents, "new")) == trees["new"] and left_over(output) == set()
    print(f"{MOMENTS} moments: {seen}")


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("next_content", ["good", "broken"])
def test_killed_between_the_two_renames_the_next_start_puts_one_whole_tree_back(contents, trees, tmp_path, number, next_content):
    """Also when that next start finds nothing but problems in the content."""
    output = published(tmp_path / "site", contents)
    build = Build(contents["new"], output, jobs=1, before=NO_EXCHANGE + "\n" + KILL_AT_RENAME.format(number=number))
    code = build.run()[0]
    assert code == (-signal.SIGKILL if number < 3 else 0)
    if next_content == "good":
        assert digest(published(output, contents, "new")) == trees["new"]
    else:
        broken = sites.write(contents["old"].parents[1] / "broken" / "content", {"_site.yaml": "nam: x\n"})
        assert Build(broken, output).run()[0] == 1
        assert digest(output) in (trees["old"], trees["new"])
    assert left_over(output) == set()


def mounted(folder: Path, *options: str) -> None:
    if os.geteuid() != 0 or subprocess.run(["mount", *options, str(folder)], capture_output=True).returncode:
        pytest.skip("mounting needs root")


def test_a_disk_of_any_size_ends_with_one_whole_tree(contents, trees, tmp_path):
    """From too small for anything, over too small for both trees, to large enough."""
    whole = sum(path.stat().st_size // 4096 * 4 + 4 for path in published(tmp_path / "site", contents).rglob("*") if path.is_file())
    disk = tmp_path / "disk"
    disk.mkdir()
    outcomes = []
    for number in range(SIZES):
        size = whole + 200 + round(number / (SIZES - 1) * whole * 2.2)
        mounted(disk, "-t", "tmpfs", "-o", f"size={size}k", "tmpfs")
        try:
            shutil.copytree(tmp_path / "site", disk / "site")
            code, told = Build(contents["new"], disk / "site", jobs=1 + number % 2).run()
            assert digest(disk / "site") == trees["new" if code == 0 else "old"], told
            assert code in (0, 1) and "Traceback" not in told and "出错" not in told, told
            assert left_over(disk / "site") == set()
            outcomes.append(code)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    assert outcomes[0] == 1 and outcomes[-1] == 0 and outcomes == sorted(outcomes, reverse=True)
    print(f"{SIZES} sizes: {outcomes.count(1)} refused, {outcomes.count(0)} published")


def test_a_read_only_disk_is_told_and_left_as_it_is(contents, trees, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted(disk, "-t", "tmpfs", "tmpfs")
    try:
        published(disk / "site", contents)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        code, told = Build(contents["new"], disk / "site").run()
        assert code == 1 and "网站没有改动" in told and "Traceback" not in told
        assert digest(disk / "site") == trees["old"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")  # even root then needs the rights that the files give


@pytest.mark.parametrize("what, mode", [("parent", 0o555), ("parent", 0o500), ("site", 0o555), ("site", 0o500)])
def test_without_the_right_to_write_nothing_changes(contents, trees, tmp_path, what, mode):
    if os.geteuid() == 0 and subprocess.run([*BOUND, "true"], capture_output=True).returncode:
        pytest.skip("rights cannot be taken from root here")
    (tmp_path / "out").mkdir()
    output = published(tmp_path / "out" / "site", contents)
    (output.parent if what == "parent" else output).chmod(mode)
    code, told = Build(contents["new"], output, bound=BOUND if os.geteuid() == 0 else ()).run()
    assert "Traceback" not in told
    assert (code, digest(output)) == ((1, trees["old"]) if what == "parent" else (0, trees["new"])), told
    output.parent.chmod(0o755)
    assert digest(published(output, contents, "new")) == trees["new"] and left_over(output) == set()


@pytest.mark.parametrize("limit", [0, 1000, 20_000, 60_000, 200_000, 10_000_000])
def test_a_limit_on_the_size_of_files_is_told_or_not_met(contents, trees, tmp_path, limit):
    output = published(tmp_path / "site", contents)
    build = Build(contents["new"], output, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    code, told = build.run()
    assert digest(output) == trees["new" if code == 0 else "old"]
    assert code in (0, 1) and "Traceback" not in told, told
    assert left_over(output) <= ({".site.staging"} if limit == 0 else set())


@pytest.mark.parametrize("limit", [6, 8, 10, 12, 16, 24, 64])
def test_a_limit_on_open_files_is_told_or_not_met(contents, trees, tmp_path, limit):
    output = published(tmp_path / "site", contents)
    code, told = Build(contents["new"], output, before=f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({limit}, {limit}))").run()
    assert digest(output) == trees["new" if code == 0 else "old"]
    assert code in (0, 1) and "Traceback" not in told, (code, told)


def test_eight_builds_at_once_end_with_one_whole_tree(contents, trees, tmp_path):
    output = published(tmp_path / "site", contents)
    for _ in range(5 if LONG else 1):
        builds = [Build(contents[("new", "old")[number % 2]], output, jobs=1) for number in range(8)]
        ended = [build.end() for build in [build.start() for build in builds]]
        assert {code for code, _ in ended} <= {0, 1} and 0 in {code for code, _ in ended}
        assert all("另一个构建正在写" in told for code, told in ended if code == 1)
        assert digest(output) in (trees["old"], trees["new"]) and left_over(output) == set()


def test_the_lock_of_a_dead_build_is_taken(contents, trees, tmp_path):
    output = published(tmp_path / "site", contents)
    (tmp_path / ".site.lock").write_text("4194304\n")
    (tmp_path / ".site.staging").mkdir()
    assert digest(published(output, contents, "new")) == trees["new"] and left_over(output) == set()


def test_a_link_to_the_folder_of_the_server_stays_a_link(contents, trees, tmp_path):
    real = published(tmp_path / "www" / "site", contents)
    (tmp_path / "site").symlink_to(real)
    published(tmp_path / "site", contents, "new")
    assert (tmp_path / "site").is_symlink() and digest(real) == trees["new"]
    assert left_over(real) == set()


def test_removed_renamed_and_withheld_records_leave_nothing_behind(contents, tmp_path):
    output = published(tmp_path / "site", contents, "new")
    less = sites.write(tmp_path / "less" / "content", sites.changed(sites.SMALL, {"experts/people.yaml": None, "institutions/inst-02.yaml": None, "institutions/inst-04.yaml": sites.SMALL["institutions/inst-02.yaml"]}))
    assert Build(less, output).run()[0] == 0
    assert Build(less, tmp_path / "clean").run()[0] == 0
    assert digest(output) == digest(tmp_path / "clean")
