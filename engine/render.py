"""Pages into bytes. The only door to Jinja2; machine formats are made by `exports`, not by templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from engine import prose, qr, strings, urls
from engine.assets import Assets
from engine.compiler import Compiled, Compiler, Template
from engine.contexts import context
from engine.datasets import is_data, measure
from engine.exports import atom, blank, catalogue, comparison, contacts, dictionary, expiries, filters, happenings, headers, linked, opensearch, ranges, records, sitemap, tables
from engine.head import Head
from engine.model import Page, Site
from engine.plan import ROWS, plan, published
from engine.reads import MEASURED
from engine.view import View, card, columns, view_of


class Workshop(NamedTuple):
    """What it takes to render the pages of one site, one page at a time in each process."""

    view: View
    templates: jinja2.Environment
    words: SimpleNamespace
    html_of: Callable[[str, str], str]
    here: SimpleNamespace


_COMPILED = Compiled()  # a process that makes a site again and again compiles a template once


def workshop(site: Site, templates: Path, assets: Assets) -> Workshop:
    """What renders the pages of a site."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        cache_size=-1,
    )
    environment.code_generator_class, environment.template_class = Compiler, Template
    environment.filters["format"] = strings.filled
    words = strings.words(templates, site.config.values["language"] or strings.LANGUAGE)
    view = view_of(site)
    menu = [SimpleNamespace(label=row["label"], address=row["to"], group=row["group"]) for row in site.config.values["menu"]]
    chrome = SimpleNamespace(**{**{name: _named(value) for name, value in site.config.values.items() if name != "changes"}, "menu": menu, "built_on": site.today.isoformat()})
    here = SimpleNamespace(root="", place=(), kept={}, chosen={}, named={urls.HOME, *(row.address for row in menu)})

    def kept(name: str, caller: Callable[[], Markup]) -> Markup:
        """A part of the page that is the same wherever `here.place` is the same."""
        return view.reads.once(here.kept, (name, here.place), caller)

    def kept_with(shown: SimpleNamespace, columns: Sequence[SimpleNamespace], caller: Callable[[], Markup]) -> Markup:
        """What a card or a facet looks like on pages of one depth: it stands on many of them, and remembers its looks."""
        looks = getattr(shown, "looks", None)
        if looks is None:
            return caller()
        key = (here.root, *(column.name for column in columns))
        if key not in looks:
            looks[key] = caller()
        return looks[key]

    environment.globals.update(
        site=chrome,
        words=words,
        kept=kept,
        kept_with=kept_with,
        qr=lambda address: qr.code(urls.absolute(site.config.values["url"], address)),
        link=lambda address: here.root + address[1:] or "./",
        policy=headers.meta_policy(site.config),
        asset=lambda name: here.root + urls.asset(assets.digest, name)[1:],
    )
    return Workshop(view, environment, words, prose.html_of, here)


def prepare(made: Workshop) -> None:
    """Compile every template, once for all the processes that will use them."""
    for name in made.templates.list_templates(extensions=["html"]):
        made.templates.get_template(name)


def _named(value: Any) -> Any:
    return SimpleNamespace(**value) if isinstance(value, Mapping) else value


def render(made: Workshop, page: Page) -> bytes:
    if page.kind in ("data", "dataset") or page.renderer == "catalogue":
        _weigh(made)
    return RENDERERS[page.renderer](made, page)


def _html(made: Workshop, page: Page) -> bytes:
    view = made.view
    shown = context(view, page)
    if "record" in shown:
        body = made.html_of(shown["record"].body, page.address)
        shown["record"].body = Markup(body) if body else None
    head = Head(view, page, made.words, _linked)
    made.here.root = urls.unknown(view.site.config.values["url"]) if page.kind == "404" else urls.root(page.address)
    made.here.place = (made.here.root, head.section, head.finding, page.address if page.address in made.here.named else "")
    template = made.here.chosen.get(page.templates)
    if template is None:  # Jinja2 would look in the folder for each page anew
        template = made.here.chosen[page.templates] = made.templates.select_template(page.templates)
    return template.render(shown, page=head).encode()


def _linked(view: View, page: Page, head: Head) -> Markup | None:
    said = linked.render(view, page, head)
    return Markup(said) if said else None


def _weigh(made: Workshop) -> None:
    """What the files of data weigh: the pipeline makes them first and says it; who renders a single page has them made here."""
    measured = made.view.reads.rows[MEASURED]
    if not measured and published(made.view.site):
        measured.update({page.address: measure(render(made, page)) for page in plan(made.view.site) if is_data(page)})


def _rows(made: Workshop, page: Page) -> bytes:
    """A share of a library's rows for the script that filters its list: made by the macro that makes the list."""
    site, collection = made.view.site, made.view.site.collections[page.subject]
    keys = site.members[collection.id][page.number * ROWS : (page.number + 1) * ROWS]
    made.here.root = urls.root(urls.collection(collection.id))
    row, heads = made.templates.get_template("components/rows/rows.html").module.row, columns(collection)
    return json.dumps([str(row(heads, card(made.view, key))).strip() for key in keys], ensure_ascii=False, separators=(",", ":")).encode()


RENDERERS: Mapping[str, Callable[[Workshop, Page], bytes]] = {
    "html": _html,
    "csv": lambda made, page: tables.render(made.view, page),
    "json": lambda made, page: records.render(made.view, page),
    "outdated": lambda made, page: atom.render_outdated(made.view, page),
    "changes": lambda made, page: atom.render_changes(made.view, page),
    "atom": lambda made, page: atom.render(made.view, page, made.html_of),
    "sitemap": lambda made, page: sitemap.render(made.view, page),
    "sitemaps": lambda made, page: sitemap.render_index(made.view, page),
    "agenda": lambda made, page: happenings.render(made.view, page),
    "blank": lambda made, page: blank.render(made.view, page, made.words),
    "vcard": lambda made, page: contacts.render(made.view, page),
    "filter": lambda made, page: filters.render(made.view, page),
    "ranges": lambda made, page: ranges.render(made.view, page, made.words),
    "rows": _rows,
    "comparison": lambda made, page: comparison.render(made.view, page),
    "comparisons": lambda made, page: comparison.index(made.view),
    "expiries": lambda made, page: expiries.render(made.view, page),
    "headers": lambda made, page: headers.render(made.view, page),
    "catalogue": lambda made, page: catalogue.render(made.view, page),
    "dictionary": lambda made, page: dictionary.render(made.view, page),
    "schema": lambda made, page: dictionary.render_schema(made.view, page),
    "opensearch": lambda made, page: opensearch.render(made.view, page),
    "robots": lambda made, page: sitemap.robots(made.view.site),
}
