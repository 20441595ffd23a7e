"""What a page reads of the site, noted while it is made: a later build leaves the page as it is when nothing of that has changed.

Nobody keeps lists of what depends on what. A page is made from tables that note each look into them, a look at what is not there
included; what several pages share is made once and hands what it was made from to each of them (`Reads.once`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from engine.digests import digest
from engine.model import Record, Site

Value = TypeVar("Value")
Node = tuple[str, Any]  # a table, and a key of it or ALL

TABLES = ("records", "members", "titles", "validity", "held", "backlinks", "terms", "retired")  # of a site; those of its config and of its records' prose come besides
_OF_RECORDS = ("records", "bodies", "titles", "validity", "backlinks", "held")  # tables whose keys are those of records
ALL = None
MEASURED = "measured"  # what files of data weigh: this table fills while they are made
_MISSING = b""  # the digest of what is not there


class Reads:
    """The nodes that were looked at since the last `begin`, by their numbers, and what they hold."""

    __slots__ = ("seen", "rows", "nodes", "numbers", "_digests")

    def __init__(self, rows: Mapping[str, Mapping[Any, Any]]):
        self.seen: set[int] = set()
        self.rows, self.nodes, self._digests = rows, [], {}
        self.numbers: dict[str, dict[Any, int]] = {name: {} for name in rows}

    def number(self, first: Iterable[Node]) -> int:
        """Give nodes their numbers, those of the last build first, so that all processes mean the same by them. How many there are: further ones are a process's own."""
        self.nodes.clear()
        for numbers in self.numbers.values():
            numbers.clear()
        for name, key in first:
            self.note(name, key)
        for name in _OF_RECORDS:
            known = self.numbers[name]
            for key in self.rows["records"]:
                if key not in known:
                    self.note(name, key)
        return len(self.nodes)

    def note(self, name: str, key: Any) -> int:
        self.nodes.append((name, key))
        self.numbers[name][key] = len(self.nodes) - 1
        return len(self.nodes) - 1

    def adopt(self, first: int, nodes: Sequence[Node]) -> Callable[[bytes], bytes]:
        """What turns numbers from `first` on, which another process gave to `nodes`, into those of this one."""
        places = [self.note(name, key) if (number := self.numbers[name].get(key)) is None else number for name, key in nodes]

        def adopted(reads: bytes) -> bytes:
            found = array("I", reads)
            return reads if max(found, default=0) < first else packed(number if number < first else places[number - first] for number in found)

        return adopted

    def begin(self) -> set[int]:
        """A set that fills with what is looked at from now on."""
        self.seen = set()
        return self.seen

    def once(self, kept: dict[Any, tuple[Value, frozenset[int]]], key: Any, make: Callable[[], Value]) -> Value:
        """`make()`, kept under `key`. Whoever gets it has read all that it was made from."""
        found = kept.get(key)
        if found is None:
            outer, self.seen = self.seen, set()
            try:
                value = make()
                found = kept[key] = (value, frozenset(self.seen))
            finally:
                self.seen = outer
        self.seen |= found[1]
        return found[0]

    def digest(self, node: Node) -> bytes:
        """What tells one state of a node from another."""
        name, key = node
        if key not in self.rows[name] and key is not ALL:
            return _MISSING
        known = self._digests.get(node)
        if known is None:
            known = self._digests[node] = digest(b"".join(repr(key).encode() + self.digest((name, key)) for key in self.rows[name]) if key is ALL else _said(self.rows[name][key]))
        return known


def _said(row: Any) -> bytes:
    """Of a record its values: not its prose, which is a table of its own, nor where it is written, which no page shows, nor the names of its fields, which its collection declares."""
    if isinstance(row, Record):
        row = (*row.values.values(),)
    return b"\0" + row.encode("utf-8", "surrogatepass") if isinstance(row, str) else repr(row).encode()  # no `repr` begins so


def packed(seen: Iterable[int]) -> bytes:
    """Numbers of nodes, as they are kept with each page."""
    return array("I", seen).tobytes()


class Table(Mapping):
    """A mapping that notes each look into it."""

    __slots__ = ("_name", "_rows", "_reads", "_numbers")

    def __init__(self, name: str, reads: Reads, rows: Mapping[Any, Any] | None = None):
        self._name, self._rows, self._reads, self._numbers = name, reads.rows[name] if rows is None else rows, reads, reads.numbers[name]

    def _note(self, key: Any) -> None:
        number = self._numbers.get(key)
        self._reads.seen.add(self._reads.note(self._name, key) if number is None else number)

    def __getitem__(self, key: Any) -> Any:
        self._note(key)
        return self._rows[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._note(key)
        return self._rows.get(key, default)

    def __contains__(self, key: Any) -> bool:
        self._note(key)
        return key in self._rows

    def __iter__(self) -> Iterator[Any]:
        self._note(ALL)
        return iter(self._rows)

    def __len__(self) -> int:
        self._note(ALL)
        return len(self._rows)


def _telling(bodies: Table) -> type[Record]:
    """Records that look up their prose when they are asked for it: what shows only their facts is not made again for a word of prose."""

    class Telling(Record):
        __slots__ = ()

        @property
        def body(self) -> str:
            return bodies.get(self.key, "")

    return Telling


def noted(site: Site) -> tuple[Site, Mapping[Any, Any], Reads]:
    """The site, and what files of data weigh, as tables that note who looks."""
    bodies = {key: record.body for key, record in site.records.items() if record.body}
    reads = Reads({"config": site.config.values, "bodies": bodies, MEASURED: {}} | {name: getattr(site, name) for name in TABLES})
    telling = _telling(Table("bodies", reads))
    records = {key: tuple.__new__(telling, record) for key, record in site.records.items()}
    tables = {name: Table(name, reads) for name in TABLES} | {"records": Table("records", reads, records)}
    return replace(site, config=replace(site.config, values=Table("config", reads)), **tables), Table(MEASURED, reads), reads
