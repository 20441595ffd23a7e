"""OpenSearch 1.1 (github.com/dewitt/opensearch): a browser may offer the site's search in its address bar. Needs the site's own address."""

from __future__ import annotations

from xml.etree import ElementTree as xml

from engine import urls
from engine.model import Page
from engine.view import View

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
SHORT, LONG, DESCRIPTION = 16, 48, 1024  # characters that the specification allows


def render(view: View, page: Page) -> bytes:
    config = view.site.config.values
    root = xml.Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    _text(root, "ShortName", short_name(config["short_name"] or config["name"]))
    _text(root, "LongName", config["name"][:LONG])
    _text(root, "Description", (config["description"] or config["tagline"] or config["name"])[:DESCRIPTION])
    xml.SubElement(root, "Url", {"type": "text/html", "method": "get", "template": f"{urls.absolute(config['url'], urls.SEARCH)}?q={{searchTerms}}"})
    xml.SubElement(root, "Url", {"type": "application/opensearchdescription+xml", "rel": "self", "template": urls.absolute(config["url"], page.address)})
    _text(root, "Language", config["language"] or "zh-CN")
    _text(root, "InputEncoding", "UTF-8")
    _text(root, "OutputEncoding", "UTF-8")
    xml.indent(root, " ")
    return xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def short_name(name: str) -> str:
    """At most 16 characters, and no markup."""
    return "".join(sign for sign in name if sign not in "<>&")[:SHORT].strip()


def _text(parent, name: str, text: str) -> None:
    xml.SubElement(parent, name).text = text
