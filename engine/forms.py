"""The forms that records carry as data: which questions a record asks, and what is wrong with them.

A collection says with `form:` which of its fields holds the questions: a table of them, or a reference to a record that has one.
The questions about whoever asks are the same everywhere and stand in `_site.yaml` (`applicant`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from engine.fields import nearest
from engine.model import Key, Problem, Site

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = {"about", "reference", "website", "service", "seconds"}  # names of the form's own fields
_NOBODY = re.compile(r"(^|\.)(example|test|invalid|localhost|your-?domain|your-?site|placeholder|httpbin|webhook|requestbin|postman-echo|beeceptor|mocky|formspree)(\.|$)|^[\d.]+$")  # RFC 2606, machines for trying things, and what people write for a while
_SHARED = {"gov", "com", "org", "net", "edu", "ac"}  # second levels under which organisations register
_PLACEHOLDERS = re.compile(r"your[-_]|xxx|<|\{|占位|填写|…|\.\.\.")


class Question(NamedTuple):
    """One question. `type` is one of text, textarea, choice, date, phone, email, number."""

    name: str
    label: str
    type: str
    is_required: bool = False
    help: str | None = None
    options: tuple[str, ...] = ()
    from_: str | None = None  # the label of a fact that the record from which the visitor comes may answer it with


class Form(NamedTuple):
    """The questions that a record asks. `owner` is the record that declares them; `version` changes when they do."""

    owner: Key
    version: str
    questions: tuple[Question, ...]


def form_of(site: Site, key: Key) -> Form | None:
    """The form of a record, its own or that of the record it refers to."""
    collection = site.collections[key.collection]
    if collection.form is None or key not in site.records:
        return None
    said = site.records[key].values.get(collection.form)
    if isinstance(said, Key):
        return form_of(site, said) if said != key else None
    if not said:
        return None
    questions = tuple(_question(row) for row in (*said, *site.config.values["applicant"]))
    return Form(key, hashlib.blake2b(repr(questions).encode(), digest_size=4).hexdigest(), questions)


def asks(site: Site, key: Key) -> bool:
    """Whether a record has questions of its own; one that refers to another's has not."""
    said = site.records[key].values.get(site.collections[key.collection].form or "")
    return bool(said) and not isinstance(said, Key)


def _question(row: Mapping[str, Any]) -> Question:
    return Question(row["name"], row["label"], row["type"], bool(row.get("required")), row.get("help"), tuple(row.get("options") or ()), row.get("from"))


# ── what is wrong ─────────────────────────────────────────────────────────────


def form_problems(site: Site) -> Iterator[Problem]:
    yield from _endpoint_problems(site)
    applicant = site.config.values["applicant"]
    names = [row["name"] for row in applicant]
    labels = {field.label for collection in site.collections.values() for field in collection.fields.values() if field.public}
    yield from _row_problems(applicant, (), labels, site.config.path, ("applicant",))
    for collection in site.collections.values():
        for key in site.members[collection.id] if collection.form else ():
            record = site.records[key]
            rows = record.values[collection.form]
            if not isinstance(rows, Key) and rows:
                yield from _row_problems(rows, names, labels, record.path, (*record.trail, collection.form))


def _row_problems(rows, taken, labels: set[str], path: str, trail: tuple) -> Iterator[Problem]:
    seen = {*taken, *_TAKEN}
    for number, row in enumerate(rows):
        name, place = row["name"] or "", (*trail, number)
        if not _NAME.fullmatch(name):
            yield Problem(path, "form-name", f"题目代号“{name}”只能用小写字母、数字和下划线，以字母开头", "换一个代号，如 sample_count", trail=(*place, "name"))
        elif name in seen:
            yield Problem(path, "form-name", f"题目代号“{name}”已经用过", "每题的代号不能相同，也不能与 _site.yaml 的 applicant 相同", trail=(*place, "name"))
        seen.add(name)
        fact = row.get("from")
        if fact and fact not in labels:
            near = nearest(fact, labels)
            yield Problem(path, "form-from", f"题目“{row['label']}”要从“{fact}”带来，没有一个库的公开项目叫这个名称", f"您是不是想写“{near}”？" if near else "写记录页上那一项的名称，如 依据标准；不带就删去 from", trail=(*place, "from"))
        if row["type"] == "choice" and len(row["options"] or ()) < 2:
            yield Problem(path, "form-options", f"题目“{row['label']}”是选一项，至少要有两个选项", "加 options: [甲, 乙]", trail=place)
        if row["type"] != "choice" and row["options"]:
            yield Problem(path, "form-options", f"题目“{row['label']}”不是选一项，不能写选项", "把题型改为“选一项”，或者去掉 options", trail=place)


def _endpoint_problems(site: Site) -> Iterator[Problem]:
    """A form that sends to a placeholder swallows what people write: worse than no form."""
    url = site.config.values["form_endpoint"]
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme != "https":
        yield Problem(site.config.path, "endpoint", "表单接收地址要以 https:// 开头，否则填写的内容会被旁人看到", "向运维要 https 地址；没有就删去这一行", trail=("form_endpoint",))
    if _NOBODY.search(parts.hostname or "") or _PLACEHOLDERS.search(url.casefold()) or re.search(r"[^a-z0-9.-]", parts.hostname or "?") or "." not in (parts.hostname or ""):
        message = f"表单接收地址“{url}”是占位的示例、试验用的或者外面到不了的地址，访问者填写的内容会石沉大海"
        yield Problem(site.config.path, "endpoint", message, "填真正能接收的地址；没有就删去这一行，表单会改为打印、发邮件或转到官方系统", trail=("form_endpoint",))
    elif site.config.values["url"] and _domain(parts.hostname) != (own := _domain(urlsplit(site.config.values["url"]).hostname or "")):
        message = f"表单接收地址在 {_domain(parts.hostname)}，不在本站的 {own} 之下：访问者的联系方式会交到别的单位"
        yield Problem(site.config.path, "endpoint", message, "只填本单位的系统；确实是的，这一条可以不管", "warning", ("form_endpoint",))


def _domain(host: str) -> str:
    """What an organisation has registered: the last two labels, or three under such as gov.cn and com.cn."""
    labels = host.split(".")
    return ".".join(labels[-3:] if len(labels[-1]) == 2 and labels[-2:-1] and labels[-2] in _SHARED else labels[-2:])
