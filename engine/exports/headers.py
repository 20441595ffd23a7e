"""What a server should say with every file, made for each kind of host from one declaration: `POLICY`, `HEADERS` and `LASTING`.

`/_headers` is read by Netlify and Cloudflare Pages, `/.htaccess` by Apache; `/deploy/nginx.conf` and `/deploy/Caddyfile` are included by
hand in the server's own configuration. Hosts that send no headers of ours still have the policy in each page (`meta_policy`), without the
directive that does not work there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from engine import urls
from engine.model import Config, Page
from engine.view import View

POLICY: Mapping[str, str] = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # Pagefind is WebAssembly; without the second word search does not start
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self' mailto:",
    "frame-ancestors": "'self'",
}
ONLY_IN_HEADERS = {"frame-ancestors"}
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
LASTING = "public, max-age=31536000, immutable"  # for files whose name changes with their content
TYPES = {"csv": "text/csv", "ics": "text/calendar", "vcf": "text/vcard", "jsonld": "application/ld+json"}  # which servers often do not know
NAMED = {"opensearch.xml": "application/opensearchdescription+xml"}  # single files whose ending says less than they are
_PACKED = "text/css text/csv text/xml text/plain text/calendar application/javascript application/json application/xml application/atom+xml application/ld+json application/opensearchdescription+xml image/svg+xml"
_ORIGIN = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_FOLDER = re.compile(r"(/[A-Za-z0-9_~.-]+)*/")
_VALUE = re.compile(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+")  # printable, and neither a quote nor a backslash: fit for all four languages


def policy(config: Config) -> dict[str, str]:
    """The content policy. A form may also be sent to the endpoint that the settings name."""
    endpoint = config.values.get("form_endpoint")
    origin = _ORIGIN.match(endpoint) if endpoint else None
    return {**POLICY, "form-action": f"{POLICY['form-action']} {origin[0]}"} if origin else dict(POLICY)


def meta_policy(config: Config) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy(config).items() if name not in ONLY_IN_HEADERS)


def headers(config: Config) -> dict[str, str]:
    """Every header of every file."""
    said = {"Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy(config).items()), **HEADERS}
    if config.values.get("https_only"):
        said |= HTTPS_ONLY
    for name, value in said.items():
        if not _VALUE.fullmatch(value):
            raise ValueError(f"{name}: {value!r} cannot stand in a configuration file")
    return said


def render(view: View, page: Page) -> bytes:
    config = view.site.config
    lines = _LANGUAGES[page.address](headers(config), folder_of(config.values))
    return ("\n".join(lines) + "\n").encode()


def folder_of(values: Mapping[str, Any]) -> str:
    """The folder of the host in which the site lies: `/` or `/quality/`."""
    path = urlsplit(values["url"] or "").path or "/"
    return path if _FOLDER.fullmatch(path) else "/"


def _netlify(said: Mapping[str, str], folder: str) -> Iterator[str]:
    yield f"{folder}*"
    yield from (f"  {name}: {value}" for name, value in said.items())
    for name, kind in NAMED.items():
        yield f"{folder}{name}"
        yield f"  Content-Type: {kind}"
    for pattern in ("assets/*", "pagefind/:part/index/*", "pagefind/:part/fragment/*"):
        yield f"{folder}{pattern}"
        yield f"  Cache-Control: {LASTING}"


def _apache(said: Mapping[str, str], folder: str) -> Iterator[str]:
    yield "# Made by build.py. Needs mod_headers and AllowOverride All; packs where mod_deflate and mod_filter are."
    yield "Options -Indexes"
    yield "AddDefaultCharset utf-8"
    yield f"ErrorDocument 404 {folder}404.html"
    yield from (f"AddType {kind} .{name}" for name, kind in TYPES.items())
    yield f"AddCharset utf-8 .css .js .svg .xml .{' .'.join(TYPES)}"
    for name, kind in NAMED.items():
        yield from (f'<Files "{name}">', f"ForceType {kind}", "</Files>")
    yield from ("<IfModule mod_deflate.c>", "<IfModule mod_filter.c>", f"AddOutputFilterByType DEFLATE text/html text/javascript {_PACKED}", "</IfModule>", "</IfModule>")
    yield "<IfModule mod_headers.c>"
    yield from (f'Header always set {name} "{value}"' for name, value in said.items())
    yield f'Header set Cache-Control "{LASTING}" "expr=%{{REQUEST_URI}} =~ m#/assets/|\\.pf_[a-z]+$#"'
    yield 'Header set Content-Disposition attachment "expr=%{REQUEST_URI} =~ m#/files/.*\\.(docx|xlsx)$#"'
    yield "</IfModule>"
    yield 'RedirectMatch 404 "/(_headers|deploy/.*|\\.[^/]+)$"'


def _nginx(said: Mapping[str, str], folder: str) -> Iterator[str]:
    def block(place: str, *more: str, **extra: str) -> Iterator[str]:
        """A location. nginx forgets the headers of the server where a location says one of its own, so each says all."""
        yield f"location {place} {{"
        yield from (f"    {line}" for line in more)
        yield from (f'    add_header {name} "{value}" always;' for name, value in {**said, **extra}.items())
        yield "}"

    here = re.escape(folder)
    yield "# Made by build.py. In the server block of the site: include /the/site/deploy/nginx.conf;"
    yield "charset utf-8;"
    yield f"charset_types {_PACKED};"
    yield "gzip on;"
    yield "gzip_vary on;"
    yield f"gzip_types {_PACKED};"
    yield f"error_page 404 {folder}404.html;"
    yield from (f'add_header {name} "{value}" always;' for name, value in said.items())
    yield f'location ~ "^{here}(?:_headers$|deploy/|(?:.*/)?\\.)" {{'
    yield "    return 404;"
    yield "}"
    yield from block(f"^~ {folder}assets/", **{"Cache-Control": LASTING})
    yield from block(f'~ "^{here}pagefind/.*\\.pf_[a-z]+$"', **{"Cache-Control": LASTING})
    yield from block(f'~ "^{here}files/.*\\.(?:docx|xlsx)$"', **{"Content-Disposition": "attachment"})
    for name, kind in NAMED.items():
        yield from block(f"= {folder}{name}", "types { }", f"default_type {kind};")
    for name, kind in TYPES.items():
        yield from block(f'~ "\\.{name}$"', "types { }", f"default_type {kind};")


def _caddy(said: Mapping[str, str], folder: str) -> Iterator[str]:
    yield "# Made by build.py. In the block of the site, beside root and file_server: import /the/site/deploy/Caddyfile"
    yield "encode zstd gzip"
    yield "header {"
    yield from (f'\t{name} "{value}"' for name, value in said.items())
    yield "}"
    yield from ("@lasting {", f'\tpath_regexp "^{re.escape(folder)}(assets/|pagefind/.*\\.pf_[a-z]+$)"', "\tfile", "}")
    yield f'header @lasting Cache-Control "{LASTING}"'
    yield from ("@saved {", f'\tpath_regexp "^{re.escape(folder)}files/.*\\.(docx|xlsx)$"', "\tfile", "}")
    yield "header @saved Content-Disposition attachment"
    for name, kind in NAMED.items():
        yield f'header {folder}{name} Content-Type "{kind}; charset=utf-8"'
    for name, kind in TYPES.items():
        yield f"@{name} path *.{name}"
        yield f'header @{name} Content-Type "{kind}; charset=utf-8"'
    yield f"@hidden path {folder}_headers {folder}deploy/* */.*"
    yield "error @hidden 404"
    yield "handle_errors {"
    yield f"\trewrite * {folder}404.html"
    yield "\tfile_server"
    yield "}"


_LANGUAGES = {urls.NETLIFY: _netlify, urls.APACHE: _apache, urls.NGINX: _nginx, urls.CADDY: _caddy}
