"""Request forms in a real browser: wrong and hostile input, drafts, the filled application, paper, and no script at all."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from urllib.parse import quote, unquote

import pytest

from tests.browsing import paper, until

pytestmark = pytest.mark.browser
FORM = "services/testing-commission/apply/"
HOSTILE = '<img src=x onerror="document.title=1">{{7*7}}\'";--</script>'
CANARIES = {"phone": "13912345678", "email": "canary@mail.cn"}
IDENTITY = "样品属于 110105194912310021 号"


@contextmanager
def opened(browser, address: str, **settings):
    """A page of its own context; a message of the console, a dialog or a request elsewhere is a failure."""
    context = browser.new_context(**settings)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("http://127.0.0.1", "blob:")) else None)
    page.goto(address)
    yield page
    assert faults == []
    context.close()


def ready(page) -> None:
    until(page, "() => !document.querySelector('.form-acts button[type=submit]').hidden")


def fill(page, **changes) -> None:
    answers = {"sample": "莫来石砖", "items": "耐压强度\n显气孔率", "person": "示例人", "phone": "0353-5550100", **changes}
    for name, text in answers.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=use][value=内部质量控制]")


def submit(page) -> None:
    page.click(".form-body button[type=submit]")


def stored(page) -> dict[str, str]:
    return page.evaluate("() => Object.assign({}, {...sessionStorage}, {...localStorage})")


def test_nothing_is_said_to_be_wrong_before_the_form_is_sent_off(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        page.fill("[name=phone]", "一二三")
        page.locator("[name=person]").focus()
        assert page.locator(".form-errors").is_hidden() and page.locator(".form-error:visible").count() == 0
        assert not page.title().startswith("错误")


def test_errors_are_summed_up_at_the_top_with_the_focus_and_said_in_the_title(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        submit(page)
        assert page.title().startswith("错误：")
        assert page.evaluate("document.activeElement.className") == "form-errors"
        told = page.locator(".form-errors li").all_text_contents()
        assert told == ["请填写“样品名称”", "请填写“要测的项目”", "请为“报告用途”选一项", "请填写“联系人”", "请填写“联系电话”"]
        page.locator(".form-errors a").first.click()
        assert page.evaluate("document.activeElement.name") == "sample"
        assert page.get_attribute("[name=sample]", "aria-invalid") == "true"
        described = page.get_attribute("[name=sample]", "aria-describedby").split()
        assert "请填写“样品名称”" in [page.text_content(f"#{id}") for id in described]


@pytest.mark.parametrize(
    "name, text, good",
    [
        ("phone", "0353-5550100", True),
        ("phone", "０３５３－５５５０１００", True),
        ("phone", "13912345678", True),
        ("phone", "400-800-1234", True),
        ("phone", "5550100", False),
        ("phone", "139123456789", False),
        ("phone", "<script>", False),
        ("email", "a.b@mail.example.cn", True),
        ("email", "a@b", False),
        ("email", "a b@c.cn", False),
    ],
)
def test_answers_of_a_kind_are_checked(browser, real_address, name, text, good):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        fill(page, **{name: text})
        submit(page)
        assert page.locator(".form-done").is_visible() is good
        assert page.title().startswith("错误：") is not good


def test_dates_and_numbers_are_checked_by_pure_functions(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        folder = page.evaluate("document.querySelector('script[type=module]').src.replace('site.js', 'components/form/')")
        assert page.evaluate("async folder => ['2026-02-30', '2026-12-08', '26-1-1', ''].map((await import(folder + 'checks.js')).isDate)", folder) == [False, True, False, False]
        fault = "async ([folder, value]) => (await import(folder + 'checks.js')).faultOf({label: '数', type: 'number', isNeeded: false, value}, {number: '“%s”错'})"
        assert [page.evaluate(fault, [folder, value]) is None for value in ("3", "２．５", "-1", "1e9", "三")] == [True, True, False, False, False]


def test_the_filled_application_says_that_it_is_not_sent_and_what_to_do(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        fill(page, sample=HOSTILE)
        submit(page)
        done = page.locator(".form-done")
        assert done.is_visible() and page.locator(".form-body").is_hidden()
        assert "还没有提交" in done.inner_text() and "已提交" not in done.inner_text()
        assert re.fullmatch(r"\d{8}-[2-9A-Z]{4}", page.text_content("[data-code]"))
        assert HOSTILE in page.text_content("[data-answers]") and page.locator("[data-answers] img").count() == 0
        assert done.locator("svg.form-qr path").count() == 1
        assert page.evaluate("document.activeElement.className").startswith("form-done")
        page.click("[data-back]")
        assert page.locator(".form-body").is_visible() and page.input_value("[name=sample]") == HOSTILE


def test_it_can_be_saved_as_text_and_as_data(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        fill(page)
        submit(page)
        with page.expect_download() as download:
            page.click("[data-json]")
        whole = json.loads(open(download.value.path(), encoding="utf-8").read())
        assert whole["form"] == "testing-commission" and {"name": "sample", "label": "样品名称", "value": "莫来石砖"} in whole["answers"]
        with page.expect_download() as download:
            page.click("[data-text]")
        assert "样品名称：莫来石砖" in open(download.value.path(), encoding="utf-8-sig").read()


def test_printed_it_has_the_answers_the_number_and_the_code_on_paper(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        fill(page, person="打印示例人")
        submit(page)
        number = page.text_content("[data-code]")
        text = "".join(paper(page))
        assert number in text and "打印示例人" in text and "申请人签字" in text and "0353-5552537" in text
        assert "返回修改" not in text and "复制全部内容" not in text


def test_a_mail_is_never_longer_than_mail_programs_take(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        folder = page.evaluate("document.querySelector('script[type=module]').src.replace('site.js', 'components/form/')")
        make = "async ([folder, text]) => (await import(folder + 'application.js')).mailAddress('a@b.cn', '申请：甲', text, '（放不下）')"
        short = page.evaluate(make, [folder, "甲：乙\n丙：丁"])
        assert unquote(short) == "mailto:a@b.cn?subject=申请：甲&body=甲：乙\r\n丙：丁"
        long = page.evaluate(make, [folder, "\n".join(f"第 {n} 行：{'字' * 20}" for n in range(200))])
        assert len(long) <= 2000 and unquote(long).endswith("（放不下）")


ANSWERS = {"text": HOSTILE, "textarea": HOSTILE, "date": "2026-12-08", "phone": "0353-5550100", "email": "a@mail.cn", "number": "3"}


def test_every_form_of_the_site_refuses_emptiness_and_takes_hostile_text_as_text(browser, real_site, real_address):
    forms = sorted(path.parent.relative_to(real_site).as_posix() for path in real_site.glob("services/*/apply/index.html"))
    assert len(forms) >= 20
    with opened(browser, real_address + forms[0] + "/", viewport={"width": 360, "height": 740}) as page:
        for form in forms:
            page.goto(f"{real_address}{form}/")
            ready(page)
            submit(page)
            assert page.locator(".form-errors li").count() == page.locator("[data-needed]").count() > 0, form
            for field in page.locator(".form-body .form-field[data-type]").all():
                kind = field.get_attribute("data-type")
                if kind == "choice":
                    field.locator("input").first.check()
                else:
                    field.locator("input, textarea").fill(ANSWERS[kind])
            submit(page)
            assert page.locator(".form-done").is_visible() and HOSTILE in page.text_content("[data-answers]"), form
            assert page.locator(".form-done :is(img, script)").count() == 0 and "还没有提交" in page.inner_text(".form-done")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, form


# ── where the visitor comes from ──


def test_the_record_that_the_visitor_comes_from_is_named(browser, real_address):
    with opened(browser, real_address + "equipment/eq-0001/") as page:
        title = page.text_content("h1").strip()
        page.click("a[href*='about=equipment/eq-0001']")
        until(page, "title => document.querySelector('[name=about]').value.includes(title)", title)
        assert page.input_value("[name=about]") == f"{title}（equipment/eq-0001）"


def test_what_the_record_says_is_filled_in_where_the_form_asks_for_it(browser, real_address):
    with opened(browser, real_address + "capabilities/cap-0559/") as page:
        facts = page.evaluate("Object.fromEntries([...document.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling.textContent.trim()]))")
        page.goto(real_address + "services/testing-commission/apply/?about=capabilities/cap-0559")
        until(page, "document.querySelector('[name=standard]').value")
        assert [page.input_value(f"[name={name}]") for name in ("sample", "items", "standard")] == [facts["对象"], facts["参数"], facts["依据标准"]]


@pytest.mark.parametrize("list_of, items", [("value-list", ['<a href="#">甲</a><span class="value-mark">、</span>', "乙"]), ("value-lines", ["甲", "乙"])])
def test_several_values_of_a_record_are_filled_in_with_one_sign_between_them(browser, real_address, list_of, items):
    fact = f'<h1>某项</h1><dl><dt>依据标准</dt><dd><ul class="{list_of}">{"".join(f"<li>{item}</li>" for item in items)}</ul></dd></dl>'
    with opened(browser, real_address + "services/") as page:
        page.route("**/capabilities/cap-0559/", lambda route: route.fulfill(body=fact, content_type="text/html; charset=utf-8"))
        page.goto(real_address + "services/testing-commission/apply/?about=capabilities/cap-0559")
        until(page, "document.querySelector('[name=standard]').value")
        assert page.input_value("[name=standard]") == "甲、乙"


@pytest.mark.parametrize("about", ["<script>alert(1)</script>", "../../etc/passwd", "//evil.example/x", "javascript:alert(1)", "equipment/../x", "EQUIPMENT/EQ", "a/b/c", "equipment/eq%0d%0a1", "https://evil.example/"])
def test_a_hostile_name_of_a_record_is_passed_over(browser, real_address, about):
    with opened(browser, f"{real_address}{FORM}?about={quote(about, safe='%')}") as page:
        ready(page)
        page.wait_for_timeout(50)
        assert page.input_value("[name=about]") == ""


# ── drafts ──


def test_nothing_is_kept_unless_it_is_asked_for(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        fill(page)
        page.wait_for_timeout(600)
        submit(page)
        page.reload()
        assert "莫来石砖" not in json.dumps(stored(page), ensure_ascii=False)
        assert page.input_value("[name=sample]") == ""


def test_a_draft_is_kept_in_the_tab_first_and_on_the_device_only_when_that_is_asked_for_too(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        page.check("[data-save]")
        fill(page)
        until(page, "() => JSON.stringify({...sessionStorage}).includes('莫来石砖')")
        assert page.evaluate("JSON.stringify({...localStorage})").count("莫来石砖") == 0
        page.check("[data-keep]")
        assert page.evaluate("JSON.stringify({...localStorage})").count("莫来石砖") == 1
        assert page.evaluate("JSON.stringify({...sessionStorage})").count("莫来石砖") == 0
        page.reload()
        until(page, "() => document.querySelector('[name=sample]').value === '莫来石砖'")
        assert page.is_checked("[name=use][value=内部质量控制]")


def test_telephones_mails_and_identity_numbers_are_never_kept(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        ready(page)
        page.check("[data-save]")
        page.check("[data-keep]")
        fill(page, **CANARIES, items=IDENTITY, standard="电话 139 1234 5678", sample="留得下的样品")
        until(page, "() => JSON.stringify({...localStorage}).includes('留得下的样品')")
        page.goto(real_address + "services/")
        kept = json.dumps(stored(page), ensure_ascii=False)
        assert "留得下的样品" in kept
        for canary in (*CANARIES.values(), "110105194912310021", "139 1234 5678"):
            assert canary not in kept
        assert canary not in page.url


def keep(page) -> None:
    """Fills the form and has its draft kept on the device."""
    ready(page)
    page.check("[data-save]")
    page.check("[data-keep]")
    fill(page)
    until(page, "() => JSON.stringify({...localStorage}).includes('莫来石砖')")


def test_clearing_leaves_nothing(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        keep(page)
        page.click("[data-clear]")
        page.reload()
        assert not [key for key in stored(page) if key.startswith("draft:")]
        assert page.input_value("[name=sample]") == ""


def test_a_draft_of_last_week_is_erased_by_any_form(browser, real_address):
    with opened(browser, real_address + FORM) as page:
        keep(page)
        page.goto(real_address + "services/")
        page.evaluate("() => { for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) { const kept = JSON.parse(localStorage[key]); kept.saved -= 7 * 86400e3 + 1000; localStorage[key] = JSON.stringify(kept); } }")
        page.goto(real_address + "services/consult/apply/")
        ready(page)
        assert not [key for key in stored(page) if key.startswith("draft:")]


# ── without script ──


def test_without_script_the_form_can_be_filled_and_printed_and_the_ways_are_there(browser, real_address):
    with opened(browser, real_address + FORM, java_script_enabled=False) as page:
        assert page.locator("[name=sample]").is_visible() and page.locator(".form-body button[type=submit]").is_hidden()
        assert page.locator(".form-draft").is_hidden()
        assert "直接打印本页" in page.inner_text(".form-body")
        ways = page.locator(".form-ways")
        assert ways.locator("a[href^='tel:']").count() >= 2 and "18 号窗口" in ways.inner_text() and "工作日" in ways.inner_text()


@pytest.mark.parametrize("scripted", [True, False])
def test_every_answer_has_a_label_and_the_form_fits_a_phone(browser, real_address, scripted):
    with opened(browser, real_address + FORM, java_script_enabled=scripted, viewport={"width": 360, "height": 740}) as page:
        unnamed = [box for box in page.locator(".form-body :is(input:not([type=hidden]), textarea)").all() if box.evaluate("box => box.labels.length") == 0]
        assert unnamed == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
