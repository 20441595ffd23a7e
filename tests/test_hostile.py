"""What an editor or an intruder might write runs nowhere: in Chromium with the sanitizer alone and with the policy alone, and by the markup itself.

Every payload of tests/payloads.py stands in the title, aliases, summary, tags, a table's cell, a term's label and the prose of a record of its own.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from playwright.sync_api import Error

from engine import pipeline, urls
from engine.exports import headers
from engine.fields import TYPES, Terms
from engine.identifiers import Misfit
from engine.ids import id_problems
from engine.model import Config, Field
from tests import sites
from tests.payloads import ADDRESSES, AWAY, PAYLOADS

ROOT = Path(__file__).resolve().parent.parent
ORIGIN = "https://site.test"
SHARE = 1 if os.environ.get("TRUST") == "long" else 4  # one payload in so many is tried in the browser; all are, with TRUST=long
DECLARATION = """\
label: 物品库
item: 物品
sort: [name]
fields:
  name:  {label: 名称, type: text, required: true}
  tags:  {label: 标签, type: text, many: true, column: true}
  kind:  {label: 类别, type: term, vocabulary: kinds, facet: true, column: true}
  scope: {label: 表, type: table, fields: {cell: {label: 格, type: text, column: true}}}
  web:   {label: 网址, type: url}
"""
HOOKS = """
window.ran = [];
const keep = window.ran.push.bind(window.ran);
window.ran.push = (...said) => { window.tell?.(said.join()); return keep(...said); };
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = (...said) => { window.ran.push(name + said); (window.top.ran || []).push(name); };
for (const name of ["fetch"]) { const real = window[name]; window[name] = (address, ...more) => { if (/evil/.test(String(address))) window.ran.push(name + address); return real(address, ...more); }; }
"""
TOUCH = """
() => {
  document.addEventListener("click", (event) => { const link = event.target.closest?.("a[href], area[href]"); if (link && !/^(java|vb)script:|^data:/i.test(link.protocol)) event.preventDefault(); }, true);
  document.addEventListener("submit", (event) => { if (!/^javascript:/i.test(event.target.action)) event.preventDefault(); }, true);
  for (const element of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "mousemove", "pointerenter", "pointerdown", "mousedown", "focus", "focusin", "mouseup", "keydown", "beforeinput", "toggle", "animationstart"])
      element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
    if (element.matches("details")) element.open = true;
    if (element.click && !element.matches("dialog button, input[type=file], summary, [data-module=print] *")) try { element.click(); } catch {}
  }
}
"""


def said(text: str) -> str:
    """A text as a scalar of YAML: JSON's strings are."""
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x7f", "\\x7f")


def hostile_content(payloads: list[str]) -> dict[str, str]:
    plain = [re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", payload) for payload in payloads]
    files = {
        "_site.yaml": f"name: {said('站' + plain[0])}\ntagline: {said(plain[5])}\nowner: {said(plain[50])}\ndescription: {said(plain[88])}\nlibraries: [things]\nmenu:\n  - {{label: {said(plain[60])}, to: /things/}}\n",
        "_vocabularies/kinds.yaml": "label: 类别\nterms:\n" + "".join(f"  k-{number}: {{label: {said(f'{number} ' + text)}}}\n" for number, text in enumerate(plain)),
        "things/_collection.yaml": DECLARATION,
    }
    for number, text in enumerate(plain):
        fields = {"name": said(text), "aliases": f"[{said(text)}]", "summary": said(text), "tags": f"[{said(text)}, {said('x' + text)}]", "kind": f"k-{number}", "scope": f"[{{cell: {said(text)}}}]"}
        files[f"things/t-{number}.yaml"] = "".join(f"{name}: {value}\n" for name, value in fields.items()) + f"body: {said(text)}\n"
    return files


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """The site of the payloads. Prose that the checks refuse anyway (dead links) is left out of it, the fields stay."""
    folder = tmp_path_factory.mktemp("hostile")
    content = sites.write(folder / "content", hostile_content(PAYLOADS))
    order = pipeline.Order(content, ROOT / "templates", folder / "site", date(2026, 11, 22), 2)
    refused = {problem.path for problem in pipeline.read(order)[1] if problem.severity == "error"}
    for name in refused:
        path = folder / name
        path.write_text(re.sub(r"^body: .*\n", "", path.read_text("utf-8"), flags=re.M), "utf-8")
    made = pipeline.build(order)
    assert not pipeline.has_errors(made.problems), made.problems[:3]
    print(f"{len(PAYLOADS)} payloads in 7 places; prose of {len(refused)} refused by the checks")
    assert len(refused) < len(PAYLOADS) / 10
    return folder / "site"


class Host:
    """Answers a browser from a folder or from made-up pages, lets nothing else out, and counts who asked for another origin."""

    def __init__(self, browser, pages, policy: str | None):
        self.pages, self.policy, self.outside, self.faults = pages, policy, [], []
        self.context = browser.new_context()
        self.ran: list[str] = []
        self.context.expose_function("tell", lambda said: self.ran.append(said))
        self.context.add_init_script(HOOKS)
        self.context.route("**/*", self.answer)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.outside.append("dialog"), dialog.dismiss()))
        self.page.on("popup", lambda popup: popup.close())

    def answer(self, route):
        address = route.request.url
        if not address.startswith(ORIGIN + "/"):
            self.outside.append(address)
            return route.abort()
        body, kind = self.pages(unquote(urlsplit(address).path))
        said = {"Content-Type": kind, **({"Content-Security-Policy": self.policy} if self.policy else {})}
        return route.fulfill(status=200 if body is not None else 404, headers=said, body=body or b"")

    def open(self, path: str) -> None:
        """Where the last touch leads to another page late, that one comes in between."""
        for _ in range(5):
            try:
                self.page.goto(ORIGIN + path, wait_until="load")
                return
            except Error as fault:
                assert "interrupted by another navigation" in str(fault), fault
        raise AssertionError(f"{path} never opened")

    def visit(self, path: str) -> list[str]:
        """What ran on a page on which everything was touched. A touch may lead to another page: what ran before is told all the same."""
        self.ran.clear()
        self.open(path)
        try:
            self.page.evaluate(TOUCH)
            self.page.wait_for_timeout(5)
            self.page.evaluate("0")  # whatever was told before this is here after it
        except Error as fault:
            assert "navigation" in str(fault), fault
            self.page.wait_for_load_state("load")
        return list(self.ran)


KINDS = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}


def of_folder(folder: Path, with_policy: bool):
    def answer(path: str):
        file = folder / urls.path(path)
        if not file.is_file():
            return None, "text/plain"
        body = file.read_bytes()
        if file.suffix == ".html" and not with_policy:
            body = re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", body)
            assert b"Content-Security-Policy" not in re.sub(rb"<(?:pre|code).*?</(?:pre|code)>", b"", body)
        return body, KINDS.get(file.suffix, "application/octet-stream")

    return answer


def addresses(folder: Path) -> list[str]:
    return sorted("/" + path.relative_to(folder).as_posix().removesuffix("index.html") for path in folder.rglob("*.html"))


@pytest.mark.browser
def test_with_the_sanitizer_alone_nothing_runs_and_nobody_is_asked(hostile, browser):
    host = Host(browser, of_folder(hostile, with_policy=False), None)
    hits = {}
    records = [f"/things/t-{number}/" for number in range(len(PAYLOADS))]
    values = [address for address in addresses(hostile) if "/by/" in address]
    others = [address for address in addresses(hostile) if address not in {*records, *values}]
    visited = [*others, *records[::SHARE], *values[:: 4 * SHARE]]
    for address in visited:
        if ran := host.visit(address):
            hits[address] = ran
    print(f"{len(visited)} pages touched, {len(hits)} executions, {len(host.outside)} requests elsewhere")
    assert hits == {}
    assert {address for address in host.outside if AWAY not in address and "evil" not in address} == set()
    assert host.outside == []


@pytest.mark.browser
def test_hostile_queries_run_nowhere(hostile, browser):
    """What visitors are sent in a link: in the search page's and the lists' query, and after `#`."""
    from urllib.parse import quote

    host = Host(browser, of_folder(hostile, with_policy=False), None)
    for number, payload in enumerate(PAYLOADS[:: 4 * SHARE]):
        text = quote(payload, safe="")
        for path in (f"/search/?q={text}", f"/things/?kind={text}&q={text}", f"/compare/?ids={text}#{text}", f"/search/?{text}={text}#{text}")[number % 2 :: 2]:
            assert host.visit(path) == [], (path, payload)
    assert host.outside == []


def raw_page(payload: str) -> bytes:
    """A page that forgot every precaution: the payload raw in a body, in attributes with and without quotes, in links and in data."""
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{payload}</title></head><body><div>{payload}</div>"
        f'<p title="{payload}">a</p><p title=\'{payload}\'>b</p><p title={payload}>c</p><a href="{payload}">d</a><img alt="{payload}" src="{payload}">'
        f'<form action="{payload}"><button>e</button></form><script type="application/json">{payload}</script><script>var text = "{payload}";</script></body></html>'
    ).encode("utf-8", "replace")


@pytest.mark.browser
def test_with_the_policy_alone_nothing_runs(browser):
    """The sanitizer and the templates are left out; only the header of the policy stands between the payload and the visitor."""
    said = headers.headers(Config({"form_endpoint": None, "https_only": None}, ""))["Content-Security-Policy"]
    pages = {f"/{number}/": raw_page(payload) for number, payload in enumerate(PAYLOADS[::SHARE])}
    host = Host(browser, lambda path: (pages.get(path), KINDS[".html"]), said)
    hits = {}
    for address in pages:
        try:
            ran = host.visit(address)
        except Exception as fault:  # a payload may lead the page away, which the policy does not forbid
            assert "context was destroyed" in str(fault) or "navigat" in str(fault).lower() or "interrupted" in str(fault), fault
            continue
        if ran:
            hits[address] = ran
    print(f"{len(pages)} raw pages, {len(hits)} executions, {len(host.outside)} requests elsewhere")
    assert hits == {}


@pytest.mark.browser
def test_without_either_the_payloads_do_run_so_that_the_test_means_something(browser):
    pages = {f"/{number}/": raw_page(payload) for number, payload in enumerate(PAYLOADS[:60:SHARE])}
    host = Host(browser, lambda path: (pages.get(path), KINDS[".html"]), None)
    hits = 0
    for address in pages:
        try:
            hits += bool(host.visit(address))
        except Exception:
            continue
    assert hits > 15 / SHARE and host.outside
    print(f"{len(pages)} raw pages without policy: {hits} executed, {len(host.outside)} requests elsewhere")


# ── by the markup itself ──────────────────────────────────────────────────────

def elements(path: Path):
    tree = html5lib.parse(path.read_bytes(), namespaceHTMLElements=False, transport_encoding="utf-8")
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield element


def test_no_page_has_markup_that_could_run_or_lead_away(hostile):
    pages = sorted(hostile.rglob("*.html"))
    kept = [path for path in pages if "/by/" not in path.as_posix()] + [path for path in pages if "/by/" in path.as_posix()][::15]
    for path in kept:
        for element in elements(path):
            tag = element.tag.rpartition("}")[2]
            assert tag not in {"iframe", "object", "embed", "base", "frame", "frameset", "applet", "style", "math", "video", "audio", "marquee", "portal"}, (path, tag)
            if tag == "script" and element.get("type") == "application/ld+json":
                json.loads(element.text)  # a payload did not end it early, or break its syntax
            else:
                assert tag != "script" or element.get("src", "").startswith((".", "assets/")), path
            assert not [name for name in element.keys() if name.startswith("on") or name == "style" or name == "srcdoc"], (path, tag, element.attrib)
            if tag == "svg":
                assert {inner.tag.rpartition("}")[2] for inner in element.iter()} <= {"svg", "use", "path", "title", "g", "rect", "circle"}, path
            for name in ("href", "src", "action", "formaction", "data", "poster", "ping", "{http://www.w3.org/1999/xlink}href"):
                if (value := element.get(name)) is not None:
                    assert not re.match(r"[\s\x00-\x20]*(//|[\\/]\\|\\)", value), (path, value)
                    scheme = re.match(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.-]*):", value)
                    assert not scheme or scheme[1].lower() in {"http", "https", "mailto", "tel"}, (path, value)
                    assert tag in ("a", "link") or not scheme, (path, tag, value)
    print(f"{len(kept)} pages read")


def test_template_syntax_is_printed_as_it_was_written(hostile):
    for number, payload in enumerate(PAYLOADS):
        if payload.startswith(("{{", "{%", "{#", "${", "#{", "<%", "%")):
            heading = next(element for element in elements(hostile / "things" / f"t-{number}" / "index.html") if element.tag == "h1")
            assert "".join(heading.itertext()).strip() == payload.strip()


def test_titles_are_shown_as_they_were_written(hostile):
    for number, payload in enumerate(PAYLOADS):
        plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", payload)
        heading = next(element for element in elements(hostile / "things" / f"t-{number}" / "index.html") if element.tag == "h1")
        assert " ".join("".join(heading.itertext()).split()) == " ".join(plain.split())


def test_data_files_hold_the_payloads_as_data(hostile):
    records = {record["id"]: record for record in json.loads((hostile / "data" / "things.json").read_text("utf-8"))["records"]}
    for number, payload in enumerate(PAYLOADS):
        plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", payload).strip()
        assert records[f"t-{number}"]["name"] == plain and records[f"t-{number}"]["aliases"] == [plain]


def test_no_text_is_taken_for_a_template():
    """`from_string` is the only way from a text to a template, and nobody uses it."""
    assert not [path for path in (ROOT / "engine").rglob("*.py") if re.search(r"\b(from_string|render_template_string)\b", path.read_text("utf-8"))]


@pytest.mark.parametrize("payload", ADDRESSES)
def test_an_address_field_takes_no_other_scheme_and_no_other_way(payload):
    field = Field("web", "网址", "url")
    read = TYPES["url"](payload.strip(), field, Terms({}))
    if payload.startswith("https://user:word@"):
        assert isinstance(read, Misfit)  # a name before the host hides the host
    else:
        assert isinstance(read, Misfit), payload


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_can_be_an_id_a_file_name_or_a_number_of_anything(payload):
    assert id_problems(payload, "a", ()) or re.fullmatch("[a-z]+", payload)  # `constructor` is a good id
    for kind in ("file", "image", "email", "phone", "date", "datetime", "year", "integer", "number", "credit-code", "cma", "cnas", "patent"):
        assert isinstance(TYPES[kind](payload, Field("x", "x", kind), Terms({})), Misfit), kind


def test_every_attribute_in_the_templates_is_quoted():
    """Autoescape does not protect an attribute without quotes."""
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.S)
        assert not re.findall(r"<[a-z][^<>]*\s[a-z-]+=\s*{{", re.sub(r'"[^"]*"', '""', text)), path
        assert not re.findall(r"<(?:script|style)(?![^>]*ld\+json)[^>]*>[^<]*{{", text), path
