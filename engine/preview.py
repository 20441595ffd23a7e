"""The site as it is now, for the development server: what was saved is shown at once when it is right by itself, and checked with everything else behind it.

Before a page shows what a record says now, the record has been read, linked and asked everything that it can show to be wrong by itself: a value that cannot
be read, a reference that leads nowhere, a personal number, an attachment. What others show about it (their links, reminders) is found a second later, in
a process of its own; with an error among it, what was good before is shown again. Declarations, settings and attachments are checked whole before they show.
"""

from __future__ import annotations

import os
import shutil
import threading
import traceback
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from engine import checks, pipeline, urls, workers
from engine.assets import assets
from engine.digests import digest
from engine.index import entries
from engine.inspection import inspect
from engine.link import link
from engine.load import Loaded, Memory
from engine.model import Page, Problem, Site
from engine.plan import plan
from engine.privacy import allowed_numbers, in_output
from engine.relink import changed, is_plan_kept, part, relinked
from engine.reload import reloaded
from engine.render import Workshop, prepare, workshop
from engine.tree import Tree
from engine.view import view_of
from engine.write import INDEX, content_of, write_index

_SECONDS, _MEMORY = 600, 8 << 30  # that an index of search or the checks may take
_LAST = 10  # how far the processes behind stand back for the pages (nice)


class Shown(NamedTuple):
    """A site that can be looked at: its pages and assets by path, the numbers that it may show, and what renders its pages."""

    site: Site
    pages: Mapping[str, Page]
    assets: Mapping[str, bytes]
    allowed: frozenset[str]
    made: Workshop


class Reading(NamedTuple):
    """What was read, how it can be shown unless there is no way to, and what is wrong with it if everything was asked."""

    loaded: Loaded
    shown: Shown | None
    problems: Sequence[Problem] | None = None


@dataclass(slots=True)
class State:
    """What is shown, what is wrong, and a turn that grows whenever one of them changes."""

    turn: int = 0
    shown: Shown | None = None
    problems: Sequence[Problem] = ()
    fault: str = ""


class Preview:
    """The state as of the last save. `latest` was read last, `good` is the last that had no error; they are one when nothing is wrong and all is checked.

    `read` is for one thread, `check` for another, `write_index` for a third, `file` for any.
    """

    def __init__(self, order: pipeline.Order, index: Path):
        self.order, self.index = order, index
        self.memory, self.state = Memory(), State()
        self.changed, self.rendering = threading.Condition(), threading.Lock()
        self.unchecked, self.unindexed = threading.Event(), threading.Event()
        self.good: Reading | None = None
        self.latest: Reading | None = None
        self._indexed = b""

    @pipeline.growing()
    def read(self, saved: Collection[Path] | None = None) -> State:
        """Read what was saved, everything if that is not known. A bad file leaves what is shown as it is; a fault of ours is told like a problem."""
        with self.changed:
            before, self.latest = self.latest, None  # a check that is under way is of no use any more
        try:
            if saved is None or before is None or self.good is None or not self._read_again(before, self.good, saved):
                loaded, site, problems = pipeline.read_whole(self.order, memory=self.memory)
                is_good = site is not None and not pipeline.has_errors(problems)
                self._settle(Reading(loaded, shown_of(site, self.order.templates) if is_good else None, problems))
        except Exception:
            self._tell(None, (), traceback.format_exc())
        self.unchecked.set()
        return self.state

    def check(self) -> State | None:
        """What is wrong with all that was read last; None when something was saved meanwhile."""
        with self.changed:
            latest = self.latest
        if latest is None or latest.problems is not None:
            return self.state
        try:
            problems = workers.bounded(lambda: self._found(latest), _SECONDS, _MEMORY)
            if problems is None:
                raise workers.WorkerFailed(f"the checks took more than {_SECONDS} s or too much memory")
        except Exception:
            problems, fault = (), traceback.format_exc()
        else:
            fault = ""
        with self.changed:
            if self.latest is not latest:
                return None
            if fault:
                self._tell(None, (), fault)
            else:
                self._settle(latest._replace(problems=problems))
            return self.state

    def _found(self, reading: Reading) -> list[Problem]:
        os.nice(_LAST)
        site, problems = (reading.shown.site, []) if reading.shown else _linked(reading.loaded, self.order)
        problems = [*problems, *checks.check(site, [*inspect(self.order.content, site, self.memory)])]
        return pipeline.placed(self.order, reading.loaded, problems)

    def _settle(self, reading: Reading) -> None:
        """Take what was wholly checked for what is shown, if it is good."""
        with self.changed:
            self.latest = reading
            if reading.shown is not None and reading is not self.good and not pipeline.has_errors(reading.problems):
                self.good = reading
                self.unindexed.set()
            self._tell(None, reading.problems)

    def _tell(self, shown: Shown | None, problems: Sequence[Problem], fault: str = "") -> None:
        """Show a site, or else the last good one."""
        with self.changed:
            shown = shown or (self.good.shown if self.good else None)
            if shown is not self.state.shown or (*problems,) != (*self.state.problems,) or fault != self.state.fault or not self.state.turn:
                self.state = State(self.state.turn + 1, shown, problems, fault)
                self.changed.notify_all()

    # ── a save ────────────────────────────────────────────────────────────────

    def _read_again(self, before: Reading, good: Reading, saved: Collection[Path]) -> bool:
        """Whether the saved files alone could be read, joined to what was good, and told."""
        content = [path for path in saved if path.is_relative_to(self.order.content)]
        loaded = reloaded(before.loaded, self.order.content, content, self.memory)
        if loaded is None or any(one is not other for one, other in zip(_declared(loaded), _declared(good.loaded))):
            return False
        if len(content) < len(saved):  # the others are templates
            good = self.good = good._replace(shown=shown_of(good.shown.site, self.order.templates))
        if loaded is good.loaded:
            self._settle(good)
            return True
        site, problems = (None, []) if pipeline.has_errors(loaded.problems) else relinked(good.shown.site, good.loaded.records, loaded) or _linked(loaded, self.order)
        shown = None if site is None or problems else shown_again(good.shown, site)
        errors = problems if shown is None else self._errors(good, loaded, shown)
        with self.changed:
            self.latest = Reading(loaded, shown)
            if shown is None or errors:
                self._tell(None, pipeline.placed(self.order, loaded, errors))
            else:
                self._tell(shown, [problem for problem in good.problems if problem.severity != "error"])
        return True

    def _errors(self, good: Reading, loaded: Loaded, shown: Shown) -> list[Problem]:
        """What the changed records show to be wrong by themselves."""
        some = part(shown.site, [record.key for record in changed(good.loaded.records, loaded.records)])
        memory = replace(self.memory)  # `inspect` forgets the attachments of others
        problems = [*checks.of_records(some, shown.pages.values()), *inspect(self.order.content, some, memory)]
        self.memory.attachments |= memory.attachments
        return [problem for problem in problems if problem.severity == "error"]

    # ── search ────────────────────────────────────────────────────────────────

    def write_index(self) -> None:
        """The index of search of what is good, in a process of its own, if a word of it changed. Until it is there, the one before answers."""
        good = self.good
        if good is None:
            return
        stage = self.index.with_name("index.new")
        before = self._indexed

        def make() -> bytes:
            os.nice(_LAST)
            now = digest(repr([*entries(good.shown.site)]).encode())
            if now != before:
                write_index(good.shown.site, Tree(stage), 1)
            return now

        shutil.rmtree(stage, ignore_errors=True)
        self._indexed = workers.bounded(make, _SECONDS, _MEMORY) or before
        if stage.exists():
            shutil.rmtree(self.index, ignore_errors=True)
            os.rename(stage, self.index)

    # ── what is asked for ─────────────────────────────────────────────────────

    def compile(self) -> None:
        """The templates before they are asked for. What is wrong with one is told by its pages."""
        with suppress(Exception):
            if self.state.shown is not None:
                prepare(self.state.shown.made)

    def wait_beyond(self, turn: int, seconds: float) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.state.turn > turn, seconds)

    def file(self, path: str) -> tuple[bytes, Sequence[Problem]] | None:
        """One file of the site by its path, and what must not be published of it; None for a file that the site has not."""
        shown = self.state.shown
        if shown is None or ".." in path.split("/"):
            return None
        if path.startswith(INDEX):
            return _of_index(self.index / path)
        if path in shown.assets:
            return shown.assets[path], ()
        if path not in shown.pages:
            return None
        page = shown.pages[path]
        with self.rendering:
            content = content_of(self.order, shown.made, page)
        return content, () if page.renderer == "attachment" else [*in_output(path, content, shown.allowed)]


def shown_of(site: Site, templates: Path) -> Shown:
    looks = assets(templates)
    files = {urls.path(urls.asset(looks.digest, name)): content for name, content in looks.files.items()}
    return Shown(site, _paths(site), files, allowed_numbers(site), workshop(site, templates, looks))


def shown_again(before: Shown, site: Site) -> Shown:
    """Another site with the same settings by the same templates."""
    return before._replace(
        site=site,
        pages=before.pages if is_plan_kept(before.site, site) else _paths(site),
        allowed=allowed_numbers(site),
        made=before.made._replace(view=view_of(site)),
    )


def _paths(site: Site) -> dict[str, Page]:
    return {page.path: page for page in plan(site)}


def _linked(loaded: Loaded, order: pipeline.Order) -> tuple[Site, list[Problem]]:
    return link(loaded.config, loaded.collections, loaded.vocabularies, loaded.records, loaded.files, order.today, loaded.unread)


def _declared(loaded: Loaded) -> tuple:
    return loaded.config, loaded.collections, loaded.vocabularies, loaded.files


def _of_index(path: Path) -> tuple[bytes, Sequence[Problem]] | None:
    try:
        return path.read_bytes(), ()
    except OSError:
        return None
