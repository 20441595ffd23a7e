"""Pages into files. A page of which nothing has changed that it is made from is linked to the tree before; all others are rendered, in several processes."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from engine import files, search, urls, workers
from engine.assets import Assets
from engine.attachments import MAX_BYTES
from engine.compress import compressed
from engine.datasets import is_data, measure
from engine.index import Shard, entries, lookup, shards
from engine.load import FILES
from engine.memory import Indexed, Kept, Known, digest_of, key_of, numbered, renumbered
from engine.model import Page, Problem, Site
from engine.privacy import allowed_numbers, in_output
from engine.reads import Node
from engine.render import Workshop, prepare, render, workshop
from engine.soundness import examine, together
from engine.tree import Tree, Written

INDEX = urls.path(urls.INDEX).removesuffix("index.html")  # the folder of search
MANY = 100  # pages for which it is worth while to compile all templates before the work is shared


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked to do. `memory` is the folder of what the last build knew, if it is to be asked."""

    content: Path
    templates: Path
    output: Path
    today: date
    jobs: int = 1
    precompress: bool = False
    memory: Path | None = None


class Stopped(Exception):
    """What was made must not be published."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(problems)
        self.problems = tuple(problems)


class _Share(NamedTuple):
    """What one process made: files, with the numbers that their nodes have here; what it left as it was; what must not be published."""

    nodes: list[Node]
    made: dict[str, Kept]
    kept: list[str]
    leaks: list[Problem]


def write(order: Order, site: Site, pages: Sequence[Page], looks: Assets, tree: Tree, known: Known = Known()) -> Known:
    """Every page and asset into the tree, and what is to be known of it. Raises `Stopped` when a file holds personal data."""
    allowed = allowed_numbers(site)
    made = workshop(site, order.templates, looks)
    view = made.view
    new = Known(key_of(site, order.templates, allowed, view.has_samples))
    if known.key == new.key:
        new.nodes, unchanged = known.nodes, known.unchanged(view.reads, pages)
    else:
        unchanged = set()
    numbers = {node: number for number, node in enumerate(new.nodes)}
    if len(pages) - len(unchanged) > MANY:
        prepare(made)

    def make(mine: Sequence[Page]) -> _Share:
        nodes: dict[Node, int] = {}
        share = _Share([], {}, [], [])
        for page in mine:
            if page.path in unchanged and tree.keep(page.path):
                share.kept.append(page.path)
                continue
            seen = view.reads.begin()
            content = content_of(order, made, page)
            if page.renderer != "attachment":
                share.leaks.extend(in_output(f"{order.output.name}/{page.path}", content, allowed))
            share.made[page.path] = Kept(
                tree.put(page.path, content),
                b"" if _is_made_anew(page) else digest_of(page),
                numbered(nodes, seen),
                examine(page, content) if page.renderer == "html" else None,
                measure(content) if is_data(page) else None,
            )
        share.nodes.extend(nodes)
        return share

    def done(mine: Sequence[Page]) -> None:
        leaks = []
        for share in workers.share(order.jobs, mine, make):
            places = {place: numbers.setdefault(node, len(numbers)) for place, node in enumerate(share.nodes)}
            new.files.update((path, kept._replace(reads=renumbered(kept.reads, places))) for path, kept in share.made.items())
            new.files.update((path, known.files[path]) for path in share.kept)
            leaks += share.leaks
        if leaks:
            raise Stopped(leaks)

    gc.freeze()  # so that forked processes do not copy the graph only to count references
    data, others, last = _in_turn(pages)
    done(data)
    view.measured.update((page.address, new.files[page.path].measure) for page in data)  # before the others are made: the catalogue says what these files weigh
    done(others)
    shown = [urls.asset(looks.digest, name) for name in looks.files]
    view.found.append(together((kept.examined for kept in new.files.values() if kept.examined), pages, shown))
    done(last)  # it says what was found out about all others
    new.files.update((urls.path(address), Kept(tree.put(urls.path(address), content))) for address, content in zip(shown, looks.files.values()))
    new.nodes = list(numbers)
    new.digests = [*map(view.reads.digest, new.nodes)]
    return new


def _in_turn(pages: Iterable[Page]) -> tuple[list[Page], list[Page], list[Page]]:
    data, others, last = [], [], []
    for page in pages:
        (data if is_data(page) else last if page.kind == "checks" else others).append(page)
    return data, others, last


def _is_made_anew(page: Page) -> bool:
    """What is made from more than the tables of the site: what other files weigh, what was found in them, attachments."""
    return page.kind in ("data", "dataset", "checks") or page.renderer in ("catalogue", "attachment")


def content_of(order: Order, made: Workshop, page: Page) -> bytes:
    """A file of the site: rendered, or an attachment as it lies."""
    return files.read(order.content / FILES / page.subject, MAX_BYTES) if page.renderer == "attachment" else render(made, page)


class Index(NamedTuple):
    """The index of search: its files, and what each of its shards was made from."""

    files: dict[str, Kept]
    shards: dict[str, Indexed]


def write_index(site: Site, tree: Tree, jobs: int, known: Known = Known()) -> Index:
    """The index of search, a shard in each task; a shard of which no word has changed is as it was."""
    parts = shards(entries(site))

    def make(mine: Sequence[Shard]) -> list[tuple[str, Indexed, dict[str, Kept]]]:
        return [_shard(shard, tree, known) for shard in mine]

    done = {name: (indexed, made) for share in workers.share(min(jobs, len(parts)), parts, make) for name, indexed, made in share}
    made = {path: kept for shard in parts for path, kept in done[shard.name][1].items()}
    for name, content in search.register(parts, [done[shard.name][0].hash for shard in parts], lookup(site)).items():
        made[INDEX + name] = Kept(tree.put(INDEX + name, content))
    return Index(made, {shard.name: done[shard.name][0] for shard in parts})


def _shard(shard: Shard, tree: Tree, known: Known) -> tuple[str, Indexed, dict[str, Kept]]:
    digest = blake2b(repr(shard).encode(), digest_size=16).digest()
    before = known.shards.get(shard.name)
    if before is not None and before.digest == digest and all(map(tree.has, before.files)) and all(map(tree.keep, before.files)):
        return shard.name, before, {path: known.files[path] for path in before.files}
    made = search.index(shard)
    files = {INDEX + name: Kept(tree.put(INDEX + name, content)) for name, content in made.files.items()}
    return shard.name, Indexed(digest, made.hash, tuple(files)), files


def precompress(tree: Tree, jobs: int, files: dict[str, Kept], known: Known) -> None:
    """Beside each file that shrinks, what a host sends to those who take it so."""

    def make(mine: Sequence[str]) -> dict[str, Kept]:
        made = {}
        for name in mine:
            if name in known.files and known.files[name].file == files[name].file and (before := [one for one in _beside(name) if one in known.files]) and all(map(tree.has, before)) and all(map(tree.keep, before)):
                made.update((one, known.files[one]) for one in before)
            else:
                made.update((other, Kept(tree.put(other, content))) for other, content in compressed(name, (tree.stage / name).read_bytes()))
        return made

    for made in workers.share(jobs, sorted(files), make):
        files.update(made)


def _beside(name: str) -> tuple[str, str]:
    return f"{name}.gz", f"{name}.br"
