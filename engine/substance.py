"""Checks of substance: what is well written and all the same not right. Most are reminders; what a regulation fixes is an error.

Nothing here knows a collection by name. A check asks for fields of a type (`cma`, `phone`, `area`) or with a name to which the engine gives
a meaning (`issued`, `verified_on`), so it holds for collections that do not exist yet.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from engine import urls
from engine.fields import normalised, targets
from engine.model import Collection, Field, Key, Problem, Record, Site
from engine.show import RELATIVE
from engine.source import BODY

REVIEW_MONTHS = {"P3M": 3, "P6M": 6, "P1Y": 12, "P2Y": 24}
COLUMN_DAYS = {"工作动态": 14, "政策文件": 183}  # the inspection of government websites calls columns older than these stale
_PICTURE = re.compile(r"!\[\s*\]\(")
_ANCHOR = re.compile(r"\]\(\s*<?([^)\s>#?]{0,300})(?:\?[^)\s>#]{0,300})?#([^)\s>]{1,300})")  # bounded: a text full of `](` must not take long
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^(\S.*)\n(?:=+|-{3,})[ \t]*$", re.M)
_SLIPS = (  # each pattern begins with the sign, which is what makes looking for it quick
    ("]（", re.compile(r"\]（\s*(?:/|https?:)"), "链接的地址用了中文括号，成了文字", "改成英文括号：[文字](/地址/)"),
    ("![", re.compile(r"!\[[^\]\n]{0,200}\]\(\s*<?https?:"), "图片在别的网站，本站不显示它", "放进 content/files/，写成 ![说明](/files/…)"),
    ("<", re.compile(r"</?(?:a|b|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|span|strong|sub|sup|table|td|th|tr|u|ul)(?:\s[^<>\n]{0,300})?/?>", re.I), "正文里的 HTML 标签会原样显示成文字", "用 Markdown：**加粗**、[文字](/地址/)、空一行分段"),
    ("-", re.compile(r"-(?<![^\n]-)(?=[㐀-鿿])"), "“-”后面没有空格，不成列表", "写成“- 内容”"),
    ("|", re.compile(r"\|(?:(?<=\A\|)|(?<=\n\n\|))(?=[^\n]*\|[ \t]*\n\|)(?![^\n]*\n[|:\t -]*-[|:\t -]*$)", re.M), "表格第二行没有横线，不成表格", "在第一行下面加一行 | --- | --- |，有几列写几格"),
)
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.M | re.S)


def substance(site: Site) -> list[Problem]:
    """All of them, in the order of the records."""
    problems = [problem for check in (cma_certificates, missing_numbers, uncertainties, phones, districts, pictures, anchors, slips, repeated, twins, years, replaced_citations, overdue_reviews) for problem in check(site)]
    return [*problems, *empty_columns(site), *stale_columns(site)]


MANY = 3  # warnings of one kind in one library that are still told one by one


def condensed(problems: Sequence[Problem]) -> list[Problem]:
    """Many reminders of one kind in one library become the first of them and how many there are; `build.py report` lists all."""
    kinds = Counter(_kind(problem) for problem in problems if problem.severity == "warning")
    told: set = set()
    left = []
    for problem in problems:
        kind = _kind(problem)
        if problem.severity != "warning" or kinds[kind] <= MANY:
            left.append(problem)
        elif kind not in told:
            told.add(kind)
            left.append(replace(problem, message=f"{problem.message}；这个库里共有 {kinds[kind]} 处这样的提醒，其余见 build.py report"))
    return left


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.path.rpartition("/")[0]


def _fields(site: Site, *types: str) -> Iterator[tuple[Record, Field, object]]:
    """What every record says in its own fields of these types."""
    for id, collection in site.collections.items():
        wanted = [field for field in collection.fields.values() if field.type in types and field.derived is None]
        for key in site.members[id] if wanted else ():
            record = site.records[key]
            for field in wanted:
                if record.values[field.name] not in (None, ()):
                    yield record, field, record.values[field.name]


# ── certificates ──────────────────────────────────────────────────────────────


def cma_certificates(site: Site) -> Iterator[Problem]:
    """检验检测机构资质认定管理办法: a certificate is valid for six years; its number begins with the year of issue."""
    for record, field, number in _fields(site, "cma"):
        issued = record.values.get("issued")
        if issued is None or field.many:
            continue
        if int(number[:2]) != issued.year % 100:
            message = f"“{field.label}”{number} 的前两位是年份 {number[:2]}，而发证日期是 {issued}"
            yield Problem(record.path, "cma-year", message, "对照证书：编号前两位应为发证年份的后两位", trail=(*record.trail, field.name))
        expiring = next((one for one in site.collections[record.key.collection].fields.values() if one.expires), None)
        last = record.values[expiring.name] if expiring else None
        wanted = last_day(issued, 6)
        if last is not None and last != wanted:
            message = f"资质认定证书有效期六年：{issued} 发证，“{expiring.label}”应为 {wanted}，这里是 {last}"
            yield Problem(record.path, "cma-period", message, "对照证书检查两个日期；延续或变更的证书写新证书的发证日期", trail=(*record.trail, expiring.name))


def last_day(issued: date, years: int) -> date:
    """The last day of a validity of whole years: the day before the anniversary."""
    try:
        return issued.replace(year=issued.year + years) - timedelta(1)
    except ValueError:  # of 29 February
        return date(issued.year + years, 2, 28)


def missing_numbers(site: Site) -> Iterator[Problem]:
    """A record whose kind bears the name of one of its own number fields (`cma`, `cnas`) must say that number."""
    for record, field, value in _fields(site, "term", "choice"):
        fields = site.collections[record.key.collection].fields
        for word in value if field.many else (value,):
            number = fields.get(word)
            if number is not None and number.type in ("cma", "cnas", "patent", "credit-code") and record.values[word] is None:
                label = site.vocabularies[field.vocabulary].terms[word].label if field.vocabulary else field.choices[word]
                yield Problem(record.path, "number-unsaid", f"“{field.label}”是“{label}”，没有写“{number.label}”", f"加一行 {word}: …", "warning", trail=(*record.trail, field.name))


# ── measurements ──────────────────────────────────────────────────────────────


def uncertainties(site: Site) -> Iterator[Problem]:
    """An uncertainty is of the kind of what is measured, or relative to it: U = 0.5 mg says nothing of a range in ℃."""
    for id, collection in site.collections.items():
        tables = [field for field in collection.fields.values() if field.type == "table" and _measures(field.fields)]
        is_measured = _measures(collection.fields)
        for key in site.members[id] if tables or is_measured else ():
            record = site.records[key]
            if is_measured:
                yield from _of_another_kind(site, record, collection.fields, record.values, record.trail)
            for table in tables:
                for number, row in enumerate(record.values[table.name]):
                    yield from _of_another_kind(site, record, table.fields, row, (*record.trail, table.name, number))


def _measures(fields: Mapping[str, Field]) -> bool:
    return {"range", "uncertainty"} <= {field.type for field in fields.values() if field.derived is None and not field.many}


def _of_another_kind(site: Site, record: Record, fields: Mapping[str, Field], values: Mapping[str, object], trail: tuple) -> Iterator[Problem]:
    units = site.vocabularies["units"].terms
    said = {kind: [(field, values[field.name]) for field in fields.values() if field.type == kind and not field.many and values[field.name] is not None] for kind in ("range", "uncertainty")}
    for field, value in said["uncertainty"]:
        if said["range"] and value.unit not in RELATIVE and units[value.unit].kind not in {units[span.unit].kind for _, span in said["range"]}:
            measured, span = said["range"][0]
            message = f"“{field.label}”的单位是 {units[value.unit].label}，“{measured.label}”的单位是 {units[span.unit].label}，不是同一种量"
            yield Problem(record.path, "uncertainty-unit", message, "检查两处的单位；相对不确定度写成 %", "warning", trail=(*trail, field.name))


# ── contacts and places ───────────────────────────────────────────────────────


def phones(site: Site) -> Iterator[Problem]:
    """A land line with the area code of another city is usually a slip; the own code is that of the settings, else what most numbers have."""
    said = [(record, field, number, number.split("-")[0]) for record, field, value in _fields(site, "phone") for number in (value if field.many else (value,)) if number.startswith("0")]
    count = Counter(code for *_, code in said)
    own = (site.config.values["phone"] or "").split("-")[0]
    if not own.startswith("0"):
        own, times = count.most_common(1)[0] if count else ("", 0)
        if times * 2 <= len(said):
            return
    for record, field, number, code in said:
        if code != own:
            yield Problem(record.path, "phone-elsewhere", f"“{field.label}”{number} 的区号不是本市的 {own}", "外地单位的电话可以这样写，在 exceptions 里说明", "warning", trail=(*record.trail, field.name))


def districts(site: Site) -> Iterator[Problem]:
    """An address that names another district than the record says."""
    for record, field, area in _fields(site, "area"):
        address = record.values.get("address")
        if field.many or not isinstance(address, str):
            continue
        terms = site.vocabularies[field.vocabulary or "areas"].terms
        near = {area} | {id for id in terms if area in _chain(terms, id) or id in _chain(terms, area)}
        other = [term.label for id, term in terms.items() if id not in near and len(term.label) > 1 and term.label in address]
        if other and terms[area].label not in address:
            message = f"地址写着“{other[0]}”，“{field.label}”却是“{terms[area].label}”"
            yield Problem(record.path, "area-address", message, "改其中一个", "warning", trail=(*record.trail, field.name))


def _chain(terms, id: str) -> list[str]:
    chain: list[str] = []
    while id in terms and id not in chain:
        chain.append(id)
        id = terms[id].broader
    return chain


# ── prose and pictures ────────────────────────────────────────────────────────


def pictures(site: Site) -> Iterator[Problem]:
    """A picture without words is nothing to who cannot see it (GB/T 37668-2019, level 1)."""
    for record, field, _ in _fields(site, "image"):
        alternative = site.collections[record.key.collection].fields.get(f"{field.name}_alt")
        if alternative is not None and not record.values[alternative.name]:
            yield Problem(record.path, "image-alt", f"有“{field.label}”，没有“{alternative.label}”", f"加一行 {alternative.name}: …，用一句话说图上是什么", "warning", trail=(*record.trail, field.name))
    for record in site.records.values():
        for match in _PICTURE.finditer(without_code(record.body)) if "![" in record.body else ():
            yield Problem(record.path, "image-alt", "正文里的图片没有说明", "写成 ![图上是什么](/files/…)", "warning", trail=(*record.trail, BODY, match.start()))


def anchors(site: Site) -> Iterator[Problem]:
    """A link to a heading that is not there. Only headings of prose have such names; sections of templates have Latin ones."""
    known: dict[Key, set[str]] = {}
    addresses = {urls.record(key): key for key in site.records}
    for record in site.records.values():
        for match in _ANCHOR.finditer(without_code(record.body)) if "#" in record.body else ():
            address, anchor = match.groups()
            key = record.key if not address else addresses.get(address)
            if key is None or (anchor.isascii() and not anchor.startswith("s-")):
                continue
            names = known.setdefault(key, {heading_id(text) for text in headings(site.records[key].body)})
            if anchor not in names:
                wanted = heading_id(anchor)
                hint = f"您是不是想写“#{wanted}”？" if wanted in names else "从浏览器地址栏复制“#”以后的部分"
                yield Problem(record.path, "anchor-broken", f"链接“{match[1]}#{anchor}”指向的小标题不存在", hint, "warning", trail=(*record.trail, BODY, match.start(1)))


def slips(site: Site) -> Iterator[Problem]:
    """What looks like Markdown and says something else, and own pages by their whole address."""
    own = site.config.values["url"]
    for record in site.records.values():
        for sign, pattern, message, hint in _SLIPS:
            for match in pattern.finditer(without_code(record.body)) if sign in record.body else ():
                yield Problem(record.path, "prose-slip", message, hint, "warning", trail=(*record.trail, BODY, match.start()))
        if own and f"]({own}" in record.body:
            place = record.body.index(f"]({own}")
            yield Problem(record.path, "prose-slip", "站内链接写了完整的网址，不会检查它", "从网站地址以后的“/”写起", "warning", trail=(*record.trail, BODY, place))


def repeated(site: Site) -> Iterator[Problem]:
    """Two records that say the same where each must say its own (`unique`)."""
    for id, collection in site.collections.items():
        for field in (field for field in collection.fields.values() if field.unique):
            said: dict[str, Key] = {}
            for key in site.members[id]:
                record = site.records[key]
                value = record.values[field.name]
                first = key if value in (None, ()) else said.setdefault(normalised(str(value)), key)
                if first != key:
                    message = f"“{field.label}”{value} 与“{site.titles[first]}”（{first.id}）的相同"
                    yield Problem(record.path, "value-shared", message, "对照原件改其中一个；两条说的是同一件事时，删去一条", trail=(*record.trail, field.name))


def twins(site: Site) -> Iterator[Problem]:
    """A record that says what another says, word by word: a copy that was not edited."""
    for id in site.collections:
        said: dict[str, list[Key]] = defaultdict(list)
        for key in site.members[id]:
            said[site.titles[key]].append(key)
        for title, keys in said.items():
            seen: dict[tuple[str, str], Key] = {}
            for key in keys if len(keys) > 1 else ():  # few share a name, and writing all values down takes time
                record = site.records[key]
                first = seen.setdefault((record.body, repr(record.values)), key)
                if first != key:
                    yield Problem(record.path, "record-twice", f"与“{title}”（{first.id}）的内容完全相同", "还没有改的，改成自己的内容；多余的，删去一条", "warning", trail=record.trail)


def years(site: Site) -> Iterator[Problem]:
    """A record that is filed under another year than that of its day. A day that need not be told is that of something else."""
    for id, collection in site.collections.items():
        name = next((name for name in ("time", "date") if name in collection.fields and collection.fields[name].required), None)
        if name is None or "year" not in collection.fields or collection.fields["year"].type != "year":
            continue
        for key in site.members[id]:
            record = site.records[key]
            day, year = record.values[name], record.values["year"]
            if day is not None and year is not None and day.year != year:
                message = f"“{collection.fields['year'].label}”是 {year}，“{collection.fields[name].label}”却在 {day.year} 年"
                yield Problem(record.path, "year-differs", message, "改其中一个", "warning", trail=(*record.trail, "year"))


def day_of(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def headings(body: str) -> list[str]:
    return [one or other for one, other in _HEADING.findall(without_code(body))]


def heading_id(text: str) -> str:
    """The id that `prose` gives to a heading."""
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    plain = re.sub(r"[^\w\s-]", "", plain.replace("*", "").replace("`", "")).strip().lower()
    return "s-" + re.sub(r"[-\s]+", "-", plain)


def without_code(body: str) -> str:
    """Prose with blanks in place of code, so that what is found in it stands where it stood."""
    return _CODE.sub(lambda code: " " * len(code[0]), body) if "`" in body else body


# ── grown old ─────────────────────────────────────────────────────────────────


def replaced_citations(site: Site) -> Iterator[Problem]:
    """A record in force that rests on a standard no longer in force. What merely tells of the past (several standards) is left alone."""
    for record, field, value in _fields(site, "standard"):
        if field.to is None or field.many or record.key.collection == field.to:
            continue
        for key in targets(field, value):
            state, now = site.validity.get(key), site.validity.get(record.key)
            if state is None or state.state != "halted" or (now is not None and now.state in ("halted", "expired")):
                continue
            newer = [site.titles[far] for far in _followers(site, key)]
            hint = f"现行的是 {'、'.join(newer)}；确认能力已按新标准认可后改引用" if newer else "查明现行的标准"
            yield Problem(record.path, "standard-outdated", f"“{field.label}”{value} {state.word}", hint, "warning", trail=(*record.trail, field.name))


def _followers(site: Site, key: Key) -> list[Key]:
    field = site.collections[key.collection].fields.get("replaced_by")
    return [far for far in targets(field, site.records[key].values["replaced_by"]) if far in site.titles] if field else []


def overdue_reviews(site: Site) -> Iterator[Problem]:
    for record in site.records.values():
        due = review_due(record)
        if due is not None and due < site.today:
            cycle = site.collections[record.key.collection].fields["review_after"].choices[record.values["review_after"]]
            yield Problem(record.path, "review-overdue", f"{site.titles[record.key]} 应在 {due} 以前重新核实", f"上次是 {record.values['verified_on']}，周期 {cycle}；核实后改 verified_on", "warning", trail=(*record.trail, "verified_on"))


def review_due(record: Record) -> date | None:
    """The day by which a record is to be verified again; None when it says no cycle."""
    last, cycle = record.values["verified_on"], record.values["review_after"]
    if last is None or cycle is None:
        return None
    month = last.month - 1 + REVIEW_MONTHS[cycle]
    first = date(last.year + month // 12, month % 12 + 1, 1)
    after = (first + timedelta(31)).replace(day=1)
    return min(first + timedelta(last.day - 1), after - timedelta(1))


# ── columns of the site ───────────────────────────────────────────────────────


def empty_columns(site: Site) -> Iterator[Problem]:
    """A column in the menu that leads to nothing."""
    for number, row in enumerate(site.config.values["menu"]):
        id = (row["to"] or "").strip("/")
        if row["to"] == urls.collection(id) and id in site.collections and not site.members[id]:
            yield Problem(site.config.path, "column-empty", f"菜单里的“{row['label']}”是空栏目，一条内容也没有", "先从菜单里去掉，有了内容再加上", "warning", trail=("menu", number, "to"))


def stale_columns(site: Site) -> Iterator[Problem]:
    """A column of news that nobody feeds. Only feeds promise to be fresh."""
    for id, collection in site.collections.items():
        last = newest(site, collection)
        days = COLUMN_DAYS.get(collection.column_type)
        if not collection.feed or days is None or last is None:
            continue
        age = (site.today - last).days
        if age > days:
            limit = "两周" if days == 14 else "六个月"
            message = f"“{collection.label}”最新的一条是 {last}，已有 {age} 天没有更新，超过{limit}"
            yield Problem(collection.path, "column-stale", message, "政府网站检查会把它记为未及时更新的栏目", "warning", trail=("label",))


def newest(site: Site, collection: Collection) -> date | None:
    """The day of the newest record by `time` or `date`; days to come are no news."""
    name = next((name for name in ("time", "date") if name in collection.fields), None)
    days = [day_of(value) for key in site.members[collection.id] if name and (value := site.records[key].values[name]) is not None]
    return max((day for day in days if day <= site.today), default=None)
