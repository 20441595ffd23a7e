"""The nouns of a directory. Values only: nothing here reads, writes or renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class Key(NamedTuple):
    """The identity of a record. Ids are unique within their collection."""

    collection: str
    id: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor has to mend. Line and column count from 1; 0 means "not yet looked up" (see `source.locate`)."""

    path: str
    code: str
    message: str
    hint: str = ""
    severity: str = "error"
    trail: tuple = ()
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a vocabulary. `kind`, `factor` and `offset` are said of units only: base = value × factor + offset."""

    id: str
    label: str
    broader: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    factor: Decimal | None = None
    offset: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Controlled values. `names` leads from every id, label and alias, normalised, to the id of its term."""

    id: str
    label: str
    terms: Mapping[str, Term]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """What a record may say, as its collection declares it. See `schema.FIELD` for the meaning of each attribute."""

    name: str
    label: str
    type: str
    required: bool = False
    many: bool = False
    facet: bool = False
    column: bool = False
    public: bool = True
    expires: bool = False
    past: bool = False
    unique: bool = False
    vocabulary: str | None = None
    to: str | None = None
    back: str | None = None
    needs: str | None = None
    note: str | None = None
    derived: tuple[str, str] | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    halts: tuple[str, ...] = ()
    fields: Mapping[str, "Field"] = field(default_factory=dict)
    allow: str | None = None  # the reason for which it may hold personal data


@dataclass(frozen=True, slots=True)
class Facet:
    """A field by whose values a library is divided. `table` names the table that the field is a column of, if any."""

    name: str
    label: str
    field: Field
    table: str | None = None


class Choice(NamedTuple):
    """A value of an enumeration of schema.org, chosen by what a field says (`validity`: by the state of the record)."""

    of: str
    choices: Mapping[str, str]
    otherwise: str | None = None


class Thing(NamedTuple):
    """What a record is in the words of schema.org: a type, and for each property the fields, choices and further things that say it.

    `page` is the type of the page that shows it; `each` names a table of whose rows every one is such a thing.
    """

    type: str
    says: Mapping[str, tuple[Any, ...]]
    page: str | None = None
    each: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """The schema of one kind of record and how the kind is presented."""

    id: str
    label: str
    item: str
    path: str
    order: int = 0
    summary: str | None = None
    title: tuple[str, ...] = ("name",)
    sort: tuple[str, ...] = ()
    page: bool = True
    exports: tuple[str, ...] = ("csv", "json")
    feed: bool = False
    feeds: tuple[str, ...] = ()
    outdated: bool = False
    form: str | None = None
    sheets: Mapping[str, str] = field(default_factory=dict)
    calendar: str | None = None
    map: tuple[str, ...] = ()
    card: bool = False
    request: str | None = None
    column_type: str = "数据发布"
    dated: tuple[str, ...] = ()
    schema_org: Thing | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    allow: Mapping[str, str] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    exceptions: tuple[Mapping[str, str], ...] = ()


class Range(NamedTuple):
    """From low to high in a unit; an open end is None. The numbers keep the digits that were written."""

    low: Decimal | None
    high: Decimal | None
    unit: str


class Quantity(NamedTuple):
    value: Decimal
    unit: str


class Uncertainty(NamedTuple):
    """Expanded uncertainty U (or relative, when the unit is % or ‰) and its coverage factor k (GUM, ISO/IEC Guide 98-3)."""

    value: Decimal
    unit: str
    k: Decimal


class Money(NamedTuple):
    amount: Decimal
    unit: str


class Record(NamedTuple):
    """What one record says. Every declared field is present in `values`: None when unsaid, () when it could have many.

    `is_suspect` tells whether a personal number or the address of a home may be among its words, private ones included: then the gate looks at each public one (`privacy`).
    """

    key: Key
    values: Mapping[str, Any]
    body: str
    path: str
    trail: tuple = ()
    is_suspect: bool = True


class Validity(NamedTuple):
    """Whether a record is in force: state `valid`, `soon`, `expired` or `halted`, its word, and the last day if one is said."""

    state: str
    word: str
    until: date | None


class Tombstone(NamedTuple):
    """What remains of a retired record."""

    key: Key
    title: str
    on: date
    reason: str | None
    successor: Key | None
    is_sample: bool = False


class Expiry(NamedTuple):
    """A record's last day."""

    until: date
    key: Key


class Backlink(NamedTuple):
    """A relation seen from its far end: the records of `collection` whose `field` names this one."""

    collection: str
    field: str


@dataclass(frozen=True, slots=True)
class Config:
    """`_site.yaml`: every declared item is present, None when unset."""

    values: Mapping[str, Any]
    path: str


@dataclass(frozen=True, slots=True)
class Site:
    """The graph of what is public. After `link` nothing in it changes. `unread` are the collections of which a file could not be read."""

    config: Config
    collections: Mapping[str, Collection]
    vocabularies: Mapping[str, Vocabulary]
    records: Mapping[Key, Record]
    members: Mapping[str, tuple[Key, ...]]
    titles: Mapping[Key, str]
    validity: Mapping[Key, Validity]
    held: Mapping[Key, tuple[Expiry, ...]]
    backlinks: Mapping[Key, Mapping[Backlink, tuple[Key, ...]]]
    terms: Mapping[tuple[str, str], Mapping[str, tuple[Key, ...]]]
    retired: Mapping[Key, Tombstone]
    withheld: Mapping[str, int]
    files: frozenset[str]
    today: date
    unread: frozenset[str] = frozenset()


class Page(NamedTuple):
    """One file to be made. `address` is what links name; `path` is the file, relative to the output."""

    path: str
    address: str
    kind: str
    renderer: str
    templates: tuple[str, ...] = ()
    subject: Any = None
    number: int = 1


class Measure(NamedTuple):
    """What a published file weighs: its bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: problems found, files and bytes made, seconds by step."""

    problems: tuple[Problem, ...]
    pages: int = 0
    size: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)
