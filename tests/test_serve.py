"""The development server: a saved file shows in the browser, a bad one is told there, and nobody else gets in."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTENT = {
    "_site.yaml": "name: 试验站\n",
    "things/_collection.yaml": "label: 物品库\nitem: 物品\nfields:\n  name: {label: 名称, type: text, required: true}\n",
    "things/a.yaml": "name: 甲物品\n",
}


@pytest.fixture
def served(tmp_path) -> Iterator[tuple[Path, int]]:
    """A content folder and the port at which it is served."""
    content = tmp_path / "content"
    for name, text in CONTENT.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    server = subprocess.Popen([sys.executable, str(ROOT / "build.py"), "serve", "--content", str(content), "--port", "0", "--jobs", "1"], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        line = next(line for line in server.stdout if "127.0.0.1" in line)
        yield content, int(re.search(r":(\d+)/", line)[1])
    finally:
        server.send_signal(signal.SIGINT)
        try:
            assert server.wait(10) == 0
        finally:
            server.kill()  # nothing when it has ended; else it would look at its folders for ever


def get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def wait_for(port: int, path: str, text: str, without: str = "\0") -> str:
    for _ in range(400):
        page = get(port, path)[1]
        if text in page and without not in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{text} did not appear: {page[:500]}")


def test_a_saved_file_is_shown_and_open_pages_are_told(served):
    content, port = served
    assert "甲物品" in get(port, "/things/a/")[1]
    events = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    turn = re.search(r'data-turn="(\d+)"', get(port, "/")[1])[1]
    events.request("GET", f"/_reload?since={turn}")
    (content / "things" / "a.yaml").write_text("name: 乙物品\n", "utf-8")
    assert b"data: changed" in events.getresponse().read()
    wait_for(port, "/things/a/", "乙物品")


def test_a_bad_file_is_told_in_the_page_which_stays_as_it_was(served):
    content, port = served
    (content / "things" / "a.yaml").write_text("nam: 乙物品\n", "utf-8")
    page = wait_for(port, "/things/a/", "field-unknown")
    assert "甲物品" in page and "您是不是想写“name”" in page
    (content / "things" / "a.yaml").write_text("name: 丙物品\n", "utf-8")
    wait_for(port, "/things/a/", "丙物品", without="field-unknown")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1]"])
def test_a_request_for_another_host_is_refused(served, host):
    assert get(served[1], "/", host)[0] == 421


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/things/../../../etc/passwd", "//etc/passwd", "/..%2f..%2fetc/passwd"])
def test_nothing_outside_the_site_is_served(served, path):
    with socket.create_connection(("127.0.0.1", served[1]), 10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
    assert b"root:" not in answer and answer.split()[1] in (b"404", b"400", b"301")


def test_only_this_machine_is_listened_to(served):
    name = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()
    outside = [address for address in name if "." in address and not address.startswith("127.")]
    for address in outside:
        with pytest.raises(OSError):
            socket.create_connection((address, served[1]), 1)


def test_the_gallery_shows_every_component_and_no_site_has_it(served):
    content, port = served
    code, page = get(port, "/_components/")
    assert code == 200 and all(f'id="component-{path.parent.name}"' in page for path in (ROOT / "templates" / "components").glob("*/*.yaml"))
    assert get(port, "/_components/")[1].count("电子天平") > 1 and get(port, "/sitemap.xml")[1].count("_components") == 0


def test_search_follows_what_was_saved(served):
    content, port = served
    wait_for(port, "/pagefind/names/0.json", "甲物品")
    (content / "things" / "a.yaml").write_text("name: 丁物品\n", "utf-8")
    wait_for(port, "/pagefind/names/0.json", "丁物品")


@pytest.mark.parametrize("path", ["/pagefind/../../../../etc/passwd", "/pagefind/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/pagefind/..%2f..%2f..%2fetc/passwd"])
def test_nothing_outside_the_index_is_served(served, path):
    wait_for(served[1], "/pagefind/names/0.json", "甲物品")
    with socket.create_connection(("127.0.0.1", served[1]), 10) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while chunk := raw.recv(65536):
            answer += chunk
    assert b"root:" not in answer and answer.split()[1] == b"404"


def test_a_page_without_its_last_stroke_leads_to_the_page(served):
    connection = http.client.HTTPConnection("127.0.0.1", served[1], timeout=10)
    connection.request("GET", "/things/a")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "/things/a/")
