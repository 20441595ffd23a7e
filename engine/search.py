"""The index of search, made by Pagefind's service. The only door to Pagefind.

Records are fed to the service (base64 of JSON messages, each ended by a comma, on its standard input and output), not pages to its
command line, so a page's look never changes its index. Neither filters nor sorts are used: with them its files differ from run to
run. Language `unknown` keeps the browser's own segmenter from breaking our words. The files come back over the same pipe: when the
service writes them itself, it says so before the last bytes are on the disk.

A site has an index for each shard of some thousand records, which the page asks together. Beside them lies a register: what the page must
know of all records, and their names in blocks, which it loads when it shows or ranks them.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from engine import urls
from engine.expiry import VALIDITY_WORDS
from engine.index import Entry, Lookup, Shard

CHUNK = 5000  # bytes of an index chunk: smaller ones make a first query lighter
BLOCK = 200  # names in one file: hits are shown by the dozen, and names that begin alike lie together
REGISTER, NAMES, PINYIN = "names.json", "names/", "pinyin.json"
MADE = "2"  # with the version of Pagefind, which page can read an index: it changes with the words of an index and the form of the register
FIRST = "0"
_SCRIPT, _WASM = "pagefind.js", "wasm."
_OF_EACH = ("fragment/", "index/", "pagefind.unknown")  # the rest is an interface, a worker and an entry that we do not use
_EXPORT = b"export{PagefindInstance};"  # one index, without the page's language and the worker that go with the whole
_SIGNATURE = b"pagefind_dcd"
_PAGE = re.compile(rb"unknown_[0-9a-f]+")


class SearchFailed(Exception):
    """The service said that something went wrong."""


class Made(NamedTuple):
    """The files of one index by their path below the folder of search, and the hash by which Pagefind finds it."""

    files: dict[str, bytes]
    hash: str


def index(shard: Shard, entries: Iterable[Entry]) -> Made:
    """One index of these entries, those of the shard with all their words; with the first come the script and the program that all of them need.

    Pagefind works in a process of its own while the entries are made. The page relies on Pagefind's list of pages being in the order of the shard: a version of it that had another order must not pass.
    """
    files = dict(_served(entries))
    [list_of_pages] = (path for path in files if path.endswith(".pf_meta"))
    pages = [page.decode() for page in _PAGE.findall(gzip.decompress(files[list_of_pages]))][: len(shard.entries)]
    for page, entry in zip(pages, shard.entries, strict=True):
        fragment = json.loads(gzip.decompress(files[f"fragment/{page}.pf_fragment"]).removeprefix(_SIGNATURE))
        if fragment["url"] != _url(entry):
            raise SearchFailed(f"{fragment['url']} is indexed where {_url(entry)} should be")
    kept = {f"{shard.name}/{path}": files[path] for path in files if path.startswith(_OF_EACH) or (path.startswith(_WASM) and shard.name == FIRST)}
    if shard.name == FIRST:
        kept[_SCRIPT] = files[_SCRIPT] + _EXPORT
    return Made(kept, list_of_pages.split(".")[1])


def register(shards: Sequence[Shard], hashes: Sequence[str], lookup: Lookup) -> dict[str, bytes]:
    """What the page must know besides: of all records their library, area, state and citations; their names and aliases, in blocks, when it shows or ranks them."""
    from importlib.metadata import version  # here, because it brings a tenth of all imports with it

    entries = [entry for shard in shards for entry in shard.entries]
    libraries = Counter(entry.key.collection for entry in entries)
    areas = list(lookup.areas)
    states = list(dict.fromkeys([("expired", VALIDITY_WORDS["expired"]), *(entry.state[:2] for entry in entries if entry.state[1])]))
    said = {
        "made": f"{version('pagefind-bin')} {MADE}",
        "libraries": [{"id": id, **lookup.libraries[id], "count": count} for id, count in libraries.items()],
        "areas": [{"id": id, "label": label} for id, label in lookup.areas.items()],
        "same": lookup.same,
        "also": lookup.also,
        "shards": [{"folder": f"{shard.name}/", "hash": hash, "count": len(shard.entries)} for shard, hash in zip(shards, hashes)],
        "block": BLOCK,
        "states": states,
        "past": {number: states.index(entry.state[:2]) for number, entry in enumerate(entries) if entry.state[1]},
        "soon": {number: entry.state[2] for number, entry in enumerate(entries) if entry.state[2]},
        "lengths": "".join(f"{min(entry.length, 255):02x}" for entry in entries),
        "cited": {number: entry.cited for number, entry in enumerate(entries) if entry.cited},
        "placed": [[areas.index(area) for area in entry.areas] for entry in entries],
    }
    files = {REGISTER: _compact(said), PINYIN: _compact(lookup.readings)}
    for number, start in enumerate(range(0, len(entries), BLOCK)):
        some = entries[start : start + BLOCK]
        aliases = {at: entry.aliases for at, entry in enumerate(some) if entry.aliases}
        files[f"{NAMES}{number}.json"] = _compact([[entry.key.id for entry in some], [entry.title for entry in some], aliases])
    return files


def _url(entry: Entry) -> str:
    return urls.record(entry.key)[1:]


def _compact(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _served(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    import subprocess  # here, because most commands need no index, and it takes time to load

    import pagefind_bin

    environment = {"PATH": os.environ.get("PATH", ""), "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK)}
    arguments = [pagefind_bin.get_executable(), "--service"]
    service = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20, env=environment)
    faults: list[BaseException] = []

    def feed() -> None:
        try:
            _feed(service.stdin, entries)
        except BaseException as fault:  # nobody waits for this thread: the end of the service is what the reader sees
            faults.append(fault)
            service.kill()

    try:
        threading.Thread(target=feed, daemon=True).start()
        for payload in _answers(service.stdout.fileno()):
            if payload["type"] == "Error":
                raise SearchFailed(payload["message"])
            if payload["type"] == "GetFiles":
                return ((file["path"], base64.b64decode(file["content"])) for file in payload["files"])
        raise next((fault for fault in faults if not isinstance(fault, BrokenPipeError)), SearchFailed("the service ended before it had given the index"))
    finally:
        service.kill()  # a failed build must not leave it behind
        service.wait()


def _feed(stdin, entries: Iterable[Entry]) -> None:
    """All messages at once: the service answers in its own time, and waiting for each answer would cost more than the work.

    Its input stays open, since it ends as soon as that does. Raises BrokenPipeError when the service has ended before.
    """
    number = 0

    def send(**payload) -> None:
        nonlocal number
        number += 1
        message = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
        stdin.write(base64.b64encode(message.encode()) + b",")

    send(type="NewIndex", config={"force_language": "unknown"})
    for entry in entries:
        send(type="AddRecord", index_id=0, url=_url(entry), content=entry.content, language="unknown", meta=entry.hidden, filters={}, sort={})
    send(type="GetFiles", index_id=0)
    stdin.flush()


def _answers(stdout: int) -> Iterator[dict]:
    parts: list[bytes] = []
    while chunk := os.read(stdout, 1 << 20):
        *ends, rest = chunk.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join([*parts, end])))["payload"]
            parts = []
        parts.append(rest)
