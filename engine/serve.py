"""The development server: the site as it will be, made again when a file is saved, with problems shown in the page.

It binds 127.0.0.1 alone and answers only requests that name it so, which keeps other sites' pages from reading it (DNS rebinding).
"""

from __future__ import annotations

import html
import os
import tempfile
import threading
import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from engine import pipeline, report
from engine.model import Problem

HOST = "127.0.0.1"
PAUSE = 0.2  # seconds between two looks at the files
RELOAD = "/_reload"
SCRIPT = "/_reload.js"
STYLE = "/_reload.css"
_NAMES = {"127.0.0.1", "localhost"}
_RELOADING = """\
const source = new EventSource("%s?since=" + document.documentElement.dataset.turn);
source.onmessage = () => location.reload();
"""


_LOOK = """\
[data-problems] { padding: 1rem; font: 1rem/1.7 sans-serif; background: #fff4e8; color: #1c2733; }
[data-problems] summary { font-weight: 600; cursor: pointer; }
[data-problems] pre { margin: .5rem 0 0; font: inherit; white-space: pre-wrap; }
"""


class Preview:
    """The site as last made, and a turn that grows with each making."""

    def __init__(self, order: pipeline.Order):
        self.order = order
        self.turn = 0
        self.problems: Sequence[Problem] = ()
        self.fault = ""
        self.changed = threading.Condition()

    def make(self) -> None:
        """Build; a fault of ours is shown like a problem, and the server goes on."""
        try:
            made = pipeline.build(self.order)
            problems, fault = made.problems, ""
            print(report.as_text(problems) if problems else report.closing_line(made, "预览"), flush=True)
        except Exception:
            problems, fault = (), traceback.format_exc()
            print(fault, flush=True)
        with self.changed:
            self.problems, self.fault = problems, fault
            self.turn += 1
            self.changed.notify_all()

    def wait_beyond(self, turn: int, seconds: float) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.turn > turn, seconds)


def run(order: pipeline.Order, port: int) -> int:
    """Serve until interrupted. The output of the order is left alone: previews are made in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        preview = Preview(replace(order, output=Path(folder) / "site"))
        preview.make()
        threading.Thread(target=watch, args=(preview,), daemon=True).start()
        server = ThreadingHTTPServer((HOST, port), partial(Handler, preview))
        print(f"在浏览器打开 http://{HOST}:{server.server_address[1]}/ ，按 Ctrl+C 结束", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
        finally:
            server.server_close()


def watch(preview: Preview) -> None:
    seen = snapshot(preview.order)
    while True:
        sleep(PAUSE)
        now = snapshot(preview.order)
        if now != seen:
            seen = now
            preview.make()


def snapshot(order: pipeline.Order) -> dict[str, tuple[int, int]]:
    """Every file of content and templates with its time and size."""
    found = {}
    for root in (order.content, order.templates):
        for folder, _, names in os.walk(root):
            for name in names:
                try:
                    status = os.stat(os.path.join(folder, name))
                except OSError:
                    continue  # it went between the listing and the look
                found[os.path.join(folder, name)] = (status.st_mtime_ns, status.st_size)
    return found


class Handler(SimpleHTTPRequestHandler):
    """Files of the preview, with the reload script and the problems put into each page."""

    protocol_version = "HTTP/1.1"

    def __init__(self, preview: Preview, *arguments):
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.order.output))

    def do_GET(self) -> None:
        if not self._is_for_us():
            return
        address = urlsplit(self.path)
        if address.path == RELOAD:
            self._tell_of_changes(address.query)
        elif address.path == SCRIPT:
            self._send((_RELOADING % RELOAD).encode(), "text/javascript")
        elif address.path == STYLE:
            self._send(_LOOK.encode(), "text/css")
        else:
            path = Path(self.translate_path(self.path))
            page = path / "index.html" if path.is_dir() and address.path.endswith("/") else path
            if page.suffix == ".html" and page.is_file():
                self._send(self._page(page.read_text("utf-8")), "text/html")
            elif not path.exists() and not self.preview.turn == 0 and not Path(self.directory).exists():
                self._send(self._page("<!doctype html><html><head><title>预览</title></head><body></body></html>"), "text/html", 503)
            else:
                super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_for_us():
            super().do_HEAD()

    def _is_for_us(self) -> bool:
        name = self.headers.get("Host", "").rsplit(":", 1)[0]
        if name in _NAMES:
            return True
        self.send_error(421, "Misdirected Request")
        return False

    def list_directory(self, path):
        self.send_error(404)

    def _page(self, text: str) -> bytes:
        turn, problems, fault = self.preview.turn, self.preview.problems, self.preview.fault
        text = text.replace("<html", f'<html data-turn="{turn}"', 1)
        text = text.replace("</head>", f'<link rel="stylesheet" href="{STYLE}"><script src="{SCRIPT}" defer></script></head>', 1)
        first = sorted(problems, key=lambda problem: problem.severity != "error")  # reminders can wait
        told = fault or (report.as_text(first) if problems else "")
        if told:
            is_wrong = bool(fault) or pipeline.has_errors(problems)
            state, opened = ("网站没有更新", " open") if is_wrong else (f"{len(problems)} 个提醒", "")
            note = f'<details{opened} data-problems><summary>{state}</summary><pre>{html.escape(told)}</pre></details>'
            start = text.index("<body")
            place = text.index(">", start) + 1
            text = text[:place] + note + text[place:]
        return text.encode()

    def _send(self, body: bytes, kind: str, code: int = 200) -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _tell_of_changes(self, query: str) -> None:
        """Server-sent events: one message once the site is newer than the page."""
        since = int(query.partition("since=")[2] or 0) if query.partition("since=")[2].isdigit() else 0
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        start = monotonic()
        while monotonic() - start < 3600:
            if self.preview.wait_beyond(since, 15):
                self.wfile.write(b"data: changed\n\n")
                return
            self.wfile.write(b": still here\n\n")  # a page that is gone shows itself here

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the page was left

    def log_message(self, format: str, *arguments) -> None:
        pass
