"""What the last build knew, in `.cache/` beside the content: it makes a build faster, never different.

What is damaged, foreign or of another program is as good as nothing. Of what was read, everything is kept, so only the owner may look into the
folder; of the site, digests. Python's pickles may hold programs: these may hold the nouns of this engine and nothing else.
"""

from __future__ import annotations

import glob
import io
import os
import pickle
import sys
import sysconfig
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from engine import load, model
from engine.attachments import Fault
from engine.digests import begun, digest
from engine.index import Entry
from engine.model import Key, Measure, Page
from engine.privacy import allowed_numbers
from engine.reads import MEASURED, Node, Reads
from engine.soundness import Examined
from engine.tree import Written
from engine.view import View

Value = TypeVar("Value")
FOLDER = ".cache"
CONTENT = "content"
_NOUNS = (Key, Entry, model.Record, model.Problem, model.Range, model.Quantity, model.Uncertainty, model.Money, Measure, load.Memory, load.Read, Fault, Examined, Written)
_PLAIN = (date, datetime, timedelta, timezone, Decimal)


class Kept(NamedTuple):
    """A file of the last tree. Of a page also which page it was, the numbers of the nodes that it read, and what was found out about it."""

    file: Written
    page: bytes = b""
    reads: bytes = b""
    examined: Examined | None = None
    measure: Measure | None = None


class Indexed(NamedTuple):
    """A shard of the index of search: the digest of what it was made from, Pagefind's hash, its files."""

    digest: bytes
    hash: str
    files: tuple[str, ...]


class Listed(NamedTuple):
    """A record in the index of search: the numbers of the nodes that it was made from, the digest of its words, and what the register says of it."""

    reads: bytes
    digest: bytes
    entry: Entry


@dataclass(slots=True)
class Known:
    """A tree: `key` is what all of it was made with, `nodes` what was read besides, with the digests of what those held."""

    key: bytes = b""
    nodes: list[Node] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    files: dict[str, Kept] = field(default_factory=dict)
    shards: dict[str, Indexed] = field(default_factory=dict)
    entries: dict[Key, Listed] = field(default_factory=dict)
    spoken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mark: tuple[int, int, int] | None = None  # the stamps of the marks of the tree and of its twin
    twin: tuple[int, int, int] | None = None
    changed: set[int] | None = None  # the numbers of nodes that are not as they were; None when all is to be made anew

    def compare(self, key: bytes, reads: Reads, is_weighed: bool = False) -> None:
        """Find out what has changed; once more, when the files of data are weighed, for what they weigh. What was made with another key is of no use, but for
        files with the same bytes."""
        if key == self.key:
            different = {number for number, node in enumerate(self.nodes) if (node[0] == MEASURED) == is_weighed and reads.digest(node) != self.digests[number]}
            self.changed = different | (self.changed or set())

    @property
    def numbered(self) -> Sequence[Node]:
        """The nodes whose numbers go on to hold: none when all is to be made anew."""
        return self.nodes if self.changed is not None else ()

    def shares(self, other: Known) -> bool:
        """Whether most files of another tree are files of this one."""
        return 4 * sum(name in self.files and self.files[name].file == kept.file for name, kept in other.files.items()) > 3 * len(other.files)

    def holds(self, reads: bytes) -> bool:
        return self.changed is not None and self.changed.isdisjoint(array("I", reads))

    def holds_page(self, page: Page) -> bool:
        """Whether a page is the one that was made, and nothing that it read has changed."""
        kept = self.files.get(page.path)
        return kept is not None and self.holds(kept.reads) and kept.page == digest_of(page)


def recalled(folder: Path | None, name: str, kind: type[Value]) -> Value:
    """What the last build remembered under a name, or as good as nothing."""
    found = _read(folder / name) if folder is not None else None
    is_astray = isinstance(found, Known) and any(name.startswith("/") or ".." in name.split("/") for name in found.files)
    return found if isinstance(found, kind) and not is_astray else kind()


def remember(folder: Path | None, name: str, value: Any) -> None:
    """For the next build. That this cannot be done is no fault of the site."""
    if folder is not None:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            _write(folder / name, value)
        except OSError:
            pass


def name_of(output: Path) -> str:
    """Under what the tree at `output` is remembered."""
    return f"site-{blake2b(os.path.realpath(output).encode(), digest_size=6).hexdigest()}"


_HEAD = 32
_PART = 10_000  # files in one pickle: what a pickle remembers of itself takes more room than what it says


def _write(path: Path, value: Any) -> None:
    new, whole = path.with_name(f"{path.name}.{os.getpid()}"), begun()
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(bytes(_HEAD))
            for part in _parts(value):
                said = pickle.dumps(part, 5)
                whole.update(said)
                file.write(said)
            file.seek(0)
            file.write(_head(whole))
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def _parts(value: Any) -> Iterator[Any]:
    """The whole but for its files, then these by and by."""
    yield replace(value, files={})
    files = list(value.files.items())
    yield from (dict(files[start : start + _PART]) for start in range(0, len(files), _PART))


def _read(path: Path) -> Any:
    try:
        raw = path.read_bytes()
        if raw[:_HEAD] != _head(begun(memoryview(raw)[_HEAD:])):
            return None
        said = io.BytesIO(raw)
        said.seek(_HEAD)
        value = _Nouns(said).load()
        while said.tell() < len(raw):
            value.files.update(_Nouns(said).load())
        return value
    except Exception:  # whatever is wrong with it, it is only a memory
        return None


def _head(whole: blake2b) -> bytes:
    return program() + whole.digest()


@cache
def program() -> bytes:
    """What makes a build: this engine, Python and the packages beside it."""
    said = begun(sys.version.encode())
    here = Path(__file__).parent
    for path in sorted(path for suffix in ("py", "yaml") for path in here.rglob(f"*.{suffix}")):
        said.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        said.update("\0".join(sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))).encode())
    return said.digest()


class _Nouns(pickle.Unpickler):
    """Refuses everything but the nouns of this engine, and `Known`."""

    def find_class(self, module: str, name: str) -> Any:
        for noun in (*_NOUNS, *_PLAIN, Kept, Indexed, Listed, Known):
            if (noun.__module__, noun.__qualname__) == (module, name):
                return noun
        raise pickle.UnpicklingError(f"{module}.{name} is no noun")


def digest_of(page: Page) -> bytes:
    return digest(repr(page).encode())


def key_of(view: View, templates: Path) -> bytes:
    """What every page is made with, besides the nodes that it reads."""
    site = view.site
    config = {name: value for name, value in view.reads.rows["config"].items() if name != "changes"}
    declared = (config, site.collections, site.vocabularies, site.withheld, site.today, sorted(allowed_numbers(site)), view.has_samples)
    said = begun(program() + repr(declared).encode())
    for path in sorted(glob.glob(f"{glob.escape(str(templates))}/**", recursive=True, include_hidden=True)):  # unlike rglob, also what is reached through a link
        if os.path.isfile(path):
            said.update(os.path.relpath(path, templates).encode() + b"\0" + Path(path).read_bytes())
    return said.digest()
