"""The gallery of components at /_components/ of the development server: each with its examples, as designers see and copy them. Never published."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from engine import files, source, urls
from engine.assets import assets
from engine.model import Site
from engine.render import Workshop, workshop

ADDRESS = "/_components/"
_MOST = 100_000  # bytes of one file of examples
_INTEGER = re.compile(r"\d{1,9}")
_WORDS = {"true": True, "false": False, "null": None, "~": None}


def page(site: Site, templates: Path) -> bytes:
    """Every component's examples, made by the macros of which the site's pages are made."""
    made = workshop(site, templates, assets(templates))
    made.here.root = urls.root(ADDRESS)
    made.here.place = (made.here.root, None, True, "")
    words = made.words.gallery
    head = SimpleNamespace(
        kind="gallery", finding=True, title=words.title, description=None, address=ADDRESS, section=None, canonical=None, sample=False, feed=None, opensearch=None, linked=None, meta=[], graph=[],
        breadcrumbs=[SimpleNamespace(label=made.words.base.home, address=urls.HOME), SimpleNamespace(label=words.title, address=None)],
    )
    components = [_component(made, path) for path in sorted(templates.glob("components/*/*.yaml"))]
    return made.templates.get_template("gallery.html").render(components=components, page=head).encode()


def _component(made: Workshop, path: Path) -> SimpleNamespace:
    """A component by the file of its examples; what is wrong with that file is shown in its place."""
    name, text = path.stem, files.read(path, _MOST).decode("utf-8", "replace")
    document, problems = source.read_yaml(text, path.name)
    return SimpleNamespace(
        name=name,
        source=text.strip(),
        problems=[problem.message for problem in problems],
        examples=[] if problems else [SimpleNamespace(name=example["name"], html=shown(made, name, example)) for example in document.data],
    )


def shown(made: Workshop, name: str, example: dict[str, Any]):
    """One example as markup."""
    macro = getattr(made.templates.get_template(f"components/{name}/{name}.html").module, name)
    return macro(**typed(example.get("arguments", {})))


def typed(value: Any) -> Any:
    """An example's value as templates get it: a truth as a truth, a number as a number."""
    if isinstance(value, dict):
        return {name: typed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return _WORDS.get(value, int(value) if _INTEGER.fullmatch(value) else value)
