"""The order of the steps. `build` is the documentation: load, link, check, plan, render, write."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from engine import files, publish, search, urls, workers
from engine.assets import Assets, assets
from engine.attachments import MAX_BYTES
from engine.checks import check
from engine.compress import compressed
from engine.datasets import is_data, measure
from engine.index import Shard, entries, lookup, shards
from engine.inspection import inspect
from engine.link import link
from engine.load import FILES, Loaded, Memory, load, located
from engine.model import Measure, Page, Problem, Report, Site
from engine.personal import masked
from engine.plan import plan
from engine.privacy import allowed_numbers, in_output
from engine.render import Workshop, prepare, render, workshop
from engine.soundness import Examined, examine, together

Tell = Callable[[str], None]
INDEX = urls.path(urls.INDEX).removesuffix("index.html")  # the folder of search


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked to do."""

    content: Path
    templates: Path
    output: Path
    today: date
    jobs: int = 1
    precompress: bool = False


class Stopped(Exception):
    """What was made must not be published."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(problems)
        self.problems = tuple(problems)


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
        self.seconds[name] = perf_counter() - start - (sum(self.seconds.values()) - others)


def build(order: Order, tell: Tell = lambda step: None) -> Report:
    """Make the site. With one error nothing is written and the report holds every problem."""
    clock = Clock(tell)
    publish.mend(order.output)  # first of all: what a killed build left must not wait for the content to be good
    site, problems = read(order, clock)
    if site is None or has_errors(problems):
        return Report(tuple(problems), seconds=clock.seconds)
    pages = plan(site)
    looks = assets(order.templates)
    try:
        sizes = _make(order, site, pages, looks, clock)
    except Stopped as stopped:
        return Report((*problems, *stopped.problems), seconds=clock.seconds)
    return Report(tuple(problems), pages=len(pages), size=sum(sizes), seconds=clock.seconds)


def _make(order: Order, site: Site, pages: Sequence[Page], looks: Assets, clock: Clock) -> list[int]:
    """Into a stage, which takes the place of the old site at the end."""
    with clock.step("发布"), publish.staged(order.output) as stage:
        with clock.step("搜索索引"), workers.beside(order.jobs, lambda: write_index(site, stage, order.jobs)):  # Pagefind works while pages are rendered
            with clock.step("渲染"):
                sizes = write(order, site, pages, looks, stage)
        if order.precompress:
            with clock.step("压缩"):
                precompress(stage, order.jobs)
    return sizes


def precompress(stage: Path, jobs: int) -> None:
    """Beside each file that shrinks, what a host sends to those who take it so."""

    def make(mine: Sequence[str]) -> None:
        for name in mine:
            for other, content in compressed(name, (stage / name).read_bytes()):
                _put(stage, other, content)

    workers.share(jobs, sorted(path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()), make)


def write_index(site: Site, stage: Path, jobs: int) -> None:
    """The index of search, a shard in each task."""
    parts = shards(entries(site))

    def make(mine: Sequence[Shard]) -> dict[str, str]:
        hashes = {}
        for shard in mine:
            made = search.index(shard)
            for name, content in made.files.items():
                _put(stage, INDEX + name, content)
            hashes[shard.name] = made.hash
        return hashes

    hashes = {name: hash for some in workers.share(min(jobs, len(parts)), parts, make) for name, hash in some.items()}
    for name, content in search.register(parts, [hashes[shard.name] for shard in parts], lookup(site)).items():
        _put(stage, INDEX + name, content)


def read(order: Order, clock: Clock | None = None, memory: Memory | None = None) -> tuple[Site | None, list[Problem]]:
    """Load, link and check: the site, and all that is wrong with it. No site when the declarations themselves are wrong."""
    return read_whole(order, clock, memory)[1:]


def read_whole(order: Order, clock: Clock | None = None, memory: Memory | None = None) -> tuple[Loaded, Site | None, list[Problem]]:
    """The same, with all that was loaded: also what is not public."""
    clock = clock or Clock(lambda step: None)
    gc.disable()  # nothing made here is garbage before the end; collecting would only walk the graph again and again
    try:
        with clock.step("读取"):
            loaded = load(order.content, memory)
        if not loaded.is_declared:
            return loaded, None, [*map(fit_for_logs, loaded.problems)]
        with clock.step("关联"):
            site, problems = link(loaded.config, loaded.collections, loaded.vocabularies, loaded.records, loaded.files, order.today)
        with clock.step("检查"):
            problems = [*problems, *check(site, [*inspect(order.content, site, memory)])]
    finally:
        gc.enable()
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


def write(order: Order, site: Site, pages: Sequence[Page], looks: Assets, stage: Path) -> list[int]:
    """Every page and asset into the stage; the bytes of each share. Raises `Stopped` when a file holds personal data."""
    allowed = allowed_numbers(site)
    for name, content in looks.files.items():
        _put(stage, urls.path(urls.asset(looks.digest, name)), content)

    made = workshop(site, order.templates, looks)
    prepare(made)

    def make(mine: Sequence[Page]) -> tuple[int, list[Problem], dict[str, Measure], list[Examined]]:
        size, leaks, weighed, seen = 0, [], {}, []
        for page in mine:
            content = content_of(order, made, page)
            if page.renderer != "attachment":
                leaks += in_output(f"{order.output.name}/{page.path}", content, allowed)
            if page.renderer == "html":
                seen.append(examine(page, content))
            if is_data(page):
                weighed[page.address] = measure(content)
            _put(stage, page.path, content)
            size += len(content)
        return size, leaks, weighed, seen

    gc.freeze()  # so that forked processes do not copy the graph only to count references
    done = workers.share(order.jobs, [page for page in pages if is_data(page)], make)
    for _, _, weighed, _ in done:
        made.view.measured.update(weighed)  # before the others are made: the catalogue says what these files weigh
    done += workers.share(order.jobs, [page for page in pages if not is_data(page) and page.kind != "checks"], make)
    made.view.found.append(together((one for *_, seen in done for one in seen), pages, (urls.asset(looks.digest, name) for name in looks.files)))
    done += workers.share(order.jobs, [page for page in pages if page.kind == "checks"], make)  # it says what was found out about all others
    if leaks := [leak for _, leaking, _, _ in done for leak in leaking]:
        raise Stopped(leaks)
    return [size for size, *_ in done]


def content_of(order: Order, made: Workshop, page: Page) -> bytes:
    """A file of the site: rendered, or an attachment as it lies."""
    return files.read(order.content / FILES / page.subject, MAX_BYTES) if page.renderer == "attachment" else render(made, page)


def _put(folder: Path, name: str, content: bytes) -> None:
    path = f"{folder}/{name}"
    for _ in range(2):
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            break
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
    with os.fdopen(file, "wb") as out:
        out.write(content)
