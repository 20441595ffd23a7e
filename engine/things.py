"""What a collection declares its records to be in the words of schema.org (`schema_org` in _collection.yaml), read strictly.

    schema_org:
      type: Course                        # page: ProfilePage, where the page is more than a WebPage
      courseCode: code                    # a property is said by a field,
      teaches: [outline, goal]            # or by several;
      eventStatus: {of: status, choices: {cancelled: EventCancelled}, else: EventScheduled}
      hasCourseInstance: {type: CourseInstance, each: sessions, startDate: start}    # or is a thing of its own, one for each row of a table

The types and properties that may be named are those of `declared/schema_org.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from engine import source
from engine.fields import nearest
from engine.model import Choice, Field, Problem, Thing
from engine.source import KEY

PAGE = "WebPage"
VALIDITY = "validity"
STATES = ("valid", "soon", "expired", "halted")
_OWN = {"type", "page", "each"}
_CHOICE = {"of", "choices", "else"}


class Words(NamedTuple):
    """The part of schema.org that is spoken here: types with all their properties and all types above, what properties hold, and codes."""

    types: Mapping[str, frozenset[str]]
    above: Mapping[str, frozenset[str]]
    properties: Mapping[str, str]
    enumerations: Mapping[str, tuple[str, ...]]
    identifiers: Mapping[str, str]
    units: Mapping[str, str]


def _words() -> Words:
    document, problems = source.read_yaml((Path(__file__).parent / "declared" / "schema_org.yaml").read_text("utf-8"), "schema_org.yaml")
    assert not problems, problems
    said = document.data
    types: dict[str, frozenset[str]] = {}
    above: dict[str, frozenset[str]] = {}
    for name, what in said["types"].items():
        types[name] = frozenset(what["properties"]).union(*(types[one] for one in what["of"]))
        above[name] = frozenset([name]).union(*(above[one] for one in what["of"]))
    return Words(types, above, said["properties"], {name: tuple(values) for name, values in said["enumerations"].items()}, said["identifiers"], said["units"])


WORDS = _words()


class _Place(NamedTuple):
    """Where in a declaration we are: the fields that may be named, and the path and trail for problems."""

    fields: Mapping[str, Field]
    path: str
    trail: tuple

    def at(self, *steps) -> "_Place":
        return self._replace(trail=(*self.trail, *steps))

    def problem(self, message: str, hint: str = "") -> Problem:
        return Problem(self.path, "schema", message, hint, trail=self.trail)


def read_thing(said: object, fields: Mapping[str, Field], path: str) -> tuple[Thing | None, list[Problem]]:
    """The declaration of a collection; None when it says none or cannot be read."""
    if said is None or said == "":
        return None, []
    problems: list[Problem] = []
    return _thing(said, _Place(fields, path, ("schema_org",)), problems, is_top=True), problems


def _thing(said: object, place: _Place, problems: list[Problem], is_top: bool = False) -> Thing | None:
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        problems.append(place.problem("schema_org 里这一处应写成“{type: 类型, 属性: 字段}”", "类型如 Person、Organization、Service"))
        return None
    type, page, each = said["type"], said.get("page"), said.get("each")
    if type not in WORDS.types:
        problems.append(place.at("type").problem(f"schema.org 的类型“{type}”不在本站使用的词汇里", _near(type, WORDS.types)))
        return None
    for name in ("page",) if not is_top else ("each",):
        if name in said:
            problems.append(place.at(name, KEY).problem(f"“{name}”不能写在这里", "page 只写在最外层，each 只写在里层"))
    if is_top and page is not None and PAGE not in WORDS.above.get(page, ()):
        problems.append(place.at("page").problem(f"“{page}”不是一种网页", _near(str(page), [name for name, above in WORDS.above.items() if PAGE in above])))
        page = None
    inner = place
    if each is not None and not is_top:
        table = place.fields.get(each)
        if table is None or table.type != "table":
            problems.append(place.at("each").problem(f"each 写的“{each}”不是表格字段", _near(str(each), [name for name, field in place.fields.items() if field.type == "table"])))
            return None
        inner = place._replace(fields={**place.fields, **table.fields})
    says = {}
    for name, what in said.items():
        if name in _OWN:
            continue
        if name not in WORDS.types[type]:
            problems.append(place.at(name, KEY).problem(f"{type} 没有属性“{name}”", _near(name, WORDS.types[type])))
            continue
        found = tuple(_sources(name, what, inner.at(name), problems))
        if found:
            says[name] = found
    return Thing(type, says, page if is_top else None, each if not is_top else None)


def _sources(name: str, what: object, place: _Place, problems: list[Problem]) -> Iterator[Any]:
    """What says a property: names of fields, choices, further things."""
    if isinstance(what, list):
        for number, one in enumerate(what):
            yield from _sources(name, one, place.at(number), problems)
    elif isinstance(what, dict) and "of" in what:
        found = _choice(name, what, place, problems)
        if found is not None:
            yield found
    elif isinstance(what, dict):
        found = _thing(what, place, problems)
        if found is not None:
            yield found
    elif _is_field(what, place, problems):
        yield what


def _is_field(name: object, place: _Place, problems: list[Problem]) -> bool:
    field = place.fields.get(name) if isinstance(name, str) else None
    if field is None:
        problems.append(place.problem(f"schema_org 里的“{name}”不是这个库的字段", _near(str(name), place.fields)))
    elif not field.public:
        problems.append(place.problem(f"schema_org 里的“{name}”不公开，不能写给机器看", "换一个字段"))
    return field is not None and field.public


def _choice(name: str, said: dict, place: _Place, problems: list[Problem]) -> Choice | None:
    allowed = WORDS.enumerations.get(WORDS.properties[name])
    choices, of = said.get("choices"), said["of"]
    if allowed is None or not isinstance(choices, dict) or said.keys() - _CHOICE:
        hint = "写成 {of: 字段, choices: {选项: 值}, else: 值}" if allowed else f"能这样写的属性：{'、'.join(one for one, holds in WORDS.properties.items() if holds in WORDS.enumerations)}"
        problems.append(place.problem(f"属性“{name}”不能这样由选项得来", hint))
        return None
    if of != VALIDITY or VALIDITY in place.fields:
        if not _is_field(of, place.at("of"), problems):
            return None
    known = STATES if of == VALIDITY and VALIDITY not in place.fields else place.fields[of].choices
    before = len(problems)
    for choice in choices:
        if choice not in known:
            problems.append(place.at("choices", choice, KEY).problem(f"“{of}”没有选项“{choice}”", _near(choice, known)))
    for value in (*choices.values(), *([said["else"]] if "else" in said else [])):
        if value not in allowed:
            problems.append(place.problem(f"“{value}”不是 {name} 的值", f"可用的值：{'、'.join(allowed)}"))
    return Choice(of, choices, said.get("else")) if len(problems) == before else None


def _near(name: str, known: Iterable[str]) -> str:
    known = list(known)
    near = nearest(name, known)
    return f"您是不是想写“{near}”？" if near else ""
