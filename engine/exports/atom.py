"""Atom (RFC 4287): the newest records of a collection. `updated` is the content's own date, never the build's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime, time
from xml.etree import ElementTree as xml

from engine import history, urls
from engine.fields import BEIJING
from engine.model import Key, Page, Record
from engine.outdated import outdated
from engine.plan import FEED_LENGTH
from engine.schema import CHANGES
from engine.view import View, facet_of, term_label

_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # all but those of XML 1.0, production 2
_ATOM = "http://www.w3.org/2005/Atom"
KINDS = CHANGES["changes"].fields["kind"].choices


def render(view: View, page: Page, html_of: Callable[[str, str], str]) -> bytes:
    """The newest records of a library, or of one value of its facet; the latter without their prose, which the former has."""
    site, config = view.site, view.site.config.values
    if isinstance(page.subject, tuple):
        id, name, value = page.subject
        collection, members, shown_at = site.collections[id], site.terms[id, name][value], urls.term(id, name, value)
        facet = facet_of(collection, name)
        title = f"{config['name']} - {collection.label} - {term_label(view, facet, value)}"
    else:
        collection, members = site.collections[page.subject], site.members[page.subject]
        title, shown_at = f"{config['name']} - {collection.label}", urls.collection(collection.id)
    is_whole = not isinstance(page.subject, tuple)
    keys = sorted(members, key=lambda key: _moment(site.records[key]), reverse=True)[:FEED_LENGTH]
    newest = max((_moment(site.records[key]) for key in keys), default=_day(date(1970, 1, 1)))
    feed = _head(view, page, title, newest, shown_at)
    for key in keys:
        _entry(feed, view, key, page, html_of if is_whole else None)
    return xml.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _head(view: View, page: Page, title: str, updated: datetime, shown_at: str):
    config = view.site.config.values
    feed = xml.Element("feed", {"xmlns": _ATOM, "xml:lang": config["language"] or "zh-CN"})
    _text(feed, "id", _identity(config["url"], page.address, config["name"]))
    _text(feed, "title", title)
    _text(feed, "updated", updated.isoformat())
    _text(xml.SubElement(feed, "author"), "name", config["owner"] or config["name"])
    if config["url"]:
        xml.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": urls.absolute(config["url"], page.address)})
    xml.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": _href(config["url"], page.address, shown_at)})
    return feed


def render_outdated(view: View, page: Page) -> bytes:
    """What is past and still cited, dated by what takes its place."""
    site, collection = view.site, view.site.collections[page.subject]
    config = site.config.values
    entries = [(max((_moment(site.records[key]) for key in (*one.successors, one.key))), one) for one in outdated(site, collection.id)]
    entries.sort(key=lambda entry: (entry[0], entry[1].key), reverse=True)
    feed = _head(view, page, f"{config['name']} - 已失效而仍被引用的{collection.item}", max((moment for moment, _ in entries), default=_day(date(1970, 1, 1))), urls.outdated(collection.id))
    for moment, one in entries:
        entry = xml.SubElement(feed, "entry")
        _text(entry, "id", _identity(config["url"], f"{urls.record(one.key)}#{one.word}", config["name"]))
        _text(entry, "title", f"{site.titles[one.key]}（{one.word}）")
        _text(entry, "updated", moment.isoformat())
        xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _href(config["url"], page.address, urls.record(one.key))})
        instead = "、".join(site.titles[key] for key in one.successors)
        _text(entry, "summary", (f"请改用：{instead}。" if instead else "") + f"仍被 {len(one.citing)} 条记录引用：{'、'.join(dict.fromkeys(site.titles[key] for key in one.citing))}")
    return xml.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def render_changes(view: View, page: Page) -> bytes:
    """What changed in the last days, and which editions took the place of others."""
    site, config = view.site, view.site.config.values
    told = []
    for one in history.changes(site):
        collection = site.collections[one.collection]
        address = urls.record(Key(one.collection, one.id)) if one.id else urls.collection(one.collection)
        title = f"{KINDS[one.kind]}：{site.titles[Key(one.collection, one.id)]}（{collection.label}）" if one.id else f"{collection.label}：{KINDS[one.kind]}"
        told.append((_day(one.on), f"{address}#{one.on.isoformat()}-{one.kind}", title, address if one.kind != history.REMOVED or collection.page else urls.CHANGES, "、".join(one.fields)))
    for one in history.editions(site):
        successors = "、".join(site.titles[key] for key in one.successors)
        told.append((_day(one.on), f"{urls.record(one.key)}#edition", f"{site.titles[one.key]} 被代替为 {successors}", urls.record(one.successors[0]), f"{one.label} {one.on.isoformat()}"))
    told = sorted(told, key=lambda one: (-one[0].timestamp(), one[1]))[: FEED_LENGTH * 2]
    feed = _head(view, page, f"{config['name']} - 变更", max((moment for moment, *_ in told), default=_day(date(1970, 1, 1))), urls.CHANGES)
    for moment, identity, title, address, summary in told:
        entry = xml.SubElement(feed, "entry")
        _text(entry, "id", _identity(config["url"], identity, config["name"]))
        _text(entry, "title", title)
        _text(entry, "updated", moment.isoformat())
        xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _href(config["url"], page.address, address)})
        if summary:
            _text(entry, "summary", summary)
    return xml.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _entry(feed, view: View, key: Key, page: Page, html_of) -> None:
    site, record = view.site, view.site.records[key]
    config, address = site.config.values, urls.record(key)
    entry = xml.SubElement(feed, "entry")
    _text(entry, "id", _identity(config["url"], address, config["name"]))
    _text(entry, "title", site.titles[key])
    _text(entry, "updated", _moment(record).isoformat())
    xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _href(config["url"], page.address, address)})
    if record.values["summary"]:
        _text(entry, "summary", record.values["summary"])
    if record.body and html_of is not None:
        _text(entry, "content", html_of(record.body, page.address), type="html")


def _text(parent, name: str, text: str, **attributes) -> None:
    xml.SubElement(parent, name, attributes).text = _NO_CHARACTER.sub("", text)


def _href(root: str | None, start: str, address: str) -> str:
    return urls.absolute(root, address) or urls.relative(start, address)


def _identity(root: str | None, address: str, name: str) -> str:
    """The address, or where the site has none yet a name-based UUID (RFC 4122) that stays the same."""
    if root:
        return root + address[1:]
    import uuid

    return f"urn:uuid:{uuid.UUID(hashlib.md5((name + address).encode(), usedforsecurity=False).hexdigest(), version=3)}"


def _moment(record: Record) -> datetime:
    values = record.values
    said = values.get("time") or values.get("date") or values["updated"] or values.get("effective") or values.get("issued")
    return said if isinstance(said, datetime) else _day(said or date(1970, 1, 1))


def _day(day) -> datetime:
    return datetime.combine(day, time(), BEIJING)
