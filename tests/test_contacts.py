"""Cards for the address book (RFC 6350), read back by a program that knows nothing of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
import vobject

from engine.exports import contacts
from engine.model import Key
from engine.view import view_of
from tests import sites


def card(folder: Path, key: Key) -> bytes:
    site, _ = sites.linked(folder)
    return b"".join(map(contacts.folded, contacts.lines(view_of(site), key)))


def with_station(tmp_path, record: str) -> Path:
    declaration = """\
label: 站点
item: 站点
card: true
fields:
  name:     {label: 名称, type: text, required: true}
  address:  {label: 地址, type: text}
  area:     {label: 区域, type: area}
  phone:    {label: 电话, type: phone, many: true}
  web:      {label: 网站, type: url}
  hours:    {label: 时间, type: text}
  cqo:      {label: 首席质量官, type: text, needs: cqo}
  consents: {label: 同意, type: choice, many: true, public: false, choices: {cqo: 姓名}}
"""
    return sites.write(tmp_path / "content", {**sites.SMALL, "stations/_collection.yaml": declaration, "stations/one.yaml": record})


def test_a_card_reads_back_with_name_address_and_telephones(tmp_path):
    read = vobject.readOne(card(with_station(tmp_path, "name: 北区站\naddress: 示例路 1 号，二层；东侧\narea: 北区\nphone: [0353-5550101, '12345']\nhours: 工作日\nupdated: 2026-11-01\n"), Key("stations", "one")).decode())
    assert read.fn.value == "北区站" and read.kind.value == "org"
    assert read.adr.value.street == "示例路 1 号，二层；东侧" and read.adr.value.city == "北区"
    assert [tel.value for tel in read.contents["tel"]] == ["tel:+86-353-5550101", "tel:12345"]
    assert read.note.value == "时间：工作日" and read.rev.value == "20261101T000000Z"


@pytest.mark.parametrize("text", ["a\\b", "逗号,分号;", "x\r\nTEL:1", "很长" * 80, "表情😀" * 30])
def test_no_text_breaks_out_of_its_line(tmp_path, text):
    made = card(with_station(tmp_path, f"name: 北区站\nhours: {text!r}\n".replace("'", '"')), Key("stations", "one"))
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    read = vobject.readOne(made.decode())
    assert list(read.contents).count("tel") == 0 and len(read.contents["note"]) == 1


def test_a_name_without_consent_is_in_no_card(tmp_path):
    made = card(with_station(tmp_path, "name: 北区站\ncqo: 密语己\n"), Key("stations", "one"))
    assert "密语己".encode() not in made
    assert "密语己".encode() in card(with_station(tmp_path / "b", "name: 北区站\ncqo: 密语己\nconsents: [姓名]\n"), Key("stations", "one"))


def test_every_real_station_and_institution_has_a_card(real_site: Path):
    for name, count in (("stations", 24), ("institutions", 43)):
        cards = sorted((real_site / name).glob("*/card.vcf"))
        assert len(cards) == count
        for path in cards:
            assert vobject.readOne(path.read_bytes().decode()).fn.value in (path.parent / "index.html").read_text("utf-8")
