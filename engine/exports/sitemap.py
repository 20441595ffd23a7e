"""sitemap.xml (sitemaps.org 0.9) with true dates of change, in parts where it is large, and robots.txt (RFC 9309)."""

from __future__ import annotations

from xml.etree import ElementTree as xml

from engine import urls
from engine.model import Key, Page, Site
from engine.plan import MAPPED, listed, plan
from engine.view import View

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render(view: View, page: Page) -> bytes:
    """A part of the pages that a visitor may want to find; where the site's own address is unset, paths from its root."""
    site = view.site
    root = xml.Element("urlset", {"xmlns": _NAMESPACE})
    for one in listed(plan(site))[(page.number - 1) * MAPPED : page.number * MAPPED]:
        entry = _entry(root, "url", site, one)
        changed = _changed(site, one)
        if changed:
            xml.SubElement(entry, "lastmod").text = changed
    return _written(root)


def render_index(view: View, page: Page) -> bytes:
    """The parts of a map that one file cannot hold."""
    root = xml.Element("sitemapindex", {"xmlns": _NAMESPACE})
    for one in plan(view.site):
        if one.renderer == "sitemap":
            _entry(root, "sitemap", view.site, one)
    return _written(root)


def _entry(root: xml.Element, kind: str, site: Site, page: Page) -> xml.Element:
    entry = xml.SubElement(root, kind)
    xml.SubElement(entry, "loc").text = urls.absolute(site.config.values["url"], page.address) or page.address
    return entry


def _written(root: xml.Element) -> bytes:
    xml.indent(root, " ")
    return xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _changed(site: Site, page: Page) -> str | None:
    if not isinstance(page.subject, Key):
        return None
    values = site.records[page.subject].values
    moment = values.get("time")
    return moment.isoformat() if moment else values["updated"].isoformat() if values["updated"] else None


def robots(site: Site) -> bytes:
    lines = ["User-agent: *", "Disallow:"]
    if site.config.values["url"]:
        lines += ["", f"Sitemap: {urls.absolute(site.config.values['url'], urls.MAP)}"]
    return ("\n".join(lines) + "\n").encode()
