"""The order of the steps. `build` is the documentation: load, link, check, plan, render, write."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter, time_ns

from engine import publish, tree, workers
from engine.assets import assets
from engine.checks import check
from engine.inspection import inspect
from engine.link import link
from engine.load import Loaded, Memory, load, located
from engine.memory import CONTENT, Known, key_of, name_of, recalled, remember
from engine.model import Page, Problem, Report, Site
from engine.personal import masked
from engine.plan import plan
from engine.render import workshop
from engine.tree import Tree, stamp
from engine.write import Index, Order, Stopped, adopt, precompress, write, write_index

Tell = Callable[[str], None]
_TICK = 50_000_000  # ns: the clock by which a file system stamps its files may be behind ours by so much


@dataclass(slots=True)
class Clock:
    """Seconds by step, without those of steps within; says each step's name as it begins."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.tell(name)
        start, others = perf_counter(), sum(self.seconds.values())
        yield
        self.seconds[name] = self.seconds.get(name, 0) + perf_counter() - start - (sum(self.seconds.values()) - others)


@contextmanager
def growing() -> Iterator[None]:
    """Little of what is made meanwhile is garbage before the end, and what is there then stays: collecting would only walk the graph again and again."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.freeze()
            gc.enable()


@growing()
def build(order: Order, tell: Tell = lambda step: None, indexing: Callable[..., Index] = write_index) -> Report:
    """Make the site. With one error nothing is written and the report holds every problem. (A benchmark measures without the index of search.)"""
    clock = Clock(tell)
    publish.mend(order.output)  # first of all: what a killed build left must not wait for the content to be good
    with clock.step("读取"):
        memory, known = recalled(order.memory, CONTENT, Memory), recalled(order.memory, name_of(order.output), Known)
    site, problems = read(order, clock, memory)
    if site is None or has_errors(problems):
        return Report(tuple(problems), seconds=clock.seconds)
    pages = plan(site)
    try:
        made = _make(order, site, pages, memory, known, clock, indexing)
    except Stopped as stopped:
        return Report((*problems, *stopped.problems), seconds=clock.seconds)
    with clock.step("记住"):
        remember(order.memory, name_of(order.output), made)
    return Report(tuple(problems), pages=len(pages), size=sum(made.files[page.path].file.stamp[0] for page in pages), seconds=clock.seconds)


def _make(order: Order, site: Site, pages: Sequence[Page], memory: Memory, known: Known, clock: Clock, indexing: Callable[..., Index]) -> Known:
    """Into a stage, which takes the place of the old site at the end."""
    looks = assets(order.templates)
    made = workshop(site, order.templates, looks)
    key = key_of(made.view, order.templates)
    reads = made.view.reads
    known.compare(key, reads)
    reads.number(known.numbered)
    new = Known(key, reads.nodes)

    def beside() -> Index:
        if memory.is_new:
            remember(order.memory, CONTENT, memory)
        return indexing(site, place, order.jobs, known)

    def follow(old: Path) -> bool:
        """A twin saves the next build from making thousands of folders: for an edit, not when half of the site is new."""
        is_like = known.mark is not None and stamp(old / publish.MARK) == known.mark and known.shares(new)
        if is_like:
            tree.follow(old, order.output, known.files, new.files)
        return is_like

    with clock.step("发布"), publish.staged(order.output, known.twin, follow) as stage:
        tree.sweep(stage, {publish.MARK, *known.files})
        place = Tree(stage, order.output, known.files)
        with clock.step("搜索索引"), workers.beside(order.jobs, beside) as index:  # Pagefind works while pages are rendered
            with clock.step("渲染"):
                write(order, made, pages, looks, place, known, new)
        adopt(index(), reads, known, new)
        if order.precompress:
            with clock.step("压缩"):
                precompress(place, order.jobs, known, new)
        tree.clear(stage, known.files, new.files)
    new.digests = [*map(reads.digest, new.nodes)]
    new.mark, new.twin = stamp(order.output / publish.MARK), publish.twin_of(order.output)
    return new


def read(order: Order, clock: Clock | None = None, memory: Memory | None = None) -> tuple[Site | None, list[Problem]]:
    """Load, link and check: the site, and all that is wrong with it. No site when the declarations themselves are wrong."""
    return read_whole(order, clock, memory)[1:]


@growing()
def read_whole(order: Order, clock: Clock | None = None, memory: Memory | None = None) -> tuple[Loaded, Site | None, list[Problem]]:
    """The same, with all that was loaded: also what is not public."""
    clock = clock or Clock(lambda step: None)
    with clock.step("读取"):
        memory = memory or Memory()
        memory.since = time_ns() - _TICK
        loaded = load(order.content, memory, partial(workers.share, order.jobs))
    if not loaded.is_declared:
        return loaded, None, [*map(fit_for_logs, loaded.problems)]
    with clock.step("关联"):
        site, problems = link(loaded.config, loaded.collections, loaded.vocabularies, loaded.records, loaded.files, order.today, loaded.unread)
    with clock.step("检查"):
        problems = [*problems, *check(site, [*inspect(order.content, site, memory)])]
    return loaded, site, placed(order, loaded, problems)


def placed(order: Order, loaded: Loaded, problems: Sequence[Problem]) -> list[Problem]:
    """What was wrong with the files and what was found since, with line and column, in the order of places and fit for logs."""
    everything = [*loaded.problems, *located(problems, order.content.parent)]
    return sorted(map(fit_for_logs, everything), key=lambda problem: (problem.path, problem.line, problem.column))


def fit_for_logs(problem: Problem) -> Problem:
    """Many may read a log, and what is wrong may be a number that belongs to a person."""
    return replace(problem, message=masked(problem.message), hint=masked(problem.hint))


def has_errors(problems: Sequence[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
