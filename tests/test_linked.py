"""What pages say to machines: JSON-LD that parses, keeps to the vocabulary, and says nothing that is not on the page for people to read."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as xml

import pytest

from engine.exports import linked
from engine.head import Head
from engine.plan import plan
from engine.strings import words
from engine.things import PAGE, WORDS
from engine.view import view_of
from tests import sites
from tests.conftest import ROOT
from tests.pages import PageRead

TEMPLATES = ROOT / "templates"
WORDS_OF_PAGES = words(TEMPLATES, "zh-CN")
CODES = {"availability", "@type", "@context", "position", "inLanguage", "propertyID", "unitCode", "query-input", "urlTemplate", "eventStatus", "certificationStatus"}
ADDRESSES = {"url", "item", "sameAs", "image", "serviceUrl", "contentUrl", "license"}
URL = {"_site.yaml": sites.SMALL["_site.yaml"] + "url: https://example.com/nqi/\n"}
HOME = "https://zl.example.com/"


# ── the real site ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def spoken(pages) -> dict[str, tuple[PageRead, dict]]:
    """Every page that says something to machines, with what it says."""
    assert [name for name, page in pages.items() if len(page.linked) > 1] == []
    return {name: (page, json.loads(page.linked[0])) for name, page in pages.items() if page.linked}


def nodes(said):
    """Every thing that is said of, however deep."""
    if isinstance(said, dict):
        yield said
        for value in said.values():
            yield from nodes(value)
    elif isinstance(said, list):
        for one in said:
            yield from nodes(one)


def facts(said):
    """Every property with its plain values."""
    for node in nodes(said):
        for name, value in node.items():
            for one in value if isinstance(value, list) else [value]:
                if not isinstance(one, (dict, list)):
                    yield name, one


def unread(name: str, page: PageRead, said: dict) -> list[tuple[str, object]]:
    """The facts that a reader of the page cannot find on it."""
    text = re.sub(r"\s+", "", page.text)
    numbers = {float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", page.text)}
    links = {unquote(urljoin(HOME + name, link)) for link in [*page.links, *page.sources]} | {unquote(urljoin(HOME, name.removesuffix("index.html")))}
    missing = []
    for key, value in facts(said):
        if key in CODES:
            continue
        if key in ADDRESSES:
            seen = unquote(value) in links or value == HOME or re.sub(r"\s+", "", value) in text
        elif isinstance(value, (int, float)):
            seen = float(value) in numbers or abs(value) >= 1e15
        elif found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}):00\+08:00)?", value):
            seen = found[1] in text and (found[2] is None or found[2] in text)
        else:
            seen = re.sub(r"\s+", "", value) in text
        if not seen:
            missing.append((key, value))
    return missing


def test_every_page_that_can_be_found_speaks_to_machines(real_site, spoken):
    root = xml.parse(real_site / "sitemap.xml").getroot()
    found = {unquote(one.text.removeprefix(HOME)) + "index.html" for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert (found | {"search/index.html", "compare/index.html"}) - spoken.keys() == set()
    assert "404.html" not in spoken and "experts/exp-137/index.html" not in spoken


def test_a_fact_that_nobody_can_read_would_be_noticed(spoken):
    page, said = spoken["institutions/inst-01/index.html"]
    false = {"telephone": "0353-5550000", "founding": 1066, "dateModified": "2001-02-03", "sameAs": "https://elsewhere.example/"}
    assert sorted(unread("institutions/inst-01/index.html", page, {**said, **false})) == sorted(false.items())


def test_types_and_properties_are_those_of_the_vocabulary(spoken):
    wrong = {(node.get("@type"), name) for _, said in spoken.values() for node in nodes(said) for name in node if not name.startswith("@") and name not in WORDS.types.get(node.get("@type"), ())}
    assert wrong == set()


def test_values_are_what_their_properties_hold(spoken):
    """A thing where a thing is expected, a date where a date is, a status of the right list."""
    for name, (_, said) in spoken.items():
        for node in nodes(said):
            for key, value in node.items():
                for one in value if isinstance(value, list) and not key.startswith("@") else []:
                    assert one not in (None, "", [], {}), (name, key)
                expected = WORDS.properties.get(key)
                for one in value if isinstance(value, list) else [value]:
                    if expected in WORDS.enumerations:
                        assert one.removeprefix("https://schema.org/") in WORDS.enumerations[expected], (name, key, one)
                    elif expected == "date":
                        assert re.match(r"\d{4}(-\d{2}-\d{2}|$)", str(one)), (name, key, one)
                    elif expected == "url":
                        assert re.match("https?://", one), (name, key, one)
                    elif expected in WORDS.types:
                        assert isinstance(one, dict) and one["@type"] in WORDS.types, (name, key, one)


def test_every_fact_stands_on_the_page_for_people_to_read(spoken):
    hidden = {name: missing for name, (page, said) in spoken.items() if (missing := unread(name, page, said))}
    assert dict(list(hidden.items())[:10]) == {}


def test_the_way_to_a_page_is_told_in_order(spoken):
    for name, (page, said) in spoken.items():
        if name == "index.html":
            assert said["@type"] == "WebSite" and said["potentialAction"]["target"]["urlTemplate"] == HOME + "search/?q={search_term_string}"
        else:
            steps = said["breadcrumb"]["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), name
            assert all("item" in step for step in steps[:-1]) and "item" not in steps[-1], name


EXPECTED = {
    "experts": ("ProfilePage", "Person"),
    "institutions": (PAGE, "Organization"),
    "certificates": (PAGE, "Certification"),
    "capabilities": (PAGE, "Service"),
    "equipment": (PAGE, "IndividualProduct"),
    "projects": (PAGE, "ResearchProject"),
    "services": (PAGE, "GovernmentService"),
    "news": (PAGE, "NewsArticle"),
    "courses": (PAGE, "Course"),
    "meetings": (PAGE, "Event"),
    "questions": ("FAQPage", "Question"),
}


@pytest.mark.parametrize("collection, kinds", EXPECTED.items())
def test_each_library_has_its_kind(spoken, collection, kinds):
    found = {(said["@type"], said["mainEntity"]["@type"]) for name, (_, said) in spoken.items() if re.fullmatch(rf"{collection}/(?!by/|page/)[^/]+/index.html", name) and "mainEntity" in said and said["@type"] != "CollectionPage"}
    assert found == {kinds}


def test_a_certificate_is_active_only_while_it_is_in_force(spoken, real_site):
    seen = set()
    for record in json.loads((real_site / "data/certificates.json").read_text("utf-8"))["records"]:
        entity = spoken[record["url"] + "index.html"][1]["mainEntity"]
        halted = record.get("status", {}).get("id") in ("suspended", "revoked", "cancelled")
        wanted = "CertificationInactive" if halted or record["expires"] < "2026-11-22" else "CertificationActive"
        assert entity["certificationStatus"] == f"https://schema.org/{wanted}", record["id"]
        seen.add(wanted)
    assert len(seen) == 2


def test_lists_count_all_and_name_those_shown(spoken):
    said = spoken["equipment/page/2/index.html"][1]
    items = said["mainEntity"]["itemListElement"]
    assert said["@type"] == "CollectionPage" and said["mainEntity"]["numberOfItems"] == 812
    assert [item["position"] for item in items] == list(range(51, 101))


def test_a_record_stays_small(real_site):
    for name in ("institutions/inst-01", "experts/exp-001", "equipment/eq-0001", "capabilities/cap-0001"):
        assert len(gzip.compress((real_site / name / "index.html").read_bytes())) <= 12_000, name


# ── small sites ───────────────────────────────────────────────────────────────


def said_at(folder, address: str, today=sites.TODAY) -> dict:
    site, problems = sites.linked(folder, today)
    assert problems == []
    view = view_of(site)
    [page] = [page for page in plan(site) if page.address == address]
    return json.loads(linked.render(view, page, Head(view, page, WORDS_OF_PAGES, linked.render)))


def declared(text: str) -> dict[str, str]:
    return URL | {"institutions/_collection.yaml": sites.SMALL["institutions/_collection.yaml"].replace("fields:\n", f"schema_org:\n{text}fields:\n", 1)}


def test_a_collection_says_with_data_alone_what_it_is(content):
    folder = content(
        declared(
            "  type: Organization\n  areaServed: area\n  knowsAbout: skills\n"
            "  hasCertification: {type: Certification, expires: licence, certificationStatus: {of: validity, choices: {valid: CertificationActive}, else: CertificationInactive}}\n"
        )
    )
    assert said_at(folder, "/institutions/inst-01/")["mainEntity"] == {
        "@type": "Organization",
        "name": "小城计量所",
        "url": "https://example.com/nqi/institutions/inst-01/",
        "description": "做检定和校准",
        "areaServed": {"@type": "AdministrativeArea", "name": "北区"},
        "knowsAbout": ["金属", "食品"],
        "hasCertification": {"@type": "Certification", "expires": "2027-11-22", "certificationStatus": "https://schema.org/CertificationActive"},
    }
    assert said_at(folder, "/institutions/inst-02/")["mainEntity"]["hasCertification"]["certificationStatus"] == "https://schema.org/CertificationInactive"


def test_rows_of_a_table_become_things_with_numbers_and_units(content):
    folder = content(declared("  type: IndividualProduct\n  additionalProperty: {type: PropertyValue, each: scope, name: field, value: range, measurementMethod: scope}\n".replace(", measurementMethod: scope", "")))
    assert said_at(folder, "/institutions/inst-01/")["mainEntity"]["additionalProperty"] == [
        {"@type": "PropertyValue", "name": "特种钢", "minValue": 0, "maxValue": 200, "unitText": "g", "unitCode": "GRM"},
        {"@type": "PropertyValue", "name": "食品", "maxValue": 300, "unitText": "℃", "unitCode": "CEL"},
    ]


def test_without_an_address_of_its_own_a_site_names_none(content):
    said = said_at(content(), "/institutions/inst-01/")
    assert not [value for name, value in facts(said) if name in ADDRESSES]


@pytest.mark.parametrize(
    "text, told",
    [
        ("  type: Organisation\n", "您是不是想写“Organization”？"),
        ("  type: Organization\n  adress: area\n", "您是不是想写“address”？"),
        ("  type: Organization\n  address: aera\n", "您是不是想写“area”？"),
        ("  type: Organization\n  address: secret\n", "不公开，不能写给机器看"),
        ("  type: Organization\n  page: ProfilPage\n", "您是不是想写“ProfilePage”？"),
        ("  type: Organization\n  page: Person\n", "“Person”不是一种网页"),
        ("  type: Person\n  knowsAbout: {type: Thing, each: area, name: name}\n", "each 写的“area”不是表格字段"),
        ("  type: Certification\n  certificationStatus: {of: validity, choices: {valid: Active}}\n", "可用的值：CertificationActive、CertificationInactive"),
        ("  type: Certification\n  certificationStatus: {of: status, choices: {suspendd: CertificationInactive}}\n", "您是不是想写“suspended”？"),
        ("  type: Organization\n  name: {of: status, choices: {suspended: x}}\n", "不能这样由选项得来"),
        ("  type: Organization\n  each: scope\n", "“each”不能写在这里"),
        ("  name: name\n", "应写成“{type: 类型, 属性: 字段}”"),
    ],
)
def test_a_slip_in_a_declaration_is_told_with_a_remedy(content, text, told):
    assert told in sites.told(content(declared(text)))


@pytest.mark.parametrize("evil", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028\u2029", "&amp;", "]]>"])
def test_nothing_in_a_record_can_leave_the_block(content, evil):
    folder = content(declared("  type: Organization\n") | {"institutions/x.yaml": f"name: {json.dumps('甲' + evil + '乙')}\n"})
    site, _ = sites.linked(folder)
    view = view_of(site)
    [page] = [page for page in plan(site) if page.address == "/institutions/x/"]
    text = linked.render(view, page, Head(view, page, WORDS_OF_PAGES, linked.render))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["mainEntity"]["name"] == "甲" + evil + "乙"


def test_what_needs_a_consent_that_is_not_given_is_not_told_to_machines_either(content):
    changes = {"experts/_collection.yaml": sites.SMALL["experts/_collection.yaml"].replace("fields:\n", "schema_org: {type: Person, telephone: phone}\nfields:\n", 1)}
    folder = content(URL | changes)
    assert said_at(folder, "/experts/exp-001/")["mainEntity"]["telephone"] == "0353-5550101"
    assert "telephone" not in said_at(folder, "/experts/exp-002/")["mainEntity"]
