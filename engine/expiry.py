"""What is in force, what runs out, when, and whose it is. Whatever has been halted runs out no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.fields import targets
from engine.model import Collection, Expiry, Field, Key, Record, Site, Validity

SOON_DAYS = 90
SLACK_DAYS = 30  # pages carry what will become due while nobody builds them again; the visitor's clock shows it
_PAST = {"expired", "halted"}
VALIDITY_WORDS = {"valid": "有效", "soon": "将到期", "expired": "已到期"}


def validity_of(values: Mapping[str, Any], fields: Mapping[str, Field], today: date) -> Validity | None:
    """Whether a record (or a row) is in force: a status that halts it, else its last day. None when neither is declared or said.

    What a status takes away without halting all (部分暂停) stands beside the word.
    """
    until = next((values[name] for name, field in fields.items() if field.expires and values[name] is not None), None)
    beside = ""
    for name, field in fields.items():
        if field.halts and values[name] is not None:
            if values[name] in field.halts:
                return Validity("halted", field.choices[values[name]], until)
            beside = f"（{field.choices[values[name]]}）"
    if until is None:
        return None
    state = "expired" if until < today else "soon" if (until - today).days <= SOON_DAYS else "valid"
    return Validity(state, VALIDITY_WORDS[state] + (beside if state != "expired" else ""), until)


def counts(far: Validity | None, own: Validity | None) -> bool:
    """Whether a record has what it takes from another: both are in force. What cannot run out or be halted counts for whatever rests on it."""
    return far is None or not {far.state, own.state if own else "valid"} & _PAST


def expiries(validity: Mapping[Key, Validity]) -> tuple[Expiry, ...]:
    """The last day of every record that has one and is not halted, the earliest first."""
    return tuple(sorted(Expiry(found.until, key) for key, found in validity.items() if found.until is not None and found.state != "halted"))


def near(site: Site, found: tuple[Expiry, ...]) -> tuple[Expiry, ...]:
    """Those that a page shows: past, within 90 days, and a little more for pages that grow old."""
    last = site.today + timedelta(days=SOON_DAYS + SLACK_DAYS)
    return tuple(one for one in found if one.until <= last)


def by_holder(records: Mapping[Key, Record], collections: Mapping[str, Collection], validity: Mapping[Key, Validity]) -> dict[Key, tuple[Expiry, ...]]:
    """For each record that owns something with a last day (an institution its certificates and instruments), what it owns."""
    held: dict[Key, list[Expiry]] = defaultdict(list)
    holding = {id: _holding(collection, collections) for id, collection in collections.items()}
    for one in expiries(validity):
        values = records[one.key].values
        for key in dict.fromkeys([far for field in holding[one.key.collection] for far in targets(field, values[field.name])]):
            if key in records:
                held[key].append(one)
    return {key: tuple(found) for key, found in held.items()}


def _holding(collection: Collection, collections: Mapping[str, Collection]) -> list[Field]:
    """The fields that name whose a record is: those that have a panel at their far end, on a page."""
    return [field for field in collection.fields.values() if field.back and field.type == "reference" and field.derived is None and collections[field.to].page]


def last_days(site: Site, key: Key, field: Field) -> Mapping[Any, date]:
    """Until when each value of a derived field holds: the last day of what it is taken from (`link.with_derived`). Values that hold for good are not named."""
    first, second = field.derived
    fields, values = site.collections[key.collection].fields, site.records[key].values
    if first in fields and fields[first].to:
        sources = [far for far in targets(fields[first], values[first]) if far in site.records]
    else:
        sources = [far for link, keys in site.backlinks.get(key, {}).items() if link.collection == first for far in keys]
    found: dict[Any, date] = {}
    for far in sources:
        state = site.validity.get(far)
        if counts(state, site.validity.get(key)):
            said = site.records[far].values[second]
            for value in said if isinstance(said, tuple) else (said,):
                found[value] = max(found.get(value, date.min), state.until if state and state.until else date.max)
    return {value: until for value, until in found.items() if until != date.max}
