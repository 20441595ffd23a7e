"""The index of search, made by Pagefind's service inside the staged tree. The only door to Pagefind.

Records are fed to the service (base64 of JSON messages, each ended by a comma, on its standard input and output), not pages to its
command line, so a page's look never changes its index. Neither filters nor sorts are used: with them its files differ from run to
run. Language `unknown` keeps the browser's own segmenter from breaking our words.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pagefind_bin

from engine import urls
from engine.index import Entry
from engine.model import Collection

CHUNK = 5000  # bytes of an index chunk: smaller ones make a first query lighter (search.md)

REGISTER = "names.json"
_KEPT = ("pagefind.", "pagefind-entry", "pagefind-worker", "wasm.")  # the rest is an interface that we do not use
_SIGNATURE = b"pagefind_dcd"


class SearchFailed(Exception):
    """The service said that something went wrong."""


def write_index(entries: Sequence[Entry], collections: Mapping[str, Collection], folder: Path) -> None:
    """Index the entries into `folder`, which must not exist yet, with a register of their names beside the index."""
    service = _service()
    try:
        feeder = threading.Thread(target=_feed, args=(service.stdin, entries, folder), daemon=True)
        feeder.start()
        indexed = _answers(service.stdout.fileno())
        service.stdin.close()
        service.wait()  # it answers before its last bytes are written, and ends when they are
    finally:
        service.kill()  # a failed build must not leave it behind
        service.wait()
    if indexed != len(entries):
        raise SearchFailed(f"{indexed} of {len(entries)} records were indexed")
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith(_KEPT):
            path.unlink()
    (folder / REGISTER).write_text(_register(entries, collections, folder / "fragment"), "utf-8")


def _register(entries: Sequence[Entry], collections: Mapping[str, Collection], fragments: Path) -> str:
    """Names of all records in their order, with as much of the hash of their fragment as tells them apart.

    The page can then rank, group and show hits by name without loading each of them.
    """
    hashes = {}
    for path in fragments.iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
        hashes[fragment["url"]] = path.stem.split("_")[-1]
    length = next(length for length in range(4, 40) if len({hash[:length] for hash in hashes.values()}) == len(hashes))
    libraries = list(dict.fromkeys(entry.key.collection for entry in entries))
    names = [[hashes[urls.record(entry.key)[1:]][:length], libraries.index(entry.key.collection), entry.key.id, entry.title, int(entry.is_past)] for entry in entries]
    shown = [{"id": id, "label": collections[id].label, "item": collections[id].item} for id in libraries]
    return json.dumps({"libraries": shown, "names": names}, ensure_ascii=False, separators=(",", ":"))


def _service() -> subprocess.Popen:
    environment = {"PATH": os.environ.get("PATH", ""), "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK)}
    return subprocess.Popen([pagefind_bin.get_executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20, env=environment)


def _feed(stdin, entries: Iterable[Entry], folder: Path) -> None:
    """All messages at once: the service answers in its own time, and waiting for each answer would cost more than the work."""
    number = 0

    def send(**payload) -> None:
        nonlocal number
        number += 1
        message = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)
        stdin.write(base64.b64encode(message.encode()) + b",")

    send(type="NewIndex", config={"force_language": "unknown"})
    for entry in entries:
        send(type="AddRecord", index_id=0, url=urls.record(entry.key)[1:], content=entry.content, language="unknown", meta=entry.hidden, filters={}, sort={})
    send(type="WriteFiles", index_id=0, output_path=str(folder))
    stdin.flush()  # the service ends as soon as its input does, so that stays open until all is answered


def _answers(stdout: int) -> int:
    """Read until the files are written: the number of entries indexed. The service's first complaint is raised."""
    indexed, rest = 0, b""
    while chunk := os.read(stdout, 1 << 16):
        *whole, rest = (rest + chunk).split(b",")
        for message in whole:
            payload = json.loads(base64.b64decode(message))["payload"]
            if payload["type"] == "Error":
                raise SearchFailed(payload["message"])
            if payload["type"] == "WriteFiles":
                return indexed
            indexed += payload["type"] == "IndexedFile"
    raise SearchFailed("the service ended before it had written the index")
