"""Every kind of page for everybody: axe-core in every mode, keyboard alone, 320 px and 200 %, large type, dark, high contrast, paper."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from tests.browsing import Quiet, served, until

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RUN = """rules => axe.run(document, rules ? {runOnly: {type: "rule", values: rules}} : {rules: {"target-size": {enabled: true}}})
    .then(found => found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)].join(" ")))"""
# A list of hundreds is made of one row, again and again: axe looks at the first ones.
FEWER = """() => { for (const list of document.querySelectorAll("main :is(tbody, ul, ol, dl, .stack)")) for (const item of [...list.children].slice(8)) item.remove(); }"""
# One page of every kind, the shortest that has all parts of its kind.
KINDS = ["", "equipment/by/category/tea-grain/", "stations/", "experts/exp-001/", "institutions/inst-21/", "equipment/eq-0001/", "capabilities/cap-0001/", "projects/prj-001/", "standards/gb-t-11170-2008/", "stations/sta-01/",
    "services/calibration/", "services/calibration/apply/", "services/calibration/notice/", "courses/cqo-basic/", "meetings/", "news/2022-05-27-grain-depot/", "pages/accessibility/", "cases/case-01/", "questions/q-041/",
    "query/", "consultation/", "figures/", "search/?q=%E5%A4%A9%E5%B9%B3", "compare/#equipment/eq-0001,equipment/eq-0002", "validity/", "data/", "data/experts/", "changes/", "checks/", "sitemap/", "experts/exp-137/"]
MODES = [{"dark": "on"}, {"contrast": "on"}, {"dark": "on", "contrast": "on"}]
LARGE = {"large": "on"}
WIDTHS = [360, 768, 1280]
LIGHT, DARK = "rgb(243, 246, 246)", "rgb(14, 21, 23)"


@pytest.fixture(scope="module")
def page(browser, real_address):
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def dress(page, mode: dict, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("mode => { const root = document.documentElement; for (const name of ['large', 'contrast', 'dark']) mode[name] ? root.dataset[name] = mode[name] : delete root.dataset[name]; }", mode)


def ground(page) -> str:
    return page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")


def visit(page, address: str) -> None:
    page.goto(address)
    if "search/" in address or "compare/" in address:
        until(page, "() => document.querySelector('#search-results a, .compare-table, table') !== null")


@pytest.mark.parametrize("turn, address", list(enumerate(KINDS)), ids=KINDS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(page, real_address, turn, address):
    """Every kind of page; widths and modes take turns from kind to kind, for the colours are the same tokens on all of them (tested below)."""
    visit(page, real_address + address)
    for mode, width in [({}, 320), (LARGE, 320), (LARGE, 640)]:  # 640 px is 1280 px at 200 %
        dress(page, mode, width)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, (mode, width)
    page.evaluate(FEWER)
    page.evaluate(AXE)
    found = {}
    for mode, width, rules in [({}, WIDTHS[turn % 3], None), (MODES[turn % 3], WIDTHS[(turn + 1) % 3], ["color-contrast"]), (LARGE, 320, ["target-size"])]:
        dress(page, mode, width)
        found[str(mode), width] = page.evaluate(RUN, rules)
    dress(page, {}, 360)
    assert {place: faults for place, faults in found.items() if faults} == {}


CONTRAST = """() => {
    const luminance = (text) => {
        const [red, green, blue] = text.match(/[\\d.]+/g).map(Number).map((part) => part / 255).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
        return .2126 * red + .7152 * green + .0722 * blue;
    };
    const root = getComputedStyle(document.documentElement);
    const probe = document.body.appendChild(document.createElement("p"));
    const colour = (name) => { probe.style.color = `var(${name})`; return luminance(getComputedStyle(probe).color); };
    const ratio = (one, other) => { const [light, dark] = [colour(one), colour(other)].sort((a, b) => b - a); return (light + .05) / (dark + .05); };
    const pairs = ["ink", "soft", "main", "ochre", "red"].flatMap((text) => ["ground", "paper"].map((ground) => [text, ground])).concat([["on-band", "band"], ["on-band-soft", "band"], ["main", "main-tint"], ["ochre", "ochre-tint"], ["red", "red-tint"]]);
    const found = Object.fromEntries(pairs.map(([text, ground]) => [`${text} on ${ground}`, ratio(`--${text}`, `--${ground}`)]));
    probe.remove();
    return found;
}"""


@pytest.mark.parametrize("mode, least", [({}, 4.5), ({"dark": "on"}, 4.5), ({"contrast": "on"}, 7), ({"dark": "on", "contrast": "on"}, 7)], ids=["light", "dark", "contrast", "dark contrast"])
def test_every_text_colour_reaches_its_contrast_on_every_ground(page, real_address, mode, least):
    page.goto(real_address)
    dress(page, mode, 1280)
    assert {pair: ratio for pair, ratio in page.evaluate(CONTRAST).items() if ratio < least} == {}


@pytest.fixture(scope="module")
def at_root(real_site):
    """The real site at the root of a host that shows 404.html for what it does not know, as deploy/nginx.conf says."""

    class Host(Quiet):
        def send_error(self, code, *arguments, **named):
            body = (real_site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = served(real_site, Host)
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@pytest.mark.parametrize("address", ["nowhere/", "experts/nobody/at/all/"])
def test_an_unknown_address_gets_a_page_that_looks_right_and_leads_on_from_any_depth(page, at_root, address):
    assert page.goto(at_root + address).status == 404
    assert page.inner_text("h1") == "没有找到这个页面" and ground(page) == LIGHT
    page.evaluate(AXE)
    assert page.evaluate(RUN, None) == []
    page.click("main >> text=查看网站地图")
    assert page.inner_text("h1") == "网站地图"


# ── the keyboard ──────────────────────────────────────────────────────────────


FOCUS = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const marked = (it) => getComputedStyle(it).outlineStyle !== "none" && parseFloat(getComputedStyle(it).outlineWidth) >= 2;
    const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const near = [one, one.closest("label"), one.parentElement, ...one.querySelectorAll("*")];
    return {
        what: one.outerHTML.slice(0, 120), body: one === document.body,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        marked: marked(one) || marked(one.parentElement) || one.type === "date", // the search field marks its row; a date field its own parts
        covered: middle !== null && !near.includes(middle) && !middle.contains(one),
    };
}"""


def test_paper_sends_nobody_to_a_button(page, real_address):
    page.goto(real_address + "stations/sta-03/")
    page.emulate_media(media="print")
    assert page.eval_on_selector_all(".ask", "boxes => boxes.filter((box) => box.checkVisibility()).map((box) => box.innerText.includes('0353-'))") == [True]
    page.emulate_media(media="screen")


@pytest.mark.parametrize("address", ["", "equipment/by/category/tea-grain/", "stations/sta-01/", "services/calibration/apply/"])
def test_with_the_keyboard_alone_every_control_is_reached_in_order_and_its_focus_is_seen(page, real_address, address):
    page.goto(real_address + address)
    dress(page, {}, 1280)
    wrong, seen = [], []
    for _ in range(90):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["body"] or focus["what"] in seen[:1]:
            break
        seen.append(focus["what"])
        if not focus["inside"] or not focus["marked"] or focus["covered"]:
            wrong.append(focus)
    assert wrong == [] and len(seen) > 20 and "skip" in seen[0]


def test_the_skip_link_leads_past_the_menu(page, real_address):
    page.goto(real_address + "experts/exp-001/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_by_keyboard_from_home_to_a_capability_and_its_request_form(page, real_address):
    """The first visit: the slash goes to the search, arrows to the hits, Enter opens; then to the form."""
    page.goto(real_address)
    for _ in range(100):  # until the module that listens has come
        page.keyboard.press("/")
        if page.evaluate("() => document.activeElement.name") == "q":
            break
        page.wait_for_timeout(50)
    page.keyboard.type("GB/T 11170 铬")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    until(page, "() => document.querySelector('#search-results a') !== null")
    page.focus("input[name=q]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/capabilities/**")
    form = page.locator("a.ask-call >> text=网上提出需求")
    form.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/apply/?about=capabilities/*")
    until(page, "() => document.querySelector('#f-about').value.includes('capabilities/')")


def test_by_keyboard_a_list_is_narrowed_and_two_instruments_are_compared(page, real_address):
    """Visits 2 and 15: a choice by Enter, the range by its form, the answer in a live region, then the shortlist."""
    page.goto(real_address + "equipment/")
    dress(page, {}, 1280)
    until(page, "() => document.querySelector('.facets-link--live') !== null && document.querySelector('.rows .shortlist-toggle') !== null")
    page.focus(".facets-link[href*='/by/sharing/'] >> nth=0")
    page.keyboard.press("Enter")
    until(page, "() => document.querySelector('.listing-count').textContent.includes('符合条件')")
    assert page.get_attribute(".listing-count", "role") == "status"
    page.focus(".listing-ranges > summary")
    page.keyboard.press("Enter")
    until(page, "() => document.querySelector('.listing-form [name=unit]').options.length > 0")
    page.focus(".listing-form [name=value]")
    page.keyboard.type("150")
    page.keyboard.press("Enter")
    until(page, "() => new URLSearchParams(location.search).get('covers') === '150 g'")
    until(page, "() => document.querySelector('.sheet--table').getAttribute('aria-busy') === null")
    for place in (0, 1):
        page.focus(f"tbody .shortlist-toggle >> nth={place}")
        page.keyboard.press("Space")
    until(page, "() => document.querySelector('.shortlist-count').textContent.includes('2')")
    page.focus(".shortlist-go")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/compare/#equipment/" in url)
    until(page, "() => document.querySelectorAll('.compare-table thead th').length >= 2")
    page.evaluate("() => localStorage.clear()")


# ── modes ─────────────────────────────────────────────────────────────────────


def test_a_chosen_mode_is_kept_over_pages_and_is_there_before_the_first_module_runs(browser, real_address):
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(real_address)
    for mode in ("大字", "高对比", "深色"):
        page.get_by_label(mode).check()
    page.route("**/site.js", lambda route: route.abort())  # what is there now was put there before the body
    for address in ("stations/", "experts/exp-001/", ""):
        page.goto(real_address + address)
        assert page.evaluate("() => ({...document.documentElement.dataset})").items() >= {"large": "on", "contrast": "on", "dark": "on"}.items()
        assert page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)") == 21
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320 and ground(page) == "rgb(0, 0, 0)"
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"  # dark is for screens
    context.close()


@pytest.mark.parametrize("scripted", [True, False])
def test_without_a_choice_the_system_decides_and_a_choice_wins_over_it(browser, real_address, scripted):
    context = browser.new_context(color_scheme="dark", java_script_enabled=scripted)
    page = context.new_page()
    page.goto(real_address)
    read = (lambda: ground(page)) if scripted else (lambda: page.locator("html").evaluate("root => getComputedStyle(root).backgroundColor"))
    assert read() == DARK
    box = page.locator("input[name=dark]")
    if scripted:
        assert box.is_checked()
        box.uncheck()
        page.reload()
        assert read() == LIGHT and not page.locator("input[name=dark]").is_checked()
    else:
        assert not box.is_visible()  # it could only tell a lie
        page.locator("input[name=large]").check()
        assert page.locator("html").evaluate("root => getComputedStyle(root).fontSize") == "21px"
    context.close()


def test_who_wants_less_motion_sees_none(page, real_address):
    page.goto(real_address)
    moving = "() => [...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0 || getComputedStyle(one).animationName !== 'none').length"
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize("address", ["", "equipment/by/category/tea-grain/", "experts/exp-001/", "pages/about/", "checks/"])
def test_paper_has_the_words_and_no_controls(page, real_address, address):
    page.goto(real_address + address)
    dress(page, {"dark": "on", "large": "on"}, 1280)
    page.emulate_media(media="print")
    shown = page.evaluate("() => ['.menu', '.finder', '.reading', '.breadcrumbs', '.skip', '.facets', '.pager', '.tools', '.shortlist'].filter((name) => [...document.querySelectorAll(name)].some((one) => one.checkVisibility()))")
    assert shown == [] and page.inner_text("h1")
    assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    page.emulate_media(media="screen")
    dress(page, {}, 360)
