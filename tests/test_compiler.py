"""Templates of ours are compiled otherwise than Jinja2 would; what they say is the same."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from engine import render
from engine.assets import assets
from engine.compiler import Compiled, Compiler
from engine.plan import plan
from tests import sites
from tests.conftest import ROOT


def made_by(compiler, template: str, **said) -> str:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.code_generator_class = compiler
    return environment.from_string(template).render(said)


def test_a_template_is_compiled_once_for_each_of_its_sources():
    compiled = Compiled()
    for source in ("1{{ a }}", "2{{ a }}", "1{{ a }}"):
        environment = jinja2.Environment(autoescape=True, bytecode_cache=compiled, loader=jinja2.DictLoader({"a.html": source}))
        environment.code_generator_class = Compiler
        assert environment.get_template("a.html").render(a="甲") == source[0] + "甲"
    assert len(compiled.codes) == 2


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }} {{ number }} {{ markup }} {{ none }}",
        "<a title='{{ text }}'>{{ text ~ markup }}</a>",
        "{% macro said(one, two='b') %}{{ one }}{{ two }}{{ caller() if caller is defined }}{% endmacro %}{{ said(text) }}{{ said(text, two=markup) }}",
        "{% macro outer(one) %}<i>{{ caller(one) }}</i>{% endmacro %}{% call(given) outer(text) %}<b>{{ given }}</b>{% endcall %}",
        "{% for one in many %}{{ loop.index }}{{ loop.cycle('x', 'y') }}{{ one.upper() }}{% endfor %}",
        "{% macro nest(deep) %}{{ deep }}{% if deep %}{{ nest(deep - 1) }}{% endif %}{% endmacro %}{{ nest(3) }}",
        "{{ dict(**{'class': text})['class'] }}{{ '%s' | format(*many) if false }}{{ range(3) | list }}",
        "{% set block %}{{ text }}{% endset %}{{ block }}{{ text | e | upper }}",
        "{% filter upper %}{{ text }}{% endfilter %}{{ number.__class__.__name__ }}",
        "{{ shown['values'] }}{{ shown.values }}{{ shown['deep'].more['count'] }}{{ shown.deep['more'].count }}{{ book['values'] }}{{ book.text }}{{ book['deep']['text'] }}",
        "{{ shown['absent'] | default('-') }}{{ shown.absent | default('-') }}{{ shown.deep.absent | default(text) }}{{ book.absent is defined }}{{ many[0] }}{{ text[1:3] }}",
    ],
)
def test_each_construct_prints_what_jinja_prints(template):
    said = {"text": "<铬> & \"锰\" 'x'", "number": 3, "markup": Markup("<b>粗</b>"), "none": None, "many": ["a<", "b"]}
    said["shown"] = SimpleNamespace(values="<v>", deep=SimpleNamespace(more=SimpleNamespace(count=3)))
    said["book"] = {"values": 1, "text": "&", "deep": {"text": "<"}}
    assert made_by(Compiler, template, **said) == made_by(CodeGenerator, template, **said)


@pytest.mark.parametrize("template", ["{{ absent }}", "{{ absent() }}", "{{ text.absent }}", "{{ text.absent() }}", "{{ shown['absent'] }}", "{{ shown.deep.absent }}"])
def test_a_misspelt_name_is_still_a_fault(template):
    with pytest.raises(jinja2.UndefinedError):
        made_by(Compiler, template, text="x", shown=SimpleNamespace(deep=SimpleNamespace()))


def test_every_page_of_a_small_site_is_the_same(content, monkeypatch):
    site, _ = sites.linked(content())
    pages = [page for page in plan(site) if page.renderer == "html"]
    looks = assets(ROOT / "templates")
    ours = render.workshop(site, ROOT / "templates", looks)
    monkeypatch.setattr(render, "Compiler", CodeGenerator)
    monkeypatch.setattr(render, "Template", jinja2.Template)
    theirs = render.workshop(site, ROOT / "templates", looks)
    for page in pages:
        assert render.render(ours, page) == render.render(theirs, page), page.address
