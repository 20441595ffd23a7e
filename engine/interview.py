"""A new record by question and answer: the required fields of its collection, each answer read at once as a build would read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import fields, guide
from engine.fields import Terms
from engine.importers.cells import raw_of
from engine.identifiers import Misfit
from engine.importers.compare import next_id
from engine.importers.layout import words_of
from engine.ids import id_problems
from engine.load import Loaded
from engine.model import Field

Ask = Callable[[str], str]
Say = Callable[[str], None]


def ask_id(loaded: Loaded, collection: str, ask: Ask, say: Say) -> str:
    """The id of the new record; an empty answer takes the next free one."""
    ids = [record.key.id for record in loaded.records if record.key.collection == collection]
    free = next_id(ids)
    while True:
        said = ask(f"编号{f'（直接回车用 {free}）' if free else '，如 exp-001'}：").strip() or free
        problems = id_problems(said, "", ())
        if not problems and said not in ids:
            return said
        say(f"  {problems[0].message if problems else f'编号“{said}”已经用过'}")


def ask_fields(loaded: Loaded, collection: str, ask: Ask, say: Say) -> dict[str, Any]:
    """What the record is to say in each required field."""
    wanted = [field for field in loaded.collections[collection].fields.values() if field.required and field.derived is None and field.type != "table"]
    return {field.name: _answer(field, loaded, ask, say) for field in wanted}


def _answer(field: Field, loaded: Loaded, ask: Ask, say: Say) -> Any:
    words = words_of(loaded)
    how = guide.how(field, loaded.vocabularies).replace("；可多个，[甲, 乙]", "；可以写几个，用“；”隔开")
    if field.type in ("term", "area"):
        labels = [term.label for term in loaded.vocabularies[field.vocabulary or fields.AREAS].terms.values()]
        how += f"：{'、'.join(labels[:30])}{'……' if len(labels) > 30 else ''}"
    say(f"{field.label}（{how}）{'：' + field.note if field.note else ''}")
    while True:
        raw = raw_of(field, ask(f"  {field.label}：").strip(), words.known)
        if raw is None:
            say("  这一项必填")
            continue
        if isinstance(raw, Misfit):
            say(f"  “{field.label}”{raw.message}。{raw.hint}")
            continue
        _, problems = fields.read_value(field, raw, Terms(loaded.vocabularies), "", ())
        if not problems:
            return raw
        say(f"  {problems[0].message}。{problems[0].hint}")
