"""What surrounds a page: title, description, breadcrumbs, and what it says of itself to machines (`meta`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.meta import graph, metas
from engine.model import Collection, Key, Page, Record, Site
from engine.prose import plain_text
from engine.show import text_of
from engine.view import View, columns_of, facet_of, term_label

_DESCRIPTION = 160
_WORDED = {"validity": "due", "compare": "compare", "search": "search", "sitemap": "sitemap", "404": "missing", "data": "data", "changes": "changes", "checks": "checks"}


class Head:
    """The variable `page` of templates. Templates say different things of a page: what is not asked for is not worked out."""

    def __init__(self, view: View, page: Page, words: SimpleNamespace, linked: Callable[[View, Page, Head], str | None]):
        """`linked` gives the page's block of JSON-LD, as markup."""
        site, config = view.site, view.site.config.values
        collection = _collection(site, page)
        self._view, self._page, self._words, self._linked, self._collection = view, page, words, linked, collection
        self.kind, self.address = page.kind, page.address
        self.finding = page.kind not in ("home", "search") and not (page.kind == "section" and _section(site, page)["finder"])
        self.title = _title(view, page, collection, words)
        self.section = collection.id if collection else page.subject if page.kind == "section" else None
        self.canonical = None if page.kind == "404" else urls.absolute(config["url"], urls.record(page.subject) if page.kind == "redirect" else page.address)

    description = cached_property(lambda self: _description(self._view, self._page, self._collection, self._words))
    breadcrumbs = cached_property(lambda self: _breadcrumbs(self._page, self._collection, self.title, self._words))
    sample = cached_property(lambda self: _is_sample(self._view, self._page))
    meta = cached_property(lambda self: list(metas(self._view, self._page, self._collection, _column(self._view.site, self._page, self._words), self.title, self.description)))
    graph = cached_property(lambda self: list(graph(self._view, self._page, self._collection, self.title, self.description)))
    feed = cached_property(lambda self: _feed(self._view, self._page, self._collection))
    opensearch = cached_property(lambda self: urls.OPENSEARCH if self._view.site.config.values["url"] else None)
    linked = cached_property(lambda self: self._linked(self._view, self._page, self))


def _collection(site: Site, page: Page) -> Collection | None:
    if isinstance(page.subject, Key):
        return site.collections[page.subject.collection]
    if page.kind in ("list", "term", "outdated"):
        return site.collections[page.subject[0] if page.kind == "term" else page.subject]
    return None


def _title(view: View, page: Page, collection: Collection | None, words: SimpleNamespace) -> str:
    site = view.site
    if isinstance(page.subject, Key):
        label = _sheet_label(page, collection)
        return f"{label}：{site.titles[page.subject]}" if label else site.titles[page.subject]
    if page.kind == "section":
        return _section(site, page)["label"]
    if page.kind == "dataset":
        return words.data.of % site.collections[page.subject].label
    if collection is None:
        return getattr(words, _WORDED[page.kind]).title if page.kind in _WORDED else site.config.values["name"]
    number = f"（第 {page.number} 页）" if page.number > 1 else ""
    if page.kind == "list":
        return collection.label + number
    if page.kind == "outdated":
        return words.outdated.title % collection.item
    facet = facet_of(collection, page.subject[1])
    return f"{facet.label}：{term_label(view, facet, page.subject[2])} - {collection.label}{number}"


def _section(site: Site, page: Page) -> Mapping[str, Any]:
    """What _site.yaml says of a page that stands by itself."""
    return next(row for row in site.config.values["sections"] if row["id"] == page.subject)


def _column(site: Site, page: Page, words: SimpleNamespace) -> SimpleNamespace | None:
    """What column a page is that shows no collection."""
    if page.kind in ("data", "dataset"):
        return SimpleNamespace(label=words.data.title, summary=words.data.lede, type="数据开放")
    if page.kind in ("changes", "checks"):
        said = getattr(words, page.kind)
        return SimpleNamespace(label=said.title, summary=said.lede, type="数据发布")
    if page.kind != "section":
        return None
    said = _section(site, page)
    return SimpleNamespace(label=said["label"], summary=said["summary"], type=said["column_type"] or "办事服务")


def _sheet_label(page: Page, collection: Collection | None) -> str | None:
    return collection.sheets[page.address.split("/")[-2]] if page.kind == "sheet" else None


def _description(view: View, page: Page, collection: Collection | None, words: SimpleNamespace) -> str | None:
    """Its summary, the beginning of its prose, or the facts that its library's list shows; for other pages what they are for."""
    site = view.site
    if page.kind in ("data", "changes", "checks"):
        return getattr(words, page.kind).lede
    if page.kind == "section":
        return _section(site, page)["summary"]
    if page.kind == "dataset":
        return site.collections[page.subject].summary
    if isinstance(page.subject, Key) and page.subject in site.records:
        record = site.records[page.subject]
        said = record.values["summary"] or " ".join(plain_text(record.body).split()) or "；".join(_facts(view, record, collection))
        return said[:_DESCRIPTION] or None
    return collection.summary if collection else site.config.values["description"]


def _facts(view: View, record: Record, collection: Collection) -> Iterator[str]:
    yield f"{collection.item}：{view.site.titles[record.key]}"
    for field in columns_of(collection):
        value = record.values[field.name]
        if value not in (None, ()) and field.type != "table":
            yield f"{field.label} {text_of(field, value, view.names)}"


def _breadcrumbs(page: Page, collection: Collection | None, title: str, words: SimpleNamespace) -> list[SimpleNamespace]:
    if page.kind == "home":
        return []
    trail = [SimpleNamespace(label=words.base.home, address=urls.HOME)]
    if collection and page.kind != "list":
        trail.append(SimpleNamespace(label=collection.label, address=urls.collection(collection.id)))
    if page.kind == "dataset":
        trail.append(SimpleNamespace(label=words.data.title, address=urls.DATA))
    if page.kind == "sheet":
        label, name = title.split("：", 1)
        return [*trail, SimpleNamespace(label=name, address=urls.record(page.subject)), SimpleNamespace(label=label, address=None)]
    return [*trail, SimpleNamespace(label=title.replace(f" - {collection.label}", "") if page.kind == "term" else title, address=None)]


def _is_sample(view: View, page: Page) -> bool:
    """Whether the page shows a fictional record. Once there is one, every page that lists records may."""
    if isinstance(page.subject, Key):
        if page.subject in view.site.retired:
            return view.site.retired[page.subject].is_sample
        record = view.site.records.get(page.subject)
        return record is not None and bool(record.values["sample"] or _relates_to_sample(view.site, page.subject))
    return view.has_samples


def _relates_to_sample(site: Site, key: Key) -> bool:
    return any(site.records[far].values["sample"] for keys in site.backlinks.get(key, {}).values() for far in keys)


def _feed(view: View, page: Page, collection: Collection | None) -> SimpleNamespace | None:
    """What to subscribe to: the newest of this value of a facet, of this library, or of the site."""
    site = view.site
    name = site.config.values["name"]
    if page.kind == "changes":
        return SimpleNamespace(title=f"{name} - 变更", address=urls.CHANGES_FEED)
    if page.kind == "term" and page.subject[1] in collection.feeds:
        facet = facet_of(collection, page.subject[1])
        return SimpleNamespace(title=f"{name} - {collection.label} - {term_label(view, facet, page.subject[2])}", address=urls.term_feed(*page.subject))
    latest = site.collections.get(site.config.values["latest"])
    for one in (collection, latest, *site.collections.values()):
        if one is not None and one.feed:
            return SimpleNamespace(title=f"{name} - {one.label}", address=urls.feed(one.id))
    return None
