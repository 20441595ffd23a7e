"""The corpus as a content folder of ours, with plain templates that make the same pages as Hugo's layouts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from tests.benchmarks import corpus
from tests.benchmarks.corpus import COLLECTIONS, Collection, Field, Record

NEUTRAL = Path(__file__).parent / "neutral"
REAL = Path(__file__).resolve().parents[2] / "templates"
ASKED = {"home", "title", "lede", "of"}  # the words that the engine itself puts into titles
PLAIN = '{% extends "base.html" %}\n{% block main %}\n<h1>{{ page.title }}</h1>\n{% endblock %}\n'


def write(folder: Path, scale: float) -> None:
    """`content/` and `templates/` in `folder`."""
    content, templates = folder / "content", folder / "templates"
    shutil.copytree(NEUTRAL / "ours", templates)
    for name in ("site.css", "site.js"):
        shutil.copy(NEUTRAL / name, templates)
    for path in REAL.glob("*.html"):  # pages that every site of ours has and Hugo's has not: as little as can be
        if not (templates / path.name).exists():
            (templates / path.name).write_text(PLAIN, "utf-8")
    (templates / "strings").mkdir()
    (templates / "strings" / "zh-CN.yaml").write_text(_words(), "utf-8")
    for name, lines in _declarations():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")
    write_records(folder, scale, text_of)


def write_records(folder: Path, scale: float, text_of: Callable[[Record], str]) -> None:
    """Every record in a file of its own, in the words of a generator."""
    for record in corpus.records(scale):
        with open(path_of(folder, record.collection, record.id), "w", encoding="utf-8") as file:
            file.write(text_of(record))


def path_of(folder: Path, collection: str, id: str) -> Path:
    return folder / "content" / collection / f"{id}.md"


def text_of(record: Record) -> str:
    said = {"title": record.title, "summary": record.summary, **record.values}
    head = "\n".join(f"{name}: {value_of(value)}" for name, value in said.items())
    return f"---\n{head}\n---\n{record.body}"


def value_of(value: object) -> str:
    """A value in YAML; nothing in the corpus needs quotes."""
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words() -> str:
    said = yaml.safe_load((REAL / "strings" / "zh-CN.yaml").read_text("utf-8"))
    kept = {place: {name: word for name, word in words.items() if name in ASKED} for place, words in said.items()}
    return yaml.safe_dump({place: words for place, words in kept.items() if words}, allow_unicode=True)


def _declarations() -> Iterator[tuple[str, list[str]]]:
    yield "_site.yaml", [
        f"name: {corpus.SITE}",
        f"owner: {corpus.OWNER}",
        f"url: {corpus.ADDRESS}",
        "latest: news",
        "menu:",
        *(f"  - {{label: {collection.label}, to: /{collection.id}/}}" for collection in COLLECTIONS),
    ]
    for name, label, terms in (("areas", "区域", corpus.AREAS), ("fields", "专业领域", corpus.FIELDS)):
        yield f"_vocabularies/{name}.yaml", [f"label: {label}", "terms:", *(f"  {id}: {term}" for id, term in terms.items())]
    for order, collection in enumerate(COLLECTIONS, 1):
        yield f"{collection.id}/_collection.yaml", _collection(collection, order)


def _collection(collection: Collection, order: int) -> list[str]:
    """No data files: Hugo makes none."""
    head = [f"label: {collection.label}", f"item: {collection.item}", f"order: {order}", "title: [title]", "sort: [-date, title]", "exports: []"]
    return [*head, *(["feed: true"] if collection.id == "news" else []), "fields:", "  title: {label: 名称, type: text, required: true}", *map(_field, collection.fields)]


def _field(field: Field) -> str:
    said = {"label": field.label, "type": field.type}
    said |= {name: "true" for name in ("facet", "column", "many") if getattr(field, name)}
    said |= {name: getattr(field, name) for name in ("to", "back") if getattr(field, name)}
    said |= {"vocabulary": "fields"} if field.type == "term" else {}
    said |= {"choices": "{" + ", ".join(f"{id}: {label}" for id, label in field.choices.items()) + "}"} if field.choices else {}
    return f"  {field.name}: {{{', '.join(f'{name}: {value}' for name, value in said.items())}}}"
