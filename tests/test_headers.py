"""One declaration makes the headers of every host; served by nginx with them, the site works and the browser reports no violation."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from engine import urls
from engine.exports import headers
from engine.model import Config, Page
from engine.schema import CONFIG
from engine.fields import unsaid
from types import SimpleNamespace

CONFIGURATION = """\
daemon off; user root; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen 127.0.0.1:{port}; root {site}; include {site}/deploy/nginx.conf; }}
}}
"""


@pytest.fixture(scope="module")
def nginx(real_site, tmp_path_factory):
    """The address of the real site behind Debian's nginx with the configuration that the site brings along."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or pytest.fail("nginx is not installed; README.md says how")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "conf").write_text(CONFIGURATION.format(folder=folder, port=port, site=real_site))
    server = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "conf")], stderr=subprocess.PIPE)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert server.poll() is None, server.stderr.read().decode()
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait(10)


def get(address: str, **more: str):
    try:
        return urllib.request.urlopen(urllib.request.Request(address, headers=more), timeout=10)
    except urllib.error.HTTPError as answer:
        return answer


def config(**values) -> Config:
    return Config({**{name: unsaid(field) for name, field in CONFIG.items()}, **values}, "content/_site.yaml")


def made(address: str, **values) -> str:
    view = SimpleNamespace(site=SimpleNamespace(config=config(**values)))
    return headers.render(view, Page(address[1:], address, "file", "headers")).decode()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "capabilities/", "experts/exp-001/", "no/such/page/", "404.html", "assets/none.css", "data/experts.csv", "robots.txt"])
def test_every_answer_has_every_header_errors_too(nginx, path):
    answer = get(nginx + path)
    said = headers.headers(config())
    assert {name: answer.headers.get(name) for name in said} == said
    assert answer.status == (404 if "no" in path else 200)


@pytest.mark.browser
def test_files_whose_names_change_with_their_content_are_kept_for_ever_and_no_other(nginx, real_site):
    for path in real_site.rglob("*"):
        name = path.relative_to(real_site).as_posix()
        if path.is_file() and (name.count("/") < 2 or name.startswith("assets/") or "/fragment/" in name) and not name.startswith(("deploy/", ".", "_")):
            lasting = name.startswith("assets/") or ".pf_" in name
            assert (get(nginx + name).headers.get("Cache-Control") == headers.LASTING) is lasting, name
            if "/fragment/" in name:
                break


def test_the_rules_of_every_host_reach_the_files_that_are_kept_for_ever(real_site):
    """Netlify's `*` takes any signs and `:name` one folder; Caddy and Apache are told by regular expressions."""
    rules = re.findall(r"^(/\S+)\n  Cache-Control", made(urls.NETLIFY), re.M)
    netlify = [re.compile(re.sub(r":[a-z]+", "[^/]+", rule).replace("*", ".*")) for rule in rules]
    caddy = re.compile(re.search(r'@lasting \{\n\tpath_regexp "(.+)"', made(urls.CADDY))[1])
    apache = re.compile(re.search(r"Cache-Control .* m#(.+)#", made(urls.APACHE))[1])
    for path in real_site.rglob("*"):
        address = f"/{path.relative_to(real_site).as_posix()}"
        if path.is_file():
            lasting = address.startswith("/assets/") or path.suffix in (".pf_index", ".pf_fragment")
            assert any(rule.fullmatch(address) for rule in netlify) is lasting, address
            assert bool(caddy.search(address)) is bool(apache.search(address)) is (lasting or path.suffix == ".pf_meta"), address


@pytest.mark.browser
@pytest.mark.parametrize("path", ["_headers", ".htaccess", ".quality-directory", "deploy/nginx.conf", "deploy/", "experts/.hidden"])
def test_files_for_hosts_are_not_served(nginx, path):
    assert get(nginx + path).status == 404


@pytest.mark.browser
@pytest.mark.parametrize("path, kind", [("data/experts.csv", "text/csv; charset=utf-8"), ("", "text/html; charset=utf-8"), ("news/feed.xml", "text/xml; charset=utf-8")])
def test_texts_say_that_they_are_utf_8(nginx, path, kind):
    assert get(nginx + path).headers["Content-Type"] == kind


@pytest.mark.browser
def test_pages_are_packed_on_the_way(nginx):
    assert get(nginx, **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


WATCH = "document.addEventListener('securitypolicyviolation', (fault) => (window.violations ||= []).push(`${fault.effectiveDirective} ${fault.blockedURI} ${fault.sourceFile}:${fault.lineNumber}`));"


@pytest.fixture
def watched(browser):
    """A page that keeps the browser's reports of violations, and all that its console complains of."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()


@pytest.mark.browser
def test_no_kind_of_page_breaks_the_policy(nginx, watched, real_site):
    """One page of each kind, known by its title's place: the first of every folder, and its first record, value and form."""
    chosen = ["", "404.html"]
    for folder in sorted(path for path in real_site.iterdir() if path.is_dir() and path.name not in ("assets", "data", "pagefind", "files", "deploy")):
        pages = sorted(folder.rglob("index.html"))
        chosen += [path.parent.relative_to(real_site).as_posix() + "/" for path in pages[:1] + pages[len(pages) // 2 : len(pages) // 2 + 1] + pages[-1:]]
    for path in dict.fromkeys(chosen):
        watched.goto(nginx + path, wait_until="load")
        watched.wait_for_timeout(50)
        assert watched.evaluate("window.violations || []") == [], path
    assert watched.faults == []


@pytest.mark.browser
def test_searching_does_not_break_the_policy(nginx, watched):
    watched.goto(nginx + "search/?q=天平")
    watched.wait_for_selector("#search-results a")
    assert watched.evaluate("window.violations || []") == [] and watched.faults == []


@pytest.mark.browser
def test_the_policy_in_the_page_stops_a_script_when_the_host_sends_no_headers(browser, real_address):
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(real_address)
    page.evaluate("{ const one = document.createElement('script'); one.textContent = 'window.ran = 1'; document.body.append(one); const two = document.createElement('img'); two.src = 'https://elsewhere.example/x.png'; document.body.append(two); }")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert len(page.evaluate("window.violations")) == 2
    context.close()


@pytest.mark.parametrize("address", urls.HOSTING)
def test_every_host_gets_every_header_with_the_same_value(address):
    text = made(address)
    for name, value in headers.headers(config()).items():
        assert name in text and value in text


def test_the_policy_allows_nothing_inline_and_no_other_host():
    for name, value in headers.POLICY.items():
        assert not re.search(r"unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|http|data:|blob:", value), name


def test_what_does_not_work_in_a_page_is_not_said_there():
    assert "frame-ancestors" not in headers.meta_policy(config())
    assert "frame-ancestors 'self'" in headers.headers(config())["Content-Security-Policy"]


def test_strict_transport_is_promised_only_when_the_owner_asks_for_it():
    assert "Strict-Transport" not in made(urls.NGINX)
    assert 'Strict-Transport-Security "max-age=31536000"' in made(urls.NGINX, https_only=True)


def test_a_site_in_a_folder_has_its_rules_there():
    text = made(urls.NETLIFY, url="https://a.example/quality/")
    assert text.startswith("/quality/*\n") and "/quality/assets/*" in text


@pytest.mark.parametrize(
    "endpoint, said",
    [
        ("https://forms.example.gov.cn/in?x=1", "form-action 'self' mailto: https://forms.example.gov.cn;"),
        ("https://forms.example.gov.cn:8443/", "form-action 'self' mailto: https://forms.example.gov.cn:8443;"),
        ("https://a.example;script-src/*", "form-action 'self' mailto: https://a.example;"),
        ("https://a.example\n  X-Evil: 1", "form-action 'self' mailto: https://a.example;"),
        ("https://';script-src", "form-action 'self' mailto:;"),
        ("http://a.example/", "form-action 'self' mailto:;"),
    ],
)
def test_a_form_may_be_sent_to_its_endpoint_and_an_address_cannot_add_a_directive(endpoint, said):
    text = made(urls.NETLIFY, form_endpoint=endpoint)
    assert said in text and "Evil" not in text and text.count("script-src") == 1


HOSTILE = ["\n", "\r\n", "\u2028", '"', "\\", ";", "{", "}", "$host", "\0", "#", "`", "%0a", "\nadd_header X-Evil 1;", "*/"]


@pytest.mark.parametrize("address", urls.HOSTING)
@pytest.mark.parametrize("sign", HOSTILE)
def test_no_setting_can_break_out_of_a_line(address, sign):
    plain = made(address, url="https://a.example/quality/", form_endpoint="https://a.example/in").splitlines()
    hostile = made(address, url=f"https://a.example/qua{sign}lity/", form_endpoint=f"https://a.example{sign}X-Evil/").splitlines()
    assert len(plain) == len(hostile) and "Evil" not in "".join(hostile)


@pytest.mark.parametrize("value", ["a\nb", 'a"b', "a\\b", "é", "", "a\tb"])
def test_a_value_that_cannot_stand_in_all_files_stops_the_build(monkeypatch, value):
    monkeypatch.setitem(headers.HEADERS, "X-Test", value)
    with pytest.raises(ValueError):
        made(urls.NGINX)


def test_netlify_and_cloudflare_take_the_file():
    text = made(urls.NETLIFY)
    assert all(len(line) <= 2000 for line in text.splitlines()) and len(re.findall(r"^\S", text, re.M)) <= 100


def test_the_readme_installs_nginx_beside_the_browser():
    assert "nginx" in (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8").split("```sh")[2]
