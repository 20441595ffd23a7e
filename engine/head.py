"""What surrounds a page: title, description, breadcrumbs, and the META tags of Chinese government websites.

The tags are those of 《政府网站发展指引》 (国办发〔2017〕47号), annex 网页设计规范: three on every page, seven on columns, ten and
more on content. What is not known is left out, never made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from engine import urls
from engine.model import Collection, Key, Page, Site
from engine.view import View, term_label

_DESCRIPTION = 160
_WORDED = {"validity": "due", "compare": "compare", "search": "search", "sitemap": "sitemap", "404": "missing"}


def surroundings(view: View, page: Page, words: SimpleNamespace) -> SimpleNamespace:
    """The variable `page` of templates."""
    site = view.site
    config = site.config.values
    collection = _collection(site, page)
    title = _title(view, page, collection, words)
    description = _description(site, page, collection)
    return SimpleNamespace(
        kind=page.kind,
        finding=page.kind not in ("home", "search") and not (page.kind == "section" and _section(site, page)["finder"]),
        title=title,
        description=description,
        address=page.address,
        section=collection.id if collection else page.subject if page.kind == "section" else None,
        breadcrumbs=_breadcrumbs(page, collection, title, words),
        canonical=None if page.kind == "404" else urls.absolute(config["url"], page.address),
        sample=_is_sample(site, page),
        meta=list(_meta(site, page, collection, title, description)),
        feed=_feed(site),
    )


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
    if collection is None:
        return getattr(words, _WORDED[page.kind]).title if page.kind in _WORDED else site.config.values["name"]
    number = f"（第 {page.number} 页）" if page.number > 1 else ""
    if page.kind == "list":
        return collection.label + number
    if page.kind == "outdated":
        return words.outdated.title % collection.item
    facet = next(facet for facet in collection.facets if facet.name == page.subject[1])
    return f"{facet.label}：{term_label(view, facet, page.subject[2])} - {collection.label}{number}"


def _section(site: Site, page: Page) -> Mapping[str, Any]:
    """What _site.yaml says of a page that stands by itself."""
    return next(row for row in site.config.values["sections"] if row["id"] == page.subject)


def _sheet_label(page: Page, collection: Collection | None) -> str | None:
    return collection.sheets[page.address.split("/")[-2]] if page.kind == "sheet" else None


def _description(site: Site, page: Page, collection: Collection | None) -> str | None:
    if page.kind == "section":
        return _section(site, page)["summary"]
    if isinstance(page.subject, Key) and page.subject in site.records:
        said = site.records[page.subject].values["summary"] or " ".join(site.records[page.subject].body.split())
        return said[:_DESCRIPTION] or None
    return collection.summary if collection else site.config.values["description"]


def _breadcrumbs(page: Page, collection: Collection | None, title: str, words: SimpleNamespace) -> list[SimpleNamespace]:
    if page.kind == "home":
        return []
    trail = [SimpleNamespace(label=words.base.home, address=urls.HOME)]
    if collection and page.kind != "list":
        trail.append(SimpleNamespace(label=collection.label, address=urls.collection(collection.id)))
    if page.kind == "sheet":
        label, name = title.split("：", 1)
        return [*trail, SimpleNamespace(label=name, address=urls.record(page.subject)), SimpleNamespace(label=label, address=None)]
    return [*trail, SimpleNamespace(label=title.removesuffix(f" - {collection.label}") if collection else title, address=None)]


def _is_sample(site: Site, page: Page) -> bool:
    """Whether the page shows a fictional record. Once there is one, every page that lists records may."""
    if isinstance(page.subject, Key):
        return page.subject in site.records and bool(site.records[page.subject].values["sample"] or _relates_to_sample(site, page.subject))
    return any(record.values["sample"] for record in site.records.values())


def _relates_to_sample(site: Site, key: Key) -> bool:
    return any(site.records[far].values["sample"] for keys in site.backlinks.get(key, {}).values() for far in keys)


def _feed(site: Site) -> SimpleNamespace | None:
    for collection in site.collections.values():
        if collection.feed:
            return SimpleNamespace(title=f"{site.config.values['name']} - {collection.label}", address=urls.feed(collection.id))
    return None


def _meta(site: Site, page: Page, collection: Collection | None, title: str, description: str | None):
    config = site.config.values
    yield _tag("SiteName", config["name"])
    if config["url"]:
        yield _tag("SiteDomain", urlsplit(config["url"]).hostname)
    if config["filings"]["site_code"]:
        yield _tag("SiteIDCode", config["filings"]["site_code"])
    if collection is not None:
        yield _tag("ColumnName", collection.label)
        yield _tag("ColumnDescription", collection.summary or collection.label)
        yield _tag("ColumnKeywords", ",".join(dict.fromkeys((collection.label, collection.item))))
        yield _tag("ColumnType", collection.column_type)
    if page.kind == "section":
        said = _section(site, page)
        yield _tag("ColumnName", said["label"])
        yield _tag("ColumnDescription", said["summary"] or said["label"])
        yield _tag("ColumnKeywords", said["label"])
        yield _tag("ColumnType", said["column_type"] or "办事服务")
    if page.kind == "record":
        values = site.records[page.subject].values
        yield _tag("ArticleTitle", title)
        published = _published(values)
        if published:
            yield _tag("PubDate", published)
        yield _tag("ContentSource", values.get("origin") or config["owner"] or config["name"])
        if values["aliases"]:
            yield _tag("Keywords", ",".join(values["aliases"]))
        if values.get("author"):
            yield _tag("Author", values["author"])
        if config["url"]:
            yield _tag("Url", urls.absolute(config["url"], page.address))
    if description:
        yield _tag("Description", description)


def _published(values) -> str | None:
    """`YYYY-MM-DD HH:MM`, Beijing time: the moment of publication, or the start of the day on which the record was last updated."""
    if values.get("time"):
        return values["time"].strftime("%Y-%m-%d %H:%M")
    return f"{values['updated']} 00:00" if values["updated"] else None


def _tag(name: str, content: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, content=content)
