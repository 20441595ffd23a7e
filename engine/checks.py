"""What no single file can show to be wrong. Each check is a function of the site; all of them run, none stops another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from engine.events import Event, event_problems
from engine.exceptions import excused
from engine.fields import nearest
from engine.forms import form_problems
from engine.identifiers import standard_id
from engine.model import Key, Page, Problem, Site
from engine.plan import doubled_addresses, plan
from engine.privacy import personal_data
from engine.show import Names, text_of
from engine.source import BODY
from engine.substance import condensed, day_of, substance, without_code

_NO_NAME = re.compile(r"[/\\<>:\"|?*\x00-\x1f]")
_ADDRESS = re.compile(r"/(?:[a-z0-9-]+/)*")
_PROSE_LINKS = {"](": re.compile(r"\]\(\s*<?([^)\s>]+)"), "]:": re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?([^)\s>]+)", re.M)}  # by what a text with one holds
_ELSEWHERE = re.compile(r"#|[a-zA-Z][a-zA-Z0-9+.-]*:")
MAX_BRACKETS = 1500  # beyond them the Markdown library takes seconds, since it looks for the end of each
MAX_NESTING = 20
_INDENT = " " * 4 * MAX_NESTING
_DEEP = re.compile(rf"^(?:{_INDENT}|(?:> ?){{{MAX_NESTING}}})", re.M)


def check(site: Site, files: Sequence[Problem] = ()) -> list[Problem]:
    """What is wrong with the site, and with the files that it publishes (`inspection` reads those)."""
    return condensed(excused(site, [*found(site), *files]))


def found(site: Site) -> list[Problem]:
    """Each problem by itself, those that are declared as exceptions among them."""
    pages = plan(site)
    return [*doubled_addresses(pages, site), *paths_astray(site, pages), *of_records(site, pages)]


def of_records(site: Site, pages: Collection[Page]) -> list[Problem]:
    """What the records say that is wrong, and the declarations. Of a part of the site (`relink.part`), what is an error here is one of the whole."""
    asked = (personal_data, substance, standard_ids, partial(site_links, pages=pages), days_to_come, prose_too_complex, former_addresses, form_problems, replaced_standards, event_problems, libraries_and_claims)
    return [problem for ask in asked for problem in ask(site)]


def paths_astray(site: Site, pages: tuple[Page, ...]) -> Iterator[Problem]:
    """No file may lie outside the output, or under a name that some systems cannot keep or take for another."""
    for page in pages:
        parts = page.path.split("/") if page.path.isascii() else [unicodedata.normalize("NFKC", part) for part in page.path.split("/")]
        if any(not part.strip(" .") or part.endswith((" ", ".")) or len(part.encode()) > 255 or _NO_NAME.search(part) for part in parts):
            key = page.subject.key if isinstance(page.subject, Event) else page.subject
            record = site.records.get(key) if isinstance(key, Key) else None
            path, trail = (record.path, record.trail) if record else (site.config.path, ())
            yield Problem(path, "address-form", f"地址“{page.address[:80]}”不能用作文件名", "编号、选项的键、旧地址只用小写字母、数字和连字号", trail=trail)


def standard_ids(site: Site) -> Iterator[Problem]:
    """A standard is found by its number, so its id must be made from it."""
    for id, collection in site.collections.items():
        field = collection.fields.get("number")
        if field is None or field.type != "standard" or field.to is not None:
            continue
        for key in site.members[id]:
            record = site.records[key]
            wanted = standard_id(record.values["number"] or key.id)  # a missing number is told elsewhere
            if key.id != wanted:
                message = f"标准 {record.values['number']} 的编号应为“{wanted}”，这里是“{key.id}”"
                yield Problem(record.path, "standard-id", message, "标准的编号由标准号得来，引用才能找到它", trail=(*record.trail, "id"))


def days_to_come(site: Site) -> Iterator[Problem]:
    """What is said to have happened has happened."""
    for id, collection in site.collections.items():
        past = [field for field in collection.fields.values() if field.past]
        for key in site.members[id]:
            record = site.records[key]
            for field in past:
                value = record.values[field.name]
                if value is not None and (value > site.today.year if field.type == "year" else day_of(value) > site.today):
                    said = text_of(field, value, Names(site.collections, site.vocabularies, site.titles))
                    yield Problem(record.path, "date-future", f"“{field.label}”{said} 在今天（{site.today}）之后", "写实际发生的日期", trail=(*record.trail, field.name))


def former_addresses(site: Site) -> Iterator[Problem]:
    for record in site.records.values():
        for number, address in enumerate(record.values["redirect_from"]):
            if not _ADDRESS.fullmatch(address) or address == "/":
                message = f"旧地址“{address}”不是站内地址"
                yield Problem(record.path, "address-form", message, "写成 /experts/old-id/ 这样，以“/”开头和结尾", trail=(*record.trail, "redirect_from", number))


def replaced_standards(site: Site) -> Iterator[Problem]:
    """A standard that is replaced should say by which, so that everybody who cites it can be told."""
    for id, collection in site.collections.items():
        if "replaced_by" not in collection.fields or "status" not in collection.fields:
            continue
        for key in site.members[id]:
            record = site.records[key]
            if record.values["status"] == "replaced" and not record.values["replaced_by"]:
                message = f"{site.titles[key]} 已被代替，没有写由哪项标准代替"
                yield Problem(record.path, "replacement-unsaid", message, "加一行 replaced_by: …", "warning", trail=(*record.trail, "status"))


def libraries_and_claims(site: Site) -> Iterator[Problem]:
    config, path = site.config.values, site.config.path
    named = [(("libraries", number), id) for number, id in enumerate(config["libraries"])]
    named += [(("claims", number, "collection"), row["collection"]) for number, row in enumerate(config["claims"]) if row["collection"]]
    named += [((name,), config[name]) for name in ("latest", "places") if config[name]]
    for trail, id in named:
        if id not in site.collections:
            near = nearest(id, site.collections)
            yield Problem(path, "reference-missing", f"没有“{id}”这个库", f"您是不是想写“{near}”？" if near else "", trail=trail)


def site_links(site: Site, pages: Collection[Page]) -> Iterator[Problem]:
    """Links inside the site, in prose and in the menu, must land."""
    addresses = {page.address for page in pages}
    dead = partial(_dead_link, addresses, site.unread)
    for number, row in enumerate(site.config.values["menu"]):
        yield from dead(row["to"] or "", site.config.path, {"trail": ("menu", number, "to")})
    for name in ("ask", "correction", "statement"):
        if site.config.values[name]:
            yield from dead(site.config.values[name], site.config.path, {"trail": (name,)})
    for collection in site.collections.values():
        if collection.request:
            yield from dead(collection.request, collection.path, {"trail": ("request",)})
    for record in site.records.values():
        for sign, pattern in _PROSE_LINKS.items():
            for match in pattern.finditer(without_code(record.body)) if sign in record.body else ():
                if not _ELSEWHERE.match(match[1]):
                    yield from dead(match[1], record.path, {"trail": (*record.trail, BODY, match.start(1))})


def prose_too_complex(site: Site) -> Iterator[Problem]:
    """Text that would keep the Markdown library busy for long is refused before it is rendered."""
    for record in site.records.values():
        if record.body.count("[") > MAX_BRACKETS:
            yield Problem(record.path, "prose-brackets", f"正文里的“[”超过 {MAX_BRACKETS} 个", "分成几篇，或者检查是不是粘贴错了", trail=(*record.trail, BODY, 0))
        if (">" in record.body or _INDENT in record.body) and (deep := _DEEP.search(record.body)):
            message = f"正文里的列表或引用嵌套超过 {MAX_NESTING} 层"
            yield Problem(record.path, "prose-depth", message, "减少缩进的层数", trail=(*record.trail, BODY, deep.start()))


def _dead_link(addresses: set[str], unread: Collection[str], link: str, path: str, place: dict) -> Iterator[Problem]:
    address = link.split("#")[0].split("?")[0]
    if address in addresses or not address or address.strip("/").partition("/")[0] in unread:
        return
    near = address + "/" if address + "/" in addresses else nearest(address, addresses) if len(addresses) < 20_000 else None
    yield Problem(path, "link-broken", f"站内链接“{link}”没有对应的页面", f"您是不是想写“{near}”？" if near else "从浏览器地址栏复制“/”以后的部分", **place)
