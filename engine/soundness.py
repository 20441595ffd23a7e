"""What the build finds out about its own pages: whether links land, and what every page must have once. What it does not look at, it does not claim.

A page is examined by its bytes while it is made; what was found is small, and can be kept with the page or added up.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from engine import urls
from engine.model import Page

_HREF, _SRC, _ID = (re.compile(rb' %b="([^"]+)"' % name) for name in (b"href", b"src", b"id"))  # each begins with a text, which is what makes a search fast
_ONCE = {"title": re.compile(rb"<title>(?!</title>)"), "language": re.compile(rb'<html lang="[^"]')}
_TAG = re.compile(rb"<(?:h[1-6]|img|script|style)[ >][^>]*")  # two simple patterns are four times as fast as one that says it all
_SIMPLE = re.compile(rb"(?:[a-z0-9-]+/)*")
_OTHER = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)
_BREAK = "\0"  # stands in no id and in no address
TOLD = 20  # faults of a kind that are shown


class Examined(NamedTuple):
    """One page: its ids, where it links to (addresses of the site, with fragment), how often elsewhere, and what is wrong with it.

    There is one for each page, so what is many is held as one text.
    """

    address: str
    named: str
    linked: str
    outside: int
    faults: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.named.split(_BREAK)) if self.named else ()

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(self.linked.split(_BREAK)) if self.linked else ()


class Found(NamedTuple):
    """All pages together. `links` counts pairs of page and target; `dead` and `faults` are (what is wrong, page)."""

    pages: int
    links: int
    outside: int
    dead: tuple[tuple[str, str], ...]
    faults: Mapping[str, tuple[str, ...]]


FAULTS = ("title", "language", "heading", "levels", "ids", "pictures", "inline")


def examine(page: Page, content: bytes) -> Examined:
    """What one page is and links to. The page's own fragments are looked up here, those of others by `together`."""
    links, ids = dict.fromkeys([*_HREF.findall(content), *_SRC.findall(content)]), _ID.findall(content)
    levels, faults = [], set()
    for tag in _TAG.findall(content):
        if tag[1:2] == b"h":
            levels.append(int(tag[2:3]))
        elif tag.startswith(b"<img"):
            faults |= {"pictures"} if b" alt=" not in tag else set()
        elif b" src=" not in tag and b"application/ld+json" not in tag:
            faults.add("inline")
    faults |= {name for name, pattern in _ONCE.items() if not pattern.search(content)}
    faults |= {"heading"} if levels.count(1) != 1 else set()
    faults |= {"levels"} if any(after > before + 1 for before, after in zip([0, *levels], levels)) else set()
    faults |= {"ids"} if len(set(ids)) != len(ids) else set()
    start = urls.HOME if page.kind == "404" else page.address
    up = urls.root(start).encode()
    targets = [_below(link[len(up) :]) if link.startswith(up) else _target(start, link) for link in links]
    inside = [target for target in targets if target is not None]
    return Examined(page.address, b"\0".join(ids).decode(), _BREAK.join(inside), len(targets) - len(inside), tuple(name for name in FAULTS if name in faults))


@lru_cache(maxsize=1 << 16)
def _below(rest: bytes) -> str | None:
    """The address of a link that goes by way of the site's root, as nearly all do."""
    if rest.startswith(b"../"):
        return None  # above the root lie other sites of the host
    return f"/{rest.decode()}" if _SIMPLE.fullmatch(rest) else _target(urls.HOME, rest)


def _target(start: str, link: bytes) -> str | None:
    """The address that a link of the page at `start` names; None when it leads elsewhere."""
    text = unescape(link.decode())
    if _OTHER.match(text):
        return None
    path, _, fragment = text.partition("#")
    path = path.partition("?")[0]
    whole = posixpath.normpath(posixpath.join(start[: start.rindex("/") + 1], path)) if path else start
    whole += "/" if whole != "/" and (path.endswith(("/", "..")) or path == ".") else ""
    return whole + (f"#{unquote(fragment)}" if fragment else "")


def together(examined: Iterable[Examined], pages: Iterable[Page], assets: Iterable[str]) -> Found:
    """Every page's links against all that the site has."""
    examined = tuple(examined)
    have = {page.address for page in pages} | {unquote(page.address) for page in pages} | set(assets)
    by_address = {one.address: one for one in examined}
    ids = cache(lambda address: frozenset(by_address[address].ids) if address in by_address else None)
    links, dead = 0, []
    for one in examined:
        targets = one.targets
        links += len(targets)
        dead += [(target, one.address) for target in targets if target not in have and not _lands(target, have, ids)]
    faults = {name: tuple(sorted(one.address for one in examined if name in one.faults)) for name in FAULTS}
    return Found(len(examined), links, sum(one.outside for one in examined), tuple(sorted(dead)), faults)


def _lands(target: str, have: set[str], ids: Callable[[str], frozenset[str] | None]) -> bool:
    address, _, fragment = target.partition("#")
    return address in have and (not fragment or (named := ids(address)) is None or fragment in named)
