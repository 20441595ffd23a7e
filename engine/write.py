"""Pages into files. A page of which nothing has changed that it was made from is linked to the tree before; all others are rendered, in several processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from engine import files, search, urls, workers
from engine.assets import Assets
from engine.attachments import MAX_BYTES
from engine.compress import compressed
from engine.datasets import is_data, measure
from engine.digests import digest
from engine.index import Entry, Shard, entry, lookup, searched, shards
from engine.load import FILES
from engine.memory import Indexed, Kept, Known, Listed, digest_of
from engine.model import Key, Page, Problem, Site
from engine.privacy import allowed_numbers, in_output
from engine.reads import MEASURED, Node, Reads, noted, packed
from engine.render import Workshop, prepare, render
from engine.soundness import examine, together
from engine.tree import Tree

INDEX = urls.path(urls.INDEX).removesuffix("index.html")  # the folder of search
MOST = 40_000  # pages after which the other processes begin anew: what each remembers of records grows with what it makes
BATCH = 64  # pages that are rendered before the first of them is examined and written, at most
TURNS = 8  # that each process takes at least, so that none waits long for another
FEW = 4  # pages that are made sooner than other processes are begun
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


# ── pages ─────────────────────────────────────────────────────────────────────


class _Share(NamedTuple):
    """What one process made: files, and the nodes that it numbered itself; what must not be published."""

    nodes: list[Node]
    made: dict[str, Kept]
    leaks: list[Problem]


def write(order: Order, made: Workshop, pages: Sequence[Page], looks: Assets, tree: Tree, known: Known, new: Known) -> None:
    """Every page and asset into the tree, and into `new` what is to be known of them. Raises `Stopped` when a file holds personal data."""
    view, reads, allowed = made.view, made.view.reads, allowed_numbers(made.view.site)

    def content(page: Page) -> tuple[Page, bytes, bytes]:
        seen = reads.begin()
        return page, content_of(order, made, page), packed(seen)

    def make(first: int, batch: int, mine: Iterable[Page]) -> _Share:
        share = _Share([], {}, [])
        for page, said, seen in (one for some in _batches(mine, batch) for one in [*map(content, some)]):
            if page.renderer != "attachment":
                share.leaks.extend(in_output(f"{order.output.name}/{page.path}", said, allowed))
            examined = examine(page, said) if page.renderer == "html" else None
            weight = measure(said) if is_data(page) else None
            share.made[page.path] = Kept(tree.put(page.path, said), b"" if _is_made_anew(page) else digest_of(page), seen, examined, weight)
        share.nodes.extend(reads.nodes[first:])
        return share

    def put(mine: Sequence[Page]) -> None:
        same = {page.path: known.files[page.path] for page in mine if known.holds_page(page) and tree.keep(page.path)}
        others = [page for page in mine if page.path not in same]
        new.files.update(same)
        if len(others) > MANY:
            prepare(made)
        leaks: list[Problem] = []
        batch = max(1, min(BATCH, len(others) // (TURNS * order.jobs)))
        for start in range(0, len(others), MOST):
            first = len(reads.nodes)
            own, *shares = workers.share(order.jobs if len(others) > FEW else 1, others[start : start + MOST], partial(make, first, batch))
            new.files.update(own.made)
            for share in shares:
                adopted = reads.adopt(first, share.nodes)
                new.files.update((path, kept._replace(reads=adopted(kept.reads))) for path, kept in share.made.items())
            leaks += [leak for share in (own, *shares) for leak in share.leaks]
        if leaks:
            raise Stopped(sorted(leaks, key=lambda leak: (leak.path, leak.line, leak.column)))

    data, others, last = _in_turn(pages)
    put(data)
    reads.rows[MEASURED].update((page.address, new.files[page.path].measure) for page in data)  # the catalogue says what these files weigh
    known.compare(new.key, reads, is_weighed=True)
    put(others)
    shown = {urls.asset(looks.digest, name): content for name, content in looks.files.items()}
    view.found.append(together((kept.examined for kept in new.files.values() if kept.examined), pages, shown))
    put(last)  # it says what was found out about all others
    new.files.update((urls.path(address), Kept(tree.put(urls.path(address), content))) for address, content in shown.items())


def _in_turn(pages: Iterable[Page]) -> tuple[list[Page], list[Page], list[Page]]:
    data, others, last = [], [], []
    for page in pages:
        (data if is_data(page) else last if page.kind == "checks" else others).append(page)
    return data, others, last


def _batches(pages: Iterable[Page], most: int) -> Iterator[list[Page]]:
    """Pages by the dozen, since a processor is faster when it does one thing many times; an attachment, which may be large, alone."""
    for is_large, some in groupby(pages, key=lambda page: page.renderer == "attachment"):
        while batch := [*islice(some, 1 if is_large else most)]:
            yield batch


def _is_made_anew(page: Page) -> bool:
    """What is made from more than the tables of a site."""
    return page.kind == "checks" or page.renderer == "attachment"


def content_of(order: Order, made: Workshop, page: Page) -> bytes:
    """A file of the site: rendered, or an attachment as it lies."""
    return files.read(order.content / FILES / page.subject, MAX_BYTES) if page.renderer == "attachment" else render(made, page)


# ── the index of search ───────────────────────────────────────────────────────


class Index(NamedTuple):
    """The index of search: its files, its shards, its records, the nodes that were numbered here, and how names are read."""

    files: dict[str, Kept]
    shards: dict[str, Indexed]
    first: int
    nodes: list[Node]
    made: dict[Key, Listed]
    same: list[Key]
    spoken: dict[str, tuple[str, ...]]


def write_index(site: Site, tree: Tree, jobs: int, known: Known | None = None) -> Index:
    """The index of search, a shard in each task; a shard of which no word has changed is as it was."""
    known = known or Known()
    whole, made, same, first, nodes = _listed(site, known)
    listed = {key: made.get(key) or known.entries[key] for key in searched(site)}
    parts = shards(one.entry for one in listed.values())

    def make(mine: Iterable[Shard]) -> dict[str, tuple[Indexed, dict[str, Kept]]]:
        done = {}
        for shard in mine:
            before, said = known.shards.get(shard.name), digest(b"".join(listed[one.key].digest for one in shard.entries))
            if before is not None and before.digest == said and all(map(tree.keep, before.files)):
                done[shard.name] = before, {path: known.files[path] for path in before.files}
            else:
                index = search.index(shard, (whole.get(one.key) or entry(site, one.key) for one in shard.entries))
                put = {INDEX + name: Kept(tree.put(INDEX + name, content)) for name, content in index.files.items()}
                done[shard.name] = Indexed(said, index.hash, tuple(put)), put
        return done

    done = {name: one for share in workers.share(min(jobs, len(parts)), parts, make) for name, one in share.items()}
    spoken = dict(known.spoken)
    register = search.register(parts, [done[shard.name][0].hash for shard in parts], lookup(site, spoken))
    put = {INDEX + name: Kept(tree.put(INDEX + name, content)) for name, content in register.items()}
    return Index({**put, **{path: kept for _, some in done.values() for path, kept in some.items()}}, {name: indexed for name, (indexed, _) in done.items()}, first, nodes, made, same, spoken)


def adopt(index: Index, reads: Reads, known: Known, new: Known) -> None:
    """What is to be known of the index of search."""
    adopted = reads.adopt(index.first, index.nodes)
    new.files.update(index.files)
    new.shards, new.spoken = index.shards, index.spoken
    new.entries = {key: known.entries[key] for key in index.same} | {key: one._replace(reads=adopted(one.reads)) for key, one in index.made.items()}


def _listed(site: Site, known: Known) -> tuple[dict[Key, Entry], dict[Key, Listed], list[Key], int, list[Node]]:
    """Every record in the words of search, if it is not as it was; from which number on nodes are numbered here, and those."""
    whole, made, same = {}, {}, []
    watched, _, reads = noted(site)
    first = reads.number(known.numbered)
    for key in searched(site):
        before = known.entries.get(key)
        if before is not None and known.holds(before.reads):
            same.append(key)
        else:
            seen = reads.begin()
            whole[key] = entry(watched, key)
            made[key] = Listed(packed(seen), digest(repr(whole[key]).encode()), whole[key].outline)
    return whole, made, same, first, reads.nodes[first:]


# ── compressed files ──────────────────────────────────────────────────────────


def precompress(tree: Tree, jobs: int, known: Known, new: Known) -> None:
    """Beside each file that shrinks, what a host sends to those who take it so."""

    def make(mine: Iterable[str]) -> dict[str, Kept]:
        made = {}
        for name in mine:
            before = [other for other in (f"{name}.gz", f"{name}.br") if other in known.files]
            if before and known.files[name].file == new.files[name].file and all(map(tree.keep, before)):
                made.update((other, known.files[other]) for other in before)
            else:
                made.update((other, Kept(tree.put(other, content))) for other, content in compressed(name, (tree.stage / name).read_bytes()))
        return made

    for made in workers.share(jobs, sorted(new.files), make):
        new.files.update(made)
