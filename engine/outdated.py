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


def _is_in_force(site: Site, key: Key) -> bool:
    return key not in site.validity or site.validity[key].state in ("valid", "soon")
