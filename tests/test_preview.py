"""What is shown while one writes: at once what is right by itself, never what must not be published, and in the end what a build would publish."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine import pipeline
from engine.preview import Preview
from tests import sites

ROOT = Path(__file__).resolve().parent.parent
IDENTITY = "11010519491231002X"  # the example of GB 11643


@pytest.fixture
def preview(content, tmp_path):
    made = Preview(pipeline.Order(content(), ROOT / "templates", tmp_path / "site", sites.TODAY), tmp_path / "index")
    made.read()
    assert made.good is made.latest and made.state.turn == 1
    return made


def save(preview: Preview, name: str, text: str | None) -> None:
    path = preview.order.content / name
    path.unlink() if text is None else path.write_text(text, "utf-8")
    preview.read({path})


def page(preview: Preview, path: str) -> str:
    found = preview.file(f"{path}index.html")
    return found[0].decode() if found else ""


def codes(preview: Preview) -> set[str]:
    return {problem.code for problem in preview.state.problems if problem.severity == "error"}


STATION = "name: 南区食品检验站\narea: 南区\nlicence: 2026-11-21\nredirect_from: [/institutions/old-02/]\n"


@pytest.mark.parametrize(
    "name, text, path, word",
    [
        ("institutions/inst-02.yaml", STATION + "body: 新的正文\n", "institutions/inst-02/", "新的正文"),
        ("institutions/inst-02.yaml", STATION + "verified_by: 某某中心\n", "institutions/inst-02/", "某某中心"),
        ("institutions/inst-02.yaml", STATION.replace("南区食品检验站", "改名的站"), "institutions/", "改名的站"),
        ("institutions/inst-02.yaml", STATION.replace("area: 南区", "area: 北区"), "institutions/by/area/north/", "南区食品检验站"),
        ("institutions/inst-09.yaml", "name: 新设的站\n", "institutions/inst-09/", "新设的站"),
        ("institutions/inst-02.yaml", "name: 旧站\nretired_on: 2026-01-01\nretired_reason: 已经撤销\n", "institutions/inst-02/", "已经撤销"),
        ("news/soon.md", "---\nname: 提前公开\ntime: 2026-11-20 08:00\n---\n", "news/soon/", "提前公开"),
    ],
)
def test_a_save_is_shown_before_everything_is_checked_and_stays_after(preview, name, text, path, word):
    save(preview, name, text)
    assert word in page(preview, path) and preview.latest is not preview.good
    turn = preview.state.turn
    preview.check()
    assert word in page(preview, path) and preview.latest is preview.good and preview.state.turn <= turn + 1


@pytest.mark.parametrize("text", [f"body: 证件号 {IDENTITY}\n", f"summary: {IDENTITY}\n", f"source: [{{title: {IDENTITY}}}]\n", f"retired_on: 2026-01-01\nretired_reason: {IDENTITY}\n"])
def test_a_personal_number_is_never_shown_not_for_a_moment_nor_when_something_else_is_saved(preview, text):
    def is_hidden() -> bool:
        return "personal-data" in codes(preview) and IDENTITY not in page(preview, "institutions/inst-02/") + preview.file("data/institutions.json")[0].decode() and "南区食品检验站" in page(preview, "institutions/inst-02/")

    save(preview, "institutions/inst-02.yaml", STATION + text)
    assert is_hidden()
    save(preview, "institutions/inst-09.yaml", "name: 新设的站\n")
    assert is_hidden() and "新设的站" not in page(preview, "institutions/")
    preview.check()
    assert is_hidden()
    save(preview, "institutions/inst-02.yaml", STATION)
    assert not codes(preview) and "新设的站" in page(preview, "institutions/")


@pytest.mark.parametrize(
    "text, code",
    [
        ("nam: 站\n", "field-unknown"),
        (STATION + "scope: [{method: GB/T 9999-1999}]\n", "reference-missing"),
        (STATION + "body: 见[这里](/nowhere/)\n", "link-broken"),
        (STATION + "updated: 2027-01-01\n", "date-future"),
        (STATION + f"body: '{'[' * 1600}'\n", "prose-brackets"),
    ],
)
def test_what_is_wrong_with_what_was_saved_is_told_at_once_and_the_last_good_site_stays(preview, text, code):
    shown = preview.state.shown
    save(preview, "institutions/inst-02.yaml", text)
    assert code in codes(preview) and preview.state.shown is shown
    preview.check()
    assert code in codes(preview) and preview.state.shown is shown
    save(preview, "institutions/inst-02.yaml", STATION + "body: 改好了\n")
    assert not codes(preview) and "改好了" in page(preview, "institutions/inst-02/")


def test_what_only_others_show_to_be_wrong_brings_the_last_good_site_back(preview):
    """A station leaves its district, which has no page any more; the prose of a news item leads there."""
    save(preview, "news/other.md", "---\nname: 另一条\ntime: 2026-11-19 09:30\n---\n见[区域](/institutions/by/area/south/)。\n")
    preview.check()
    assert preview.latest is preview.good
    save(preview, "institutions/inst-02.yaml", STATION.replace("南区\n", "北区\n"))
    assert preview.file("institutions/by/area/south/index.html") is None
    preview.check()
    assert "link-broken" in codes(preview) and "南区食品检验站" in page(preview, "institutions/by/area/south/")


def test_a_check_that_was_overtaken_by_a_save_says_nothing(preview):
    save(preview, "institutions/inst-02.yaml", STATION + "body: 新的正文\n")
    overtaken = preview.latest
    save(preview, "institutions/inst-02.yaml", STATION + "body: 更新的正文\n")
    assert preview.latest is not overtaken and preview.good is not overtaken
    preview.check()
    assert preview.latest is preview.good and "更新的正文" in page(preview, "institutions/inst-02/")


def test_declarations_are_checked_whole_before_they_show(preview):
    save(preview, "_vocabularies/areas.yaml", sites.SMALL["_vocabularies/areas.yaml"].replace("label: 北区", "label: 北边的区").replace("[城北]", "[北区]"))
    assert preview.latest is preview.good and "北边的区" in page(preview, "institutions/inst-01/")


def test_a_template_at_work_on_shows_at_once_also_where_the_last_good_site_stays(content, tmp_path):
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    preview = Preview(pipeline.Order(content(), templates, tmp_path / "site", sites.TODAY), tmp_path / "index")
    preview.read()
    save(preview, "institutions/inst-02.yaml", "nam: 站\n")
    path = templates / "404.html"
    path.write_text(path.read_text("utf-8").replace("{% block main %}", "{% block main %}新的一行"), "utf-8")
    preview.read({path})
    assert "新的一行" in preview.file("404.html")[0].decode() and "field-unknown" in codes(preview)
    save(preview, "institutions/inst-02.yaml", STATION)
    assert "新的一行" in preview.file("404.html")[0].decode() and not codes(preview)


def test_a_file_that_comes_and_goes_beside_the_records_changes_nothing(preview):
    state = preview.state
    save(preview, "institutions/.inst-02.yaml.swp", "x")
    assert preview.state is state and preview.latest is preview.good
