"""What tests of pages in a browser share. Pages forbid `eval`, which playwright's own `wait_for_function` uses; so these ask again and again from outside."""

from __future__ import annotations

import io
import threading
import unicodedata
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

PATIENCE = 15  # seconds; on a busy machine a page may take its time


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments) -> None:
        pass


def served(folder, handler=Quiet) -> ThreadingHTTPServer:
    """A folder at a free port of this machine, until the server is shut down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def until(page, truth: str, argument=None) -> None:
    """Waits until an expression, or a function of the argument, is true in the page."""
    start = monotonic()
    while not page.evaluate(truth, argument):
        assert monotonic() - start < PATIENCE, f"never became true: {truth} {argument or ''}"
        page.wait_for_timeout(20)


def settled(page) -> None:
    """The list has answered: it is no longer busy and says how many there are."""
    until(page, "() => { const box = document.querySelector('.listing ~ .sheet'); return box && !box.hasAttribute('aria-busy') && !document.querySelector('.listing').hidden; }")


def listed(page) -> None:
    """The same of a page that has just come, whose address may hold a query."""
    settled(page)
    until(page, "() => !location.search || document.querySelector('.listing-count').textContent")


def follow(page, link: str) -> None:
    """Clicks a link, and waits until the page that it leads to is there."""
    with page.expect_navigation():
        page.click(link)


def paper(page) -> list[str]:
    """The text of each sheet that the page fills when it is printed, without spaces; fonts print some Han characters as radicals."""
    import pypdf

    read = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return ["".join(unicodedata.normalize("NFKC", sheet.extract_text()).split()) for sheet in read.pages]
