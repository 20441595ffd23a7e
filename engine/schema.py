"""Declarations into collections, vocabularies and configuration, read as strictly as any record.

The language of declarations is itself declared in `engine/declared/`; no expressions, and field types are a closed list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from engine import source
from engine.fields import AREAS, FACETED, TYPES, UNITS, Terms, nearest, normalised, read_mapping, unsaid
from engine.model import Collection, Config, Facet, Field, Problem, Term, Vocabulary
from engine.source import KEY
from engine.things import read_thing

DECLARED = Path(__file__).parent / "declared"
RESERVED_FIELDS = {"id", "url", "collection", "body"}
RESERVED_IDS = {"by", "page", "feed", "outdated"}
CONSENTS = "consents"
_TIMES = {"time": ("datetime",), "date": ("date", "datetime")}  # fields by which feeds and site maps date a record
_VOCABULARIES = {"area": AREAS, "range": UNITS, "quantity": UNITS, "uncertainty": UNITS}
_NO_TERMS = Terms({})
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_BESIDE = re.compile(r"(?:\.\./)+(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)+")


def _own(name: str) -> dict:
    """A declaration of the engine's own."""
    document, problems = source.read_yaml((DECLARED / name).read_text("utf-8"), name)
    assert not problems, problems
    return document.data


def _own_fields(mapping: Mapping[str, dict]) -> dict[str, Field]:
    """Fields of the engine's own declarations, which tests hold to be right."""
    fields = {}
    for name, said in mapping.items():
        said = {key: value == "true" if value in ("true", "false") else value for key, value in said.items()}
        fields[name] = Field(name=name, **{**said, "fields": _own_fields(said.get("fields", {}))})
    return fields


_SELF = _own("collection.yaml")
COLLECTION, FIELD, VOCABULARY, TERM = (_own_fields(_SELF[part]) for part in ("collection", "field", "vocabulary", "term"))
COMMON = _own_fields(_own("common.yaml"))
CONFIG = _own_fields(_own("config.yaml"))
CHANGES = _own_fields(_own("changes.yaml"))


def read_config(document: source.Document, path: str) -> tuple[Config, list[Problem]]:
    values, problems = read_mapping(CONFIG, document.data, _NO_TERMS, path, (), "网站设置")
    if values.get("url") and not values["url"].endswith("/"):
        values["url"] += "/"
    config = Config({**values, "changes": ()}, path)
    return config, [*problems, *neighbour_problems(config)]


def neighbour_problems(config: Config) -> Iterator[Problem]:
    """Other sites of this program under the same host, which the search page may ask. Each lies beside this one: a site's folder is replaced as a whole."""
    url, seen = config.values["url"], set()
    for number, row in enumerate(config.values["neighbours"]):
        for name, said in row.items():
            if said in seen:
                yield Problem(config.path, "neighbour", f"“{said}”写了两次", "每个网站写一次，名称各不相同", trail=("neighbours", number, name))
            seen |= {said} if said else set()
        to, place = row["to"] or "", ("neighbours", number, "to")
        if "//" in to:
            yield Problem(config.path, "neighbour", f"“{to}”不能一起搜索，浏览器只向本站所在的网址提问", "别处的网站，在正文里放链接", trail=place)
        elif to and not _BESIDE.fullmatch(to):
            yield Problem(config.path, "neighbour", f"“{to}”不是旁边一个网站的位置", "从本站的文件夹算起，写成 ../yi/ 这样", trail=place)
        elif to and url and to.count("../") >= urlsplit(url).path.count("/"):
            yield Problem(config.path, "neighbour", f"“{to}”往上越过了网站地址 {url}", "几个网站各有自己的文件夹，本站也要有，如 https://example.gov.cn/jia/", trail=place)
        elif to and url and urljoin(url, to) == url:
            yield Problem(config.path, "neighbour", f"“{to}”就是本站", "删去这一行，本站总会查找", trail=place)


def unset_config(path: str) -> Config:
    """What holds when the settings could not be read at all."""
    return Config({name: unsaid(field) for name, field in {**CONFIG, **CHANGES}.items()}, path)


def read_changes(document: source.Document, path: str) -> tuple[tuple, list[Problem]]:
    """The rows of `_changes.yaml`."""
    values, problems = read_mapping(CHANGES, document.data, _NO_TERMS, path, (), "变更清单")
    return values["changes"], problems


def read_vocabulary(document: source.Document, id: str, path: str) -> tuple[Vocabulary, list[Problem]]:
    head, problems = read_mapping(VOCABULARY, document.data, _NO_TERMS, path, (), "词表")
    said = head["terms"] if isinstance(head["terms"], dict) else {}
    terms: dict[str, Term] = {}
    for name, what in said.items():
        what = {"label": what} if isinstance(what, str) else what
        values, found = read_mapping(TERM, what, _NO_TERMS, path, ("terms", name), f"词“{name}”")
        problems += found
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            message = f"词的编号“{name}”只能用小写字母、数字和连字号"
            problems.append(Problem(path, "id-form", message, trail=("terms", name, KEY)))
        terms[name] = Term(name, **{**values, "label": values["label"] or name})
    for term in terms.values():
        if term.broader is not None and (term.broader not in terms or term.id in _above(terms, term.broader)):
            message = f"上级词“{term.broader}”" + ("绕回了自己" if term.broader in terms else "不在这个词表里")
            problems.append(Problem(path, "term-unknown", message, trail=("terms", term.id, "broader")))
            terms[term.id] = replace(term, broader=None)
    names, found = _names(terms, path)
    return Vocabulary(id, head["label"] or id, terms, names), problems + found


def _above(terms: Mapping[str, Term], id: str | None) -> list[str]:
    """A term and all that are broader."""
    chain: list[str] = []
    while id in terms and id not in chain:
        chain.append(id)
        id = terms[id].broader
    return chain


def _names(terms: Mapping[str, Term], path: str) -> tuple[dict[str, str], list[Problem]]:
    """Every spelling of every term. A label is stronger than an alias; two terms may not share a label. Case counts in units."""
    units = any(term.factor is not None for term in terms.values())
    spelling = (lambda text: unicodedata.normalize("NFKC", text)) if units else normalised
    names: dict[str, str] = {}
    problems = []
    for term in terms.values():
        other = names.setdefault(spelling(term.label), term.id)
        if other != term.id:
            message = f"“{term.label}”与词“{other}”同名"
            problems.append(Problem(path, "term-repeated", message, "换一个名称，或者合并", trail=("terms", term.id)))
    for term in terms.values():
        for alias in (*term.aliases, term.id):
            names.setdefault(spelling(alias), term.id)
    return names, problems


def read_collection(document: source.Document, id: str, path: str) -> tuple[Collection | None, list[Problem]]:
    head, problems = read_mapping(COLLECTION, document.data, _NO_TERMS, path, (), "库的声明")
    if not isinstance(head["fields"], dict):
        return None, problems or [Problem(path, "schema", "“字段”应当是若干行“字段名: {label: …}”", trail=("fields",))]
    fields, found = _read_fields(head["fields"], path, ("fields",), id)
    common = {name: replace(field, to=id if field.to == "self" else field.to) for name, field in COMMON.items()}
    allow = {name: why for name, why in head["allow"].items() if isinstance(why, str)} if isinstance(head["allow"], dict) else {}
    collection = Collection(
        id=id,
        label=head["label"] or id,
        item=head["item"] or id,
        path=path,
        order=head["order"] or 0,
        summary=head["summary"],
        title=head["title"] or ("name",),
        sort=head["sort"],
        page=head["page"] is not False,
        exports=head["exports"] if "exports" in document.data else ("csv", "json"),
        feed=bool(head["feed"]),
        feeds=head["feeds"],
        outdated=bool(head["outdated"]),
        form=head["form"],
        sheets={name: label for name, label in said.items() if isinstance(label, str)} if isinstance(said := head["sheets"], dict) else {},
        calendar=head["calendar"],
        map=head["map"],
        card=bool(head["card"]),
        request=head["request"],
        column_type=head["column_type"] or "数据发布",
        dated=head["dated"],
        fields=_with_permissions({**fields, **common}, allow),
        facets=tuple(_facets(fields)),
        allow=allow,
        exceptions=head["exceptions"],
    )
    thing, unfit = read_thing(head["schema_org"], collection.fields, path)
    collection = replace(collection, schema_org=thing)
    problems += [*found, *permission_problems(head["allow"], collection), *unfit]
    problems += _own_problems(collection)
    return collection, problems


def _with_permissions(fields: Mapping[str, Field], allow: Mapping[str, str]) -> dict[str, Field]:
    """The fields, those that may hold personal data with the reason why; a table's reason holds for its columns."""
    return {name: replace(field, allow=allow[name], fields={key: replace(column, allow=allow[name]) for key, column in field.fields.items()}) if name in allow else field for name, field in fields.items()}


def permission_problems(said: object, collection: Collection) -> Iterator[Problem]:
    """A permission names a field of the collection and says why."""
    if said is not None and not isinstance(said, dict):
        yield Problem(collection.path, "schema", "“allow”应当是若干行“字段名: 理由”", trail=("allow",))
        return
    for name, why in (said or {}).items():
        if name not in collection.fields and name != "body":
            near = nearest(name, collection.fields)
            yield Problem(collection.path, "schema", f"allow 里的“{name}”不是这个库的字段", f"您是不是想写“{near}”？" if near else "", trail=("allow", name, KEY))
        if not isinstance(why, str) or len(why.strip()) < 4:
            yield Problem(collection.path, "schema", f"allow 里的“{name}”没有写明理由", "写明依据和本人是否同意，如：值班电话，本人书面同意", trail=("allow", name))


def _read_fields(said: dict, path: str, trail: tuple, collection: str) -> tuple[dict[str, Field], list[Problem]]:
    fields, problems = {}, []
    for name, what in said.items():
        place = (*trail, name)
        if not _NAME.fullmatch(name) or name in RESERVED_FIELDS or (len(trail) == 1 and name in COMMON):
            why = "已由系统使用" if _NAME.fullmatch(name) else "只能用小写字母、数字和下划线，以字母开头"
            problems.append(Problem(path, "schema", f"字段名“{name}”{why}", "换一个字段名", trail=(*place, KEY)))
            continue
        values, found = read_mapping(FIELD, what, _NO_TERMS, path, place, f"字段“{name}”")
        problems += found
        rows: dict[str, Field] = {}
        if isinstance(values["fields"], dict):
            rows, found = _read_fields(values["fields"], path, (*place, "fields"), collection)
            problems += found
        fields[name] = _field(name, values, rows, collection)
    return fields, problems


def _field(name: str, values: dict, rows: dict[str, Field], collection: str) -> Field:
    derived = values["from"]
    choices = values["choices"] if isinstance(values["choices"], dict) else {}
    return Field(
        name=name,
        label=values["label"] or name,
        type=values["type"] or ("text" if derived is None else "derived"),
        required=bool(values["required"]),
        many=bool(values["many"]),
        facet=bool(values["facet"]),
        column=bool(values["column"]),
        public=values["public"] is not False,
        expires=bool(values["expires"]),
        past=bool(values["past"]),
        unique=bool(values["unique"]),
        vocabulary=values["vocabulary"],
        to=collection if values["to"] == "self" else values["to"],
        back=values["back"],
        needs=values["needs"],
        note=values["note"],
        derived=tuple(derived.split(".", 1)) if derived and "." in derived else (derived, "") if derived else None,
        choices={key: label for key, label in choices.items() if isinstance(label, str)},
        halts=values["halts"],
        fields=rows,
    )


def _facets(fields: Mapping[str, Field]) -> Iterator[Facet]:
    for field in fields.values():
        if field.facet and field.public:
            yield Facet(field.name, field.label, field)
        for column in field.fields.values() if field.public else ():
            if column.facet and column.public:
                yield Facet(f"{field.name}.{column.name}", column.label, column, field.name)


def _own_problems(collection: Collection) -> Iterator[Problem]:
    """What the declaration of one collection shows to be wrong by itself."""
    path, fields = collection.path, collection.fields
    for name in collection.title:
        if name not in fields:
            yield Problem(path, "schema", f"标题字段“{name}”没有声明", "在 fields 里加上它，或者改 title", trail=("title",))
        elif not fields[name].public:
            yield Problem(path, "schema", f"标题字段“{name}”不公开，不能作标题", "换一个字段，或者去掉 public: false", trail=("title",))
    if "name" in fields and collection.title != ("name",):
        yield Problem(path, "schema", "字段名“name”留给标题使用", "换一个字段名，或者把 title 写成 name", trail=("fields", "name", KEY))
    for name in collection.sort:
        if name.lstrip("-") not in fields:
            yield Problem(path, "schema", f"排序字段“{name}”没有声明", trail=("sort",))
        elif not fields[name.lstrip("-")].public:
            yield Problem(path, "schema", f"排序字段“{name}”不公开，次序会泄露它", "换一个字段", trail=("sort",))
    for name, types in _TIMES.items():
        if name in fields and fields[name].type not in types:
            yield Problem(path, "schema", f"字段“{name}”留给时间使用，类型应为 {' 或 '.join(types)}", "改类型，或者换一个字段名", trail=("fields", name, "type"))
    for name in collection.dated:
        if name not in fields or fields[name].type not in ("date", "datetime") or not fields[name].public:
            yield Problem(path, "schema", f"dated 写的“{name}”不是公开的日期字段", trail=("dated",))
    if collection.feed and not _TIMES.keys() & fields.keys():
        yield Problem(path, "schema", "要有 time 或 date 字段才能生成订阅源", trail=("feed",))
    for name in collection.feeds:
        if not collection.feed or name not in (facet.name for facet in collection.facets):
            near = nearest(name, [facet.name for facet in collection.facets])
            yield Problem(path, "schema", f"feeds 写的“{name}”不是筛选字段，或者没有写 feed", f"您是不是想写“{near}”？" if near and near != name else "加一行 feed: true", trail=("feeds",))
    yield from _ability_problems(collection)
    for field in fields.values():
        if field.name not in COMMON:
            yield from _field_problems(collection, field, ("fields", field.name))


def _ability_problems(collection: Collection) -> Iterator[Problem]:
    """A form, a calendar and further pages rest on fields of certain names."""
    path, fields = collection.path, collection.fields
    if collection.form is not None:
        field = fields.get(collection.form)
        if field is None or not (field.type == "reference" or {"name", "label", "type"} <= field.fields.keys()):
            message = f"form 写的“{collection.form}”应是有 name、label、type 三列的表格，或者一个引用"
            yield Problem(path, "schema", message, trail=("form",))
    if collection.calendar is not None:
        named = fields if collection.calendar == "self" else getattr(fields.get(collection.calendar), "fields", {})
        missing = [name for name in ("start", "end", "sequence") if name not in named]
        if missing or (collection.calendar != "self" and "code" not in named):
            message = f"calendar 写的“{collection.calendar}”缺少 {'、'.join(missing or ['code'])}"
            yield Problem(path, "schema", message, "活动要有 start、end（datetime）和 sequence（integer）；表格的每一行还要有 code", trail=("calendar",))
    for name, type in zip(collection.map, ("area", "choice")):
        if name not in fields or fields[name].type != type:
            yield Problem(path, "schema", f"map 写的“{name}”应是 {type} 类型的字段", trail=("map",))
    for name in collection.sheets:
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
            yield Problem(path, "schema", f"附页的名称“{name}”只能用小写字母和连字号", trail=("sheets", name, KEY))


def _field_problems(collection: Collection, field: Field, trail: tuple) -> Iterator[Problem]:
    def problem(message: str, key: str, hint: str = "") -> Problem:
        return Problem(collection.path, "schema", f"字段“{field.name}”{message}", hint, trail=(*trail, key))

    if field.derived is not None:
        if field.derived[1] == "":
            yield problem("的 from 应写成“库.字段”或“引用字段.字段”", "from")
        return
    if field.type != "table" and field.type not in TYPES:
        near = nearest(field.type, [*TYPES, "table"])
        yield problem(f"的类型“{field.type}”不存在", "type", f"您是不是想写“{near}”？" if near else f"可用的类型：{'、'.join(TYPES)}、table")
    if field.type == "term" and field.vocabulary is None:
        yield problem("是 term，要写明 vocabulary（词表）", "type")
    if field.type == "reference" and field.to is None:
        yield problem("是 reference，要写明 to（指向的库）", "type")
    if field.to is not None and field.type not in ("reference", "standard"):
        yield problem("不是 reference 或 standard，不能写 to", "to")
    if field.type == "choice" and not field.choices:
        yield problem("是 choice，要写明 choices（选项）", "type")
    if field.fields and field.type != "table":
        yield problem("写了 fields（各列），类型应为 table", "type")
    if field.type == "table" and not field.fields:
        yield problem("是 table，要写明 fields（各列）", "type")
    if field.facet and field.type not in FACETED and not field.expires:
        yield problem("的类型不能用于筛选", "facet", f"能筛选的类型：{'、'.join(sorted(FACETED))}，以及 expires 的日期")
    if field.expires and field.type != "date":
        yield problem("不是日期，不能作有效期", "expires")
    if field.past and field.type not in ("date", "datetime", "year"):
        yield problem("不是日期、时间或年份，不能写 past", "past")
    for name in ("past", "unique"):
        if getattr(field, name) and not field.public:
            yield problem(f"不公开，检查时看不到它，不能写 {name}", name)
    for choice in field.halts:
        if choice not in field.choices:
            yield problem(f"的 halts 里的“{choice}”不是选项", "halts")
    if field.needs and field.needs not in getattr(collection.fields.get(CONSENTS), "choices", {}):
        yield problem(f"的 needs“{field.needs}”不是 consents 字段的选项", "needs")
    for column in field.fields.values():
        yield from _field_problems(collection, column, (*trail, "fields", column.name))


def between_problems(collections: Mapping[str, Collection], vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """What only all declarations together show to be wrong."""
    for collection in collections.values():
        for trail, field in _every_field(collection):
            wanted = field.vocabulary or _VOCABULARIES.get(field.type)
            if wanted is not None and wanted not in vocabularies:
                yield Problem(collection.path, "schema", f"没有词表“{wanted}”", f"加上 content/_vocabularies/{wanted}.yaml", trail=trail)
            if field.to is not None and field.to not in collections:
                near = nearest(field.to, collections)
                yield Problem(collection.path, "schema", f"没有“{field.to}”这个库", f"您是不是想写“{near}”？" if near else "", trail=(*trail, "to"))
            if field.derived is not None:
                source = derived_field(collections, collection, field)
                if source is None:
                    message = f"字段“{field.name}”的 from“{'.'.join(field.derived)}”找不到来处"
                    yield Problem(collection.path, "schema", message, "写成“库.字段”或“引用字段.字段”", trail=(*trail, "from"))
                elif field.facet and source.type not in FACETED:
                    yield Problem(collection.path, "schema", f"字段“{field.name}”的来处不能用于筛选", "去掉 facet，或者换一个来处", trail=(*trail, "facet"))


def _every_field(collection: Collection) -> Iterator[tuple[tuple, Field]]:
    for field in collection.fields.values():
        yield ("fields", field.name), field
        for column in field.fields.values():
            yield ("fields", field.name, "fields", column.name), column


def derived_field(collections: Mapping[str, Collection], collection: Collection, field: Field) -> Field | None:
    """The field from which a derived one takes its values: of the record it refers to, or of those that refer to it."""
    first, second = field.derived
    own = collection.fields.get(first)
    far = collections.get(own.to if own is not None and own.to else first)
    if far is None or (own is None and not any(f.to == collection.id for f in far.fields.values())):
        return None
    found = far.fields.get(second)
    return found if found is not None and found.derived is None else None
