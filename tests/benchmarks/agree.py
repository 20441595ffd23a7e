"""Do two trees say the same? The same HTML pages; of a sample, the same words and links in their main part; references that lead there and back."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from tests.benchmarks import corpus
from tests.benchmarks.corpus import BY_ID, Record

SAMPLE = 300
_MAIN = re.compile(r'<main id="main">(.*)</main>', re.S)
_CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.S)
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'<a href="([^"]+)"')


class Agreement(NamedTuple):
    """Pages that both have and their bytes; files that only we have, by folder; how many links were compared, and what was found wrong."""

    pages: int
    ours: int
    theirs: int
    extra: dict[str, int]
    links: int
    faults: list[str]


def files(tree: Path) -> dict[str, int]:
    """Every file below a folder with its size."""
    found = {}
    for folder, _, names in os.walk(tree):
        for name in names:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, tree)] = os.stat(path).st_size
    return found


def main_of(tree: Path, name: str) -> str:
    found = _MAIN.search((tree / name).read_text("utf-8"))
    return found[1] if found else ""


def links(tree: Path, name: str) -> set[str]:
    """The addresses within the site that the main part of a page leads to."""
    start = "/" + name.removesuffix("index.html")
    return {unquote(urljoin(start, href)) for href in _LINK.findall(main_of(tree, name)) if ":" not in href}


def words(tree: Path, name: str) -> str:
    """What the main part says, without spaces and without the breadcrumbs, which number further pages in their own way."""
    return "".join(html.unescape(_TAG.sub("", _CRUMBS.sub("", main_of(tree, name)))).split())


def differences(ours: Path, theirs: Path, name: str) -> list[str]:
    faults = [f"other words: {name}"] if words(ours, name) != words(theirs, name) else []
    return [*faults, f"other links: {name}"] if links(ours, name) != links(theirs, name) else faults


def agreement(ours: Path, theirs: Path, scale: float) -> Agreement:
    """Page by page, and closer in a sample of records and lists."""
    mine, other = files(ours), files(theirs)
    pages = {name for name in other if name.endswith(".html")}
    own = {name for name in mine if name.endswith(".html")}
    faults = [f"only in theirs: {name}" for name in sorted(pages - own)] + [f"only in ours: {name}" for name in sorted(own - pages) if name.split("/")[0] in BY_ID]
    shared = sorted(pages & own)
    told, wrong = cross_links(ours, theirs, _sample(scale))
    lists = [name for name in shared if "/by/" in name or name.count("/") == 1]
    for name in Random(7).sample(lists, min(len(lists), SAMPLE // 3)):
        told += len(links(ours, name))
        wrong += differences(ours, theirs, name)
    return Agreement(len(shared), sum(mine[name] for name in shared), sum(other[name] for name in shared), _extra(mine, other), told, [*faults, *wrong])


def _extra(mine: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name in mine:
        if name not in other and not name.startswith("assets/"):
            part = "/".join(name.split("/")[:2]) if name.startswith("data/") else name.split("/")[0]
            counted[part] = counted.get(part, 0) + 1
    return counted


def _sample(scale: float) -> list[Record]:
    records = list(corpus.records(scale))
    return Random(5).sample(records, min(len(records), SAMPLE))


def cross_links(ours: Path, theirs: Path, sample: Sequence[Record]) -> tuple[int, list[str]]:
    """Every record of a sample says the same in both trees, and all that it names leads back to it in both."""
    told, faults = 0, []
    for record in sample:
        own = corpus.address(record.collection, record.id)
        page = f"{own[1:]}index.html"
        told += len(links(ours, page))
        faults += differences(ours, theirs, page)
        for far in named(record):
            for tree in (ours, theirs):
                if far not in links(tree, page) or own not in links(tree, f"{far[1:]}index.html"):
                    faults.append(f"{own} and {far} do not lead to each other in {tree.name}")
    return told, faults


def named(record: Record) -> Iterator[str]:
    """The addresses of the records that a record names."""
    for field in BY_ID[record.collection].fields:
        if field.to:
            value = record.values[field.name]
            yield from (corpus.address(field.to, id) for id in (value if field.many else [value]))
