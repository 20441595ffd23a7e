"""The index of search, made by Pagefind's service. The only door to Pagefind.

Records are fed to the service (base64 of JSON messages, each ended by a comma, on its standard input and output), not pages to its
command line, so a page's look never changes its index. Neither filters nor sorts are used: with them its files differ from run to
run. Language `unknown` keeps the browser's own segmenter from breaking our words. The files come back over the same pipe: when the
service writes them itself, it says so before the last bytes are on the disk.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pagefind_bin

from engine import urls
from engine.index import Entry, Lookup

CHUNK = 5000  # bytes of an index chunk: smaller ones make a first query lighter (search.md)
REGISTER, PINYIN = "names.json", "pinyin.json"
_KEPT = ("fragment/", "index/", "pagefind.", "pagefind-entry", "wasm.")  # the rest is an interface and a worker that we do not use
_SIGNATURE = b"pagefind_dcd"


class SearchFailed(Exception):
    """The service said that something went wrong."""


def index_files(entries: Sequence[Entry], lookup: Lookup) -> dict[str, bytes]:
    """The files of the index by their path below its folder, with a register of names beside them."""
    files = {path: content for path, content in _served(entries) if path.startswith(_KEPT)}
    indexed = sum(path.startswith("fragment/") for path in files)
    if indexed != len(entries):
        raise SearchFailed(f"{indexed} of {len(entries)} records were indexed")
    files[REGISTER] = _compact(_register(entries, lookup, files))
    files[PINYIN] = _compact(lookup.readings)
    return files


def _compact(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _served(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    environment = {"PATH": os.environ.get("PATH", ""), "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK)}
    arguments = [pagefind_bin.get_executable(), "--service"]
    service = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20, env=environment)
    try:
        threading.Thread(target=_feed, args=(service.stdin, entries), daemon=True).start()
        for payload in _answers(service.stdout.fileno()):
            if payload["type"] == "Error":
                raise SearchFailed(payload["message"])
            if payload["type"] == "GetFiles":
                return ((file["path"], base64.b64decode(file["content"])) for file in payload["files"])
        raise SearchFailed("the service ended before it had given the index")
    finally:
        service.kill()  # a failed build must not leave it behind
        service.wait()


def _feed(stdin, entries: Sequence[Entry]) -> None:
    """All messages at once: the service answers in its own time, and waiting for each answer would cost more than the work.

    Its input stays open, since it ends as soon as that does.
    """
    number = 0

    def send(**payload) -> None:
        nonlocal number
        number += 1
        message = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
        stdin.write(base64.b64encode(message.encode()) + b",")

    try:
        send(type="NewIndex", config={"force_language": "unknown"})
        for entry in entries:
            send(type="AddRecord", index_id=0, url=urls.record(entry.key)[1:], content=entry.content, language="unknown", meta=entry.hidden, filters={}, sort={})
        send(type="GetFiles", index_id=0)
        stdin.flush()
    except BrokenPipeError:
        pass  # the service is gone; the reader tells


def _answers(stdout: int) -> Iterator[dict]:
    parts: list[bytes] = []
    while chunk := os.read(stdout, 1 << 20):
        *ends, rest = chunk.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join([*parts, end])))["payload"]
            parts = []
        parts.append(rest)


def _register(entries: Sequence[Entry], lookup: Lookup, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Names of all records in their order, with as much of the hash of their fragment as tells them apart.

    The page can then rank, group, filter and show hits by name without loading each of them.
    """
    hashes = {}
    for path, content in files.items():
        if path.startswith("fragment/"):
            fragment = json.loads(gzip.decompress(content).removeprefix(_SIGNATURE))
            hashes[fragment["url"]] = path.removesuffix(".pf_fragment").split("_")[-1]
    length = next(length for length in range(4, 40) if len({hash[:length] for hash in hashes.values()}) == len(hashes))
    libraries = list(dict.fromkeys(entry.key.collection for entry in entries))
    areas = list(lookup.areas)
    names = [
        [hashes[urls.record(entry.key)[1:]][:length], libraries.index(entry.key.collection), entry.key.id, entry.title, int(entry.is_past), *map(areas.index, entry.areas)]
        for entry in entries
    ]
    return {
        "libraries": [{"id": id, **lookup.libraries[id]} for id in libraries],
        "areas": [{"id": id, "label": label} for id, label in lookup.areas.items()],
        "same": lookup.same,
        "also": lookup.also,
        "names": names,
    }
