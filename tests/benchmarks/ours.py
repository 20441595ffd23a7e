"""One build of ours without the search index: read, link, check, plan, render, write, publish, by the functions that `build.py` uses.

    python -m tests.benchmarks.ours --content DIR --templates DIR --output DIR --memory DIR [--jobs N] [--profile]

The last line of the output is JSON: files by renderer, records, bytes, seconds by step. `--profile` works in one process and prints the forty
functions with the most time of their own.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import sys
from collections import Counter
from pathlib import Path

from engine import cli, pipeline, publish, report  # cli as well: the command line loads it
from engine.assets import assets
from engine.memory import key_of, recalled, remember
from engine.plan import plan
from engine.render import workshop
from engine.tree import Tree
from tests.benchmarks.corpus import TODAY

SHOWN = 40


def build(order: pipeline.Order) -> dict:
    """The same steps as `pipeline.build`, but for the index."""
    clock = pipeline.Clock(lambda step: None)
    publish.mend(order.output)
    with clock.step("记忆"):
        memory, known = recalled(order.memory, order.output)
    site, problems = pipeline.read(order, clock, memory)
    if site is None or pipeline.has_errors(problems):
        sys.exit(report.as_text(problems))
    with clock.step("计划"):
        pages = plan(site)
        looks = assets(order.templates)
    with clock.step("发布"), publish.staged(order.output) as stage:
        made = workshop(site, order.templates, looks)
        key = key_of(made.view, order.templates)
        known.compare(key, made.view.reads)
        new = known.successor(key)
        with clock.step("渲染"):
            pipeline.write(order, made, pages, looks, Tree(stage, order.output, known.files), known, new)
        new.digests = [*map(made.view.reads.digest, new.nodes)]
    with clock.step("记住"):
        remember(order.memory, order.output, memory, new)
    return {
        "records": len(site.records),
        "files": Counter(page.renderer for page in pages),
        "bytes": sum(kept.file.stamp[0] for kept in new.files.values()),
        "problems": len(problems),
        "seconds": {STEPS[name]: seconds for name, seconds in clock.seconds.items()},
    }


STEPS = {"记忆": "recall", "记住": "remember", "读取": "read", "关联": "link", "检查": "check", "计划": "plan", "渲染": "render and write", "发布": "publish"}


def profiled(order: pipeline.Order) -> dict:
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
    print(json.dumps((profiled if options.profile else build)(order), ensure_ascii=False))


if __name__ == "__main__":
    main()
