"""What is not public is nowhere: a token in every hidden place is looked for in every byte that a build makes, unpacked."""

from __future__ import annotations

import gzip
import io
import os
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from tests import sites
from tests.specimens import chunk, document, picture
from tests.test_serve import get, wait_for

ROOT = Path(__file__).resolve().parent.parent
COLLECTION = """\
label: 物品库
item: 物品
order: 9
sort: [name]
feed: true
fields:
  name:     {label: 名称, type: text, required: true, needs: name}
  time:     {label: 时间, type: datetime}
  kind:     {label: 类别, type: text, public: false}
  tag:      {label: 标签, type: choice, choices: {aa: 甲, bb: 乙}, facet: true}
  mark:     {label: 记号, type: text, many: true, public: false}
  count:    {label: 数, type: integer, public: false}
  phone:    {label: 电话, type: phone, needs: phone}
  email:    {label: 邮箱, type: email, needs: phone}
  web:      {label: 网址, type: url, public: false}
  other:    {label: 另一件, type: reference, to: self, back: 另一件的}
  hidden:   {label: 不公开的关系, type: reference, to: self, public: false}
  picture:  {label: 图片, type: image, public: false}
  shown:    {label: 公开的图片, type: image}
  rows:     {label: 表, type: table, fields: {cell: {label: 格, type: text}, note: {label: 内部, type: text, public: false}, line: {label: 电话, type: phone, needs: phone}}}
  secrets:  {label: 内部表, type: table, public: false, fields: {cell: {label: 格, type: text}}}
  consents: {label: 同意, type: choice, many: true, public: false, choices: {name: 名称, phone: 电话}}
"""


def record(name: str, more: str = "", consents: str = "[名称]") -> str:
    return f"name: {name}\nconsents: {consents}\n{more}"


def everything(token: str) -> str:
    """Every kind of field filled with a token, for a record that is not public at all."""
    return f"summary: {token}summary\naliases: [{token}alias]\ntime: 2026-11-01 08:00\ntag: 甲\nother: open\nshown: {token}.png\nredirect_from: [/{token}/]\nrows: [{{cell: {token}cell}}]\nsource: [{{title: {token}source, url: 'https://{token}.example/'}}]\nverified_by: {token}office\nbody: {token}body\n"


FILES = {
    "posts/_collection.yaml": COLLECTION,
    "posts/open.yaml": record(
        "公开的",
        "kind: canarykind\nmark: [canarymarka, canarymarkb]\ncount: 987654321012\nphone: 0353-7654321\nemail: canarymail@canary.example\nweb: https://canaryweb.example/\nhidden: target\npicture: canarypicture.png\nother: closed\n"
        "rows: [{cell: 甲, note: canarynote, line: 0353-7654322}]\nsecrets: [{cell: canarysecret}]\nverified_by: 某单位\n",
    ),
    "posts/target.yaml": record("被指的"),
    "posts/closed.yaml": record("canaryclosedname", "published: 否\n" + everything("canaryclosed")),
    "posts/early.yaml": record("canaryearlyname", "publish_from: 2026-11-23\n" + everything("canaryearly")),
    "posts/late.yaml": record("canarylatename", "publish_until: 2026-11-21\n" + everything("canarylate")),
    "posts/silent.yaml": record("canarysilentname", everything("canarysilent"), consents="[电话]"),
    "posts/retired.yaml": record("退出的", "retired_on: 2026-01-01\nretired_reason: 已退出\nkind: canaryretiredkind\nphone: 0353-7654323\n" + everything("canaryretired").replace("redirect_from: [/canaryretired/]\n", "")),
    "posts/retiredsilent.yaml": record("canaryretiredname", "retired_on: 2026-01-01\nretired_reason: canaryretiredreason\n", consents="[]"),
    "posts/.draft.yaml": "name: canarydotted\n",
    "posts/_notes.yaml": "canarynotes\n",
    "_notes/a.yaml": "canaryfolder\n",
    "files/canarypicture.png": picture(chunk(b"tEXt", b"Comment\0canarybytes")),
    "files/unnamed.docx": document("canarydocument"),
    **{f"files/canary{name}.png": picture(chunk(b"tEXt", b"Comment\0canarybytes" + name.encode())) for name in ("closed", "early", "late", "silent", "retired")},
}
TOKEN = re.compile(rb"canary[a-z]*|987654321012|7654321|7654322|7654323", re.I)


def layers(name: str, raw: bytes):
    """The bytes of a file, and what is packed in it, however often."""
    yield name, raw
    if raw[:2] == b"\x1f\x8b":
        yield from layers(name + " gzip", gzip.decompress(raw))
    elif raw[:4] == b"PK\x03\x04":
        archive = zipfile.ZipFile(io.BytesIO(raw))
        for member in archive.namelist():
            yield from layers(f"{name} {member}", archive.read(member))
    for start in (match.start() for match in re.finditer(rb"\x78[\x01\x9c\xda]", raw[:1_000_000])):
        try:
            yield f"{name} zlib", zlib.decompressobj().decompress(raw[start:], 10_000_000)
        except zlib.error:
            continue


def tokens(folder: Path) -> set[tuple[str, bytes]]:
    found = set()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        found |= {(name, token) for token in TOKEN.findall(name.encode())}
        if path.is_file():
            for place, raw in layers(name, path.read_bytes()):
                for text in (raw, raw.replace(b" ", b""), raw.decode("utf-16-le", "ignore").encode() if len(raw) < 100_000 else b""):
                    found |= {(place, token) for token in TOKEN.findall(text)}
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("canaries")
    content = sites.write(folder / "content", sites.changed(sites.SMALL, FILES))
    home = folder / "home"
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(folder / "out" / "site"), "--today", "2026-11-22"]
    done = subprocess.run(command, env=environment, capture_output=True, cwd=home)
    assert done.returncode == 0, done.stderr.decode()
    return folder, content, done


def test_no_hidden_value_is_in_any_byte_of_the_output(made):
    folder, _, _ = made
    assert tokens(folder / "out") == set()


def test_none_is_in_the_log_or_in_a_file_left_elsewhere(made):
    folder, _, done = made
    assert TOKEN.findall(done.stdout + done.stderr) == []
    assert tokens(folder / "home") == set()


def test_the_looking_finds_what_is_there(made, tmp_path):
    """The same tokens, published, are found in pages, data, feeds and the packed index: so their absence means something."""
    changed = {name: text.replace("public: false", "public: true") if name.endswith("_collection.yaml") and "posts" in name else text for name, text in FILES.items()}
    for name in ("closed", "early", "late", "silent"):
        changed[f"posts/{name}.yaml"] = re.sub(r"(published|publish_\w+): .*\n", "", changed[f"posts/{name}.yaml"]).replace("consents: [电话]", "consents: [名称]")
    content = sites.write(tmp_path / "content", sites.changed(sites.SMALL, changed))
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "--output", str(tmp_path / "site"), "--today", "2026-11-22", "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = tokens(tmp_path / "site")
    for token in (b"canarykind", b"canaryclosedname", b"canaryearlysummary", b"canarylatebody", b"canarysilentcell", b"canarynote", b"canarybytes", b"canarypicture", b"987654321012"):
        assert any(one.startswith(token) for _, one in found), token
    assert any(" gzip" in place for place, _ in found) and any("pagefind/names" in place for place, _ in found)


def test_of_a_retired_record_only_its_name_and_reason_remain(made):
    folder, _, _ = made
    stone = (folder / "out" / "site" / "posts" / "retired" / "index.html").read_text("utf-8")
    assert "退出的" in stone and "已退出" in stone
    others = [path for path in (folder / "out" / "site").rglob("*") if path.is_file() and "退出的".encode() in path.read_bytes() and path.parent.name != "retired"]
    assert others == []


def test_the_development_server_shows_none_either(made):
    _, content, _ = made
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    server = subprocess.Popen([sys.executable, str(ROOT / "build.py"), "serve", "--content", str(content), "--port", "0", "--jobs", "1", "--today", "2026-11-22"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    told = []
    try:
        for line in server.stdout:
            told.append(line)
            if match := re.search(r"127\.0\.0\.1:(\d+)/", line):
                port = int(match[1])
                break
        wait_for(port, "/posts/", "公开的")
        for path in ("/", "/posts/", "/posts/open/", "/data/posts.json", "/data/posts.csv", "/posts/feed.xml", "/sitemap.xml", "/pagefind/names.json", "/pagefind/names/0.json", "/_reload.js"):
            assert not TOKEN.findall(get(port, path)[1].encode()), path
        for path in ("/posts/closed/", "/posts/early/", "/posts/silent/", "/files/canaryclosed.png", "/files/unnamed.docx", "/posts/.draft.yaml", "/content/posts/closed.yaml", "/../content/posts/closed.yaml", "/files/"):
            status, body = get(port, path)
            assert status == 404 and not TOKEN.findall(body.replace(path, "").encode()), path
    finally:
        server.terminate()
        told.append(server.communicate(timeout=10)[0])
    assert not TOKEN.findall("".join(told).encode())
