"""One build of ours without the search index: read, link, check, plan, render, write, publish, by the functions that `build.py` uses.

    python -m tests.benchmarks.ours --content DIR --templates DIR --output DIR [--jobs N] [--profile]

The last line of the output is JSON: files by renderer, records, bytes, seconds by step. `--profile` works in one process and prints the forty
functions with the most time of their own.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections import Counter
from pathlib import Path

gc.disable()  # as build.py does

from engine import cli, pipeline, publish, report  # cli as well: the command line loads it
from engine.assets import assets
from engine.plan import plan
from tests.benchmarks.corpus import TODAY

SHOWN = 40


def build(order: pipeline.Order) -> dict:
    """The same steps as `pipeline.build`, but for the index."""
    clock = pipeline.Clock(lambda step: None)
    publish.mend(order.output)
    site, problems = pipeline.read(order, clock)
    if site is None or pipeline.has_errors(problems):
        sys.exit(report.as_text(problems))
    with clock.step("计划"):
        pages = plan(site)
        looks = assets(order.templates)
    with clock.step("发布"), publish.staged(order.output) as stage:
        with clock.step("渲染"):
            sizes = pipeline.write(order, site, pages, looks, stage)
    return {
        "records": len(site.records),
        "files": Counter(page.renderer for page in pages),
        "bytes": sum(sizes),
        "problems": len(problems),
        "seconds": {STEPS[name]: seconds for name, seconds in clock.seconds.items()},
    }


STEPS = {"读取": "read", "关联": "link", "检查": "check", "计划": "plan", "渲染": "render and write", "发布": "publish"}


def profiled(order: pipeline.Order) -> dict:
    import cProfile
    import pstats

    profile = cProfile.Profile()
    made = profile.runcall(build, order)
    pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)
    return made


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("content", "templates", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    order = pipeline.Order(options.content, options.templates, options.output, TODAY, 1 if options.profile else options.jobs)
    assert cli.COMMANDS
    print(json.dumps((profiled if options.profile else build)(order), ensure_ascii=False), flush=True)
    os._exit(0)  # as build.py does


if __name__ == "__main__":
    main()
