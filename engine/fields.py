"""The closed list of field types: how the text an editor wrote becomes a value, or a misfit that says what was expected.

Readers are pure. They know vocabularies but no other record: whether a reference leads anywhere is the business of `link`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, NamedTuple

from engine import identifiers
from engine.identifiers import Misfit
from engine.model import Field, Key, Money, Problem, Quantity, Range, Uncertainty, Vocabulary
from engine.source import KEY

BEIJING = timezone(timedelta(hours=8))
UNITS, AREAS = "units", "areas"
PROSE = "prose"  # the type of a body in a cell of a workbook; no declaration may say it, since links, pictures and headings are looked after in bodies alone
_YEARS = range(1600, 2200)  # any other is a slip
MAX_UNKNOWN = 20  # fields of one record that are told one by one
MAX_LENGTH = 300  # characters of a value that is no prose; longer ones are a missing quote, and would make patterns slow


class Terms(NamedTuple):
    """What a reader may look up."""

    vocabularies: Mapping[str, Vocabulary]


def normalised(text: str) -> str:
    """Two spellings that a reader takes for the same: NFKC, no case, no spaces, Unicode's dashes as `-`."""
    folded = text.lower() if text.isascii() else re.sub("[‐‑‒–—―−]+", "-", unicodedata.normalize("NFKC", text).casefold())
    return "".join(folded.split())


def nearest(text: str, names) -> str | None:
    found = difflib.get_close_matches(text, list(names), n=1, cutoff=0.6)
    return found[0] if found else None


# ── reading a mapping ─────────────────────────────────────────────────────────


def read_mapping(
    fields: Mapping[str, Field], mapping: object, terms: Terms, path: str, trail: tuple, owner: str
) -> tuple[dict[str, Any], list[Problem]]:
    """Values by field, each declared field present, and what is wrong. `owner` names the thing in messages, such as `专家库`."""
    problems: list[Problem] = []
    if not isinstance(mapping, dict):
        problems.append(Problem(path, "yaml-shape", f"{owner}这里应当是若干行“字段: 内容”", trail=trail))
        mapping = {}
    problems += unknown_fields(fields, mapping, path, trail, owner)
    values: dict[str, Any] = {}
    for name, field in fields.items():
        raw = mapping.get(name, "") if field.derived is None else ""
        if raw == "" or raw == []:
            values[name] = unsaid(field)
            if field.required and field.derived is None:
                problems.append(_missing(field, name in mapping, path, trail, owner))
            continue
        values[name], found = read_value(field, raw, terms, path, (*trail, name))
        problems += found
    return values, problems


def _missing(field: Field, is_named: bool, path: str, trail: tuple, owner: str) -> Problem:
    if is_named:
        return Problem(path, "field-missing", f"{owner}必填的“{field.label}”是空的", f"在 {field.name}: 后面空一格，写上内容", trail=(*trail, field.name, KEY))
    return Problem(path, "field-missing", f"{owner}缺少必填的“{field.label}”", f"加一行 {field.name}: …", trail=trail)


def targets(field: Field, value: Any) -> tuple[Key, ...]:
    """The records that a field's value names. A standard names the record whose id is made from its number."""
    if field.to is None or value is None:
        return ()
    values = value if field.many else (value,)
    return tuple(Key(field.to, identifiers.standard_id(text)) for text in values) if field.type == "standard" else tuple(values)


def unsaid(field: Field) -> Any:
    """What a field holds when a record says nothing of it."""
    if field.type == "group":
        return {name: unsaid(inner) for name, inner in field.fields.items()}
    return () if field.many or field.type == "table" else None


def unknown_fields(fields: Mapping[str, Field], mapping: dict, path: str, trail: tuple, owner: str) -> Iterator[Problem]:
    """A misspelt name must not become a field that nobody sees."""
    told = 0
    for name in mapping:
        field = fields.get(name)
        if field is not None and field.derived is None:
            continue
        told += 1
        if told > MAX_UNKNOWN:
            yield Problem(path, "field-unknown", f"{owner}没有的字段还有许多，不再一一列出", "检查缩进，或者是不是粘贴错了", trail=trail)
            return
        place = (*trail, name, KEY)
        if field is not None:
            yield Problem(path, "field-derived", f"“{field.label}”（{name}）由系统计算，不用填写", "删去这一行", trail=place)
            continue
        by_label = [known.name for known in fields.values() if known.label == name]
        near = by_label[0] if by_label else nearest(name[:MAX_LENGTH], fields)
        hint = f"您是不是想写“{near}”（{fields[near].label}）？" if near else "可用的字段见 content/README.md"
        if name == "id" and not trail:
            hint = "编号就是文件名，删去这一行"
        yield Problem(path, "field-unknown", f"{owner}没有“{name}”这个字段", hint, trail=place)


def read_value(field: Field, raw: object, terms: Terms, path: str, trail: tuple) -> tuple[Any, list[Problem]]:
    """The value of a field that is said: text, list of texts, or rows, as the field allows."""
    if field.type == "table":
        return _read_rows(field, raw, terms, path, trail)
    if field.type == "group":
        return read_mapping(field.fields, raw, terms, path, trail, f"“{field.label}”")
    if field.type == "raw":
        return raw, []
    if not field.many:
        if isinstance(raw, list) and len(raw) == 1:
            raw = raw[0]
        value, problem = _read_one(field, raw, terms, path, trail)
        return value, [problem] if problem else []
    items = raw if isinstance(raw, list) else [raw]
    values, problems = [], []
    for number, item in enumerate(items):
        value, problem = _read_one(field, item, terms, path, (*trail, number) if isinstance(raw, list) else trail)
        if problem:
            problems.append(replace(problem, hint=_several(field, item, terms, path) or problem.hint))
        elif value in values:
            problems.append(Problem(path, "value-repeated", f"“{field.label}”里的“{item}”写了两次", "只保留一个", trail=(*trail, number)))
        else:
            values.append(value)
    return tuple(values), problems


def _several(field: Field, item: object, terms: Terms, path: str) -> str | None:
    """The remedy where one item holds several, with Chinese commas between them."""
    parts = [part.strip() for part in re.split("[，、；]", item.strip("【】"))] if isinstance(item, str) else []
    if len(parts) > 1 and all(_read_one(field, part, terms, path, ())[1] is None for part in parts):
        return f"各项用方括号括起来，中间用英文逗号：[{', '.join(parts)}]"
    return None


def _read_one(field: Field, raw: object, terms: Terms, path: str, trail: tuple) -> tuple[Any, Problem | None]:
    if not isinstance(raw, str):
        what = "一个内容，这里却是列表" if isinstance(raw, list) else "文字，这里却是下一级字段"
        return None, Problem(path, "value-shape", f"“{field.label}”应当是{what}", "检查缩进、方括号和花括号", trail=trail)
    if len(raw) > MAX_LENGTH and field.type not in ("text", PROSE):
        return None, Problem(path, "value-too-long", f"“{field.label}”有 {len(raw)} 个字，超过 {MAX_LENGTH} 个", "检查是否缺了引号或换行", trail=trail)
    value = raw if field.type == PROSE else TYPES[field.type](raw.strip(), field, terms)
    if isinstance(value, Misfit):
        return None, Problem(path, value.code, f"“{field.label}”{value.message}", value.hint, trail=trail)
    return value, None


def _read_rows(field: Field, raw: object, terms: Terms, path: str, trail: tuple) -> tuple[tuple, list[Problem]]:
    if not isinstance(raw, list):
        return (), [Problem(path, "value-shape", f"“{field.label}”应当是若干行，每行以“- ”开头", trail=trail)]
    rows, problems = [], []
    for number, item in enumerate(raw):
        row, found = read_mapping(field.fields, item, terms, path, (*trail, number), f"“{field.label}”第 {number + 1} 行")
        rows.append(row)
        problems += found
    return tuple(rows), problems


# ── readers: one for each type ────────────────────────────────────────────────


def _text(text: str, field: Field, terms: Terms):
    return text


def _whole(text: str, field: Field, terms: Terms):
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,15}", text) else Misfit("integer-invalid", f"应写成整数，这里是“{text}”", "只写数字，不带单位和千分号")


def _number(text: str, field: Field, terms: Terms):
    value = _decimal(text)
    return Misfit("number-invalid", f"应写成数字，这里是“{text}”", "只写数字，单位和千分号不要写") if value is None else value


def _decimal(text: str) -> Decimal | None:
    text = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    return Decimal(text) if re.fullmatch(_NUMBER, text) else None


def _boolean(text: str, field: Field, terms: Terms):
    value = {"true": True, "是": True, "false": False, "否": False}.get(text.casefold())
    return Misfit("boolean-invalid", f"应写成“是”或“否”，这里是“{text}”") if value is None else value


def _date(text: str, field: Field, terms: Terms):
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            value = date.fromisoformat(text)
        except ValueError:
            return Misfit("date-invalid", f"没有“{text}”这一天", "检查月份和日期")
        return value if value.year in _YEARS else Misfit("date-invalid", f"年份写错了：“{text}”", "年份从 1600 到 2199")
    parts = re.fullmatch(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?", unicodedata.normalize("NFKC", text))
    meant = "{}-{:0>2}-{:0>2}".format(*parts.groups()) if parts else ""
    hint = f"您是不是想写“{meant}”？" if parts and not isinstance(_date(meant, field, terms), Misfit) else ""
    return Misfit("date-invalid", f"应写成 2026-11-22 这样的日期，这里是“{text}”", hint)


def _datetime(text: str, field: Field, terms: Terms):
    """Beijing time: `YYYY-MM-DD HH:MM`."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", text):
        try:
            return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
        except ValueError:
            return Misfit("datetime-invalid", f"没有“{text}”这一时刻", "检查日期、小时（0–23）和分钟（0–59）")
    parts = re.fullmatch(r"(.*?[0-9日])[\sT]+([0-9]{1,2})[:点时]([0-9]{2})分?(?::00)?", unicodedata.normalize("NFKC", text))
    day = _date("-".join(f"{int(part):02}" for part in re.findall("[0-9]+", parts[1])), field, terms) if parts else _date(text, field, terms)
    if isinstance(day, Misfit):
        hint = ""
    else:
        hint = f"您是不是想写“{day} {parts[2]:0>2}:{parts[3]}”？" if parts else f"在日期后面加上时间，如 {day} 09:30"
    return Misfit("datetime-invalid", f"应写成 2026-11-22 09:30 这样的时间，这里是“{text}”", hint)


def _year(text: str, field: Field, terms: Terms):
    return int(text) if re.fullmatch("[0-9]{4}", text) and int(text) in _YEARS else Misfit("year-invalid", f"应写成四位年份，这里是“{text}”")


def _choice(text: str, field: Field, terms: Terms):
    if text in field.choices:
        return text
    wanted = normalised(text)
    for key, label in field.choices.items():
        if normalised(label) == wanted:
            return key
    near = nearest(text, [*field.choices.values(), *field.choices])
    hint = f"您是不是想写“{near}”？" if near else f"可选：{'、'.join(field.choices.values())}"
    return Misfit("choice-unknown", f"没有“{text}”这个选项", hint)


def _term(text: str, field: Field, terms: Terms):
    vocabulary = terms.vocabularies[field.vocabulary or AREAS]
    if text in vocabulary.terms:
        return text
    found = vocabulary.names.get(normalised(text))
    if found:
        return found
    near = nearest(text, [term.label for term in vocabulary.terms.values()])
    hint = f"您是不是想写“{near}”？" if near else f"可用的词见 content/_vocabularies/{vocabulary.id}.yaml"
    return Misfit("term-unknown", f"用了词表里没有的词“{text}”", hint)


def _reference(text: str, field: Field, terms: Terms):
    return Key(field.to, text)


def _url(text: str, field: Field, terms: Terms):
    """RFC 3986 with the schemes http and https only; white space and control characters would hide where a link goes."""
    if re.fullmatch(r"https?://[^\s/?#\\@:]+(:[0-9]{1,5})?([/?#][^\s\\\"<>`{}|^]*)?", text, re.I) and text.isprintable():
        return text
    return Misfit("url-invalid", f"应写成 https:// 开头的网址，这里是“{text}”")


def _email(text: str, field: Field, terms: Terms):
    valid = re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text)
    return text if valid else Misfit("email-invalid", f"不是电子邮箱：“{text}”")


def _phone(text: str, field: Field, terms: Terms):
    """A land line with its area code, or a service number (400…, 12345). Mobile numbers belong to persons and are refused."""
    number = unicodedata.normalize("NFKC", text).replace(" ", "").replace("—", "-")
    if re.fullmatch(r"(\+?86-?)?1[3-9][0-9][0-9-]{8,10}", number):
        if field.allow:
            return number
        masked = re.sub(r"([0-9]{3})[0-9]{4}", r"\1****", number.replace("-", ""), count=1)
        return Misfit("phone-mobile", f"是手机号码 {masked}，不能上网", "改写办公电话，如 0353-2010000")
    valid = re.fullmatch(r"0[0-9]{2,3}-[0-9]{7,8}(-[0-9]{1,5})?|400-?[0-9]{3}-?[0-9]{4}|1[0-9]{4}|9[0-9]{4}", number)
    return number if valid else Misfit("phone-invalid", f"应写成 0353-2010000 这样，这里是“{text}”", "区号与号码之间用“-”")


_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
_UNIT = r"[^\s0-9.].*"
_RANGE = re.compile(rf"\(?\s*({_NUMBER})\s*([^0-9\s~()+-]*)\s*(?:~|-|至|到)\s*({_NUMBER})\s*\)?\s*({_UNIT})?")
_OPEN = re.compile(rf"(≤|≥|<=|>=)\s*({_NUMBER})\s*({_UNIT})")
_QUANTITY = re.compile(rf"({_NUMBER})\s*({_UNIT})")
_UNCERTAINTY = re.compile(rf"(?:U(?:rel|r)?\s*=\s*)?({_NUMBER})\s*([^\s0-9.(,;][^\s(,;]*)\s*[(,;]?\s*k\s*=\s*({_NUMBER})\s*\)?")


def _plain(text: str) -> str:
    """One spelling for dashes, tildes and widths, so that what Excel or a standard prints is read alike."""
    text = re.sub("[‐‑‒–—―−]+", "-", text.replace("～", "~").replace("∼", "~").replace("〜", "~"))
    return "".join(unicodedata.normalize("NFKC", mark) if "！" <= mark <= "～" else mark for mark in text).strip()


def unit_of(text: str, terms: Terms) -> str | Misfit:
    """The id of a unit by its symbol. Case counts here: mg is not Mg."""
    if not text:
        return Misfit("unit-unknown", "没有写单位", "在数字后面写单位，如 0~200 g")
    vocabulary = terms.vocabularies[UNITS]
    found = vocabulary.names.get(unicodedata.normalize("NFKC", text))
    if found:
        return found
    near = nearest(text, [term.label for term in vocabulary.terms.values()])
    return Misfit("unit-unknown", f"用了词表里没有的单位“{text}”", f"您是不是想写“{near}”？" if near else "单位见 content/_vocabularies/units.yaml")


def _range(text: str, field: Field, terms: Terms):
    plain = _plain(text)
    if re.search("[0-9],[0-9]{3}(?![0-9])", plain):
        return Misfit("range-invalid", f"里有千分号：“{text}”", f"数字里不写逗号：{plain.replace(',', '')}")
    if half := _OPEN.fullmatch(plain):
        sign, number, unit = half.groups()
        low, high = (None, Decimal(number)) if sign in ("≤", "<=") else (Decimal(number), None)
    elif whole := _RANGE.fullmatch(plain):
        first, first_unit, second, unit = whole.groups()
        low, high = Decimal(first), Decimal(second)
        unit = unit or first_unit
        if first_unit and first_unit != unit:
            return Misfit("range-units", f"两端的单位不同：“{text}”", "两端用同一个单位，只在最后写一次，如 0~200 g")
    else:
        return Misfit("range-invalid", f"应写成“0~200 g”这样，这里是“{text}”", "只有一端时写“≤ 300 kN”或“≥ 5 mg”")
    unit = unit_of((unit or "").strip(), terms)
    if isinstance(unit, Misfit):
        return unit
    if low is not None and high is not None and not low < high:
        return Misfit("range-order", f"下限应小于上限，这里是“{text}”")
    return Range(low, high, unit)


def _quantity(text: str, field: Field, terms: Terms):
    parts = _QUANTITY.fullmatch(_plain(text))
    if not parts:
        return Misfit("quantity-invalid", f"应写成“0.5 mg”这样，这里是“{text}”")
    unit = unit_of(parts[2].strip(), terms)
    return unit if isinstance(unit, Misfit) else Quantity(Decimal(parts[1]), unit)


def _uncertainty(text: str, field: Field, terms: Terms):
    parts = _UNCERTAINTY.fullmatch(_plain(text))
    if not parts:
        return Misfit("uncertainty-invalid", f"应写成“0.5 mg (k=2)”这样，这里是“{text}”", "扩展不确定度要写明包含因子 k")
    unit = unit_of(parts[2], terms)
    return unit if isinstance(unit, Misfit) else Uncertainty(Decimal(parts[1]), unit, Decimal(parts[3]))


def _money(text: str, field: Field, terms: Terms):
    parts = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*(元|万元|亿元)", text.replace(",", ""))
    return Money(Decimal(parts[1]), parts[2]) if parts else Misfit("money-invalid", f"应写成“5 万元”这样，这里是“{text}”")


def _file(text: str, field: Field, terms: Terms):
    """A path under content/files/. Its letters are few, so that no system can read it in two ways."""
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\.[a-z0-9]{2,5}", text):
        return text
    return Misfit("file-name", f"不是可用的文件名：“{text}”", "文件放在 content/files/，名字只用小写字母、数字、-、_")


def _identifier(read: Callable[[str], str | Misfit]):
    return lambda text, field, terms: read(text)


TYPES: Mapping[str, Callable[[str, Field, Terms], Any]] = {
    "text": _text,
    "integer": _whole,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "year": _year,
    "choice": _choice,
    "term": _term,
    "area": _term,
    "reference": _reference,
    "url": _url,
    "email": _email,
    "phone": _phone,
    "range": _range,
    "quantity": _quantity,
    "uncertainty": _uncertainty,
    "money": _money,
    "file": _file,
    "image": _file,
    "standard": _identifier(identifiers.standard_number),
    "credit-code": _identifier(identifiers.credit_code),
    "cma": _identifier(identifiers.cma_number),
    "cnas": _identifier(identifiers.cnas_number),
    "patent": _identifier(identifiers.patent_number),
    "icp": _identifier(identifiers.icp_number),
    "police": _identifier(identifiers.police_number),
    "site-code": _identifier(identifiers.site_code),
}
FACETED = {"choice", "term", "area", "reference", "boolean", "year", "standard"}
