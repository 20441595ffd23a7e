"""The gate for personal data: what is about to be published must not hold a number that belongs to a person.

An editor who must publish one (a duty telephone is a mobile) says so in the collection, by field and with the reason: `allow: {phone: …}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from engine.model import Collection, Field, Key, Problem, Record, Site
from engine.personal import HOME, MOBILE, Found, found
from engine.source import BODY, KEY, WORDS

NUMBERED = {"credit-code", "cma", "cnas", "patent", "standard", "icp", "police", "site-code", "date", "datetime", "year", "term", "area", "choice", "reference"}
_HINT = "{}；确需公开时，在 {} 里写 allow: {{{}: 理由}}"
_INSTEAD = {MOBILE: "删去，或者改写单位的固定电话", HOME: "删去，或者只写到街道、乡镇"}
_IN_OUTPUT = re.compile(rb"[1-9](?<![0-9A-Za-z][1-9])(?:[ -]?[0-9]){10,20}[Xx]?(?![0-9A-Za-z])")
_ALIKE, _RUN = bytes.maketrans(b"123456789-", b"000000000 "), re.compile(rb"0[0 ]{9,}0")  # where digits are alike, to look for eleven of them takes a third of the time


def personal_data(site: Site) -> list[Problem]:
    """Every personal number in a public value, in prose, in the settings and the vocabularies; and permissions no longer needed."""
    problems: list[Problem] = []
    used: set[tuple[str, str]] = set()
    worded = {id: _worded(collection.fields) for id, collection in site.collections.items()}
    for record in site.records.values():
        if record.is_suspect:
            problems += _in_record(record, worded[record.key.collection], site.collections[record.key.collection], used)
    for stone in site.retired.values():
        for one in found(f"{stone.title} {stone.reason or ''}"):
            problems.append(Problem(site.collections[stone.key.collection].path, "personal-data", f"已退出的“{stone.key.id}”留下的说明里有{one.kind} {one.masked}", "改 retired_reason"))
    problems += _in_settings(site)
    for collection in site.collections.values():
        for name in collection.allow:
            field = collection.fields.get(name)
            if (collection.id, name) not in used and not (field and field.type in ("file", "image")):
                message = f"允许“{name}”含有个人信息，现在没有一条用到"
                problems.append(Problem(collection.path, "personal-allowed-unused", message, "删去 allow 里的这一行", "warning", trail=("allow", name, KEY)))
    return problems


def _in_record(record: Record, fields: Mapping[str, Field], collection: Collection, used: set) -> Iterator[Problem]:
    for name, label, trail, text in _texts(record, fields):
        for one in found(text):
            if name in collection.allow:
                used.add((collection.id, name))
                continue
            place = {"trail": (*trail, BODY, one.start) if name == "body" else (*trail, WORDS, text[one.start : one.end])}
            if name == "id" and not record.trail:  # it is the name of the file
                place = {"line": 1, "column": 1}
            yield Problem(record.path, "personal-data", f"“{label}”里有{one.kind} {one.masked}，不能上网", _HINT.format(_INSTEAD.get(one.kind, "删去"), collection.path, name), **place)


def _texts(record: Record, fields: Mapping[str, Field]) -> Iterator[tuple[str, str, tuple, str]]:
    """Everything a record shows in words: the field that may allow it, its label, the trail, the text."""
    yield "id", "编号", (*record.trail, "id"), record.key.id
    yield "body", "正文", record.trail, record.body
    for name, label, trail, text in said(fields, record.values, record.trail):
        yield name.partition(".")[0], label, trail, text


def _worded(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields that are no number of a firm or a paper, those of table rows included."""
    return {name: replace(field, fields=_worded(field.fields)) for name, field in fields.items() if field.type not in NUMBERED and field.derived is None}


def said(fields: Mapping[str, Field], values: Mapping[str, Any], trail: tuple) -> Iterator[tuple[str, str, tuple, str]]:
    """The words of fields and of the rows of tables."""
    for name, field in fields.items():
        value = values.get(name)
        if value is None or value == ():
            continue
        if field.type == "table":
            for number, row in enumerate(value):
                for inner, label, place, text in said(field.fields, row, (*trail, name, number)):
                    yield f"{name}.{inner}", label, place, text
        elif field.type == "group":
            yield from said(field.fields, value, (*trail, name))
        else:
            for number, one in enumerate(value if field.many else (value,)):
                if isinstance(one, (str, int)) and not isinstance(one, (bool, Key)):
                    yield name, field.label, (*trail, name, number) if field.many else (*trail, name), str(one)


def _in_settings(site: Site) -> Iterator[Problem]:
    from engine.schema import CONFIG

    for _, label, trail, text in said(_worded(CONFIG), site.config.values, ()):
        for one in found(text):
            yield Problem(site.config.path, "personal-data", f"“{label}”里有{one.kind} {one.masked}，不能上网", "只写单位的信息", trail=(*trail, WORDS, text[one.start : one.end]))
    folder = site.config.path.rpartition("/")[0]
    for vocabulary in site.vocabularies.values():
        for term in vocabulary.terms.values():
            for one in found(" ".join((term.label, *term.aliases))):
                yield Problem(f"{folder}/_vocabularies/{vocabulary.id}.yaml", "personal-data", f"词“{term.id}”里有{one.kind} {one.masked}", "词表里不写个人信息", trail=("terms", term.id))


def allowed_numbers(site: Site) -> frozenset[str]:
    """The numbers that a collection allows; they may stand in what is rendered."""
    numbers = set()
    for collection in (one for one in site.collections.values() if one.allow):
        fields = _worded(collection.fields)
        for key in site.members[collection.id]:
            for name, _, _, text in _texts(site.records[key], fields):
                if name in collection.allow:
                    numbers.update(one.digits for one in found(text))
    return frozenset(numbers)


def in_output(path: str, content: bytes, allowed: frozenset[str]) -> Iterator[Problem]:
    """The last look, at the bytes of a rendered file: a number that came together only there, or stands in a template."""
    for run in _RUN.finditer(content.translate(_ALIKE)):
        for match in _IN_OUTPUT.finditer(content, run.start(), run.end() + 2):  # two more: what may follow a number decides whether it is one
            for one in _numbers(match[0]):
                if one.digits not in allowed:
                    start = content.rfind(b"\n", 0, match.start()) + 1
                    place = {"line": content.count(b"\n", 0, start) + 1, "column": len(content[start : match.start()].decode("utf-8", "replace")) + 1}
                    yield Problem(path, "personal-data", f"生成的文件里有{one.kind} {one.masked}，不能上网", "内容里没有它，请开发者检查模板", **place)


@lru_cache(maxsize=1 << 12)
def _numbers(run: bytes) -> tuple[Found, ...]:
    """Those of a run of digits; the same runs (a telephone, the path of a picture) stand on many pages."""
    return tuple(found(run.decode()))
