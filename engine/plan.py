"""Which files the site has. Every file is a page: HTML, CSV, Atom and JSON differ only in their renderer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine import urls
from engine.model import Collection, Facet, Field, Key, Page, Problem, Site

PER_PAGE = 50
FEED_LENGTH = 30


def plan(site: Site) -> tuple[Page, ...]:
    """All pages, in the order in which a reader of the site map would meet them."""
    pages = [_html(urls.HOME, "home", ("home.html",))]
    for collection in site.collections.values():
        pages += _collection(site, collection)
    pages += [
        _html(urls.SEARCH, "search", ("search.html",)),
        _html(urls.SITEMAP, "sitemap", ("sitemap.html",)),
        _html(urls.NOT_FOUND, "404", ("404.html",)),
        _file("/robots.txt", "robots"),
        _file("/sitemap.xml", "sitemap"),
    ]
    pages += (_file(urls.attachment(name), "attachment", name) for name in sorted(attachments(site)))
    return tuple(pages)


def _html(address: str, kind: str, templates: tuple[str, ...], subject=None, number: int = 1) -> Page:
    return Page(urls.path(address), address, kind, "html", templates, subject, number)


def _file(address: str, renderer: str, subject=None) -> Page:
    return Page(urls.path(address), address, "file", renderer, (), subject)


def _collection(site: Site, collection: Collection) -> Iterator[Page]:
    id = collection.id
    if collection.page:
        yield from _list(urls.collection(id), "list", (f"{id}/list.html", "list.html"), id, len(site.members[id]))
        for facet in collection.facets:
            for value, keys in site.terms[id, facet.name].items():
                address = urls.term(id, facet.name, value)
                yield from _list(address, "term", (f"{id}/term.html", "term.html"), (id, facet.name, value), len(keys))
        for key in site.members[id]:
            yield _html(urls.record(key), "record", (f"{id}/record.html", "record.html"), key)
        yield from _former(site, collection)
    for format in collection.exports:
        yield _file(urls.export(id, format), format, id)
    if collection.feed:
        yield _file(urls.feed(id), "atom", id)


def _list(address: str, kind: str, templates: tuple[str, ...], subject, count: int) -> Iterator[Page]:
    for number in range(1, max(1, -(-count // PER_PAGE)) + 1):
        yield _html(urls.numbered(address, number), kind, templates, subject, number)


def _former(site: Site, collection: Collection) -> Iterator[Page]:
    """Tombstones of what is retired, and signposts at former addresses of what is not."""
    for key in sorted(site.retired):
        if key.collection == collection.id:
            yield _html(urls.record(key), "retired", ("retired.html",), key)
    for key in site.members[collection.id]:
        for address in site.records[key].values["redirect_from"]:
            yield _html(address, "redirect", ("redirect.html",), key)


def page_of_term(collection: Collection, facet: Facet, value: str) -> str | None:
    return urls.term(collection.id, facet.name, value) if collection.page else None


def attachments(site: Site) -> set[str]:
    """The files that public records name; others are not published."""
    named: set[str] = set()
    for key, record in site.records.items():
        named.update(_files_of(site.collections[key.collection].fields, record.values))
    return named


def _files_of(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[str]:
    for name, field in fields.items():
        if field.type == "table":
            for row in values[name]:
                yield from _files_of(field.fields, row)
        elif field.type in ("file", "image") and values[name]:
            yield from values[name] if field.many else (values[name],)


def doubled_addresses(pages: tuple[Page, ...], site: Site) -> Iterator[Problem]:
    """Two pages must not be kept in one file, nor in two that a file system without case takes for one."""
    seen: dict[str, Page] = {}
    for page in pages:
        first = seen.setdefault(page.path.casefold(), page)
        if first is not page:
            wrong = first if first.kind == "redirect" else page
            record = site.records.get(wrong.subject) if isinstance(wrong.subject, Key) else None
            path, trail = (record.path, record.trail) if record else (site.config.path, ())
            yield Problem(path, "address-duplicate", f"地址“{page.address}”已被另一个页面占用", "改编号，或者改旧地址（redirect_from）", trail=trail)
