"""The catalogue of the published data: DCAT 3 as JSON-LD, and the same in the words of schema.org for the pages that show it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from engine import urls
from engine.datasets import shown
from engine.model import Page
from engine.plan import published
from engine.view import View

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_THEMES = "elements"  # the vocabulary by which the whole site is divided


def render(view: View, page: Page) -> bytes:
    """Addresses are absolute where the site knows its own, else relative to this file."""
    site = view.site
    config = site.config.values
    sets = [shown(view, collection) for collection in published(site)]
    language = config["language"] or "zh-CN"

    def at(address: str) -> dict[str, str]:
        return {"@id": urls.absolute(config["url"], address) or urls.relative(page.address, address)}

    def words(text: str) -> dict[str, str]:
        return {"@language": language, "@value": text}

    themes = site.vocabularies.get(_THEMES)
    scheme = at(urls.DATA + "#themes")
    said: dict[str, Any] = {
        "@context": _CONTEXT,
        **at(urls.DATA),
        "@type": "dcat:Catalog",
        "dct:title": words(config["name"]),
        "dct:description": words(config["description"] or config["name"]),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": config["owner"] or config["name"]},
        "dct:language": language,
        "foaf:homepage": at(urls.HOME),
        **_modified(max((one.changed for one in sets if one.changed), default=None)),
        **_licence(config),
    }
    if themes:
        said["dcat:themeTaxonomy"] = {
            **scheme,
            "@type": "skos:ConceptScheme",
            "skos:prefLabel": words(themes.label),
            "skos:hasTopConcept": [{**at(f"{urls.DATA}#theme-{term.id}"), "@type": "skos:Concept", "skos:prefLabel": words(term.label), "skos:inScheme": scheme} for term in themes.terms.values()],
        }
    said["dcat:dataset"] = [_dataset(one, config, at, words) for one in sets]
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _dataset(one: SimpleNamespace, config, at, words) -> dict[str, Any]:
    return {
        **at(one.address),
        "@type": "dcat:Dataset",
        "dct:identifier": one.id,
        "dct:title": words(one.label),
        "dct:description": words(one.summary or one.label),
        "dcat:landingPage": at(one.address),
        "dcat:keyword": [words(word) for word in dict.fromkeys((one.label, one.item))],
        **_modified(one.changed),
        **_licence(config),
        "dcat:distribution": [
            {
                **at(file.address),
                "@type": "dcat:Distribution",
                "dct:title": words(f"{one.label} {file.format}"),
                "dcat:accessURL": at(one.address),
                "dcat:downloadURL": at(file.address),
                "dcat:mediaType": {"@id": _MEDIA + file.media},
                "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
                "spdx:checksum": {"@type": "spdx:Checksum", "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"}, "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.digest}},
                **({"dct:conformsTo": at(one.schema)} if file.format == "JSON" else {}),
                **_modified(one.changed),
                **_licence(config),
            }
            for file in one.files
        ],
    }


def _modified(day: str | None) -> dict[str, Any]:
    return {"dct:modified": {"@type": "xsd:date", "@value": day}} if day else {}


def _licence(config) -> dict[str, Any]:
    """What is not said is left out: data without a stated licence are not free."""
    return {"dct:license": {"@id": config["licence_url"]}} if config["licence_url"] else {"dct:rights": config["licence"]} if config["licence"] else {}


# ── in the words of schema.org ────────────────────────────────────────────────


def spoken(view: View, page: Page) -> dict[str, Any]:
    """The main thing of the page of all data, or of one set."""
    if page.kind == "dataset":
        return _spoken(view, shown(view, view.site.collections[page.subject]), is_whole=True)
    return {"@type": "DataCatalog", "name": view.site.config.values["name"], "dataset": [_spoken(view, shown(view, collection)) for collection in published(view.site)]}


def _spoken(view: View, one: SimpleNamespace, is_whole: bool = False) -> dict[str, Any]:
    config = view.site.config.values
    root = config["url"]
    said = {"@type": "Dataset", "name": one.label, "description": one.summary, "url": urls.absolute(root, one.address), "license": config["licence_url"], "dateModified": one.changed}
    if is_whole:
        said["distribution"] = [
            {name: value for name, value in {"@type": "DataDownload", "encodingFormat": file.media, "contentSize": file.weighs, "sha256": file.digest, "contentUrl": urls.absolute(root, file.address)}.items() if value}
            for file in one.files
        ]
    return {name: value for name, value in said.items() if value}
