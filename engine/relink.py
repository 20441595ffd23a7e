"""The site after some records changed, made of the site before: only what depends on them is worked out again, by the functions that `link` uses.

What depends on what: edges on the fields with `to`; validity on its own fields; what a record holds on the validity of those that name it; derived fields on
edges, validity and the values they take; titles on their fields; the order of a library on the fields it is sorted by and the titles they name; back-links on
edges and that order; terms on that order and the values of facets. Whoever becomes public or ceases to be is for `link`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from engine.expiry import by_holder, validity_of
from engine.fields import targets
from engine.link import facet_values, guarded, is_public, is_retired, members_of, missing_targets, naming, public_record, referring, titles_of, values_of, with_derived, without_dangling
from engine.load import Loaded
from engine.model import Backlink, Field, Key, Problem, Record, Site, Validity
from engine.plan import brought
from engine.show import Names, sort_key


class _Changed(NamedTuple):
    """The site before, all public records as they are now in the order of loading, and those of them that are not as they were."""

    site: Site
    public: dict[Key, Record]
    keys: set[Key]


def relinked(site: Site, before: Sequence[Record], loaded: Loaded) -> tuple[Site, list[Problem]] | None:
    """What `link` would give for `loaded`; None when it has to be asked. `site` was linked without a problem from the records `before`, the same declarations and files."""
    old, new = ({record.key: record for record in records} for records in (before, loaded.records))
    altered = changed(before, loaded.records)
    standings = [(_standing(site, loaded, old.get(record.key)), _standing(site, loaded, record)) for record in altered]
    if old.keys() - new.keys() or any("retired" in (was, now) or was not in (None, now) for was, now in standings):
        return None
    problems = list(missing_targets(loaded.collections, altered, new, loaded.files))
    withheld = dict(site.withheld)
    for record, (was, now) in zip(altered, standings):
        if was is None and now == "withheld":
            withheld[record.key.collection] = withheld.get(record.key.collection, 0) + 1
    opened = {record.key: _opened(site, record) for record, (_, now) in zip(altered, standings) if now == "public"}
    public = {key: opened.get(key) or site.records[key] for key in new if key in opened or key in site.records}
    for key, record in opened.items():
        public[key] = without_dangling(record, naming(site.collections[key.collection].fields), public)
    return _joined(_Changed(site, public, set(opened)), withheld), problems


def changed(before: Sequence[Record], now: Sequence[Record]) -> list[Record]:
    """What is new or says something else. The objects of what does not are the same (`reload`)."""
    known = {id(record) for record in before}
    return [record for record in now if id(record) not in known]


def is_plan_kept(before: Site, now: Site) -> bool:
    """Whether the site has the files that it had: as many records in each list, facet and panel, and no record that brings along others."""
    other = {name for name in ("config", "collections", "validity", "retired", "members", "terms", "backlinks") if getattr(before, name) is not getattr(now, name)}
    if other - {"members", "terms", "backlinks"} or (other and _counts(before) != _counts(now)) or before.held.keys() != now.held.keys():
        return False
    altered = (key for key, record in now.records.items() if before.records[key] is not record)
    return all(repr(brought(before, key)) == repr(brought(now, key)) for key in altered)


def _counts(site: Site) -> tuple[dict, ...]:
    of_members = {id: len(keys) for id, keys in site.members.items()}
    return of_members, *({name: {far: len(keys) for far, keys in found.items()} for name, found in some.items()} for some in (site.terms, site.backlinks))


class _Some(dict):
    """Some records when they are gone through, each of all when it is asked for."""

    __slots__ = ("others",)

    def __missing__(self, key: Key) -> Record:
        return self.others[key]


def part(site: Site, keys: Collection[Key]) -> Site:
    """The site as if these records were all of it, to ask what is wrong with them; the others can still be looked up."""
    records = _Some({key: site.records[key] for key in keys if key in site.records})
    records.others = site.records
    members = {id: tuple(key for key in records if key.collection == id) for id in site.collections}
    return replace(site, records=records, members=members, retired={key: site.retired[key] for key in keys if key in site.retired})


# ── what depends on the changed records ───────────────────────────────────────


def _standing(site: Site, loaded: Loaded, record: Record | None) -> str | None:
    if record is None:
        return None
    if not is_public(record, loaded.collections[record.key.collection], site.today):
        return "withheld"
    return "retired" if is_retired(record, site.today) else "public"


def _opened(site: Site, record: Record) -> Record:
    collection = site.collections[record.key.collection]
    return public_record(record, collection, guarded(collection))


def _joined(change: _Changed, withheld: Mapping[str, int]) -> Site:
    site, public, keys = change
    links, validity = _links(change), _validity(change)
    deriving = _deriving(change, links)
    place = {key: number for number, key in enumerate(public)} if deriving else {}
    for key in deriving:
        far = {link: sorted(links[key][link], key=place.__getitem__) for link in referring(site.collections) if link in links.get(key, ())}
        record = with_derived(public[key], site.collections[key.collection], public, far, validity)
        if key in keys or repr(record.values) != repr(public[key].values):  # equal numbers may be written with other digits
            public[key] = record
            keys.add(key)
    titles = _updated(site.titles, titles_of({key: public[key] for key in keys}, site.collections, site.vocabularies))
    names = Names(site.collections, site.vocabularies, titles)
    members = _members(change, names)
    backlinks, terms = _arranged(site, links, members), _terms(change, members, validity, names)
    held = by_holder(public, site.collections, validity) if validity is not site.validity or any(key in validity for key in keys) else site.held
    return replace(site, records=public, members=members, titles=titles, validity=validity, held=held, backlinks=backlinks, terms=terms, withheld=withheld)


def _updated(before: Mapping, found: Mapping) -> Mapping:
    """With what was found; the same object where that is nothing new, so that whatever depends on it can see that."""
    return before if all(key in before and before[key] == value for key, value in found.items()) else {**before, **found}


def _edges(site: Site, public: Mapping[Key, Record], key: Key, link: Backlink) -> tuple[Key, ...]:
    field = site.collections[key.collection].fields[link.field]
    return tuple(target for target in targets(field, public[key].values[link.field]) if target in public) if key in public else ()


def _links(change: _Changed) -> Mapping[Key, Mapping[Backlink, tuple[Key, ...]]]:
    """The back-links with the edges of what changed, not yet in order."""
    site, public, keys = change
    links = site.backlinks
    for link in referring(site.collections):
        for key in (key for key in keys if key.collection == link.collection):
            was, now = _edges(site, site.records, key, link), _edges(site, public, key, link)
            if was == now:
                continue
            links = dict(links) if links is site.backlinks else links
            for target in {*was, *now}:
                found = dict(links.get(target, {}))
                found[link] = (*(far for far in found.get(link, ()) if far != key), *(key for one in now if one == target))
                links[target] = {far: some for far, some in found.items() if some}
    return links if links is site.backlinks else {target: found for target, found in links.items() if found}


def _validity(change: _Changed) -> Mapping[Key, Validity]:
    site, public, keys = change
    found = {key: validity_of(public[key].values, site.collections[key.collection].fields, site.today) for key in keys}
    if all(site.validity.get(key) == state for key, state in found.items()):
        return site.validity
    now = {**site.validity, **found}
    return {key: now[key] for key in public if now.get(key) is not None}


def _deriving(change: _Changed, links: Mapping[Key, Mapping[Backlink, tuple[Key, ...]]]) -> list[Key]:
    """The records whose derived fields take from what changed, and those that changed themselves."""
    site, public, keys = change
    found: dict[Key, None] = {}
    for id, collection in site.collections.items():
        for first in {field.derived[0] for field in collection.fields.values() if field.derived is not None}:
            found.update((key, None) for key in keys if key.collection == id)
            own = collection.fields.get(first)
            if own is not None and own.to:
                found.update((far, None) for key in keys for far in links.get(key, {}).get(Backlink(id, first), ()))
                continue
            for link in (link for link in referring(site.collections) if link.collection == first):
                for key in (key for key in keys if key.collection == first):
                    both = (*_edges(site, site.records, key, link), *_edges(site, public, key, link))
                    found.update((target, None) for target in both if target.collection == id)
    return list(found)


def _members(change: _Changed, names: Names) -> Mapping[str, tuple[Key, ...]]:
    site, public, keys = change
    renamed = any(site.titles.get(key, names.titles[key]) != names.titles[key] for key in keys)
    members = dict(site.members)
    for id, collection in site.collections.items():
        fields = [collection.fields[name.lstrip("-")] for name in collection.sort or collection.title]
        own = [key for key in keys if key.collection == id]
        if (renamed and any(field.type in ("reference", "table") for field in fields)) or any(_is_moved(site, public, key, fields, names) for key in own):
            members[id] = members_of({key: public[key] for key in public if key.collection == id}, {id: collection}, names)[id]
    return _updated(site.members, {id: keys for id, keys in members.items() if keys != site.members[id]})


def _is_moved(site: Site, public: Mapping[Key, Record], key: Key, fields: Sequence[Field], names: Names) -> bool:
    if key not in site.records:
        return True
    return any(sort_key(field, site.records[key].values[field.name], names) != sort_key(field, public[key].values[field.name], names) for field in fields)


def _arranged(site: Site, links: Mapping[Key, Mapping[Backlink, tuple[Key, ...]]], members: Mapping[str, tuple[Key, ...]]) -> Mapping[Key, Mapping[Backlink, tuple[Key, ...]]]:
    """The back-links in the order of the libraries that they come from."""
    moved = {id for id in members if members[id] is not site.members[id]}
    if links is site.backlinks and not moved:
        return site.backlinks
    order = {key: place for keys in members.values() for place, key in enumerate(keys)}
    declared = {link: place for place, link in enumerate(referring(site.collections))}
    arranged = {}
    for target, found in links.items():
        if found is not site.backlinks.get(target) or any(link.collection in moved for link in found):
            found = {link: tuple(sorted(found[link], key=order.__getitem__)) for link in sorted(found, key=declared.__getitem__)}
        arranged[target] = found
    return arranged


def _terms(change: _Changed, members: Mapping[str, tuple[Key, ...]], validity: Mapping[Key, Validity], names: Names) -> Mapping[tuple[str, str], Mapping[str, tuple[Key, ...]]]:
    site, public, keys = change
    now = {}
    for id, collection in site.collections.items():
        own = [key for key in keys if key.collection == id]
        for facet in collection.facets:
            was = [facet_values(facet, site.records[key], collection, site.vocabularies, site.validity.get(key), site.today) for key in own if key in site.records]
            if members[id] is not site.members[id] or was != [facet_values(facet, public[key], collection, site.vocabularies, validity.get(key), site.today) for key in own]:
                now[id, facet.name] = values_of(facet, members[id], public, collection, names, validity, site.today)
    return {**site.terms, **now} if now else site.terms
