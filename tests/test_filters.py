"""What the scripts of lists and of the comparison load: exact, small, and of public things only."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import icalendar
import pytest

from engine import proof
from engine.assets import assets
from engine.exports import comparison, expiries, filters, ranges, records
from engine.expiry import near
from engine.expiry import expiries as expiries_of
from engine.model import Key
from engine.plan import plan
from engine.render import render, workshop
from engine.strings import words
from engine.view import CHOICES, view_of
from tests import sites

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def made(folder, address, today=sites.TODAY):
    site, problems = sites.linked(folder, today)
    assert problems == []
    [page] = [page for page in plan(site) if page.address == address]
    render = {
        "filter": filters.render,
        "ranges": lambda view, page: ranges.render(view, page, words(TEMPLATES, "zh-CN")),
        "comparison": comparison.render,
        "comparisons": lambda view, page: comparison.index(view),
        "expiries": expiries.render,
    }[page.renderer]
    return render(view_of(site), page)


# ── facets ────────────────────────────────────────────────────────────────────


def test_a_library_is_told_in_places_of_values(content):
    library = json.loads(made(content(), "/data/filter/experts.json"))
    assert library["titles"] == ["安一", "白二"]
    fields = library["facets"][0]
    assert (fields["slug"], fields["label"]) == ("fields", "专业领域")
    assert [[fields["values"][place][1] for place in (of if isinstance(of, list) else [of])] for of in fields["of"]] == [["材料", "金属", "食品"], ["食品"]]


def test_validity_is_told_as_days_for_the_visitors_clock_to_judge(content):
    library = json.loads(made(content(), "/data/filter/institutions.json"))
    licence = next(facet for facet in library["facets"] if facet["slug"] == "licence")
    days = [(date(year, 11, day) - date(1970, 1, 1)).days for year, day in ((2026, 21), (2027, 22))]
    assert (library["titles"], licence["until"], licence["halted"]) == (["南区食品检验站", "小城计量所"], days, [])
    assert [label for _, label in licence["values"]] == ["有效", "90 天内到期", "已到期", "暂停、撤销等"]


def test_a_facet_of_many_values_shows_the_first_beside_lists_the_one_of_the_page_and_the_way_to_all(content):
    many = {f"rings/ring-{year}.yaml": f"name: 环\nyear: {year}\n" for year in range(1926, 2026)}
    folder = content({**many, "rings/_collection.yaml": "label: 环库\nitem: 环\nfields:\n  name: {label: 名称, type: text}\n  year: {label: 年度, type: year, facet: true}\n"})
    site, problems = sites.linked(folder)
    assert problems == []
    bench = workshop(site, TEMPLATES, assets(TEMPLATES))
    linked = {}
    for address in ("/rings/", "/rings/by/year/1930/", "/sitemap/"):
        [page] = [page for page in plan(site) if page.address == address]
        linked[address] = re.findall(r'href="\.\./[./]*(rings/by/year/[0-9]+/|sitemap/#[a-z-]+)"', render(bench, page).decode())
    years = [f"rings/by/year/{year}/" for year in range(2025, 1925, -1)]
    assert linked["/rings/"] == [*years[:CHOICES], "sitemap/#rings-year"]
    assert linked["/rings/by/year/1930/"] == [*years[:CHOICES], "rings/by/year/1930/", "sitemap/#rings-year"]
    assert [one for one in linked["/sitemap/"] if one.startswith("rings")] == years


def test_a_facet_over_a_tables_column_has_the_name_that_its_addresses_have(content):
    library = json.loads(made(content(), "/data/filter/institutions.json"))
    assert "scope-field" in [facet["slug"] for facet in library["facets"]]


def test_columns_are_ranked_and_the_unsaid_has_no_rank(content):
    folder = content({"institutions/inst-04.yaml": "name: 无证所\narea: 北区\n"})
    library = json.loads(made(folder, "/data/filter/institutions.json"))
    licence = next(sort for sort in library["sorts"] if sort["name"] == "licence")
    assert dict(zip(library["titles"], licence["ranks"])) == {"南区食品检验站": 0, "小城计量所": 1, "无证所": -1}


# ── ranges ────────────────────────────────────────────────────────────────────


def test_every_range_is_told_with_its_unit_and_the_digits_that_were_written(content):
    told = json.loads(made(content(), "/data/range/institutions.json"))
    assert [[row[0], *row[2:]] for row in told["rows"]] == [[1, "0", "200", "g", None, None, None], [1, None, "300", "celsius", None, None, None]]
    assert told["units"]["celsius"] == ["℃", "temperature", "1", "273.15", ["°C"]]
    assert told["kinds"]["mass"] == "质量"


def test_units_into_which_one_can_convert_are_told_too_and_others_are_not(content):
    told = json.loads(made(content({"institutions/inst-01.md": "---\nname: 小城计量所\nscope: [{range: 0~200 g}]\n---\n"}), "/data/range/institutions.json"))
    assert set(told["units"]) == {"mg", "g", "percent"}


# ── comparison ────────────────────────────────────────────────────────────────


def test_a_record_is_told_with_its_facts_and_their_numbers(content):
    told = json.loads(made(content(), "/data/compare/institutions/0.json"))["inst-01"]
    facts = {label: rest for label, *rest in told["facts"]}
    assert facts["特种钢：量程"] == ["0~200 g", None, ["0", "200", "g"]]
    assert told["validity"] == ["valid", "有效（部分暂停）", "2027-11-22"] and told["address"] == "institutions/inst-01/"


def test_private_values_and_retired_records_are_in_none_of_it(content):
    folder = content()
    site, _ = sites.linked(folder)
    for page in plan(site):
        if page.renderer in ("filter", "ranges", "comparison", "comparisons"):
            assert not [word for word in ("密语", "旧检测站", "inst-03") if word in made(folder, page.address).decode()], page.address


def test_the_index_leads_to_the_share_in_which_an_id_is(content):
    told = json.loads(made(content(), "/data/compare/index.json"))
    assert told["libraries"]["institutions"]["first"] == ["inst-01"] and told["date"] == "2026-11-22"


# ── digest ────────────────────────────────────────────────────────────────────


def test_anybody_can_compute_the_digest_from_the_published_json(content):
    folder = content()
    site, _ = sites.linked(folder)
    view, key = view_of(site), Key("institutions", "inst-01")
    [page] = [page for page in plan(site) if page.address == "/data/institutions.json"]
    [published] = [record for record in json.loads(records.render(view, page))["records"] if record["id"] == "inst-01"]
    again = json.dumps(published, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert proof.digest(view, key) == hashlib.sha256(again).hexdigest()


def test_another_word_gives_another_digest_and_a_private_one_does_not(content):
    def digest(change):
        text = sites.SMALL["institutions/inst-01.md"]
        view = view_of(sites.linked(content({"institutions/inst-01.md": text.replace(*change)}))[0])
        return proof.digest(view, Key("institutions", "inst-01"))

    same = digest(("x", "x"))
    assert digest(("密语甲", "密语丙")) == same and digest(("做检定和校准", "只做检定")) != same


# ── what runs out ─────────────────────────────────────────────────────────────


def test_what_was_revoked_does_not_run_out_any_more(content):
    site, _ = sites.linked(content(sites.PERMITS))
    assert [one.key.id for one in site.held[Key("institutions", "inst-01")]] == ["p-4", "p-1", "p-2", "p-3"]


def test_pages_carry_thirty_days_more_than_they_show(content):
    site, _ = sites.linked(content(sites.PERMITS))
    kept = [one.until.isoformat() for one in near(site, expiries_of(site.validity)) if one.key.collection == "permits"]
    assert kept == ["2026-11-21", "2026-12-31", "2027-02-20", "2027-02-21"]


def test_an_institution_has_a_calendar_of_what_it_owns(content):
    events = list(icalendar.Calendar.from_ical(made(content(sites.PERMITS), "/institutions/inst-01/expiry.ics")).walk("VEVENT"))
    assert [(str(event["summary"]), event.decoded("dtstart")) for event in events] == [
        ("到期：证书 丁证", date(2026, 11, 21)),
        ("到期：证书 甲证", date(2026, 12, 31)),
        ("到期：证书 乙证", date(2027, 2, 20)),
        ("到期：证书 丙证", date(2027, 2, 21)),
    ]


def test_a_renewed_certificate_moves_its_event(content):
    def event(day):
        folder = content({**sites.PERMITS, "permits/all.yaml": f"- {{id: p-1, name: 甲证, holder: inst-01, expires: {day}}}\n"})
        return next(iter(icalendar.Calendar.from_ical(made(folder, "/institutions/inst-01/expiry.ics")).walk("VEVENT")))

    before, after = event("2026-12-31"), event("2032-12-31")
    assert before["uid"] == after["uid"] and before["sequence"] < after["sequence"]


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 3, 1)])
def test_the_calendar_does_not_depend_on_the_day_of_the_build(content, day):
    assert made(content(sites.PERMITS), "/institutions/inst-01/expiry.ics", day) == made(content(sites.PERMITS), "/institutions/inst-01/expiry.ics")


def test_a_derived_value_is_told_with_the_last_day_of_what_it_is_taken_from(content):
    kinds = sites.PERMITS["permits/_collection.yaml"].replace("  holder:", "  kind:    {label: 类型, type: choice, choices: {cma: 资质认定, cnas: 认可}}\n  holder:")
    held = "- {id: p-1, name: 甲证, kind: cma, holder: inst-01, expires: 2026-12-31}\n- {id: p-2, name: 乙证, kind: cma, holder: inst-01, expires: 2027-02-20}\n- {id: p-3, name: 丙证, kind: cnas, holder: inst-01}\n"
    schema = sites.SMALL["institutions/_collection.yaml"].replace("  secret:", "  held:     {label: 资质, from: permits.kind, facet: true, column: true}\n  secret:")
    folder = content({"permits/_collection.yaml": kinds, "permits/all.yaml": held, "institutions/_collection.yaml": schema})
    library = json.loads(made(folder, "/data/filter/institutions.json"))
    [facet] = [facet for facet in library["facets"] if facet["slug"] == "held"]
    assert (facet["of"], facet["ends"]) == ([-1, [0, 1]], [-1, [(date(2027, 2, 20) - date(1970, 1, 1)).days, 0]])
