"""sitemap.xml (sitemaps.org 0.9) with true dates of change, and robots.txt (RFC 9309)."""

from __future__ import annotations

from xml.etree import ElementTree as xml

from engine import urls
from engine.model import Key, Page, Site
from engine.plan import plan
from engine.view import View

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LISTED = {"home", "list", "term", "record", "section", "sitemap", "validity", "data", "dataset", "changes", "checks"}


def render(view: View, page: Page) -> bytes:
    """Every page a visitor may want to find; where the site's own address is unset, paths from its root."""
    site = view.site
    root = xml.Element("urlset", {"xmlns": _NAMESPACE})
    for one in plan(site):
        if one.kind in _LISTED:
            entry = xml.SubElement(root, "url")
            xml.SubElement(entry, "loc").text = urls.absolute(site.config.values["url"], one.address) or one.address
            changed = _changed(site, one)
            if changed:
                xml.SubElement(entry, "lastmod").text = changed
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
        lines += ["", f"Sitemap: {urls.absolute(site.config.values['url'], '/sitemap.xml')}"]
    return ("\n".join(lines) + "\n").encode()
