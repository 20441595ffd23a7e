"""The graph: edges both ways, what is in force, what is public, and that nothing else is left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.link import link
from engine.model import Backlink, Key, Tombstone, Validity
from engine.plan import plan
from engine.source import read_yaml
from tests import sites
from tests.sites import TODAY

INST1, INST2, INST3 = (Key("institutions", f"inst-0{number}") for number in (1, 2, 3))
EXP1, EXP2, EXP3 = (Key("experts", f"exp-00{number}") for number in (1, 2, 3))


def site(folder, today=TODAY):
    found, problems = sites.linked(folder, today)
    assert [problem for problem in problems if problem.severity == "error"] == []
    return found


def added(path, text):
    """A change to the small site: a file with some lines more."""
    return {path: sites.SMALL[path] + text}


# ── what is public ────────────────────────────────────────────────────────────


def test_what_is_not_public_occurs_nowhere(content):
    shown = repr(site(content()))
    assert [canary for canary in sites.CANARIES if canary in shown] == []
    assert site(content()).withheld == {"experts": 1, "news": 1}


def test_private_fields_are_gone_from_declarations_and_values(content):
    found = site(content())
    assert {"secret", "published", "publish_from", "publish_until"} & found.collections["institutions"].fields.keys() == set()
    assert found.records[INST1].values.keys() == found.collections["institutions"].fields.keys()
    assert [row.keys() for row in found.records[INST1].values["scope"]] == [found.collections["institutions"].fields["scope"].fields.keys()] * 2
    assert "remark" not in found.records[INST1].values["scope"][0]
    assert "consents" not in found.records[EXP1].values


def test_a_record_is_withheld_without_consent_to_its_title(content):
    found = site(content())
    assert found.members["experts"] == (EXP1, EXP2)
    assert EXP3 not in found.titles and EXP3 not in found.retired


def test_a_field_is_unsaid_without_consent_to_it(content):
    found = site(content())
    assert (found.records[EXP1].values["phone"], found.records[EXP2].values["phone"]) == ("0353-5550101", None)


def test_a_column_is_unsaid_without_consent_to_it(content):
    """`needs` is accepted on the columns of a table, so it must work there too."""
    folder = content(
        {
            "experts/_collection.yaml": sites.SMALL["experts/_collection.yaml"] + "  ways: {label: 联系, type: table, fields: {office: {label: 室}, line: {label: 线, type: phone, needs: phone}}}\n",
            "experts/exp-004.md": "---\nname: 曹四\nfields: [食品]\nconsents: [姓名]\nways: [{office: 三楼, line: 0353-5550199}]\n---\n",
        }
    )
    assert "0353-5550199" not in repr(site(folder))


@pytest.mark.parametrize(
    "said, days",
    [
        ("", {-400: True, 0: True, 400: True}),
        ("published: 否\n", {-400: False, 0: False, 400: False}),
        ("published: 是\n", {0: True}),
        ("publish_from: 2026-11-23\n", {0: False, 1: True, 2: True}),
        ("publish_from: 2026-11-22\n", {-1: False, 0: True}),
        ("publish_until: 2026-11-22\n", {-1: True, 0: True, 1: False}),
        ("publish_from: 2026-11-21\npublish_until: 2026-11-23\n", {-2: False, -1: True, 1: True, 2: False}),
    ],
)
def test_a_record_is_public_on_its_days(content, said, days):
    folder = content({"institutions/inst-09.yaml": f"name: 密语己\n{said}"})
    for day, public in days.items():
        found = site(folder, TODAY + timedelta(days=day))
        assert (Key("institutions", "inst-09") in found.records) == public == ("密语己" in repr(found)), day


def test_references_to_what_is_not_public_are_dropped(content):
    folder = content(
        {
            "institutions/inst-09.yaml": "name: 密语己\npublished: 否\n",
            "news/more.md": "---\nname: 新闻\ntime: 2026-01-01 08:00\ninstitutions: [inst-09, inst-02, inst-03]\n---\n",
            "experts/exp-009.md": "---\nname: 曹四\nfields: [食品]\ninstitution: inst-09\nconsents: [姓名]\n---\n",
        }
    )
    found = site(folder)
    assert found.records[Key("news", "more")].values["institutions"] == (INST2,)
    assert found.records[Key("experts", "exp-009")].values["institution"] is None
    assert "inst-09" not in repr(found)


def test_a_cited_standard_that_is_not_public_stays_as_its_number(content):
    folder = content({"standards/all.yaml": sites.SMALL["standards/all.yaml"].replace("  title_zh: 不锈钢", "  published: 否\n  title_zh: 不锈钢")})
    found = site(folder)
    assert found.records[EXP1].values["drafted"] == ("GB/T 11170-2008",)
    assert Key("standards", "gb-t-11170-2008") not in found.backlinks


HALLS = """\
label: 展厅
item: 展厅
fields:
  name: {label: 名称, required: true}
  days:
    label: 日程
    type: table
    fields:
      hosts: {label: 主办, type: reference, to: institutions, many: true}
      guest: {label: 来宾, type: reference, to: experts}
"""


def test_references_in_tables_are_kept_and_dropped_one_by_one(content):
    folder = content({"halls/_collection.yaml": HALLS, "halls/one.yaml": "name: 一\ndays:\n  - {hosts: [inst-01, inst-03, inst-02], guest: exp-001}\n  - {guest: exp-003}\n"})
    assert site(folder).records[Key("halls", "one")].values["days"] == ({"hosts": (INST1, INST2), "guest": EXP1}, {"hosts": (), "guest": None})


# ── references ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path, text, place, message, hint",
    [
        ("experts/x.md", "---\nname: 甲\nfields: 食品\ninstitution: inst-1\n---\n", (4, 14), "“所属机构”引用的“inst-1”不在“机构库”里", "您是不是想写“inst-01”？"),
        ("experts/x.md", "---\nname: 甲\nfields: 食品\ninstitution: 小城计量所\n---\n", (4, 14), "“所属机构”引用的“小城计量所”不在“机构库”里", "这里要写编号，不写名称：inst-01"),
        ("experts/x.md", "---\nname: 甲\nfields: 食品\ninstitution: zzz\n---\n", (4, 14), "“所属机构”引用的“zzz”不在“机构库”里", "编号就是 content/institutions/ 里的文件名，或列表里的 id；如果删了这条记录，把它恢复，再填 retired_on"),
        ("news/x.md", "---\nname: 甲\ntime: 2026-01-01 08:00\ninstitutions: [inst-01, inst-001]\n---\n", (4, 25), "“相关机构”引用的“inst-001”不在“机构库”里", "您是不是想写“inst-01”？"),
        ("experts/x.md", "---\nname: 甲\nfields: 食品\ndrafted: GB/T 11170-2009\n---\n", (4, 10), "“起草的标准”引用的标准不在“标准”里（gb-t-11170-2009）", "您是不是想写“GB/T 11170-2008”？否则先在 content/standards/ 里加上这项标准"),
        ("institutions/x.md", "---\nname: 甲\nscope:\n  - field: 食品\n    method: JJG 1-2020\n---\n", (5, 13), "“标准”引用的标准不在“标准”里（jjg-1-2020）", "先在 content/standards/ 里加上这项标准"),
        ("institutions/x.md", "---\nname: 甲\nsuccessor: nowhere\n---\n", (3, 12), "“由谁接替”引用的“nowhere”不在“机构库”里", "编号就是 content/institutions/ 里的文件名，或列表里的 id；如果删了这条记录，把它恢复，再填 retired_on"),
        ("news/x.md", "---\nname: 甲\ntime: 2026-01-01 08:00\nimage: windou.png\n---\n", (4, 8), "“配图”指向的文件“windou.png”不存在", "把文件放进 content/files/，名字要完全一样"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_what_was_meant(content, path, text, place, message, hint):
    _, [problem] = sites.linked(content({path: text}))
    assert (problem.path, problem.line, problem.column) == (f"content/{path}", *place)
    assert (problem.message, problem.hint) == (message, hint)


def test_every_reference_can_be_walked_both_ways(content):
    found = site(content())
    assert found.backlinks == {
        INST1: {Backlink("experts", "institution"): (EXP1, EXP2), Backlink("news", "institutions"): (Key("news", "window"),)},
        Key("standards", "gb-t-11170-2008"): {Backlink("experts", "drafted"): (EXP1,)},
        Key("standards", "gb-t-4336-2016"): {Backlink("standards", "replaced_by"): (Key("standards", "gb-t-4336-2002"),)},
    }


def test_backlinks_stand_in_the_order_of_their_collection(content):
    folder = content({"experts/exp-000.md": "---\nname: 卓零\nfields: [食品]\ninstitution: inst-01\nconsents: [姓名]\n---\n"})
    found = site(folder)
    assert found.backlinks[INST1][Backlink("experts", "institution")] == found.members["experts"] == (EXP1, EXP2, Key("experts", "exp-000"))


# ── derived fields ────────────────────────────────────────────────────────────


def test_a_derived_field_gathers_what_the_referring_records_say(content):
    found = site(content())
    assert found.records[INST1].values["skills"] == ("metals", "food")
    assert found.records[INST2].values["skills"] == ()
    field = found.collections["institutions"].fields["skills"]
    assert (field.type, field.vocabulary, field.label, field.many, field.derived) == ("term", "fields", "专家的领域", True, ("experts", "fields"))


def test_a_derived_field_takes_what_the_record_referred_to_says(content):
    folder = content(added("experts/_collection.yaml", "  area: {label: 区域, from: institution.area, facet: true}\n"))
    found = site(folder)
    assert found.records[EXP1].values["area"] == ("north",)
    assert found.terms["experts", "area"] == {"city": (EXP1, EXP2), "north": (EXP1, EXP2)}


CERTIFICATES = """\
label: 证书
item: 证书
fields:
  name:    {label: 编号, required: true}
  kind:    {label: 类型, type: choice, choices: {cma: CMA, cnas: CNAS, ccc: CCC}, required: true}
  holder:  {label: 持证机构, type: reference, to: institutions, back: 证书}
  until:   {label: 有效期至, type: date, expires: true}
  status:  {label: 状态, type: choice, choices: {halted: 暂停}, halts: [halted]}
"""


def test_a_derived_field_counts_only_what_is_in_force(content):
    folder = content(
        {
            **added("institutions/_collection.yaml", "  kinds: {label: 现有资质, from: certificates.kind}\n"),
            "certificates/_collection.yaml": CERTIFICATES,
            "certificates/all.yaml": "- {id: a, name: 甲, kind: CMA, holder: inst-01, until: 2026-11-22}\n- {id: b, name: 乙, kind: CNAS, holder: inst-01, until: 2026-11-21}\n"
            "- {id: c, name: 丙, kind: CCC, holder: inst-01, until: 2027-11-21, status: 暂停}\n",
        }
    )
    assert site(folder).records[INST1].values["kinds"] == ("cma",)
    assert site(folder, TODAY + timedelta(days=1)).records[INST1].values["kinds"] == ()


def test_what_is_halted_itself_takes_nothing_that_could_be_in_force(content):
    abilities = "label: 能力\nitem: 能力\nfields:\n  name: {label: 名称, required: true}\n  basis: {label: 依据, type: reference, to: certificates}\n  of: {label: 机构, type: reference, to: institutions}\n"
    abilities += "  status: {label: 状态, type: choice, choices: {paused: 暂停}, halts: [paused]}\n  kinds: {label: 有效资质, from: basis.kind, facet: true}\n  area: {label: 区域, from: of.area}\n"
    folder = content(
        {
            "certificates/_collection.yaml": CERTIFICATES,
            "certificates/a.yaml": "name: 甲\nkind: CMA\nholder: inst-01\nuntil: 2027-01-01\n",
            "institutions/inst-09.yaml": "name: 没有许可的机构\narea: 北区\n",
            "abilities/_collection.yaml": abilities,
            "abilities/all.yaml": "- {id: a, name: 称量, basis: a, of: inst-09}\n- {id: b, name: 加热, basis: a, of: inst-09, status: 暂停}\n",
        }
    )
    found = site(folder)
    assert [(found.records[Key("abilities", id)].values[name]) for id in "ab" for name in ("kinds", "area")] == [("cma",), ("north",), (), ("north",)]
    assert found.terms["abilities", "kinds"] == {"cma": (Key("abilities", "a"),)}


def test_a_derived_field_may_take_a_field_that_expires_or_halts(content):
    folder = content(
        {
            **added("institutions/_collection.yaml", "  dates: {label: 证书到期, from: certificates.until}\n  states: {label: 证书状态, from: certificates.status}\n"),
            "certificates/_collection.yaml": CERTIFICATES,
            "certificates/a.yaml": "name: 甲\nkind: CMA\nholder: inst-01\nuntil: 2027-01-01\n",
            "institutions/inst-09.yaml": "name: 没有许可的机构\n",
        }
    )
    found = site(folder)
    assert found.records[INST1].values["dates"] == (date(2027, 1, 1),)
    assert found.validity[INST1] == Validity("valid", "有效（部分暂停）", date(2027, 11, 22))  # its own, not the certificate's
    assert Key("institutions", "inst-09") not in found.validity


def test_a_derived_field_takes_only_what_is_consented(content):
    found = site(content(added("institutions/_collection.yaml", "  lines: {label: 专家电话, from: experts.phone}\n")))
    assert found.records[INST1].values["lines"] == ("0353-5550101",)


# ── validity ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "day, expected",
    [
        (date(2027, 8, 23), Validity("valid", "有效（部分暂停）", date(2027, 11, 22))),
        (date(2027, 8, 24), Validity("soon", "将到期（部分暂停）", date(2027, 11, 22))),
        (date(2027, 11, 22), Validity("soon", "将到期（部分暂停）", date(2027, 11, 22))),
        (date(2027, 11, 23), Validity("expired", "已到期", date(2027, 11, 22))),
    ],
)
def test_a_record_is_in_force_through_its_last_day_and_warns_ninety_days_before(content, day, expected):
    assert site(content(), day).validity[INST1] == expected


@pytest.mark.parametrize(
    "said, expected",
    [
        ("licence: 2027-11-22\nstatus: 暂停\n", Validity("halted", "暂停", date(2027, 11, 22))),
        ("licence: 2020-11-22\nstatus: 暂停\n", Validity("halted", "暂停", date(2020, 11, 22))),
        ("status: 暂停\n", Validity("halted", "暂停", None)),
        ("status: 部分暂停\n", None),
        ("licence: 2020-11-22\nstatus: 部分暂停\n", Validity("expired", "已到期", date(2020, 11, 22))),
        ("licence: 2027-11-22\n", Validity("valid", "有效", date(2027, 11, 22))),
        ("", None),
    ],
)
def test_a_status_that_halts_is_stronger_than_any_date(content, said, expected):
    assert site(content({"institutions/inst-09.yaml": f"name: 甲\n{said}"})).validity.get(Key("institutions", "inst-09")) == expected


# ── facets ────────────────────────────────────────────────────────────────────


def test_records_stand_under_their_values_and_all_that_are_broader(content):
    assert site(content()).terms == {
        ("institutions", "area"): {"city": (INST2, INST1), "north": (INST1,), "south": (INST2,)},
        ("institutions", "licence"): {"valid": (INST1,), "expired": (INST2,)},
        ("institutions", "skills"): {"materials": (INST1,), "metals": (INST1,), "food": (INST1,)},
        ("institutions", "scope.field"): {"materials": (INST1,), "metals": (INST1,), "steel": (INST1,)},
        ("experts", "fields"): {"materials": (EXP1,), "metals": (EXP1,), "food": (EXP1, EXP2)},
        ("experts", "institution"): {"inst-01": (EXP1, EXP2)},
        ("standards", "status"): {
            "current": (Key("standards", "gb-t-11170-2008"), Key("standards", "gb-t-4336-2016")),
            "replaced": (Key("standards", "gb-t-4336-2002"),),
        },
    }


def test_a_row_past_its_last_day_says_nothing_of_today(content):
    """The row for food ended on 2026-11-21, that for steel ends on 2027-01-01."""
    scope = ("institutions", "scope.field")
    assert list(site(content(), date(2026, 11, 21)).terms[scope]) == ["materials", "metals", "steel", "food"]
    assert list(site(content(), date(2026, 11, 22)).terms[scope]) == ["materials", "metals", "steel"]
    assert list(site(content(), date(2027, 1, 2)).terms[scope]) == []


FACETED = """\
label: 展品
item: 展品
fields:
  name: {label: 名称, required: true}
  kind: {label: 类, type: choice, choices: {z: 末, a: 首}, facet: true}
  on:   {label: 展出, type: boolean, facet: true}
  year: {label: 年, type: year, facet: true}
  by:   {label: 依据, type: standard, to: standards, many: true, facet: true}
  at:   {label: 机构, type: reference, to: institutions, facet: true}
"""


def test_the_values_of_a_facet_have_an_order(content):
    """Choices as declared, years from the newest, records by how many they have."""
    folder = content(
        {
            "exhibits/_collection.yaml": FACETED,
            "exhibits/all.yaml": "- {id: a, name: a, kind: 首, on: 否, year: 2019, by: [GB/T 4336-2016], at: inst-01}\n"
            "- {id: b, name: b, kind: 末, on: 是, year: 2026, by: [GB/T 4336-2016, GB/T 11170-2008], at: inst-02}\n- {id: c, name: c, year: 2019, at: inst-02}\n",
        }
    )
    terms = site(folder).terms
    a, b, c = (Key("exhibits", id) for id in "abc")
    assert list(terms["exhibits", "kind"].items()) == [("z", (b,)), ("a", (a,))]
    assert list(terms["exhibits", "on"].items()) == [("no", (a,)), ("yes", (b,))]
    assert list(terms["exhibits", "year"].items()) == [("2026", (b,)), ("2019", (a, c))]
    assert list(terms["exhibits", "by"].items()) == [("gb-t-4336-2016", (a, b)), ("gb-t-11170-2008", (b,))]
    assert list(terms["exhibits", "at"].items()) == [("inst-02", (b, c)), ("inst-01", (a,))]


# ── order and titles ──────────────────────────────────────────────────────────


def test_titles_are_made_of_the_declared_fields(content):
    found = site(content())
    assert found.titles[EXP1] == "安一"
    assert found.titles[Key("standards", "gb-t-11170-2008")] == "GB/T 11170-2008 不锈钢 多元素含量的测定"


@pytest.mark.parametrize(
    "sort, expected",
    [("rank", "bacd"), ("-rank", "acbd"), ("[rank, -name]", "bcad"), ("name", "abcd"), ("-name", "dcba")],
)
def test_records_stand_in_the_declared_order_the_unsaid_last(content, sort, expected):
    fields = "fields: {name: {label: 名, required: true}, rank: {label: 级, type: integer}}\n"
    items = "- {id: d, name: d}\n- {id: c, name: c, rank: 2}\n- {id: a, name: a, rank: 2}\n- {id: b, name: b, rank: 1}\n"
    folder = content({"ranked/_collection.yaml": f"label: 序\nitem: 条\nsort: {sort}\n{fields}", "ranked/all.yaml": items})
    assert "".join(key.id for key in site(folder).members["ranked"]) == expected


# ── what is retired ───────────────────────────────────────────────────────────


def test_of_a_retired_record_only_a_tombstone_remains(content):
    found = site(content())
    assert found.retired == {INST3: Tombstone(INST3, "旧检测站", date(2026, 1, 31), "已并入计量所", INST1)}
    assert INST3 not in found.records and INST3 not in found.members["institutions"]
    assert found.records[Key("news", "window")].values["institutions"] == (INST1,)


def test_a_record_is_retired_from_its_day_on(content):
    assert INST3 in site(content(), date(2026, 1, 30)).records
    assert INST3 in site(content(), date(2026, 1, 31)).retired


def test_a_tombstone_does_not_name_a_successor_that_is_not_public(content):
    folder = content({"institutions/inst-01.md": sites.SMALL["institutions/inst-01.md"].replace("name: 小城", "published: 否\nname: 小城")})
    assert site(folder).retired[INST3].successor is None


def test_a_retired_record_without_consent_leaves_no_tombstone(content):
    folder = content({"experts/x.md": "---\nname: 密语己\nfields: [食品]\nretired_on: 2026-01-01\n---\n"})
    assert "密语己" not in repr(site(folder))


# ── nothing changes afterwards ────────────────────────────────────────────────


def test_the_same_content_gives_the_same_site_in_any_order_of_files(content):
    found = sites.loaded(content())
    def made(records):
        return link(found.config, found.collections, found.vocabularies, records, found.files, TODAY)[0]

    one, other = made(found.records), made(found.records[::-1])
    assert (one.members, one.terms, one.backlinks, plan(one)) == (other.members, other.terms, other.backlinks, plan(other))


def test_every_declared_field_is_present_in_every_record(content):
    found = site(content())
    for key, record in found.records.items():
        assert record.values.keys() == found.collections[key.collection].fields.keys()


def test_the_small_site_says_what_it_says():
    """A guard of the tests themselves: each file of the small site that is YAML can be read."""
    for name, text in sites.SMALL.items():
        if name.endswith(".yaml"):
            assert read_yaml(text, name)[1] == []
