"""What a page says of itself in its head: the META tags of Chinese government websites, and Open Graph for whoever shares it.

The META tags are those of 《政府网站发展指引》 (国办发〔2017〕47号), annex 网页设计规范: three on every page, seven on columns, ten and
more on content. What is not known is left out, never made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from engine import urls
from engine.model import Collection, Page
from engine.show import text_of
from engine.view import View

_KEYWORDS = 10
_ARTICLES = ("record", "sheet")
_LOCALES = {"zh-CN": "zh_CN"}


def metas(view: View, page: Page, collection: Collection | None, column: SimpleNamespace | None, title: str, description: str | None) -> Iterator[SimpleNamespace]:
    """`column` is what a page that belongs to no collection is a column of: label, summary, type."""
    config = view.site.config.values
    yield from _site(config["name"], config["url"], config["filings"]["site_code"])
    if collection is not None:
        yield from _column(collection.label, collection.summary, (collection.label, collection.item), collection.column_type)
    elif column is not None:
        yield from _column(column.label, column.summary, (column.label,), column.type)
    if page.kind in _ARTICLES:
        yield from _article(view, page, collection, title)
    if description:
        yield _tag("Description", description)


@cache
def _site(name: str, url: str | None, code: str | None) -> tuple[SimpleNamespace, ...]:
    said = (("SiteName", name), ("SiteDomain", urlsplit(url).hostname if url else None), ("SiteIDCode", code))
    return tuple(_tag(tag, value) for tag, value in said if tag == "SiteName" or value)


@cache
def _column(label: str, summary: str | None, keywords: tuple[str, ...], type: str) -> tuple[SimpleNamespace, ...]:
    said = (("ColumnName", label), ("ColumnDescription", summary or label), ("ColumnKeywords", ",".join(dict.fromkeys(keywords))), ("ColumnType", type))
    return tuple(_tag(tag, value) for tag, value in said)


def _article(view: View, page: Page, collection: Collection, title: str) -> Iterator[SimpleNamespace]:
    config, values = view.site.config.values, view.site.records[page.subject].values
    yield _tag("ArticleTitle", title)
    published = _published(collection, values)
    if published:
        yield _tag("PubDate", published)
    yield _tag("ContentSource", values.get("origin") or config["owner"] or config["name"])
    keywords = _keywords(view, collection, values)
    if keywords:
        yield _tag("Keywords", ",".join(keywords))
    author = values.get("author") or values.get("editor")
    if author:
        yield _tag("Author", author)
    if config["url"]:
        yield from (_tag("Image", image) for image in (_image(config["url"], collection, values),) if image)
        yield _tag("Url", urls.absolute(config["url"], page.address))


def _published(collection: Collection, values: Mapping[str, Any]) -> str | None:
    """`YYYY-MM-DD HH:MM`, Beijing time: the moment of publication, or the start of the day of the last change or of what the collection is dated by."""
    said = values.get("time") or values["updated"] or next((values[name] for name in collection.dated if values.get(name)), None)
    if said is None:
        return None
    return said.strftime("%Y-%m-%d %H:%M") if isinstance(said, datetime) else f"{said.isoformat()} 00:00"


def _keywords(view: View, collection: Collection, values: Mapping[str, Any]) -> list[str]:
    """Other names of the record, then the words of vocabularies that it is filed under."""
    found = dict.fromkeys(values["aliases"])
    for facet in collection.facets:
        field = facet.field
        if facet.table is None and field.type == "term" and field.derived is None and values[field.name]:
            found |= dict.fromkeys(text_of(field, values[field.name], view.names).split("、"))
    return list(found)[:_KEYWORDS]


def _image(root: str, collection: Collection, values: Mapping[str, Any]) -> str | None:
    """The first picture of the record, in full."""
    for field in collection.fields.values():
        if field.type == "image" and values[field.name]:
            return urls.absolute(root, urls.attachment(values[field.name][0] if field.many else values[field.name]))
    return None


def graph(view: View, page: Page, collection: Collection | None, title: str, description: str | None) -> Iterator[SimpleNamespace]:
    """Open Graph (ogp.me): the four required properties and what is known besides. Without an address of the site's own there is nothing to share."""
    config = view.site.config.values
    if not config["url"] or page.kind == "404":
        return
    record = view.site.records.get(page.subject) if page.kind == "record" else None
    image = _image(config["url"], collection, record.values) if record else None
    yield _tag("og:type", "article" if record and record.values.get("time") else "profile" if record and collection.schema_org and collection.schema_org.type == "Person" else "website")
    yield _tag("og:title", title)
    yield _tag("og:url", urls.absolute(config["url"], page.address))
    yield _tag("og:site_name", config["name"])
    yield _tag("og:locale", _LOCALES.get(config["language"] or "zh-CN", config["language"]))
    if description:
        yield _tag("og:description", description)
    if image:
        yield _tag("og:image", image)
    if record and record.values.get("time"):
        yield _tag("article:published_time", record.values["time"].isoformat())


def _tag(name: str, content: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, content=content)
