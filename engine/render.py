"""Pages into bytes. The only door to Jinja2; machine formats are made by `exports`, not by templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from engine import prose, strings, urls
from engine.assets import Assets
from engine.contexts import context
from engine.exports import atom, records, sitemap, tables
from engine.head import surroundings
from engine.model import Page, Site
from engine.view import View, view_of


class Workshop(NamedTuple):
    """What it takes to render the pages of one site: made once in each process."""

    view: View
    templates: jinja2.Environment
    words: SimpleNamespace
    chrome: SimpleNamespace
    html_of: Callable[[str, str], str]
    assets: Assets


def workshop(site: Site, templates: Path, assets: Assets) -> Workshop:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    words = strings.words(templates, site.config.values["language"] or strings.LANGUAGE)
    converter = prose.engine()
    chrome = SimpleNamespace(**{name: _named(value) for name, value in site.config.values.items() if name != "menu"}, built_on=site.today.isoformat())
    return Workshop(view_of(site), environment, words, chrome, lambda text, address: prose.html_of(text, address, converter), assets)


def _named(value: Any) -> Any:
    return SimpleNamespace(**value) if isinstance(value, Mapping) else value


def render(made: Workshop, page: Page) -> bytes:
    return RENDERERS[page.renderer](made, page)


def _html(made: Workshop, page: Page) -> bytes:
    view = made.view
    shown = context(view, page)
    if "record" in shown:
        body = made.html_of(shown["record"].body, page.address)
        shown["record"].body = Markup(body) if body else None
    head = surroundings(view, page, made.words)
    menu = [
        SimpleNamespace(label=row["label"], address=row["to"], current=head.section is not None and row["to"].startswith(urls.collection(head.section)))
        for row in view.site.config.values["menu"]
    ]
    chrome = SimpleNamespace(**vars(made.chrome), menu=menu)
    start = urls.HOME if page.kind == "404" else page.address
    link = lru_cache(maxsize=None)(lambda address: urls.relative(start, address))
    asset = lambda name: urls.relative(start, urls.asset(made.assets.digest, name))  # noqa: E731
    template = made.templates.select_template(page.templates)
    return template.render(shown, site=chrome, page=head, words=made.words, link=link, asset=asset).encode()


RENDERERS: Mapping[str, Callable[[Workshop, Page], bytes]] = {
    "html": _html,
    "csv": lambda made, page: tables.render(made.view, page),
    "json": lambda made, page: records.render(made.view, page),
    "atom": lambda made, page: atom.render(made.view, page, made.html_of),
    "sitemap": lambda made, page: sitemap.render(made.view, page),
    "robots": lambda made, page: sitemap.robots(made.view.site),
}
