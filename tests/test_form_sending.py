"""A form with an endpoint, really sent: over TLS to a server of our own, with script and without. And the whole ladder where every rung is set."""

from __future__ import annotations

import shutil
from urllib.parse import parse_qs, unquote

import pytest

from tests import tls
from tests.browsing import Quiet, served, until
from tests.test_forms import CONTENT, built

pytestmark = pytest.mark.browser
HOST = "forms.zl.gov.cn"
RECEIPT = "受理回执 2026-000017"
HOSTILE = "<script>document.title=1</script>\"'&x=1%00;\r\n二"
SERVICE = """\
name: 预约
phone: 0353-5550199
email: shouli@mail.gov.cn
apply:
  - {name: sample, label: 样品名称, type: 一行文字, required: 是}
  - {name: use, label: 用途, type: 选一项, required: 是, options: [甲, 乙]}
  - {name: more, label: 说明, type: 几行文字}
"""
SITE = CONTENT["_site.yaml"] + "url: https://zl.gov.cn/\naddress: 小城市示例路 1 号\nemail: zl@mail.gov.cn\nhours: 工作日 9:00—17:00\n"


@pytest.fixture(scope="module")
def received():
    """What has arrived at the endpoint, oldest first."""
    return []


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory, received):
    """The address of a server that takes posted forms over TLS and answers with a receipt."""

    class Counter(Quiet):
        def do_POST(self):
            received.append((self.path, self.headers["Content-Type"], self.rfile.read(int(self.headers["Content-Length"])).decode()))
            answer = f"<!doctype html><title>回执</title><h1>{RECEIPT}</h1>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    server = served(tmp_path_factory.mktemp("counter"), Counter)
    server.socket = tls.context(tmp_path_factory.mktemp("tls"), HOST).wrap_socket(server.socket, server_side=True)
    yield f"https://{HOST}:{server.server_address[1]}/receive"
    server.shutdown()


@pytest.fixture(scope="module")
def sending(tmp_path_factory, endpoint):
    """The form's page on a site whose forms go to the endpoint."""
    folder = built(tmp_path_factory.mktemp("sending"), {"_site.yaml": SITE + f"form_endpoint: {endpoint}\n", "services/booking.yaml": SERVICE})
    server = served(folder)
    yield f"http://127.0.0.1:{server.server_address[1]}/services/booking/apply/"
    server.shutdown()


@pytest.fixture(scope="module")
def keeping(tmp_path_factory):
    """The same site without an endpoint, with mail, telephone, address and hours."""
    folder = built(tmp_path_factory.mktemp("keeping"), {"_site.yaml": SITE, "services/booking.yaml": SERVICE})
    server = served(folder)
    yield f"http://127.0.0.1:{server.server_address[1]}/services/booking/apply/"
    server.shutdown()


@pytest.fixture(scope="module")
def resolving(browser):
    """A browser that finds the endpoint's name on this machine."""
    opened = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--host-resolver-rules=MAP *.gov.cn 127.0.0.1"])
    yield opened
    opened.close()


@pytest.fixture
def visit(resolving):
    """A function that opens a page of its own context, with script or without."""
    contexts = []

    def opened(address, scripted=True):
        contexts.append(resolving.new_context(java_script_enabled=scripted, ignore_https_errors=True))
        page = contexts[-1].new_page()
        page.goto(address)
        if scripted:
            until(page, "() => document.querySelector('.form-body').noValidate")
        return page

    yield opened
    for context in contexts:
        context.close()


def fill(page, **changes):
    for name, text in {"sample": "莫来石砖", "more": "两块\n一整一碎", "person": "示例人", **changes}.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=use][value=乙]")


@pytest.mark.parametrize("scripted", [True, False])
def test_what_was_filled_in_arrives_and_the_receipt_is_the_servers(visit, sending, received, scripted):
    page = visit(sending + "?about=institutions/inst-01", scripted)
    assert "看到那里给出的回执，才算提交成功" in page.inner_text(".form-body") and "已提交" not in page.inner_text("body")
    if scripted:
        until(page, "() => document.querySelector('[name=about]').value.includes('小城计量所')")
    fill(page, sample=HOSTILE.replace("\r\n", ""))
    page.click(".form-body button[type=submit]")
    page.wait_for_url(f"https://{HOST}*/**")
    assert page.inner_text("h1") == RECEIPT and "?" not in page.url
    path, kind, body = received[-1]
    assert path == "/receive" and kind == "application/x-www-form-urlencoded"
    said = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    assert said.pop("seconds").isdigit() is scripted
    about = "小城计量所（institutions/inst-01）" if scripted else ""
    assert said == {"service": "booking", "website": "", "about": about, "sample": HOSTILE.replace("\r\n", ""), "use": "乙", "more": "两块\r\n一整一碎", "person": "示例人"}


@pytest.mark.parametrize("scripted", [True, False])
def test_a_form_with_faults_does_not_leave_the_page(visit, sending, received, scripted):
    before = len(received)
    page = visit(sending, scripted)
    page.click(".form-body button[type=submit]")
    page.fill("[name=sample]", "有了样品，没有用途")
    page.press("[name=sample]", "Enter")
    page.wait_for_timeout(200)
    assert page.url == sending and len(received) == before
    if scripted:
        assert [text for text in page.locator(".form-errors li").all_text_contents()] == ["请为“用途”选一项", "请填写“联系人”"]
        assert page.title().startswith("错误：")


def test_nobody_but_the_endpoint_gets_the_form(visit, sending, received):
    """The policy of the page stops a form whose address was changed."""
    before = len(received)
    page = visit(sending)
    fill(page)
    page.evaluate(
        """() => {
          const form = document.querySelector('form.form-body');
          form.action = form.action.replace('forms.', 'elsewhere.');
          document.addEventListener('securitypolicyviolation', (event) => { form.dataset.stopped = event.effectiveDirective; });
          form.requestSubmit();
        }"""
    )
    until(page, "() => document.querySelector('form.form-body').dataset.stopped")
    assert page.get_attribute("form.form-body", "data-stopped") == "form-action" and len(received) == before


def test_the_field_that_only_programs_fill_is_neither_seen_nor_reached(visit, sending):
    page = visit(sending)
    box = page.locator("[name=website]").bounding_box()
    assert box["x"] + box["width"] < 0 and page.get_attribute("[name=website]", "tabindex") == "-1"
    page.locator(".form-body [name=about]").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.name") != "website"


@pytest.mark.parametrize("scripted", [True, False])
def test_without_an_endpoint_enter_writes_nothing_into_the_address(visit, keeping, scripted):
    page = visit(keeping, scripted)
    fill(page, person="")
    page.press("[name=sample]", "Enter")
    page.wait_for_timeout(200)
    assert page.url == keeping


@pytest.mark.parametrize("scripted", [True, False])
def test_every_rung_of_the_ladder_is_in_sight(visit, keeping, scripted):
    page = visit(keeping, scripted)
    ways = page.locator(".form-ways")
    assert ways.locator("a[href='tel:+86-353-5550199']").is_visible()
    assert "小城市示例路 1 号" in ways.inner_text()
    with page.expect_download() as download:
        ways.locator("a[href$='blank.docx']").click()
    assert open(download.value.path(), "rb").read(2) == b"PK"
    mail = unquote(ways.locator("a[href^=mailto]").get_attribute("href"))
    assert mail.startswith("mailto:shouli@mail.gov.cn?subject=申请：预约&body=") and "样品名称：" in mail and "联系人：" in mail


def test_the_mail_takes_the_filled_application_along_with_its_number(visit, keeping):
    page = visit(keeping)
    fill(page)
    page.click(".form-body button[type=submit]")
    number = page.text_content("[data-code]")
    mail = unquote(page.locator(".form-ways a[href^=mailto]").get_attribute("href"))
    assert f"subject=申请：预约 {number}&body=" in mail and "说明：两块" in mail and "尚未提交" in mail
    assert page.text_content("[data-drawn] span span") == f"https://zl.gov.cn/services/booking/#{number}"


def test_the_code_with_the_number_is_drawn_as_the_build_draws_its_own(visit, keeping):
    from engine import qr

    page = visit(keeping)
    folder = page.evaluate("document.querySelector('script[type=module]').src.replace('site.js', 'components/form/')")
    texts = ["甲", *("a" * (length - 2) + "7K" for length in (14, 15, 27, 43, 63, 85, 107, 122, 123, 152, 153, 180)), "https://zl.gov.cn/services/booking/#20261122-7K3M"]
    drawn = page.evaluate("async ([folder, texts]) => texts.map((await import(folder + 'code.js')).code)", [folder, texts])
    for text, made in zip(texts, drawn):
        built_code = qr.code(text)
        assert (made["size"], made["path"]) == (built_code.size, built_code.path), text
    assert page.evaluate("async folder => (await import(folder + 'code.js')).code('x'.repeat(181))", folder) is None
