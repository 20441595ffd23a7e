"""The published data: a catalogue, pages and schemas that agree with the files they speak of."""

from __future__ import annotations

import hashlib
import json
from xml.etree import ElementTree as xml

import jsonschema
import pytest

from engine import render, urls
from engine.assets import assets
from engine.datasets import KINDS, VERSION, dictionary
from engine.exports import opensearch
from engine.exports.dictionary import _SHAPES
from engine.fields import TYPES
from engine.plan import plan
from engine.show import size_text
from engine.view import view_of
from tests import sites
from tests.conftest import ROOT
from tests.pages import read

URL = {"_site.yaml": sites.SMALL["_site.yaml"] + "url: https://example.com/nqi/\nshort_name: 小城质量\ndescription: 目录 <b>&\n"}
HOME = "https://zl.example.com/"


def made(folder, address: str) -> bytes:
    """The bytes of one page, rendered by itself."""
    site, problems = sites.linked(folder)
    assert problems == []
    templates = ROOT / "templates"
    [page] = [page for page in plan(site) if page.address == address]
    return render.render(render.workshop(site, templates, assets(templates)), page)


def in_file(real_site, address: str) -> bytes:
    return (real_site / address.removeprefix(HOME)).read_bytes()


# ── the catalogue ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def catalogue(real_site) -> dict:
    return json.loads((real_site / "data/catalogue.jsonld").read_text("utf-8"))


def distributions(catalogue):
    return [(one, file) for one in catalogue["dcat:dataset"] for file in one["dcat:distribution"]]


def test_the_catalogue_lists_every_file_of_data_and_no_other(real_site, catalogue):
    files = {path.name for path in (real_site / "data").iterdir() if path.suffix in (".csv", ".json")}
    assert {file["dcat:downloadURL"]["@id"] for _, file in distributions(catalogue)} == {f"{HOME}data/{name}" for name in files}


def test_sizes_and_digests_of_the_catalogue_are_those_of_the_files(real_site, catalogue):
    for _, file in distributions(catalogue):
        content = in_file(real_site, file["dcat:downloadURL"]["@id"])
        assert file["dcat:byteSize"]["@value"] == str(len(content))
        assert file["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()


def test_the_catalogue_has_what_dcat_asks_for(real_site, catalogue):
    assert catalogue["@type"] == "dcat:Catalog" and catalogue["dct:title"] and catalogue["dct:description"] and catalogue["dct:publisher"]["foaf:name"]
    assert len(catalogue["dcat:themeTaxonomy"]["skos:hasTopConcept"]) == 7
    assert len({one["dct:identifier"] for one in catalogue["dcat:dataset"]}) == len(catalogue["dcat:dataset"])
    for one, file in distributions(catalogue):
        assert one["dct:title"]["@value"] and one["dct:description"]["@value"]
        assert (real_site / file["dcat:accessURL"]["@id"].removeprefix(HOME) / "index.html").is_file()
        assert file["dcat:mediaType"]["@id"].endswith(("text/csv", "application/json"))


def test_every_name_of_the_catalogue_has_its_namespace(catalogue):
    def names(said):
        if isinstance(said, dict):
            for name, value in said.items():
                yield name
                yield from names(value)
            for type in [said["@type"]] if "@type" in said else []:
                yield type
        elif isinstance(said, list):
            for one in said:
                yield from names(one)

    known = catalogue.pop("@context")
    assert {name.split(":")[0] for name in names(catalogue) if not name.startswith("@")} <= known.keys()
    catalogue["@context"] = known


def test_the_page_shows_the_sizes_and_digests_of_the_files(real_site, catalogue):
    page = read(real_site / "data/index.html")
    for _, file in distributions(catalogue):
        content = in_file(real_site, file["dcat:downloadURL"]["@id"])
        assert size_text(len(content)) in page.text and hashlib.sha256(content).hexdigest() in page.text


def test_a_licence_is_told_as_the_settings_say_it_or_that_there_is_none(content):
    assert "尚未公布数据的许可条款" in made(content(), "/data/").decode()
    said = {"_site.yaml": sites.SMALL["_site.yaml"] + "licence: 示例许可\nlicence_url: https://example.com/licence\n"}
    assert 'href="https://example.com/licence"' in made(content(said), "/data/").decode()
    assert json.loads(made(content(said), "/data/catalogue.jsonld"))["dct:license"] == {"@id": "https://example.com/licence"}


def test_without_an_address_of_its_own_the_catalogue_leads_from_where_it_lies(content):
    said = json.loads(made(content(), "/data/catalogue.jsonld"))
    assert said["dcat:dataset"][0]["dcat:distribution"][0]["dcat:downloadURL"] == {"@id": "../data/institutions.csv"}


# ── schemas and the dictionary ────────────────────────────────────────────────


def test_every_file_of_records_is_valid_by_its_schema(real_site):
    for path in sorted((real_site / "data").glob("*.json")):
        schema = json.loads((real_site / "data/schema" / VERSION / path.name).read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))
        assert schema["$id"] == f"{HOME}data/schema/{VERSION}/{path.name}"


def test_every_field_of_every_record_is_in_the_dictionary_and_the_schema(real_site):
    sets = {one["id"]: {field["name"] for field in one["fields"]} for one in json.loads((real_site / f"data/schema/{VERSION}/dictionary.json").read_text("utf-8"))["datasets"]}
    for path in sorted((real_site / "data").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        schema = json.loads((real_site / "data/schema" / VERSION / path.name).read_text("utf-8"))
        for record in data["records"]:
            assert record.keys() <= sets[path.stem] and record.keys() <= schema["properties"]["records"]["items"]["properties"].keys()


def test_what_is_not_public_is_in_no_dictionary(content):
    assert "secret" not in made(content(), "/data/schema/1/dictionary.json").decode()
    assert "内部备注" not in made(content(), "/data/institutions/").decode() + made(content(), "/data/schema/1/institutions.json").decode()


def test_a_record_that_lacks_a_required_field_is_not_valid(content):
    schema = json.loads(made(content(), "/data/schema/1/experts.json"))
    data = json.loads(made(content(), "/data/experts.json"))
    jsonschema.validate(data, schema)
    del data["records"][0]["fields"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_the_dictionary_says_what_a_field_may_hold(content):
    site, _ = sites.linked(content())
    fields = {field.name: field for field in dictionary(view_of(site), site.collections["institutions"])}
    assert fields["status"].note == "可取：suspended（暂停）、partly（部分暂停）"
    assert fields["skills"].note == "词表：专业领域；由系统计算" and fields["scope.method"].note == "见：标准"
    assert list(fields)[:3] == ["id", "name", "url"] and "scope.remark" not in fields


def test_only_known_field_types_have_words_and_shapes():
    assert KINDS.keys() | _SHAPES.keys() <= TYPES.keys() | {"table"}


# ── OpenSearch ────────────────────────────────────────────────────────────────


def test_a_browser_is_told_how_to_search(content):
    root = xml.fromstring(made(content(URL), "/opensearch.xml"))
    space = f"{{{opensearch.NAMESPACE}}}"
    assert root.tag == f"{space}OpenSearchDescription"
    assert root.findtext(f"{space}ShortName") == "小城质量"
    assert root.findtext(f"{space}Description") == "目录 <b>&"
    found = {url.get("type"): url.get("template") for url in root.findall(f"{space}Url")}
    assert found == {"text/html": "https://example.com/nqi/search/?q={searchTerms}", "application/opensearchdescription+xml": "https://example.com/nqi/opensearch.xml"}
    assert root.findtext(f"{space}InputEncoding") == "UTF-8"


def test_pages_point_to_it_and_search_reads_the_word(real_site):
    text = (real_site / "experts/exp-001/index.html").read_text("utf-8")
    assert '<link rel="search" type="application/opensearchdescription+xml" title="阳泉质量服务" href="../../opensearch.xml">' in text
    root = xml.parse(real_site / "opensearch.xml").getroot()
    space = f"{{{opensearch.NAMESPACE}}}"
    assert len(root.findtext(f"{space}ShortName")) <= 16 and len(root.findtext(f"{space}Description")) <= 1024
    assert 'name="q"' in (real_site / "search/index.html").read_text("utf-8")


def test_without_an_address_of_its_own_a_site_cannot_be_offered(content):
    assert urls.OPENSEARCH not in {page.address for page in plan(sites.linked(content())[0])}
    assert "opensearch" not in made(content(), "/").decode()


@pytest.mark.parametrize("name, short", [("短名", "短名"), ("一二三四五六七八九十一二三四五六七", "一二三四五六七八九十一二三四五六"), ("a<b>&c", "abc")])
def test_a_short_name_keeps_to_sixteen_characters_of_plain_text(name, short):
    assert opensearch.short_name(name) == short
