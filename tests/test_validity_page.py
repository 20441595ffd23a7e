"""What runs out, and the proof of a record, on the real site in a real browser: visits 3 and 4, and a printed sheet that can be checked."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import icalendar
import pytest

from tests.browsing import until

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.browser


@pytest.fixture
def open_on(browser, real_address):
    """Opens a page of the site on a day of the visitor's."""
    contexts = []

    def opened(day: str, path: str, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
        page.goto(real_address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def due(real_site) -> list[str]:
    """The last days of all that runs out and is not halted, from the published data."""
    days = []
    for library, field, halting in (("equipment", "due", {"repair", "idle", "scrapped"}), ("certificates", "expires", {"suspended", "revoked", "cancelled"})):
        for record in json.loads((real_site / "data" / f"{library}.json").read_text("utf-8"))["records"]:
            if field in record and record.get("status", {}).get("id") not in halting:
                days.append(record[field])
    return days


def shown(page, part: str) -> int:
    return page.locator(f"{part} .due-item:visible").count()


def expected(days: list[str], on: date) -> tuple[int, int]:
    """How many have run out, and how many will within 90 days."""
    last = on + timedelta(days=90)
    return sum(day < on.isoformat() for day in days), sum(on.isoformat() <= day <= last.isoformat() for day in days)


@pytest.mark.parametrize("later", [0, 1, 10, 30])
def test_the_lists_are_right_on_any_day_of_the_month_after_the_build(open_on, due, later):
    day = TODAY + timedelta(days=later)
    page = open_on(day.isoformat(), "validity/")
    past, coming = expected(due, day)
    until(page, "count => document.querySelector('.due-past .top-count').textContent === `${count} 条`", past)
    assert (shown(page, ".due-past"), shown(page, ".due-part:not(.due-past)")) == (past, coming)
    words = set(page.eval_on_selector_all(".due-past .badge-word", "words => words.map((word) => word.textContent)"))
    assert words == {"已到期"}
    assert set(page.eval_on_selector_all(".due-part:not(.due-past) .due-item:not([hidden]) .badge", "badges => badges.map((badge) => badge.dataset.state)")) == {"soon"}


def test_without_script_they_are_right_on_the_day_of_the_build(open_on, due):
    page = open_on(TODAY.isoformat(), "validity/", java_script_enabled=False)
    assert (shown(page, ".due-past"), shown(page, ".due-part:not(.due-past)")) == expected(due, TODAY)


def test_a_certificate_that_was_valid_when_its_page_was_made_says_expired_on_a_later_clock_and_leads_to_the_official_word(open_on, real_site):
    record = next(record for record in json.loads((real_site / "data" / "certificates.json").read_text("utf-8"))["records"] if record["expires"] > "2028" and "verify_url" in record and "status" not in record)
    now, later = open_on("2026-11-22", record["url"]), open_on("2036-01-01", record["url"])
    until(later, "document.querySelector('.top .badge').dataset.state === 'expired'")
    assert now.inner_text(".top .badge-word") == "有效" and later.inner_text(".top .badge-word") == "已到期"
    assert later.locator(f"main a[href='{record['verify_url']}']").count() >= 1


def test_an_institution_shows_what_runs_out_and_has_a_calendar_of_it(open_on, real_site, real_address):
    page = open_on("2026-11-22", "institutions/inst-01/")
    address = page.get_attribute(".due a[href$='expiry.ics']", "href")
    made = page.request.get(f"{real_address}institutions/inst-01/{address.removeprefix('../../institutions/inst-01/')}")
    events = list(icalendar.Calendar.from_ical(made.body()).walk("VEVENT"))
    owned = [
        record[field]
        for library, field in (("equipment", "due"), ("certificates", "expires"))
        for record in json.loads((real_site / "data" / f"{library}.json").read_text("utf-8"))["records"]
        if record.get("institution", {}).get("id") == "inst-01" and field in record and not record.get("status", {}).get("id") in ("repair", "idle", "scrapped", "suspended", "revoked", "cancelled")
    ]
    assert sorted(event.decoded("dtstart").isoformat() for event in events) == sorted(owned)
    near = sum(day <= (TODAY + timedelta(days=90)).isoformat() for day in owned)
    assert shown(page, ".due") == near


def test_a_suspended_capability_says_so_wherever_it_is_and_the_others_of_its_institution_do_not(open_on, real_site):
    able = json.loads((real_site / "data" / "capabilities.json").read_text("utf-8"))["records"]
    halted = next(record for record in able if record.get("status", {}).get("id") == "suspended")
    page = open_on("2026-11-22", f"capabilities/?institution={halted['institution']['id']}&text={halted['name']}")
    until(page, "document.querySelector('.listing-count').textContent.startsWith('符合条件')")
    badges = page.eval_on_selector_all(".rows tbody tr", "rows => rows.map((row) => [row.querySelector('.rows-title').pathname.split('/').at(-2), row.querySelector('th .badge-word')?.textContent ?? ''])")
    wrong = {record["id"]: record.get("status", {}).get("label", "") for record in able}
    assert badges and all(word == wrong[id] for id, word in badges) and dict(badges)[halted["id"]] == "暂停"
    page.goto(page.url.split("capabilities/")[0] + halted["url"])
    assert page.inner_text(".top .badge-word") == "暂停" and "不能当作有效资质" in page.inner_text("main")


# ── the proof sheet ───────────────────────────────────────────────────────────


def test_a_printed_record_tells_address_digest_date_code_and_what_it_does_not_prove(open_on, real_site):
    page = open_on("2026-11-22", "equipment/eq-0057/")
    page.emulate_media(media="print")
    told = page.inner_text(".proof")
    assert "https://zl.example.com/equipment/eq-0057/" in told and "2026-11-22" in told and "不证明" in told
    assert page.locator(".proof-code").bounding_box()["width"] > 90
    assert not page.is_visible(".proof-print") and not page.is_visible(".shortlist-toggle")
    published = next(record for record in json.loads((real_site / "data" / "equipment.json").read_text("utf-8"))["records"] if record["id"] == "eq-0057")
    again = hashlib.sha256(json.dumps(published, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    assert again in told


def test_on_the_screen_the_proof_is_a_fold_with_a_button_to_print(open_on):
    page = open_on("2026-11-22", "equipment/eq-0057/")
    assert not page.is_visible(".proof-digest")
    page.click(".proof summary")
    assert page.is_visible(".proof-digest") and page.inner_text(".proof-print") == "打印凭证"


def test_a_capability_leads_to_the_official_look_up_of_the_certificates_it_rests_on(open_on, real_site):
    record = next(record for record in json.loads((real_site / "data" / "capabilities.json").read_text("utf-8"))["records"] if record.get("certificates"))
    page = open_on("2026-11-22", record["url"])
    assert page.get_attribute(".proof .value-link", "href").startswith("https://example.org/verify/")


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_a_certificate_runs_out_at_midnight_in_beijing_wherever_the_visitor_is(open_on, due, real_site, zone):
    record = next(record for record in json.loads((real_site / "data" / "certificates.json").read_text("utf-8"))["records"] if record["expires"] > "2028" and "status" not in record)
    page = open_on("2026-11-22", record["url"], timezone_id=zone)
    after = date.fromisoformat(record["expires"]) + timedelta(days=1)
    for moment, word in ((f"{record['expires']}T23:59:00+08:00", "有效"), (f"{after}T00:01:00+08:00", "已到期")):
        page.clock.set_fixed_time(moment)
        page.reload(wait_until="networkidle")
        assert page.inner_text(".top .badge-word") == word
    past, coming = expected(due, TODAY + timedelta(days=10))
    page.clock.set_fixed_time(f"{TODAY + timedelta(days=10)}T00:01:00+08:00" if zone.startswith("America") else f"{TODAY + timedelta(days=10)}T23:59:00+08:00")
    page.goto(page.url.split("/certificates/")[0] + "/validity/", wait_until="networkidle")
    assert (shown(page, ".due-past"), shown(page, ".due-part:not(.due-past)")) == (past, coming)
