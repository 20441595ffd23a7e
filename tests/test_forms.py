"""Forms as data: which questions a record asks, and what an editor is told when they are wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine import pipeline
from engine.forms import form_of
from engine.model import Key
from tests import sites

ROOT = Path(__file__).resolve().parent.parent
SERVICES = """\
label: 网上办理
item: 办理事项
form: apply
sheets: {apply: 在线填表}
fields:
  name:  {label: 事项名称, type: text, required: true}
  phone: {label: 咨询电话, type: phone}
  email: {label: 受理邮箱, type: email}
  apply:
    label: 申请表
    type: table
    fields:
      name:     {label: 代号, type: text, required: true}
      label:    {label: 题目, type: text, required: true}
      type:     {label: 题型, type: choice, required: true, choices: {text: 一行文字, textarea: 几行文字, choice: 选一项, date: 日期, phone: 电话, email: 电子邮箱, number: 数}}
      required: {label: 必填, type: boolean}
      help:     {label: 提示, type: text}
      options:  {label: 选项, type: text, many: true}
"""
TALKS = """\
label: 讲座
item: 讲座
form: signup
sheets: {signup: 报名}
calendar: sessions
fields:
  name:   {label: 名称, type: text, required: true}
  signup: {label: 报名表, type: reference, to: services}
  sessions:
    label: 场次
    type: table
    fields:
      code:     {label: 代号, type: text, required: true}
      start:    {label: 开始, type: datetime, required: true}
      end:      {label: 结束, type: datetime}
      sequence: {label: 变更次数, type: integer}
      status:   {label: 状态, type: choice, choices: {postponed: 延期, cancelled: 取消}}
"""
CONTENT = {
    **sites.SMALL,
    "_site.yaml": sites.SMALL["_site.yaml"] + "applicant:\n  - {name: person, label: 联系人, type: 一行文字, required: 是}\n",
    "services/_collection.yaml": SERVICES,
    "services/booking.yaml": "name: 预约\nphone: 0353-5550199\napply:\n  - {name: session, label: 场次, type: 一行文字, required: 是}\n  - {name: use, label: 用途, type: 选一项, options: [甲, 乙]}\n",
    "services/plain.yaml": "name: 没有表的事项\n",
    "talks/_collection.yaml": TALKS,
    "talks/first.yaml": "name: 第一讲\nsignup: booking\nsessions:\n  - {code: a, start: 2026-12-01 09:00, end: 2026-12-01 11:00, sequence: 0}\n  - {code: b, start: 2026-12-08 09:00, end: 2026-12-08 11:00, sequence: 1, status: 取消}\n",
    "talks/past.yaml": "name: 讲完了的\nsignup: booking\nsessions:\n  - {code: a, start: 2026-01-01 09:00, end: 2026-01-01 11:00, sequence: 0}\n",
}


def built(tmp_path, changes=None) -> Path:
    content = sites.write(tmp_path / "content", sites.changed(CONTENT, changes or {}))
    made = pipeline.build(pipeline.Order(content, ROOT / "templates", tmp_path / "site", date(2026, 11, 22)))
    assert not pipeline.has_errors(made.problems), made.problems
    return tmp_path / "site"


def test_a_form_has_the_questions_of_its_record_and_then_those_about_whoever_asks(tmp_path):
    site, problems = sites.linked(sites.write(tmp_path / "content", CONTENT))
    form = form_of(site, Key("services", "booking"))
    assert [question.name for question in form.questions] == ["session", "use", "person"]
    assert form_of(site, Key("services", "plain")) is None


def test_a_record_may_use_the_form_of_another(tmp_path):
    site, _ = sites.linked(sites.write(tmp_path / "content", CONTENT))
    assert form_of(site, Key("talks", "first")) == form_of(site, Key("services", "booking"))


def test_its_version_changes_when_its_questions_do(tmp_path):
    before, _ = sites.linked(sites.write(tmp_path / "a", CONTENT))
    after, _ = sites.linked(sites.write(tmp_path / "b", {**CONTENT, "services/booking.yaml": CONTENT["services/booking.yaml"].replace("乙", "丙")}))
    assert form_of(before, Key("services", "booking")).version != form_of(after, Key("services", "booking")).version


def test_the_page_of_a_form_says_that_nothing_is_sent_and_where_to_go(tmp_path):
    text = (built(tmp_path) / "services/booking/apply/index.html").read_text("utf-8")
    assert "本站不接收、不保存" in text and "不算提交" in text
    assert 'href="tel:+86-353-5550199"' in text and "<noscript>" in text
    assert 'method="post"' not in text and "已提交" not in text


def test_a_record_without_questions_has_no_form_page(tmp_path):
    assert not (built(tmp_path) / "services/plain/apply").exists()


def test_signing_up_offers_the_sessions_that_still_take_place(tmp_path):
    site = built(tmp_path)
    text = (site / "talks/first/signup/index.html").read_text("utf-8")
    assert "2026-12-01（周二）09:00—11:00" in text and "2026-12-08（" not in text
    assert 'name="about" value="第一讲（talks/first）"' in text
    assert "报名已截止" in (site / "talks/past/signup/index.html").read_text("utf-8")


def test_a_session_can_be_signed_up_for_until_its_deadline_and_not_longer(tmp_path):
    talks = CONTENT["talks/_collection.yaml"].replace("      end: ", "      deadline: {label: 报名截止, type: date}\n      end: ")
    late = "name: 第一讲\nsignup: booking\nsessions:\n  - {code: a, start: 2026-12-01 09:00, end: 2026-12-03 11:00, deadline: %s, sequence: 0}\n"
    open_ = built(tmp_path / "a", {"talks/_collection.yaml": talks, "talks/first.yaml": late % "2026-11-22"}) / "talks/first/signup/index.html"
    closed = built(tmp_path / "b", {"talks/_collection.yaml": talks, "talks/first.yaml": late % "2026-11-21"}) / "talks/first/signup/index.html"
    assert 'data-closes="2026-11-22"' in open_.read_text("utf-8") and 'data-expires="2026-11-22"' in open_.read_text("utf-8")
    assert "<form class=\"form-body" not in closed.read_text("utf-8") and "报名已截止" in closed.read_text("utf-8")


def test_the_questions_are_neither_facts_nor_columns_nor_searched(tmp_path):
    site = built(tmp_path)
    assert "几行文字" not in (site / "services/booking/index.html").read_text("utf-8")
    assert "申请表" not in (site / "data/services.csv").read_text("utf-8-sig").splitlines()[0]


def test_with_an_endpoint_the_form_is_a_real_one(tmp_path):
    endpoint = "https://forms.zl.gov.cn/receive"
    site = built(tmp_path, {"_site.yaml": CONTENT["_site.yaml"] + f"form_endpoint: {endpoint}\n"})
    text = (site / "services/booking/apply/index.html").read_text("utf-8")
    assert f'method="post" action="{endpoint}"' in text and 'name="website"' in text
    assert "看到那里给出的回执，才算提交成功" in text
    assert "https://forms.zl.gov.cn" in text.split("form-action", 1)[1].split('"', 1)[0]


def test_a_mail_can_be_written_where_there_is_an_address_for_it(tmp_path):
    site = built(tmp_path, {"services/booking.yaml": CONTENT["services/booking.yaml"].replace("phone:", "email: shouli@mail.gov.cn\nphone:")})
    text = (site / "services/booking/apply/index.html").read_text("utf-8")
    assert 'href="mailto:shouli@mail.gov.cn?subject=%E7%94%B3' in text and 'data-email="shouli@mail.gov.cn"' in text


@pytest.mark.parametrize(
    "endpoint, told",
    [
        ("http://forms.zl.gov.cn/receive", "https://"),
        ("https://example.com/form", "占位"),
        ("https://forms.example.org/", "占位"),
        ("https://localhost/form", "占位"),
        ("https://your-domain.cn/form", "占位"),
        ("https://formspree.io/f/your-form-id", "占位"),
        ("https://zl.gov.cn/xxxx", "占位"),
        ("https://intranet/form", "占位"),
        ("https://httpbin.org/post", "占位"),
        ("https://webhook.site/5a1c", "占位"),
        ("https://formspree.io/f/abcdwxyz", "占位"),
        ("https://127.0.0.1/form", "占位"),
        ("https://192.168.1.20/form", "占位"),
        ("https://zl.gov.cn/…", "占位"),
    ],
)
def test_an_endpoint_that_would_swallow_what_people_write_is_refused(tmp_path, endpoint, told):
    folder = sites.write(tmp_path / "content", {**CONTENT, "_site.yaml": CONTENT["_site.yaml"] + f"form_endpoint: {endpoint}\n"})
    found = [problem for problem in sites.problems(folder) if problem.code == "endpoint"]
    assert found and told in found[0].message and found[0].line > 0


@pytest.mark.parametrize("url, kept", [("https://www.zl.gov.cn/", True), ("https://zl.gov.cn/quality/", True), ("https://other.gov.cn/", False), ("https://zl.org.cn/", False)])
def test_an_endpoint_of_another_organisation_is_told_but_may_stay(tmp_path, url, kept):
    folder = sites.write(tmp_path / "content", {**CONTENT, "_site.yaml": CONTENT["_site.yaml"] + f"url: {url}\nform_endpoint: https://forms.zl.gov.cn/receive\n"})
    found = [problem for problem in sites.problems(folder) if problem.code == "endpoint"]
    assert [problem.severity for problem in found] == ([] if kept else ["warning"])


@pytest.mark.parametrize(
    "question, code",
    [
        ("{name: Use, label: 甲, type: 一行文字}", "form-name"),
        ("{name: person, label: 甲, type: 一行文字}", "form-name"),
        ("{name: about, label: 甲, type: 一行文字}", "form-name"),
        ("{name: use, label: 甲, type: 选一项, options: [只有一个]}", "form-options"),
        ("{name: use, label: 甲, type: 一行文字, options: [甲, 乙]}", "form-options"),
        ("{name: use, label: 甲, type: 多选}", "choice-unknown"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(tmp_path, question, code):
    folder = sites.write(tmp_path / "content", {**CONTENT, "services/booking.yaml": f"name: 预约\napply:\n  - {question}\n"})
    assert code in [problem.code for problem in sites.problems(folder)]


def test_a_question_that_no_fact_of_any_library_answers_is_told(tmp_path):
    declaration = SERVICES + "      from:     {label: 从记录带来, type: text}\n"
    asked = {label: {**CONTENT, "services/_collection.yaml": declaration, "services/booking.yaml": f"name: 预约\napply:\n  - {{name: phone_of, label: 甲, type: 一行文字, from: {label}}}\n"} for label in ("事项名称", "事项名成")}
    assert [problem for problem in sites.problems(sites.write(tmp_path / "right", asked["事项名称"])) if problem.code == "form-from"] == []
    [told] = [problem for problem in sites.problems(sites.write(tmp_path / "wrong", asked["事项名成"])) if problem.code == "form-from"]
    assert (told.line, told.hint) == (3, "您是不是想写“事项名称”？")


def test_the_button_of_a_library_leads_to_the_form_with_the_record(tmp_path):
    declaration = CONTENT["institutions/_collection.yaml"].replace("\nfields:", "\nrequest: /services/booking/apply/\nfields:")
    site = built(tmp_path, {"institutions/_collection.yaml": declaration})
    assert "services/booking/apply/?about=institutions/inst-01" in (site / "institutions/inst-01/index.html").read_text("utf-8")
    folder = sites.write(tmp_path / "wrong", {**CONTENT, "institutions/_collection.yaml": declaration.replace("booking", "boking")})
    assert "link-broken" in [problem.code for problem in sites.problems(folder)]
