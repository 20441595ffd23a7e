"""What is no longer in force and is still cited: replaced standards above all, and who has to change something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.fields import targets
from engine.model import Key, Site


class Outdated(NamedTuple):
    """A record that is past, by whom it is replaced, and by which records it is cited."""

    key: Key
    word: str
    successors: tuple[Key, ...]
    citing: tuple[Key, ...]


def outdated(site: Site, collection: str) -> Iterator[Outdated]:
    """The records of a collection that are past and cited by a record that itself is in force, in their order."""
    own = [field for field in site.collections[collection].fields.values() if field.to == collection]
    for key in site.members[collection]:
        state = site.validity.get(key)
        if state is None or state.state not in ("expired", "halted"):
            continue
        citing = [far for link, keys in site.backlinks.get(key, {}).items() if link.collection != collection for far in keys if _is_in_force(site, far)]
        if citing:
            successors = [target for field in own for target in targets(field, site.records[key].values[field.name]) if target in site.records]
            yield Outdated(key, state.word, tuple(dict.fromkeys(successors)), tuple(dict.fromkeys(citing)))


def rested_on(site: Site, key: Key) -> Iterator[Outdated]:
    """What a record rests on and is past, of the collections that keep watch on it: each with what is in force in its place.

    What merely tells of the past (several standards) is left alone, as in `substance.replaced_citations`.
    """
    values = site.records[key].values
    for field in site.collections[key.collection].fields.values():
        if field.to is None or field.many or field.derived is not None or field.to == key.collection or not site.collections[field.to].outdated:
            continue
        for far in targets(field, values[field.name]):
            if far in site.records and not _is_in_force(site, far):
                yield Outdated(far, site.validity[far].word, _in_its_place(site, far), (key,))


def _in_its_place(site: Site, key: Key) -> tuple[Key, ...]:
    """The last in each row of successors: one that has itself been replaced leads on."""
    own = [field for field in site.collections[key.collection].fields.values() if field.to == key.collection]
    seen, waiting, found = {key}, [key], []
    while waiting:
        one = waiting.pop(0)
        for far in [far for field in own for far in targets(field, site.records[one].values[field.name])]:
            if far in site.records and far not in seen:
                seen.add(far)
                (found if _is_in_force(site, far) else waiting).append(far)
    return tuple(found)


def _is_in_force(site: Site, key: Key) -> bool:
    return key not in site.validity or site.validity[key].state in ("valid", "soon")
