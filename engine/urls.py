"""The only place that knows the shape of addresses. An address begins at the site's root: `/experts/exp-001/`."""

from __future__ import annotations

from urllib.parse import quote, unquote

from engine.model import Key

HOME = "/"
SEARCH = "/search/"
SITEMAP = "/sitemap/"
NOT_FOUND = "/404.html"
INDEX = "/pagefind/"


def collection(id: str) -> str:
    return f"/{id}/"


def record(key: Key) -> str:
    return f"/{key.collection}/{key.id}/"


def term(collection: str, facet: str, value: str) -> str:
    """The page of one value of a facet. A facet over a table's column, `needs.element`, reads `needs-element`."""
    return f"/{collection}/by/{facet.replace('.', '-').replace('_', '-')}/{quote(value, safe='')}/"


def numbered(address: str, number: int) -> str:
    """The further pages of a list."""
    return address if number == 1 else f"{address}page/{number}/"


def export(collection: str, format: str) -> str:
    return f"/data/{collection}.{format}"


def feed(collection: str) -> str:
    return f"/{collection}/feed.xml"


def attachment(name: str) -> str:
    return f"/files/{name}"


def asset(digest: str, name: str) -> str:
    return f"/assets/{digest}/{name}"


def path(address: str) -> str:
    """The file in which an address is kept, relative to the output. Servers decode an address before they look."""
    address = unquote(address)
    return address[1:] + "index.html" if address.endswith("/") else address[1:]


def root(start: str) -> str:
    """What leads from the page at `start` up to the site's root: `../../` for `/experts/exp-001/`."""
    return "../" * (start.count("/") - 1)


def relative(start: str, address: str) -> str:
    """A link from the page at `start`, by way of the root, so that the site works from any folder of any host."""
    return root(start) + address[1:] or "./" if address.startswith("/") else address


def absolute(root: str | None, address: str) -> str | None:
    """The address on the web, when the site's own is known (`url` in _site.yaml, with its last slash)."""
    return root + address[1:] if root else None
