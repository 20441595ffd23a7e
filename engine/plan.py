"""Which files the site has. Every file is a page: HTML, CSV, Atom and JSON differ only in their renderer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine import urls
from engine.events import Event, events_of
from engine.forms import asks
from engine.model import Collection, Field, Key, Page, Problem, Site

PER_PAGE = 50
ROWS = 50  # records in one share of the data for scripts
FEED_LENGTH = 30
MAPPED = 50_000  # addresses in one file of the map of the site (sitemaps.org)
_LISTED = {"home", "list", "term", "record", "section", "sitemap", "validity", "data", "dataset", "changes", "checks"}


def plan(site: Site) -> tuple[Page, ...]:
    """All pages, in the order in which a reader of the site map would meet them."""
    pages = [_html(urls.HOME, "home", ("home.html",))]
    for row in site.config.values["sections"]:
        pages.append(_html(urls.collection(row["id"]), "section", (f"sections/{row['id']}.html", "section.html"), row["id"]))
    held = {*site.held}
    for collection in site.collections.values():
        pages += _collection(site, collection)
        pages += _for_scripts(site, collection)
        pages += (_file(urls.expiries(key), "expiries", key) for key in site.members[collection.id] if key in held)
    pages += [
        _html(urls.VALIDITY, "validity", ("validity.html",)),
        _html(urls.COMPARE, "compare", ("compare.html",)),
        _file(urls.COMPARISONS, "comparisons"),
        *_data(site),
        _html(urls.CHANGES, "changes", ("changes.html",)),
        _file(urls.CHANGES_FEED, "changes"),
        _html(urls.CHECKS, "checks", ("checks.html",)),
        _html(urls.SEARCH, "search", ("search.html",)),
        _html(urls.SITEMAP, "sitemap", ("sitemap.html",)),
        _html(urls.NOT_FOUND, "404", ("404.html",)),
        _file("/robots.txt", "robots"),
    ]
    pages += _maps(pages)
    pages += [
        *([_file(urls.OPENSEARCH, "opensearch")] if site.config.values["url"] else []),
        *(_file(address, "headers") for address in urls.HOSTING),
    ]
    pages += (_file(urls.attachment(name), "attachment", name) for name in sorted({name for _, _, name in attached(site)}))
    return tuple(pages)


def _html(address: str, kind: str, templates: tuple[str, ...], subject=None, number: int = 1) -> Page:
    return Page(urls.path(address), address, kind, "html", templates, subject, number)


def _file(address: str, renderer: str, subject=None, number: int = 1) -> Page:
    return Page(urls.path(address), address, "file", renderer, (), subject, number)


def listed(pages: Iterable[Page]) -> list[Page]:
    """Every page that a visitor may want to find."""
    return [page for page in pages if page.kind in _LISTED]


def _maps(pages: Iterable[Page]) -> list[Page]:
    """The map of the site: one file, or as many as it takes and one that names them."""
    parts = -(-len(listed(pages)) // MAPPED)
    if parts < 2:
        return [_file(urls.MAP, "sitemap")]
    return [_file(urls.MAP, "sitemaps"), *(_file(urls.map_part(number), "sitemap", None, number) for number in range(1, parts + 1))]


def _collection(site: Site, collection: Collection) -> Iterator[Page]:
    id = collection.id
    if collection.page:
        yield from _list(urls.collection(id), "list", (f"{id}/list.html", "list.html"), id, len(site.members[id]))
        for facet in collection.facets:
            for value, keys in site.terms[id, facet.name].items():
                address = urls.term(id, facet.name, value)
                yield from _list(address, "term", (f"{id}/term.html", "term.html"), (id, facet.name, value), len(keys))
        templates, further = (f"{id}/record.html", "record.html"), _further(collection)
        for key in site.members[id]:
            yield _html(urls.record(key), "record", templates, key)
            for pages in further:
                yield from pages(site, collection, key)
        yield from _former(site, collection)
    for format in collection.exports:
        yield _file(urls.export(id, format), format, id)
    if collection.outdated:
        yield _html(urls.outdated(id), "outdated", (f"{id}/outdated.html", "outdated.html"), id)
        yield _file(urls.outdated_feed(id), "outdated", id)
    if collection.feed:
        yield _file(urls.feed(id), "atom", id)
        yield from (_file(urls.term_feed(id, name, value), "atom", (id, name, value)) for name in collection.feeds for value in site.terms[id, name])
    if collection.calendar:
        yield _file(urls.agenda(id), "agenda", id)


def _data(site: Site) -> Iterator[Page]:
    """The pages about the published data. They say what its files weigh, so those are made first (`datasets.is_data`)."""
    yield _html(urls.DATA, "data", ("data.html",))
    yield from (_html(urls.dataset(collection.id), "dataset", ("dataset.html",), collection.id) for collection in published(site))
    yield from (_file(urls.schema(collection.id), "schema", collection.id) for collection in published(site) if "json" in collection.exports)
    yield _file(urls.DICTIONARY, "dictionary")
    yield _file(urls.CATALOGUE, "catalogue")


def published(site: Site) -> list[Collection]:
    """The libraries whose records can be had as data."""
    return [collection for collection in site.collections.values() if collection.exports]


def _sheets(site: Site, collection: Collection, key: Key) -> Iterator[Page]:
    for name in collection.sheets:
        if name not in collection.fields or site.records[key].values[name] not in (None, ()):
            yield _html(urls.sheet(key, name), "sheet", (f"{collection.id}/{name}.html", "sheet.html"), key)


def _blank(site: Site, collection: Collection, key: Key) -> Iterator[Page]:
    if asks(site, key):
        yield _file(urls.blank(key), "blank", key)


def _card(site: Site, collection: Collection, key: Key) -> Iterator[Page]:
    yield _file(urls.contact(key), "vcard", key)


def _events(site: Site, collection: Collection, key: Key) -> Iterator[Page]:
    return (_file(urls.event(key, event.code), "agenda", event) for event in events_of(site, key))


_FURTHER = {"sheets": _sheets, "form": _blank, "card": _card, "calendar": _events}  # by what a collection declares


def _further(collection: Collection) -> list[Callable[[Site, Collection, Key], Iterator[Page]]]:
    """What gives each record of a collection its further pages."""
    return [pages for declared, pages in _FURTHER.items() if getattr(collection, declared)]


def brought(site: Site, key: Key) -> tuple[Any, ...]:
    """All that a record by itself brings into the plan: besides, only lists, facets and panels decide which files there are."""
    record, collection = site.records[key], site.collections[key.collection]
    further = (page for pages in _further(collection) for page in pages(site, collection, key))
    return (*further, *record.values["redirect_from"], *named_files(collection.fields, record.values))


def _for_scripts(site: Site, collection: Collection) -> Iterator[Page]:
    """What the list's filter and the comparison load: the whole library in small integers, and its records in shares."""
    id = collection.id
    shares = range(-(-len(site.members[id]) // ROWS))
    if is_filtered(site, collection):
        yield _file(urls.filter(id), "filter", id)
        if has_ranges(collection):
            yield _file(urls.ranges(id), "ranges", id)
        yield from (_file(urls.rows(id, number), "rows", id, number) for number in shares)
    if id in compared(site):
        yield from (_file(urls.comparison(id, number), "comparison", id, number) for number in shares)


def is_filtered(site: Site, collection: Collection) -> bool:
    return collection.page and any(site.terms[collection.id, facet.name] for facet in collection.facets)


def has_ranges(collection: Collection) -> bool:
    """Whether its records, or rows of theirs, say from where to where they measure."""
    return any(field.type == "range" or any(column.type == "range" for column in field.fields.values()) for field in collection.fields.values())


def compared(site: Site) -> list[str]:
    """The libraries whose records a visitor may put side by side: those of the home page."""
    return [id for id in site.config.values["libraries"] if id in site.collections and site.collections[id].page]


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


def attached(site: Site) -> Iterator[tuple[Key, Field, str]]:
    """The files that public records name, each with the record and its field; others are not published."""
    for id, collection in site.collections.items():
        fields = {name: field for name, field in collection.fields.items() if _may_name_files(field)}
        for key in site.members[id] if fields else ():
            yield from ((key, field, name) for field, name in named_files(fields, site.records[key].values))


def _may_name_files(field: Field) -> bool:
    return field.type in ("file", "image") or field.type == "table" and any(map(_may_name_files, field.fields.values()))


def named_files(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    """Each file that a record names, with the field that names it."""
    for name, field in fields.items():
        if field.type == "table":
            for row in values[name]:
                yield from named_files(field.fields, row)
        elif field.type in ("file", "image") and values[name]:
            yield from ((field, one) for one in (values[name] if field.many else (values[name],)))


def doubled_addresses(pages: tuple[Page, ...], site: Site) -> Iterator[Problem]:
    """Two pages must not be kept in one file, nor in two that a file system without case takes for one."""
    seen: dict[str, Page] = {}
    for page in pages:
        first = seen.setdefault(page.path.casefold(), page)
        if first is not page and not isinstance(page.subject, Event):  # of an event, `event_problems` tells it in its place
            wrong = first if first.kind == "redirect" else page
            record = site.records.get(wrong.subject) if isinstance(wrong.subject, Key) else None
            path, trail = (record.path, record.trail) if record else (site.config.path, ())
            yield Problem(path, "address-duplicate", f"地址“{page.address}”已被另一个页面占用", "改编号，或者改旧地址（redirect_from）", trail=trail)
