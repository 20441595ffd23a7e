"""The corpus as a site of Hugo's: configuration, data of the libraries, content, and layouts that make the same pages as our templates.

The layouts of records and rows are written out for each library from the patterns in `neutral/hugo/patterns`, field by field, as somebody who
wants a fast Hugo would: a loop over declared fields costs it a sixth more.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import corpus
from tests.benchmarks.corpus import COLLECTIONS, Collection, Field, Record
from tests.benchmarks.ours_site import NEUTRAL, value_of, write_records


def write(folder: Path, scale: float) -> None:
    shutil.copytree(NEUTRAL / "hugo" / "layouts", folder / "layouts")
    (folder / "static" / "assets").mkdir(parents=True)
    for name in ("site.css", "site.js"):
        shutil.copy(NEUTRAL / name, folder / "static" / "assets")
    (folder / "data").mkdir()
    for name, said in _data().items():
        (folder / "data" / f"{name}.json").write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
    (folder / "hugo.json").write_text(json.dumps(_config(), ensure_ascii=False, indent=1), "utf-8")
    for name, text in _layouts():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for collection in COLLECTIONS:
        (folder / "content" / collection.id).mkdir(parents=True)
        outputs = "\noutputs: [html, rss]" if collection.id == "news" else ""
        (folder / "content" / collection.id / "_index.md").write_text(f"---\ntitle: {collection.label}{outputs}\n---\n", "utf-8")
    for name, title, layout in (("search", "搜索", "search"), ("sitemap", "网站地图", "map")):
        (folder / "content" / f"{name}.md").write_text(f"---\ntitle: {title}\nlayout: {layout}\n---\n", "utf-8")
    write_records(folder, scale, text_of)


def text_of(record: Record) -> str:
    """A facet is a taxonomy of its own for each library, since its pages are; its value stands under the taxonomy's name."""
    said: dict[str, Any] = {"title": record.title, "description": record.summary}
    for field in corpus.BY_ID[record.collection].fields:
        value = record.values[field.name]
        said[_key(record.collection, field)] = f'"{value}"' if field.facet else value
    head = "\n".join(f"{name}: {value_of(value)}" for name, value in said.items())
    return f"---\n{head}\n---\n{record.body}"


def _key(collection: str, field: Field) -> str:
    return f"{collection}_{field.name}" if field.facet else field.name


def _config() -> dict[str, Any]:
    """Hugo's normal settings, but for what would make other pages than ours: pages of all terms, feeds of every list, aliases of first pages."""
    facets = [(collection, field) for collection in COLLECTIONS for field in collection.fields if field.facet]
    return {
        "baseURL": corpus.ADDRESS,
        "locale": "zh-CN",
        "title": corpus.SITE,
        "params": {"owner": corpus.OWNER},
        "buildFuture": True,
        "enableRobotsTXT": True,
        "disableKinds": ["taxonomy"],
        "taxonomies": {_key(collection.id, field): _key(collection.id, field) for collection, field in facets},
        "permalinks": {"term": {_key(collection.id, field): f"{_base(collection, field)}:slug/" for collection, field in facets}},
        "pagination": {"pagerSize": 50, "disableAliases": True},
        "outputFormats": {"rss": {"baseName": "feed"}},
        "outputs": {"home": ["html"], "section": ["html"], "term": ["html"]},
    }


def _base(collection: Collection, field: Field) -> str:
    return f"/{collection.id}/by/{field.name}/"


# ── data and layouts ──────────────────────────────────────────────────────────


def _data() -> dict[str, Any]:
    """What the layouts ask of the libraries, made ready so that they have little to work out."""
    libraries = [_library(collection) for collection in COLLECTIONS]
    return {
        "collections": libraries,
        "libraries": {library["id"]: library for library in libraries},
        "facets": {_key(collection.id, field): _facet(collection, field) for collection in COLLECTIONS for field in collection.fields if field.facet},
        "labels": {_key(collection.id, field): _labels(field) for collection in COLLECTIONS for field in collection.fields if _labels(field)},
        "backs": [{"from": far.id, "key": field.name, "many": field.many, "name": f"{far.id}-{field.name}"} for far, field in _references()],
    }


def _library(collection: Collection) -> dict[str, Any]:
    return {"id": collection.id, "label": collection.label, "facets": [_key(collection.id, field) for field in collection.fields if field.facet]}


def _facet(collection: Collection, field: Field) -> dict[str, Any]:
    labels = _labels(field) or {str(year): str(year) for year in corpus.YEARS}
    values = [{"id": id, "label": label} for id, label in labels.items()]
    return {"collection": collection.id, "label": field.label, "base": _base(collection, field), "values": values, "labels": labels}


def _labels(field: Field) -> dict[str, str]:
    return corpus.AREAS if field.type == "area" else corpus.FIELDS if field.type == "term" else dict(field.choices)


def _references() -> Iterator[tuple[Collection, Field]]:
    return ((collection, field) for collection in COLLECTIONS for field in collection.fields if field.back)


def _layouts() -> Iterator[tuple[str, str]]:
    patterns = {name: (NEUTRAL / "hugo" / "patterns" / name).read_text("utf-8") for name in ("page.html", "rows.html")}
    for collection in COLLECTIONS:
        columns = [field for field in collection.fields if field.column]
        filled = {
            "id": collection.id,
            "label": collection.label,
            "item": collection.item,
            "heads": "".join(f'<th scope="col">{field.label}</th>' for field in columns),
            "columns": "\n".join(f'      <td data-label="{field.label}">{_value(collection, field)}</td>' for field in columns),
            "facts": "\n".join(f"    <div><dt>{field.label}</dt><dd>{_value(collection, field)}</dd></div>" for field in collection.fields),
            "panels": "\n".join(_panel(far, field) for far, field in _references() if field.to == collection.id),
        }
        for name, address in (("page.html", f"{collection.id}/page.html"), ("rows.html", f"_partials/rows/{collection.id}.html")):
            text = patterns[name]
            for mark, said in filled.items():
                text = text.replace(f"@{mark}@", said)
            yield address, text


def _value(collection: Collection, field: Field) -> str:
    """A value of `$params` as a row or a fact shows it."""
    key = _key(collection.id, field)
    said = f"{{{{ index $labels.{key} $params.{key} }}}}" if _labels(field) else f"{{{{ $params.{key} }}}}"
    if field.facet:
        return f'<a href="{_base(collection, field)}{{{{ $params.{key} }}}}/">{said}</a>'
    if field.type == "date":
        return '{{ $day := .Date.Format "2006-01-02" }}<time datetime="{{ $day }}">{{ $day }}</time>'
    if field.type == "boolean":
        return f"{{{{ if $params.{key} }}}}是{{{{ else }}}}否{{{{ end }}}}"
    if field.type != "reference":
        return said
    link = f'{{{{ with site.GetPage (print "/{field.to}/" {"." if field.many else f"$params.{key}"}) }}}}<a href="{{{{ .RelPermalink }}}}">{{{{ .Title }}}}</a>{{{{ end }}}}'
    return f"<ul>{{{{ range $params.{key} }}}}<li>{link}</li>{{{{ end }}}}</ul>" if field.many else link


def _panel(far: Collection, field: Field) -> str:
    name = f"{far.id}-{field.name}"
    return f"""\
  {{{{- with index $backs (print "{name}/" $own) }}}}
  <section class="panel" id="{name}">
    <h2>{field.back}（{{{{ len . }}}}）</h2>
{{{{ partial "rows/{far.id}.html" . }}}}
  </section>
  {{{{- end }}}}"""
