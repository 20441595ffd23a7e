"""Input of any size and shape ends in a message and in time: never in a traceback, never by a signal, never waiting for ever."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from engine import files
from tests import sites
from tests.sites import problems, told

ROOT = Path(__file__).resolve().parent.parent


def codes(folder) -> list[str]:
    return [problem.code for problem in problems(folder)]


def check(folder: Path, memory: int = 1_500_000_000, seconds: float = 60) -> tuple[int, str]:
    """`build.py check` in a process with little memory."""
    limits = lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))  # noqa: E731
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "check", "--content", str(folder), "--today", "2026-11-22"], capture_output=True, timeout=seconds, preexec_fn=limits)
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("name", ["institutions/inst-02.yaml", "institutions/inst-01.md", "_site.yaml", "_vocabularies/areas.yaml", "institutions/_collection.yaml", "news/window.md"])
def test_a_file_of_100_gb_is_refused_by_its_size_before_it_is_read(content, within, name):
    folder = content()
    with open(folder / name, "r+b") as file:
        file.truncate(100_000_000_000)
    with within(10):
        assert "file-too-large" in codes(folder)


@pytest.mark.parametrize("name", ["institutions/inst-02.yaml", "_site.yaml", "_vocabularies/areas.yaml", "institutions/_collection.yaml", "institutions/pipe.md"])
def test_a_pipe_in_the_content_is_told_and_not_waited_for(content, within, name):
    folder = content({name: None})
    os.mkfifo(folder / name)
    with within(10):
        assert "file-special" in codes(folder)


def test_a_device_and_a_socket_are_told(content, within, tmp_path):
    folder = content({"institutions/inst-02.yaml": None})
    one = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(folder / "institutions")
    try:
        one.bind("a.yaml")
    finally:
        os.chdir(here)
        one.close()
    expected = ["file-unreadable"]
    try:
        os.mknod(folder / "institutions" / "b.yaml", 0o20666, os.makedev(1, 5))  # /dev/zero never ends
        expected.append("file-special")
    except PermissionError:
        pass
    with within(10):
        assert [code for code in codes(folder) if code.startswith("file-")] == expected


LINKS = {
    "to a file": ("institutions/inst-09.yaml", "/etc/passwd"),
    "to a folder": ("institutions/inst-09.yaml", "/etc"),
    "to nothing": ("institutions/inst-09.yaml", "nowhere"),
    "to itself": ("institutions/inst-09.yaml", "inst-09.yaml"),
    "to its folder": ("institutions/inst-09.yaml", "."),
    "a collection": ("elsewhere", "institutions"),
    "the settings": ("_site.yaml", "/etc/passwd"),
    "a declaration": ("institutions/_collection.yaml", "/etc/passwd"),
    "a vocabulary": ("_vocabularies/more.yaml", "/etc/passwd"),
    "an attachment": ("files/window.png", "/etc/passwd"),
}


@pytest.mark.parametrize("name", LINKS)
def test_links_are_refused_and_not_followed(content, within, name):
    path, target = LINKS[name]
    folder = content({path: None} if path in sites.SMALL else {})
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).symlink_to(target)
    with within(10):
        said = told(folder)
    assert "root:" not in said and ("file-link" in said or "file-missing" in said), said


def test_a_link_that_is_put_in_place_while_files_are_read_is_not_followed(tmp_path):
    """Between the question what a file is and its reading, a thread swaps it for a link and back."""
    secret, target, ready, done = tmp_path / "secret", tmp_path / "record.yaml", tmp_path / "good", threading.Event()
    secret.write_text("secret")
    ready.write_text("name: 甲")

    def swap():
        while not done.is_set():
            for make in (lambda path: os.symlink(secret, path), lambda path: os.link(ready, path)):
                make(tmp_path / "next")
                os.replace(tmp_path / "next", target)
                (tmp_path / "next").unlink(missing_ok=True)  # a second name of the same file is left where it is

    os.link(ready, target)
    swapping = threading.Thread(target=swap)
    swapping.start()
    outcomes: Counter[str] = Counter()
    try:
        until = time.monotonic() + 20
        while (len(outcomes) < 2 or outcomes.total() < 3000) and time.monotonic() < until:
            try:
                outcomes[files.read(target, 100).decode()] += 1
            except files.Unfit as refusal:
                outcomes[refusal.code] += 1
    finally:
        done.set()
        swapping.join()
    assert outcomes.keys() <= {"name: 甲", "file-link", "file-unreadable"} and outcomes["name: 甲"] and outcomes.total() >= 3000, outcomes


@pytest.mark.parametrize("place", ["_vocabularies", "files"])
def test_a_link_in_the_place_of_a_folder_is_not_followed(content, tmp_path, place):
    folder = content()
    (folder / place).rename(tmp_path / "moved")
    (folder / place).symlink_to(tmp_path / "moved")
    assert [code for code in codes(folder) if code in ("file-link", "file-missing", "schema")]


def test_folders_within_folders_are_not_followed_for_ever(content, within):
    folder = content()
    deep = folder / "files"
    here = os.getcwd()
    os.chdir(deep)
    try:
        for _ in range(3000):
            os.mkdir("d")
            os.chdir("d")
        Path("x.png").write_text("x")
    finally:
        os.chdir(here)
    with within(10):
        assert not [problem for problem in problems(folder) if problem.severity == "error"]
    subprocess.run(["rm", "-rf", str(deep)], check=True)


BOMBS = {
    "brackets": "a: " + "[" * 500_000,
    "closed brackets": "a: " + "[" * 50_000 + "]" * 50_000,
    "braces": "a: " + "{a: " * 50_000,
    "dashes": "- " * 300_000,
    "question marks": "? " * 300_000,
    "laughs": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)),
    "recursion": "&a [*a]\n",
    "quote": 'a: "' + "x" * 900_000,
    "key": "x" * 900_000 + ": y",
    "keys": "".join(f"k{n}: v\n" for n in range(80_000)),
    "block": "a: |\n" + " x\n" * 300_000,
    "tags": "a: !!python/object/apply:os.system [id]\n",
    "documents": "---\na: b\n" * 90_000,
    "comments": "#\n" * 450_000,
    "colons": ":" * 900_000,
    "anchors": "".join(f"a{n}: &a{n} x\n" for n in range(50_000)),
    "percent": "%YAML 9.9\n---\na: b\n",
    "tabs": "\t" * 900_000,
    "commas": "a: [" + "," * 900_000,
    "escapes": 'a: "' + "\\x41" * 200_000 + '"',
    "digits": "name: 甲\narea: " + "9" * 900_000 + "\n",
    "phones": "name: 甲\nsummary: " + "138-" * 200_000 + "\n",
    "ranges": "name: 甲\nscope:\n" + "".join("  - {field: 食品, range: " + "1" * 200 + "~" + "2" * 200 + " g}\n" for _ in range(1000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_of_yaml_is_told_in_little_memory_and_time(tmp_path, name):
    folder = sites.write(tmp_path / "content", sites.changed(sites.SMALL, {"institutions/inst-02.yaml": BOMBS[name]}))
    code, said = check(folder)
    assert code == (name != "phones") and "Traceback" not in said and "出错" not in said  # those are no numbers
    assert name == "phones" or "content/institutions/inst-02.yaml:" in said
    assert len(said) < 5_000_000


@pytest.mark.parametrize("name", ["brackets", "braces", "laughs", "keys", "percent"])
@pytest.mark.parametrize("place", ["_site.yaml", "institutions/_collection.yaml", "_vocabularies/areas.yaml"])
def test_a_bomb_in_a_declaration_is_told_too(tmp_path, name, place):
    folder = sites.write(tmp_path / "content", sites.changed(sites.SMALL, {place: BOMBS[name]}))
    code, said = check(folder)
    assert code == 1 and "Traceback" not in said and "出错" not in said and f"content/{place}:" in said


ENCODINGS = {
    "UTF-8 with a mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), None),
    "CRLF": (lambda text: text.replace("\n", "\r\n").encode(), None),
    "CR": (lambda text: text.replace("\n", "\r").encode(), None),
    "GBK": (lambda text: text.encode("gbk"), "GBK"),
    "UTF-16": (lambda text: text.encode("utf-16"), "UTF-16"),
    "NUL": (lambda text: text.encode() + b"\0", "NUL"),
    "a lone surrogate": (lambda text: text.encode() + b"\xed\xa0\x80", "UTF-8"),
    "random bytes": (lambda text: bytes(range(1, 256)), "UTF-8"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_is_read_the_same_or_named(content, name):
    write, word = ENCODINGS[name]
    plain = sites.SMALL["institutions/inst-02.yaml"]
    folder = content({"institutions/inst-02.yaml": write(plain)})
    said = [problem.message for problem in problems(folder) if problem.code == "encoding"]
    if word is None:
        assert said == [] and sites.linked(folder)[0].titles
    else:
        assert len(said) == 1 and word in said[0]
