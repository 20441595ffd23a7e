"""The only place that knows the shape of addresses. An address begins at the site's root: `/experts/exp-001/`."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from engine.model import Key

HOME = "/"
SEARCH = "/search/"
SITEMAP = "/sitemap/"
MAP = "/sitemap.xml"
COMPARE = "/compare/"
VALIDITY = "/validity/"
NOT_FOUND = "/404.html"
OPENSEARCH = "/opensearch.xml"
DATA = "/data/"
CHANGES = "/changes/"
CHANGES_FEED = "/changes/feed.xml"
CHECKS = "/checks/"
CATALOGUE = "/data/catalogue.jsonld"
DICTIONARY = "/data/schema/1/dictionary.json"
INDEX = "/pagefind/"
HOSTING = NETLIFY, APACHE, NGINX, CADDY = "/_headers", "/.htaccess", "/deploy/nginx.conf", "/deploy/Caddyfile"


def collection(id: str) -> str:
    return f"/{id}/"


def record(key: Key) -> str:
    return f"/{key.collection}/{key.id}/"


@lru_cache(maxsize=1 << 14)
def term(collection: str, facet: str, value: str) -> str:
    """The page of one value of a facet. A facet over a table's column, `needs.element`, reads `needs-element`."""
    return f"/{collection}/by/{slug(facet)}/{quote(value, safe='')}/"


def slug(facet: str) -> str:
    """A facet's name in addresses."""
    return facet.replace(".", "-").replace("_", "-")


def numbered(address: str, number: int) -> str:
    """The further pages of a list."""
    return address if number == 1 else f"{address}page/{number}/"


def export(collection: str, format: str) -> str:
    return f"/data/{collection}.{format}"


def dataset(collection: str) -> str:
    """The page of a collection's published data."""
    return f"/data/{collection}/"


def schema(collection: str) -> str:
    """The schema of a collection's JSON, under the version of its form (`datasets.VERSION`)."""
    return f"/data/schema/1/{collection}.json"


def sheet(key: Key, name: str) -> str:
    """A further page of a record, such as its notice to print."""
    return f"{record(key)}{name}/"


def blank(key: Key) -> str:
    """The empty form of a record, to be filled in on paper."""
    return f"{record(key)}blank.docx"


def contact(key: Key) -> str:
    return f"{record(key)}card.vcf"


def event(key: Key, code: str) -> str:
    return f"{record(key)}{code}.ics"


def agenda(collection: str) -> str:
    return f"/{collection}/calendar.ics"


def filter(collection: str) -> str:
    return f"/data/filter/{collection}.json"


def ranges(collection: str) -> str:
    return f"/data/range/{collection}.json"


def rows(collection: str, number: int) -> str:
    """A share of a library's rows as markup, counted from 0."""
    return f"/data/rows/{collection}/{number}.json"


def comparison(collection: str, number: int) -> str:
    """A share of a library's records as they stand side by side, counted from 0."""
    return f"/data/compare/{collection}/{number}.json"


COMPARISONS = "/data/compare/index.json"


def expiries(key: Key) -> str:
    return f"{record(key)}expiry.ics"


def map_part(number: int) -> str:
    """A part of a map of the site that one file cannot hold, counted from 1."""
    return f"/sitemap-{number}.xml"


def feed(collection: str) -> str:
    return f"/{collection}/feed.xml"


def term_feed(collection: str, facet: str, value: str) -> str:
    """The newest records of one value of a facet."""
    return f"{term(collection, facet, value)}feed.xml"


def outdated(collection: str) -> str:
    """The page of what is past and still cited; its feed lies beside it."""
    return f"/{collection}/outdated/"


def outdated_feed(collection: str) -> str:
    return f"/{collection}/outdated.xml"


def attachment(name: str) -> str:
    return f"/files/{name}"


def asset(digest: str, name: str) -> str:
    return f"/assets/{digest}/{name}"


def path(address: str) -> str:
    """The file in which an address is kept, relative to the output. Servers decode an address before they look."""
    address = unquote(address) if "%" in address else address
    return address[1:] + "index.html" if address.endswith("/") else address[1:]


def root(start: str) -> str:
    """What leads from the page at `start` up to the site's root: `../../` for `/experts/exp-001/`."""
    return "../" * (start.count("/") - 1)


def unknown(site: str | None) -> str:
    """The site's root from a page that hosts show at any address that does not exist: a path of the host, as far as the site's own address tells it."""
    return urlsplit(site).path if site else ""


def relative(start: str, address: str) -> str:
    """A link from the page at `start`, by way of the root, so that the site works from any folder of any host."""
    return root(start) + address[1:] or "./" if address.startswith("/") else address


def absolute(root: str | None, address: str) -> str | None:
    """The address on the web, when the site's own is known (`url` in _site.yaml, with its last slash)."""
    return root + address[1:] if root else None
