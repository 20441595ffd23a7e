"""The development server: the site as it will be, made again when a file is saved, with problems shown in the page.

It binds 127.0.0.1 alone and answers only requests that name it so, which keeps other sites' pages from reading it (DNS rebinding).
"""

from __future__ import annotations

import html
import signal
import tempfile
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from urllib.parse import quote, unquote, urlsplit

from engine import gallery, pipeline, report
from engine.model import Problem
from engine.preview import Preview, State
from engine.watch import Seen, saves, snapshot

HOST = "127.0.0.1"
CALM = 0.3  # seconds without a save before everything is checked
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


def run(order: pipeline.Order, port: int) -> int:
    """Serve until interrupted. Nothing is written to the output of the order."""
    with tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True) as folder, suppress(KeyboardInterrupt):
        preview, seen = Preview(order, Path(folder) / "index"), snapshot(_roots(order))
        tell(preview.read())
        for work, *more in ((watch, seen), (check,), (index,)):
            threading.Thread(target=work, args=(preview, *more), daemon=True).start()
        with ThreadingHTTPServer((HOST, port), partial(Handler, preview)) as server:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what it puts into the background with Ctrl+C switched off
            print(f"在浏览器打开 http://{HOST}:{server.server_address[1]}/ ，按 Ctrl+C 结束", flush=True)
            server.serve_forever()
    return 0


def tell(state: State) -> None:
    pages = len(state.shown.pages) if state.shown else 0
    print(state.fault or report.as_text(state.problems) or f"预览：{pages} 个页面", flush=True)


def watch(preview: Preview, seen: Seen) -> None:
    """Read again what was saved."""
    for saved in saves(_roots(preview.order), seen):
        preview.read(saved)


def _roots(order: pipeline.Order) -> tuple[Path, Path]:
    return order.content, order.templates


def check(preview: Preview) -> None:
    """Check everything once nothing was saved for a while, and tell what is wrong."""
    preview.compile()
    while preview.unchecked.wait():
        preview.unchecked.clear()
        if not preview.unchecked.wait(CALM) and (state := preview.check()):
            tell(state)


def index(preview: Preview) -> None:
    """Make the index of search again of what is good."""
    while preview.unindexed.wait():
        preview.unindexed.clear()
        preview.write_index()


class Handler(SimpleHTTPRequestHandler):
    """Files of the preview, with the reload script and the problems put into each page."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or the body of a page waits 40 ms for the browser to confirm its head

    def __init__(self, preview: Preview, *arguments):
        self.preview = preview
        super().__init__(*arguments)

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
        elif address.path == gallery.ADDRESS:
            self._gallery()
        else:
            self._file(address.path)

    def _file(self, address: str) -> None:
        path = unquote(address).removeprefix("/")
        name = f"{path}index.html" if not path or path.endswith("/") else path
        try:
            found = self.preview.file(name)
        except Exception:  # a template at work on: what is wrong is said in its place
            self._send(self._page(_empty("预览", traceback.format_exc())), "text/html", 500)
            return
        if found is not None:
            content, problems = found
            kind = self.guess_type(name)
            self._send(self._page(content.decode(), problems) if kind == "text/html" else content, kind)
        elif self.preview.state.shown is None:
            self._send(self._page(_empty("预览")), "text/html", 503)
        elif self.preview.file(f"{path}/index.html") is not None:
            self.send_response(301)
            self.send_header("Location", quote(f"/{path}/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(self._page(self.preview.file("404.html")[0].decode()), "text/html", 404)

    def _gallery(self) -> None:
        if self.preview.state.shown is None:
            self.send_error(503)
            return
        try:
            self._send(self._page(gallery.page(self.preview.state.shown.site, self.preview.order.templates).decode()), "text/html")
        except Exception:  # a template or an example at work on: what is wrong is said in its place
            self._send(self._page(_empty("组件", traceback.format_exc())), "text/html", 500)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _is_for_us(self) -> bool:
        name = self.headers.get("Host", "").rsplit(":", 1)[0]
        if name in _NAMES:
            return True
        self.send_error(421, "Misdirected Request")
        return False

    def _page(self, text: str, leaks: Sequence[Problem] = ()) -> bytes:
        state = self.preview.state
        turn, problems, fault = state.turn, (*leaks, *state.problems), state.fault
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
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
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


def _empty(title: str, fault: str = "") -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body><pre>{html.escape(fault)}</pre></body></html>"
