"""One build of ours without the search index, by the function that `build.py` uses.

    python -m tests.benchmarks.ours --content DIR --templates DIR --output DIR --memory DIR [--jobs N] [--profile]

The last line of the output is JSON: files, bytes, reminders, seconds by step. `--profile` works in one process and prints the forty
functions with the most time of their own.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from pathlib import Path

gc.disable()  # as build.py does

from engine import cli, pipeline, report  # cli as well: the command line loads it
from engine.write import Index
from tests.benchmarks.corpus import TODAY

gc.freeze()
gc.enable()

SHOWN = 40


def build(order: pipeline.Order) -> dict:
    """`pipeline.build` as it is, but that nothing is put into the index."""
    made = pipeline.build(order, indexing=lambda *_: Index({}, {}, 0, [], {}, [], {}))
    if pipeline.has_errors(made.problems):
        sys.exit(report.as_text(made.problems))
    return {"files": made.pages, "bytes": made.size, "problems": len(made.problems), "seconds": {STEPS[name]: seconds for name, seconds in made.seconds.items()}}


STEPS = {"读取": "read", "关联": "link", "检查": "check", "搜索索引": "wait", "渲染": "render and write", "发布": "publish", "记住": "remember"}


def profiled(order: pipeline.Order) -> dict:
    import cProfile
    import pstats

    profile = cProfile.Profile()
    made = profile.runcall(build, order)
    pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)
    return made


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("content", "templates", "output", "memory"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    order = pipeline.Order(options.content, options.templates, options.output, TODAY, 1 if options.profile else options.jobs, memory=options.memory)
    assert cli.COMMANDS
    print(json.dumps((profiled if options.profile else build)(order), ensure_ascii=False), flush=True)
    os._exit(0)  # as build.py does


if __name__ == "__main__":
    main()
