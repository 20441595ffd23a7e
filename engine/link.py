"""Join records into a site: each reference becomes an edge that can be walked both ways.

What is not public is dropped here and nowhere else, so nothing after this module can show it: private fields, records that are
unpublished, before their time or past it, and names without consent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engine.expiry import by_holder, counts, validity_of
from engine.fields import nearest, normalised, targets, unsaid
from engine.model import Backlink, Collection, Config, Facet, Field, Key, Problem, Record, Site, Tombstone, Validity, Vocabulary
from engine.schema import CONSENTS, derived_field
from engine.show import Names, sort_key, text_of


def link(
    config: Config,
    collections: Mapping[str, Collection],
    vocabularies: Mapping[str, Vocabulary],
    records: list[Record],
    files: frozenset[str],
    today: date,
    unread: frozenset[str] = frozenset(),
) -> tuple[Site, list[Problem]]:
    """The graph of what is public on a day, and the references that lead nowhere; none of those into collections of which a file is `unread`."""
    known = {record.key: record for record in records}
    problems = list(missing_targets(collections, records, known, files, unread))
    withheld: dict[str, int] = defaultdict(int)
    public: dict[Key, Record] = {}
    gone: dict[Key, Record] = {}
    open_collections = {id: _open(collection, collections) for id, collection in collections.items()}
    closed = {id: guarded(collection) for id, collection in open_collections.items()}
    for record in records:
        id = record.key.collection
        if is_public(record, collections[id], today):
            (gone if is_retired(record, today) else public)[record.key] = public_record(record, open_collections[id], closed[id])
        else:
            withheld[id] += 1
    named = {id: naming(collection.fields) for id, collection in open_collections.items()}
    for key, record in public.items():
        public[key] = without_dangling(record, named[key.collection], public)
    backlinks = _backlinks(public, open_collections)
    lasting = {id: {name: field for name, field in collection.fields.items() if field.expires or field.halts} for id, collection in open_collections.items()}
    validity = {key: found for key, record in public.items() if (fields := lasting[key.collection]) and (found := validity_of(record.values, fields, today))}
    for key, record in public.items():
        public[key] = with_derived(record, open_collections[key.collection], public, backlinks.get(key, {}), validity)
    titles = titles_of({**public, **gone}, open_collections, vocabularies)
    names = Names(open_collections, vocabularies, titles)
    members = members_of(public, open_collections, names)
    order = {key: place for keys in members.values() for place, key in enumerate(keys)}
    backlinks = {key: {far: tuple(sorted(keys, key=order.__getitem__)) for far, keys in found.items()} for key, found in backlinks.items()}
    site = Site(
        config=config,
        collections=open_collections,
        vocabularies=vocabularies,
        records=public,
        members=members,
        titles=titles,
        validity=validity,
        held=by_holder(public, open_collections, validity),
        backlinks=backlinks,
        terms={
            (id, facet.name): values_of(facet, members[id], public, collection, names, validity, today)
            for id, collection in open_collections.items()
            for facet in collection.facets
        },
        retired={key: _tombstone(record, titles, public) for key, record in gone.items()},
        withheld=dict(withheld),
        files=files,
        today=today,
        unread=unread,
    )
    return site, problems


# ── what is public ────────────────────────────────────────────────────────────


def is_public(record: Record, collection: Collection, today: date) -> bool:
    """Published, within its dates, and named with the consent that its title asks for."""
    values = record.values
    if values["published"] is False:
        return False
    if values["publish_from"] is not None and today < values["publish_from"]:
        return False
    if values["publish_until"] is not None and today > values["publish_until"]:
        return False
    return all(_is_consented(collection.fields[name], values) for name in collection.title)


def is_retired(record: Record, today: date) -> bool:
    return record.values["retired_on"] is not None and record.values["retired_on"] <= today


def _is_consented(field: Field, values: Mapping[str, Any]) -> bool:
    return field.needs is None or field.needs in values[CONSENTS]


def _open(collection: Collection, collections: Mapping[str, Collection]) -> Collection:
    """A collection without its private fields, each derived field with the type of the field that it is taken from."""
    fields = {name: _resolved(_without_private_columns(field), collection, collections) for name, field in collection.fields.items() if field.public}
    facets = tuple(replace(facet, field=fields[facet.name]) if facet.table is None else facet for facet in collection.facets)
    return replace(collection, fields=fields, facets=facets)


def _resolved(field: Field, collection: Collection, collections: Mapping[str, Collection]) -> Field:
    if field.derived is None:
        return field
    far = derived_field(collections, collection, field)
    return replace(far, name=field.name, label=field.label, facet=field.facet, column=field.column, required=False, many=True, back=None, needs=None, expires=False, halts=(), derived=field.derived)


def _without_private_columns(field: Field) -> Field:
    return replace(field, fields={name: column for name, column in field.fields.items() if column.public}) if field.fields else field


def guarded(collection: Collection) -> list[Field]:
    """The public fields of which a record may not say all that was read: those that need consent, tables, and derived fields."""
    return [field for field in collection.fields.values() if field.needs is not None or field.fields or field.derived is not None]


def public_record(record: Record, collection: Collection, closed: Iterable[Field]) -> Record:
    """A record without what is not public; derived fields are still to be filled. `collection` is an open one, `closed` are those of its fields that are `guarded`."""
    values = {name: record.values[name] for name in collection.fields}
    for field in closed:
        value = values[field.name] if _is_consented(field, record.values) else unsaid(field)
        if field.derived is not None:
            value = ()
        values[field.name] = tuple(_public_row(row, field, record.values) for row in value) if field.type == "table" else value
    return record._replace(values=values)


def _public_row(row: Mapping[str, Any], table: Field, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] if _is_consented(column, values) else unsaid(column) for name, column in table.fields.items()}


# ── references ────────────────────────────────────────────────────────────────


def missing_targets(
    collections: Mapping[str, Collection], records: list[Record], known: Mapping[Key, Record], files: frozenset[str], unread: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """A reference that leads nowhere, with what was probably meant; and an attachment that is not there."""
    named = {id: naming(collection.fields) for id, collection in collections.items()}
    for record in records:
        for trail, field, value in _said(named[record.key.collection], record.values, record.trail):
            for number, key in enumerate(targets(field, value)):
                if key not in known and key.collection not in unread:
                    place = (*trail, number) if field.many else trail
                    yield _missing_target(record, field, key, place, collections, known)
            for name in (value if field.many else (value,)) if field.type in ("file", "image") and value else ():
                if name not in files:
                    inside = name.removeprefix("files/")
                    hint = f"这里从 content/files/ 以下写起：{inside}" if inside in files else "把文件放进 content/files/，名字要完全一样"
                    yield Problem(record.path, "file-missing", f"“{field.label}”指向的文件“{name}”不存在", hint, trail=trail)


def _is_numbered_otherwise(id: str, near: str) -> bool:
    """Whether two ids differ by a number: then the near one is another record, and no other spelling."""
    numbers, others = ([int(part) for part in re.findall("[0-9]+", one)] for one in (id, near))
    return numbers != others and len(numbers) == len(others)


def naming(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields that name records or files, tables with such columns among them."""
    return {name: field for name, field in fields.items() if field.derived is None and (field.to is not None or field.type in ("file", "image") or naming(field.fields))}


def _said(fields: Mapping[str, Field], values: Mapping[str, Any], trail: tuple) -> Iterator[tuple[tuple, Field, Any]]:
    """Every field that says something, those of table rows included, with the trail to its value."""
    for name, field in fields.items():
        value = values.get(name)
        if field.type == "table":
            for number, row in enumerate(value):
                yield from _said(field.fields, row, (*trail, name, number))
        elif value is not None:
            yield (*trail, name), field, value


def _missing_target(record: Record, field: Field, key: Key, trail: tuple, collections, known: Mapping[Key, Record]) -> Problem:
    ids = [other.id for other in known if other.collection == key.collection]
    by_name = [
        other.key.id
        for other in known.values()
        if other.key.collection == key.collection and normalised(key.id) in [normalised(str(other.values[name])) for name in collections[key.collection].title]
    ]
    label = collections[key.collection].label
    if field.type == "standard":
        near = nearest(key.id, ids)
        number = known[Key(key.collection, near)].values["number"] if near else None
        hint = f"您是不是想写“{number}”？否则先在 content/{key.collection}/ 里加上这项标准" if near else f"先在 content/{key.collection}/ 里加上这项标准"
        return Problem(record.path, "reference-missing", f"“{field.label}”引用的标准不在“{label}”里（{key.id}）", hint, trail=trail)
    near = nearest(key.id, ids)
    if by_name:
        hint = f"这里要写编号，不写名称：{by_name[0]}"
    elif near and not _is_numbered_otherwise(key.id, near):
        hint = f"您是不是想写“{near}”？"
    else:
        hint = f"编号就是 content/{key.collection}/ 里的文件名，或列表里的 id；如果删了这条记录，把它恢复，再填 retired_on"
    return Problem(record.path, "reference-missing", f"“{field.label}”引用的“{key.id}”不在“{label}”里", hint, trail=trail)


def without_dangling(record: Record, named: Mapping[str, Field], public: Mapping[Key, Record]) -> Record:
    """References to records that are not public are left out; a standard keeps its number as text. `named` are the fields that are `naming` others."""
    values = _kept(record.values, named, public)
    return record if values is record.values else record._replace(values=values)


def _kept(values: Mapping[str, Any], named: Mapping[str, Field], public: Mapping[Key, Record]) -> Mapping[str, Any]:
    kept = {}
    for name, field in named.items():
        if field.type == "table":
            rows = tuple(_kept(row, field.fields, public) for row in values[name])
            if any(row is not before for row, before in zip(rows, values[name])):
                kept[name] = rows
        elif field.type == "reference" and not all(key in public for key in targets(field, values[name])):
            found = tuple(key for key in targets(field, values[name]) if key in public)
            kept[name] = found if field.many else None
    return {**values, **kept} if kept else values


def _backlinks(public: Mapping[Key, Record], collections: Mapping[str, Collection]) -> dict[Key, dict[Backlink, list[Key]]]:
    found: dict[Key, dict[Backlink, list[Key]]] = defaultdict(lambda: defaultdict(list))
    records: dict[str, list[Record]] = defaultdict(list)
    for key, record in public.items():
        records[key.collection].append(record)
    for link in referring(collections):
        field = collections[link.collection].fields[link.field]
        for record in records[link.collection]:
            for target in targets(field, record.values[link.field]):
                if target in public:
                    found[target][link].append(record.key)
    return found


def referring(collections: Mapping[str, Collection]) -> Iterator[Backlink]:
    """Every field that names records, in the order of declaration."""
    for collection in collections.values():
        yield from (Backlink(collection.id, name) for name, field in collection.fields.items() if field.to is not None and field.derived is None)


def with_derived(record: Record, collection: Collection, public: Mapping[Key, Record], backlinks: Mapping[Backlink, Iterable[Key]], validity: Mapping[Key, Validity]) -> Record:
    """Fill the fields with `from`: the values of the record referred to, or of those that refer here (`backlinks`, as they were read), so far as they count."""
    values: dict[str, Any] = {}
    for field in collection.fields.values():
        if field.derived is None:
            continue
        first, second = field.derived
        own = collection.fields.get(first)
        if own is not None and own.to:
            sources = [target for target in targets(own, record.values[first]) if target in public]
        else:
            sources = [far for link, keys in backlinks.items() if link.collection == first for far in keys]
        gathered: dict[Any, None] = {}
        for far in sources:
            if counts(validity.get(far), validity.get(record.key)):
                value = public[far].values.get(second)
                gathered.update(dict.fromkeys(value if isinstance(value, tuple) else () if value is None else (value,)))
        values[field.name] = tuple(gathered)
    return record._replace(values={**record.values, **values}) if values else record


# ── order, titles, terms ──────────────────────────────────────────────────────


def titles_of(records: Mapping[Key, Record], collections: Mapping[str, Collection], vocabularies) -> dict[Key, str]:
    """Titles first of all: they are made of fields that are no references, so that they need no other title."""
    names = Names(collections, vocabularies, {})
    titles = {}
    for key, record in records.items():
        collection = collections[key.collection]
        parts = [text_of(collection.fields[name], record.values[name], names) for name in collection.title]
        titles[key] = " ".join(part for part in parts if part) or key.id
    return titles


def members_of(public: Mapping[Key, Record], collections: Mapping[str, Collection], names: Names) -> dict[str, tuple[Key, ...]]:
    """The records of each collection in its own order; ids decide where that leaves two equal."""
    members: dict[str, list[Key]] = {id: [] for id in collections}
    for key in sorted(public):
        members[key.collection].append(key)
    for id, keys in members.items():
        collection = collections[id]
        for name in reversed(collection.sort or collection.title):
            field = collection.fields[name.lstrip("-")]
            keys.sort(key=lambda key: sort_key(field, public[key].values[field.name], names), reverse=name.startswith("-"))
            keys.sort(key=lambda key: public[key].values[field.name] in (None, ()))  # the unsaid last, either way
    return {id: tuple(keys) for id, keys in members.items()}


def values_of(
    facet: Facet, members: Iterable[Key], public: Mapping[Key, Record], collection: Collection, names: Names, validity: Mapping[Key, Validity], today: date
) -> dict[str, tuple[Key, ...]]:
    """The values of a facet in their order, each with its records in the order of the collection."""
    gathered: dict[str, list[Key]] = defaultdict(list)
    for key in members:
        for value in facet_values(facet, public[key], collection, names.vocabularies, validity.get(key), today):
            gathered[value].append(key)
    order = sorted(gathered, key=lambda value: facet_order(facet.field, value, len(gathered[value]), names))
    return {value: tuple(gathered[value]) for value in order}


def facet_values(facet: Facet, record: Record, collection: Collection, vocabularies, validity: Validity | None, today: date) -> list[str]:
    """The values under which a record stands in a facet, as they are written in addresses. A row past its last day says nothing of today."""
    field = facet.field
    if facet.table is None:
        return _spelled(field, record.values[field.name], vocabularies, validity)
    table = collection.fields[facet.table]
    found: dict[str, None] = {}
    for row in record.values[facet.table]:
        state = validity_of(row, table.fields, today)
        if field.expires or state is None or state.state in ("valid", "soon"):
            found.update(dict.fromkeys(_spelled(field, row[field.name], vocabularies, state)))
    return list(found)


def _spelled(field: Field, value: Any, vocabularies: Mapping[str, Vocabulary], validity: Validity | None) -> list[str]:
    if field.expires:
        return [validity.state] if validity is not None else []
    if value is None or value == ():
        return []
    values = value if isinstance(value, tuple) and field.many else (value,)
    if field.to is not None:
        return [key.id for key in targets(replace(field, many=True), values)]
    if field.type in ("term", "area"):
        return _with_broader(vocabularies[field.vocabulary or "areas"], values)
    if field.type == "boolean":
        return ["yes" if value else "no"]
    return [str(one) for one in values]


def spelled(field: Field, value: Any, vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    """One value under all the names under which it stands in a facet."""
    return _spelled(field, (value,) if field.many else value, vocabularies, None)


def _with_broader(vocabulary: Vocabulary, ids) -> list[str]:
    found: dict[str, None] = {}
    for id in ids:
        while id is not None and id not in found:
            found[id] = None
            id = vocabulary.terms[id].broader
    return list(found)


def facet_order(field: Field, value: str, count: int, names: Names):
    """Terms, choices and states as they are declared; years from the newest; records by how many they have."""
    if field.expires:
        return (["valid", "soon", "expired", "halted"].index(value), value)
    if field.type in ("term", "area"):
        return (list(names.vocabularies[field.vocabulary or "areas"].terms).index(value), value)
    if field.type == "choice":
        return (list(field.choices).index(value), value)
    if field.type == "year":
        return (-int(value), value)
    return (-count, value)


def _tombstone(record: Record, titles: Mapping[Key, str], public: Mapping[Key, Record]) -> Tombstone:
    values, successor = record.values, record.values["successor"]
    return Tombstone(record.key, titles[record.key], values["retired_on"], values["retired_reason"], successor if successor in public else None, bool(values["sample"]))
