"""The site as it is now, for the development server: read when a file is saved, a page rendered when it is asked for, the index of search made behind it."""

from __future__ import annotations

import os
import shutil
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from engine import pipeline, urls, workers
from engine.assets import assets
from engine.compiler import Compiled
from engine.index import entries
from engine.load import Memory
from engine.model import Page, Problem, Site
from engine.plan import plan
from engine.privacy import allowed_numbers, in_output
from engine.render import Workshop, workshop
from engine.tree import Tree

_SECONDS, _MEMORY = 600, 8 << 30  # an index of search may take


class Shown(NamedTuple):
    """A site that can be looked at: its pages and assets by path, the numbers that it may show, and what renders its pages, one at a time."""

    site: Site
    pages: dict[str, Page]
    assets: dict[str, bytes]
    allowed: frozenset[str]
    made: Workshop
    lock: threading.Lock


@dataclass(slots=True)
class State:
    """What is shown, what is wrong, and a turn that grows with each reading."""

    turn: int = 0
    shown: Shown | None = None
    problems: Sequence[Problem] = ()
    fault: str = ""


class Preview:
    """The state as of the last save. Files are read again only when they changed."""

    def __init__(self, order: pipeline.Order, index: Path):
        self.order, self.index = order, index
        self.memory, self.compiled, self.state, self.changed = Memory(), Compiled(), State(), threading.Condition()
        self._indexed = b""

    def read(self) -> State:
        """Read what was saved. A bad file leaves what is shown as it is; a fault of ours is told like a problem."""
        try:
            site, problems = pipeline.read(self.order, memory=self.memory)
            is_good = site is not None and not pipeline.has_errors(problems)
            shown, fault = shown_of(site, self.order.templates, self.compiled) if is_good else self.state.shown, ""
        except Exception:
            shown, problems, fault = self.state.shown, (), traceback.format_exc()
        with self.changed:
            self.state = State(self.state.turn + 1, shown, problems, fault)
            self.changed.notify_all()
        return self.state

    def write_index(self) -> None:
        """The index of search of what is shown, in a process of its own, if a word of it changed. Until it is there, the one before answers."""
        shown = self.state.shown
        if shown is None:
            return
        stage = self.index.with_name("index.new")
        before = self._indexed

        def make() -> bytes:
            now = blake2b(repr([*entries(shown.site)]).encode()).digest()
            if now != before:
                pipeline.write_index(shown.site, Tree(stage), 1)
            return now

        shutil.rmtree(stage, ignore_errors=True)
        self._indexed = workers.bounded(make, _SECONDS, _MEMORY) or before
        if stage.exists():
            shutil.rmtree(self.index, ignore_errors=True)
            os.rename(stage, self.index)

    def wait_beyond(self, turn: int, seconds: float) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.state.turn > turn, seconds)

    def file(self, path: str) -> tuple[bytes, Sequence[Problem]] | None:
        """One file of the site by its path, and what must not be published of it; None for a file that the site has not."""
        shown = self.state.shown
        if shown is None or ".." in path.split("/"):
            return None
        if path.startswith(pipeline.INDEX):
            return _of_index(self.index / path)
        if path in shown.assets:
            return shown.assets[path], ()
        if path not in shown.pages:
            return None
        page = shown.pages[path]
        with shown.lock:
            content = pipeline.content_of(self.order, shown.made, page)
        return content, () if page.renderer == "attachment" else [*in_output(path, content, shown.allowed)]


def shown_of(site: Site, templates: Path, compiled: Compiled) -> Shown:
    looks = assets(templates)
    files = {urls.path(urls.asset(looks.digest, name)): content for name, content in looks.files.items()}
    return Shown(site, {page.path: page for page in plan(site)}, files, allowed_numbers(site), workshop(site, templates, looks, compiled), threading.Lock())


def _of_index(path: Path) -> tuple[bytes, Sequence[Problem]] | None:
    try:
        return path.read_bytes(), ()
    except OSError:
        return None

